//! The published JSON: the records that the commands `nutgraf read`, `nutgraf quotes`, `nutgraf stories` and
//! `nutgraf summarize` write, for programs that need the same JSON.
//!
//! Offsets are Unicode code points into the article's `text`, start inclusive, end exclusive, as in the W3C Web
//! Annotation `TextPositionSelector`. The names and the meaning of fields change incompatibly only with a new major
//! version of the crate (before 1.0: a new minor version). The record of a whole briefing is
//! [`Briefing`](crate::briefing::Briefing) itself.

use serde::Serialize;

use crate::article::{Article, ArticleIx, BlockKind, Extent, Published};
use crate::language::Language;
use crate::quotes::{Confidence, Quote, QuoteKind, Speaker};
use crate::span::CodePoints;
use crate::stories::{Part, Sketch, Story, Tie};
use crate::summary::{Explanation, Extract};
use crate::text::{Collection, Document};

/// A cleaned article with its blocks and sentences.
#[derive(Debug, Serialize)]
pub struct ArticleRecord<'a> {
    id: &'a str,
    origin: &'a str,
    url: Option<&'a str>,
    title: &'a str,
    source: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<Published>,
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    lang: Language,
    text: &'a str,
    blocks: Vec<BlockRecord>,
    sentences: Vec<[usize; 2]>,
    /// The extent of the text, unless it is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    extent: Option<&'static str>,
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct BlockRecord {
    kind: BlockKind,
    start: usize,
    end: usize,
}

impl<'a> ArticleRecord<'a> {
    /// Makes the record of an article, with the sentences of its document.
    pub fn new(article: &'a Article, document: &Document) -> Self {
        let points = CodePoints::new(&article.text);
        let block = |b: &crate::article::Block| {
            let [start, end] = points.span(b.span);
            BlockRecord { kind: b.kind, start, end }
        };
        Self {
            id: article.id.as_str(),
            origin: &article.origin,
            url: article.url.as_deref(),
            title: &article.title,
            source: article.source.as_deref(),
            byline: article.byline.as_deref(),
            published: article.published,
            place: article.place.as_deref(),
            section: article.section.as_deref(),
            lang: article.lang,
            text: &article.text,
            blocks: article.blocks.iter().map(block).collect(),
            sentences: document.sentences.iter().map(|s| points.span(s.span)).collect(),
            extent: Some(article.extent()).filter(|e| *e != Extent::Whole).map(Extent::name),
            warnings: article.warnings.iter().map(|w| w.message.clone()).collect(),
        }
    }
}

/// The quotations of one article, as the command `nutgraf quotes` writes them: ranges without text.
///
/// ```json
/// {"id": "a1", "quotes": [{"kind": "direct", "content": [[1, 25]], "cue": [[27, 31]], "source": [[32, 47]],
///  "speaker": {"name": "Ana Quill", "role": "Mayor"}, "rule": "after_inverted", "confidence": "high"}]}
/// ```
///
/// [`Quotation`](crate::Quotation) is the simpler record, with the words themselves.
#[derive(Debug, Serialize)]
pub struct QuotesRecord<'a> {
    id: &'a str,
    quotes: Vec<QuoteRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct QuoteRecord<'a> {
    kind: QuoteKind,
    content: Vec<[usize; 2]>,
    cue: Option<[[usize; 2]; 1]>,
    source: Option<[[usize; 2]; 1]>,
    speaker: Option<&'a Speaker>,
    rule: &'a str,
    confidence: Confidence,
}

impl<'a> QuotesRecord<'a> {
    /// Makes the record of the quotations found in an article.
    pub fn new(article: &'a Article, quotes: &'a [Quote]) -> Self {
        let points = CodePoints::new(&article.text);
        let quote = |q: &'a Quote| QuoteRecord {
            kind: q.kind,
            content: q.content.iter().map(|s| points.span(*s)).collect(),
            cue: q.cue.map(|s| [points.span(s)]),
            source: q.source.map(|s| [points.span(s)]),
            speaker: q.speaker.as_ref(),
            rule: q.rule,
            confidence: q.confidence,
        };
        Self { id: article.id.as_str(), quotes: quotes.iter().map(quote).collect() }
    }
}

/// A story: the articles that report one event.
#[derive(Debug, Serialize)]
pub struct StoryRecord<'a> {
    id: &'a str,
    headline: &'a str,
    articles: Vec<&'a str>,
    duplicates: Vec<Vec<&'a str>>,
    sources: &'a [String],
    first: Option<Published>,
    last: Option<Published>,
    score: f64,
    /// The parts of the score, if an explanation was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<&'a [Part]>,
    /// The ties between the members, if an explanation was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<Vec<TieRecord<'a>>>,
}

#[derive(Debug, Serialize)]
struct TieRecord<'a> {
    article: &'a str,
    nearest: &'a str,
    similarity: f64,
    terms: &'a [(String, f64)],
}

impl<'a> StoryRecord<'a> {
    /// Makes the record of a story whose articles are among `sketches`.
    pub fn new(sketches: &'a [Sketch], story: &'a Story) -> Self {
        let id = |article: ArticleIx| sketches[article].id().as_str();
        let ids = |group: &Vec<ArticleIx>| group.iter().map(|&a| id(a)).collect();
        Self {
            id: &story.id,
            headline: sketches[story.headline].title(),
            articles: ids(&story.articles),
            duplicates: story.duplicates.iter().map(ids).collect(),
            sources: &story.sources,
            first: story.first,
            last: story.last,
            score: story.score.value(),
            rank: None,
            ties: None,
        }
    }

    /// Adds the reasons for the story's rank and for its members.
    #[must_use]
    pub fn explained(self, sketches: &'a [Sketch], story: &'a Story, ties: &'a [Tie]) -> Self {
        let id = |article: ArticleIx| sketches[article].id().as_str();
        let tie = |tie: &'a Tie| TieRecord {
            article: id(tie.article),
            nearest: id(tie.nearest),
            similarity: tie.similarity,
            terms: &tie.terms,
        };
        Self { rank: Some(&story.rank.parts), ties: Some(ties.iter().map(tie).collect()), ..self }
    }
}

/// A summary, sentence by sentence.
#[derive(Debug, Serialize)]
pub struct SummaryRecord<'a> {
    text: String,
    words: usize,
    sentences: Vec<SentenceRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct SentenceRecord<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    score: f64,
    explanation: &'a Explanation,
}

impl<'a> SummaryRecord<'a> {
    /// Makes the record of an extract from the collection.
    pub fn new(collection: &'a Collection, extract: &'a Extract) -> Self {
        let sentence = |c: &'a crate::summary::Chosen| {
            let article = &collection.articles[c.at.article];
            let span = collection.corpus.documents[c.at.article].sentences[c.at.sentence].span;
            let [start, end] = CodePoints::new(&article.text).span(span);
            SentenceRecord {
                article: article.id.as_str(),
                start,
                end,
                text: span.slice(&article.text),
                score: c.score.value(),
                explanation: &c.explanation,
            }
        };
        let sentences: Vec<_> = extract.sentences.iter().map(sentence).collect();
        let text = joined(&sentences.iter().map(|s| s.text).collect::<Vec<_>>());
        Self { words: crate::budget::words(&text), text, sentences }
    }

    /// Returns the sentences as one paragraph.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Joins sentences into a paragraph: with a space between two sentences, unless the characters that meet there both
/// belong to a script without spaces.
pub(crate) fn joined(sentences: &[&str]) -> String {
    let is_spaceless = |c: char| {
        crate::budget::is_cjk(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
    };
    let mut text = String::new();
    for sentence in sentences {
        let touches = text.ends_with(is_spaceless) && sentence.starts_with(is_spaceless);
        if !text.is_empty() && !touches {
            text.push(' ');
        }
        text.push_str(sentence);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn scripts_without_spaces_are_joined_without_one() {
        assert_eq!(joined(&["The port closed.", "Ships wait."]), "The port closed. Ships wait.");
        assert_eq!(joined(&["港は閉鎖された。", "船は待つ。"]), "港は閉鎖された。船は待つ。");
        assert_eq!(joined(&["港口关闭。", "Ships wait."]), "港口关闭。 Ships wait.");
    }
}
