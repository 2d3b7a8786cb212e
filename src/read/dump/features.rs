//! The features of a line of a page dump: its words and punctuation, its neighbors, and its position relative to the
//! prose.
//!
//! Every feature is a flag, a share, an average or a logarithm. None depends on the language, except through
//! `boilerplate`, `line_patterns` and a list of pronouns.

use rustc_hash::FxHashMap;

use crate::line_marker::{Marker, marker};
use crate::read::dump::shape::{LongWord, Shape};
use crate::read::line_patterns::{self, Signs};
use crate::read::lines;

/// The number of features per line.
pub const WIDTH: usize = 66;

/// The features of one line.
pub type Features = [f32; WIDTH];

/// Returns the features of each line of a page.
pub fn features(pieces: &[&str]) -> Vec<Features> {
    Looks::new(pieces).features()
}

/// The features of each line that do not depend on other lines, and the long words of each line.
#[derive(Debug)]
pub(super) struct Looks<'p> {
    pieces: &'p [&'p str],
    own: Vec<Own>,
    words: Words,
}

impl<'p> Looks<'p> {
    /// Computes the features of each line that do not depend on other lines.
    pub(super) fn new(pieces: &'p [&'p str]) -> Self {
        let mut words = Words::default();
        let mut long_words = Vec::new();
        let look = |piece: &&str| {
            long_words.clear();
            let own = Own::new(piece, &mut long_words);
            words.push(&long_words);
            own
        };
        let own = pieces.iter().map(look).collect();
        Self { pieces, own, words }
    }

    /// Returns all features of each line.
    pub(super) fn features(&self) -> Vec<Features> {
        let page = Page::new(self);
        (0..self.own.len()).map(|i| page.describe(&self.own, i)).collect()
    }

    /// Returns the features of a line that do not depend on other lines.
    pub(super) fn line(&self, i: usize) -> &Own {
        &self.own[i]
    }

    /// Returns the long words of the lines.
    pub(super) const fn words(&self) -> &Words {
        &self.words
    }
}

/// The long words of each line. Each distinct word has a number.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<u64, u32>,
    /// The number of each word, and its length in bytes.
    all: Vec<(u32, usize)>,
    /// The end of each line's words in `all`.
    ends: Vec<usize>,
}

impl Words {
    fn push(&mut self, line: &[LongWord]) {
        for word in line {
            let next = self.numbers.len() as u32;
            let number = *self.numbers.entry(word.hash).or_insert(next);
            self.all.push((number, word.bytes));
        }
        self.ends.push(self.all.len());
    }

    /// Returns the number of distinct words.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Returns the numbers of the words in line `i` that have at least `bytes` bytes.
    pub(super) fn of_line(&self, i: usize, bytes: usize) -> impl Iterator<Item = usize> {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        let words = self.all[start..self.ends[i]].iter();
        words.filter(move |(_, n)| bytes <= *n).map(|(number, _)| *number as usize)
    }
}

/// The features of a line that do not depend on other lines.
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
#[derive(Debug)]
pub(super) struct Own {
    words: f32,
    ended: bool,
    prose: bool,
    short: bool,
    /// Its line patterns; `None` for a line of 12 words or more that ends like a sentence.
    signs: Option<Signs>,
    offer: bool,
    numbers: [f32; OWN],
}

const OWN: usize = 30;
/// The index of the feature that marks a caption with a credit.
const CREDITED: usize = 27;
/// The index of the share of capitalized words; the share of capital letters follows it.
const CAPITALISED: usize = 7;
/// The index of the share of words with which a page refers to itself.
const SERVICE: usize = 21;

impl Own {
    fn new(line: &str, long_words: &mut Vec<LongWord>) -> Self {
        let shape = Shape::new(line, long_words);
        let [n_words, chars, letters] = [shape.words, shape.chars, shape.letters].map(|n| n as f32);
        let words = n_words.max(1.0);
        let per_word = |n: u32| n as f32 / words;
        let ended = lines::ends_sentence(line);
        let flag = |b: bool| f32::from(u8::from(b));
        let marker = marker(line);
        let signs = (!ended || shape.words < 12).then(|| Signs::new(line, shape.words as usize));
        let sign = |is: fn(&Signs) -> bool| flag(signs.as_ref().is_some_and(is));
        let numbers = [
            ln(n_words),
            ln(chars),
            flag(ended),
            flag(line.ends_with('?')),
            flag(line.ends_with(':')),
            ln(shape.sentences as f32),
            per_word(shape.commas),
            per_word(shape.capitalised),
            shape.upper as f32 / letters.max(1.0),
            shape.digits as f32 / chars.max(1.0),
            per_word(shape.small),
            per_word(shape.lower),
            per_word(shape.letters),
            flag(line.starts_with(char::is_lowercase)),
            flag(line.starts_with(|c: char| c.is_ascii_digit())),
            flag(matches!(marker, Some(Marker::Bullet | Marker::Dash(_)))),
            flag(matches!(marker, Some(Marker::Number(_)))),
            flag(shape.has_link()),
            per_word(shape.symbols),
            flag(shape.has_rights()),
            flag(shape.has_quotes()),
            per_word(shape.service),
            ln(shape.service as f32),
            per_word(shape.second_person),
            sign(|s| s.chrome),
            sign(|s| s.byline),
            sign(|s| s.date),
            flag(line_patterns::is_credited(line)),
            flag(signs.as_ref().map_or_else(|| line_patterns::is_label(line), |s| s.label)),
            flag(shape.has_money()),
        ];
        let prose = (ended && 8.0 <= n_words) || 30.0 <= n_words;
        let short = n_words < 8.0 && !ended;
        let offer = line_patterns::is_offer(line);
        Self { words: n_words, ended, prose, short, signs, offer, numbers }
    }

    /// Returns whether the line looks like prose: it ends like a sentence and has at least six words, or it has at
    /// least 30 words.
    pub(super) fn is_prose(&self) -> bool {
        (self.ended && 6.0 <= self.words) || 30.0 <= self.words
    }

    /// Returns whether the line ends like a sentence.
    pub(super) const fn is_ended(&self) -> bool {
        self.ended
    }

    /// Returns whether the line has a credit that makes it a caption.
    pub(super) fn is_credited(&self) -> bool {
        0.0 < self.numbers[CREDITED]
    }

    /// Returns whether the line is an offer to the reader.
    pub(super) const fn is_offer(&self) -> bool {
        self.offer
    }

    /// Returns the share of the line's words with which a page refers to itself.
    pub(super) const fn service(&self) -> f32 {
        self.numbers[SERVICE]
    }

    /// Returns the share of capitalized words, not counting the first word.
    pub(super) const fn capitalised(&self) -> f32 {
        self.numbers[CAPITALISED]
    }

    /// Returns the share of the line's letters that are capitals.
    pub(super) const fn upper(&self) -> f32 {
        self.numbers[CAPITALISED + 1]
    }

    /// Returns whether the line has few words and no end mark, like an item of a menu.
    pub(super) const fn is_short(&self) -> bool {
        self.short
    }

    /// Returns the line patterns, if they were evaluated.
    pub(super) const fn signs(&self) -> Option<&Signs> {
        self.signs.as_ref()
    }
}

/// Properties of the page as a whole, and of its lines relative to each other.
struct Page {
    n: usize,
    /// The number of words before each line; the last element is the total.
    words_before: Vec<f32>,
    /// The number of words of prose before each line; the last element is the total.
    prose_before: Vec<f32>,
    /// The number of short lines before each line; the last element is the total.
    short_before: Vec<f32>,
    /// The distance from each line to the nearest line of prose before it.
    prose_back: Vec<usize>,
    /// The distance from each line to the nearest line of prose after it.
    prose_ahead: Vec<usize>,
    /// The length of the run of short lines that contains each line.
    run: Vec<usize>,
    /// The range of lines with the most prose ([`heaviest`]), computed with a high penalty for other lines.
    tight: (usize, usize),
    /// The same range, computed with a low penalty.
    wide: (usize, usize),
    /// The logarithm of the number of other lines with the same text.
    copies: Vec<f32>,
    /// The share of each line's words of at least [`ON_TOPIC`] bytes that occur in another line of prose in `tight`;
    /// -0.1 if the line has no such words.
    on_topic: Vec<f32>,
    /// The distance from each line to the last line before it that has a date or byline.
    since_sign: Vec<usize>,
}

impl Page {
    fn new(looks: &Looks<'_>) -> Self {
        let (pieces, own) = (looks.pieces, &*looks.own);
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
            on_topic: on_topic(&looks.words, own, tight),
            since_sign: distances(own.iter().map(|o| o.numbers[25] + o.numbers[26] > 0.0), n),
        }
    }

    /// Returns the number of prose words or short lines in `from..to`, clipped to the page, given the `sums` before
    /// each line.
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

/// Returns an approximation of `ln(1 + x)` that is identical on every machine: linear between the powers of two.
fn ln(x: f32) -> f32 {
    let bits = (1.0 + x.max(0.0)).to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    (exponent + mantissa - 1.0) * std::f32::consts::LN_2
}

/// Returns the logarithm of one plus a distance in lines; distances are capped at 200.
pub(super) fn distance(lines: usize) -> f32 {
    ln(lines.min(200) as f32)
}

/// Returns the logarithmic distance of a line from the start of a range; negative if the line is before the range.
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

/// Returns the distance from each line to the last marked line before it, or `n` if there is none.
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

/// Returns the range of lines with the maximum sum: each line of prose adds its number of words (at most 60), and every
/// other line subtracts `price`.
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

fn on_topic(words: &Words, own: &[Own], (start, end): (usize, usize)) -> Vec<f32> {
    let mut uses = vec![0_u32; words.len()];
    for i in (start..end).filter(|i| own[*i].prose) {
        words.of_line(i, ON_TOPIC).for_each(|word| uses[word] += 1);
    }
    // The last line in which each word occurred, counted from one.
    let mut met = vec![0; words.len()];
    let share = |i: usize| {
        let own_use = u32::from(start <= i && i < end && own[i].prose);
        let (mut all, mut known) = (0_u32, 0_u32);
        for word in words.of_line(i, ON_TOPIC) {
            if met[word] <= i {
                met[word] = i + 1;
                all += 1;
                known += u32::from(own_use < uses[word]);
            }
        }
        if all == 0 { -0.1 } else { known as f32 / all as f32 }
    };
    (0..own.len()).map(share).collect()
}

/// The minimum number of bytes in a word that indicates the topic.
const ON_TOPIC: usize = 5;
