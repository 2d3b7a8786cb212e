//! What was acknowledged is there, whatever happens to the process or the disk.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::{PROGRAM, Reader, said};

const KILLS: u64 = 100;
const LINES: usize = 60;

fn lines(round: u64, n: usize) -> String {
    let mut lines = String::new();
    for i in 0..n {
        let text = format!("Article {i} of round {round} says that the ferry left at {i} o'clock.");
        writeln!(
            lines,
            "{}",
            serde_json::json!({"id": format!("{round}-{i}"), "title": "T", "text": text})
        )
        .unwrap();
    }
    lines
}

/// Numbers that look random and are the same in every run.
fn chance(seed: u64) -> u64 {
    let hash = blake3::hash(&seed.to_le_bytes());
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap())
}

#[test]
fn killed_a_hundred_times_the_archive_has_all_that_was_acknowledged() {
    let reader = Reader::new("");
    let mut killed_midway = 0;
    for round in 0..KILLS {
        std::fs::write(reader.path("in.jsonl"), lines(round, LINES)).unwrap();
        let args = ["archive", "import", "--batch", "5", "in.jsonl"];
        let mut child = reader
            .command(PROGRAM, &args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let wanted = chance(round) % (LINES as u64 / 5);
        let mut acknowledged = 0;
        let mut read = |acknowledged: &mut usize| {
            let mut line = String::new();
            let some = out.read_line(&mut line).unwrap() > 0 && line.ends_with('\n');
            if some {
                *acknowledged = line.split(' ').next().unwrap().parse().unwrap();
            }
            some
        };
        for _ in 0..wanted {
            read(&mut acknowledged);
        }
        std::thread::sleep(Duration::from_micros(chance(round + KILLS) % 4000));
        child.kill().unwrap();
        // What it had said before it died counts as well.
        while read(&mut acknowledged) {}
        child.wait().unwrap();
        killed_midway += usize::from(acknowledged < LINES);
        if round == 0 && acknowledged == 0 && !reader.path("archive.db").exists() {
            continue;
        }
        let archive = nutgraf::archive::Archive::create(&reader.path("archive.db")).unwrap();
        for i in 0..acknowledged {
            assert!(archive.get(&format!("{round}-{i}")).unwrap().is_some(), "{round}-{i} is lost");
        }
    }
    assert!(killed_midway > 50, "only {killed_midway} were killed in the middle of their work");
    assert_eq!(reader.archive().check().findings, Vec::<String>::new());
    if let Ok(shell) = Command::new("sqlite3")
        .arg(reader.path("archive.db"))
        .arg("PRAGMA integrity_check")
        .output()
    {
        assert_eq!(said(&shell).out.trim(), "ok");
    }
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_of_and_does_no_harm() {
    let reader = Reader::new("");
    let many: String = (0..15).map(|round| lines(round, 100)).collect();
    std::fs::write(reader.path("in.jsonl"), many).unwrap();
    // The largest file that may be written: the disk of this process is full long before the import is through.
    let script =
        format!("trap '' XFSZ; ulimit -f 400; exec '{PROGRAM}' archive import --batch 50 in.jsonl");
    let full = said(&reader.command("bash", &["-c", &script]).output().unwrap());
    full.expect(2, &["archive.db", "full"]);
    let last = full.out.lines().last().unwrap_or("0 ");
    let acknowledged: i64 = last.split(' ').next().unwrap().parse().unwrap();
    assert!(acknowledged > 0, "{}", full.err);
    assert!(reader.archive().stats().unwrap().articles >= acknowledged);
    reader.run(&["archive", "check"]).expect(0, &["sound"]);
    reader.run(&["archive", "import", "in.jsonl"]).expect(0, &["unchanged"]);
    assert_eq!(reader.archive().stats().unwrap().articles, 1500);
}

#[test]
#[cfg(target_os = "linux")]
fn a_briefing_that_could_not_be_written_was_not_sent() {
    let reader = Reader::new("");
    std::fs::write(reader.path("in.jsonl"), lines(1, 3)).unwrap();
    let now = "2026-03-02T06:00:00Z";
    reader.run(&["archive", "import", "--now", now, "in.jsonl"]).expect(0, &[]);
    reader.run(&["brief", "--now", now, "-o", "/dev/full"]).expect(2, &["/dev/full"]);
    let script = format!("exec '{PROGRAM}' brief --now {now} >/dev/full");
    said(&reader.command("bash", &["-c", &script]).output().unwrap()).expect(2, &[]);
    assert_eq!(reader.archive().last_briefing().unwrap(), None);
    reader.run(&["brief", "--now", now]).expect(0, &[]);
    reader.run(&["brief", "--now", now]).expect(1, &["nothing new"]);
}

#[test]
fn reading_and_writing_at_once_loses_nothing() {
    let reader = Reader::new("");
    std::fs::write(reader.path("0.jsonl"), lines(0, 5)).unwrap();
    reader.run(&["archive", "import", "0.jsonl"]).expect(0, &[]);
    let importing = |round: u64| {
        let name = format!("{round}.jsonl");
        std::fs::write(reader.path(&name), lines(round, 40)).unwrap();
        let args = ["archive", "import", "--batch", "3", &name];
        reader.command(PROGRAM, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut importers: Vec<_> = (1..4).map(importing).collect();
    for _ in 0..3 {
        let brief = reader.run(&["brief", "-t", "json"]);
        assert!(matches!(brief.code, 0 | 1), "{}", brief.err);
    }
    for importer in &mut importers {
        assert!(importer.wait().unwrap().success());
    }
    assert_eq!(reader.archive().stats().unwrap().articles, 125);
    reader.run(&["archive", "check"]).expect(0, &["sound"]);
}
