//! The figures, names and days of a text, which distinguish reports of two events written to one template.
//!
//! Reports of matches, quakes, share prices or verdicts repeat the same sentences with other figures and names, so the
//! share of common word runs cannot distinguish two events from two versions of one report. The differences decide: a
//! version that was cut or re-headlined loses facts of the other's title and lede but does not replace most of them.
//! Two texts report two events if the title and lede of each contain facts that the other lacks altogether: at least
//! [`LEAST_NAMES`] names and days that are [`SHARE_OF_NAMES`] of its names, or at least [`LEAST_FIGURES`] figures that
//! are more than half of its figures. One name is enough if it is most of the names, and the figures differ as well.
//!
//! A name is any capitalized word inside a sentence; weekdays and months are names if the language capitalizes them. A
//! figure is any word with a digit, or a number word from the language's `figures.txt`.
//!
//! Known limits: scripts without capitals have figures only; in German every noun counts as a name, so that fewer
//! templates are recognised; nearly identical texts ([`SAME_TEXT`]) with two new figures are an update.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::text::hash;
use crate::text::packs::{Folder, OfFolder, discourse, folder_index, section};

/// The minimum number of names that must differ on both sides.
const LEAST_NAMES: usize = 2;
/// The minimum share of the names in title and lede that must differ on both sides.
const SHARE_OF_NAMES: f64 = 1.0 / 3.0;
/// The minimum number of figures that must differ on both sides.
const LEAST_FIGURES: usize = 2;
/// The share of common shingles at and above which figures alone do not distinguish two texts.
const SAME_TEXT: f64 = 0.9;

/// The facts of a stretch of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    figures: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Facts {
    /// Finds the facts of a text.
    pub fn of_text(text: &str, language: Language) -> Self {
        let mut facts = Self::default();
        facts.add(text, language);
        facts
    }

    /// Adds the facts of a text.
    pub fn add(&mut self, text: &str, language: Language) {
        let numbers = number_words(language);
        let mut starts_sentence = true;
        for raw in text.split_whitespace() {
            let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
            let folded = word.to_lowercase();
            if word.chars().any(char::is_numeric) || is_number(&folded, numbers) {
                self.figures.insert(folded);
            } else if is_day(&folded, language) || !starts_sentence && is_name(word) {
                self.names.insert(folded);
            }
            starts_sentence = raw.is_empty()
                || raw.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', ':'])
                    && word.chars().count() > 2;
        }
    }

    /// Returns whether two texts name different people, places and days: each has names that the other lacks.
    pub fn names_others(&self, other: &Self) -> bool {
        [(self, other), (other, self)].iter().all(|(one, other)| {
            let missing = one.names.difference(&other.names).count();
            missing >= LEAST_NAMES && missing as f64 >= SHARE_OF_NAMES * one.names.len() as f64
        })
    }

    /// Counts the facts that are not among some words, given in lower case and in parts without punctuation.
    pub fn missing_in(&self, has: impl Fn(&str) -> bool) -> usize {
        let all = self.figures.iter().chain(&self.names);
        all.filter(|fact| !parts(fact).all(&has)).count()
    }
}

/// A text to compare with others: the facts of its title and lede, and all its words.
///
/// Words are hashed, so that a report is small and the same on every machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    figures: Hashed,
    names: Hashed,
    /// The words of title and text in lower case, without repetitions, sorted.
    words: Vec<u32>,
}

impl Report {
    /// Extracts a report; `lede` is the part of `text` that reports its event.
    pub fn new(title: &str, lede: &str, text: &str, language: Language) -> Self {
        let mut facts = Facts::of_text(title, language);
        facts.add(lede, language);
        let mut words = Vec::new();
        for text in [title, text] {
            add_words(text, &mut words);
        }
        words.sort_unstable();
        words.dedup();
        words.shrink_to_fit();
        Self { figures: Hashed::new(&facts.figures), names: Hashed::new(&facts.names), words }
    }

    /// Returns whether two texts that share so much of the shorter one's wording report two events.
    pub fn tells_of_another_event(&self, other: &Self, containment: f64) -> bool {
        self.names_others(other) || self.has_other_figures(other) && containment < SAME_TEXT
    }

    /// Returns whether title and lede of each name people, places and days that the other text lacks; a single name is
    /// enough if it is most of the names, and the figures differ as well.
    pub fn names_others(&self, other: &Self) -> bool {
        let sides = [(self, other), (other, self)];
        let lacking = sides.map(|(one, other)| (other.lacks(&one.names), one.names.len()));
        let differ = |(missing, n): &(usize, usize)| {
            *missing >= LEAST_NAMES && *missing as f64 >= SHARE_OF_NAMES * *n as f64
        };
        let is_most = |(missing, n): &(usize, usize)| 2 * missing > *n;
        lacking.iter().all(differ) || lacking.iter().all(is_most) && self.has_other_figures(other)
    }

    /// Returns whether title and lede of each have figures that the other text lacks.
    fn has_other_figures(&self, other: &Self) -> bool {
        [(self, other), (other, self)].iter().all(|(one, other)| {
            let missing = other.lacks(&one.figures);
            missing >= LEAST_FIGURES && 2 * missing > one.figures.len()
        })
    }

    fn lacks(&self, facts: &Hashed) -> usize {
        let has = |part: &u32| self.words.binary_search(part).is_ok();
        facts.iter().filter(|parts| !parts.iter().all(has)).count()
    }

    /// Returns whether the parts fit together; a report from another program may be damaged.
    pub(crate) fn is_sound(&self) -> bool {
        self.words.is_sorted() && self.figures.is_sound() && self.names.is_sound()
    }
}

/// Facts by the hashes of their parts: `forty-one` has two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hashed {
    parts: Vec<u32>,
    /// The end of each fact among the parts.
    ends: Vec<u16>,
}

impl Hashed {
    fn new(facts: &BTreeSet<String>) -> Self {
        let mut hashed = Self::default();
        for fact in facts {
            hashed.parts.extend(parts(fact).map(hash));
            let Ok(end) = u16::try_from(hashed.parts.len()) else { break };
            hashed.ends.push(end);
        }
        hashed.parts.truncate(hashed.ends.last().map_or(0, |end| usize::from(*end)));
        hashed.parts.shrink_to_fit();
        hashed.ends.shrink_to_fit();
        hashed
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    /// Each fact as its parts.
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let parts = self.parts.get(start..usize::from(*end)).unwrap_or(&[]);
            start = usize::from(*end);
            parts
        })
    }

    fn is_sound(&self) -> bool {
        self.ends.is_sorted()
            && self.ends.last().map_or(0, |end| usize::from(*end)) == self.parts.len()
    }
}

/// The hash of a part of a fact.
fn hash(part: &str) -> u32 {
    (hash::word(part) >> 32) as u32
}

/// Appends the hashes of the words of a text, in lower case: a headline in capitals (`Putin Appeals Directly`) has names
/// that are plain words in another text.
fn add_words(text: &str, hashes: &mut Vec<u32>) {
    let is_lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let hash_lower =
        |part: &str| if is_lower(part) { hash(part) } else { hash(&part.to_lowercase()) };
    hashes.extend(parts(text).map(hash_lower));
}

/// The runs of letters and digits of a text.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
}

fn is_day(folded: &str, language: Language) -> bool {
    let words = discourse(language);
    words.is_some_and(|words| words.weekdays.contains(folded) || words.months.contains(folded))
}

/// `twelve`, and `forty-one` of parts that are number words.
fn is_number(folded: &str, numbers: &BTreeSet<&str>) -> bool {
    !folded.is_empty() && parts(folded).all(|part| numbers.contains(part))
}

/// The number words of a language from two on: `one` and `un` are articles as well.
fn number_words(language: Language) -> &'static BTreeSet<&'static str> {
    static ALL: OfFolder<BTreeSet<&str>> = OfFolder::new();
    let read = |folder: &'static Folder| {
        let valued = section(folder.figures, "numbers").filter_map(|line| line.rsplit_once(' '));
        valued.filter(|(_, value)| *value != "1").map(|(word, _)| word).collect()
    };
    ALL.get(folder_index(language), read)
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::language::Language;

    fn report(title: &str, lede: &str, rest: &str) -> Report {
        Report::new(title, lede, &format!("{lede} {rest}"), Language::ENGLISH)
    }

    #[test]
    fn events_in_one_template_differ_in_their_facts() {
        let rest = "The police are looking for witnesses.";
        for (a, b) in [
            (
                ("Fire in Oster", "A fire destroyed two barns in Oster on Monday night."),
                ("Fire in Lund", "A fire destroyed three barns in Lund on Friday night."),
            ),
            (
                ("Quake of 4.1", "A quake of 4.1 was felt near Oster at 3:20 on Monday."),
                ("Quake of 5.6", "A quake of 5.6 was felt near Oster at 9:45 on Monday."),
            ),
            (
                ("Rates at 2.5 percent", "The bank of Norvia raised rates to 2.5 percent in May."),
                ("Rates at 4.0 percent", "The bank of Sudria raised rates to 4.0 percent in June."),
            ),
            (
                ("Storm hits Oster", "The storm Anna cut power to Oster and Dell, officials said."),
                ("Storm hits Lund", "The storm Boris cut power to Lund and Varn, officials said."),
            ),
        ] {
            let [a, b] = [a, b].map(|(title, lede)| report(title, lede, rest));
            assert!(a.tells_of_another_event(&b, 0.7) && b.tells_of_another_event(&a, 0.7));
        }
    }

    #[test]
    fn versions_of_one_report_agree() {
        let text = "Mayor Ilse Brandt spoke of 40 houses. The Ash had risen by 3 metres on Sunday.";
        let first =
            report("Flood in Oster", "Twelve people died in a flood in Oster on Monday.", text);
        for (title, lede) in [
            ("Flood in Oster", "Fifteen people died in a flood in Oster on Monday."),
            ("Flood kills 12", "Twelve people died in a flood in Oster on Monday."),
            (
                "Our county spared",
                "Dell was spared when a flood killed twelve in Oster, Kim Rey said.",
            ),
        ] {
            let other =
                report(title, lede, &format!("Twelve people died in a flood in Oster. {text}"));
            assert!(!first.tells_of_another_event(&other, 0.7), "{lede}");
        }
    }
}
