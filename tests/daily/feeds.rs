//! Fetches from servers with every kind of behaviour that occurs in practice.

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
    reader.run(&["fetch"]).expect(0, &["0 feeds read, 2 not modified"]);
    let asked = site.asked();
    let header = |path: &str, name: &str| {
        asked.iter().find(|a| a.path == path).unwrap().headers.get(name).cloned()
    };
    assert_eq!(header("/a", "if-none-match").as_deref(), Some("\"v1\""));
    assert_eq!(header("/b", "if-modified-since").as_deref(), Some("Mon, 02 Mar 2026 05:00:00 GMT"));
    assert!(header("/a", "user-agent").unwrap().starts_with("nutgraf/"));
    site.set("/a", Reply::ok(one_entry(&site)).with("ETag", "\"v2\""));
    reader.run(&["fetch"]).expect(0, &["1 unchanged articles; 1 feed read, 1 not modified"]);
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
    // From the feed that is truncated, the entries before the truncation are read.
    said.expect(0, &["2 new", "12 failed", "ends too early"]);
    let line = |path: &str| {
        let named = format!("{}: ", site.url(path));
        let found = said.err.lines().find(|l| l.contains(&named));
        found.unwrap_or_else(|| panic!("{path} is not named in: {}", said.err)).to_owned()
    };
    for (path, reason) in [
        ("/gone", "gone for good"),
        ("/broken", "server error"),
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
    reader.run(&["fetch"]).expect(0, &["2 not modified"]);
    let mut paths = site.paths();
    paths.sort();
    assert_eq!(paths, ["/away", "/new", "/new"]);
    // The redirect target is gone, so the address given by the user is used again.
    site.set("/new", Reply::new(410, ""));
    site.set("/old", Reply::ok(one_entry(&site)));
    reader.run(&["fetch", "--now", "2030-03-02T06:00:00Z"]).expect(1, &[]);
    reader.run(&["fetch", "--now", "2030-03-03T06:00:00Z"]).expect(0, &["1 feed read"]);
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
    // Behind a proxy, the proxy connects; it redirects from a public address to a private one.
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
    // The header is right, whereas the XML declaration still names the charset of the original file.
    site.set("/b", Reply::ok(latin).with("Content-Type", "text/xml; charset=ISO-8859-1"));
    let reader = reader(&site, &["/a", "/b"]);
    reader.run(&["fetch"]).expect(0, &["2 new"]);
    for article in reader.archive().all().unwrap().articles {
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
    let fetch = ["fetch", "--now", "2026-03-02T06:00:00Z"];
    reader.run(&fetch).expect(0, &["robots.txt forbids it", "2 new"]);
    assert!(!site.paths().contains(&"/shut".to_owned()));
    let texts: Vec<String> =
        reader.archive().all().unwrap().articles.into_iter().map(|a| a.text).collect();
    assert!(texts.iter().any(|t| t.contains("A tug from Norvia")), "{texts:?}");
    // A page that robots.txt forbids is not a reason to read the feed again.
    reader.run(&fetch).expect(0, &["1 not modified"]);
}

/// Returns the pages of a feed of `n` teasers, each linked to by `link`.
fn teasers(site: &Site, n: usize, link: impl Fn(usize) -> String) -> String {
    let item = |n| {
        format!(
            "<item><title>Teaser {n}</title><link>{}</link><pubDate>02 Mar 2026 05:00:00 GMT</pubDate>\
             <description>Something happened…</description></item>",
            link(n)
        )
    };
    let items: String = (0..n).map(item).collect();
    let home = site.url("/");
    format!(
        "<rss version=\"2.0\"><channel><title>T</title><link>{home}</link>{items}</channel></rss>"
    )
}

const NOW: [&str; 3] = ["fetch", "--now", "2026-03-02T06:00:00Z"];

fn html(body: &str) -> Reply {
    Reply::ok(body.to_owned()).with("Content-Type", "text/html")
}

/// Pages that are not the article of a teaser.
fn other_pages() -> [(&'static str, Reply); 9] {
    let long = |first: &str| {
        let more = "Choose one of our plans today and read as much as you like on every device that you own. ";
        format!(
            "<title>The Gazette</title><article><h1>{first}</h1><p>{}</p><p>{}</p></article>",
            more.repeat(4),
            more.repeat(3)
        )
    };
    [
        (
            "log-in",
            html("<title>Sign in</title><form><input type=password></form><p>Welcome back.</p>"),
        ),
        (
            "gone",
            html(
                "<title>The Gazette</title><p>Sorry! We could not find the page that you asked for.</p>",
            ),
        ),
        (
            "wait",
            html("<title>Just a moment...</title><p>Checking your browser before you go on.</p>"),
        ),
        ("offer", html(&long("Become a member"))),
        ("abo", html(&long("Jetzt weiterlesen"))),
        ("front", Reply::redirect(302, "/")),
        ("cookies", Reply::redirect(302, "/consent/ask")),
        ("film", Reply::ok(b"\x89PNG\r\n\x1a\n0000".to_vec()).with("Content-Type", "image/png")),
        ("circle", html("<meta http-equiv=refresh content='0; url=/circle'><p>One moment.</p>")),
    ]
}

/// A page behind a teaser must be an article about the same thing; otherwise the teaser stays and the page is
/// reported.
#[test]
fn a_page_that_is_not_the_article_does_not_replace_the_teaser() {
    let site = Site::new();
    let pages = other_pages();
    site.set("/", html("<title>The Gazette</title><a href=/a>Ferry runs aground</a>"));
    site.set("/consent/ask", html("<title>Cookies</title><p>We value your privacy.</p>"));
    let entries: Vec<(String, &str, &str)> = pages
        .iter()
        .map(|(name, _)| {
            (format!("/{name}"), "Ferry runs aground", "The ferry Halcyon ran aground…")
        })
        .collect();
    for (name, reply) in &pages {
        site.set(&format!("/{name}"), reply.clone());
    }
    // A redirect by the page itself is followed to the article.
    site.set("/moved", html("<meta http-equiv=refresh content='0; url=/ferry'><p>One moment.</p>"));
    site.set(
        "/ferry",
        html(&format!(
            "<article><h1>Ship is stuck</h1><p>{NEWS}</p><p>{NEWS} A tug came.</p></article>"
        )),
    );
    let moved = ("/moved".to_owned(), "Ferry runs aground", "The ferry Halcyon ran aground…");
    let all: Vec<_> = entries
        .iter()
        .chain([&moved])
        .map(|(path, title, text)| (&**path, *title, *text))
        .collect();
    site.set("/feed", Reply::ok(rss(&site, "Gazette", 2, &all)));
    let reader = Reader::new(&format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/feed")));
    let said = reader.run(&NOW);
    said.expect(0, &["10 new"]);
    for (path, ..) in &entries {
        let line = said.err.lines().find(|line| line.contains(&format!("{}: ", site.url(path))));
        assert!(line.is_some_and(|line| line.contains("kept the teaser")), "{path}: {}", said.err);
    }
    for article in reader.archive().all().unwrap().articles {
        let is_moved = article.url.as_deref().is_some_and(|url| url.ends_with("/moved"));
        assert_eq!(article.teaser, !is_moved, "{:?}", article.url);
        assert_eq!(article.text.contains("A tug came"), is_moved, "{:?}", article.url);
        assert!(!article.text.contains("plans"), "{}", article.text);
    }
}

/// A redirect is subject to the same rules as a link: robots.txt, and the budget for other sites.
#[test]
fn a_redirect_is_no_way_around_robots_and_budgets() {
    let (site, other) = (Site::new(), Site::new());
    let feed = |link: &dyn Fn(usize) -> String, n| teasers(&site, n, link);
    site.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /secret\n"));
    site.set("/open", Reply::redirect(302, "/secret"));
    site.set("/secret", Reply::ok("never to be read"));
    site.set("/feed", Reply::ok(feed(&|_| site.url("/open"), 1)));
    let table = |fetch: &str| format!("{fetch}[[feed]]\nurl = \"{}\"\n", site.url("/feed"));
    Reader::new(&table(HASTY)).run(&NOW).expect(0, &["1 new", "/secret", "robots.txt forbids it"]);
    Reader::new(HASTY).run(&["read", &site.url("/open")]).expect(2, &["robots.txt forbids it"]);
    assert!(!site.paths().contains(&"/secret".to_owned()));
    // Links to the feed's own site redirect to another site, whose robots.txt is respected as well.
    other.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /p/1\n"));
    for n in 0..12 {
        let target = other.url(&format!("/p/{n}")).replace("127.0.0.1", "localhost");
        site.set(&format!("/p/{n}"), Reply::redirect(302, &target));
        other.set(&format!("/p/{n}"), Reply::ok("<p>Something else.</p>"));
    }
    site.set("/feed", Reply::ok(feed(&|n| site.url(&format!("/p/{n}")), 12)));
    let few = HASTY.replace("[fetch]", "[fetch]\nmax_foreign_pages = 3");
    Reader::new(&table(&few)).run(&NOW).expect(0, &["12 new", "max_foreign_pages", "robots.txt"]);
    let asked = other.paths();
    assert_eq!(asked.iter().filter(|path| path.starts_with("/p/")).count(), 2, "{asked:?}");
    assert_eq!(asked.iter().filter(|path| *path == "/robots.txt").count(), 1, "{asked:?}");
}

/// An endless robots.txt, and the budgets of a run.
#[test]
fn a_run_has_budgets_and_robots_txt_counts() {
    let site = Site::new();
    let rules = format!("User-agent: *\nDisallow: /shut\n{}", "# nothing\n".repeat(200_000));
    site.set("/robots.txt", Reply::ok(rules));
    for n in 0..9 {
        site.set(&format!("/p/{n}"), Reply::ok("<p>Something happened, and more than that.</p>"));
    }
    site.set("/feed", Reply::ok(teasers(&site, 9, |n| site.url(&format!("/p/{n}")))));
    let table = |fetch: &str| {
        let settings = HASTY.replace("[fetch]", &format!("[fetch]\n{fetch}"));
        format!("{settings}[[feed]]\nurl = \"{}\"\n", site.url("/feed"))
    };
    let pages = || site.paths().iter().filter(|path| path.starts_with("/p/")).count();
    // Half a megabyte of it is read, although no page may have more than 200,000 bytes.
    Reader::new(&table("")).run(&NOW).expect(0, &["9 new"]);
    assert_eq!(pages(), 9);
    for (budget, least, most) in [
        ("max_feed_bytes = 300000", 1, 1),
        ("max_run_bytes = 300000", 0, 1),
        ("max_requests = 5", 3, 3),
        ("max_feed_seconds = 0", 0, 0),
    ] {
        let key = budget.split(' ').next().unwrap();
        Reader::new(&table(budget)).run(&NOW).expect(0, &["9 new", key]);
        let n = pages();
        assert!((least..=most).contains(&n), "{budget}: {n}");
    }
}

/// A feed on another host lists an article of the Gazette with a text of its own.
#[test]
fn a_feed_does_not_speak_for_another_site() {
    let site = Site::new();
    let link = "http://gazette.example/ferry#top";
    let entry = |title: &str, text: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>{title}</title><item><title>{title}: ferry</title><link>{link}</link>\
             <description>{text} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS}</description></item></channel></rss>"
        )
    };
    let (own, other) = ("http://rss.gazette.example/all", "http://other.example/all");
    let mut stored = Vec::new();
    for late in [own, other] {
        let pause = |url: &str| Duration::from_millis(if url == late { 300 } else { 0 });
        site.set(own, Reply::ok(entry("Gazette", "The captain is a hero.")).after(pause(own)));
        site.set(other, Reply::ok(entry("Other", "The captain was drunk.")).after(pause(other)));
        let proxy = HASTY.replace("allow_private = true", "allow_private = false");
        let feeds = [own, other]
            .map(|url| format!("[[feed]]\nurl = \"{url}\"\nfull_text = true\n"))
            .concat();
        let reader = Reader::new(&format!("{proxy}proxy = \"{}\"\n{feeds}", site.url("")));
        // The warning names the rejected feed, the address, and the feed that is preferred.
        reader.run(&NOW).expect(
            0,
            &["1 new", "http://gazette.example/ferry#top: http://other.example/all", own],
        );
        reader.run(&NOW).expect(0, &["0 new, 0 changed", "other.example"]);
        let articles = reader.archive().all().unwrap().articles;
        assert!(articles[0].text.contains("hero") && articles.len() == 1, "{articles:?}");
        assert_eq!(
            reader.archive().earlier_texts(articles[0].id.as_str()).unwrap(),
            Vec::<String>::new()
        );
        stored.push(
            articles.into_iter().map(|a| (a.id, a.source, a.title, a.text)).collect::<Vec<_>>(),
        );
    }
    assert_eq!(stored[0], stored[1], "the order of the answers does not matter");
}

/// A feed on another host gives itself the name of an outlet whose feed the user has.
#[test]
fn a_feed_does_not_bear_the_name_of_another_outlet() {
    let site = Site::new();
    let (own, other) = ("http://rss.gazette.example/all", "http://other.example/all");
    for (feed, link) in [(own, "http://gazette.example/1"), (other, "http://other.example/2")] {
        site.set(
            feed,
            Reply::ok(format!(
                "<rss version=\"2.0\"><channel><title>The Gazette</title><item><title>Of {link}</title><link>{link}</link>\
                 <description>{NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS} {NEWS}</description></item></channel></rss>"
            )),
        );
    }
    let proxy = HASTY.replace("allow_private = true", "allow_private = false");
    for feeds in [[own, other], [other, own]] {
        let feeds = feeds.map(|url| format!("[[feed]]\nurl = \"{url}\"\nfull_text = true\n"));
        let reader =
            Reader::new(&format!("{proxy}proxy = \"{}\"\n{}", site.url(""), feeds.concat()));
        reader.run(&NOW).expect(0, &["2 new", other, "calls itself The Gazette", own]);
        let mut outlets: Vec<_> = reader
            .archive()
            .all()
            .unwrap()
            .articles
            .into_iter()
            .map(|a| (a.url.unwrap(), a.source.unwrap()))
            .collect();
        outlets.sort();
        assert_eq!(
            outlets,
            [
                ("http://gazette.example/1", "The Gazette"),
                ("http://other.example/2", "other.example")
            ]
            .map(|(url, outlet)| (url.to_owned(), outlet.to_owned()))
        );
    }
}

/// Two feeds of one site word an entry differently: which version is kept does not change from run to run.
#[test]
fn sections_of_one_site_settle() {
    let site = Site::new();
    for (path, text) in [("/news", "All news: "), ("/sea", "From the sea: ")] {
        site.set(
            path,
            Reply::ok(rss(&site, "Gazette", 2, &[("/ferry", "Ferry", &format!("{text}{NEWS}"))])),
        );
    }
    let reader = reader(&site, &["/sea", "/news"]);
    reader.run(&["fetch"]).expect(0, &["1 new"]);
    for _ in 0..3 {
        reader.run(&["fetch"]).expect(0, &["0 new, 0 changed"]);
    }
    assert!(reader.archive().all().unwrap().articles[0].text.starts_with("All news"));
}

#[test]
fn a_feed_has_budgets() {
    let site = Site::new();
    let page =
        format!("<article><h1>T</h1><p>Something happened. {NEWS}</p><p>{NEWS}</p></article>");
    let count = |paths: &[String]| paths.iter().filter(|p| p.starts_with("/p/")).count();
    for n in 0..30 {
        site.set(&format!("/p/{n}"), Reply::ok(page.clone()));
    }
    site.set(
        "/feed",
        Reply::ok(teasers(&site, 30, |n| site.url(&format!("/p/{n}")))).with("ETag", "\"e\""),
    );
    let table =
        |budget: &str| format!("{HASTY}{budget}\n[[feed]]\nurl = \"{}\"\n", site.url("/feed"));
    let reader = Reader::new(&table("max_pages = 8"));
    reader.run(&NOW).expect(0, &["30 new", "22 pages were not fetched", "max_pages"]);
    assert_eq!(count(&site.paths()), 8);
    // The next run fetches the missing pages, because the feed was not completed; pages of unchanged entries are not
    // fetched again.
    reader.run(&NOW).expect(0, &["8 changed", "14 pages"]);
    let asked = site.paths();
    assert!((8..16).all(|n| asked.contains(&format!("/p/{n}"))), "{asked:?}");
    let by_bytes = table(&format!("max_feed_bytes = {}", 9_000));
    Reader::new(&by_bytes).run(&NOW).expect(0, &["30 new", "max_feed_bytes"]);
    assert!(count(&site.paths()) < 30);
    Reader::new(&table("max_seconds = 0")).run(&NOW).expect(0, &["max_seconds", "1 postponed"]);
    assert_eq!(site.paths(), [""; 0]);
    Reader::new(&table("max_age_days = 1"))
        .run(&["fetch", "--now", "2026-03-09T06:00:00Z"])
        .expect(0, &["30 new"]);
    assert_eq!(count(&site.paths()), 0, "what is old is not fetched");
}

#[test]
fn pages_that_hang_or_lie_elsewhere_end_a_feed() {
    let site = Site::new();
    let slow = HASTY.replace("timeout_seconds = 1.5", "timeout_seconds = 0.2\nrobots = false");
    site.set("/feed", Reply::ok(teasers(&site, 12, |n| site.url(&format!("/hangs/{n}")))));
    for n in 0..12 {
        site.set(&format!("/hangs/{n}"), Reply::ok("late").after(Duration::from_secs(2)));
    }
    let table = |fetch: &str| format!("{fetch}[[feed]]\nurl = \"{}\"\n", site.url("/feed"));
    Reader::new(&table(&slow))
        .run(&NOW)
        .expect(0, &["12 new", "9 pages were not fetched", "3 time-outs in a row"]);
    assert_eq!(site.paths().len(), 4);
    let foreign = |n| site.url(&format!("/p/{n}")).replace("127.0.0.1", "localhost");
    site.set("/feed", Reply::ok(teasers(&site, 12, foreign)));
    let few = HASTY.replace("[fetch]", "[fetch]\nrobots = false\nmax_foreign_pages = 5");
    Reader::new(&table(&few)).run(&NOW).expect(0, &["12 new", "max_foreign_pages"]);
    assert_eq!(site.paths().len(), 6);
}

#[test]
fn a_link_that_is_not_followed_is_named_with_its_reason() {
    let site = Site::new();
    let links = ["data:text/html,x", "http://10.1.2.3/x", "gopher://a.example/x", "http://[::1]/x"];
    site.set(
        "http://feed.example/f",
        Reply::ok(teasers(&site, links.len(), |n| links[n].to_owned())),
    );
    let proxy = HASTY.replace("allow_private = true", "allow_private = false");
    let reader = Reader::new(&format!(
        "{proxy}proxy = \"{}\"\n[[feed]]\nurl = \"http://feed.example/f\"\n",
        site.url("")
    ));
    let said = reader.run(&NOW);
    said.expect(0, &[]);
    for (link, reason) in
        links.iter().zip(["only http", "private network", "only http", "private network"])
    {
        let line = said.err.lines().find(|l| l.contains(link)).unwrap_or_default();
        assert!(line.contains(reason) && !line.contains("robots"), "{link}: {}", said.err);
    }
    assert_eq!(site.paths(), ["http://feed.example/f"]);
}

#[test]
fn validators_are_sent_to_nobody_else() {
    let (site, other) = (Site::new(), Site::new());
    site.set("/feed", Reply::ok(one_entry(&site)).with("ETag", "\"secret\""));
    other.set("/feed", Reply::ok(one_entry(&site)).with("ETag", "\"theirs\""));
    let reader = reader(&site, &["/feed"]);
    reader.run(&["fetch"]).expect(0, &["1 feed read"]);
    site.set("/feed", Reply::redirect(302, &other.url("/feed")));
    reader.run(&["fetch"]).expect(0, &["1 feed read"]);
    let asked = other.asked();
    assert!(asked.len() == 1 && !asked[0].headers.contains_key("if-none-match"), "{asked:?}");
    site.asked();
    reader.run(&["fetch"]).expect(0, &[]);
    let asked = site.asked();
    assert!(asked.iter().all(|a| !a.headers.contains_key("if-none-match")), "{asked:?}");
}
