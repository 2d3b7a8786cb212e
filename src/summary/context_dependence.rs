//! Context dependence: sentences that need the preceding one because they start with a pronoun, a connective or a role
//! such as "the minister", consist only of a quotation, or compare without naming the other side ("is less sure", "was
//! even more blunt").
//!
//! Such a sentence is shown only directly after the sentence that it depends on. The words that reveal dependence are
//! language data (`discourse.txt`); in a language without such data, only answers in interviews and explainers count as
//! dependent.
//!
//! A sentence that starts in the first person outside quotation marks also depends on another, which names the speaker.
//!
//! Known limits: except for comparisons and quotations that are attributed to a pronoun, a dependence that shows only
//! later in a sentence does not count (see [`points_elsewhere`] for a penalty); an expletive "It" ("It rained") counts
//! as a pronoun.

use crate::language::Language;
use crate::span::slice;
use crate::summary::token_buffer::{Word, Wording};
use crate::text::packs::{Discourse, Start, WordSet, stop_words};
use crate::text::quotemarks::is_double_mark;

/// How a sentence depends on the preceding one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaning {
    /// It starts with a pronoun ("She said …") or in the first person, or it attributes a quotation to a pronoun (“We
    /// agree,” she said).
    Pronoun,
    /// It starts with a connective ("But …"), or one of its first words is additive ("also").
    Connective,
    /// It starts with a role and does not name its holder: "The minister …".
    Role,
    /// It consists only of a quotation; the speaker is named in another sentence.
    Quotation,
    /// In an interview or explainer, it answers the question before it, or continues that question or an answer.
    Answer,
    /// It makes a comparison with something in another sentence: "is less sure".
    Comparison,
}

impl Leaning {
    /// Describes the dependence in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Pronoun => "starts with a pronoun",
            Self::Connective => "starts with a connective",
            Self::Role => "starts with a role without its name",
            Self::Quotation => "quotes an unnamed speaker",
            Self::Answer => "answers a question",
            Self::Comparison => "compares with an earlier sentence",
        }
    }
}

/// Returns how a sentence depends on the preceding one, if it does. The words that are examined are read into
/// `wording`.
pub(crate) fn detect(sentence: &str, wording: &mut Wording) -> Option<Leaning> {
    let data = wording.data()?;
    if !sentence.starts_with(is_double_mark) {
        wording.fill_start(sentence, LONGEST_START);
        let compares = || is_heightened(sentence, data).then_some(Leaning::Comparison);
        return start(wording, data).or_else(|| end(sentence, wording, data)).or_else(compares);
    }
    wording.fill(sentence);
    if wording.words().iter().all(|w| w.quoted) {
        return Some(Leaning::Quotation);
    }
    let spoken = || spoken_by_pronoun(sentence, wording, data).then_some(Leaning::Pronoun);
    start(wording, data).or_else(spoken)
}

/// Returns whether a sentence inside a quotation depends on what the speaker said before. The usual rules apply, except
/// that a sentence may start in the first person ("I want …"), because that refers to the speaker.
pub(crate) fn depends_in_speech(sentence: &str, wording: &mut Wording) -> bool {
    let leaning = detect(sentence, wording);
    let Some(data) = wording.data() else { return false };
    let starts_in_first_person = in_first_person(wording.words(), wording, data)
        && wording
            .words()
            .first()
            .is_none_or(|first| !data.speakers.contains(wording.folded(first)));
    leaning.is_some_and(|leaning| leaning != Leaning::Pronoun || !starts_in_first_person)
}

/// Returns whether a quoted sentence starts with a connective or makes a comparison with something said before it.
pub(crate) fn continues_in_speech(sentence: &str, wording: &mut Wording) -> bool {
    matches!(detect(sentence, wording), Some(Leaning::Connective | Leaning::Comparison))
}

/// Returns how the first sentence of an article depends on something before it. A pronoun for a thing does not count,
/// because at the start of an article it refers forward or to nothing ("It has been a hard week").
pub(crate) fn detect_in_first(sentence: &str, wording: &mut Wording) -> Option<Leaning> {
    let leaning = detect(sentence, wording);
    leaning.filter(|l| *l != Leaning::Pronoun || !starts_with_thing(wording))
}

/// Returns whether a sentence starts with "it" or "this", contracted or not.
fn starts_with_thing(wording: &Wording) -> bool {
    let Some((data, first)) = wording.data().zip(wording.words().first()) else { return false };
    let word = wording.folded(first);
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    data.neuter.contains(word) || data.pointing.iter().any(|(pointers, _)| pointers.contains(word))
}

/// The maximum number of words examined at the start of a sentence.
const LONGEST_START: usize = 5;

/// Returns how the start of a sentence depends on another sentence. The longest match in the word lists decides;
/// without a match, a contracted pronoun, a first-person word, an "also" or an unnamed role does.
fn start(wording: &Wording, data: &Discourse) -> Option<Leaning> {
    let words = &wording.words()[..LONGEST_START.min(wording.words().len())];
    let first = words.first()?;
    let longest = data.starts.longest(wording.folded(first)).min(words.len());
    match (1..=longest).rev().find_map(|n| data.starts.kind(wording.phrase(0, n))) {
        Some(Start::Free) => return None,
        Some(Start::Pronoun) if names_its_whole(words, wording, data) => return None,
        Some(Start::Pronoun) => return Some(Leaning::Pronoun),
        Some(Start::Connective) => return Some(Leaning::Connective),
        None => {}
    }
    if is_contracted_pronoun(wording.folded(first), data) {
        return Some(Leaning::Pronoun);
    }
    if in_first_person(words, wording, data) {
        return Some(Leaning::Pronoun);
    }
    if words.iter().skip(1).any(|w| data.additive.contains(wording.folded(w))) {
        return Some(Leaning::Connective);
    }
    role(words, wording, data).then_some(Leaning::Role)
}

/// Returns whether a sentence probably refers to something outside itself, at any position: by a demonstrative ("this
/// list", not "this week"), by a pronoun for a person before any name ("If he wins, …") or by a connective between
/// commas ("The port, however, …").
///
/// Half of these sentences can be understood alone, so they are not rejected but only penalized, unless they are shown
/// directly after the preceding sentence.
pub(crate) fn points_elsewhere(sentence: &str, wording: &Wording, language: Language) -> bool {
    let Some(data) = wording.data() else { return false };
    let words = wording.words();
    let is_in = |set: &WordSet, word: &Word| set.contains(wording.folded(word));
    let calendar = [&data.spans_of_time, &data.weekdays, &data.months];
    let is_date = |word: &Word| calendar.iter().any(|set| is_in(set, word));
    let points = |(at, word): (usize, &Word)| {
        let next = words.get(at + 1);
        !word.quoted && is_in(&data.demonstratives, word) && next.is_some_and(|next| !is_date(next))
    };
    let is_aside = |word: &Word| {
        let before = slice(sentence, 0, word.at.start()).trim_end();
        let after = slice(sentence, word.at.end(), sentence.len());
        before.ends_with(',') && after.starts_with(',') && is_in(&data.connectives, word)
    };
    words.iter().enumerate().any(points)
        || words.iter().any(|word| !word.quoted && is_aside(word))
        || starts_from_pronoun(wording, data, language)
}

/// Returns whether a pronoun for a person precedes every name in a sentence.
fn starts_from_pronoun(wording: &Wording, data: &Discourse, language: Language) -> bool {
    let is_person = |word: &Word| {
        let folded = wording.folded(word);
        data.speakers.contains(folded) && !data.neuter.contains(folded)
    };
    let mut words = wording.words().iter().filter(|word| !word.quoted).enumerate();
    let first = words.find(|(at, word)| is_person(word) || 0 < *at && word.capital);
    // The first word is always capitalized; it counts as a name if it is not a function word.
    let starts_with_name = wording.words().first().is_some_and(|word| {
        !stop_words(language).contains(wording.folded(word)) && !is_person(word)
    });
    !starts_with_name && first.is_some_and(|(_, word)| is_person(word))
}

/// Returns whether a word is a pronoun contracted with a verb: "they've", "it'll".
fn is_contracted_pronoun(word: &str, data: &Discourse) -> bool {
    let stem = word.split_once(['\'', '’']).map(|(stem, _)| stem);
    stem.is_some_and(|stem| data.speakers.contains(stem))
}

/// Returns whether one of the first three words is in the first person and outside quotation marks. After the first
/// word, only lower-case words count: "At my direction", not "Charles I".
fn in_first_person(words: &[Word], wording: &Wording, data: &Discourse) -> bool {
    words.iter().take(3).enumerate().any(|(at, w)| {
        !w.quoted && (at == 0 || !w.capital) && data.first_person.contains(wording.folded(w))
    })
}

/// Returns whether a sentence starts with a quantifier and names the whole from which the quantifier selects: "Some of
/// America's intelligence officials", not "Some of them".
fn names_its_whole(words: &[Word], wording: &Wording, data: &Discourse) -> bool {
    let [first, of, whole, ..] = words else { return false };
    data.pronouns.contains(wording.folded(first))
        && data.named_by.contains(wording.folded(of))
        && whole.capital
}

/// Returns [`Leaning::Comparison`] if a sentence ends with an incomplete comparison: "is less sure".
fn end(sentence: &str, wording: &mut Wording, data: &Discourse) -> Option<Leaning> {
    if data.comparing.is_empty() || sentence.ends_with(is_double_mark) {
        return None;
    }
    let body = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let compares = body.rsplit(' ').nth(1).is_some_and(|word| data.comparing.contains(word));
    let start = body.rmatch_indices(' ').nth(2).map_or(0, |(at, _)| at + 1);
    wording.fill(body.get(start..).filter(|_| compares)?);
    let pair = wording.words().len() == 3 && data.bare_comparatives.contains(wording.phrase(0, 2));
    pair.then_some(Leaning::Comparison)
}

/// Returns whether a sentence contains an intensified comparative ("even more") that no "than" follows: "was even more
/// blunt", not "was even more blunt than the mayor".
fn is_heightened(sentence: &str, data: &Discourse) -> bool {
    let after = |phrase: &&str| {
        let (before, rest) = sentence.split_once(*phrase)?;
        let is_whole = before.ends_with(' ') && rest.starts_with(' ');
        is_whole.then_some(rest)
    };
    let rest = data.heightened.iter().find_map(after);
    rest.is_some_and(|rest| !rest.split_whitespace().any(|word| data.than.contains(&word)))
}

/// Returns whether a sentence starts with a definite role that is neither described by a capitalized word nor followed
/// by a name: "The prime minister said", not "The Irish prime minister said", "The minister of justice said" or "The
/// minister, Ann Lee, said".
fn role(words: &[Word], wording: &Wording, data: &Discourse) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let is_in = |set: &WordSet, w: &Word| set.contains(wording.folded(w));
    let named = |w: &Word| w.capital || is_in(&data.named_by, w);
    if data.definite.is_empty() {
        // In a language without articles, the role itself comes first: "Ministr řekl", not "Ministr Karel Novák řekl".
        return is_in(&data.roles, first) && !rest.iter().take(3).any(named);
    }
    unnamed_role(words, wording, data).is_some_and(|at| !rest[..at].iter().any(|w| w.capital))
}

/// Returns whether a sentence starts with a role without naming its holder, whether the role is described or not: "The
/// Irish prime minister said", "The cabinet member".
pub(crate) fn starts_with_role(sentence: &str, wording: &mut Wording) -> bool {
    wording.fill_start(sentence, LONGEST_START);
    let data = wording.data();
    data.is_some_and(|data| unnamed_role(wording.words(), wording, data).is_some())
}

/// Returns whether a sentence describes a person with a capitalized word but gives no name: "the Irish minister told
/// the council", not "Ann Lee, the Irish minister," or "the mayor".
pub(crate) fn describes_somebody(sentence: &str, wording: &mut Wording) -> bool {
    wording.fill(sentence);
    let Some(data) = wording.data() else { return false };
    let words = wording.words();
    let is_in = |set: &WordSet, w: &Word| set.contains(wording.folded(w));
    let is_full_name = |pair: &[Word]| pair[0].capital && pair[1].capital;
    let describes = |at: &usize| {
        let (before, rest) = words.split_at(*at);
        let (Some(last), Some((definite, rest))) = (before.last(), rest.split_first()) else {
            return false;
        };
        let Some(role) = rest.iter().take(3).position(|w| is_in(&data.roles, w)) else {
            return false;
        };
        let named = |w: &Word| w.capital || is_in(&data.named_by, w);
        let gap = slice(sentence, last.at.end(), definite.at.start());
        let is_apposition = last.capital && gap.contains([',', '(', '–', '—']);
        let is_named = rest.get(role + 1).is_some_and(named)
            || is_apposition
            || before.windows(2).any(is_full_name);
        let is_description = !definite.quoted && is_in(&data.definite, definite);
        is_description && !is_named && rest[..=role].iter().any(|w| w.capital)
    };
    (1..words.len()).any(|at| describes(&at))
}

/// Returns the number of words between the definite article that starts a sentence and a role that is not followed by
/// a name.
fn unnamed_role(words: &[Word], wording: &Wording, data: &Discourse) -> Option<usize> {
    let (first, rest) = words.split_first()?;
    let is_in = |set: &WordSet, w: &Word| set.contains(wording.folded(w));
    let named = |w: &Word| w.capital || is_in(&data.named_by, w);
    let is_role = |w: &Word| data.roles.contains(without_possessive(wording.folded(w)));
    let at = rest.iter().take(3).position(is_role)?;
    (is_in(&data.definite, first) && !rest.get(at + 1).is_some_and(named)).then_some(at)
}

/// Returns a word without an English possessive ending: "minister" in "the minister's plan".
fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Returns whether a quotation is attributed to a pronoun rather than a name: “We agree,” she said.
fn spoken_by_pronoun(sentence: &str, wording: &Wording, data: &Discourse) -> bool {
    let inner = sentence.trim_end_matches(is_double_mark);
    let Some(last) = inner.rfind(is_double_mark) else { return false };
    let after = wording.words().iter().filter(|w| w.at.start() > last);
    let mut subject = after.take(2);
    let is_speaker = |w: &Word| data.speakers.contains(wording.folded(w));
    subject.clone().any(is_speaker) && !subject.any(|w| w.capital)
}

#[cfg(test)]
mod tests {
    use super::{Leaning, continues_in_speech, detect, detect_in_first, points_elsewhere};
    use crate::language::Language;
    use crate::summary::token_buffer::Wording;

    #[test]
    fn a_thing_at_the_start_of_an_article_points_to_nothing() {
        let en = Language::parse("en").unwrap_or_default();
        for (text, leaning) in [
            ("It has been a hard week for the port.", None),
            ("It’s all over now in the port.", None),
            ("This has been a remarkable year for the port.", None),
            ("These are hard days for the port of Lenn.", None),
            ("He closed the port on Monday.", Some(Leaning::Pronoun)),
            ("His port was closed on Monday.", Some(Leaning::Pronoun)),
            ("In his remarks, the mayor of Lenn closed the port.", Some(Leaning::Pronoun)),
            ("I sat down with the mayor on Monday.", Some(Leaning::Pronoun)),
            ("But the port stayed open.", Some(Leaning::Connective)),
        ] {
            let mut wording = Wording::new(en);
            assert_eq!(detect_in_first(text, &mut wording), leaning, "{text}");
        }
    }

    #[test]
    fn what_points_elsewhere_is_seen_at_any_position() {
        for (lang, text, points) in [
            ("en", "The council put the port on this list in March.", true),
            ("en", "The council closes the port this week.", false),
            ("en", "These boats were built in Lenn.", true),
            ("en", "The port, however, stayed open on Monday.", true),
            ("en", "If he wins, the port will close.", true),
            ("en", "When Ann Lee was mayor, she closed the port.", false),
            ("en", "In Lenn the mayor said he would close the port.", false),
            ("en", "Lee said that he would close the port.", false),
            ("en", "\"I like this port,\" Ann Lee said.", false),
            ("en", "It rained on Monday.", false),
            ("de", "Der Rat setzte den Hafen auf diese Liste.", true),
            ("de", "Der Rat schließt den Hafen in diesem Jahr.", false),
            ("fr", "Le conseil a fermé cette route.", true),
            ("fr", "Le conseil ferme la route cette semaine.", false),
            ("es", "El consejo cerró este puerto.", true),
            ("es", "El consejo cierra el puerto este año.", false),
        ] {
            let language = Language::parse(lang).unwrap_or_default();
            let mut wording = Wording::new(language);
            wording.fill(text);
            assert_eq!(points_elsewhere(text, &wording, language), points, "{text}");
        }
    }

    #[test]
    fn descriptions_without_a_name_are_seen() {
        let en = Language::parse("en").unwrap_or_default();
        for (text, describes) in [
            ("At the port, the Irish minister told the council to close it.", true),
            ("On the pier the Irish prime minister told the council to close it.", true),
            ("Ann Lee, the Irish minister, told the council to close it.", false),
            ("Ann Lee was there when the Irish minister told the council so.", false),
            ("On the pier the Irish minister Ann Lee told the council to close it.", false),
            ("The port was closed on Monday, the mayor said.", false),
            ("On Monday the mayor of Lenn told the council to close it.", false),
            ("On Monday the Republican Party told the council to close it.", false),
        ] {
            let mut wording = Wording::new(en);
            assert_eq!(super::describes_somebody(text, &mut wording), describes, "{text}");
        }
    }

    #[test]
    fn a_quote_that_goes_on_from_another_is_seen() {
        for (lang, text, continues) in [
            ("en", "And that is the bridge we need.", true),
            ("en", "But nobody asked the ferrymen.", true),
            ("en", "So we closed the port for the night.", true),
            ("en", "Accordingly, the mayor will not meet the council.", true),
            ("en", "The council was even more blunt about it.", true),
            ("de", "Aber niemand hat die Fährleute gefragt.", true),
            ("fr", "Mais personne n'a demandé aux marins.", true),
            ("es", "Pero nadie preguntó a los marineros.", true),
            ("it", "Ma nessuno ha chiesto ai marinai.", true),
            ("ru", "Но никто не спросил рыбаков.", true),
            // Pronouns and roles do not count: a quote is shown with its speaker, and the story makes clear whom or
            // what it is about.
            ("en", "I want the bridge to open before the winter.", false),
            ("en", "It is a good day for the port.", false),
            ("en", "He was the best harbour master we had.", false),
            ("en", "The president has to sign it.", false),
            ("de", "Wir brauchen die Brücke vor dem Winter.", false),
        ] {
            let mut wording = Wording::new(Language::parse(lang).unwrap_or_default());
            assert_eq!(continues_in_speech(text, &mut wording), continues, "{text}");
        }
    }

    #[test]
    fn leaning_starts_are_seen() {
        let en = Language::parse("en").unwrap_or_default();
        for (text, leaning) in [
            ("She said the port would close.", Some(Leaning::Pronoun)),
            ("But the port stayed open.", Some(Leaning::Connective)),
            ("That’s the plan for the port.", Some(Leaning::Pronoun)),
            ("They’ve closed the port.", Some(Leaning::Pronoun)),
            ("They're going to close the port.", Some(Leaning::Pronoun)),
            ("She'll close the port.", Some(Leaning::Pronoun)),
            ("He’s been to the port.", Some(Leaning::Pronoun)),
            ("That's why the port stayed open.", Some(Leaning::Connective)),
            ("This is because the port stayed open.", Some(Leaning::Connective)),
            ("In addition, the port stayed open.", Some(Leaning::Connective)),
            ("The minister said it would close.", Some(Leaning::Role)),
            ("The prime minister said it would close.", Some(Leaning::Role)),
            ("\"We agree,\" she said.", Some(Leaning::Pronoun)),
            ("\"We agree,\" Ms Lee said.", None),
            ("\"We agree to close the port.\"", Some(Leaning::Quotation)),
            ("We agree to close the port.", Some(Leaning::Pronoun)),
            ("At my direction, the port was closed.", Some(Leaning::Pronoun)),
            ("King Charles I closed the port.", None),
            ("The Irish prime minister said it would close.", None),
            ("The minister's visit to the port was short.", Some(Leaning::Role)),
            ("The minister’s visit to the port was short.", Some(Leaning::Role)),
            ("The minister's friend Ann Lee closed the port.", Some(Leaning::Role)),
            ("Ann Lee's visit to the port was short.", None),
            ("The minister of justice said it would close.", None),
            ("The Minister Ann Lee said it would close.", None),
            ("Some of Norvia's harbour masters said it would close.", None),
            ("Some of them said the port would close.", Some(Leaning::Pronoun)),
            ("The council also closed the port.", Some(Leaning::Connective)),
            ("The port will close.", None),
            ("The audit office is less sure.", Some(Leaning::Comparison)),
            ("The audit office is less sure than the ministry.", None),
            ("The audit office cost the state more money.", None),
            ("This week the port closed.", None),
            ("Secretary Ann Lee was even more blunt about the port.", Some(Leaning::Comparison)),
            ("Secretary Ann Lee was even more blunt than the mayor.", None),
            ("The port lost even less money last year.", Some(Leaning::Comparison)),
            ("Seven more ports closed.", None),
        ] {
            let mut wording = Wording::new(en);
            assert_eq!(detect(text, &mut wording), leaning, "{text}");
        }
    }
}
