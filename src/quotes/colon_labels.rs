//! Decides which labels before a colon name a speaker and which only announce the words that follow.
//!
//! `Mayor Jo Ray: "…"` names a speaker; `More: "…"`, `Photos: "…"` and `Bottom Line: "…"` do not. A capital at the
//! beginning of a line carries no information, so a label names a speaker only if it has one of the following:
//!
//! * a noun for a person, a group or an organization (`The mayor`, `Minister`, `Odlin police`), or a noun for a
//!   document with an article,
//! * a title or role before a name or after it (`Bryn Tolland, mayor of Odlin`), or a known given name before a
//!   surname,
//! * a name that the running text shows as a person's: after a given name, a title or a role, or beside a verb of saying,
//! * a position that is typical of speakers: in a transcript (the label occurs again after another label, or is next to
//!   one that names a speaker), inside the quotation marks, or, in some languages, alone in its line with the
//!   quotation. Such a label is uncertain, because lists of links look like transcripts.
//!
//! Known limit: a person without a role or a known given name, whose name occurs nowhere else in the text, is
//! recognized only by the position of the label.

use std::hash::Hasher as _;

use rustc_hash::{FxHashSet, FxHasher};

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::speakable::{self, Strength};
use crate::span::slice;
use crate::text::quotemarks;

/// The maximum number of words in a label.
const MOST_WORDS: usize = 8;

/// Returns how clearly a label names a speaker, or `None` if there is no evidence that it does.
pub(super) fn strength(s: &Skeleton<'_>, label: Range) -> Option<Strength> {
    let weak = || {
        let shown = is_inside_marks(s, label) || alternates(s, label) || is_headline(s, label);
        shown.then_some(Strength::Weak)
    };
    evidence(s, label).or_else(weak)
}

/// Returns whether a label of two or three capitalized words and the quotation make up the whole line: `Yvan Kermadec :
/// « … »`. Always `false` in languages with the habit `capital nouns` or `finite verbs`, such as German and English.
fn is_headline(s: &Skeleton<'_>, label: Range) -> bool {
    let known = Class::SOURCE_NOUN.with(Class::WORK).with(Class::POSSESSIVE).with(Class::VERB);
    let named = |i: usize| s.tokens[i].is_name_like() && !s.class(i).any(known);
    let words = label.end - label.start;
    let mixed = label.indices().all(|i| s.word(i).chars().any(char::is_lowercase));
    let line = s.sentences[s.sentence_of(label.start)].tokens;
    let quote = label.end + 1;
    let whole = s.tokens.get(quote).is_some_and(Token::is_quote)
        && (quote + 1..line.end).all(|i| !s.tokens[i].is_word() && !s.tokens[i].is_quote());
    let names_only = !s.lexicon.capitalizes_nouns() && !s.lexicon.lists_verbs();
    names_only && whole && mixed && (2..=3).contains(&words) && label.indices().all(named)
}

/// Returns whether a range of words can be a label: at most [`MOST_WORDS`] words, which are capitalized, nouns for
/// speakers, or words that join them.
pub(super) fn is_label(s: &Skeleton<'_>, range: Range) -> bool {
    let joins =
        Class::SOURCE_NOUN.with(Class::DETERMINER).with(Class::GENITIVE).with(Class::PARTICLE);
    let fits =
        |i: usize| !s.tokens[i].is_word() || s.kind(i) == Kind::Capital || s.class(i).any(joins);
    let words = range.indices().filter(|&i| s.tokens[i].is_word()).count();
    (1..=MOST_WORDS).contains(&words) && range.indices().all(fits)
}

/// Returns how clearly the words of a phrase name a speaker, regardless of its position.
pub(super) fn evidence(s: &Skeleton<'_>, phrase: Range) -> Option<Strength> {
    let head = speakable::head(s, phrase);
    let last = head.indices().rev().find(|&i| s.tokens[i].is_word())?;
    let class = s.class(last);
    let speaks = Class::SOURCE_NOUN.without(Class::DOCUMENT);
    if class.any(speaks) && !class.any(Class::POSSESSIVE) {
        return Some(Strength::Strong);
    }
    if class.any(Class::DOCUMENT) && s.class(head.start).any(Class::DETERMINER) {
        return Some(Strength::Weak);
    }
    let title = Class::ROLE.with(Class::RANK).with(Class::HONORIFIC);
    let titled = |i: usize| s.class(i).any(title) && !s.class(i).any(Class::POSSESSIVE);
    let given = |i: usize| s.class(i).any(Class::GIVEN) && s.tokens[i].is_name_like();
    let full = given(head.start) && last > head.start;
    let person = (head.start..last).any(titled) || full;
    // `Bryn Tolland, mayor of Odlin`
    let comma = head.end < phrase.end && s.kind(head.end) == Kind::Comma;
    let described = comma && (head.end..phrase.end).any(titled);
    let known = |i: usize| !s.tokens[i].is_word() || is_person_within(s, i);
    ((person || described) && s.tokens[last].is_name_like() || head.indices().all(known))
        .then_some(Strength::Strong)
}

/// Returns whether the running text shows a word as the name of a person: `Jo Ray`, `Mayor Ray`, `Ray said`.
pub(super) fn is_person_within(s: &Skeleton<'_>, at: usize) -> bool {
    s.persons().contains(&folded(s, at))
}

/// Returns the hashes ([`folded`]) of the words that the running text shows as names of persons.
pub(super) fn persons(s: &Skeleton<'_>) -> FxHashSet<u64> {
    let mut found = FxHashSet::default();
    let mut last = None;
    let title = Class::ROLE.with(Class::RANK).with(Class::HONORIFIC);
    let says = |i: usize| s.kind(i) == Kind::Lower && s.class(i).any(Class::FINITE);
    for at in 0..s.tokens.len() {
        if !s.tokens[at].is_name_like() {
            continue;
        }
        let before = at.checked_sub(1).filter(|&i| s.tokens[i].is_word());
        let after_given = |i: usize| s.class(i).any(Class::GIVEN) && s.tokens[i].is_name_like();
        let titled = |i: usize| s.class(i).any(title) && !s.class(i).any(Class::POSSESSIVE);
        let follows = |i: usize| after_given(i) || titled(i) || says(i) || last == Some(i);
        let shown = before.is_some_and(follows) || says(at + 1);
        let label = s.kind(at + 1) == Kind::Colon;
        if shown && !label {
            last = Some(at);
            found.insert(folded(s, at));
            found.extend(before.filter(|&i| after_given(i)).map(|i| folded(s, i)));
        }
    }
    found
}

/// Returns a hash of a word in lower case, without a possessive ending.
fn folded(s: &Skeleton<'_>, at: usize) -> u64 {
    let word = s.word(at);
    let bare = word.trim_end_matches("'s").trim_end_matches("’s");
    let mut hasher = FxHasher::default();
    hasher.write(bare.to_lowercase().as_bytes());
    hasher.finish()
}

/// Returns whether a label is inside the marks of the quotation that it introduces: `“ROE: We begin at noon.”`
fn is_inside_marks(s: &Skeleton<'_>, label: Range) -> bool {
    let start = s.span(label).start();
    slice(s.text, 0, start).chars().next_back().is_some_and(quotemarks::may_open)
}

/// Returns whether the label of a sentence belongs to a transcript: the sentences on both sides have the same other
/// label, or the sentence on one side has another label, and either that label names a speaker or the sentence beyond
/// it has this label again.
fn alternates(s: &Skeleton<'_>, label: Range) -> bool {
    let sentence = s.sentence_of(label.start);
    let mine = folded(s, label.end - 1);
    let at = |i: Option<usize>| labelled(s, i?);
    let between = at(sentence.checked_sub(1)).zip(at(Some(sentence + 1)));
    let other = |other: Range| folded(s, other.end - 1) != mine;
    let steps: [[Option<usize>; 2]; 2] = [
        [sentence.checked_sub(1), sentence.checked_sub(2)],
        [Some(sentence + 1), Some(sentence + 2)],
    ];
    let around =
        between.is_some_and(|(a, b)| other(a) && folded(s, a.end - 1) == folded(s, b.end - 1));
    around
        || steps.into_iter().any(|[next, second]| {
            at(next).is_some_and(|next| {
                let returns = at(second).is_some_and(|second| !other(second));
                other(next) && (returns || evidence(s, next).is_some())
            })
        })
}

/// Returns the label of a sentence that begins with a label, a colon and a quotation.
fn labelled(s: &Skeleton<'_>, sentence: usize) -> Option<Range> {
    let tokens = s.sentences.get(sentence)?.tokens;
    let colon = tokens.indices().take(MOST_WORDS + 1).find(|&i| s.kind(i) == Kind::Colon)?;
    let label = Range::new(tokens.start, colon);
    let quoted = s.tokens.get(colon + 1).is_some_and(Token::is_quote);
    (quoted && is_label(s, label)).then_some(label)
}
