//! Third-party templates: their cost is limited, they read nothing outside their folder, and errors are reported.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const ARTICLE: &str = "The council of Lenn closed the harbour on Monday. The harbour of Lenn is full of ice, it said.\n";

fn brief(folder: &TempDir, template: &str) -> (i32, String, String) {
    fs::write(folder.path().join("own/page.md"), template).unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(["brief", "--template", "own/page.md", "a.txt"]).current_dir(folder.path());
    let done =
        command.stdin(Stdio::null()).env_clear().env("HOME", "/nonexistent").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("own")).unwrap();
    folder
}

#[test]
fn templates_that_cost_too_much_end_with_an_error() {
    let folder = folder();
    // A busy machine hits the wall-clock limit before the CPU-time limit, so either may end the template.
    let time: &[&str] = &["processor time", "did not finish"];
    let size: &[&str] = &["more than 384 MiB of memory, or is nested too deeply"];
    for (template, causes) in [
        // One instruction that is expensive, many times.
        ("{% for i in range(80000) %}{{ range(99999) | max }}{% endfor %}".to_owned(), time),
        ("{% set t = 'ab ' * 9000000 %}{% for i in range(9999) %}{% set u = t | title %}{% endfor %}".to_owned(), time),
        // Memory that grows with each step.
        ("{% set n = namespace(t='0123456789') %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}".to_owned(), size),
        // Depth that overflows the stack.
        (format!("{{{{ {}1 }}}}", "not ".repeat(300_000)), size),
        (format!("{{{{ title{} }}}}", " | lower".repeat(300_000)), size),
    ] {
        let (code, out, err) = brief(&folder, &template);
        assert_eq!((code, &*out), (2, ""), "{err}");
        assert!(err.contains("own/page.md"), "{err}");
        let start: String = template.chars().take(60).collect();
        assert!(causes.iter().any(|cause| err.contains(cause)), "{start}: {err}");
    }
    // The output is written letter by letter, so that a slow build runs out of time before it runs out of memory.
    let template = "{{ range(99999) | list | tojson(indent=99999) | length }}";
    let (code, _, err) = brief(&folder, template);
    assert!(code == 2 && [time, size].concat().iter().any(|cause| err.contains(cause)), "{err}");
}

#[test]
fn templates_read_nothing_outside_their_folder() {
    let folder = folder();
    fs::write(folder.path().join("secret.md"), "the secret").unwrap();
    fs::write(folder.path().join("own/part.md"), "a part of {{ title }}").unwrap();
    symlink("../secret.md", folder.path().join("own/door.md")).unwrap();
    symlink("part.md", folder.path().join("own/alias.md")).unwrap();
    for template in
        ["{% include 'door.md' %}", "{% extends 'door.md' %}", "{% include '../secret.md' %}"]
    {
        let (code, out, err) = brief(&folder, template);
        assert_eq!(code, 2, "{template}: {out}");
        assert!(!out.contains("secret") && err.contains("own/page.md"), "{template}: {out}{err}");
    }
    for template in ["{% include 'part.md' %}", "{% include 'alias.md' %}"] {
        let (code, out, err) = brief(&folder, template);
        assert!(code == 0 && out.contains("a part of"), "{template}: {out}{err}");
    }
}

/// An error in a template is reported with its line and a hint, as if it ran in this process.
#[test]
fn the_message_of_a_fault_comes_through() {
    let (code, _, err) = brief(&folder(), "# {{ title }}\n{{ titel }}\n");
    assert_eq!(code, 2);
    assert!(err.contains("page.md:2") && err.contains("did you mean `title`?"), "{err}");
}
