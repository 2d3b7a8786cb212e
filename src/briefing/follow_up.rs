//! The history of briefings: which stories continue, which parts of them are new, and which texts were shown before.
//!
//! A story that shares an article with an earlier one is the same story and keeps its id. It draws only on new articles
//! and on additions to earlier ones. Apart from its background line, it never repeats a sentence or quote that the
//! reader has seen, whether in this story or another, not even in another outlet's copy of a wire report. If its new
//! articles contain nothing new to the reader, the story is ongoing: it is listed but not reported again.
//!
//! A sentence counts as the same as an earlier one if they share four words out of five ([`SAME`]) and it adds at most
//! one figure, name or day. One changed figure in a long sentence is not news, but a report of a second quake in the
//! same template is. If a shown excerpt is no longer in its article, the briefing reports a correction.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx, Block, BlockKind};
use crate::briefing::model::{Correction, Excerpt, Status};
use crate::identity::facts::Facts;
use crate::language::Language;
use crate::quotes::KeyQuote;
use crate::span::{CodePoints, Span};
use crate::stories::Story;
use crate::summary::SentenceRef;
use crate::text::Collection;

/// The minimum share of the words of the longer sentence that two sentences must have in common to count as the same.
const SAME: f64 = 0.8;

/// The maximum number of new figures, names and days in a sentence that counts as a repetition of an earlier one.
const MOST_NEW_FACTS: usize = 1;

/// The minimum share of a quote's words that a shown text must contain for the quote to count as shown.
const HELD: f64 = 0.95;

/// The minimum share of words, relative to the longer of the two, that a sentence must have in common with a former
/// excerpt to count as its corrected version.
const STILL_ALIKE: f64 = 0.4;

/// The stories and excerpts of earlier briefings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The id of the story in which each article was shown, by the id of the article.
    told: BTreeMap<String, String>,
    /// The ids of the articles that arrived or changed after the last briefing.
    fresh: BTreeSet<String>,
    /// The excerpts shown, the earliest first.
    shown: Seen,
    /// The words of the first excerpt of each story's last appearance, by the id of the story.
    #[serde(alias = "first_shown")]
    last_lede: BTreeMap<String, Vec<String>>,
    /// The earlier versions of articles, by id.
    earlier: BTreeMap<String, Vec<String>>,
    /// Excerpts that were shown but are no longer in their articles.
    revised: Vec<Revised>,
}

/// Texts that the reader has seen, indexed by their words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Vec<String>>", into = "Vec<Vec<String>>")]
struct Seen {
    /// The number of each word.
    numbers: FxHashMap<String, u32>,
    /// The words, indexed by their numbers.
    words: Vec<String>,
    /// For each word, indexed by its number, the texts that contain it.
    with: Vec<Vec<usize>>,
    /// The numbers of the words of each text, sorted.
    texts: Vec<Vec<u32>>,
}

impl From<Vec<Vec<String>>> for Seen {
    fn from(texts: Vec<Vec<String>>) -> Self {
        let mut seen = Self::default();
        for words in &texts {
            seen.add(words);
        }
        seen
    }
}

impl From<Seen> for Vec<Vec<String>> {
    fn from(seen: Seen) -> Self {
        let in_words = |text: &Vec<u32>| {
            let mut words: Vec<String> =
                text.iter().map(|&number| seen.words[number as usize].clone()).collect();
            words.sort_unstable();
            words
        };
        seen.texts.iter().map(in_words).collect()
    }
}

/// A text, reduced to those of its words that occur in some text already seen.
struct Here {
    /// The numbers of the words that occur in some text already seen, sorted.
    known: Vec<u32>,
    /// The total number of words.
    len: usize,
}

impl Seen {
    const fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    fn add(&mut self, words: &[String]) {
        let mut text = Vec::with_capacity(words.len());
        for word in words {
            let number = self.numbers.get(word).copied().unwrap_or_else(|| {
                let number = self.words.len() as u32;
                self.numbers.insert(word.clone(), number);
                self.words.push(word.clone());
                self.with.push(Vec::new());
                number
            });
            let with = &mut self.with[number as usize];
            if with.last() != Some(&self.texts.len()) {
                with.push(self.texts.len());
            }
            text.push(number);
        }
        text.sort_unstable();
        self.texts.push(text);
    }

    fn here(&self, text: &str) -> Here {
        let mut here = Here { known: Vec::new(), len: 0 };
        let mut folded = String::new();
        for word in words_of(text) {
            folded.clear();
            folded.extend(word.chars().flat_map(char::to_lowercase));
            here.known.extend(self.numbers.get(&folded));
            here.len += 1;
        }
        here.known.sort_unstable();
        here
    }

    /// Returns whether one of the texts counts as the same as this one.
    fn has(&self, text: &str, language: Language) -> bool {
        let here = self.here(text);
        let mut facts = None;
        let is_same = |seen: &[u32]| {
            let has_word = |word: &str| {
                let number = self.numbers.get(word);
                number.is_some_and(|number| seen.binary_search(number).is_ok())
            };
            is_share(common(seen, &here.known), SAME, seen.len().max(here.len))
                && facts
                    .get_or_insert_with(|| Facts::from_text(text, language))
                    .missing_in(has_word)
                    <= MOST_NEW_FACTS
        };
        self.any_with(&here, SAME, is_same)
    }

    /// Returns whether one of the texts contains at least 95% ([`HELD`]) of the words of this one.
    fn holds(&self, text: &str) -> bool {
        let here = self.here(text);
        let holds = |seen: &[u32]| is_share(common(seen, &here.known), HELD, here.len);
        self.any_with(&here, HELD, holds)
    }

    /// Returns whether a condition holds for one of the texts. The condition must be false for every text that contains
    /// less than this share of the words.
    ///
    /// A text that lacks at most n of the words contains at least one of any n + 1 of them, so only the texts that
    /// contain one of the n + 1 rarest words are examined.
    fn any_with(&self, here: &Here, share: f64, mut is_true: impl FnMut(&[u32]) -> bool) -> bool {
        let least = (share * here.len as f64).ceil() as usize;
        let few = here.len - least.min(here.len) + 1;
        let Some(few) = few.checked_sub(here.len - here.known.len()) else { return false };
        let mut lists: Vec<&[usize]> =
            here.known.iter().map(|&word| self.with[word as usize].as_slice()).collect();
        lists.sort_unstable_by_key(|list| list.len());
        lists.iter().take(few).any(|list| list.iter().any(|&text| is_true(&self.texts[text])))
    }
}

/// An excerpt that was shown but is no longer in its article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Revised {
    /// The id of the article.
    pub article: String,
    /// The excerpt as it was shown.
    pub text: String,
}

/// The relation of a story to earlier briefings.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Whether the story is new, updated or ongoing.
    pub status: Status,
    /// The id under which the story was last shown.
    pub id: Option<String>,
    /// Whether the story was shown before and none of its articles arrived or changed since the last briefing; if so,
    /// it is neither shown nor listed.
    pub quiet: bool,
    /// The articles that were shown before and contain nothing new.
    pub told: Vec<ArticleIx>,
    /// The sentences that repeat an excerpt that the reader has seen, or a sentence of a shown article or its earlier
    /// versions.
    pub shown: Vec<SentenceRef>,
    /// The first sentence of its last appearance, if a shown article still contains it.
    pub background: Option<SentenceRef>,
}

impl History {
    /// Records that an article was shown in a story.
    pub fn add_told(&mut self, article: &str, story: &str) {
        self.told.insert(article.to_owned(), story.to_owned());
    }

    /// Returns whether an article arrived or changed after the last briefing. If no such article is recorded, as
    /// without a history, every article is new.
    pub(super) fn is_new(&self, article: &str) -> bool {
        self.fresh.is_empty() || self.fresh.contains(article)
    }

    /// Records that an article arrived or changed since the last briefing.
    pub fn add_fresh(&mut self, article: &str) {
        self.fresh.insert(article.to_owned());
    }

    /// Records that a text was shown in a story. Texts must be recorded in chronological order.
    pub fn add_shown(&mut self, story: &str, text: &str) {
        let words = words(text);
        self.shown.add(&words);
        self.last_lede.entry(story.to_owned()).or_insert(words);
    }

    /// Records the first excerpt of a story's last appearance. It must be recorded after all other texts of the story.
    pub fn add_last_lede(&mut self, story: &str, text: &str) {
        self.last_lede.insert(story.to_owned(), words(text));
    }

    /// Records an earlier version of an article.
    pub fn add_earlier(&mut self, article: &str, text: &str) {
        self.earlier.entry(article.to_owned()).or_default().push(text.to_owned());
    }

    /// Records that a shown excerpt is no longer in its article.
    pub fn add_revised(&mut self, article: &str, text: &str) {
        self.revised.push(Revised { article: article.to_owned(), text: text.to_owned() });
    }

    /// Returns the relation of a story to earlier briefings.
    pub fn past_of(&self, collection: &Collection, story: &Story) -> Past {
        let mut told = story.articles.clone();
        told.retain(|&a| self.story_of(collection, a).is_some());
        let id = self.usual_story(collection, &told);
        let mut past = Past { id: id.map(str::to_owned), ..Past::default() };
        let mut has_news = false;
        // An outlet that copies a text already reported adds nothing new.
        let known: Vec<_> = told
            .iter()
            .map(|&a| &collection.articles[a])
            .map(|article| Self::sentences_of(article, std::slice::from_ref(&article.text)))
            .collect();
        for &article in &story.articles {
            let was_told = told.contains(&article);
            let known = if was_told { &[][..] } else { &known };
            let seen = self.seen_of(collection, article, was_told, known, &mut past.shown);
            if was_told && seen == collection.corpus.documents[article].sentences.len() {
                past.told.push(article);
            } else {
                has_news = true;
            }
        }
        past.background = id.and_then(|id| self.background(collection, &told, id));
        past.status = match id {
            None => Status::New,
            Some(_) if has_news => Status::Updated,
            Some(_) => Status::Ongoing,
        };
        let is_fresh = |&a: &ArticleIx| self.fresh.contains(collection.articles[a].id.as_str());
        past.quiet = id.is_some() && !story.articles.iter().any(is_fresh);
        past
    }

    /// Adds the sentences of an article that the reader has seen to `shown`, and returns their number.
    fn seen_of(
        &self,
        collection: &Collection,
        article: ArticleIx,
        was_told: bool,
        known: &[Seen],
        shown: &mut Vec<SentenceRef>,
    ) -> usize {
        let n_sentences = collection.corpus.documents[article].sentences.len();
        let id = collection.articles[article].id.as_str();
        let earlier = self.earlier.get(id).filter(|_| was_told);
        if was_told && earlier.is_none() {
            // The text has not changed since it was shown.
            shown.extend((0..n_sentences).map(|sentence| SentenceRef { article, sentence }));
            return n_sentences;
        }
        let before = earlier.map(|texts| Self::sentences_of(&collection.articles[article], texts));
        let corrected: Vec<Span> = self
            .revised
            .iter()
            .filter(|r| r.article == id)
            .filter_map(|r| closest(&collection.articles[article], &r.text))
            .collect();
        if self.shown.is_empty() && before.is_none() && known.is_empty() && corrected.is_empty() {
            return 0;
        }
        let mut n_seen = 0;
        for sentence in 0..n_sentences {
            let here = collection.sentence_text(article, sentence);
            let span = collection.corpus.documents[article].sentences[sentence].span;
            let lang = collection.articles[article].lang;
            if self.shown.has(here, lang)
                || before.iter().chain(known).any(|texts| texts.has(here, lang))
                || corrected.contains(&span)
            {
                shown.push(SentenceRef { article, sentence });
                n_seen += 1;
            }
        }
        n_seen
    }

    /// Returns the sentences of versions of an article.
    fn sentences_of(article: &Article, texts: &[String]) -> Seen {
        let mut seen = Seen::default();
        for text in texts {
            let span = Span::new(0, text.len());
            let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
            let before = Article { text: text.clone(), blocks, ..article.clone() };
            for sentence in &crate::text::annotate(&before).sentences {
                seen.add(&words(sentence.span.slice(text)));
            }
        }
        seen
    }

    /// Returns the first sentence of the story's last appearance, if a shown article still contains it.
    fn background(
        &self,
        collection: &Collection,
        told: &[ArticleIx],
        id: &str,
    ) -> Option<SentenceRef> {
        let first = self.last_lede.get(id)?;
        told.iter().find_map(|&article| {
            let n = collection.corpus.documents[article].sentences.len();
            let says = |&sentence: &usize| {
                is_same(first, &words(collection.sentence_text(article, sentence)))
            };
            (0..n).find(says).map(|sentence| SentenceRef { article, sentence })
        })
    }

    /// Returns the quotes that the reader has not seen and that are new in their articles.
    pub fn unseen(
        &self,
        collection: &Collection,
        past: &Past,
        quotes: Vec<KeyQuote>,
    ) -> Vec<KeyQuote> {
        let is_new = |quote: &KeyQuote| {
            let mut places = quote.excerpts.iter().chain(&quote.variants);
            !places.any(|p| {
                let article = &collection.articles[p.article];
                let text = p.span.slice(&article.text);
                past.told.contains(&p.article)
                    || self.stood_in_earlier(article, text)
                    || self.shown.has(text, article.lang)
                    || self.shown.holds(text)
            })
        };
        quotes.into_iter().filter(is_new).collect()
    }

    fn stood_in_earlier(&self, article: &Article, text: &str) -> bool {
        self.told.contains_key(article.id.as_str())
            && self
                .earlier
                .get(article.id.as_str())
                .is_some_and(|texts| texts.iter().any(|t| t.contains(text)))
    }

    /// Returns the excerpts that are no longer in their articles, each with the current text if it can be determined.
    pub fn corrections(&self, articles: &[Article]) -> Vec<Correction> {
        let correction = |revised: &Revised| {
            let article = articles.iter().find(|a| a.id.as_str() == revised.article)?;
            let now = closest(article, &revised.text);
            // A change of quotation marks or spaces is not a correction.
            let same = |span: &Span| words(span.slice(&article.text)) == words(&revised.text);
            if now.as_ref().is_some_and(same) {
                return None;
            }
            Some(Correction {
                article: revised.article.clone(),
                shown: revised.text.clone(),
                now: now.map(|span| excerpt(article, span)),
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

    /// Returns the story in which most of the articles were shown; on a tie, the one with the first id.
    fn usual_story(&self, collection: &Collection, told: &[ArticleIx]) -> Option<&str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &article in told {
            *counts.entry(self.story_of(collection, article)?).or_default() += 1;
        }
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(id, _)| id)
    }
}

/// Returns the sentence of an article that is most similar to a former text, if one is similar enough.
fn closest(article: &Article, text: &str) -> Option<Span> {
    let before = words(text);
    let document = crate::text::annotate(article);
    let alike =
        |here: &[String]| common(&before, here) as f64 / before.len().max(here.len()).max(1) as f64;
    let mut best: Option<(f64, Span)> = None;
    for sentence in &document.sentences {
        let likeness = alike(&words(sentence.span.slice(&article.text)));
        if likeness >= STILL_ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, sentence.span));
        }
    }
    best.map(|(_, span)| span)
}

fn excerpt(article: &Article, span: Span) -> Excerpt {
    let [start, end] = CodePoints::new(&article.text).span(span);
    Excerpt {
        article: article.id.to_string(),
        start,
        end,
        text: span.slice(&article.text).to_owned(),
    }
}

/// Returns the words of a text in lower case, sorted.
fn words(text: &str) -> Vec<String> {
    let fold = |word: &str| word.chars().flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = words_of(text).map(fold).collect();
    words.sort_unstable();
    words
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_same(a: &[String], b: &[String]) -> bool {
    is_share(common(a, b), SAME, a.len().max(b.len()))
}

/// Returns whether `some` is at least this share of `all`.
fn is_share(some: usize, share: f64, all: usize) -> bool {
    all > 0 && some as f64 >= share * all as f64
}

/// Counts the words that two sorted lists share; a repeated word counts as often as it occurs in both.
fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
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
