//! The language of a text that does not name its own.

use crate::language::Language;

/// How much of a text is looked at.
const SAMPLE: usize = 2000;

/// Returns the language of a text, unknown where detection is not sure.
pub(crate) fn detect(text: &str) -> Language {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let Some(info) = whatlang::detect(text.get(..end).unwrap_or("")) else {
        return Language::UNKNOWN;
    };
    if info.is_reliable() {
        Language::parse(info.lang().code()).unwrap_or_default()
    } else {
        Language::UNKNOWN
    }
}
