//! Guarantees for readers, tested from outside: two events stay two; an outlet or a person is one under every name;
//! interventions without effect are reported; an input is the same wherever it comes from; and small inputs are cheap.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const NOW: &str = "2026-03-11T06:00:00Z";

struct Said {
    code: i32,
    out: String,
    err: String,
}

fn run_with(folder: &Path, args: &[&str], given: &[u8]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that needs no input may exit before the input is written.
    child.stdin.take().unwrap().write_all(given).ok();
    let done = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(done.stdout), text(done.stderr));
    assert!(!err.contains("panicked"), "{err}");
    Said { code: done.status.code().unwrap_or(-1), out, err }
}

fn run(folder: &TempDir, args: &[&str]) -> Said {
    run_with(folder.path(), args, b"")
}

fn articles(folder: &TempDir, name: &str, articles: &[Value]) {
    let lines = articles.iter().map(|article| format!("{article}\n")).collect::<Vec<_>>().concat();
    fs::write(folder.path().join(name), lines).unwrap();
}

fn article(id: &str, title: &str, text: &str, outlet: &str) -> Value {
    json!({"id": id, "title": title, "text": text, "source": outlet, "date": "2026-03-10T06:00:00Z", "lang": "en"})
}

/// Returns the ids of the articles from which the stories of a briefing show something.
fn shown(briefing: &str) -> Vec<String> {
    let briefing: Value = serde_json::from_str(briefing).unwrap();
    let stories = briefing["stories"].as_array().unwrap().iter();
    let excerpts = stories.flat_map(|story| story["summary"].as_array().unwrap());
    let mut ids: Vec<String> =
        excerpts.map(|e| e["article"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Machine-generated reports: event, place, figure and day differ, and all other words are the same.
fn message(n: usize) -> (String, String) {
    let (size, town, hour, depth) = [
        ("2.9", "Marnholt", "4:20", 6),
        ("6.8", "Vessel Bay", "11:02", 19),
        ("5.1", "Corrin", "7:45", 33),
    ][n];
    (
        format!("Magnitude {size} tremor recorded off {town}"),
        format!(
            "A tremor of magnitude {size} was recorded off {town} at {hour} in the morning, the observatory said. Its centre was {depth} \
             kilometres down. The observatory had no reports of damage in the first hour. Anyone who felt it is invited to fill in the \
             form of the observatory. The message was written by a machine and will be looked over by a seismologist later in the day."
        ),
    )
}

#[test]
fn events_in_one_template_are_told_each() {
    let folder = tempfile::tempdir().unwrap();
    for (a, b) in [(0, 1), (1, 2), (2, 0)] {
        let of = |n: usize| {
            let (title, text) = message(n);
            article(&format!("m{n}"), &title, &text, "Observatory")
        };
        articles(&folder, "a.jsonl", &[of(a), of(b)]);
        let stories: Value =
            serde_json::from_str(&run(&folder, &["stories", "-t", "json", "a.jsonl"]).out).unwrap();
        assert!(
            stories.as_array().unwrap().iter().all(|s| s["duplicates"] == json!([])),
            "{stories}"
        );
        let brief =
            run(&folder, &["brief", "-t", "json", "--words", "2000", "--now", NOW, "a.jsonl"]);
        let mut expected = [format!("m{a}"), format!("m{b}")];
        expected.sort();
        assert_eq!(shown(&brief.out), expected);
    }
}

/// How the reports of a day arrive.
#[derive(Clone, Copy, Debug)]
enum Arrival {
    /// As a text without a date or an outlet, in a folder.
    Text,
    /// As a record with a date and an outlet, in a folder.
    Dated,
    /// As a record without a date or an outlet, in the archive.
    Archive,
}

/// Reports, one a day, in every order.
#[test]
fn events_in_one_template_are_told_on_their_days() {
    for (a, b) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
        for arrival in [Arrival::Text, Arrival::Dated, Arrival::Archive] {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("in")).unwrap();
            let settings = "[archive]\npath = \"a.db\"\n[[feed]]\nname = \"Observatory\"\nfolder = \"in\"\n[[output]]\nfile = \"%d.md\"\n";
            fs::write(folder.path().join("nutgraf.toml"), settings).unwrap();
            for (day, n) in [(10, a), (11, b)] {
                let now = format!("2026-03-{day}T08:00:00Z");
                let said = arrive(&folder, arrival, n, &now);
                let page =
                    fs::read_to_string(folder.path().join(format!("{day}.md"))).unwrap_or_default();
                assert!(page.contains(&message(n).0), "{a} {b} {arrival:?}: {page}{}", said.err);
            }
        }
    }
}

/// Lets a report arrive, and makes the briefing of the day.
fn arrive(folder: &TempDir, arrival: Arrival, n: usize, now: &str) -> Said {
    let (title, text) = message(n);
    let record = json!({"id": n.to_string(), "title": title, "text": text});
    match arrival {
        Arrival::Text => {
            let file = folder.path().join(format!("in/{n}.txt"));
            fs::write(file, format!("{title}\n\n{text}\n")).unwrap();
        }
        Arrival::Dated => {
            let mut dated = article(&n.to_string(), &title, &text, "Survey Desk");
            dated["date"] = now.into();
            articles(folder, &format!("in/{n}.jsonl"), &[dated]);
        }
        Arrival::Archive => {
            articles(folder, "one.jsonl", &[record]);
            let import = ["archive", "import", "--archive", "a.db", "--now", now, "one.jsonl"];
            let taken = run(folder, &import);
            assert_eq!(taken.code, 0, "{}", taken.err);
            return run(folder, &["daily", "--no-fetch", "--now", now]);
        }
    }
    run(folder, &["daily", "--now", now])
}

/// A second report in the same words is reported on its day, no matter which of the two has the lower id.
#[test]
fn a_report_in_the_words_of_one_that_was_told_is_told() {
    let report = |figure: &str, town: &str| {
        format!(
            "The depot number {figure} of {town} burned down on Monday, and all of its trams were lost in the flames."
        )
    };
    for (first, second) in [("a", "b"), ("b", "a")] {
        for ((figure, town), (other, elsewhere)) in
            [(("16", "Marnholt"), ("24", "Corrin")), (("2", "Velm"), ("41", "Lennford"))]
        {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("in")).unwrap();
            let settings = "[archive]\npath = \"a.db\"\n[[feed]]\nfolder = \"in\"\n[[output]]\nfile = \"%d.md\"\n";
            fs::write(folder.path().join("nutgraf.toml"), settings).unwrap();
            for (day, id, text) in
                [(10, first, report(figure, town)), (11, second, report(other, elsewhere))]
            {
                articles(
                    &folder,
                    &format!("in/{id}.jsonl"),
                    &[json!({"id": id, "title": "Depot burns", "text": text})],
                );
                let now = format!("2026-03-{day}T08:00:00Z");
                let said = run(&folder, &["daily", "--now", &now]);
                let page = folder.path().join(format!("{day}.md"));
                let page = fs::read_to_string(page).unwrap_or_default();
                assert!(page.contains(&text), "{id} on day {day}: {page}{}", said.err);
            }
        }
    }
}

const WIRE: &str = "The mill of Corrin will close in June, its owner said on Monday, because the river no longer turns the wheel. \
                    Forty people work there. The wheel was built in 1871 and is the last of its kind.\n\n\"We looked for a buyer for two \
                    years,\" said Ada Lorne, who owns the mill. The town wants to make a museum of it.";

/// Wire copy in three outlets is one witness; with a report of an outlet's own there are two.
#[test]
fn reprints_count_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec![
        article("w0", "Corrin's mill to close in June", WIRE, "Coast Wire"),
        article("w1", "Corrin's mill to close in June", WIRE, "Marnholt Ledger"),
        article(
            "w2",
            "Council: Corrin's mill to close",
            &WIRE.replace(" The town wants to make a museum of it.", ""),
            "The Vessel Post",
        ),
    ];
    articles(&folder, "a.jsonl", &all);
    let two = ["brief", "--min-sources", "2", "--now", NOW, "a.jsonl"];
    assert_eq!(run(&folder, &two).code, 1);
    assert_eq!(
        shown(&run(&folder, &["brief", "-t", "json", "--now", NOW, "a.jsonl"]).out).len(),
        1
    );
    all.push(article(
        "own",
        "Mill in Corrin closes in June",
        "Nobody had expected it so soon. The mill of Corrin will close in June, because the river no longer turns the wheel, its owner \
         Ada Lorne said on Monday. Children of the school had painted the wheel in May, and their teacher was in tears.",
        "Harbour Observer",
    ));
    articles(&folder, "a.jsonl", &all);
    assert_eq!(run(&folder, &two).code, 0);
}

#[test]
fn an_outlet_is_one_under_its_name_and_its_host() {
    let folder = tempfile::tempdir().unwrap();
    for (name, host) in [
        ("KRT News", "krt.com"),
        ("KRT News", "www.krt.co.uk"),
        ("The Corrin Post", "corrinpost.example"),
    ] {
        let own = "Eleven people were hurt when the tram of Corrin left its rails on Monday, the fire brigade said. The tram had come down the hill \
                   with 60 people in it. The line stays shut until Friday.";
        let other = "The tram of Corrin left its rails on Monday, and fourteen people were hurt, the fire brigade said. It had come down the hill with \
                     60 people in it. Until Friday the line stays shut.";
        articles(
            &folder,
            "a.jsonl",
            &[
                article("t1", "Tram leaves rails in Corrin, eleven hurt", own, name),
                article("t2", "Eleven hurt as Corrin tram leaves rails", other, host),
            ],
        );
        let brief = run(&folder, &["brief", "-t", "json", "--now", NOW, "a.jsonl"]);
        let brief: Value = serde_json::from_str(&brief.out).unwrap();
        let stories = brief["stories"].as_array().unwrap();
        assert_eq!(
            (stories.len(), stories[0]["outlets"].as_array().unwrap().len()),
            (1, 1),
            "{name} {host}"
        );
        assert_eq!(stories[0]["differences"], json!([]), "{name} {host}");
        assert_eq!(
            run(&folder, &["brief", "--min-sources", "2", "--now", NOW, "a.jsonl"]).code,
            1,
            "{name} {host}"
        );
        for ban in [name, host] {
            let said = run(
                &folder,
                &["brief", "--ban", &format!("source:{ban}"), "--now", NOW, "a.jsonl"],
            );
            assert_eq!(said.code, 1, "{ban} for {name} and {host}: {}", said.out);
        }
        assert_eq!(
            run(&folder, &["brief", "--ban", "source:Vessel Times", "--now", NOW, "a.jsonl"]).code,
            0
        );
    }
}

const SPEECH: &str = "\"Not one coin of this town will go into a bridge that nobody can cross,\"";

fn talks(name: &str) -> Value {
    let text = format!(
        "Two members of the council of Corrin argued over the bridge on Monday.\n\n{SPEECH} {name}, the treasurer, told reporters.\n\nThe work was \
         stopped in May, when the piers began to sink.\n\n\"My men have poured concrete for a year and will pour it for another,\" Mayor Ilse Marn said."
    );
    article("t1", "Quarrel over the bridge of Corrin", &text, "Coast Wire")
}

/// In a short report, the other speaker is about the subject in any words; only the banned one is silent.
#[test]
fn a_ban_leaves_the_other_speaker_of_a_short_report() {
    for (banned, left, said) in [
        (
            "Andrey Tolvanov",
            "Ilse Brandt",
            "My men have bailed for ten months and will bail for ten more",
        ),
        ("Ana Lim", "Otto Veldt", "Nobody who sleeps beside it has closed an eye since January"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "Two ministers quarrelled over the Lenn tunnel in Harrow on Tuesday.\n\n\"Not one crown of ours will go into \
             that tunnel,\" {banned}, the transport minister, told reporters.\n\nThe digging was stopped in May, when \
             water came in from above.\n\n\"{said},\" Mayor {left} said."
        );
        articles(
            &folder,
            "a.jsonl",
            &[article("t1", "Quarrel over the Lenn tunnel", &text, "Northern Wire")],
        );
        let ban = format!("speaker:{banned}");
        let done = run(&folder, &["brief", "--ban", &ban, "--now", NOW, "a.jsonl"]);
        assert!(done.out.contains(left) && !done.out.contains("Not one crown"), "{}", done.out);
    }
}

#[test]
fn a_person_is_one_under_every_spelling() {
    let folder = tempfile::tempdir().unwrap();
    for (printed, other, is_same) in [
        ("Sergey Valdan", "Sergei Valdan", true),
        ("Sergei Valdan", "Sergey Valdan", true),
        ("S. Valdan", "Sergey Valdan", true),
        ("Sergey Valdan", "Mr Valdan", true),
        ("Sergey Valdan", "Dr. Sergei Valdan", true),
        ("Sergey Valdan", "Mr Boris Valdan", false),
        ("Sergey Valdan", "Boris Valdan", false),
        ("Sergey Valdan", "Sergey Marn", false),
    ] {
        articles(&folder, "a.jsonl", &[talks(printed)]);
        let said =
            run(&folder, &["brief", "--ban", &format!("speaker:{other}"), "--now", NOW, "a.jsonl"]);
        assert_eq!(
            !said.out.contains("Not one coin"),
            is_same,
            "a ban of {other} for {printed}: {}",
            said.out
        );
        fs::write(
            folder.path().join("d.md"),
            format!("# Bridge\n\n{SPEECH} {other} told reporters.\n"),
        )
        .unwrap();
        let proof = run(&folder, &["verify", "d.md", "a.jsonl"]);
        assert_eq!(proof.code == 0, is_same, "{other} for {printed}: {}", proof.out);
    }
}

#[test]
fn what_the_editor_asked_for_in_vain_is_named() {
    let folder = tempfile::tempdir().unwrap();
    articles(&folder, "a.jsonl", &[talks("Sergey Valdan")]);
    for (option, wish, name) in [
        ("--ban", "source:Nobody's Gazette", "Nobody's Gazette"),
        ("--ban", "speaker:Otto Unheard", "Otto Unheard"),
        ("--pin", "topic:submarines", "submarines"),
        ("--pin", "article:none7", "none7"),
        ("--weight", "source:Nobody's Gazette=2", "Nobody's Gazette"),
        ("--weight", "topic:submarines=3", "submarines"),
    ] {
        let said = run(&folder, &["brief", option, wish, "--now", NOW, "a.jsonl"]);
        assert!(said.err.contains(name), "{option} {wish}: {}", said.err);
    }
}

/// Mixed styles of quotation marks do not exclude an article.
#[test]
fn mixed_marks_cost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, text, mark, balanced) in [
        (
            "de",
            "„Ab heute fährt kein Schiff mehr durch die Schleuse\", sagte Stadträtin Ilse Marn am Montag in Corrin.\n\n„Das Tor schließt nicht mehr\", \
                erklärte der Schleusenwärter Otto Veld den Reportern.",
            "\"",
            "“",
        ),
        (
            "cs",
            "Rada města Corrin v pondělí zavřela zdymadlo.\n\n„Vrata se už nezavřou\", řekla radní Ilse Marnová novinářům.",
            "\"",
            "“",
        ),
        (
            "he",
            "מנכ\"ל הנמל סגר אתמול את הסכר הישן בגלל הקרח.\n\nהקרח הגיע לאורך שני ק\"מ של הנהר ועצר את כל הספינות.",
            "\"",
            "״",
        ),
    ] {
        let count = |text: &str| {
            articles(
                &folder,
                "a.jsonl",
                &[json!({"id": lang, "title": "Corrin", "text": text, "lang": lang})],
            );
            let said = run(&folder, &["brief", "-t", "json", "--now", NOW, "a.jsonl"]);
            let brief: Value = serde_json::from_str(&said.out).unwrap_or_default();
            let stories = brief["stories"].as_array().cloned().unwrap_or_default();
            let list = |story: &Value, name: &str| story[name].as_array().map_or(0, Vec::len);
            stories.iter().map(|s| list(s, "summary") + list(s, "quotes")).sum::<usize>()
        };
        let (mixed, whole) = (count(text), count(&text.replace(mark, balanced)));
        assert!(0 < whole && whole <= mixed, "{lang}: {mixed} of {whole}");
    }
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let (title, text) = ("Corrin's mill to close in June", WIRE);
    let first = article("a", title, text, "Coast Wire");
    for (ending, content) in [
        ("md", format!("# {title}\n\n{text}\n")),
        ("txt", format!("{title}\n\n{text}\n")),
        (
            "html",
            format!("<html><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"),
        ),
        ("json", first.to_string()),
        ("jsonl", format!("{first}\n{}\n", talks("S. Valdan"))),
        ("csv", format!("title,text\n\"{title}\",\"{}\"\n", text.replace('"', "\"\""))),
        ("eml", format!("Subject: {title}\nFrom: Ada <ada@wire.example>\n\n{text}\n")),
        (
            "xml",
            format!(
                "<rss><channel><item><title>{title}</title><description>{WIRE}</description></item></channel></rss>"
            ),
        ),
        (
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:04.000\nThe mill of Corrin will close in June.\n"
                .to_owned(),
        ),
    ] {
        let name = format!("a.{ending}");
        fs::write(folder.path().join(&name), &content).unwrap();
        let read = |said: Said| -> Vec<(Value, Value)> {
            let lines = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines.map(|a| (a["title"].clone(), a["text"].clone())).collect()
        };
        let of_file = read(run(&folder, &["read", "-t", "jsonl", &name]));
        let of_input =
            read(run_with(folder.path(), &["read", "-t", "jsonl", "-"], content.as_bytes()));
        assert!(!of_file.is_empty(), "{ending}");
        assert_eq!(of_input, of_file, "{ending}");
    }
}

#[test]
fn a_briefing_is_made_again_after_its_inputs_moved() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    articles(
        &folder,
        "in/a.jsonl",
        &[talks("Sergey Valdan"), article("w", "Mill closes", WIRE, "Coast Wire")],
    );
    fs::write(folder.path().join("in/b.txt"), format!("Corrin's mill\n\n{WIRE}\n")).unwrap();
    let first = run(&folder, &["brief", "-t", "json", "--now", NOW, "--manifest", "m.json", "in"]);
    assert_eq!(first.code, 0, "{}", first.err);
    fs::rename(folder.path().join("in"), folder.path().join("elsewhere")).unwrap();
    let again = run(&folder, &["brief", "-t", "json", "--again", "m.json", "elsewhere"]);
    assert_eq!(again.out, first.out, "{}", again.err);
}

#[test]
fn files_of_a_folder_that_are_no_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join("in").join(name);
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(at("good.txt"), WIRE).unwrap();
    assert!(Command::new("mkfifo").arg(at("fifo.txt")).status().unwrap().success());
    let _door = UnixListener::bind(at("door.txt")).unwrap();
    symlink("none.txt", at("dangling.txt")).unwrap();
    symlink("/dev/null", at("device.txt")).unwrap();
    let said = run(&folder, &["read", "in"]);
    assert!(said.code == 0 && said.out.contains("mill of Corrin"), "{}{}", said.out, said.err);
    for name in ["fifo.txt", "door.txt", "dangling.txt", "device.txt"] {
        assert!(said.err.contains(name), "{name}: {}", said.err);
    }
}

/// An article that is left out because of a topic is identified by its line or its title.
#[test]
fn lines_that_are_left_out_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<Value> = (0..3)
        .map(|n| {
            let (title, text) = message(n);
            article(&format!("m{n}"), &title, &text, "Observatory")
        })
        .collect();
    let lines = format!(
        "{}\n{{\"title\": \"broken\n{}\n{{\"title\":\"\",\"text\":\"\"}}\n{}\n",
        all[0], all[1], all[2]
    );
    fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let said = run(&folder, &["read", "-t", "jsonl", "a.jsonl"]);
    for place in ["a.jsonl:2", "a.jsonl:4"] {
        assert!(said.err.lines().any(|l| l.contains(place)), "{place}: {}", said.err);
    }
    let said = run(&folder, &["brief", "--topic", "submarines", "--now", NOW, "a.jsonl"]);
    let dropped: Vec<&str> = said.err.lines().filter(|l| l.contains("topic")).collect();
    assert!(!dropped.is_empty(), "{}", said.err);
    for line in dropped {
        let is_named = (0..3).any(|n| line.contains(&message(n).0))
            || [1, 3, 5].iter().any(|n| line.contains(&format!("a.jsonl:{n}")));
        assert!(is_named, "{line}");
    }
}

/// The same articles give the same bytes: in any order, on any number of threads, in any time zone, locale and folder.
#[test]
fn the_same_articles_make_the_same_bytes_anywhere() {
    let mut all: Vec<Value> = (0..3)
        .map(|n| {
            let (title, text) = message(n);
            article(&format!("m{n}"), &title, &text, "Observatory")
        })
        .collect();
    all.push(talks("Sergey Valdan"));
    all.push(article("w0", "Corrin's mill to close in June", WIRE, "Coast Wire"));
    all.push(article("w1", "Corrin's mill to close in June", WIRE, "Marnholt Ledger"));
    for to in ["md", "json", "html", "atom"] {
        let mut made = Vec::new();
        for (threads, order, zone, locale) in [
            ("1", 0, "Pacific/Kiritimati", "C"),
            ("2", 2, "America/St_Johns", "tr_TR.UTF-8"),
            ("8", 5, "UTC0", "de_DE.ISO-8859-1"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut order_of_all = all.clone();
            order_of_all.rotate_left(order);
            let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
            command.args(["-j", threads, "brief", "-t", to, "--now", NOW]);
            for one in &order_of_all {
                let name = format!("{}.json", one["id"].as_str().unwrap());
                fs::write(folder.path().join(&name), one.to_string()).unwrap();
                command.arg(name);
            }
            command.current_dir(folder.path()).env_clear().stdin(Stdio::null());
            command
                .env("HOME", folder.path())
                .env("TZ", zone)
                .env("LC_ALL", locale)
                .env("LANG", locale);
            let done = command.output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            made.push(String::from_utf8(done.stdout).unwrap());
        }
        let alike = made.iter().all(|bytes| *bytes == made[0]);
        assert!(alike && !made[0].is_empty(), "{to}: {}", made.join("\n---\n"));
    }
}

/// Counts of one are in the singular.
#[test]
fn one_is_no_plural() {
    let folder = tempfile::tempdir().unwrap();
    articles(
        &folder,
        "a.jsonl",
        &[talks("Sergey Valdan"), article("w", "Mill closes", WIRE, "Coast Wire")],
    );
    let briefing = run(&folder, &["brief", "-t", "json", "--now", NOW, "a.jsonl"]).out;
    fs::write(folder.path().join("b.json"), briefing).unwrap();
    let nouns = ["outlets", "articles", "stories", "sources", "words", "copies", "days"];
    for args in [
        &["brief", "--min-sources", "2", "--now", NOW, "a.jsonl"][..],
        &["brief", "-t", "text", "--now", NOW, "a.jsonl"],
        &["lint", "b.json"],
        &["explain", "--now", NOW, "a.jsonl"],
        &["stories", "--explain", "a.jsonl"],
        &["verify", "b.json", "a.jsonl"],
    ] {
        let said = run(&folder, args);
        let both = format!("{} {}", said.out, said.err).replace('\n', " ");
        let words: Vec<&str> = both.split(' ').collect();
        let wrong = words.windows(2).find(|pair| {
            pair[0] == "1"
                && nouns.contains(&pair[1].trim_end_matches(|c: char| !c.is_alphabetic()))
        });
        assert_eq!(wrong, None, "{args:?}: {both}");
    }
}

/// Returns the processor time of a run in seconds, as measured by the system.
#[cfg(target_os = "linux")]
fn seconds(folder: &TempDir, args: &[&str]) -> f64 {
    let line = "exec 2>/dev/null; \"$@\" >/dev/null; times | tail -1";
    let done = Command::new("sh")
        .args(["-c", line, "sh", env!("CARGO_BIN_EXE_nutgraf")])
        .args(args)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let times = String::from_utf8(done.stdout).unwrap();
    let second = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    times.split_whitespace().map(second).sum()
}

/// Four times as much of the costly input takes about four times as long.
#[test]
#[cfg(target_os = "linux")]
fn hostile_inputs_cost_linear_time() {
    let folder = tempfile::tempdir().unwrap();
    for (ending, piece, n) in [
        ("html", "&amp", 40_000),
        ("html", "<p>&amp;&nbsp;", 10_000),
        ("txt", "a\n", 100_000),
        ("txt", "a,b;c|\n", 40_000),
        ("md", "[a](", 20_000),
        ("vtt", "00:01.000 --> 00:02.000\n", 10_000),
        ("eml", "X: y\n", 40_000),
        ("csv", "a,", 20_000),
        ("json", "[", 100_000),
    ] {
        let cost = |times: usize| {
            let name = format!("{times}.{ending}");
            let text = match ending {
                "html" => format!("<p>{}", piece.repeat(n * times)),
                "vtt" => format!("WEBVTT\n\n{}", piece.repeat(n * times)),
                _ => piece.repeat(n * times),
            };
            fs::write(folder.path().join(&name), text).unwrap();
            seconds(&folder, &["read", "-t", "jsonl", &name])
        };
        let (one, four) = (cost(1), cost(4));
        // Starting the program costs some hundredths of a second.
        assert!(four < 0.5 + one * 8.0, "{ending} {piece:?}: {one} s, {four} s");
    }
}

/// The briefing of one very long text costs linear time as well.
#[test]
#[cfg(target_os = "linux")]
fn the_briefing_of_a_long_text_costs_linear_time() {
    let folder = tempfile::tempdir().unwrap();
    let cost = |times: usize| {
        let texts = (0..times * 50).map(|n| {
            WIRE.replace("mill", ["mill", "lock", "quarry", "school"][n % 4])
                .replace("1871", &(1500 + n).to_string())
        });
        let text = texts.collect::<Vec<_>>().join("\n\n");
        let name = format!("{times}.json");
        fs::write(folder.path().join(&name), json!({"title": "Corrin", "text": text}).to_string())
            .unwrap();
        seconds(&folder, &["brief", "-t", "json", "--now", NOW, &name])
    };
    let (one, four) = (cost(1), cost(4));
    assert!(four < 0.5 + one * 8.0, "{one} s, {four} s");
}
