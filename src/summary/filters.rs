//! Filters: general rules for sentences that do not belong in a summary.
//!
//! Each rule gives the reason that explanations show. If every sentence of a story is unfit, the best of them are used
//! nevertheless, except those that are not sentences of a report at all, such as half a quotation, a caption or a post,
//! and those that the caller excludes.

use std::ops::RangeInclusive;

use crate::budget;
use crate::language::Language;
use crate::span::slice;
use crate::summary::token_buffer::{Word, Wording};
use crate::text::packs::{self, Discourse, WordSet};

/// Why a sentence is unfit for a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unfit {
    /// A quotation or bracket in it opens or closes outside it.
    HalfQuotation,
    /// The caller excluded it.
    LeftOut,
    /// It is shown beside the summary, or was shown before.
    Shown,
    /// Its article is banned.
    Banned,
    /// It has too few words to carry information.
    Short,
    /// It has more words than a reader can take in at once.
    Long,
    /// It is a question.
    Question,
    /// It belongs to an interview answer whose question is a heading and therefore cannot be shown.
    Unasked,
    /// It lacks an end mark, as captions, menus and headings do.
    NoEnd,
    /// It introduces a list, which would be missing from the summary.
    ListIntro,
    /// It addresses the reader.
    Address,
    /// It promotes another article, describes or credits a picture, contains a label of the page, is a listing or code,
    /// or precedes the body of its article.
    Promo,
    /// It is entirely in brackets (an aside, a note or a link to another article), or it is the signature below a
    /// quotation.
    Aside,
    /// It is a social media post that the article embeds: "#Ferry aground off #Varn".
    Post,
    /// It starts with the time of a live blog entry: "14:32 The council".
    LiveEntry,
    /// It refers back with a summarizing noun: "called that idea foolish".
    PointsBack,
    /// It consists of function words and at most one content word, without a name or figure: "That is how it has always
    /// been."
    Empty,
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
            Self::Unasked => "an answer without its question",
            Self::NoEnd => "no end mark",
            Self::ListIntro => "introduces a list",
            Self::Address => "addresses the reader",
            Self::Promo => "promotion, caption or credit",
            Self::Aside => "an aside in brackets",
            Self::Post => "a post",
            Self::LiveEntry => "an entry of a live blog",
            Self::PointsBack => "refers to something that is not shown",
            Self::Empty => "says nothing by itself",
        }
    }

    /// Returns whether the sentence must not be shown even if no other sentence is left.
    pub(crate) const fn is_final(self) -> bool {
        matches!(
            self,
            Self::HalfQuotation
                | Self::LeftOut
                | Self::Shown
                | Self::Banned
                | Self::Promo
                | Self::Aside
                | Self::Post
                | Self::LiveEntry
        )
    }
}

/// The minimum number of words in an informative sentence.
const SHORTEST: usize = 6;

/// The minimum number of words in a line without an end mark for it to count as prose, in a story of several articles.
const SHORTEST_WITHOUT_END: usize = 12;

/// The maximum number of words in a sentence that can be shown.
const LONGEST: usize = 100;

/// The number of characters that correspond to one word in text written without spaces.
const CHARACTERS_A_WORD: f64 = 1.6;

/// Returns why a sentence with balanced quotation marks is unfit, using only rules that need no word lists; `words` is
/// its number of words as counted for the budget.
pub(crate) fn unfit(
    sentence: &str,
    words: usize,
    language: Language,
    several: bool,
) -> Option<Unfit> {
    let words = word_like(sentence, words);
    let end = end_of(sentence, language);
    let rules = [
        (words < SHORTEST, Unfit::Short),
        (words > LONGEST, Unfit::Long),
        (end == End::Question, Unfit::Question),
        (end == End::Colon, Unfit::ListIntro),
        (end == End::None && (!several || words < SHORTEST_WITHOUT_END), Unfit::NoEnd),
    ];
    rules.into_iter().find(|(holds, _)| *holds).map(|(_, why)| why)
}

/// Returns why a sentence is unfit, judging by credits, by its form and by the word lists of its language.
///
/// A sentence may be rejected because it contains a listed word, but never because it lacks one, such as a known verb.
pub(crate) fn unfit_by_words(
    sentence: &str,
    wording: &Wording,
    language: Language,
) -> Option<Unfit> {
    if NOT_PROSE.iter().any(|credit| sentence.contains(credit)) {
        return Some(Unfit::Promo);
    }
    if is_in_brackets(sentence) {
        return Some(Unfit::Aside);
    }
    if is_post(sentence) {
        return Some(Unfit::Post);
    }
    if is_signature(wording.words(), sentence) {
        return Some(Unfit::Aside);
    }
    if photographer(sentence).is_some() || starts_with_bar(sentence) || is_listing(wording.words())
    {
        return Some(Unfit::Promo);
    }
    if starts_with_clock(sentence, language) {
        return Some(Unfit::LiveEntry);
    }
    if shouts(wording.words()) || has_glued_label(wording.words(), sentence, language) {
        return Some(Unfit::Promo);
    }
    wording.data().and_then(|data| by_words(sentence, wording, data))
}

/// Returns whether a sentence starts with a picture credit, so that the sentence before it is the caption: "(Photo:
/// Jan Roe)", "Jan Roe/AP", "| AP Photo".
pub(crate) fn starts_with_credit(sentence: &str, wording: &Wording) -> bool {
    if photographer(sentence) == Some(0) || starts_with_bar(sentence) {
        return true;
    }
    let Some((data, first)) = wording.data().zip(wording.words().first()) else { return false };
    sentence.starts_with(['(', '['])
        && data.promo.contains(wording.folded(first))
        && slice(sentence, first.at.end(), sentence.len()).trim_start().starts_with([':', ' '])
}

/// Returns whether a sentence starts with a bar, which pages put between a caption and its credit or between two
/// titles.
fn starts_with_bar(sentence: &str) -> bool {
    sentence.starts_with(['|', '｜'])
}

/// Returns whether a line names the author of the post above it: "— Jan Roe (@janroe) 4 May".
pub(crate) fn names_a_post(line: &str) -> bool {
    line.starts_with(['—', '–', '-']) && line.contains("(@")
}

/// Returns whether a sentence starts with a hashtag or an account name, or contains at least two of them: a reporter
/// mentions at most one.
fn is_post(sentence: &str) -> bool {
    let is_tag = |word: &str| {
        let name = word.strip_prefix(['#', '@']);
        name.is_some_and(|name| name.starts_with(char::is_alphabetic))
    };
    let mut words = sentence.split_whitespace();
    words.next().is_some_and(is_tag) || words.filter(|word| is_tag(word)).nth(1).is_some()
}

/// Returns whether a sentence starts with a dash and a name, like the signature below a quotation: "— Ann Lee, mayor of
/// Port Anne, in 1992".
fn is_signature(words: &[Word], sentence: &str) -> bool {
    let has_dash = sentence.starts_with(['—', '–', '―']) || sentence.starts_with("--");
    has_dash && matches!(words, [first, second, ..] if first.capital && second.capital)
}

/// Returns whether brackets enclose the whole sentence.
fn is_in_brackets(sentence: &str) -> bool {
    let body = sentence.trim_end_matches(['.', '!', '?', ' ']);
    let mut depth = 0_usize;
    let closes_at = body.char_indices().find(|(_, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    body.starts_with(['(', '[']) && closes_at.is_some_and(|(at, _)| at + 1 == body.len())
}

/// Returns the number of words before the name and agency of a photographer, which often follow a caption: "Jan
/// Roe/AP", "Jan Roe / AFP".
fn photographer(sentence: &str) -> Option<usize> {
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let is_agency = |word: &str| {
        let letters: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
        AGENCY_LETTERS.contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase)
    };
    if !sentence.contains('/') {
        return None;
    }
    let spread = sentence.replace('/', " / ");
    let words: Vec<&str> = spread.split_whitespace().collect();
    words.windows(4).position(|run| match run {
        [first, last, "/", agency] => is_name(first) && is_name(last) && is_agency(agency),
        _ => false,
    })
}

/// The number of letters in an agency's abbreviation: AP, AFP, ANSA.
const AGENCY_LETTERS: RangeInclusive<usize> = 2..=4;

/// Returns whether more than four fifths of the words of a sentence are capitalized, as in a lineup, a row of headings
/// or a list of names.
fn is_listing(words: &[Word]) -> bool {
    let n_capitals = words.iter().filter(|word| word.capital).count();
    SHORTEST_LISTING <= words.len() && words.len() * 4 < n_capitals * 5
}

/// The minimum number of words in a listing; a long name with a title usually has fewer.
const SHORTEST_LISTING: usize = 10;

/// Returns whether a sentence starts with the time of a live blog entry: "10:45 a.m.: The council", "14:32 The
/// council", not "7:30 p.m. is the end of the shift".
fn starts_with_clock(sentence: &str, language: Language) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(sentence);
    let rest = slice(sentence, hours, sentence.len());
    let Some(rest) = rest.strip_prefix([':', '.', 'h']) else { return false };
    if !(1..=2).contains(&hours) || digits(rest) != 2 {
        return false;
    }
    let rest = slice(rest, 2, rest.len()).trim_start();
    let half = ["a.m.", "p.m.", "am", "pm", "AM", "PM", "Uhr"];
    let after = half.iter().find_map(|half| rest.strip_prefix(half));
    let goes_on = after.unwrap_or(rest).trim_start();
    let first = goes_on.split_whitespace().next().unwrap_or("");
    let is_sentence = first.starts_with(char::is_uppercase)
        && packs::stop_words(language).contains(&first.to_lowercase());
    goes_on.starts_with([':', '–', '—', '|', '-']) || after.is_none() && is_sentence
}

/// Returns whether a label is glued to the start of a sentence: "Image An advertisement on the pier", "Close The mayor
/// spoke". In a name, the next word is capitalized too: "Citing The Lenn Post".
fn has_glued_label(words: &[Word], sentence: &str, language: Language) -> bool {
    let [label, first, second, ..] = words else { return false };
    let text = |word: &Word| word.at.slice(sentence).to_lowercase();
    let is_small = |word: &Word| packs::stop_words(language).contains(&text(word));
    slice(sentence, label.at.end(), first.at.start()) == " "
        && label.capital
        && first.capital
        && !second.capital
        && !label.quoted
        && !first.quoted
        && !is_small(label)
        && is_small(first)
        && text(first) != "i"
}

/// The minimum number of consecutive words in capitals that form a headline or a label, not a name.
const SHOUTED: usize = 4;

/// Returns whether at least [`SHOUTED`] words in a row are in capitals: "GERMAN CHANCELLOR ANNA ROE, SAYING".
fn shouts(words: &[Word]) -> bool {
    words.windows(SHOUTED).any(|run| run.iter().all(|word| word.shouted))
}

/// The maximum number of words in an entry of the word lists.
const LONGEST_PHRASE: usize = 4;

/// Applies the rules that use the word lists of the language, mostly to the reporter's own words outside quotations.
///
/// A label in capitals inside a sentence marks the end of links that the page inserted into it: `Ann LeeCouncil shuts
/// the pier MORE said`.
fn by_words(sentence: &str, wording: &Wording, data: &Discourse) -> Option<Unfit> {
    let words = wording.words();
    let addresses = |(at, word): (usize, &Word)| {
        !word.quoted
            && data.address_starts.contains(wording.folded(word))
            && wording.longest_in(&data.address, at, LONGEST_PHRASE).is_some()
    };
    if words.iter().enumerate().any(addresses) {
        return Some(Unfit::Address);
    }
    if let Some(first) = words.iter().position(|w| !w.quoted)
        && let Some(n) = wording.longest_in(&data.promo, first, LONGEST_PHRASE)
        && (n > 1 || slice(sentence, words[first].at.end(), sentence.len()).starts_with(':'))
    {
        return Some(Unfit::Promo);
    }
    let points_back = |pair: &[Word]| {
        let [pointer, noun] = [&pair[0], &pair[1]].map(|word| wording.folded(word));
        let holds = |(pointers, nouns): &(WordSet, WordSet)| {
            pointers.contains(pointer) && nouns.contains(noun)
        };
        !pair.iter().any(|word| word.quoted) && data.pointing.iter().any(holds)
    };
    if words.windows(2).any(points_back) {
        return Some(Unfit::PointsBack);
    }
    let is_caption = |at: &usize| {
        let word = &words[*at];
        !word.quoted
            && data.caption_starts.contains(wording.folded(word))
            && wording.longest_in(&data.captions, *at, LONGEST_PHRASE).is_some()
    };
    if (0..words.len()).any(|at| is_caption(&at)) {
        return Some(Unfit::Promo);
    }
    let is_label =
        |word: &Word| word.shouted && !word.quoted && data.labels.contains(wording.folded(word));
    let has_label = words.iter().skip(1).any(is_label);
    (has_label || starts_with_label(sentence, wording, data)).then_some(Unfit::Promo)
}

/// Returns whether a sentence starts with a label in capitals that was glued to it: "WATCH The president speaks",
/// "RELATED".
fn starts_with_label(sentence: &str, wording: &Wording, data: &Discourse) -> bool {
    let label = wording.longest_in(&data.labels, 0, LONGEST_PHRASE);
    let last = label.and_then(|n| wording.words().get(n.wrapping_sub(1)));
    last.is_some_and(|last| {
        let label = slice(sentence, 0, last.at.end());
        label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase)
    })
}

/// Picture credits and fragments of posts, addresses and code, which are the same in every language.
const NOT_PROSE: [&str; 14] = [
    "(AP Photo",
    "AP Photo/",
    "Getty Images",
    "/AFP",
    "AFP/",
    "/Reuters",
    "REUTERS/",
    "EPA/",
    "(@",
    "pic.twitter",
    "://",
    "=\"",
    "/>",
    "{{",
];

/// Returns the number of words; for text written without spaces, the number of words that it would have in a script
/// with spaces.
fn word_like(sentence: &str, words: usize) -> usize {
    if sentence.is_ascii() {
        return words;
    }
    let unspaced = sentence.chars().filter(|&c| budget::is_cjk(c)).count();
    words.saturating_sub(unspaced) + (unspaced as f64 / CHARACTERS_A_WORD) as usize
}

/// Returns whether a sentence ends with an end mark, a colon, a quotation mark or a closing bracket.
pub(crate) fn has_end(sentence: &str, language: Language) -> bool {
    end_of(sentence, language) != End::None
}

/// Returns whether a sentence ends with a question mark.
pub(crate) fn is_question(sentence: &str, language: Language) -> bool {
    end_of(sentence, language) == End::Question
}

/// Returns whether a sentence ends like a statement: with an end mark other than a question mark, with a quotation mark
/// or with a closing bracket.
pub(crate) fn is_statement(sentence: &str, language: Language) -> bool {
    end_of(sentence, language) == End::Full
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
    use super::{Unfit, unfit, unfit_by_words};
    use crate::budget;
    use crate::language::Language;
    use crate::summary::token_buffer::Wording;

    /// Returns why an English sentence is unfit.
    fn found(text: &str, several: bool) -> Option<Unfit> {
        let en = Language::ENGLISH;
        let mut wording = Wording::new(en);
        wording.fill(text);
        unfit(text, budget::words(text), en, several).or_else(|| unfit_by_words(text, &wording, en))
    }

    #[test]
    fn what_cannot_stand_alone_is_named() {
        for (text, several, why) in [
            ("The council voted on Tuesday to close the old harbour.", false, None),
            ("It closed.", false, Some(Unfit::Short)),
            ("Why did the council vote to close it?", false, Some(Unfit::Question)),
            ("The council closed the harbour for these reasons:", true, Some(Unfit::ListIntro)),
            ("The old harbour as seen from the hill", true, Some(Unfit::NoEnd)),
            (
                "Mayor Ann Lee is seen in the harbour of Port Anne on Monday.",
                true,
                Some(Unfit::Promo),
            ),
            ("The old harbour of Port Anne. (AP Photo/Jan Roe)", true, Some(Unfit::Promo)),
            (
                "WATCH The council of Port Anne votes to close the harbour.",
                true,
                Some(Unfit::Promo),
            ),
            (
                "(Also in the Post: the council holds the harbour in its hands.)",
                true,
                Some(Unfit::Aside),
            ),
            (
                "(Lenn) The council voted (again) on Tuesday to close the harbour (for good).",
                true,
                None,
            ),
            (
                "HARBOUR MASTER JAN ROE, SAYING: the council will close it.",
                true,
                Some(Unfit::Promo),
            ),
            (
                "The harbour is closed (@lennport) until the pier is mended.",
                true,
                Some(Unfit::Promo),
            ),
            ("Watch dogs were trained in the old harbour on Tuesday.", true, None),
            (
                "poster=\"a.jpg\" The council of Port Anne votes on the harbour.",
                true,
                Some(Unfit::Promo),
            ),
            ("Image An old boat was shown on the pier of Port Anne.", true, Some(Unfit::Promo)),
            ("Highlights The council closed the pier on Monday.", true, Some(Unfit::Promo)),
            ("Citing The Lenn Post, the council closed the pier.", true, None),
            ("Mayor I know closed the pier of Port Anne on Monday.", true, None),
            ("Storms smash the boats of the fishers near Port Anne.", true, None),
            ("Click here to read what the council said on Tuesday.", true, Some(Unfit::Address)),
            ("Photo: the old harbour before it was closed on Tuesday.", true, Some(Unfit::Promo)),
            ("The mayor called that idea the best of the year.", true, Some(Unfit::PointsBack)),
            ("The mayor said that ideas like the new pier cost money.", true, None),
            ("\"You will close it,\" the council told the harbour master.", true, None),
            ("市議会は火曜日に古い港を閉鎖することを決めた。", false, None),
        ] {
            assert_eq!(found(text, several), why, "{text}");
        }
    }

    #[test]
    fn entries_of_blogs_credits_and_lists_are_named() {
        let promo = Some(Unfit::Promo);
        let entry = Some(Unfit::LiveEntry);
        for (text, why) in [
            ("10:45 a.m.: The harbour master says that the pier will stay closed.", entry),
            ("10:45 AM – The harbour master says that the pier will stay closed.", entry),
            ("14:32 The divers of the port found cracks in a third pillar.", entry),
            ("14.32: Divers of the port found cracks in a third pillar.", entry),
            ("7:30 p.m. is the end of the last shift in the port of Lenn.", None),
            ("3.5 million crowns were paid for the old pier of Port Anne.", None),
            ("14:32 was the time at which the pier of Port Anne fell.", None),
            ("An old boat lies on the pier. Jan Roe/AP The council closed it.", promo),
            ("Jan Roe walks on the pier of Port Anne. Ada Okland / AFP", promo),
            ("The Dallas/Fort Worth line of the old railway was closed on Monday.", None),
            ("The council and/or the harbour office will pay for the old pier.", None),
            ("Lineup: Ann Lee, Jan Roe, Ada Okland, Bo Brandt, Carl Holt and Dora Hine.", promo),
            ("Council Closes Old Pier Harbour Master Quits Ferries Leave From Lenn.", promo),
            ("Prime Minister Ann Lee met President Jan Roe in Lenn on Monday.", None),
            (
                "If you buy a lamp here, the Lenn Post may receive a share of sales.",
                Some(Unfit::Address),
            ),
            ("The Lenn Post may receive a share of sales from links on this page.", promo),
            ("The paper earns a commission on purchases through its shop.", promo),
        ] {
            assert_eq!(found(text, true), why, "{text}");
        }
    }

    #[test]
    fn posts_and_links_inside_a_sentence_are_named() {
        for (text, several, why) in [
            (
                "#Ferry aground off Port Anne, all of us are safe on the pier.",
                true,
                Some(Unfit::Post),
            ),
            (
                "The ferry is aground, all safe #ferry #portanne on the pier.",
                true,
                Some(Unfit::Post),
            ),
            ("@lennport The ferry is aground and everybody is safe now.", true, Some(Unfit::Post)),
            ("-- Ann Lee, as mayor of Port Anne, to a friend of hers.", true, Some(Unfit::Aside)),
            ("— Ann Lee in a letter to the council of Port Anne.", true, Some(Unfit::Aside)),
            ("— The harbour is closed, and nobody knows for how long.", true, None),
            ("The #SaveThePier movement won a seat in the council of Port Anne.", true, None),
        ] {
            assert_eq!(found(text, several), why, "{text}");
        }
    }
}
