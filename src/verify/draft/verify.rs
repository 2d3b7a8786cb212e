//! The walk over a draft.

use std::collections::BTreeMap;

use crate::article::{Article, ArticleIx, BlockKind};
use crate::language::Language;
use crate::quotes::{self, Quote, QuoteKind, Speaker};
use crate::span::{Span, slice};
use crate::text::{Collection, Document, annotate, quotemarks};
use crate::verify::draft::find::{Likeness, Match, Verdict, find};
use crate::verify::draft::name;
use crate::verify::draft::read::{Draft, Format};
use crate::verify::draft::report::{Finding, FindingKind, Report, WordChange};
use crate::verify::draft::sources::Sources;
use crate::verify::draft::words::Runs;

/// A quotation of fewer words that stands nowhere may be a title, or words held at arm's length.
const LEAST_QUOTATION: usize = 3;

/// The letters of a title that a reference is known by.
const LEAST_TITLE: usize = 12;

/// A sentence before a mark that shares fewer words with a source is support in the writer's own words.
const LEAST_EXCERPT: usize = 6;

/// Checks a draft against the articles of a collection; without a format it is detected.
pub fn verify(draft: &str, format: Option<Format>, collection: &Collection) -> Report {
    let mut read = Draft::read(draft, format.unwrap_or_else(|| Format::detect(draft)));
    read.article.lang = usual_language(collection);
    let document = annotate(&read.article);
    let quotes = quotes::extract(&read.article, &document);
    let sources = Sources::of(collection);
    let report = Report::default();
    let mut walk = Walk { read: &read, document: &document, quotes, sources, report };
    for block in 0..read.article.blocks.len() {
        walk.block(block);
    }
    let mut report = walk.report;
    report.holds = !report.findings.iter().any(|f| f.fault);
    report
}

/// The language of most articles: quotations are read in the language of what they quote.
fn usual_language(collection: &Collection) -> Language {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    for article in &collection.articles {
        *counts.entry(article.lang).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(lang, n)| (**n, std::cmp::Reverse(**lang)));
    most.map_or(Language::UNKNOWN, |(lang, _)| *lang)
}

struct Walk<'a> {
    read: &'a Draft,
    document: &'a Document,
    quotes: Vec<Quote>,
    sources: Sources<'a>,
    report: Report,
}

impl Walk<'_> {
    fn text(&self) -> &str {
        &self.read.article.text
    }

    fn block(&mut self, block: usize) {
        let span = self.read.article.blocks[block].span;
        let quoted = quotemarks::quoted(self.text(), span);
        for quotation in &quoted {
            self.quotation(block, *quotation);
        }
        let kind = self.read.article.blocks[block].kind;
        let is_attribution = span.of(self.text()).starts_with(['—', '–', '-']);
        if kind == BlockKind::Blockquote && is_attribution {
            return;
        }
        if kind == BlockKind::Blockquote && quoted.is_empty() {
            for sentence in self.sentences_in(span) {
                self.excerpt(sentence, Claim::Strong);
            }
            return;
        }
        let mut before = span.start();
        for link in self.read.links.get(block).cloned().unwrap_or_default() {
            let strong = link.target.contains("#:~:text=");
            let claimed = Span::new(before, link.at).trimmed(self.text());
            before = link.at;
            if !(strong || link.is_mark) {
                continue;
            }
            if self.ends_in_introduced_quotation(claimed, &quoted) {
                continue;
            }
            if let Some(sentence) = self.last_sentence(claimed) {
                self.excerpt(sentence, if strong { Claim::Strong } else { Claim::Weak });
            }
        }
    }

    /// Returns whether a stretch ends in a quotation after a colon: then its mark is the quotation's, and the words
    /// before the colon are the writer's own.
    fn ends_in_introduced_quotation(&self, stretch: Span, quoted: &[Span]) -> bool {
        let closing = |c: char| !c.is_alphanumeric();
        quoted.iter().any(|q| {
            let after = slice(self.text(), q.end(), stretch.end());
            let before = slice(self.text(), stretch.start(), q.start());
            stretch.contains(*q)
                && after.chars().all(closing)
                && before
                    .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':')
                    .ends_with(':')
        })
    }

    fn sentences_in(&self, span: Span) -> Vec<Span> {
        let all = self.document.sentences.iter().map(|s| s.span);
        all.filter(|s| span.contains(*s)).collect()
    }

    /// The last sentence of a stretch, as far as it lies in it, without a mark or a remark in brackets at its ends.
    fn last_sentence(&self, stretch: Span) -> Option<Span> {
        let all = self.document.sentences.iter().map(|s| s.span);
        let last = all.rev().find(|s| s.overlaps(stretch))?;
        let mut start = last.start().max(stretch.start());
        let end = last.end().min(stretch.end());
        let inside = slice(self.text(), start, end);
        if let Some(remark) = inside.strip_prefix('(') {
            start += remark.find(')').map_or(0, |at| at + 2);
        }
        let span = Span::new(start, end).trimmed(self.text());
        (!span.is_empty()).then_some(span)
    }

    fn find(
        &mut self,
        at: Span,
        kind: FindingKind,
        fault: bool,
        message: String,
        places: &[Match],
    ) {
        let places = places.iter().map(|m| self.sources.place(m.article, m.span)).collect();
        self.report.findings.push(Finding {
            line: self.read.line(at.start()),
            kind,
            fault,
            text: at.of(self.text()).to_owned(),
            message,
            places,
            changes: Vec::new(),
            speaker: None,
        });
    }

    fn altered(&mut self, at: Span, place: Match, changes: Vec<WordChange>) {
        let message = "stands in the source in other words".to_owned();
        self.find(at, FindingKind::Altered, true, message, &[place]);
        if let Some(last) = self.report.findings.last_mut() {
            last.changes = changes;
        }
    }

    fn quotation(&mut self, block: usize, quotation: Span) {
        let runs = Runs::of(self.text(), quotation);
        let n_words = runs.all().len();
        if n_words == 0 {
            return;
        }
        self.report.checked.quotations += 1;
        let speaker = self.speaker_in_draft(block, quotation);
        match find(&self.sources, self.text(), &runs) {
            Verdict::Verbatim(places) => {
                if let Some(pieces) = self.of_two_speakers(&places) {
                    let message = "joins the words of two speakers".to_owned();
                    return self.find(quotation, FindingKind::Spliced, true, message, &pieces);
                }
                self.report.checked.verbatim += 1;
                // A word or two stand anywhere.
                if n_words >= LEAST_QUOTATION {
                    self.source(block, quotation, &places);
                }
                if let Some(speaker) = speaker {
                    self.speaker(quotation, &speaker, &places);
                }
            }
            Verdict::Altered(place, changes, _) => self.altered(quotation, place, changes),
            Verdict::Spliced(pieces) => {
                let message = "is put together from places apart".to_owned();
                self.find(quotation, FindingKind::Spliced, true, message, &pieces);
            }
            Verdict::NotFound => {
                let fault = n_words >= LEAST_QUOTATION || speaker.is_some();
                let message = "stands in no source".to_owned();
                self.find(quotation, FindingKind::NotFound, fault, message, &[]);
            }
        }
    }

    /// Returns the runs of the first place where they are by different people, where they are so in every place.
    fn of_two_speakers(&self, places: &[Vec<Match>]) -> Option<Vec<Match>> {
        let speaker = |m: &Match| {
            let quote = self.sources.quote_at(m.article, m.span)?;
            quote.speaker.clone()
        };
        let differ = |place: &&Vec<Match>| {
            let named: Vec<Speaker> = place.iter().filter_map(speaker).collect();
            named.windows(2).any(|pair| !name::same(&pair[0], &pair[1]))
        };
        let all = places.iter().all(|p| differ(&p));
        places.iter().find(differ).filter(|_| all).cloned()
    }

    /// Whom the draft gives a quotation to: by its own sentence, or by the line with a dash after it.
    fn speaker_in_draft(&self, block: usize, quotation: Span) -> Option<Speaker> {
        let own = self.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
        let mut own = own.filter(|q| q.content.iter().any(|part| part.overlaps(quotation)));
        if let Some(speaker) = own.find_map(|q| q.speaker.clone()) {
            return Some(speaker);
        }
        let blocks = &self.read.article.blocks;
        let rest = Span::new(quotation.end(), blocks[block].span.end()).of(self.text());
        let is_closing =
            |c: char| c.is_whitespace() || matches!(c, '"' | '”' | '“' | '»' | '«' | '\'' | '’');
        let rest = rest.trim_start_matches(is_closing);
        let next = blocks.get(block + 1).map_or("", |b| b.span.of(self.text()));
        let line = if rest.is_empty() { next } else { rest };
        let dashed = line.strip_prefix("--").or_else(|| line.strip_prefix(['—', '–', '-', '―']))?;
        let name = dashed.split([',', '·', '(', '[', ';', '|']).next()?.trim();
        (!name.is_empty()).then(|| Speaker { name: name.to_owned(), role: None })
    }

    /// Compares the draft's speaker with the source's: one place that agrees is enough.
    fn speaker(&mut self, quotation: Span, speaker: &Speaker, places: &[Vec<Match>]) {
        let articles = &self.sources.collection.articles;
        let is_outlet = |a: &Article| {
            a.source.as_deref().is_some_and(|s| s.to_lowercase() == speaker.name.to_lowercase())
        };
        // "The Harbour Gazette: …" says where words stand, not who spoke them.
        if articles.iter().any(is_outlet) {
            return;
        }
        self.report.checked.speakers += 1;
        let mut others: Vec<(Match, String)> = Vec::new();
        let first_of_each = places.iter().filter_map(|p| p.first());
        for place in first_of_each {
            let quote = self.sources.quote_at(place.article, place.span);
            match quote.and_then(|q| q.speaker.as_ref()) {
                Some(source) if name::same(speaker, source) => return,
                Some(source) => others.push((*place, source.name.clone())),
                None => {}
            }
        }
        let named = &speaker.name;
        if let Some((_, source)) = others.first() {
            let message = format!("given to {named:?}, the source gives it to {source:?}");
            let places: Vec<Match> = others.iter().map(|(m, _)| *m).collect();
            self.find(quotation, FindingKind::OtherSpeaker, true, message, &places);
        } else {
            let in_article = |m: &&Match| {
                let article = &self.sources.collection.articles[m.article];
                name::stands_in(named, &article.text)
            };
            let places: Vec<Match> = places.iter().filter_map(|p| p.first()).copied().collect();
            let fault = !places.iter().any(|m| in_article(&m));
            let message = format!("given to {named:?}, the source gives it to nobody");
            self.find(quotation, FindingKind::NoSpeaker, fault, message, &places);
        }
        if let Some(last) = self.report.findings.last_mut() {
            last.speaker = Some(speaker.name.clone());
        }
    }

    /// Compares the article that the draft names beside a quotation with those where it stands.
    fn source(&mut self, block: usize, quotation: Span, places: &[Vec<Match>]) {
        let claimed = self.claimed_articles(block);
        let found: Vec<Match> = places.iter().filter_map(|p| p.first()).copied().collect();
        if claimed.is_empty() || found.iter().any(|m| claimed.contains(&m.article)) {
            return;
        }
        let articles = &self.sources.collection.articles;
        let names: Vec<&str> = claimed
            .iter()
            .map(|&a| articles[a].outlet().unwrap_or_else(|| articles[a].id.as_str()))
            .collect();
        let message = format!("does not stand in the source that is named: {}", names.join(", "));
        self.find(quotation, FindingKind::OtherArticle, true, message, &found);
    }

    /// The articles that a paragraph names: by links and notes, else by the only outlet named.
    fn claimed_articles(&self, block: usize) -> Vec<ArticleIx> {
        let next_is_attribution = self.read.article.blocks.get(block + 1).is_some_and(|b| {
            b.kind == BlockKind::Blockquote
                && b.span.of(self.text()).starts_with(['—', '–', '-', '―'])
        });
        let blocks = block..=block + usize::from(next_is_attribution);
        let links = blocks.clone().flat_map(|b| self.read.links.get(b).into_iter().flatten());
        let mut claimed: Vec<ArticleIx> = links.flat_map(|l| self.articles_of(&l.target)).collect();
        if claimed.is_empty() {
            let texts = blocks.filter_map(|b| self.read.article.blocks.get(b));
            let text: String = texts.map(|b| b.span.of(self.text())).collect();
            claimed = self.articles_of_outlet_in(&text);
        }
        claimed.sort_unstable();
        claimed.dedup();
        claimed
    }

    fn articles_of(&self, target: &str) -> Vec<ArticleIx> {
        let mut notes = self.read.notes.iter().filter(|(label, _)| label == target);
        let note = notes.next().map(|(_, text)| text.as_str());
        let articles = self.sources.collection.articles.iter().enumerate();
        let bare = |url: &str| url.split('#').next().unwrap_or("").trim_end_matches('/').to_owned();
        let is_meant = |url: &str| match note {
            Some(text) => text.split_whitespace().any(|word| bare(word) == bare(url)),
            None => bare(target) == bare(url),
        };
        let by_url = articles.filter(|(_, a)| a.url.as_deref().is_some_and(is_meant));
        let by_url: Vec<ArticleIx> = by_url.map(|(i, _)| i).collect();
        match note {
            Some(text) if by_url.is_empty() => self.articles_of_reference(text),
            _ => by_url,
        }
    }

    /// The articles that a reference without an address means: by title, else by outlet.
    fn articles_of_reference(&self, text: &str) -> Vec<ArticleIx> {
        let folded = text.to_lowercase();
        let articles = self.sources.collection.articles.iter().enumerate();
        let titled = articles.filter(|(_, a)| {
            LEAST_TITLE <= a.title.chars().count() && folded.contains(&a.title.to_lowercase())
        });
        let titled: Vec<ArticleIx> = titled.map(|(i, _)| i).collect();
        if titled.is_empty() { self.articles_of_outlet_in(text) } else { titled }
    }

    /// The articles of the outlet that a text names, nothing where it names none or several.
    fn articles_of_outlet_in(&self, text: &str) -> Vec<ArticleIx> {
        let articles = &self.sources.collection.articles;
        let named = |a: &ArticleIx| {
            articles[*a].source.as_deref().is_some_and(|s| s.len() > 3 && text.contains(s))
        };
        let found: Vec<ArticleIx> = (0..articles.len()).filter(named).collect();
        let mut outlets: Vec<&str> = found.iter().filter_map(|&a| articles[a].outlet()).collect();
        outlets.dedup();
        outlets.sort_unstable();
        outlets.dedup();
        if outlets.len() == 1 { found } else { Vec::new() }
    }

    fn excerpt(&mut self, sentence: Span, claim: Claim) {
        let runs = Runs::of(self.text(), sentence);
        let n_words = runs.all().len();
        if n_words < LEAST_QUOTATION {
            return;
        }
        let verdict = find(&self.sources, self.text(), &runs);
        match (verdict, claim) {
            (Verdict::Verbatim(_), _) => {}
            (Verdict::Altered(place, changes, Likeness::Surely), _) if n_words >= LEAST_EXCERPT => {
                self.altered(sentence, place, changes);
            }
            (_, Claim::Weak) => return,
            (Verdict::Altered(place, changes, _), Claim::Strong) => {
                self.altered(sentence, place, changes);
            }
            (Verdict::Spliced(pieces), Claim::Strong) => {
                let message = "is put together from places apart".to_owned();
                self.find(sentence, FindingKind::Spliced, true, message, &pieces);
            }
            (Verdict::NotFound, Claim::Strong) => {
                let message = "claims to be an excerpt and stands in no source".to_owned();
                self.find(sentence, FindingKind::NotFound, true, message, &[]);
            }
        }
        self.report.checked.excerpts += 1;
    }
}

/// How surely a sentence claims to be an excerpt.
#[derive(Clone, Copy)]
enum Claim {
    /// In a block quotation, or before a link with a text fragment.
    Strong,
    /// Before a mark that leads to a source.
    Weak,
}
