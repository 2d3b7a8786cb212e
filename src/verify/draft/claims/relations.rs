//! Relations in a sentence: who did what to whom, whether and when it happened, and how many were affected.
//!
//! Most rules examine the word that carries the relation (a verb, a noun after "all") in the source sentences that are
//! similar to the draft's sentence and also contain that word. The relation is contradicted only if none of these
//! sentences agrees with it.
//!
//! Known limits: most rules apply to English only; a relation expressed in words other than the source's is not judged.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::language::Language;
use crate::span::Span;
use crate::text::Sentence as DraftSentence;
use crate::text::packs::{folder, sections};
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::{
    Judge, announcement, dated, exchange, negation, opposite, part, scores, scores_of,
};
use crate::verify::report::{Finding, WordChange};

/// The maximum number of content words on either side of a word that are compared.
const AROUND: usize = 6;
/// The minimum share of the words around a word, by weight, that a source sentence contains, unless it is similar as a
/// whole.
const NEAR_AROUND: f64 = 0.5;

/// The minimum number of content words around a word by which sentences about the same event are selected.
const LEAST_AROUND: usize = 3;
/// Sentences with at least this share of the highest similarity are selected together with the most similar one.
const NEARLY: f64 = 0.75;

/// Returns the relations of a sentence that the sources contradict or put in doubt.
pub(super) fn check(judge: &Judge<'_>, sentence: &DraftSentence) -> Vec<(Span, Finding)> {
    let text = &judge.read.article.text;
    let rules = Rules { judge, own: judge.terms };
    let mut found = Vec::new();
    // A question does not make a claim.
    if sentence.span.slice(text).trim_end_matches(['*', '_', ' ', '"', '”']).ends_with('?') {
        return found;
    }
    found.extend(exchange::find(&rules));
    found.extend(negation::find(&rules).or_else(|| opposite::find(&rules)));
    found.extend(announcement::find(&rules));
    found.extend(part::find(&rules));
    found.extend(dated::find(&rules));
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
    /// Returns the occurrences of a word, or of forms of the same verb, in source sentences that are similar as a whole
    /// or contain enough of the words around it. The sentences with the most of these words, by weight, come first.
    pub(super) fn similar(&self, at: usize, least: f64) -> Vec<Occurrence> {
        let evidence = self.judge.evidence;
        let own = &self.own[at];
        let before = self.own[..at].iter().rev().filter(|t| t.counts()).take(AROUND);
        let after = self.own[at + 1..].iter().filter(|t| t.counts()).take(AROUND);
        let around: Vec<(Option<u32>, f64)> =
            before.chain(after).map(|t| (t.number, evidence.weight(t.number))).collect();
        let with_form: Vec<usize> = evidence.with_form_of(own);
        let sentences: Vec<u32> = with_form.iter().map(|n| *n as u32).collect();
        let local = scores_of(evidence, &around, &sentences);
        let mut found: Vec<(f64, Occurrence)> = Vec::new();
        for (local, n) in local.into_iter().zip(with_form) {
            if local >= NEAR_AROUND || self.judge.near.whole[n] >= least {
                let tokens = evidence.sentences[n].tokens.iter().enumerate();
                let forms = tokens.filter(|(_, t)| t.is_form_of(own));
                found.extend(forms.map(|(i, _)| (local, (n, i))));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, occurrence)| occurrence).collect()
    }

    /// Returns the sentences of article texts that contain most of the words around a word of the draft: the most
    /// similar one, if it has at least the similarity `least`, and those nearly as similar. Sentences are left out if a
    /// name among these words is neither in the sentence nor in the one before it.
    pub(super) fn nearest(&self, at: usize, least: f64) -> Vec<usize> {
        let evidence = self.judge.evidence;
        let before = self.own[..at].iter().rev().filter(|t| t.counts()).take(AROUND);
        let after = self.own[at + 1..].iter().filter(|t| t.counts()).take(AROUND);
        let around: Vec<&Term> = before.chain(after).collect();
        if around.len() < LEAST_AROUND {
            return Vec::new();
        }
        let weighed: Vec<(Option<u32>, f64)> =
            around.iter().map(|t| (t.number, evidence.weight(t.number))).collect();
        let shares = scores(evidence, &weighed);
        let is_text = |n: usize| !evidence.sentences[n].span.is_empty();
        let most = (0..shares.len()).filter(|n| is_text(*n)).map(|n| shares[n]).fold(0.0, f64::max);
        if most < least {
            return Vec::new();
        }
        let has_names = |n: usize| {
            around.iter().filter(|t| t.is_raised).all(|name| {
                let mut near = evidence.up_to(n).iter().flat_map(|s| &s.tokens);
                near.any(|t| t.is_form_of(name))
            })
        };
        let near = (0..shares.len()).filter(|&n| is_text(n) && shares[n] >= NEARLY * most);
        near.filter(|&n| has_names(n)).collect()
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
        let source = source.slice(&article.text).to_owned();
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        (span, finding)
    }
}

/// The ranks and roles in the English lists.
static OFFICES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let Some(folder) = folder(Language::ENGLISH) else { return BTreeSet::new() };
    let roles = sections(folder.roles).filter(|(name, _)| name.starts_with("role"));
    titles("rank").chain(roles.map(|(_, entry)| entry)).collect()
});

/// The forms of address in the English lists.
static HONORIFICS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| titles("honorific").collect());

/// Returns the English titles of a kind (`rank` or `honorific`), without full stops.
fn titles(kind: &str) -> impl Iterator<Item = &'static str> {
    let file = folder(Language::ENGLISH).map_or("", |folder| folder.titles);
    let of_kind = sections(file).filter(move |(name, _)| name.starts_with(kind));
    of_kind.map(|(_, entry)| entry.trim_end_matches('.'))
}

/// Returns whether a word is a rank or a role.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(word)
}

/// Returns whether a word is a rank, a role or a form of address.
pub(super) fn is_title(word: &str) -> bool {
    is_office(word) || HONORIFICS.contains(word)
}
