//! Many articles: sketches from several machines, results in the order of the inputs, briefings that read only what
//! they show.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod generator;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use generator::{Chance, text};
use nutgraf::briefing::{Editor, Target};
use nutgraf::{Article, BriefParams, Published, brief};
use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(!err.contains("panicked"), "{err}");
    (status.code().unwrap_or(-1), out, err)
}

/// Returns a line of JSON for each of some articles on a few events.
fn lines(n: usize) -> Vec<String> {
    let mut chance = Chance::new(11);
    (0..n)
        .map(|at| {
            let n_sentences = 3 + chance.below(6);
            let body = text(&mut chance, at % 5, n_sentences).join(" ");
            let line = serde_json::json!({
                "id": format!("a{at:02}"), "title": format!("Report {at}"), "source": format!("Post {}", at % 7),
                "date": "2026-03-01T08:00:00Z", "lang": "en", "text": body,
            });
            format!("{line}\n")
        })
        .collect()
}

/// Returns a folder with articles, whole and in two shards.
fn shards() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines(40);
    fs::write(folder.path().join("whole.jsonl"), lines.concat()).unwrap();
    for shard in 0..2 {
        let of_shard: String = lines.iter().skip(shard).step_by(2).map(String::as_str).collect();
        fs::write(folder.path().join(format!("{shard}.jsonl")), of_shard).unwrap();
    }
    folder
}

#[test]
fn sketches_of_shards_give_the_stories_of_the_whole() {
    let folder = shards();
    let path = folder.path();
    let (_, whole, _) =
        run(path, &["stories", "--now", "2026-03-02", "-t", "jsonl", "whole.jsonl"]);
    let mut given = vec!["stories", "--now", "2026-03-02", "-t", "jsonl", "--sketches"];
    for (shard, sketches) in [("1.jsonl", "1.s"), ("0.jsonl", "0.s")] {
        let (code, _, err) = run(path, &["sketch", "-j", "1", shard, "-o", sketches]);
        assert_eq!(code, 0, "{err}");
        given.push(sketches);
    }
    let (code, out, err) = run(path, &given);
    assert_eq!((code, out, err), (0, whole, String::new()));
}

#[test]
fn sketches_that_do_not_fit_are_named_and_nothing_is_written() {
    let folder = shards();
    let path = folder.path();
    assert_eq!(run(path, &["sketch", "whole.jsonl", "-o", "good"]).0, 0);
    let good = fs::read_to_string(path.join("good")).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    for (name, content) in [
        ("cut", good.get(..good.len() - 40).unwrap().to_owned()),
        ("version", good.replacen("sketch/2", "sketch/0", 1)),
        ("settings", good.replacen("\"settings\":\"", "\"settings\":\"0.0 ", 1)),
        ("language", good.replacen("\"lang\":\"en\"", "\"lang\":\"?\"", 1)),
        ("twice", format!("{}\n{}\n{}\n", lines[0], lines[1], lines[0])),
        ("articles", fs::read_to_string(path.join("whole.jsonl")).unwrap()),
        ("empty", String::new()),
    ] {
        fs::write(path.join(name), content).unwrap();
    }
    for (files, named) in [
        (&["cut"][..], "cut:40: the sketch is cut off"),
        (&["version"], "version:1: the sketch has the format"),
        (&["settings"], "settings:1: the sketch was made with the settings"),
        (&["language"], "language:1: the sketch is damaged"),
        (&["twice"], "twice:3: the article a00 occurs twice; its first sketch is twice:1"),
        (&["good", "good"], "good:1: the article a00 occurs twice"),
        (&["articles"], "articles:1: not a sketch"),
        (&["empty"], "empty: contains no sketches"),
        (&["gone"], "gone: cannot be read"),
    ] {
        let args = [&["stories", "-o", "out", "--sketches"], files].concat();
        let (code, out, err) = run(path, &args);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(named), "{err}");
        assert!(!path.join("out").exists());
    }
}

/// The texts exceed what stays in memory, so a temporary file is needed; a limit on the size of files stands for a full
/// disk.
#[cfg(unix)]
#[test]
fn a_temporary_file_that_cannot_be_written_is_named_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let article = |id: &str, n: usize| {
        let text = format!("The bridge was closed on Monday. {}", "x".repeat(n));
        serde_json::json!({ "id": id, "title": "Bridge closed", "text": text }).to_string()
    };
    let articles = [article("a", 17 << 20), article("b", 100_000)].join("\n");
    fs::write(folder.path().join("articles.jsonl"), articles).unwrap();
    let command = "brief -o briefing.md articles.jsonl";
    for script in [
        format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" {command}"),
        format!("TMPDIR=\"$PWD/absent\" exec \"$0\" {command}"),
    ] {
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_nutgraf")]).current_dir(folder.path());
        let output = shell.stdin(Stdio::null()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{script}: {err}");
        assert!(err.contains("cannot write a temporary file for the texts"), "{script}: {err}");
        assert!(!err.contains("panicked") && !folder.path().join("briefing.md").exists(), "{err}");
    }
}

#[test]
fn results_come_in_the_order_of_the_inputs_on_any_number_of_threads() {
    let folder = shards();
    let path = folder.path();
    let with = |args: &[&str], files: &[&str]| {
        let (code, out, err) = run(path, &[args, files].concat());
        assert_eq!(code, 0, "{args:?} {err}");
        out
    };
    // Articles that are given twice occur once.
    let files = ["1.jsonl", "0.jsonl", "1.jsonl"];
    for args in [
        &["read", "-t", "jsonl"][..],
        &["quotes", "-t", "jsonl"],
        &["summarize", "--each", "-t", "jsonl"],
        &["sketch"],
    ] {
        let parts = [with(args, &["1.jsonl"]), with(args, &["0.jsonl"])].concat();
        assert_eq!(parts.lines().count(), 40, "{args:?}");
        assert_eq!(with(&[args, &["-j", "1"]].concat(), &files), parts, "{args:?}");
        assert_eq!(with(&[args, &["-j", "3"]].concat(), &files), parts, "{args:?}");
    }
    for command in ["read", "quotes"] {
        let lines = with(&[command, "-t", "jsonl"], &files);
        let array: Vec<serde_json::Value> =
            serde_json::from_str(&with(&[command, "-t", "json"], &files)).unwrap();
        let values =
            lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert!(values.eq(array), "{command}");
    }
}

fn many_stories() -> Vec<Article> {
    let mut chance = Chance::new(5);
    let article = |n: usize| {
        // Two thirds have only a headline, from many outlets, and so rank first without anything to show.
        let body =
            if n.is_multiple_of(3) { text(&mut chance, n, 5).join(" ") } else { String::new() };
        Article::builder(body)
            .id(format!("id{n}"))
            .title(format!("Headline {n} on matter {}", n * 7919))
            .outlet(format!("Outlet {}", n % 11))
            .build()
    };
    (0..240).map(article).collect()
}

#[test]
fn a_briefing_that_reads_few_stories_is_that_which_reads_all() {
    let now = Published::parse("2026-03-02").unwrap();
    let usual = BriefParams { words: 150, ..BriefParams::default() };
    // An intervention about a topic concerns all texts.
    let bans = vec![Target::Topic("zzyzx".to_owned())];
    let editor = Editor { bans, ..Editor::default() };
    let of_all = BriefParams { editor, ..usual.clone() };
    let few = brief(many_stories(), &usual, now);
    let all = brief(many_stories(), &of_all, now);
    assert!(!few.briefing.stories.is_empty());
    assert_eq!(
        serde_json::to_string(&few.briefing).unwrap(),
        serde_json::to_string(&all.briefing).unwrap()
    );
}
