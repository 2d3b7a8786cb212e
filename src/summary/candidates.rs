//! Which sentences can never stand in a summary, by general rules.
//!
//! A rule says why, so that an explanation can. Where every sentence of a story is unfit, the best of what there is
//! is taken all the same, except half quotations.

use crate::budget;
use crate::language::Language;
use crate::summary::marks;
use crate::text::language::{self, Coherence, WordSet};

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
    /// It speaks to the reader.
    Address,
    /// It promotes another article, or names the source of a picture.
    Promo,
    /// A short line without a verb: a caption.
    NoVerb,
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
            Self::Address => "speaks to the reader",
            Self::Promo => "promotion or credit",
            Self::NoVerb => "no verb",
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
    let plain = rules.into_iter().find(|(holds, _)| *holds).map(|(_, why)| why);
    plain.or_else(|| language::coherence(language).and_then(|data| by_words(sentence, words, data)))
}

/// Most words of a line that may be a caption.
const LONGEST_CAPTION: usize = 16;

/// The rules that hang on words of the language.
fn by_words(sentence: &str, n_words: usize, data: &Coherence) -> Option<Unfit> {
    let own = outside_quotations(sentence);
    let words: Vec<String> = own
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .map(|w| w.trim_matches(['\'', '’', '-']).replace('’', "'"))
        .filter(|w| !w.is_empty())
        .collect();
    let folded: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let phrase_at = |set: &WordSet, at: usize| {
        let longest = LONGEST_PHRASE.min(folded.len() - at);
        (1..=longest).rev().find(|&n| set.contains(&folded[at..at + n].join(" ")))
    };
    let addresses = |at: usize| {
        data.address_starts.contains(&folded[at]) && phrase_at(&data.address, at).is_some()
    };
    if (0..folded.len()).any(addresses) {
        return Some(Unfit::Address);
    }
    let promo = (!folded.is_empty()).then(|| phrase_at(&data.promo, 0)).flatten();
    let colon = || {
        words.first().is_some_and(|w| {
            own.trim_start().strip_prefix(w.as_str()).is_some_and(|rest| rest.starts_with(':'))
        })
    };
    if promo.is_some_and(|n| n > 1 || colon()) {
        return Some(Unfit::Promo);
    }
    let is_verb = |(at, word): (usize, &String)| {
        let ending = |e: &&str| word.ends_with(*e) && word.len() > e.len() + 1;
        let listed = data.verbs.contains(word) || data.verb_endings.iter().any(ending);
        listed && at > 0 && !words[at].starts_with(char::is_uppercase)
    };
    // What is in another script than the list has no verb of it.
    let spaced = folded.len() + 2 >= SHORTEST;
    let judged = spaced && !data.verb_endings.is_empty() && own.len() == sentence.len();
    let verbless = judged && n_words <= LONGEST_CAPTION && !folded.iter().enumerate().any(is_verb);
    verbless.then_some(Unfit::NoVerb)
}

/// Most words of an entry in the lists.
const LONGEST_PHRASE: usize = 4;

/// What a sentence says in its reporter's own words.
fn outside_quotations(sentence: &str) -> String {
    let mut inside = false;
    let mut own = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        match c {
            '"' => inside = !inside,
            '“' | '„' | '«' => inside = true,
            '”' | '»' => inside = false,
            _ if !inside => own.push(c),
            _ => {}
        }
    }
    own
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
            ("Click here to read what the council said on Tuesday.", true, Some(Unfit::Address)),
            ("Photo: the old harbour before it was closed on Tuesday.", true, Some(Unfit::Promo)),
            ("The old harbour near Port Anne in May 2006.", true, Some(Unfit::NoVerb)),
            ("\"You will close it,\" the council told the harbour master.", true, None),
            ("市議会は火曜日に古い港を閉鎖することを決めた。", false, None),
        ] {
            assert_eq!(unfit(text, en, several), why, "{text}");
        }
    }
}
