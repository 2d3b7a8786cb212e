//! Complements: whether a verb of saying reports the words beside it.
//!
//! The verb decides. A verb of saying reports a clause; if it also takes things as objects, the clause must contain a
//! verb (`announced the pier would close`, not `announced a plan for the pier`). A vow or an order reports its
//! infinitive (`vowed to leave`), an accusation the deed (`accused the firm of hiding the figures`), and a question its
//! clause. A denial, a verb of knowing and a verb that gives a name (`called the plan a mistake`) report nothing.
//!
//! Known limit: `announced the firm's closure` is dropped although it says what was announced.

use crate::quotes::clause::{Evidence, begins_with_subject, is_clause};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::reporting_clause::{self, Frame};
use crate::quotes::speakable;

/// The number of tokens after a verb that are searched for an infinitive or a deed, which may follow the hearer or the
/// accused.
const MOST_OBJECT: usize = 12;

/// The minimum number of tokens in a clause whose verb is not listed.
const LEAST_BARE: usize = 5;

/// Returns whether a verb reports `content`.
pub(super) fn is_reported(s: &Skeleton<'_>, frame: &Frame, content: &[Range]) -> bool {
    let class = s.class(frame.verb);
    let Some(first) = content.first().filter(|first| !first.is_empty()) else { return false };
    // Without its verb, a denial says the opposite: `denied that it was leaking`.
    let unsaid = Class::UNSPOKEN.with(Class::DENIAL);
    if class.any(unsaid) || is_supposed(s, frame) || has_fronted_object(s, frame) {
        return false;
    }
    if class.any(Class::LABEL) {
        // `called on the minister to resign`
        let calls = s.class(frame.verb + 1).any(Class::PARTICLE_OF_VERB);
        let whom = Range::new((frame.verb + 2).min(first.end), first.end);
        return calls && first.start > frame.verb && has_infinitive(s, whom);
    }
    if first.start < frame.verb {
        let says = class.any(Class::CLAUSE) && !class.any(Class::WITH_THAT);
        let whole = |parts: &[Range]| is_clause(s, parts, Evidence::Possible);
        return says && (whole(content) || content.iter().skip(1).any(|part| whole(&[*part])));
    }
    if s.kind(first.end) == Kind::Colon && first.end + 1 >= sentence_end(s, frame.verb) {
        // `wrote about this in May:` only introduces the words that follow.
        return false;
    }
    after_verb(s, frame, *first)
}

/// Returns whether a relative pronoun before the subject is the object of the reported words: `a bridge [which] Lim has
/// vowed to mend`, unlike `a letter in which Lim says …`.
fn has_fronted_object(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let before = frame.phrase().and_then(|source| source.start.checked_sub(2));
    before.is_some_and(|i| {
        let relative = s.class(i + 1).any(Class::RELATIVE) && !s.class(i + 1).any(Class::THAT);
        relative && !s.class(i).any(Class::PREPOSITION) && s.lexicon.lists_verbs()
    })
}

/// Returns whether the subject of a verb speaks, no matter what follows the verb: `told the club to prepare`.
pub(super) fn speaks(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let class = s.class(frame.verb);
    let other = Class::LABEL.with(Class::UNSPOKEN).with(Class::WITH_THAT).with(Class::MENTAL);
    class.any(Class::CLAUSE) && !class.any(other) && !is_supposed(s, frame)
}

/// Returns whether a verb reports the stretch after it.
fn after_verb(s: &Skeleton<'_>, frame: &Frame, stretch: Range) -> bool {
    let class = s.class(frame.verb);
    let is = |least| is_clause(s, &[stretch], least);
    let that = stretch.start > frame.verb + 1 && s.class(stretch.start - 1).any(Class::THAT);
    // `has released papers showing that …`: the papers show it.
    let of_object = frame.phrase().is_some_and(|source| source.end < frame.verb);
    if is_adjoined(s, frame) && (!that || of_object) {
        return false;
    }
    if that {
        let sure = class.any(Class::SPEECH.with(Class::WITH_THAT));
        let clause = sure || begins_with_subject(s, stretch) || is(Evidence::Possible);
        return clause && follows_closely(s, frame, stretch.start - 1);
    }
    if class.any(Class::OBJECT) && (is_deed(s, stretch) || deed(s, stretch).is_some()) {
        return true;
    }
    if names_thing(s, frame, stretch) || is_outside(s, frame, stretch) {
        return false;
    }
    let first = s.class(stretch.start);
    if first.any(Class::QUESTION) {
        // `told the court why he left`: the reason is not stated.
        let unstated = class.all(Class::HEARER.with(Class::CLAUSE));
        return !class.any(Class::MENTAL) && !unstated;
    }
    if has_infinitive(s, stretch) {
        return class.any(Class::DIRECTIVE) && !is_prospect(s, frame);
    }
    let adverbial = first.any(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::ADVERB))
        && !first.any(Class::DETERMINER);
    // `denied he had met her`, unlike `condemned Berg for it, and Lim left the hall`
    let pronoun = first.any(Class::PRONOUN.with(Class::FIRST_PERSON));
    let says = class.any(Class::CLAUSE) || class.any(Class::OBJECT) && pronoun;
    // `critics say the poor results expose a fault`, with an unlisted verb
    let bare = class.any(Class::SPEECH) && !class.any(Class::HEARER);
    let long = stretch.end >= stretch.start + LEAST_BARE;
    if says && bare && long && begins_with_subject(s, stretch) {
        return true;
    }
    // `felt faint and had to leave`
    let joined = s.class(stretch.start + 1).any(Class::COORDINATOR);
    if !says || adverbial || joined && !begins_with_subject(s, stretch) {
        return false;
    }
    if class.any(Class::SPEECH) {
        return is(Evidence::Possible);
    }
    // `stated they plan to block it`: a pronoun with this form can only be a subject.
    let nominative = pronoun && !first.any(Class::OBJECT_PRONOUN.with(Class::OWNED));
    if nominative && class.any(Class::CLAUSE) {
        return true;
    }
    // `disclosed his birth, he had a change of heart`: a verb after the comma belongs to another clause.
    let comma = |&i: &usize| {
        s.kind(i) == Kind::Comma && !s.class(i + 1).any(Class::RELATIVE.with(Class::DETERMINER))
    };
    let end = stretch.indices().find(comma).unwrap_or(stretch.end);
    is_clause(s, &[Range::new(stretch.start, end)], Evidence::Plain)
}

/// Returns whether the object of a verb is a thing that the words after a colon explain: `it showed one thing: We need
/// rain`.
fn names_thing(s: &Skeleton<'_>, frame: &Frame, stretch: Range) -> bool {
    let colon = stretch.indices().find(|&i| s.kind(i) == Kind::Colon);
    let colon = colon.filter(|_| !s.class(frame.verb).any(Class::SPEECH));
    colon
        .is_some_and(|colon| !is_clause(s, &[Range::new(stretch.start, colon)], Evidence::Possible))
}

/// Returns whether the words after a verb begin with another verb, whose subject is before the reporting clause: `a
/// figure that analysts say is far too high`, `a plan which critics say hurts the town`.
fn is_outside(s: &Skeleton<'_>, frame: &Frame, stretch: Range) -> bool {
    let first = s.class(stretch.start);
    if s.kind(stretch.start) != Kind::Lower {
        return false;
    }
    let relative = frame.phrase().and_then(|source| source.start.checked_sub(1));
    let relative = relative.is_some_and(|i| s.class(i).any(Class::RELATIVE));
    let unlisted = first.is_unknown() && s.word(stretch.start).ends_with('s');
    let verb = first.any(Class::AUXILIARY.with(Class::COMMON_VERB));
    verb && !first.any(Class::CONTRACTED) || relative && unlisted
}

/// Returns whether the subject is a thing, so that the verb only announces an effect: `a plan that promises to deliver
/// growth`, unlike `the mayor promises`, `the plan's author promises`.
fn is_prospect(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let Some(source) = frame.phrase() else { return false };
    let head = speakable::head(s, source);
    let last = head.end.saturating_sub(1);
    let present = s.class(frame.verb).any(Class::FINITE)
        && !s.class(frame.verb).any(Class::PARTICIPLE)
        && frame.group == frame.verb;
    let speaks = Class::SOURCE_NOUN
        .without(Class::DOCUMENT)
        .with(Class::PRONOUN)
        .with(Class::FIRST_PERSON)
        .with(Class::INDEFINITE);
    present && s.kind(last) == Kind::Lower && !s.class(last).any(speaks)
}

/// Returns whether a present participle only modifies the noun before it: `the rapid clip of senators announcing their
/// opposition`.
fn is_adjoined(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let before = frame.verb.checked_sub(1);
    s.class(frame.verb).any(Class::GERUND)
        && !s.class(frame.verb).any(Class::FINITE)
        && frame.group == frame.verb
        && before.is_some_and(|i| s.tokens[i].is_word())
}

/// Returns whether a verb does not report actual speech: it is an infinitive after `to`, has a modal or future
/// auxiliary, is negated, has a negative or generic subject (`nobody`, `anyone`), or depends on a condition.
pub(super) fn is_supposed(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let group = reporting_clause::group(s, 0, frame.verb);
    let to = s.class(frame.group).any(Class::TO);
    let open = |i: usize| s.class(i).any(Class::MODAL.with(Class::FUTURE));
    let words = group.start..frame.verb;
    if to || group.negated || words.into_iter().any(open) || open(frame.group) {
        return true;
    }
    let Some(source) = frame.phrase() else { return false };
    let negative = s.class(source.start).any(Class::NEGATION.with(Class::GENERIC));
    let before = source.start.checked_sub(1).filter(|&i| s.tokens[i].is_word());
    // `Nor did the owners say that …`
    let inverted = before.filter(|&i| i > 0 && s.class(i).any(Class::AUXILIARY)).is_some_and(|i| {
        s.class(i).any(Class::NEGATION)
            || s.class(i - 1).any(Class::NEGATION.with(Class::COORDINATOR))
    });
    negative || inverted || before.is_some_and(|i| s.class(i).any(Class::CONDITION))
}

/// Returns whether `that` belongs to the verb. The hearer and the occasion may be between them, but no other verb, and
/// no noun that `that` could refer to (`believe in the power of tides that move the mill`).
fn follows_closely(s: &Skeleton<'_>, frame: &Frame, that: usize) -> bool {
    // `said in its report, parts of which were leaked, that …`
    let aside = s.kind(that - 1) == Kind::Comma;
    let comma = (frame.verb + 1..that).find(|&i| s.kind(i) == Kind::Comma).filter(|_| aside);
    let between = || frame.verb + 1..comma.unwrap_or(that);
    let heard = Class::DETERMINER.with(Class::SOURCE_NOUN).with(Class::OBJECT_PRONOUN);
    let parts = |i: usize| {
        let infinitive = s.class(i).any(Class::TO)
            && !s.class(i + 1).any(heard)
            && !s.tokens[i + 1].is_name_like();
        infinitive || s.class(i).any(Class::AUXILIARY) || s.kind(i) == Kind::Dash
    };
    let occasion = Class::CALENDAR.with(Class::SOURCE_NOUN).with(Class::OBJECT_PRONOUN);
    let told = |i: usize| s.class(i).any(occasion) || s.tokens[i].is_name_like();
    let thing = comma.is_none_or(|comma| comma + 1 == that)
        && between().any(|i| s.class(i).any(Class::PREPOSITION))
        && !between().any(told);
    !between().any(parts) && !thing
}

/// Returns whether a stretch begins with an infinitive, or with the hearer and an infinitive; the infinitive may be
/// negated: `to resign`, `the board not to resign`.
pub(super) fn has_infinitive(s: &Skeleton<'_>, stretch: Range) -> bool {
    let near = stretch.start..stretch.end.min(stretch.start + MOST_OBJECT);
    let stops = |&i: &usize| {
        let class = s.class(i);
        !s.tokens[i].is_word()
            || class.any(Class::COMMON_VERB.with(Class::FINITE)) && !class.any(Class::NOUN)
            || class.any(Class::PRONOUN) && !class.any(Class::OBJECT_PRONOUN)
            || class.any(Class::AUXILIARY) && !class.any(Class::NEGATION)
            || class.any(Class::RELATIVE)
            || class.any(Class::PREPOSITION) && !class.any(Class::TO.with(Class::GENITIVE))
    };
    let mut words = near.take_while(|i| !stops(i));
    words.any(|i| {
        let next = s.class(i + 1);
        let noun = Class::DETERMINER.with(Class::SOURCE_NOUN).with(Class::OBJECT_PRONOUN);
        s.class(i).any(Class::TO) && s.kind(i + 1) == Kind::Lower && !next.any(noun)
    })
}

/// Returns the start of the deed in a stretch that names the accused and the deed: `the firm of [hiding the figures]`,
/// `the mayor for [not acting]`.
pub(super) fn deed(s: &Skeleton<'_>, stretch: Range) -> Option<usize> {
    let near = stretch.start..stretch.end.min(stretch.start + MOST_OBJECT);
    // `rejected both offers, and showed no signs of leaving`: the words after the comma are another clause.
    let joins = |i: usize| s.kind(i) == Kind::Comma && s.class(i + 1).any(Class::COORDINATOR);
    let mut near = near.take_while(|&i| !joins(i));
    let link = near.find(|&i| {
        let after = i + 1 + usize::from(s.class(i + 1).any(Class::NEGATION.with(Class::ADVERB)));
        i > stretch.start
            && s.class(i).any(Class::LINK)
            && s.kind(after) == Kind::Lower
            && s.lexicon.ends_like_gerund(s.word(after))
    })?;
    Some(link + 1)
}

/// Returns whether a stretch is a deed that follows its preposition: `of [hiding the figures]`, `for [not acting]`.
fn is_deed(s: &Skeleton<'_>, stretch: Range) -> bool {
    let negated = usize::from(s.class(stretch.start).any(Class::NEGATION.with(Class::ADVERB)));
    let first = stretch.start + negated;
    let link = stretch.start.checked_sub(1).is_some_and(|i| s.class(i).any(Class::LINK));
    link && s.kind(first) == Kind::Lower && s.lexicon.ends_like_gerund(s.word(first))
}

fn sentence_end(s: &Skeleton<'_>, at: usize) -> usize {
    s.sentences[s.sentence_of(at)].tokens.end
}
