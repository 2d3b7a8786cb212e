//! The attribution rules, tried in the order of [`IN_SENTENCE`] and [`CARRIED`]; each file contains one rule or several
//! related ones.
//!
//! First each quotation is tested against the rules that read its own sentence. Quotations without a source are then
//! tested against the rules that carry one over from a neighboring quotation or sentence. There is no rule of last
//! resort: a quotation that no rule attributes has no speaker. A source that cannot have said the words (`unsaid`) is
//! dropped, and no further rule is tried.
//!
//! The confidence of each rule is set here, in one place. *High* is reserved for rules of which at least 97 of 100
//! attributions were right on labeled news that was not used to write them. Rules that matched fewer than ten times
//! there have medium confidence, unless their pattern allows only one reading. In languages with fewer than fifty
//! labeled quotations, which lack the habit `graded` in their grammar, no rule has more than medium confidence. The
//! exception is a verb and a full name after the quotation, in languages in which this form was measured (`graded
//! inversion`: 80 of 80 speakers were right in French, Spanish, Dutch, Portuguese and Italian). A single attribution
//! has less confidence than its rule in some cases: a pronoun that may refer to two people, a noun of unknown meaning,
//! a closing mark that had to be guessed.

pub(super) mod according;
pub(super) mod action_beat;
pub(super) mod after;
pub(super) mod announcing;
pub(super) mod before;
pub(super) mod carried_back;
pub(super) mod carried_over;
pub(super) mod colon;
pub(super) mod continuation;
pub(super) mod next_sentence;
pub(super) mod null_subject;
pub(super) mod passive;
pub(super) mod previous_paragraph;
pub(super) mod previous_sentence;
pub(super) mod remainder;
pub(super) mod reported_mood;
pub(super) mod same_sentence;
pub(super) mod signature;
pub(super) mod subordinate;
pub(super) mod unsaid;
pub(super) mod verb_final;

use crate::quotes::Confidence::{self, High, Medium};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::speakable::{self, Strength};

/// A rule: its name, its confidence, and the reason for that confidence.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) confidence: Confidence,
    #[expect(dead_code, reason = "the reason of each grade, kept beside it")]
    why: &'static str,
}

macro_rules! rules {
    ($($name:ident: $text:literal, $confidence:ident, $why:literal;)*) => {
        $(pub(super) static $name: Rule = Rule { name: $text, confidence: $confidence, why: $why };)*
    };
}

rules! {
    AFTER_INVERTED: "after_inverted", High, "the verb touches the quotation, its subject follows";
    AFTER_UNLISTED: "after_unlisted", Medium, "an unknown word is where a verb of saying would be, beside its subject";
    AFTER: "after", High, "subject and verb touch the quotation";
    SIGNATURE: "signature", Medium, "a name after a dash may also name a work";
    BEFORE: "before", High, "the verb introduces the quotation with nothing but an object between";
    BEFORE_APART: "before_apart", Medium, "words between the verb and the quotation may hold a clause of someone else";
    BEFORE_SHARED: "before_shared", Medium, "the subject stands in an earlier clause of the sentence";
    BEFORE_UNLISTED: "before_unlisted", Medium, "an unknown word between a subject and the comma before the quotation";
    VERB_FINAL: "verb_final", Medium, "the verb ends its clause, its subject may be an object";
    REMAINDER: "remainder", High, "the sentence goes on after the quotation and ends in subject and verb";
    ACCORDING: "according", High, "the phrase can only name a source";
    TRANSCRIPT: "transcript", High, "a name and a colon begin the line";
    COLON: "colon", Medium, "the subject of a sentence that ends in a colon, its verb unknown";
    PASSIVE: "passive", Medium, "whoever is quoted may only repeat what somebody else said";
    SAME_SENTENCE: "same_sentence", Medium, "another quotation of the sentence has this source";
    CARRIED_OVER: "carried_over", High, "the quotation before was left open, as newspapers do";
    CARRIED_BACK: "carried_back", Medium, "the quotation goes on in the next paragraph, which names its source";
    CONTINUATION: "continuation", High, "the sentence before holds a quotation with this source";
    REPORTED_MOOD: "reported_mood", Medium, "a verb in reported mood goes on with what the sentence before reports";
    NULL_SUBJECT: "null_subject", Medium, "the verb has no subject; that of the sentence before is taken";
    PREVIOUS_SENTENCE: "previous_sentence", Medium, "the sentence before reports what its subject said";
    ACTION_BEAT: "action_beat", Medium, "the sentence beside it says what somebody does, not that he speaks";
    NEXT_SENTENCE: "next_sentence", Medium, "the sentence after names who said it";
    PREVIOUS_PARAGRAPH: "previous_paragraph", Medium, "the paragraph before ends with words of this source";
    INDIRECT: "indirect", Medium, "where the reported words end is not marked";
    INDIRECT_ACCORDING: "indirect_according", High, "the phrase can only name a source";
}

/// A source found for a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    /// The tokens of the source phrase.
    pub(super) source: Range,
    /// The tokens of the cue.
    pub(super) cue: Option<Range>,
    pub(super) rule: &'static Rule,
    /// Whether the attribution is doubtful: perhaps the source cannot speak, or has not said the words.
    pub(super) weak: bool,
}

/// The input of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) s: &'a Skeleton<'a>,
    /// The index of the quotation in [`Skeleton::regions`].
    pub(super) region: usize,
    /// The index of the quotation's sentence.
    pub(super) sentence: usize,
    /// The index of the quotation's token.
    pub(super) at: usize,
    /// The tokens of the quotation's sentence.
    pub(super) tokens: Range,
    /// The reporter's words before the quotation, back to the previous quotation or the start of the sentence.
    pub(super) before: Range,
    /// The reporter's words after the quotation, up to the next quotation or the end of the sentence.
    pub(super) after: Range,
    /// The attributions found so far, by the index of the quotation.
    pub(super) found: &'a [Option<Attribution>],
}

impl<'a> Context<'a> {
    /// Collects the input of the rules for one quotation.
    pub(super) fn new(
        s: &'a Skeleton<'a>,
        region: usize,
        found: &'a [Option<Attribution>],
    ) -> Self {
        let (sentence, at) = s.place[region];
        let tokens = s.sentences[sentence].tokens;
        let start = (tokens.start..at).rev().find(|&i| s.tokens[i].is_quote());
        let end = (at + 1..tokens.end).find(|&i| s.tokens[i].is_quote());
        let end = if s.is_run_together(region) { Some(at + 1) } else { end };
        Context {
            s,
            region,
            sentence,
            at,
            tokens,
            before: Range::new(start.map_or(tokens.start, |i| i + 1), at),
            after: Range::new(at + 1, end.unwrap_or(tokens.end)),
            found,
        }
    }

    /// Returns whether the quotation starts its sentence.
    pub(super) fn leads(&self) -> bool {
        !(self.tokens.start..self.at)
            .any(|i| self.s.tokens[i].is_word() || self.s.tokens[i].is_quote())
    }

    /// Returns whether the quotation begins its paragraph.
    pub(super) fn begins_paragraph(&self) -> bool {
        self.leads() && (self.sentence == 0 || !self.same_paragraph(self.sentence - 1))
    }

    /// Returns whether a sentence is in the paragraph of the quotation.
    pub(super) fn same_paragraph(&self, sentence: usize) -> bool {
        self.s
            .sentences
            .get(sentence)
            .is_some_and(|other| other.paragraph == self.s.sentences[self.sentence].paragraph)
    }

    /// Returns whether the quotation's paragraph directly follows the paragraph of a sentence, with no heading in
    /// between.
    pub(super) fn follows_paragraph_of(&self, sentence: usize) -> bool {
        let mine = &self.s.sentences[self.sentence];
        !mine.after_heading
            && self.s.sentences.get(sentence).is_some_and(|o| o.paragraph + 1 == mine.paragraph)
    }

    /// Returns whether the next quotation begins a sentence of the next paragraph.
    pub(super) fn is_continued(&self) -> bool {
        let next = self.s.place.get(self.region + 1);
        next.is_some_and(|&(sentence, token)| {
            let sentence = &self.s.sentences[sentence];
            sentence.tokens.start == token
                && sentence.paragraph == self.s.sentences[self.sentence].paragraph + 1
        })
    }

    /// Returns the text inside the quotation marks.
    pub(super) fn inner(&self) -> &'a str {
        self.s.regions[self.region].inner.slice(self.s.text)
    }

    /// Returns the first token after the quotation that is not a comma, a dash, another symbol or part of a bracketed
    /// remark.
    pub(super) fn after_start(&self) -> usize {
        let mut at = self.after.start;
        while at < self.after.end {
            match self.s.kind(at) {
                Kind::Comma | Kind::Dash | Kind::Close | Kind::Other => at += 1,
                Kind::Open => {
                    match (at..self.after.end).take(12).find(|&i| self.s.kind(i) == Kind::Close) {
                        Some(close) => at = close + 1,
                        None => break,
                    }
                }
                _ => break,
            }
        }
        at
    }

    /// Returns the quotation before this one and its attribution; `None` if it has no attribution.
    pub(super) fn previous(&self) -> Option<(usize, Attribution)> {
        let region = self.region.checked_sub(1)?;
        Some((region, self.found[region]?))
    }
}

type Find = fn(&Context<'_>) -> Option<Attribution>;

/// The rules that read the sentence of the quotation, in order.
const IN_SENTENCE: &[Find] = &[
    signature::find,
    passive::quoted_object,
    passive::before_participle,
    subordinate::find,
    before::introducing,
    after::inverted,
    after::straight,
    after::unlisted,
    according::find,
    passive::find,
    remainder::find,
    verb_final::find,
    before::apart,
    before::unlisted,
    after::straight_unlisted,
    colon::find,
];

/// The rules that carry over a source, in order.
const CARRIED: &[Find] = &[
    same_sentence::find,
    carried_over::find,
    null_subject::find,
    reported_mood::find,
    continuation::find,
    carried_back::find,
    next_sentence::find,
    previous_sentence::find,
    action_beat::find,
    previous_paragraph::find,
];

/// Returns the result of a rule with its source reduced to a phrase that can name a speaker; `None` if there is no such
/// phrase.
pub(super) fn lawful(s: &Skeleton<'_>, found: Attribution) -> Option<Attribution> {
    let (mut source, strength) = speakable::lawful(s, found.source)?;
    let governed = [&ACCORDING, &PASSIVE, &INDIRECT_ACCORDING].map(|rule| rule.name);
    let is_governed = governed.contains(&found.rule.name);
    let oblique = s.class(source.start).any(Class::OBLIQUE);
    let document = source.indices().any(|i| s.class(i).any(Class::DOCUMENT));
    if oblique && !document && !is_governed {
        return None;
    }
    // `Der Polizei zufolge`, `laut dem Bericht`: an article in an oblique case is not part of the name.
    let article = s.class(source.start).any(Class::OBLIQUE.with(Class::CASE));
    if is_governed && article && source.end > source.start + 1 {
        source.start += 1;
    }
    if is_carrier(s, source, found.cue) || follows_counter(s, source) {
        return None;
    }
    // `Lim denied that it was “a farce”`: perhaps the words are those of an accuser.
    let denies = verb_of(found.cue).is_some_and(|verb| s.class(verb).any(Class::DENIAL));
    let weak = found.weak || denies || is_modal(s, &found) || strength == Strength::Weak;
    Some(Attribution { source, weak, ..found })
}

/// Returns the last word of a cue, which is its verb.
fn verb_of(cue: Option<Range>) -> Option<usize> {
    cue.filter(|cue| !cue.is_empty()).map(|cue| cue.end - 1)
}

/// Returns whether the verb of the cue has a modal auxiliary, so that perhaps nobody has said the words: `Holt could
/// claim that …`.
pub(super) fn is_modal(s: &Skeleton<'_>, found: &Attribution) -> bool {
    verb_of(found.cue).is_some_and(|verb| reporting_clause::group(s, 0, verb).modal)
}

/// Returns whether a source follows the counter of a picture in a series, so that the title of the series and the
/// caption are mistaken for one phrase: `Photo 3 of 12 Photos: Fair in Norvale Bakers shout, “…”`.
fn follows_counter(s: &Skeleton<'_>, source: Range) -> bool {
    let colon = source.start.checked_sub(1).filter(|&i| s.kind(i) == Kind::Colon);
    let number = |i: usize| s.kind(i) == Kind::Number;
    let counts = |i: usize| {
        number(i) && s.class(i + 1).any(Class::GENITIVE.with(Class::LINK)) && number(i + 2)
    };
    colon.is_some_and(|colon| (colon.saturating_sub(LONGEST_COUNTER)..colon).any(counts))
}

/// The maximum number of tokens in a counter before its colon: `3 of 12 Photos:`.
const LONGEST_COUNTER: usize = 4;

/// Returns whether the source is only a thing on which the words are written: `a painted board reading “…”`, unlike `a
/// statement reading “…”` and `Lim read: “…”`.
fn is_carrier(s: &Skeleton<'_>, source: Range, cue: Option<Range>) -> bool {
    let verb = verb_of(cue).map(|verb| s.class(verb)).filter(|verb| verb.any(Class::TEXTUAL));
    let Some(verb) = verb else { return false };
    let participle = verb.any(Class::GERUND) && !verb.any(Class::FINITE);
    let somebody = !participle && action_beat::is_somebody(s, source);
    let pronoun = noun_phrase::is_pronoun(s, source.start);
    !somebody && !pronoun && !speakable::is_document(s, source)
}

/// Returns the attribution of each quotation of an article.
pub(super) fn attribute(s: &Skeleton<'_>) -> Vec<Option<Attribution>> {
    let mut found = vec![None; s.regions.len()];
    let mut unsaid = vec![false; s.regions.len()];
    if !s.lexicon.is_supported() {
        return found;
    }
    for rules in [IN_SENTENCE, CARRIED] {
        for region in 0..s.regions.len() {
            if found[region].is_none() && !unsaid[region] {
                let context = Context::new(s, region, &found);
                let inner = s.regions[region].inner;
                let stands_apart = |found: &Attribution| !s.span(found.source).overlaps(inner);
                let source =
                    rules.iter().find_map(|find| lawful(s, find(&context)?).filter(stands_apart));
                unsaid[region] = source.is_some_and(|found| !unsaid::may_say(&context, &found));
                found[region] = source.filter(|_| !unsaid[region]);
            }
        }
    }
    found
}
