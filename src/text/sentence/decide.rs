//! Decides whether a sentence ends at a candidate, considering the strongest evidence first.
//!
//! A mark that needs no white space ends the sentence, unless the text after it continues the sentence. Otherwise, the
//! next character continues it, with few exceptions, if no white space precedes that character, or if it is a
//! lower-case letter or punctuation. Otherwise, a question or exclamation mark ends the sentence, unless a reporting
//! clause or the rest of a title follows; several full stops end it before a capital letter; and a single full stop is
//! judged by the words before and after it.

use crate::span::slice;
use crate::text::sentence::candidate::{Candidate, Gap, head, word_before, word_from};
use crate::text::sentence::marks;
use crate::text::sentence::rules::{Class, Habit, Rules};
use crate::text::sentence::title;

/// The maximum number of words in a fronted phrase: `At about 5 a.m. …`
const FRONTED_WORDS: usize = 4;
/// The maximum number of bytes in a fronted phrase.
const FRONTED_BYTES: usize = 80;
/// The maximum number of bytes of marks before a list label, or before an ellipsis that opens a sentence.
const OPENING_BYTES: usize = 40;
/// The maximum length of a word that may be an unknown abbreviation before a lower-case letter.
const SHORT_WORD: usize = 3;
/// The maximum number of bytes in which to look for a reporting clause.
const REPORTING_BYTES: usize = 200;
/// The maximum length in bytes of a reporting clause in a script without capitals.
const CLAUSE_BYTES: usize = 96;
/// The number of words after a quotation among which to look for its reporting verb. In a script without capitals, the
/// maximum number of words between the first and the last word of the clause.
const REPORTING_WORDS: usize = 8;
/// The maximum length of a word that may be an abbreviation before a reference number.
const REFERENCE_WORD: usize = 4;
/// The maximum length of an unknown abbreviation at the start of a parenthetical remark.
const REMARK_WORD: usize = 6;
/// The maximum length of a parenthetical remark after its first word, in bytes.
const REMARK_BYTES: usize = 200;
/// The maximum length of a word that counts as an abbreviation because it has no vowels.
const CONSONANTS: usize = 4;

/// Returns whether a sentence ends at the candidate.
pub(super) fn ends_sentence(c: &Candidate<'_>) -> bool {
    if c.run.full {
        return full_mark_ends(c);
    }
    if c.next.gap.has(Gap::RULE) {
        return !c.rules.class(c.word).has(Class::NEVER);
    }
    let Some(first) = c.next.first else { return false };
    if !c.next.gap.has(Gap::SPACE) {
        return glued_stop_ends(c);
    }
    if is_armenian_colon(c) {
        return false;
    }
    if !may_begin(first) || is_bracketed(c) {
        return false;
    }
    if first.is_lowercase()
        && !c.mixed_case_follows()
        && !clipped_word_follows(c)
        && !small_letter_begins(c)
    {
        return false;
    }
    if c.run.strong {
        strong_mark_ends(c)
    } else if c.run.stops > 1 {
        ellipsis_ends(c)
    } else {
        single_stop_ends(c)
    }
}

/// Returns whether a full stop introduces speech in Armenian, whose sentences end with `։`: `Նա ասաց. «…»`.
fn is_armenian_colon(c: &Candidate<'_>) -> bool {
    c.run.stops == 1
        && c.next.gap.has(Gap::OPENING)
        && c.word.chars().next_back().is_some_and(|last| matches!(last, '\u{531}'..='\u{587}'))
}

/// Returns whether a sentence may begin with a character.
fn may_begin(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '#' | '@' | '%' | '§')
        || (c as u32) >= 0x1F000
}

/// Returns whether a word shortened to an apostrophe and one letter follows, and then a capitalized word, as at the
/// start of a Dutch sentence: `'s Avonds`.
fn clipped_word_follows(c: &Candidate<'_>) -> bool {
    let word = c.next_word();
    let rest = slice(c.text, c.next.at + word.len(), c.text.len());
    word.len() == 1
        && c.before(c.next.at).ends_with(['\'', '’'])
        && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Returns whether a sentence begins with the lower-case letter that follows.
///
/// The terminator must follow an ordinary word, not an abbreviation, a single letter or a number, and no dash may
/// follow the terminator. Then a sentence begins if an opening mark or an omission precedes the letter, or if it begins
/// a web address, a name with a lower-case particle, or a closed-class word after a longer word. After a word of up to
/// three letters, which may be an unknown abbreviation, only the name counts. A sentence also begins if the author
/// begins sentences in lower case: the current sentence does, or the pronoun I is written `i`.
fn small_letter_begins(c: &Candidate<'_>) -> bool {
    let word = c.word;
    let letters = word.chars().count();
    let plain = letters > 1
        && word.chars().next_back().is_some_and(char::is_lowercase)
        && !c.rules.class(word).has(Class::ABBREVIATION)
        && word.chars().all(marks::is_letter);
    if !plain || c.next.gap.has(Gap::DASH) {
        return false;
    }
    let unclosed = !c.closes_quotation && !c.closes_bracket;
    if unclosed && (begins_small(c) || c.next_word() == "i" && c.rules.has_habit(Habit::CapitalI)) {
        return true;
    }
    if letters <= SHORT_WORD {
        return particle_follows(c);
    }
    let closed_class = letters > SHORT_WORD + 1
        && c.run.stops == 1
        && unclosed
        && word.chars().all(char::is_lowercase)
        && c.next_class().has(Class::CLOSED);
    closed_class
        || c.next.gap.has(Gap::OPENING)
        || (c.run.stops == 1 && c.next.gap.has(Gap::ELLIPSIS))
        || matches!(c.next_word(), "http" | "https" | "www")
        || particle_follows(c)
}

/// Returns whether the next word is a name that begins with a lower-case particle: `de Vries`, `al-Sayed`, `d’Angelo`;
/// false if the particle is also a closed-class word of the language.
fn particle_follows(c: &Candidate<'_>) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "du", "del", "della", "von", "van", "vom", "zu", "ter", "ten", "den",
        "der", "el", "al", "la", "le", "bin", "ibn", "ben", "d", "dos", "das",
    ];
    let word = c.next_word();
    let rest = slice(c.text, c.next.at + word.len(), c.text.len());
    let name = rest.strip_prefix([' ', '-', '\'', '’']);
    c.run.stops == 1
        && !c.closes_quotation
        && PARTICLES.contains(&word)
        && !c.next_class().has(Class::CLOSED)
        && name.is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// Returns whether the current sentence begins with a lower-case letter that no capital follows, unlike in `iPhone`.
fn begins_small(c: &Candidate<'_>) -> bool {
    let so_far = c.before(c.run.start).trim_start();
    so_far.starts_with(char::is_lowercase) && !so_far.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Returns whether the terminators are the only content of a pair of brackets: `[...]`, `(!)`, `(?)`.
fn is_bracketed(c: &Candidate<'_>) -> bool {
    c.closes_bracket && c.before(c.run.start).ends_with(['(', '['])
}

/// Returns whether the candidate is inside the marks of a Chinese or Japanese title: `《…！…》`, `『…！…』`.
///
/// The second pair also marks nested quotations, in which a `。` ends a sentence.
fn is_in_title_marks(c: &Candidate<'_>) -> bool {
    let so_far = c.recent();
    so_far.rfind('《') > so_far.rfind('》')
        || (!slice(c.text, c.run.start, c.run.end).contains('。')
            && so_far.rfind('『') > so_far.rfind('』'))
}

/// A mark that needs no white space after it ends the sentence, unless it is inside a title or the following text
/// continues the sentence, as after a quotation: `「…。」と述べた`.
fn full_mark_ends(c: &Candidate<'_>) -> bool {
    let goes_on = c.next.first.is_some_and(|first| {
        matches!(first, '、' | '，' | ',' | '：' | '；' | ';' | '》' | '』' | '。')
            || ((c.closes_quotation || c.closes_bracket)
                && matches!(first, 'と' | 'が' | 'を' | 'の' | 'に' | 'は'))
    });
    !(goes_on || is_in_title_marks(c) || (c.closes_quotation && clause_of_speech_follows(c)))
}

/// A mark without white space after it ends a sentence only if a space was forgotten: `went home.The next day`,
/// `Stop!Nobody`.
///
/// That is assumed if a closing mark follows, or if the word before the mark is in lower case or is a time of day.
/// Before a question or exclamation mark, it may also be the only word of its sentence; before a full stop, it may be
/// capitalized if a sentence starter follows. The next word must be capitalized and followed by a space or mark, unlike
/// in the names of sites and programs (`Node.js`, `ASP.NET`, `Yahoo!Mail`). After a full stop, it must also be a
/// sentence starter, elided, or longer than four bytes.
fn glued_stop_ends(c: &Candidate<'_>) -> bool {
    if !word_begins_glued(c) {
        return false;
    }
    let word = c.word;
    let class = c.rules.class(word);
    let closed = c.close != c.run.end;
    if closed {
        return closes_glued(c) && !class.has(Class::NEVER | Class::NUMBER);
    }
    if class.has(Class::CLOCK) {
        return !c.next_class().has(Class::AFTER_CLOCK);
    }
    let letters = word.chars().count();
    let small = letters > 2 && word.chars().all(char::is_lowercase);
    if c.run.strong {
        let alone = letters > 2 && opens_sentence(c, c.word_start());
        return (small || alone) && !class.has(Class::EXCLAIMED);
    }
    let next = c.next_word();
    let starts = c.starter_follows() && next != "I";
    let noun = letters > 2 && word.chars().skip(1).all(char::is_lowercase);
    !class.has(Class::ABBREVIATION | Class::EXCLAIMED)
        && (starts && (small || noun && c.run.stops <= 1)
            || small && c.run.stops <= 1 && (next.len() > 4 || is_elided(c, next)))
}

/// Returns whether a word with only an initial capital follows, and then a space, comma or other mark. A word of one
/// letter must be a starter (`tarde.A tripulação`) or elided (`tard.L'équipage`).
fn word_begins_glued(c: &Candidate<'_>) -> bool {
    let next = c.next_word();
    let mut letters = next.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let behind = c.text.as_bytes().get(c.next.at + next.len());
    let is_word = match next.len() {
        1 => behind == Some(&b' ') && c.starter_follows(),
        _ => matches!(behind, Some(b' ' | b'\'' | b',' | b'.' | b'?' | b'!')),
    };
    capital && letters.all(char::is_lowercase) && (is_word || is_elided(c, next))
}

/// Returns whether a word of one or two letters is elided before another: `L'équipage`, `Qu’elle`.
fn is_elided(c: &Candidate<'_>, word: &str) -> bool {
    let behind = slice(c.text, c.next.at + word.len(), c.text.len());
    let after = behind.strip_prefix(['\'', '’']);
    word.len() <= 2 && after.is_some_and(|after| after.starts_with(char::is_alphabetic))
}

/// Returns whether the marks after a terminator close a bracket, a footnote mark or a quotation opened before it.
fn closes_glued(c: &Candidate<'_>) -> bool {
    let marks = slice(c.text, c.run.end, c.close);
    match marks {
        "\"" => c.recent().bytes().filter(|b| *b == b'"').count() % 2 == 1,
        "'" | "’" | "`" => false,
        _ => marks.ends_with(['”', '»', '“', ')', ']']) && !marks.starts_with('\''),
    }
}

fn strong_mark_ends(c: &Candidate<'_>) -> bool {
    if c.closes_quotation {
        return c.next.gap.has(Gap::OPENING)
            || !(reporting_clause_follows(c) || clause_of_speech_follows(c));
    }
    let single = c.run.end - c.run.start == 1;
    if (single && c.rules.class(c.word).has(Class::EXCLAIMED)) || is_company_form(c) {
        return c.starter_follows();
    }
    !title::goes_on(c)
}

/// Returns whether a company form follows, as in `Yahoo! Inc.`
fn is_company_form(c: &Candidate<'_>) -> bool {
    let after = c.next.at + c.next_word().len();
    c.next_class().has(Class::OPEN) && c.text.as_bytes().get(after) == Some(&b'.')
}

/// Returns whether a name and a reporting verb follow a quotation: `Senator Diaz asked`.
///
/// The clause continues its sentence, so its first word is not a sentence starter, and all words up to the verb belong
/// to names or are set off by commas.
fn reporting_clause_follows(c: &Candidate<'_>) -> bool {
    let class = c.next_class();
    if class.has(Class::STARTER) && !class.has(Class::NEVER) {
        return false;
    }
    let mut aside = false;
    let rest = head(slice(c.text, c.next.at, c.text.len()), REPORTING_BYTES);
    for (n, raw) in rest.split_whitespace().take(REPORTING_WORDS).enumerate() {
        let word = raw.trim_end_matches(|c: char| !c.is_alphanumeric());
        let class = c.rules.class(word);
        if class.has(Class::SPEECH) || n > 0 && is_past_before_stop(c, raw, word) {
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

/// Returns whether a word looks like an English past-tense verb at the end of its clause, where it is probably a
/// reporting verb: `Harry thundered.`, but not `Harry walked to the door.`
fn is_past_before_stop(c: &Candidate<'_>, raw: &str, word: &str) -> bool {
    c.rules.has_habit(Habit::CapitalI)
        && word.len() > SHORT_WORD + 1
        && word.ends_with("ed")
        && word.starts_with(char::is_lowercase)
        && raw.len() > word.len()
        && raw.ends_with(['.', ',', ';'])
}

/// Returns whether a reporting clause follows in a script without capitals, in which names cannot be recognized: a
/// short clause with a reporting verb at its start (`سأل الصحفي`) or end (`उसने पूछा`, `她问道`).
fn clause_of_speech_follows(c: &Candidate<'_>) -> bool {
    if c.next.first.is_none_or(|first| first.is_lowercase() || first.is_uppercase()) {
        return false;
    }
    let rest = head(slice(c.text, c.next.at, c.text.len()), CLAUSE_BYTES);
    let Some(end) = rest.find(['.', ',', '،', '，', '：', ':', '。', '।']) else {
        return false;
    };
    let clause = slice(rest, 0, end);
    let speech = |word: &str| c.rules.class(word).has(Class::SPEECH);
    let mut words = clause.split_whitespace();
    let Some(first) = words.next() else { return false };
    let last = words.next_back().unwrap_or(first);
    let pair = last.char_indices().rev().nth(1).map_or(last, |(at, _)| slice(last, at, last.len()));
    let mark = pair.char_indices().next_back().map_or(pair, |(at, _)| slice(pair, at, pair.len()));
    words.count() <= REPORTING_WORDS
        && (speech(first) || speech(last) || speech(pair) || speech(mark))
}

/// Several full stops end a sentence before a capital, unless they open the sentence or mark words omitted before `I`.
fn ellipsis_ends(c: &Candidate<'_>) -> bool {
    if opens_sentence(c, c.run.start) {
        return false;
    }
    let omits = c.before(c.run.start).ends_with(char::is_whitespace) && c.next_word() == "I";
    !omits || c.closes_quotation
}

fn single_stop_ends(c: &Candidate<'_>) -> bool {
    let word = c.word;
    let Some(first) = word.chars().next() else {
        return c.run.start > c.sentence;
    };
    let letters = word.chars().count();
    if c.closes_quotation && letters > 1 && !word.contains('.') {
        return true;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return number_ends(c, word);
    }
    let class = c.class(word);
    let class = if letters == 1 { spaced_class(c).unwrap_or(class) } else { class };
    if c.next.first.is_some_and(char::is_numeric) && c.rules.is_cut_before_number(word) {
        return false;
    }
    if !class.is_empty()
        && let Some(ends) = abbreviation_ends(c, class)
    {
        return ends;
    }
    if letters == 1 && (is_end_of_compound(c, first) || is_foreign_letter(c, first)) {
        return true;
    }
    if word.contains('.') {
        return !has_short_parts(word) || open_end(c);
    }
    if letters == 1 && first.is_uppercase() {
        return initial_ends(c);
    }
    if letters == 1 && first.is_alphabetic() {
        return small_letter_ends(c, first);
    }
    if is_roman_ordinal(word, c.rules) {
        return c.word_before_last().starts_with(char::is_uppercase) || open_end(c);
    }
    if is_short_form_before_reference(c, letters) || is_short_form_in_brackets(c, letters) {
        return false;
    }
    !is_consonants(word, letters, c.rules) || open_end(c)
}

/// Returns whether an unknown short word is an abbreviation before the number or letter of a reference: `Apx. 2.`,
/// `(Orv. 31)`, `(Encl. B)`.
///
/// The word is capitalized and the number is followed by a mark, or both are inside brackets.
fn is_short_form_before_reference(c: &Candidate<'_>, letters: usize) -> bool {
    let number = c.next_word();
    let behind = c.text.as_bytes().get(c.next.at + number.len());
    let so_far = c.recent();
    let in_bracket = so_far.rfind('(') > so_far.rfind(')');
    let is_letter = number.len() == 1 && in_bracket && behind == Some(&b')');
    let is_digit = c.next.first.is_some_and(|first| first.is_ascii_digit());
    if !(is_digit || is_letter) || REFERENCE_WORD < letters {
        return false;
    }
    // In `in the Gulf. 4. China`, the number is the label of a list item.
    let is_reference = number.len() <= 4
        && (behind != Some(&b'.') || letters <= SHORT_WORD)
        && matches!(behind, None | Some(b'.' | b',' | b';' | b')' | b']'));
    c.word.starts_with(char::is_uppercase) && is_reference && !opens_sentence(c, c.word_start())
        || in_bracket && behind == Some(&b')')
}

/// Returns whether an unknown short word in lower case begins a parenthetical remark that continues after it: `(excl.
/// Canada)`, `(gegr. 1897)`.
fn is_short_form_in_brackets(c: &Candidate<'_>, letters: usize) -> bool {
    let begins = letters <= REMARK_WORD
        && c.word.starts_with(char::is_lowercase)
        && c.before(c.word_start()).ends_with('(');
    let closes = || {
        let rest = c.text.as_bytes().get(c.next.at..).unwrap_or_default();
        let bracket = rest.iter().take(REMARK_BYTES).find(|b| matches!(b, b'(' | b')'));
        bracket == Some(&b')')
    };
    begins && closes()
}

/// Decides whether a sentence ends after a listed word; returns `None` if the word's classes do not decide that here.
fn abbreviation_ends(c: &Candidate<'_>, class: Class) -> Option<bool> {
    let digit = c.next.first.is_some_and(char::is_numeric);
    let closed = c.close > c.run.end;
    if class.has(Class::CLOCK) {
        let goes_on = c.next_class().has(Class::AFTER_CLOCK) || c.names_time_zone();
        return Some(!goes_on && !is_fronted(c));
    }
    if class.has(Class::UNIT) {
        return Some(unit_ends(c));
    }
    if class.has(Class::NUMBER) && (digit || c.next.first == Some('#') || numeral_follows(c)) {
        return Some(false);
    }
    if class.has(Class::MONTH) {
        return Some(!digit && !c.next_class().has(Class::MONTH) && !is_fronted(c));
    }
    if class.has(Class::FINAL) {
        return Some(true);
    }
    if class.has(Class::NEVER) {
        // `on Main St. He`: a street, not a saint.
        let is_street = || c.word == "St" && c.word_before_last().starts_with(char::is_uppercase);
        return Some((closed || is_street()) && open_end(c));
    }
    class.has(Class::OPEN).then(|| open_end(c))
}

/// Returns whether the next word is a Roman numeral of several letters, or a single capital letter that is part of a
/// reference: `Art. II`, `Fig. A`, `art. L. 122`, but not `no. I`.
fn numeral_follows(c: &Candidate<'_>) -> bool {
    let word = c.next_word();
    let after = slice(c.text, c.next.at + word.len(), c.text.len());
    let article = || {
        after
            .strip_prefix('.')
            .is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    match word.as_bytes() {
        // A single letter counts in `Fig. A for details` and `Sec. B, is old`, but not in `He said no. A man came.`
        [b'A'..=b'Z'] => article() || c.word.starts_with(char::is_uppercase) && c.word != "No",
        word_bytes => word_bytes.len() > 1 && is_roman(word),
    }
}

/// A unit ends a sentence after its number, unless a dash or another unit or quantity follows (`9 hrs. 40 min.`, `3
/// mil. Kč`) or the sentence so far is a fronted phrase.
fn unit_ends(c: &Candidate<'_>) -> bool {
    follows_number(c)
        && !c.next.gap.has(Gap::DASH)
        && !c.next_class().has(Class::UNIT)
        && !quantity_follows(c)
        && !is_fronted(c)
}

/// Returns whether a number with an abbreviated unit follows.
fn quantity_follows(c: &Candidate<'_>) -> bool {
    let rest = slice(c.text, c.next.at + c.next_word().len(), c.text.len());
    let Some(unit) = rest.strip_prefix([' ', '\u{A0}', '\u{202F}']) else { return false };
    let word = word_from(unit, 0);
    c.next.first.is_some_and(char::is_numeric)
        && (c.rules.class(word).has(Class::UNIT) || (1..=2).contains(&word.len()))
        && unit.as_bytes().get(word.len()) == Some(&b'.')
}

/// An abbreviation that can end a sentence ends it before a sentence starter or a plural subject, unless a dash comes
/// between them or the sentence so far is a fronted phrase.
fn open_end(c: &Candidate<'_>) -> bool {
    !c.next.gap.has(Gap::DASH)
        && (c.starter_follows() || plural_subject_follows(c))
        && !is_fronted(c)
}

/// Returns whether the subject of a new sentence follows the abbreviation of a company form or state: a plural noun
/// followed by a lower-case word (`Halden Corp. Workers went home`), which cannot belong to a name (as in `Halden Corp.
/// Chief Executive Ada Lorne`). Only English is covered.
fn plural_subject_follows(c: &Candidate<'_>) -> bool {
    let word = c.next_word();
    let behind = slice(c.text, c.next.at + word.len(), c.text.len());
    let next = behind.strip_prefix(' ').map_or("", |rest| word_from(rest, 0));
    let is_plural = word.len() > SHORT_WORD + 1
        && word.ends_with('s')
        && !word.ends_with("ss")
        && word.chars().skip(1).all(char::is_lowercase);
    let is_verb = next.len() > 2
        && next.chars().all(char::is_lowercase)
        && !matches!(next, "and" | "for" | "the" | "with" | "from" | "will");
    c.rules.has_habit(Habit::CapitalI)
        && !c.word.contains('.')
        && c.word.chars().count() > 2
        && is_plural
        && is_verb
}

/// An initial ends a sentence after a number (`15 C.`) or after a noun that often takes a letter (`size S.`).
/// Elsewhere, it ends a sentence only before a starter, and never at the beginning of the sentence, where it is the
/// label of a list item.
fn initial_ends(c: &Candidate<'_>) -> bool {
    if c.word_before_last().ends_with(char::is_numeric) {
        // `15 C.` can end a sentence; in `400 N. Main St.`, the letter is a direction.
        return !matches!(c.word, "N" | "S" | "E" | "W") || open_end(c);
    }
    if c.rules.class(c.word_before_last()).has(Class::LETTERED) {
        return true;
    }
    open_end(c) && !opens_sentence(c, c.word_start())
}

/// A single lower-case letter is the label of a list item, a unit after a number (`à 18 h.`), or an abbreviation. A
/// unit ends a sentence, an abbreviation only before a starter, and a label never.
fn small_letter_ends(c: &Candidate<'_>, letter: char) -> bool {
    if !letter.is_lowercase() || opens_sentence(c, c.word_start()) {
        return false;
    }
    c.word_before_last().ends_with(char::is_numeric) || open_end(c)
}

/// Returns whether a Latin letter follows a word of another script and is therefore a Roman numeral, as in `Твртко I.`
fn is_foreign_letter(c: &Candidate<'_>, letter: char) -> bool {
    letter.is_ascii()
        && c.word_before_last().starts_with(|c: char| c.is_alphabetic() && c as u32 > 0x300)
}

/// Returns whether the single letter before the stop is the end of a compound or contraction: `NATO-a`, `Objective-C`,
/// `didn't`, but not `J.-P.` and `d'A.`
fn is_end_of_compound(c: &Candidate<'_>, letter: char) -> bool {
    let before = c.before(c.word_start());
    let joined = before.strip_suffix(['-', '‑']);
    let joined =
        joined.or_else(|| before.strip_suffix(['\'', '’']).filter(|_| letter.is_lowercase()));
    joined.is_some_and(|b| b.ends_with(char::is_alphanumeric))
}

/// An integer ends a sentence, unless it labels a list item or is an ordinal number.
fn number_ends(c: &Candidate<'_>, digits: &str) -> bool {
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
    if !c.rules.has_habit(Habit::Ordinals) || digits.len() > 2 || part_of_number {
        return true;
    }
    // `20. 4. do 7. 5. 2001`
    if c.next_class().has(Class::COUNTED) || c.next.first.is_some_and(char::is_numeric) {
        return false;
    }
    if c.starter_follows() {
        return true;
    }
    // A cardinal number follows its noun (`Platz 3. Bayern …`); an ordinal number precedes it (`am 3. Spieltag`).
    let word = c.word_before_last();
    if c.class(word).has(Class::CLOSED) || before.ends_with(',') || c.next.gap.has(Gap::DASH) {
        return false;
    }
    !c.rules.has_habit(Habit::CapitalNouns)
        || (word.len() < before.len() && word.starts_with(char::is_uppercase))
}

/// Returns whether only white space, opening marks, dashes and bullets lie between the start of the sentence and `at`.
fn opens_sentence(c: &Candidate<'_>, at: usize) -> bool {
    at - c.sentence <= OPENING_BYTES
        && c.before(at).chars().all(|c| {
            c.is_whitespace() || marks::opens(c) || marks::is_bullet(c) || marks::is_dash(c)
        })
}

/// Returns whether the sentence so far is a fronted phrase with a number: `At 5 a.m. Mr. Smith went to the bank.`
fn is_fronted(c: &Candidate<'_>) -> bool {
    let so_far = c.before(c.run.start).trim_start_matches(|c: char| !c.is_alphanumeric());
    // A weekday does not count: `On Monday at 6 a.m. Mr. Quill …`
    let words =
        so_far.split_whitespace().filter(|word| !c.rules.class(word).has(Class::AFTER_CLOCK));
    c.class(word_from(so_far, 0)).has(Class::FRONTING)
        && c.run.start - c.sentence <= FRONTED_BYTES
        && so_far.contains(|c: char| c.is_ascii_digit())
        && words.take(FRONTED_WORDS + 1).count() <= FRONTED_WORDS
}

/// Returns whether the abbreviation follows a number, another unit or a slash: `1 млн экз.`, `90 км/ч.`
fn follows_number(c: &Candidate<'_>) -> bool {
    if c.before(c.word_start()).ends_with('/') {
        return true; // `90 км/ч.`
    }
    let before = c.word_before_last();
    let unit = before.trim_end_matches('.');
    if unit.len() < before.len() && counts_before(c, before) {
        return true; // `300 кв. м.`
    }
    before.ends_with(|c: char| c.is_numeric())
        || is_roman(before)
        || (unit.chars().count() > 2 && c.rules.class(unit).has(Class::UNIT))
}

/// Returns whether a number precedes the abbreviation that precedes the last word.
fn counts_before(c: &Candidate<'_>, abbreviation: &str) -> bool {
    let so_far = c.before(c.word_start()).trim_end();
    let before = so_far.strip_suffix(abbreviation).map_or("", str::trim_end);
    !abbreviation.starts_with(|c: char| c.is_ascii_digit())
        && before.ends_with(|c: char| c.is_numeric())
}

/// Returns the class of an abbreviation that is written with spaces, as in `z. B.` and `т. д.`
fn spaced_class(c: &Candidate<'_>) -> Option<Class> {
    let mut joined = Joined::default();
    let mut end = c.word_start() + c.word.len();
    let mut class = None;
    loop {
        let word = word_before(c.text, c.sentence, end);
        if word.is_empty() || !joined.prepend(word) {
            return class;
        }
        let known = c.rules.class(joined.text());
        if word.len() < joined.text().len() && !known.is_empty() {
            class = Some(known);
        }
        let before = c.before(end - word.len());
        let trimmed = before.trim_end_matches([' ', '\u{A0}', '\u{202F}', '\n']);
        let Some(inner) = trimmed.strip_suffix('.') else { return class };
        end = c.sentence + inner.len();
    }
}

/// Short words joined from the last to the first, with full stops between them.
#[derive(Default)]
struct Joined {
    bytes: [u8; 24],
    len: usize,
}

impl Joined {
    /// Prepends a word; returns false if it does not fit.
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

/// Returns whether a word with inner stops consists of parts of one or two letters: `U.S`, `Ph.D`, but not
/// `example.com`.
fn has_short_parts(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
}

/// Returns whether a word of two to four ASCII letters, not all of them capitals, has no vowel (`y` counts as one),
/// which suggests an abbreviation in most languages.
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
