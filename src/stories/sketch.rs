//! One article reduced to the data needed for grouping: about two kilobytes instead of its text.
//!
//! A sketch depends only on its article, so sketches can be made on any number of machines, in any order, and grouped
//! in one place ([`group_sketches`](super::group_sketches)). Words are stable 64-bit hashes of their terms. Statistics
//! over several articles (rarity, near-copies) are computed when sketches are grouped.
//!
//! The first [`WORDS`] words of the title and of the text are weighted; terms that occur only later just count toward
//! document frequencies. The frequency of a term is the sum of the weights of its positions, which decrease with the
//! distance from the beginning.
//!
//! Known limit: sketches from different versions of the program cannot be compared, because the terms may differ.

use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::article::{Article, ArticleId, Published, host};
use crate::identity::reprint::Print;
use crate::language::Language;
use crate::score;
use crate::stories::commentary;
use crate::stories::headline;
use crate::stories::kind::{self, Kind};
use crate::text::{Document, LocalTerm, Token, TokenKind, annotate, hash};

/// The version of the format, written into every sketch.
pub const SCHEMA: &str = "nutgraf/sketch/2";

/// The number of words that are weighted, in the title and in the text.
const WORDS: usize = 400;
/// The weight of a word far from the beginning, relative to 1 at the beginning.
const TAIL: f64 = 0.3;
/// The number of words over which the excess weight of a position falls to about a third.
const FALL: f64 = 150.0;

/// One article, reduced to the data needed for grouping.
///
/// ```
/// use nutgraf::stories::{Background, Params, Sketch, group_sketches};
/// use nutgraf::Article;
///
/// let sketches: Vec<Sketch> = [
///     ("a", "A ferry and a freighter collided in Kelmar Strait on Tuesday. The ferry Astrid Lund carried 212 people."),
///     ("b", "Parliament voted to buy back the water companies of Norvia. The buyout costs 2.4 billion crowns."),
///     ("c", "The ferry Astrid Lund collided with a freighter in Kelmar Strait. All 212 people aboard are safe."),
/// ]
/// .map(|(id, text)| Sketch::from_article(&Article::builder(text).id(id).build()))
/// .into();
/// let stories = group_sketches(&sketches, &Background::default(), &Params::default());
/// assert_eq!(stories[0].articles, [0, 2]);
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Sketch(Box<Fields>);

impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The contents of a sketch as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    schema: Schema,
    settings: Settings,
    id: ArticleId,
    lang: Language,
    title: String,
    source: Option<String>,
    host: Option<String>,
    published: Option<Published>,
    kind: Kind,
    /// The probability that the text comments rather than reports.
    commentary: f32,
    /// The number of words of the text.
    n_words: u32,
    /// The share of the title's content words that the first sentences repeat.
    title_in_lede: f32,
    /// The number of content words that were examined.
    content_words: u32,
    terms: Terms,
    /// The hashes of the content terms that occur only after the weighted words.
    further: Box<[u64]>,
    pairs: Pairs,
    print: Print,
}

/// The distinct content terms of an article, in the order of first use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    hashes: Box<[u64]>,
    /// The sum of the weights of each term's positions, in units of 1 / [`UNIT`].
    frequencies: Box<[u16]>,
    /// [`IN_TITLE`] and [`IS_NAME`] of each term.
    marks: Box<[u8]>,
}

/// The distinct pairs of adjacent content terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    /// The number of pairs that occur in the title; these come first.
    in_title: u16,
    /// Each pair as the indices of its two terms.
    terms: Box<[(u16, u16)]>,
}

/// The number that is stored for a frequency of 1.
const UNIT: f64 = 256.0;
/// The flag of a term that occurs in the title.
const IN_TITLE: u8 = 1;
/// The flag of a term that is a number or capitalized within a sentence.
const IS_NAME: u8 = 2;

/// A term of a sketch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) hash: u64,
    pub(crate) frequency: f64,
    pub(crate) in_title: bool,
    pub(crate) is_name: bool,
}

/// A pair of adjacent content terms in a sketch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// The indices of the two terms.
    pub(crate) terms: [usize; 2],
    pub(crate) in_title: bool,
}

impl Sketch {
    /// Creates the sketch of an article; `document` is the annotated article.
    pub fn new(article: &Article, document: &Document) -> Self {
        let mut reader = Reader::new(document);
        let title = &document.title[..document.title.len().min(WORDS)];
        reader.add_tokens(title, &article.title, |_| Place::TITLE);
        let in_title = reader.pairs.pairs.len() as u16;
        let mut at = 0;
        for tokens in sentences(document) {
            reader.add_tokens(tokens, &article.text, |n| Place::body(at + n));
            at += tokens.len();
        }
        let (terms, place_of) = reader.terms(document);
        let further = reader.further(document, at);
        let place = |term: LocalTerm| place_of[term.0 as usize];
        let pairs = reader.pairs.pairs.iter().map(|pair| (place(pair[0]), place(pair[1])));
        Self(Box::new(Fields {
            schema: Schema,
            settings: Settings,
            id: article.id.clone(),
            lang: article.lang,
            title: article.title.clone(),
            source: article.source.clone(),
            host: article.url.as_deref().and_then(host).map(str::to_owned),
            published: article.published,
            kind: kind::of_article(article),
            commentary: commentary::probability(article, document) as f32,
            n_words: document.tokens.len() as u32,
            title_in_lede: headline::share_in_lede(document) as f32,
            content_words: reader.words,
            terms,
            further,
            pairs: Pairs { in_title, terms: pairs.collect() },
            print: Print::new(article, document),
        }))
    }

    /// Annotates and sketches an article.
    pub fn from_article(article: &Article) -> Self {
        Self::new(article, &annotate(article))
    }

    /// Reads a sketch from JSON.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a sketch, is damaged, or was made by another version.
    pub fn from_json(text: &[u8]) -> Result<Self, SketchError> {
        #[derive(Deserialize)]
        struct Head {
            schema: Option<String>,
            settings: Option<String>,
        }
        let head: Head = serde_json::from_slice(text).map_err(|error| {
            if error.is_eof() { SketchError::Truncated } else { SketchError::NoSketch }
        })?;
        let schema = head.schema.ok_or(SketchError::NoSketch)?;
        if schema != SCHEMA {
            return Err(SketchError::OtherVersion { schema });
        }
        let settings = head.settings.unwrap_or_default();
        if settings != settings_here() {
            return Err(SketchError::OtherSettings { settings });
        }
        serde_json::from_slice(text).map_err(|error| SketchError::Damaged(error.to_string()))
    }

    /// Returns the same sketch under another id.
    #[must_use]
    pub fn with_id(mut self, id: ArticleId) -> Self {
        self.0.id = id;
        self
    }

    /// Compares two sketches by the ids of their articles, which are usually distinct, then by title and text.
    pub fn compare(&self, other: &Self) -> Ordering {
        let key = |sketch: &'_ Self| (sketch.print().hash(), sketch.n_words());
        let by_name = (self.id(), self.title()).cmp(&(other.id(), other.title()));
        by_name.then_with(|| key(self).cmp(&key(other)))
    }

    /// Returns the id of the article.
    pub const fn id(&self) -> &ArticleId {
        &self.0.id
    }

    /// Returns the language of the article; only articles with the same language are grouped. Bokmål and Nynorsk count
    /// as Norwegian.
    pub fn lang(&self) -> Language {
        self.0.lang.family()
    }

    /// Sets the language of an article whose own words do not show it.
    pub(crate) fn adopt_language(&mut self, language: Language) {
        self.0.lang = language;
    }

    /// Returns the title of the article.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// Returns the date of publication.
    pub const fn published(&self) -> Option<Published> {
        self.0.published
    }

    /// Returns the display name of the outlet: its name, or otherwise the host of the address.
    pub fn outlet(&self) -> Option<&str> {
        self.0.source.as_deref().or(self.host())
    }

    pub(crate) fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    pub(crate) fn host(&self) -> Option<&str> {
        self.0.host.as_deref()
    }

    /// Returns the number of words of the text.
    pub const fn n_words(&self) -> usize {
        self.0.n_words as usize
    }

    pub(crate) const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Returns the probability that the article comments rather than reports.
    pub(crate) fn commentary(&self) -> f64 {
        f64::from(self.0.commentary)
    }

    pub(crate) fn title_in_lede(&self) -> f64 {
        f64::from(self.0.title_in_lede)
    }

    pub(crate) fn content_words(&self) -> f64 {
        f64::from(self.0.content_words)
    }

    pub(crate) const fn print(&self) -> &Print {
        &self.0.print
    }

    /// Drops the sample of the text, which only the search for near-copies needs.
    pub(crate) fn drop_sample(&mut self) {
        self.0.print.drop_shingles();
    }

    /// Drops the data that only vectors need: the pairs, the frequencies, and the terms that do not occur in the title.
    pub(crate) fn drop_weights(&mut self) {
        let n_in_title = self.title_terms().count();
        let Fields { terms, further, pairs, .. } = &mut *self.0;
        terms.hashes = terms.hashes[..n_in_title].into();
        terms.marks = terms.marks[..n_in_title].into();
        terms.frequencies = Box::default();
        *further = Box::default();
        *pairs = Pairs::default();
    }

    /// Returns the weighted terms in the order of first use, those of the title first.
    pub(crate) fn terms(&self) -> impl ExactSizeIterator<Item = Term> {
        let Terms { hashes, frequencies, marks } = &self.0.terms;
        hashes.iter().enumerate().map(|(at, &hash)| Term {
            hash,
            frequency: f64::from(frequencies[at]) / UNIT,
            in_title: marks[at] & IN_TITLE != 0,
            is_name: marks[at] & IS_NAME != 0,
        })
    }

    /// Returns the hashes of the terms in the title.
    pub(crate) fn title_terms(&self) -> impl Iterator<Item = u64> {
        let Terms { hashes, marks, .. } = &self.0.terms;
        let in_title = hashes.iter().zip(marks).take_while(|(_, marks)| *marks & IN_TITLE != 0);
        in_title.map(|(hash, _)| *hash)
    }

    /// Returns the hashes of the weighted terms.
    pub(crate) fn term_hashes(&self) -> &[u64] {
        &self.0.terms.hashes
    }

    /// Returns the hashes of all terms, each once.
    pub(crate) fn all_terms(&self) -> impl Iterator<Item = u64> {
        self.0.terms.hashes.iter().chain(&self.0.further).copied()
    }

    /// Returns the pairs, those of the title first.
    pub(crate) fn pairs(&self) -> impl ExactSizeIterator<Item = Pair> {
        let Pairs { in_title, terms } = &self.0.pairs;
        terms.iter().enumerate().map(|(at, &(first, second))| Pair {
            terms: [usize::from(first), usize::from(second)],
            in_title: at < usize::from(*in_title),
        })
    }

    /// Returns the hash of the pair at an index.
    pub(crate) fn nth_pair_hash(&self, at: u16) -> u64 {
        let (first, second) = self.0.pairs.terms[usize::from(at)];
        self.pair_hash(Pair { terms: [first.into(), second.into()], in_title: false })
    }

    /// Returns the hash of a pair.
    pub(crate) fn pair_hash(&self, pair: Pair) -> u64 {
        let [first, second] = pair.terms.map(|at| self.0.terms.hashes[at]);
        hash::pair(first, second)
    }
}

/// Why a text cannot be read as a sketch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SketchError {
    /// It is truncated.
    #[error("the sketch is cut off")]
    Truncated,
    /// It is not a sketch.
    #[error("not a sketch, as `nutgraf sketch` writes it")]
    NoSketch,
    /// It was written in the format of another version.
    #[error("the sketch has the format {schema:?}; this version reads {SCHEMA:?}")]
    OtherVersion {
        /// The schema of the sketch.
        schema: String,
    },
    /// The terms of the sketch were found with other settings.
    #[error(
        "the sketch was made with the settings {settings:?}; here they are {:?}",
        settings_here()
    )]
    OtherSettings {
        /// The settings of the sketch.
        settings: String,
    },
    /// Its parts are inconsistent.
    #[error("the sketch is damaged: {0}")]
    Damaged(String),
}

impl TryFrom<Fields> for Sketch {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let n = fields.terms.hashes.len();
        if [fields.terms.frequencies.len(), fields.terms.marks.len()] != [n, n] {
            return Err("its terms have lists of different lengths");
        }
        let is_within = |(a, b): &(u16, u16)| usize::from(*a).max(usize::from(*b)) < n;
        if !fields.pairs.terms.iter().all(is_within) {
            return Err("it has a pair without its terms");
        }
        if !fields.print.is_sound() {
            return Err("the sample of its text is not in order");
        }
        let shares = [fields.title_in_lede, fields.commentary];
        if !shares.iter().all(|share| (0.0..=1.0).contains(share)) {
            return Err("a share is not between 0 and 1");
        }
        Ok(Self(Box::new(fields)))
    }
}

/// Returns a description of how terms are found and counted; only sketches with the same one can be compared.
fn settings_here() -> String {
    format!("{} {WORDS} {TAIL} {FALL} {UNIT}", env!("CARGO_PKG_VERSION"))
}

/// The name of the format of a sketch; written with every sketch and checked when one is read.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Schema;

/// The settings with which a sketch was made; written with every sketch and checked when one is read.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Settings;

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SCHEMA)
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&settings_here())
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        expect(deserializer, SCHEMA).map(|()| Self)
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        expect(deserializer, &settings_here()).map(|()| Self)
    }
}

fn expect<'de, D: Deserializer<'de>>(deserializer: D, wanted: &str) -> Result<(), D::Error> {
    let found = String::deserialize(deserializer)?;
    if found == wanted {
        return Ok(());
    }
    Err(serde::de::Error::custom(format_args!("{found:?} is not {wanted:?}")))
}

/// Returns the tokens of each sentence, up to the number of weighted words.
fn sentences(document: &Document) -> impl Iterator<Item = &[Token]> {
    let mut left = WORDS;
    document.sentences.iter().map_while(move |sentence| {
        let tokens = document.tokens_of(sentence);
        let tokens = &tokens[..tokens.len().min(left)];
        left -= tokens.len();
        (0 < left || !tokens.is_empty()).then_some(tokens)
    })
}

/// The position of a word, reduced to its weight.
#[derive(Clone, Copy)]
struct Place {
    /// The weight of the position, in units of 1 / [`UNIT`].
    weight: u16,
    in_title: bool,
}

impl Place {
    const TITLE: Self = Self { weight: UNIT as u16, in_title: true };

    /// Returns the position of the word at an index in the text.
    fn body(word: usize) -> Self {
        static WEIGHTS: std::sync::OnceLock<Vec<u16>> = std::sync::OnceLock::new();
        let weights = WEIGHTS.get_or_init(|| {
            let fallen = |word: usize| score::exp(-(word as f64) / FALL);
            let weight = |word| (UNIT * (TAIL + (1.0 - TAIL) * fallen(word))).round() as u16;
            (0..WORDS).map(weight).collect()
        });
        Self { weight: weights.get(word).copied().unwrap_or_default(), in_title: false }
    }
}

/// Collects the occurrences of one article's terms.
struct Reader {
    /// The occurrences of each local term.
    terms: Vec<Seen>,
    pairs: Met,
    words: u32,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    frequency: u16,
    marks: u8,
}

impl Reader {
    fn new(document: &Document) -> Self {
        let pairs = Met::new(WORDS.min(document.title.len()) + WORDS.min(document.tokens.len()));
        Self { terms: vec![Seen::default(); document.terms().len()], pairs, words: 0 }
    }

    /// Reads the tokens of the title, or of one sentence.
    fn add_tokens(&mut self, tokens: &[Token], text: &str, place: impl Fn(usize) -> Place) {
        let mut before = None;
        for (n, token) in tokens.iter().enumerate() {
            if !is_content(*token) {
                continue;
            }
            let place = place(n);
            let seen = &mut self.terms[token.term.0 as usize];
            seen.frequency = seen.frequency.saturating_add(place.weight);
            let is_name = token.kind == TokenKind::Number
                || (0 < n && !place.in_title && is_capitalised(token.span.slice(text)));
            seen.marks |= (u8::from(place.in_title) * IN_TITLE) | (u8::from(is_name) * IS_NAME);
            self.words += 1;
            if let Some(before) = before.replace(token.term) {
                self.pairs.add([before, token.term]);
            }
        }
    }

    /// Returns the hashes of the content terms that occur after the first `n` tokens of the text but neither in these
    /// nor in the title.
    fn further(&mut self, document: &Document, n: usize) -> Box<[u64]> {
        let mut further = Vec::new();
        let tokens = document.tokens.get(n..).unwrap_or_default();
        for token in tokens.iter().filter(|token| is_content(**token)) {
            let seen = &mut self.terms[token.term.0 as usize];
            if seen.frequency == 0 && seen.marks == 0 {
                seen.marks = IS_NAME;
                further.push(hash::word(document.term(token.term)));
            }
        }
        further.into()
    }

    /// Returns the terms that occurred, and the index of each local term among them.
    fn terms(&self, document: &Document) -> (Terms, Vec<u16>) {
        let mut place_of = vec![u16::MAX; self.terms.len()];
        let occurred = || {
            self.terms
                .iter()
                .zip(document.terms())
                .enumerate()
                .filter(|(_, (seen, _))| 0 < seen.frequency)
        };
        for (place, (term, _)) in occurred().enumerate() {
            place_of[term] = place as u16;
        }
        let terms = Terms {
            hashes: occurred().map(|(_, (_, text))| hash::word(text)).collect(),
            frequencies: occurred().map(|(_, (seen, _))| seen.frequency).collect(),
            marks: occurred().map(|(_, (seen, _))| seen.marks).collect(),
        };
        (terms, place_of)
    }
}

/// The distinct pairs of one article's terms, in the order of first occurrence.
struct Met {
    pairs: Vec<[LocalTerm; 2]>,
    /// An open-addressing table: each slot stores the index of a pair plus one; 0 marks an empty slot.
    slots: Vec<u16>,
}

impl Met {
    /// Creates an empty set for `n` words, at most twice [`WORDS`], so that indices fit into two bytes.
    fn new(n: usize) -> Self {
        Self { pairs: Vec::with_capacity(n), slots: vec![0; (2 * n + 2).next_power_of_two()] }
    }

    fn add(&mut self, pair: [LocalTerm; 2]) {
        let mask = self.slots.len() - 1;
        let mixed = pair[0].0.wrapping_mul(0x9E37_79B1) ^ pair[1].0.wrapping_mul(0x85EB_CA77);
        let mut at = (mixed ^ mixed >> 15) as usize & mask;
        while let Some(place) = usize::from(self.slots[at]).checked_sub(1) {
            if self.pairs[place] == pair {
                return;
            }
            at = (at + 1) & mask;
        }
        // Never more than half full, so that probes are short; further pairs are ignored.
        if 2 * self.pairs.len() < self.slots.len() {
            self.pairs.push(pair);
            self.slots[at] = self.pairs.len() as u16;
        }
    }
}

/// Returns whether a token is a content word or number; single ASCII letters carry no information.
fn is_content(token: Token) -> bool {
    token.kind != TokenKind::Stop && (1 < token.span.len() || token.kind == TokenKind::Number)
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
