//! Relations in a sentence: who did what to whom, whether it happened, and to how many.
//!
//! Each rule looks at the word that carries the relation (a verb, a noun after "all") in the sentences of the sources
//! that are near the draft's sentence and have that word too. It is contradicted only if none of them agrees.
//!
//! Known limits: English only, apart from negations; a relation in other words than the source's is not judged.

use crate::language::Language;
use crate::span::Span;
use crate::text::packs::{folder, sections};
use crate::text::{Document, Sentence as DraftSentence};
use crate::verify::code::Code;
use crate::verify::draft::claims::Judge;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::items::Value;
use crate::verify::report::{Finding, WordChange};

/// Nearness from which on a sentence of a source speaks of the same thing.
const SAME: f64 = 0.5;
/// Words before a verb in which its negation or auxiliary is looked for.
const BEFORE_VERB: usize = 4;

/// Words that mark an event as future or planned.
const PLANNED: &[&str] = &[
    "will",
    "would",
    "shall",
    "plans",
    "plan",
    "planned",
    "planning",
    "expected",
    "expects",
    "due",
    "set",
    "scheduled",
    "intends",
    "hopes",
    "wants",
    "considering",
    "proposed",
    "proposes",
    "awaits",
    "awaiting",
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
    "to",
];
/// Words that mark an event as completed.
const DONE: &[&str] = &["has", "have", "had", "was", "were", "did"];
/// Words that deny a verb.
const VERB_DENIALS: &[&str] =
    &["not", "never", "cannot", "nicht", "nie", "pas", "jamais", "no", "nunca", "non", "mai", "не"];
/// Words that deny without a negation, which make the parity of negations meaningless.
const OTHER_DENIALS: &[&str] = &[
    "first",
    "only",
    "last",
    "until",
    "since",
    "unless",
    "barred",
    "bar",
    "ban",
    "banned",
    "refuse",
    "refused",
    "refuses",
    "declined",
    "declines",
    "fail",
    "failed",
    "fails",
    "deny",
    "denied",
    "denies",
    "avoid",
    "avoided",
    "prevent",
    "prevented",
    "stop",
    "stopped",
    "lack",
    "lacks",
    "unlikely",
    "reject",
    "rejected",
    "oppose",
    "opposed",
    "instead",
    "rather",
    "away",
];
/// Words for the whole of something.
const WHOLE: &[&str] = &["all", "every", "entire", "everyone", "none"];
/// Nouns of time, of which "all" is said without counting.
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

/// Returns the relations of a sentence that a source contradicts.
pub(super) fn check(
    judge: &Judge<'_>,
    document: &Document,
    sentence: &DraftSentence,
    masked: &[Span],
) -> Vec<(Span, Finding)> {
    let text = &judge.read.article.text;
    let mut own = judge.evidence.terms(text, document, document.tokens_of(sentence));
    own.retain(|t| !masked.iter().any(|m| m.overlaps(t.span)));
    let rules = Rules { judge, own: &own };
    let mut found = Vec::new();
    // A question makes no claim.
    if sentence.span.of(text).trim_end_matches(['*', '_', ' ', '"', '”']).ends_with('?') {
        return found;
    }
    found.extend(rules.exchanged());
    found.extend(rules.negated());
    found.extend(rules.announced());
    found.extend(rules.whole());
    found
}

struct Rules<'a> {
    judge: &'a Judge<'a>,
    own: &'a [Term],
}

/// A word of a source sentence: the sentence, and the place of the word in it.
type Occurrence = (usize, usize);

impl Rules<'_> {
    /// The near sentences of the sources with a term, the nearest first.
    fn occurrences(&self, number: u32, least: f64) -> Vec<Occurrence> {
        let near = &self.judge.near.whole;
        let sentences = self.judge.evidence.sentences.iter().enumerate();
        let mut found: Vec<Occurrence> = sentences
            .filter(|(n, s)| {
                near[*n] >= least && s.terms.binary_search(&number).is_ok() && !s.span.is_empty()
            })
            .filter_map(|(n, s)| Some((n, s.tokens.iter().position(|t| t.number == Some(number))?)))
            .collect();
        found.sort_by(|a, b| near[b.0].total_cmp(&near[a.0]).then(a.cmp(b)));
        found
    }

    fn finding(
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

    /// Whether a verb is negated by a preceding word, with only function words and adverbs in between.
    fn is_denied(&self, terms: &[Term], at: usize) -> bool {
        let from = at.saturating_sub(BEFORE_VERB);
        for term in terms[from..at].iter().rev() {
            // In English "no" denies a noun.
            let is_noun_denial = term.word == "no" && self.judge.is_english;
            let is_listed = VERB_DENIALS.contains(&term.word.as_str()) && !is_noun_denial;
            if is_listed || term.word.ends_with("n't") {
                return true;
            }
            if term.is_content && !term.word.ends_with("ly") {
                return false;
            }
        }
        false
    }

    /// Whether a sentence denies anything, in whatever words.
    fn denies(&self, terms: &[Term]) -> bool {
        terms
            .iter()
            .any(|t| self.judge.facts.denies(&t.word) || OTHER_DENIALS.contains(&t.word.as_str()))
    }

    /// A verb that is negated in one text, in a sentence similar to one without negations in the other text.
    fn negated(&self) -> Option<(Span, Finding)> {
        self.own.iter().enumerate().filter(|(_, t)| t.is_content).find_map(|(at, term)| {
            let denied = self.is_denied(self.own, at);
            let all = self.occurrences(term.number?, SAME);
            let sentences = &self.judge.evidence.sentences;
            let &(n, i) = all.first()?;
            let contrary = |&(n, i): &Occurrence| {
                let source = &sentences[n].tokens;
                if denied {
                    !self.denies(source)
                } else {
                    self.is_denied(source, i) && !self.denies(self.own)
                }
            };
            if !all.iter().all(contrary) || !self.share_neighbours(at, &sentences[n].tokens, i) {
                return None;
            }
            let from = self.own[at.saturating_sub(1)].span.start();
            let span = Span::new(from, term.span.end());
            let tokens = &sentences[n].tokens;
            let source = Span::new(tokens[i.saturating_sub(2)].span.start(), tokens[i].span.end());
            let message =
                if denied { "the source does not deny it" } else { "the source denies it" };
            Some(self.finding(Code::NegationContradicted, span, n, source, message))
        })
    }

    /// Whether two content words beside a word of the draft are also beside it in a source sentence.
    fn share_neighbours(&self, at: usize, source: &[Term], i: usize) -> bool {
        const REACH: usize = 8;
        let around = |terms: &[Term], at: usize| -> Vec<u32> {
            let before = terms[..at].iter().rev().filter(|t| t.is_content).take(REACH);
            let after = terms[at + 1..].iter().filter(|t| t.is_content).take(REACH);
            before.chain(after).filter_map(|t| t.number).collect()
        };
        let of_source = around(source, i);
        around(self.own, at).iter().filter(|n| of_source.contains(n)).count() >= 3
    }

    /// An announcement reported as completed.
    fn announced(&self) -> Option<(Span, Finding)> {
        let planned = |terms: &[Term], at: usize| {
            terms[at.saturating_sub(BEFORE_VERB)..at]
                .iter()
                .any(|t| PLANNED.contains(&t.word.as_str()))
        };
        self.own.iter().enumerate().filter(|(_, t)| t.is_content).find_map(|(at, term)| {
            let number = term.number?;
            let before = &self.own[at.saturating_sub(2)..at];
            let is_done =
                before.iter().any(|t| DONE.contains(&t.word.as_str())) && !planned(self.own, at);
            if !is_done {
                return None;
            }
            let all = self.occurrences(number, SAME * 0.7);
            let sentences = &self.judge.evidence.sentences;
            let &(n, i) = all.first()?;
            if !all.iter().all(|&(n, i)| planned(&sentences[n].tokens, i)) {
                return None;
            }
            let first = before.iter().find(|t| DONE.contains(&t.word.as_str()))?;
            let span = Span::new(first.span.start(), term.span.end());
            let tokens = &sentences[n].tokens;
            let source = Span::new(tokens[i.saturating_sub(2)].span.start(), tokens[i].span.end());
            Some(self.finding(
                Code::TenseContradicted,
                span,
                n,
                source,
                "the source only announces it",
            ))
        })
    }

    /// "All", "every" or "none" of something of which a source has a part.
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

    /// Two names that have changed places.
    fn exchanged(&self) -> Option<(Span, Finding)> {
        let names: Vec<(&[String], Span)> = self
            .judge
            .found
            .iter()
            .filter_map(|i| match &i.value {
                Value::Name(words) => Some((words.as_slice(), i.span)),
                _ => None,
            })
            .collect();
        for (i, (a, span_a)) in names.iter().enumerate() {
            for (b, span_b) in names.iter().skip(i + 1) {
                if let Some((n, source)) = self.titles_exchanged(a, b) {
                    let span = Span::new(span_a.start(), span_b.end());
                    let message = "the source has the two names the other way round";
                    return Some(self.finding(Code::Exchanged, span, n, source, message));
                }
            }
        }
        None
    }

    /// The title of one person precedes the other person in the sources, and never its own.
    fn titles_exchanged(&self, a: &[String], b: &[String]) -> Option<(usize, Span)> {
        let (last_a, last_b) = (a.last()?, b.last()?);
        if last_a == last_b {
            return None;
        }
        let titled = |title: &[String], last: &String| {
            let sentences = self.judge.evidence.sentences.iter().enumerate();
            sentences.flat_map(|(n, s)| s.items.iter().map(move |i| (n, i))).find_map(
                |(n, item)| {
                    let Value::Name(words) = &item.value else { return None };
                    let is_it = words.last() == Some(last)
                        && words.len() > title.len()
                        && words.windows(title.len()).any(|w| w == title);
                    is_it.then_some((n, item.span))
                },
            )
        };
        for (own, own_last, other_last) in [(a, last_a, last_b), (b, last_b, last_a)] {
            for k in 1..own.len() {
                let title = &own[..k];
                if !title.last().is_some_and(|word| is_office(word)) {
                    continue;
                }
                // The title of a list of people applies to each of them.
                if let Some(found) = titled(title, other_last)
                    && titled(title, own_last).is_none()
                    && !self.judge.evidence.sentences[found.0].span.is_empty()
                    && own.len() - k <= 2
                {
                    return Some(found);
                }
            }
        }
        None
    }
}

/// Returns whether a word is a rank or a role, as the lists of the language have them.
fn is_office(word: &str) -> bool {
    let Some(folder) = folder(Language::ENGLISH) else { return false };
    let ranks = sections(folder.titles).filter(|(name, _)| name.starts_with("rank"));
    let roles = sections(folder.roles).filter(|(name, _)| name.starts_with("role"));
    ranks.chain(roles).any(|(_, entry)| entry.trim_end_matches('.') == word)
}
