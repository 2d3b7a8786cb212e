//! What earlier briefings told: which stories go on, what of them is new, and what was shown before.
//!
//! A story that shares an article with one told before is that story: it keeps the id. Of such a story only the
//! articles that were not told are drawn on, and no sentence or quote that the reader has seen, not even in another
//! outlet's words for word copy. Without an article that is new, or without a sentence in it that is, the story is
//! ongoing: it is listed, not told again.

use std::collections::BTreeMap;

use crate::article::{Article, ArticleIx};
use crate::briefing::model::{Correction, Excerpt, Status};
use crate::quotes::KeyQuote;
use crate::span::CodePoints;
use crate::stories::Story;
use crate::summary::SentenceRef;
use crate::text::Collection;

/// The share of its words that a sentence has in common with one shown before to count as the same.
const SAME: f64 = 0.8;

/// The share of its words that the new version of a corrected sentence still has.
const STILL_ALIKE: f64 = 0.4;

/// What earlier briefings told and showed.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The story that each article was told in, by their ids.
    told: BTreeMap<String, String>,
    /// What was shown of each story, as sorted words, the earliest first.
    shown: BTreeMap<String, Vec<Vec<String>>>,
    /// What was shown that its article no longer says.
    revised: Vec<Revised>,
}

/// An excerpt that was shown, and that its article no longer contains.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revised {
    /// The id of the article.
    pub article: String,
    /// What was shown.
    pub text: String,
}

/// How a story stands to what was told.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Whether the story is new, updated, or only going on.
    pub status: Status,
    /// The id under which it was told.
    pub id: Option<String>,
    /// Its articles that were told before.
    pub told: Vec<ArticleIx>,
    /// Its sentences that say what was shown before.
    pub shown: Vec<SentenceRef>,
    /// The first sentence that was shown of it, where it still stands.
    pub background: Option<SentenceRef>,
}

impl History {
    /// Notes that an article was told in a story.
    pub fn add_told(&mut self, article: &str, story: &str) {
        self.told.insert(article.to_owned(), story.to_owned());
    }

    /// Notes that a text was shown of a story; the earliest first.
    pub fn add_shown(&mut self, story: &str, text: &str) {
        self.shown.entry(story.to_owned()).or_default().push(words(text));
    }

    /// Notes that an article no longer says what was shown of it.
    pub fn add_revised(&mut self, article: &str, text: &str) {
        self.revised.push(Revised { article: article.to_owned(), text: text.to_owned() });
    }

    /// Returns how a story stands to what was told.
    pub fn past_of(&self, collection: &Collection, story: &Story) -> Past {
        let told: Vec<ArticleIx> = story
            .articles
            .iter()
            .copied()
            .filter(|&a| self.story_of(collection, a).is_some())
            .collect();
        let Some(id) = self.usual_story(collection, &told) else { return Past::default() };
        let shown = self.shown.get(id).map_or(&[][..], Vec::as_slice);
        let mut past = Past { id: Some(id.to_owned()), ..Past::default() };
        for &article in &story.articles {
            for sentence in 0..collection.corpus.documents[article].sentences.len() {
                let here = words(collection.sentence_text(article, sentence));
                let Some(n) = shown.iter().position(|before| is_same(before, &here)) else {
                    continue;
                };
                let at = SentenceRef { article, sentence };
                if n == 0 && past.background.is_none() && told.contains(&article) {
                    past.background = Some(at);
                }
                past.shown.push(at);
            }
        }
        let has_news = story.articles.iter().any(|a| !told.contains(a));
        past.status = if has_news { Status::Updated } else { Status::Ongoing };
        past.told = told;
        past
    }

    /// Returns the quotes that the reader has not seen and that a new article has.
    pub fn unseen(
        &self,
        collection: &Collection,
        past: &Past,
        quotes: Vec<KeyQuote>,
    ) -> Vec<KeyQuote> {
        let Some(id) = &past.id else { return quotes };
        let shown = self.shown.get(id).map_or(&[][..], Vec::as_slice);
        let is_new = |quote: &KeyQuote| {
            let places = || quote.excerpts.iter().chain(&quote.variants);
            let was_told = |p: &crate::quotes::Place| past.told.contains(&p.article);
            let was_shown = |p: &crate::quotes::Place| {
                let here = words(p.span.of(&collection.articles[p.article].text));
                shown.iter().any(|before| is_same(before, &here) || holds(before, &here))
            };
            !places().any(|p| was_told(p) || was_shown(p))
        };
        quotes.into_iter().filter(is_new).collect()
    }

    /// Returns what was shown that the articles no longer say, beside what they say now.
    pub fn corrections(&self, articles: &[Article]) -> Vec<Correction> {
        let correction = |revised: &Revised| {
            let article = articles.iter().find(|a| a.id.as_str() == revised.article)?;
            Some(Correction {
                article: revised.article.clone(),
                shown: revised.text.clone(),
                now: closest(article, &revised.text),
            })
        };
        let mut revised = self.revised.clone();
        revised.sort();
        revised.dedup();
        revised.iter().filter_map(correction).collect()
    }

    fn story_of(&self, collection: &Collection, article: ArticleIx) -> Option<&str> {
        self.told.get(collection.articles[article].id.as_str()).map(String::as_str)
    }

    /// The story that most of the articles were told in, the first by name among equals.
    fn usual_story(&self, collection: &Collection, told: &[ArticleIx]) -> Option<&str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &article in told {
            *counts.entry(self.story_of(collection, article)?).or_default() += 1;
        }
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(id, _)| id)
    }
}

/// The sentence of an article that is most like a text it once had, if one is.
fn closest(article: &Article, text: &str) -> Option<Excerpt> {
    let before = words(text);
    let document = crate::text::annotate(article);
    let alike =
        |here: &[String]| common(&before, here) as f64 / before.len().max(here.len()).max(1) as f64;
    let mut best: Option<(f64, crate::span::Span)> = None;
    for sentence in &document.sentences {
        let likeness = alike(&words(sentence.span.of(&article.text)));
        if likeness >= STILL_ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, sentence.span));
        }
    }
    let (_, span) = best?;
    let [start, end] = CodePoints::new(&article.text).span(span);
    Some(Excerpt {
        article: article.id.to_string(),
        start,
        end,
        text: span.of(&article.text).to_owned(),
    })
}

/// The words of a text in lower case, sorted.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words
}

fn is_same(a: &[String], b: &[String]) -> bool {
    let longer = a.len().max(b.len());
    longer > 0 && common(a, b) as f64 >= SAME * longer as f64
}

/// Returns whether nearly all of the words of the second stand in the first.
fn holds(all: &[String], part: &[String]) -> bool {
    !part.is_empty() && common(all, part) as f64 >= SAME.max(0.95) * part.len() as f64
}

/// How many words two sorted lists share, each as often as in both.
fn common(a: &[String], b: &[String]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}
