//! Boxes of related links that a page printed after a name, in the middle of a sentence: `Sen. Ana Lim Ana Maria
//! LimCouncil closes the bridge Mayor resigns after vote MORE (N) said`.
//!
//! Such a box begins with the name in full, whose surname is run together with the first headline, and ends with a link in
//! capitals to more articles; the grammar of each language lists the words of such links. The rules read the sentence
//! without the box, and quotations in its headlines are not listed.
//!
//! Known limit: a box without a closing link is not recognized, because its headlines look like the reporter's words.

use crate::quotes::lexicon::Lexicon;
use crate::span::Span;

/// The maximum number of words from a name to its repetition: `Jeff Holt Jeffrey (Jeff) Lane HoltCouncil`.
const LONGEST_NAME: usize = 8;
/// The maximum number of words in a box.
const MOST_WORDS: usize = 120;
/// The minimum number of bytes in a surname, so that `Mc` and `De` do not count.
const SHORTEST_SURNAME: usize = 3;

/// Returns the boxes in a paragraph, each with the spaces before it.
pub(super) fn find(text: &str, paragraph: Span, lexicon: &Lexicon) -> Vec<Span> {
    let mut boxes: Vec<Span> = Vec::new();
    let inner = paragraph.slice(text);
    let closing_links = lexicon.closing_links();
    if !closing_links.iter().any(|link| inner.contains(link.as_str())) {
        return boxes;
    }
    let words: Vec<Span> = words(inner, paragraph.start());
    for at in 0..words.len() {
        let start = words[at].start();
        if boxes.last().is_some_and(|last| start < last.end()) {
            continue;
        }
        let Some(name) = repeated(text, &words, at) else { continue };
        let rest = words[at..].iter().take(MOST_WORDS);
        let closing =
            rest.copied().find(|word| closing_links.iter().any(|l| l == word.slice(text)));
        boxes.extend(closing.map(|closing| Span::new(name.end(), closing.end())));
    }
    boxes
}

/// Returns the earlier word that begins a word and is run together with the next one there, if only capitalized words are
/// in between: `Lim` for `Ana Lim Ana Maria LimCouncil`.
fn repeated(text: &str, words: &[Span], at: usize) -> Option<Span> {
    let word = words[at].slice(text);
    let first = at.saturating_sub(LONGEST_NAME);
    let capitalized =
        |span: &Span| span.slice(text).trim_start_matches('(').starts_with(char::is_uppercase);
    let before = words[first..at].iter().rev().take_while(|span| capitalized(span));
    let surname = before.skip(1).find(|span| {
        let name = span.slice(text);
        let rest = word.strip_prefix(name).unwrap_or_default();
        name.len() >= SHORTEST_SURNAME
            && name.ends_with(char::is_lowercase)
            && rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    });
    surname.copied()
}

/// Returns the words of a text that begins at `offset`, separated by white space.
fn words(text: &str, offset: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = offset;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if !word.is_empty() {
            found.push(Span::new(at, at + word.len()));
        }
        at += part.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn without(text: &str, code: &str) -> String {
        let lexicon = Lexicon::for_language(Language::parse(code).unwrap_or_default());
        let mut rest = text.to_owned();
        for found in find(text, Span::new(0, text.len()), lexicon).into_iter().rev() {
            rest.replace_range(found.start()..found.end(), "");
        }
        rest
    }

    #[test]
    fn a_box_ends_with_its_closing_link() {
        let text = "Rep. Jim Berg James (Jim) Otto BergHouse passes bill Mayor: 'Good riddance' MORE (N) met Ana Lim \
                    Ana LimBridge shut MORE.";
        assert_eq!(without(text, "en"), "Rep. Jim Berg (N) met Ana Lim Ana LimBridge shut MORE.");
        for (text, code, expected) in [
            ("Ana Lim Ana Lim2020 voters want MORE said no.", "en", "Ana Lim said no."),
            ("Ana Lim Ana Maria LimBrücke gesperrt MEHR sagte nein.", "de", "Ana Lim sagte nein."),
            ("Ana Lim Ana María LimCierran el puente MÁS dijo no.", "es", "Ana Lim dijo no."),
            ("Ana Lim Ana Marie LimLe pont fermé PLUS a dit non.", "fr", "Ana Lim a dit non."),
            (
                "Ana Lim Ana Maria LimChiuso il ponte ALTRO ha detto no.",
                "it",
                "Ana Lim ha detto no.",
            ),
            ("Ana Lim Ana Maria LimBrug dicht MEER zei nee.", "nl", "Ana Lim zei nee."),
            ("Ana Lim Ana Maria LimPonte fechada MAIS disse não.", "pt", "Ana Lim disse não."),
            ("Анна Лим Анна Мария ЛимМост закрыт ЕЩЁ сказала нет.", "ru", "Анна Лим сказала нет."),
        ] {
            assert_eq!(without(text, code), expected);
        }
    }

    #[test]
    fn other_words_in_capitals_are_kept() {
        for text in [
            "Ana Lim wants MORE from LimCorp.",
            "Karl Holt and Jim Holt said MORE is better.",
            "Ana McLim met Ana MacLimson and asked for MORE money.",
        ] {
            assert_eq!(without(text, "en"), text);
        }
    }
}
