//! The figures, names and days in a text, which distinguish reports of two events written from the same template.
//!
//! Reports on matches, quakes, share prices or verdicts repeat the same sentences with other figures and names, so the
//! share of common word runs cannot distinguish two events from two versions of one report. The facts can: a version
//! that was shortened or has a new title lacks some facts of the other's title and lede, but it does not replace most
//! of them. Two texts report two events if the title and lede of each contain facts that do not occur anywhere in the
//! other text: at least `LEAST_NAMES` names that make up at least `SHARE_OF_NAMES` of its names, or at least
//! `LEAST_FIGURES` figures that make up more than half of its figures. One name is enough if it is more than half of
//! the names and the figures differ as well.
//!
//! A name is any capitalized word inside a sentence; the weekdays and months in the language's `discourse.txt` are also
//! names, even in lower case. A figure is any word with a digit, or a number word from the language's `figures.txt`
//! other than those for one.
//!
//! A short text often contains only one name, which is too few for these rules if the figures agree. Therefore, two
//! texts also report two events if the title and lede of each contain proper names, and none of these names occurs in
//! the other text ([`Report::shares_no_name`]). Days are not proper names. A capitalized word of a title counts only if
//! the text contains the word and always capitalizes it.
//!
//! Known limits: in scripts without capitals, no names are found, so only figures distinguish two events. In German,
//! every noun counts as a name, so fewer templates are recognized. A nearly identical text (`SAME_TEXT`) with two new
//! figures counts as an update.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::language::Language;
use crate::span::Span;
use crate::text::packs::{Folder, OfFolder, discourse, folder_index, section};
use crate::text::{Document, Token, TokenKind};

/// The minimum number of names that must differ on both sides.
const LEAST_NAMES: usize = 2;
/// The minimum share of the names in title and lede that must differ on both sides.
const SHARE_OF_NAMES: f64 = 1.0 / 3.0;
/// The minimum number of figures that must differ on both sides.
const LEAST_FIGURES: usize = 2;
/// The share of common shingles at and above which figures alone do not distinguish two texts.
const SAME_TEXT: f64 = 0.9;

/// The facts in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    figures: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Facts {
    /// Finds the facts in a text.
    pub(crate) fn from_text(text: &str, language: Language) -> Self {
        let mut facts = Self::default();
        facts.add(text, language);
        facts
    }

    /// Adds the facts in a text.
    pub(crate) fn add(&mut self, text: &str, language: Language) {
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

    /// Returns whether two texts name different people, places and days: each has several names that the other lacks,
    /// and they are a sufficient share of its names.
    pub(crate) fn names_others(&self, other: &Self) -> bool {
        [(self, other), (other, self)].iter().all(|(one, other)| {
            let missing = one.names.difference(&other.names).count();
            missing >= LEAST_NAMES && missing as f64 >= SHARE_OF_NAMES * one.names.len() as f64
        })
    }

    /// Returns whether the text contains both a figure and a name or day.
    pub(crate) fn has_figure_and_name(&self) -> bool {
        !self.figures.is_empty() && !self.names.is_empty()
    }

    /// Returns the number of facts of which some part is missing; `has` returns whether a part, in lower case and
    /// without punctuation, is present.
    pub(crate) fn missing_in(&self, has: impl Fn(&str) -> bool) -> usize {
        let all = self.figures.iter().chain(&self.names);
        all.filter(|fact| !parts(fact).all(&has)).count()
    }

    /// Returns whether some part of a figure in digits is missing; `has` returns whether a part, in lower case and
    /// without punctuation, is present.
    pub(crate) fn has_figure_missing_in(&self, has: impl Fn(&str) -> bool) -> bool {
        let in_digits = |figure: &&String| figure.contains(|c: char| c.is_ascii_digit());
        self.figures.iter().filter(in_digits).any(|figure| !parts(figure).all(&has))
    }
}

/// A report to compare with others: the facts of its title and lede, and all its words.
///
/// Words are hashes of their terms, so that the data is small and the same on every machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    /// The figures of title and lede, sorted.
    figures: Vec<u32>,
    /// The names and days of title and lede: first the `n_proper` proper names, sorted, then the others, sorted.
    names: Vec<u32>,
    /// The number of proper names: names that are neither days nor dropped by [`Found::keep_proper`].
    n_proper: u16,
    /// The words of title and text, sorted.
    words: Vec<u32>,
}

/// The number of sentences at the start of a text that report its event.
const LEDE: usize = 2;

/// The facts of a title and lede, collected for a [`Report`].
#[derive(Default)]
struct Found {
    figures: BTreeSet<u32>,
    names: BTreeSet<u32>,
    /// The names that are neither days nor dropped by [`Found::keep_proper`].
    proper: BTreeSet<u32>,
}

impl Found {
    /// Adds the facts of the title or of a sentence.
    fn add(&mut self, text: &str, tokens: &[Token], language: Language, hashes: &[u64]) {
        let numbers = number_words(language);
        let mut end = None;
        for token in tokens {
            let word = token.span.slice(text);
            let starts =
                end.is_none_or(|end| ends_clause(Span::new(end, token.span.start()).slice(text)));
            end = Some(token.span.end());
            let folded = word.to_lowercase();
            let hash = shortened(hashes[token.term.0 as usize]);
            if token.kind == TokenKind::Number || is_number(&folded, numbers) {
                self.figures.insert(hash);
            } else if is_day(&folded, language) {
                self.names.insert(hash);
            } else if !starts && is_name(word) {
                self.names.insert(hash);
                self.proper.insert(hash);
            }
        }
    }

    /// Drops each proper name of the title that the text does not contain, or contains in lower case at least once: in
    /// `Woman Shot Dead In Oster`, the capitals do not show which words are names.
    fn keep_proper(&mut self, text: &str, tokens: &[Token], hashes: &[u64]) {
        let mut kept = BTreeSet::new();
        let mut ordinary = BTreeSet::new();
        for token in tokens {
            let hash = shortened(hashes[token.term.0 as usize]);
            if self.proper.contains(&hash) {
                let seen = if is_name(token.span.slice(text)) { &mut kept } else { &mut ordinary };
                seen.insert(hash);
            }
        }
        self.proper = kept.difference(&ordinary).copied().collect();
    }
}

impl Report {
    /// Extracts the report of an article; `hashes` gives the hash of each term of its document.
    pub(crate) fn new(article: &Article, document: &Document, hashes: &[u64]) -> Self {
        let mut found = Found::default();
        found.add(&article.title, &document.title, document.language, hashes);
        found.keep_proper(&article.text, &document.tokens, hashes);
        for sentence in document.sentences.iter().take(LEDE) {
            let tokens = document.tokens_of(sentence);
            found.add(&article.text, tokens, document.language, hashes);
        }
        let mut names: Vec<u32> = found.proper.iter().copied().collect();
        names.extend(found.names.difference(&found.proper));
        let mut words: Vec<u32> = hashes.iter().copied().map(shortened).collect();
        words.sort_unstable();
        words.dedup();
        words.shrink_to_fit();
        let figures = found.figures.into_iter().collect();
        Self { figures, names, n_proper: found.proper.len() as u16, words }
    }

    /// Returns whether two texts report two events; `containment` is the share of the shorter one's shingles that the
    /// longer one contains.
    pub(crate) fn tells_of_another_event(&self, other: &Self, containment: f64) -> bool {
        self.names_others(other)
            || self.shares_no_name(other)
            || self.has_other_figures(other) && containment < SAME_TEXT
    }

    /// Returns whether the title and lede of each name people, places and days that the other text lacks. A single name
    /// is enough if it is most of the names and the figures differ as well.
    pub(crate) fn names_others(&self, other: &Self) -> bool {
        let sides = [(self, other), (other, self)];
        let lacking = sides.map(|(one, other)| (other.lacks(&one.names), one.names.len()));
        let differ = |(missing, n): &(usize, usize)| {
            *missing >= LEAST_NAMES && *missing as f64 >= SHARE_OF_NAMES * *n as f64
        };
        let is_most = |(missing, n): &(usize, usize)| 2 * missing > *n;
        lacking.iter().all(differ) || lacking.iter().all(is_most) && self.has_other_figures(other)
    }

    /// Returns whether the title and lede of each have figures that the other text lacks: at least [`LEAST_FIGURES`],
    /// and more than half of them.
    fn has_other_figures(&self, other: &Self) -> bool {
        [(self, other), (other, self)].iter().all(|(one, other)| {
            let missing = other.lacks(&one.figures);
            missing >= LEAST_FIGURES && 2 * missing > one.figures.len()
        })
    }

    /// Returns whether two reports share at least half of the distinct words of the one that has more of them.
    pub(crate) fn is_worded_like(&self, other: &Self) -> bool {
        let (short, long) =
            if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let least = long.words.len().div_ceil(2);
        least <= short.words.len() && least <= short.words.len() - long.lacks(&short.words)
    }

    /// Returns whether the title and lede of each report contain proper names, none of which occurs in the other
    /// report.
    pub(crate) fn shares_no_name(&self, other: &Self) -> bool {
        [(self, other), (other, self)].iter().all(|(one, other)| {
            let names = &one.names[..usize::from(one.n_proper)];
            !names.is_empty() && other.lacks(names) == names.len()
        })
    }

    /// Returns whether title or text contain a word, given the hash of its term.
    pub(crate) fn has_word(&self, hash: u64) -> bool {
        self.words.binary_search(&shortened(hash)).is_ok()
    }

    /// Returns the [`shortened`] hashes of the terms of title and text, sorted.
    pub(crate) fn words(&self) -> &[u32] {
        &self.words
    }

    fn lacks(&self, facts: &[u32]) -> usize {
        facts.iter().filter(|fact| self.words.binary_search(fact).is_err()).count()
    }

    /// Returns whether the lists are sorted; a report from another program may be damaged.
    pub(crate) fn is_sound(&self) -> bool {
        let Some((proper, others)) = self.names.split_at_checked(self.n_proper.into()) else {
            return false;
        };
        [&*self.words, &self.figures, proper, others].iter().all(|list| list.is_sorted())
    }
}

/// Returns the upper 32 bits of a term's hash; a [`Report`] stores no more.
pub(crate) const fn shortened(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Returns whether the text between two words ends a sentence, or a clause that introduces one.
fn ends_clause(between: &str) -> bool {
    between.contains(['.', '!', '?', ':'])
}

/// Returns the runs of letters and digits in a text.
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

/// Returns whether a word is a number word, such as `twelve`, or a compound of them, such as `forty-two`.
fn is_number(folded: &str, numbers: &BTreeSet<&str>) -> bool {
    !folded.is_empty() && parts(folded).all(|part| numbers.contains(part))
}

/// Returns the number words of a language except those for one, because these have other uses: `un` is also an article,
/// and `one` is also a pronoun.
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
    use crate::article::Article;
    use crate::language::Language;
    use crate::text::{annotate, hash};

    fn report(title: &str, lede: &str, rest: &str) -> Report {
        let text = format!("{lede} {rest}");
        let article = Article::builder(&text).title(title).lang(Language::ENGLISH).build();
        let document = annotate(&article);
        let hashes: Vec<u64> = document.terms().map(hash::word).collect();
        Report::new(&article, &document, &hashes)
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
    fn two_short_reports_without_a_common_name_are_of_two_events() {
        let rest = "No one has been arrested. Police asked witnesses to come forward.";
        for (a, b) in [
            (
                ("Man shot dead in Olmen", "A man was shot dead in Olmen late on Thursday."),
                ("Woman shot dead in Oster", "A woman was shot dead in Oster late on Thursday."),
            ),
            (
                ("Bus Falls Off Bridge In Lund", "A bus fell off a bridge near Lund on Friday."),
                ("Bus Falls Off Bridge In Varn", "A bus fell off a bridge near Varn on Friday."),
            ),
            (
                ("Three hurt in blaze", "Three people were hurt in a fire at a farm near Dell."),
                ("Four hurt in blaze", "Four people were hurt in a fire at a mill in Tessin."),
            ),
            (
                ("Striker joins Rovers", "The striker signed for Osk Rovers for four years."),
                ("Striker joins United", "The striker signed for Brae United for three years."),
            ),
        ] {
            let [a, b] = [a, b].map(|(title, lede)| report(title, lede, rest));
            assert!(a.shares_no_name(&b) && b.shares_no_name(&a));
            assert!(a.tells_of_another_event(&b, 0.7));
        }
        for (a, b) in [
            // The second report names the place of the first, though not in its lede.
            (
                ("Man shot dead in Olmen", "A man was shot dead in Olmen late on Thursday."),
                ("Man shot dead", "A man was shot dead in the Oster valley. He lived in Olmen."),
            ),
            // The second report contains no name: days and the capitals of a title do not count.
            (
                ("Man shot dead in Olmen", "A man was shot dead in Olmen late on Thursday."),
                ("Man Shot Dead In Street", "A man was shot dead in a street on Friday."),
            ),
            (
                ("Man shot dead in Olmen", "A man was shot dead in Olmen late on Thursday."),
                ("Killing in Olmen", "Jo Rask, 31, was killed late on Thursday."),
            ),
        ] {
            let [a, b] = [a, b].map(|(title, lede)| report(title, lede, rest));
            assert!(!a.shares_no_name(&b));
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
