//! One story within a number of words: headline, key quotes and sentences, none of them cut.
//!
//! The sentences come first: they are chosen with room left for the best quotes, then the quotes that do not already
//! stand in one of them, and what the quotes left over goes to the sentences again. Everything that may not be shown
//! is ruled out before sentences are chosen, so that the choice is the best of what may.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::ArticleIx;
use crate::briefing::balance::is_balanced;
use crate::briefing::build::Material;
use crate::briefing::count::of_speaker;
use crate::briefing::model::Section;
use crate::briefing::params::Params;
use crate::briefing::support::source_key;
use crate::budget::{Budget, words};
use crate::quotes::{Confidence, KeyQuote, Place};
use crate::span::Span;
use crate::stories::Story;
use crate::summary::{self, Chosen, SentenceRef};
use crate::text::Collection;

/// The share of a story's words below its headline that key quotes may take.
const QUOTE_SHARE: f64 = 0.4;

/// Words that a quote needs to stand by itself.
const LEAST_QUOTE_WORDS: usize = 5;

/// A story told: what is shown of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling {
    /// Whose title is the headline, or which sentence stands in for it.
    pub(super) headline: HeadlineChoice,
    /// The sentences, in reading order.
    pub(super) sentences: Vec<Chosen>,
    /// The key quotes, by their place in the material.
    pub(super) quotes: Vec<usize>,
    /// The words of all that.
    pub(super) words: usize,
}

/// Where a headline is taken from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum HeadlineChoice {
    /// No article has a title or a sentence.
    #[default]
    None,
    /// The title of an article.
    Title(ArticleIx),
    /// A sentence, where no article has a title.
    Sentence(SentenceRef),
}

/// A story with what may not be shown of it.
pub(super) struct Teller<'a> {
    collection: &'a Collection,
    material: &'a Material,
    params: &'a Params,
    headline: HeadlineChoice,
    /// Sentences that may never be chosen, sorted.
    without: Vec<SentenceRef>,
    /// Words that may still be taken from each article, where that is limited.
    allowances: BTreeMap<ArticleIx, usize>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(
        collection: &'a Collection,
        material: &'a Material,
        params: &'a Params,
    ) -> Self {
        let story = &material.story;
        let headline = choose_headline(collection, story, params);
        let mut teller = Self {
            collection,
            material,
            params,
            headline,
            without: Vec::new(),
            allowances: allowances(collection, story, params.max_share),
        };
        teller.without = teller.never_shown();
        teller
    }

    /// Tells the story in at most `limit` words; nothing where headline and one sentence do not fit.
    pub(super) fn tell(&self, limit: usize) -> Option<Telling> {
        let headline_words = self.headline_words()?;
        let room = limit.checked_sub(headline_words)?;
        if !self.params.shows(Section::Summary) {
            return self.tell_by_quotes(room, headline_words);
        }
        let reserve = (room as f64 * QUOTE_SHARE) as usize;
        let wished = self.pick_quotes(reserve, &[]);
        let mut sentences = self.select(room - self.cost_of_quotes(&wished), &[]);
        if sentences.is_empty() {
            sentences = self.select(room, &[]);
        }
        if sentences.is_empty() {
            return None;
        }
        let quotes = self.pick_quotes(room.saturating_sub(self.cost_of(&sentences)), &sentences);
        let more = self.select(room - self.cost_of_quotes(&quotes), &quotes);
        if self.cost_of(&more) > self.cost_of(&sentences) {
            sentences = more;
        }
        let words = headline_words + self.cost_of(&sentences) + self.cost_of_quotes(&quotes);
        Some(Telling { headline: self.headline, sentences, quotes, words })
    }

    /// Tells the story by its quotes alone, where no sentences are to be shown.
    fn tell_by_quotes(&self, room: usize, headline_words: usize) -> Option<Telling> {
        let quotes = self.pick_quotes(room, &[]);
        let words = headline_words + self.cost_of_quotes(&quotes);
        let telling = Telling { headline: self.headline, sentences: Vec::new(), quotes, words };
        (!telling.quotes.is_empty()).then_some(telling)
    }

    fn headline_words(&self) -> Option<usize> {
        match self.headline {
            HeadlineChoice::None => None,
            HeadlineChoice::Title(article) => Some(words(&self.collection.articles[article].title)),
            HeadlineChoice::Sentence(at) => Some(words(self.text_of(at))),
        }
    }

    /// Sentences that may never be chosen: with half a quotation, out of the middle of a quotation, with words of a
    /// speaker that the editor banned, or standing in for the headline.
    fn never_shown(&self) -> Vec<SentenceRef> {
        let mut never = Vec::new();
        for &article in &self.material.story.articles {
            for sentence in 0..self.collection.corpus.documents[article].sentences.len() {
                let at = SentenceRef { article, sentence };
                let taken = matches!(self.headline, HeadlineChoice::Sentence(h) if h == at);
                if taken
                    || !is_balanced(self.text_of(at))
                    || self.is_inside_a_quote(at)
                    || self.quotes_a_banned_speaker(at)
                {
                    never.push(at);
                }
            }
        }
        never.sort_unstable();
        never
    }

    fn is_inside_a_quote(&self, at: SentenceRef) -> bool {
        let span = self.span_of(at);
        self.places().any(|p| p.article == at.article && p.span.contains(span))
    }

    fn quotes_a_banned_speaker(&self, at: SentenceRef) -> bool {
        let span = self.span_of(at);
        self.material.banned.iter().any(|p| p.article == at.article && p.span.overlaps(span))
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        self.material.quotes.iter().flat_map(|q| q.excerpts.iter().chain(&q.variants))
    }

    /// Picks key quotes within `room` words: by weight, a speaker a second time only where no other is left, none
    /// that stands whole in one of the sentences.
    fn pick_quotes(&self, room: usize, sentences: &[Chosen]) -> Vec<usize> {
        let mut picked: Vec<usize> = Vec::new();
        if !self.params.shows(Section::Quotes) {
            return picked;
        }
        let quotes = &self.material.quotes;
        let mut spent = BTreeMap::new();
        self.spend(sentences, &mut spent);
        let mut left = room;
        for repeated in [false, true] {
            for (i, quote) in quotes.iter().enumerate() {
                let known = picked.iter().any(|&p| quotes[p].speaker == quote.speaker);
                if picked.len() >= self.params.quotes || picked.contains(&i) || known != repeated {
                    continue;
                }
                let cost = self.cost_of_quotes(&[i]);
                if cost <= left
                    && self.may_be_key(quote)
                    && !self.stands_in(quote, sentences)
                    && self.allows(quote, &spent)
                {
                    left -= cost;
                    picked.push(i);
                    for place in &quote.excerpts {
                        *spent.entry(place.article).or_default() += words(self.text_at(*place));
                    }
                }
            }
        }
        picked.sort_unstable();
        picked
    }

    fn may_be_key(&self, quote: &KeyQuote) -> bool {
        let n: usize = quote.excerpts.iter().map(|p| words(self.text_at(*p))).sum();
        quote.speaker.is_some()
            && quote.confidence != Confidence::Low
            && n >= LEAST_QUOTE_WORDS
            && self.params.max_quote_words.is_none_or(|most| n <= most)
    }

    fn allows(&self, quote: &KeyQuote, spent: &BTreeMap<ArticleIx, usize>) -> bool {
        let Some(first) = quote.excerpts.first() else { return false };
        let n: usize = quote.excerpts.iter().map(|p| words(self.text_at(*p))).sum();
        let already = spent.get(&first.article).copied().unwrap_or(0);
        self.allowances.get(&first.article).is_none_or(|most| already + n <= *most)
    }

    /// Returns whether a version of the quote stands whole in one of the sentences.
    fn stands_in(&self, quote: &KeyQuote, sentences: &[Chosen]) -> bool {
        sentences.iter().any(|s| self.holds(s.at, quote))
    }

    fn holds(&self, at: SentenceRef, quote: &KeyQuote) -> bool {
        let span = self.span_of(at);
        let mut places = quote.excerpts.iter().chain(&quote.variants);
        places.any(|p| p.article == at.article && span.contains(p.span))
    }

    /// Chooses sentences within `room` words that hold none of the quotes, at least two sources where two sentences
    /// fit, and no article beyond its allowance.
    fn select(&self, room: usize, quotes: &[usize]) -> Vec<Chosen> {
        let mut without = self.without.clone();
        let shown: Vec<&KeyQuote> = quotes.iter().map(|&q| &self.material.quotes[q]).collect();
        if !shown.is_empty() {
            for at in self.all_sentences() {
                if shown.iter().any(|q| self.holds(at, q)) {
                    without.push(at);
                }
            }
        }
        let mut spent = BTreeMap::new();
        for place in shown.iter().flat_map(|q| &q.excerpts) {
            *spent.entry(place.article).or_default() += words(self.text_at(*place));
        }
        loop {
            without.sort_unstable();
            without.dedup();
            let chosen = self.of_two_sources(room, &without);
            let over = self.over_allowance(&chosen, &spent);
            if over.is_empty() {
                return chosen;
            }
            without.extend(over);
        }
    }

    fn all_sentences(&self) -> impl Iterator<Item = SentenceRef> {
        self.material.story.articles.iter().flat_map(|&article| {
            let n = self.collection.corpus.documents[article].sentences.len();
            (0..n).map(move |sentence| SentenceRef { article, sentence })
        })
    }

    /// Returns the sentences that take an article beyond its allowance, the best kept as far as they fit.
    fn over_allowance(
        &self,
        chosen: &[Chosen],
        spent: &BTreeMap<ArticleIx, usize>,
    ) -> Vec<SentenceRef> {
        if self.allowances.is_empty() {
            return Vec::new();
        }
        let mut by_score: Vec<&Chosen> = chosen.iter().collect();
        by_score.sort_by_key(|c| (std::cmp::Reverse(c.score), c.at));
        let mut spent = spent.clone();
        let mut over = Vec::new();
        for sentence in by_score {
            let so_far = spent.entry(sentence.at.article).or_default();
            let n = words(self.text_of(sentence.at));
            if self.allowances.get(&sentence.at.article).is_some_and(|most| *so_far + n > *most) {
                over.push(sentence.at);
            } else {
                *so_far += n;
            }
        }
        over
    }

    fn spend(&self, sentences: &[Chosen], spent: &mut BTreeMap<ArticleIx, usize>) {
        for s in sentences {
            *spent.entry(s.at.article).or_default() += words(self.text_of(s.at));
        }
    }

    /// Chooses sentences; where a story of several sources would be told by one alone, its best sentence is kept and
    /// the next is sought among the other sources.
    fn of_two_sources(&self, room: usize, without: &[SentenceRef]) -> Vec<Chosen> {
        let story = &self.material.story;
        let chosen = self.summarize(story, room, without);
        let sources = |chosen: &[Chosen]| -> BTreeSet<&str> {
            chosen.iter().map(|c| source_key(self.collection, c.at.article)).collect()
        };
        let used = sources(&chosen);
        let Some(only) = used.first().copied().filter(|_| used.len() == 1) else { return chosen };
        let others: Vec<ArticleIx> = story
            .independent()
            .into_iter()
            .filter(|&a| source_key(self.collection, a) != only)
            .collect();
        if others.is_empty() {
            return chosen;
        }
        let others = Story { articles: others, duplicates: Vec::new(), ..story.clone() };
        let best = chosen.iter().min_by_key(|c| (std::cmp::Reverse(c.score), c.at));
        let Some(best) = best.cloned() else { return chosen };
        let left = room - words(self.text_of(best.at)).min(room);
        let second = self.one_sentence(&others, left, without);
        if let Some(second) = second {
            return self.fill(vec![best, second], chosen, room);
        }
        let Some(second) = self.one_sentence(&others, room, without) else { return chosen };
        let left = room - words(self.text_of(second.at)).min(room);
        let first = self.summarize(story, left, without);
        let first = first.into_iter().find(|c| source_key(self.collection, c.at.article) == only);
        match first {
            Some(first) => self.fill(vec![first, second], chosen, room),
            None => chosen,
        }
    }

    /// Adds what still fits of `rest` and puts everything in the order of `rest`, what is not in it at its end.
    fn fill(&self, mut kept: Vec<Chosen>, rest: Vec<Chosen>, room: usize) -> Vec<Chosen> {
        let order: Vec<SentenceRef> = rest.iter().map(|c| c.at).collect();
        for sentence in rest {
            let fits = self.cost_of(&kept) + words(self.text_of(sentence.at)) <= room;
            if fits && kept.iter().all(|k| k.at != sentence.at) {
                kept.push(sentence);
            }
        }
        kept.sort_by_key(|k| {
            (order.iter().position(|at| *at == k.at).unwrap_or(order.len()), k.at)
        });
        kept
    }

    fn one_sentence(&self, story: &Story, room: usize, without: &[SentenceRef]) -> Option<Chosen> {
        let found = self.summarize(story, room, without);
        found.into_iter().min_by_key(|c| (std::cmp::Reverse(c.score), c.at))
    }

    fn summarize(&self, story: &Story, room: usize, without: &[SentenceRef]) -> Vec<Chosen> {
        let mut params = self.params.summary.clone();
        params.topic = self.material.topic.clone().or(params.topic);
        params.without = without.to_vec();
        summary::summarize(self.collection, story, Budget::Words(room), &params).sentences
    }

    fn cost_of(&self, sentences: &[Chosen]) -> usize {
        sentences.iter().map(|s| words(self.text_of(s.at))).sum()
    }

    fn cost_of_quotes(&self, quotes: &[usize]) -> usize {
        let cost = |&q: &usize| -> usize {
            let quote = &self.material.quotes[q];
            quote.excerpts.iter().map(|p| words(self.text_at(*p))).sum::<usize>()
                + quote.speaker.as_ref().map_or(0, of_speaker)
        };
        quotes.iter().map(cost).sum()
    }

    fn span_of(&self, at: SentenceRef) -> Span {
        self.collection.corpus.documents[at.article].sentences[at.sentence].span
    }

    fn text_of(&self, at: SentenceRef) -> &'a str {
        self.collection.sentence_text(at.article, at.sentence)
    }

    fn text_at(&self, place: Place) -> &'a str {
        place.span.of(&self.collection.articles[place.article].text)
    }
}

/// The title of the article that the editor pinned, of the story's own choice, or of its first article with one; else
/// the first sentence of prose.
fn choose_headline(collection: &Collection, story: &Story, params: &Params) -> HeadlineChoice {
    let article = |a: ArticleIx| &collection.articles[a];
    let mut order: Vec<ArticleIx> = story.articles.clone();
    order.sort_by_key(|&a| {
        let pinned = params.editor.pins_article(article(a));
        (!pinned, a != story.headline, &article(a).id)
    });
    if let Some(titled) = order.iter().find(|&&a| !article(a).title.trim().is_empty()) {
        return HeadlineChoice::Title(*titled);
    }
    let lede = |&a: &ArticleIx| {
        let mut sentences = collection.corpus.documents[a].sentences.iter();
        let blocks = &article(a).blocks;
        let first = sentences.position(|s| {
            blocks.get(s.block as usize).is_some_and(|b| b.kind.is_prose())
                && is_balanced(s.span.of(&article(a).text))
        })?;
        Some(SentenceRef { article: a, sentence: first })
    };
    order.iter().find_map(lede).map_or(HeadlineChoice::None, HeadlineChoice::Sentence)
}

fn allowances(
    collection: &Collection,
    story: &Story,
    share: Option<f64>,
) -> BTreeMap<ArticleIx, usize> {
    let Some(share) = share else { return BTreeMap::new() };
    let most = |a: ArticleIx| (words(&collection.articles[a].text) as f64 * share) as usize;
    story.articles.iter().map(|&a| (a, most(a))).collect()
}
