//! Statements in the draft's own words that are attributed to somebody other than in the sources.
//!
//! Each indirect quotation of the draft is compared with the most similar sentences of the sources. It is contradicted
//! if all of these belong to quotations, direct or indirect, by a person or outlet that cannot be the draft's speaker,
//! and neither they nor adjacent sentences name the draft's speaker.
//!
//! Known limits: a statement that the quote extractor does not find is not compared. In practice only English is
//! covered, because the extractor finds indirect quotations best there.

use crate::article::ArticleIx;
use crate::quotes::{Quote, QuoteKind, Speaker};
use crate::span::Span;
use crate::text::{Token, TokenKind};
use crate::verify::code::Code;
use crate::verify::draft::claims::Compared;
use crate::verify::draft::claims::scores;
use crate::verify::draft::name;
use crate::verify::draft::speaker::Standing;
use crate::verify::report::{Finding, WordChange};

/// The minimum similarity at which a sentence of a source reports the same statement.
const NEAR: f64 = 0.55;
/// The minimum similarity by words that are not names.
const NEAR_BY_WORDS: f64 = 0.3;
/// Sentences with at least this share of the best similarity are compared as well.
const AS_NEAR: f64 = 0.8;
/// The minimum number of content words in a statement that is compared.
const LEAST_WORDS: usize = 4;

impl Compared<'_> {
    /// Compares an indirect quotation of the draft; returns the speaker's range with the finding.
    pub(super) fn check(&self, quote: &Quote) -> Option<(Span, Finding)> {
        let (speaker, at) = (quote.speaker.as_ref()?, quote.source?);
        // A pronoun in the draft may have been resolved wrongly.
        let names_itself = at.of(&self.read.article.text).contains(char::is_uppercase);
        if quote.kind != QuoteKind::Indirect || !names_itself || !self.is_named(speaker) {
            return None;
        }
        let said = quote.content.first()?;
        let tokens = self.document.sentences_at(*said).iter();
        let tokens = tokens.flat_map(|s| self.document.tokens_of(s));
        let tokens = tokens.filter(|t| said.contains(t.span) && t.kind != TokenKind::Stop);
        let tokens: Vec<_> = tokens.collect();
        let weighed = |t: &&Token| self.evidence.weighed(self.document.term(t.term));
        let terms: Vec<_> = tokens.iter().map(weighed).collect();
        let text = &self.read.article.text;
        let is_lower = |t: &&&Token| !t.span.of(text).starts_with(char::is_uppercase);
        let common: Vec<_> = tokens.iter().filter(is_lower).map(weighed).collect();
        if terms.len() < LEAST_WORDS {
            return None;
        }
        // Two statements about the same people share their names.
        let by_words = scores(self.evidence, &common);
        let scores = scores(self.evidence, &terms);
        let best = scores.iter().copied().fold(0.0, f64::max);
        if best < NEAR {
            return None;
        }
        let near = (0..scores.len())
            .filter(|&n| scores[n] >= AS_NEAR * best && by_words[n] >= NEAR_BY_WORDS);
        let mut other = None;
        for n in near {
            let sentence = &self.evidence.sentences[n];
            if sentence.span.is_empty() {
                continue;
            }
            let of_source = self.quote_of(sentence.article, sentence.span)?;
            let person = of_source.speaker.as_ref()?;
            // A pronoun of the source may have been resolved wrongly, so adjacent sentences are searched too.
            let text = &self.sources.collection.articles[sentence.article].text;
            let names_itself = of_source.source.is_some_and(|source| {
                sentence.span.contains(source) && source.of(text).contains(char::is_uppercase)
            });
            if self.names_near(n, usize::from(!names_itself), speaker)
                || !self.is_named(person)
                || name::same(speaker, person)
            {
                return None;
            }
            let of_source = person;
            other = other.or(Some((n, of_source)));
        }
        let (n, of_source) = other?;
        Some((at, self.other_speaker(at, n, of_source)))
    }

    /// Returns whether a speaker is a single named person, or an outlet.
    fn is_named(&self, speaker: &Speaker) -> bool {
        let outlets = &self.sources.outlets;
        let is_outlet =
            |outlet: Option<&str>| outlet.is_some_and(|o| outlets.are_one(o, &speaker.name));
        let is_joint = speaker.name.contains(" and ") || speaker.name.contains(',');
        let is_full = speaker.name.split_whitespace().filter(|w| w.chars().count() > 2).count() > 1;
        (self.names.standing(speaker) == Standing::Person && is_full && !is_joint)
            || self.names.is_outlet(&speaker.name)
            || self.sources.collection.articles.iter().any(|a| is_outlet(a.outlet()))
    }

    /// Returns whether a sentence, or one of this many adjacent ones, contains the last word of a speaker's name.
    fn names_near(&self, n: usize, beside: usize, speaker: &Speaker) -> bool {
        let Some(last) = name::key(&speaker.name).pop() else { return true };
        let sentences = &self.evidence.sentences;
        let article = sentences[n].article;
        let beside = n.saturating_sub(beside)..sentences.len().min(n + beside + 1);
        beside.into_iter().any(|m| {
            let sentence = &sentences[m];
            sentence.article == article
                && sentence.words.iter().any(|word| name::key(word).last() == Some(&last))
        })
    }

    /// Returns the quotation that has the most in common with a sentence of a source.
    fn quote_of(&self, article: ArticleIx, sentence: Span) -> Option<&Quote> {
        let quotes = self.sources.quotes[article].iter();
        let shared = |q: &Quote| -> usize {
            let overlap = |part: &Span| {
                part.end().min(sentence.end()).saturating_sub(part.start().max(sentence.start()))
            };
            q.content.iter().map(overlap).sum()
        };
        quotes.filter(|q| shared(q) > 0).max_by_key(|q| shared(q))
    }

    fn other_speaker(&self, at: Span, n: usize, of_source: &Speaker) -> Finding {
        let text = at.of(&self.read.article.text);
        let sentence = &self.evidence.sentences[n];
        let message = format!("the source gives the statement to {:?}", of_source.name);
        let mut finding = Finding::new(Code::AttributionContradicted, text, message);
        finding.places.push(self.sources.place(sentence.article, sentence.span));
        let source = of_source.name.clone();
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        finding
    }
}
