//! The numbers, dates and names in a range of text, with their values.
//!
//! Numbers are read in digits and in words, with their scale; the words come from the language's `figures.txt`. A name
//! is a run of capitalized words. Fractions ("two-thirds") and shares ("four in five") are not read, because two
//! writers rarely express them in the same way.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::span::{Span, overlapping, slice};
use crate::text::packs::{OfFolder, folder_index, section};
use crate::verify::draft::comparable_words::{Word, words};

/// A number, date or name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) span: Span,
    /// Whether a word such as "about", "at least" or "nearly" precedes it.
    pub(super) rounded: bool,
    /// Whether the number is written in words.
    pub(super) spelled: bool,
    /// Its position in a result of two numbers: "14 to 3", "14-3".
    pub(super) in_pair: Option<Place>,
    /// The value of the number in the notation of other languages, if it differs: 572,500 for "572.500".
    pub(super) elsewhere: Option<f64>,
}

/// The position of a number in a result of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Second,
}

impl Item {
    pub(super) const fn new(value: Value, span: Span) -> Self {
        Self { value, span, rounded: false, spelled: false, in_pair: None, elsewhere: None }
    }

    /// Returns the first word of a name that begins with a letter and contains a digit, such as `mi24`.
    pub(super) fn designation(&self) -> Option<&str> {
        match &self.value {
            Value::Name(words) => words.iter().map(String::as_str).find(|word| {
                word.contains(|c: char| c.is_ascii_digit()) && word.starts_with(char::is_alphabetic)
            }),
            _ => None,
        }
    }
}

/// The value of an item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A number, the value of one unit of its last significant digit, and its unit.
    Number(f64, f64, Unit),
    /// Month and day of the month.
    Day(u8, u8),
    Month(u8),
    Year(u32),
    Weekday(u8),
    /// The words of a name in lower case, without the possessive ending.
    Name(Vec<String>),
}

/// The unit of a number, if an adjacent sign or word names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    None,
    Percent,
    Money,
}

impl Value {
    /// Returns whether one value can replace the other: both are numbers with the same unit, days or months, years,
    /// weekdays, or names.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(_, _, a), Self::Number(_, _, b)) => a == b,
            (Self::Day(..) | Self::Month(_), Self::Day(..) | Self::Month(_))
            | (Self::Year(_), Self::Year(_))
            | (Self::Weekday(_), Self::Weekday(_))
            | (Self::Name(_), Self::Name(_)) => true,
            _ => false,
        }
    }
}

/// The words of a language that identify items.
#[derive(Debug)]
pub(super) struct Lexicon {
    // Looked up, never iterated.
    numbers: FxHashMap<&'static str, f64>,
    scales: FxHashMap<&'static str, f64>,
    weekdays: FxHashMap<&'static str, u8>,
    months: BTreeMap<&'static str, u8>,
    money: Vec<&'static str>,
    rounded: Vec<Vec<&'static str>>,
    decimal_point: bool,
    /// Whether a capital marks a name; German capitalizes all nouns.
    pub(super) capitals_mark_names: bool,
}

/// Returns the words of a language.
pub(super) fn lexicon(language: Language) -> &'static Lexicon {
    static ALL: OfFolder<Lexicon> = OfFolder::new();
    ALL.get(folder_index(language), |folder| {
        let file = folder.figures;
        let value = |line: &'static str| {
            let (word, value) = line.rsplit_once(' ')?;
            Some((word.trim(), value.parse::<f64>().ok()?))
        };
        let values = |name| section(file, name).filter_map(value).collect::<FxHashMap<_, _>>();
        let small = |name| section(file, name).filter_map(value).map(|(word, n)| (word, n as u8));
        let phrases = ["about", "at least", "at most", "nearly"].into_iter();
        Lexicon {
            numbers: values("numbers"),
            scales: values("scales"),
            months: small("months").collect(),
            weekdays: small("weekdays").collect(),
            money: section(file, "currencies")
                .filter_map(|l| l.split_once(' '))
                .map(|l| l.0)
                .collect(),
            rounded: phrases
                .flat_map(|name| section(file, name))
                .map(|line| line.split_whitespace().collect())
                .collect(),
            decimal_point: file.is_empty() || section(file, "habits").any(|h| h == "decimal point"),
            capitals_mark_names: folder.code != "de",
        }
    })
}

/// Returns the items of a sentence, in order, outside the ranges in `masked` (such as quotations), which must be
/// sorted.
pub(super) fn items(text: &str, sentence: Span, lexicon: &Lexicon, masked: &[Span]) -> Vec<Item> {
    let mut words = words(text, sentence);
    let masked = overlapping(masked, sentence);
    words.retain(|w| overlapping(masked, w.span).is_empty());
    let reader = Reader { text, words, lexicon };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.words.len() {
        let next = reader
            .date(at, &mut found)
            .or_else(|| reader.designation(at, sentence, &mut found))
            .or_else(|| reader.number(at, &mut found));
        at = next.unwrap_or(at + 1);
    }
    if lexicon.capitals_mark_names {
        reader.names(sentence, &mut found);
    }
    found.sort_by_key(|i| i.span);
    found
}

struct Reader<'t> {
    text: &'t str,
    words: Vec<Word>,
    lexicon: &'t Lexicon,
}

/// A parsed number: its value, the value of one unit of its last significant digit, and the index of the word after it.
type Read = (f64, f64, usize);

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &w.folded)
    }

    fn raw(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.span.slice(self.text))
    }

    /// Returns the text between a word and the next word.
    fn between(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => slice(self.text, a.span.end(), b.span.start()),
            _ => "",
        }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        match (self.words.get(from), self.words.get(to.saturating_sub(1))) {
            (Some(a), Some(b)) => Span::new(a.span.start(), b.span.end()),
            _ => Span::default(),
        }
    }

    fn month(&self, at: usize) -> Option<u8> {
        let raw = self.raw(at);
        if !raw.starts_with(char::is_uppercase)
            && self.lexicon.capitals_mark_names
            && self.lexicon.decimal_point
        {
            return None;
        }
        let folded = self.word(at);
        let full = self.lexicon.months.get(folded).copied();
        let abbreviated = || {
            let follows = self
                .words
                .get(at)
                .is_some_and(|w| slice(self.text, w.span.end(), self.text.len()).starts_with('.'));
            let months = self.lexicon.months.iter();
            (follows && folded.len() >= 3)
                .then(|| months.into_iter().find(|(m, _)| m.starts_with(folded)).map(|(_, n)| *n))?
        };
        full.or_else(abbreviated)
    }

    fn day_of_month(&self, at: usize) -> Option<u8> {
        let folded = self.word(at).trim_end_matches(|c: char| c.is_alphabetic());
        folded.parse().ok().filter(|n| {
            (1..=31).contains(n) && self.word(at).starts_with(|c: char| c.is_ascii_digit())
        })
    }

    /// Reads the first of two days before a month: "7th and 8th of July".
    fn first_day(&self, at: usize) -> Option<Value> {
        const JOINING: &[&str] = &["and", "to", "und", "bis", "et", "au", "y", "al"];
        let first = self.day_of_month(at)?;
        let is_range = matches!(self.between(at).trim(), "-" | "–");
        let second = if is_range { at + 1 } else { at + 2 };
        if !is_range && !JOINING.contains(&self.word(at + 1)) {
            return None;
        }
        let of = usize::from(matches!(self.word(second + 1), "of" | "de"));
        let month = self.day_of_month(second).and_then(|_| self.month(second + 1 + of))?;
        Some(Value::Day(month, first))
    }

    fn year(&self, at: usize) -> Option<u32> {
        let raw = self.raw(at);
        (raw.len() == 4).then(|| raw.parse().ok())?.filter(|y| (1500..=2199).contains(y))
    }

    /// Reads a date that starts at a word; returns the index of the word after it.
    fn date(&self, at: usize, found: &mut Vec<Item>) -> Option<usize> {
        let put = |value, to, found: &mut Vec<Item>| {
            found.push(Item::new(value, self.span(at, to)));
            Some(to)
        };
        if let Some(weekday) = self.lexicon.weekdays.get(bare(self.word(at))) {
            let is_capital = self.raw(at).starts_with(char::is_uppercase);
            if is_capital || !self.lexicon.decimal_point {
                return put(Value::Weekday(*weekday), at + 1, found);
            }
        }
        if let Some(month) = self.month(at) {
            let tied = self.between(at).trim_matches(['.', ' ', '\u{a0}']).is_empty();
            return match self.day_of_month(at + 1).filter(|_| tied) {
                Some(day) => put(Value::Day(month, day), at + 2, found),
                // In English, [`Self::month`] requires a capital. The verbs "may" and "march" have one only at the
                // start of a sentence, where they are rare.
                None => put(Value::Month(month), at + 1, found),
            };
        }
        if let Some(day) = self.first_day(at) {
            return put(day, at + 1, found);
        }
        if let Some(day) = self.day_of_month(at) {
            let of = usize::from(matches!(self.word(at + 1), "of" | "de"));
            if let Some(month) = self.month(at + 1 + of)
                && self.between(at).trim_matches(['.', ' ', '\u{a0}']).is_empty()
            {
                return put(Value::Day(month, day), at + 2 + of, found);
            }
        }
        let year = self.year(at)?;
        let is_measured = self.unit(at, at + 1) != Unit::None;
        (!is_measured).then(|| put(Value::Year(year), at + 1, found))?
    }

    /// Reads a number that starts at a word, skipping one that is part of a fraction or share; returns the index of the
    /// next word to read.
    fn number(&self, at: usize, found: &mut Vec<Item>) -> Option<usize> {
        let (value, step, next) = self.scaled(at)?;
        let spelled = !self.word(at).starts_with(|c: char| c.is_ascii_digit());
        if self.is_part(at, next) {
            return Some(next + 1);
        }
        let unit = self.unit(at, next);
        let rounded = self.lexicon.rounded.iter().any(|p| {
            let start = at.checked_sub(p.len());
            start.is_some_and(|s| p.iter().enumerate().all(|(i, w)| self.word(s + i) == *w))
        });
        let value = Value::Number(value, step, unit);
        let in_pair = self.place_in_pair(at, next, found.last()).filter(|_| unit == Unit::None);
        let plain = Item::new(value, self.span(at, next));
        let elsewhere = self.grouped_elsewhere(at).map(|other| other * self.scale(at + 1));
        found.push(Item { rounded, spelled, in_pair, elsewhere, ..plain });
        Some(next)
    }

    /// Reads a name of letters and digits, such as "Mi-24", "H-1B" or "A320s"; returns the index of the word after it.
    /// Its digits are not a number, and its hyphen and plural ending are left out. At the start of a sentence, where
    /// "Top-10" is capitalized as well, it is not an item.
    fn designation(&self, at: usize, sentence: Span, found: &mut Vec<Item>) -> Option<usize> {
        let is_letters = |word: &str| word.chars().all(char::is_alphabetic);
        let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
        let is_tied = is_letters(self.word(at))
            && self.word(at + 1).starts_with(|c: char| c.is_ascii_digit())
            && matches!(self.between(at), "-" | "‑" | "–")
            && self.year(at + 1).is_none();
        if !self.is_capital(at) || !(is_tied || has_digit(self.word(at))) {
            return None;
        }
        let next = if is_tied { at + 2 } else { at + 1 };
        let word: String = (at..next).map(|i| bare(self.word(i))).collect();
        let singular = word.strip_suffix('s').filter(|w| w.ends_with(|c: char| c.is_ascii_digit()));
        if self.lexicon.capitals_mark_names && !self.starts_sentence(at, sentence) {
            let name = singular.unwrap_or(&word).to_owned();
            found.push(Item::new(Value::Name(vec![name]), self.span(at, next)));
        }
        Some(next)
    }

    /// Returns the position of a number in a result such as "14 to 3"; `before` is the preceding item.
    fn place_in_pair(&self, at: usize, next: usize, before: Option<&Item>) -> Option<Place> {
        const JOINING: &[&str] = &["to", "zu", "gegen", "contre", "contra", "contro", "à"];
        let is_dash = |between: &str| matches!(between, "-" | "–" | "‑");
        let is_digits = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        if !is_digits(at) {
            return None;
        }
        let joined = is_dash(self.between(next - 1)) && is_digits(next)
            || JOINING.contains(&self.word(next)) && is_digits(next + 1);
        // "from 10 to 20" is a range or a change.
        let is_range = at > 0 && matches!(self.word(at - 1), "from" | "between" | "von" | "de");
        if joined && !is_range {
            return Some(Place::First);
        }
        let start = self.words.get(at)?.span.start();
        let first = before.filter(|item| item.in_pair == Some(Place::First))?;
        let between = slice(self.text, first.span.end(), start).trim();
        (is_dash(between) || JOINING.contains(&between)).then_some(Place::Second)
    }

    /// Returns whether a number is part of a fraction or a share: "two-thirds", "four in five".
    fn is_part(&self, at: usize, next: usize) -> bool {
        let after = self.word(next);
        let tied = self.between(next - 1) == "-";
        let is_fraction =
            ["third", "half", "quarter", "fourth", "fifth", "sixth", "eighth", "tenth"]
                .iter()
                .any(|f| after.trim_end_matches('s') == *f || (after == "halves"));
        (is_fraction && (tied || self.between(next - 1) == " "))
            || self.is_share(at)
            || (at >= 2 && self.is_share(at - 2) && self.share_end(at - 2) == at)
            || (at >= 3 && self.is_share(at - 3) && self.share_end(at - 3) == at)
    }

    /// Returns the index of the second number of a possible share: "four in five", "two out of three".
    fn share_end(&self, at: usize) -> usize {
        at + if self.word(at + 1) == "out" { 3 } else { 2 }
    }

    /// Returns whether a share begins at a word: an integer below 10 and, after "in", "of" or "out of", a larger number
    /// up to 100. "3.1% in 2013" is not a share.
    fn is_share(&self, at: usize) -> bool {
        const MOST: f64 = 100.0;
        let end = self.share_end(at);
        let (Some((part, step, next)), Some((whole, _, _))) = (self.scaled(at), self.scaled(end))
        else {
            return false;
        };
        let is_joined = matches!(self.word(end - 1), "in" | "of") && self.between(at) == " ";
        is_joined && next == at + 1 && part < 10.0 && step >= 1.0 && part < whole && whole <= MOST
    }

    fn unit(&self, at: usize, next: usize) -> Unit {
        let before = self
            .words
            .get(at)
            .map_or("", |w| slice(self.text, w.span.start().saturating_sub(4), w.span.start()));
        if before.trim_end().ends_with(['$', '€', '£', '¥'])
            || self.lexicon.money.contains(&self.word(next))
        {
            return Unit::Money;
        }
        let end = self.words.get(next.saturating_sub(1)).map_or(0, |w| w.span.end());
        let after = slice(self.text, end, self.text.len());
        let after = after.trim_start_matches([' ', '-', '\u{a0}', '\u{202f}']);
        if after.starts_with('%') || after.starts_with("percent") || after.starts_with("per cent") {
            return Unit::Percent;
        }
        // In "65 to 77 percent", the unit applies to both numbers. A currency does not: in "3 to $5", only the second
        // number is an amount of money.
        if matches!(self.word(next), "to" | "and" | "or")
            && let Some((_, _, after)) = self.scaled(next + 1)
            && self.word(next + 1).starts_with(|c: char| c.is_ascii_digit())
        {
            let unit = self.unit(next + 1, after);
            return if unit == Unit::Money { Unit::None } else { unit };
        }
        Unit::None
    }

    /// Returns the value of digits if the decimal mark of the language is read as a separator of groups: 120,000 for
    /// "120.000" in English. Returns `None` if they cannot be read that way.
    fn grouped_elsewhere(&self, at: usize) -> Option<f64> {
        const GROUP: usize = 3;
        let mark = if self.lexicon.decimal_point { '.' } else { ',' };
        let mut groups = self.word(at).split(mark);
        let first = groups.next().filter(|g| (1..=GROUP).contains(&g.len()))?;
        let rest: Vec<&str> = groups.collect();
        let is_digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
        let are_groups = rest.iter().all(|group| group.len() == GROUP && is_digits(group));
        let is_number = !rest.is_empty() && are_groups && is_digits(&first) && first != "0";
        is_number.then(|| [first].iter().chain(&rest).copied().collect::<String>())?.parse().ok()
    }

    /// Returns the product of the scale words, such as "thousand", that begin at a word; 1 if there are none.
    fn scale(&self, at: usize) -> f64 {
        let scales = (at..).map_while(|at| self.lexicon.scales.get(self.word(at)));
        scales.product()
    }

    /// Reads a number with its scale words: "3 million".
    fn scaled(&self, at: usize) -> Option<Read> {
        let (mut value, mut step, mut next) = self.plain(at)?;
        while let Some(scale) = self.lexicon.scales.get(self.word(next))
            && matches!(self.between(next - 1), " " | "-" | "\u{a0}")
        {
            value *= scale;
            step *= scale;
            next += 1;
        }
        Some((value, step, next))
    }

    fn plain(&self, at: usize) -> Option<Read> {
        let folded = self.word(at);
        if folded.starts_with(|c: char| c.is_ascii_digit()) {
            let (value, step) = self.digits(folded)?;
            return Some(self.groups(at, value).unwrap_or((value, step, at + 1)));
        }
        let tens = *self.lexicon.numbers.get(folded)?;
        let ones = self.lexicon.numbers.get(self.word(at + 1)).copied();
        match ones {
            Some(ones)
                if (20.0..100.0).contains(&tens) && ones < 10.0 && self.between(at) == "-" =>
            {
                Some((tens + ones, 1.0, at + 2))
            }
            _ => Some((tens, 1.0, at + 1)),
        }
    }

    /// Reads groups of three digits separated by spaces: "10 500".
    fn groups(&self, at: usize, first: f64) -> Option<Read> {
        let is_digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        let is_space = |gap: &str| match gap {
            // In languages with a decimal point, such as English, a space may also separate two numbers of a list.
            " " => !self.lexicon.decimal_point,
            gap => matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}"),
        };
        let is_group = |at: usize| {
            is_space(self.between(at - 1)) && self.word(at).len() == 3 && is_digits(self.word(at))
        };
        if self.word(at).len() > 3 || !is_digits(self.word(at)) || first < 1.0 {
            return None;
        }
        let mut next = at + 1;
        let mut value = first;
        while is_group(next) {
            value = value * 1000.0 + self.word(next).parse::<f64>().ok()?;
            next += 1;
        }
        let mut step = 1.0;
        while value >= 100.0 && value % (step * 10.0) == 0.0 {
            step *= 10.0;
        }
        (next > at + 1).then_some((value, step, next))
    }

    /// Reads digits with separators, and an attached scale: `1,200.50`, `3m`.
    fn digits(&self, folded: &str) -> Option<(f64, f64)> {
        let end = folded.find(|c: char| c.is_alphabetic()).unwrap_or(folded.len());
        let (number, letters) = (slice(folded, 0, end), slice(folded, end, folded.len()));
        let scale = match letters {
            "" => 1.0,
            "k" => 1e3,
            "m" | "mn" => 1e6,
            "bn" | "b" => 1e9,
            _ => return None,
        };
        if number.contains(':') || number.len() > 18 {
            return None;
        }
        let (mark, group) = if self.lexicon.decimal_point { ('.', ',') } else { (',', '.') };
        let (whole, decimals) = number.split_once(mark).unwrap_or((number, ""));
        let digits: String = whole.chars().filter(|c| *c != group).collect();
        let value: f64 = format!("{digits}.{decimals}0").parse().ok()?;
        let mut step = decimals.bytes().fold(1.0, |step, _| step / 10.0);
        while decimals.is_empty() && value >= 100.0 && value % (step * 10.0) == 0.0 {
            step *= 10.0;
        }
        Some((value * scale, step * scale))
    }

    /// Reads names, which are runs of capitalized words. At the start of a sentence, a single capitalized word is not a
    /// name.
    fn names(&self, sentence: Span, found: &mut Vec<Item>) {
        let mut at = 0;
        while at < self.words.len() {
            if !self.is_capital(at) || found.iter().any(|i| i.span.overlaps(self.words[at].span)) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < self.words.len() && self.joins(end, found) {
                end += 1;
            }
            let starts = self.starts_sentence(at, sentence);
            let mut first = at;
            // "The Pentagon", "But Smith": a sentence-initial capital carries no information.
            if starts && is_small(self.word(first)) {
                first += 1;
            }
            if first < end && !(starts && first == at && end - first == 1) && !self.is_label(end) {
                let words = (first..end).map(|i| bare(self.word(i)).to_owned()).collect();
                let value = Value::Name(words);
                found.push(Item::new(value, self.span(first, end)));
            }
            at = end;
        }
    }

    /// Returns whether a colon follows the word before `end`: "Subject:", "MEMO:".
    fn is_label(&self, end: usize) -> bool {
        let at = self.words.get(end - 1).map_or(0, |w| w.span.end());
        slice(self.text, at, self.text.len()).starts_with(':')
    }

    fn starts_sentence(&self, at: usize, sentence: Span) -> bool {
        let before = slice(self.text, sentence.start(), self.words[at].span.start()).trim_end();
        before.is_empty()
            || before
                .ends_with([':', '•', '"', '“', '”', '*', '(', '.', '?', '!', '—', '–', ';', '-'])
    }

    fn is_capital(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let mut letters = raw.chars();
        letters.next().is_some_and(char::is_uppercase)
            && !(raw.len() == 1 && raw == "I")
            && !raw.starts_with("I'")
    }

    /// Returns whether a word continues the preceding name.
    fn joins(&self, at: usize, found: &[Item]) -> bool {
        let gap = self.between(at - 1);
        let before = self.raw(at - 1);
        // "Gov. Cuomo", "J. K. Rowling", but not "in London. Berlin".
        let is_short = before.chars().count() <= 4;
        let space = matches!(gap, " " | "-" | "\u{a0}" | "." | "/" | " & ")
            || (gap == ". " && is_short)
            || gap.is_empty();
        space
            && self.is_capital(at)
            && !before.ends_with("'s")
            && !before.ends_with("’s")
            && !found.iter().any(|i| i.span.overlaps(self.words[at].span))
    }
}

/// Returns a word without the possessive ending.
pub(super) fn bare(folded: &str) -> &str {
    let stem = folded.strip_suffix("'s").or_else(|| folded.strip_suffix("’s"));
    stem.unwrap_or(folded).trim_end_matches(['\'', '’'])
}

/// Returns whether a word is in a list of common words that begin sentences and are not part of the name after them.
fn is_small(folded: &str) -> bool {
    const SMALL: &str = " a an the in on at by for from to of and but or as it he she they we you this that these those his her \
        its their our my your there here when while where who what why how if after before since until during with \
        without under over about against between both some many most all every each no not one two three four five \
        six seven eight nine ten only even still yet also then now so meanwhile however although though because \
        another other others more less last next first second nearly almost according asked did does do is are was \
        were has have had will would can could should may might must let le la les un une des du en dans sur pour par \
        mais el los las una por con pero и в на по но не что как он она они для из это ";
    SMALL.contains(&format!(" {folded} "))
}

#[cfg(test)]
mod tests {
    use super::{Unit, Value, items, lexicon};
    use crate::language::Language;
    use crate::span::Span;

    fn values(text: &str) -> Vec<Value> {
        let lexicon = lexicon(Language::parse("en").unwrap_or_default());
        items(text, Span::new(0, text.len()), lexicon, &[]).into_iter().map(|i| i.value).collect()
    }

    fn name(words: &[&str]) -> Value {
        Value::Name(words.iter().map(|w| (*w).to_owned()).collect())
    }

    #[test]
    fn numbers_dates_and_names_are_read() {
        for (text, expected) in [
            (
                "The vote was 64 to 51.",
                vec![Value::Number(64.0, 1.0, Unit::None), Value::Number(51.0, 1.0, Unit::None)],
            ),
            ("It cost $1.2 million.", vec![Value::Number(1_200_000.0, 100_000.0, Unit::Money)]),
            ("Some 5.5 percent left.", vec![Value::Number(5.5, 0.1, Unit::Percent)]),
            ("They met twenty-one of them.", vec![Value::Number(21.0, 1.0, Unit::None)]),
            ("Two-thirds stayed.", vec![]),
            ("Four in five stayed.", vec![]),
            ("Two out of three stayed.", vec![]),
            (
                "It rose 3.1% in 2013.",
                vec![Value::Number(3.1, 0.1, Unit::Percent), Value::Year(2013)],
            ),
            (
                "They met President Quist’s Harbour Act.",
                vec![name(&["president", "quist"]), name(&["harbour", "act"])],
            ),
            ("It began on Nov. 20, 1990.", vec![Value::Day(11, 20), Value::Year(1990)]),
            ("It began on 3 May.", vec![Value::Day(5, 3)]),
            ("It is on the 7th and 8th of July.", vec![Value::Day(7, 7), Value::Day(7, 8)]),
            ("It is on 7-8 July.", vec![Value::Day(7, 7), Value::Day(7, 8)]),
            ("On Friday they left.", vec![Value::Weekday(5)]),
            ("They flew two Mi-24s.", vec![Value::Number(2.0, 1.0, Unit::None), name(&["mi24"])]),
            ("Holders of H-1B visas left.", vec![name(&["h1b"])]),
            ("An A320 and the F-16 landed.", vec![name(&["a320"]), name(&["f16"])]),
            ("It eased after Covid-19 waned.", vec![name(&["covid19"])]),
            ("They are Under-21 players.", vec![name(&["under21"])]),
            ("Top-10 firms left.", vec![]),
            ("In Mid-2014 they left.", vec![name(&["mid"]), Value::Year(2014)]),
            ("A 24-hour strike began.", vec![Value::Number(24.0, 1.0, Unit::None)]),
            (
                "The Mayor of Orlen met Gov. Ada Quist's aide.",
                vec![name(&["mayor"]), name(&["orlen"]), name(&["gov", "ada", "quist"])],
            ),
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }
}
