//! Chooses the quotes that a story shows beside its sentences: by weight, among the quotes about its subject.
//!
//! A quote must share words with the titles or the sentences shown, both by itself and together with its sentence and
//! the one before it. By itself it need not share any if several articles contain the quote or its report is short. A
//! quote that weighs little compared with the best is left out, because a further sentence makes better use of the
//! words.
//!
//! Known limit: a quote about the subject may be left out because it refers to the subject in words that neither the
//! titles nor the sentences shown contain.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::article::ArticleIx;
use crate::briefing::abridged::content_terms;
use crate::briefing::model::Section;
use crate::briefing::planner::StoryPlanner;
use crate::briefing::quotations;
use crate::budget::words;
use crate::identity::person::{is_full_name, is_named_in};
use crate::quotes::{KeyQuote, Place};
use crate::score::Score;
use crate::summary::SentenceRef;
use crate::text::{TermId, Token, TokenKind};

/// The minimum number of terms that a quote, its sentence and the sentence before must share with the titles or the
/// sentences shown, if some quote shares that many.
const TERMS_OF_SUBJECT: usize = 2;

/// The minimum weight of a quote, as a share of the weight of the best quote that its story may show: next to a strong
/// statement, a weak remark only takes up room.
const LEAST_WEIGHT: f64 = 0.3;

/// The factor of a quote from a report of which no sentence is shown: its words may answer a question or continue from
/// a remark that the reader does not know.
///
/// In eleven weeks of news, 13 of 32 quotes from other reports could not be understood or were about something else,
/// compared with 3 of 19 quotes from the report shown.
const OF_OTHER_REPORT: f64 = 0.3;

/// The maximum number of sentences in a report that is too short to be about more than one subject.
const SHORT_REPORT: usize = 10;

impl StoryPlanner<'_> {
    /// Picks key quotes, those of pinned speakers first and then by weight, within `room` words in addition to those
    /// `picked` already, up to `most` in all. A speaker is quoted a second time only if no other speaker is left, and a
    /// quote that overlaps one of the sentences is not picked.
    pub(super) fn pick_quotes(
        &self,
        room: usize,
        picked: &[usize],
        sentences: &[SentenceRef],
        most: usize,
    ) -> Vec<usize> {
        let mut picked = picked.to_vec();
        if !self.params.shows(Section::Quotes) {
            return picked;
        }
        let quotes = &self.quotes.keys;
        let subject = self.subject(sentences);
        let least = self.least_aboutness(&subject, sentences);
        let lightest = self.least_weight(sentences);
        let mut spent = self.spent(sentences, &picked);
        let mut left = room;
        let order = self.by_weight(sentences);
        for repeated in [false, true] {
            for &i in &order {
                let quote = &quotes[i];
                let known = picked.iter().any(|&p| is_by_same_speaker(&quotes[p], quote));
                if picked.len() >= most || picked.contains(&i) || known != repeated {
                    continue;
                }
                let cost = self.cost_of_quotes(&[i]);
                if cost <= left
                    && self.is_fit(quote, sentences)
                    && least <= self.aboutness(quote, &subject)
                    && lightest <= weight(quote, sentences)
                    && self.is_near(quote, &subject)
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

    /// Returns the quotes in the order in which they are picked: those of pinned speakers first, then by weight.
    fn by_weight(&self, sentences: &[SentenceRef]) -> Vec<usize> {
        let is_pinned = |quote: &KeyQuote| {
            quote.speaker.as_ref().is_some_and(|speaker| self.params.editor.pins_speaker(speaker))
        };
        let keys = &self.quotes.keys;
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by_key(|&i| {
            let weight =
                if is_pinned(&keys[i]) { None } else { Some(Reverse(weight(&keys[i], sentences))) };
            (weight, i)
        });
        order
    }

    pub(super) fn is_fit(&self, quote: &KeyQuote, sentences: &[SentenceRef]) -> bool {
        quotations::unfit(self.collection, quote, self.params).is_none()
            && !self.is_in(quote, sentences)
            && !self.is_by_stranger(quote, sentences)
    }

    /// Returns whether a quote is by somebody who is named only by surname and without a role, and whom neither the
    /// headline nor a shown sentence mentions, although the story contains the full name.
    pub(super) fn is_by_stranger(&self, quote: &KeyQuote, sentences: &[SentenceRef]) -> bool {
        let Some(speaker) = &quote.speaker else { return false };
        if speaker.role.is_some() || speaker.name.contains(' ') {
            return false;
        }
        let mut before = self.headline_text().to_owned();
        for at in sentences {
            before.push(' ');
            before.push_str(self.text_of(*at));
        }
        self.surnames.dangles(&speaker.name, &before)
    }

    /// Returns the minimum weight of a quote, given the best of those that may be shown.
    pub(super) fn least_weight(&self, sentences: &[SentenceRef]) -> Score {
        let fit = self.quotes.keys.iter().filter(|quote| self.is_fit(quote, sentences));
        let best = fit.map(|quote| weight(quote, sentences).value()).fold(0.0, f64::max);
        Score::new(best * LEAST_WEIGHT)
    }

    /// Returns whether a quote is close to the subject: its own words contain a term of the subject, several articles
    /// quote it, or its report is so short that all of it is about the subject.
    fn is_near(&self, quote: &KeyQuote, subject: &[TermId]) -> bool {
        let has_term = |place: &Place| {
            let own = content_terms(self.collection, *place);
            own.iter().any(|term| subject.binary_search(term).is_ok())
        };
        let is_short = |place: &Place| {
            self.collection.corpus.documents[place.article].sentences.len() <= SHORT_REPORT
        };
        !quote.variants.is_empty() || quote.excerpts.iter().any(|p| is_short(p) || has_term(p))
    }

    /// Returns the number of terms of the subject that a quote must have: [`TERMS_OF_SUBJECT`], or fewer if no quote
    /// has that many, for example because all quotes of a short report refer to the subject in other words.
    fn least_aboutness(&self, subject: &[TermId], sentences: &[SentenceRef]) -> usize {
        let fit = self.quotes.keys.iter().filter(|quote| self.is_fit(quote, sentences));
        let mut most = 0;
        for quote in fit {
            most = self.aboutness(quote, subject).max(most);
            if TERMS_OF_SUBJECT <= most {
                return TERMS_OF_SUBJECT;
            }
        }
        most
    }

    /// Counts the terms of the subject in a quote, its sentence and the sentence before it, without the words that name
    /// its speaker. In an interview about many subjects, remarks about other subjects do not belong to the story.
    fn aboutness(&self, quote: &KeyQuote, subject: &[TermId]) -> usize {
        let speaker = quote.speaker.as_ref().map_or("", |s| s.name.as_str()).to_lowercase();
        let is_own = |word: &str| speaker.split_whitespace().any(|w| w == word.to_lowercase());
        let of_place = |place: &Place| {
            let document = &self.collection.corpus.documents[place.article];
            let text = &self.collection.articles[place.article].text;
            let first = document.sentences.partition_point(|s| s.span.end() <= place.span.start());
            let around = document.sentences.iter().skip(first.saturating_sub(1));
            let around = around.take_while(|s| s.span.start() < place.span.end());
            let tokens = around.flat_map(|s| document.tokens_of(s));
            let own = tokens.filter(|t| t.kind != TokenKind::Stop && !is_own(t.span.slice(text)));
            let term = |t: &Token| self.collection.corpus.id(place.article, t.term);
            let mut terms: Vec<TermId> = own.map(term).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.iter().filter(|term| subject.binary_search(term).is_ok()).count()
        };
        quote.excerpts.iter().map(of_place).max().unwrap_or(0)
    }

    pub(super) fn is_off_subject(&self, quote: &KeyQuote, shown: &[SentenceRef]) -> bool {
        let subject = self.subject(shown);
        self.aboutness(quote, &subject) < self.least_aboutness(&subject, shown)
            || !self.is_near(quote, &subject)
    }

    fn allows(&self, quote: &KeyQuote, spent: &BTreeMap<ArticleIx, usize>) -> bool {
        let Some(first) = quote.excerpts.first() else { return false };
        let n = quotations::words_of(self.collection, quote);
        let already = spent.get(&first.article).copied().unwrap_or(0);
        self.allowances.get(&first.article).is_none_or(|most| already + n <= *most)
    }

    /// Returns whether any of the sentences overlaps a version of the quote.
    pub(super) fn is_in(&self, quote: &KeyQuote, sentences: &[SentenceRef]) -> bool {
        let contains = |at: &SentenceRef| {
            let span = self.span_of(*at);
            let mut places = quote.excerpts.iter().chain(&quote.variants);
            places.any(|p| p.article == at.article && span.overlaps(p.span))
        };
        sentences.iter().any(contains)
    }

    /// Returns whether a sentence quotes somebody whom neither it nor the text before it names: `“It stays shut,” the
    /// Lenn Democrat said.`
    pub(super) fn quotes_somebody_else(&self, at: SentenceRef, before: &str) -> bool {
        let (text, place) = (self.text_of(at), self.place_of(at));
        let is_inside = |p: &Place| p.article == at.article && place.span.contains(p.span);
        self.quotes.keys.iter().any(|quote| {
            let name = quote.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
            let is_named = || is_named_in(name, text) || is_named_in(name, before);
            quote.source.as_ref().is_some_and(is_inside) && is_full_name(name) && !is_named()
        })
    }

    /// Returns the content terms of the story's titles and of the sentences shown, sorted.
    fn subject(&self, sentences: &[SentenceRef]) -> Vec<TermId> {
        let titles = quotations::title_terms(self.collection, &self.story().articles);
        let shown = sentences.iter().flat_map(|at| self.terms(*at));
        let mut terms: Vec<TermId> = titles.into_iter().chain(shown).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

/// Returns whether two quotes can be by the same speaker, or both lack a speaker.
fn is_by_same_speaker(a: &KeyQuote, b: &KeyQuote) -> bool {
    match (&a.speaker, &b.speaker) {
        (Some(a), Some(b)) => a.can_be(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Returns the weight of a quote that is shown beside the given sentences. The weight is reduced if none of them is
/// from a report that contains the quote.
pub(super) fn weight(quote: &KeyQuote, sentences: &[SentenceRef]) -> Score {
    let is_shown = |place: &Place| sentences.iter().any(|at| at.article == place.article);
    let is_own = quote.excerpts.iter().chain(&quote.variants).any(is_shown);
    let factor = if is_own { 1.0 } else { OF_OTHER_REPORT };
    Score::new(quote.weight.value() * factor)
}
