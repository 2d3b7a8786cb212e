//! Computes the features of a block from its text, its position in the tree and on the page, the result of Readability,
//! the page's metadata, and the neighboring blocks.
//!
//! The training data is computed by the same code (`training/page_features.rs`).

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::{Hints, N_HINTS};
use super::raw_metadata::Facts;
use super::shingles::{Shingles, joined, word_hashes};
use crate::article::BlockKind;
use crate::span::slice;

/// The features of a block's text.
const TEXT: &[&str] = &[
    "words",
    "chars",
    "linked",
    "links",
    "bold",
    "ends_sentence",
    "ends_colon",
    "ends_question",
    "starts_upper",
    "starts_lower",
    "commas",
    "stops",
    "lower_words",
    "capital_words",
    "digits",
    "word_length",
    "quotes",
    "rights",
    "promotion",
    "related",
    "sharing",
    "credit",
    "year",
    "by",
    "comment",
    "address",
    "all_capitals",
];

/// The features of a block's kind and position, and of its overlap with the title, the metadata, the result of
/// Readability and the other blocks.
const PLACE: &[&str] = &[
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "item",
    "quote",
    "caption",
    "table",
    "is_body",
    "depth",
    "parent_share",
    "grand_share",
    "great_share",
    "parent_linked",
    "grand_linked",
    "great_linked",
    "parent_words",
    "siblings",
    "in_main",
    "main_above",
    "position",
    "words_before",
    "after_title",
    "from_title",
    "candidate",
    "before_candidate",
    "after_candidate",
    "from_candidate_end",
    "from_candidate_start",
    "data_body",
    "description",
    "repeated",
    "seen_before",
    "code",
    "title_words",
];

/// The features of a neighbor, which are computed for each of [`NEIGHBOURS`].
const CONTEXT: &[&str] =
    &["words", "linked", "candidate", "heading", "in_main", "ends_sentence", "same_parent"];

/// The positions of the neighbors relative to the block.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// The features of the blocks around a block, taken together.
const STRETCH: &[&str] =
    &["prose_around", "linked_around", "candidate_around", "prose_after", "prose_before"];

/// Returns the names of all features, in order.
pub(super) fn names() -> Vec<String> {
    let hints = |prefix: &'static str| Hints::names().map(move |n| format!("{prefix}_{n}"));
    let context =
        NEIGHBOURS.iter().flat_map(|at| CONTEXT.iter().map(move |n| format!("{n}{at:+}")));
    TEXT.iter()
        .chain(PLACE)
        .map(|n| (*n).to_owned())
        .chain(hints("near"))
        .chain(hints("any"))
        .chain(context)
        .chain(STRETCH.iter().map(|n| (*n).to_owned()))
        .collect()
}

/// The features of one block.
#[derive(Clone, Debug)]
pub(super) struct Row {
    values: [f32; MOST],
    len: usize,
}

/// The maximum number of features: as many as a `u8` can index.
const MOST: usize = 256;

impl Default for Row {
    fn default() -> Self {
        Self { values: [0.0; MOST], len: 0 }
    }
}

impl Row {
    fn push(&mut self, value: f32) {
        if let Some(place) = self.values.get_mut(self.len) {
            *place = value;
            self.len += 1;
        }
    }

    fn extend(&mut self, values: impl IntoIterator<Item = f32>) {
        values.into_iter().for_each(|value| self.push(value));
    }

    /// Returns the value of one feature.
    pub(super) fn value(&self, feature: u8) -> f32 {
        self.values[usize::from(feature)]
    }

    /// Returns the values of all features, in the order of [`names`].
    pub(super) fn values(&self) -> &[f32] {
        &self.values[..self.len]
    }

    #[cfg(test)]
    pub(super) fn from_values(values: &[f32]) -> Self {
        let mut row = Self::default();
        row.extend(values.iter().copied());
        row
    }
}

/// The properties of a page from which the features of its blocks are computed.
pub(super) struct View<'p> {
    page: &'p Page,
    /// The number of words in each block.
    words: Vec<u32>,
    total_words: u32,
    total_prose: u32,
    /// The number of words before each block.
    before: Vec<u32>,
    /// The share of each block's text that Readability extracts.
    candidate: Vec<f32>,
    candidate_range: Option<(usize, usize)>,
    /// The share of each block's text that occurs in the *articleBody* of the page's JSON-LD.
    data_body: Vec<f32>,
    description: Vec<f32>,
    title_words: Vec<f32>,
    repeated: Vec<bool>,
    /// Whether the same text occurs earlier on the page.
    seen_before: Vec<bool>,
    title_at: Option<usize>,
    /// The index of the container with the most prose.
    main: u32,
    /// Whether each block is in that container.
    in_main: Vec<bool>,
    /// For each block, the number of blocks, itself included, whose containers have the same parent as its container.
    siblings: Vec<u32>,
}

impl<'p> View<'p> {
    pub(super) fn new(page: &'p Page, facts: &Facts, title: &str, candidate: &Shingles) -> Self {
        let n = page.blocks.len();
        let body =
            facts.objects.iter().filter_map(|o| o["articleBody"].as_str()).max_by_key(|b| b.len());
        let body = body.map(Shingles::new).unwrap_or_default();
        let description = facts
            .meta_of(&["description", "og:description"])
            .map(Shingles::new)
            .unwrap_or_default();
        let mut title_hashes = Vec::new();
        word_hashes(title, &mut title_hashes);
        let mut view = View {
            page,
            words: Vec::with_capacity(n),
            total_words: 0,
            total_prose: 0,
            before: Vec::with_capacity(n),
            candidate: Vec::with_capacity(n),
            candidate_range: None,
            data_body: Vec::with_capacity(n),
            description: Vec::with_capacity(n),
            title_words: Vec::with_capacity(n),
            repeated: Vec::with_capacity(n),
            seen_before: Vec::with_capacity(n),
            title_at: None,
            main: 0,
            in_main: Vec::new(),
            siblings: Vec::new(),
        };
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut keys = Vec::with_capacity(n);
        let mut hashes = Vec::new();
        for (i, block) in page.blocks.iter().enumerate() {
            word_hashes(&block.text, &mut hashes);
            let key = joined(&hashes);
            let count = counts.entry(key).or_default();
            view.seen_before.push(*count > 0);
            *count += 1;
            keys.push(key);
            view.count_words(block);
            let share = candidate.share_of(&hashes);
            if share > 0.5 && hashes.len() >= 4 {
                let first = view.candidate_range.map_or(i, |(first, _)| first);
                view.candidate_range = Some((first, i));
            }
            view.candidate.push(share);
            view.data_body.push(body.share_of(&hashes));
            view.description.push(description.share_of(&hashes));
            view.title_words.push(share_in(&hashes, &title_hashes));
            if view.title_at.is_none() && !title_hashes.is_empty() && hashes == title_hashes {
                view.title_at = Some(i);
            }
        }
        view.repeated = keys.iter().map(|k| counts.get(k).is_some_and(|c| *c > 1)).collect();
        view.find_main();
        view.count_siblings();
        view
    }

    /// Replaces the contents of `row` with the features of a block.
    pub(super) fn describe(&self, i: usize, row: &mut Row) {
        row.len = 0;
        let Some(block) = self.page.blocks.get(i) else { return };
        text_features(block, self.words[i], row);
        self.place_features(i, block, row);
        self.hint_features(block, row);
        self.context_features(i, row);
    }

    fn count_words(&mut self, block: &PageBlock) {
        let n_words = words(&block.text) as u32;
        self.before.push(self.total_words);
        self.words.push(n_words);
        self.total_words += n_words;
        if is_prose(n_words, block) {
            self.total_prose += n_words;
        }
    }

    fn find_main(&mut self) {
        let containers = &self.page.containers;
        let mut best = (0, 0);
        for (i, container) in containers.iter().enumerate().skip(1) {
            if container.prose_words > best.0 {
                best = (container.prose_words, i as u32);
            }
        }
        self.main = best.1;
        let mut inside = vec![false; containers.len()];
        for (i, container) in containers.iter().enumerate() {
            inside[i] = i as u32 == self.main || i > 0 && inside[container.parent as usize];
        }
        self.in_main = self.page.blocks.iter().map(|b| inside[b.container as usize]).collect();
    }

    fn count_siblings(&mut self) {
        let mut counts = vec![0_u32; self.page.containers.len()];
        let parent = |b: &PageBlock| self.page.containers[b.container as usize].parent as usize;
        for block in &self.page.blocks {
            counts[parent(block)] += 1;
        }
        self.siblings = self.page.blocks.iter().map(|b| counts[parent(b)]).collect();
    }

    fn place_features(&self, i: usize, block: &PageBlock, row: &mut Row) {
        let containers = &self.page.containers;
        let own = containers[block.container as usize];
        let parent = containers[own.parent as usize];
        let grand = containers[parent.parent as usize];
        let great = containers[grand.parent as usize];
        row.extend((1..=3).map(|level| flag(block.level == level)));
        row.push(flag(block.level >= 4));
        row.push(flag(block.kind == BlockKind::ListItem));
        row.push(flag(block.kind == BlockKind::Blockquote));
        row.push(flag(block.kind == BlockKind::Caption));
        row.push(flag(block.in_table));
        row.push(flag(own.is_body));
        row.push(own.depth as f32);
        let prose = |words: u32| words as f32 / self.total_prose.max(1) as f32;
        row.extend([parent, grand, great].map(|c| prose(c.prose_words)));
        row.extend([parent, grand, great].map(|c| c.linked_words as f32 / c.words.max(1) as f32));
        row.push(ln(parent.words));
        row.push(ln(self.siblings[i]));
        row.push(flag(self.in_main[i]));
        let main = containers[self.main as usize];
        row.push(if self.in_main[i] { (own.depth - main.depth) as f32 } else { -1.0 });
        self.position_features(i, row);
        row.push(self.data_body[i]);
        row.push(self.description[i]);
        row.push(flag(self.repeated[i]));
        row.push(flag(self.seen_before[i]));
        row.push(flag(block.is_code));
        row.push(self.title_words[i]);
    }

    fn position_features(&self, i: usize, row: &mut Row) {
        row.push(ratio(i, self.page.blocks.len()));
        row.push(self.before[i] as f32 / self.total_words.max(1) as f32);
        row.push(flag(self.title_at.is_some_and(|at| i > at)));
        row.push(self.title_at.map_or(0.0, |at| signed_distance(at, i)));
        row.push(self.candidate[i]);
        let (first, last) = self.candidate_range.unwrap_or((0, self.page.blocks.len()));
        row.push(flag(i < first));
        row.push(flag(i > last));
        row.push(signed_distance(last, i));
        row.push(signed_distance(first, i));
    }

    fn hint_features(&self, block: &PageBlock, row: &mut Row) {
        let containers = &self.page.containers;
        let own = containers[block.container as usize];
        let parent = containers[own.parent as usize];
        let grand = containers[parent.parent as usize];
        let near = own.hints.and(parent.hints).and(grand.hints);
        row.extend((0..N_HINTS).map(|h| flag(near.has(h))));
        row.extend((0..N_HINTS).map(|h| flag(own.all_hints.has(h))));
    }

    fn context_features(&self, i: usize, row: &mut Row) {
        let blocks = &self.page.blocks;
        let parent = |b: &PageBlock| self.page.containers[b.container as usize].parent;
        for at in NEIGHBOURS {
            let Some((j, other)) = i.checked_add_signed(at).and_then(|j| Some((j, blocks.get(j)?)))
            else {
                row.extend([-1.0; CONTEXT.len()]);
                continue;
            };
            row.push(ln(self.words[j]));
            row.push(ratio(other.linked as usize, other.text.len()));
            row.push(self.candidate[j]);
            row.push(flag(other.level > 0));
            row.push(flag(self.in_main[j]));
            row.push(flag(ends_sentence(&other.text)));
            row.push(flag(parent(other) == parent(&blocks[i])));
        }
        let prose = |j: &usize| is_prose(self.words[*j], &blocks[*j]);
        let around = i.saturating_sub(5)..(i + 6).min(blocks.len());
        let n = around.len();
        row.push(ratio(around.clone().filter(prose).count(), n));
        let linked: usize = around.clone().map(|j| blocks[j].linked as usize).sum();
        let bytes: usize = around.clone().map(|j| blocks[j].text.len()).sum();
        row.push(ratio(linked, bytes));
        row.push(around.map(|j| self.candidate[j]).sum::<f32>() / n.max(1) as f32);
        let next = (i + 1..blocks.len()).take(30).take_while(|j| !prose(j)).count();
        let last = (0..i).rev().take(30).take_while(|j| !prose(j)).count();
        row.push(ln(next as u32));
        row.push(ln(last as u32));
    }
}

/// The kinds of characters that are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    Space,
    Lower,
    Upper,
    /// A letter without case.
    Letter,
    Digit,
    Comma,
    Stop,
    Quote,
}

const KINDS: usize = Kind::Quote as usize + 1;

/// The kinds of the ASCII characters.
static ASCII: [Kind; 128] = {
    let mut kinds = [Kind::Other; 128];
    let mut at = 0;
    while at < 128 {
        kinds[at] = match at as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C => Kind::Space,
            b'a'..=b'z' => Kind::Lower,
            b'A'..=b'Z' => Kind::Upper,
            b'0'..=b'9' => Kind::Digit,
            b',' => Kind::Comma,
            b'.' | b'!' | b'?' => Kind::Stop,
            b'"' => Kind::Quote,
            _ => Kind::Other,
        };
        at += 1;
    }
    kinds
};

impl Kind {
    fn from_char(c: char) -> Self {
        if let Some(kind) = ASCII.get(c as usize) {
            return *kind;
        }
        match c {
            '、' | '，' => Self::Comma,
            '。' => Self::Stop,
            '“' | '”' | '«' | '»' | '„' => Self::Quote,
            _ if c.is_lowercase() => Self::Lower,
            _ if c.is_uppercase() => Self::Upper,
            _ if c.is_alphabetic() => Self::Letter,
            _ if c.is_numeric() => Self::Digit,
            _ => Self::Other,
        }
    }
}

fn text_features(block: &PageBlock, n_words: u32, row: &mut Row) {
    let text = &*block.text;
    let (mut lower, mut capital, mut n, mut chars) = (0, 0, 0, 0);
    let mut counts = [0_usize; KINDS];
    // Whether the current word has begun, and whether its first letter or digit has been seen.
    let (mut in_word, mut told) = (false, false);
    for c in text.chars() {
        let kind = Kind::from_char(c);
        chars += 1;
        counts[kind as usize] += 1;
        if kind == Kind::Space {
            in_word = false;
            continue;
        }
        if !in_word {
            (in_word, told) = (true, false);
            n += 1;
        }
        if !told && matches!(kind, Kind::Lower | Kind::Upper | Kind::Letter | Kind::Digit) {
            told = true;
            lower += usize::from(kind == Kind::Lower);
            capital += usize::from(kind == Kind::Upper);
        }
    }
    let of = |kind: Kind| counts[kind as usize];
    let (digits, commas, stops, quotes, upper) =
        (of(Kind::Digit), of(Kind::Comma), of(Kind::Stop), of(Kind::Quote), of(Kind::Upper));
    let letters = of(Kind::Lower) + of(Kind::Letter) + upper;
    let first = text.chars().next().unwrap_or(' ');
    row.push(ln(n_words));
    row.push(ln(chars as u32));
    row.push(ratio(block.linked as usize, text.len()));
    row.push((block.links.min(20) as f32) / (n.max(1) as f32));
    row.push(ratio(block.bold as usize, text.len()));
    row.push(flag(ends_sentence(text)));
    row.push(flag(text.ends_with(':')));
    row.push(flag(text.ends_with('?')));
    row.push(flag(first.is_uppercase() || first.is_numeric() || "\"“«„'‘".contains(first)));
    row.push(flag(first.is_lowercase()));
    row.push(ratio(commas, n));
    row.push(ln(stops as u32));
    row.push(ratio(lower, n));
    row.push(ratio(capital, n));
    row.push(ratio(digits, chars));
    row.push(ratio(letters, n));
    row.push(ln(quotes as u32));
    phrase_features(text, n, row);
    row.push(flag(letters > 3 && upper == letters));
}

/// Phrases typical of boilerplate, in the languages most frequent on web pages. Each list is one feature.
const PHRASES: [&[&str]; 5] = [
    &[
        "all rights reserved",
        "©",
        "copyright",
        "terms of use",
        "privacy policy",
        "tous droits",
        "alle rechte",
        "todos los derechos",
    ],
    &[
        "subscribe",
        "newsletter",
        "sign up",
        "sign in",
        "log in",
        "free trial",
        "your inbox",
        "your email",
        "download our",
        "get started",
        "contact us",
        "join our",
        "abonnieren",
        "anmelden",
        "suscr",
        "abonnez",
        "inscri",
        "donate",
        "buy now",
        "shop now",
        "click here",
        "book a",
        "learn more",
    ],
    &[
        "read more",
        "related",
        "see also",
        "also read",
        "read also",
        "you may also",
        "you might also",
        "more from",
        "more on",
        "continue reading",
        "recommended",
        "most read",
        "mehr zum",
        "lesen sie",
        "lire aussi",
        "à lire",
        "lea también",
        "leer más",
        "leggi anche",
        "trending",
        "up next",
        "previous post",
        "next post",
        "read next",
        "don't miss",
    ],
    &[
        "share",
        "tweet",
        "facebook",
        "follow us",
        "whatsapp",
        "linkedin",
        "instagram",
        "pinterest",
        "copy link",
        "print",
        "teilen",
        "partager",
        "compartir",
    ],
    &[
        "photo",
        "image",
        "getty",
        "credit:",
        "courtesy of",
        "foto",
        "bild:",
        "source:",
        "shutterstock",
        "unsplash",
        "via ap",
        "(ap",
        "illustration",
    ],
];

/// Words typical of reader comments and the controls around them.
const COMMENT: &[&str] = &["comment", "reply", "kommentar", "comentario", "répondre"];

/// Finds all phrases in one pass.
static PHRASE_FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().copied().chain([COMMENT]).flatten();
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(phrases).ok()
});

/// For each phrase of [`PHRASE_FINDER`], the index of its list; [`COMMENT`] follows the lists of [`PHRASES`].
static PHRASE_GROUPS: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let groups = PHRASES.iter().copied().chain([COMMENT]).enumerate();
    groups.flat_map(|(group, phrases)| phrases.iter().map(move |_| group)).collect()
});

/// Returns a bit set of the lists that have at least one phrase in the text.
fn phrase_groups(text: &str) -> u32 {
    let Some(finder) = PHRASE_FINDER.as_ref() else { return 0 };
    let found = finder.find_overlapping_iter(text);
    found.fold(0, |groups, m| groups | 1 << PHRASE_GROUPS[m.pattern().as_usize()])
}

fn phrase_features(text: &str, n_words: usize, row: &mut Row) {
    // Prose may contain any of these phrases, so only the start of a block is searched, and matches in long blocks
    // count less.
    let head = slice(text, 0, text.char_indices().nth(200).map_or(text.len(), |(at, _)| at));
    let head = if head.is_ascii() { head.to_ascii_lowercase() } else { head.to_lowercase() };
    let weight = if n_words <= 30 { 1.0 } else { 0.3 };
    let groups = phrase_groups(&head);
    row.extend((0..PHRASES.len()).map(|g| if groups >> g & 1 == 1 { weight } else { 0.0 }));
    let is_year = |w: &str| {
        w.len() == 4
            && (w.starts_with("19") || w.starts_with("20"))
            && w.bytes().all(|b| b.is_ascii_digit())
    };
    let year = n_words <= 15 && head.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year);
    row.push(flag(year));
    row.push(flag(n_words <= 15 && head.starts_with("by ")));
    let comment = groups >> PHRASES.len() & 1 == 1;
    row.push(flag(n_words <= 20 && comment));
    let address = ["you", "your", "our", "us", "we", "i", "my"];
    let n = head.split(|c: char| !c.is_alphabetic()).filter(|w| address.contains(w)).count();
    row.push(ratio(n, n_words));
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', ')', ']', '»', '\'', ' ']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Returns the share of the words in `words` that also occur in `other`.
fn share_in(words: &[u64], other: &[u64]) -> f32 {
    ratio(words.iter().filter(|w| other.contains(w)).count(), words.len())
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Returns an approximation of `log2(1 + n)` that is identical on every platform, by linear interpolation between the
/// powers of two.
fn ln(n: u32) -> f32 {
    let n = n + 1;
    let digits = n.ilog2();
    let fraction = n as f32 / (1_u32 << digits) as f32 - 1.0;
    digits as f32 + fraction
}

/// Returns the signed logarithmic distance of block `i` from block `from`; it is negative if `i` comes first.
fn signed_distance(from: usize, i: usize) -> f32 {
    if i >= from { ln((i - from) as u32) } else { -ln((from - i) as u32) }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{Row, View, ln, names};
    use crate::read::page::{blocks, raw_metadata, shingles::Shingles, visibility::Sheet};

    #[test]
    fn there_is_a_name_for_each_feature() {
        let document = Document::from("<h1>T</h1><p>One two three.<p>©");
        let sheet = Sheet::default();
        let (mut walk, mut gathering) =
            (blocks::Walk::new(&sheet), raw_metadata::Gathering::default());
        super::super::walk::walk(&document, &mut walk, &mut gathering);
        let (page, facts) = (walk.finish(), gathering.finish());
        let candidate = Shingles::new("One two three.");
        let view = View::new(&page, &facts, "T", &candidate);
        let mut row = Row::default();
        for i in 0..page.blocks.len() {
            view.describe(i, &mut row);
            assert_eq!(row.values().len(), names().len());
        }
    }

    #[test]
    fn the_logarithm_is_continuous() {
        assert!(ln(0).abs() < 1e-6 && (ln(1) - 1.0).abs() < 1e-6 && (ln(3) - 2.0).abs() < 1e-6);
        assert!((1..1000).all(|n| ln(n) > ln(n - 1)));
    }
}
