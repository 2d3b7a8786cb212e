//! Checks each block of a draft in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::article::{ArticleIx, BlockKind};
use crate::language::Language;
use crate::quotes::{self, Confidence, Quote, QuoteKind, Speaker};
use crate::read::lang;
use crate::span::{CodePoints, Span, overlapping, slice};
use crate::text::{Collection, Document, annotate};
use crate::verify::code::{Code, Kind};
use crate::verify::draft::briefing_labels;
use crate::verify::draft::cited::Citations;
use crate::verify::draft::claims::{self, Evidence};
use crate::verify::draft::comparable_words::{Gap, Runs, Word, words};
use crate::verify::draft::edits::{self, Facts};
use crate::verify::draft::find::{Change, Found, Likeness, Match, Verdict, find};
use crate::verify::draft::name;
use crate::verify::draft::read::{Draft, Format};
use crate::verify::draft::sources::{Part, Sources};
use crate::verify::draft::speaker::{self, Agreement, Attributed, Lexicon, Standing};
use crate::verify::report::{Finding, Report, Supported, WordChange};

/// The minimum number of words in a quotation; a shorter one that no source contains may be a title or a term.
const LEAST_QUOTATION: usize = 3;
/// The minimum number of words for a sentence before a mark to be compared as an excerpt; a shorter sentence counts as
/// a paraphrase.
const LEAST_EXCERPT: usize = 6;
/// The maximum number of words that an ellipsis may omit. A longer omission is a splice or, within a sentence or
/// between quotations of one speaker, only a note.
const FAR_APART: usize = 25;
/// The maximum number of source passages shown per finding.
const MOST_PLACES: usize = 4;

/// The options of a check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The format of the draft. Default: `None`, detected from the text.
    pub format: Option<Format>,
    /// Whether to compare numbers, dates, names and relations outside quotation marks with the sources. Default:
    /// `false`.
    pub claims: bool,
}

/// Checks a draft against the articles of a collection.
///
/// ```
/// use nutgraf::verify::draft::{Options, verify};
/// use nutgraf::{Article, Collection};
///
/// let article = Article::from_text("\"Nobody will drive over it this winter,\" said Mayor Ana Quill.");
/// let sources = Collection::build(vec![article]);
/// let check = |draft: &str| verify(draft, &Options::default(), &sources);
/// assert!(check("Ana Quill said: \"Nobody will drive over it this winter.\"").holds);
/// let report = check("Ana Quill said: \"Nobody will drive over it this summer.\"");
/// assert_eq!(report.findings[0].code.name(), "word_changed");
/// ```
pub fn verify(draft: &str, options: &Options, collection: &Collection) -> Report {
    Check::new(collection).draft(draft, options)
}

/// Returns whether a draft has any words to check; an empty file or a page of images has none. Also returns true if
/// this build cannot read the format.
pub fn has_text(draft: &str, format: Option<Format>) -> bool {
    let read = Draft::parse(draft, format.unwrap_or_else(|| Format::detect(draft)));
    read.unread.is_some() || read.article.text.contains(char::is_alphanumeric)
}

/// The articles of a collection, prepared for checking any number of drafts.
pub struct Check<'c> {
    sources: Sources<'c>,
    lexicon: Lexicon,
    facts: BTreeMap<Language, Facts>,
    language: Language,
    /// The evidence for claims, built when claims are first checked.
    evidence: OnceLock<Evidence>,
}

impl std::fmt::Debug for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check").field("language", &self.language).finish_non_exhaustive()
    }
}

impl<'c> Check<'c> {
    /// Prepares the quotations and words of the articles.
    pub fn new(collection: &'c Collection) -> Self {
        let language = usual_language(collection);
        let languages: BTreeSet<Language> =
            collection.articles.iter().map(|a| a.lang).chain([language]).collect();
        Self {
            sources: Sources::new(collection),
            lexicon: Lexicon::new(languages.iter().copied()),
            facts: languages.into_iter().map(|l| (l, Facts::new(l))).collect(),
            language,
            evidence: OnceLock::new(),
        }
    }

    /// Checks a draft.
    pub fn draft(&self, draft: &str, options: &Options) -> Report {
        let mut read = Draft::parse(draft, options.format.unwrap_or_else(|| Format::detect(draft)));
        if let Some(message) = read.unread.take() {
            let findings = vec![Finding::new(Code::DraftFormat, "", message)];
            return Report { findings, ..Report::default() }.closed();
        }
        read.article.lang = self.language;
        let document = annotate(&read.article);
        let quotes = Attributions::new(quotes::extract(&read.article, &document));
        let blocks = read.article.blocks.iter();
        let quotations: Vec<Vec<Span>> =
            blocks.map(|b| self.sources.printed.quotations(&read.article.text, b)).collect();
        let all_quoted = quotations.concat();
        let mut walk = Walk {
            check: self,
            read: &read,
            document: &document,
            quotes,
            quoted: quotations,
            found: Vec::new(),
            supported: Vec::new(),
            report: Report::default(),
        };
        for block in 0..read.article.blocks.len() {
            walk.block(block);
        }
        walk.remarks();
        if options.claims {
            let blocks = 0..read.article.blocks.len();
            let credits: BTreeSet<usize> = blocks.filter(|b| walk.is_attribution(*b)).collect();
            let evidence = self.evidence.get_or_init(|| Evidence::new(self.sources.collection));
            let claims = claims::check(
                &self.sources,
                evidence,
                &claims::Parts {
                    read: &read,
                    document: &document,
                    quoted: &all_quoted,
                    credits: &credits,
                },
                (&walk.quotes.all, &self.lexicon),
            );
            walk.report.checked.claims = claims.checked;
            walk.report.checked.supported = claims.supported.len();
            walk.supported = claims.supported;
            walk.found.extend(claims.findings);
        } else {
            walk.report.checked.sentences_not_checked =
                claims::count(&read, &document, &all_quoted);
        }
        walk.finish(draft)
    }
}

/// Returns the most frequent language of the articles. Quotations in a draft are analyzed in this language, because
/// they come from the articles.
fn usual_language(collection: &Collection) -> Language {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    for article in &collection.articles {
        *counts.entry(article.lang).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(lang, n)| (**n, std::cmp::Reverse(**lang)));
    most.map_or(Language::UNKNOWN, |(lang, _)| *lang)
}

struct Walk<'a, 'c> {
    check: &'a Check<'c>,
    read: &'a Draft,
    document: &'a Document,
    quotes: Attributions,
    /// The text inside the quotation marks of each block.
    quoted: Vec<Vec<Span>>,
    /// Findings with the range of text that they concern; `None` for the draft as a whole.
    found: Vec<(Option<Span>, Finding)>,
    /// Supported claims with their ranges.
    supported: Vec<(Span, Supported)>,
    report: Report,
}

impl Walk<'_, '_> {
    fn text(&self) -> &str {
        &self.read.article.text
    }

    fn citations(&self) -> Citations<'_> {
        Citations { read: self.read, sources: &self.check.sources }
    }

    fn facts(&self, article: ArticleIx) -> &Facts {
        let language = self.check.sources.collection.articles[article].lang;
        let facts = &self.check.facts;
        &facts[if facts.contains_key(&language) { &language } else { &self.check.language }]
    }

    fn block(&mut self, block: usize) {
        let span = self.read.article.blocks[block].span;
        let quoted = std::mem::take(&mut self.quoted[block]);
        for quotation in &quoted {
            self.quotation(block, *quotation);
        }
        let kind = self.read.article.blocks[block].kind;
        let is_blockquote = kind == BlockKind::Blockquote;
        if self.is_attribution(block) {
            return;
        }
        if is_blockquote && quoted.is_empty() {
            let claim = if self.is_labelled(span) { Claim::Weak } else { Claim::Strong };
            for sentence in self.sentences_in(span) {
                self.excerpt(sentence, claim);
            }
            self.set_off(block, span);
            return;
        }
        self.cited_sentences(block, span, &quoted);
    }

    /// Returns whether a block is an attribution line: a short line that begins with a dash, and that either is in a
    /// block quotation or has a capitalized name after the dash (`— Ana Quill, mayor`).
    fn is_attribution(&self, block: usize) -> bool {
        let blocks = &self.read.article.blocks;
        let is_dashed = self.citations().is_attribution(block);
        let before = block.checked_sub(1).filter(|_| is_dashed);
        is_dashed && blocks[block].kind == BlockKind::Blockquote
            || before.is_some_and(|before| self.by_line(before, blocks[before].span).is_some())
    }

    /// Checks the speaker of a block quotation without quotation marks, if it is verbatim and an attribution line
    /// follows it.
    fn set_off(&mut self, block: usize, span: Span) {
        if self.by_line(block, span).is_none() {
            return;
        }
        let runs = Runs::new(self.text(), span);
        if let Verdict::Verbatim(places) = find(&self.check.sources, self.text(), &runs) {
            let places = self.cited_first(block, span, places);
            self.attribution(block, span, &places);
        }
    }

    /// Checks the sentences before links with a text fragment and before marks.
    fn cited_sentences(&mut self, block: usize, span: Span, quoted: &[Span]) {
        let mut before = span.start();
        for link in self.read.links.get(block).cloned().unwrap_or_default() {
            let claimed = Span::new(before, link.at).trimmed(self.text());
            let strong = self.is_fragment_of(&link.target, claimed);
            before = link.at;
            if !(strong || link.is_mark) || self.ends_in_introduced_quotation(claimed, quoted) {
                continue;
            }
            if let Some(sentence) = self.last_sentence(claimed)
                && overlapping(quoted, sentence).is_empty()
            {
                self.excerpt(sentence, if strong { Claim::Strong } else { Claim::Weak });
            }
        }
    }

    /// Returns whether a link has a text fragment whose first two words occur in this passage, so that the passage
    /// claims to be a sentence of the page. Other words before a link with a text fragment, such as the outlet's name,
    /// make no such claim.
    fn is_fragment_of(&self, target: &str, stretch: Span) -> bool {
        let Some((_, fragment)) = target.split_once("#:~:text=") else { return false };
        let start = fragment.split([',', '&']).next().unwrap_or("");
        let decoded = percent_decoded(start);
        let wanted = words(&decoded, Span::new(0, decoded.len()));
        let own = words(self.text(), stretch);
        let wanted = wanted.get(..wanted.len().min(2)).unwrap_or(&[]);
        !wanted.is_empty()
            && own
                .windows(wanted.len())
                .any(|w| w.iter().zip(wanted).all(|(a, b)| a.folded == b.folded))
    }

    /// Returns whether a block begins with a label of at most three words, which is the writer's: "Note:", "TL;DR".
    fn is_labelled(&self, block: Span) -> bool {
        let text = block.slice(self.text());
        let label: String = text.chars().take(30).collect();
        label.split_once(':').is_some_and(|(l, _)| l.split_whitespace().count() <= 3)
            || label.to_lowercase().starts_with("tl;dr")
    }

    /// Returns whether a passage ends in a quotation after a colon. In that case, the mark belongs to the quotation,
    /// and the words before the colon are the writer's own.
    fn ends_in_introduced_quotation(&self, stretch: Span, quoted: &[Span]) -> bool {
        let closing = |c: char| !c.is_alphanumeric();
        overlapping(quoted, stretch).iter().any(|q| {
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
        let all = self.document.sentences_at(span).iter().map(|s| s.span);
        all.filter(|s| span.contains(*s)).collect()
    }

    /// Returns the range of all sentences of the draft that overlap a range, extended to include that range.
    fn sentence_around(&self, span: Span) -> Span {
        let around = self.document.sentences_at(span);
        let (Some(first), Some(last)) = (around.first(), around.last()) else { return span };
        Span::new(first.span.start().min(span.start()), last.span.end().max(span.end()))
    }

    /// Returns the last sentence in a passage, without a label or bracketed remark at its start.
    fn last_sentence(&self, stretch: Span) -> Option<Span> {
        let last = self.document.sentences_at(stretch).last()?.span;
        let mut start = last.start().max(stretch.start());
        let end = last.end().min(stretch.end());
        let inside = slice(self.text(), start, end);
        start = end - briefing_labels::without_lead(inside).len();
        if let Some(remark) = inside.strip_prefix('(') {
            start += remark.find(')').map_or(0, |at| at + 2);
        }
        let span = Span::new(start, end).trimmed(self.text());
        (!span.is_empty()).then_some(span)
    }

    fn find(
        &mut self,
        at: Span,
        code: Code,
        message: impl Into<String>,
        places: &[Match],
    ) -> &mut Finding {
        let mut places = places.to_vec();
        places.dedup();
        let mut finding = Finding::new(code, at.slice(self.text()), message);
        let shown = places.iter().take(MOST_PLACES);
        finding.places = shown.map(|m| self.check.sources.place_of(*m)).collect();
        self.found.push((Some(at), finding));
        let last = self.found.len() - 1;
        &mut self.found[last].1
    }

    fn quotation(&mut self, block: usize, quotation: Span) {
        let runs = Runs::new(self.text(), quotation);
        let n_words = runs.len_in_words();
        if n_words == 0 {
            return;
        }
        self.report.checked.quotations += 1;
        match find(&self.check.sources, self.text(), &runs) {
            Verdict::Verbatim(places) => {
                let places = self.cited_first(block, quotation, places);
                self.report.checked.verbatim += 1;
                if !self.edits(quotation, &runs, &places) {
                    self.attribution(block, quotation, &places);
                    // A word or two in quotation marks need not be quoted from the source that the sentence cites.
                    if n_words >= LEAST_QUOTATION {
                        self.source(block, quotation, &places);
                    }
                }
            }
            Verdict::Altered(place, changes, _) => self.altered(quotation, place, &changes),
            Verdict::Spliced(pieces) => {
                let message = "the words come from separate passages";
                self.find(quotation, Code::Spliced, message, &pieces);
            }
            Verdict::NotFound => self.not_found(block, quotation, n_words),
        }
    }

    /// Sorts the passages so that those in cited articles come first.
    fn cited_first(&self, block: usize, quotation: Span, mut places: Vec<Found>) -> Vec<Found> {
        if places.len() > 1 {
            let sentence = self.sentence_around(quotation);
            let cited = self.citations().around(block, quotation, sentence);
            places.sort_by_key(|p| p.runs.first().is_none_or(|m| !cited.contains(&m.article)));
        }
        places
    }

    fn not_found(&mut self, block: usize, quotation: Span, n_words: usize) {
        let attributed = self.attributed(block, quotation);
        let has_speaker = attributed.is_some_and(|a| a.sure);
        let is_term = n_words < LEAST_QUOTATION || self.is_title(quotation);
        if is_term && !(has_speaker && n_words >= 2 && !self.is_title(quotation)) {
            let message = "no source contains these words; they may be a title or a term";
            self.find(quotation, Code::OwnWords, message, &[]);
        } else {
            self.find(quotation, Code::Fabricated, "no source contains these words", &[]);
        }
    }

    /// Returns whether a quotation of two to ten words is written like the title of a work: all its words of more than
    /// three letters are capitalized or begin with a digit. In German, which capitalizes nouns, this is not evidence of
    /// a title.
    fn is_title(&self, quotation: Span) -> bool {
        let text = quotation.slice(self.text());
        let mut longer = text.split_whitespace().filter(|w| w.chars().count() > 3);
        let words = text.split_whitespace().count();
        let first = longer.next();
        words <= 10
            && first.is_some_and(|w| w.starts_with(char::is_uppercase))
            && (words > 1
                && longer.all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())))
            && self.check.language.code() != "de"
    }

    fn altered(&mut self, at: Span, place: Match, changes: &[Change]) {
        let marked = |c: &Change| {
            c.shown.draft.contains('[') && c.own.len() == c.other.len() && same_outside_brackets(c)
        };
        let shown: Vec<WordChange> = changes.iter().map(|c| c.shown.clone()).collect();
        if changes.iter().all(marked) {
            self.report.checked.verbatim += 1;
            let message = "brackets change the form of a word";
            self.find(at, Code::Bracket, message, &[place]).changes = shown;
            return;
        }
        let code = self.facts(place.article).changes(changes);
        let message = match code {
            Code::NegationChanged => {
                "the source has a negation and the draft has none, or vice versa"
            }
            Code::NumberChanged => "the source has another number",
            _ => "the source has other words",
        };
        self.find(at, code, message, &[place]).changes = shown;
    }

    /// Reports the edits in a quotation, compared with the passage that gives the fewest faults; returns whether one of
    /// them is a fault.
    fn edits(&mut self, quotation: Span, runs: &Runs, places: &[Found]) -> bool {
        let judged: Vec<Vec<Edit>> = places.iter().map(|p| self.judged(runs, p)).collect();
        let severity = |edits: &Vec<Edit>| {
            let faults = edits.iter().filter(|e| e.code.kind().is_fault()).count();
            (faults, edits.len())
        };
        let best = judged.iter().enumerate().min_by_key(|(i, edits)| (severity(edits), *i));
        let Some((at, edits)) = best else { return false };
        let matches = places[at].runs.clone();
        for edit in edits {
            let shown = vec![WordChange { draft: edit.draft.clone(), source: edit.source.clone() }];
            let with_changes = edit.code != Code::SplicedSpeakers;
            let finding = self.find(quotation, edit.code, edit.message.clone(), &matches);
            if with_changes {
                finding.changes = shown;
            }
        }
        edits.iter().any(|e| e.code.kind().is_fault())
    }

    /// Returns the edits in a quotation, compared with one passage, that are worth reporting.
    fn judged(&self, runs: &Runs, place: &Found) -> Vec<Edit> {
        let sources = &self.check.sources;
        let Some(first) = place.runs.first() else { return Vec::new() };
        let text = sources.text(first.article, first.part);
        let facts = self.facts(first.article);
        let mut edits = Vec::new();
        let breaks = runs.gaps.iter().zip(&place.omitted).zip(place.runs.windows(2));
        for ((gap, &(stream, from, to)), pair) in breaks {
            let omitted = sources.from(stream, from).get(..to - from).unwrap_or(&[]);
            let source = match (omitted.first(), omitted.last()) {
                (Some(first), Some(last)) => {
                    Span::new(first.span.start(), last.span.end()).slice(text)
                }
                _ => "",
            };
            match gap {
                Gap::Brackets(inside) => {
                    edits.extend(facts.brackets(inside, omitted, text).map(|code| {
                        let draft = inside.iter().map(|w| w.span.slice(self.text()));
                        let draft = format!("[{}]", draft.collect::<Vec<_>>().join(" "));
                        Edit::new(code, format!("brackets replace {source:?}"), draft, source)
                    }));
                }
                Gap::Ellipsis if is_unbroken(text, pair[0].span, pair[1].span) => {
                    let message = "the source has no other words at the ellipsis".to_owned();
                    edits.push(Edit::new(Code::EllipsisEmpty, message, "…".to_owned(), ""));
                }
                Gap::Ellipsis => {
                    edits.extend(
                        self.judged_ellipsis(facts, first.article, stream, (from, to)).map(
                            |(code, message)| Edit::new(code, message, "…".to_owned(), source),
                        ),
                    );
                }
            }
        }
        edits.extend(self.outer_brackets(facts, runs, place));
        edits.extend(self.cut_off_negation(facts, runs, place));
        if self.by_two_speakers(&place.runs) {
            edits.retain(|e| e.code != Code::Spliced);
            let message = "its parts were said by different people".to_owned();
            edits.push(Edit::new(Code::SplicedSpeakers, message, String::new(), ""));
        }
        edits
    }

    /// Judges brackets before the first run and after the last by the words that the source has in their place.
    fn outer_brackets(&self, facts: &Facts, runs: &Runs, place: &Found) -> Vec<Edit> {
        let (Some(first), Some(last)) = (place.runs.first(), place.runs.last()) else {
            return Vec::new();
        };
        let text = self.check.sources.text(first.article, first.part);
        let is_end = |c: char| matches!(c, '.' | '!' | '?' | '\n');
        let before = slice(text, 0, first.span.start()).rsplit(is_end).next().unwrap_or("");
        let after = slice(text, last.span.end(), text.len()).split(is_end).next().unwrap_or("");
        let around = [
            Span::new(first.span.start() - before.len(), first.span.start()),
            Span::new(last.span.end(), last.span.end() + after.len()),
        ];
        let [before, after] = around.map(|span| words(text, span));
        let judge = |inside: &Vec<Word>, beside: &[Word], around: Span| {
            let code = facts.outer_brackets((inside, self.text()), (beside, text, around))?;
            let shown = |words: &[Word], text: &str| {
                edits::stretch(words).map_or(String::new(), |span| span.slice(text).to_owned())
            };
            let source = shown(beside, text);
            let message = if code == Code::BracketNegation {
                "brackets add a negation".to_owned()
            } else {
                format!("brackets replace {source:?}")
            };
            Some(Edit::new(code, message, format!("[{}]", shown(inside, self.text())), &source))
        };
        let leading = runs.leading.as_ref().and_then(|inside| {
            judge(inside, &before[before.len().saturating_sub(inside.len())..], around[0])
        });
        let trailing = runs
            .trailing
            .as_ref()
            .and_then(|inside| judge(inside, &after[..after.len().min(inside.len())], around[1]));
        leading.into_iter().chain(trailing).collect()
    }

    /// Returns a negation in the source directly before the words, if the draft begins a sentence with them: "Want to"
    /// for "We do not want to".
    fn cut_off_negation(&self, facts: &Facts, runs: &Runs, place: &Found) -> Option<Edit> {
        let sources = &self.check.sources;
        let at = place.runs.first().filter(|at| at.part == Part::Text)?;
        let text = sources.text(at.article, at.part);
        let own = runs.parts.first()?.first()?.span.slice(self.text());
        let is_raised = own.starts_with(char::is_uppercase)
            && at.span.slice(text).starts_with(char::is_lowercase);
        let sentence = sources.collection.corpus.documents[at.article]
            .sentences
            .iter()
            .map(|s| s.span)
            .find(|s| s.contains_offset(at.span.start()))?;
        let before = words(text, Span::new(sentence.start(), at.span.start()));
        let last = before.last().filter(|w| is_raised && facts.denies(&w.folded))?;
        let gap = slice(text, last.span.end(), at.span.start());
        if !gap.trim().is_empty() {
            return None;
        }
        let denial = last.span.slice(text);
        let message = format!("the words are cut off from their negation: {denial:?}");
        Some(Edit::new(Code::EllipsisNegation, message, String::new(), denial))
    }

    fn judged_ellipsis(
        &self,
        facts: &Facts,
        article: ArticleIx,
        stream: usize,
        (from, to): (usize, usize),
    ) -> Option<(Code, String)> {
        let sources = &self.check.sources;
        if sources.streams[stream].part == Part::Title {
            return None;
        }
        let words = sources.from(stream, from.saturating_sub(1));
        let (before, after) = (words.first()?, words.get(to - from + usize::from(from > 0))?);
        let span = Span::new(before.span.end(), after.span.start());
        let text = &sources.collection.articles[article].text;
        let omitted = sources.from(stream, from).get(..to - from)?;
        let document = &sources.collection.corpus.documents[article];
        let crosses = document.sentences.iter().any(|s| span.contains_offset(s.span.start()));
        if let Some(code) = facts.ellipsis(omitted, !crosses) {
            let shown = span.trimmed(text).slice(text);
            return Some((code, format!("the ellipsis leaves out a negation: {shown:?}")));
        }
        let quotation = |at: usize| {
            let quotes = sources.quotes[article].iter().filter(|q| q.kind != QuoteKind::Indirect);
            quotes.clone().position(|q| q.content.iter().any(|part| part.contains_offset(at)))
        };
        let (one, two) = (quotation(before.span.start()), quotation(after.span.start()));
        let speaker = |q: usize| {
            let mut quotes =
                sources.quotes[article].iter().filter(|q| q.kind != QuoteKind::Indirect);
            quotes.nth(q).and_then(|q| q.speaker.clone())
        };
        let together = match (one, two) {
            (Some(a), Some(b)) => a == b || (speaker(a).is_some() && speaker(a) == speaker(b)),
            _ => false,
        };
        if omitted.len() > FAR_APART && crosses && !together {
            let message = format!("the ellipsis joins passages {} words apart", omitted.len());
            return Some((Code::Spliced, message));
        }
        if omitted.len() > FAR_APART {
            return Some((
                Code::Ellipsis,
                format!("the ellipsis leaves out {} words", omitted.len()),
            ));
        }
        None
    }

    /// Returns whether different people said the runs of a quotation, according to attributions of high confidence.
    fn by_two_speakers(&self, runs: &[Match]) -> bool {
        let speaker = |m: &Match| {
            let quote = self.check.sources.quote_at(*m)?;
            quote.speaker.clone().filter(|_| quote.confidence == Confidence::High)
        };
        let named: Vec<Speaker> = runs.iter().filter_map(speaker).collect();
        named.windows(2).any(|pair| !name::same(&pair[0], &pair[1]))
    }

    /// Returns the speaker to whom the draft attributes a quotation: in the attribution line after it or, if there is
    /// none, in the running text.
    fn attributed(&self, block: usize, quotation: Span) -> Option<Attributed> {
        if let Some(by_line) = self.by_line(block, quotation) {
            return Some(by_line);
        }
        self.quotes.at(quotation).find_map(|quote| {
            let speaker = quote.speaker.clone()?;
            let cue = quote.cue.map_or(String::new(), |cue| cue.slice(self.text()).to_lowercase());
            let in_block = self.read.article.blocks[block].span;
            // A block quotation is attributed by its own lines, not by the preceding paragraph.
            let set_off = self.read.article.blocks[block].kind == BlockKind::Blockquote;
            let own = quote.source.is_some_and(|s| in_block.contains(s));
            if set_off && !own {
                return None;
            }
            Some(Attributed { speaker, cue, sure: quote.confidence == Confidence::High })
        })
    }

    /// Returns the speaker named in the attribution line after a quotation.
    fn by_line(&self, block: usize, quotation: Span) -> Option<Attributed> {
        let blocks = &self.read.article.blocks;
        let rest = Span::new(quotation.end(), blocks[block].span.end()).slice(self.text());
        let is_closing = |c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '”' | '“' | '»' | '«' | '\'' | '’' | '‘' | '.' | ',')
        };
        let rest = rest.trim_start_matches(is_closing);
        let next = blocks.get(block + 1).map_or("", |b| b.span.slice(self.text()));
        let line = if rest.is_empty() { next } else { rest };
        let dashed = line.strip_prefix("--").or_else(|| line.strip_prefix(['—', '–', '-', '―']))?;
        let mut parts = dashed.split([',', '·', '(', '[', ';', '|', '\n']);
        let name = self.up_to_stop(parts.next()?.trim());
        // "— but not before June": the line continues the sentence.
        if name.is_empty()
            || !name.starts_with(|c: char| c.is_uppercase())
            || name.split_whitespace().count() > 6
        {
            return None;
        }
        let has_role = dashed
            .get(..)
            .is_some_and(|d| d.trim_start().get(name.len()..).is_some_and(|r| r.starts_with(',')));
        let role =
            parts.next().map(str::trim).filter(|r| has_role && !r.is_empty()).map(str::to_owned);
        Some(Attributed {
            speaker: Speaker { name: name.to_owned(), role },
            cue: String::new(),
            sure: true,
        })
    }

    /// Returns the text up to the full stop that ends a name, without the full stop. The full stops of "H.R. Brask",
    /// "Sen. Brask" and "Brask Jr." are part of the name.
    fn up_to_stop<'t>(&self, name: &'t str) -> &'t str {
        let mut end = 0;
        for word in name.split_inclusive(char::is_whitespace) {
            end += word.len();
            let Some(stem) = word.trim_end().strip_suffix('.') else { continue };
            if !self.check.lexicon.is_abbreviation(stem) {
                return name.get(..end).unwrap_or(name).trim_end().trim_end_matches('.');
            }
        }
        name
    }

    /// Compares the draft's speaker with the source's; one passage that agrees is enough.
    fn attribution(&mut self, block: usize, quotation: Span, places: &[Found]) {
        let Some(attributed) = self.attributed(block, quotation) else { return };
        let firsts: Vec<Match> = places.iter().filter_map(|p| p.runs.first()).copied().collect();
        // An outlet or article identifies the source of the words, not their speaker.
        if self.citations().is_a_source(&attributed.speaker.name) {
            return;
        }
        self.report.checked.speakers += 1;
        let known = self.is_quoted(&attributed.speaker);
        let mut others: Vec<(Match, String)> = Vec::new();
        let mut unclear: Vec<(Match, String)> = Vec::new();
        for place in &firsts {
            let Some(quote) = self.check.sources.quote_at(*place) else {
                continue;
            };
            let Some(source) = &quote.speaker else { continue };
            let mentioned = self.mentions(place.article, &attributed.speaker.name);
            match speaker::agreement(&self.check.lexicon, &attributed, quote, known, mentioned) {
                Agreement::Same => {
                    let (source, cue) = (source.clone(), quote.cue);
                    return self.role_and_verb(quotation, &attributed, *place, &source, cue);
                }
                // "Said his counterpart, Ada Quist": a person named earlier was mistaken for the speaker.
                Agreement::Other if self.names_rather(quotation, &source.name, &attributed) => {
                    unclear.push((*place, source.name.clone()));
                }
                Agreement::Other => others.push((*place, source.name.clone())),
                Agreement::Unclear => unclear.push((*place, source.name.clone())),
            }
        }
        self.speakers_differ(quotation, &attributed, &firsts, &others, &unclear);
    }

    fn speakers_differ(
        &mut self,
        quotation: Span,
        attributed: &Attributed,
        firsts: &[Match],
        others: &[(Match, String)],
        unclear: &[(Match, String)],
    ) {
        let named = &attributed.speaker.name;
        let standing = self.check.lexicon.standing(&attributed.speaker);
        let (code, message, places) = match (others.first(), unclear.first()) {
            // It is a fault only if none of the known speakers of the words can be the draft's speaker.
            (Some((_, source)), None) if others.len() == firsts.len() || unclear.is_empty() => {
                let message =
                    format!("attributed to {named:?}; the source attributes it to {source:?}");
                (Code::OtherSpeaker, message, others.iter().map(|(m, _)| *m).collect::<Vec<_>>())
            }
            (_, Some((place, source))) if standing != Standing::Unnamed => {
                let message = format!(
                    "attributed to {named:?}; the source attributes it to {source:?}, which may be the same"
                );
                (Code::SpeakerUnclear, message, vec![*place])
            }
            (None, None) if standing == Standing::Person => {
                let is_mentioned = firsts.iter().any(|m| self.mentions(m.article, named));
                if is_mentioned {
                    return;
                }
                let message = format!("attributed to {named:?}, whom the source does not name");
                (Code::SpeakerUnclear, message, firsts.to_vec())
            }
            _ => return,
        };
        self.find(quotation, code, message, &places).speaker = Some(named.clone());
    }

    /// Returns whether the sentence of a quotation names a given person and not the one to whom the quotation seems to
    /// be attributed.
    fn names_rather(&self, quotation: Span, person: &str, attributed: &Attributed) -> bool {
        let sentences = self.document.sentences_at(quotation).iter();
        let all = sentences.map(|s| s.span).reduce(|a, b| Span::new(a.start(), b.end()));
        let Some(all) = all else { return false };
        let outside = [
            Span::new(all.start(), quotation.start().max(all.start())),
            Span::new(quotation.end().min(all.end()), all.end()),
        ];
        let names = |name: &str| {
            let last = name::key(name).pop();
            let words = outside.iter().flat_map(|part| words(self.text(), *part));
            let mut keys = words.filter_map(|word| name::key(&word.folded).pop());
            last.is_some_and(|last| keys.any(|key| key == last))
        };
        names(person) && !names(&attributed.speaker.name)
    }

    /// Returns whether the sources quote somebody with this name.
    fn is_quoted(&self, speaker: &Speaker) -> bool {
        self.check.sources.speakers.contains(&speaker.name, speaker.role.as_deref())
    }

    /// Returns whether an article contains the last word of a name.
    fn mentions(&self, article: ArticleIx, name: &str) -> bool {
        name::key(name).last().is_some_and(|last| self.check.sources.has_word(article, last))
    }

    /// Compares the office of a speaker whose name is correct, and the verb that introduces the words, with those in
    /// the source.
    fn role_and_verb(
        &mut self,
        quotation: Span,
        attributed: &Attributed,
        place: Match,
        source: &Speaker,
        cue: Option<Span>,
    ) {
        if let (Some(role), Some(of_source)) = (&attributed.speaker.role, &source.role)
            && role.trim_end_matches('.').to_lowercase()
                != of_source.trim_end_matches('.').to_lowercase()
            && !self.mentions_role(place.article, role)
        {
            let exclude = speaker::roles_exclude(role, of_source);
            let code = if exclude { Code::OtherRole } else { Code::RoleUnclear };
            let message = format!("called {role:?}; the source says {of_source:?}");
            self.find(quotation, code, message, &[place]).speaker =
                Some(attributed.speaker.name.clone());
        }
        let text = &self.check.sources.collection.articles[place.article].text;
        let of_source = cue.map_or(String::new(), |cue| cue.slice(text).to_lowercase());
        let quoted = quotation.slice(self.text());
        let Some((sense, verb)) = speaker::turn(&attributed.cue, quoted) else { return };
        if speaker::turn(&of_source, quoted).is_none_or(|(other, _)| other != sense) {
            let of_source = if of_source.is_empty() { "nothing of the kind" } else { &of_source };
            let message = format!("introduced by {verb:?}; the source says {of_source:?}");
            self.find(quotation, Code::VerbDiffers, message, &[place]).speaker =
                Some(attributed.speaker.name.clone());
        }
    }

    /// Returns whether an article contains every word of a role that has more than three letters.
    fn mentions_role(&self, article: ArticleIx, role: &str) -> bool {
        let lower = role.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
        words.clone().count() > 0
            && words.into_iter().all(|w| self.check.sources.has_word(article, w))
    }

    /// Compares the articles that the draft cites for a quotation with those that contain it.
    fn source(&mut self, block: usize, quotation: Span, places: &[Found]) {
        let sentence = self.sentence_around(quotation);
        let found: Vec<Match> = places.iter().filter_map(|p| p.runs.first()).copied().collect();
        let mut claimed = self.citations().around(block, quotation, sentence);
        if claimed.is_empty() {
            claimed = self.quoting_source(block, quotation, &found);
        }
        if claimed.is_empty() || found.iter().any(|m| claimed.contains(&m.article)) {
            return;
        }
        let articles = &self.check.sources.collection.articles;
        let mut names: Vec<&str> = claimed
            .iter()
            .map(|&a| articles[a].outlet().unwrap_or_else(|| articles[a].id.as_str()))
            .collect();
        names.dedup();
        let message =
            format!("the cited source does not contain these words: {}", names.join(", "));
        self.find(quotation, Code::OtherSource, message, &found);
    }

    /// Returns the articles of the outlet to which the draft attributes a quotation, as in "The Selm Echo reported
    /// that". If an article that contains the words also mentions the outlet, it may have taken them from that outlet,
    /// so no article is returned.
    fn quoting_source(&self, block: usize, quotation: Span, found: &[Match]) -> Vec<ArticleIx> {
        let Some(attributed) = self.attributed(block, quotation) else { return Vec::new() };
        let named = &attributed.speaker;
        let sources = &self.check.sources;
        let is_quoted = |m: &Match| {
            let speaker = sources.quote_at(*m).and_then(|quote| quote.speaker.as_ref());
            speaker.is_some_and(|s| {
                name::same(named, s) || sources.outlets.are_one(&named.name, &s.name)
            })
        };
        let key = name::key(&named.name);
        let is_mentioned = |m: &Match| key.iter().all(|word| sources.has_word(m.article, word));
        if found.iter().any(|m| is_quoted(m) || is_mentioned(m)) {
            return Vec::new();
        }
        self.citations().of_name(&named.name)
    }

    fn excerpt(&mut self, sentence: Span, claim: Claim) {
        let runs = Runs::new(self.text(), sentence);
        let n_words = runs.len_in_words();
        if n_words < LEAST_QUOTATION {
            return;
        }
        match (find(&self.check.sources, self.text(), &runs), claim) {
            (Verdict::Verbatim(_), _) => {}
            (Verdict::Altered(place, changes, Likeness::Surely), _) if n_words >= LEAST_EXCERPT => {
                if matches!(claim, Claim::Weak) && self.only_shortens(place, &changes) {
                    return;
                }
                self.altered(sentence, place, &changes);
            }
            (_, Claim::Weak) => return,
            (Verdict::Altered(place, changes, _), Claim::Strong) => {
                self.altered(sentence, place, &changes);
            }
            (Verdict::Spliced(pieces), Claim::Strong) => {
                self.find(
                    sentence,
                    Code::Spliced,
                    "the words come from separate passages",
                    &pieces,
                );
            }
            (Verdict::NotFound, Claim::Strong) => {
                let message = "set off as an excerpt, but no source contains these words";
                self.find(sentence, Code::Fabricated, message, &[]);
            }
        }
        self.report.checked.excerpts += 1;
    }

    /// Returns whether a sentence only leaves out source words other than negations, as a summary does.
    fn only_shortens(&self, place: Match, changes: &[Change]) -> bool {
        let is_shorter = changes.iter().all(|change| change.own.is_empty());
        is_shorter && self.facts(place.article).changes(changes) != Code::NegationChanged
    }

    /// Adds notes about the draft as a whole. If the draft seems to be a translation, the findings about missing words
    /// say so.
    fn remarks(&mut self) {
        if self.report.checked.quotations + self.report.checked.excerpts == 0 {
            let message = "no quotation was found in the draft";
            self.found.push((None, Finding::new(Code::NoQuotation, "", message)));
        }
        if self.read.listings > 0 {
            let message = format!("code listings were not checked: {}", self.read.listings);
            self.found.push((None, Finding::new(Code::NotLookedAt, "", message)));
        }
        let is_missing = self.found.iter().any(|(_, f)| f.kind == Kind::NotFound);
        if !is_missing {
            return;
        }
        let language = lang::detect(self.text());
        if language.is_known() && language != self.check.language {
            for (_, finding) in self.found.iter_mut().filter(|(_, f)| f.kind == Kind::NotFound) {
                finding.message.push_str(&format!(
                    " (the draft seems to be in {:?}, the sources in {:?}: a translation is not found)",
                    language.code(),
                    self.check.language.code()
                ));
            }
        }
    }

    /// Gives each finding its line and range in the file, and sorts the findings.
    fn finish(self, draft: &str) -> Report {
        let Walk { mut found, mut report, mut supported, read, .. } = self;
        let points = CodePoints::new(draft);
        let lines = LineIndex::new(draft);
        for (span, claim) in &mut supported {
            let Some(file) = read.in_file(*span) else { continue };
            let [start, end] = points.span(file);
            claim.line = Some(lines.line(file.start()));
            (claim.start, claim.end) = (Some(start), Some(end));
        }
        report.supported = supported.into_iter().map(|(_, claim)| claim).collect();
        found.sort_by_key(|(span, _)| span.map_or((usize::MAX, 0), |s| (s.start(), s.end())));
        let mut seen = BTreeSet::new();
        for (span, mut finding) in found {
            let file = span.and_then(|span| read.in_file(span));
            if let Some(file) = file {
                let [start, end] = points.span(file);
                finding.line = Some(lines.line(file.start()));
                finding.start = Some(start);
                finding.end = Some(end);
            }
            // An email, whose findings have no range in the file, usually has the same content in its HTML part and its
            // text part, so a repeated finding without a range is dropped.
            let is_unplaced = span.is_some() && file.is_none();
            let again = is_unplaced && !seen.insert((finding.code, finding.text.clone()));
            if !again {
                report.findings.push(finding);
            }
        }
        report.closed()
    }
}

/// The quotations of a draft with their speakers, indexed by position.
struct Attributions {
    all: Vec<Quote>,
    /// The ranges of the parts of direct and mixed quotations, sorted by start; each with the furthest end so far and
    /// the index of its quotation.
    parts: Vec<(Span, usize, usize)>,
}

impl Attributions {
    fn new(all: Vec<Quote>) -> Self {
        let quoted = all.iter().enumerate().filter(|(_, q)| q.kind != QuoteKind::Indirect);
        let mut parts: Vec<(Span, usize, usize)> =
            quoted.flat_map(|(n, q)| q.content.iter().map(move |part| (*part, 0, n))).collect();
        parts.sort_unstable();
        let mut furthest = 0;
        for (part, end, _) in &mut parts {
            furthest = furthest.max(part.end());
            *end = furthest;
        }
        Self { all, parts }
    }

    /// Returns the direct and mixed quotations that overlap a range, in text order.
    fn at(&self, range: Span) -> impl Iterator<Item = &Quote> {
        let first = self.parts.partition_point(|(_, furthest, _)| *furthest <= range.start());
        let near =
            self.parts.iter().skip(first).take_while(|(part, ..)| part.start() < range.end());
        let found: BTreeSet<usize> =
            near.filter(|(part, ..)| part.overlaps(range)).map(|(.., n)| *n).collect();
        found.into_iter().filter_map(|n| self.all.get(n))
    }
}

/// An edit in a quotation that is worth reporting.
struct Edit {
    code: Code,
    message: String,
    draft: String,
    source: String,
}

impl Edit {
    fn new(code: Code, message: String, draft: String, source: &str) -> Self {
        Self { code, message, draft, source: source.to_owned() }
    }
}

/// Returns whether two runs follow each other in a text with only spaces between them. A pause that the text marks with
/// punctuation may be written as an ellipsis.
fn is_unbroken(text: &str, before: Span, after: Span) -> bool {
    let between = slice(text, before.end(), after.start());
    before.end() <= after.start() && between.chars().all(|c| matches!(c, ' ' | '\u{a0}'))
}

/// Returns whether the source word begins and ends with the letters outside the brackets of the changed word.
fn same_outside_brackets(change: &Change) -> bool {
    let draft = change.shown.draft.to_lowercase();
    let (before, rest) = draft.split_once('[').unwrap_or((&draft, ""));
    let after = rest.split_once(']').map_or("", |(_, after)| after);
    let source = change.other.join(" ");
    source.starts_with(before)
        && source.ends_with(after)
        && !(before.is_empty() && after.is_empty())
}

/// Decodes percent-encoding; bytes that are not UTF-8 become replacement characters.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = code.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or(&[]) } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Maps byte offsets in a draft to line numbers.
struct LineIndex {
    ends: Vec<usize>,
}

impl LineIndex {
    fn new(draft: &str) -> Self {
        Self { ends: memchr::memchr_iter(b'\n', draft.as_bytes()).collect() }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < at)
    }
}

/// How strongly a sentence claims to be an excerpt.
#[derive(Clone, Copy)]
enum Claim {
    /// It is in a block quotation without a label, or before a link with a text fragment that seems to quote it.
    Strong,
    /// It is in a block quotation with a label, or before a mark that refers to a source.
    Weak,
}
