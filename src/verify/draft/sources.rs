//! The articles as streams of words in which quotations are looked up: texts, joined parts of quotations, and titles.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::identity::outlet::Outlets;
use crate::identity::person::Speakers;
use crate::quotes::{self, Quote, QuoteKind, Speaker};
use crate::span::{CodePoints, Span};
use crate::stories;
use crate::text::Collection;
use crate::verify::draft::cited::fold_title;
use crate::verify::draft::comparable_words::{Word, source_words, words};
use crate::verify::draft::find::Match;
use crate::verify::draft::printed_titles::PrintedTitles;
use crate::verify::report::Place;

/// The part of an article that a range belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Text,
    Title,
}

/// The words of one article: its text, the joined parts of one of its quotations, or its title.
pub(super) struct Stream {
    pub(super) article: ArticleIx,
    pub(super) part: Part,
    pub(super) words: Vec<Word>,
}

/// A title, prepared for comparison with references.
pub(super) struct Title {
    /// The title in lower case, without its leading article, spaces and punctuation.
    pub(super) folded: String,
    /// The number of words in the title.
    pub(super) words: usize,
}

impl Title {
    fn new(title: &str) -> Self {
        Self { folded: fold_title(title), words: title.split_whitespace().count() }
    }
}

/// All articles, prepared for look-ups.
pub(super) struct Sources<'c> {
    pub(super) collection: &'c Collection,
    pub(super) streams: Vec<Stream>,
    /// The quotations of each article, with speakers resolved within its story.
    pub(super) quotes: Vec<Vec<Quote>>,
    /// The speakers whom the sources quote by name, without duplicates.
    pub(super) speakers: Speakers,
    /// The outlets of the articles, each with its names and hosts.
    pub(super) outlets: Outlets,
    /// The comparison key of each article's outlet.
    pub(super) outlet_keys: Vec<Option<String>>,
    /// The title of each article, prepared for comparison.
    pub(super) titles: Vec<Title>,
    pub(super) printed: PrintedTitles,
    /// The positions of each word, as stream and index in the stream. The map is never iterated, so its order does not
    /// matter.
    positions: FxHashMap<String, Vec<(usize, usize)>>,
}

impl<'c> Sources<'c> {
    pub(super) fn new(collection: &'c Collection) -> Self {
        let quotes = quotes_by_article(collection);
        let mut streams = Vec::new();
        for (article, a) in collection.articles.iter().enumerate() {
            let all = Span::new(0, a.text.len());
            let words = source_words(&a.text, all);
            streams.push(Stream { article, part: Part::Text, words });
        }
        for (article, quotes) in quotes.iter().enumerate() {
            let text = &collection.articles[article].text;
            for quote in quotes.iter().filter(|q| q.content.len() > 1) {
                let words =
                    quote.content.iter().flat_map(|part| source_words(text, *part)).collect();
                streams.push(Stream { article, part: Part::Text, words });
            }
        }
        for (article, a) in collection.articles.iter().enumerate() {
            let words = words(&a.title, Span::new(0, a.title.len()));
            streams.push(Stream { article, part: Part::Title, words });
        }
        let mut positions: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (s, stream) in streams.iter().enumerate() {
            for (at, word) in stream.words.iter().enumerate() {
                positions.entry(word.folded.clone()).or_default().push((s, at));
            }
        }
        let named = quotes.iter().flatten().filter_map(|q| q.speaker.as_ref());
        let named: BTreeSet<&Speaker> =
            named.filter(|s| s.name.starts_with(char::is_uppercase)).collect();
        let speakers =
            Speakers::new(named.into_iter().map(|s| (s.name.as_str(), s.role.as_deref())));
        let outlets = Outlets::from_articles(&collection.articles);
        let titles: Vec<&str> = collection.articles.iter().map(|a| a.title.as_str()).collect();
        Self {
            collection,
            streams,
            quotes,
            speakers,
            outlet_keys: collection.articles.iter().map(|a| outlets.key_of(a)).collect(),
            outlets,
            printed: PrintedTitles::new(&titles),
            titles: titles.into_iter().map(Title::new).collect(),
            positions,
        }
    }

    /// Returns the positions of a word, in the order of the streams.
    pub(super) fn positions(&self, word: &str) -> &[(usize, usize)] {
        self.positions.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the words of a stream from `at` on.
    pub(super) fn from(&self, stream: usize, at: usize) -> &[Word] {
        self.streams[stream].words.get(at..).unwrap_or(&[])
    }

    /// Returns a range of the text or title that a stream belongs to, as a match.
    pub(super) fn matched(&self, stream: usize, span: Span) -> Match {
        let Stream { article, part, .. } = self.streams[stream];
        Match { part, article, span }
    }

    /// Returns whether the text or title of an article contains a word, given in lower case.
    pub(super) fn has_word(&self, article: ArticleIx, word: &str) -> bool {
        self.positions(word).iter().any(|(stream, _)| self.streams[*stream].article == article)
    }

    /// Returns the direct or mixed quotation of an article that shares the most text with a match; none for a match in
    /// a title.
    pub(super) fn quote_at(&self, at: Match) -> Option<&Quote> {
        let Match { article, part, span } = at;
        if part == Part::Title {
            return None;
        }
        let quotes = self.quotes[article].iter().filter(|q| q.kind != QuoteKind::Indirect);
        let overlapping = quotes.filter(|q| q.content.iter().any(|part| part.overlaps(span)));
        overlapping.max_by_key(|q| shared(q, span))
    }

    /// Returns whether any article belongs to the outlet with this comparison key.
    pub(super) fn has_outlet(&self, key: &str) -> bool {
        self.outlet_keys.iter().any(|known| known.as_deref() == Some(key))
    }

    /// Returns the text or the title of an article.
    pub(super) fn text(&self, article: ArticleIx, part: Part) -> &'c str {
        let article = &self.collection.articles[article];
        match part {
            Part::Text => &article.text,
            Part::Title => &article.title,
        }
    }

    /// Returns a range of an article's text for the report.
    pub(super) fn place(&self, article: ArticleIx, span: Span) -> Place {
        self.place_of(Match { article, part: Part::Text, span })
    }

    /// Returns a match for the report.
    pub(super) fn place_of(&self, at: Match) -> Place {
        let text = self.text(at.article, at.part);
        let [start, end] = CodePoints::new(text).span(at.span);
        Place {
            article: self.collection.articles[at.article].id.to_string(),
            in_title: at.part == Part::Title,
            start,
            end,
            text: at.span.slice(text).to_owned(),
        }
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
