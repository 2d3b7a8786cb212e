//! What a line of a page dump looks like, in numbers: its own words and marks, its neighbours, and where it lies among the
//! prose of the page.
//!
//! Every number is scale-free or a logarithm, and none depends on a language but the shares of words that
//! [`phrases`](crate::ingest::phrases) knows.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ingest::lines::{self, Marker};
use crate::ingest::phrases::phrases;
use crate::ingest::signs;

/// How many numbers describe a line.
pub const WIDTH: usize = 66;

/// The numbers of one line.
pub type Features = [f32; WIDTH];

/// Returns the numbers of each line of a page.
pub fn features(pieces: &[&str]) -> Vec<Features> {
    let own: Vec<Own> = pieces.iter().map(|p| Own::of(p)).collect();
    let page = Page::of(pieces, &own);
    (0..pieces.len()).map(|i| page.describe(&own, i)).collect()
}

/// A line by itself.
struct Own {
    words: f32,
    ended: bool,
    prose: bool,
    short: bool,
    numbers: [f32; OWN],
}

const OWN: usize = 30;

impl Own {
    fn of(line: &str) -> Self {
        let shape = Shape::of(line);
        let words = shape.words.max(1.0);
        let ended = lines::ends_sentence(line);
        let flag = |b: bool| f32::from(u8::from(b));
        let marker = lines::marker(line);
        let prose_like = ended && 12.0 <= shape.words;
        let numbers = [
            ln(shape.words),
            ln(shape.chars),
            flag(ended),
            flag(line.ends_with('?')),
            flag(line.ends_with(':')),
            ln(shape.sentences),
            shape.commas / words,
            shape.capitalised / words,
            shape.upper / shape.letters.max(1.0),
            shape.digits / shape.chars.max(1.0),
            shape.small / words,
            shape.lower / words,
            shape.letters / words,
            flag(line.starts_with(char::is_lowercase)),
            flag(line.starts_with(|c: char| c.is_ascii_digit())),
            flag(matches!(marker, Some(Marker::Bullet | Marker::Dash(_)))),
            flag(matches!(marker, Some(Marker::Number(_)))),
            flag(line.contains("://") || line.contains("www.") || line.contains('@')),
            shape.symbols / words,
            flag(line.contains(['©', '®', '™'])),
            flag(line.contains(['"', '“', '”', '«', '»', '„'])),
            shape.service / words,
            ln(shape.service),
            shape.second_person / words,
            flag(!prose_like && signs::is_chrome(line)),
            flag(!prose_like && signs::byline(line).is_some()),
            flag(!prose_like && signs::is_date_line(line)),
            flag(signs::is_credited(line)),
            flag(phrases().is_label(&line.to_lowercase())),
            flag(line.contains(['$', '€', '£', '%'])),
        ];
        let prose = (ended && 8.0 <= shape.words) || 30.0 <= shape.words;
        Self { words: shape.words, ended, prose, short: shape.words < 8.0 && !ended, numbers }
    }
}

/// Counts over one line.
#[derive(Default)]
struct Shape {
    chars: f32,
    words: f32,
    letters: f32,
    upper: f32,
    digits: f32,
    symbols: f32,
    commas: f32,
    sentences: f32,
    capitalised: f32,
    lower: f32,
    small: f32,
    service: f32,
    second_person: f32,
}

impl Shape {
    fn of(line: &str) -> Self {
        let mut shape = Self::default();
        for c in line.chars() {
            shape.chars += 1.0;
            if c.is_alphabetic() {
                shape.letters += 1.0;
                shape.upper += f32::from(u8::from(c.is_uppercase()));
            } else if c.is_ascii_digit() {
                shape.digits += 1.0;
            } else if c == ',' || c == '،' || c == '、' {
                shape.commas += 1.0;
            } else if matches!(
                c,
                '|' | '›' | '»' | '·' | '•' | '/' | '>' | '→' | '+' | '&' | '–' | '—'
            ) {
                shape.symbols += 1.0;
            }
        }
        let mut lower = String::new();
        for (n, word) in line.split_whitespace().enumerate() {
            shape.words += 1.0;
            shape.sentences += f32::from(u8::from(lines::ends_sentence(word) && 3 < word.len()));
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = word.chars().next() else { continue };
            if first.is_uppercase() {
                shape.capitalised += f32::from(u8::from(0 < n));
            } else if first.is_lowercase() {
                shape.lower += 1.0;
                shape.small += f32::from(u8::from(word.chars().count() <= 3));
            }
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            shape.service += f32::from(u8::from(phrases().is_service(&lower)));
            let second = matches!(
                &*lower,
                "you"
                    | "your"
                    | "we"
                    | "our"
                    | "us"
                    | "sie"
                    | "ihr"
                    | "ihre"
                    | "wir"
                    | "unsere"
                    | "vous"
                    | "votre"
                    | "nous"
                    | "notre"
                    | "usted"
                    | "tu"
                    | "su"
                    | "nuestra"
            );
            shape.second_person += f32::from(u8::from(second));
        }
        shape
    }
}

/// What is known of the page as a whole.
struct Page {
    n: usize,
    /// Words before each line, and after the last.
    words_before: Vec<f32>,
    /// Words of prose before each line, and after the last.
    prose_before: Vec<f32>,
    /// Short lines without an end mark before each line, and after the last.
    short_before: Vec<f32>,
    /// Distance to the next line of prose on either side.
    prose_back: Vec<usize>,
    prose_ahead: Vec<usize>,
    /// Length of the run of short lines that a line stands in.
    run: Vec<usize>,
    /// The stretches that hold the most prose, for a low and a high price of a line that is none.
    tight: (usize, usize),
    wide: (usize, usize),
    /// How often the text of a line stands on the page.
    copies: Vec<f32>,
    /// The share of a line's long words that the prose of the page uses elsewhere.
    on_topic: Vec<f32>,
    /// Lines since one that names a date or an author.
    since_sign: Vec<usize>,
}

impl Page {
    fn of(pieces: &[&str], own: &[Own]) -> Self {
        let n = pieces.len();
        let prose_words = |o: &Own| if o.prose { o.words } else { 0.0 };
        let tight = heaviest(own, 6.0);
        let run = runs(own);
        Self {
            n,
            words_before: sums(own, |o| o.words),
            prose_before: sums(own, prose_words),
            short_before: sums(own, |o| f32::from(u8::from(o.short))),
            prose_back: distances(own.iter().map(|o| o.prose), n),
            prose_ahead: reversed(distances(own.iter().rev().map(|o| o.prose), n)),
            run,
            tight,
            wide: heaviest(own, 2.0),
            copies: copies(pieces),
            on_topic: on_topic(pieces, own, tight),
            since_sign: distances(own.iter().map(|o| o.numbers[25] + o.numbers[26] > 0.0), n),
        }
    }

    /// Prose words, or short lines, in `from..to` clipped to the page.
    fn between(&self, sums: &[f32], from: isize, to: isize) -> f32 {
        let clip = |at: isize| at.clamp(0, self.n as isize) as usize;
        sums[clip(to)] - sums[clip(from)]
    }

    fn describe(&self, own: &[Own], i: usize) -> Features {
        let mut numbers = [0.0; WIDTH];
        numbers[..OWN].copy_from_slice(&own[i].numbers);
        let at = i as isize;
        let prose = |from, to| ln(self.between(&self.prose_before, at + from, at + to));
        let short = |from: isize, to: isize| {
            self.between(&self.short_before, at + from, at + to) / (to - from) as f32
        };
        let near = |step: isize| usize::try_from(at + step).ok().and_then(|j| own.get(j));
        let words = |step| near(step).map_or(0.0, |o| ln(o.words));
        let ended = |step| near(step).map_or(0.0, |o| f32::from(u8::from(o.ended)));
        let total = self.words_before[self.n].max(1.0);
        let prose_total = self.prose_before[self.n].max(1.0);
        let context = [
            i as f32 / self.n as f32,
            self.words_before[i] / total,
            self.prose_before[i] / prose_total,
            ln(i as f32),
            ln((self.n - i) as f32),
            prose(-2, 0),
            prose(1, 3),
            prose(-5, 0),
            prose(1, 6),
            prose(-12, 0),
            prose(1, 13),
            short(-3, 0),
            short(1, 4),
            short(-8, 0),
            short(1, 9),
            distance(self.prose_back[i]),
            distance(self.prose_ahead[i]),
            words(-1),
            words(1),
            words(-2),
            words(2),
            ended(-1),
            ended(1),
            ended(-2),
            ended(2),
            ln(self.run[i] as f32),
            within(self.tight, i),
            within((self.n - self.tight.1, self.n - self.tight.0), self.n - 1 - i),
            within(self.wide, i),
            within((self.n - self.wide.1, self.n - self.wide.0), self.n - 1 - i),
            self.copies[i],
            self.on_topic[i],
            distance(self.since_sign[i]),
            ln(self.n as f32),
            prose_total / total,
            ln(prose_total),
        ];
        numbers[OWN..].copy_from_slice(&context);
        numbers
    }
}

/// `ln(1 + x)` to a few digits and alike on every machine: the exponent, and a line within it.
fn ln(x: f32) -> f32 {
    let bits = (1.0 + x.max(0.0)).to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    (exponent + mantissa - 1.0) * std::f32::consts::LN_2
}

fn distance(lines: usize) -> f32 {
    ln(lines.min(200) as f32)
}

/// How far a line lies behind the start of a stretch: negative before it.
fn within((start, _): (usize, usize), i: usize) -> f32 {
    if start <= i { ln((i - start) as f32) + 0.1 } else { -ln((start - i) as f32) }
}

fn sums(own: &[Own], value: impl Fn(&Own) -> f32) -> Vec<f32> {
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(own.len() + 1);
    sums.push(0.0);
    for o in own {
        sum += value(o);
        sums.push(sum);
    }
    sums
}

/// Steps since the last line that is marked, `n` where there is none before; a marked line counts from the one before it.
fn distances(marked: impl Iterator<Item = bool>, n: usize) -> Vec<usize> {
    let mut since = n;
    marked
        .map(|marked| {
            let here = since;
            since = if marked { 1 } else { (since + 1).min(n) };
            here
        })
        .collect()
}

fn reversed(mut values: Vec<usize>) -> Vec<usize> {
    values.reverse();
    values
}

fn runs(own: &[Own]) -> Vec<usize> {
    let mut runs = vec![0; own.len()];
    let mut start = 0;
    while start < own.len() {
        let length = own[start..].iter().take_while(|o| o.short).count();
        runs[start..start + length].fill(length);
        start += length.max(1);
    }
    runs
}

/// The stretch of lines with the largest sum, where prose counts its words and any other line costs `price`.
fn heaviest(own: &[Own], price: f32) -> (usize, usize) {
    let (mut best, mut best_sum) = ((0, 0), 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (i, o) in own.iter().enumerate() {
        sum += if o.prose { o.words.min(60.0) } else { -price };
        if sum <= 0.0 {
            (start, sum) = (i + 1, 0.0);
        } else if best_sum < sum {
            (best, best_sum) = ((start, i + 1), sum);
        }
    }
    best
}

fn copies(pieces: &[&str]) -> Vec<f32> {
    let mut counts: FxHashMap<&str, f32> = FxHashMap::default();
    for piece in pieces {
        *counts.entry(piece).or_default() += 1.0;
    }
    pieces.iter().map(|p| ln(counts.get(p).map_or(0.0, |n| n - 1.0))).collect()
}

fn on_topic(pieces: &[&str], own: &[Own], (start, end): (usize, usize)) -> Vec<f32> {
    let mut uses: FxHashMap<String, u32> = FxHashMap::default();
    for (piece, o) in pieces.iter().zip(own).skip(start).take(end - start) {
        if o.prose {
            for word in long_words(piece) {
                *uses.entry(word).or_default() += 1;
            }
        }
    }
    let share = |(i, piece): (usize, &&str)| {
        let own_use = u32::from(start <= i && i < end && own[i].prose);
        let mut seen = FxHashSet::default();
        let words: Vec<String> = long_words(piece).filter(|w| seen.insert(w.clone())).collect();
        let known = words.iter().filter(|w| own_use < uses.get(*w).copied().unwrap_or(0)).count();
        if words.is_empty() { -0.1 } else { known as f32 / words.len() as f32 }
    };
    pieces.iter().enumerate().map(share).collect()
}

fn long_words(piece: &str) -> impl Iterator<Item = String> {
    piece.split(|c: char| !c.is_alphanumeric()).filter(|w| 5 <= w.len()).map(str::to_lowercase)
}
