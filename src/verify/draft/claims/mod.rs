//! Compares the numbers, dates, names and relations outside a draft's quotation marks with the sources.
//!
//! A claim is *supported* if a similar sentence of a source has it (the report shows that sentence), and *unsupported*
//! if no source has it. It is *contradicted* if a source sentence in much the same words has another number, date or
//! name in its place, and no sentence that is even about half as similar has the draft's. A claim that is none of these
//! is *unclear*, which is a note: for example, a source has the value, but only in sentences about other things. The
//! similarity of a source sentence to a sentence of the draft is the share of the draft sentence's content terms that
//! it contains, weighted by their rarity among the source sentences (Spärck Jones 1972).
//!
//! A number is also supported if it is a rounding of a source's number or follows from two numbers
//! ([`derived_numbers`]). A date is also supported if it follows from the calendar or from the date of an article
//! ([`dates`]).
//!
//! Known limits: a paraphrase that has almost no words in common with its source is not checked for contradictions. A
//! small number in words ("two senators") is often the writer's own count; if no source has it, it is reported only if
//! a similar sentence has another number of the same things. Names are recognized by their capitals, so none are
//! recognized in German, which capitalizes all nouns, or in scripts without capitals.

mod announcement;
mod attribution;
mod citation;
mod crossed;
mod dated;
mod dates;
mod denial;
mod derived_numbers;
mod evidence;
mod exchange;
mod items;
mod lists;
mod misplaced;
mod negation;
mod opposite;
mod part;
mod places;
mod relations;
mod slot;
mod verbatim;
mod verbs;

pub(super) use evidence::Evidence;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::ArticleIx;
use crate::language::Language;
use crate::quotes::Quote;
use crate::span::{Span, overlapping};
use crate::text::{Document, Sentence as DraftSentence, TokenKind};
use crate::verify::code::Code;
use crate::verify::draft::briefing_labels;
use crate::verify::draft::cited::Citations;
use crate::verify::draft::claims::evidence::{Sentence, Term, are_derived};
use crate::verify::draft::claims::items::{Item, Place, Unit, Value, items, lexicon};
use crate::verify::draft::claims::lists::{Lists, lists};
use crate::verify::draft::find::Match;
use crate::verify::draft::read::Draft;
use crate::verify::draft::sources::{Part, Sources};
use crate::verify::draft::speaker::Lexicon as NameLexicon;
use crate::verify::report::{self, Finding, Supported, WordChange};

/// The minimum similarity of a source sentence that can contradict a claim, unless another `NEAR_` constant applies.
const NEAR: f64 = 0.5;
/// A value of the draft is contradicted if the best sentence that contains it has less than this share of the
/// similarity of a sentence with another value.
const AS_NEAR: f64 = 0.55;
/// The value of [`AS_NEAR`] for names, which are repeated less often than numbers and dates because pronouns and common
/// nouns replace them.
const AS_NEAR_FOR_NAMES: f64 = 0.4;
/// If the sentence before a sentence is more similar, this share of the difference is added to the similarity of the
/// latter, because its "he" or "the bill" may refer back to the former.
const INHERITED: f64 = 0.4;
/// The share of the similarity of a sentence shortly after a name that counts as support for the name, because the
/// sentence may refer to it by a pronoun.
const REFERRED: f64 = 0.75;
/// The minimum similarity of a sentence that can contradict a number of days, weeks or other units of time if the
/// number is greater than [`OWN_COUNT`]: "90 days".
const NEAR_BY_UNIT: f64 = 0.4;
/// The minimum similarity of a sentence that can contradict a number without a unit if the number is at most
/// [`OWN_COUNT`] or counts specific things ("the 40 counts"), and both numbers count the same thing.
const NEAR_COUNTED: f64 = 0.3;
/// The minimum similarity of a sentence that can contradict a name. It is higher than for dates because a sentence
/// usually has more names than dates.
const NEAR_FOR_NAMES: f64 = 0.65;
/// The minimum number of terms around a name that occur in the sources, for the name to be compared with other names:
/// "He spoke on Radio Selm" has too few.
const LEAST_AROUND_NAME: usize = 3;
/// The maximum number that counts as small. A small number in words is often the writer's own count.
const OWN_COUNT: f64 = 12.0;
/// The maximum ratio of a source's number to a small number of the draft for both to count the same things.
const LIKE_COUNT: f64 = 10.0;
/// The maximum relative deviation of a source's number from a round number that the draft calls approximate ("about
/// 50", "more than 200").
const HEDGED: f64 = 0.2;
/// The value of [`HEDGED`] for a number that is not round: "about 57".
const HEDGED_EXACTLY: f64 = 0.02;
/// The minimum similarity of a sentence that is taken for the source of the draft's sentence because both contain the
/// same number of at least three significant digits.
const ANCHORED: f64 = 0.6;
/// A name in the draft is taken to be from a passage about something else if the best sentence that contains it has at
/// most this share of the similarity of a distant sentence with another name.
const FAR_NAMES: f64 = 0.4;
/// The value of [`FAR_NAMES`] for dates.
const FAR_DATES: f64 = 0.6;
/// For [`FAR_NAMES`] and [`FAR_DATES`], the minimum similarity of the distant sentence with another name or date.
const NEAR_FAR: f64 = 0.3;
/// The maximum distance, in sentences, between two sentences of an article that belong to one passage.
const FAR_REACH: usize = 3;
/// The maximum number of content terms on either side of an item that form its context.
const CONTEXT: usize = 8;

/// The minimum similarity at which a sentence with the value of the draft supports it.
const SUPPORTS: f64 = 0.2;

/// The result of checking the claims of a draft.
#[derive(Default)]
pub(super) struct Claims {
    pub(super) findings: Vec<(Option<Span>, Finding)>,
    pub(super) checked: usize,
    /// The claims that are supported, with their ranges in the draft.
    pub(super) supported: Vec<(Span, Supported)>,
}

impl Claims {
    /// Returns the numbers of findings and supported claims so far.
    const fn found(&self) -> (usize, usize) {
        (self.findings.len(), self.supported.len())
    }

    /// Adds the items of a sentence that repeats a passage of a source verbatim, as supported claims.
    fn add_verbatim(&mut self, judge: &Judge<'_>, place: Match) {
        self.checked += judge.found.len();
        self.supported.extend(judge.found.iter().map(|item| {
            let text = judge.text(item.span).to_owned();
            let places = vec![judge.sources.place_of(place)];
            (item.span, Supported { text, places, ..Supported::default() })
        }));
    }

    /// Adds further findings about a sentence whose items have already been judged; `findings` and `supported` are the
    /// numbers of findings and supported claims before that sentence. A finding that overlaps a fault of an item is
    /// left out, because a wrong item makes the relation wrong as well.
    fn add_others(
        &mut self,
        (findings, supported): (usize, usize),
        others: impl Iterator<Item = (Span, Finding)>,
    ) {
        let of_items = &self.findings[findings..];
        let is_new = |span: Span| {
            !of_items.iter().any(|(s, finding): &(Option<Span>, Finding)| {
                finding.fault && s.is_some_and(|s| s.overlaps(span))
            })
        };
        let new: Vec<_> = others.filter(|(span, _)| is_new(*span)).collect();
        // If the date of an event is wrong, other verdicts on the date do not count: they rest on sentences about
        // something else.
        let dates: Vec<Span> =
            new.iter().filter(|(_, f)| f.code == Code::DateContradicted).map(|(s, _)| *s).collect();
        let is_refuted = |span: Span| dates.contains(&span);
        let mut at = 0;
        self.findings.retain(|(span, _)| {
            at += 1;
            at <= findings || !span.is_some_and(is_refuted)
        });
        let mut at = 0;
        self.supported.retain(|(span, _)| {
            at += 1;
            at <= supported || !is_refuted(*span)
        });
        self.findings.extend(new.into_iter().map(|(span, finding)| (Some(span), finding)));
    }
}

/// The judgment of one item.
enum Verdict {
    Supported(Supported),
    /// A fault or a note.
    Found(Finding),
    /// The item is not judged: for example an hour, or a small number that may be the writer's own count.
    LeftAlone,
}

/// Returns the number of sentences that contain an item to check outside quotation marks.
pub(super) fn count(read: &Draft, document: &Document, quoted: &[Span]) -> usize {
    let text = &read.article.text;
    let lexicon = lexicon(document.language);
    let has_items = |s: &&DraftSentence| {
        !items(text, s.span, lexicon, quoted).is_empty()
            && !briefing_labels::is_notice(s.span.slice(text))
    };
    document.sentences.iter().filter(has_items).count()
}

/// Returns whether the numbers or the dates in the range `inside` of the draft replace those of the source: both have
/// some, and none of them agree. The items of the source are read from the range `around`, so that "3" in "3 million"
/// means 3,000,000, but only those that overlap `beside` count.
pub(super) fn are_values_replaced(
    language: Language,
    (draft, inside): (&str, Span),
    (source, beside, around): (&str, Span, Span),
) -> bool {
    let lexicon = lexicon(language);
    let own = items(draft, inside, lexicon, &[]);
    let mut other = items(source, around, lexicon, &[]);
    other.retain(|item| item.span.overlaps(beside));
    let is_number = |item: &Item| matches!(item.value, Value::Number(..));
    let is_date = |item: &Item| !is_number(item) && !matches!(item.value, Value::Name(_));
    let agree_either_way = |a: &Item, b: &Item| agree(a, b) || agree(b, a);
    [&is_number as &dyn Fn(&Item) -> bool, &is_date].into_iter().any(|is_of_kind| {
        let mut ours = own.iter().filter(|item| is_of_kind(item)).peekable();
        let theirs: Vec<&Item> = other.iter().filter(|item| is_of_kind(item)).collect();
        ours.peek().is_some()
            && !theirs.is_empty()
            && !ours.any(|a| theirs.iter().any(|b| agree_either_way(a, b)))
    })
}

/// Returns spans in order, with overlapping ones merged.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut().filter(|last| last.overlaps(span)) {
            Some(last) => *last = Span::new(last.start(), last.end().max(span.end())),
            None => merged.push(span),
        }
    }
    merged
}

/// Returns the words of all names among some items.
fn names<'i>(items: impl Iterator<Item = &'i Item>) -> BTreeSet<&'i str> {
    let words = items.filter_map(|item| match &item.value {
        Value::Name(words) => Some(words),
        _ => None,
    });
    words.flatten().map(String::as_str).collect()
}

/// The data needed to compare the speakers and subjects of a draft with those of the sources.
struct Compared<'a> {
    sources: &'a Sources<'a>,
    evidence: &'a Evidence,
    read: &'a Draft,
    document: &'a Document,
    names: &'a NameLexicon,
}

/// A draft with its parts that are checked elsewhere.
pub(super) struct Parts<'a> {
    pub(super) read: &'a Draft,
    pub(super) document: &'a Document,
    /// The text inside quotation marks, in order.
    pub(super) quoted: &'a [Span],
    /// The indices of the blocks that are attribution lines of quotations.
    pub(super) credits: &'a BTreeSet<usize>,
}

/// Compares the claims of a draft with the sources.
pub(super) fn check(
    sources: &Sources<'_>,
    evidence: &Evidence,
    parts: &Parts<'_>,
    (quotes, lexicon_of_names): (&[Quote], &NameLexicon),
) -> Claims {
    let Parts { read, document, quoted, credits } = *parts;
    let lexicon = lexicon(document.language);
    let citations = Citations { read, sources };
    // "(only Selm Echo)" states the source of a sentence and is not part of it.
    let remarks = read.article.blocks.iter().flat_map(|block| citations.remarks(block.span));
    let remarks = merged(remarks.collect());
    let masked = merged(quoted.iter().chain(&remarks).copied().collect());
    let text = &read.article.text;
    let sentences = document.sentences.iter();
    let surnames = surnames(evidence, lexicon_of_names);
    let found = |s: &DraftSentence| {
        let first = document.tokens_of(s).first().map(|t| t.span);
        let first = first.filter(|first| overlapping(&masked, *first).is_empty());
        with_first_surname(text, first, &surnames, items(text, s.span, lexicon, &masked))
    };
    let all: Vec<Vec<Item>> = sentences.map(found).collect();
    let names = names(all.iter().flatten());
    // Headings, lists of sources, lines of metadata and the notices of a briefing do not make claims.
    let blocks = read.article.blocks.iter();
    let makes_claims: Vec<bool> =
        blocks.map(|b| b.kind.is_prose() && !citations.is_reference(b.span)).collect();
    let mut claims = Claims::default();
    for (sentence, found) in document.sentences.iter().zip(&all) {
        let in_prose = makes_claims[sentence.block as usize];
        if !in_prose || briefing_labels::is_notice(sentence.span.slice(text)) {
            continue;
        }
        let mut terms = evidence.terms(text, document, document.tokens_of(sentence));
        terms.retain(|t| overlapping(&masked, t.span).is_empty());
        let near = Nearness::new(evidence, document, sentence, found);
        let judge = Judge {
            sources,
            evidence,
            read,
            found,
            terms: &terms,
            near: &near,
            is_english: document.language.code() == "en",
            lists: lists(document.language),
            names: &names,
            people: lexicon_of_names,
            surnames: &surnames,
            // Whether the words belong to this speaker is checked together with the quotation.
            is_credit: credits.contains(&(sentence.block as usize)),
        };
        judge.sentence(&mut claims, sentence, &citations, &remarks);
    }
    let compared = Compared { sources, evidence, read, document, names: lexicon_of_names };
    for (span, finding) in compared.find(&all, &makes_claims) {
        claims.checked += 1;
        claims.findings.push((Some(span), finding));
    }
    let indirect = quotes.iter().filter_map(|quote| compared.check(quote));
    for (span, finding) in indirect.chain(compared.misquoted((quoted, quotes), &all)) {
        claims.checked += 1;
        claims.findings.push((Some(span), finding));
    }
    claims
}

/// Returns the surnames in the sources: the last word, of at least three letters, of each name in which a given name
/// precedes it.
fn surnames<'e>(evidence: &'e Evidence, lexicon: &NameLexicon) -> BTreeSet<&'e str> {
    let items = evidence.sentences.iter().flat_map(|s| &s.items);
    let surname = |item: &'e Item| match &item.value {
        Value::Name(words) => {
            let (last, before) = words.split_last()?;
            let is_person = before.iter().any(|word| lexicon.is_given_name(word));
            (is_person && last.chars().count() > 2).then_some(last.as_str())
        }
        _ => None,
    };
    items.filter_map(surname).collect()
}

/// Adds the first word of a sentence as a name if it is capitalized and a surname in the sources. The capital alone is
/// not evidence of a name, because every sentence begins with one.
fn with_first_surname(
    text: &str,
    first: Option<Span>,
    surnames: &BTreeSet<&str>,
    mut items: Vec<Item>,
) -> Vec<Item> {
    let Some(first) = first.filter(|first| !items.iter().any(|i| i.span.overlaps(*first))) else {
        return items;
    };
    let word = first.slice(text).to_lowercase().replace('’', "'");
    let name = items::bare(&word);
    if first.slice(text).starts_with(char::is_uppercase) && surnames.contains(name) {
        items.insert(0, Item::new(Value::Name(vec![name.to_owned()]), first));
    }
    items
}

/// The similarity of each source sentence to a sentence of the draft, as a whole and around each item.
struct Nearness {
    /// For each source sentence, its similarity by all content terms of the draft's sentence, increased if the sentence
    /// before it is more similar ([`INHERITED`]).
    whole: Vec<f64>,
    /// The source sentences whose similarity is at least half of [`NEAR`], in order.
    close: Vec<usize>,
    /// For each source sentence, the total weight of the terms that it shares with the draft's sentence.
    shared: Vec<f64>,
    /// For each item, the terms around it that occur in the sources, with their weights, sorted by number.
    around: Vec<Vec<(u32, f64)>>,
    /// For each item, the total weight of the terms around it, including terms that no source has.
    totals: Vec<f64>,
    /// For each item, the content words among the next [`NOUN_REACH`] words that occur in the sources. If the item is a
    /// number, it probably counts one of them.
    nouns: Vec<Vec<u32>>,
}

/// The number of words after a number that are searched for the noun that it counts.
const NOUN_REACH: usize = 3;

impl Nearness {
    fn new(
        evidence: &Evidence,
        document: &Document,
        sentence: &DraftSentence,
        found: &[Item],
    ) -> Self {
        let tokens: Vec<_> = document
            .tokens_of(sentence)
            .iter()
            .filter(|t| t.kind != TokenKind::Stop)
            .map(|t| (t.span, evidence.weighed(document.term(t.term))))
            .collect();
        let all: Vec<_> = tokens.iter().map(|(_, weighed)| *weighed).collect();
        let shared = shared_weights(evidence, &all);
        let whole = inherited(evidence, &shares(&shared, &all));
        let close = (0..whole.len()).filter(|n| whole[*n] >= NEAR / 2.0).collect();
        let mut around = Vec::new();
        let mut totals = Vec::new();
        let mut nouns = Vec::new();
        for item in found {
            let before = tokens.iter().rev().filter(|(s, _)| s.end() <= item.span.start());
            let after = tokens.iter().filter(|(s, _)| s.start() >= item.span.end());
            let near: Vec<_> =
                before.take(CONTEXT).chain(after.take(CONTEXT)).map(|(_, w)| *w).collect();
            totals.push(near.iter().map(|(_, w)| w).sum::<f64>().max(1.0));
            around.push(wanted(&near));
            let following = document.tokens_of(sentence).iter();
            let following =
                following.filter(|t| t.span.start() >= item.span.end()).take(NOUN_REACH);
            let content = following.filter(|t| t.kind == TokenKind::Word);
            let numbers = content.filter_map(|t| evidence.weighed(document.term(t.term)).0);
            nouns.push(numbers.collect());
        }
        Self { whole, close, shared, around, totals, nouns }
    }

    /// Returns the similarity of an item in the draft to an item in a source: the mean of the similarity of the terms
    /// around them and that of their sentences.
    fn similarity(&self, item: usize, evidence: &Evidence, n: usize, place: Span) -> f64 {
        let sentence = &evidence.sentences[n];
        let is_outside = |t: &&Term| !t.span.overlaps(place) && (t.is_content || t.is_number);
        let before = sentence.tokens.iter().rev().filter(|t| t.span.end() <= place.start());
        let after = sentence.tokens.iter().filter(|t| t.span.start() >= place.end());
        let beside =
            before.filter(is_outside).take(CONTEXT).chain(after.filter(is_outside).take(CONTEXT));
        let mut window = [None; 2 * CONTEXT];
        for (number, term) in window.iter_mut().zip(beside) {
            *number = term.number;
        }
        let shared = self.around[item].iter().filter(|(n, _)| window.contains(&Some(*n)));
        let local = shared.map(|(_, w)| w).sum::<f64>() / self.totals[item];
        f64::midpoint(local, self.whole[n])
    }

    /// Returns an upper bound on [`Nearness::similarity`] for all positions in a source sentence: the terms around an
    /// item are a subset of those of its sentence.
    fn at_most(&self, item: usize, n: usize) -> f64 {
        // Floating-point sums of the same weights in different orders may differ in their last digits.
        const ROUNDING: f64 = 1e-9;
        let local = self.shared[n] / self.totals[item];
        f64::midpoint(local, self.whole[n]) + ROUNDING
    }
}

/// Returns those of the terms that occur in the sources, sorted by number, without duplicates.
fn wanted(terms: &[(Option<u32>, f64)]) -> Vec<(u32, f64)> {
    let mut wanted: Vec<(u32, f64)> = terms.iter().filter_map(|(n, w)| Some(((*n)?, *w))).collect();
    wanted.sort_by_key(|(n, _)| *n);
    wanted.dedup_by_key(|(n, _)| *n);
    wanted
}

/// Returns the similarity of each source sentence to these terms.
fn scores(evidence: &Evidence, terms: &[(Option<u32>, f64)]) -> Vec<f64> {
    shares(&shared_weights(evidence, terms), terms)
}

/// Returns, for each source sentence, the total weight of the given terms that it contains.
fn shared_weights(evidence: &Evidence, terms: &[(Option<u32>, f64)]) -> Vec<f64> {
    let mut weights = vec![0.0; evidence.sentences.len()];
    for (term, weight) in wanted(terms) {
        for n in evidence.with_term(term) {
            weights[*n as usize] += weight;
        }
    }
    weights
}

/// Returns weights as shares of the total weight of the given terms.
fn shares(weights: &[f64], terms: &[(Option<u32>, f64)]) -> Vec<f64> {
    let all = terms.iter().map(|(_, w)| w).sum::<f64>().max(1.0);
    weights.iter().map(|weight| weight / all).collect()
}

/// Returns the similarity of the given source sentences to these terms, as [`scores`] does for all of them; `sentences`
/// must be sorted.
fn scores_of(evidence: &Evidence, terms: &[(Option<u32>, f64)], sentences: &[u32]) -> Vec<f64> {
    let mut weights = vec![0.0; sentences.len()];
    for (term, weight) in wanted(terms) {
        let with_term = evidence.with_term(term);
        if with_term.len() < sentences.len() {
            let places = with_term.iter().filter_map(|n| sentences.binary_search(n).ok());
            places.for_each(|at| weights[at] += weight);
        } else {
            let has = sentences.iter().map(|n| with_term.binary_search(n).is_ok());
            weights.iter_mut().zip(has).for_each(|(w, has)| *w += if has { weight } else { 0.0 });
        }
    }
    shares(&weights, terms)
}

fn inherited(evidence: &Evidence, scores: &[f64]) -> Vec<f64> {
    let same = |a: usize, b: usize| evidence.sentences[a].article == evidence.sentences[b].article;
    (0..scores.len())
        .map(|i| {
            let before = i.checked_sub(1).filter(|b| same(*b, i)).map_or(0.0, |b| scores[b]);
            scores[i] + INHERITED * (before - scores[i]).max(0.0)
        })
        .collect()
}

/// Judges the items of one sentence of the draft.
struct Judge<'a> {
    sources: &'a Sources<'a>,
    evidence: &'a Evidence,
    read: &'a Draft,
    found: &'a [Item],
    /// The words of the sentence outside quotation marks and remarks on its source.
    terms: &'a [Term],
    near: &'a Nearness,
    is_english: bool,
    lists: &'static Lists,
    /// The words of all names in the draft.
    names: &'a BTreeSet<&'a str>,
    /// The words by which names of people are recognized.
    people: &'a NameLexicon,
    /// The surnames in the sources.
    surnames: &'a BTreeSet<&'a str>,
    /// Whether the sentence is in an attribution line, which only names the speaker and the outlet of a quotation.
    is_credit: bool,
}

impl Judge<'_> {
    fn text(&self, span: Span) -> &str {
        span.slice(&self.read.article.text)
    }

    /// Judges the sentence; `remarks` are the ranges of the draft that only name the source of a sentence.
    fn sentence(
        &self,
        claims: &mut Claims,
        sentence: &DraftSentence,
        citations: &Citations<'_>,
        remarks: &[Span],
    ) {
        let before = claims.found();
        let text = &self.read.article.text;
        let repeated = verbatim::find(self.sources, text, sentence.span, remarks)
            .filter(|place| !self.leaves_out_denial(*place));
        match repeated {
            Some(place) => claims.add_verbatim(self, place),
            None => self.items(claims),
        }
        if self.is_credit {
            return;
        }
        let mut others = Vec::new();
        if repeated.is_none() {
            others = relations::check(self, sentence);
            claims.checked += others.len();
        }
        let links = self.read.links.get(sentence.block as usize).map_or(&[][..], Vec::as_slice);
        others.extend(citation::check(self, citations, (sentence.span, remarks), links));
        claims.add_others(before, others.into_iter());
    }

    /// Returns whether the passage that a sentence repeats leaves out a negation of its source sentence. In German, a
    /// negation is often the last word: "Der Rat unterschreibt den Vertrag nicht".
    fn leaves_out_denial(&self, place: Match) -> bool {
        let is_left_out =
            |t: &Term| !t.span.overlaps(place.span) && self.lists.denials.contains(t.word.as_str());
        let first = self.evidence.sentence_at(place.article, place.span);
        let whole = first.map(|n| &self.evidence.sentences[n]);
        let whole = whole.filter(|s| s.span.contains(place.span));
        place.part == Part::Text && whole.is_some_and(|s| s.tokens.iter().any(is_left_out))
    }

    /// Judges the items of the sentence.
    fn items(&self, claims: &mut Claims) {
        for (i, item) in self.found.iter().enumerate() {
            match self.item(i, item) {
                Verdict::LeftAlone => continue,
                Verdict::Supported(supported) => claims.supported.push((item.span, supported)),
                Verdict::Found(finding) => claims.findings.push((Some(item.span), finding)),
            }
            claims.checked += 1;
        }
    }

    /// Judges an item.
    fn item(&self, i: usize, item: &Item) -> Verdict {
        let holds = self.holding(i, item);
        if dates::falls_on(self, item) == Some(false) && !dates::is_printed(self, item) {
            let message = "the date falls on another day of the week";
            let text = self.text(item.span);
            return Verdict::Found(Finding::new(Code::DateContradicted, text, message));
        }
        let Some(&(first, _)) = holds.first() else { return self.absent(i, item) };
        if self.is_credit {
            return self.supported(item, None, &[first]);
        }
        let (support, nearest) = self.best_support(i, item, &holds);
        let other = self.nearest_other(i, item, &holds);
        let code = match &item.value {
            Value::Number(..) => Code::NumberContradicted,
            Value::Name(_) => Code::NameContradicted,
            _ => Code::DateContradicted,
        };
        if let Some((score, n, other)) = other
            && self.is_contradicted(item, &holds, (support, score, n))
            && self.date_of_article(n, &item.value).is_none()
            && self.is_sure(item, &holds, (n, other))
        {
            return Verdict::Found(self.contradiction(code, self.text(item.span), n, other));
        }
        let elsewhere = self.displaced(i, item, &holds, support);
        if let Some((n, other)) = elsewhere.or_else(|| misplaced::find(self, (i, item), &holds)) {
            if self.is_sure(item, &holds, (n, other)) {
                return Verdict::Found(self.contradiction(code, self.text(item.span), n, other));
            }
            return self.doubted(item, (n, other), nearest);
        }
        if let Some((score, n, other)) = other
            && score > support
        {
            return self.doubted(item, (n, other), nearest);
        }
        if support < SUPPORTS {
            let message = "a source has it, but in no sentence near in words".to_owned();
            return Verdict::Found(self.unclear(item, message, &[nearest]));
        }
        self.supported(item, None, &[nearest])
    }

    /// Returns whether another value in a source sentence certainly replaces an item. Another name does so only if it
    /// is between the same words as the item and no sentence near it contains the item, because two sentences about one
    /// event may name different people and places.
    fn is_sure(&self, item: &Item, holds: &[(usize, Span)], (n, other): (usize, Span)) -> bool {
        let tokens = &self.evidence.sentences[n].tokens;
        !matches!(item.value, Value::Name(_))
            || (!misplaced::has_near(self, holds, n, misplaced::REACH)
                && slot::is_framed(self.terms, item.span, tokens, other))
    }

    /// Returns a note that a source sentence more similar than those with the item has another value.
    fn doubted(&self, item: &Item, (n, other): (usize, Span), nearest: usize) -> Verdict {
        let article = &self.sources.collection.articles[self.evidence.sentences[n].article];
        let source = other.slice(&article.text);
        let message = format!("a source has it, but a sentence nearer in words has {source:?}");
        let change =
            WordChange { draft: self.text(item.span).to_owned(), source: source.to_owned() };
        let mut finding = self.unclear(item, message, &[n, nearest]);
        finding.changes.push(change);
        Verdict::Found(finding)
    }

    /// Returns the article of a source sentence if a date in the draft agrees with the date of the article: a report of
    /// 9 June that mentions 1 June is about 9 June as well.
    fn date_of_article(&self, n: usize, value: &Value) -> Option<ArticleIx> {
        let article = self.evidence.sentences[n].article;
        dates::is_of(self.evidence, article, value).then_some(article)
    }

    /// Returns whether the sentence is written like a headline, so that capitals do not mark names.
    fn is_title_case(&self) -> bool {
        const LEAST: usize = 4;
        let content = self.terms.iter().filter(|t| t.is_content);
        let (n, raised) =
            content.fold((0, 0), |(n, raised), t| (n + 1, raised + usize::from(t.is_raised)));
        n >= LEAST && raised * 4 >= n * 3
    }

    /// Returns the verdict that an item is supported by these sentences or, for the given reason, follows from them.
    fn supported(&self, item: &Item, reason: Option<String>, from: &[usize]) -> Verdict {
        Verdict::Supported(Supported {
            text: self.text(item.span).to_owned(),
            reason,
            places: from.iter().map(|&n| self.place(n)).collect(),
            ..Supported::default()
        })
    }

    fn unclear(&self, item: &Item, message: String, shown: &[usize]) -> Finding {
        let mut finding = Finding::new(Code::ClaimUnclear, self.text(item.span), message);
        finding.places = shown.iter().map(|&n| self.place(n)).collect();
        finding
    }

    /// Returns a source sentence for the report; one without a range is a title.
    fn place(&self, n: usize) -> report::Place {
        let Sentence { article, span, .. } = self.evidence.sentences[n];
        if !span.is_empty() {
            return self.sources.place(article, span);
        }
        let title = &self.sources.collection.articles[article].title;
        self.sources.place_of(Match { part: Part::Title, article, span: Span::new(0, title.len()) })
    }

    /// Returns the source sentences that contain an item's value, in order, with its range in each. For a count or a
    /// result of two numbers, these are the sentences with the same things or the same result; if there are none, they
    /// are all sentences with the number, unless a similar sentence has another number.
    fn holding(&self, i: usize, item: &Item) -> Vec<(usize, Span)> {
        if let Value::Name(words) = &item.value {
            let last = words.last().filter(|_| self.is_known_name(words));
            return last.map_or(Vec::new(), |last| self.evidence.with_word(last));
        }
        let place = |s: &Sentence| {
            let same = |other: &&Item| agree(item, other) && !self.measures_other(item, s, other);
            s.items.iter().find(same).map(|other| other.span)
        };
        let may_hold = match item.value {
            Value::Number(value, step, _) => {
                let [least, most] = agreeing(value, step);
                let mut near = self.evidence.with_number(least, most);
                if let Some(elsewhere) = item.elsewhere {
                    near.extend(self.evidence.with_number(elsewhere, elsewhere));
                    near.sort_unstable();
                    near.dedup();
                }
                near
            }
            _ => self.evidence.with_date(),
        };
        let holds = may_hold.into_iter();
        let holds: Vec<(usize, Span)> =
            holds.filter_map(|n| Some((n, place(&self.evidence.sentences[n])?))).collect();
        if is_small_count(item) || is_count(item) {
            return self.holding_count(i, item, holds);
        }
        let Some(partner) = self.partner(item) else { return holds };
        // The two numbers of a result are one fact: a sentence with only one of them may be about another vote or
        // match.
        let has_partner = |n: usize| {
            self.evidence.around(n).iter().flat_map(|s| &s.items).any(|o| agree(partner, o))
        };
        let whole: Vec<_> = holds.iter().copied().filter(|(n, _)| has_partner(*n)).collect();
        if whole.is_empty() && self.nearest_other(i, item, &[]).is_none() { holds } else { whole }
    }

    /// Returns the sentences of `holds` in which the number counts the same things as in the draft. If there are none,
    /// returns all of `holds`, or none of them if a sentence with another number of these things is much more similar.
    fn holding_count(
        &self,
        i: usize,
        item: &Item,
        holds: Vec<(usize, Span)>,
    ) -> Vec<(usize, Span)> {
        let counts = |n: usize| {
            let mut same = self.evidence.sentences[n].items.iter().filter(|o| agree(item, o));
            same.any(|other| self.counts_the_same(i, item, n, other))
        };
        let whole: Vec<_> = holds.iter().copied().filter(|(n, _)| counts(*n)).collect();
        if !whole.is_empty() {
            return whole;
        }
        let (support, _) = self.best_support(i, item, &holds);
        let other = self.nearest_other(i, item, &holds);
        if other.is_some_and(|(score, ..)| AS_NEAR * score > support) { whole } else { holds }
    }

    /// Returns the other number of a score that contains an item of the draft: 3 for 14 in "14 to 3".
    fn partner(&self, item: &Item) -> Option<&Item> {
        let at = self.found.iter().position(|own| own.span == item.span)?;
        match item.in_pair? {
            Place::First => self.found.get(at + 1).filter(|o| o.in_pair == Some(Place::Second)),
            Place::Second => self.found.get(at.checked_sub(1)?),
        }
    }

    /// Judges an item that no source sentence contains.
    fn absent(&self, i: usize, item: &Item) -> Verdict {
        let other = self.nearest_other(i, item, &[]);
        let has_other = other.is_some();
        let (explained, code, contradicted) = match &item.value {
            Value::Name(words) => {
                (self.absent_name(item, words, has_other), Code::NameUnsupported, None)
            }
            Value::Number(value, _, unit) => (
                self.absent_number((i, item), (*value, *unit), has_other),
                Code::NumberUnsupported,
                Some(Code::NumberContradicted),
            ),
            _ => (
                self.absent_date(item, other.map(|(_, n, _)| n)),
                Code::DateUnsupported,
                Some(Code::DateContradicted),
            ),
        };
        let text = self.text(item.span);
        explained.unwrap_or_else(|| {
            Verdict::Found(match (contradicted, other) {
                (Some(code), Some((_, n, other))) => self.contradiction(code, text, n, other),
                _ => Finding::new(code, text, "no source has it"),
            })
        })
    }

    /// Judges a name that no source has in this form; `None` if it is unsupported.
    fn absent_name(&self, item: &Item, words: &[String], has_other: bool) -> Option<Verdict> {
        // "The Minister" is an office, and a headline capitalizes all words.
        if words.iter().all(|word| relations::is_office(word)) || self.is_title_case() {
            return Some(Verdict::LeftAlone);
        }
        if item.designation().is_some_and(|name| self.evidence.may_have_designation(name)) {
            return Some(Verdict::LeftAlone);
        }
        let is_inflected = || words.iter().all(|w| self.evidence.has_inflected(w));
        if self.is_known_name(words) || (!self.is_english && is_inflected()) {
            let reason = "the sources have another form of the name".to_owned();
            return Some(self.supported(item, Some(reason), &[]));
        }
        let known = places::knowledge(self, item, words).filter(|_| !has_other)?;
        Some(Verdict::Found(self.unclear(item, known.to_owned(), &[])))
    }

    /// Judges a number that no source has. `None` means that it neither follows from other numbers nor may be an hour
    /// or the writer's own count.
    fn absent_number(
        &self,
        (i, item): (usize, &Item),
        (value, unit): (f64, Unit),
        has_other: bool,
    ) -> Option<Verdict> {
        let is_small = item.spelled && value <= OWN_COUNT || value <= 2.0;
        let is_own = unit == Unit::None && is_small && (!has_other || self.is_interval(item));
        if self.is_time_of_day(item) || is_own {
            return Some(Verdict::LeftAlone);
        }
        // If a similar sentence has another result, a number of a result is not explained as a sum or difference.
        if item.in_pair.is_some() && has_other {
            return None;
        }
        let from = derived_numbers::find(self, i, value, unit)?;
        Some(self.supported(item, Some("follows from numbers of the source".to_owned()), &from))
    }

    /// Judges a date that no source has; `None` if it follows neither from the calendar nor from the date of an
    /// article. `other` is the most similar sentence with another date.
    fn absent_date(&self, item: &Item, other: Option<usize>) -> Option<Verdict> {
        if dates::falls_on(self, item) == Some(true) {
            let reason = "follows from the calendar".to_owned();
            return Some(self.supported(item, Some(reason), &[]));
        }
        // If `other` is given, only its article is considered.
        let article = match other {
            Some(n) => self.date_of_article(n, &item.value)?,
            None => dates::resolving(self, &item.value)?,
        };
        let id = &self.sources.collection.articles[article].id;
        Some(self.supported(item, Some(format!("follows from the date of {id}")), &[]))
    }

    /// Returns the similarity and the index of the sentence of `holds` that supports an item best.
    fn best_support(&self, i: usize, item: &Item, holds: &[(usize, Span)]) -> (f64, usize) {
        let sentences = &self.evidence.sentences;
        let is_name = matches!(item.value, Value::Name(_));
        // The sentences after a name may refer to it by a pronoun.
        let of_pronoun = |n: usize| {
            let follows = |m: &usize| {
                sentences.get(*m).is_some_and(|s| is_name && s.article == sentences[n].article)
            };
            let after = (n + 1..=n + 3).filter(follows).map(|m| REFERRED * self.near.whole[m]);
            after.fold(0.0, f64::max)
        };
        let mut best = (-1.0, 0);
        for &(n, place) in holds {
            let after = of_pronoun(n);
            if self.near.at_most(i, n).max(after) <= best.0 {
                continue;
            }
            let nearness = self.near.similarity(i, self.evidence, n, place).max(after);
            if nearness > best.0 {
                best = (nearness, n);
            }
        }
        best
    }

    /// Returns whether a sentence with another value contradicts an item; `score` is its similarity, and `support` that
    /// of the best sentence with the item's value.
    fn is_contradicted(
        &self,
        item: &Item,
        holds: &[(usize, Span)],
        (support, score, n): (f64, f64, usize),
    ) -> bool {
        if let Value::Number(value, step, _) = item.value
            && (value / step >= 100.0 || self.is_beside(holds, n))
        {
            // A number of at least three significant digits hardly matches by chance, and a sentence with another
            // number may continue the one with the draft's: "from 35 crowns", then "to 20".
            return false;
        }
        let is_name = matches!(item.value, Value::Name(_));
        if self.has_verb_of_date(item, holds) {
            return false;
        }
        let least = if is_name { AS_NEAR_FOR_NAMES } else { AS_NEAR };
        // A rare figure that both sentences contain identifies the source of the draft's sentence.
        let is_anchored = is_name
            && self.near.whole[n] >= ANCHORED
            && self.has_figure_of_draft(n)
            && !holds.iter().any(|(held, _)| self.has_figure_of_draft(*held));
        support < least * score || is_anchored
    }

    /// Returns the sentence that is most similar around another name or date, if all sentences with the draft's are far
    /// from it and much less similar: the draft took its name or date from a passage about something else.
    fn displaced(
        &self,
        i: usize,
        item: &Item,
        holds: &[(usize, Span)],
        support: f64,
    ) -> Option<(usize, Span)> {
        let share = match &item.value {
            Value::Number(..) => return None,
            Value::Name(words) if self.is_loose(i, words) => return None,
            Value::Name(_) => FAR_NAMES,
            _ if self.has_verb_of_date(item, holds) => return None,
            _ => FAR_DATES,
        };
        let sentences = &self.evidence.sentences;
        let is_far = |n: &&usize| {
            let article = sentences[**n].article;
            !sentences[**n].span.is_empty()
                && self.date_of_article(**n, &item.value).is_none()
                && !holds.iter().any(|&(held, _)| {
                    held.abs_diff(**n) <= FAR_REACH && sentences[held].article == article
                })
        };
        let mut best: Option<(f64, usize, Span)> = None;
        for &n in self.near.close.iter().filter(is_far) {
            let is_other = |other: &&Item| {
                item.value.is_like(&other.value)
                    && !self.found.iter().any(|own| agree(own, other))
                    && self.may_replace(item, n, other)
            };
            for other in sentences[n].items.iter().filter(is_other) {
                let score = self.near.similarity(i, self.evidence, n, other.span);
                if score >= NEAR_FAR && best.is_none_or(|(b, ..)| b < score) {
                    best = Some((score, n, other.span));
                }
            }
        }
        let (score, n, other) = best?;
        (support <= share * score).then_some((n, other))
    }

    /// Returns whether it means little if the source sentence lacks a name: the name of a capital, which may mean the
    /// government, a name with a known equivalent (`evidence::EQUAL`), or any name in a headline or with few content
    /// words around it.
    fn is_loose(&self, i: usize, words: &[String]) -> bool {
        let last = words.last().map_or("", String::as_str);
        self.near.around[i].len() < LEAST_AROUND_NAME
            || self.is_title_case()
            || self.lists.capitals.contains_key(last)
            || evidence::has_equal(last)
    }

    /// Returns whether a sentence is next to one of `holds` in the same article.
    fn is_beside(&self, holds: &[(usize, Span)], n: usize) -> bool {
        let article = |n: usize| self.evidence.sentences[n].article;
        holds.iter().any(|(held, _)| held.abs_diff(n) == 1 && article(*held) == article(n))
    }

    /// Returns whether any source sentence with the draft's date, one of `holds`, also contains the verb that precedes
    /// the date in the draft.
    fn has_verb_of_date(&self, item: &Item, holds: &[(usize, Span)]) -> bool {
        if matches!(item.value, Value::Number(..) | Value::Name(_)) {
            return false;
        }
        let verb = dated::verb_before(self.terms, item.span).map(|at| &self.terms[at]);
        let has = |verb: &Term, n: usize| {
            self.evidence.sentences[n].tokens.iter().any(|t| t.is_form_of(verb))
        };
        verb.is_some_and(|verb| holds.iter().any(|(n, _)| has(verb, *n)))
    }

    /// Returns whether a source sentence contains a number of at least three significant digits from the draft's
    /// sentence.
    fn has_figure_of_draft(&self, n: usize) -> bool {
        let is_figure = |item: &&Item| match item.value {
            Value::Number(value, step, _) => value / step >= 100.0,
            _ => false,
        };
        let mut figures = self.found.iter().filter(is_figure);
        figures.any(|own| self.evidence.sentences[n].items.iter().any(|other| agree(own, other)))
    }

    /// Returns the sentence, other than those in `holds`, that is most similar around another value of the same kind,
    /// if it is similar enough to contradict: its similarity, its index, and the range of the value.
    fn nearest_other(
        &self,
        i: usize,
        item: &Item,
        holds: &[(usize, Span)],
    ) -> Option<(f64, usize, Span)> {
        let is_number = matches!(item.value, Value::Number(..));
        if is_number && is_of_others(&self.read.article.text, item.span) {
            return None;
        }
        let is_name = matches!(item.value, Value::Name(_));
        if is_name && self.near.around[i].len() < LEAST_AROUND_NAME {
            return None;
        }
        let mut best: Option<(f64, usize, Span)> = None;
        for &n in &self.near.close {
            let sentence = &self.evidence.sentences[n];
            // A title has no range that could be shown.
            if sentence.span.is_empty() || holds.binary_search_by_key(&n, |held| held.0).is_ok() {
                continue;
            }
            // A value that the draft's sentence also contains corresponds to that one and not to the item.
            let is_other = |other: &&Item| {
                item.value.is_like(&other.value)
                    && !self.found.iter().any(|own| agree(own, other))
                    && !self.is_named_elsewhere(other)
                    && self.may_replace(item, n, other)
                    && self.counts_the_same(i, item, n, other)
            };
            let least = match item.value {
                Value::Name(_) => NEAR_FOR_NAMES,
                Value::Number(_, _, Unit::None)
                    if self.is_definite_count(item) || is_small_count(item) =>
                {
                    NEAR_COUNTED
                }
                Value::Number(_, _, Unit::None) if self.unit_of_time(item).is_some() => {
                    NEAR_BY_UNIT
                }
                _ => NEAR,
            };
            for other in sentence.items.iter().filter(is_other) {
                let score = self.near.similarity(i, self.evidence, n, other.span);
                if score >= least && best.is_none_or(|(b, ..)| b < score) {
                    best = Some((score, n, other.span));
                }
            }
        }
        best
    }

    /// Returns whether an item of a source may have been replaced by one of the draft.
    fn may_replace(&self, item: &Item, n: usize, other: &Item) -> bool {
        let sentence = &self.evidence.sentences[n];
        let source = &self.sources.collection.articles[sentence.article].text;
        match (&item.value, &other.value) {
            (Value::Name(own), Value::Name(words)) => {
                let are_forms = own.iter().any(|a| words.iter().any(|b| are_derived(a, b)));
                !are_forms
                    && !is_party_label(other.span.slice(source))
                    && !slot::is_kind(self.lists, self.terms, item.span)
                    && slot::is_shared(self.terms, item.span, &sentence.tokens, other.span)
            }
            (Value::Number(..), Value::Number(..)) => !is_of_others(source, other.span),
            _ => true,
        }
    }

    /// Returns whether a number counts specific things: "the four counts".
    fn is_definite_count(&self, item: &Item) -> bool {
        let before = self.terms.iter().rev().find(|t| t.span.end() <= item.span.start());
        item.in_pair.is_none()
            && self.unit_of_time(item).is_none()
            && before.is_some_and(|t| self.lists.definite.contains(t.word.as_str()))
    }

    /// Returns whether two numbers without a unit count the same thing: the same noun follows, or they have the same
    /// position in a result of two. For all other values, returns true.
    fn counts_the_same(&self, i: usize, item: &Item, n: usize, other: &Item) -> bool {
        if !matches!(item.value, Value::Number(_, _, Unit::None)) {
            return true;
        }
        if item.in_pair.is_some() || other.in_pair.is_some() {
            return item.in_pair == other.in_pair;
        }
        // "Ten kilometers deep" and "1,140 kilometers away" are not the same distance.
        let value = |item: &Item| match item.value {
            Value::Number(value, ..) => value,
            _ => 0.0,
        };
        if is_small_count(item) && value(other) > LIKE_COUNT * value(item) {
            return false;
        }
        let following = self.evidence.sentences[n].tokens.iter();
        let following = following.filter(|t| t.span.start() >= other.span.end()).take(NOUN_REACH);
        let mut nouns = following.filter(|t| t.is_content).filter_map(|t| t.number);
        nouns.any(|noun| self.near.nouns[i].contains(&noun))
    }

    /// Returns the unit of time that follows an item of the draft, as an index into [`Lists::units_of_time`].
    fn unit_of_time(&self, item: &Item) -> Option<usize> {
        self.unit_after(&self.read.article.text, item.span)
    }

    /// Returns the unit of time that follows a number in a text.
    fn unit_after(&self, text: &str, number: Span) -> Option<usize> {
        let after = text.get(number.end()..).unwrap_or("");
        let after = after.trim_start_matches([' ', '-', '\u{a0}']);
        let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        self.unit(&word)
    }

    /// Returns the unit of time that a word denotes.
    fn unit(&self, word: &str) -> Option<usize> {
        let singular = word.trim_end_matches('s');
        self.lists.units_of_time.iter().position(|unit| *unit == singular)
    }

    /// Returns whether the draft's number is in a unit of time and the source's is in another unit or counts something
    /// else: "eight weeks" and "eight hours", "15 years" and "15 times".
    fn measures_other(&self, item: &Item, sentence: &Sentence, other: &Item) -> bool {
        let source = &self.sources.collection.articles[sentence.article];
        // A title has no range.
        let Some(own) = self.unit_of_time(item).filter(|_| !sentence.span.is_empty()) else {
            return false;
        };
        if let Some(unit) = self.unit_after(&source.text, other.span) {
            return unit != own;
        }
        // The unit need not follow directly: "eleven eventful years", "10 or 15 years".
        let after = sentence.tokens.iter().filter(|t| t.span.start() >= other.span.end());
        let mut after = after.take(NOUN_REACH);
        let is_noun = after.clone().next().is_some_and(|t| t.is_content && !t.after_break);
        is_noun && !after.any(|t| self.unit(&t.word) == Some(own))
    }

    /// Returns whether a number is an interval that the writer may have computed from dates: "three years later".
    fn is_interval(&self, item: &Item) -> bool {
        let after = self.terms.iter().filter(|t| t.span.start() >= item.span.end());
        let mut after = after.skip(1).take(2);
        self.unit_of_time(item).is_some()
            && after.any(|t| self.lists.intervals.contains(t.word.as_str()))
    }

    /// Returns whether any name in the draft shares a word with a name from a source, which therefore was probably not
    /// replaced.
    fn is_named_elsewhere(&self, other: &Item) -> bool {
        match &other.value {
            Value::Name(words) => words.iter().any(|w| self.names.contains(w.as_str())),
            _ => false,
        }
    }

    /// Returns whether a number is an hour, which a source may give more precisely: "5 p.m." for "5:10".
    fn is_time_of_day(&self, item: &Item) -> bool {
        let text = &self.read.article.text;
        let after: String = text.get(item.span.end()..).unwrap_or("").chars().take(10).collect();
        let after = after.trim_start().to_lowercase();
        ["a.m", "p.m", "am ", "pm ", "uhr", "o'clock"].iter().any(|mark| after.starts_with(mark))
    }

    fn contradiction(&self, code: Code, text: &str, n: usize, other: Span) -> Finding {
        let sentence = &self.evidence.sentences[n];
        let article = &self.sources.collection.articles[sentence.article];
        let source = other.slice(&article.text).to_owned();
        let mut finding = Finding::new(code, text, format!("a source says {source:?}"));
        finding.places.push(self.sources.place(sentence.article, sentence.span));
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        finding
    }

    /// Returns whether the sources contain a name, in full or in part: by its last word, unless its other words name
    /// another person; by its initials or another abbreviation; or in a derived form.
    fn is_known_name(&self, words: &[String]) -> bool {
        let evidence = self.evidence;
        let Some(last) = words.last() else { return true };
        if words.len() == 1 {
            return evidence.has_word(last)
                || evidence.has_initials(last)
                || evidence.has_abbreviation(words)
                || last.chars().count() < 2;
        }
        if evidence.has_acronym_of(words)
            || evidence.has_short_form(&words[0])
            || evidence.has_abbreviation(words)
        {
            return true;
        }
        // "U.N." is tokenized as two words.
        if words.iter().all(|word| word.chars().count() == 1) {
            let letters = words.concat();
            if evidence.has_initials(&letters) || evidence.has_word(&letters) {
                return true;
            }
        }
        // Titles and first given names may be the writer's additions, so only the last two words are compared.
        let before = &words[words.len() - 2];
        let is_initial = before.chars().count() <= 2;
        evidence.has_word(last)
            && (is_initial || evidence.has_word(before) || !self.has_other_given_name(words))
    }

    /// Returns whether a word before a name is a rank, a role, a form of address or another title.
    fn is_title(&self, word: &str) -> bool {
        relations::is_title(word) || self.lists.titles.contains(word)
    }

    /// Returns whether the sources contain the last word of a name only after given names other than the draft's.
    fn has_other_given_name(&self, words: &[String]) -> bool {
        let Some((last, given)) = words.split_last() else { return false };
        // "Besides Quist": the first word is capitalized only because it begins the sentence.
        let is_small = |word: &str| {
            let mut own = self.terms.iter().filter(|t| items::bare(&t.word) == word);
            own.any(|t| !t.counts())
        };
        if given.last().is_some_and(|word| self.is_title(word) || is_small(word)) {
            return false;
        }
        let forms: Vec<&str> = given.iter().flat_map(|word| self.lists.forms_of(word)).collect();
        // An article usually gives a person's full name once. If an article never does, its person may have the draft's
        // given name.
        let mut named: BTreeMap<ArticleIx, bool> = BTreeMap::new();
        for sentence in self.evidence.with_exactly(last) {
            for name in &sentence.items {
                let Value::Name(parts) = &name.value else { continue };
                let Some(at) = parts.iter().position(|p| p == last) else { continue };
                let before = at.checked_sub(1).map(|b| &parts[b]).filter(|w| !self.is_title(w));
                if before.is_some_and(|b| given.contains(b) || forms.contains(&b.as_str())) {
                    return false;
                }
                *named.entry(sentence.article).or_default() |= before.is_some();
            }
        }
        !named.is_empty() && named.values().all(|in_full| *in_full)
    }
}

/// Returns whether a number without a unit is so small that many sentences contain it by chance.
fn is_small_count(item: &Item) -> bool {
    let Value::Number(n, step, Unit::None) = item.value else { return false };
    n <= OWN_COUNT && step >= 1.0 && item.in_pair.is_none()
}

/// Returns whether a number may be a count: it is an integer below 100, without a unit and not part of a result.
fn is_count(item: &Item) -> bool {
    matches!(item.value, Value::Number(n, step, Unit::None) if n < 100.0 && step >= 1.0)
        && item.in_pair.is_none()
}

/// Returns whether a number counts further people or things, because "other" or "more" follows it: "three other
/// people", "two more".
fn is_of_others(text: &str, number: Span) -> bool {
    let after = text.get(number.end()..).unwrap_or("").trim_start();
    after.starts_with("other") || after.starts_with("more")
}

/// Returns whether a name begins with one capital and a hyphen, like a politician's party and state: "D-Ill", "R-Utah".
fn is_party_label(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && matches!(letters.next(), Some('-' | '–'))
}

/// Returns whether a number has one significant digit, or two of which the second is 5: 50, 300, 25, 1.5.
fn is_round(value: f64) -> bool {
    let mut scaled = value.abs();
    if scaled == 0.0 || !scaled.is_finite() {
        return false;
    }
    while scaled >= 100.0 {
        scaled /= 10.0;
    }
    while scaled < 10.0 {
        scaled *= 10.0;
    }
    let rest = scaled % 5.0;
    !(0.01..=4.99).contains(&rest)
}

/// Returns a range that includes every number that [`agree`] accepts for a number of the draft, apart from
/// [`Item::elsewhere`].
fn agreeing(value: f64, step: f64) -> [f64; 2] {
    // The deviation is relative to the larger of the two numbers.
    let most = value.abs() / (1.0 - HEDGED);
    let apart = (most - value.abs()).max(step / 2.0).max(1e-9) * (1.0 + 1e-9);
    [value - apart, value + apart]
}

/// Returns whether an item in a source has the same value as an item in the draft, within rounding. A month in the
/// draft agrees with any day in it, and names agree if they share a word.
fn agree(draft: &Item, source: &Item) -> bool {
    match (&draft.value, &source.value) {
        (Value::Number(v, step, unit), Value::Number(w, fine, other)) => {
            let units = unit == other || *unit == Unit::None || *other == Unit::None;
            let apart = (v - w).abs();
            let is_rounding =
                step > fine && apart <= step / 2.0 && (draft.rounded || apart <= 0.03 * v.abs());
            let hedge = if is_round(*v) { HEDGED } else { HEDGED_EXACTLY };
            let is_hedged = draft.rounded && apart <= hedge * v.abs().max(w.abs());
            let is_same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
            let is_written_elsewhere = draft.elsewhere.is_some_and(|v| is_same(v, *w))
                || source.elsewhere.is_some_and(|w| is_same(*v, w));
            units && (is_same(*v, *w) || is_rounding || is_hedged || is_written_elsewhere)
        }
        (Value::Month(a), Value::Day(b, _)) => a == b,
        (Value::Name(a), Value::Name(b)) => a.iter().any(|w| b.contains(w)),
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{agree, agreeing};
    use crate::span::Span;
    use crate::verify::draft::claims::items::{Item, Unit, Value};

    proptest! {
        #[test]
        fn a_number_that_agrees_is_among_those_that_are_compared(
            own in (0_u32..5_000, 0_usize..7),
            deviation in -0.4_f64..0.4,
            fine in 0_usize..7,
            rounded in any::<bool>(),
        ) {
            const STEPS: [f64; 7] = [0.01, 0.1, 1.0, 10.0, 100.0, 1e6, 1e9];
            let (step, fine) = (STEPS[own.1], STEPS[fine]);
            let value = f64::from(own.0) * step;
            for other in [value, value * (1.0 + deviation), value + deviation * step] {
                let item = |value, step| Item {
                    value: Value::Number(value, step, Unit::None),
                    span: Span::default(),
                    rounded,
                    spelled: false,
                    in_pair: None,
                    elsewhere: None,
                };
                let [least, most] = agreeing(value, step);
                let is_compared = least <= other && other <= most;
                prop_assert!(is_compared || !agree(&item(value, step), &item(other, fine)), "{value} {other}");
            }
        }
    }
}
