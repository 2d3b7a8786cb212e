//! Turns the ranges that the program uses into the excerpts of the model, which contain the text and its offsets in
//! code points.

use std::cell::OnceCell;

use crate::article::{Article, ArticleIx};
use crate::briefing::model::Excerpt;
use crate::quotes::Place;
use crate::span::{CodePoints, Span};
use crate::summary::SentenceRef;
use crate::text::Collection;

/// Cites the articles of a collection. The code-point index of each text is built once, when the article is first
/// cited.
pub(super) struct Citer<'c> {
    collection: &'c Collection,
    points: Vec<OnceCell<CodePoints<'c>>>,
}

impl<'c> Citer<'c> {
    pub(super) fn new(collection: &'c Collection) -> Self {
        let points = collection.articles.iter().map(|_| OnceCell::new()).collect();
        Self { collection, points }
    }

    /// Returns the collection whose articles are cited.
    pub(super) const fn collection(&self) -> &'c Collection {
        self.collection
    }

    /// Returns a range of an article as an excerpt.
    pub(super) fn excerpt(&self, article: ArticleIx, span: Span) -> Excerpt {
        let [start, end] = self.points(article).span(span);
        let article = self.article(article);
        let text = span.slice(&article.text).to_owned();
        Excerpt { article: article.id.to_string(), start, end, text }
    }

    /// Returns a location as an excerpt.
    pub(super) fn place(&self, place: Place) -> Excerpt {
        self.excerpt(place.article, place.span)
    }

    /// Returns a sentence as an excerpt.
    pub(super) fn sentence(&self, at: SentenceRef) -> Excerpt {
        let document = &self.collection.corpus.documents[at.article];
        self.excerpt(at.article, document.sentences[at.sentence].span)
    }

    /// Returns an article.
    pub(super) fn article(&self, article: ArticleIx) -> &'c Article {
        &self.collection.articles[article]
    }

    fn points(&self, article: ArticleIx) -> &CodePoints<'c> {
        self.points[article].get_or_init(|| CodePoints::new(&self.article(article).text))
    }
}
