//! Web addresses as inputs: either read, or rejected with a message that says what to do.

use std::fs;
use std::time::{Duration, Instant};

use crate::site::{Reply, Site, rss};
use crate::{HASTY, Reader};

const QUOTE: &str =
    "“Nobody was hurt, and the ship will sail again,” said Captain Ada Brill of the coast guard.";

/// Returns a page of a news site with one article; `head` is inserted into its head.
fn page(title: &str, head: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title} - The Gazette</title>{head}</head><body>\
         <nav><a href=/>Home</a><a href=/world>World</a><a href=/sport>Sport</a></nav>\
         <article><h1>{title}</h1>\
         <p>The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.</p>\
         <p>{QUOTE} A tug from Norvia pulled the ship free at high tide in the evening, and divers looked at the hull.</p>\
         <p>The owners of the line expect the ship to be back in service within a week, once the propeller has been replaced.</p>\
         </article><footer>Imprint</footer></body></html>"
    )
}

fn reader() -> Reader {
    Reader::new(HASTY)
}

fn html(body: impl Into<Vec<u8>>) -> Reply {
    Reply::ok(body).with("Content-Type", "text/html; charset=utf-8")
}

#[test]
fn every_command_takes_an_address_for_a_file() {
    let site = Site::new();
    site.set("/ferry", html(page("Ferry runs aground", "")));
    let (reader, url) = (reader(), site.url("/ferry"));
    let said = reader.run(&["read", "-t", "json", &url]);
    let articles: serde_json::Value = serde_json::from_str(&said.expect(0, &[]).out).unwrap();
    assert_eq!(articles[0]["url"], url.as_str());
    assert_eq!(articles[0]["title"], "Ferry runs aground");
    assert!(reader.run(&["summarize", &url]).expect(0, &[]).out.contains("ran aground"));
    assert!(reader.run(&["quotes", &url]).expect(0, &[]).out.contains("Ada Brill"));
    assert!(reader.run(&["stories", &url]).expect(0, &[]).out.contains("Ferry runs aground"));
    reader.run(&["brief", "-t", "json", "-o", "b.json", &url]).expect(0, &[]);
    reader.run(&["verify", "b.json", &url]).expect(0, &[]);
    fs::write(
        reader.path("draft.md"),
        "Captain Brill said: “Nobody was harmed, and the ship will sail again.”\n",
    )
    .unwrap();
    reader.run(&["verify", "draft.md", &url]).expect(1, &[]);
    // The address without its scheme, among files, and as the draft.
    let bare = url.trim_start_matches("http://");
    fs::write(
        reader.path("note.txt"),
        "Rain\n\nIt rained in Port Anselm for a week, the weather service said.\n",
    )
    .unwrap();
    let said = reader.run(&["read", "-t", "jsonl", bare, "note.txt"]);
    assert_eq!(said.expect(0, &[]).out.lines().count(), 2);
    reader.run(&["verify", &url, &url]).expect(0, &[]);
}

#[test]
fn only_an_address_that_the_user_wrote_is_fetched() {
    let site = Site::new();
    site.set("/ferry", html(page("Ferry runs aground", "")));
    let (reader, url) = (reader(), site.url("/ferry"));
    reader
        .run(&["brief", "-t", "json", "-o", "b.json", "--manifest", "m.json", &url])
        .expect(0, &[]);
    site.asked();
    reader.run(&["verify", "b.json"]).expect(2, &["only if you name them", &url]);
    reader.run(&["explain", "m.json"]).expect(2, &["only if you name them", &url]);
    reader.run(&["read", "story.txt"]).expect(2, &["No such file"]);
    reader.run(&["read", "gazette.de"]).expect(2, &["https://gazette.de"]);
    assert_eq!(site.paths(), [""; 0]);
    reader.run(&["explain", "m.json", &url]).expect(0, &[]);
}

/// The reason for which each address of [`site_without_articles`] is rejected.
const REFUSED: &[(&str, &str)] = &[
    ("/members", "log-in page"),
    ("/locked", "log-in page"),
    ("/lost", "“Page not found”"),
    ("/moved", "no longer at this address"),
    ("/", "give the address of an article"),
    ("/wall", "question about cookies"),
    ("/film", "a picture"),
    ("/app.js", "JavaScript"),
    ("/style.css", "CSS"),
    ("/events", "a calendar"),
    ("/map", "a picture"),
    ("/sorry", "an error page"),
    ("/robot", "prove that they are human"),
    ("/again", "reloads itself again and again"),
    ("/loop", "more than 8 redirects"),
    ("/stall", "no answer in time"),
    ("/large", "more than 200000 bytes"),
    ("/torn", "broke off"),
    ("/down", "status 503"),
    ("/missing", "status 404"),
    ("/pages.xml", "without news entries"),
    ("/private", "only http and https"),
];

/// Returns a site on which no address is an article.
fn site_without_articles() -> Site {
    let site = Site::new();
    let form = "<title>Sign in</title><form action=/login><input name=user><input type=password name=p></form><p>Welcome back.</p>";
    site.set("/members", html(form));
    site.set("/locked", Reply::redirect(302, "/account/login?to=locked"));
    site.set(
        "/account/login?to=locked",
        html("<title>The Gazette</title><p>Enter your e-mail.</p>"),
    );
    site.set("/lost", html("<title>Page not found</title><h1>Oops</h1><p>Try the search.</p>"));
    site.set("/moved", Reply::redirect(302, "/"));
    site.set(
        "/",
        html(
            "<title>The Gazette</title><a href=/ferry>Ferry runs aground</a><a href=/rain>Rain</a>",
        ),
    );
    site.set("/wall", Reply::redirect(302, "/consent/ask"));
    site.set("/consent/ask", html("<title>Cookies</title><p>We value your privacy.</p>"));
    site.set(
        "/film",
        Reply::ok(b"\x89PNG\r\n\x1a\n0000".to_vec()).with("Content-Type", "image/png"),
    );
    set_files(&site);
    site.set(
        "/sorry",
        html("<title>The Gazette</title><h1>Sorry!</h1><p>We could not find the page.</p>"),
    );
    site.set("/robot", html("<title>Just a moment...</title><p>Checking your browser.</p>"));
    site.set("/again", html("<meta http-equiv=refresh content='0; url=/again'><p>One moment.</p>"));
    site.set("/loop", Reply::redirect(302, "/loop"));
    site.set("/stall", Reply::ok("").after(Duration::from_secs(6)));
    site.set("/large", Reply::ok(vec![b'x'; 300_000]));
    site.set("/torn", html(page("Torn", "")).cut_after(150));
    site.set("/down", Reply::new(503, ""));
    site.set("/pages.xml", Reply::ok("<urlset><url><loc>http://a.example/1</loc></url></urlset>"));
    site.set("/private", Reply::redirect(302, "file:///etc/passwd"));
    site
}

/// Files of other types, which are served with their content type.
fn set_files(site: &Site) {
    for (path, kind, body) in [
        (
            "/app.js",
            "text/javascript",
            "const ferry = 'aground'; // The ferry ran aground on Monday.\n",
        ),
        ("/style.css", "text/css", "p { color: red } /* The ferry ran aground on Monday. */\n"),
        (
            "/events",
            "text/calendar; charset=utf-8",
            "BEGIN:VCALENDAR\r\nSUMMARY:The council meets.\r\n",
        ),
        (
            "/map",
            "image/svg+xml",
            "<svg xmlns='x'><text>The port of Anselm is closed.</text></svg>",
        ),
    ] {
        site.set(path, Reply::ok(body).with("Content-Type", kind));
    }
}

#[test]
fn what_is_no_article_says_what_to_do() {
    let site = site_without_articles();
    let reader = reader();
    for (path, words) in REFUSED {
        let url = site.url(path);
        let said = reader.run(&["read", &url]);
        assert!(said.code == 2 || said.code == 1, "{path}: {}", said.code);
        said.expect(said.code, &[&url, words]);
        assert!(said.out.trim().is_empty(), "{path}: {}", said.out);
    }
    reader
        .run(&["summarize", &site.url("/missing")])
        .expect(2, &["none of the inputs can be read"]);
    reader.run(&["brief", "gopher://gazette.example/"]).expect(2, &["only http"]);
    let guarded = Reader::new(&HASTY.replace("allow_private = true", "allow_private = false"));
    site.asked();
    guarded.run(&["read", &site.url("/ferry")]).expect(2, &["private network", "allow_private"]);
    assert_eq!(site.paths(), [""; 0]);
}

#[test]
fn the_way_to_an_article_may_be_crooked() {
    let site = Site::new();
    // The cookie must be sent back.
    site.set("/biscuit", Reply::redirect(302, "/biscuit").with("Set-Cookie", "seen=1; Path=/"));
    site.set_for("/biscuit", "cookie", "seen=1", html(page("Behind a cookie", "")));
    site.set(
        "/refresh",
        html("<meta http-equiv=refresh content='0; url=/ferry'><p>One moment.</p>"),
    );
    let canonical = format!("<link rel=canonical href='{}'>", site.url("/ferry"));
    site.set("/ferry", html(page("Ferry runs aground", &canonical)));
    let amp = page("Ferry runs aground", &canonical).replace("<html", "<html amp");
    site.set("/ferry/amp", html(amp));
    let reader = reader();
    let title = |path: &str| {
        let said = reader.run(&["read", "-t", "json", &site.url(path)]);
        let articles: serde_json::Value = serde_json::from_str(&said.expect(0, &[]).out).unwrap();
        (
            articles[0]["title"].as_str().unwrap().to_owned(),
            articles[0]["url"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(title("/biscuit").0, "Behind a cookie");
    let ferry = ("Ferry runs aground".to_owned(), site.url("/ferry"));
    assert_eq!(title("/refresh"), ferry);
    assert_eq!(title("/ferry/amp"), ferry);
}

#[test]
fn a_front_page_gives_its_feed_and_robots_are_heeded() {
    let site = Site::new();
    let text = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.";
    site.set(
        "/news",
        Reply::ok(rss(&site, "Gazette", 2, &[("/ferry", "Ferry runs aground", text)])),
    );
    site.set("/", html("<title>Gazette</title><link rel=alternate type=application/rss+xml href=/news><a href=/ferry>Ferry</a>"));
    site.set("/secret", html(page("Secret", "")));
    site.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /secret\n"));
    let reader = reader();
    let said = reader.run(&["read", &site.url("/")]);
    assert!(
        said.expect(0, &["reading its feed", "/news", "teasers"])
            .out
            .contains("Ferry runs aground")
    );
    reader.run(&["read", &site.url("/secret")]).expect(2, &["robots.txt forbids"]);
    let deaf = Reader::new(&format!("{HASTY}robots = false\n"));
    deaf.run(&["read", &site.url("/secret")]).expect(0, &[]);
}

#[test]
fn two_hundred_addresses_of_which_a_third_misbehave() {
    let site = Site::new();
    let mut list = String::from("# The week\n");
    for n in 0..200 {
        let path = format!("/{n}");
        let title = format!("Report {n} from the valley of Norvia");
        match n % 9 {
            0 => {}
            3 => site.set(&path, Reply::redirect(302, &path)),
            6 => site.set(&path, html(page(&title, "")).cut_after(90)),
            _ => site.set(&path, html(page(&title, &format!("<meta name=n content={n}>")))),
        }
        list.push_str(&format!("{}\tnumber {n}\n", site.url(&path)));
    }
    let reader = reader();
    fs::write(reader.path("urls.txt"), &list).unwrap();
    let start = start();
    let said = reader.run(&["read", "-t", "jsonl", "--urls", "urls.txt"]);
    said.expect(0, &["status 404", "more than 8 redirects", "broke off", "were left out"]);
    let good = (0..200).filter(|n| n % 3 != 0).count();
    let titles: Vec<String> = said
        .out
        .lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            article["title"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(titles.len(), good);
    // In the order of the list, regardless of the order of the responses.
    assert_eq!(titles[0], "Report 1 from the valley of Norvia");
    assert_eq!(titles[good - 1], "Report 199 from the valley of Norvia");
    for n in (0..200).filter(|n| n % 3 == 0) {
        assert!(said.err.contains(&format!("{}: ", site.url(&format!("/{n}")))), "{n} is lost");
    }
    assert!(start.elapsed() < Duration::from_secs(60));
    fs::write(reader.path("none.txt"), "# nothing\n").unwrap();
    reader.run(&["read", "--urls", "none.txt"]).expect(2, &["has no address"]);
    for command in [&["read"][..], &["read", "--dropped"], &["quotes"], &["summarize"], &["sketch"]]
    {
        for output in [&[][..], &["-o", "made.txt"]] {
            let said = reader.run(&[command, output, &["--urls", "missing.txt"]].concat());
            said.expect(2, &["cannot read missing.txt: No such file"]);
            assert!(!said.err.contains("cannot write"), "{}", said.err);
            assert!(!reader.path("made.txt").exists());
        }
    }
    fs::write(reader.path("odd.txt"), "nonsense\n").unwrap();
    reader.run(&["brief", "--urls", "odd.txt"]).expect(2, &["odd.txt:1", "not a web address"]);
}

#[expect(clippy::disallowed_methods, reason = "the test must end")]
fn start() -> Instant {
    Instant::now()
}
