//! Lists that continue within one paragraph: `1) The first item 2) The second item`.
//!
//! If a block begins with the number or letter of a list item, it is searched for the next number or letter in the same
//! style, and so on; each of them begins a sentence. In a language that capitalizes nouns, a label without a bracket
//! does not begin a list, because it may be an ordinal number: `1. FC Köln`.

use crate::span::{Span, slice};
use crate::text::sentence::marks;
use crate::text::sentence::rules::{Habit, Rules};

/// The starts of list items after the first.
#[derive(Debug)]
pub(super) struct Items<'t> {
    text: &'t str,
    /// The label of the last item found; `None` if the block is not a list.
    last: Option<Label>,
    /// The offset at which the search continues.
    from: usize,
}

/// The number or letter of an item, with its punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    count: Count,
    stop: bool,
    bracket: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    Number(u32),
    Letter(u8),
}

/// Calls `item` with each item of a block if the block is a list, and with the whole block if it is not.
pub(super) fn each_item(text: &str, rules: &Rules, mut item: impl FnMut(Span)) {
    let mut start = 0;
    for next in Items::new(text, rules) {
        item(Span::new(start, next));
        start = next;
    }
    item(Span::new(start, text.len()));
}

impl<'t> Items<'t> {
    fn new(text: &'t str, rules: &Rules) -> Self {
        let from = text.len() - text.trim_start_matches(is_bullet).len();
        let first = Label::at(text, from).map(|(label, _)| label);
        let last = first.filter(|l| l.bracket || !rules.has_habit(Habit::CapitalNouns));
        Self { text, last, from: from + 1 }
    }
}

impl Iterator for Items<'_> {
    type Item = usize;

    /// Returns the start of the next item: the offset of the white space before its label and any bullet.
    fn next(&mut self) -> Option<usize> {
        let wanted = self.last?.next()?;
        loop {
            let start = self.from
                + slice(self.text, self.from, self.text.len()).find(char::is_whitespace)?;
            let rest = slice(self.text, start, self.text.len());
            let at = self.text.len() - rest.trim_start_matches(is_bullet).len();
            self.from = at;
            if Label::at(self.text, at) == Some((wanted, true)) {
                self.last = Some(wanted);
                return Some(start);
            }
        }
    }
}

impl Label {
    /// Reads a label; also returns whether a capital letter or digit follows it.
    fn at(text: &str, at: usize) -> Option<(Self, bool)> {
        let rest = slice(text, at, text.len());
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (count, len) = match (digits, rest.as_bytes().first()?) {
            (0, letter @ b'a'..=b'z') => (Count::Letter(*letter), 1),
            (1..=3, _) => (Count::Number(slice(rest, 0, digits).parse().ok()?), digits),
            _ => return None,
        };
        let marks = slice(rest, len, rest.len());
        let (stop, bracket) =
            (marks.starts_with('.'), marks.trim_start_matches('.').starts_with(')'));
        let len = usize::from(stop) + usize::from(bracket);
        let after = slice(marks, len, marks.len());
        let mut chars = after.chars();
        let spaced = chars.next().is_some_and(char::is_whitespace);
        let begins = chars.next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        ((stop || bracket) && spaced).then_some((Self { count, stop, bracket }, begins))
    }

    fn next(self) -> Option<Self> {
        let count = match self.count {
            Count::Number(n) => Count::Number(n + 1),
            Count::Letter(b'z') => return None,
            Count::Letter(letter) => Count::Letter(letter + 1),
        };
        Some(Self { count, ..self })
    }
}

fn is_bullet(c: char) -> bool {
    c.is_whitespace() || marks::is_bullet(c)
}
