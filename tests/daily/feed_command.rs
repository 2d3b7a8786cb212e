//! `nutgraf feed`: edits the feeds of a configuration and keeps its comments.

use std::fs;

use crate::site::{Reply, Site, rss};
use crate::{HASTY, Reader};

const NEWS: &str = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.";

fn site() -> Site {
    let site = Site::new();
    let entries = [("/ferry", "Ferry runs aground", NEWS), ("/sport/1", "Cup final", NEWS)];
    site.set("/news", Reply::ok(rss(&site, "Gazette", 2, &entries)));
    site.set("/", Reply::ok("<html><head><link rel=alternate type='application/rss+xml' href='/news'></head><body>Welcome"));
    site.set("/empty", Reply::ok("<html><body><p>Nothing to see here.</p>"));
    site
}

#[test]
fn a_feed_is_found_added_listed_and_removed() {
    let site = site();
    let config = format!("# Mine.\n{HASTY}\n# The end.\n");
    let reader = Reader::new(&config);
    let before = reader.read("nutgraf.toml");
    let said = reader.run(&["feed", "add", "--exclude", "/sport/", "--lang", "en", &site.url("/")]);
    said.expect(0, &["is a page; its feed is", "1 entry,", "1 left out", "added"]);
    let after = reader.read("nutgraf.toml");
    assert!(after.contains("# Mine.") && after.contains("# The end."), "{after}");
    assert!(after.contains(&format!("url = \"{}\"", site.url("/news"))), "{after}");
    reader.run(&["feed", "add", &site.url("/news")]).expect(0, &["already"]);
    assert_eq!(reader.read("nutgraf.toml"), after);
    assert!(reader.run(&["feed", "list"]).expect(0, &[]).out.contains("not fetched yet"));
    reader.run(&["fetch"]).expect(0, &["1 of 2 entries left out", "1 new"]);
    let listed = reader.run(&["feed", "list", "-t", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.expect(0, &[]).out).unwrap();
    assert_eq!(listed[0]["url"], site.url("/news").as_str());
    assert_eq!((&listed[0]["failures"], &listed[0]["exclude"][0]), (&0.into(), &"/sport/".into()));
    // The exported list can be imported again.
    let opml = reader.run(&["feed", "list", "-t", "opml"]);
    fs::write(reader.path("feeds.opml"), &opml.expect(0, &[]).out).unwrap();
    let other = Reader::new(&format!("{HASTY}[[feed]]\nopml = \"feeds.opml\"\n"));
    fs::copy(reader.path("feeds.opml"), other.path("feeds.opml")).unwrap();
    other.run(&["fetch"]).expect(0, &["1 feed read"]);
    assert!(other.run(&["feed", "list"]).expect(0, &[]).out.contains("/news"));
    reader.run(&["feed", "remove", &site.url("/news")]).expect(0, &["removed"]);
    assert_eq!(reader.read("nutgraf.toml"), before);
    reader.run(&["feed", "list"]).expect(1, &["feed add"]);
}

#[test]
fn what_is_no_feed_is_not_added() {
    let site = site();
    let reader = Reader::new(HASTY);
    let before = reader.read("nutgraf.toml");
    reader.run(&["feed", "add", &site.url("/missing")]).expect(2, &["status 404", "not added"]);
    reader
        .run(&["feed", "add", &site.url("/empty")])
        .expect(1, &["no feed of it was found", "not added"]);
    reader.run(&["feed", "add", "nonsense"]).expect(2, &["not a web address"]);
    fs::create_dir(reader.path("news")).unwrap();
    reader.run(&["feed", "add", "news"]).expect(2, &["is a folder", "folder = \"news\""]);
    reader
        .run(&["feed", "add", "--lang", "nonsense!", &site.url("/news")])
        .expect(2, &["language tag"]);
    reader.run(&["feed", "remove", "Herald"]).expect(1, &["Herald: no configured feed"]);
    assert_eq!(reader.read("nutgraf.toml"), before);
    reader
        .run(&["feed", "add", "--unchecked", "--name", "Later", &site.url("/missing")])
        .expect(0, &["added"]);
    reader.run(&["feed", "remove", "Later"]).expect(0, &["removed"]);
    assert_eq!(reader.read("nutgraf.toml"), before);
    fs::remove_file(reader.path("nutgraf.toml")).unwrap();
    reader.run(&["feed", "add", "--unchecked", &site.url("/news")]).expect(2, &["nutgraf init"]);
}

#[test]
fn a_test_shows_what_a_feed_has_and_stores_nothing() {
    let site = site();
    let reader = Reader::new(HASTY);
    let said = reader.run(&["feed", "test", &site.url("/"), &site.url("/empty")]);
    let out = &said.expect(1, &["/empty: is a page"]).out;
    for words in ["/news\n", "found on", "2 entries", "teasers", "Ferry runs aground"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    reader.run(&["feed", "test", &site.url("/missing")]).expect(2, &["status 404"]);
    reader.run(&["feed", "test"]).expect(2, &["no feeds to test"]);
    assert!(!reader.path("archive.db").exists());
    let configured = Reader::new(&format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/news")));
    assert!(configured.run(&["feed", "test"]).expect(0, &[]).out.contains("Ferry runs aground"));
}

#[test]
fn three_commands_make_a_daily_briefing() {
    let site = site();
    site.set("/ferry", Reply::ok(format!("<html><head><title>Ferry runs aground</title></head><body><h1>Ferry runs aground</h1><p>{NEWS}</p><p>{NEWS} A tug pulled it free.</p>")));
    let reader = Reader::new("");
    fs::remove_file(reader.path("nutgraf.toml")).unwrap();
    let run = |args: &[&str]| {
        let mut command = reader.command(crate::PROGRAM, args);
        command.env("NUTGRAF_FETCH_ALLOW_PRIVATE", "true").env("NUTGRAF_FETCH_DELAY_SECONDS", "0");
        crate::said(&command.output().unwrap())
    };
    run(&["init"]).expect(0, &["nutgraf feed add"]);
    assert!(reader.read("nutgraf.toml").starts_with("[[feed]]\n"));
    run(&["daily"]).expect(2, &["nutgraf feed add"]);
    run(&["feed", "add", &site.url("/")]).expect(0, &["added"]);
    assert!(
        reader
            .read("nutgraf.toml")
            .starts_with(&format!("[[feed]]\nurl = \"{}\"\n", site.url("/news")))
    );
    run(&["daily", "--now", "2026-03-02T06:00:00Z"]).expect(0, &["wrote"]);
    assert!(reader.read("briefings/2026-03-02.md").contains("ran aground"));
}
