//! Finds claims in two articles that are about the same thing but disagree.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{ArticleIx, Published};
use crate::briefing::corroboration::terms_of;
use crate::briefing::discrepancies::claim::{Claim, Subject, claims};
use crate::briefing::discrepancies::figure_words::words;
use crate::quotes::Place;
use crate::span::Span;
use crate::stories::Story;
use crate::text::quotemarks::is_balanced;
use crate::text::{Collection, Sentence, TermId, TokenKind};

/// The number of sentences at the start of an article that are searched for its toll.
const LEAD: usize = 8;
/// The number of content words on either side of a figure that count as near it.
const NEAR: usize = 6;
/// The maximum number of claims about one subject that are compared per article.
const MOST_CLAIMS: usize = 32;
/// The maximum ratio of two figures for the same thing, except tolls.
const REPORTS_DIFFER: f64 = 2.0;
/// The maximum ratio of two tolls of the same event. It is greater, because a toll grows while it is counted.
const TOLL_GROWS: f64 = 3.0;
/// The maximum number of figures in a sentence for it to be clear what each of them refers to.
const MOST_FIGURES: usize = 2;
/// The maximum number of words in a sentence that is shown in full; of a longer one, only the clause with the figure is
/// shown if it can be shown alone.
const SHORT: usize = 18;
/// The minimum number of words in a clause that can be shown.
const LEAST_WORDS: usize = 4;

/// A discrepancy: its kind, its sides with their figures, and the index of the newest side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::briefing) struct Found {
    pub(in crate::briefing) kind: &'static str,
    /// The excerpt and the figure of each side.
    pub(in crate::briefing) sides: Vec<(Place, Place)>,
    pub(in crate::briefing) newest: Option<usize>,
}

/// A claim with its location and the content terms of its sentence.
struct Stated {
    article: ArticleIx,
    sentence: usize,
    claim: Claim,
    /// Whether its sentence has too many figures for it to be clear what each of them refers to.
    crowded: bool,
    terms: Vec<TermId>,
    /// The content terms near the figure, sorted.
    near: Vec<TermId>,
}

/// Returns the discrepancies between the independent sources of a story, at most one per subject: tolls first, then
/// sums, dates, times and other figures.
pub(in crate::briefing) fn differences(collection: &Collection, story: &Story) -> Vec<Found> {
    let mut by_subject: BTreeMap<Subject, Vec<Stated>> = BTreeMap::new();
    let common = common_terms(collection, story);
    for article in story.independent() {
        for stated in statements(collection, article, &common) {
            let list = by_subject.entry(stated.claim.subject.clone()).or_default();
            if list.iter().filter(|s| s.article == article).count() < MOST_CLAIMS {
                list.push(stated);
            }
        }
    }
    by_subject.values().filter_map(|stated| widest(collection, story, stated)).collect()
}

/// Returns the terms that occur in more than a third of a story's sentences, and in more than three: they don't
/// identify the subject of a figure.
fn common_terms(collection: &Collection, story: &Story) -> Vec<TermId> {
    let mut counts: BTreeMap<TermId, usize> = BTreeMap::new();
    let mut n_sentences = 0;
    for &article in &story.articles {
        for sentence in &collection.corpus.documents[article].sentences {
            n_sentences += 1;
            for term in terms_of(collection, article, sentence) {
                *counts.entry(term).or_default() += 1;
            }
        }
    }
    let most = (n_sentences / 3).max(3);
    counts.into_iter().filter(|(_, n)| *n > most).map(|(term, _)| term).collect()
}

fn statements(collection: &Collection, article: ArticleIx, common: &[TermId]) -> Vec<Stated> {
    let document = &collection.corpus.documents[article];
    let text = &collection.articles[article].text;
    let Some(words) = words(document.language) else { return Vec::new() };
    let mut stated = Vec::new();
    for (n, sentence) in document.sentences.iter().enumerate() {
        let claims = claims(text, sentence.span, words);
        let crowded = claims.len() > MOST_FIGURES;
        for claim in claims {
            let near = context(collection, article, sentence, claim.span, Some(NEAR), common);
            let terms = context(collection, article, sentence, claim.span, None, common);
            stated.push(Stated { article, sentence: n, claim, crowded, terms, near });
        }
    }
    stated
}

/// Returns the content terms near a figure: those among the nearest `reach` content words on either side, or all in the
/// sentence if `reach` is `None`. Numbers, the figure's own words and common terms are left out.
fn context(
    collection: &Collection,
    article: ArticleIx,
    sentence: &Sentence,
    figure: Span,
    reach: Option<usize>,
    common: &[TermId],
) -> Vec<TermId> {
    let tokens = collection.corpus.documents[article].tokens_of(sentence);
    let content =
        || tokens.iter().filter(|t| t.kind == TokenKind::Word && !t.span.overlaps(figure));
    let reach = reach.unwrap_or(usize::MAX);
    let before = content().rev().filter(|t| t.span.end() <= figure.start()).take(reach);
    let after = content().filter(|t| t.span.start() >= figure.end()).take(reach);
    let mut terms: Vec<TermId> = before
        .chain(after)
        .map(|t| collection.corpus.id(article, t.term))
        .filter(|t| common.binary_search(t).is_err())
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Returns the pair of disagreeing claims whose sentences share the most terms, and which are therefore most likely
/// about the same thing.
fn widest(collection: &Collection, story: &Story, stated: &[Stated]) -> Option<Found> {
    let mut best: Option<((usize, usize, usize), &Stated, &Stated)> = None;
    let is_latest = |s: &&Stated| !is_superseded(collection, story, stated, s);
    let latest: Vec<&Stated> = stated.iter().filter(is_latest).collect();
    for (i, &a) in latest.iter().enumerate() {
        for &b in latest.iter().skip(i + 1) {
            let apart = !story.are_one_witness(a.article, b.article);
            let agree = a.claim.value.agrees(b.claim.value);
            if !apart || agree || !is_of_the_size(a, b) {
                continue;
            }
            let Some(shared) = alignment(collection, stated, a, b) else { continue };
            if both_are_stated(stated, a, b) {
                continue;
            }
            let key = (shared, usize::MAX - a.sentence, usize::MAX - b.sentence);
            if best.as_ref().is_none_or(|(k, _, _)| key > *k) {
                best = Some((key, a, b));
            }
        }
    }
    let (_, a, b) = best?;
    show(collection, a, b)
}

/// Returns whether a later article of the same outlet makes the same claim, with the same figure or another one.
fn is_superseded(
    collection: &Collection,
    story: &Story,
    stated: &[Stated],
    earlier: &Stated,
) -> bool {
    let time = |s: &Stated| collection.articles[s.article].published.map(Published::timestamp);
    let Some(then) = time(earlier) else { return false };
    stated.iter().any(|s| {
        time(s).is_some_and(|later| then < later)
            && story.are_one_witness(earlier.article, s.article)
            && alignment(collection, stated, earlier, s).is_some()
    })
}

/// Returns whether two figures are close enough in size to refer to the same thing.
fn is_of_the_size(a: &Stated, b: &Stated) -> bool {
    let times = match a.claim.subject {
        Subject::Toll(..) => TOLL_GROWS,
        Subject::Sum(_) | Subject::Percent | Subject::Count(_) => REPORTS_DIFFER,
        Subject::Weekday | Subject::Day | Subject::Time => return true,
    };
    a.claim.value.is_of_the_size(b.claim.value, times)
}

/// Returns whether any single article states both figures; if so, they count two different things.
fn both_are_stated(stated: &[Stated], a: &Stated, b: &Stated) -> bool {
    let stating = |own: &Stated| {
        let agreeing = stated.iter().filter(|s| s.claim.value.agrees(own.claim.value));
        agreeing.map(|s| s.article).collect::<BTreeSet<_>>()
    };
    !stating(a).is_disjoint(&stating(b))
}

/// Returns the number of terms that two claims share, if they share enough to be about the same thing.
fn alignment(collection: &Collection, stated: &[Stated], a: &Stated, b: &Stated) -> Option<usize> {
    let shared = common(&a.terms, &b.terms);
    let near = common(&a.near, &b.near);
    let smaller = a.terms.len().min(b.terms.len());
    let larger = a.terms.len().max(b.terms.len());
    let first = |s: &Stated| {
        s.sentence < LEAD
            && stated.iter().find(|o| o.article == s.article).is_some_and(|o| std::ptr::eq(o, s))
    };
    let single = |s: &Stated| {
        stated.iter().filter(|o| o.article == s.article && o.sentence == s.sentence).count() == 1
    };
    let same = match a.claim.subject {
        Subject::Toll(..) => first(a) && first(b),
        Subject::Sum(_) => near >= 1 && shared >= 2,
        Subject::Percent | Subject::Count(_) => {
            near >= 2 && shared >= 3 && shared * 2 >= smaller && !a.crowded && !b.crowded
        }
        Subject::Weekday | Subject::Day | Subject::Time => {
            shared >= 3
                && shared * 5 >= larger * 3
                && written_close(collection, a.article, b.article)
        }
    } && single(a)
        && single(b);
    same.then_some(shared)
}

/// Returns whether two articles were published at most five days apart, so that "on Monday" means the same day in both.
/// If either has no date, they are assumed to be close in time.
fn written_close(collection: &Collection, a: ArticleIx, b: ArticleIx) -> bool {
    let published =
        |i: ArticleIx| collection.articles[i].published.map(|p| p.timestamp().as_second());
    match (published(a), published(b)) {
        (Some(a), Some(b)) => a.abs_diff(b) <= 5 * 86_400,
        _ => true,
    }
}

fn common(a: &[TermId], b: &[TermId]) -> usize {
    a.iter().filter(|t| b.binary_search(t).is_ok()).count()
}

fn show(collection: &Collection, a: &Stated, b: &Stated) -> Option<Found> {
    let dated = |s: &Stated| {
        let article = &collection.articles[s.article];
        (article.published.map(Published::timestamp), article.id.clone())
    };
    let mut sides = [a, b];
    sides.sort_by_key(|s| dated(s));
    let times: Vec<_> = sides.iter().map(|s| dated(s).0).collect();
    let newest = (times.iter().all(Option::is_some) && times[0] < times[1]).then_some(1);
    let sides: Option<Vec<_>> = sides.iter().map(|s| side(collection, s)).collect();
    Some(Found { kind: kind(&a.claim.subject), sides: sides?, newest })
}

const fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Toll(..) => "toll",
        Subject::Sum(_) => "sum",
        Subject::Weekday | Subject::Day => "date",
        Subject::Time => "time",
        Subject::Percent | Subject::Count(_) => "figure",
    }
}

/// Returns an excerpt that states a claim, and the location of its figure. The excerpt is the first of these that has
/// enough words and balanced quotation marks: the sentence if it is short; the clause; the sentence, whatever its
/// length. Returns `None` if neither the sentence nor the clause qualifies.
fn side(collection: &Collection, stated: &Stated) -> Option<(Place, Place)> {
    let article = stated.article;
    let text = &collection.articles[article].text;
    let sentence = collection.corpus.documents[article].sentences[stated.sentence].span;
    let clause = clause(text, sentence, stated.claim.span);
    let n_words = |span: Span| crate::budget::words(span.slice(text));
    let fits = |span: &Span| is_balanced(span.slice(text)) && n_words(*span) >= LEAST_WORDS;
    let whole = (n_words(sentence) <= SHORT).then_some(sentence);
    let span = [whole, Some(clause), Some(sentence)].into_iter().flatten().find(fits)?;
    Some((Place { article, span }, Place { article, span: stated.claim.span }))
}

/// Returns the text around a figure up to the next comma, semicolon, colon, bracket or dash on either side.
fn clause(text: &str, sentence: Span, figure: Span) -> Span {
    const BREAKS: [&str; 9] = [", ", "; ", ": ", " (", ") ", " – ", " — ", " -- ", " - "];
    let before = Span::new(sentence.start(), figure.start()).slice(text);
    let after = Span::new(figure.end(), sentence.end()).slice(text);
    let start = BREAKS.iter().filter_map(|b| before.rfind(b).map(|at| at + b.len())).max();
    let end = BREAKS.iter().filter_map(|b| after.find(b)).min();
    let start = sentence.start() + start.unwrap_or(0);
    let end = end.map_or(sentence.end(), |at| figure.end() + at);
    Span::new(start, end).trimmed(text)
}
