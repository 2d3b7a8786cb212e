//! Sentences that repeat another one.
//!
//! Two outlets often report the same fact, so that one outlet's sentence contains most content words of the other's.
//! Coverage alone does not detect this, because new word pairs still add some gain if the budget has room. The overlap
//! of two sentences is the share of the shorter one's content words that the other contains. It lowers the value of a
//! sentence, and at [`MOST_OVERLAP`] the sentence counts as a repetition. Two sentences that differ in their negations
//! contradict each other, so neither repeats the other. In a language whose negations are unknown, two sentences count
//! as repetitions only if they have the same function words. Two sentences that differ in one or two words each form a
//! contrast ("closed 12 schools", "closed 30 schools"), not a repetition.
//!
//! Known limits: a repetition in other words is not detected; sentences with the same words in another order count as
//! repetitions even if they mean something else ("Lenn beat Orra", "Orra beat Lenn").

use crate::identity::facts::Facts;
use crate::summary::candidate_set::CandidateSet;
use crate::text::packs::{self, WordSet};
use crate::text::{TermId, TokenKind};

/// The minimum number of content words in a sentence that can repeat another.
const FEWEST_WORDS: usize = 3;

/// The overlap up to which two sentences are not penalized: they may report the same event but hardly the same fact.
const FREE_OVERLAP: f64 = 0.35;

/// The overlap at and above which a sentence counts as a repetition of another.
const MOST_OVERLAP: f64 = 0.65;

/// In a contrast, the maximum number of content words of each sentence that the other sentence lacks.
const LARGEST_CONTRAST: usize = 2;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "repeats what is shown";

/// Returns the factor of an entry if another one is shown: 1 up to [`FREE_OVERLAP`], falling to 0 at [`MOST_OVERLAP`].
/// It is always 1 if the two entries form a contrast ([`is_contrast`]) or one of them has fewer than [`FEWEST_WORDS`]
/// content words. Negations are not considered.
pub(crate) fn factor(set: &CandidateSet<'_>, entry: usize, shown: usize) -> f64 {
    let shared = n_shared(set, entry, shown);
    let shorter = n_words(set, entry).min(n_words(set, shown));
    let overlap = shared as f64 / shorter.max(1) as f64;
    let factor = (MOST_OVERLAP - overlap) / (MOST_OVERLAP - FREE_OVERLAP);
    if shorter < FEWEST_WORDS || 1.0 <= factor || is_contrast(set, entry, shown, shared) {
        1.0
    } else {
        factor.max(0.0)
    }
}

/// Returns whether two entries probably disagree about one fact: apart from one or two words each, such as figures or
/// names, or from their negations, they largely agree.
pub(crate) fn contrasts(set: &CandidateSet<'_>, a: usize, b: usize) -> bool {
    let shared = n_shared(set, a, b);
    let overlap = shared as f64 / n_words(set, a).min(n_words(set, b)).max(1) as f64;
    MOST_OVERLAP <= overlap && (is_contrast(set, a, b, shared) || is_denied(set, a, b))
}

/// Returns whether each of two entries has one or two words that the other lacks, and they share more than two.
fn is_contrast(set: &CandidateSet<'_>, a: usize, b: usize, shared: usize) -> bool {
    let own = [a, b].map(|entry| n_words(set, entry) - shared);
    own.iter().all(|own| (1..=LARGEST_CONTRAST).contains(own)) && LARGEST_CONTRAST < shared
}

/// Returns the number of content words that two entries share.
fn n_shared(set: &CandidateSet<'_>, a: usize, b: usize) -> usize {
    let mut theirs = set.concepts.words_of(b).map(|(word, _)| word).peekable();
    let shared = |word: &u32| {
        while theirs.next_if(|their| their < word).is_some() {}
        theirs.peek() == Some(word)
    };
    set.concepts.words_of(a).map(|(word, _)| word).filter(shared).count()
}

/// Returns whether an entry repeats a shown one: one of them contains all content words of the other, or they overlap
/// by at least [`MOST_OVERLAP`] and do not form a contrast. An entry more than twice as long as the shown one adds
/// enough to be shown too. Entries that differ in their negations, report different events, or have fewer than
/// [`FEWEST_WORDS`] content words do not repeat each other.
pub(crate) fn repeats(set: &CandidateSet<'_>, entry: usize, told: usize) -> bool {
    let (own, other) = (n_words(set, entry), n_words(set, told));
    let shared = n_shared(set, entry, told);
    let overlap = shared as f64 / own.min(other).max(1) as f64;
    let adds_little = shared == own || (shared == other && own <= 2 * other);
    let says_again =
        || MOST_OVERLAP <= overlap && own <= 2 * other && !is_contrast(set, entry, told, shared);
    FEWEST_WORDS <= own.min(other)
        && (adds_little || says_again())
        && !is_denied(set, entry, told)
        && !is_another_event(set, entry, told)
}

/// Returns whether two entries report two different events in the same wording: each names people, places or days that
/// the other lacks.
fn is_another_event(set: &CandidateSet<'_>, a: usize, b: usize) -> bool {
    let [a, b] = [a, b].map(|entry| {
        let at = set.candidates[entry].at;
        let language = set.collection.corpus.documents[at.article].language;
        Facts::from_text(set.collection.sentence_text(at.article, at.sentence), language)
    });
    a.names_others(&b)
}

fn n_words(set: &CandidateSet<'_>, entry: usize) -> usize {
    set.concepts.words_of(entry).count()
}

/// Returns whether the two entries differ in their negations or, if the negations of the language are not known, in
/// their function words.
fn is_denied(set: &CandidateSet<'_>, a: usize, b: usize) -> bool {
    let [a, b] = [a, b].map(|entry| {
        let at = set.candidates[entry].at;
        let data = packs::discourse(set.collection.corpus.documents[at.article].language);
        small_words(set, entry, data.map(|data| &data.denials))
    });
    a != b
}

/// Returns the distinct negations of an entry or, if those of its language are not known, its distinct function words,
/// sorted.
fn small_words(set: &CandidateSet<'_>, entry: usize, denials: Option<&WordSet>) -> Vec<TermId> {
    let at = set.candidates[entry].at;
    let corpus = &set.collection.corpus;
    let document = &corpus.documents[at.article];
    let text = &set.collection.articles[at.article].text;
    let tokens = document.tokens_of(&document.sentences[at.sentence]).iter();
    let denials = denials.filter(|denials| !denials.is_empty());
    let denies = |word: &str| {
        let word = word.to_lowercase().replace('’', "'");
        word.ends_with("n't") || denials.is_some_and(|denials| denials.contains(&word))
    };
    let small = tokens.filter(|token| match denials {
        Some(_) => denies(token.span.slice(text)),
        None => token.kind == TokenKind::Stop,
    });
    let mut terms: Vec<TermId> = small.map(|t| corpus.id(at.article, t.term)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}
