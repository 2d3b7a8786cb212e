//! Whether the quotation marks of a stretch of text come in pairs.
//!
//! A sentence with half a quotation puts a reporter's words into a speaker's mouth, or the other way round. Straight
//! and curly double marks, German low-high marks, guillemets both ways and two backticks closed by two apostrophes are
//! looked at; single marks are not, since they cannot be told from apostrophes by counting.

/// Returns whether every double quotation mark of `text` has its partner in `text`.
pub fn is_balanced(text: &str) -> bool {
    let mut open: Vec<char> = Vec::new();
    let mut straight = false;
    for c in text.chars() {
        match c {
            '"' => straight = !straight,
            '“' | '”' | '«' | '»' if closes(&open, c) => drop(open.pop()),
            // Swedish and Finnish open with the mark that closes elsewhere.
            '„' | '‟' | '“' | '”' | '«' | '»' => open.push(c),
            _ => {}
        }
    }
    !straight && open.is_empty() && text.matches("``").count() == typewriter_closers(text)
}

fn closes(open: &[char], mark: char) -> bool {
    match open.last() {
        Some('„') => matches!(mark, '“' | '”'),
        Some('“' | '‟' | '”') => mark == '”',
        Some('«') => mark == '»',
        Some('»') => matches!(mark, '«' | '»'),
        _ => false,
    }
}

/// Counts `''`, which only closes where the text has opened one with its backticks.
fn typewriter_closers(text: &str) -> usize {
    if text.contains("``") { text.matches("''").count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::is_balanced;

    #[test]
    fn marks_come_in_pairs_in_every_house_style() {
        for text in [
            "He said \"no\" and \"yes\".",
            "He said “no”.",
            "Er sagte „nein“ und «ja», dann »vielleicht«.",
            "Hon sade ”nej”.",
            "It's the '90s.",
            "He said ``no''.",
            "“It was ‘fine’,” he said.",
        ] {
            assert!(is_balanced(text), "{text}");
        }
        for text in ["\"We go on.", "and so on,” he said.", "„Wir gehen", "``No, he said", "« Oui"]
        {
            assert!(!is_balanced(text), "{text}");
        }
    }
}
