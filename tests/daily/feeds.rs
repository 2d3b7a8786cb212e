//! Fetching from servers that behave in every way that servers do.

use std::io::Write as _;
use std::time::Duration;

use crate::site::{Reply, Site, rss};
use crate::{HASTY, Reader, feed};

const NEWS: &str = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard. \
                    Nobody was hurt, the coast guard said.";

fn one_entry(site: &Site) -> String {
    rss(site, "Gazette", 2, &[("/ferry", "Ferry runs aground", NEWS)])
}

fn reader(site: &Site, paths: &[&str]) -> Reader {
    let feeds: String = paths.iter().map(|path| feed(site, path, path)).collect();
    Reader::new(&format!("{HASTY}{feeds}"))
}

fn articles(reader: &Reader) -> i64 {
    reader.archive().stats().unwrap().articles
}

#[test]
fn a_feed_is_asked_with_what_it_last_said_of_itself() {
    let site = Site::new();
    site.set("/a", Reply::ok(one_entry(&site)).with("ETag", "\"v1\""));
    site.set(
        "/b",
        Reply::ok(one_entry(&site)).with("Last-Modified", "Mon, 02 Mar 2026 05:00:00 GMT"),
    );
    let reader = reader(&site, &["/a", "/b"]);
    reader.run(&["fetch"]).expect(0, &["2 feeds read"]);
    assert!(site.asked().iter().all(|a| !a.headers.contains_key("if-none-match")));
    reader.run(&["fetch"]).expect(0, &["0 feeds read, 2 without news"]);
    let asked = site.asked();
    let header = |path: &str, name: &str| {
        asked.iter().find(|a| a.path == path).unwrap().headers.get(name).cloned()
    };
    assert_eq!(header("/a", "if-none-match").as_deref(), Some("\"v1\""));
    assert_eq!(header("/b", "if-modified-since").as_deref(), Some("Mon, 02 Mar 2026 05:00:00 GMT"));
    assert!(header("/a", "user-agent").unwrap().starts_with("nutgraf/"));
    site.set("/a", Reply::ok(one_entry(&site)).with("ETag", "\"v2\""));
    reader.run(&["fetch"]).expect(0, &["1 unchanged articles; 1 feeds read, 1 without news"]);
}

#[test]
fn one_bad_feed_costs_nothing_but_a_warning() {
    let site = Site::new();
    let good = one_entry(&site);
    site.set("/good", Reply::ok(good.clone()));
    site.set("/gone", Reply::new(410, ""));
    site.set("/broken", Reply::new(500, ""));
    site.set("/loop", Reply::redirect(302, "/loop2"));
    site.set("/loop2", Reply::redirect(302, "/loop"));
    site.set("/nowhere", Reply::new(302, ""));
    site.set("/file", Reply::redirect(302, "file:///etc/passwd"));
    site.set("/hangs", Reply::ok(good.clone()).after(Duration::from_secs(6)));
    site.set("/torn", Reply::ok(good.clone()).cut_after(200));
    site.set("/large", Reply::ok(vec![b' '; 300_000]));
    site.set("/bomb", Reply::ok(bomb()).with("Content-Encoding", "gzip"));
    site.set("/junk", Reply::ok("<html><p>This is no feed, and never was one."));
    site.set("/half", Reply::ok(good.as_bytes()[..good.len() / 2].to_vec()));
    site.set("/empty", Reply::ok(""));
    let paths = [
        "/gone", "/broken", "/missing", "/loop", "/nowhere", "/file", "/hangs", "/torn", "/large",
        "/bomb", "/junk", "/empty", "/half", "/good",
    ];
    let reader = reader(&site, &paths);
    let said = reader.run(&["fetch", "--now", "2026-03-02T06:00:00Z"]);
    // Of the one that ends in the middle the entries before that are taken.
    said.expect(0, &["2 new", "12 failed", "ends too early"]);
    let line = |path: &str| {
        let named = format!("{}: ", site.url(path));
        let found = said.err.lines().find(|l| l.contains(&named));
        found.unwrap_or_else(|| panic!("{path} is not named in: {}", said.err)).to_owned()
    };
    for (path, reason) in [
        ("/gone", "gone for good"),
        ("/broken", "in trouble"),
        ("/missing", "not found"),
        ("/loop", "more than 8 redirects"),
        ("/nowhere", "without a target"),
        ("/file", "only http and https"),
        ("/hangs", "no answer in time"),
        ("/torn", "broke off"),
        ("/large", "more than 200000 bytes"),
        ("/bomb", "more than 200000 bytes"),
        ("/junk", ""),
        ("/empty", ""),
    ] {
        assert!(line(path).contains(reason), "{}", line(path));
    }
    let only_bad = self::reader(&site, &["/gone", "/broken"]);
    only_bad.run(&["fetch"]).expect(1, &["2 failed"]);
}

/// Ten megabytes of spaces, packed into ten kilobytes.
fn bomb() -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b' '; 10_000_000]).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_server_that_asks_to_be_left_alone_is() {
    let site = Site::new();
    site.set("/busy", Reply::new(429, "").with("Retry-After", "7200"));
    site.set("/down", Reply::new(503, "").with("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"));
    site.set("/sick", Reply::new(500, ""));
    let reader = reader(&site, &["/busy", "/down", "/sick"]);
    let fetch = |now: &str| {
        let said = reader.run(&["fetch", "--now", now]);
        let mut paths = site.paths();
        paths.sort();
        (said.code, paths)
    };
    assert_eq!(fetch("2026-03-02T06:00:00Z").1, ["/busy", "/down", "/sick"]);
    assert_eq!(fetch("2026-03-02T06:00:30Z").1, [""; 0], "not even half a minute later");
    assert_eq!(fetch("2026-03-02T06:01:30Z").1, ["/sick"], "a minute after the first failure");
    assert_eq!(fetch("2026-03-02T06:03:00Z").1, [""; 0], "two minutes after the second");
    assert_eq!(fetch("2026-03-02T08:01:00Z").1, ["/busy", "/sick"]);
    site.set("/down", Reply::ok(one_entry(&site)));
    let (code, paths) = fetch("2026-03-03T07:00:00Z");
    assert_eq!(paths, ["/busy", "/down", "/sick"], "a day is the most that is granted");
    assert_eq!((code, articles(&reader)), (0, 1));
}

#[test]
fn only_permanent_redirects_are_remembered() {
    let site = Site::new();
    site.set("/old", Reply::redirect(301, "/older"));
    site.set("/older", Reply::redirect(308, "/new"));
    site.set("/new", Reply::ok(one_entry(&site)).with("ETag", "\"n\""));
    site.set("/away", Reply::redirect(302, "/new"));
    let reader = reader(&site, &["/old", "/away"]);
    reader.run(&["fetch"]).expect(0, &["2 feeds read"]);
    site.asked();
    reader.run(&["fetch"]).expect(0, &["2 without news"]);
    let mut paths = site.paths();
    paths.sort();
    assert_eq!(paths, ["/away", "/new", "/new"]);
    // Where it moved to is gone: the address that the reader gave counts again.
    site.set("/new", Reply::new(410, ""));
    site.set("/old", Reply::ok(one_entry(&site)));
    reader.run(&["fetch", "--now", "2030-03-02T06:00:00Z"]).expect(1, &[]);
    reader.run(&["fetch", "--now", "2030-03-03T06:00:00Z"]).expect(0, &["1 feeds read"]);
}

#[test]
fn addresses_inside_are_refused_also_behind_a_redirect() {
    let site = Site::new();
    site.set("/feed", Reply::ok(one_entry(&site)));
    let guarded = HASTY.replace("allow_private = true", "allow_private = false");
    let port_only = site.url("/feed").replace("127.0.0.1", "localhost");
    for address in [site.url("/feed"), port_only] {
        let reader = Reader::new(&format!("{guarded}[[feed]]\nurl = \"{address}\"\n"));
        reader.run(&["fetch"]).expect(1, &["private network", "allow_private"]);
    }
    assert_eq!(site.paths(), [""; 0], "nobody was asked");
    // Behind a proxy it is the proxy that connects; it leads from an address outside to one inside.
    let outside = "http://news.example/feed";
    site.set(outside, Reply::redirect(302, &site.url("/feed")));
    let proxy = format!("{guarded}proxy = \"{}\"\n[[feed]]\nurl = \"{outside}\"\n", site.url(""));
    let said = Reader::new(&proxy).run(&["fetch"]);
    said.expect(1, &["news.example"]);
    assert!(!site.paths().iter().any(|p| p == "/feed"), "{}", said.err);
}

#[test]
fn a_wrong_charset_label_does_not_spoil_the_text() {
    let site = Site::new();
    let text =
        "The café owner Zoë Müller reopened on Monday after a fire that had closed it for a year.";
    let utf8 = rss(&site, "Gazette", 2, &[("/utf8", "Café reopens", text)]);
    let latin = utf8.replace("/utf8", "/latin").replace("utf-8", "iso-8859-1");
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    site.set("/a", Reply::ok(utf8).with("Content-Type", "application/rss+xml; charset=utf-8"));
    // The header is right, the XML declaration was left as it is in the file.
    site.set("/b", Reply::ok(latin).with("Content-Type", "text/xml; charset=ISO-8859-1"));
    let reader = reader(&site, &["/a", "/b"]);
    reader.run(&["fetch"]).expect(0, &["2 new"]);
    for article in reader.archive().all().unwrap() {
        assert_eq!(article.text, text, "{:?}", article.url);
    }
}

#[test]
fn pages_of_teasers_are_fetched_where_robots_allow() {
    let site = Site::new();
    let teasers = rss(
        &site,
        "Gazette",
        2,
        &[("/open", "Ferry runs aground", "The ferry ran…"), ("/shut", "Other", "A letter from…")],
    );
    let page = format!(
        "<html><head><title>Ferry runs aground</title></head><body><article><h1>Ferry runs aground</h1>\
         <p>{NEWS}</p><p>{NEWS} A tug from Norvia pulled the ship free at high tide in the evening.</p></article></body></html>"
    );
    site.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /shut\n"));
    site.set("/feed", Reply::ok(teasers).with("ETag", "\"t\""));
    site.set("/open", Reply::ok(page));
    site.set("/shut", Reply::ok("never to be read"));
    let config = format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/feed"));
    let reader = Reader::new(&config);
    reader.run(&["fetch"]).expect(0, &["robots.txt forbids it", "2 new"]);
    assert!(!site.paths().contains(&"/shut".to_owned()));
    let texts: Vec<String> = reader.archive().all().unwrap().into_iter().map(|a| a.text).collect();
    assert!(texts.iter().any(|t| t.contains("A tug from Norvia")), "{texts:?}");
    // What is forbidden stays so: the feed need not be read again for it.
    reader.run(&["fetch"]).expect(0, &["1 without news"]);
}
