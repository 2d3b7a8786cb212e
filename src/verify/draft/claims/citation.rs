//! Compares the sentences of the draft that have citations with the articles that they cite.
//!
//! A cited sentence is unsupported in three cases: none of the cited articles contains its subject (the first name in
//! it) but another source does; no cited article has one of its numbers or days but another source does; or it has
//! little in common with any sentence of the cited articles and much with a sentence of another source.
//!
//! A mark such as `[1]` applies to the part of its sentence between the previous mark and itself; linked words apply to
//! the whole sentence. The third case requires that one part covers the whole sentence.
//!
//! Known limits: a citation that leads to none of the sources is not judged.

use crate::article::ArticleIx;
use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::cited::Citations;
use crate::verify::draft::claims::items::{Item, Unit, Value};
use crate::verify::draft::claims::{Judge, agree, verbatim};
use crate::verify::draft::read::Link;
use crate::verify::report::Finding;

/// The similarity below which even the most similar sentence of the cited articles does not support the draft's
/// sentence.
const FAR: f64 = 0.3;
/// The minimum similarity of a sentence of another source that supports the draft's sentence instead.
const NEAR: f64 = 0.6;
/// The minimum value, in units of the last significant digit, of a number without a unit that is compared; numbers of
/// one significant digit match by chance.
const LEAST_FIGURE: f64 = 10.0;

/// Judges the citations of a sentence; `remarks` are the ranges of the draft that only name the source of a sentence.
pub(super) fn check(
    judge: &Judge<'_>,
    citations: &Citations<'_>,
    (sentence, remarks): (Span, &[Span]),
    links: &[Link],
) -> Option<(Span, Finding)> {
    let text = &judge.read.article.text;
    let parts = cited_parts(text, (sentence, remarks), citations, links);
    let is_whole = parts.first().is_some_and(|(part, _)| {
        parts.len() == 1 && !has_words(text, Span::new(part.end(), sentence.end()), remarks)
    });
    let (at, message, n) = parts.iter().find_map(|(part, cited)| {
        let check = Cited { judge, articles: cited, part: *part };
        let found = check.subject().or_else(|| check.figure());
        found.or_else(|| is_whole.then(|| check.words(sentence)).flatten())
    })?;
    let mut finding = Finding::new(Code::CitationUnsupported, judge.text(at), message);
    let source = &judge.evidence.sentences[n];
    if !source.span.is_empty() {
        finding.places.push(judge.sources.place(source.article, source.span));
    }
    Some((at, finding))
}

/// Returns the parts of a sentence to which its citations apply, with the articles that each part cites. A mark without
/// words before it in the sentence belongs to the sentence before, so it is ignored.
fn cited_parts(
    text: &str,
    (sentence, remarks): (Span, &[Span]),
    citations: &Citations<'_>,
    links: &[Link],
) -> Vec<(Span, Vec<ArticleIx>)> {
    let mut parts: Vec<(Span, Vec<ArticleIx>)> = Vec::new();
    let mut from = sentence.start();
    let own = links.iter().filter(|l| sentence.start() < l.at && l.at <= sentence.end() + 1);
    let (marks, linked): (Vec<&Link>, Vec<&Link>) = own.partition(|link| link.is_mark);
    for link in marks {
        let before = Span::new(from, link.at.min(sentence.end()).max(from));
        if has_words(text, before, remarks) {
            parts.push((before, Vec::new()));
        }
        if let Some((_, cited)) = parts.last_mut() {
            cited.extend(citations.of_link(link));
        }
        from = before.end();
    }
    // "As the Selm Echo reports": linked words may be anywhere in the sentence.
    for link in linked {
        let cited = citations.of_link(link);
        if parts.is_empty() {
            parts.push((sentence, Vec::new()));
        }
        for (_, of_part) in &mut parts {
            of_part.extend(&cited);
        }
    }
    parts.retain(|(_, cited)| !cited.is_empty());
    parts
}

/// Returns whether a range contains a letter or digit outside remarks.
fn has_words(text: &str, range: Span, remarks: &[Span]) -> bool {
    let mut stretches = verbatim::without(range, remarks).into_iter();
    stretches.any(|stretch| stretch.slice(text).contains(char::is_alphanumeric))
}

/// A part of a sentence, with the articles that it cites.
struct Cited<'a> {
    judge: &'a Judge<'a>,
    articles: &'a [ArticleIx],
    part: Span,
}

/// The unsupported range, the message, and the sentence of another source that supports it.
type Unsupported = (Span, &'static str, usize);

impl Cited<'_> {
    fn is_cited(&self, n: usize) -> bool {
        self.articles.contains(&self.judge.evidence.sentences[n].article)
    }

    /// Returns the items of the part.
    fn items(&self) -> impl Iterator<Item = &Item> {
        self.judge.found.iter().filter(|item| self.part.contains(item.span))
    }

    /// Returns the first name of the part, if another source has its last word and no cited article has any of its
    /// words.
    fn subject(&self) -> Option<Unsupported> {
        let name = self.items().find_map(|item| match &item.value {
            Value::Name(words) => Some((item.span, words)),
            _ => None,
        });
        let (span, words) = name?;
        let has_any_word = |article: &ArticleIx| {
            let has = |word: &str| self.judge.sources.has_word(*article, word);
            words.iter().any(|word| has(word) || has(&format!("{word}'s")))
        };
        if self.articles.iter().any(has_any_word) {
            return None;
        }
        let with_last = self.judge.evidence.with_word(words.last()?);
        let other = with_last.into_iter().map(|(n, _)| n).find(|n| !self.is_cited(*n))?;
        Some((span, "the cited source never names it; another source does", other))
    }

    /// Returns the first number or day of the part that another source has and no cited article does.
    fn figure(&self) -> Option<Unsupported> {
        let is_figure = |item: &&Item| match item.value {
            Value::Number(value, step, unit) => unit != Unit::None || value / step >= LEAST_FIGURE,
            Value::Day(..) => true,
            _ => false,
        };
        self.items().filter(is_figure).find_map(|item| {
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

    /// Returns the whole sentence if a sentence of another source is similar and no sentence of the cited articles is.
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
