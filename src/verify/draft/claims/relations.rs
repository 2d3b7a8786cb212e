//! Relations in a sentence: who did what to whom, whether it happened, and how many were affected.
//!
//! Each rule examines the word that carries the relation (a verb, a noun after "all") in those source sentences that
//! are similar to the draft's sentence and contain that word too. It is contradicted only if none of them agrees.
//!
//! Known limits: English only, apart from negations; a relation expressed in words other than the source's is not
//! judged.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::language::Language;
use crate::span::{Span, overlapping};
use crate::text::packs::{folder, sections};
use crate::text::{Document, Sentence as DraftSentence};
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::{Judge, exchange, negation, scores_of};
use crate::verify::report::{Finding, WordChange};

/// The minimum similarity at which a sentence of a source is about the same thing.
pub(super) const SAME: f64 = 0.5;
/// The number of words before a verb that are searched for its negation or auxiliary.
const BEFORE_VERB: usize = 4;
/// The number of words on either side of a verb by which sentences are compared.
const AROUND: usize = 6;
/// The minimum share of these words' weight that a source sentence must have, unless it is similar as a whole.
const NEAR_AROUND: f64 = 0.5;
/// The number of words before "to" and a verb that are searched for a future marker: "will meet on Friday to discuss".
const BEFORE_PURPOSE: usize = 10;
/// The number of words after a verb that are searched for its object.
const OBJECT_REACH: usize = 5;

/// Words before a verb that mark an event as future or planned.
const PLANNED: &[&str] = &[
    "will",
    "would",
    "shall",
    "plans",
    "planned",
    "expected",
    "expects",
    "due",
    "set",
    "scheduled",
    "intends",
    "hopes",
    "wants",
    "about",
    "poised",
    "vowed",
    "promised",
    "could",
    "may",
    "might",
    "should",
    "likely",
    "'ll",
];
/// Verbs whose object is still to come.
const AWAITING: &[&str] =
    &["awaits", "awaiting", "considering", "planning", "proposing", "seeking"];
/// Words that mark an event as completed.
const DONE: &[&str] = &["has", "have", "had", "was", "were", "did"];
/// Words for the whole of something.
const WHOLE: &[&str] = &["all", "every", "entire", "everyone", "none"];
/// Nouns of time, with which "all" does not imply a count.
const TIMES: &[&str] = &[
    "year", "day", "week", "month", "time", "times", "night", "morning", "weekend", "years", "days",
];
/// Words for a part of something.
const PART: &[&str] = &[
    "some",
    "most",
    "many",
    "several",
    "half",
    "part",
    "few",
    "virtually",
    "nearly",
    "almost",
    "about",
    "fifths",
    "quarters",
    "thirds",
    "third",
    "majority",
    "percent",
    "one",
    "two",
    "three",
    "four",
    "five",
    "among",
    "more",
    "least",
    "dozens",
    "hundreds",
    "portion",
    "partly",
    "partially",
    "fraction",
    "mostly",
    "only",
    "certain",
    "other",
];

/// Returns the relations of a sentence that are contradicted by a source.
pub(super) fn check(
    judge: &Judge<'_>,
    document: &Document,
    sentence: &DraftSentence,
    masked: &[Span],
) -> Vec<(Span, Finding)> {
    let text = &judge.read.article.text;
    let mut own = judge.evidence.terms(text, document, document.tokens_of(sentence));
    own.retain(|t| overlapping(masked, t.span).is_empty());
    let rules = Rules { judge, own: &own };
    let mut found = Vec::new();
    // A question does not make a claim.
    if sentence.span.of(text).trim_end_matches(['*', '_', ' ', '"', '”']).ends_with('?') {
        return found;
    }
    found.extend(exchange::find(&rules));
    found.extend(negation::find(&rules));
    found.extend(rules.announced());
    found.extend(rules.whole());
    found
}

/// The words of one sentence of the draft, with the evidence.
pub(super) struct Rules<'a> {
    pub(super) judge: &'a Judge<'a>,
    pub(super) own: &'a [Term],
}

/// A word of a source sentence: the sentence, and the position of the word in it.
pub(super) type Occurrence = (usize, usize);

impl Rules<'_> {
    /// The similar source sentences with a term, the most similar first.
    pub(super) fn occurrences(&self, number: u32, least: f64) -> Vec<Occurrence> {
        let near = &self.judge.near.whole;
        let with_term = self.judge.evidence.with_term(number).iter().map(|n| *n as usize);
        let mut found: Vec<Occurrence> = with_term
            .filter(|&n| near[n] >= least)
            .filter_map(|n| self.occurrence(number, n))
            .collect();
        found.sort_by(|a, b| near[b.0].total_cmp(&near[a.0]).then(a.cmp(b)));
        found
    }

    /// The first position of a term in a source sentence that is no title.
    fn occurrence(&self, number: u32, n: usize) -> Option<Occurrence> {
        let sentence = &self.judge.evidence.sentences[n];
        let at = sentence.tokens.iter().position(|t| t.number == Some(number))?;
        (!sentence.span.is_empty()).then_some((n, at))
    }

    /// The positions of a word in the source sentences that are similar as a whole, or contain most of the words
    /// around it, the latter first.
    pub(super) fn similar(&self, at: usize, least: f64) -> Vec<Occurrence> {
        let Some(number) = self.own[at].number else { return Vec::new() };
        let evidence = self.judge.evidence;
        let counts = |t: &&Term| t.is_content || t.is_number;
        let before = self.own[..at].iter().rev().filter(counts).take(AROUND);
        let after = self.own[at + 1..].iter().filter(counts).take(AROUND);
        let around: Vec<(Option<u32>, f64)> =
            before.chain(after).map(|t| (t.number, evidence.weight(t.number))).collect();
        let sentences = evidence.with_term(number);
        let local = scores_of(evidence, &around, sentences);
        let mut found: Vec<(f64, Occurrence)> = local
            .into_iter()
            .zip(sentences.iter().map(|n| *n as usize))
            .filter(|&(local, n)| local >= NEAR_AROUND || self.judge.near.whole[n] >= least)
            .filter_map(|(local, n)| Some((local, self.occurrence(number, n)?)))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, occurrence)| occurrence).collect()
    }

    pub(super) fn finding(
        &self,
        code: Code,
        span: Span,
        n: usize,
        source: Span,
        message: &str,
    ) -> (Span, Finding) {
        let judge = self.judge;
        let sentence = &judge.evidence.sentences[n];
        let article = &judge.sources.collection.articles[sentence.article];
        let text = judge.text(span);
        let mut finding = Finding::new(code, text, message);
        finding.places.push(judge.sources.place(sentence.article, sentence.span));
        let source = source.of(&article.text).to_owned();
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        (span, finding)
    }

    /// An announcement reported as completed: "has held a session" for "will hold a session".
    fn announced(&self) -> Option<(Span, Finding)> {
        (0..self.own.len()).filter(|&at| DONE.contains(&self.own[at].word.as_str())).find_map(
            |at| {
                let verb = self.verb_after(at)?;
                // Irregular forms of a verb have different stems; its object has one.
                let objects = (verb + 1..self.own.len().min(verb + OBJECT_REACH))
                    .take_while(|&i| !self.own[i].after_break)
                    .filter(|&i| self.own[i].is_content);
                let of_verb = self.only_announced(verb, SAME * 0.7);
                let (n, source) = of_verb
                    .or_else(|| objects.into_iter().find_map(|i| self.only_announced(i, SAME)))?;
                let span = Span::new(self.own[at].span.start(), self.own[verb].span.end());
                let message = "the source only announces it";
                Some(self.finding(Code::TenseContradicted, span, n, source, message))
            },
        )
    }

    /// The verb directly after an auxiliary, ignoring adverbs and "been".
    fn verb_after(&self, auxiliary: usize) -> Option<usize> {
        let is_between = |t: &Term| {
            t.word.ends_with("ly")
                || matches!(t.word.as_str(), "been" | "now" | "also" | "already" | "since" | "just")
        };
        let verb = (auxiliary + 1..self.own.len()).find(|&i| !is_between(&self.own[i]))?;
        (self.own[verb].is_content && !self.own[verb].is_raised).then_some(verb)
    }

    /// The positions of a word in the similar sentences, if all of them refer to it as something in the future.
    fn only_announced(&self, at: usize, least: f64) -> Option<(usize, Span)> {
        if is_planned(self.own, at) {
            return None;
        }
        let all = self.similar(at, least);
        let sentences = &self.judge.evidence.sentences;
        let &(n, i) = all.first()?;
        if !all.iter().all(|&(n, i)| is_planned(&sentences[n].tokens, i)) {
            return None;
        }
        let tokens = &sentences[n].tokens;
        Some((n, Span::new(tokens[i.saturating_sub(2)].span.start(), tokens[i].span.end())))
    }

    /// "All", "every" or "none" of something of which a source only has a part.
    fn whole(&self) -> Option<(Span, Finding)> {
        const REACH: usize = 6;
        self.own.iter().enumerate().filter(|(_, t)| WHOLE.contains(&t.word.as_str())).find_map(
            |(at, term)| {
                let is_hedged = at > 0
                    && matches!(
                        self.own[at - 1].word.as_str(),
                        "not" | "nearly" | "almost" | "virtually" | "after" | "at" | "of" | "above"
                    );
                if is_hedged {
                    return None;
                }
                let noun = self.own.get(at + 1..)?.iter().take(REACH).find(|t| t.is_content)?;
                if TIMES.contains(&noun.word.as_str()) {
                    return None;
                }
                let all = self.occurrences(noun.number?, SAME * 0.7);
                let sentences = &self.judge.evidence.sentences;
                let before =
                    |&(n, i): &Occurrence| &sentences[n].tokens[i.saturating_sub(REACH)..i];
                let has = |o: &Occurrence, words: &[&str]| {
                    before(o).iter().any(|t| words.contains(&t.word.as_str()))
                };
                // The source contains the whole claim in some sentence.
                let says_whole = self
                    .occurrences(noun.number?, 0.0)
                    .iter()
                    .any(|o| has(o, WHOLE) && !has(o, &["virtually", "nearly", "almost", "not"]));
                if says_whole {
                    return None;
                }
                let &(n, i) = all.iter().find(|o| has(o, PART))?;
                let span = Span::new(term.span.start(), noun.span.end());
                let tokens = &sentences[n].tokens;
                let source =
                    Span::new(tokens[i.saturating_sub(REACH)].span.start(), tokens[i].span.end());
                Some(self.finding(
                    Code::QuantityContradicted,
                    span,
                    n,
                    source,
                    "the source says it of a part",
                ))
            },
        )
    }
}

/// Returns whether a future marker is among the words before another.
fn has_future(terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(BEFORE_PURPOSE);
    terms[from..at].iter().any(|t| PLANNED.contains(&t.word.as_str()) && t.word != "may")
}

/// Returns whether a word before another marks it as future or planned.
fn is_planned(terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(BEFORE_VERB);
    (from..at).any(|i| match terms[i].word.as_str() {
        // "To be announced", but not "proposed to cap", which somebody did, nor "to 52 percent".
        "to" => terms[i + 1].word == "be" || (i + 1 == at && has_future(terms, i)),
        // The month is written with a capital.
        "may" => !terms[i].is_raised,
        word if AWAITING.contains(&word) => i + 2 >= at,
        word => PLANNED.contains(&word),
    })
}

/// Ranks and roles, as the lists of the language have them.
static OFFICES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let Some(folder) = folder(Language::ENGLISH) else { return BTreeSet::new() };
    let ranks = sections(folder.titles).filter(|(name, _)| name.starts_with("rank"));
    let roles = sections(folder.roles).filter(|(name, _)| name.starts_with("role"));
    ranks.chain(roles).map(|(_, entry)| entry.trim_end_matches('.')).collect()
});

/// Returns whether a word is a rank or a role.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(word)
}
