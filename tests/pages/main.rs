//! Whole pages: the article without its page, its metadata, and the limits.

mod furniture;
mod head;
mod short;

use nutgraf::article::BlockKind;
use nutgraf::read::{Ingested, Limits, Options, page};
use proptest::prelude::*;

const PARAGRAPHS: [&str; 4] = [
    "The dam above the town was opened again on Wednesday after two years of work, and the first water reached the lower fields before noon.",
    "\"We waited a long time for this day,\" said the mayor, who had promised the farmers that the work would be done before the spring.",
    "Engineers had found cracks in the western wall in 2006, and the lake was let out in the autumn of that year, which left two valleys dry.",
    "The work cost forty million, a third more than was planned; the government paid for half of it, and the rest came from the two cities.",
];

fn page() -> String {
    let body = format!("<p>{}</p>", PARAGRAPHS.join("</p><p>"));
    format!(
        "<!DOCTYPE html><html lang=en-GB><head><title>Dam reopens after two years | Daily Post</title>\
         <meta property=og:site_name content='Daily Post'><meta property=og:title content='Dam reopens after two years'>\
         <link rel=canonical href=https://post.example/dam>\
         <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Dam reopens after two years\",\
         \"datePublished\":\"2008-02-13T15:45:00+01:00\",\"dateModified\":\"2008-02-14T00:00:00Z\",\
         \"author\":[{{\"@type\":\"Person\",\"name\":\"Jane Doe\"}}]}}</script></head><body>\
         <nav class=menu><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li><li><a href=/s>Sport</a></li></ul></nav>\
         <article><h1>Dam reopens after two years</h1><p class=byline>By Jane Doe, Staff Writer</p>\
         <figure><img src=x><figcaption>The dam on Wednesday.</figcaption></figure>\
         <div class=article-body>{body}</div></article>\
         <aside class=related><h3>Most read</h3><ul><li><a href=/1>Lake is full</a></li><li><a href=/2>Town is dry</a></li></ul></aside>\
         <footer><p>© 2008 Daily Post. All rights reserved.</p></footer></body></html>"
    )
}

fn read(page: &str) -> Ingested {
    page::read("p.html", page.as_bytes(), &Options { cuts: true, ..Options::default() })
}

#[test]
fn an_article_comes_out_of_its_page() {
    let found = read(&page());
    let article = &found.articles[0];
    assert_eq!(article.text, PARAGRAPHS.join("\n\n"));
    assert!(article.blocks.iter().all(|b| b.kind == BlockKind::Paragraph));
    assert_eq!(article.title, "Dam reopens after two years");
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.source.as_deref(), Some("Daily Post"));
    assert_eq!(article.url.as_deref(), Some("https://post.example/dam"));
    assert_eq!(article.published.unwrap().to_string(), "2008-02-13T15:45:00+01:00");
    assert_eq!(article.lang.code(), "en");
    let reason = |text: &str| found.cuts.iter().find(|c| c.text == text).map(|c| c.reason.as_str());
    assert_eq!(reason("The dam on Wednesday."), Some("caption"));
    assert_eq!(reason("Dam reopens after two years"), Some("title"));
    assert_eq!(reason("Sport"), Some("chrome"));
}

#[test]
fn the_dateline_is_cut_and_says_the_place() {
    let found = read(&page().replace("The dam above", "KRANJ, Slovenia (AP) — The dam above"));
    let article = &found.articles[0];
    assert_eq!(article.place.as_deref(), Some("KRANJ, Slovenia"));
    assert!(article.text.starts_with("The dam above"));
}

#[test]
fn an_update_stands_in_only_where_nothing_else_does() {
    let found = read(&page().replace("\"datePublished\":\"2008-02-13T15:45:00+01:00\",", ""));
    assert_eq!(found.articles[0].published.unwrap().to_string(), "2008-02-14T00:00:00Z");
    assert!(found.warnings.iter().any(|w| w.message.contains("update")));
}

#[test]
fn charsets_of_pages() {
    let page = page()
        .replace("the mayor", "Bürgermeister Jäger")
        .replace("<title>", "<meta charset=windows-1252><title>");
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let found = page::read("p.html", &bytes, &Options::default());
    assert!(found.articles[0].text.contains("Bürgermeister Jäger"));
}

#[test]
fn hostile_pages_end_as_the_limits_say() {
    let deep = |tag: &str| format!("{}{}", format!("<{tag}>").repeat(100_000), page());
    for tag in ["div", "b", "table", "font", "p", "svg", "template", "li"] {
        let found = read(&deep(tag));
        assert!(found.articles.len() + found.warnings.len() > 0, "{tag}");
    }
    let limits = Limits { elements: 500, ..Limits::default() };
    let endless = format!("{}{}", page(), "<p>x".repeat(5_000));
    let found = page::read("p.html", endless.as_bytes(), &Options { limits, ..Options::default() });
    assert!(
        found
            .warnings
            .iter()
            .any(|w| w.message.contains("has more markup or elements than the limits allow"))
    );
    for page in ["", "<", "<!--", "<script>", "<title>", "&#", "<a href=\"", "\0\0\0\0"] {
        let found = read(page);
        assert!(found.articles.len() + found.warnings.len() > 0, "{page:?}");
    }
}

#[test]
fn what_a_browser_hides_is_not_read_and_is_named() {
    let secret = "The mayor was paid by the builders of the dam, a clerk of the town hall said.";
    for hidden in [
        format!("<p style='display:none'>{secret}</p>"),
        format!("<p class=zz>{secret}</p>"),
        format!("<div hidden><p>{secret}</p></div>"),
        format!("<dialog><p>{secret}</p></dialog>"),
    ] {
        let html = page()
            .replace("</head>", "<style>.zz { visibility: hidden }</style></head>")
            .replace("<div class=article-body>", &format!("<div class=article-body>{hidden}"));
        let found = read(&html);
        assert_eq!(found.articles[0].text, PARAGRAPHS.join("\n\n"), "{hidden}");
        assert!(found.cuts.iter().any(|c| c.reason == "hidden" && c.text == secret), "{hidden}");
    }
}

/// A page that is hidden as a whole waits for a script to show it; its article is read.
#[test]
fn what_is_hidden_as_a_whole_is_read() {
    for (open, close) in [
        ("<div style='display:none'>", "</div>"),
        ("<div hidden>", "</div>"),
        ("<div style='visibility:hidden'>", "</div>"),
        ("<div style='opacity:0'>", "</div>"),
        ("<div class=zz>", "</div>"),
    ] {
        let html = page()
            .replace("</head>", "<style>.zz { display: none }</style></head>")
            .replace("<article>", &format!("{open}<article>"))
            .replace("</article>", &format!("</article>{close}"));
        assert_eq!(read(&html).articles[0].text, PARAGRAPHS.join("\n\n"), "{open}");
    }
    let body = page().replace("<body>", "<body style='opacity:0;visibility:hidden'>");
    assert_eq!(read(&body).articles[0].text, PARAGRAPHS.join("\n\n"));
}

#[test]
fn nothing_but_the_page_itself_dates_it() {
    let data = "\"datePublished\":\"2008-02-13T15:45:00+01:00\",\"dateModified\":\"2008-02-14T00:00:00Z\",";
    let now = "2009-03-04T12:00:00Z".parse().ok();
    let dated = |change: &dyn Fn(String) -> String| {
        let options = Options { now, ..Options::default() };
        let found = page::page("p.html", &change(page().replace(data, "")), &options);
        found.articles[0].published.map(|p| p.to_string())
    };
    let after = |html: &str| {
        let html = html.to_owned();
        move |page: String| page.replace("</article>", &format!("{html}</article>"))
    };
    for html in [
        "<p>The first dam was opened on 3 May 1968 by two ministers, who came by train.</p>",
        "<aside><h3>More</h3><a href=/z>Bakery wins</a> <time datetime=2009-03-01>1 March 2009</time></aside>",
        "<div class=comments><p>Ann, 2 days ago</p><p>Well said!</p></div>",
        "<blockquote class=tweet>We hold. <a href=/s>March 2, 2009</a></blockquote>",
        "<div class=card><a href=/z>Lake is full</a><span class=date>13 days ago</span></div>",
    ] {
        assert_eq!(dated(&after(html)), None, "{html}");
    }
    let under_title = |line: &str| {
        let line = line.to_owned();
        move |page: String| page.replace("</h1>", &format!("</h1>{line}"))
    };
    for (line, expected) in [
        ("<p>13 February 2008</p>", Some("2008-02-13")),
        ("<div>5 min read · Feb 13, 2008</div>", Some("2008-02-13")),
        ("<p>Yesterday</p>", Some("2009-03-03")),
        ("<p>Hier</p>", None),
    ] {
        assert_eq!(dated(&under_title(line)).as_deref(), expected, "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Blocks are inside the text, in order, separated by white space only.
    #[test]
    fn blocks_lie_in_the_text(html in "(<(p|div|b|a|ul|li|table|td|h1|h2|br|blockquote|figcaption)>|</(p|div|b|a|ul|table)>|[a-zé.,\" ]{1,40}|&amp;|\u{200b}){0,60}") {
        let (text, blocks) = page::fragment(&html, &Options::default());
        let mut at = 0;
        for block in blocks {
            prop_assert!(text.get(at..block.span.start()).is_some_and(|between| between.trim().is_empty()));
            prop_assert!(!block.span.slice(&text).trim().is_empty());
            at = block.span.end();
        }
        prop_assert_eq!(at, text.len());
        let found = read(&html);
        prop_assert!(found.articles.len() <= 1);
    }
}
