//! Puts any text into every field of a briefing: every format can be written, and Markdown and HTML keep their
//! structure.
#![no_main]

use dom_query::Document;
use libfuzzer_sys::fuzz_target;
use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Error, Format, Mail, Options};
use pulldown_cmark::{Event, Parser, Tag};

const SAMPLE: &str = include_str!("../../templates/sample.json");

fuzz_target!(|text: &str| {
    // A text without visible characters is left out, which rightly changes the structure.
    if !text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
        return;
    }
    let (given, plain) = (briefing(text), briefing("plain"));
    for (_, format) in Format::NAMES {
        match render::render(&given, *format, &options()) {
            Ok(_) | Err(Error::TooLarge { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    let markdown = |briefing| blocks(&rendered(briefing, Format::Markdown));
    assert_eq!(markdown(&given), markdown(&plain), "{text:?}");
    let page = |briefing| elements(&rendered(briefing, Format::Html));
    assert_eq!(page(&given), page(&plain), "{text:?}");
});

fn briefing(text: &str) -> Briefing {
    let mut briefing: Briefing = serde_json::from_str(SAMPLE).unwrap();
    briefing.title = text.to_owned();
    for story in &mut briefing.stories {
        story.headline.text = text.to_owned();
        for sentence in &mut story.summary {
            sentence.excerpt.text = text.to_owned();
        }
        for excerpt in story.quotes.iter_mut().flat_map(|q| &mut q.excerpts) {
            excerpt.text = text.to_owned();
        }
        for speaker in story.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
            speaker.name = text.to_owned();
        }
    }
    for article in &mut briefing.articles {
        article.title = text.to_owned();
        article.source = Some(text.to_owned());
    }
    briefing
}

fn rendered(briefing: &Briefing, format: Format) -> String {
    render::render(briefing, format, &options()).unwrap()
}

fn options() -> Options {
    let address = || "desk@x.example".to_owned();
    let mail = Mail { from: Some(address()), to: vec![address()], subject: None };
    Options { mail, ..Options::default() }
}

fn blocks(markdown: &str) -> Vec<String> {
    let mut kinds: Vec<String> = Parser::new(markdown).map(kind).collect();
    kinds.dedup();
    kinds
}

fn kind(event: Event<'_>) -> String {
    match event {
        Event::Text(_) => "text".to_owned(),
        Event::Start(Tag::Link { .. }) => "link".to_owned(),
        other => format!("{other:?}"),
    }
}

fn elements(html: &str) -> Vec<String> {
    let document = Document::from(html);
    let nodes = document.root().descendants();
    nodes
        .iter()
        .filter(|n| n.is_element())
        .map(|n| n.node_name().unwrap_or_default().to_string())
        .collect()
}
