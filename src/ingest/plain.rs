//! Plain text: wire stories and page dumps.

use crate::article::{Article, ArticleId};
use crate::ingest::{Ingested, Options, layout};
use crate::language::Language;

/// Reads a text.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let all = String::from_utf8_lossy(bytes);
    let (title, text) = all.split_once('\n').unwrap_or(("", &all));
    let article = Article {
        id: ArticleId::of_content(None, title, text),
        origin: origin.to_owned(),
        title: title.trim().to_owned(),
        lang: options.lang.unwrap_or(Language::ENGLISH),
        blocks: layout::blocks(text),
        text: text.to_owned(),
        ..Article::default()
    };
    Ingested { articles: vec![article], ..Ingested::default() }
}
