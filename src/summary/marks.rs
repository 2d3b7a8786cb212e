//! Whether the quotation marks and brackets of a sentence are balanced.
//!
//! A sentence with half a quotation cannot stand alone: the reader does not know who speaks, or where it ends.
//!
//! Known limits: single marks are not looked at (they are apostrophes as well); a mark for inches counts as a
//! quotation mark.

/// Whether what opens in a sentence closes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Balance {
    /// Every mark and bracket does.
    Even,
    /// A quotation mark does not.
    HalfQuotation,
    /// A bracket does not.
    HalfBracket,
}

/// Returns whether every quotation mark and bracket that opens in a sentence closes in it.
pub(crate) fn balance(sentence: &str) -> Balance {
    // Without a branch for each byte, many are looked at at once.
    let is_special = |b: u8| b >= 0x80 || matches!(b, b'"' | b'(' | b')' | b'[' | b']');
    if !sentence.bytes().fold(false, |any, b| any | is_special(b)) {
        return Balance::Even;
    }
    let mut straight = 0;
    let mut curly = 0_i32;
    let mut low = 0_i32;
    let mut guillemets = 0_i32;
    let mut brackets = 0_i32;
    let mut corners = 0_i32;
    let mut before = ' ';
    let mut characters = sentence.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if !is_inside_word(before, characters.peek().copied()) => straight += 1,
            '„' => low += 1,
            '“' => curly += 1,
            '”' => curly -= 1,
            '«' => guillemets += 1,
            '»' => guillemets -= 1,
            '「' | '『' => corners += 1,
            '」' | '』' => corners -= 1,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            _ => {}
        }
        before = c;
    }
    // `„…“` closes with the mark that opens elsewhere, `„…”` with the one that closes there, and `”…”` opens and
    // closes with the same.
    let curly_balanced = match low {
        0 => curly == 0 || (curly % 2 == 0 && !sentence.contains('“')),
        _ => curly.abs() == low || (curly == 0 && straight == low),
    };
    let straight_balanced = straight % 2 == 0 || (low > 0 && straight == low);
    let brackets_balanced = brackets == 0 || (brackets == -1 && starts_with_item(sentence));
    if !(straight_balanced && curly_balanced && guillemets == 0 && corners == 0) {
        Balance::HalfQuotation
    } else if brackets_balanced {
        Balance::Even
    } else {
        Balance::HalfBracket
    }
}

/// A mark between two Hebrew letters is no quotation mark: it is the gershayim of an abbreviation.
fn is_inside_word(before: char, after: Option<char>) -> bool {
    is_hebrew(before) && after.is_some_and(is_hebrew)
}

const fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

/// Returns whether a sentence starts with the mark of a list item that only closes: `a)`, `12)`.
fn starts_with_item(sentence: &str) -> bool {
    let mark: Vec<char> = sentence.chars().take(4).take_while(|c| *c != ')').collect();
    (1..=3).contains(&mark.len()) && mark.iter().all(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{Balance, balance};

    #[test]
    fn marks_that_open_must_close() {
        for text in [
            "He said \"no\".",
            "“No,” she said, “never.”",
            "Er sagte: „Nein“.",
            "Powiedział: „Nie”.",
            "Hon sa ”nej”.",
            "Il a dit « non ».",
            "\u{5e0}\u{5e9}\u{5d9}\u{5d0} \u{5d0}\u{5e8}\u{5d4}\"\u{5d1}",
            "A list (of two).",
            "b) the second item.",
        ] {
            assert_eq!(balance(text), Balance::Even, "{text}");
        }
        for text in ["\"No.", "“No.", "Never,” she said.", "„Nein.", "« non."] {
            assert_eq!(balance(text), Balance::HalfQuotation, "{text}");
        }
        assert_eq!(balance("And (so on."), Balance::HalfBracket);
    }
}
