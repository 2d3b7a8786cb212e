//! Files, folders and patterns as a user gives them: everything readable is read, and the rest is reported.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const STORY: &str = "Old bridge to close\n\nThe town council voted on Monday to close the old bridge for two years, the mayor said.\n";

/// Runs `nutgraf read` in a folder.
fn read(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.current_dir(dir).args(["read", "-t", "jsonl"]).args(args);
    command.env("XDG_CONFIG_HOME", "/nonexistent").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the origins of the articles that were read.
fn origins(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let origin = |line: &str| -> String {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["origin"].as_str().unwrap().to_owned()
    };
    text.lines().map(origin).collect()
}

fn folder(names: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (n, name) in names.iter().enumerate() {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{STORY}\nThis is story number {n} of the day.\n")).unwrap();
    }
    dir
}

#[test]
fn folders_are_read_in_order_and_filtered() {
    let dir = folder(&["in/b.txt", "in/a/z.txt", "in/a/c.md", "in/.hidden/d.txt", "in/.e.txt"]);
    assert_eq!(origins(&read(dir.path(), &["in"])), ["in/a/c.md", "in/a/z.txt", "in/b.txt"]);
    let only = |args: &[&str]| origins(&read(dir.path(), args));
    assert_eq!(only(&["in", "--include", "*.txt"]), ["in/a/z.txt", "in/b.txt"]);
    assert_eq!(only(&["in", "--exclude", "a/*"]), ["in/b.txt"]);
    assert_eq!(only(&["in/*/*.txt"]), ["in/a/z.txt"]);
    let none = read(dir.path(), &["in", "--include", "*.html"]);
    assert!(said(&none).contains("in: is a folder without files to read"), "{}", said(&none));
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn limits_name_what_they_leave_out() {
    let dir = folder(&["in/a.txt", "in/b.txt", "in/c.txt"]);
    let few = read(dir.path(), &["in", "--max-files", "2"]);
    assert_eq!(origins(&few), ["in/a.txt", "in/b.txt"]);
    assert!(said(&few).contains("in: contains more files than the limit of 2"), "{}", said(&few));
    let length = fs::metadata(dir.path().join("in/a.txt")).unwrap().len();
    fs::write(dir.path().join("in/b.txt"), STORY.repeat(20)).unwrap();
    let small = read(dir.path(), &["in", "--max-file-size", &length.to_string()]);
    assert_eq!(origins(&small), ["in/a.txt", "in/c.txt"]);
    assert!(said(&small).contains("in/b.txt: is larger than the limit of"), "{}", said(&small));
    assert_eq!(origins(&read(dir.path(), &["in", "--max-file-size", "4k"])).len(), 3);
    let wrong = read(dir.path(), &["in", "--max-file-size", "2 miles"]);
    assert!(said(&wrong).contains("such as 64M"), "{}", said(&wrong));
    fs::write(dir.path().join("page.html"), format!("{}<p>{STORY}", "<div>".repeat(40))).unwrap();
    let shallow = read(dir.path(), &["page.html", "--max-depth", "10"]);
    assert!(said(&shallow).contains("page.html: elements nested too deep"), "{}", said(&shallow));
    assert_eq!(origins(&shallow).len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = folder(&["in/a.txt"]);
    let odd = std::ffi::OsStr::from_bytes(b"in/caf\xE9.txt");
    fs::copy(dir.path().join("in/a.txt"), dir.path().join(odd)).unwrap();
    fs::write(dir.path().join("in/a.txt"), STORY).unwrap();
    assert_eq!(origins(&read(dir.path(), &["in"])), ["in/a.txt", "in/caf\u{FFFD}.txt"]);
}
