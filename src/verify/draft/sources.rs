//! The articles as streams of words that a quotation can be looked up in.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::identity::outlet::Outlets;
use crate::quotes::{self, Quote, QuoteKind, Speaker};
use crate::span::{CodePoints, Span};
use crate::stories;
use crate::text::Collection;
use crate::verify::draft::words::{Word, source_words};
use crate::verify::report::Place;

/// A run of words of one article: its text, or the parts of one quotation joined.
pub(super) struct Stream {
    pub(super) article: ArticleIx,
    pub(super) words: Vec<Word>,
}

/// All articles.
pub(super) struct Sources<'c> {
    pub(super) collection: &'c Collection,
    pub(super) streams: Vec<Stream>,
    /// For each article its quotations, people joined within its story.
    pub(super) quotes: Vec<Vec<Quote>>,
    /// Everybody whom the sources quote by name, each once.
    pub(super) speakers: BTreeSet<Speaker>,
    /// Which names and hosts are of one outlet.
    pub(super) outlets: Outlets,
    /// The positions of each word: stream and place in it. Looked up, never iterated.
    positions: FxHashMap<String, Vec<(usize, usize)>>,
}

impl<'c> Sources<'c> {
    pub(super) fn new(collection: &'c Collection) -> Self {
        let quotes = quotes_by_article(collection);
        let mut streams = Vec::new();
        for (article, a) in collection.articles.iter().enumerate() {
            let all = Span::new(0, a.text.len());
            streams.push(Stream { article, words: source_words(&a.text, all) });
        }
        for (article, quotes) in quotes.iter().enumerate() {
            let text = &collection.articles[article].text;
            for quote in quotes.iter().filter(|q| q.content.len() > 1) {
                let words =
                    quote.content.iter().flat_map(|part| source_words(text, *part)).collect();
                streams.push(Stream { article, words });
            }
        }
        let mut positions: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (s, stream) in streams.iter().enumerate() {
            for (at, word) in stream.words.iter().enumerate() {
                positions.entry(word.folded.clone()).or_default().push((s, at));
            }
        }
        let named = quotes.iter().flatten().filter_map(|q| q.speaker.clone());
        let speakers = named.filter(|s| s.name.starts_with(char::is_uppercase)).collect();
        let outlets = Outlets::of_articles(&collection.articles);
        Self { collection, streams, quotes, speakers, outlets, positions }
    }

    /// Returns the positions of a word, in the order of the streams.
    pub(super) fn positions(&self, word: &str) -> &[(usize, usize)] {
        self.positions.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the words of a stream from `at` on.
    pub(super) fn from(&self, stream: usize, at: usize) -> &[Word] {
        self.streams[stream].words.get(at..).unwrap_or(&[])
    }

    /// Returns whether an article has a word, given in lower case.
    pub(super) fn has_word(&self, article: ArticleIx, word: &str) -> bool {
        self.positions(word).iter().any(|(stream, _)| self.streams[*stream].article == article)
    }

    /// Returns the quotation of an article that a stretch shares most of its length with.
    pub(super) fn quote_at(&self, article: ArticleIx, span: Span) -> Option<&Quote> {
        let quotes = self.quotes[article].iter().filter(|q| q.kind != QuoteKind::Indirect);
        let overlapping = quotes.filter(|q| q.content.iter().any(|part| part.overlaps(span)));
        overlapping.max_by_key(|q| shared(q, span))
    }

    /// Returns a place for the report.
    pub(super) fn place(&self, article: ArticleIx, span: Span) -> Place {
        let article = &self.collection.articles[article];
        let [start, end] = CodePoints::new(&article.text).span(span);
        let text = span.of(&article.text).to_owned();
        Place { article: article.id.to_string(), start, end, text }
    }
}

fn shared(quote: &Quote, span: Span) -> usize {
    let overlap =
        |part: &Span| part.end().min(span.end()).saturating_sub(part.start().max(span.start()));
    quote.content.iter().map(overlap).sum()
}

fn quotes_by_article(collection: &Collection) -> Vec<Vec<Quote>> {
    let mut by_article = vec![Vec::new(); collection.articles.len()];
    for story in stories::group(collection, &stories::Params::default()) {
        let found = quotes::of_story(collection, &story.articles);
        for (&article, quotes) in story.articles.iter().zip(found) {
            by_article[article] = quotes;
        }
    }
    by_article
}
