//! Joins words that were hyphenated at the end of a line: `re-⏎build`.
//!
//! The rest of the text decides whether the hyphen belongs to the word. A compound that occurs elsewhere with its
//! hyphen keeps it (`well-known`), and a word that occurs elsewhere without one loses it. Otherwise, a long text in
//! which many lines end with a hyphen is assumed to be hyphenated: the hyphen is dropped unless both parts also occur
//! as separate words. In German, in which the last part of a noun with a hyphen is capitalized, a capitalized part
//! before one in lower case was cut (`Ja-⏎nuar`). Without evidence the hyphen is kept, which is always readable. A
//! hyphen before a capital is kept as well (`HWG-Fraktion`), and a hyphen before `and` or `oder` replaces an omitted
//! part and is kept (`Vor- und Nachteile`).

use rustc_hash::FxHashSet;

use crate::read::lang;
use crate::span::slice;

/// The minimum number of lines that end with a hyphen in a text that is assumed to be hyphenated.
const HABIT: usize = 8;
/// The minimum number of distinct words in a text that is assumed to be hyphenated. In a shorter text, the parts of a
/// compound might not happen to occur as separate words.
const WORDS: usize = 300;

/// Conjunctions and prepositions before which a hyphen replaces an omitted part.
const CONJUNCTIONS: &[&str] = &[
    "and",
    "or",
    "to",
    "und",
    "oder",
    "bis",
    "bzw",
    "sowie",
    "noch",
    "als",
    "wie",
    "statt",
    "beziehungsweise",
    "en",
    "of",
    "och",
    "eller",
    "og",
    "tai",
    "ja",
    "et",
    "ou",
    "y",
    "o",
    "e",
    "i",
    "a",
    "in",
    "ali",
    "ili",
    "és",
    "și",
    "и",
    "или",
];

/// The evidence that a text contains about its hyphens.
#[derive(Debug, Default)]
pub(crate) struct Hyphens {
    /// The words of the text in lower case; a word with a hyphen counts as one. Empty unless a line ends with a hyphen.
    words: FxHashSet<String>,
    is_habit: bool,
    is_german: bool,
}

impl Hyphens {
    /// Collects the evidence from a text.
    pub(crate) fn collect(text: &str) -> Self {
        let ends =
            text.match_indices('\n').filter(|(at, _)| ends_cut(slice(text, 0, *at)).is_some());
        let ends = ends.take(HABIT).count();
        if ends == 0 {
            return Self::default();
        }
        let inner = |line: &str| -> Vec<String> {
            // A word at the end of a line may be incomplete, so it is not evidence.
            let whole = line.trim_end();
            let whole =
                ends_cut(whole).map_or(whole, |part| slice(whole, 0, whole.len() - part.len() - 1));
            let words = whole.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
            words.filter(|w| !w.is_empty()).map(|w| w.trim_matches('-').to_lowercase()).collect()
        };
        let words: FxHashSet<String> = text.lines().flat_map(inner).collect();
        let is_habit = HABIT <= ends && WORDS <= words.len();
        Self { is_habit, is_german: lang::detect(text).code() == "de", words }
    }

    /// Appends a line to a paragraph: after a space, or directly if the last word continues or the script has no spaces
    /// between words.
    pub(crate) fn append(&self, paragraph: &mut String, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if paragraph.ends_with('\u{ad}') {
            paragraph.pop();
            paragraph.push_str(line);
            return;
        }
        let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
        let rest = slice(line, 0, end);
        let cut = ends_cut(paragraph).filter(|_| !rest.is_empty());
        let Some(part) = cut.filter(|_| !CONJUNCTIONS.contains(&rest)) else {
            if !paragraph.is_empty()
                && !paragraph.ends_with('\n')
                && !joins_without_space(paragraph, line)
            {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
            return;
        };
        // The part of a compound may follow: `Mund-⏎zu-Mund-Propaganda`.
        let is_noun = self.is_german
            && !slice(line, end, line.len()).starts_with('-')
            && is_capitalized(part);
        if self.drops(part, rest) || is_noun && self.cuts_noun(part, rest) {
            paragraph.pop();
        }
        paragraph.push_str(line);
    }

    /// Returns whether a capitalized part is the beginning of a German noun that was cut, because the rest is in lower
    /// case and the text does not contain the word with a hyphen.
    fn cuts_noun(&self, part: &str, rest: &str) -> bool {
        let whole = format!("{}-{rest}", part.to_lowercase());
        rest.starts_with(char::is_lowercase) && !self.words.contains(&whole)
    }

    /// Returns whether to drop the hyphen between the parts of a word.
    fn drops(&self, part: &str, rest: &str) -> bool {
        if !rest.starts_with(char::is_lowercase) {
            return false;
        }
        let (part, rest) = (part.to_lowercase(), rest.to_lowercase());
        if self.words.contains(&format!("{part}-{rest}")) {
            return false;
        }
        self.words.contains(&format!("{part}{rest}"))
            || self.is_habit && !(self.words.contains(&part) && self.words.contains(&rest))
    }
}

/// Returns whether a word has an initial capital and at least one lower-case letter, unlike an acronym.
fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// Returns the letters of a word before a hyphen at the end of a text.
fn ends_cut(text: &str) -> Option<&str> {
    let body = text.trim_end_matches('\r').strip_suffix(['-', '\u{2010}'])?;
    let start = body
        .char_indices()
        .rev()
        .take(40)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map(|(at, _)| at)?;
    let part = slice(body, start, body.len());
    (!part.is_empty()).then_some(part)
}

/// Returns whether two lines are joined without a space, because both are in a script without spaces.
fn joins_without_space(before: &str, line: &str) -> bool {
    let (last, first) = (before.chars().next_back(), line.chars().next());
    last.zip(first).is_some_and(|(a, b)| is_unspaced(a) && is_unspaced(b))
}

/// Returns whether a character belongs to a script without spaces between words: Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese and their punctuation.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3000}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF65}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::Hyphens;

    fn joined(text: &str) -> String {
        let hyphens = Hyphens::collect(text);
        let mut out = String::new();
        for line in text.lines() {
            hyphens.append(&mut out, line);
        }
        out
    }

    #[test]
    fn the_text_decides_about_a_hyphen() {
        for (text, whole) in [
            ("They re-\nbuild it, and rebuild it.", "They rebuild it, and rebuild it."),
            ("A well-\nknown man, well-known here.", "A well-known man, well-known here."),
            ("They re-\nbuild it.", "They re-build it."),
            ("Die HWG-\nFraktion war da.", "Die HWG-Fraktion war da."),
            ("Die Vor-\nund Nachteile.", "Die Vor- und Nachteile."),
            ("Eight\u{ad}\neen months.", "Eighteen months."),
            ("In Seoul, in -\n5 degrees", "In Seoul, in - 5 degrees"),
            ("港口委员会决\n定重建。", "港口委员会决定重建。"),
        ] {
            assert_eq!(joined(text), whole);
        }
    }

    #[test]
    fn german_nouns_were_cut_before_lower_case() {
        let text = |cut: &str| {
            format!(
                "Der Rat der Stadt hat am Montag mit der Bürgermeisterin und für {cut} gestimmt, die nicht da war."
            )
        };
        for (cut, whole) in [
            ("den Ja-\nnuar", "den Januar"),
            ("den Neu-\nbau", "den Neubau"),
            ("die Haus- und Hof-\narbeit", "die Haus- und Hofarbeit"),
            ("die Haus-\nund Hofarbeit", "die Haus- und Hofarbeit"),
            ("weder Haus-\nnoch Hofarbeit", "weder Haus- noch Hofarbeit"),
            ("die SPD-\nAbgeordnete", "die SPD-Abgeordnete"),
            ("die E-Mail-\nAdresse", "die E-Mail-Adresse"),
            ("EU-\nweite Regeln", "EU-weite Regeln"),
            ("Mund-\nzu-Mund-Werbung", "Mund-zu-Mund-Werbung"),
            ("das Make-up und Make-\nup", "das Make-up und Make-up"),
            ("deutsch-\nfranzösische Züge", "deutsch-französische Züge"),
        ] {
            assert_eq!(joined(&text(cut)), text(whole));
        }
        let english = "The council voted on Monday for the Vice-\npresident, who was not there, and for her plan.";
        assert!(joined(english).contains("Vice-president"));
    }

    #[test]
    fn a_long_text_that_cuts_words_shows_which_are_compounds() {
        let words = |n: usize| {
            format!("{}{} ", char::from(b'a' + (n % 26) as u8), "bcdefghijk".repeat(1 + n / 26))
        };
        let filler: String = (0..400).map(words).collect();
        let text = format!(
            "{filler}\n{} and the govern-\nment of the long-\nterm plan, of a long life and a term.",
            "cut coun-\ncil ".repeat(9)
        );
        let joined = joined(&text);
        assert!(joined.contains("council") && joined.contains("government"), "{joined}");
        assert!(joined.contains("long-term plan"), "{joined}");
    }
}
