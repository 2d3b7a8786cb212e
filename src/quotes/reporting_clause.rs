//! Reporting clauses: a verb of saying with its subject, in the reporter's own words.
//!
//! A form that can be a reporting verb counts as one only if the words around it allow it (not in `his comments`, `the
//! plan announced by` or `was told`). Its subject is usually the phrase before its auxiliaries and adverbs; after `and`
//! or in `…, adding`, it shares the subject of the preceding clause.

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;
use crate::quotes::speakable;

/// The maximum number of tokens before a verb that are searched for its subject, so that even a very long sentence
/// takes linear time.
const MOST_TOKENS: usize = 256;

/// The maximum number of adjectives between a possessor and a noun of saying.
const MOST_ADJECTIVES: usize = 3;

/// A verb or noun of saying with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The verb or, in `Lim's claim that …`, the noun.
    pub(super) verb: usize,
    /// The start of the verb group: the verb with its auxiliaries and adverbs, or with the `to` or preposition before
    /// it.
    pub(super) group: usize,
    pub(super) subject: Subject,
}

/// The subject of a verb: a phrase, or that of the preceding clause.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    /// The subject is this phrase.
    Phrase(Range),
    /// The subject is that of the preceding clause.
    Shared,
}

impl Frame {
    /// Returns the phrase of the subject if it is not shared.
    pub(super) const fn phrase(&self) -> Option<Range> {
        match self.subject {
            Subject::Phrase(range) => Some(range),
            Subject::Shared => None,
        }
    }
}

/// The auxiliaries and adverbs before a verb.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one word before the verb that is there or not"
)]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) be: bool,
    auxiliary: bool,
    /// Whether one of the auxiliaries is a modal verb.
    pub(super) modal: bool,
    pub(super) negated: bool,
}

/// Returns the auxiliaries and adverbs before a verb.
pub(super) fn group(s: &Skeleton<'_>, lo: usize, verb: usize) -> Group {
    let mut group = Group { start: verb, ..Group::default() };
    while group.start > lo {
        let i = group.start - 1;
        let class = s.class(i);
        let adverb = class.any(Class::ADVERB.with(Class::NEGATION)) && s.kind(i) == Kind::Lower;
        if s.kind(i) != Kind::Lower
            || !(class.any(Class::AUXILIARY) || adverb)
            || class.any(Class::PRONOUN)
        {
            break;
        }
        group.be |= class.any(Class::BE);
        group.auxiliary |= class.any(Class::AUXILIARY) && !class.any(Class::NEGATION)
            || class.all(Class::AUXILIARY.with(Class::NEGATION)) && s.word(i).len() > 3;
        group.modal |= class.any(Class::MODAL);
        group.negated |= class.any(Class::NEGATION);
        group.start = i;
    }
    group
}

/// Returns the verb of saying at `start`: a finite form, or the participle after an auxiliary.
pub(super) fn leading_verb(s: &Skeleton<'_>, start: usize, end: usize) -> Option<usize> {
    let (verb, form) = if s.class(start).any(Class::AUXILIARY) {
        (start + 1, Class::PARTICIPLE)
    } else {
        (start, Class::FINITE)
    };
    (verb < end && s.kind(verb) == Kind::Lower && s.class(verb).any(form)).then_some(verb)
}

/// Returns the frame of the verb or noun of saying at `verb`, if it reports something here. Its subject is searched for
/// from `lo` on.
pub(super) fn at(s: &Skeleton<'_>, lo: usize, verb: usize) -> Option<Frame> {
    let lo = lo.max(verb.saturating_sub(MOST_TOKENS));
    let class = s.class(verb);
    if let Some(frame) = nominal(s, lo, verb) {
        return Some(frame);
    }
    if !class.any(Class::VERB)
        || !s.tokens[verb].is_word()
        || s.kind(verb) == Kind::Capital && verb > lo
    {
        return None;
    }
    if s.class(verb + 1).any(Class::BY) && class.any(Class::PARTICIPLE) && !is_means(s, verb + 2) {
        return None;
    }
    if class.any(Class::WITH_THAT) && !is_before_that(s, verb) {
        return None;
    }
    if class.any(Class::LABEL)
        && s.tokens.get(verb + 1).is_some_and(Token::is_quote)
        && names_object(s, lo, verb)
    {
        return None;
    }
    // `will continue to be “…”`: it is not speech that continues.
    let next = s.class(verb + 1);
    if class.all(Class::CATENATIVE.with(Class::CLAUSE)) && next.any(Class::TO) {
        return None;
    }
    let group = group(s, lo, verb);
    if group.start == verb && is_noun_here(s, lo, verb) || is_impersonal(s, lo, verb) {
        return None;
    }
    if class.any(Class::GERUND) && !class.any(Class::FINITE) {
        return gerund(s, lo, verb, group);
    }
    if group.be && class.any(Class::PARTICIPLE) || is_unreal(s, group, verb) {
        return None;
    }
    if is_reduced(s, lo, verb) {
        return None;
    }
    let has_form = class.any(Class::FINITE)
        || class.any(Class::PARTICIPLE) && group.auxiliary
        || class.any(Class::BASE);
    if !has_form {
        return None;
    }
    if class.any(Class::BASE) && !class.any(Class::FINITE) {
        return base_form(s, lo, verb, group);
    }
    with_subject(s, lo, verb, group.start)
}

/// Returns whether a bare noun after `by` is a means rather than an agent: `she said by telephone`.
fn is_means(s: &Skeleton<'_>, at: usize) -> bool {
    let somebody = Class::SOURCE_NOUN
        .without(Class::DOCUMENT)
        .with(Class::DETERMINER)
        .with(Class::INDEFINITE)
        .with(Class::PRONOUN)
        .with(Class::OBJECT_PRONOUN);
    let ends = !s.tokens.get(at + 1).is_some_and(Token::is_word);
    s.lexicon.lists_verbs()
        && s.kind(at) == Kind::Lower
        && !s.class(at).any(somebody)
        && !s.word(at).ends_with('s')
        && ends
}

/// Returns whether a reflexive and a hearer directly precede a verb, which therefore has no personal subject: `se le
/// respondió`.
pub(super) fn is_impersonal(s: &Skeleton<'_>, lo: usize, verb: usize) -> bool {
    let hearer = verb.checked_sub(1).filter(|&i| i > lo);
    hearer.is_some_and(|i| {
        s.class(i).any(Class::OBJECT_PRONOUN) && s.class(i - 1).any(Class::REFLEXIVE)
    })
}

/// Finds `Lim's claim that …`, `the minister's assertion that …`: a noun of saying with its speaker in the possessive.
fn nominal(s: &Skeleton<'_>, lo: usize, noun: usize) -> Option<Frame> {
    let class = s.class(noun);
    let saying = class.all(Class::NOUN.with(Class::CLAUSE)) && s.class(noun + 1).any(Class::THAT);
    if !saying || noun == lo || !s.class(noun - 1).any(Class::POSSESSIVE) {
        return None;
    }
    let subject = noun_phrase::possessor(s, lo, noun)?;
    Some(Frame { verb: noun, group: noun, subject: Subject::Phrase(subject) })
}

/// Returns whether a modal verb and a perfect infinitive describe speech that may not have taken place: `should have
/// asked`.
fn is_unreal(s: &Skeleton<'_>, group: Group, verb: usize) -> bool {
    group.modal
        && s.class(verb).any(Class::PARTICIPLE)
        && s.class(verb - 1).any(Class::AUXILIARY)
        && !s.class(verb - 1).any(Class::MODAL)
}

/// Returns whether a participle of naming after a comma only describes a thing before the comma: `the workers, dubbed
/// “guests,” now exceed a million`.
fn is_reduced(s: &Skeleton<'_>, lo: usize, verb: usize) -> bool {
    let naming = s.class(verb).all(Class::LABEL.with(Class::PARTICIPLE))
        && verb > lo
        && s.kind(verb - 1) == Kind::Comma
        && s.tokens.get(verb + 1).is_some_and(Token::is_quote);
    naming
        && noun_phrase::subject(s, lo, verb).is_none_or(|subject| {
            let person = Class::GIVEN.with(Class::ROLE).with(Class::RANK).with(Class::HONORIFIC);
            let name = subject.end == subject.start + 1 && s.tokens[subject.start].is_name_like();
            !name && !subject.indices().any(|i| s.class(i).any(person))
        })
}

/// Returns whether a verb of naming only describes the object before it: `captains [a team] called “…”`.
fn names_object(s: &Skeleton<'_>, lo: usize, verb: usize) -> bool {
    let object = noun_phrase::any_left(s, lo, verb);
    let Some(before) = object.start.checked_sub(1).filter(|&i| i >= lo) else { return false };
    let class = s.class(before);
    let verbal = class.any(Class::VERB.with(Class::AUXILIARY).with(Class::PREPOSITION))
        || s.lexicon.ends_like_past(s.word(before));
    s.class(verb).any(Class::PARTICIPLE)
        && s.class(object.start).any(Class::DETERMINER)
        && s.kind(before) == Kind::Lower
        && verbal
        && !class.any(Class::SUBORDINATOR.with(Class::THAT))
}

/// Returns whether `that` follows a verb, ignoring a comma between them.
fn is_before_that(s: &Skeleton<'_>, verb: usize) -> bool {
    let next = if s.kind(verb + 1) == Kind::Comma { verb + 2 } else { verb + 1 };
    s.class(next).any(Class::THAT)
}

/// Returns the frame of a present participle: its subject is that of the clause (`…, adding`) or the phrase directly
/// before it (`one poster writing`).
fn gerund(s: &Skeleton<'_>, lo: usize, verb: usize, group: Group) -> Option<Frame> {
    let class = s.class(verb);
    if group.be {
        return with_subject(s, lo, verb, group.start);
    }
    let shared = Frame { verb, group: verb, subject: Subject::Shared };
    if group.start == lo || !s.tokens[group.start - 1].is_word() {
        return Some(shared);
    }
    let before = s.class(group.start - 1);
    if let Some(blamed) = blamed(s, lo, group.start - 1) {
        return Some(Frame { verb, group: group.start, subject: Subject::Phrase(blamed) });
    }
    if before
        .any(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::COORDINATOR).with(Class::BY))
    {
        return Some(shared);
    }
    let phrase = noun_phrase::left(s, lo, group.start)?;
    if class.any(Class::NOUN)
        && s.class(phrase.start).all(Class::INDEFINITE.with(Class::DETERMINER))
        && !phrase.indices().any(|i| s.class(i).any(Class::SOURCE_NOUN))
    {
        // `a pre-emptive warning`: a noun, not a participle.
        return None;
    }
    let subject = issuer(s, lo, phrase).unwrap_or(phrase);
    Some(Frame { verb, group: group.start, subject: Subject::Phrase(subject) })
}

/// Returns the object of a verb of blame or praise, which is the subject of the participle after the preposition:
/// `mocked [the president] for declaring`.
fn blamed(s: &Skeleton<'_>, lo: usize, preposition: usize) -> Option<Range> {
    let links = s.class(preposition).any(Class::LINK) && !s.class(preposition).any(Class::GENITIVE);
    let object = noun_phrase::left(s, lo, preposition).filter(|_| links && preposition > lo)?;
    let before = object.start.checked_sub(1).filter(|&i| i >= lo)?;
    let person = Class::ROLE.with(Class::RANK).with(Class::GIVEN);
    let somebody = object.indices().any(|i| s.tokens[i].is_name_like() || s.class(i).any(person));
    (s.class(before).any(Class::OBJECT) && somebody).then_some(object)
}

/// Returns the subject of the clause around an object that cannot itself speak but directly precedes a participle of
/// saying: `[The firm] issued a statement saying`, `[She] took to the radio calling`.
fn issuer(s: &Skeleton<'_>, lo: usize, object: Range) -> Option<Range> {
    let speaks = Class::ROLE.with(Class::PEOPLE).with(Class::RANK).with(Class::GIVEN);
    if object.indices().any(|i| s.class(i).any(speaks)) {
        return None;
    }
    let clause = noun_phrase::clause_start(s, lo, object.start);
    let subject = subject_of_clause(s, lo, clause, object.start)?;
    if subject.end < clause {
        return Some(subject);
    }
    let between = Range::new(subject.end, object.start);
    let passive = between.indices().any(|i| s.class(i).any(Class::BE));
    (!between.is_empty() && !passive).then_some(subject)
}

/// Returns the subject of a clause; if the verb follows the comma of a description, the subject before it: `The
/// mediator, a former judge, [issued a statement saying]`.
fn subject_of_clause(s: &Skeleton<'_>, lo: usize, clause: usize, end: usize) -> Option<Range> {
    let common = s.class(clause).any(Class::AUXILIARY.with(Class::CATENATIVE))
        || s.class(clause).any(Class::COMMON_VERB)
        || s.lexicon.ends_like_past(s.word(clause));
    let after_comma = clause > lo
        && s.kind(clause - 1) == Kind::Comma
        && s.kind(clause) == Kind::Lower
        && common
        && !s.class(clause).any(Class::NOUN.with(Class::DETERMINER).with(Class::SUBORDINATOR));
    if after_comma {
        return noun_phrase::subject(s, lo, clause);
    }
    noun_phrase::first(s, clause, end)
}

/// Returns the frame of a base form that reports, as in `would say`, `went on to say` and `critics say`, but not in
/// `did not say`.
fn base_form(s: &Skeleton<'_>, lo: usize, verb: usize, group: Group) -> Option<Frame> {
    if group.negated && s.class(verb).any(Class::CLAUSE) {
        return None;
    }
    if group.auxiliary {
        return with_subject(s, lo, verb, group.start);
    }
    if group.start > lo && s.class(group.start - 1).any(Class::TO) {
        // `went on to say`, `has continued to say`: the subject is that of the verbs before `to`.
        let to = group.start - 1;
        let linked = (lo..to).rev().take_while(|&i| s.class(i).any(Class::CATENATIVE)).last();
        if let Some(linked) = linked {
            return with_subject(s, lo, verb, self::group(s, lo, linked).start);
        }
        let says = s.class(verb).any(Class::CLAUSE) && !s.class(verb).any(Class::MENTAL);
        let subject = if says { subject_of_infinitive(s, lo, to)? } else { return None };
        return Some(Frame { verb, group: to, subject: Subject::Phrase(subject) });
    }
    if let Some(frame) = purpose(s, lo, verb, group.start) {
        return Some(frame);
    }
    let frame = with_subject(s, lo, verb, group.start)?;
    let Some(range) = frame.phrase() else { return Some(frame) };
    is_plural(s, range).then_some(frame)
}

/// Finds an infinitive after a preposition, in languages without a particle for it: `El senador aprovechó una
/// entrevista para [tachar]`, `a profité d'un entretien pour [qualifier]`.
fn purpose(s: &Skeleton<'_>, lo: usize, verb: usize, group: usize) -> Option<Frame> {
    let preposition = group.checked_sub(1).filter(|&i| i > lo && group == verb)?;
    let class = s.class(preposition);
    let governs = class.any(Class::PREPOSITION) && !class.any(Class::GENITIVE.with(Class::CASE));
    if !governs || !s.lexicon.inverts_auxiliaries() || s.lexicon.capitalizes_nouns() {
        return None;
    }
    let subject = subject_of_infinitive(s, lo, preposition)?;
    Some(Frame { verb, group: preposition, subject: Subject::Phrase(subject) })
}

/// Returns the speaker of an infinitive: the object before `to` if it can speak (`led the board to warn`), otherwise
/// the subject of the clause (`tried to argue`, `used an interview to say`). `None` if the clause is negated or a
/// refusal.
fn subject_of_infinitive(s: &Skeleton<'_>, lo: usize, to: usize) -> Option<Range> {
    if let Some(owner) = owner_of_infinitive(s, lo, to) {
        return Some(owner);
    }
    let clause = noun_phrase::clause_start(s, lo, to);
    let subject = subject_of_clause(s, lo, clause, to)?;
    let between = Range::new(subject.end, to);
    // `It was a mistake to call it “…”`: the pronoun refers to the infinitive.
    let expletive = s.class(subject.start).any(Class::NEUTER)
        && between.indices().any(|i| s.class(i).any(Class::BE));
    if expletive && s.lexicon.lists_verbs() {
        return None;
    }
    let refuses = between.indices().any(|i| s.class(i).any(Class::NEGATION.with(Class::REFUSAL)));
    if between.is_empty() || refuses {
        return None;
    }
    let object = noun_phrase::left(s, subject.end, to).filter(|object| {
        let governed = s.class(object.start - 1).any(Class::PREPOSITION);
        let somebody = Class::SOURCE_NOUN.without(Class::DOCUMENT);
        let speaks = |i: usize| s.tokens[i].is_name_like() || s.class(i).any(somebody);
        let head = speakable::head(s, *object);
        object.start > subject.end && !governed && head.indices().any(speaks)
    });
    // `is asking the ministry to explain “…”`: the hearer has not spoken.
    let asks = Class::DIRECTIVE.with(Class::HEARER).with(Class::OBJECT);
    let object = object.filter(|object| !s.class(object.start - 1).any(asks));
    Some(object.unwrap_or(subject))
}

/// Returns the owner of the noun that an infinitive describes: `the outcry over [Lim's] choice to shout “…”`.
fn owner_of_infinitive(s: &Skeleton<'_>, lo: usize, to: usize) -> Option<Range> {
    let noun = to.checked_sub(1).filter(|&i| i > lo && s.kind(i) == Kind::Lower)?;
    let plain = !s.class(noun).any(Class::AUXILIARY.with(Class::REFUSAL).with(Class::POSSESSIVE));
    let named = s.class(noun - 1).any(Class::POSSESSIVE) && s.tokens[noun - 1].is_name_like();
    noun_phrase::possessor(s, lo, noun).filter(|_| plain && named)
}

fn with_subject(s: &Skeleton<'_>, lo: usize, verb: usize, group: usize) -> Option<Frame> {
    if group > lo && s.class(group - 1).any(Class::COORDINATOR) {
        if is_coordinate_noun(s, lo, verb, group) {
            return None;
        }
        return Some(Frame { verb, group, subject: Subject::Shared });
    }
    let subject = relative_antecedent(s, lo, group)
        .or_else(|| subject_after(s, lo, verb, group))
        .or_else(|| noun_phrase::subject(s, lo, group))?;
    let subject = person_named_last(s, subject).unwrap_or(subject);
    Some(Frame { verb, group, subject: Subject::Phrase(subject) })
}

/// Returns whether a form that can be a noun or a verb is joined to a noun rather than to a verb by the conjunction
/// before it: `said it had shifted to the dismissal and [charges] that …`, `the threats and [challenges] the team met`.
fn is_coordinate_noun(s: &Skeleton<'_>, lo: usize, verb: usize, group: usize) -> bool {
    let joint = group - 1;
    let present = group == verb
        && s.class(verb).any(Class::NOUN)
        && !s.class(verb).any(Class::PARTICIPLE)
        && s.lexicon.lists_verbs();
    let plural = joint > lo
        && s.kind(joint - 1) == Kind::Lower
        && s.class(joint - 1).is_unknown()
        && s.word(joint - 1).ends_with('s');
    let past = |i: usize| s.class(i).all(Class::FINITE.with(Class::PARTICIPLE));
    let next = s.class(verb + 1);
    let complement = next.any(Class::THAT.with(Class::PREPOSITION)) && !next.any(Class::TO);
    present && (plural || complement && (lo..joint).any(past))
}

/// Returns the subject after the verb, in languages that invert after a fronted element: `In einem Gespräch mit der
/// Zeitung erklärte [der Minister]`, `En una entrevista dijo [la alcaldesa]`.
fn subject_after(s: &Skeleton<'_>, lo: usize, verb: usize, group: usize) -> Option<Range> {
    if !s.lexicon.inverts_auxiliaries() || group <= lo {
        return None;
    }
    let clause = noun_phrase::clause_start(s, lo, group);
    let comma = clause == group;
    // `Während Lim es „…“ nannte, [sprach Berg]`: the adverbial begins before a quotation.
    let parted = lo.checked_sub(1).is_some_and(|i| s.tokens[i].is_quote());
    let opening = s.sentences.get(s.sentence_of(lo)).map_or(lo, |sentence| sentence.tokens.start);
    let fronted = s.class(opening).any(Class::SUBORDINATOR) && comma && parted;
    let from = match (comma, fronted) {
        (true, true) => opening,
        (true, false) => lo,
        (false, _) => clause,
    };
    let before = Range::new(from, group);
    if !noun_phrase::is_adverbial(s, before) && !is_participial(s, before) {
        return None;
    }
    let end = s.sentences.get(s.sentence_of(verb)).map_or(verb, |sentence| sentence.tokens.end);
    let start = noun_phrase::subject_start(s, verb + 1, end);
    let subject = noun_phrase::right(s, start, end)?;
    if s.class(subject.start).any(Class::NEUTER) && subject.end == subject.start + 1 {
        return document_of(s, Range::new(from, group));
    }
    (!s.class(subject.start).any(Class::OBLIQUE)).then_some(subject)
}

/// Returns whether a segment is a capitalized participle with its agent, closed by a comma: `Flankiert von einem
/// Dolmetscher`, `Entouré de ses avocats`.
fn is_participial(s: &Skeleton<'_>, segment: Range) -> bool {
    let agent = Class::BY.with(Class::PREPOSITION);
    let comma = segment.end.checked_sub(1).filter(|&i| i > segment.start + 2);
    s.kind(segment.start) == Kind::Capital
        && s.class(segment.start).is_unknown()
        && !s.class(segment.start).any(Class::GIVEN)
        && s.class(segment.start + 1).any(agent)
        && comma.is_some_and(|i| s.kind(i) == Kind::Comma)
        && !s.is_name_within(segment.start)
}

/// Returns the document in an adverbial, as in `In dem Bericht heißt es`: the object of the first preposition.
fn document_of(s: &Skeleton<'_>, adverbial: Range) -> Option<Range> {
    let preposition = adverbial.indices().find(|&i| s.class(i).any(Class::PREPOSITION))?;
    let document = noun_phrase::right(s, preposition + 1, adverbial.end)?;
    document.indices().any(|i| s.class(i).any(Class::DOCUMENT)).then_some(document)
}

/// Returns the antecedent of the relative pronoun before a verb group: `Smith, who said`.
fn relative_antecedent(s: &Skeleton<'_>, lo: usize, group: usize) -> Option<Range> {
    if group <= lo || !s.class(group - 1).any(Class::RELATIVE) {
        return None;
    }
    let mut end = group - 1;
    if end > lo && s.kind(end - 1) == Kind::Comma {
        end -= 1;
    }
    noun_phrase::left(s, lo, end)
}

/// Returns the person at the end of a phrase for a thing, to whom `who` refers: `hands the letter to [Berg] who, after
/// reading it, says`.
fn person_named_last(s: &Skeleton<'_>, phrase: Range) -> Option<Range> {
    let who = Class::RELATIVE.with(Class::QUESTION);
    let relative = (phrase.start + 1..phrase.end + 2).find(|&i| s.class(i).all(who))?;
    let end = relative - usize::from(s.kind(relative - 1) == Kind::Comma);
    let head = speakable::head(s, phrase);
    let person = Class::ROLE.with(Class::PEOPLE).with(Class::RANK).with(Class::GIVEN);
    let thing = !head.indices().any(|i| s.tokens[i].is_name_like() || s.class(i).any(person));
    let name = Range::new(head.end + 1, end);
    let named = !name.is_empty() && name.indices().all(|i| s.tokens[i].is_name_like());
    (thing && named).then_some(name)
}

/// Returns whether a potential verb is a noun or a participle here, judging by the words around it.
fn is_noun_here(s: &Skeleton<'_>, lo: usize, verb: usize) -> bool {
    if verb == lo {
        return s.kind(verb) == Kind::Capital && s.class(verb).any(Class::NOUN);
    }
    let before = s.class(verb - 1);
    let noun = s.class(verb).any(Class::NOUN);
    // `in 12 key states who rated it`: a relative pronoun follows a noun.
    let next = s.class(verb + 1);
    let present = s.class(verb).any(Class::FINITE) && !s.class(verb).any(Class::PARTICIPLE);
    if s.lexicon.lists_verbs() && present && next.any(Class::RELATIVE) {
        return true;
    }
    // `in such Rust Belt states as`: `as` follows a noun.
    if s.lexicon.lists_verbs() && present && noun && next.any(Class::AS) {
        return true;
    }
    // `two East Coast states may vote`: an auxiliary follows a noun, unlike in `what the mayor claims may be true`.
    let finite = next.any(Class::AUXILIARY) && !next.any(Class::NONFINITE.with(Class::NEGATION));
    let relative = Class::RELATIVE.with(Class::QUESTION).with(Class::THAT);
    if s.lexicon.lists_verbs()
        && present
        && noun
        && finite
        && !(lo..verb).any(|i| s.class(i).any(relative))
    {
        return true;
    }
    // `L'ancien juge Morvan`: a noun for a person before the name.
    let title = s.class(verb).any(Class::ROLE.with(Class::RANK))
        && s.tokens.get(verb + 1).is_some_and(Token::is_name_like);
    let article = Class::DETERMINER.with(Class::ELISION);
    if title && (before.any(Class::MODIFIER) || before.without(article).is_unknown()) {
        return true;
    }
    // `led chants of`, `Holt's pension comments`: a noun has a complement or an owner.
    if noun && (s.class(verb + 1).any(Class::GENITIVE) || is_owned(s, lo, verb)) {
        return true;
    }
    let determined = before.any(Class::DETERMINER) && !before.any(Class::INDEFINITE);
    let particle = s.lexicon.inverts_auxiliaries() && !s.lexicon.capitalizes_nouns();
    let infinitive = s.class(verb).any(Class::BASE)
        && !s.class(verb).any(Class::FINITE)
        && (before.any(Class::TO) || particle && before.any(Class::PREPOSITION));
    let governed = before.any(Class::PREPOSITION) && !before.any(Class::ADVERB) && !infinitive;
    if determined || governed {
        return !s.class(verb).any(Class::GERUND);
    }
    if s.class(verb).any(Class::GERUND) && before.any(Class::POSSESSIVE) {
        return true;
    }
    noun && (before.any(Class::DETERMINER)
        || before.any(Class::POSSESSIVE) && !before.any(Class::PRONOUN)
        || s.kind(verb - 1) == Kind::Lower
            && (before.is_unknown()
                || before.any(Class::SOURCE_NOUN) && !before.any(Class::PLURAL))
            && s.class(verb).any(Class::BASE)
        || s.kind(verb - 1) == Kind::Number)
}

/// Returns whether a name in the possessive and one or more adjectives precede a noun: `Holt's angry remarks`.
fn is_owned(s: &Skeleton<'_>, lo: usize, noun: usize) -> bool {
    let describes = |&i: &usize| s.kind(i) == Kind::Lower && s.class(i).is_unknown();
    let plain = |i: &usize| describes(i) && !s.class(*i).any(Class::POSSESSIVE);
    let from = (lo..noun).rev().take(MOST_ADJECTIVES).take_while(plain).last().unwrap_or(noun);
    let owner = from.checked_sub(1).filter(|&i| i >= lo && from < noun);
    owner.is_some_and(|i| s.class(i).any(Class::POSSESSIVE) && s.tokens[i].is_name_like())
}

fn is_plural(s: &Skeleton<'_>, range: Range) -> bool {
    // An indefinite word is plural if it is alone (`many say`), but not before a noun (`another mayor`).
    let several = range.end == range.start + 1 && s.class(range.start).any(Class::INDEFINITE);
    several
        || range.indices().any(|i| {
            s.class(i).any(Class::PLURAL.with(Class::FIRST_PERSON).with(Class::COORDINATOR))
                || s.word(i).ends_with('s') && !s.class(i).any(Class::POSSESSIVE)
        })
}

/// Returns the frames of a stretch, in order.
pub(super) fn all<'a>(
    s: &'a Skeleton<'_>,
    stretch: Range,
) -> impl DoubleEndedIterator<Item = Frame> + 'a {
    stretch
        .indices()
        .filter(|&i| s.class(i).any(Class::FRAME))
        .filter_map(move |i| at(s, stretch.start, i))
}

/// Returns the subject of the clause that a frame without a subject continues, if the verb of that clause is not a verb
/// of saying and its subject is not a pronoun: `but when she asked, [Lim's lawyer] interjected and said`, `Though her
/// doctors objected, [Lim] went, saying`.
fn conjunct_subject(s: &Skeleton<'_>, lo: usize, frame: &Frame) -> Option<Range> {
    let joint = frame.group.checked_sub(1).filter(|&i| i > lo)?;
    if s.tokens[lo..joint].iter().any(Token::is_quote) {
        return None;
    }
    let clause = noun_phrase::clause_start(s, lo, joint);
    // `argues that Lim opened himself to attack by declaring`: the preposition belongs to the nearest clause.
    let governed = s.class(joint).any(Class::PREPOSITION.with(Class::BY));
    if clause > lo && s.kind(clause - 1) != Kind::Comma && !governed {
        return None;
    }
    if (clause..joint).any(|i| s.class(i).any(Class::FRAME)) {
        return None;
    }
    let subject = noun_phrase::first(s, clause, joint).filter(|subject| subject.start >= clause)?;
    let verb = (subject.end..joint).find(|&i| !s.class(i).any(Class::ADVERB))?;
    let verbal = s.class(verb).any(Class::AUXILIARY.with(Class::COMMON_VERB))
        || s.lexicon.ends_like_past(s.word(verb));
    (s.kind(verb) == Kind::Lower && verbal && !noun_phrase::is_pronoun(s, subject.start))
        .then_some(subject)
}

/// Returns the subject of a reporting clause; a shared subject is searched for back to the start of its sentence.
pub(super) fn source_of(s: &Skeleton<'_>, sentence_start: usize, frame: &Frame) -> Option<Range> {
    if let Subject::Phrase(range) = frame.subject {
        return Some(range);
    }
    let mut end = frame.group;
    let sentence_start = sentence_start.max(frame.group.saturating_sub(MOST_TOKENS));
    if let Some(subject) = conjunct_subject(s, sentence_start, frame) {
        return Some(subject);
    }
    for i in (sentence_start..frame.group).rev() {
        if s.tokens[i].is_quote() {
            end = i;
            continue;
        }
        if s.class(i).any(Class::VERB) {
            let lo = (sentence_start..i)
                .rev()
                .find(|&k| s.tokens[k].is_quote())
                .map_or(sentence_start, |k| k + 1);
            if let Some(Frame { subject: Subject::Phrase(range), .. }) = at(s, lo, i) {
                return Some(range);
            }
        }
    }
    noun_phrase::first(s, sentence_start, end.max(frame.group))
}
