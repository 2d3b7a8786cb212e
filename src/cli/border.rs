//! The JSON that goes out: offsets in code points, field names as published.

use serde::Serialize;

use nutgraf::article::{Article, BlockKind, Published};
use nutgraf::language::Language;
use nutgraf::quotes::{Confidence, Quote, QuoteKind, Speaker};
use nutgraf::span::CodePoints;
use nutgraf::stories::{Part, Story, Tie};
use nutgraf::summary::{Explanation, Extract};
use nutgraf::text::{Collection, Document};

#[derive(Serialize)]
pub(crate) struct ArticleOut<'a> {
    id: &'a str,
    origin: &'a str,
    url: Option<&'a str>,
    title: &'a str,
    source: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<Published>,
    place: Option<&'a str>,
    lang: Language,
    text: &'a str,
    blocks: Vec<BlockOut>,
    sentences: Vec<[usize; 2]>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct BlockOut {
    kind: BlockKind,
    start: usize,
    end: usize,
}

impl<'a> ArticleOut<'a> {
    pub(crate) fn new(article: &'a Article, document: &Document) -> Self {
        let points = CodePoints::new(&article.text);
        let block = |b: &nutgraf::article::Block| {
            let [start, end] = points.span(b.span);
            BlockOut { kind: b.kind, start, end }
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
            lang: article.lang,
            text: &article.text,
            blocks: article.blocks.iter().map(block).collect(),
            sentences: document.sentences.iter().map(|s| points.span(s.span)).collect(),
            warnings: article.warnings.iter().map(|w| w.message.clone()).collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct QuotesOut<'a> {
    id: &'a str,
    quotes: Vec<QuoteOut<'a>>,
}

#[derive(Serialize)]
struct QuoteOut<'a> {
    kind: QuoteKind,
    content: Vec<[usize; 2]>,
    cue: Option<[[usize; 2]; 1]>,
    source: Option<[[usize; 2]; 1]>,
    speaker: Option<&'a Speaker>,
    rule: &'a str,
    confidence: Confidence,
}

impl<'a> QuotesOut<'a> {
    pub(crate) fn new(article: &'a Article, quotes: &'a [Quote]) -> Self {
        let points = CodePoints::new(&article.text);
        let quote = |q: &'a Quote| QuoteOut {
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

#[derive(Serialize)]
pub(crate) struct StoryOut<'a> {
    id: &'a str,
    headline: &'a str,
    articles: Vec<&'a str>,
    duplicates: Vec<Vec<&'a str>>,
    sources: &'a [String],
    first: Option<Published>,
    last: Option<Published>,
    score: f64,
    /// What the score is the sum of; only where explanations are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<&'a [Part]>,
    /// What holds the members together; only where explanations are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<Vec<TieOut<'a>>>,
}

#[derive(Serialize)]
struct TieOut<'a> {
    article: &'a str,
    nearest: &'a str,
    similarity: f64,
    terms: &'a [(String, f64)],
}

impl<'a> StoryOut<'a> {
    pub(crate) fn new(collection: &'a Collection, story: &'a Story) -> Self {
        let ids = |group: &Vec<usize>| {
            group.iter().map(|&a| collection.articles[a].id.as_str()).collect()
        };
        Self {
            id: &story.id,
            headline: &collection.articles[story.headline].title,
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

    /// The same with the reasons for its rank and for its members.
    pub(crate) fn explained(
        self,
        collection: &'a Collection,
        story: &'a Story,
        ties: &'a [Tie],
    ) -> Self {
        let id = |article: usize| collection.articles[article].id.as_str();
        let tie = |tie: &'a Tie| TieOut {
            article: id(tie.article),
            nearest: id(tie.nearest),
            similarity: tie.similarity,
            terms: &tie.terms,
        };
        Self { rank: Some(&story.rank.parts), ties: Some(ties.iter().map(tie).collect()), ..self }
    }
}

#[derive(Serialize)]
pub(crate) struct SummaryOut<'a> {
    text: String,
    words: usize,
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    score: f64,
    explanation: &'a Explanation,
}

impl<'a> SummaryOut<'a> {
    pub(crate) fn new(collection: &'a Collection, extract: &'a Extract) -> Self {
        let sentence = |c: &'a nutgraf::summary::Chosen| {
            let article = &collection.articles[c.at.article];
            let span = collection.corpus.documents[c.at.article].sentences[c.at.sentence].span;
            let [start, end] = CodePoints::new(&article.text).span(span);
            SentenceOut {
                article: article.id.as_str(),
                start,
                end,
                text: span.of(&article.text),
                score: c.score.value(),
                explanation: &c.explanation,
            }
        };
        let sentences: Vec<_> = extract.sentences.iter().map(sentence).collect();
        let text = sentences.iter().map(|s| s.text).collect::<Vec<_>>().join(" ");
        Self { words: nutgraf::budget::words(&text), text, sentences }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}
