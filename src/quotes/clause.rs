//! Reported clauses: whether words contain a clause with a finite verb of its own, and where the reporter resumes.
//!
//! A verb of saying reports a clause (`said the dam was safe`), not a thing (`announced a plan`, `rejected the offer`).
//! There is no parser: each word that opens a subordinate clause is paired with the next finite verb of the stretch,
//! and a verb without such a word belongs to the clause itself. The method is nutgraf's own.
//!
//! Known limits: an unlisted verb in the third person (`helps`) is not evidence, so a few clauses are missed; the
//! participle of a reduced relative clause (`the plan passed the day before`) is mistaken for the verb of the clause.

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;

/// How clearly a form is a finite verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// Any form that can be finite.
    Possible,
    /// A form that is hardly a participle here: an auxiliary, or a verb after a pronoun or before its object.
    Plain,
}

/// The number of words at the start of a coordinate clause that are searched for its verb.
const MOST_SUBJECT: usize = 7;

/// Returns whether the ranges, read as one text, contain a finite verb outside subordinate clauses, with at least the
/// given evidence.
pub(super) fn is_clause(s: &Skeleton<'_>, stretches: &[Range], least: Evidence) -> bool {
    stretches.first().is_some_and(|first| {
        let mut pending = 0;
        let rest = &stretches[1..];
        main_verb(s, *first, least, &mut pending).is_some()
            || rest.iter().any(|r| main_verb(s, *r, least, &mut pending).is_some())
    })
}

/// Returns whether a stretch after a conjunction begins with a possible subject, so that it may be a clause even if its
/// verb is not listed: `that most voters want the tram`, unlike `that growth`.
pub(super) fn begins_with_subject(s: &Skeleton<'_>, stretch: Range) -> bool {
    let class = s.class(stretch.start);
    let subject = Class::DETERMINER
        .with(Class::PRONOUN)
        .with(Class::FIRST_PERSON)
        .with(Class::INDEFINITE)
        .with(Class::SOURCE_NOUN);
    class.any(subject)
        || s.kind(stretch.start) == Kind::Number
        || s.tokens.get(stretch.start).is_some_and(Token::is_name_like)
        || s.kind(stretch.start) == Kind::Lower && s.word(stretch.start).ends_with('s')
}

/// Returns the first finite verb of a stretch that does not belong to a subordinate clause; `pending` is the number of
/// subordinate clauses whose verb is still to come.
fn main_verb(
    s: &Skeleton<'_>,
    stretch: Range,
    least: Evidence,
    pending: &mut usize,
) -> Option<usize> {
    let mut at = stretch.start;
    while at < stretch.end {
        if opens(s, stretch, at) {
            *pending += 1;
            // `who've told`: the pronoun contains the verb.
            if s.class(at).any(Class::CONTRACTED) {
                *pending -= 1;
            }
        } else if let Some(evidence) = finite(s, stretch, at) {
            if *pending == 0 {
                if evidence >= least {
                    return Some(at);
                }
            } else {
                *pending -= 1;
            }
            at = group_end(s, at, stretch.end);
            continue;
        }
        at += 1;
    }
    None
}

/// Returns whether a word opens a subordinate clause.
fn opens(s: &Skeleton<'_>, stretch: Range, at: usize) -> bool {
    let class = s.class(at);
    let next = s.class(at + 1);
    let subject = Class::PRONOUN.with(Class::FIRST_PERSON);
    if class.any(Class::THAT) {
        // `that growth`: a demonstrative.
        let thing = s.kind(at + 1) == Kind::Lower && next.is_unknown();
        let word = s.tokens.get(at + 1).is_some_and(Token::is_word);
        return at > stretch.start && !thing && word;
    }
    if class.any(Class::RELATIVE) {
        return true;
    }
    if class.any(Class::PREPOSITION) {
        return class.any(Class::SUBORDINATOR) && next.any(subject);
    }
    class.any(Class::SUBORDINATOR) && !next.any(Class::GENITIVE)
}

/// Returns how clearly a word is a finite verb; `None` if it is not one, or if no subject can precede it because it
/// begins the stretch.
fn finite(s: &Skeleton<'_>, stretch: Range, at: usize) -> Option<Evidence> {
    let class = s.class(at);
    if class.any(Class::CONTRACTED) {
        return Some(Evidence::Plain);
    }
    if at == stretch.start || s.kind(at) != Kind::Lower || class.any(Class::POSSESSIVE) {
        return None;
    }
    let before = s.class(at - 1);
    if before.any(Class::TO) {
        return None;
    }
    let subject = before.any(Class::PRONOUN.with(Class::FIRST_PERSON));
    if class.any(Class::AUXILIARY) {
        let bare = class.any(Class::NEGATION) && !s.word(at).contains(['\'', '’'])
            || class.any(Class::NONFINITE);
        return (!bare).then_some(Evidence::Plain);
    }
    let governed = before.any(Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE))
        && !before.any(Class::PRONOUN.with(Class::THAT).with(Class::RELATIVE));
    let past = s.lexicon.ends_like_past(s.word(at)) && s.word(at).len() > 4;
    if governed || !(class.any(Class::FINITE.with(Class::COMMON_VERB)) || past) {
        return None;
    }
    let object = Class::DETERMINER.with(Class::OBJECT_PRONOUN).with(Class::THAT);
    let noun = class.any(Class::NOUN) && !s.class(at + 1).any(Class::THAT);
    let takes =
        s.class(at + 1).any(object) || s.tokens.get(at + 1).is_some_and(Token::is_name_like);
    // `asserted its territorial claims`: a form that can be a noun is one, unless a pronoun precedes it or `that`
    // follows.
    match (subject || takes && !noun, noun) {
        (true, _) => Some(Evidence::Plain),
        (false, true) => None,
        (false, false) => Some(Evidence::Possible),
    }
}

/// Returns the end of the verb group that begins at a finite verb: `has not been built`.
fn group_end(s: &Skeleton<'_>, verb: usize, end: usize) -> usize {
    let belongs = |&i: &usize| {
        let class = s.class(i);
        let adverb = class.any(Class::ADVERB.with(Class::NEGATION).with(Class::AUXILIARY));
        let participle = class.any(Class::PARTICIPLE.with(Class::BASE).with(Class::GERUND))
            || s.lexicon.ends_like_past(s.word(i));
        s.kind(i) == Kind::Lower && (adverb || participle) && !class.any(Class::DETERMINER)
    };
    (verb + 1..end).take_while(belongs).last().map_or(verb + 1, |last| last + 1)
}

/// Returns the end of the reported clause at the start of a stretch. The reporter resumes at a semicolon or at the end
/// of a bracket that was opened before the clause. The reporter's words are also a bracket, a relative clause (`, which
/// he denies`) or a remark (`, a setback for the plan`) at the end of the stretch; a coordinate clause that adds
/// something (`, but it may cost more`); and a note on the speaker's silence (`but declined to comment`).
pub(super) fn reported_end(s: &Skeleton<'_>, stretch: Range) -> usize {
    let mut depth = 0_usize;
    for at in stretch.indices() {
        match s.kind(at) {
            Kind::Open => depth += 1,
            Kind::Close | Kind::Semicolon if depth == 0 => return at,
            Kind::Dash if depth == 0 && is_gloss(s, Range::new(at + 1, stretch.end)) => return at,
            Kind::Close => depth -= 1,
            Kind::Lower if depth == 0 && (declines(s, at) || withholds(s, at)) => return at,
            Kind::Comma if depth == 0 && is_remark(s, Range::new(at + 1, stretch.end)) => {
                return at;
            }
            Kind::Comma if depth == 0 => {
                let before = [Range::new(stretch.start, at)];
                if (begins_main(s, at + 1, stretch.end)
                    || goes_on_saying(s, at + 1)
                    || is_of_some(s, Range::new(at + 1, stretch.end))
                    || is_of_statement(s, at + 1)
                    || is_reporters_relative(s, at + 1)
                    || is_last_relative(s, at, stretch.end))
                    && is_clause(s, &before, Evidence::Possible)
                {
                    return at;
                }
            }
            _ => {}
        }
    }
    without_last_bracket(s, stretch)
}

/// Returns the end of a reported infinitive, which is before a finite clause after it: `threatened [to strike] and has
/// made other threats`, `urged [Holt to resign] and the board voted`, `urged [Holt to resign] as details emerged`.
pub(super) fn infinitive_end(s: &Skeleton<'_>, stretch: Range) -> usize {
    let leaves =
        |&i: &usize| s.kind(i) == Kind::Lower && leaves_infinitive(s, Range::new(i, stretch.end));
    let end = stretch.indices().skip(2).find(leaves);
    let Some(end) = end else { return stretch.end };
    // `even as details emerged`: the adverb belongs to the finite clause.
    let before = end - usize::from(s.class(end - 1).any(Class::ADVERB));
    before - usize::from(s.kind(before - 1) == Kind::Comma)
}

/// Returns whether a finite clause begins at the start of `rest`, which therefore cannot belong to the infinitive
/// before it.
fn leaves_infinitive(s: &Skeleton<'_>, rest: Range) -> bool {
    let at = rest.start;
    let verb = at + 1 + usize::from(s.class(at + 1).any(Class::ADVERB));
    let finite = Class::AUXILIARY.without(Class::NONFINITE);
    if s.class(at).any(Class::COORDINATOR) && s.class(verb).any(finite) {
        return true;
    }
    let joins = s.class(at).any(Class::COORDINATOR.with(Class::AS));
    let within = Range::new(at + 1, rest.end.min(at + 1 + MOST_SUBJECT));
    let stop = within.indices().find(|&i| !s.tokens[i].is_word()).unwrap_or(within.end);
    let within = Range::new(at + 1, stop);
    let past = |i: usize| {
        let class = s.class(i);
        let plain = s.kind(i) == Kind::Lower && !class.any(Class::DETERMINER.with(Class::NOUN));
        let listed =
            class.all(Class::FINITE.with(Class::PARTICIPLE)) || class.any(Class::COMMON_VERB);
        plain && (listed || s.lexicon.ends_like_past(s.word(i)) && s.word(i).len() > 4)
    };
    let infinitive = within.indices().any(|i| s.class(i).any(Class::TO));
    // `to oppose the bill as it stands`: the clause belongs to the infinitive.
    let manner = s.class(at).any(Class::AS) && noun_phrase::is_pronoun(s, at + 1);
    let links = Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::RELATIVE);
    let verb = within.indices().skip(1).find(|&i| past(i) || s.class(i).any(links));
    // `as soon as it reached her desk`: a comparison belongs to the infinitive.
    let compares = s.class(at).any(Class::AS) && s.class(at - 2).any(Class::AS);
    joins
        && !compares
        && s.lexicon.lists_verbs()
        && !infinitive
        && !manner
        && within.end > within.start + 1
        && begins_with_subject(s, within)
        && verb.is_some_and(past)
}

/// Returns whether the reporter's note that the speaker would say no more begins at `at`: `but declined to comment`.
fn declines(s: &Skeleton<'_>, at: usize) -> bool {
    let refuses = s.class(at).all(Class::COORDINATOR.with(Class::CONTRAST))
        && s.class(at + 1).any(Class::REFUSAL);
    refuses && (at + 2..at + 5).any(|i| s.class(i).any(Class::CLAUSE))
}

/// Returns whether the reporter's note that the speaker left something open begins at `at`: `but did not say when`,
/// `though she did not explain why`.
fn withholds(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let other = Class::QUESTION.with(Class::CONDITION).with(Class::THAT).with(Class::AS);
    let concedes = class.any(Class::SUBORDINATOR) && !class.any(other);
    let he = s.class(at + 1);
    let he = he.any(Class::PRONOUN) && !he.any(Class::NEUTER.with(Class::DETERMINER));
    let joins = class.all(Class::COORDINATOR.with(Class::CONTRAST)) || concedes && he;
    let auxiliary = at + 1 + usize::from(he);
    let open = Class::MODAL.with(Class::FUTURE).with(Class::BE);
    let negation = (auxiliary..auxiliary + 2).find(|&i| s.class(i).any(Class::NEGATION));
    // `but doesn't know how it will end` is part of what the speaker says.
    let tells = |verb: usize| {
        let question = s.class(verb + 1).any(Class::QUESTION);
        !s.class(verb).any(Class::MENTAL) && (question || s.class(verb).any(Class::CLAUSE))
    };
    joins
        && s.class(auxiliary).any(Class::AUXILIARY)
        && !s.class(auxiliary).any(open)
        && negation.is_some_and(|i| tells(i + 1))
}

/// Returns whether the last words after a comma are a remark on the whole clause: a phrase with an indefinite article,
/// as in `they would not vote in June, a setback for the plan`. The phrase may have a relative clause. After a name, it
/// is an apposition instead.
pub(super) fn is_remark(s: &Skeleton<'_>, rest: Range) -> bool {
    if rest.start < 2 || rest.is_empty() || !s.lexicon.lists_verbs() {
        return false;
    }
    let relative = rest.indices().find(|&i| s.class(i).any(Class::RELATIVE));
    let phrase = Range::new(rest.start, relative.unwrap_or(rest.end));
    let joined = |i: usize| {
        matches!(s.kind(i), Kind::Comma | Kind::Dash) || s.class(i).any(Class::COORDINATOR)
    };
    let named = s.tokens[rest.start - 2].is_name_like();
    s.class(rest.start).all(Class::INDEFINITE.with(Class::DETERMINER))
        && s.kind(rest.start - 1) == Kind::Comma
        && !named
        && !rest.indices().any(joined)
        && !is_clause(s, &[phrase], Evidence::Possible)
}

/// Returns whether a stretch is a phrase with a participle about what some people say: `with some of them urging
/// patience`.
fn is_of_some(s: &Skeleton<'_>, rest: Range) -> bool {
    let says = |i: usize| {
        let class = s.class(i);
        class.any(Class::GERUND)
            && class.any(Class::CLAUSE.with(Class::OBJECT))
            && !class.any(Class::NOUN.with(Class::MENTAL))
    };
    let link = s.class(rest.start);
    let governs = link.any(Class::LINK) && !link.any(Class::GENITIVE.with(Class::SUBORDINATOR));
    governs
        && s.class(rest.start + 1).any(Class::DETERMINER.with(Class::INDEFINITE))
        && rest.indices().skip(2).any(says)
}

/// Returns whether an apposition at `at` is about the report itself: `, an assertion backed by a poll`.
fn is_of_statement(s: &Skeleton<'_>, at: usize) -> bool {
    let saying = |i: usize| {
        let class = s.class(i);
        s.kind(i) == Kind::Lower
            && (class.any(Class::SAYING) || class.all(Class::NOUN.with(Class::CLAUSE)))
    };
    s.class(at).all(Class::INDEFINITE.with(Class::DETERMINER))
        && (at + 1..at + 3).any(|i| saying(i) && !s.class(i + 1).any(Class::THAT))
}

/// Returns whether a relative clause at `at` is the reporter's remark that somebody says or denies the reported words:
/// `which he often says`.
fn is_reporters_relative(s: &Skeleton<'_>, at: usize) -> bool {
    let adverbs =
        (at + 2..at + 5).take_while(|&i| s.class(i).any(Class::ADVERB.with(Class::AUXILIARY)));
    let verb = at + 2 + adverbs.count();
    // `which they say are false` continues the report.
    let (verb, after) = (s.class(verb), s.class(verb + 1));
    s.class(at).any(Class::RELATIVE)
        && noun_phrase::is_pronoun(s, at + 1)
        && verb.any(Class::VERB)
        && verb.any(Class::CLAUSE.with(Class::DENIAL))
        && !after.any(Class::AUXILIARY.with(Class::VERB).with(Class::COMMON_VERB))
}

/// Returns whether the words after a dash comment on the clause: up to the end, they are a noun phrase with an
/// indefinite article and without a verb: `— a poor review for the plan`.
fn is_gloss(s: &Skeleton<'_>, rest: Range) -> bool {
    let first = s.class(rest.start);
    let paired = rest.indices().any(|i| s.kind(i) == Kind::Dash);
    !rest.is_empty()
        && first.all(Class::INDEFINITE.with(Class::DETERMINER))
        && !paired
        && !is_clause(s, &[rest], Evidence::Plain)
}

/// Returns whether a coordinate verb of saying without a subject begins at `at`: `, but expressed doubts`, `, and cited
/// the weather`. The subject of such a verb is the speaker.
fn goes_on_saying(s: &Skeleton<'_>, at: usize) -> bool {
    let verb = at + 1 + usize::from(s.class(at + 1).any(Class::ADVERB));
    let class = s.class(verb);
    s.lexicon.lists_verbs()
        && s.class(at).any(Class::COORDINATOR)
        && s.kind(verb) == Kind::Lower
        && class.any(Class::FINITE.with(Class::BASE))
        && !class.any(Class::NOUN.with(Class::DETERMINER).with(Class::MENTAL))
}

/// Returns whether a clause with its own subject that the reporter adds begins at `at`: one that contrasts (`, but it
/// may cost more`, `, however the board disagrees`), draws a conclusion (`, so it may rain`) or narrates an event. A
/// clause about a state continues the report: `, and the fares would rise`.
fn begins_main(s: &Skeleton<'_>, at: usize, end: usize) -> bool {
    let contrasts =
        s.class(at).any(Class::CONTRAST) && s.tokens.get(at + 1).is_some_and(Token::is_word);
    let joins = s.class(at).any(Class::COORDINATOR);
    if at >= end || !joins && !contrasts || s.class(at + 1).any(Class::THAT) {
        return false;
    }
    let start = at + 1;
    let subject = Class::PRONOUN.with(Class::FIRST_PERSON).with(Class::DETERMINER);
    let several = s.lexicon.lists_verbs()
        && s.kind(start) == Kind::Lower
        && s.class(start).is_unknown()
        && s.word(start).ends_with('s');
    let begins = several
        || s.class(start).any(subject)
        || s.tokens.get(start).is_some_and(Token::is_name_like)
        || s.class(start).any(Class::SOURCE_NOUN);
    let within = Range::new(start, end.min(start + MOST_SUBJECT));
    let comma = within.indices().find(|&i| !s.tokens[i].is_word()).unwrap_or(within.end);
    let within = Range::new(start, comma);
    let goes_on = !contrasts && !s.class(at).any(Class::BACKWARD) && is_of_state(s, within);
    begins && !goes_on && is_clause(s, &[within], Evidence::Possible)
}

/// Returns whether the first verb of a clause is an auxiliary, as in reported speech (`the fares would rise`) and
/// unlike in an event that the reporter narrates (`the police closed the road`).
fn is_of_state(s: &Skeleton<'_>, clause: Range) -> bool {
    let verb = clause.indices().skip(1).find(|&i| {
        let class = s.class(i);
        let past = s.lexicon.ends_like_past(s.word(i)) && s.word(i).len() > 4;
        let verbal = class.any(Class::AUXILIARY.with(Class::FINITE).with(Class::COMMON_VERB));
        s.kind(i) == Kind::Lower && (verbal || past)
    });
    verb.is_some_and(|i| s.class(i).any(Class::AUXILIARY))
}

/// Returns whether a relative clause begins after a comma and no other comma follows before `end`.
fn is_last_relative(s: &Skeleton<'_>, comma: usize, end: usize) -> bool {
    comma + 2 < end
        && s.class(comma + 1).any(Class::RELATIVE)
        && !s.class(comma + 1).any(Class::THAT)
        && !(comma + 1..end).any(|i| s.kind(i) == Kind::Comma)
}

/// Returns the end of a stretch, excluding a bracket at its end: `was done early (which is not true)`.
fn without_last_bracket(s: &Skeleton<'_>, stretch: Range) -> usize {
    let last = stretch.end.saturating_sub(1);
    if stretch.is_empty() || s.kind(last) != Kind::Close {
        return stretch.end;
    }
    let open = stretch.indices().rev().find(|&i| s.kind(i) == Kind::Open);
    open.filter(|&i| i > stretch.start).unwrap_or(stretch.end)
}

/// Returns whether a phrase names a source clearly enough for unquoted words: a person, a body or a document, not a
/// demonstrative (`that gridlock`), a fragment of a clause (`killed 62 troops`) or a figure of speech (`common sense`).
pub(super) fn is_plain_source(s: &Skeleton<'_>, source: Range) -> bool {
    let first = s.class(source.start);
    if noun_phrase::is_pronoun(s, source.start) && source.end == source.start + 1 {
        return true;
    }
    let lower = s.kind(source.start) == Kind::Lower;
    let scrap =
        lower && !first.any(Class::SOURCE_NOUN) && s.lexicon.ends_like_past(s.word(source.start));
    // `his campaign` is not identified, unlike `his son, Karl Holt`.
    let named = |i: usize| s.tokens[i].is_name_like() && s.class(i).any(Class::GIVEN);
    let owned = first.any(Class::OWNED) && !source.indices().any(named);
    let points = owned || first.any(Class::THAT) || first.any(Class::NEGATION.with(Class::GENERIC));
    let relative = source.indices().skip(1).find(|&i| s.class(i).any(Class::RELATIVE));
    let head = Range::new(source.start, relative.unwrap_or(source.end));
    let shouted = source.end > source.start + 1 && is_shouted_verb(s, source.start);
    !scrap
        && !points
        && !shouted
        && !holds_finite(s, head)
        && (is_evident(s, source.start) || has_known_head(s, head))
}

/// Returns whether the last word before a phrase's complement is a known noun for a source: `Illegal immigrants`.
fn has_known_head(s: &Skeleton<'_>, phrase: Range) -> bool {
    let links = Class::PREPOSITION.with(Class::TO);
    let end = phrase.indices().skip(1).find(|&i| s.class(i).any(links) || !s.tokens[i].is_word());
    let last = end.unwrap_or(phrase.end).saturating_sub(1);
    last > phrase.start && s.class(last).any(Class::SOURCE_NOUN)
}

/// Returns whether a word in capitals ends like a past form: `WATCHED Lim`.
fn is_shouted_verb(s: &Skeleton<'_>, at: usize) -> bool {
    let word = s.word(at);
    word.len() > 3
        && word.chars().all(char::is_uppercase)
        && s.lexicon.ends_like_past(&word.to_lowercase())
}

/// Returns whether a phrase contains a common verb that is neither its first nor its last word.
fn holds_finite(s: &Skeleton<'_>, phrase: Range) -> bool {
    phrase.indices().skip(1).any(|i| {
        let class = s.class(i);
        let noun = Class::NOUN.with(Class::SOURCE_NOUN).with(Class::DETERMINER);
        s.kind(i) == Kind::Lower
            && class.any(Class::COMMON_VERB)
            && !class.any(noun)
            && i + 1 < phrase.end
    })
}

/// Returns whether it is evident how a word is meant. A capitalized word at the start of a sentence, or after a mark
/// other than a comma, may be an ordinary word unless it is listed, is followed by a name, a comma or a clear verb of
/// saying, or is also capitalized within a sentence of the article.
pub(super) fn is_evident(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let begins = at == 0 || !s.tokens[at - 1].is_word() && s.kind(at - 1) != Kind::Comma;
    let listed = !class.is_unknown() || class.any(Class::GIVEN.with(Class::POSSESSIVE));
    let next = s.tokens.get(at + 1).is_some_and(Token::is_name_like);
    // `Lim said`: the verb indicates a name; `Rhythmic chants` may be a noun with its adjective, `History suggests` a
    // figure of speech.
    let verb = s.class(at + 1);
    let speaks = verb.any(Class::SPEECH) && !verb.any(Class::HEARER);
    let past = s.lexicon.ends_like_past(s.word(at + 1)) && !verb.any(Class::NOUN);
    let apposed = s.kind(at + 1) == Kind::Comma;
    let verb = apposed || verb.any(Class::FINITE) && (speaks || past);
    s.kind(at) != Kind::Capital || !begins || listed || next || verb || s.is_name_within(at)
}
