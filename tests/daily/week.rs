//! A week of news, day by day: updates, copies, a correction, an outage, a moved feed, a day without news, a missed
//! day.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use crate::site::{Entry, Reply, Site, rss};
use crate::{HASTY, Reader, Said, feed};

const BRIDGE: &str = "<p>A railway bridge over the river Tane collapsed early on Sunday, cutting the line between Port Anselm and Velm.</p>\
    <p>Four railway workers were injured when the middle span fell into the river Tane, the rescue service reported.</p>\
    <p>Engineers had warned of cracks in the bridge piers after an inspection in January.</p>";

const BRIDGE_UPDATE: &str = "<p>Engineers had warned of cracks in the bridge piers after an inspection in January.</p>\
    <p>Prosecutors in Port Anselm searched the offices of the railway bridge operator on Tuesday and seized inspection records.</p>\
    <p>Replacement buses now carry passengers between Port Anselm and Velm while the collapsed bridge is cleared from the river Tane.</p>";

const VOTE: &str = "<p>Voters in the mountain town of Ostrel elected the baker Ilse Corvan as mayor with a majority of nine votes.</p>\
    <p>Her opponent, the incumbent Hugo Brandt, conceded defeat after a recount of every ballot in Ostrel.</p>";

const VOTE_LIVE: &str = "<p>A court in the provincial capital annulled the election after finding forty ballots that nobody in Ostrel had signed for.</p>";

const COMET: &str = "<p>Astronomers at the Lindholm observatory discovered a comet that will be visible to the naked eye in April.</p>\
    <p>The comet was found on photographs that two students had taken by accident while testing a camera.</p>";

const HARVEST: &str = "<p>Olive growers on the island of Sarre expect the smallest harvest in thirty years after a month of frost.</p>\
    <p>The cooperative on Sarre has asked the agriculture ministry for emergency loans to replant olive groves.</p>";

struct Week {
    site: Site,
    reader: Reader,
    shown: BTreeSet<String>,
}

impl Week {
    fn new() -> Self {
        let site = Site::new();
        let outputs = "[[output]]\nfile = \"out/%Y-%m-%d.json\"\nto = \"json\"\n\
             [[output]]\nfile = \"out/%Y-%m-%d.md\"\nto = \"md\"\nlatest = \"out/latest.md\"\n\
             [[output]]\nfile = \"web/%Y-%m-%d.html\"\nto = \"html\"\n\
             [[output]]\nfile = \"site/content/%Y-%m-%d.md\"\ntemplate = \"hugo\"\n\
             [[output]]\nfile = \"vault/%Y-%m-%d.md\"\ntemplate = \"obsidian\"\n\
             [[output]]\nfile = \"web/feed.xml\"\nto = \"atom\"\n";
        let feeds =
            [feed(&site, "/gazette.xml", "Gazette"), feed(&site, "/courier.xml", "Courier")];
        let reader = Reader::new(&format!("{HASTY}{}{outputs}", feeds.concat()));
        Self { site, reader, shown: BTreeSet::new() }
    }

    fn publish(&self, path: &str, day: u8, entries: &[Entry<'_>]) {
        let body = rss(&self.site, path, day, entries);
        let tag = format!("\"{}\"", blake3::hash(body.as_bytes()).to_hex());
        self.site.set(path, Reply::ok(body).with("ETag", &tag));
    }

    fn run(&self, command: &str, day: u8) -> Said {
        self.reader.run(&[command, "--now", &format!("2026-03-{day:02}T06:00:00Z")])
    }

    /// Returns the briefing of a day, after checking that no sentence of it was shown before.
    fn day(&mut self, day: u8) -> Value {
        self.run("daily", day).expect(0, &[]);
        let name = format!("out/2026-03-{day:02}.json");
        assert!(self.reader.path(&name).exists(), "no briefing of day {day}");
        let briefing: Value = serde_json::from_str(&self.reader.read(&name)).unwrap();
        for story in briefing["stories"].as_array().unwrap() {
            let quotes = story["quotes"].as_array().unwrap().iter();
            let quotes = quotes.flat_map(|q| q["excerpts"].as_array().unwrap());
            for excerpt in story["summary"].as_array().unwrap().iter().chain(quotes) {
                let text = excerpt["text"].as_str().unwrap().to_owned();
                assert!(self.shown.insert(text.clone()), "told twice, again on day {day}: {text}");
            }
        }
        briefing
    }

    /// Returns a day without anything to report.
    fn quiet_day(&self, day: u8, code: i32) -> Said {
        let said = self.run("daily", day);
        said.expect(code, &["nothing new"]);
        assert!(!self.reader.path(&format!("out/2026-03-{day:02}.json")).exists());
        said
    }
}

/// Returns the story of a briefing whose sentences or headline contain a word.
#[track_caller]
fn story<'b>(briefing: &'b Value, word: &str) -> &'b Value {
    let stories = briefing["stories"].as_array().unwrap();
    let found = stories.iter().find(|s| s.to_string().contains(word));
    assert!(found.is_some(), "no story about {word} in {briefing:#}");
    found.unwrap()
}

fn count(briefing: &Value, list: &str) -> usize {
    briefing[list].as_array().map_or(0, Vec::len)
}

fn shows(story: &Value) -> String {
    story["summary"].to_string()
}

#[test]
#[expect(
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    reason = "a week is read from Monday to Sunday"
)]
fn a_week_of_briefings_tells_everything_once() {
    let mut week = Week::new();
    let bridge = ("/g/bridge", "Railway bridge over the Tane collapses", BRIDGE);
    let vote = ("/c/vote", "Baker elected mayor of Ostrel", VOTE);

    // Monday: two stories.
    week.publish("/gazette.xml", 2, &[bridge]);
    week.publish("/courier.xml", 2, &[vote]);
    let monday = week.day(2);
    assert_eq!((count(&monday, "stories"), count(&monday, "corrections")), (2, 0));
    let bridge_id = story(&monday, "bridge")["id"].clone();
    let vote_id = story(&monday, "Ostrel")["id"].clone();
    assert_eq!(story(&monday, "bridge")["status"], "new");
    assert!(shows(story(&monday, "bridge")).contains("Four railway workers"), "{monday:#}");
    for folder in ["site/content", "vault"] {
        let page = week.reader.read(&format!("{folder}/2026-03-02.md"));
        assert!(page.starts_with("---\n") || page.starts_with("+++\n"), "{page}");
    }
    let latest = std::fs::read_link(week.reader.path("out/latest.md")).unwrap();
    assert_eq!(latest.to_str(), Some("2026-03-02.md"));

    // Run again, with nothing new in between.
    let again = week.run("daily", 2);
    again.expect(0, &["nothing new", "2 not modified"]);
    week.run("brief", 2).expect(1, &["nothing new"]);

    // Tuesday: an update in the same outlet, and Monday's article copied by the other.
    let update = ("/g/bridge-2", "Prosecutors search offices after bridge collapse", BRIDGE_UPDATE);
    let copy = ("/c/bridge", "Railway bridge collapses", BRIDGE);
    week.publish("/gazette.xml", 3, &[update, bridge]);
    week.publish("/courier.xml", 3, &[copy, vote]);
    let tuesday = week.day(3);
    assert_eq!(count(&tuesday, "stories"), 1, "{tuesday:#}");
    let updated = &tuesday["stories"][0];
    assert_eq!((&updated["id"], &updated["status"]), (&bridge_id, &Value::from("updated")));
    assert!(shows(updated).contains("Prosecutors") && !shows(updated).contains("cracks"));
    let background = updated["background"]["text"].as_str().unwrap();
    assert!(week.shown.contains(background), "{background}");

    // Wednesday: a report shown on Monday is corrected, and nothing else happens.
    let corrected = BRIDGE.replace("Four railway workers", "Seven railway workers");
    let bridge = ("/g/bridge", "Railway bridge over the Tane collapses", &*corrected);
    week.publish("/gazette.xml", 3, &[update, bridge]);
    let wednesday = week.day(4);
    assert_eq!((count(&wednesday, "stories"), count(&wednesday, "corrections")), (0, 1));
    let correction = &wednesday["corrections"][0];
    assert!(correction["shown"].as_str().unwrap().starts_with("Four railway workers"));
    assert!(correction["now"]["text"].as_str().unwrap().starts_with("Seven railway workers"));
    let page = week.reader.read("out/2026-03-04.md");
    assert!(
        page.contains("Four railway workers") && page.contains("Seven railway workers"),
        "{page}"
    );
    week.run("brief", 4).expect(1, &["nothing new"]);

    // Thursday: one server is down, the other does not answer.
    week.site.set("/gazette.xml", Reply::new(503, "").with("Retry-After", "60"));
    week.site.set("/courier.xml", Reply::ok("").after(Duration::from_secs(4)));
    week.quiet_day(5, 1).expect(1, &["2 failed", "server error", "no answer in time"]);

    // Friday: the feed has moved and has another story; there is also a copy of known news about the bridge.
    let comet = ("/g/comet", "Comet found by accident", COMET);
    week.site.set("/gazette.xml", Reply::redirect(301, "/feeds/gazette.xml"));
    week.publish("/feeds/gazette.xml", 6, &[comet, update, bridge]);
    let copy_of_update = ("/c/bridge-2", "Offices searched after bridge collapse", BRIDGE_UPDATE);
    week.publish("/courier.xml", 6, &[copy_of_update, copy, vote]);
    let friday = week.day(6);
    assert_eq!((count(&friday, "stories"), count(&friday, "corrections")), (1, 0), "{friday:#}");
    assert_eq!(story(&friday, "comet")["status"], "new");
    assert_eq!(count(&friday, "ongoing"), 1, "{friday:#}");
    assert_eq!(friday["ongoing"][0]["id"], bridge_id);
    assert!(
        week.reader.read("out/2026-03-06.md").contains("Offices searched")
            || week.reader.read("out/2026-03-06.md").contains("bridge")
    );

    // Saturday: no news.
    week.site.asked();
    week.quiet_day(7, 0);
    let asked = week.site.asked();
    assert!(asked.iter().all(|a| a.path != "/gazette.xml"), "the move is remembered: {asked:?}");
    assert!(asked.iter().all(|a| a.headers.contains_key("if-none-match")), "{asked:?}");

    // Sunday: the reader is away, and only the feeds are fetched. An article known since Monday grows.
    let live = format!("{VOTE_LIVE}{VOTE}");
    week.publish("/courier.xml", 8, &[("/c/vote", "Court annuls election in Ostrel", &live), copy]);
    week.run("fetch", 8).expect(0, &["1 changed"]);
    // Monday again: the news that arrived in the meantime and since then is reported.
    let harvest = ("/g/harvest", "Frost ruins olive harvest on Sarre", HARVEST);
    week.publish("/feeds/gazette.xml", 9, &[harvest, comet, update, bridge]);
    let monday = week.day(9);
    assert_eq!((count(&monday, "stories"), count(&monday, "corrections")), (2, 0), "{monday:#}");
    assert_eq!(story(&monday, "olive")["status"], "new");
    let grown = story(&monday, "Ostrel");
    assert_eq!((&grown["id"], &grown["status"]), (&vote_id, &Value::from("updated")));
    assert_eq!(grown["summary"].as_array().unwrap().len(), 1, "{grown:#}");
    assert!(shows(grown).contains("annulled"));

    // More news on the same day: it gets a separate file.
    let late = (
        "/g/strike",
        "Dockers strike in Port Anselm",
        "<p>Dockers in Port Anselm walked out on Monday morning over a new roster that ends paid breaks at night.</p>",
    );
    week.publish("/feeds/gazette.xml", 9, &[late, harvest]);
    week.reader.run(&["daily", "--now", "2026-03-09T18:00:00Z"]).expect(0, &["2026-03-09-2.json"]);
    assert!(week.reader.read("out/2026-03-09-2.json").contains("Dockers"));
    assert!(week.reader.read("out/2026-03-09.json").contains("olive"));

    let index = week.reader.read("web/index.html");
    let days: Vec<usize> =
        ["2026-03-09-2", "2026-03-09.", "2026-03-06", "2026-03-04", "2026-03-03", "2026-03-02"]
            .iter()
            .map(|day| index.find(day).unwrap_or_else(|| panic!("{day} is not in {index}")))
            .collect();
    assert!(days.is_sorted(), "the newest first: {index}");
    site_holds_together(&week, &index);
    let entries = week.reader.read("web/feed.xml");
    for story in ["Dockers", "annulled", "olive", "comet", "Prosecutors"] {
        assert!(entries.contains(story), "{story} is not in the feed");
    }
    assert_eq!(entries.matches("<entry>").count(), 5, "each story once, as it was told last");
    assert_eq!(week.reader.archive().check().findings, Vec::<String>::new());
}

#[test]
fn an_archive_without_briefings_has_a_site_that_says_so() {
    let reader = Reader::new("[[output]]\nfile = \"web/%Y-%m-%d.html\"\nto = \"html\"\n");
    std::fs::write(reader.path("none.jsonl"), "").unwrap();
    reader.run(&["archive", "import", "none.jsonl"]).expect(0, &[]);
    let daily = ["daily", "--no-fetch", "--now", "2026-03-02T06:00:00Z"];
    let dry = [&daily[..], &["--dry-run"]].concat();
    reader.run(&dry).expect(0, &["nothing new"]);
    assert!(!reader.path("web").exists());
    reader.run(&daily).expect(0, &["nothing new"]);
    assert!(reader.read("web/index.html").contains("There is no briefing yet."));
}

#[test]
fn a_page_links_to_the_site_in_its_folder() {
    let reader = Reader::new(
        r#"
        [[output]]
        file = "web/%Y-%m-%d.html"
        to = "html"
        latest = "web/latest.html"
        [[output]]
        file = "one/index.html"
        to = "html"
        [[output]]
        file = "far/%Y-%m-%d.html"
        to = "html"
        latest = "latest.html"
        "#,
    );
    let (_, title, text) = crate::delivery_week::DAYS[2];
    let line = serde_json::json!({"title": title, "text": text, "source": "Gazette"});
    std::fs::write(reader.path("in.jsonl"), format!("{line}\n")).unwrap();
    reader.run(&["archive", "import", "--now", "2026-03-02T06:00:00Z", "in.jsonl"]).expect(0, &[]);
    reader.run(&["daily", "--no-fetch", "--now", "2026-03-02T06:00:00Z"]).expect(0, &["wrote"]);
    let links = |page: &str| reader.read(page).contains("<a href=\"index.html\">All briefings</a>");
    assert!(links("web/2026-03-02.html") && links("web/latest.html"));
    assert!(!links("one/index.html"), "it is the first page itself");
    assert!(!links("latest.html"), "there is no site in the folder of the second name");
}

#[test]
#[cfg(unix)]
fn a_briefing_that_cannot_be_read_is_named_when_the_site_is_made() {
    let reader = Reader::new("[[output]]\nfile = \"web/%Y-%m-%d.html\"\nto = \"html\"\n");
    let daily = |day: u8| {
        let (_, title, text) = crate::delivery_week::DAYS[usize::from(day)];
        let line =
            serde_json::json!({"id": title, "title": title, "text": text, "source": "Gazette"});
        std::fs::write(reader.path("in.jsonl"), format!("{line}\n")).unwrap();
        let now = format!("2026-03-{day:02}T06:00:00Z");
        reader.run(&["archive", "import", "--now", &now, "in.jsonl"]).expect(0, &[]);
        reader.run(&["daily", "--no-fetch", "--now", &now])
    };
    daily(2).expect(0, &[]);
    for damage in ["'{}'", "'{\"schema\": 1}'", "CAST(x'ff' AS TEXT)"] {
        let archive = rusqlite::Connection::open(reader.path("archive.db")).unwrap();
        archive
            .execute_batch(&format!("UPDATE briefing SET json = {damage} WHERE key = 1"))
            .unwrap();
        drop(archive);
        std::fs::remove_file(reader.path("web/index.html")).unwrap();
        reader
            .run(&["daily", "--no-fetch", "--now", "2026-03-03T06:00:00Z"])
            .expect(0, &["nothing new", "briefing"]);
        assert!(reader.path("web/index.html").exists(), "{damage}");
    }
    daily(4).expect(0, &["wrote"]);
    assert!(reader.read("web/index.html").contains("1 briefing"));
}

/// Every headline in the index leads to the page of its story, and the search finds it.
fn site_holds_together(week: &Week, index: &str) {
    let stories = index.split("href=\"story-").skip(1);
    let stories: Vec<_> = stories.filter_map(|rest| rest.split('"').next()).collect();
    assert!(stories.len() >= 5, "{index}");
    let known = week.reader.read("web/search-index.js");
    for story in stories {
        let page = week.reader.read(&format!("web/story-{story}"));
        assert!(page.contains("<h1") && known.contains(story), "{story}");
    }
    assert!(week.reader.read("web/month-2026-03.html").contains("2026-03-02"));
    assert!(week.reader.read("web/search.js").contains("searchIndex"));
}

#[test]
fn what_could_not_be_written_is_told_the_next_time() {
    let mut week = Week::new();
    week.publish("/gazette.xml", 2, &[("/g/comet", "Comet found by accident", COMET)]);
    week.publish("/courier.xml", 2, &[]);
    std::fs::write(week.reader.path("web"), "a file where a folder should be").unwrap();
    week.run("daily", 2).expect(2, &["web"]);
    let waiting = week.reader.archive().waiting().unwrap();
    assert_eq!(waiting.len(), 2, "a page and a feed wait: {waiting:?}");
    std::fs::remove_file(week.reader.path("web")).unwrap();
    assert_eq!(count(&week.day(2), "stories"), 1);
    assert!(week.reader.path("web/2026-03-02.html").exists());
    assert!(!week.reader.path("out/2026-03-02-2.json").exists(), "the same briefing, not another");
}

#[test]
fn the_day_is_the_readers() {
    let site = Site::new();
    let config = |zone: &str| {
        format!(
            "time_zone = \"{zone}\"\n{HASTY}{}[[output]]\nfile = \"%Y-%m-%d.md\"\n",
            feed(&site, "/f", "F")
        )
    };
    site.set("/f", Reply::ok(rss(&site, "F", 2, &[("/comet", "Comet found", COMET)])));
    for (zone, day) in [("Pacific/Auckland", "2026-03-03"), ("America/Lima", "2026-03-02")] {
        let reader = Reader::new("");
        let config = format!("{}\n[archive]\npath = \"archive.db\"\n", config(zone));
        std::fs::write(reader.path("nutgraf.toml"), config).unwrap();
        reader.run(&["daily", "--now", "2026-03-02T23:30:00Z"]).expect(0, &[]);
        assert!(reader.path(&format!("{day}.md")).exists(), "{zone}");
    }
    // For a clock in Greenwich, yesterday began at 11 in the morning of the day before.
    let reader = Reader::new("");
    std::fs::write(
        reader.path("nutgraf.toml"),
        format!("{}\n[archive]\npath = \"archive.db\"\n", config("Pacific/Auckland")),
    )
    .unwrap();
    reader.run(&["fetch", "--now", "2026-03-01T11:00:00Z"]).expect(0, &[]);
    let brief = |now: &str| reader.run(&["brief", "--since", "yesterday", "--now", now]).code;
    assert_eq!(brief("2026-03-03T11:00:00Z"), 1, "that was the day before yesterday");
    assert_eq!(brief("2026-03-03T10:59:59Z"), 0);
}
