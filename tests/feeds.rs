//! Feeds in every dialect, intact and broken: all entries in them are read, and losses are reported.

use nutgraf::article::Article;
use nutgraf::read::{Ingested, Options, feed};

const ITEM: &str = "<item><title>Dam reopens</title><link>https://a.example/1</link><guid>https://a.example/1</guid>\
    <pubDate>Wed, 13 Feb 2008 15:45:00 +0100</pubDate><dc:creator>Jane Doe</dc:creator>\
    <description>The dam was opened again.</description></item>";

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Daily Post</title>\
         <link>https://a.example</link><language>en-GB</language>{items}</channel></rss>"
    )
}

fn read(feed: &str) -> Ingested {
    feed::read("f.xml", feed.as_bytes(), &Options::default())
}

fn articles(feed: &str) -> Vec<Article> {
    read(feed).articles
}

fn only(feed: &str) -> Article {
    let mut articles = articles(feed);
    assert_eq!(articles.len(), 1, "{feed}");
    articles.remove(0)
}

#[test]
fn every_dialect_gives_the_same_article() {
    let dialects = [
        rss(ITEM),
        // RSS 0.91 has neither guid nor prefixes.
        rss(&ITEM.replace("dc:creator", "author")).replace("2.0", "0.91"),
        // RDF puts its items next to the channel.
        format!(
            "<rdf:RDF xmlns:rdf=\"x\" xmlns=\"y\"><channel rdf:about=\"z\"><title>Daily Post</title>\
             <dc:language>en-GB</dc:language></channel>{}</rdf:RDF>",
            ITEM.replace("<item>", "<item rdf:about=\"https://a.example/1\">")
                .replace("pubDate", "dc:date")
        ),
        // Atom 1.0.
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\"><title>Daily Post</title><id>f</id>\
         <updated>2009-01-01T00:00:00Z</updated><entry><title>Dam reopens</title>\
         <link rel=\"self\" href=\"https://a.example/self\"/><link href=\"https://a.example/1\"/>\
         <id>https://a.example/1</id><published>2008-02-13T15:45:00+01:00</published>\
         <updated>2008-02-14T00:00:00Z</updated><author><name>Jane Doe</name><email>j@a.example</email></author>\
         <contributor><name>John Roe</name></contributor>\
         <summary type=\"html\">&lt;p&gt;The dam was opened again.&lt;/p&gt;</summary></entry></feed>"
            .to_owned(),
        // Atom with a prefix on every name, and text as XHTML.
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\"><a:title>Daily Post</a:title><a:entry>\
         <a:title type=\"text\">Dam reopens</a:title><a:link href=\"https://a.example/1\"/><a:id>https://a.example/1</a:id>\
         <a:published>2008-02-13T15:45:00+01:00</a:published><a:author><a:name>Jane Doe</a:name></a:author>\
         <a:content type=\"xhtml\"><div xmlns=\"x\"><p>The dam was opened again.</p></div></a:content></a:entry></a:feed>"
            .to_owned(),
        // Atom 0.3.
        "<feed version=\"0.3\" xml:lang=\"en-GB\"><title>Daily Post</title><entry><title>Dam reopens</title>\
         <link rel=\"alternate\" href=\"https://a.example/1\"/><id>https://a.example/1</id>\
         <issued>2008-02-13T15:45:00+01:00</issued><author><name>Jane Doe</name></author>\
         <content mode=\"escaped\">The dam was opened again.</content></entry></feed>"
            .to_owned(),
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"Daily Post","language":"en-GB","items":[
            {"id":"https://a.example/1","url":"https://a.example/1","title":"Dam reopens",
             "date_published":"2008-02-13T15:45:00+01:00","authors":[{"name":"Jane Doe"}],
             "content_html":"<p>The dam was opened again.</p>"}]}"#
            .to_owned(),
        // JSON Feed 1.0 with plain text.
        r#"{"title":"Daily Post","language":"en-GB","items":[{"id":"https://a.example/1","url":"https://a.example/1",
            "title":"Dam reopens","date_published":"2008-02-13T15:45:00+01:00","author":{"name":"Jane Doe"},
            "content_text":"The dam was opened again."}]}"#
            .to_owned(),
    ];
    for dialect in dialects {
        let article = only(&dialect);
        assert_eq!(article.title, "Dam reopens", "{dialect}");
        assert_eq!(article.text, "The dam was opened again.", "{dialect}");
        assert_eq!(article.url.as_deref(), Some("https://a.example/1"), "{dialect}");
        assert_eq!(article.source.as_deref(), Some("Daily Post"), "{dialect}");
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"), "{dialect}");
        assert_eq!(
            article.published.unwrap().to_string(),
            "2008-02-13T15:45:00+01:00",
            "{dialect}"
        );
        assert_eq!(article.id.as_str(), "https://a.example/1", "{dialect}");
        assert_eq!(article.lang.code(), "en", "{dialect}");
        assert!(article.teaser, "{dialect}");
    }
}

#[test]
fn no_fault_costs_the_feed() {
    let two = format!("{ITEM}{}", ITEM.replace("/1", "/2").replace("reopens", "closes"));
    let whole = rss(&two);
    let broken = [
        ("bare ampersand", whole.replace("Dam", "Dam & lake")),
        ("bare angle", whole.replace("Dam", "Dam 1 < 2")),
        ("unclosed br", whole.replace("again.", "again.<br>Twice.")),
        (
            "unclosed title",
            whole.replace("</title><link>https://a.example/1", "<link>https://a.example/1"),
        ),
        ("unclosed description", whole.replace("</description></item><item>", "</item><item>")),
        ("unclosed item", whole.replacen("</item>", "", 1)),
        ("crossed tags", whole.replace("The dam", "<b><i>The</b></i> dam")),
        ("no end of channel", whole.replace("</channel></rss>", "")),
        ("control characters", whole.replace("The dam", "The\u{1} dam\u{b}")),
        ("doctype", whole.replace("<rss", "<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">]><rss")),
        ("undefined entities", whole.replace("The dam", "The&nbsp;dam&hellip;&foo;")),
        ("junk before", format!("\n\n<!-- cached -->{whole}")),
        ("junk after", format!("{whole}<script>1 && 2</script>")),
        ("capital names", whole.replace("<title>", "<TITLE>").replace("</title>", "</TITLE>")),
        ("raw html", whole.replace("The dam", "<p class=x>The <a href=y?a=1&b=2>dam</a>")),
        ("unclosed comment", format!("{whole}<!-- end")),
        (
            "unclosed cdata",
            whole.replace("again.</description></item></channel></rss>", "<![CDATA[again."),
        ),
        ("attribute without quotes", whole.replace("<guid>", "<guid isPermaLink=true>")),
        ("attribute without end", whole.replace("<guid>", "<guid isPermaLink=\"true>")),
        ("namespace missing", whole.replace("<description>", "<foo:bar>x</foo:bar><description>")),
        (
            "nested channel title",
            whole.replace("<item>", "<image><title>Logo</title></image><item>"),
        ),
        ("byte order mark", format!("\u{feff}{whole}")),
        ("truncated in a tag", whole.trim_end_matches("tem></channel></rss>").to_owned()),
        ("truncated in text", whole.get(..whole.len() - 40).unwrap().to_owned()),
    ];
    for (name, feed) in broken {
        let found = articles(&feed);
        let titles: Vec<&str> = found.iter().map(|a| a.title.as_str()).collect();
        assert_eq!(titles.len(), 2, "{name}: {titles:?}");
        assert!(
            titles[0].starts_with("Dam") && titles[0].ends_with("reopens"),
            "{name}: {titles:?}"
        );
        assert!(
            titles[1].starts_with("Dam") && titles[1].ends_with("closes"),
            "{name}: {titles:?}"
        );
        assert!(found.iter().all(|a| a.text.contains("dam")), "{name}: {found:#?}");
        assert_eq!(found[0].source.as_deref(), Some("Daily Post"), "{name}");
    }
}

#[test]
fn every_cut_of_a_feed_gives_what_is_before_it() {
    let feed = rss(&format!("{ITEM}{ITEM}{ITEM}"));
    for end in 0..feed.len() {
        let whole = feed.get(..end).unwrap().matches("</item>").count();
        assert!(articles(feed.get(..end).unwrap()).len() >= whole, "at {end}");
    }
}

#[test]
fn charsets_and_wrong_labels() {
    let text = rss(&ITEM.replace("Dam", "Größe")).replace("?>", " encoding=\"utf-8\"?>");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let found = feed::read("f", &latin, &Options::default());
    assert_eq!(found.articles[0].title, "Größe reopens");
    let labelled = text.replace("utf-8", "iso-8859-1");
    assert_eq!(only(&labelled).title, "Größe reopens");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(feed::read("f", &wide, &Options::default()).articles[0].title, "Größe reopens");
}

/// A feed may declare a false language; short texts in another language show that it is false.
#[test]
fn a_short_text_overrides_the_language_of_the_feed() {
    for (lang, text) in [
        (
            "de",
            "Die Hafenbehörde will den Wellenbrecher nach dem Sturm neu bauen. Verletzt wurde niemand, sagte sie.",
        ),
        (
            "fr",
            "Le port de la ville restera fermé jusqu'à mardi, selon la mairie. Personne n'a été blessé dans la tempête.",
        ),
        (
            "es",
            "El puerto de la ciudad seguirá cerrado hasta el martes, según el alcalde. No hubo heridos por la tormenta.",
        ),
        ("ru", "Порт закрыли во вторник из-за шторма, сообщила администрация. Никто не пострадал."),
        (
            "en",
            "The harbour will stay closed until Tuesday. Nobody was hurt in the storm, the mayor said.",
        ),
        ("en", "Breakwater Crane Quay"),
    ] {
        let article =
            only(&rss(&format!("<item><title>A</title><description>{text}</description></item>")));
        assert_eq!(article.lang.code(), lang, "{text}");
    }
}

#[test]
fn the_whole_text_goes_before_the_summary_and_a_teaser_is_marked() {
    let paragraph = format!("<p>{}</p>", "The lake rose by a metre in one night. ".repeat(12));
    let content = format!(
        "<content:encoded><![CDATA[{paragraph}<ul><li>One</li></ul>{paragraph}<p>The post <a href=x>Dam</a> appeared first on <a href=y>Post</a>.</p>]]></content:encoded></item>"
    );
    let article = only(&rss(&ITEM.replace("</item>", &content)));
    assert!(!article.teaser && article.text.starts_with("The lake"));
    assert!(!article.text.contains("appeared first"));
    let kinds: Vec<_> = article.blocks.iter().map(|b| format!("{:?}", b.kind)).collect();
    assert_eq!(kinds, ["Paragraph", "ListItem", "Paragraph"]);
    let teaser =
        only(&rss(&ITEM.replace("again.", "again […] &lt;a href=x&gt;Continue reading&lt;/a&gt;")));
    assert!(teaser.teaser);
}

#[test]
fn odd_dates_are_read_or_named() {
    for (date, read) in [
        ("Wed, 13 Feb 08 15:45 EST", "2008-02-13T15:45:00-05:00"),
        ("13. Februar 2008", "2008-02-13"),
        ("2008-02-13", "2008-02-13"),
        ("Wednesday, February 13, 2008 - 15:45", "2008-02-13T15:45:00Z"),
    ] {
        let article = only(&rss(&ITEM.replace("Wed, 13 Feb 2008 15:45:00 +0100", date)));
        assert_eq!(article.published.unwrap().to_string(), read);
    }
    let found = read(&rss(&ITEM.replace("Wed, 13 Feb 2008 15:45:00 +0100", "in the spring")));
    assert_eq!(found.articles[0].published, None);
    assert!(found.warnings.iter().any(|w| w.message.contains("in the spring")));
}

#[test]
fn what_is_left_out_is_named() {
    let found = read(&rss(&format!("{ITEM}<item><guid>x</guid></item>")));
    assert_eq!(found.articles.len(), 1);
    assert!(found.warnings.iter().any(|w| w.dropped && w.origin == "f.xml#2"));
    for feed in ["", "no feed", "{", "{\"items\":3}", "<rss></rss>"] {
        let found = read(feed);
        assert!(found.articles.is_empty() && found.warnings.iter().any(|w| w.dropped), "{feed:?}");
    }
    let truncated =
        r#"{"title":"P","items":[{"id":"1","title":"A","content_text":"x"},{"id":"2","tit"#;
    let found = read(truncated);
    assert_eq!(found.articles.len(), 1);
    assert!(found.warnings.iter().any(|w| w.message.contains("ends too early")));
}

#[test]
fn ids_are_the_same_each_time_and_differ_by_outlet() {
    let local =
        ITEM.replace("<guid>https://a.example/1</guid>", "<guid isPermaLink=\"false\">17</guid>");
    let (one, again) = (only(&rss(&local)), only(&rss(&local)));
    let other = only(&rss(&local).replace("Daily Post", "Evening Post"));
    assert_eq!(one.id, again.id);
    assert_ne!(one.id, other.id);
}

#[test]
fn a_news_sitemap_is_a_feed_of_titles() {
    let url = |n: usize, title: &str| {
        format!(
            "<url><loc>https://a.example/{n}</loc><news:news><news:publication><news:name>Daily Post</news:name>\
             <news:language>en</news:language></news:publication><news:publication_date>2026-03-10T05:00:00Z\
             </news:publication_date><news:title>{title}</news:title></news:news></url>"
        )
    };
    let map = format!(
        "<?xml version=\"1.0\"?><urlset xmlns:news=\"n\">{}{}</urlset>",
        url(1, "Dam reopens"),
        url(2, "Ferry runs aground")
    );
    // Detected by its content, as for any input.
    let read = nutgraf::read::read("map.xml", map.as_bytes(), &Options::default());
    let titles: Vec<&str> = read.articles.iter().map(|a| &*a.title).collect();
    assert_eq!(titles, ["Dam reopens", "Ferry runs aground"]);
    assert!(read.articles.iter().all(|a| a.teaser && a.source.as_deref() == Some("Daily Post")));
    assert_eq!(read.articles[0].url.as_deref(), Some("https://a.example/1"));
}

#[test]
fn a_document_without_entries_says_what_it_is() {
    for (document, reason) in [
        ("<rss><channel><title>A</title></channel></rss>", "has no entries at the moment"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "has no entries at the moment"),
        (
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}",
            "has no entries at the moment",
        ),
        ("<urlset><url><loc>https://a.example/1</loc></url></urlset>", "without news entries"),
        (
            "<sitemapindex><sitemap><loc>https://a.example/pages.xml</loc></sitemap>\
             <sitemap><loc>https://a.example/news.xml</loc></sitemap></sitemapindex>",
            "such as https://a.example/news.xml",
        ),
        ("{\"a\": 1}", "is not a feed"),
        ("<html><p>Not a feed.</p></html>", "is not a feed"),
    ] {
        let read = read(document);
        assert!(read.articles.is_empty());
        let said: Vec<&str> = read.warnings.iter().map(|w| &*w.message).collect();
        assert!(said.iter().any(|m| m.contains(reason)), "{document}: {said:?}");
    }
}

/// The paragraphs of a description without markup are kept, and stories with links are parted.
#[test]
fn a_description_without_markup_keeps_its_paragraphs() {
    let dam = "The dam was opened again on Wednesday after two years of work, officials said.";
    let gate = "The lower gate will follow in autumn &amp; the upper one in spring, they said.";
    let item = |text: &str| {
        rss(&format!("<item><title>Dam</title><description>{text}</description></item>"))
    };
    let article = only(&item(&format!("{dam}\n\n{gate}")));
    assert_eq!(article.text, format!("{dam}\n\n{}", gate.replace("&amp;", "&")));
    let story = |n: &str| format!("Dam number {n} opens\n{dam}\nhttps://a.example/{n}\n");
    let stories = ["One", "Two", "Three"].map(story).join("\n");
    let found = articles(&item(&stories));
    let titles: Vec<&str> = found.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["Dam number One opens", "Dam number Two opens", "Dam number Three opens"]);
    assert!(found.iter().all(|a| a.text == dam), "{found:?}");
    assert_eq!(found[1].url.as_deref(), Some("https://a.example/Two"));
}
