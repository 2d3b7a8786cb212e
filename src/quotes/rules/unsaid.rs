//! Quotations that nobody says, although a rule has found a source for them:
//!
//! * A short line without final punctuation between two paragraphs is a headline: `‘Now they have it’`, `“Why we left”:
//!   read more`.
//! * A sentence that continues after the quotation has a subject of its own, so the words are not those of the previous
//!   speaker: `"Fair shares" and "balance" abounded.`
//! * A population uses words but makes no statements: `Locals call it “the Wall”`, `52% say that price is a “major
//!   reason”`, `Voters who follow both say …`.
//! * A clause with its own subject and verb contains or announces the quotation, and the source is in another clause.
//! * A share of the respondents to a poll chose the words as their answer: `Only 8 percent picked “not at all”,
//!   according to Odlin`.
//! * A term before its noun is the reporter's: `agreed to taxes as part of the “fiscal cliff” deal`.
//! * A term in a noun phrase is the reporter's if the clause around it was decided or believed rather than said: `decided
//!   that the town's “quiet law” barred the fair`.
//! * Words on a thing are not those of whoever has or finds it: `found a sign on the lawn that read: “…”`.
//! * A few words are a name that nobody in particular uses: `asked what can only be described as a “soft” question`.
//! * A colon after a sentence about many unnamed people announces other words than theirs: `Reporters pounced on clumsy
//!   phrases: “…”`.
//! * The verb before the quotation is negated: `Lim has never said “…”`. A colon before the quotation shows that the
//!   words were said nevertheless: `Lim would not comment: “…”`.
//! * The source is the object of a participle after the subject: `Her ad, featuring senators who share the worry, ends:
//!   “…”`.
//!
//! Known limit: a short statement that a group does make, in the present tense, has no speaker: `Critics call it “a
//! farce”`.

use super::{
    Attribution, BEFORE_APART, BEFORE_SHARED, COLON, CONTINUATION, Context, PREVIOUS_PARAGRAPH,
    PREVIOUS_SENTENCE, Rule, SAME_SENTENCE, announcing, passive, subordinate,
};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::reporting_clause;
use crate::quotes::scare_quotes::count_words;
use crate::quotes::speakable;

/// The maximum number of words in a headline between paragraphs.
const HEADLINE: usize = 12;
/// The maximum number of words that may be the reporter's own term.
const TERM: usize = 3;
/// The maximum number of tokens before or after the quotation that are searched.
const REST: usize = 48;
/// The maximum number of words after the closing mark, none of them a verb, that can be the end of the speaker's own
/// sentence.
const OUTSIDE: usize = 8;
/// The maximum number of words in an answer to a poll, or in a population's term for something.
const ANSWER: usize = 5;

/// Returns whether the source of an attribution may have said the words.
pub(in crate::quotes) fn may_say(cx: &Context<'_>, found: &Attribution) -> bool {
    let is = |rules: &[&Rule]| rules.iter().any(|rule| rule.name == found.rule.name);
    if is(&[&PREVIOUS_PARAGRAPH, &CONTINUATION, &PREVIOUS_SENTENCE]) {
        return !goes_on(cx) && !is_headline(cx);
    }
    if subordinate::is_apart(cx, found) || announcing::is_apart(cx, found) {
        return false;
    }
    if is_negated(cx, found) || is_of_participle(cx, found) || is_written(cx, found) {
        return false;
    }
    if found.rule.name == COLON.name && is_crowd(cx.s, found.source) {
        return false;
    }
    let apart = is(&[&BEFORE_APART, &BEFORE_SHARED, &SAME_SENTENCE]);
    !(is_of_crowd(cx, found)
        || is_answer(cx)
        || is_of_decision(cx, found)
        || is_named_by_nobody(cx, found)
        || apart && is_attribute(cx, found))
}

/// Returns whether the quotation is written on a thing that a relative clause describes, and somebody else was found as the
/// source: `Lim's son found a sign on the lawn that read: “…”`, `fand ein Schild, auf dem stand: „…“`. A letter or a
/// statement conveys the words of whoever sent it.
fn is_written(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let marked = |i: usize| matches!(s.kind(i), Kind::Colon | Kind::Comma);
    let Some(verb) = (cx.before.start + 1..cx.at).rev().find(|&i| !marked(i)) else { return false };
    if found.cue.is_some_and(|cue| cue.start <= verb && verb < cue.end) {
        return false;
    }
    let sent = (found.source.end..verb).any(|i| s.class(i).any(Class::MESSAGE));
    let relative = s.class(verb - 1).any(Class::RELATIVE.with(Class::THAT));
    let reads = s.class(verb).all(Class::TEXTUAL.with(Class::FINITE)) && relative && !sent;
    reads || is_on_thing(cx, found, verb)
}

/// Returns whether there is a relative clause about a thing between the source and the colon, consisting of a
/// preposition, a pronoun and a verb: `, auf dem stand:`.
fn is_on_thing(cx: &Context<'_>, found: &Attribution, verb: usize) -> bool {
    let s = cx.s;
    let comma = (cx.before.start..verb).rev().find(|&i| s.kind(i) == Kind::Comma);
    let Some(start) = comma.filter(|&i| found.source.end <= i).map(|i| i + 1) else { return false };
    let somebody = Class::PRONOUN.with(Class::FIRST_PERSON).with(Class::SOURCE_NOUN);
    let impersonal = Class::NEUTER.with(Class::GENERIC).with(Class::DETERMINER);
    let plain = |i: usize| {
        let class = s.class(i);
        s.kind(i) == Kind::Lower && (!class.any(somebody) || class.any(impersonal))
    };
    s.kind(cx.at - 1) == Kind::Colon
        && (start + 2..=start + 3).contains(&verb)
        && s.class(start).any(Class::PREPOSITION)
        && (s.class(start + 1).any(Class::RELATIVE) || s.lexicon.capitalizes_nouns())
        && (start..=verb).all(plain)
}

/// Returns whether a few words are a name that nobody in particular gives to a thing, in a clause after the verb of saying:
/// `Lim asked what can only be described as a “soft” question`.
fn is_named_by_nobody(cx: &Context<'_>, found: &Attribution) -> bool {
    let verb = found.cue.and_then(|cue| cue.end.checked_sub(1));
    let short = count_words(cx.inner(), TERM + 1) <= TERM;
    short && verb.is_some_and(|verb| verb < cx.at) && passive::is_agentless_after(cx, verb)
}

/// Returns whether a short term is part of a noun phrase in a clause that somebody decided, learned or believed rather
/// than said: `decided that the town's “quiet law” barred the fair`.
fn is_of_decision(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let Some(verb) = found.cue.and_then(|cue| cue.end.checked_sub(1)) else { return false };
    let silent = s.class(verb).any(Class::WITH_THAT.with(Class::MENTAL).with(Class::UNSPOKEN));
    let before = cx.at.checked_sub(1).filter(|&i| i > verb);
    let article = before.is_some_and(|i| {
        s.class(i).any(Class::DETERMINER.with(Class::POSSESSIVE)) && s.tokens[i].is_word()
    });
    let goes_on = !cx.after.is_empty() && s.tokens[cx.after.start].is_word();
    let term =
        !cx.inner().ends_with([',', '.', '!', '?']) && count_words(cx.inner(), TERM + 1) <= TERM;
    silent && article && goes_on && term
}

/// Returns whether the verb before the quotation is negated (`has not told`, but not `has not only told`), and no colon
/// separates the two.
fn is_negated(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let Some(verb) = found.cue.and_then(|cue| cue.end.checked_sub(1)) else { return false };
    if verb < cx.before.start || cx.at <= verb || s.kind(cx.at - 1) == Kind::Colon {
        return false;
    }
    let group = reporting_clause::group(s, cx.before.start, verb);
    let negates = |i: usize| {
        let limited = i + 1 < verb && s.class(i + 1).any(Class::ADVERB);
        s.class(i).any(Class::NEGATION) && !limited
    };
    // `sagte nie, der Hafen sei „…“`
    let after = s.lexicon.capitalizes_nouns() && s.class(verb + 1).any(Class::NEGATION);
    after || (group.start..verb).any(negates)
}

/// Returns whether the source begins with a present participle after a comma (`, featuring senators`), and the cue
/// either follows it only after other words or is a present participle as well.
fn is_of_participle(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let (start, end) = (found.source.start, found.source.end);
    let gerund = |i: usize| s.lexicon.ends_like_gerund(s.word(i));
    let apart = found.cue.is_some_and(|cue| end < cue.start || gerund(cue.start));
    apart
        && s.kind(start) == Kind::Lower
        && gerund(start)
        && start.checked_sub(1).is_some_and(|i| s.kind(i) == Kind::Comma)
}

/// Returns whether a short quotation is the answer that a share of the respondents to a poll chose, whoever reports it.
fn is_answer(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let start = cx.before.start.max(cx.at.saturating_sub(REST));
    let share = (start..cx.at).any(|i| is_share(s, i, cx.at));
    let marked = cx.at > start && matches!(s.kind(cx.at - 1), Kind::Colon | Kind::Comma);
    let that = (start..cx.at).any(|i| s.class(i).any(Class::THAT));
    share && !marked && !that && count_words(cx.inner(), ANSWER + 1) <= ANSWER
}

/// Returns whether the token at `at` is a number that states a share: `8 percent`, `8%`, `3 in 10`.
fn is_share(s: &Skeleton<'_>, at: usize, end: usize) -> bool {
    let number = |i: usize| i < end && s.kind(i) == Kind::Number;
    let of_ten = number(at + 2) && s.class(at + 1).any(Class::PREPOSITION);
    let parted = |i: usize| i < end && s.lexicon.ends_like_past(s.word(i));
    let unit = at + 1 < end
        && (s.word(at + 1) == "%"
            || is_unit(s, at + 1, end)
            || is_unit(s, at + 1, at + 2) && parted(at + 2));
    number(at) && (unit || of_ten || s.word(at).ends_with('%'))
}

/// Returns whether the reporter's sentence continues after the quotation.
fn goes_on(cx: &Context<'_>) -> bool {
    let s = cx.s;
    if cx.after.is_empty() || matches!(s.kind(cx.after.start), Kind::Open | Kind::Dash) {
        return false;
    }
    // A gerund continues the speaker's clause (`“…,” adding that …`), and conjunctions do not count as words of the
    // reporter (`“…” and “…”`).
    let shared = s.class(cx.after_start()).any(Class::GERUND);
    let words = |i: &usize| s.tokens[*i].is_word() && !s.class(*i).any(Class::COORDINATOR);
    let rest = || (cx.after.start..cx.tokens.end.min(cx.after.start + REST)).filter(words);
    // `guided by the same” principle.`: the speaker's sentence ends outside the marks.
    let verb = |i: usize| {
        let class = s.class(i);
        class.any(Class::AUXILIARY.with(Class::FINITE).with(Class::COMMON_VERB))
            || s.kind(i) == Kind::Lower && s.lexicon.ends_like_past(s.word(i))
    };
    let clause = s.kind(cx.after.start) == Kind::Colon
        || !s.lexicon.lists_verbs()
        || rest().count() > OUTSIDE
        || rest().any(verb);
    !shared && rest().next().is_some() && clause
}

/// Returns whether a quotation is a short, separate line without final punctuation that no colon introduces.
fn is_headline(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let stopped = cx.inner().ends_with(['.', '!', '?', '…', ',', ';', ':', '—', '。', '！', '？'])
        || cx.after.indices().any(|i| s.kind(i) == Kind::Stop);
    let alone = cx.begins_paragraph() && !cx.same_paragraph(cx.sentence + 1);
    let announced = cx.tokens.start.checked_sub(1).is_some_and(|i| s.kind(i) == Kind::Colon);
    let closed = s.regions[cx.region].closed;
    alone && closed && !stopped && !announced && count_words(cx.inner(), HEADLINE + 1) <= HEADLINE
}

/// Returns whether a short quotation is a term or an answer that a population uses, or a belief of unnamed people.
fn is_of_crowd(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let Some(verb) = found.cue.and_then(|cue| cue.end.checked_sub(1)) else { return false };
    let words = count_words(cx.inner(), ANSWER + 1);
    if is_population(s, found.source) {
        return words <= ANSWER;
    }
    if words > ANSWER || cx.inner().ends_with(['!', '?']) {
        return false;
    }
    let class = s.class(verb);
    // `Mexicans call it`: a habit, unlike `Republicans called it`.
    let habit = class.any(Class::BASE) || s.lexicon.inverts_auxiliaries();
    let names = class.any(Class::LABEL) && habit;
    // `The people complaining about “false balance” seem …`
    let adjoined = class.any(Class::GERUND) && found.source.end == verb;
    let crowd = is_crowd(s, found.source);
    let someone = |i: usize| s.tokens[i].is_name_like() || s.class(i).any(Class::PRONOUN);
    let thinks = class.any(Class::MENTAL) && !found.source.indices().any(someone);
    crowd && (names || adjoined) || thinks && words <= TERM
}

/// Returns whether a phrase denotes a part of a population: `52% of voters`, `locals who stayed`.
fn is_population(s: &Skeleton<'_>, source: Range) -> bool {
    let share = source.indices().any(|i| is_share(s, i, source.end));
    let head = speakable::head(s, source);
    let clause = head.end < source.end && s.class(head.end).any(Class::RELATIVE);
    share || clause && is_crowd(s, head)
}

/// Returns whether a word after a number is a unit rather than a noun for the people counted: `52 percent`, `74 percent
/// of men`.
fn is_unit(s: &Skeleton<'_>, at: usize, end: usize) -> bool {
    let unknown = s.kind(at) == Kind::Lower && s.class(at).is_unknown();
    unknown && !s.word(at).ends_with('s') && (at + 1 >= end || s.class(at + 1).any(Class::GENITIVE))
}

/// Returns whether a phrase denotes a population: a plural without an article (`Mexicans`, `more voters`); in languages
/// that use an article for a whole kind, an article and a plural (`les Mexicains`); or `the people`, but not `two
/// officials`.
pub(in crate::quotes) fn is_crowd(s: &Skeleton<'_>, source: Range) -> bool {
    let head = speakable::head(s, source);
    let Some(last) = head.indices().rev().find(|&i| s.tokens[i].is_word()) else { return false };
    let class = s.class(last);
    let named = head.indices().any(|i| {
        s.class(i)
            .any(Class::GIVEN.with(Class::RANK).with(Class::HONORIFIC).with(Class::POSSESSIVE))
            || i < last && s.tokens[i].is_name_like() && i > head.start
    });
    let plural = class.any(Class::PLURAL)
        || s.word(last).ends_with('s') && !class.any(Class::SOURCE_NOUN.without(Class::PEOPLE));
    let first = s.class(head.start);
    let definite = first.any(Class::DETERMINER) && !first.any(Class::INDEFINITE);
    let counted = s.kind(head.start) == Kind::Number;
    let whole = definite && last == head.start + 1;
    let article = !definite
        || whole
            && (s.lexicon.inverts_auxiliaries() || class.all(Class::PEOPLE) && is_folk(s, last));
    !named && plural && !counted && article
}

/// Returns whether a phrase denotes a population by its origin, party or views rather than by its work: `Americans`,
/// `many progressives`, unlike `investigators`.
pub(in crate::quotes) fn is_of_opinion(s: &Skeleton<'_>, source: Range) -> bool {
    let last = speakable::head(s, source).end - 1;
    let class = s.class(last);
    let working = class.any(Class::PEOPLE.with(Class::ROLE)) && !class.any(Class::PARTY);
    is_crowd(s, source) && !working
}

/// Returns whether a noun for people says nothing about their work or views: it is neither a role nor a party, and it
/// does not end in `s` (`people`, unlike `officials`).
fn is_folk(s: &Skeleton<'_>, at: usize) -> bool {
    !s.class(at).any(Class::ROLE.with(Class::PARTY)) && !s.word(at).ends_with('s')
}

/// Returns whether a term of two or three words is between a determiner and a noun: `the “fiscal cliff” deal`.
fn is_attribute(cx: &Context<'_>, found: &Attribution) -> bool {
    let s = cx.s;
    let words = count_words(cx.inner(), TERM + 1);
    let next = cx.after.start;
    let noun = !cx.after.is_empty()
        && s.kind(next) == Kind::Lower
        && s.class(next).without(Class::SOURCE_NOUN.with(Class::WORK)).is_unknown()
        && !s.lexicon.ends_like_past(s.word(next))
        && !s.lexicon.ends_like_gerund(s.word(next));
    let before = cx.at.checked_sub(1).filter(|&i| i > cx.before.start);
    let article = before.is_some_and(|i| s.class(i).any(Class::DETERMINER));
    let label = found.cue.is_some_and(|cue| s.class(cue.start).any(Class::LABEL));
    noun && article && !label && (2..=TERM).contains(&words) && !cx.inner().ends_with(',')
}
