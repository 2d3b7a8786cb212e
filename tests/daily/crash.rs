//! Acknowledged articles survive, whatever happens to the process or the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use nutgraf::briefing::Briefing;

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

/// Returns a pseudo-random number, the same in every run.
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
        // Acknowledgements printed before it died count as well.
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

/// A run that is killed at any moment leaves an intact archive and complete files, and later runs report what it did
/// not.
#[test]
fn killed_on_every_day_the_briefings_tell_everything() {
    const DAYS: u64 = 24;
    let output = |to: &str| format!("[[output]]\nfile = \"out/%Y-%m-%d.{to}\"\nto = \"{to}\"\n");
    let reader = Reader::new(&format!(
        "[[feed]]\nfolder = \"in\"\n[brief]\nwords = 3000\nstories = 50\n{}{}",
        output("html"),
        output("json")
    ));
    std::fs::create_dir(reader.path("in")).unwrap();
    let mut usual = Duration::ZERO;
    let mut killed = 0;
    for day in 1..=DAYS {
        std::fs::write(reader.path(&format!("in/{day}.jsonl")), event(day)).unwrap();
        let now = format!("2026-03-{day:02}T06:00:00Z");
        let start = jiff::Timestamp::now();
        let mut child = reader
            .command(PROGRAM, &["-q", "daily", "--now", &now])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if day == 1 || day == DAYS {
            assert!(child.wait().unwrap().success());
            usual = start.duration_until(jiff::Timestamp::now()).unsigned_abs();
        } else {
            std::thread::sleep(usual.mul_f64((chance(day) % 130) as f64 / 100.0));
            child.kill().unwrap();
            killed += u32::from(!child.wait().unwrap().success());
        }
        assert_eq!(reader.archive().check().findings, Vec::<String>::new(), "on day {day}");
    }
    assert!(killed > 5, "only {killed} were killed at work");
    let (mut shown, mut told) = (BTreeMap::new(), BTreeSet::new());
    for file in std::fs::read_dir(reader.path("out")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        match path.extension().and_then(|e| e.to_str()) {
            Some("html") => assert!(text.trim_end().ends_with("</html>"), "{}", path.display()),
            Some("json") => {
                let briefing: Briefing = serde_json::from_str(&text).unwrap();
                for story in &briefing.stories {
                    for excerpt in story.summary.iter().map(|s| &s.excerpt) {
                        let before = shown.insert(excerpt.text.clone(), path.clone());
                        assert_eq!(before, None, "told twice, again in {}", path.display());
                    }
                    let new = story.sources.iter().filter(|id| !story.reported.contains(id));
                    told.extend(new.cloned());
                }
            }
            // A file that a killed run had not finished has another name.
            _ => {}
        }
    }
    let all: BTreeSet<String> = (1..=DAYS).map(|n| format!("e{n}")).collect();
    assert_eq!(told, all, "{shown:#?}");
}

/// Returns a report of a separate event, with its number and its town in its first sentence.
fn event(n: u64) -> String {
    const KINDS: [&str; 8] = [
        "The tram depot number {n} of {town} burned down on Monday, and forty trams were lost in the flames.",
        "Beekeepers of district number {n} near {town} counted the most swarms since records began in the valley.",
        "A comet was found by observatory number {n} of {town} on photographs that two students had taken by accident.",
        "The strike at glassworks number {n} in {town} ended after nine weeks with a raise of four percent for all blowers.",
        "Divers raised anchor number {n} from the harbour of {town}, in which a frigate had sunk in the war.",
        "Voters of ward number {n} in {town} elected a baker, who won by seven ballots against the schoolmaster.",
        "The choir of parish number {n} in {town} sang in the tunnel that had been closed to all traffic since autumn.",
        "Frost destroyed the olives of estate number {n} near {town}, and growers asked the ministry for cheap loans.",
    ];
    const TOWNS: [&str; 6] = ["Lenn", "Velm", "Sarre", "Tane", "Brask", "Quill"];
    let town =
        format!("{}{}", TOWNS[n as usize % 6], ["", "burg", "haven", "ford"][n as usize / 6 % 4]);
    let text = KINDS[n as usize % 8].replace("{n}", &n.to_string()).replace("{town}", &town);
    serde_json::json!({"id": format!("e{n}"), "title": text.split(',').next(), "text": text})
        .to_string()
        + "\n"
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_of_and_does_no_harm() {
    let reader = Reader::new("");
    let many: String = (0..15).map(|round| lines(round, 100)).collect();
    std::fs::write(reader.path("in.jsonl"), many).unwrap();
    // The largest file that may be written: the disk of this process is full long before the import is complete.
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
