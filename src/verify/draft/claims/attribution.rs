//! Statements that the draft attributes to a different speaker than the sources do.
//!
//! Each indirect quotation of the draft is compared with the most similar source sentences. It is contradicted if all
//! of these belong to quotations, direct or indirect, by a person or outlet that cannot be the draft's speaker, and
//! none of them names the draft's speaker. If a sentence does not name its own speaker, the sentences beside it must
//! not name the draft's either.
//!
//! A direct quotation in a sentence that begins with the name of a person ("Ada Quist was unmoved: “…”") is taken for
//! that person's words. It is contradicted if every source of the words attributes them to another named person and
//! does not name the person from the draft in the same or an adjacent sentence. If the quote extractor has found the
//! draft's speaker with high confidence, the speaker check judges the quotation instead.
//!
//! Known limits: an indirect quotation that the quote extractor does not find is not compared. The extractor finds
//! these best in English, so in practice hardly any other language is covered.

use crate::article::ArticleIx;
use crate::quotes::{Confidence, Quote, QuoteKind, Speaker};
use crate::span::{Span, overlapping, slice};
use crate::text::{Token, TokenKind};
use crate::verify::code::Code;
use crate::verify::draft::claims::Compared;
use crate::verify::draft::claims::items::{Item, Value};
use crate::verify::draft::claims::scores;
use crate::verify::draft::comparable_words::Runs;
use crate::verify::draft::find::exact;
use crate::verify::draft::name;
use crate::verify::draft::speaker::Standing;
use crate::verify::report::{Finding, WordChange};

/// The minimum similarity of the most similar source sentence, for a statement to be compared.
const NEAR: f64 = 0.65;
/// The minimum similarity of a source sentence by words without a capital, most of which are not names.
const NEAR_BY_WORDS: f64 = 0.5;
/// Source sentences with at least this share of the highest similarity are compared.
const AS_NEAR: f64 = 0.8;
/// The minimum number of content words in an indirect quotation, or of words in a direct one, that is compared.
const LEAST_WORDS: usize = 4;

impl Compared<'_> {
    /// Compares an indirect quotation of the draft; returns the speaker's range with the finding.
    pub(super) fn check(&self, quote: &Quote) -> Option<(Span, Finding)> {
        let (speaker, at) = (quote.speaker.as_ref()?, quote.source?);
        // A pronoun in the draft may have been resolved wrongly.
        let names_itself = names(at.slice(&self.read.article.text), speaker);
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
        let is_lower = |t: &&&Token| !t.span.slice(text).starts_with(char::is_uppercase);
        let common: Vec<_> = tokens.iter().filter(is_lower).map(weighed).collect();
        if terms.len() < LEAST_WORDS {
            return None;
        }
        // Two statements about the same people share their names, so the other words must be similar as well.
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
            let person = self.certain_speaker(sentence.article, of_source)?;
            let is_beside = of_source.source.is_none_or(|source| !sentence.span.contains(source));
            if self.names_near(n, usize::from(is_beside), speaker)
                || !self.is_named(person)
                || name::same(speaker, person)
                || name::key(&person.name)
                    .iter()
                    .any(|word| name::key(&speaker.name).contains(word))
            {
                return None;
            }
            let of_source = person;
            other = other.or(Some((n, of_source)));
        }
        let (n, of_source) = other?;
        Some((at, self.other_speaker(at, n, of_source)))
    }

    /// Returns a finding for each sentence of the draft that begins with a person and quotes the words of another one,
    /// with the range of the person's name.
    pub(super) fn misquoted(
        &self,
        (inside, quotes): (&[Span], &[Quote]),
        items: &[Vec<Item>],
    ) -> Vec<(Span, Finding)> {
        let text = &self.read.article.text;
        // The speaker check judges quotations whose speaker is certain.
        let is_judged = |part: Span| {
            quotes.iter().any(|q| {
                q.kind != QuoteKind::Indirect
                    && q.confidence == Confidence::High
                    && q.content.iter().any(|c| c.overlaps(part))
                    && q.source.is_some_and(|s| s.slice(text).contains(char::is_uppercase))
            })
        };
        let sentences = self.document.sentences.iter().zip(items);
        let found = sentences.filter_map(|(sentence, found)| {
            let (at, speaker) = self.head(sentence.span, found)?;
            let mut parts = overlapping(inside, sentence.span).iter();
            let part = parts.find(|part| part.start() >= at.end() && !is_judged(**part))?;
            let (n, person) = self.other_person(*part, &speaker)?;
            Some((at, self.other_speaker(at, n, person)))
        });
        found.collect()
    }

    /// Returns the only person whom a sentence names, if the name is at the start of the sentence or after a comma.
    fn head(&self, sentence: Span, items: &[Item]) -> Option<(Span, Speaker)> {
        let text = &self.read.article.text;
        let speaker = |item: &Item| {
            let is_name = matches!(item.value, Value::Name(_));
            let speaker = Speaker { name: item.span.slice(text).to_owned(), role: None };
            (is_name && self.names.standing(&speaker) == Standing::Person)
                .then_some((item.span, speaker))
        };
        let mut people = items.iter().filter_map(speaker);
        let (at, person) = people.next()?;
        let before = slice(text, sentence.start(), at.start()).trim_end();
        let is_head = before.is_empty() || before.ends_with(',');
        (is_head && people.next().is_none() && self.is_named(&person)).then_some((at, person))
    }

    /// Returns the person to whom the first source of some words attributes them, with the sentence. Returns `None` if
    /// any source of the words names the draft's speaker near them or does not certainly attribute them to another
    /// person.
    fn other_person(&self, words: Span, speaker: &Speaker) -> Option<(usize, &Speaker)> {
        let runs = Runs::new(&self.read.article.text, words);
        if runs.parts.is_empty() || runs.len_in_words() < LEAST_WORDS {
            return None;
        }
        let mut other = None;
        for place in exact(self.sources, &runs).iter().filter_map(|found| found.runs.first()) {
            let n = self.evidence.sentence_at(place.article, place.span)?;
            let of_source = self.quote_of(place.article, place.span)?;
            let person = self.certain_speaker(place.article, of_source)?;
            if self.names_near(n, 1, speaker)
                || !self.is_named(person)
                || name::same(speaker, person)
            {
                return None;
            }
            other = other.or(Some((n, person)));
        }
        other
    }

    /// Returns whether a speaker is a single person with a full name, or an outlet.
    fn is_named(&self, speaker: &Speaker) -> bool {
        let outlets = &self.sources.outlets;
        let is_outlet =
            |outlet: Option<&str>| outlet.is_some_and(|o| outlets.are_one(o, &speaker.name));
        // "The video released by the Selm Echo" is not the outlet.
        let is_name = |word: &str| word == "the" || word.starts_with(char::is_uppercase);
        if !speaker.name.split_whitespace().take(2).all(is_name) {
            return false;
        }
        let is_joint = speaker.name.contains(" and ") || speaker.name.contains(',');
        let is_full = speaker.name.split_whitespace().filter(|w| w.chars().count() > 2).count() > 1;
        (self.names.standing(speaker) == Standing::Person && is_full && !is_joint)
            || self.names.is_outlet(&speaker.name)
            || self.sources.collection.articles.iter().any(|a| is_outlet(a.outlet()))
    }

    /// Returns whether a sentence, or one of the `beside` sentences on either side of it, contains the last word of a
    /// speaker's name.
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

    /// Returns the speaker of a source's quotation, if the extractor is sure and the attribution contains the name: a
    /// pronoun may have been resolved wrongly.
    fn certain_speaker<'q>(&self, article: ArticleIx, quote: &'q Quote) -> Option<&'q Speaker> {
        let text = &self.sources.collection.articles[article].text;
        let speaker = quote.speaker.as_ref()?;
        let is_named = quote.source.is_some_and(|source| names(source.slice(text), speaker));
        let is_sure = match quote.kind {
            // The confidence of indirect quotations is never higher.
            QuoteKind::Indirect => quote.confidence != Confidence::Low,
            _ => quote.confidence == Confidence::High,
        };
        (is_sure && is_named).then_some(speaker)
    }

    /// Returns the quotation of an article that overlaps a sentence most.
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
        let text = at.slice(&self.read.article.text);
        let sentence = &self.evidence.sentences[n];
        let message = format!("the source gives the statement to {:?}", of_source.name);
        let mut finding = Finding::new(Code::AttributionContradicted, text, message);
        finding.places.push(self.sources.place(sentence.article, sentence.span));
        let source = of_source.name.clone();
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        finding
    }
}

/// Returns whether a text contains the last word of a speaker's name.
fn names(text: &str, speaker: &Speaker) -> bool {
    let last = name::key(&speaker.name).pop();
    last.is_some_and(|last| name::key(text).contains(&last))
}
