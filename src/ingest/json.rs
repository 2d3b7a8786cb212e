//! Articles as JSON objects: one, an array of them, or one a line.

use serde::Deserialize;

use crate::article::{Article, ArticleId, Published};
use crate::ingest::{Ingested, Options, layout};
use crate::language::Language;
use crate::warning::Warning;

/// An article as it stands in the input.
#[derive(Debug, Deserialize)]
struct Wire {
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    source: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    text: Option<String>,
}

/// Reads one article a line.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    for (n, line) in bytes.split(|b| *b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Wire>(line) {
            Ok(wire) => ingested.articles.push(adapt(wire, origin, options)),
            Err(error) => ingested.warnings.push(Warning::dropped(
                format!("{origin}:{}", n + 1),
                format!("no article: {error}"),
            )),
        }
    }
    ingested
}

fn adapt(wire: Wire, origin: &str, options: &Options) -> Article {
    let text = wire.text.unwrap_or_default();
    let title = wire.title.unwrap_or_default();
    let layout = layout::layout(&text);
    let given = wire.lang.as_deref().and_then(Language::parse);
    Article {
        id: wire.id.map_or_else(
            || ArticleId::of_content(wire.source.as_deref(), &title, &text),
            ArticleId::given,
        ),
        origin: origin.to_owned(),
        url: wire.url,
        source: wire.source,
        byline: wire.byline,
        published: wire.date.as_deref().and_then(Published::parse),
        lang: given.or(options.lang).unwrap_or(Language::ENGLISH),
        place: layout.place.map(|p| p.of(&text).to_owned()),
        blocks: layout.blocks,
        title,
        text,
        ..Article::default()
    }
}
