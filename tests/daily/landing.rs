//! Feeds whose address is not a feed: home pages, articles, log-in pages; filters; pages that need not be fetched again.

use crate::site::{Reply, Site, rss};
use crate::{HASTY, Reader};

const NEWS: &str = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard. \
                    Nobody was hurt, the coast guard said.";

fn html(body: impl Into<Vec<u8>>) -> Reply {
    Reply::ok(body).with("Content-Type", "text/html")
}

fn article(title: &str, head: &str) -> String {
    let more = "A tug from Norvia pulled the ship free at high tide in the evening, and divers looked at the hull. ".repeat(6);
    format!(
        "<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{NEWS}</p><p>{more}</p></article></body></html>"
    )
}

fn titles(reader: &Reader) -> Vec<String> {
    let mut titles: Vec<String> =
        reader.archive().all().unwrap().articles.into_iter().map(|a| a.title).collect();
    titles.sort();
    titles
}

#[test]
fn a_page_gives_the_feed_that_it_names() {
    let site = Site::new();
    site.set(
        "/news",
        Reply::ok(rss(&site, "Gazette", 2, &[("/ferry", "Ferry runs aground", NEWS)])),
    );
    site.set("/", html("<html><head><link rel=alternate type='application/rss+xml' href='/comments/feed' title='Comments'>\
        <link rel=alternate type='application/rss+xml' href='/news'></head><body>Welcome"));
    let reader = Reader::new(HASTY);
    let said = reader.run(&["fetch", site.url("/").trim_start_matches("http://")]);
    said.expect(0, &["is a page; reading its feed", &site.url("/news"), "another feed", "1 new"]);
    assert_eq!(titles(&reader), ["Ferry runs aground"]);
    site.asked();
    // The next time the feed is requested, not the page.
    reader.run(&["fetch", &site.url("/")]).expect(0, &["1 feed read"]);
    assert!(!site.paths().contains(&"/".to_owned()));
    // A page that only redirects leads to the feed as well.
    site.set("/start", html("<meta http-equiv=refresh content='0; url=/news'><p>One moment.</p>"));
    reader.run(&["fetch", &site.url("/start")]).expect(0, &["1 feed read"]);
    site.set(
        "/circle",
        html("<meta http-equiv=refresh content='0; url=/circle'><p>One moment.</p>"),
    );
    reader.run(&["fetch", &site.url("/circle")]).expect(1, &["reloads itself again and again"]);
    // If a front page names no feed, the usual addresses are tried.
    let other = Site::new();
    other.set("/feed.xml", Reply::ok(rss(&other, "Herald", 2, &[("/rain", "Rain", NEWS)])));
    other.set("/", html("<html><head><title>Herald</title></head><body>Welcome"));
    reader.run(&["fetch", &other.url("/")]).expect(0, &["/feed.xml", "1 new"]);
}

#[test]
fn a_page_without_a_feed_is_an_article_only_if_the_user_named_it() {
    let site = Site::new();
    site.set("/ferry", html(article("Ferry runs aground", "")));
    let declared = "<meta property='og:type' content='article'><link rel=alternate type='application/rss+xml' href='/news'>";
    site.set("/tug", html(article("Tug pulls ferry free", declared)));
    site.set("/login", html("<form><input type=password></form>"));
    let reader = Reader::new(HASTY);
    reader
        .run(&["fetch", &site.url("/ferry")])
        .expect(0, &["took the page as an article", "1 new"]);
    reader
        .run(&["fetch", &site.url("/tug")])
        .expect(0, &["its site has the feed", "/news", "1 new"]);
    assert_eq!(titles(&reader), ["Ferry runs aground", "Tug pulls ferry free"]);
    reader.run(&["fetch", &site.url("/login")]).expect(1, &["log-in page", "1 failed"]);
    // The exit status is 2 if no server answers, and 0 if at least one of several addresses can be fetched.
    reader.run(&["fetch", "http://127.0.0.1:9/ferry"]).expect(2, &["1 failed"]);
    reader.run(&["fetch", &site.url("/login"), &site.url("/ferry")]).expect(0, &["1 failed"]);
    reader.run(&["fetch", "gopher://gazette.example"]).expect(2, &["only http"]);
    site.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /ferry\n"));
    Reader::new(HASTY).run(&["fetch", &site.url("/ferry")]).expect(1, &["robots.txt forbids"]);
    let configured = Reader::new(&format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/tug")));
    configured.run(&["fetch"]).expect(1, &["no feed of it was found", "1 failed"]);
}

#[test]
fn an_empty_feed_is_no_failure() {
    let site = Site::new();
    site.set("/news", Reply::ok(rss(&site, "Gazette", 2, &[])).with("ETag", "\"e\""));
    let reader = Reader::new(&format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/news")));
    reader.run(&["fetch"]).expect(0, &["no entries at the moment", "1 feed read", "0 failed"]);
    reader.run(&["fetch"]).expect(0, &["1 not modified"]);
}

#[test]
fn a_remembered_redirect_to_a_log_in_page_is_forgotten() {
    let site = Site::new();
    site.set("/old", Reply::redirect(301, "/new"));
    site.set(
        "/new",
        Reply::ok(rss(&site, "Gazette", 2, &[("/ferry", "Ferry runs aground", NEWS)])),
    );
    let reader = Reader::new(&format!(
        "{HASTY}[[feed]]\nurl = \"{}\"\nfull_text = true\n",
        site.url("/old")
    ));
    reader.run(&["fetch"]).expect(0, &["1 new"]);
    // The new address now requires a log-in; the old one has the feed again.
    site.set("/new", html("<title>Log in</title><form><input type=password></form>"));
    site.set(
        "/old",
        Reply::ok(rss(&site, "Gazette", 3, &[("/tug", "Tug pulls ferry free", NEWS)])),
    );
    site.asked();
    reader.run(&["fetch"]).expect(0, &["1 new"]);
    assert_eq!(site.paths(), ["/new", "/old"]);
    reader.run(&["fetch"]).expect(0, &["1 unchanged"]);
    assert_eq!(site.paths(), ["/old"]);
    // If both do, the message says so.
    site.set("/old", html("<title>Log in</title><form><input type=password></form>"));
    reader.run(&["fetch"]).expect(1, &["log-in page"]);
}

#[test]
fn filters_leave_entries_out_and_say_how_many() {
    let site = Site::new();
    let entries = [
        ("/a", "Budget passes", NEWS),
        ("/sport/b", "Budget of the football club", NEWS),
        ("/c", "Rain in Norvia", NEWS),
        ("/d", "Budgetary council meets", NEWS),
    ];
    site.set("/news", Reply::ok(rss(&site, "Gazette", 2, &entries)));
    let config = format!(
        "{HASTY}[[feed]]\nurl = \"{}\"\nfull_text = true\ninclude = [\"budget\"]\nexclude = [\"/sport/\"]\n",
        site.url("/news")
    );
    let reader = Reader::new(&config);
    reader.run(&["fetch"]).expect(0, &["3 of 4 entries left out by include and exclude", "1 new"]);
    assert_eq!(titles(&reader), ["Budget passes"]);
}

#[test]
fn the_page_of_an_unchanged_teaser_is_not_fetched_again() {
    let site = Site::new();
    let teasers = |text: &str, entries: &[(&str, &str)]| {
        let entries: Vec<_> = entries.iter().map(|(path, title)| (*path, *title, text)).collect();
        rss(&site, "Gazette", 2, &entries)
    };
    site.set("/news", Reply::ok(teasers("The ferry ran…", &[("/ferry", "Ferry runs aground")])));
    site.set("/ferry", html(article("Ferry runs aground", "")));
    site.set("/rain", html(article("Rain in Norvia", "")));
    let reader = Reader::new(&format!("{HASTY}[[feed]]\nurl = \"{}\"\n", site.url("/news")));
    // The pages of entries that are too old are not fetched.
    let fetch = || reader.run(&["fetch", "--now", "2026-03-02T06:00:00Z"]);
    fetch().expect(0, &["1 new"]);
    site.asked();
    let two = [("/ferry", "Ferry runs aground"), ("/rain", "Rain in Norvia")];
    site.set("/news", Reply::ok(teasers("The ferry ran…", &two)));
    fetch().expect(0, &["1 new"]);
    assert_eq!(site.paths(), ["/news", "/robots.txt", "/rain"]);
    // If a teaser changed, its page is fetched.
    site.set("/news", Reply::ok(teasers("The ferry Halcyon ran…", &two)));
    fetch().expect(0, &[]);
    let paths = site.paths();
    assert!(
        paths.contains(&"/ferry".to_owned()) && paths.contains(&"/rain".to_owned()),
        "{paths:?}"
    );
}

#[test]
fn the_pages_of_a_news_sitemap_are_fetched() {
    let site = Site::new();
    let map = format!(
        "<?xml version='1.0'?><urlset xmlns:news='n'><url><loc>{}</loc><news:news><news:publication><news:name>Gazette\
         </news:name></news:publication><news:title>Ferry runs aground</news:title></news:news></url></urlset>",
        site.url("/ferry")
    );
    site.set("/news.xml", Reply::ok(map));
    site.set("/ferry", html(article("Ferry runs aground", "")));
    let reader = Reader::new(HASTY);
    reader.run(&["fetch", &site.url("/news.xml")]).expect(0, &["1 new"]);
    let all = reader.archive().all().unwrap().articles;
    assert!(all[0].text.contains("pulled the ship free"), "{}", all[0].text);
    assert_eq!(all[0].source.as_deref(), Some("Gazette"));
    site.set(
        "/index.xml",
        Reply::ok(
            "<sitemapindex><sitemap><loc>https://a.example/news.xml</loc></sitemap></sitemapindex>",
        ),
    );
    reader
        .run(&["fetch", &site.url("/index.xml")])
        .expect(1, &["such as https://a.example/news.xml"]);
}
