//! No article, file name, setting or argument affects the terminal to which the program writes, in any command.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A window title, a colour, a C1 control, DEL, an override that is left open.
const HOSTILE: &[&str] = &[
    "\u{1b}]2;owned\u{7}",
    "\u{1b}[41m",
    "\u{9d}8;;x\u{9c}",
    "\u{7f}\u{8}",
    "\u{202d}",
    "\u{2067}",
];

fn run(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder).stdin(Stdio::null());
    let done = command.output().unwrap();
    assert!(matches!(done.status.code(), Some(0..=2)), "{args:?}: {:?}", done.status);
    let both = [done.stdout, done.stderr].concat();
    String::from_utf8(both).unwrap()
}

#[track_caller]
fn assert_harmless(shown: &str, what: &str) {
    let shown = shown.replace("\r\n", "\n");
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!shown.contains(acts), "{what}: {shown:?}");
    for line in shown.lines() {
        let opened = line.matches(['\u{202d}', '\u{2067}']).count();
        let closed = line.matches(['\u{202c}', '\u{2069}']).count();
        assert!(opened <= closed, "{what} leaves a direction open: {line:?}");
    }
}

fn articles(folder: &TempDir, hostile: &str) {
    let text = format!(
        "The harbour of Lenn{hostile} stays shut on Friday, its master{hostile} said.\n\n\"No ship leaves{hostile} before the \
         mines are gone,\" said Ada Lorne{hostile}, the master of the harbour."
    );
    let article = |id: u32| {
        serde_json::json!({
            "id": format!("{id}{hostile}"), "title": format!("Harbour{hostile} shut"), "source": format!("Post{hostile} {id}"),
            "url": format!("https://post.example/{hostile}"), "byline": format!("Jo{hostile}"),
            "date": "2026-03-10T06:00:00Z", "text": text.replace("Friday", &format!("Friday {id}")),
        })
    };
    let lines = format!("{}\n{}\n{{\"id\":\"{hostile}\" broken\n", article(1), article(2));
    fs::write(folder.path().join("a.jsonl"), lines).unwrap();
}

#[test]
fn articles_do_not_act_on_the_terminal() {
    let now = ["--now", "2026-03-11T06:00:00Z", "a.jsonl"];
    let mail = ["-t", "eml", "--mail-from", "a@b.example", "--mail-to", "c@d.example"];
    for hostile in HOSTILE {
        let folder = tempfile::tempdir().unwrap();
        articles(&folder, hostile);
        for command in [
            &["read"][..],
            &["read", "-t", "json"],
            &["quotes"],
            &["quotes", "-t", "csv"],
            &["stories"],
            &["summarize"],
            &["explain"],
            &["brief"],
            &["brief", "-t", "text"],
            &["brief", "-t", "json"],
            &["brief", "-t", "html"],
            &["brief", "--topic", "nothing"],
            &[&["brief"], &mail[..]].concat(),
        ] {
            assert_harmless(
                &run(folder.path(), &[command, &now].concat()),
                &format!("{command:?} {hostile:?}"),
            );
        }
        for command in [
            &["import", "a.jsonl"][..],
            &["search", "harbour"],
            &["search", "-t", "json", "harbour"],
            &["export"],
        ] {
            let args = [&["archive", "--archive", "a.db"], command].concat();
            assert_harmless(&run(folder.path(), &args), &format!("{command:?} {hostile:?}"));
        }
    }
}

#[test]
#[cfg(unix)]
fn names_and_settings_do_not_act_on_the_terminal() {
    for hostile in HOSTILE {
        let folder = tempfile::tempdir().unwrap();
        articles(&folder, "");
        let name = format!("in{hostile}.bin");
        fs::write(folder.path().join(&name), [0, 159, 146, 150].repeat(64)).unwrap();
        let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("m.zip")).unwrap());
        zip.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&[0, 159, 146, 150].repeat(64)).unwrap();
        zip.finish().unwrap();
        let key =
            hostile.chars().fold(String::new(), |key, c| key + &format!("\\u{:04x}", u32::from(c)));
        fs::write(folder.path().join("key.toml"), format!("[brief]\n\"wo{key}rds\" = 1\n"))
            .unwrap();
        fs::write(folder.path().join("value.toml"), format!("[brief]\nmethod = \"{key}\"\n"))
            .unwrap();
        fs::write(folder.path().join("title.toml"), format!("title = \"{key}\"\n")).unwrap();
        for args in [
            &["read", &name][..],
            &["read", "m.zip"],
            &["read", &format!("missing{name}")],
            &["brief", "-o", &format!("missing/{name}"), "a.jsonl"],
            &["brief", "--now", &name, "a.jsonl"],
            &["brief", "--pin", &name, "a.jsonl"],
            &["brief", "--template", &name, "a.jsonl"],
            &["brief", "--config", "key.toml", "a.jsonl"],
            &["brief", "--config", "value.toml", "a.jsonl"],
            &["config", "--config", "title.toml"],
        ] {
            assert_harmless(&run(folder.path(), args), &format!("{args:?}"));
        }
    }
}
