//! Faults outside the program: files that cannot be read to the end, circular links, impossible dates, wrong clocks,
//! failing writes. Each is reported, costs no more than it must, and never causes a panic.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const ARTICLE: &str = "Ferry runs aground off Lenn\n\nA ferry ran aground in dense fog off Lenn on Tuesday, the coastguard \
                       said.\n\nAll 41 passengers were brought ashore, and nobody was hurt.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(!err.contains("panicked"), "{err}");
    (status.code().unwrap_or(-1), out, err)
}

/// Asserts that the good article is still there and that standard error reports the bad input.
fn assert_told(folder: &Path, args: &[&str], named: &[&str]) {
    let (code, out, err) = run(folder, args);
    assert_eq!(code, 0, "{args:?}: {err}");
    assert!(out.contains("41 passengers"), "{args:?}: {out}");
    for part in named {
        assert!(err.contains(part), "{args:?}: {part:?} not in {err:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_read_that_fails_in_the_middle_costs_that_file_only() {
    let folder = folder();
    // Its first page cannot be read: the system returns an error rather than an end of file.
    assert_told(
        folder.path(),
        &["brief", "a.txt", "/proc/self/mem"],
        &["/proc/self/mem: cannot be read"],
    );
    let (code, _, err) = run(folder.path(), &["brief", "/proc/self/mem"]);
    assert_eq!((code, err.contains("none of the inputs can be read")), (2, true), "{err}");
}

#[test]
fn links_in_a_circle_are_named_and_the_rest_is_read() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    symlink("two", at("one")).unwrap();
    symlink("one", at("two")).unwrap();
    fs::create_dir(at("sub")).unwrap();
    symlink("..", at("sub/up")).unwrap();
    assert_told(folder.path(), &["brief", "."], &["one: cannot be read", "sub/up: cannot be read"]);
    // There are more links than files, as seen from below.
    assert_told(folder.path(), &["brief", "sub"], &["is a link to a folder that contains it"]);
}

#[test]
fn a_folder_that_may_not_be_looked_into_is_named() {
    let folder = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is inaccessible to the superuser.
    if fs::read_dir(&closed).is_err() {
        assert_told(folder.path(), &["brief", "."], &["closed: cannot be read"]);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn dates_that_make_no_sense_are_named_and_the_article_is_kept() {
    let folder = folder();
    let dates =
        ["\"99999-99-99\"", "\"2026-02-30\"", "1e300", "-1e18", "\"0000-00-00T99:99\"", "\"soon\""];
    let lines: Vec<String> = dates
        .iter()
        .enumerate()
        .map(|(n, date)| format!("{{\"id\":\"{n}\",\"date\":{date},\"title\":\"T{n}\",\"text\":\"Line {n} of 41 passengers came ashore.\"}}"))
        .collect();
    fs::write(folder.path().join("d.jsonl"), lines.join("\n")).unwrap();
    let (code, out, err) = run(folder.path(), &["read", "-t", "jsonl", "d.jsonl"]);
    assert_eq!((code, out.lines().count()), (0, dates.len()), "{err}");
    assert_eq!(err.matches("has a date that cannot be read").count(), dates.len(), "{err}");
}

#[test]
fn a_clock_that_is_off_changes_no_text() {
    let folder = folder();
    for now in ["1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "0001-01-02", "9999-12-30"] {
        for command in ["brief", "summarize", "stories", "quotes"] {
            let (code, _, err) = run(folder.path(), &[command, "--now", now, "a.txt"]);
            assert!(code <= 1, "{command} at {now}: {err}");
        }
        assert_told(folder.path(), &["brief", "--now", now, "a.txt"], &[]);
    }
    let (code, _, err) = run(folder.path(), &["brief", "--now", "99999-01-01", "a.txt"]);
    assert_eq!((code, err.contains("--now")), (2, true), "{err}");
}

#[test]
fn a_write_that_fails_leaves_what_was_there() {
    let folder = folder();
    for (file, reason) in [("none/b.md", "none/b.md"), (".", "cannot write")] {
        let (code, _, err) = run(folder.path(), &["brief", "-o", file, "a.txt"]);
        assert_eq!((code, err.contains(reason)), (2, true), "{err}");
    }
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["a.txt"], "no unfinished file stays behind");
}

/// If standard error cannot be written to, the messages are lost, but not the briefing.
#[test]
#[cfg(target_os = "linux")]
fn a_log_that_is_full_or_closed_does_not_cost_the_briefing() {
    for to in ["2>/dev/full", "2>&-"] {
        let folder = folder();
        fs::write(folder.path().join("broken.jsonl"), "{\"title\": \"cut").unwrap();
        let briefing =
            format!("'{}' brief -o b.md a.txt broken.jsonl {to}", env!("CARGO_BIN_EXE_nutgraf"));
        let status = Command::new("sh").args(["-c", &briefing]).current_dir(folder.path()).status();
        assert_eq!(status.unwrap().code(), Some(0), "{to}");
        let written = fs::read_to_string(folder.path().join("b.md")).unwrap();
        assert!(written.contains("41 passengers"), "{to}: {written}");
        let missing = format!("'{}' brief missing.txt {to}", env!("CARGO_BIN_EXE_nutgraf"));
        let status = Command::new("sh").args(["-c", &missing]).current_dir(folder.path()).status();
        assert_eq!(status.unwrap().code(), Some(2), "{to}");
    }
}

/// The size of a test: the value of an environment variable, or one that takes seconds. `.ci/full` sets the large ones.
#[expect(clippy::disallowed_methods, reason = "a test may be larger than usual")]
fn size(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |size| size.parse().unwrap())
}

#[test]
fn many_tiny_files_are_read_and_the_empty_ones_named() {
    let n = size("NUTGRAF_TEST_FILES", 2_000);
    let folder = folder();
    for n in 0..n {
        fs::write(folder.path().join(format!("t{n}.txt")), if n % 2 == 0 { "" } else { "x" })
            .unwrap();
    }
    let (code, out, err) = run(folder.path(), &["stories", "."]);
    assert_eq!((code, out.contains("Ferry runs aground")), (0, true), "{out}");
    assert!(err.lines().count() <= n + 2, "one line a file at most");
    assert!(err.contains("t0.txt"), "the empty file is named");
}

#[test]
fn one_line_that_is_very_long_is_one_article() {
    let bytes = size("NUTGRAF_TEST_LINE", 4 << 20);
    let folder = folder();
    let sentence = "A ferry with 41 passengers ran aground in dense fog off Lenn. ";
    let text = sentence.repeat(bytes / sentence.len());
    let line = format!("{{\"title\":\"Ferry\",\"text\":\"{text}\"}}\n");
    fs::write(folder.path().join("long.jsonl"), line).unwrap();
    assert_told(folder.path(), &["summarize", "long.jsonl"], &[]);
    // The file that exceeds the limit is reported, and the rest is read.
    let most = bytes.to_string();
    assert_told(
        folder.path(),
        &["brief", "--max-file-size", &most, "long.jsonl", "a.txt"],
        &["long.jsonl: is larger than the limit"],
    );
}
