//! Case and diacritic folding: maps the spellings of a word to one form.
//!
//! A folded word is in lower case by the rules of its language (Turkish keeps its dotless ı), contains only one kind of
//! apostrophe and of sigma, and has none of the marks whose use is optional: Greek accents, Arabic vowel signs, the
//! marks on alef, Hebrew points, and soft hyphens. The accents of Latin and Cyrillic letters are kept because they
//! distinguish words and the stemmers need them.

use crate::language::Language;

/// Returns the folded form of a word; it is empty only if the word is.
pub(super) fn fold(word: &str, language: Language) -> String {
    if word.is_ascii() && !has_dotless_i(language) {
        return word.to_ascii_lowercase();
    }
    let lower = if has_dotless_i(language) { turkish_lower(word) } else { word.to_lowercase() };
    let folded: String = lower.chars().filter_map(fold_char).collect();
    if folded.is_empty() { lower } else { folded }
}

fn has_dotless_i(language: Language) -> bool {
    matches!(language.code(), "tr" | "az")
}

fn turkish_lower(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'I' => lower.push('ı'),
            'İ' => lower.push('i'),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    lower
}

/// Returns the folded form of a lower-case character, or `None` for an optional mark or an invisible character.
fn fold_char(c: char) -> Option<char> {
    match c {
        '’' | 'ʼ' => Some('\''),
        'ά' | 'ἀ' | 'ἁ' | 'ὰ' => Some('α'),
        'έ' => Some('ε'),
        'ή' => Some('η'),
        'ί' | 'ϊ' | 'ΐ' => Some('ι'),
        'ό' => Some('ο'),
        'ύ' | 'ϋ' | 'ΰ' => Some('υ'),
        'ώ' => Some('ω'),
        'ς' => Some('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        // Tatweel, Arabic vowel signs, Hebrew points, the soft hyphen, zero-width characters and direction marks.
        '\u{640}'
        | '\u{64B}'..='\u{652}'
        | '\u{670}'
        | '\u{591}'..='\u{5BD}'
        | '\u{5BF}'..='\u{5C7}'
        | '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{FEFF}' => None,
        c => Some(c),
    }
}
