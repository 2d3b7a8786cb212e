//! Sentences that lean on the one before them: a pronoun, a connective, or "the minister" at the start.
//!
//! Such a sentence is shown only right after the sentence that it leans on. The words are data of each language
//! (`coherence.txt`); a language without data has no leaning sentences.
//!
//! Known limits: what leans later in a sentence is not seen; "It" that stands for nothing ("It rained") counts.

use crate::language::Language;
use crate::text::language::{self, Coherence};

/// How a sentence leans on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaning {
    /// It starts with a pronoun: "She said …".
    Pronoun,
    /// It starts with a connective: "But …".
    Connective,
    /// It starts with a role without its name: "The minister …".
    Role,
}

impl Leaning {
    /// Returns what it leans by, in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Pronoun => "starts with a pronoun",
            Self::Connective => "starts with a connective",
            Self::Role => "starts with a role without its name",
        }
    }
}

/// Returns how a sentence leans on the one before it, if it does.
pub(crate) fn of(sentence: &str, language: Language) -> Option<Leaning> {
    let data = language::coherence(language)?;
    let words = words(sentence);
    start(&words, data).or_else(|| spoken_by_pronoun(sentence, data).then_some(Leaning::Pronoun))
}

/// A word in lower case, and whether it was written with a capital.
struct Word {
    folded: String,
    capital: bool,
}

/// Most words that are looked at.
const LONGEST_START: usize = 5;

fn words(text: &str) -> Vec<Word> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')))
        .map(|w| w.trim_matches(['\'', '’', '-', '.']))
        .filter(|w| !w.is_empty())
        .take(LONGEST_START)
        .map(|w| Word {
            folded: w.replace('’', "'").to_lowercase(),
            capital: w.starts_with(char::is_uppercase),
        })
        .collect()
}

/// The longest entry of the lists that the sentence starts with decides; then whether it adds to something.
fn start(words: &[Word], data: &Coherence) -> Option<Leaning> {
    for n in (1..=words.len()).rev() {
        let entry: Vec<&str> = words[..n].iter().map(|w| w.folded.as_str()).collect();
        let entry = entry.join(" ");
        if data.free.contains(&entry) {
            return None;
        }
        if data.pronouns.contains(&entry) {
            return Some(Leaning::Pronoun);
        }
        if data.connectives.contains(&entry) {
            return Some(Leaning::Connective);
        }
    }
    if words.iter().skip(1).any(|w| data.additive.contains(&w.folded)) {
        return Some(Leaning::Connective);
    }
    role(words, data).then_some(Leaning::Role)
}

/// A definite role without a name: "The prime minister said", not "The Irish prime minister said", "The minister of
/// justice said" or "The minister, Ann Lee, said".
fn role(words: &[Word], data: &Coherence) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    if data.definite.is_empty() {
        // Without articles the role itself is first: "Ministr řekl", not "Ministr Karel Novák řekl".
        let named = rest.iter().take(3).any(|w| w.capital || data.named_by.contains(&w.folded));
        return data.roles.contains(&first.folded) && !named;
    }
    if !data.definite.contains(&first.folded) {
        return false;
    }
    let Some(at) = rest.iter().take(3).position(|w| data.roles.contains(&w.folded)) else {
        return false;
    };
    let named = |w: &Word| w.capital || data.named_by.contains(&w.folded);
    !rest[..at].iter().any(|w| w.capital) && !rest.get(at + 1).is_some_and(named)
}

/// A quotation whose speaker is a pronoun: “We agree,” she said.
fn spoken_by_pronoun(sentence: &str, data: &Coherence) -> bool {
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    if !sentence.starts_with(marks) {
        return false;
    }
    let Some(after) = sentence.trim_end_matches(marks).rsplit(marks).next() else { return false };
    let words = words(after);
    let subject = words.iter().take(2);
    after.len() < sentence.len()
        && subject.clone().any(|w| data.speakers.contains(&w.folded))
        && !subject.clone().any(|w| w.capital)
}

#[cfg(test)]
mod tests {
    use super::{Leaning, of};
    use crate::language::Language;

    #[test]
    fn leaning_starts_are_seen() {
        let en = Language::parse("en").unwrap_or_default();
        for (text, leaning) in [
            ("She said the port would close.", Some(Leaning::Pronoun)),
            ("But the port stayed open.", Some(Leaning::Connective)),
            ("In addition, the port stayed open.", Some(Leaning::Connective)),
            ("The minister said it would close.", Some(Leaning::Role)),
            ("The prime minister said it would close.", Some(Leaning::Role)),
            ("\"We agree,\" she said.", Some(Leaning::Pronoun)),
            ("\"We agree,\" Ms Lee said.", None),
            ("The Irish prime minister said it would close.", None),
            ("The minister of justice said it would close.", None),
            ("The Minister Ann Lee said it would close.", None),
            ("The council also closed the port.", Some(Leaning::Connective)),
            ("The port will close.", None),
            ("This week the port closed.", None),
        ] {
            assert_eq!(of(text, en), leaning, "{text}");
        }
    }
}
