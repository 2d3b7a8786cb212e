//! Which sentences can never stand in a summary, by general rules.
//!
//! A rule says why, so that an explanation can. Where every sentence of a story is unfit, the best of what there is
//! is taken all the same, except half quotations.

use crate::budget;
use crate::language::Language;
use crate::summary::marks;

/// Why a sentence cannot stand in a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unfit {
    /// A quotation mark or bracket opens or closes outside.
    HalfQuotation,
    /// The caller leaves it out.
    LeftOut,
    /// It is shown beside the summary, or was shown before.
    Shown,
    /// The article is banned.
    Banned,
    /// Too few words to tell anything.
    Short,
    /// More words than a reader takes in at once.
    Long,
    /// It asks instead of telling.
    Question,
    /// It ends without an end mark: a caption, a menu, a heading.
    NoEnd,
    /// It introduces a list that would be missing.
    ListIntro,
}

impl Unfit {
    /// Returns the reason in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::HalfQuotation => "half a quotation",
            Self::LeftOut => "left out by request",
            Self::Shown => "shown elsewhere",
            Self::Banned => "its article is banned",
            Self::Short => "too short",
            Self::Long => "too long",
            Self::Question => "a question",
            Self::NoEnd => "no end mark",
            Self::ListIntro => "introduces a list",
        }
    }

    /// Returns whether the sentence must not be shown even where nothing else is left.
    pub(crate) const fn is_final(self) -> bool {
        matches!(self, Self::HalfQuotation | Self::LeftOut | Self::Shown | Self::Banned)
    }
}

/// Fewest words of a sentence that tells something.
const SHORTEST: usize = 6;

/// Fewest words of a line that is prose without an end mark, in a story of several articles.
const SHORTEST_WITHOUT_END: usize = 12;

/// Most words of a sentence, where one article and where several are summarized.
const LONGEST: [usize; 2] = [70, 100];

/// Characters of a text without spaces that say as much as one word.
const CHARACTERS_A_WORD: f64 = 1.6;

/// Returns why a sentence cannot stand in a summary, if so.
pub(crate) fn unfit(sentence: &str, language: Language, several: bool) -> Option<Unfit> {
    let words = word_like(sentence);
    let end = end_of(sentence, language);
    let longest = LONGEST[usize::from(several)];
    let rules = [
        (!marks::balanced(sentence), Unfit::HalfQuotation),
        (words < SHORTEST, Unfit::Short),
        (words > longest, Unfit::Long),
        (end == End::Question, Unfit::Question),
        (end == End::Colon, Unfit::ListIntro),
        (end == End::None && (!several || words < SHORTEST_WITHOUT_END), Unfit::NoEnd),
    ];
    rules.into_iter().find(|(holds, _)| *holds).map(|(_, why)| why)
}

/// Words, with a run of characters written without spaces counted as the words it would be elsewhere.
fn word_like(sentence: &str) -> usize {
    let unspaced = sentence.chars().filter(|&c| budget::is_cjk(c)).count();
    budget::words(sentence) - unspaced + (unspaced as f64 / CHARACTERS_A_WORD) as usize
}

/// How a sentence ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Full,
    Question,
    Colon,
    None,
}

fn end_of(sentence: &str, language: Language) -> End {
    let mut closed = false;
    for c in sentence.trim_end().chars().rev() {
        match c {
            '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' | ')' | ']' | '」'
            | '』' => {
                closed = true;
            }
            '?' | '？' | '؟' | '\u{37e}' | '⸮' => return End::Question,
            ';' if language.code() == "el" => return End::Question,
            ':' | '：' => return End::Colon,
            '.' | '!' | '…' | '。' | '！' | '｡' | '।' | '॥' | '۔' | '։' | '።' | '၊' | '။' =>
            {
                return End::Full;
            }
            _ => break,
        }
    }
    if closed { End::Full } else { End::None }
}

#[cfg(test)]
mod tests {
    use super::{Unfit, unfit};
    use crate::language::Language;

    #[test]
    fn what_cannot_stand_alone_is_named() {
        let en = Language::parse("en").unwrap_or_default();
        for (text, several, why) in [
            ("The council voted on Tuesday to close the old harbour.", false, None),
            ("It closed.", false, Some(Unfit::Short)),
            ("Why did the council vote to close it?", false, Some(Unfit::Question)),
            ("The council closed the harbour for these reasons:", true, Some(Unfit::ListIntro)),
            ("The old harbour as seen from the hill", true, Some(Unfit::NoEnd)),
            ("\"The council voted on Tuesday to close it.", true, Some(Unfit::HalfQuotation)),
            ("市議会は火曜日に古い港を閉鎖することを決めた。", false, None),
        ] {
            assert_eq!(unfit(text, en, several), why, "{text}");
        }
    }
}
