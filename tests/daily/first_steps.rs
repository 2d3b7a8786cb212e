//! Runs every command of the guide to the first five minutes as printed.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use crate::site::{Reply, Site};
use crate::{PROGRAM, Reader, said};

const GUIDE: &str = include_str!("../../docs/first-steps.md");

/// The site in the guide, which is served on loopback.
const ADDRESS: &str = "https://news.example";

const FERRY: &[&str] = &[
    "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.",
    "A tug from Norvia pulled the ship free at high tide in the evening, and divers found no hole in its hull.",
    "“Nobody was hurt, and the ship will sail again on Thursday,” said Ada Brill, captain of the coast guard.",
    "The owners of the line expect the propeller to be replaced within a week; until then a smaller ship serves the islands.",
];

const WATER: &[&str] = &[
    "The council of Harrow Bay has voted to buy back its waterworks for eleven million crowns, ending a lease of twelve years.",
    "Prices for households had doubled since the works were sold, the auditor of the town found in her report.",
    "“We have paid for these pipes twice already,” said Mayor Tomas Quill, who had put the purchase to the vote.",
];

fn page(title: &str, paragraphs: &[&str]) -> Reply {
    let text = format!("<p>{}</p>", paragraphs.join("</p><p>"));
    Reply::ok(format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title><meta property=og:type content=article>\
         <meta property=og:site_name content='Example News'></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    ))
    .with("Content-Type", "text/html; charset=utf-8")
}

/// Returns a time before now, in the format of feeds.
#[expect(clippy::disallowed_methods, reason = "the commands of the guide read the clock as well")]
fn hours_ago(hours: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let at = jiff::Timestamp::from_second(i64::try_from(now).unwrap() - hours * 3600).unwrap();
    jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap()
}

fn site() -> Site {
    let site = Site::new();
    site.set("/2026/ferry", page("Ferry runs aground off Port Anselm", FERRY));
    site.set("/2026/water", page("Harrow Bay buys back its water", WATER));
    let item = |path: &str, title: &str, text: &str, hours: i64| {
        let date = hours_ago(hours);
        let link = site.url(path);
        format!(
            "<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><description>{text}</description></item>"
        )
    };
    let feed = format!(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Example News</title><language>en</language>{}{}</channel></rss>",
        item("/2026/ferry", "Ferry runs aground off Port Anselm", FERRY[0], 1),
        item("/2026/water", "Harrow Bay buys back its water", WATER[0], 20),
    );
    site.set("/feed.xml", Reply::ok(feed));
    site.set(
        "/",
        Reply::ok(
            "<!DOCTYPE html><html><head><title>Example News</title>\
             <link rel=alternate type='application/rss+xml' href='/feed.xml'></head>\
             <body><a href='/2026/ferry'>Ferry runs aground</a></body></html>",
        ),
    );
    site.set(
        "/members",
        Reply::ok("<!DOCTYPE html><html><head><title>Log in</title></head><body><form><input type=password></form></body></html>"),
    );
    site
}

/// Returns the commands of the guide, each with the output that follows it there.
fn examples() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut examples: Vec<(&str, Vec<&str>)> = Vec::new();
    for block in GUIDE.split("```console\n").skip(1) {
        for line in block.split("\n```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => examples.push((command, Vec::new())),
                None => examples.last_mut().unwrap().1.push(line),
            }
        }
    }
    examples
}

/// Returns whether a line matches the guide, in which `[..]` stands for anything.
fn is_like(line: &str, pattern: &str) -> bool {
    let mut parts = pattern.split("[..]");
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (n, part) in parts.iter().enumerate() {
        let found = if n + 1 == parts.len() && !part.is_empty() {
            rest.rfind(part)
        } else {
            rest.find(part)
        };
        let Some(at) = found else { return false };
        rest = rest.get(at + part.len()..).unwrap_or("");
    }
    rest.is_empty() || parts.last() == Some(&"")
}

#[test]
fn every_command_prints_what_the_guide_says() {
    let site = site();
    let reader = Reader::new("");
    std::fs::remove_file(reader.path("nutgraf.toml")).unwrap();
    std::fs::create_dir_all(reader.path("bin")).unwrap();
    symlink(PROGRAM, reader.path("bin/nutgraf")).unwrap();
    let base = site.url("");
    let mut differences = String::new();
    for (command, expected) in examples() {
        let script = format!("{} 2>&1", command.replace(ADDRESS, &base));
        let mut shell = reader.command("sh", &["-c", &script]);
        shell.env("PATH", format!("{}:/usr/bin:/bin", reader.path("bin").display()));
        shell.env("NUTGRAF_FETCH_ALLOW_PRIVATE", "true").env("NUTGRAF_FETCH_DELAY_SECONDS", "0");
        let out = said(&shell.output().unwrap()).out.replace(&base, ADDRESS);
        let lines: Vec<&str> = out.trim_end().lines().collect();
        let last = expected.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
        let expected = &expected[..last];
        if lines.len() != expected.len() || !lines.iter().zip(expected).all(|(l, e)| is_like(l, e))
        {
            differences.push_str(&format!("$ {command}\n{}\n\n", out.trim_end()));
        }
    }
    assert!(differences.is_empty(), "the guide is not true; what comes is\n\n{differences}");
}
