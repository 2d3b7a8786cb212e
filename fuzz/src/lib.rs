//! Shared by the targets: makes articles from any bytes.

use nutgraf::article::{Article, ArticleId};
use nutgraf::read::layout;
use nutgraf::language::Language;
use nutgraf::text::packs::FOLDERS;

/// Splits bytes into articles of one language: the first byte selects it, a zero byte ends an article, and the first
/// line of an article is its title.
pub fn articles(bytes: &[u8]) -> Vec<Article> {
    let Some((first, rest)) = bytes.split_first() else { return Vec::new() };
    let lang = language(*first);
    rest.split(|byte| *byte == 0).enumerate().map(|(n, part)| article(n, part, lang)).collect()
}

/// Makes one article from all bytes; the first byte selects its language.
pub fn one_article(bytes: &[u8]) -> Option<Article> {
    let (first, rest) = bytes.split_first()?;
    let text = String::from_utf8_lossy(rest).into_owned();
    Some(Article { lang: language(*first), blocks: layout::blocks(&text), text, ..Article::default() })
}

fn language(byte: u8) -> Language {
    Language::parse(FOLDERS[byte as usize % FOLDERS.len()].code).unwrap_or_default()
}

fn article(n: usize, bytes: &[u8], lang: Language) -> Article {
    let whole = String::from_utf8_lossy(bytes);
    let (title, text) = whole.split_once('\n').unwrap_or(("", &whole));
    Article {
        id: ArticleId::given(format!("a{n}")),
        title: title.to_owned(),
        source: Some(format!("Post {}", n % 3)),
        lang,
        blocks: layout::blocks(text),
        text: text.to_owned(),
        ..Article::default()
    }
}
