//! Source phrases: the noun phrase to the left or right of a verb, with its apposition and role.
//!
//! There is no parser. A phrase grows word by word away from the verb and stops at a closed-class word, punctuation
//! mark or quotation that a noun phrase cannot contain. A preposition is included if the noun before it takes a
//! complement (`a spokesman for the ministry`, `ambassador to Chile`). With few exceptions, a phrase is returned only
//! if it can name a source ([`can_be_source`]): if it contains a name, a pronoun, or a noun for people, organizations
//! or documents.
//!
//! Known limits: an unknown lower-case verb inside a phrase is mistaken for a noun or adjective, so a subject that
//! follows another clause without a comma can be too long. It is usually cut back to its name if it has one.

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::roles;

/// The maximum number of lower-case words of unknown class in a phrase; it is not extended over any more of them.
const MOST_UNKNOWN: usize = 5;
/// The maximum number of segments between commas in a description of the name before it.
const MOST_SEGMENTS: usize = 4;
/// The maximum number of tokens to which a noun phrase is extended; also the maximum in a subject that contains commas.
const MOST_TOKENS: usize = 40;

/// Returns the noun phrase before `end`, within `lo..end`, if it can name a source or begin a clause as its subject. An
/// adverbial between the phrase and `end` is ignored: `[Lim] on Monday said`.
pub(super) fn left(s: &Skeleton<'_>, lo: usize, end: usize) -> Option<Range> {
    let end = without_adverbial(s, lo, end);
    if end <= lo {
        return None;
    }
    if is_pronoun(s, end - 1) {
        return Some(Range::new(end - 1, end));
    }
    let start = grow_left(s, lo, end);
    let start = without_articles(s, Range::new(start, end));
    let start = after_object(s, lo, Range::new(start, end));
    let range = cut_to_name(s, Range::new(start, end), lo);
    let range = with_quantity(s, lo, range);
    if can_be_source(s, range) {
        let whole = with_conjunct(s, lo, range).or_else(|| beyond_agent(s, lo, range));
        return Some(whole.unwrap_or(range));
    }
    if begins_clause(s, lo, range.start) && is_plain_subject(s, range) {
        return Some(range);
    }
    // `[the man who led the team] said`: the words before the relative pronoun must be able to name a source.
    let relative = (lo..end).rev().take(16).find(|&i| s.class(i).any(Class::RELATIVE))?;
    let before = grow_left(s, lo, relative);
    let head = Range::new(before, relative);
    (can_be_source(s, head) && !head.is_empty()).then_some(Range::new(before, end))
}

/// Adds the two words that qualify a number and begin the sentence: `[More than] a hundred drivers`.
fn with_quantity(s: &Skeleton<'_>, lo: usize, range: Range) -> Range {
    let article = Class::INDEFINITE.with(Class::DETERMINER);
    let number = s.kind(range.start) == Kind::Number
        || s.class(range.start).all(article) && range.end > range.start + 2;
    let Some(first) = range.start.checked_sub(2).filter(|&i| i >= lo && number) else {
        return range;
    };
    let sentence = s.sentences[s.sentence_of(first)].tokens.start;
    let class = s.class(first);
    let opens = class.without(Class::PREPOSITION).is_unknown() && s.kind(first) == Kind::Capital;
    let plain = s.kind(first + 1) == Kind::Lower && s.class(first + 1).is_unknown();
    if first == sentence && opens && plain { Range::new(first, range.end) } else { range }
}

/// Returns the noun phrase that ends directly before `end`, whether or not it can name a source: `the seminar`.
pub(super) fn any_left(s: &Skeleton<'_>, lo: usize, end: usize) -> Range {
    Range::new(grow_left(s, lo, end), end)
}

/// Returns the start of a phrase without the words before its last conjunction if they belong to the preceding clause:
/// `praised Holt and [Lim]`, `helped in Norvale but [Lim]`, unlike `[Holt and Lim]`.
fn after_object(s: &Skeleton<'_>, lo: usize, range: Range) -> usize {
    let conjoins = |&i: &usize| s.kind(i) == Kind::Lower && s.class(i).any(Class::COORDINATOR);
    let Some(last) = range.indices().skip(1).rev().find(conjoins) else { return range.start };
    let verbal = |i: usize| {
        let class = s.class(i);
        let verb = class.any(Class::COMMON_VERB.with(Class::FINITE).with(Class::BASE))
            || s.lexicon.ends_like_past(s.word(i));
        s.kind(i) == Kind::Lower && verb && !class.any(Class::NOUN.with(Class::SOURCE_NOUN))
    };
    let governs = |i: usize| {
        let class = s.class(i);
        let preposition = class.any(Class::PREPOSITION) && !class.any(Class::SUBORDINATOR);
        verbal(i) || s.kind(i) == Kind::Lower && preposition
    };
    let is_governed = lo < range.start && governs(range.start - 1);
    let holds_verb = (range.start + 1..last).any(|i| s.tokens[i - 1].is_name_like() && verbal(i));
    if is_governed || holds_verb { last + 1 } else { range.start }
}

/// Returns the full extent of a subject of two conjoined phrases, of which only the second was found, if the first
/// begins a sentence or a subordinate clause: `Norvale and [the union]`, unlike `met Holt in Norvale and [the union]`.
fn with_conjunct(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    let coordinator = range.start.checked_sub(1).filter(|&i| i > lo)?;
    let is_conjunct = s.kind(coordinator) == Kind::Lower
        && s.class(coordinator).any(Class::COORDINATOR)
        && !s.class(coordinator).any(Class::CONTRAST);
    if !is_conjunct || !s.class(range.start).any(Class::DETERMINER) || !s.lexicon.lists_verbs() {
        return None;
    }
    let first = Range::new(grow_left(s, lo, coordinator), coordinator);
    let begins = first.start == s.sentences[s.sentence_of(first.start)].tokens.start
        || s.class(first.start - 1).any(Class::THAT.with(Class::SUBORDINATOR));
    let verb = first.indices().any(|i| {
        s.kind(i) == Kind::Lower
            && (s.class(i).any(Class::COMMON_VERB) || s.lexicon.ends_like_past(s.word(i)))
    });
    (begins && !verb && !first.is_empty() && can_be_source(s, first))
        .then_some(Range::new(first.start, range.end))
}

/// Returns the start of a phrase. In a language without articles, this is its first name, modifier of a role, or noun
/// for a person or organization, because the words before it belong to another phrase: `В интервью газете [министр Анна
/// Орлова]`.
fn without_articles(s: &Skeleton<'_>, range: Range) -> usize {
    if !s.lexicon.lacks_articles() {
        return range.start;
    }
    let somebody = Class::SOURCE_NOUN.without(Class::DOCUMENT).with(Class::MODIFIER);
    let begins = |&i: &usize| s.tokens[i].is_name_like() || s.class(i).any(somebody);
    range.indices().find(begins).unwrap_or(range.start)
}

/// Returns the possessive phrase that ends directly before `end`, if it contains a name or a noun for a source: `the
/// minister's`.
pub(super) fn possessor(s: &Skeleton<'_>, lo: usize, end: usize) -> Option<Range> {
    let range = with_own_words(s, Range::new(grow_left(s, lo, end), end));
    let names = |i: usize| s.tokens[i].is_name_like() || s.class(i).any(Class::SOURCE_NOUN);
    range.indices().any(names).then_some(range)
}

/// Reduces a possessive phrase that ends in a name to that name and its title, without the words of the preceding
/// clause: `The comment undercut [Mayor Holt's]`.
fn with_own_words(s: &Skeleton<'_>, range: Range) -> Range {
    let last = range.end.saturating_sub(1);
    if range.is_empty() || !s.tokens[last].is_name_like() {
        return range;
    }
    let role = Class::ROLE.with(Class::RANK).with(Class::HONORIFIC).with(Class::MODIFIER);
    let own = |&i: &usize| s.tokens[i].is_name_like() || s.class(i).any(role);
    let start = range.indices().rev().take_while(own).last().unwrap_or(last);
    Range::new(start, range.end)
}

/// Returns whether a phrase that begins at `start` can begin a clause: it is at `lo`, or after punctuation or a
/// coordinating conjunction.
fn begins_clause(s: &Skeleton<'_>, lo: usize, start: usize) -> bool {
    start == lo || !s.tokens[start - 1].is_word() || s.class(start - 1).any(Class::COORDINATOR)
}

/// Returns the full extent of a phrase such as `a letter seen by Channel Nine`, of which only `Channel Nine` was found.
fn beyond_agent(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    let by = range.start.checked_sub(1).filter(|&i| i > lo + 1 && s.class(i).any(Class::BY))?;
    let start = grow_left(s, lo, by - 1);
    let head = Range::new(start, by - 1);
    (!head.is_empty() && can_be_source(s, head)).then_some(Range::new(start, range.end))
}

/// Returns the end of a subject without the adverbials after it: `on Monday`, `Wednesday`, `later`.
fn without_adverbial(s: &Skeleton<'_>, lo: usize, end: usize) -> usize {
    let mut end = end;
    while end > lo {
        let class = s.class(end - 1);
        let calendar = class.any(Class::CALENDAR) || s.kind(end - 1) == Kind::Number;
        if calendar && end - 1 > lo {
            let mut start = end - 1;
            while start > lo
                && s.class(start - 1).any(Class::CALENDAR.with(Class::DETERMINER))
                && !s.class(start - 1).any(Class::PRONOUN)
            {
                start -= 1;
            }
            let preposition = start > lo && s.class(start - 1).any(Class::PREPOSITION);
            if preposition {
                end = start - 1;
                continue;
            }
            if class.any(Class::CALENDAR) && start > lo {
                end = start;
                continue;
            }
            return end;
        }
        let adverb = class.any(Class::ADVERB) && s.kind(end - 1) == Kind::Lower;
        if !adverb || class.any(Class::SOURCE_NOUN) {
            return end;
        }
        end -= 1;
    }
    end
}

fn grow_left(s: &Skeleton<'_>, lo: usize, end: usize) -> usize {
    let mut at = end;
    let mut unknown = 0;
    while at > lo && end - at < MOST_TOKENS {
        let i = at - 1;
        let class = s.class(i);
        match s.kind(i) {
            Kind::Close => match opening(s, lo, i) {
                Some(open) => at = open,
                None => break,
            },
            Kind::Number => at = i,
            Kind::Other if joins_words(s, i) => at = i,
            Kind::Capital => {
                if stops_phrase(class) {
                    break;
                }
                at = i;
                if class.any(Class::DETERMINER) && !links_left(s, lo, i) {
                    break;
                }
            }
            Kind::Lower if is_conjunction(s, i) => break,
            Kind::Lower => match step_left_over_lower(s, lo, i, &mut unknown) {
                Step::Takes => at = i,
                Step::BeginsWith => {
                    at = i;
                    break;
                }
                Step::Stops => break,
            },
            _ => break,
        }
    }
    // A phrase cannot start with a conjunction or a preposition.
    while at < end
        && (s.class(at).any(Class::COORDINATOR)
            || (s.class(at).any(Class::PREPOSITION) && s.kind(at) == Kind::Lower))
    {
        at += 1;
    }
    at
}

/// Returns whether the token at `at` is a slash that joins two words: `Reuters/Ipsos`.
pub(super) fn joins_words(s: &Skeleton<'_>, at: usize) -> bool {
    let touch = |a: usize, b: usize| {
        s.tokens.get(a).zip(s.tokens.get(b)).is_some_and(|(a, b)| a.span.end() == b.span.start())
    };
    at > 0 && s.word(at) == "/" && touch(at - 1, at) && touch(at, at + 1)
}

/// Returns whether a `that` begins a clause rather than a noun phrase, because a name or a plural follows: `that
/// Trump`, `that experts`.
fn is_conjunction(s: &Skeleton<'_>, at: usize) -> bool {
    let next = s.tokens.get(at + 1);
    s.class(at).all(Class::THAT.with(Class::DETERMINER))
        && next.is_some_and(|t| t.is_name_like() || t.class.any(Class::PLURAL))
}

/// The relation of a word to the phrase after it, which is being extended leftwards.
enum Step {
    /// The word belongs to the phrase, and so may the words before it.
    Takes,
    /// The word begins the phrase.
    BeginsWith,
    /// The word does not belong to the phrase.
    Stops,
}

fn step_left_over_lower(s: &Skeleton<'_>, lo: usize, i: usize, unknown: &mut usize) -> Step {
    let class = s.class(i);
    let takes = |it: bool| if it { Step::Takes } else { Step::Stops };
    if class.any(Class::GERUND) && i > lo && s.class(i - 1).any(Class::POSSESSIVE) {
        // `the governor's thinking`: a gerund after a possessive is a noun.
        Step::Takes
    } else if class.any(Class::DETERMINER) {
        if links_left(s, lo, i) { Step::Takes } else { Step::BeginsWith }
    } else if class.any(Class::PREPOSITION.with(Class::TO)) {
        takes(takes_complement(s, lo, i))
    } else if class.any(Class::COORDINATOR) {
        takes(joins_nouns(s, lo, i))
    } else if class.any(Class::CALENDAR)
        && i > lo
        && s.class(i - 1).any(Class::DETERMINER)
        && s.class(i + 1).any(Class::SOURCE_NOUN)
    {
        // `the last message`: here, the calendar word is an adjective.
        Step::Takes
    } else if i > lo && is_ordinal(s, i) {
        Step::Takes
    } else if stops_phrase(class) || is_pronoun(s, i) {
        Step::Stops
    } else {
        *unknown += usize::from(class.is_unknown() && !class.any(Class::POSSESSIVE));
        takes(*unknown <= MOST_UNKNOWN)
    }
}

/// Returns whether an adverb between a determiner and a noun for a person is an adjective: `the [first] lady`.
fn is_ordinal(s: &Skeleton<'_>, at: usize) -> bool {
    let person = Class::ROLE.with(Class::RANK).with(Class::PEOPLE);
    s.class(at).any(Class::ADVERB)
        && s.lexicon.lists_verbs()
        && s.class(at - 1).any(Class::DETERMINER)
        && s.kind(at + 1) == Kind::Lower
        && s.class(at + 1).any(person)
        && !s.class(at + 1).any(Class::VERB)
}

/// Returns whether a word of this class normally ends a noun phrase instead of belonging to it.
fn stops_phrase(class: Class) -> bool {
    let nominal = class.any(Class::NOUN.with(Class::SOURCE_NOUN));
    class.any(Class::AUXILIARY.with(Class::SUBORDINATOR).with(Class::THAT).with(Class::RELATIVE))
        && !class.any(Class::DETERMINER)
        || class.any(Class::COORDINATOR)
        || class.any(Class::ADVERB) && !nominal
        || class.any(Class::PREPOSITION)
        || class.any(Class::FINITE.with(Class::GERUND).with(Class::BASE)) && !nominal
        || class.any(Class::CALENDAR) && !class.any(Class::GIVEN) && !class.any(Class::POSSESSIVE)
}

/// Returns whether the phrase continues to the left of the determiner at `i`: with a preposition that belongs to the
/// phrase, another determiner, or a noun with a genitive that the determiner begins (`Sprecher der Polizei`).
fn links_left(s: &Skeleton<'_>, lo: usize, i: usize) -> bool {
    if i > lo && s.class(i).any(Class::CASE) && s.class(i - 1).any(Class::SOURCE_NOUN) {
        return true;
    }
    // `the other`, `the two men`: two determiners in a row.
    if i > lo
        && s.class(i - 1).any(Class::DETERMINER)
        && !s.class(i - 1).any(Class::THAT.with(Class::PREPOSITION))
    {
        return true;
    }
    i > lo
        && (s.class(i - 1).any(Class::PREPOSITION) || s.class(i - 1).any(Class::TO))
        && takes_complement(s, lo, i - 1)
}

/// Returns whether the word before the preposition at `i` takes the complement that the preposition introduces.
fn takes_complement(s: &Skeleton<'_>, lo: usize, i: usize) -> bool {
    if i <= lo || !s.tokens[i - 1].is_word() && s.kind(i - 1) != Kind::Close {
        return false;
    }
    let before = s.class(i - 1);
    if before.any(Class::AUXILIARY.with(Class::PREPOSITION).with(Class::ADVERB))
        && !before.any(Class::SOURCE_NOUN)
    {
        return false;
    }
    let noun = before
        .any(Class::SOURCE_NOUN.with(Class::INDEFINITE).with(Class::NOUN).with(Class::REDUCED));
    let of = s.class(i).any(Class::GENITIVE);
    if of {
        return !before.any(Class::FINITE.with(Class::GERUND)) || noun;
    }
    let name = s.tokens[i - 1].is_name_like();
    let by_work = before.any(Class::DOCUMENT);
    // Outside English, only a few prepositions can introduce a complement, except after a document: `Hafenmeister vor
    // Journalisten` is not a phrase.
    let adverbial = s.lexicon.inverts_auxiliaries() && !s.class(i).any(Class::LINK) && !by_work
        || s.class(i).any(Class::SUBORDINATOR);
    // `sagte Wessling [bei der Anhörung]`: outside English, a name takes no complement except a genitive.
    let common = s.lexicon.capitalizes_nouns()
        && i > lo + 1
        && s.class(i - 2).any(Class::DETERMINER)
        && !s.class(i - 1).any(Class::GIVEN);
    let name = name && (common || !s.lexicon.inverts_auxiliaries());
    !adverbial
        && (noun || name && s.class(i).any(Class::LINK))
        && (s.class(i).any(Class::LINK) || by_work || noun)
        && !s.class(i + 1).any(Class::CALENDAR)
}

/// Returns whether the conjunction at `i` joins two nouns rather than two clauses, judging by the words next to it.
fn joins_nouns(s: &Skeleton<'_>, lo: usize, i: usize) -> bool {
    if i <= lo {
        return false;
    }
    let nounish = |k: usize| {
        s.tokens.get(k).is_some_and(|t| t.is_name_like() && !t.class.any(Class::VERB))
            || s.class(k).any(Class::SOURCE_NOUN)
            || s.class(k).is_unknown()
                && s.kind(k) == Kind::Lower
                && s.class(k + 1).any(Class::SOURCE_NOUN)
    };
    nounish(i - 1) && nounish(i + 1)
}

/// Returns the nearest opening bracket before the closing one at `close`.
fn opening(s: &Skeleton<'_>, lo: usize, close: usize) -> Option<usize> {
    (lo..close).rev().take(24).find(|&i| s.kind(i) == Kind::Open)
}

/// Removes the words of a preceding clause from the beginning of a phrase with a name: `the plan failed Smith` becomes
/// `Smith`.
fn cut_to_name(s: &Skeleton<'_>, range: Range, lo: usize) -> Range {
    let Some(name) = range.indices().find(|&i| s.tokens[i].is_name_like()) else {
        return range;
    };
    let prefix = Range::new(range.start, name);
    if prefix.is_empty() {
        return range;
    }
    let last = s.class(name - 1);
    let fits = last.any(
        Class::SOURCE_NOUN
            .with(Class::HONORIFIC)
            .with(Class::DETERMINER)
            .with(Class::POSSESSIVE)
            .with(Class::PREPOSITION)
            .with(Class::COORDINATOR),
    ) || s.tokens[range.end - 1].kind == Kind::Lower
        || prefix.indices().any(|i| s.class(i).any(Class::SOURCE_NOUN));
    // `nearly a dozen Socialists`: the clause begins with the adverb.
    let adverb = |&i: &usize| s.kind(i) == Kind::Lower && s.class(i).any(Class::ADVERB);
    let first = (lo..range.start).rev().take_while(adverb).last().unwrap_or(range.start);
    let whole_clause = first == lo
        || matches!(s.kind(first - 1), Kind::Comma | Kind::Quote(_) | Kind::Dash | Kind::Colon)
        || s.class(first - 1).any(Class::COORDINATOR.with(Class::SUBORDINATOR).with(Class::THAT));
    // `days before his indictment Lim [asked]`: the noun belongs to the preposition.
    let governed = range.start > lo
        && s.class(range.start - 1).any(Class::PREPOSITION)
        && s.kind(name - 1) == Kind::Lower
        && last.is_unknown();
    if governed {
        return Range::new(name, range.end);
    }
    // `the elder Holt`: a description of one word belongs to the name if the phrase begins a clause.
    let described = whole_clause
        && prefix.end == prefix.start + 2
        && s.class(range.start).any(Class::DETERMINER)
        && last.is_unknown()
        && name + 1 == range.end;
    // `three-quarters of older Socialists`: the name is in a complement of the first noun.
    let of = prefix.indices().any(|i| s.class(i).any(Class::GENITIVE));
    if described || whole_clause && of && s.class(range.start).is_unknown() {
        return range;
    }
    let short = prefix.end - prefix.start <= 3;
    if fits || whole_clause && short && !s.class(range.start).any(Class::DETERMINER) {
        return range;
    }
    Range::new(name, range.end)
}

/// Returns the noun phrase that begins at `start`, within `start..hi`, with its restrictive clause and its appositions;
/// `None` if it can neither name a source nor introduce a name.
pub(super) fn right(s: &Skeleton<'_>, start: usize, hi: usize) -> Option<Range> {
    if start >= hi {
        return None;
    }
    if is_pronoun(s, start) || s.class(start).any(Class::FIRST_PERSON) {
        return Some(Range::new(start, start + 1));
    }
    let end = grow_right(s, start, hi);
    let range = Range::new(start, end);
    if range.is_empty() || !can_be_source(s, range) && !introduces_name(s, range, hi) {
        return None;
    }
    let end = with_relative(s, range, hi);
    Some(Range::new(start, apposition_right(s, end, hi, false)))
}

/// Returns whether a phrase with a determiner, whose noun need not be known, describes the person whose full name
/// follows its comma: `el mayoral, Rosendo Pecos`.
fn introduces_name(s: &Skeleton<'_>, phrase: Range, hi: usize) -> bool {
    let name = phrase.end + 1..(phrase.end + 3).min(hi);
    s.class(phrase.start).any(Class::DETERMINER)
        && s.kind(phrase.end) == Kind::Comma
        && name.len() == 2
        && name.into_iter().all(|i| s.tokens[i].is_name_like())
}

/// Returns the end of a phrase, including the restrictive clause of a noun for people or a document: `an official who
/// was not authorized to speak`, `a report released in March`.
fn with_relative(s: &Skeleton<'_>, phrase: Range, hi: usize) -> usize {
    let last = s.class(phrase.end - 1);
    let common = s.kind(phrase.end - 1) == Kind::Lower || last.all(Class::PEOPLE);
    let head = if common { last } else { Class::NONE };
    let class = s.class(phrase.end);
    let told = Class::RELATIVE.with(Class::REDUCED);
    let person = head.any(Class::ROLE.with(Class::PEOPLE)) && class.any(told);
    let participle = class.any(Class::PARTICIPLE) || s.lexicon.ends_like_past(s.word(phrase.end));
    let document = head.any(Class::DOCUMENT) && participle && s.kind(phrase.end) == Kind::Lower;
    if !person && !document || class.any(Class::THAT) {
        return phrase.end;
    }
    let ends = |i: &usize| {
        matches!(
            s.kind(*i),
            Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Dash | Kind::Quote(_)
        )
    };
    (phrase.end..hi).find(ends).unwrap_or(hi)
}

/// Returns the noun phrase at a position at which only a source can begin (after `according to`), even if none of its
/// nouns is known: `court papers`.
pub(super) fn plain_right(s: &Skeleton<'_>, start: usize, hi: usize) -> Option<Range> {
    let open = Class::VERB.with(Class::AUXILIARY).with(Class::SUBORDINATOR).with(Class::PRONOUN);
    let goes_on = |i: &usize| {
        let class = s.class(*i);
        s.tokens[*i].is_word()
            && (class.any(Class::NOUN) || !class.any(open) || class.any(Class::DETERMINER))
    };
    let end = (start..hi).take_while(goes_on).last()? + 1;
    let most = 6;
    (end - start <= most && !s.class(start).any(Class::CALENDAR)).then_some(Range::new(start, end))
}

/// Returns the same as [`right`] for a phrase that a clause follows: an apposition counts only if a comma or colon
/// closes it.
pub(super) fn right_before_clause(s: &Skeleton<'_>, start: usize, hi: usize) -> Option<Range> {
    let plain = right(s, start, hi)?;
    let end = grow_right(s, start, hi).max(start + 1);
    let end = with_relative(s, Range::new(start, end), hi);
    let closed = apposition_right(s, end.min(plain.end), hi, true);
    Some(Range::new(start, closed.min(plain.end)))
}

/// The state of a phrase that is being extended rightwards.
#[derive(Default)]
struct Seen {
    /// Whether the words so far end in a name that needs no further noun.
    named: bool,
    unknown: usize,
}

fn grow_right(s: &Skeleton<'_>, start: usize, hi: usize) -> usize {
    let mut at = start;
    let mut seen = Seen::default();
    while at < hi && at - start < MOST_TOKENS {
        match step_right(s, Range::new(start, hi), at, &mut seen) {
            Some(next) => at = next,
            None => break,
        }
    }
    let trimmed = trim_right(s, start, at);
    // `la portavoz socialista, Pilar Quiroga`: unknown words before a comma and a name belong to the description.
    let named = at > trimmed
        && at + 1 < hi
        && s.kind(at) == Kind::Comma
        && s.tokens[at + 1].is_name_like()
        && (trimmed..at).all(|i| s.kind(i) == Kind::Lower && s.class(i).is_unknown());
    if named { at } else { trimmed }
}

/// Returns the position at which the subject after a verb may begin: after hearers, days and other occasions (`on
/// Monday`, `in a statement`), and adverbs.
pub(super) fn subject_start(s: &Skeleton<'_>, start: usize, hi: usize) -> usize {
    let mut at = start;
    while at < hi {
        let class = s.class(at);
        let day = class.any(Class::CALENDAR) && !class.any(Class::GIVEN);
        let on_day = class.any(Class::PREPOSITION) && s.class(at + 1).any(Class::CALENDAR);
        let adverb =
            class.any(Class::ADVERB) && s.kind(at) == Kind::Lower && !class.any(Class::SOURCE_NOUN);
        if let Some(end) = hearer(s, at, hi).or_else(|| occasion(s, at, hi)) {
            at = end;
        } else if let Some(subject) = delayed(s, at, hi) {
            return subject;
        } else if on_day {
            at += 2;
        } else if day || adverb {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Returns the end of the prepositional phrase for the document in which a statement is made, if the subject follows:
/// `in una nota [Caseifici Altopiano]`, `em comunicado [a TransLusa]`.
fn occasion(s: &Skeleton<'_>, at: usize, hi: usize) -> Option<usize> {
    let articles = |i: usize| s.class(i).any(Class::DETERMINER.with(Class::ELISION));
    let noun = at + 1 + usize::from(articles(at + 1));
    let end = noun + 1;
    let document = s.class(at).any(Class::PREPOSITION) && s.class(noun).any(Class::DOCUMENT);
    if !s.lexicon.inverts_auxiliaries() || !document || end >= hi {
        return None;
    }
    let subject = s.tokens[end].is_name_like() && !s.lexicon.capitalizes_nouns() || articles(end);
    (subject && !s.class(end).any(Class::GENITIVE.with(Class::OBLIQUE))).then_some(end)
}

/// Returns the start of the subject after the phrase at `at`, in languages in which other phrases may come between a
/// verb and its subject.
fn delayed(s: &Skeleton<'_>, at: usize, hi: usize) -> Option<usize> {
    let class = s.class(at);
    let oblique = class.any(Class::PREPOSITION.with(Class::OBLIQUE).with(Class::TO));
    let bare = s.kind(at) == Kind::Lower && class.is_unknown();
    if !s.lexicon.inverts_auxiliaries() || !oblique && !bare {
        return None;
    }
    roles::delayed_subject(s, at, hi)
}

/// Returns the end of a hearer that is between a verb and its subject: `sagte dem Sender [der Minister]`, `sagte der
/// Zeitung [Ministerin Holt]`, `disse ao jornal [a ministra]`, `сказал журналистам [министр]`.
fn hearer(s: &Skeleton<'_>, at: usize, hi: usize) -> Option<usize> {
    if !s.lexicon.inverts_auxiliaries() {
        return None;
    }
    let class = s.class(at);
    let follows = |end: usize| (end < hi && s.tokens[end].is_word()).then_some(end);
    if class.any(Class::OBJECT_PRONOUN) {
        return follows(at + 1);
    }
    if class.any(Class::OBLIQUE) {
        return follows(grow_right(s, at, hi)).filter(|&end| end > at + 1);
    }
    let noun = addressee(s, at, hi)?;
    let somebody = Class::GIVEN.with(Class::ROLE).with(Class::RANK).with(Class::HONORIFIC);
    let begins = |i: usize| s.class(i).any(somebody.with(Class::DETERMINER.with(Class::ELISION)));
    // `a la agencia [Norvia] la ministra`: the name of the outlet follows its noun.
    let outlet =
        |&i: &usize| s.class(noun).any(Class::PRESS) && s.tokens[i].is_name_like() && !begins(i);
    let end = (noun + 1..hi).take_while(outlet).last().map_or(noun + 1, |last| last + 1);
    let named = end == noun + 1 && s.tokens.get(end).is_some_and(Token::is_name_like);
    let subject = begins(end) && !s.class(end).any(Class::PREPOSITION);
    follows(end).filter(|_| subject || named)
}

/// Returns the noun of the hearer whose phrase begins at `at`: after a preposition (`ao jornal`), with a dative article
/// (`der Zeitung`), or, in a language without articles, alone (`журналистам`).
fn addressee(s: &Skeleton<'_>, at: usize, hi: usize) -> Option<usize> {
    let class = s.class(at);
    let preposition = class.any(Class::PREPOSITION) && !class.any(Class::GENITIVE)
        || class.any(Class::ELISION) && class.any(Class::PREPOSITION);
    let case = class.any(Class::CASE) && s.lexicon.capitalizes_nouns();
    let bare = s.lexicon.lacks_articles() && class.any(Class::PRESS);
    if bare {
        return Some(at);
    }
    let articles = |i: usize| s.class(i).any(Class::DETERMINER.with(Class::ELISION));
    let first = at + 1 + usize::from(preposition && articles(at + 1));
    let heard = |&i: &usize| s.class(i).any(if preposition { HEARD } else { Class::PRESS });
    let noun = (first..hi.min(first + MOST_MODIFIERS + 1)).find(heard)?;
    let plain = (first..noun).all(|i| {
        s.tokens[i].is_word() && !s.class(i).any(Class::ROLE.with(Class::RANK).with(Class::GIVEN))
    });
    ((preposition || case) && plain).then_some(noun)
}

/// Nouns for the usual hearers in the news: the press, and groups of people.
const HEARD: Class = Class::PRESS.with(Class::PEOPLE);

/// The maximum number of words between the article and the noun of a hearer: `der Deutschen Presse-Agentur`.
const MOST_MODIFIERS: usize = 2;

/// Returns the position after the token at `at`, or after the bracket that it opens; `None` if the token does not
/// belong to the phrase.
fn step_right(s: &Skeleton<'_>, range: Range, at: usize, seen: &mut Seen) -> Option<usize> {
    let class = s.class(at);
    let first = at == range.start;
    match s.kind(at) {
        Kind::Capital if first || !stops_phrase(class) => {
            // After `Odlin Freight's`, the possessed noun is still to come; after `Министерство`, the genitive is.
            let body = class.any(Class::ORGANISATION) && s.lexicon.lacks_articles();
            seen.named = (seen.named || s.tokens[at].is_name_like())
                && !class.any(Class::POSSESSIVE)
                && !body;
            Some(at + 1)
        }
        Kind::Number => Some(at + 1),
        Kind::Open if !first => {
            let close = (at..range.end).take(24).find(|&i| s.kind(i) == Kind::Close);
            close.map(|close| close + 1)
        }
        Kind::Lower => step_over_lower(s, range, at, seen).then_some(at + 1),
        Kind::Other if !first && joins_words(s, at) => Some(at + 1),
        _ => None,
    }
}

/// Returns whether the lower-case word at `at` belongs to the phrase.
fn step_over_lower(s: &Skeleton<'_>, range: Range, at: usize, seen: &mut Seen) -> bool {
    let class = s.class(at);
    let first = at == range.start;
    let noun = class.any(Class::SOURCE_NOUN);
    let joins = Class::PREPOSITION.with(Class::COORDINATOR);
    // `sagte Holt [der Zeitung]`: after a name, an article begins another phrase; it is a particle of the name only
    // after another particle.
    let article = class.any(Class::CASE) && !first && !s.class(at - 1).any(Class::PARTICLE);
    if class.any(Class::PARTICLE) && seen.named && s.kind(at + 1) == Kind::Capital && !article {
        return true;
    }
    let hears = !first && addressee(s, at, range.end).is_some_and(|i| s.class(i).any(Class::PRESS));
    if hears && s.lexicon.inverts_auxiliaries() {
        return false;
    }
    if class.any(Class::CASE) && !first && s.class(at - 1).any(Class::SOURCE_NOUN) {
        seen.named = false;
        return true;
    }
    if class.any(Class::DETERMINER) && (first || !class.any(Class::GENITIVE)) {
        return first || s.class(at - 1).any(joins.with(Class::TO));
    }
    let goes_on = if class.any(Class::PREPOSITION.with(Class::TO)) {
        let hearer = seen.named && names_person(s, at + 1);
        Some(!first && !hearer && continues_right(s, range.start, at, range.end))
    } else if class.any(Class::COORDINATOR) {
        Some(!first && joins_nouns(s, range.start, at))
    } else {
        None
    };
    if let Some(goes_on) = goes_on {
        seen.named = false;
        return goes_on;
    }
    // `Prof. Dr. [med.] Ute Brandis`: a lower-case title follows another title.
    if class.any(Class::HONORIFIC) && !first && s.class(at - 1).any(Class::HONORIFIC) {
        return true;
    }
    let reduced =
        class.any(Class::REDUCED) && !first && s.class(at - 1).any(Class::ROLE.with(Class::PEOPLE));
    // `Holt's sister warned [him] to stay`: an object pronoun is not part of the subject.
    let object = class.any(Class::OBJECT_PRONOUN)
        && s.lexicon.lists_verbs()
        && !class.any(Class::DETERMINER.with(Class::PRONOUN).with(Class::FIRST_PERSON))
        && !first
        && !s.class(at - 1).any(Class::PREPOSITION);
    let ordinal = !first && is_ordinal(s, at);
    if reduced || object || stops_phrase(class) && !(first && noun) && !ordinal {
        return false;
    }
    if noun {
        seen.named = false;
        return true;
    }
    // After a name, an unknown word does not belong to the phrase, unless it leads to a role before another name or to
    // a document.
    if seen.named && (leads_to_role(s, at, range.end) || leads_to_document(s, range, at)) {
        seen.named = false;
    }
    // `according to the Lorvik Post rating,`: an unknown noun that ends the phrase is its head.
    let ends = !s.tokens.get(at + 1).is_some_and(Token::is_word);
    if seen.named && ends && s.lexicon.lists_verbs() {
        return s.class(range.start).any(Class::DETERMINER)
            && !s.lexicon.ends_like_past(s.word(at));
    }
    seen.unknown += 1;
    !seen.named && seen.unknown <= MOST_UNKNOWN
}

/// Returns whether a role with a name after it follows within three words: `Republican [political consultant Ron
/// Bell]`.
fn leads_to_role(s: &Skeleton<'_>, at: usize, hi: usize) -> bool {
    let role = (at..hi.min(at + 3)).find(|&i| s.class(i).any(Class::ROLE.with(Class::RANK)));
    role.is_some_and(|role| {
        (at..=role).all(|i| s.kind(i) == Kind::Lower)
            && role + 1 < hi
            && s.tokens[role + 1].is_name_like()
    })
}

/// Returns whether the name before `at`, in a phrase with an article, only modifies a document that follows: `the
/// Norvale [tracking poll]`.
fn leads_to_document(s: &Skeleton<'_>, range: Range, at: usize) -> bool {
    let article = s.class(range.start).any(Class::DETERMINER);
    let document = (at..range.end.min(at + 3)).find(|&i| s.class(i).any(Class::DOCUMENT));
    article
        && document.is_some_and(|document| {
            let plain = |i: usize| s.kind(i) == Kind::Lower && s.class(i).is_unknown();
            s.kind(document) == Kind::Lower && (at..document).all(plain)
        })
}

/// Returns whether the phrase at `at`, which follows a preposition, names a person. The complement of a name is a place
/// or an organization, so the people in brackets in `Dolan [a la periodista Sara Platero]` and `Dolan [tegen Simon
/// Plat]` are hearers.
fn names_person(s: &Skeleton<'_>, at: usize) -> bool {
    let articles = usize::from(s.class(at).any(Class::DETERMINER.with(Class::ELISION)));
    let class = s.class(at + articles);
    let titled = class.any(Class::HONORIFIC.with(Class::RANK).with(Class::ROLE));
    let given = class.any(Class::GIVEN) && s.tokens.get(at + 1).is_some_and(Token::is_name_like);
    titled || articles == 0 && given
}

/// Returns the end of a phrase after the words that cannot end it have been removed.
fn trim_right(s: &Skeleton<'_>, start: usize, end: usize) -> usize {
    let mut at = end;
    let open = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER).with(Class::TO);
    while at > start && s.class(at - 1).any(open) && !s.class(at - 1).any(Class::INDEFINITE) {
        at -= 1;
    }
    // Unknown words after a known noun do not belong to the phrase, unless they are its complement: `of the jury`.
    let governed = |i: usize| {
        s.class(i - 1)
            .any(Class::DETERMINER.with(Class::GENITIVE).with(Class::LINK).with(Class::CASE))
    };
    // `Министерство [энергетики]`: without an article or preposition, only the ending shows that the word is a
    // complement.
    let owner = |i: usize| {
        s.lexicon.lacks_articles()
            && s.class(i - 1).any(Class::ORGANISATION)
            && s.lexicon.ends_like_genitive(s.word(i))
    };
    while at > start + 1
        && s.kind(at - 1) == Kind::Lower
        && s.class(at - 1).is_unknown()
        && !governed(at - 1)
        && !owner(at - 1)
        && (start..at).any(|i| s.class(i).any(Class::SOURCE_NOUN))
    {
        at -= 1;
    }
    at
}

fn continues_right(s: &Skeleton<'_>, start: usize, at: usize, hi: usize) -> bool {
    at + 1 < hi
        && takes_complement(s, start, at)
        && !s.class(at + 1).any(Class::CALENDAR)
        && !(s.class(at + 1).any(Class::DETERMINER) && leads_to_occasion(s, at + 2, hi))
        && !s.class(at + 1).any(Class::DOCUMENT)
}

/// Returns whether a document or a day follows, with at most an adjective before it: `in a [written statement]`.
fn leads_to_occasion(s: &Skeleton<'_>, at: usize, hi: usize) -> bool {
    let occasion = |i: usize| i < hi && s.class(i).any(Class::DOCUMENT.with(Class::CALENDAR));
    let adjective = s.kind(at) == Kind::Lower && s.class(at).is_unknown();
    occasion(at) || adjective && occasion(at + 1)
}

/// Extends a phrase that ends at `from` by the appositions and relative clauses after it (`, a lawyer in Boston`, `,
/// who …`), and returns its new end. If `closed`, a comma or colon must follow each of them.
fn apposition_right(s: &Skeleton<'_>, from: usize, hi: usize, closed: bool) -> usize {
    let mut end = from;
    while end + 1 < hi && s.kind(end) == Kind::Comma && end - from < MOST_TOKENS {
        let start = end + 1;
        let stop = (start..hi)
            .find(|&i| {
                matches!(
                    s.kind(i),
                    Kind::Comma
                        | Kind::Stop
                        | Kind::Semicolon
                        | Kind::Colon
                        | Kind::Dash
                        | Kind::Quote(_)
                )
            })
            .unwrap_or(hi);
        // `the spokesman, Ana Lim who added`: the apposition ends before the relative pronoun.
        let name = (start..stop).find(|&i| !s.tokens[i].is_name_like()).unwrap_or(stop);
        if !closed && name > start + 1 && s.class(name).any(Class::RELATIVE) {
            return name;
        }
        if closed && !matches!(s.kind(stop), Kind::Comma | Kind::Colon) {
            return end;
        }
        if stop - start > 30 || !begins_apposition(s, start, stop) {
            return end;
        }
        end = stop;
    }
    end
}

/// Returns whether the words from `start` describe the phrase before the comma.
pub(super) fn begins_apposition(s: &Skeleton<'_>, start: usize, stop: usize) -> bool {
    if start >= stop {
        return false;
    }
    let class = s.class(start);
    if class.any(Class::RELATIVE) || s.kind(start) == Kind::Number {
        return true;
    }
    // `managing director of Lind Timber`, `cheffe de service à l'hôpital`: a role without an article.
    let role = Class::ROLE.with(Class::RANK);
    let cased = s.kind(start) == Kind::Lower || s.lexicon.capitalizes_nouns();
    let described = cased
        && (s.lexicon.ends_like_gerund(s.word(start)) && s.class(start + 1).any(role)
            || roles::bare_apposition(s, Range::new(start, stop)).is_some());
    if described && !class.any(Class::PREPOSITION.with(Class::SUBORDINATOR)) {
        return true;
    }
    if class.any(
        Class::SUBORDINATOR
            .with(Class::COORDINATOR)
            .with(Class::GERUND)
            .with(Class::PRONOUN)
            .with(Class::ADVERB),
    ) || class.any(Class::PREPOSITION)
        || s.kind(start) == Kind::Lower && s.lexicon.ends_like_gerund(s.word(start))
    {
        return false;
    }
    // `Ana Lim, 94, [replied when the council asked]`: a verb does not begin an apposition.
    let finite = class.any(Class::FINITE) && !class.any(Class::NOUN.with(Class::SOURCE_NOUN));
    if finite && s.kind(start) == Kind::Lower {
        return false;
    }
    // An unknown word before an article is a verb with its object: `issued a statement`.
    if s.kind(start) == Kind::Lower
        && class.is_unknown()
        && s.class(start + 1).any(Class::DETERMINER)
    {
        return false;
    }
    let clause = (start..stop).any(|i| {
        s.class(i).any(Class::FINITE.with(Class::AUXILIARY))
            && !s.class(i).any(Class::NOUN.with(Class::SOURCE_NOUN))
    });
    let relative = (start..stop).any(|i| s.class(i).any(Class::RELATIVE.with(Class::SUBORDINATOR)));
    if clause && !relative {
        return false;
    }
    let role = (start..stop).any(|i| s.class(i).any(Class::SOURCE_NOUN));
    class.any(Class::DETERMINER)
        || role
        || class.any(Class::SUFFIX)
        || all_names(s, start, stop)
        || is_affiliation(s, start, stop)
}

/// Returns whether a segment is a capitalized word with a name as its complement: `Republican from Texas`.
fn is_affiliation(s: &Skeleton<'_>, start: usize, stop: usize) -> bool {
    let complement = Class::LINK.with(Class::GENITIVE);
    stop - start <= 6
        && s.tokens[start].is_name_like()
        && s.class(start + 1).any(complement)
        && (start + 2..stop)
            .all(|i| s.tokens[i].is_name_like() || s.class(i).any(Class::DETERMINER))
}

fn all_names(s: &Skeleton<'_>, start: usize, stop: usize) -> bool {
    stop > start && stop - start <= 4 && (start..stop).all(|i| s.tokens[i].is_name_like())
}

/// Returns the subject whose verb group begins at `group`, within `lo..group`: `Smith, a lawyer, [said]`.
pub(super) fn subject(s: &Skeleton<'_>, lo: usize, group: usize) -> Option<Range> {
    let lo = hard_boundary(s, lo, group);
    if lo >= group {
        return None;
    }
    if !matches!(s.kind(group - 1), Kind::Comma | Kind::Dash) {
        let nearest = left(s, lo, group)?;
        let range = antecedent(s, lo, nearest)
            .or_else(|| before_relative(s, lo, nearest))
            .or_else(|| before_participle(s, lo, nearest))
            .or_else(|| governor(s, lo, nearest))?;
        let range = with_list_before(s, lo, with_name_before(s, lo, range));
        return Some(with_role_before(s, lo, range));
    }
    let segments = segments(s, lo, group - 1);
    // A single comma does not separate a subject from its verb: `all over the country, said Lim`.
    let mut k = segments.len().checked_sub(1).filter(|&last| last > 0)?;
    let mut end = segments[k].end;
    while k > 0 && is_adverbial(s, segments[k]) {
        k -= 1;
        end = segments[k].end;
    }
    while k > 0
        && leans_left(s, segments[k])
        && !begins_new_clause(s, segments[k - 1], segments[k])
        && (!is_adverbial(s, segments[k - 1])
            || ends_in_name(s, segments[k - 1])
            || s.class(segments[k - 1].start).any(Class::GENITIVE))
    {
        k -= 1;
    }
    if k > 0
        && is_role_alone(s, segments[k])
        && all_names(s, segments[k - 1].start, segments[k - 1].end)
    {
        k -= 1;
    }
    // `Alice Hall, whose son, Mark, was on the train, [agreed]`: the segment with a verb is the last of the relative
    // clause.
    let verb = Class::AUXILIARY.with(Class::FINITE);
    let noun = Class::NOUN.with(Class::SOURCE_NOUN).with(Class::POSSESSIVE);
    let clause =
        |segment: Range| segment.indices().any(|i| s.class(i).any(verb) && !s.class(i).any(noun));
    if k > 1
        && clause(segments[k])
        && let Some(relative) = (1..k).find(|&j| s.class(segments[j].start).any(Class::RELATIVE))
        && !clause(segments[relative])
    {
        k = relative - 1;
    }
    let head = segments[before_relative_clause(s, &segments, k)];
    let head = Range::new(after_relative(s, head), head.end);
    let range = left(s, head.start, head.end)?;
    let range = Range::new(range.start, end.max(range.end));
    (range.end - range.start <= MOST_TOKENS).then(|| with_role_before(s, lo, range))
}

/// Returns the start of a segment, without the words up to a preposition and its relative pronoun, after which the
/// subject begins: `printed a report in which [his son]`.
fn after_relative(s: &Skeleton<'_>, segment: Range) -> usize {
    let begins =
        |&i: &usize| s.class(i).any(Class::RELATIVE) && s.class(i - 1).any(Class::PREPOSITION);
    let relative = segment.indices().skip(1).rev().find(begins);
    relative.map_or(segment.start, |i| i + 1)
}

/// Returns the index of the segment before a relative clause that begins before segment `k`, or `k` if there is no such
/// segment. Names in the relative clause are not the subject of a verb after it: `El alcalde, que rompió con su socio,
/// Luis Mena, y gobierna solo, [anunció]`.
fn before_relative_clause(s: &Skeleton<'_>, segments: &[Range], k: usize) -> usize {
    let relative = (1..k).find(|&j| s.class(segments[j].start).any(Class::RELATIVE));
    let before = relative.map(|j| j - 1).filter(|&before| {
        let segment = segments[before];
        !is_adverbial(s, segment) && left(s, segment.start, segment.end).is_some()
    });
    before.unwrap_or(k)
}

/// Returns whether a segment consists only of conjunctions and a name after them: `while Senator Ana Lim`.
fn ends_in_name(s: &Skeleton<'_>, segment: Range) -> bool {
    let joins = Class::SUBORDINATOR.with(Class::COORDINATOR);
    let begins = segment.indices().find(|&i| !s.class(i).any(joins));
    begins.is_some_and(|begins| {
        begins > segment.start
            && begins < segment.end
            && (begins..segment.end).all(|i| s.tokens[i].is_name_like())
    })
}

/// Returns the full extent of a phrase with a relative clause, of which only the words after the pronoun were found: `a
/// voter who [shares Lim's view]`.
fn antecedent(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    let relative = range.start.checked_sub(1).filter(|&i| i > lo)?;
    let class = s.class(relative);
    // `evidence which Lim called`: a phrase after the pronoun is itself the subject.
    let phrase = Class::DETERMINER.with(Class::SOURCE_NOUN).with(Class::PRONOUN);
    let verb = s.kind(range.start) == Kind::Lower && !s.class(range.start).any(phrase);
    if !verb || !class.any(Class::RELATIVE) || class.any(Class::THAT.with(Class::DETERMINER)) {
        return None;
    }
    let parted = s.kind(relative - 1) == Kind::Comma && relative > lo + 1;
    let before = left(s, lo, if parted { relative - 1 } else { relative })?;
    Some(Range::new(before.start, range.end))
}

/// Returns the full extent of a phrase with a relative clause without commas, of which only the last words were found:
/// `a panel that reviewed [the data]`.
fn before_relative(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    if is_pronoun(s, range.start) {
        return None;
    }
    let clause = clause_start(s, lo, range.start);
    let relative = clause.checked_sub(1).filter(|&i| i > lo && i + 1 < range.start)?;
    let class = s.class(relative);
    let verb = s.class(relative + 1);
    let begins_verb = s.kind(relative + 1) == Kind::Lower
        && (verb.any(Class::AUXILIARY.with(Class::FINITE))
            || s.lexicon.ends_like_past(s.word(relative + 1)));
    let noun = s.class(relative - 1);
    let after_noun = s.tokens[relative - 1].is_word()
        && !noun
            .any(Class::FINITE.with(Class::GERUND).with(Class::PREPOSITION).with(Class::ADVERB));
    if !class.any(Class::RELATIVE.with(Class::THAT)) || !begins_verb || !after_noun {
        return None;
    }
    let start = grow_left(s, lo, relative);
    let head = Range::new(start, relative);
    (!head.is_empty() && (can_be_source(s, head) || begins_with_determiner(s, head)))
        .then_some(Range::new(start, range.end))
}

/// Returns the full extent of a phrase with a participle, of which only the object of the participle was found: `a
/// teacher carrying [a lantern]`.
fn before_participle(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    let participle = range.start.checked_sub(1).filter(|&i| i > lo + 1)?;
    // `people talking they [said]`: a pronoun is the subject itself.
    if is_pronoun(s, range.start) {
        return None;
    }
    let verbal =
        s.kind(participle) == Kind::Lower && s.class(participle).without(Class::VERB).is_unknown();
    let gerund = verbal && s.lexicon.ends_like_gerund(s.word(participle));
    // `an agent assigned to assist the bureau`: an infinitive after a participle.
    let infinitive = verbal
        && participle > lo + 2
        && s.class(participle - 1).any(Class::TO)
        && s.lexicon.ends_like_past(s.word(participle - 2));
    if !gerund && !infinitive || !s.tokens[participle - 1].is_word() {
        return None;
    }
    let start = grow_left(s, lo, if infinitive { participle - 2 } else { participle });
    let head = Range::new(start, participle);
    (can_be_source(s, head) && !head.is_empty()).then_some(Range::new(start, range.end))
}

/// Returns `range` with the phrases that govern it through prepositions: `a woman at an event in [Norvale]`. If a
/// preposition is not governed by a noun phrase, returns the phrase that begins the clause, if there is one.
fn governor(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<Range> {
    let mut start = before_modifier(s, lo, range.start);
    loop {
        let preposition = start.checked_sub(1).filter(|&i| i >= lo);
        let Some(preposition) = preposition.filter(|&i| is_governing(s, i)) else {
            return Some(Range::new(start, range.end));
        };
        let before = grow_left(s, lo, preposition);
        let head = Range::new(before, preposition);
        if head.is_empty() || !can_be_source(s, head) && !begins_with_determiner(s, head) {
            return first(s, clause_start(s, lo, preposition), preposition);
        }
        start = before;
    }
}

/// Returns the position of an adjective between a preposition and a name, if the phrase that governs the name begins a
/// clause (`a bakery in [downtown] Norvale`); otherwise that of the name.
fn before_modifier(s: &Skeleton<'_>, lo: usize, name: usize) -> usize {
    let Some(modifier) = name.checked_sub(1).filter(|&i| i > lo + 2) else { return name };
    let plain = s.kind(modifier) == Kind::Lower
        && s.class(modifier).is_unknown()
        && s.tokens[name].is_name_like();
    if !plain || !s.class(modifier - 1).any(Class::LINK) || !is_governing(s, modifier - 1) {
        return name;
    }
    let head = Range::new(grow_left(s, lo, modifier - 1), modifier - 1);
    let begins = begins_clause(s, lo, head.start) && begins_with_determiner(s, head);
    if begins { modifier } else { name }
}

/// Returns whether the token at `at` is a preposition that cannot also start a clause: `in`, unlike `after`.
fn is_governing(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let clause = Class::SUBORDINATOR.with(Class::COORDINATOR);
    class.any(Class::PREPOSITION) && !class.any(clause) && !s.tokens[at].is_name_like()
}

fn begins_with_determiner(s: &Skeleton<'_>, range: Range) -> bool {
    range.end > range.start + 1 && s.class(range.start).any(Class::DETERMINER)
}

/// Returns the start of the clause around `at`: after the last comma, subordinating conjunction or relative pronoun
/// before `at`.
pub(super) fn clause_start(s: &Skeleton<'_>, lo: usize, at: usize) -> usize {
    let begins = |i: &usize| {
        let class = s.class(*i);
        s.kind(*i) == Kind::Comma
            || class.any(Class::SUBORDINATOR.with(Class::RELATIVE))
                && !class.any(Class::DETERMINER.with(Class::PREPOSITION))
            || class.any(Class::THAT) && !class.any(Class::PREPOSITION)
    };
    (lo..at).rev().find(begins).map_or(lo, |i| i + 1)
}

/// Adds the name before a description without a closing comma: `Ana Lim, a lawyer in Odlin [said]`.
fn with_name_before(s: &Skeleton<'_>, lo: usize, range: Range) -> Range {
    let Some(mut comma) = description_comma(s, lo, range) else { return range };
    // `Ana Lim, 30, a lawyer`: an age is between the name and the description.
    if comma >= lo + 2 && s.kind(comma - 1) == Kind::Number && s.kind(comma - 2) == Kind::Comma {
        comma -= 2;
    }
    let named = |i: &usize| s.tokens[*i].is_name_like() || s.class(*i).any(Class::PARTICLE);
    let Some(start) = (lo..comma).rev().take_while(named).last() else { return range };
    let begins = start == lo
        || !s.tokens[start - 1].is_word()
        || s.class(start - 1).any(Class::COORDINATOR.with(Class::SUBORDINATOR))
            && !s.class(start - 1).any(Class::PREPOSITION);
    let person = s.class(start).any(Class::GIVEN.with(Class::RANK).with(Class::HONORIFIC));
    let clause = s.kind(start.saturating_sub(1)) != Kind::Comma || start == lo;
    if begins && s.tokens[start].is_name_like() && (person || clause) {
        Range::new(start, range.end)
    } else {
        range
    }
}

/// Returns the full extent of a phrase such as `friends of Ana Lim, Karl Holt and Dora Berg`, of which only the last
/// two names were found.
fn with_list_before(s: &Skeleton<'_>, lo: usize, range: Range) -> Range {
    let joined = range.indices().any(|i| s.class(i).any(Class::COORDINATOR));
    let Some(comma) = range.start.checked_sub(1).filter(|&i| i > lo && joined) else {
        return range;
    };
    let start = grow_left(s, lo, comma);
    let of = (start..comma).find(|&i| s.class(i).any(Class::GENITIVE));
    let people = of.is_some_and(|of| (start..of).any(|i| s.class(i).any(Class::PEOPLE)));
    if s.kind(comma) == Kind::Comma && people && begins_clause(s, lo, start) {
        Range::new(start, range.end)
    } else {
        range
    }
}

/// Returns the comma before a description that is `range` or ends with it: `professor at the University of Odlin,
/// [Lorvik]`.
fn description_comma(s: &Skeleton<'_>, lo: usize, range: Range) -> Option<usize> {
    let mut segment = range;
    for _ in 0..MOST_SEGMENTS {
        let comma = segment.start.checked_sub(1).filter(|&i| i > lo && s.kind(i) == Kind::Comma)?;
        if is_description(s, segment) {
            return Some(comma);
        }
        let start = (lo..comma).rev().find(|&i| s.kind(i) == Kind::Comma).map_or(lo, |i| i + 1);
        segment = Range::new(start, comma);
        let verb = Class::AUXILIARY.with(Class::FINITE);
        let noun = Class::NOUN.with(Class::SOURCE_NOUN);
        if segment.indices().any(|i| s.class(i).any(verb) && !s.class(i).any(noun)) {
            return None;
        }
    }
    None
}

/// Returns whether a phrase is a description without a name: `a lawyer in Odlin`, `director of the museum`.
fn is_description(s: &Skeleton<'_>, range: Range) -> bool {
    let links = Class::PREPOSITION.with(Class::RELATIVE);
    let stop = range.indices().find(|&i| s.class(i).any(links) || !s.tokens[i].is_word());
    let head = stop.unwrap_or(range.end).checked_sub(1).filter(|&i| i >= range.start);
    // `Romney, the official said, …`: a noun with only a definite article before it is a subject by itself.
    let bare = range.end == range.start + 2
        && s.class(range.start).any(Class::DETERMINER)
        && !s.class(range.start).any(Class::INDEFINITE);
    // `In Reed v. Lim, the Supreme Court ruled`: the proper name of an organization with its article is a subject by
    // itself.
    let proper = head.is_some_and(|head| {
        s.class(range.start).any(Class::DETERMINER)
            && !s.class(range.start).any(Class::INDEFINITE)
            && s.kind(head) == Kind::Capital
            && s.class(head).any(Class::ORGANISATION)
    });
    let named = bare || proper && s.lexicon.lists_verbs();
    !named
        && head.is_some_and(|head| {
            let class = s.class(head);
            let role = class.any(Class::ROLE.with(Class::RANK).with(Class::ORGANISATION));
            !class.any(Class::GIVEN)
                && (role
                    || s.kind(head) == Kind::Lower && s.class(range.start).any(Class::DETERMINER))
        })
}

/// Returns whether a segment begins the second of two clauses: `declined to comment, [but Ana Lim]`.
fn begins_new_clause(s: &Skeleton<'_>, before: Range, segment: Range) -> bool {
    let named = segment.end > segment.start + 1 && s.tokens[segment.start + 1].is_name_like();
    let clause =
        s.kind(before.start) == Kind::Lower && s.lexicon.ends_like_past(s.word(before.start));
    named && clause && s.class(segment.start).any(Class::COORDINATOR)
}

/// Returns whether a segment describes the one before it and cannot be the subject itself.
fn leans_left(s: &Skeleton<'_>, segment: Range) -> bool {
    let class = s.class(segment.start);
    let lower = s.kind(segment.start) == Kind::Lower;
    let named = |i: usize| s.class(i).any(Class::GIVEN);
    // `Nevada Democrat`, `Massachusetts Democrat and a member of the committee`: a party describes the person named
    // before it.
    let mut first = segment.indices().take(3);
    let party =
        first.any(|i| s.class(i).any(Class::PARTY)) && !segment.indices().take(3).any(named);
    class.any(Class::RELATIVE.with(Class::SUFFIX))
        || s.kind(segment.start) == Kind::Number
        || party
        || !named(segment.start) && is_affiliation(s, segment.start, segment.end)
        || class.any(Class::ROLE) && is_description(s, segment)
        || lower && !class.any(Class::PRONOUN)
        || all_names(s, segment.start, segment.end)
            && segment.end - segment.start == 1
            && !s.class(segment.start).any(Class::GIVEN)
}

/// Returns whether a segment is a role without a name, which describes the person named before it: `Panama coach`.
fn is_role_alone(s: &Skeleton<'_>, segment: Range) -> bool {
    let last = segment.indices().rev().find(|&i| s.tokens[i].is_word());
    let role = segment.indices().any(|i| s.class(i).any(Class::ROLE.with(Class::RANK)));
    role && last
        .is_some_and(|i| s.kind(i) == Kind::Lower || s.class(i).any(Class::ROLE.with(Class::RANK)))
}

/// Adds the role before a name: `Malaysia's prime minister, Najib Razak`.
fn with_role_before(s: &Skeleton<'_>, lo: usize, range: Range) -> Range {
    if range.start < lo + 2
        || s.kind(range.start - 1) != Kind::Comma
        || !s.tokens[range.start].is_name_like()
    {
        return range;
    }
    let end = range.start - 1;
    let start = (lo..end).rev().find(|&i| s.kind(i) == Kind::Comma).map_or(lo, |i| i + 1);
    // `a letter in which his son, Karl Holt`: the role begins after the relative pronoun.
    let start = after_relative(s, Range::new(start, end));
    let segment = Range::new(start, end);
    let role = segment.indices().any(|i| s.class(i).any(Class::ROLE.with(Class::RANK)));
    if !role
        || is_adverbial(s, segment)
        || segment.indices().any(|i| {
            s.class(i).any(Class::AUXILIARY.with(Class::FINITE))
                && !s.class(i).any(Class::NOUN.with(Class::SOURCE_NOUN))
        })
    {
        return range;
    }
    // `Der Fraktionschef der Opposition, Ana Lim`: the entire segment belongs to the role if it begins with a
    // determiner or the role itself.
    if s.class(start).any(Class::DETERMINER.with(Class::ROLE)) {
        return Range::new(start, range.end);
    }
    // `who succeeded him as Holt's secretary of state, Lim wrote`: the role must begin the segment.
    let role = left(s, start, end).filter(|role| role.start == start);
    role.map_or(range, |role| Range::new(role.start, range.end))
}

/// Returns the earliest possible start of the clause that ends at `end`: after the last semicolon, colon, full stop or
/// quotation, or after the last dash unless another one ends the clause.
fn hard_boundary(s: &Skeleton<'_>, lo: usize, end: usize) -> usize {
    let pair = end > lo && s.kind(end - 1) == Kind::Dash;
    (lo..end)
        .rev()
        .find(|&i| match s.kind(i) {
            Kind::Semicolon | Kind::Quote(_) | Kind::Colon | Kind::Stop => true,
            Kind::Dash => !pair,
            _ => false,
        })
        .map_or(lo, |i| i + 1)
}

/// Splits `lo..hi` at commas outside brackets, and at dashes.
fn segments(s: &Skeleton<'_>, lo: usize, hi: usize) -> Vec<Range> {
    let mut found = Vec::new();
    let mut start = lo;
    let mut depth = 0_i32;
    for i in lo..hi {
        match s.kind(i) {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Comma | Kind::Dash if depth <= 0 => {
                if i > start {
                    found.push(Range::new(start, i));
                }
                start = i + 1;
            }
            _ => {}
        }
    }
    if hi > start {
        found.push(Range::new(start, hi));
    }
    found
}

/// Returns whether a segment begins like a statement of time, place or reason: `after the match`, `speaking in Paris`.
/// A segment that consists only of conjunctions counts too.
pub(super) fn is_adverbial(s: &Skeleton<'_>, segment: Range) -> bool {
    let mut at = segment.start;
    while at < segment.end && s.class(at).any(Class::COORDINATOR) {
        at += 1;
    }
    if at >= segment.end {
        return true;
    }
    let class = s.class(at);
    if class.any(Class::RELATIVE) {
        return false;
    }
    let gerund = s.lexicon.ends_like_gerund(s.word(at))
        && s.class(at).without(Class::GERUND.with(Class::VERB)).is_unknown()
        && s.tokens[at].is_word();
    class.any(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::GERUND))
        || class.any(Class::ADVERB.with(Class::CALENDAR)) && !class.any(Class::GIVEN)
        || gerund
        || class.any(Class::PARTICIPLE) && !class.any(Class::NOUN) && s.kind(at) == Kind::Capital
        || class.any(Class::TO)
}

/// Returns the phrase that begins a clause after any adverbials, usually its subject: `[Ethnic Albanians] did not
/// reveal`. `None` if it can neither name a source nor introduce a name.
pub(super) fn first(s: &Skeleton<'_>, lo: usize, hi: usize) -> Option<Range> {
    let mut at = lo;
    loop {
        while at < hi
            && (s.class(at).any(Class::COORDINATOR)
                || matches!(s.kind(at), Kind::Comma | Kind::Other)
                || s.class(at).any(Class::ADVERB) && !s.tokens[at].is_name_like()
                || opens_with_adverb(s, at))
        {
            at += 1;
        }
        let stop = (at..hi).find(|&i| matches!(s.kind(i), Kind::Comma)).unwrap_or(hi);
        if at < stop && is_adverbial(s, Range::new(at, stop)) && stop < hi {
            at = stop + 1;
            continue;
        }
        break;
    }
    if at >= hi {
        return None;
    }
    if is_pronoun(s, at) {
        return Some(Range::new(at, at + 1));
    }
    if is_adverbial(s, Range::new(at, hi)) {
        return None;
    }
    let end = grow_right(s, at, hi);
    let range = Range::new(at, end);
    if range.is_empty() || !can_be_source(s, range) && !introduces_name(s, range, hi) {
        return None;
    }
    // The verb of the clause follows, so a description of the subject must be closed by a comma or colon.
    let end = apposition_right(s, end, hi, true);
    Some(Range::new(at, end))
}

/// Returns whether the token at `at` is an unlisted adverb that begins a sentence before a comma: `Allegedly, [the
/// mayor] …`
fn opens_with_adverb(s: &Skeleton<'_>, at: usize) -> bool {
    let word = s.word(at).to_lowercase();
    s.kind(at) == Kind::Capital
        && s.kind(at + 1) == Kind::Comma
        && at == s.sentences[s.sentence_of(at)].tokens.start
        && s.class(at).is_unknown()
        && !s.class(at).any(Class::GIVEN)
        && s.lexicon.ends_like_adverb(&word)
}

/// Returns whether a token is a pronoun that can be the subject of a verb of saying.
pub(super) fn is_pronoun(s: &Skeleton<'_>, at: usize) -> bool {
    s.class(at).any(Class::PRONOUN.with(Class::FIRST_PERSON))
        && s.tokens[at].is_word()
        && !s.class(at).any(Class::DETERMINER)
}

/// Returns whether a phrase can name a speaker: it contains a name, a pronoun or a noun for a source, or it is a short
/// indefinite phrase (`many`).
pub(super) fn can_be_source(s: &Skeleton<'_>, range: Range) -> bool {
    let mut indefinite = false;
    for i in range.indices() {
        let class = s.class(i);
        let possessive = class.any(Class::POSSESSIVE) && i + 1 == range.end;
        if s.tokens[i].is_name_like() && !possessive
            || class.any(Class::SOURCE_NOUN) && !class.any(Class::POSSESSIVE)
            || is_pronoun(s, i)
        {
            return true;
        }
        indefinite |= class.any(Class::INDEFINITE);
    }
    let words = range.end - range.start;
    indefinite && words <= 2
}

/// Returns whether a phrase is a determiner with one or two unknown words, which can be the subject of an adjacent
/// verb: `the city`, `the 40-year-old`.
fn is_plain_subject(s: &Skeleton<'_>, range: Range) -> bool {
    let words = range.end - range.start;
    (2..=3).contains(&words)
        && s.class(range.start).any(Class::DETERMINER)
        && range
            .indices()
            .skip(1)
            .all(|i| s.class(i).is_unknown() && !s.class(i).any(Class::POSSESSIVE))
}
