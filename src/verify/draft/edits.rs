//! Judges the edits in a quotation: words replaced by brackets, left out by an ellipsis, or changed without a mark.

use std::collections::BTreeSet;

use crate::language::Language;
use crate::span::Span;
use crate::text::packs::{Discourse, discourse, folder, section};
use crate::verify::code::Code;
use crate::verify::draft::claims::are_values_replaced;
use crate::verify::draft::comparable_words::Word;
use crate::verify::draft::find::Change;

/// The words of a language that identify facts.
pub(super) struct Facts {
    language: Language,
    discourse: Option<&'static Discourse>,
    english: Option<&'static Discourse>,
    /// Number words, months and days of the week.
    values: BTreeSet<&'static str>,
    /// Whether all nouns are capitalized, so that a capital is not evidence of a name.
    nouns_have_capitals: bool,
}

/// The maximum number of words in an omission for an omitted negation to be a fault; a longer one may leave out the
/// negation together with the words that it negates.
const LEAST_LEFT_OUT: usize = 3;

impl Facts {
    /// Returns the words of a language; English negations, numbers and dates count in every language.
    pub(super) fn new(language: Language) -> Self {
        let english = Language::parse("en").unwrap_or_default();
        let mut values = BTreeSet::new();
        for folder in [folder(language), folder(english)].into_iter().flatten() {
            for name in ["numbers", "scales", "months", "weekdays"] {
                let first = |line: &'static str| line.split_whitespace().next();
                // A month or weekday that is also an ordinary word ("to march", "he may") is recognized only by its
                // capital, like a name.
                let entries = section(folder.figures, name).filter_map(first);
                values.extend(entries.filter(|w| !matches!(*w, "may" | "march" | "sat" | "sun")));
            }
        }
        Self {
            language,
            discourse: discourse(language),
            english: discourse(english),
            values,
            nouns_have_capitals: language.code() == "de",
        }
    }

    /// Returns whether a word is a negation.
    pub(super) fn denies(&self, folded: &str) -> bool {
        // Words such as "against" and "except" express opposition or exclusion, but do not negate.
        let opposes = matches!(
            folded,
            "against" | "except" | "contre" | "contra" | "gegen" | "contro" | "против" | "tegen"
        );
        let lists = [self.discourse, self.english].into_iter().flatten();
        let listed = lists.into_iter().any(|d| d.denials.contains(folded));
        (listed && !opposes)
            || folded.ends_with("n't")
            || folded.starts_with("n'")
            || matches!(folded, "cannot" | "never" | "hardly" | "barely" | "scarcely")
    }

    fn is_value(&self, folded: &str) -> bool {
        folded.chars().any(|c| c.is_ascii_digit()) || self.values.contains(folded)
    }

    /// Returns whether a word of a source is capitalized because it is a name; `starts` is whether it starts a
    /// sentence.
    fn is_name(&self, raw: &str, starts: bool) -> bool {
        !starts && !self.nouns_have_capitals && raw.starts_with(char::is_uppercase) && raw != "I"
    }

    /// Judges brackets between two runs of a quotation by the source words that they replace.
    pub(super) fn brackets(&self, inside: &[Word], replaced: &[Word], text: &str) -> Option<Code> {
        let denies = |words: &[Word]| words.iter().any(|w| self.denies(&w.folded));
        if denies(inside) != denies(replaced) {
            // If nothing is replaced, more than two words, as in "[not in the list shown]", are a remark; a bare
            // negation is not.
            let is_remark = replaced.is_empty() && inside.len() > 2;
            return (!is_remark).then_some(Code::BracketNegation);
        }
        if replaced.is_empty() {
            return None;
        }
        let is_kept = |word: &Word| inside.iter().any(|w| w.folded == word.folded);
        let is_fact = |word: &&Word| {
            let starts = starts_sentence(text, word);
            self.is_value(&word.folded) || self.is_name(word.span.slice(text), starts)
        };
        let lost = replaced.iter().filter(is_fact).any(|word| !is_kept(word));
        Some(if lost { Code::BracketFact } else { Code::Bracket })
    }

    /// Judges brackets at an end of a quotation by the source words at that position, `beside`: "will open [in May]"
    /// for "will open in June". Brackets that replace no fact may add anything but a bare negation. `around` is the
    /// rest of the sentence, which includes `beside`.
    pub(super) fn outer_brackets(
        &self,
        (inside, draft): (&[Word], &str),
        (beside, source, around): (&[Word], &str, Span),
    ) -> Option<Code> {
        let denies = |words: &[Word]| words.iter().any(|w| self.denies(&w.folded));
        // A negation in more than two words, as in "[not in the list shown]", is a remark.
        if denies(inside) && !denies(beside) && inside.len() <= 2 {
            return Some(Code::BracketNegation);
        }
        let (inside, beside) = (stretch(inside)?, stretch(beside)?);
        let is_replaced =
            are_values_replaced(self.language, (draft, inside), (source, beside, around));
        is_replaced.then_some(Code::BracketFact)
    }

    /// Judges an ellipsis by the negations among the omitted words. `in_one_sentence` is whether the omitted words are
    /// all in the same sentence; otherwise, their negations do not matter.
    pub(super) fn ellipsis(&self, omitted: &[Word], in_one_sentence: bool) -> Option<Code> {
        let denied = omitted.iter().any(|w| self.denies(&w.folded));
        match (denied && in_one_sentence, omitted.len()) {
            (true, n) if n <= LEAST_LEFT_OUT => Some(Code::EllipsisNegation),
            (true, _) => Some(Code::Ellipsis),
            _ => None,
        }
    }

    /// Judges words that were changed without a mark.
    pub(super) fn changes(&self, changes: &[Change]) -> Code {
        let denials = |words: &[String]| words.iter().filter(|w| self.denies(w)).count();
        let values = |words: &[String]| {
            words.iter().filter(|w| self.is_value(w)).cloned().collect::<Vec<_>>()
        };
        if changes.iter().any(|c| denials(&c.own) != denials(&c.other)) {
            return Code::NegationChanged;
        }
        if changes.iter().any(|c| values(&c.own) != values(&c.other)) {
            return Code::NumberChanged;
        }
        Code::WordChanged
    }
}

/// Returns the range from the first word to the last.
pub(super) fn stretch(words: &[Word]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Span::new(first.span.start(), last.span.end()))
}

/// Returns whether a word starts a sentence or quotation, so that its capital carries no information.
fn starts_sentence(text: &str, word: &Word) -> bool {
    let before = text.get(..word.span.start()).unwrap_or("").trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', '"', '“', '”', '„', '«', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::language::Language;
    use crate::span::Span;
    use crate::verify::code::Code;
    use crate::verify::draft::comparable_words::{Word, words};

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()))
    }

    /// Judges brackets that contain `inside` and replace `replaced`, the words after "He said ".
    fn brackets(inside: &str, replaced: &str) -> Option<Code> {
        let facts = Facts::new(Language::parse("en").unwrap_or_default());
        let text = format!("He said {replaced}");
        let words: Vec<Word> = all(&text).into_iter().skip(2).collect();
        facts.brackets(&all(inside), &words, &text)
    }

    #[test]
    fn brackets_may_explain_and_not_change_a_fact() {
        assert_eq!(brackets("sic", ""), None);
        assert_eq!(brackets("Mayor Field", "he"), Some(Code::Bracket));
        assert_eq!(brackets("in May", "in June"), Some(Code::BracketFact));
        assert_eq!(brackets("in June 2031", "in June"), Some(Code::Bracket));
        assert_eq!(brackets("400", "forty"), Some(Code::BracketFact));
        assert_eq!(brackets("gladly", "not"), Some(Code::BracketNegation));
        assert_eq!(brackets("never", ""), Some(Code::BracketNegation));
        assert_eq!(brackets("not in the list shown", ""), None);
    }

    #[test]
    fn an_ellipsis_that_leaves_out_a_negation_is_named() {
        let facts = Facts::new(Language::parse("en").unwrap_or_default());
        assert_eq!(facts.ellipsis(&all("not"), true), Some(Code::EllipsisNegation));
        assert_eq!(
            facts.ellipsis(&all("as long as nobody objects to it"), true),
            Some(Code::Ellipsis)
        );
        assert_eq!(facts.ellipsis(&all("very much"), true), None);
    }
}
