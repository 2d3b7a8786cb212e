//! Tests the program from outside: exit codes, messages, bad input, atomic output.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The program in a separate folder, unaffected by the settings of the user who runs the tests.
struct Program {
    folder: TempDir,
}

/// The exit code and output of the program.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Program {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        command.args(args).current_dir(self.path()).env_clear();
        command.env("HOME", self.path()).env("PATH", "/usr/bin:/bin");
        command
    }

    #[must_use]
    fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    #[must_use]
    fn run_with(&self, args: &[&str], given: &[u8]) -> Said {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(given).unwrap();
        said(child.wait_with_output().unwrap())
    }
}

fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Said {
    /// Asserts the exit code, and that standard error contains each of `words` and no panic.
    #[track_caller]
    fn expect(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

const WIRE: &str = "Two Ships Collide in Fog\n\nPORT ANSELM, Norvia (NW) -- A ferry and a freighter collided in dense \
fog on Tuesday, rescue officials said.\n\n\"Every boat in the harbour went out,\" said coastguard commander Leif \
Aronsen. \"Nobody waited to be asked.\"\n\nThe collision closed the strait, through which a third of exports pass.\n";

#[test]
fn a_missing_input_is_named_and_nothing_is_done() {
    let program = Program::new();
    for command in ["brief", "read", "quotes", "stories", "summarize"] {
        program.run(&[command, "nowhere.txt"]).expect(2, &["nowhere.txt"]);
    }
}

#[test]
fn one_bad_input_among_good_ones_costs_a_warning() {
    let program = Program::new();
    program
        .file("good.txt", WIRE)
        .file("binary.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3])
        .file("empty.txt", "");
    let said =
        program.run(&["read", "-t", "jsonl", "good.txt", "binary.txt", "empty.txt", "nowhere.txt"]);
    said.expect(0, &["binary.txt", "empty.txt", "nowhere.txt"]);
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn a_folder_without_articles_says_so() {
    let program = Program::new();
    fs::create_dir(program.path().join("bare")).unwrap();
    let said = program.run(&["brief", "bare"]);
    assert!((1..=2).contains(&said.code), "{}", said.err);
    said.expect(said.code, &["bare"]);
    assert_eq!(said.out, "");
}

#[test]
fn a_broken_line_of_jsonl_is_named_and_the_others_are_kept() {
    let program = Program::new();
    let lines = "{\"id\":\"a\",\"title\":\"One\",\"text\":\"A ferry sank.\"}\n{broken\n{\"id\":\"b\",\"title\":\"Two\",\"text\":\"It rained.\"}\n";
    let said = program.run_with(&["read", "-f", "jsonl", "-t", "jsonl", "-"], lines.as_bytes());
    said.expect(0, &["-:2"]);
    assert_eq!(said.out.lines().count(), 2);
}

#[test]
fn two_articles_of_one_id_are_kept_apart() {
    let program = Program::new();
    let lines = "{\"id\":\"a\",\"title\":\"One\",\"text\":\"A ferry sank.\"}\n{\"id\":\"a\",\"title\":\"Two\",\"text\":\"It rained.\"}\n";
    let said = program.run_with(&["read", "-f", "jsonl", "-t", "jsonl", "-"], lines.as_bytes());
    said.expect(0, &["a"]);
    let ids: Vec<String> = said
        .out
        .lines()
        .map(|l| {
            serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn invalid_utf8_is_read_all_the_same() {
    let program = Program::new();
    program.file(
        "latin.txt",
        WIRE.replace("boat", "b\u{e9}at").chars().map(|c| c as u8).collect::<Vec<_>>(),
    );
    let said = program.run(&["read", "-t", "jsonl", "latin.txt"]);
    said.expect(0, &[]);
    assert!(said.out.contains("béat"), "{}", said.out);
}

#[test]
fn a_budget_too_small_for_one_sentence_is_said() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    for budget in [["--words", "2"], ["--chars", "5"]] {
        let said = program.run(&[&["summarize", "a.txt"], &budget[..]].concat());
        said.expect(1, &["budget"]);
        assert_eq!(said.out, "");
    }
    program.run(&["brief", "--words", "3", "a.txt"]).expect(1, &["budget"]);
}

#[test]
fn an_article_without_prose_is_not_blamed_on_the_budget() {
    let program = Program::new();
    for (name, text) in [
        ("headings.md", "# Ferries\n\n## Monday\n\n## Tuesday\n"),
        ("programm.md", "# Programm\n\n## Vormittag\n\n### Saal eins\n\n## Nachmittag\n"),
        ("code.md", "# How to\n\n```\nlet x = 1;\nlet y = 2;\n```\n"),
        ("picture.md", "# Ships\n\n![The ferry Halcyon](a.jpg)\n\n---\n"),
        ("title.jsonl", "{\"title\": \"The bridge of Lenn is closed\", \"text\": \"\"}\n"),
        (
            "caption.html",
            "<title>Storm over Lenn</title><article><h1>Storm over Lenn</h1><figure><img src=a.jpg>\
             <figcaption>Waves at the harbour of Lenn</figcaption></figure></article>",
        ),
        (
            "table.html",
            "<title>League results</title><article><h1>League results</h1><table><tr><th>team<th>points</tr>\
             <tr><td>Osk<td>12</tr><tr><td>Lenn<td>9</tr></table></article>",
        ),
    ] {
        program.file(name, text);
        program.run(&["summarize", name]).expect(1, &["nothing to summarize", "no prose"]);
        program
            .run(&["summarize", "--each", "-t", "json", name])
            .expect(1, &["not summarized", "no prose"]);
        program
            .run(&["brief", name])
            .expect(1, &["nothing to report", "no sentence that can be shown"]);
        for command in [&["summarize"][..], &["summarize", "--each"], &["brief"]] {
            let said = program.run(&[command, &["--words", "500", name]].concat());
            assert!(!said.err.contains("budget"), "{name}: {}", said.err);
        }
    }
    program.file("a.txt", WIRE);
    program.run(&["summarize", "--each", "--words", "2", "a.txt", "headings.md"]).expect(
        1,
        &["“Two Ships Collide in Fog”: no sentence fits the budget", "“Ferries”: no prose"],
    );
}

#[test]
fn wrong_values_are_refused_with_what_would_be_right() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    for (args, words) in [
        (&["read", "-t", "pdf", "a.txt"][..], &["pdf", "jsonl"][..]),
        (&["read", "-f", "docx", "a.txt"], &["docx", "html"]),
        (&["brief", "-t", "docx", "a.txt"], &["docx", "html"]),
        (&["summarize", "--words", "many", "a.txt"], &["many"]),
        (&["summarize", "--words", "0", "a.txt"], &["--words"]),
        (&["summarize", "--ratio", "7", "a.txt"], &["--ratio"]),
        (&["summarize", "--words", "3", "--sentences", "2", "a.txt"], &["cannot be used with"]),
        (&["brief", "--now", "tomorrow", "a.txt"], &["tomorrow"]),
        (&["brief", "--sections", "weather", "a.txt"], &["weather", "summary"]),
        (&["brief", "--pin", "nonsense", "a.txt"], &["nonsense", "source:NAME"]),
        (&["brief", "--template", "none-such", "a.txt"], &["none-such", "template list"]),
        (&["summarise", "a.txt"], &["summarize"]),
    ] {
        program.run(args).expect(2, words);
    }
}

#[test]
fn a_template_with_a_typo_is_told_with_file_and_line() {
    let program = Program::new();
    program.file("a.txt", WIRE).file("mine.md", "# {{ title }}\n\n{{ titel }}\n");
    program.run(&["brief", "--template", "mine.md", "a.txt"]).expect(2, &["mine.md", "3"]);
    program.run(&["template", "check", "mine.md"]).expect(2, &["mine.md", "3"]);
}

#[test]
fn a_template_with_a_syntax_error_is_reported_before_anything_is_read() {
    let program = Program::new();
    program.file("own/base.html", "<p>{{ title</p>\n{% block body %}{% endblock %}");
    for (name, source, to) in [
        (
            "own/loop.md",
            "# {{ title }}\n\n{% for story in stories %}\n* {{ story.headline.text }}\n",
            "md",
        ),
        ("own/end.md", "# {{ title }}\n{% endif %}\n", "md"),
        ("own/tag.html", "<p>{{ title }}</p>\n{% when stories %}\n", "html"),
        ("own/field.txt", "{{ title }}\n{{ stories | }}\n", "text"),
        ("own/mail.html", "<p>{{ title }}\n{{ stories[ }}</p>\n", "eml"),
        ("own/atom.xml", "<feed>{% if title %}</feed>\n", "atom"),
        ("own/page.html", "{% extends 'base.html' %}\n", "html"),
    ] {
        program.file(name, source);
        let at_fault = if name == "own/page.html" { "base.html" } else { name };
        let said = program.run(&[
            "brief",
            "-t",
            to,
            "--template",
            name,
            "absent.txt",
            "http://127.0.0.1:9/",
        ]);
        said.expect(2, &[at_fault]);
        assert_eq!(said.out, "");
        assert!(
            !said.err.contains("absent.txt") && !said.err.contains("127.0.0.1"),
            "{}",
            said.err
        );
    }
    // A template that works is not refused, nor is one for a format that has no template.
    program.file("a.txt", WIRE).file("own/good.md", "# {{ title }}\n");
    for to in ["md", "json"] {
        program.run(&["brief", "-t", to, "--template", "own/good.md", "a.txt"]).expect(0, &[]);
    }
}

#[test]
fn a_template_without_end_is_stopped() {
    let program = Program::new();
    let loops = "{% for a in range(10000) %}{% for b in range(10000) %}{% for c in range(10000) %}x{% endfor %}{% endfor %}{% endfor %}";
    program.file("a.txt", WIRE).file("loop.md", loops);
    program.run(&["brief", "--template", "loop.md", "a.txt"]).expect(2, &["loop.md"]);
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let program = Program::new();
    program.file("a.txt", WIRE).file("kept.md", "what was there");
    program.run(&["brief", "-o", "new.md", "a.txt"]).expect(0, &[]);
    assert!(fs::read_to_string(program.path().join("new.md")).unwrap().contains("Two Ships"));
    program.run(&["brief", "--template", "none", "-o", "kept.md", "a.txt"]).expect(2, &[]);
    assert_eq!(fs::read_to_string(program.path().join("kept.md")).unwrap(), "what was there");
    program.run(&["brief", "-o", "no/such/folder.md", "a.txt"]).expect(2, &["no/such/folder.md"]);
    let left: Vec<_> =
        fs::read_dir(program.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().starts_with(".nutgraf")), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_topic_without_words_is_refused() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    for topic in ["", " ", "—", "?!"] {
        program
            .run(&["brief", "--topic", topic, "a.txt"])
            .expect(2, &["--topic", "give one or more words"]);
    }
}

#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    program.run(&["brief", "-o", "/dev/full", "a.txt"]).expect(2, &["/dev/full"]);
    let script =
        format!("{} brief a.txt | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_nutgraf"));
    let mut bash = Command::new("bash");
    let output = bash.args(["-c", &script]).current_dir(program.path()).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "0", "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn a_briefing_verifies_and_a_forged_one_does_not() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    program.run(&["brief", "-t", "json", "-o", "b.json", "a.txt"]).expect(0, &[]);
    program.run(&["verify", "b.json", "a.txt"]).expect(0, &[]);
    program.run(&["verify", "b.json"]).expect(0, &[]);
    let forged = fs::read_to_string(program.path().join("b.json"))
        .unwrap()
        .replace("dense fog", "dense fig");
    program.file("forged.json", forged);
    program.run(&["verify", "forged.json", "a.txt"]).expect(1, &[]);
    program.run(&["verify", "nowhere.json", "a.txt"]).expect(2, &["nowhere.json"]);
}

#[test]
fn a_manifest_makes_the_same_briefing_again_and_names_what_changed() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    let made =
        program.run(&["brief", "--manifest", "m.json", "--title", "Fog", "--words", "90", "a.txt"]);
    made.expect(0, &[]);
    let again = program.run(&["brief", "--again", "m.json", "a.txt"]);
    again.expect(0, &[]);
    assert_eq!(again.out, made.out);
    // Repeat this in each format; settings of the format come from the flags, as in the first run.
    for format in ["json", "html", "text", "atom"] {
        let flags = ["-t", format, "--title", "Fog", "--words", "90"];
        let made = program.run(&[&["brief", "--manifest", "n.json", "a.txt"], &flags[..]].concat());
        let again = program.run(&["brief", "--again", "n.json", "-t", format, "a.txt"]);
        assert_eq!(again.expect(0, &[]).out, made.expect(0, &[]).out, "{format}");
    }
    program.file("a.txt", format!("{WIRE}\nOne more sentence stands here now.\n"));
    program.run(&["brief", "--again", "m.json", "a.txt"]).expect(2, &["a.txt"]);
    program
        .file("m.json", "{}")
        .run(&["brief", "--again", "m.json", "a.txt"])
        .expect(2, &["m.json"]);
}

#[test]
fn a_manifest_is_explained_with_its_settings_and_a_briefing_as_far_as_it_says() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    program
        .run(&["brief", "--manifest", "m.json", "-t", "json", "-o", "b.json", "a.txt"])
        .expect(0, &[]);
    let explained = program.run(&["explain", "m.json"]);
    assert!(
        explained.expect(0, &[]).out.contains("+ A ferry and a freighter"),
        "{}",
        explained.out
    );
    assert_eq!(explained.err, "");
    assert_eq!(program.run(&["explain", "b.json", "a.txt"]).expect(0, &[]).out, explained.out);
    program.file("nutgraf.toml", "[brief]\nmin_sources = 2\n");
    assert_eq!(program.run(&["explain", "m.json"]).expect(0, &[]).out, explained.out);
    program
        .run(&["explain", "b.json"])
        .expect(1, &["b.json: made from other articles or with other"]);
    program.file("a.txt", WIRE.replace("dense fog", "thick fog"));
    program.run(&["explain", "m.json"]).expect(2, &["not those of the manifest", "a.txt"]);
}

#[test]
fn inputs_that_are_too_large_are_none() {
    let program = Program::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    program.file("a.txt", WIRE).file("bomb.gz", packed.finish().unwrap());
    let small = ["--max-file-size", "10"];
    program.run(&[&["brief", "a.txt"], &small[..]].concat()).expect(2, &["a.txt: is larger than"]);
    let tight = ["--max-unpacked-size", "10K"];
    let bomb = program.run(&[&["summarize", "bomb.gz"], &tight[..]].concat());
    bomb.expect(2, &["bomb.gz: grows past", "none of the inputs can be read"]);
    program.run(&[&["summarize", "bomb.gz", "a.txt"], &tight[..]].concat()).expect(0, &["bomb.gz"]);
    program.file("empty.txt", "").run(&["summarize", "empty.txt"]).expect(1, &["empty.txt"]);
}

#[test]
fn limits_are_settings() {
    let program = Program::new();
    program.file("a.txt", WIRE).file("nutgraf.toml", "[limits]\nfile_size = \"0K\"\n");
    for command in ["brief", "read", "quotes", "stories", "summarize", "explain"] {
        program.run(&[command, "a.txt"]).expect(2, &["a.txt: is larger than the limit of 0 bytes"]);
        program.run(&[command, "--max-file-size", "1M", "a.txt"]).expect(0, &[]);
    }
    let said = program.run(&["config", "--set"]);
    let line = "limits.file_size  \"0K\"  # nutgraf.toml:2";
    assert!(said.expect(0, &[]).out.contains(line), "{}", said.out);
}

#[test]
fn settings_come_from_file_environment_and_flags() {
    let program = Program::new();
    program
        .file("a.txt", WIRE)
        .file("nutgraf.toml", "title = \"The Morning\"\n[brief]\nwords = 60\n");
    let said = program.run(&["brief", "a.txt"]);
    assert!(said.expect(0, &[]).out.starts_with("# The Morning"), "{}", said.out);
    let said = program.run(&["config", "--set"]);
    assert!(said.out.contains("nutgraf.toml:1"), "{}", said.out);
    program.file("nutgraf.toml", "[brief]\nwrods = 60\n");
    program.run(&["brief", "a.txt"]).expect(2, &["nutgraf.toml:2", "brief.words"]);
}

#[test]
fn init_writes_a_file_once() {
    let program = Program::new();
    program.run(&["init"]).expect(0, &["nutgraf.toml"]);
    program.run(&["config"]).expect(0, &["nutgraf.toml"]);
    program.run(&["init"]).expect(2, &["exists"]);
}

#[test]
fn the_archive_takes_and_gives_articles() {
    let program = Program::new();
    let lines = "{\"id\":\"a\",\"title\":\"One\",\"text\":\"A ferry sank.\"}\n{\"id\":\"b\",\"title\":\"Two\",\"text\":\"It rained.\"}\n";
    program.file("in.jsonl", lines);
    program.run(&["archive", "--archive", "x.db", "stats"]).expect(2, &["x.db"]);
    program.run(&["archive", "--archive", "x.db", "import", "in.jsonl"]).expect(0, &["2 new"]);
    program
        .run(&["archive", "--archive", "x.db", "import", "in.jsonl"])
        .expect(0, &["2 unchanged"]);
    assert!(program.run(&["archive", "--archive", "x.db", "search", "ferry"]).out.contains("One"));
    program.run(&["archive", "--archive", "x.db", "search", "zebra"]).expect(1, &[]);
    assert_eq!(program.run(&["archive", "--archive", "x.db", "export"]).out.lines().count(), 2);
    program.run(&["archive", "--archive", "x.db", "check"]).expect(0, &["sound"]);
}

#[test]
fn the_weight_of_a_feed_moves_its_stories() {
    let first_story = |weights: [&str; 2]| {
        let program = Program::new();
        let feed = |folder: &str, weight: &str| {
            format!("[[feed]]\nfolder = \"{folder}\"\nname = \"The {folder}\"\nweight = {weight}\n")
        };
        let config = format!(
            "[archive]\npath = \"a.db\"\n{}{}",
            feed("harbour", weights[0]),
            feed("valley", weights[1])
        );
        program.file("nutgraf.toml", config);
        program.file("harbour/a.txt", WIRE);
        program.file("valley/b.txt", "The orchestra of Lenn has a new conductor, its board said on Monday. She is the first woman to lead it.\n");
        program.run(&["fetch", "--now", "2031-05-04T05:00:00Z"]).expect(0, &[]);
        let made = program.run(&[
            "brief",
            "-t",
            "json",
            "--manifest",
            "m.json",
            "--now",
            "2031-05-04T06:00:00Z",
        ]);
        made.expect(0, &[]);
        let briefing: serde_json::Value = serde_json::from_str(&made.out).unwrap();
        let manifest = fs::read_to_string(program.path().join("m.json")).unwrap();
        assert!(manifest.contains("weighed the source"), "{manifest}");
        briefing["articles"][0]["source"].as_str().unwrap().to_owned()
    };
    assert_eq!(first_story(["3.0", "0.2"]), "The harbour");
    assert_eq!(first_story(["0.2", "3.0"]), "The valley");
}

#[test]
fn quiet_keeps_warnings_to_itself() {
    let program = Program::new();
    program.file("a.txt", WIRE);
    let said = program.run(&["-q", "summarize", "a.txt", "nowhere.txt"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

#[test]
fn every_command_helps_with_examples() {
    let program = Program::new();
    for command in [
        "brief",
        "summarize",
        "quotes",
        "stories",
        "read",
        "verify",
        "template",
        "init",
        "config",
        "archive",
        "feed",
    ] {
        let said = program.run(&[command, "--help"]);
        assert!(said.expect(0, &[]).out.contains("Examples:"), "{command}: {}", said.out);
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(!program.run(&["completions", shell]).expect(0, &[]).out.is_empty());
    }
    assert!(program.run(&["man"]).expect(0, &[]).out.contains(".TH"));
}

#[test]
fn several_drafts_are_checked_in_one_run() {
    let program = Program::new();
    program
        .file(
            "articles/a.txt",
            "Quay closes\n\n\"We close it in May,\" said Clara Venn, the mayor of Selm.\n",
        )
        .file("one.md", "\"We close it in May,\" said Clara Venn.\n")
        .file("two.md", "\"We close it in June,\" said Clara Venn.\n")
        .file("empty.md", "");
    let (one, two) = (["--draft", "one.md"], ["--draft", "two.md"]);
    let run = |drafts: &[&str], more: &[&str]| {
        program.run(&[&["verify"], drafts, &["articles"], more].concat())
    };
    run(&one, &[]).expect(0, &[]);
    let both = [one, two].concat();
    let said = run(&both, &["-t", "json"]);
    said.expect(1, &[]);
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["holds"], false);
    assert_eq!(report["drafts"][0]["holds"], true);
    assert_eq!(report["drafts"][1]["draft"], "two.md");
    let said = run(&both, &["-t", "jsonl"]);
    assert!(said.code == 1 && said.out.contains("\"draft\":\"two.md\""), "{}", said.out);
    // Drafts are checked in parallel, with the same results as one by one.
    let claims = ["--claims", "-t", "json"];
    let all = run(&both, &claims).out;
    assert_eq!(run(&both, &[&claims[..], &["--threads", "1"]].concat()).out, all);
    let all: serde_json::Value = serde_json::from_str(&all).unwrap();
    for (i, draft) in [one, two].iter().enumerate() {
        let mut of_all = all["drafts"][i].clone();
        of_all.as_object_mut().unwrap().remove("draft");
        let alone: serde_json::Value = serde_json::from_str(&run(draft, &claims).out).unwrap();
        assert_eq!(of_all, alone);
    }
    for format in ["text", "md", "sarif"] {
        let said = run(&both, &["-t", format]);
        assert!(said.code == 1 && said.out.contains("two.md"), "{format}: {}", said.out);
    }
    let with_empty = [&["--draft", "empty.md"], both.as_slice()].concat();
    let said = run(&with_empty, &[]);
    said.expect(2, &["empty.md is empty"]);
    assert!(said.out.contains("two.md"), "the others are checked: {}", said.out);
}

/// An article in each language without verbs of saying, with a quotation and its speaker.
const WITHOUT_SPEAKERS: [(&str, &str); 5] = [
    ("sv", "”Det är inte säkert att köra där längre”, sade borgmästaren Lars Holm till tidningen."),
    ("tr", "Mühendis Ayşe Demir, “İki ayakta çatlak bulduk, köprü güvenli değil” dedi."),
    ("pl", "„Znaleźliśmy pęknięcia w dwóch filarach” – powiedziała inżynier Anna Nowak."),
    ("zh", "工程师李娜说：“我们在两个桥墩上发现了裂缝，桥已经不安全了。”"),
    (
        "ja",
        "技師の佐藤花子さんは「二本の橋脚にひびが見つかりました。もう安全ではありません」と話した。",
    ),
];

#[test]
fn languages_without_speakers_are_named_once() {
    let program = Program::new();
    let article = |(lang, text): &(&str, &str)| {
        serde_json::json!({"id": lang, "lang": lang, "title": "Bro", "text": text}).to_string()
            + "\n"
    };
    for of in &WITHOUT_SPEAKERS {
        program.file(
            "one.jsonl",
            [article(of), article(of).replace("\"id\":\"", "\"id\":\"b")].concat(),
        );
        let said = program.run(&["quotes", "one.jsonl"]);
        said.expect(0, &[&format!("{}: quotes in this language are listed", of.0)]);
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert!(said.out.contains("(speaker not named)"), "{}", said.out);
    }
    program.file("all.jsonl", WITHOUT_SPEAKERS.iter().map(article).collect::<String>());
    for command in ["quotes", "brief"] {
        let said = program.run(&[command, "all.jsonl"]);
        said.expect(0, &["ja, pl, sv, tr, zh: quotes in these languages are listed"]);
        assert_eq!(said.err.matches("are listed without").count(), 1, "{}", said.err);
    }
    let english = serde_json::json!({"lang": "en", "text": "“We stay,” said Ana Lim."}).to_string();
    program.file("en.jsonl", english);
    assert_eq!(program.run(&["quotes", "en.jsonl"]).err, "");
}
