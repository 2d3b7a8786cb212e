//! Whether a sentence ends at a candidate: one local decision, from the surest sign to the weakest.
//!
//! In this order: a mark that needs no white space ends; what follows without white space, in lower case or as
//! punctuation goes on; a question or exclamation mark ends, unless a reporting clause or the rest of a title follows;
//! several stops end before a capital letter; one stop is judged by the word before it and the word after it.

use crate::span::slice;
use crate::text::segment::candidate::{Candidate, Gap, head, word_before, word_from};
use crate::text::segment::marks;
use crate::text::segment::rules::{Class, Habit, Rules};
use crate::text::segment::title;

/// Words of a phrase that is put in front of its sentence: `At about 5 a.m. …`
const FRONTED_WORDS: usize = 4;
/// The same in bytes.
const FRONTED_BYTES: usize = 80;
/// The most bytes of marks before the label of a list, or before an ellipsis that opens a sentence.
const OPENING_BYTES: usize = 40;
/// The longest word that may be an unknown abbreviation before a small letter.
const SHORT_WORD: usize = 3;
/// How far a reporting clause is looked for, in bytes.
const REPORTING_BYTES: usize = 200;
/// Words between a quotation and the verb that reports it.
const REPORTING_WORDS: usize = 8;
/// The longest word that lack of vowels makes an abbreviation.
const CONSONANTS: usize = 4;

/// Returns whether a sentence ends at the candidate.
pub(super) fn ends_sentence(c: &Candidate<'_>, rules: &Rules) -> bool {
    if c.run.full {
        return full_mark_ends(c);
    }
    let Some(first) = c.next.first else { return false };
    if !c.next.gap.has(Gap::SPACE) {
        return glued_stop_ends(c, rules);
    }
    if !may_begin(first) || is_bracketed(c) {
        return false;
    }
    if first.is_lowercase() && !c.next.is_mixed_case() && !small_letter_begins(c, rules) {
        return false;
    }
    if c.run.strong {
        strong_mark_ends(c, rules)
    } else if c.run.stops > 1 {
        ellipsis_ends(c)
    } else {
        single_stop_ends(c, rules)
    }
}

/// Returns whether a sentence may begin with a character.
fn may_begin(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '#' | '@' | '%' | '§')
        || (c as u32) >= 0x1F000
}

/// Returns whether a small letter begins a sentence all the same.
///
/// It does in a bracket or quotation of its own, after an omission, in an address of the Web, and where the author
/// begins sentences small: the sentence before began so, or the pronoun I is written `i`.
fn small_letter_begins(c: &Candidate<'_>, rules: &Rules) -> bool {
    let word = c.word;
    let letters = word.chars().count();
    let plain = letters > 1
        && word.chars().all(char::is_alphabetic)
        && word.chars().next_back().is_some_and(char::is_lowercase)
        && rules.class(word).is_empty();
    if !plain || c.next.gap.has(Gap::DASH) {
        return false;
    }
    let unclosed = !c.closes_quotation && !c.closes_bracket;
    if unclosed && (begins_small(c) || c.next.word == "i" && rules.has_habit(Habit::CapitalI)) {
        return true;
    }
    if letters <= SHORT_WORD {
        return false;
    }
    let next = c.next.word;
    let closed_class = letters > SHORT_WORD + 1
        && c.run.stops == 1
        && unclosed
        && word.chars().all(char::is_lowercase)
        && c.next.class.has(Class::CLOSED);
    closed_class
        || c.next.gap.has(Gap::OPENING)
        || (c.run.stops == 1 && c.next.gap.has(Gap::ELLIPSIS))
        || matches!(next, "http" | "https" | "www")
        || (!c.closes_quotation
            && !c.closes_bracket
            && (next == "i" && rules.has_habit(Habit::CapitalI) || begins_small(c)))
}

/// Returns whether the sentence so far begins with a small letter.
fn begins_small(c: &Candidate<'_>) -> bool {
    let so_far = c.before(c.run.start).trim_start();
    so_far.starts_with(char::is_lowercase) && !so_far.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Returns whether the terminators are all that brackets hold: `[...]`, `(!)`, `(?)`.
fn is_bracketed(c: &Candidate<'_>) -> bool {
    c.closes_bracket && c.before(c.run.start).ends_with(['(', '['])
}

/// Returns whether the candidate lies in the marks of a Chinese or Japanese title: `《…！…》`.
fn is_in_title_marks(c: &Candidate<'_>) -> bool {
    let so_far = c.recent();
    so_far.rfind('《') > so_far.rfind('》')
}

/// A mark of a script that needs no white space ends, unless what it closes goes on: `「…。」と述べた`.
fn full_mark_ends(c: &Candidate<'_>) -> bool {
    let goes_on = c.next.first.is_some_and(|first| {
        matches!(first, '、' | '，' | ',' | '：' | '；' | ';' | '》' | '。')
            || ((c.closes_quotation || c.closes_bracket)
                && matches!(first, 'と' | 'が' | 'を' | 'の' | 'に' | 'は'))
    });
    !goes_on && !is_in_title_marks(c)
}

/// A stop without white space after it ends only where a space was forgotten: `went home.The next day`.
///
/// The word before it is small, the one after it capitalised and followed by a space, as in no name of a site.
fn glued_stop_ends(c: &Candidate<'_>, rules: &Rules) -> bool {
    let word = c.word;
    let starts = c.starter_follows() && c.next.word != "I";
    let mut next = c.next.word.chars();
    let after = c.next.at + c.next.word.len();
    c.close == c.run.end
        && next.next().is_some_and(char::is_uppercase)
        && next.all(char::is_lowercase)
        && (starts || (c.run.stops <= 1 && c.next.word.len() > 4))
        && matches!(c.text.as_bytes().get(after), Some(b' ' | b'\'' | b','))
        && word.chars().count() > 2
        && word.chars().all(char::is_lowercase)
        && rules.class(word).is_empty()
}

fn strong_mark_ends(c: &Candidate<'_>, rules: &Rules) -> bool {
    if c.closes_quotation {
        return c.next.gap.has(Gap::OPENING) || !reporting_clause_follows(c, rules);
    }
    let single = c.run.end - c.run.start == 1;
    if (single && rules.class(c.word).has(Class::EXCLAIMED)) || is_company_form(c) {
        return c.starter_follows();
    }
    !title::goes_on(c)
}

/// Returns whether what follows is a company form, as in `Yahoo! Inc.`
fn is_company_form(c: &Candidate<'_>) -> bool {
    let after = c.next.at + c.next.word.len();
    c.next.class.has(Class::OPEN) && c.text.as_bytes().get(after) == Some(&b'.')
}

/// Returns whether a name and a reporting verb follow a quotation: `Senator Diaz asked`.
///
/// The clause goes on in its sentence, so its first word is no sentence starter, and all up to the verb are names, or
/// stand between commas.
fn reporting_clause_follows(c: &Candidate<'_>, rules: &Rules) -> bool {
    if c.next.class.has(Class::STARTER) && !c.next.class.has(Class::NEVER) {
        return false;
    }
    let mut aside = false;
    let rest = head(slice(c.text, c.next.at, c.text.len()), REPORTING_BYTES);
    for (n, raw) in rest.split_whitespace().take(REPORTING_WORDS).enumerate() {
        let word = raw.trim_end_matches(|c: char| !c.is_alphanumeric());
        let class = rules.class(word);
        if class.has(Class::SPEECH) {
            return n > 0;
        }
        let named = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
            || matches!(
                word,
                "de" | "da"
                    | "del"
                    | "di"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "al"
                    | "el"
                    | "bin"
                    | "y"
                    | "la"
                    | "le"
                    | "of"
                    | "and"
                    | "the"
            );
        if !named && !aside {
            return false;
        }
        aside = match raw.as_bytes().last() {
            Some(b',') => !aside,
            Some(b'.' | b'!' | b'?' | b'"' | b';' | b':')
                if !class.has(Class::NEVER) && word.len() > 1 =>
            {
                return false;
            }
            _ => aside,
        };
    }
    false
}

/// Several stops end before a capital, except where they open the sentence, or stand for an omission before `I`.
fn ellipsis_ends(c: &Candidate<'_>) -> bool {
    if opens_sentence(c, c.run.start) {
        return false;
    }
    let omits = c.before(c.run.start).ends_with(char::is_whitespace) && c.next.word == "I";
    !omits || c.closes_quotation
}

fn single_stop_ends(c: &Candidate<'_>, rules: &Rules) -> bool {
    let word = c.word;
    let Some(first) = word.chars().next() else {
        return c.run.start > c.sentence;
    };
    let letters = word.chars().count();
    if c.closes_quotation && letters > 1 && !word.contains('.') {
        return true;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return number_ends(c, word, rules);
    }
    let class = rules.class(word);
    let class = if letters == 1 { spaced_class(c, rules).unwrap_or(class) } else { class };
    if !class.is_empty()
        && let Some(ends) = abbreviation_ends(c, class, rules)
    {
        return ends;
    }
    if letters == 1 && (is_end_of_compound(c) || is_foreign_letter(c, first)) {
        return true;
    }
    if word.contains('.') {
        return !has_short_parts(word) || open_end(c, rules);
    }
    if letters == 1 && first.is_uppercase() {
        return initial_ends(c, rules);
    }
    if letters == 1 && first.is_alphabetic() {
        return small_letter_ends(c, first, rules);
    }
    if is_roman_ordinal(word, rules) {
        return c.word_before_last().starts_with(char::is_uppercase) || open_end(c, rules);
    }
    if is_consonants(word, letters, rules) {
        return open_end(c, rules);
    }
    true
}

/// Decides after a word of the language's lists; nothing where its classes say nothing here.
fn abbreviation_ends(c: &Candidate<'_>, class: Class, rules: &Rules) -> Option<bool> {
    let digit = c.next.first.is_some_and(char::is_numeric);
    let closed = c.close > c.run.end;
    if class.has(Class::CLOCK) {
        return Some(!c.next.class.has(Class::AFTER_CLOCK) && !is_fronted(c, rules));
    }
    if class.has(Class::UNIT) {
        return Some(
            follows_number(c, rules) && !c.next.gap.has(Gap::DASH) && !is_fronted(c, rules),
        );
    }
    if class.has(Class::NUMBER) && (digit || c.next.first == Some('#')) {
        return Some(false);
    }
    if class.has(Class::MONTH) {
        return Some(!digit && !c.next.class.has(Class::MONTH) && !is_fronted(c, rules));
    }
    if class.has(Class::FINAL) {
        return Some(true);
    }
    if class.has(Class::NEVER) {
        return Some(closed && open_end(c, rules));
    }
    class.has(Class::OPEN).then(|| open_end(c, rules))
}

/// What may end a sentence ends it before a starter.
fn open_end(c: &Candidate<'_>, rules: &Rules) -> bool {
    !c.next.gap.has(Gap::DASH) && c.starter_follows() && !is_fronted(c, rules)
}

/// An initial ends a sentence before a starter only, and never where it begins the sentence, as the letter of a list.
fn initial_ends(c: &Candidate<'_>, rules: &Rules) -> bool {
    if c.word_before_last().ends_with(char::is_numeric) {
        return true; // `15 C.`
    }
    open_end(c, rules) && !opens_sentence(c, c.word_start())
}

/// A single small letter is the label of a list, a unit after a number (`à 18 h.`), or an abbreviation.
fn small_letter_ends(c: &Candidate<'_>, letter: char, rules: &Rules) -> bool {
    if !letter.is_lowercase() || opens_sentence(c, c.word_start()) {
        return false;
    }
    c.word_before_last().ends_with(char::is_numeric) || open_end(c, rules)
}

/// Returns whether a Latin letter stands after a word of another script: it numbers, as in `Твртко I.`
fn is_foreign_letter(c: &Candidate<'_>, letter: char) -> bool {
    letter.is_ascii()
        && c.word_before_last().starts_with(|c: char| c.is_alphabetic() && c as u32 > 0x300)
}

/// Returns whether the single letter before the stop is the end of a compound: `NATO-a`, `Objective-C`, but not `J.-P.`
fn is_end_of_compound(c: &Candidate<'_>) -> bool {
    let before = c.before(c.word_start());
    before.strip_suffix(['-', '‑']).is_some_and(|b| b.ends_with(char::is_alphanumeric))
}

/// An integer ends a sentence, unless it numbers an item of a list or is an ordinal.
fn number_ends(c: &Candidate<'_>, digits: &str, rules: &Rules) -> bool {
    let start = c.word_start();
    let before = c.before(start).trim_end();
    if digits.len() <= 3 && opens_sentence(c, start) {
        return false;
    }
    let set_off = before.len() < start - c.sentence;
    if digits.len() <= 2 && set_off && before.ends_with([':', ';']) && !c.starter_follows() {
        return false; // `Results: 1. Smith, 34 points; 2. Jones`
    }
    let part_of_number =
        c.before(start).ends_with([',', ':', '/', '-', '–', '+', '\'', '’', '$', '€', '£']);
    if !rules.has_habit(Habit::Ordinals) || digits.len() > 2 || part_of_number {
        return true;
    }
    // `20. 4. do 7. 5. 2001`
    if c.next.class.has(Class::COUNTED) || c.next.first.is_some_and(char::is_numeric) {
        return false;
    }
    if c.starter_follows() {
        return true;
    }
    // `Platz 3. Bayern …` counts after a noun, `am 3. Spieltag` before one.
    let word = c.word_before_last();
    if rules.class(word).has(Class::CLOSED) || before.ends_with(',') || c.next.gap.has(Gap::DASH) {
        return false;
    }
    !rules.has_habit(Habit::CapitalNouns)
        || (word.len() < before.len() && word.starts_with(char::is_uppercase))
}

/// Returns whether nothing but opening marks and bullets lies between the beginning of the sentence and `at`.
fn opens_sentence(c: &Candidate<'_>, at: usize) -> bool {
    at - c.sentence <= OPENING_BYTES
        && c.before(at).chars().all(|c| {
            c.is_whitespace() || marks::opens(c) || marks::is_bullet(c) || marks::is_dash(c)
        })
}

/// Returns whether the sentence so far is a phrase with a number put in front: `At 5 a.m. Mr. Smith went to the bank.`
fn is_fronted(c: &Candidate<'_>, rules: &Rules) -> bool {
    let so_far = c.before(c.run.start).trim_start_matches(|c: char| !c.is_alphanumeric());
    rules.class(word_from(so_far, 0)).has(Class::FRONTING)
        && c.run.start - c.sentence <= FRONTED_BYTES
        && so_far.contains(|c: char| c.is_ascii_digit())
        && so_far.split_whitespace().take(FRONTED_WORDS + 1).count() <= FRONTED_WORDS
}

/// Returns whether the word before the abbreviation is a number, or a unit itself: `1 млн экз.`
fn follows_number(c: &Candidate<'_>, rules: &Rules) -> bool {
    let before = c.word_before_last();
    before.ends_with(|c: char| c.is_numeric())
        || is_roman(before)
        || (before.chars().count() > 2 && rules.class(before).has(Class::UNIT))
}

/// The class of an abbreviation that is written with spaces, as in `z. B.` and `т. д.`
fn spaced_class(c: &Candidate<'_>, rules: &Rules) -> Option<Class> {
    let mut joined = Joined::default();
    let mut end = c.word_start() + c.word.len();
    let mut class = None;
    loop {
        let word = word_before(c.text, c.sentence, end);
        if word.is_empty() || !joined.prepend(word) {
            return class;
        }
        let known = rules.class(joined.text());
        if word.len() < joined.text().len() && !known.is_empty() {
            class = Some(known);
        }
        let before = c.before(end - word.len());
        let trimmed = before.trim_end_matches([' ', '\u{A0}', '\u{202F}', '\n']);
        let Some(inner) = trimmed.strip_suffix('.') else { return class };
        end = c.sentence + inner.len();
    }
}

/// Short words put together from their end, each with a stop between.
#[derive(Default)]
struct Joined {
    bytes: [u8; 24],
    len: usize,
}

impl Joined {
    /// Puts a word before the others; false where it does not fit.
    fn prepend(&mut self, word: &str) -> bool {
        let stop = usize::from(self.len > 0);
        let added = word.len() + stop;
        if added + self.len > self.bytes.len() {
            return false;
        }
        self.bytes.copy_within(0..self.len, added);
        self.bytes[..word.len()].copy_from_slice(word.as_bytes());
        if stop > 0 {
            self.bytes[word.len()] = b'.';
        }
        self.len += added;
        true
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

/// Returns whether a word with inner stops is made of parts of one or two letters: `U.S`, `Ph.D`, but not `example.com`.
fn has_short_parts(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
}

/// Returns whether a short word has no vowel, as no word of most languages has.
fn is_consonants(word: &str, letters: usize, rules: &Rules) -> bool {
    !rules.has_habit(Habit::ConsonantWords)
        && (2..=CONSONANTS).contains(&letters)
        && word.bytes().all(|b| {
            b.is_ascii_alphabetic()
                && !matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
        })
        && word.bytes().any(|b| b.is_ascii_lowercase())
}

/// Returns whether a word is a Roman numeral in a language that writes ordinals with a stop: `XIX. Jahrhundert`.
fn is_roman_ordinal(word: &str, rules: &Rules) -> bool {
    rules.has_habit(Habit::Ordinals) && is_roman(word)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}
