//! Lists that run on in one paragraph: `1) The first item 2) The second item`.
//!
//! A block that begins with the first number or letter of a list is searched for the next ones in turn, in the same
//! style; each begins a sentence. In a language that writes ordinals with a stop, `1.` alone is no such style.

use crate::span::slice;
use crate::text::segment::marks;
use crate::text::segment::rules::{Habit, Rules};

/// The places where items of a list begin, after the first.
#[derive(Debug)]
pub(super) struct Items<'t> {
    text: &'t str,
    /// The number or letter of the last item found; none where the block is no list.
    last: Option<Label>,
    /// Where the search goes on.
    from: usize,
}

/// What an item is numbered by, with the marks after it.
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

/// Returns the items of a block that begins like a list.
pub(super) fn items<'t>(text: &'t str, rules: &Rules) -> Items<'t> {
    let from = text.len() - text.trim_start_matches(is_bullet).len();
    let first = Label::at(text, from).map(|(label, _)| label);
    let last = first
        .filter(|l| (l.bracket || !rules.has_habit(Habit::Ordinals)) && l.count.may_be_first());
    Items { text, last, from: from + 1 }
}

impl Items<'_> {
    /// Returns the next place before `end` where an item begins, its bullet included.
    pub(super) fn next_before(&mut self, end: usize) -> Option<usize> {
        let wanted = self.last?.next()?;
        while self.from < end {
            let rest = slice(self.text, self.from, end);
            let Some(space) = rest.find(char::is_whitespace) else {
                self.from = end;
                return None;
            };
            let start = self.from + space;
            let at = self.text.len()
                - slice(self.text, start, self.text.len()).trim_start_matches(is_bullet).len();
            self.from = at.max(start + 1);
            if at < end && Label::at(self.text, at) == Some((wanted, true)) {
                self.last = Some(wanted);
                return Some(start);
            }
        }
        None
    }
}

impl Label {
    /// Reads a label, and whether a capital letter or digit follows it.
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

impl Count {
    fn may_be_first(self) -> bool {
        matches!(self, Self::Number(_) | Self::Letter(b'a'))
    }
}

fn is_bullet(c: char) -> bool {
    c.is_whitespace() || marks::is_bullet(c)
}
