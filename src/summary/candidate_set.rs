//! The sentences of a story's independent articles, side by side, with what every method asks of them.
//!
//! Articles are taken in the order of their ids, so that nothing depends on the order of the input.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::budget::{self, Budget};
use crate::parallel;
use crate::stories::Story;
use crate::summary::concepts::Concepts;
use crate::summary::context_dependence::{self, Leaning};
use crate::summary::feature::document_frequency;
use crate::summary::filters::{self, Unfit};
use crate::summary::marks::{self, Balance};
use crate::summary::temporal_deixis::{self, Anchor};
use crate::summary::token_buffer::Wording;
use crate::summary::{Params, SentenceRef, method};
use crate::text::Collection;

/// The sentences that a summary is chosen from.
#[derive(Debug)]
pub(crate) struct CandidateSet<'c> {
    /// The articles and their annotation.
    pub(crate) collection: &'c Collection,
    /// The articles that stand for themselves, in the order of their ids.
    pub(crate) articles: Vec<Source>,
    /// The sentences of prose, article after article.
    pub(crate) entries: Vec<Entry>,
    /// The concepts of each entry.
    pub(crate) concepts: Concepts,
    /// How much each entry counts for what it is the first of its article to tell.
    pub(crate) tellings: Vec<f64>,
    /// What there is room for.
    pub(crate) room: Room,
    /// The entries that stand for a choice, as the groups that must be shown together.
    pub(crate) units: Vec<Unit>,
    /// Entries that count as told already.
    pub(crate) told: Vec<usize>,
    /// For each entry the first one of the same text: agencies are copied, and minutes repeat themselves.
    pub(crate) same_as: Vec<usize>,
    /// What the words of each entry say against it, found when it is asked for the first time.
    judged: Vec<OnceLock<Option<Unfit>>>,
    /// Whether no unit can stand by the rules, so that all are offered that need not be left out for good.
    lenient: bool,
}

/// An article of the pool.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Which article.
    pub(crate) article: ArticleIx,
    /// Its first entry.
    pub(crate) first: usize,
    /// The entry after its last.
    pub(crate) end: usize,
    /// How much it counts.
    pub(crate) weight: f64,
    /// Whether a sentence must be taken from it.
    pub(crate) pinned: bool,
    /// Most words that may be shown of it.
    pub(crate) most_words: usize,
}

impl Source {
    /// Returns how many sentences it has.
    pub(crate) const fn len(&self) -> usize {
        self.end - self.first
    }
}

/// A sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Where it stands.
    pub(crate) at: SentenceRef,
    /// Its article, by its place in [`CandidateSet::articles`].
    pub(crate) source: usize,
    /// What it costs in the units of the budget.
    pub(crate) cost: usize,
    /// Its words.
    pub(crate) words: usize,
    /// How it leans on the sentence before it.
    pub(crate) leaning: Option<Leaning>,
    /// Why it cannot be shown, as far as that hangs on no word of its language; see [`CandidateSet::unfit`].
    unfit: Option<Unfit>,
}

/// Entries `first..=last` of one article that are shown together: the last is the one that is chosen, those before
/// it are what it leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The first entry.
    pub(crate) first: usize,
    /// The last entry.
    pub(crate) last: usize,
}

/// What there is room for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The sum of costs that is never exceeded.
    pub(crate) limit: usize,
    /// What is saved because the last sentence needs no separator.
    separator: usize,
    /// From how many articles at least.
    pub(crate) min_sources: usize,
    /// Whether these are asked for, even where they tell the same.
    pub(crate) must_draw: bool,
}

impl Room {
    /// Returns the units of the budget that a sum of costs uses.
    pub(crate) const fn used(self, costs: usize) -> usize {
        costs.saturating_sub(self.separator)
    }
}

/// Sentences that a leaning one may take along.
const LONGEST_CHAIN: usize = 2;

/// Least articles that a story of several draws on.
const MIN_SOURCES: usize = 2;

impl<'c> CandidateSet<'c> {
    /// Gathers the sentences of a story.
    pub(crate) fn new(
        collection: &'c Collection,
        story: &Story,
        budget: Budget,
        params: &Params,
    ) -> Self {
        let mut articles = story.independent();
        articles.sort_by(|&a, &b| collection.articles[a].id.cmp(&collection.articles[b].id));
        let several = articles.len() > 1;
        let budget = match budget {
            Budget::Ratio(_) => budget.resolved(words_of(collection, &articles)),
            Budget::Words(_) | Budget::Sentences(_) | Budget::Chars(_) => budget,
        };
        let separator = usize::from(matches!(budget, Budget::Chars(_)));
        let mut pool = Self {
            collection,
            articles: Vec::with_capacity(articles.len()),
            entries: Vec::new(),
            concepts: Concepts::default(),
            room: Room {
                limit: budget.limit() + separator,
                separator,
                min_sources: params.min_sources.unwrap_or(MIN_SOURCES),
                must_draw: params.min_sources.is_some(),
            },
            units: Vec::new(),
            told: Vec::new(),
            tellings: Vec::new(),
            same_as: Vec::new(),
            judged: Vec::new(),
            lenient: false,
        };
        let read = |&article: &ArticleIx| read(collection, article, budget, several, params);
        for (entries, article) in parallel::map_in_order(&articles, read).into_iter().zip(&articles)
        {
            pool.push(entries, *article, params);
        }
        pool.same_as = first_of_each_text(collection, &pool.entries);
        pool.judged.resize_with(pool.entries.len(), OnceLock::new);
        pool.tellings = document_frequency::tellings(&pool.articles);
        let scope = method::scope(params.method, several);
        pool.concepts =
            Concepts::new(collection, &pool.articles, &pool.entries, scope, &pool.tellings);
        pool.mark_shown(params);
        pool.join_units();
        pool
    }

    /// Returns the place of an entry among the sentences of its article.
    pub(crate) fn place(&self, entry: usize) -> usize {
        entry - self.articles[self.entries[entry].source].first
    }

    /// Returns the day that an entry counts its days from, if it does.
    pub(crate) fn anchor(&self, entry: usize) -> Option<Anchor> {
        temporal_deixis::anchor(self, &self.entries[entry])
    }

    /// Returns whether an entry may be chosen, with what it leans on.
    pub(crate) fn is_offered(&self, entry: usize) -> bool {
        let unit = self.units.binary_search_by_key(&entry, |u| u.last);
        unit.is_ok_and(|at| self.stands(self.units[at]))
    }

    /// Returns whether nothing in the words of a unit's entries speaks against showing it.
    ///
    /// Few of a large story's sentences are ever asked: those that are worth much.
    pub(crate) fn stands(&self, unit: Unit) -> bool {
        self.lenient || (unit.first..=unit.last).all(|entry| self.unfit(entry).is_none())
    }

    /// Returns why an entry cannot be shown.
    pub(crate) fn unfit(&self, entry: usize) -> Option<Unfit> {
        let Entry { at, unfit, .. } = self.entries[entry];
        unfit.or_else(|| {
            *self.judged[entry].get_or_init(|| {
                let language = self.collection.corpus.documents[at.article].language;
                let text = self.collection.sentence_text(at.article, at.sentence);
                let mut wording = Wording::new(language);
                wording.read(text);
                filters::unfit_by_words(text, self.entries[entry].words, &wording)
            })
        })
    }

    /// Returns whether there are several articles that stand for themselves.
    pub(crate) const fn has_several_articles(&self) -> bool {
        self.articles.len() > 1
    }

    fn push(&mut self, entries: Vec<Entry>, article: ArticleIx, params: &Params) {
        let (first, source) = (self.entries.len(), self.articles.len());
        let words: usize = entries.iter().map(|e| e.words).sum();
        self.entries.extend(entries.into_iter().map(|e| Entry { source, ..e }));
        let weight = params.weights.iter().find(|(a, _)| *a == article).map_or(1.0, |(_, w)| *w);
        self.articles.push(Source {
            article,
            first,
            end: self.entries.len(),
            weight,
            pinned: params.pinned.contains(&article),
            most_words: params
                .max_share
                .map_or(usize::MAX, |share| (words as f64 * share) as usize),
        });
    }

    /// Marks what is shown elsewhere.
    fn mark_shown(&mut self, params: &Params) {
        let shown: FxHashSet<SentenceRef> = params.shown.iter().copied().collect();
        if shown.is_empty() && params.quoted.is_empty() {
            return;
        }
        for (i, entry) in self.entries.iter_mut().enumerate() {
            let sentences = &self.collection.corpus.documents[entry.at.article].sentences;
            let span = sentences[entry.at.sentence].span;
            let quoted =
                |(article, s): &(ArticleIx, _)| *article == entry.at.article && span.overlaps(*s);
            if shown.contains(&entry.at) || params.quoted.iter().any(quoted) {
                entry.unfit = Some(Unfit::Shown);
                self.told.push(i);
            }
        }
    }

    /// Groups each sentence that may be chosen with those that it leans on. Where no sentence may be chosen, every
    /// one that must not be left out for good may.
    fn join_units(&mut self) {
        self.units = (0..self.entries.len()).filter_map(|e| self.unit(e)).collect();
        self.lenient = !self.units.iter().any(|u| self.stands(*u));
        if self.lenient {
            let left = |e: &usize| self.entries[*e].unfit.is_none_or(|u| !u.is_final());
            self.units =
                (0..self.entries.len()).filter(left).map(|e| Unit { first: e, last: e }).collect();
        }
    }

    fn unit(&self, last: usize) -> Option<Unit> {
        let source = &self.articles[self.entries[last].source];
        let mut first = last;
        loop {
            let entry = &self.entries[first];
            if entry.unfit.is_some() {
                return None;
            }
            if entry.leaning.is_none() {
                return Some(Unit { first, last });
            }
            if first == source.first || last - first == LONGEST_CHAIN {
                return None;
            }
            first -= 1;
        }
    }
}

/// Returns for each entry the first one that has its text.
fn first_of_each_text(collection: &Collection, entries: &[Entry]) -> Vec<usize> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let text = |entry: &Entry| collection.sentence_text(entry.at.article, entry.at.sentence);
    entries.iter().enumerate().map(|(at, e)| *first.entry(text(e)).or_insert(at)).collect()
}

/// Returns the sentences of an article's prose; which source they are of is not known yet.
fn read(
    collection: &Collection,
    article: ArticleIx,
    budget: Budget,
    several: bool,
    params: &Params,
) -> Vec<Entry> {
    let document = &collection.corpus.documents[article];
    let blocks = &collection.articles[article].blocks;
    let banned = params.banned.contains(&article);
    let mut wording = Wording::new(document.language);
    let mut entries = Vec::with_capacity(document.sentences.len());
    let mut quotation = Quotation::default();
    for (sentence, s) in document.sentences.iter().enumerate() {
        if !blocks.get(s.block as usize).is_some_and(|b| b.kind.is_prose()) {
            continue;
        }
        let text = collection.sentence_text(article, sentence);
        let at = SentenceRef { article, sentence };
        let words = budget::words(text);
        let balance = marks::balance(text);
        let unfit = if banned {
            Some(Unfit::Banned)
        } else if params.without.binary_search(&at).is_ok() {
            Some(Unfit::LeftOut)
        } else if quotation.goes_on(s.block, balance) || balance != Balance::Even {
            Some(Unfit::HalfQuotation)
        } else {
            filters::unfit(text, words, document.language, several)
        };
        let cost = match budget {
            Budget::Words(_) | Budget::Ratio(_) => words,
            Budget::Sentences(_) | Budget::Chars(_) => budget.cost(text),
        };
        let leaning = context_dependence::of(text, &mut wording);
        entries.push(Entry { at, source: 0, cost, words, leaning, unfit });
    }
    entries
}

/// Whether a quotation of several sentences is going on.
///
/// What stands between its marks may look like a sentence of the reporter: "It was hot. Nobody came. We left."
#[derive(Clone, Copy, Debug, Default)]
struct Quotation {
    block: u32,
    is_open: bool,
}

impl Quotation {
    /// Takes up the next sentence, and returns whether a quotation was open before it.
    fn goes_on(&mut self, block: u32, balance: Balance) -> bool {
        let was_open = self.is_open && self.block == block;
        self.is_open = was_open != (balance == Balance::HalfQuotation);
        self.block = block;
        was_open
    }
}

/// The words of all prose.
fn words_of(collection: &Collection, articles: &[ArticleIx]) -> usize {
    let words = |&article: &ArticleIx| -> usize {
        let article = &collection.articles[article];
        let prose = article.blocks.iter().filter(|b| b.kind.is_prose());
        prose.map(|b| budget::words(b.span.of(&article.text))).sum()
    };
    articles.iter().map(words).sum()
}
