//! Invariant: no text of an article changes the structure of the output.
//!
//! The same briefing is rendered once with hostile and once with harmless texts, and a parser for the output format
//! reads both results. The structures must be equal, and each hostile text must be found in what the parser considers
//! text.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dom_query::{Document, NodeRef};
use mail_parser::MessageParser;
use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Chat, Format, Mail, Options, TemplateChoice};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};
use serde_json::Value as Json;

/// Fragments that are markup in at least one format, and plain ones.
const PIECES: &[&str] = &[
    "plain words",
    "*bold*",
    "_it_",
    "__init__",
    "`code`",
    "```",
    "~~~",
    "~~gone~~",
    "[a](http://x.example)",
    "![i](x)",
    "[ref]: http://x.example",
    "[^1]",
    "[^1]: note",
    "[[wiki]]",
    "# head",
    "## head ##",
    "#",
    "- item",
    "+ item",
    "1. one",
    "12) x",
    "> quote",
    "---",
    "***",
    "===",
    "| a | b |",
    "|---|---|",
    "    code",
    "\\",
    "\\*",
    "<b>",
    "</blockquote>",
    "</article></main>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "<?php",
    "<!DOCTYPE x>",
    "&amp;",
    "&lt;b&gt;",
    "&#60;",
    "&copy;",
    "& &",
    "\"",
    "'",
    "\" onload=\"x",
    "' x='",
    "</script>",
    "</style>",
    "</title>",
    "{{ title }}",
    "{% include 'x' %}",
    "{# c #}",
    "{{< x >}}",
    "{: .cls}",
    "{#id}",
    "$x$",
    "$$",
    "==mark==",
    "%%c%%",
    ":smile:",
    "^sup^",
    "http://x.example/a",
    "www.x.example",
    "javascript:alert(1)",
    "a@b.example",
    "---\ntitle: x\n---",
    "+++\n",
    "...\n",
    "\r\nBcc: x@y.example",
    "\n\n",
    "\r",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{ffff}",
    "é",
    "橋",
    "😀",
    "=?utf-8?q?x?=",
    ".\r\n.\r\n",
    "--nutgraf-",
    "“",
    "”",
    "»",
    "…",
    ": def",
    "a:",
    "!",
    "(",
    ")",
    "</p>",
    ";",
    ",",
    "$5",
    "US$6",
    "@everyone",
    "@here",
    "<!channel>",
    "<@U12345>",
    "<@&12>",
    "<#C1|x>",
    "<https://x.example|here>",
    "<:a:1>",
    "||spoiler||",
    "-# small",
    "&lt;!here&gt;",
    "</a></b>",
];

/// Returns the form in which a reader should see a text: white space is collapsed and trimmed, and invalid characters
/// are shown as replaced.
fn shown(text: &str) -> String {
    let keeps = |c: char| matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    let one = |c: char| match c {
        c if c.is_whitespace() && !keeps(c) => ' ',
        c if c.is_control() || c == '\u{ffff}' => '\u{fffd}',
        c => c,
    };
    let folded: String = text.chars().map(one).collect();
    folded.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn hostile() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    let joint = prop::sample::select(&["", " ", "\n"][..]);
    prop::collection::vec((piece, joint), 1..5)
        .prop_map(|parts| parts.into_iter().map(|(piece, joint)| piece + joint).collect::<String>())
        .prop_filter("has something to show", |t| shown(t).chars().any(|c| !c.is_whitespace()))
}

/// Addresses that a source may claim, and whether each may be a link.
const ADDRESSES: &[(&str, bool)] = &[
    ("https://x.example/a_(b)_c*d*?e=1&copy=2&lt;#f", true),
    ("http://x.example/\"><script>'`{{x}}\\)|$~[", true),
    ("https://x.example/)](y", true),
    ("javascript:alert(1)", false),
    (" data:text/html,<script>", false),
    ("https://a\n.example/", false),
];

/// Texts to insert wherever a briefing contains text from a source.
#[derive(Debug)]
struct Texts {
    hostile: Vec<String>,
    address: (&'static str, bool),
}

impl Texts {
    fn harmless(&self) -> Self {
        let plain = (0..self.hostile.len()).map(|i| format!("text{i}")).collect();
        Self { hostile: plain, address: ("https://plain.example/", self.address.1) }
    }

    /// Returns the sample with every text of a source, and of the editor, replaced.
    fn briefing(&self) -> Briefing {
        let mut json: Json =
            serde_json::from_str(include_str!("../templates/sample.json")).unwrap();
        let mut next = self.hostile.iter().cycle();
        self.replace(&mut json, "", &mut next);
        serde_json::from_value(json).unwrap()
    }

    fn replace<'a>(
        &'a self,
        json: &mut Json,
        key: &str,
        next: &mut impl Iterator<Item = &'a String>,
    ) {
        match json {
            Json::String(text) => match key {
                // Blank lines separate the editor's paragraphs.
                "intro" | "outro" => *text = shown(next.next().unwrap()),
                // Outlets stay distinct, because equal ones are listed once. Both ends are hostile, except for
                // brackets, which contain an edition: text after the first bracket does not distinguish outlets.
                "source" => {
                    let hostile = next.next().unwrap();
                    *text = if hostile.contains('(') {
                        format!("{text} {hostile}")
                    } else {
                        format!("{hostile} {text} {hostile}")
                    };
                }
                "title" | "text" | "name" | "role" | "byline" | "topic" | "origin" | "outlets" => {
                    next.next().unwrap().clone_into(text);
                }
                "url" => {
                    *text = if self.address.1 { self.address.0.to_owned() } else { self.rejected() }
                }
                _ => {}
            },
            Json::Array(items) => items.iter_mut().for_each(|item| self.replace(item, key, next)),
            Json::Object(fields) => {
                fields.iter_mut().for_each(|(key, value)| self.replace(value, key, next));
            }
            _ => {}
        }
    }

    /// Returns an address that must not be linked to: the hostile one, or a dummy.
    fn rejected(&self) -> String {
        if self.address.0.starts_with("https://plain") {
            "none".to_owned()
        } else {
            self.address.0.to_owned()
        }
    }
}

/// Returns hostile texts. None ends with a full stop, because a role that does is an abbreviated title (`Gov.`) and is
/// printed before the name, which is another structure than that of the harmless text.
fn texts() -> impl Strategy<Value = Texts> {
    let without_stop = |text: String| {
        if shown(&text).ends_with('.') { text + " end" } else { text }
    };
    (prop::collection::vec(hostile().prop_map(without_stop), 3..7), prop::sample::select(ADDRESSES))
        .prop_map(|(hostile, address)| Texts { hostile, address })
}

fn rendered(texts: &Texts, format: Format, template: &str) -> String {
    let template = match template {
        "" => TemplateChoice::Usual,
        name => TemplateChoice::BuiltIn(name.to_owned()),
    };
    let mail = Mail {
        from: Some("Desk <desk@x.example>".to_owned()),
        to: vec!["r@x.example".to_owned()],
        subject: None,
    };
    render::render(&texts.briefing(), format, &Options { template, mail, ..Options::default() })
        .unwrap()
}

/// The structure and the text of a page, separately.
#[derive(Default)]
struct Read {
    structure: String,
    text: String,
}

impl Read {
    /// Makes one line per tag: its kind, without the texts in its attributes.
    fn of_markdown(markdown: &str, extensions: Extensions) -> Self {
        let mut read = Self::default();
        for event in Parser::new_ext(markdown, extensions) {
            match event {
                Event::Text(text) => {
                    if !read.structure.ends_with("text\n") {
                        read.structure.push_str("text\n");
                    }
                    read.text.push_str(&text);
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    let scheme =
                        dest_url.split(':').next().unwrap_or_default().replace("https", "http");
                    _ = writeln!(read.structure, "link {link_type:?} {scheme}");
                }
                Event::End(_) => read.structure.push_str("end\n"),
                other => _ = writeln!(read.structure, "{other:?}"),
            }
        }
        read
    }

    fn of_html(html: &str) -> Self {
        let document = Document::from(html);
        let mut read = Self::default();
        read.walk(&document.root());
        read
    }

    /// Links to email addresses are allowed: see the limits of the Markdown escaper.
    fn walk(&mut self, node: &NodeRef<'_>) {
        for child in node.children() {
            let name = child.node_name().unwrap_or_default().to_string();
            let href = child.attr("href").map(|h| h.to_string()).unwrap_or_default();
            if child.is_text() {
                if !self.structure.ends_with("text\n") {
                    self.structure.push_str("text\n");
                }
                self.text.push_str(&child.text());
            } else if href.starts_with("mailto:") {
                self.walk(&child);
            } else if name == "script" {
                let data: Json = serde_json::from_str(&child.text()).unwrap();
                _ = writeln!(self.structure, "data {}", keys(&data));
            } else {
                let attributes: Vec<_> =
                    child.attrs().iter().map(|a| a.name.local.to_string()).collect();
                let scheme = href.split(':').next().unwrap_or_default().replace("https", "http");
                _ = writeln!(
                    self.structure,
                    "{name} {attributes:?} {}",
                    if scheme.starts_with('#') { "#" } else { &scheme }
                );
                self.walk(&child);
                self.structure.push_str("end\n");
            }
        }
    }

    fn assert_like(&self, harmless: &Self, texts: &[&str]) -> Result<(), TestCaseError> {
        let lines = self.structure.lines().zip(harmless.structure.lines());
        let differs = lines.enumerate().find(|(_, (a, b))| a != b);
        prop_assert!(differs.is_none(), "{:?}", differs);
        prop_assert_eq!(self.structure.len(), harmless.structure.len());
        let found = shown(&self.text);
        for text in texts {
            let text = shown(text);
            prop_assert!(found.contains(&text), "{:?} not in {:?}", text, found);
        }
        Ok(())
    }
}

/// Returns the keys of an object, and those in it.
fn keys(json: &Json) -> String {
    match json {
        Json::Object(fields) => {
            fields.iter().fold(String::new(), |all, (k, v)| format!("{all}{k}({})", keys(v)))
        }
        Json::Array(items) => items.iter().map(keys).collect(),
        _ => String::new(),
    }
}

/// Returns the texts that a reader of the body must see, of one story.
fn body(briefing: &Briefing) -> Vec<&str> {
    let story = &briefing.stories[0];
    let sentences = story.summary.iter().map(|s| s.excerpt.text.as_str());
    let quotes = story.quotes.iter().flat_map(|q| q.excerpts.iter().map(|e| e.text.as_str()));
    let speakers = story.quotes.iter().filter_map(|q| Some(q.speaker.as_ref()?.name.as_str()));
    sentences.chain(quotes).chain(speakers).chain([story.headline.text.as_str()]).collect()
}

/// Splits front matter from the page.
fn front_matter<'a>(page: &'a str, fence: &str) -> (&'a str, &'a str) {
    let rest = page.strip_prefix(fence).unwrap().strip_prefix('\n').unwrap();
    rest.split_once(&format!("\n{fence}\n")).unwrap()
}

fn all_extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_WIKILINKS
}

fn comrak(markdown: &str, github: bool) -> Read {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    if github {
        options.extension.autolink = true;
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options.extension.alerts = true;
    }
    Read::of_html(&comrak::markdown_to_html(markdown, &options))
}

/// Sets a 32nd of the usual number of cases for each invariant; `PROPTEST_CASES` overrides it.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 32, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn markdown_keeps_its_structure(texts in texts()) {
        let (given, plain) = (rendered(&texts, Format::Markdown, ""), rendered(&texts.harmless(), Format::Markdown, ""));
        let briefing = texts.briefing();
        for extensions in [Extensions::empty(), all_extensions()] {
            let read = Read::of_markdown(&given, extensions);
            read.assert_like(&Read::of_markdown(&plain, extensions), &body(&briefing))?;
        }
        for github in [false, true] {
            comrak(&given, github).assert_like(&comrak(&plain, github), &body(&briefing))?;
        }
        for tag in ["{{", "{%", "{#", "{:"] {
            prop_assert!(!given.contains(tag), "{}", given);
        }
    }

    #[test]
    fn flavours_keep_their_structure(texts in texts(), flavour in prop::sample::select(&["github", "obsidian"][..])) {
        let (given, plain) = (rendered(&texts, Format::Markdown, flavour), rendered(&texts.harmless(), Format::Markdown, flavour));
        let briefing = texts.briefing();
        let (given, plain) = match flavour {
            "obsidian" => (front_matter(&given, "---").1, front_matter(&plain, "---").1),
            _ => (given.as_str(), plain.as_str()),
        };
        let extensions = all_extensions() | Extensions::ENABLE_MATH;
        Read::of_markdown(given, extensions).assert_like(&Read::of_markdown(plain, extensions), &body(&briefing))?;
        comrak(given, true).assert_like(&comrak(plain, true), &body(&briefing))?;
    }

    #[test]
    fn front_matter_is_read_as_it_was_meant(texts in texts()) {
        let title = texts.hostile[0].clone();
        let same = |found: Option<&str>| found.is_some_and(|f| f.starts_with(&shown(&title)));
        for flavour in ["hugo", "jekyll", "obsidian"] {
            let page = rendered(&texts, Format::Markdown, flavour);
            let plain = rendered(&texts.harmless(), Format::Markdown, flavour);
            let read = |page: &str| serde_saphyr::from_str::<Json>(front_matter(page, "---").0).unwrap();
            prop_assert_eq!(keys(&read(&page)), keys(&read(&plain)));
            prop_assert!(same(read(&page)["title"].as_str()), "{}: {}", flavour, page);
        }
        let page = rendered(&texts, Format::Markdown, "zola");
        let table: toml::Table = toml::from_str(front_matter(&page, "+++").0).unwrap();
        prop_assert!(same(table["title"].as_str()), "{}", page);
        prop_assert_eq!(table.len(), 4);
    }

    #[test]
    fn a_page_keeps_its_structure(texts in texts()) {
        let (given, plain) = (rendered(&texts, Format::Html, ""), rendered(&texts.harmless(), Format::Html, ""));
        Read::of_html(&given).assert_like(&Read::of_html(&plain), &body(&texts.briefing()))?;
    }

    #[test]
    fn plain_text_has_no_character_that_acts(texts in texts()) {
        let given = rendered(&texts, Format::Text, "");
        prop_assert!(given.chars().all(|c| c == '\n' || !c.is_control()));
        let found = shown(&given).replace(' ', "");
        for text in body(&texts.briefing()) {
            prop_assert!(found.contains(&shown(text).replace(' ', "")), "{:?} not in {}", text, given);
        }
    }

    #[test]
    fn json_is_kept_to_the_letter(texts in texts()) {
        let read: Briefing = serde_json::from_str(&rendered(&texts, Format::Json, "")).unwrap();
        prop_assert_eq!(read, texts.briefing());
    }

    #[test]
    fn a_mail_keeps_its_fields_and_parts(texts in texts()) {
        let (given, plain) = (rendered(&texts, Format::Eml, ""), rendered(&texts.harmless(), Format::Eml, ""));
        prop_assert!(given.is_ascii());
        prop_assert!(given.lines().all(|line| line.len() <= 998));
        let (mail, other) = (MessageParser::new().parse(&given).unwrap(), MessageParser::new().parse(&plain).unwrap());
        let fields = |m: &mail_parser::Message<'_>| m.headers().iter().map(|h| h.name().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(fields(&mail), fields(&other));
        prop_assert_eq!(mail.parts.len(), 3);
        prop_assert!(shown(mail.subject().unwrap()).starts_with(&shown(&texts.hostile[0])), "{:?}", mail.subject());
        let (html, expected) = (mail.body_html(0).unwrap(), other.body_html(0).unwrap());
        Read::of_html(&html).assert_like(&Read::of_html(&expected), &body(&texts.briefing()))?;
        let words = shown(&mail.body_text(0).unwrap()).replace(' ', "");
        for text in body(&texts.briefing()) {
            prop_assert!(words.contains(&shown(text).replace(' ', "")), "{:?} not in {}", text, words);
        }
    }

    #[test]
    fn a_feed_keeps_its_structure(texts in texts()) {
        let (given, plain) = (rendered(&texts, Format::Atom, ""), rendered(&texts.harmless(), Format::Atom, ""));
        let (feed, other) = (feed_rs::parser::parse(given.as_bytes()).unwrap(), feed_rs::parser::parse(plain.as_bytes()).unwrap());
        prop_assert_eq!(elements(&given), elements(&plain));
        let content = |f: &feed_rs::model::Feed| f.entries[0].content.as_ref().unwrap().body.clone().unwrap();
        let briefing = texts.briefing();
        let mut read = Read::of_html(&content(&feed));
        read.text.push_str(&feed.entries[0].title.as_ref().unwrap().content);
        read.assert_like(&Read::of_html(&content(&other)), &body(&briefing))?;
    }

    #[test]
    fn no_text_changes_a_message_of_slack(texts in texts()) {
        if let Some((briefing, given, plain)) = messages(&texts, Chat::Slack) {
            prop_assert!(!given.replace("@\u{2060}", "").contains('@'), "{}", given);
            let read = read_slack(&given.replace('\u{2060}', ""));
            read.assert_like(&read_slack(&plain), &body(&briefing))?;
        }
    }

    #[test]
    fn no_text_changes_a_message_of_discord(texts in texts()) {
        if let Some((briefing, given, plain)) = messages(&texts, Chat::Discord) {
            let flavour = Extensions::ENABLE_STRIKETHROUGH;
            Read::of_markdown(&given, flavour).assert_like(&Read::of_markdown(&plain, flavour), &body(&briefing))?;
            // Mentions and emojis are not Markdown: their opening character is escaped wherever it is.
            let bare = given.replace("\\\\", "").replace("\\@", "").replace("\\<", "").replace("\\:", "");
            prop_assert!(!bare.contains(['@', '<']), "{}", given);
        }
    }

    #[test]
    fn no_text_changes_a_message_of_telegram(texts in texts()) {
        if let Some((briefing, given, plain)) = messages(&texts, Chat::Telegram) {
            prop_assert!(!given.replace("@\u{2060}", "").contains('@'), "{}", given);
            let read = Read::of_html(&given.replace('\u{2060}', ""));
            read.assert_like(&Read::of_html(&plain), &body(&briefing))?;
        }
    }

    #[test]
    fn no_text_adds_a_line_to_a_message_of_ntfy(texts in texts()) {
        if let Some((briefing, given, plain)) = messages(&texts, Chat::Ntfy) {
            let lines = |text: &str| text.lines().map(|line| format!("{}\n", line.is_empty())).collect::<Vec<_>>().concat();
            let read = |text: &str| Read { structure: lines(text), text: text.to_owned() };
            read(&given).assert_like(&read(&plain), &body(&briefing))?;
        }
    }

    #[test]
    fn a_book_keeps_its_structure(texts in texts()) {
        let read = |texts: &Texts| {
            let book = render::epub(&texts.briefing(), &Options::default()).unwrap();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
            let mut all = Read::default();
            for name in ["EPUB/nav.xhtml", "EPUB/package.opf", "EPUB/briefing.xhtml"] {
                let mut text = String::new();
                std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
                all.structure.push_str(&elements(&text));
                all.text.push_str(&Read::of_html(&text).text);
            }
            all
        };
        read(&texts).assert_like(&read(&texts.harmless()), &body(&texts.briefing()))?;
    }
}

/// Returns the message for the first story, and the same with harmless texts; `None` if there is more than one message.
fn messages(texts: &Texts, chat: Chat) -> Option<(Briefing, String, String)> {
    let one = |mut briefing: Briefing| {
        briefing.stories.truncate(1);
        let made =
            render::messages(&briefing, chat, &Options::default(), &BTreeSet::new()).unwrap();
        assert!(made.messages.iter().all(|m| chat.length(&m.text) <= chat.limit()));
        let [message] = &made.messages[..] else { return None };
        Some((briefing, message.text.clone()))
    };
    let ((briefing, given), (_, plain)) =
        (one(texts.briefing())?, one(texts.harmless().briefing())?);
    Some((briefing, given, plain))
}

/// Slack's control sequences: `<…>`; everything else is text with three entities.
fn read_slack(message: &str) -> Read {
    let mut read = Read::default();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('<') {
        let (control, after) = after.split_once('>').unwrap();
        // Only links are written.
        let (target, label) = control.split_once('|').unwrap();
        let scheme = target.split(':').next().unwrap().replace("https", "http");
        _ = writeln!(read.structure, "{} lines, link {scheme}", before.matches('\n').count());
        read.text.push_str(before);
        read.text.push_str(label);
        rest = after;
    }
    assert!(!rest.contains('>'), "{rest}");
    _ = writeln!(read.structure, "{} lines", rest.matches('\n').count());
    read.text.push_str(rest);
    read.text = read.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    read
}

/// Returns the elements of an XML document with the names of their attributes.
fn elements(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut all = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return all,
            quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                _ = writeln!(all, "{}", e.name().as_ref());
                for attribute in e.attributes() {
                    _ = writeln!(all, " {}", attribute.unwrap().key.as_ref());
                }
            }
            quick_xml::events::Event::Text(_) | quick_xml::events::Event::GeneralRef(_) => {}
            other => {
                _ = writeln!(all, "{}", format!("{other:?}").split('(').next().unwrap_or_default());
            }
        }
    }
}
