//! Composes letters and combining marks into single characters: Normalization Form C of Unicode Standard Annex #15.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Returns a text with decomposed letters composed: `e` and a combining acute accent become `é`.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}
