//! The daily run under adverse conditions: dead feeds, faulty settings, two runs at once, a wrong clock.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use nutgraf::archive::Archive;
use nutgraf::briefing::{Briefing, Status};

use crate::site::{Reply, Site, rss};
use crate::{HASTY, PROGRAM, Reader, feed};

const NEWS: &str = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard. \
                    Nobody was hurt, the coast guard said.";

fn lines(ids: std::ops::Range<u32>) -> String {
    const TOWNS: [&str; 10] =
        ["Lenn", "Velm", "Ostrel", "Sarre", "Tane", "Brask", "Quill", "Mirow", "Dunholt", "Arvika"];
    const WHAT: [&str; 10] = [
        "bakery",
        "tunnel",
        "choir",
        "glacier",
        "vineyard",
        "lighthouse",
        "school",
        "comet",
        "strike",
        "museum",
    ];
    let line = |id: u32| {
        let (town, what) = (TOWNS[id as usize % 10], WHAT[(id as usize / 3 + id as usize) % 10]);
        let text = format!(
            "The {what} of {town} number {id} opened on Monday. Nobody in {town} had expected the {what}."
        );
        serde_json::json!({"id": format!("i{id}"), "title": format!("{what} of {town} {id}"), "text": text}).to_string() + "\n"
    };
    ids.map(line).collect()
}

const OUTPUT: &str = "[[output]]\nfile = \"out/%Y-%m-%d.json\"\nto = \"json\"\n";

fn folder_reader() -> Reader {
    let reader = Reader::new(&format!("[[feed]]\nfolder = \"in\"\n{OUTPUT}"));
    fs::create_dir(reader.path("in")).unwrap();
    fs::write(reader.path("in/a.jsonl"), lines(0..5)).unwrap();
    reader
}

#[test]
fn if_every_feed_is_dead_the_run_says_so_and_tells_what_there_is() {
    let site = Site::new();
    let feeds = format!("{}{}", feed(&site, "/gone", "A"), feed(&site, "/none", "B"));
    let reader = Reader::new(&format!("{HASTY}{feeds}{OUTPUT}"));
    reader.run(&["-q", "daily"]).expect(1, &["/gone: status 404", "/none: status 404", "2 failed"]);
    // The feeds are postponed for a minute, and the exit status stays 1.
    reader.run(&["-q", "daily"]).expect(1, &["2 postponed"]);
    reader.run(&["-q", "fetch"]).expect(1, &["2 postponed"]);
    fs::write(reader.path("a.jsonl"), lines(0..1)).unwrap();
    reader.run(&["archive", "import", "a.jsonl"]).expect(0, &[]);
    reader.run(&["daily"]).expect(1, &["wrote out/"]);
    site.set("/none", Reply::ok(rss(&site, "B", 2, &[("/ferry", "Ferry", NEWS)])));
    let later = ["daily", "--now", "2030-01-01"];
    let said = reader.run(&later);
    said.expect(0, &["1 feed read", "1 failed"]);
    assert_eq!(
        reader.run(&["-q", "daily", "--now", "2030-01-02"]).err,
        "",
        "one that works is enough"
    );
}

#[test]
fn faults_of_the_configuration_are_found_before_anything_is_fetched() {
    let site = Site::new();
    site.set("/feed", Reply::ok(rss(&site, "A", 2, &[("/ferry", "Ferry", NEWS)])));
    let first = "[[output]]\nfile = \"out/first.json\"\nto = \"json\"\n";
    let output = |more: &str| format!("[[output]]\nfile = \"out/second\"\n{more}\n");
    for (more, words) in [
        (output("to = \"eml\""), "mail.from"),
        (output("to = \"eml\"\n[mail]\nfrom = \"a@b.example\"\nto = \"nobody\""), "nobody"),
        (output("template = \"none.md\""), "none.md"),
        (output("template = \"bad.md\""), "bad.md:2"),
        (output("").replace("second", "%J-second"), "%J"),
        ("[editor]\npin = [\"everything\"]\n".to_owned(), "everything"),
        ("[[feed]]\nurl = \"feed.example\"\n".to_owned(), "feed.example"),
        ("[[feed]]\nopml = \"none.opml\"\n".to_owned(), "none.opml"),
        ("[style]\ndate = \"%Q\"\n[[output]]\nfile = \"out/second\"".to_owned(), "style"),
    ] {
        let reader = Reader::new(&format!("{HASTY}{}{first}{more}", feed(&site, "/feed", "A")));
        fs::write(reader.path("bad.md"), "# {{ title }}\n{{ stories | first_of_all }}\n").unwrap();
        reader.run(&["daily"]).expect(2, &[words]);
        assert_eq!(site.paths(), [""; 0], "{more}");
        assert!(!reader.path("out").exists(), "{more}");
    }
}

/// Of several runs that start at once, one reports the news, and the others find that it has been reported. Over
/// several days, every article is reported, and no excerpt twice.
#[test]
fn of_runs_at_the_same_time_one_tells_what_is_new() {
    let reader = folder_reader();
    let mut shown = BTreeSet::new();
    let mut told = BTreeSet::new();
    for day in 10..13 {
        fs::write(reader.path("in/a.jsonl"), lines(day * 7..day * 7 + 3)).unwrap();
        let now = format!("2026-03-{day}T06:00:00Z");
        let start = |_| {
            let mut command = reader.command(PROGRAM, &["daily", "--now", &now]);
            command.stderr(Stdio::piped()).spawn().unwrap()
        };
        let runs: Vec<_> = (0..4).map(start).collect();
        let mut wrote = 0;
        for run in runs {
            let said = crate::said(&run.wait_with_output().unwrap());
            said.expect(0, &[]);
            wrote += said.err.matches("wrote ").count();
        }
        assert_eq!(wrote, 1, "on day {day}");
        let briefing: Briefing =
            serde_json::from_str(&reader.read(&format!("out/2026-03-{day}.json"))).unwrap();
        for story in &briefing.stories {
            let quotes = story.quotes.iter().flat_map(|q| &q.excerpts);
            for excerpt in story.summary.iter().map(|s| &s.excerpt).chain(quotes) {
                let place = (excerpt.article.clone(), excerpt.start);
                assert!(shown.insert(place), "told twice, again on day {day}: {}", excerpt.text);
                told.insert(excerpt.article.clone());
            }
        }
    }
    let all: BTreeSet<String> =
        (10..13).flat_map(|day| day * 7..day * 7 + 3).map(|id| format!("i{id}")).collect();
    assert_eq!(told, all);
    assert_eq!(reader.archive().recorded(9).unwrap().len(), 3);
}

/// The list of sources of an update contains the new and the cited articles, not all articles ever reported for the
/// story.
#[test]
fn an_update_lists_no_articles_that_were_reported_before() {
    let markdown = "[[output]]\nfile = \"out/%Y-%m-%d.md\"\nto = \"md\"\n";
    let reader = Reader::new(&format!("[[feed]]\nfolder = \"in\"\n{OUTPUT}{markdown}"));
    fs::create_dir(reader.path("in")).unwrap();
    let article = |id: &str, outlet: &str, title: &str, text: &str| {
        serde_json::json!({"id": id, "title": title, "source": outlet, "text": text, "lang": "en"})
            .to_string()
            + "\n"
    };
    let first = [
        article("gazette", "Gazette", "Ferry Halcyon aground off Port Anselm", NEWS),
        article(
            "courier",
            "Courier",
            "Halcyon ferry aground near Port Anselm",
            "The ferry Halcyon ran aground off Port Anselm on Monday. A tug from Port Anselm pulled at the ferry Halcyon in vain until dusk.",
        ),
        article(
            "post",
            "Post",
            "Ferry aground off Port Anselm",
            "Forty passengers of the ferry Halcyon, aground off Port Anselm since Monday, spent the night in a school. The coast guard blamed fog.",
        ),
    ];
    fs::write(reader.path("in/1.jsonl"), first.concat()).unwrap();
    reader.run(&["daily", "--now", "2026-03-10T06:00:00Z"]).expect(0, &["wrote"]);
    let update = article(
        "gazette-2",
        "Gazette",
        "Ferry Halcyon off Port Anselm afloat again",
        "Two tugs refloated the ferry Halcyon off Port Anselm at high tide on Tuesday. The captain of the ferry Halcyon was questioned by the coast guard in Port Anselm.",
    );
    fs::write(reader.path("in/2.jsonl"), update).unwrap();
    reader.run(&["daily", "--now", "2026-03-11T06:00:00Z"]).expect(0, &["wrote"]);

    let json = reader.read("out/2026-03-11.json");
    let briefing: Briefing = serde_json::from_str(&json).unwrap();
    let [story] = &briefing.stories[..] else { panic!("one story in {json}") };
    assert_eq!((story.status, story.sources.len()), (Status::Updated, 4));
    let earlier = story.background.as_ref().unwrap();
    let cited = [&earlier.article, "gazette-2"];
    assert_eq!(story.reported.len(), 2, "{:?}", story.reported);
    assert!(!story.reported.iter().any(|id| cited.contains(&id.as_str())));
    assert!(story.also.is_empty(), "{:?}", story.also);
    let page = reader.read("out/2026-03-11.md");
    assert!(page.contains("1 story · 2 articles"), "{page}");
    let (_, sources) = page.split_once("## Sources").unwrap();
    assert!(sources.contains("1. Ferry Halcyon off Port Anselm afloat again"), "{sources}");
    assert!(sources.contains("\n2. ") && !sources.contains("\n3. "), "{sources}");
    reader.run(&["verify", "out/2026-03-11.json", "in"]).expect(0, &[]);
    // On the first day all three were listed.
    assert!(reader.read("out/2026-03-10.md").contains("1 story · 3 articles"));
}

#[test]
fn a_clock_that_is_years_ahead_takes_no_articles_away() {
    let reader = folder_reader();
    reader.run(&["daily", "--now", "2026-03-10T06:00:00Z"]).expect(0, &[]);
    for now in ["2062-03-10T06:00:00Z", "2062-03-11T06:00:00Z"] {
        fs::write(reader.path("in/a.jsonl"), lines(now.len() as u32 + 7..40)).unwrap();
        reader.run(&["-q", "daily", "--now", now]).expect(0, &[]);
        assert!(reader.archive().get("i1").unwrap().is_some());
    }
    fs::write(reader.path("in/a.jsonl"), lines(50..53)).unwrap();
    reader.run(&["-q", "daily", "--now", "2062-03-12"]).expect(0, &["clock", "archive prune"]);
    // `archive prune` removes them in spite of the clock.
    reader.run(&["archive", "prune", "--now", "2062-03-12"]).expect(0, &["removed 5"]);
    // In an archive that is used every day, articles that are too old are removed without a message.
    let daily = folder_reader();
    for (n, day) in ["2026-01-01", "2026-03-01", "2026-04-10"].iter().enumerate() {
        fs::write(daily.path("in/a.jsonl"), lines(n as u32 * 10..n as u32 * 10 + 5)).unwrap();
        daily.run(&["daily", "--now", day]).expect(0, &[]);
    }
    assert!(daily.archive().get("i1").unwrap().is_none());
    assert!(daily.archive().get("i11").unwrap().is_some());
}

#[test]
fn the_first_briefing_names_what_it_does_not_look_back_to() {
    let reader = folder_reader();
    reader.run(&["fetch", "--now", "2026-03-01T06:00:00Z"]).expect(0, &["5 new"]);
    fs::write(reader.path("in/b.jsonl"), lines(70..72)).unwrap();
    let said = reader.run(&["daily", "--now", "2026-03-09T06:00:00Z"]);
    said.expect(0, &["5 articles from before 2026-03-08T06:00:00Z", "--since"]);
    let later = reader.run(&["daily", "--now", "2026-03-10T06:00:00Z"]);
    assert!(!later.err.contains("look"), "{}", later.err);
}

#[test]
fn a_damaged_article_costs_no_other_its_place_in_the_briefing() {
    let reader = folder_reader();
    reader.run(&["fetch", "--now", "2026-03-10T06:00:00Z"]).expect(0, &["5 new"]);
    let file = rusqlite::Connection::open(reader.path("archive.db")).unwrap();
    file.execute_batch(
        "UPDATE article SET blocks = '[[\"paragraph\", 3, 999999]]' WHERE id = 'i2'",
    )
    .unwrap();
    drop(file);
    let said = reader.run(&["daily", "--no-fetch", "--now", "2026-03-10T07:00:00Z"]);
    said.expect(0, &["article i2 is damaged", "wrote out/"]);
    let export = reader.run(&["archive", "export"]);
    export.expect(1, &["article i2 is damaged"]);
    assert_eq!(export.out.lines().count(), 4);
    let check = reader.run(&["archive", "check"]);
    assert!(check.code == 1 && check.out.contains("article i2"), "{}{}", check.out, check.err);
}

#[test]
fn an_empty_file_is_no_archive() {
    let reader = Reader::new("");
    fs::write(reader.path("archive.db"), "").unwrap();
    for command in [&["archive", "check"][..], &["archive", "stats"], &["brief"]] {
        reader.run(command).expect(2, &["archive.db is empty"]);
    }
}

#[test]
fn a_read_only_archive_can_be_read() {
    let reader = folder_reader();
    reader.run(&["fetch"]).expect(0, &["5 new"]);
    // As on a read-only disk: neither the file nor its folder can be written.
    let folder = reader.path("shut ?#%");
    fs::create_dir(&folder).unwrap();
    let archive = folder.join("a.db");
    fs::rename(reader.path("archive.db"), &archive).unwrap();
    let permit = |write: bool| {
        for path in [&archive, &folder] {
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_readonly(!write);
            fs::set_permissions(path, permissions).unwrap();
        }
    };
    permit(false);
    let opened = Archive::reading(&archive).map(|archive| archive.all().unwrap().articles.len());
    permit(true);
    assert_eq!(opened.unwrap(), 5);
}
