//! Sentences of the draft with a citation, compared with the articles that they cite.
//!
//! A cited sentence is unsupported in three cases: none of the cited articles names its subject (the first name in it)
//! but another source does; no cited article has one of its figures but another source does; or it has almost no words
//! in common with any sentence of the cited articles and many with a sentence of another source.
//!
//! Known limits: a citation applies to its whole sentence; a citation that leads to none of the sources is not judged.

use crate::article::ArticleIx;
use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::cited::Citations;
use crate::verify::draft::claims::items::{Item, Unit, Value};
use crate::verify::draft::claims::{Judge, agree};
use crate::verify::draft::read::Link;
use crate::verify::report::Finding;

/// The maximum similarity of the nearest sentence of a cited article that does not support the claim.
const FAR: f64 = 0.3;
/// The minimum similarity at which another source is the right one.
const NEAR: f64 = 0.6;
/// The minimum value of a figure that is compared; smaller ones match by chance.
const LEAST_FIGURE: f64 = 10.0;

/// Judges the citation of a sentence, if it has one.
pub(super) fn check(
    judge: &Judge<'_>,
    citations: &Citations<'_>,
    sentence: Span,
    links: &[Link],
) -> Option<(Span, Finding)> {
    let end = sentence.end() + 1;
    let own = links.iter().filter(|l| sentence.start() < l.at && l.at <= end);
    let mut cited: Vec<ArticleIx> = own.flat_map(|l| citations.of_link(l)).collect();
    cited.sort_unstable();
    cited.dedup();
    if cited.is_empty() {
        return None;
    }
    let check = Cited { judge, cited: &cited };
    let (at, message, n) =
        check.subject().or_else(|| check.figure()).or_else(|| check.words(sentence))?;
    let mut finding = Finding::new(Code::CitationUnsupported, judge.text(at), message);
    let source = &judge.evidence.sentences[n];
    if !source.span.is_empty() {
        finding.places.push(judge.sources.place(source.article, source.span));
    }
    Some((at, finding))
}

/// The articles that a sentence cites.
struct Cited<'a> {
    judge: &'a Judge<'a>,
    cited: &'a [ArticleIx],
}

/// The unsupported range, the reason, and the sentence of another source that supports it.
type Unsupported = (Span, &'static str, usize);

impl Cited<'_> {
    fn is_cited(&self, n: usize) -> bool {
        self.cited.contains(&self.judge.evidence.sentences[n].article)
    }

    /// Returns the first name of the sentence, if another source has it and no cited article does.
    fn subject(&self) -> Option<Unsupported> {
        let name = self.judge.found.iter().find_map(|item| match &item.value {
            Value::Name(words) => Some((item.span, words)),
            _ => None,
        });
        let (span, words) = name?;
        let has_any_word = |article: &ArticleIx| {
            let has = |word: &str| self.judge.sources.has_word(*article, word);
            words.iter().any(|word| has(word) || has(&format!("{word}'s")))
        };
        if self.cited.iter().any(has_any_word) {
            return None;
        }
        let with_last = self.judge.evidence.with_word(words.last()?);
        let other = with_last.into_iter().map(|(n, _)| n).find(|n| !self.is_cited(*n))?;
        Some((span, "the cited source never names it; another source does", other))
    }

    /// Returns a figure or day that another source has and no cited article does.
    fn figure(&self) -> Option<Unsupported> {
        let is_figure = |item: &&Item| match item.value {
            Value::Number(value, step, unit) => unit != Unit::None || value / step >= LEAST_FIGURE,
            Value::Day(..) => true,
            _ => false,
        };
        self.judge.found.iter().filter(is_figure).find_map(|item| {
            let sentences = self.judge.evidence.sentences.iter().enumerate();
            let holding = sentences.filter(|(_, s)| s.items.iter().any(|other| agree(item, other)));
            let all: Vec<usize> = holding.map(|(n, _)| n).collect();
            let first = *all.first()?;
            let is_held = all.iter().any(|&n| self.is_cited(n));
            (!is_held).then_some((
                item.span,
                "the cited source does not have it; another source does",
                first,
            ))
        })
    }

    /// Returns the whole sentence, if only another source has its words.
    fn words(&self, sentence: Span) -> Option<Unsupported> {
        let near = &self.judge.near.whole;
        let best = |cited: bool| {
            let all = (0..near.len()).filter(|n| self.is_cited(*n) == cited);
            all.max_by(|a, b| near[*a].total_cmp(&near[*b]).then(b.cmp(a)))
        };
        let (own, other) = (best(true)?, best(false)?);
        (near[own] < FAR && near[other] >= NEAR).then_some((
            sentence,
            "the cited source says nothing of the kind; another source does",
            other,
        ))
    }
}
