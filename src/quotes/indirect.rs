//! Indirect quotations: reported speech without quotation marks.
//!
//! * `Lim said (that) the dam was safe.` — the clause after the verb, its hearer and `that`, if there are any.
//! * `The dam was safe, Lim said.`, `The dam, Lim said, was safe.` — the clause before or around subject and verb.
//! * `According to Lim, the dam was safe.` — the rest of the sentence.
//! * `Lim accused the firm of …, adding that …` — each reporting verb reports the words up to the next one.
//! * `Lim asked whether the dam was safe.` — a reported question.
//! * `As Lim said on Monday, the dam was safe.`, `…, so die Behörde.` — the rest of the sentence.
//!
//! * `Lim said it was safe, but Berg said it was not.` — a main clause with its own subject starts a new report.
//!
//! Only a clause is reported: not a thing (`announced a plan`), a purpose (`a drive to allow voters …`), something that
//! might be said, or the presupposition of a question. A vow or an order reports its infinitive (`vowed to leave`), an
//! accusation the deed (`accused the firm of hiding it`). A report whose source is not clearly a person, a body or a
//! document is dropped, because a report of words that nobody said is worse than a missing one.
//!
//! Text in quotation marks is left to the rules for quotations: a verb that introduces a quotation reports nothing
//! here, and reported words that contain a quotation are a mixed quotation. The content ends before the reporter's
//! additions: `, while …`, `, according to …`, `, which …`, `, but it …`, `, so it …`, `, and the police closed …`, and
//! a final remark (`, a setback for the plan`). The content continues in a coordinate clause about a state (`, and the
//! fares would rise`), and includes a condition before the attribution (`If it rains, Lim said, …`).
//!
//! Known limits: without a comma, a final clause by the reporter cannot be distinguished from the speaker's; an event
//! that the speaker recounts after `, and` is taken for the reporter's addition; a passive without an agent (`they were
//! told that …`) has no source and is skipped.

use crate::quotes::clause::{self, Evidence};
use crate::quotes::complement;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause::{self, Frame};
use crate::quotes::rules::{self, Attribution, INDIRECT, INDIRECT_ACCORDING, according, unsaid};
use crate::quotes::speakers;

/// The minimum number of words in the content of a report.
const FEWEST_WORDS: usize = 3;

/// The maximum number of words in the adverbial, such as a day or place, that may follow an attribution at the end of a
/// sentence.
const MOST_OCCASION: usize = 6;

/// A report: its content and its source.
#[derive(Debug)]
pub(super) struct Reported {
    pub(super) content: Vec<Range>,
    pub(super) attribution: Attribution,
    /// Whether the report is an indirect quotation of its own; otherwise it only records who spoke last: `Lim told the
    /// club to prepare.`
    pub(super) listed: bool,
}

/// Finds the reports of an article in the order of their sentences, including those that are not listed; `attributed`
/// are the attributions of its quotations.
pub(super) fn find(s: &Skeleton<'_>, attributed: &[Option<Attribution>]) -> Vec<Reported> {
    let mut taken = vec![false; s.tokens.len()];
    for (attribution, (sentence, _)) in attributed.iter().zip(&s.place) {
        // The verb of a source that was carried over from an earlier sentence can still report its own clause.
        let here = s.sentences[*sentence].tokens;
        let cue = attribution.and_then(|a| a.cue).filter(|cue| cue.start >= here.start);
        if let Some(cue) = cue.filter(|cue| cue.end <= here.end) {
            taken.get_mut(cue.indices()).unwrap_or_default().fill(true);
        }
    }
    let mut found = Vec::new();
    for sentence in &s.sentences {
        if ends_in_question(s, sentence.tokens) {
            continue;
        }
        let tokens = without_stop(s, sentence.tokens);
        let from = found.len();
        if sentence.classes.all(Class::AS)
            && sentence.classes.any(Class::FRAME)
            && let Some(reported) = as_said(s, tokens, &taken)
        {
            found.push(reported);
            continue;
        }
        if sentence.classes.any(Class::FRAME) {
            in_sentence(s, tokens, &taken, &mut found);
        }
        if nothing_listed(&found, from)
            && sentence.classes.any(Class::FINITE.with(Class::PARTICIPLE))
        {
            // `…, said Lim, according to the Lorvik Post`: the paper only repeats Lim's words.
            let end = aside(s, tokens.start + FEWEST_WORDS, tokens.end);
            let told = inverted(s, tokens, &taken)
                .or_else(|| inverted(s, Range::new(tokens.start, end), &taken));
            found.extend(told);
        }
        if nothing_listed(&found, from) && sentence.classes.any(Class::ATTACHED) {
            found.extend(attached(s, tokens));
        }
        if nothing_listed(&found, from)
            && sentence.classes.any(Class::ACCORDING.with(Class::ACCORDING_AFTER))
            && !tokens.indices().any(|i| s.tokens[i].is_quote())
            && let Some(reported) = according_to(s, tokens)
        {
            found.push(reported);
        }
    }
    found.into_iter().filter_map(|report| lawful(s, report)).collect()
}

/// Returns a report without labels and connectives, with its source reduced to a phrase that can name a speaker; `None`
/// if there is no such phrase, if nobody in particular has spoken, or if the text is a list of links.
fn lawful(s: &Skeleton<'_>, mut report: Reported) -> Option<Reported> {
    if is_group_of_poll(s, &report.attribution) {
        return None;
    }
    let own = |part| without_connective(s, without_label(s, without_headline(s, part)));
    report.content = report.content.into_iter().map(own).collect();
    // `However, as Lim notes, …`: a part that is only a connective is dropped.
    let several = report.content.len() > 1;
    report.content.retain(|part| !several || !is_connective(s, *part));
    if report.content.iter().any(|part| is_list_of_links(s, *part)) {
        return None;
    }
    report.attribution.source = resolved(s, report.attribution.source)?;
    if s.lexicon.lists_verbs() && !clause::is_plain_source(s, report.attribution.source) {
        return None;
    }
    let attribution = rules::lawful(s, report.attribution)?;
    // `In Kelmar kündigte eine Untersuchung an`: the object, taken for the subject, cannot also be the content.
    let is_source = |part: &Range| part.overlaps(attribution.source);
    let listed = report.listed && !report.content.iter().any(is_source);
    Some(Reported { attribution, listed, ..report })
}

/// The maximum number of words in a label that begins a sentence.
const MOST_LABEL: usize = 4;

/// Removes a label and its colon from the words that begin a sentence: `Pensions: [The fund fell by a tenth]`.
fn without_label(s: &Skeleton<'_>, part: Range) -> Range {
    let begins = s.sentences[s.sentence_of(part.start)].tokens.start == part.start;
    let near = part.start + 1..part.end.min(part.start + 1 + MOST_LABEL);
    let colon = near.into_iter().find(|&i| !s.tokens[i].is_word());
    colon
        .filter(|&i| begins && s.kind(i) == Kind::Colon && s.kind(i + 1) == Kind::Capital)
        .map_or(part, |i| Range::new(i + 1, part.end))
}

/// Removes a word in capitals and its dash from the words that begin a sentence: `UPDATE – [The road is open again]`.
fn without_headline(s: &Skeleton<'_>, part: Range) -> Range {
    let begins = s.sentences[s.sentence_of(part.start)].tokens.start == part.start;
    let word = s.word(part.start);
    let shouted = word.len() > 1 && word.chars().all(char::is_uppercase);
    let label = begins && shouted && s.kind(part.start + 1) == Kind::Dash;
    if label && part.start + 2 < part.end { Range::new(part.start + 2, part.end) } else { part }
}

/// Removes the reporter's connective from the words that begin a sentence: `However, [as Lim notes, …]`, `But [the
/// fund …]`.
fn without_connective(s: &Skeleton<'_>, part: Range) -> Range {
    let begins = s.sentences[s.sentence_of(part.start)].tokens.start == part.start;
    let comma = usize::from(s.kind(part.start + 1) == Kind::Comma);
    let class = s.class(part.start);
    // `So far, the road is open` and `Nor has the ferry sailed` keep their first words.
    let joins = class.any(Class::COORDINATOR)
        && !class.any(Class::ADVERB)
        && !s.class(part.start + 1).any(Class::AUXILIARY)
        || class.any(Class::CONTRAST) && comma > 0;
    let start = part.start + 1 + comma;
    if begins && joins && start < part.end { Range::new(start, part.end) } else { part }
}

/// Returns whether a part of a content is a single word that is a connective of the reporter.
fn is_connective(s: &Skeleton<'_>, part: Range) -> bool {
    part.end == part.start + 1
        && s.class(part.start).any(Class::CONTRAST.with(Class::COORDINATOR).with(Class::ADVERB))
}

/// Returns whether a vertical bar separates the words, as it separates titles in a list of links: `Port says ferry is
/// late | Weather`.
fn is_list_of_links(s: &Skeleton<'_>, part: Range) -> bool {
    part.indices().any(|i| s.word(i) == "|")
}

/// Returns whether a reporting clause only identifies a group of people, or states the opinion of a population: `voters
/// who say they never pray favored …`, `when people say …`, `sources reporting that …`.
fn is_group_of_poll(s: &Skeleton<'_>, found: &Attribution) -> bool {
    let Some(verb) = found.cue.map(|cue| cue.start) else { return false };
    let source = found.source;
    let group = reporting_clause::group(s, source.end, verb).start;
    let relative = group.checked_sub(1).filter(|&i| i >= source.end);
    let restricts = s.class(verb).any(Class::BASE)
        && relative.is_some_and(|i| i == source.end && s.class(i).any(Class::RELATIVE));
    let before = source.start.checked_sub(1).filter(|&i| s.tokens[i].is_word());
    // `with aides admitting that …` is a report.
    let governed = before.is_some_and(|i| s.class(i).any(Class::PREPOSITION));
    let adjoined = s.class(verb).any(Class::GERUND) && source.end == verb && !governed;
    let supposed = s.sentences[s.sentence_of(verb)].tokens.start + 1 == source.start
        && before.is_some_and(|i| s.class(i).any(Class::SUBORDINATOR))
        && source.end == source.start + 1
        && s.kind(source.start) == Kind::Lower;
    // `voters think it will rain`: the opinion of a population, which nobody has uttered.
    let opinion = s.class(verb).any(Class::MENTAL) && unsaid::is_of_opinion(s, source);
    opinion || (restricts || adjoined || supposed) && unsaid::is_crowd(s, source)
}

/// Returns the source of a report. For a document with only a definite determiner (`the poll`), this is the nearest
/// earlier phrase with the same noun and a name (`Norvale University's poll`), or the document itself if its sender is
/// known; otherwise there is no source. `others` alone is not a source either.
fn resolved(s: &Skeleton<'_>, source: Range) -> Option<Range> {
    let last = source.end - 1;
    let first = s.class(source.start);
    let alone = source.end == source.start + 1;
    if alone && first.any(Class::INDEFINITE) && first.any(Class::PLURAL) {
        return None;
    }
    let speaks = Class::PEOPLE.with(Class::ROLE).with(Class::RANK).with(Class::ORGANISATION);
    let document = s.class(last).any(Class::DOCUMENT) && !s.class(last).any(speaks);
    let definite = first.any(Class::DETERMINER) && !first.any(Class::INDEFINITE.with(Class::OWNED));
    let bare = source.end == source.start + 2 && s.kind(last) == Kind::Lower;
    if !(document && definite && bare && s.lexicon.lists_verbs()) {
        return Some(source);
    }
    named_before(s, source).or_else(|| speakers::sender(s, source).map(|_| source))
}

/// Returns the nearest earlier phrase that ends in the same noun and contains a name.
fn named_before(s: &Skeleton<'_>, source: Range) -> Option<Range> {
    let here = s.sentence_of(source.start);
    let from = s.sentences[here.saturating_sub(NAMED_WITHIN)].tokens.start;
    let noun = s.word(source.end - 1);
    let earlier = (from..source.start).rev().filter(|&i| s.word(i).eq_ignore_ascii_case(noun));
    earlier
        .filter_map(|i| noun_phrase::left(s, from, i + 1))
        .find(|phrase| phrase.indices().any(|i| s.tokens[i].is_name_like()))
}

/// The number of sentences before the mention of a document that are searched for its full name.
const NAMED_WITHIN: usize = 4;

/// Returns whether none of the reports from an index on is listed.
fn nothing_listed(found: &[Reported], from: usize) -> bool {
    !found.iter().skip(from).any(|report| report.listed)
}

/// Returns whether a sentence is a question, in which the reporter supposes rather than reports.
fn ends_in_question(s: &Skeleton<'_>, tokens: Range) -> bool {
    let mut marks = tokens.indices().rev().take_while(|&i| !s.tokens[i].is_word());
    marks.any(|i| s.kind(i) == Kind::Stop && s.word(i) == "?")
}

fn without_stop(s: &Skeleton<'_>, tokens: Range) -> Range {
    let mut end = tokens.end;
    while end > tokens.start && s.kind(end - 1) == Kind::Stop {
        end -= 1;
    }
    Range::new(tokens.start, end)
}

/// A reporting verb with its source.
struct Report {
    frame: Frame,
    source: Range,
    /// The start of its main clause, before which the content of the preceding verb ends.
    start: usize,
    /// Whether the verb reports words; otherwise it only ends the content of the preceding verb.
    tells: bool,
}

fn in_sentence(s: &Skeleton<'_>, tokens: Range, taken: &[bool], found: &mut Vec<Reported>) {
    let reports = reports(s, tokens);
    for (i, report) in reports.iter().enumerate() {
        if taken[report.frame.verb] || !report.tells {
            continue;
        }
        let next = reports.get(i + 1);
        let end = next.map_or(tokens.end, |next| {
            let begins = if next.start == report.start { next.frame.group } else { next.start };
            trim_end(s, begins)
        });
        let end = aside(s, report.frame.verb + 1 + FEWEST_WORDS, end);
        let clause = Range::new(report.start, own_end(s, &report.frame, end));
        let content =
            bounded(s, content(s, clause, report.source, &report.frame), report.frame.verb);
        let listed =
            !s.lexicon.lists_verbs() || complement::is_reported(s, &report.frame, &content);
        if !listed && !complement::speaks(s, &report.frame) {
            continue;
        }
        let words: usize = content.iter().map(|r| words(s, *r)).sum();
        if words >= FEWEST_WORDS && !content.iter().any(|r| holds_marks(s, *r)) {
            let verb = report.frame.verb;
            let cue = Some(Range::new(verb, verb + 1));
            found.push(Reported {
                listed,
                content,
                attribution: Attribution {
                    source: report.source,
                    cue,
                    rule: &INDIRECT,
                    weak: false,
                },
            });
        }
    }
}

/// Returns the end of a reporting clause, which is before `end` if the clause interrupts or precedes another one: `Lim,
/// who says he never knew her, [has pleaded]`, `After Lim said so, [the council voted]`.
fn own_end(s: &Skeleton<'_>, frame: &Frame, end: usize) -> usize {
    let from = frame.verb + 1 + FEWEST_WORDS;
    let commas = || (from..end).filter(|&i| s.kind(i) == Kind::Comma);
    let relative = is_relative(s, frame);
    let verb = Class::AUXILIARY.with(Class::FINITE).with(Class::COMMON_VERB);
    let found = if relative {
        commas().find(|&i| s.class(i + 1).any(verb) || s.lexicon.ends_like_past(s.word(i + 1)))
    } else if opens_sentence(s, frame) {
        (from..end).find(|&i| matches!(s.kind(i), Kind::Comma | Kind::Dash))
    } else if is_in_adverbial(s, frame) {
        commas().find(|&i| clause::begins_with_subject(s, Range::new(i + 1, end)))
    } else {
        None
    };
    found.unwrap_or(end)
}

/// Returns whether the subject of a verb is a relative pronoun: `Lim, who said …`.
fn is_relative(s: &Skeleton<'_>, frame: &Frame) -> bool {
    frame.group > 0 && s.class(frame.group - 1).any(Class::RELATIVE)
}

/// Returns whether a clause belongs to the adverbial that begins its sentence: `In the case of a dinner where Lim said
/// …, the board [resigned]`.
fn is_in_adverbial(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let start = s.sentences[s.sentence_of(frame.verb)].tokens.start;
    let opens = Class::SUBORDINATOR.with(Class::RELATIVE);
    let dependent = frame
        .phrase()
        .and_then(|subject| subject.start.checked_sub(1))
        .is_some_and(|i| i > start && s.class(i).any(opens) && !s.class(i).any(Class::THAT));
    dependent && s.class(start).any(Class::PREPOSITION.with(Class::SUBORDINATOR))
}

/// Returns whether the clause of a verb is a subordinate clause that begins its sentence: `After Lim said`, `As Lim
/// noted`.
fn opens_sentence(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let sentence = s.sentences[s.sentence_of(frame.verb)].tokens;
    // `And while Lim said …`: a coordinating conjunction may come first.
    let joined = usize::from(s.class(sentence.start).any(Class::COORDINATOR));
    let first = s.class(sentence.start + joined);
    let comma = |i: usize| s.kind(i) == Kind::Comma;
    let whole = !(sentence.start..frame.verb).any(comma);
    whole && first.any(Class::SUBORDINATOR) && !first.any(Class::THAT)
}

/// Returns the parts of a content, without the reporter's additions to the part after the verb. The parts before the
/// verb are entirely the speaker's.
fn bounded(s: &Skeleton<'_>, content: Vec<Range>, verb: usize) -> Vec<Range> {
    let Some((&last, before)) = content.split_last().filter(|(last, _)| last.start > verb) else {
        return content;
    };
    let directs = s.class(verb).any(Class::DIRECTIVE.with(Class::LABEL));
    let last = if directs && complement::has_infinitive(s, last) {
        Range::new(last.start, clause::infinitive_end(s, last))
    } else {
        last
    };
    let end = clause::reported_end(s, last);
    let mut kept = before.to_vec();
    kept.push(Range::new(last.start, trim_end(s, end)));
    kept
}

/// Returns the reporting verbs of a sentence that are not inside another report.
fn reports(s: &Skeleton<'_>, tokens: Range) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let takes_words = |verb: usize| {
        s.class(verb).any(Class::CLAUSE.with(Class::OBJECT))
            || s.class(question_start(s, verb, tokens.end)).any(Class::QUESTION)
    };
    for frame in reporting_clause::all(s, tokens) {
        let tells = takes_words(frame.verb);
        match (reports.last(), frame.phrase()) {
            // `Asked whether he expected a fight, Lim …` does not report an expectation.
            (_, Some(source)) if is_asked(s, source) => {}
            (Some(last), Some(source)) if is_within(last, source) => {
                // `Lim, who knew the plan, said …`: the preceding verb is part of this one's subject.
                let start = last.start;
                if tells {
                    reports.pop();
                    reports.push(Report { frame, source, start, tells });
                }
            }
            (Some(last), Some(source)) if begins_clause(s, last.frame.verb, source) => {
                reports.push(Report { frame, source, start: source.start, tells });
            }
            (Some(_), Some(source)) if tells && closes(s, tokens, source, &frame) => {
                // `The firm expects a loss, Lim said.`: the entire clause is Lim's.
                reports.clear();
                reports.push(Report { frame, source, start: tokens.start, tells });
            }
            (Some(last), None)
                if tells && is_beside(s, &frame) && !is_of_others(s, last, &frame) =>
            {
                let (source, start) = (last.source, last.start);
                reports.push(Report { frame, source, start, tells });
            }
            (None, Some(source)) if tells => {
                reports.push(Report { frame, source, start: tokens.start, tells });
            }
            _ => {}
        }
    }
    reports
}

/// Returns whether the present participle of a verb of thinking has its subject in the reported clause: `Lim said many
/// had left, fearing the dam would burst`.
fn is_of_others(s: &Skeleton<'_>, last: &Report, frame: &Frame) -> bool {
    let speech = s.class(last.frame.verb).any(Class::SPEECH);
    last.tells && speech && s.class(frame.verb).all(Class::MENTAL.with(Class::GERUND))
}

/// Returns whether a question word directly precedes a subject, so that its clause is a subordinate question.
fn is_asked(s: &Skeleton<'_>, source: Range) -> bool {
    source
        .start
        .checked_sub(1)
        .is_some_and(|i| s.class(i).any(Class::QUESTION) && s.class(i).any(Class::SUBORDINATOR))
}

/// Returns whether the verb of a report is inside the subject of another verb.
fn is_within(report: &Report, subject: Range) -> bool {
    subject.start <= report.frame.verb && report.frame.verb < subject.end
}

/// Returns whether a comma, the subject and the verb end the sentence, with at most a short adverbial after them.
fn closes(s: &Skeleton<'_>, tokens: Range, source: Range, frame: &Frame) -> bool {
    let after = Range::new(frame.verb + 1, tokens.end);
    source.start > tokens.start + 1
        && s.kind(source.start - 1) == Kind::Comma
        && (after.is_empty() || noun_phrase::is_adverbial(s, after) && !has_clause(s, after))
        && words(s, after) <= MOST_OCCASION
}

/// Returns whether a subject after a verb of saying begins a clause that is not part of the verb's content: after `,
/// but`, `, while`, a semicolon or a dash.
fn begins_clause(s: &Skeleton<'_>, verb: usize, source: Range) -> bool {
    let Some(before) = source.start.checked_sub(1).filter(|&i| i > verb) else { return false };
    // `said it was over, though Berg warned that …`: a concession begins a new report.
    let concedes = s.class(before).any(Class::SUBORDINATOR)
        && (noun_phrase::is_pronoun(s, source.start) || s.class(before).any(Class::AS))
        && !s.class(before).any(Class::THAT.with(Class::QUESTION).with(Class::RELATIVE));
    let joins = s.class(before).any(Class::COORDINATOR.with(Class::ASIDE)) || concedes;
    matches!(s.kind(before), Kind::Semicolon | Kind::Dash)
        || joins && matches!(s.kind(before - 1), Kind::Comma | Kind::Semicolon)
}

/// Returns the comma after which the reporter's own words resume (`, while …`, `, according to …`), or `end`.
fn aside(s: &Skeleton<'_>, from: usize, end: usize) -> usize {
    let begins = |i: &usize| {
        s.kind(*i) == Kind::Comma
            && i + 1 < end
            && (s.class(i + 1).any(Class::ASIDE)
                || s.class(i + 1).any(Class::ACCORDING)
                    && s.lexicon.according().iter().any(|p| s.is_phrase(i + 1, end, p)))
    };
    (from..end).find(begins).unwrap_or(end)
}

/// Returns whether a reporting clause without a subject continues the preceding one (`, adding …`, `and warned …`)
/// rather than belonging to its content.
fn is_beside(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let before = frame.group.checked_sub(1);
    before.is_some_and(|i| match s.kind(i) {
        Kind::Comma => s.class(frame.verb).any(Class::GERUND),
        _ => s.class(i).any(Class::COORDINATOR) && s.class(frame.verb).any(Class::FINITE),
    })
}

fn content(s: &Skeleton<'_>, clause: Range, source: Range, frame: &Frame) -> Vec<Range> {
    let start = content_start(s, frame.verb, clause.end);
    let after = Range::new(start.unwrap_or(clause.end), clause.end);
    let parted = |kind| source.start > clause.start + 1 && s.kind(source.start - 1) == kind;
    let condition = clause.start + usize::from(s.class(clause.start).any(Class::COORDINATOR));
    // `If it rains — or snows — Lim said, …`: after a condition, a dash can take the place of the comma.
    let comma_before = source.start < frame.verb
        && !is_relative(s, frame)
        && (parted(Kind::Comma) || parted(Kind::Dash) && s.class(condition).any(Class::CONDITION));
    if !comma_before {
        return vec![after];
    }
    let before = Range::new(condition, source.start - 1);
    let leads = noun_phrase::is_adverbial(s, before) && words(s, before) < 12;
    let inserted = s.kind(frame.verb + 1) == Kind::Comma
        && after_contrast(s, frame.verb + 1) == frame.verb + 1;
    let short = words(s, after) <= 4 && !has_clause(s, after);
    // `…, Lim said on Monday, declining to say why`: the participle describes the speaker.
    let parted = s.kind(after.start) == Kind::Comma;
    let adjoined = parted && s.lexicon.ends_like_gerund(s.word(after.start + 1));
    let circumstance =
        !leads && !inserted && (start.is_none() || adjoined || noun_phrase::is_adverbial(s, after));
    let told = short && !leads || circumstance && has_verb(s, before);
    if told && words(s, before) > words(s, after).min(4) {
        return vec![before];
    }
    if is_of_speaker(s, before, inserted && leads) {
        return vec![before, after];
    }
    if inserted && !leads {
        // `The road is shut, Lim said, declining to say why`: the words after the second comma are the reporter's.
        let adjoined = s.lexicon.ends_like_gerund(s.word(after.start));
        let whole = adjoined && clause::is_clause(s, &[before], Evidence::Possible);
        return if whole { vec![before] } else { vec![before, after] };
    }
    vec![after]
}

/// Returns whether a fronted adverbial belongs to the reported clause: it is a condition (`If it rains, Lim said, …`),
/// or a prepositional phrase before an inserted attribution that does not state the occasion of the statement.
fn is_of_speaker(s: &Skeleton<'_>, before: Range, inserted: bool) -> bool {
    let first = s.class(before.start);
    let occasion = Class::DOCUMENT.with(Class::UTTERANCE).with(Class::VERB);
    let plain = !before.indices().any(|i| s.class(i).any(occasion));
    let long = words(s, before) > FEWEST_WORDS;
    first.any(Class::CONDITION) && long
        || inserted && plain && long && first.any(Class::PREPOSITION) && s.lexicon.lists_verbs()
}

/// Returns the position after a contrast between commas (`said, however, [it may rain]`), or the comma itself if there
/// is none.
fn after_contrast(s: &Skeleton<'_>, comma: usize) -> usize {
    let contrast = s.kind(comma) == Kind::Comma
        && s.class(comma + 1).any(Class::CONTRAST)
        && s.kind(comma + 2) == Kind::Comma;
    if contrast { comma + 3 } else { comma }
}

/// Returns the start of the content after a verb, its hearer, the occasion and `that`; `None` if the words after the
/// verb belong to its object, or if the end of a place cannot be determined.
fn content_start(s: &Skeleton<'_>, verb: usize, end: usize) -> Option<usize> {
    if is_of_object(s, verb) {
        return None;
    }
    if let Some(that) = that_of(s, verb, end) {
        // `said that is not enough`: `that` is the subject of the clause.
        return Some(if lacks_subject(s, that) { that } else { that + 1 });
    }
    let mut at = verb + 1;
    // `called on the minister to resign`: the particle belongs to the verb.
    let calls = s.class(verb).any(Class::LABEL);
    if s.class(at).any(Class::PARTICLE_OF_VERB) && (calls || s.kind(at + 1) == Kind::Comma) {
        at += 1;
    }
    // `the mayor warned, Norvalian farmers were ruined`: no hearer follows a comma.
    at = after_contrast(s, at);
    let parted = s.kind(at) == Kind::Comma;
    at += usize::from(parted);
    if s.class(verb).any(Class::HEARER) && !parted {
        let next = after_hearer(s, at, end);
        // `urged the government to act`: the hearer is part of the content.
        let negated = usize::from(s.class(next).any(Class::NEGATION));
        let to_act = s.class(next + negated).any(Class::TO)
            && s.class(verb).any(Class::OBJECT.with(Class::CLAUSE));
        if !to_act {
            at = next;
        }
    }
    while let Some(next) = after_occasion(s, at, end) {
        at = next;
    }
    // `accused the firm of hiding the figures`: only the deed is reported.
    let deed = s.class(verb).any(Class::OBJECT).then(|| complement::deed(s, Range::new(at, end)));
    if let Some(deed) = deed.flatten() {
        return Some(deed);
    }
    // `said in Paris the plan …`: the end of the place cannot be determined.
    let place = s.class(at).any(Class::LINK) && !s.class(at).any(Class::GENITIVE);
    let unclear = place && at < end && !s.class(verb).any(Class::OBJECT);
    (!unclear).then_some(at.min(end))
}

/// Returns whether `that` after a verb continues the description of its object: `the cuts the board had proposed that
/// would hurt schools`. After a verb of speech or avowal, `that` is taken for the subject of the clause.
fn is_of_object(s: &Skeleton<'_>, verb: usize) -> bool {
    let that = verb + 1;
    let own = Class::SPEECH.with(Class::AVOWAL);
    s.class(that).any(Class::THAT) && lacks_subject(s, that) && !s.class(verb).any(own)
}

/// Returns the possible start of a reported question: after the verb, its hearer and a comma.
fn question_start(s: &Skeleton<'_>, verb: usize, end: usize) -> usize {
    let mut at = verb + 1;
    if s.class(verb).any(Class::HEARER) {
        at = after_hearer(s, at, end);
    }
    if s.kind(at) == Kind::Comma { at + 1 } else { at }
}

/// Returns the `that` that introduces the content of a verb: directly after the verb, or after its hearer or the
/// occasion; not the one in `said the plan that failed`.
fn that_of(s: &Skeleton<'_>, verb: usize, end: usize) -> Option<usize> {
    let stop = Class::AUXILIARY.with(Class::FINITE);
    let that = (verb + 1..end.min(verb + 14)).find(|&i| {
        s.class(i).any(Class::THAT) || s.class(i).any(stop) && !s.class(i).any(Class::NOUN)
    });
    let that = that.filter(|&i| s.class(i).any(Class::THAT));
    let that = that.or_else(|| that_after_aside(s, verb, end))?;
    // `repeated that promise at a gala`: a demonstrative.
    let demonstrative = !s.class(verb).any(Class::SPEECH)
        && s.class(that).any(Class::DETERMINER)
        && s.kind(that + 1) == Kind::Lower
        && s.class(that + 1)
            .without(Class::SOURCE_NOUN.with(Class::NOUN).with(Class::FRAME).with(Class::CLAUSE))
            .is_unknown()
        && (that + 2 >= end
            || s.kind(that + 2) == Kind::Comma
            || s.class(that + 2).any(Class::PREPOSITION.with(Class::CALENDAR)))
        && !s.word(that + 1).ends_with('s')
        && !s.lexicon.ends_like_gerund(s.word(that + 1))
        && !has_clause(s, Range::new(that + 1, comma_after(s, that, end)));
    if demonstrative {
        return None;
    }
    // `said most farmers know that prices fall`: the clause begins before `that`, with its subject.
    let own = s.lexicon.lists_verbs()
        && s.class(verb).any(Class::SPEECH)
        && that > verb + 1
        && s.kind(that - 1) != Kind::Comma
        && (s.tokens[verb + 1].is_name_like() && !s.class(verb + 1).any(Class::CALENDAR)
            || s.class(verb + 1).any(Class::INDEFINITE.with(Class::PRONOUN)));
    // `remind them of the laws that failed`: the clause describes the laws.
    let hearer = s.class(verb).any(Class::HEARER) && s.class(verb + 1).any(Class::OBJECT_PRONOUN);
    if hearer && that > verb + 2 && s.class(verb + 2).any(Class::GENITIVE) {
        return None;
    }
    let direct = that == verb + 1
        || s.class(verb).any(Class::HEARER) && after_hearer(s, verb + 1, end) == that;
    // `promised a law that would help`: the clause describes the law.
    let describes = !direct && lacks_subject(s, that);
    // `said this month that`: the determiner belongs to a date.
    let dated = that <= verb + MOST_DATE
        && s.class(verb + 1).any(Class::BACKWARD)
        && s.class(that - 1).any(Class::CALENDAR);
    let determined = s.class(verb + 1).any(Class::DETERMINER) && that > verb + 1 && !dated;
    let relative = own || describes || determined;
    (!relative || !describes && s.class(verb).any(Class::HEARER)).then_some(that)
}

/// The maximum number of tokens from a verb to its `that` across a date: `announced this past January that`.
const MOST_DATE: usize = 4;

/// Returns whether a finite auxiliary follows `that`, which is then itself the subject of the clause.
fn lacks_subject(s: &Skeleton<'_>, that: usize) -> bool {
    let next = s.class(that + 1);
    // `that not only was it late`: a negation alone is not an auxiliary.
    let negates = next.any(Class::NEGATION) && !s.word(that + 1).contains(['\'', '’']);
    s.class(that).any(Class::DETERMINER)
        && next.any(Class::AUXILIARY)
        && !negates
        && !next.any(Class::NONFINITE.with(Class::NOUN).with(Class::PRONOUN))
}

/// Returns the next comma, or `end`.
fn comma_after(s: &Skeleton<'_>, at: usize, end: usize) -> usize {
    (at..end).find(|&i| s.kind(i) == Kind::Comma).unwrap_or(end)
}

/// Returns the `that` after an occasion and an aside between commas: `said in its report, parts of which were leaked,
/// that …`.
fn that_after_aside(s: &Skeleton<'_>, verb: usize, end: usize) -> Option<usize> {
    let near = end.min(verb + MOST_ASIDE);
    let open = (verb + 1..near.min(verb + 8)).find(|&i| s.kind(i) == Kind::Comma)?;
    let plain = (verb + 1..open).all(|i| {
        s.tokens[i].is_word() && (!s.class(i).any(Class::FRAME) || s.class(i).any(Class::NOUN))
    });
    let that =
        (open + 2..near).find(|&i| s.kind(i - 1) == Kind::Comma && s.class(i).any(Class::THAT))?;
    let own = (open + 1..that).any(|i| s.class(i).any(Class::RELATIVE));
    (plain && own).then_some(that)
}

/// The maximum number of tokens from a verb to its `that` across an aside.
const MOST_ASIDE: usize = 28;

/// Returns the position after the day or document of a statement: `on Monday`, `in a letter`.
fn after_occasion(s: &Skeleton<'_>, at: usize, end: usize) -> Option<usize> {
    if at >= end {
        return None;
    }
    if s.class(at).any(Class::CALENDAR) {
        return Some(at + 1);
    }
    if !s.class(at).any(Class::PREPOSITION) || s.class(at).any(Class::TO) {
        return None;
    }
    let occasion = Class::CALENDAR.with(Class::DOCUMENT);
    let plain = |i: usize| {
        s.tokens[i].is_word()
            && !s.class(i).any(Class::PREPOSITION.with(Class::AUXILIARY).with(Class::THAT))
    };
    let last = (at + 1..end.min(at + 5)).take_while(|&i| plain(i));
    last.filter(|&i| s.class(i).any(occasion)).last().map(|i| i + 1)
}

fn after_hearer(s: &Skeleton<'_>, start: usize, end: usize) -> usize {
    let class = s.class(start);
    if s.tokens.get(start).is_none_or(|t| !t.is_word()) {
        return start;
    }
    if class.any(Class::PEOPLE) || class.any(Class::OBJECT_PRONOUN) {
        return start + 1;
    }
    if s.tokens[start].is_name_like() {
        return (start..end).find(|&i| !s.tokens[i].is_name_like()).unwrap_or(end);
    }
    if class.any(Class::DETERMINER) {
        // A document cannot be the hearer: in `promised a policy of …`, nobody is promised anything.
        let hearer = Class::SOURCE_NOUN.without(Class::DOCUMENT);
        let noun = (start + 1..end.min(start + 6)).find(|&i| {
            s.class(i).any(hearer)
                || s.tokens[i].is_name_like()
                    && !s.tokens.get(i + 1).is_some_and(super::narration::Token::is_name_like)
        });
        return noun.map_or(start, |i| i + 1);
    }
    start
}

fn according_to(s: &Skeleton<'_>, tokens: Range) -> Option<Reported> {
    let (source, cue) = according::within(s, tokens)?;
    let source = with_second(s, source, tokens.end);
    let start = source.start.min(cue.start);
    // `This is how Lim put it`: the phrase attributes nothing.
    let how = Class::QUESTION.with(Class::SUBORDINATOR);
    if start > tokens.start && s.class(start - 1).all(how) {
        return None;
    }
    let end = source.end.max(cue.end);
    let mut content = Vec::new();
    if start > tokens.start {
        content.push(Range::new(tokens.start, trim_end(s, start)));
    }
    let mut after = end;
    // `…, according to the Lorvik Post -- a first for the town`: the reporter comments after the dash.
    let remark = || clause::is_remark(s, Range::new((end + 1).min(tokens.end), tokens.end));
    let comments = start > tokens.start && (s.kind(end) == Kind::Dash || remark());
    while after < tokens.end && !begins_words(s, after) {
        after += 1;
    }
    if comments {
        after = tokens.end;
    }
    if words(s, Range::new(after, tokens.end)) >= FEWEST_WORDS || start == tokens.start {
        content.push(Range::new(after, tokens.end));
    }
    content.retain(|r| !r.is_empty());
    let content = within_semicolons(s, content);
    let total: usize = content.iter().map(|r| words(s, *r)).sum();
    (total >= FEWEST_WORDS && is_told(s, &content)).then_some(Reported {
        content,
        attribution: Attribution { source, cue: Some(cue), rule: &INDIRECT_ACCORDING, weak: false },
        listed: true,
    })
}

/// Returns whether the reported words may begin at a token after the source: at a word, a figure (`According to Lim,
/// 300 jobs are lost`) or a sign before a figure (`$300`), but not at an age (`According to Lim, 45, the fund is
/// empty`).
fn begins_words(s: &Skeleton<'_>, at: usize) -> bool {
    let is_figure = |i: usize| s.kind(i) == Kind::Number && s.kind(i + 1) != Kind::Comma;
    let is_sign = || {
        let sign = s.tokens[at].span;
        s.kind(at) != Kind::Comma
            && is_figure(at + 1)
            && sign.end() == s.tokens[at + 1].span.start()
    };
    s.tokens[at].is_word() || is_figure(at) || is_sign()
}

/// Adds a second source, with a determiner and a name, if it ends the sentence: `according to Odlin News [and the
/// Lorvik Post]`.
fn with_second(s: &Skeleton<'_>, source: Range, end: usize) -> Range {
    let joins = s.kind(source.end) == Kind::Lower
        && s.class(source.end).any(Class::COORDINATOR)
        && s.class(source.end + 1).any(Class::DETERMINER);
    let first = source.end + 2;
    let named = (first..end).all(|i| s.tokens[i].is_name_like());
    if joins && first < end && named { Range::new(source.start, end) } else { source }
}

/// Returns whether the ranges contain a clause; this is assumed in languages whose verbs are not listed.
fn is_told(s: &Skeleton<'_>, content: &[Range]) -> bool {
    !s.lexicon.lists_verbs() || clause::is_clause(s, content, Evidence::Possible)
}

/// Cuts off clauses that a semicolon separates from the source, and the reporter's additions after the speaker's words.
fn within_semicolons(s: &Skeleton<'_>, content: Vec<Range>) -> Vec<Range> {
    let parts = |&i: &usize| s.kind(i) == Kind::Semicolon;
    let mut kept = Vec::with_capacity(content.len());
    let several = content.len() > 1;
    for (k, part) in content.into_iter().enumerate() {
        let before_source = several && k == 0;
        let range = if before_source {
            let start = part.indices().rev().find(parts).map_or(part.start, |i| i + 1);
            Range::new(start, part.end)
        } else {
            let end = part.indices().find(parts).unwrap_or(part.end);
            Range::new(part.start, clause::reported_end(s, Range::new(part.start, end)))
        };
        if !range.is_empty() {
            kept.push(range);
        }
    }
    kept
}

/// Finds `As Lim said on Monday, the dam was safe.`, `The dam was safe, as Lim had said.`
fn as_said(s: &Skeleton<'_>, tokens: Range, taken: &[bool]) -> Option<Reported> {
    let begins = |i: &usize| {
        s.class(*i).any(Class::AS) && (*i == tokens.start || s.kind(*i - 1) == Kind::Comma)
    };
    let at = tokens.indices().find(begins)?;
    let stop = (at..tokens.end).find(|&i| s.kind(i) == Kind::Comma).unwrap_or(tokens.end);
    let frame = reporting_clause::all(s, Range::new(at + 1, stop)).next()?;
    let source = frame.phrase().filter(|source| source.start == at + 1)?;
    let class = s.class(frame.verb);
    let occasion = Class::PREPOSITION.with(Class::CALENDAR).with(Class::ADVERB);
    let after = frame.verb + 1;
    let told = class.any(Class::CLAUSE)
        && !class.any(Class::MENTAL)
        && !taken[frame.verb]
        && (after >= stop || s.class(after).any(occasion) || class.any(Class::HEARER));
    // `the bridge is safe, as the firm maintains, and the union denies`: the extent of the report is unclear.
    if at > tokens.start && s.class(stop + 1).any(Class::COORDINATOR) && stop < tokens.end {
        return None;
    }
    let mut content = Vec::new();
    if at > tokens.start {
        content.push(Range::new(tokens.start, at - 1));
    }
    if stop + 1 < tokens.end {
        content.push(Range::new(stop + 1, tokens.end));
    }
    let total: usize = content.iter().map(|r| words(s, *r)).sum();
    let marked = content.iter().any(|r| holds_marks(s, *r));
    let told = told && !complement::is_supposed(s, &frame) && is_told(s, &content);
    (told && !marked && total >= FEWEST_WORDS).then_some(Reported {
        content,
        attribution: Attribution {
            source,
            cue: Some(Range::new(frame.verb, after)),
            rule: &INDIRECT,
            weak: false,
        },
        listed: true,
    })
}

/// Finds `The ward will close, said Lim.`, `…, a annoncé mardi l'agence.`: a verb after a comma, with its subject at
/// the end of the sentence or before a short adverbial.
fn inverted(s: &Skeleton<'_>, tokens: Range, taken: &[bool]) -> Option<Reported> {
    let told_at = |comma: usize| {
        let verb = reporting_clause::leading_verb(s, comma + 1, tokens.end)?;
        (s.class(verb).any(Class::CLAUSE) && !taken[verb]).then_some((comma, verb))
    };
    let mut commas = (tokens.start + 1..tokens.end).rev().filter(|&i| s.kind(i) == Kind::Comma);
    let (comma, verb) = commas.find_map(told_at)?;
    let subject = noun_phrase::subject_start(s, verb + 1, tokens.end);
    let source = noun_phrase::right(s, subject, tokens.end)?;
    let rest = Range::new(source.end, tokens.end);
    let content = Range::new(tokens.start, comma);
    let ends =
        rest.is_empty() || noun_phrase::is_adverbial(s, rest) && words(s, rest) <= MOST_OCCASION;
    let told = ends
        && words(s, content) >= FEWEST_WORDS
        && !holds_marks(s, content)
        && is_told(s, &[content]);
    told.then(|| Reported {
        content: vec![content],
        attribution: Attribution {
            source,
            cue: Some(Range::new(comma + 1, verb + 1)),
            rule: &INDIRECT,
            weak: false,
        },
        listed: true,
    })
}

/// Finds `Der Zug sei pünktlich gewesen, so die Bahn.`
fn attached(s: &Skeleton<'_>, tokens: Range) -> Option<Reported> {
    let follows = |i: &usize| s.class(*i).any(Class::ATTACHED) && s.kind(*i - 1) == Kind::Comma;
    let at = (tokens.start + 1..tokens.end).rev().find(follows)?;
    let source = noun_phrase::right(s, at + 1, tokens.end)?;
    let content = Range::new(tokens.start, at - 1);
    let ends = source.end == tokens.end && words(s, content) >= FEWEST_WORDS;
    (ends && !holds_marks(s, content)).then(|| Reported {
        content: vec![content],
        attribution: Attribution {
            source,
            cue: Some(Range::new(at, at + 1)),
            rule: &INDIRECT_ACCORDING,
            weak: false,
        },
        listed: true,
    })
}

/// Returns the end of a stretch without the punctuation and conjunctions that lead to the next clause.
fn trim_end(s: &Skeleton<'_>, end: usize) -> usize {
    let mut end = end;
    // `…, though [they cautioned]`: the conjunction belongs to the next clause.
    let opened = end > 1 && s.kind(end - 2) == Kind::Comma;
    if opened && s.class(end - 1).any(Class::SUBORDINATOR) {
        end -= 1;
    }
    // `passed no law to do so.`: a word that ends a sentence is not a conjunction.
    let closes = s.kind(end) == Kind::Stop;
    while end > 0
        && (s.class(end - 1).any(Class::COORDINATOR) && !closes
            || matches!(s.kind(end - 1), Kind::Comma | Kind::Dash | Kind::Colon))
    {
        end -= 1;
    }
    end
}

fn has_clause(s: &Skeleton<'_>, range: Range) -> bool {
    range.indices().any(|i| s.class(i).any(Class::AUXILIARY.with(Class::THAT)))
}

/// Returns whether a stretch contains an auxiliary, a finite verb of saying, or a word that ends like a past form.
fn has_verb(s: &Skeleton<'_>, range: Range) -> bool {
    range.indices().any(|i| {
        s.class(i).any(Class::AUXILIARY.with(Class::FINITE))
            || s.kind(i) == Kind::Lower && s.lexicon.ends_like_past(s.word(i))
    })
}

/// Returns whether a range contains double quotation marks or guillemets, paired or not.
fn holds_marks(s: &Skeleton<'_>, range: Range) -> bool {
    range.indices().any(|i| s.tokens[i].is_quote())
        || s.span(range).slice(s.text).contains(['"', '“', '”', '„', '«', '»'])
}

fn words(s: &Skeleton<'_>, range: Range) -> usize {
    range.indices().filter(|&i| s.tokens[i].is_word() || s.kind(i) == Kind::Number).count()
}
