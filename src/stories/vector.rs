//! What an article is about, as a sparse vector of weighted features.
//!
//! A feature is a term, or two content terms in a row. Its weight grows with how often and how early it stands in the
//! article, with the title, with being a name or number, and with how rare it is (idf), for which the counts of the run
//! are blended with those of general text ([`Background`]). Vectors have length one, so that the dot product of two is
//! their cosine.

use crate::article::ArticleIx;
use crate::language::Language;
use crate::parallel;
use crate::score;
use crate::stories::background::Background;
use crate::text::{Collection, Corpus, Document, LocalTerm, TermId, Token, TokenKind};

/// How features are weighted.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Factor of what stands in the title.
    pub title: f64,
    /// Factor of names (capitalised within a sentence) and numbers.
    pub name: f64,
    /// Factor of two words in a row, against the mean of the two.
    pub pair: f64,
    /// Weight of a word far from the beginning, against 1 at the beginning.
    pub tail: f64,
    /// Words after which the weight of a place has fallen to a third of the way.
    pub fall: f64,
    /// Exponent of the idf: below 1 the rarest words count for less.
    pub idf_power: f64,
    /// Articles of general text that the run is blended with.
    pub background_articles: f64,
    /// Words of one such article.
    pub background_words: f64,
    /// Words of the body that are looked at.
    pub words: usize,
    /// Features kept, the heaviest.
    pub features: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            title: 1.5,
            name: 1.2,
            pair: 0.4,
            tail: 0.3,
            fall: 150.0,
            idf_power: 0.85,
            background_articles: 20_000.0,
            background_words: 300.0,
            words: 400,
            features: 160,
        }
    }
}

/// Features by their number, with their weights; sorted by number.
pub(crate) type Row = Vec<(u32, f32)>;

/// The vectors of some articles.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    /// One a member, of features that more than one member has.
    pub(crate) rows: Vec<Row>,
    /// For each member the squared length of the features that it has alone.
    pub(crate) alone: Vec<f32>,
    /// For each member how many content words were looked at.
    pub(crate) words: Vec<f64>,
    keys: Vec<Key>,
}

impl Vectors {
    /// Makes the vectors of `members`, which are all of one language.
    pub(crate) fn build(
        collection: &Collection,
        members: &[ArticleIx],
        language: Language,
        weights: &Weights,
    ) -> Self {
        let idf = idf(&collection.corpus, members, language, weights);
        let places: Vec<Place> = (0..weights.words).map(|at| Place::body(at, weights)).collect();
        let drafts = parallel::map_in_order(members, |&article| {
            Draft::of(collection, article, &idf, &places, weights)
        });
        number(&drafts)
    }

    /// Returns how many features there are.
    pub(crate) fn n_features(&self) -> usize {
        self.keys.len()
    }

    /// Returns the features that two members share, with what each contributes to their cosine.
    pub(crate) fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, f64)> {
        let other = &self.rows[b];
        self.rows[a].iter().filter_map(move |&(feature, weight)| {
            let at = other.binary_search_by_key(&feature, |(f, _)| *f).ok()?;
            Some((feature, f64::from(weight * other[at].1)))
        })
    }

    /// Returns a feature in words.
    pub(crate) fn name(&self, feature: u32, corpus: &Corpus) -> String {
        match self.keys.get(feature as usize).map(|k| k.terms()) {
            Some((first, Some(second))) => {
                format!("{} {}", corpus.term(first), corpus.term(second))
            }
            Some((only, None)) => corpus.term(only).to_owned(),
            None => String::new(),
        }
    }
}

/// One term, or two in a row, as one number that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key(u64);

impl Key {
    fn term(term: TermId) -> Self {
        Self(u64::from(term.0))
    }

    fn pair(first: TermId, second: TermId) -> Self {
        Self((u64::from(first.0) + 1) << 32 | u64::from(second.0))
    }

    fn terms(self) -> (TermId, Option<TermId>) {
        let low = TermId(self.0 as u32);
        match (self.0 >> 32) as u32 {
            0 => (low, None),
            high => (TermId(high - 1), Some(low)),
        }
    }
}

/// The inverse document frequency of every term that a member has.
fn idf(corpus: &Corpus, members: &[ArticleIx], language: Language, weights: &Weights) -> Vec<f32> {
    let mut count = vec![0_u32; corpus.n_terms()];
    for &member in members {
        for term in 0..corpus.documents[member].terms().len() {
            count[corpus.id(member, LocalTerm(term as u32)).0 as usize] += 1;
        }
    }
    let background = Background::of(language);
    let prior = weights.background_articles;
    let all = members.len() as f64 + prior;
    let of_term = |(term, &count): (usize, &u32)| {
        if count == 0 {
            return 0.0;
        }
        let frequency = background.frequency(corpus.term(TermId(term as u32)));
        let expected = 1.0 - score::exp(-frequency * weights.background_words);
        let rarity = score::ln(all / (f64::from(count) + prior * expected + 0.5));
        score::pow(rarity.max(0.0), weights.idf_power) as f32
    };
    count.iter().enumerate().map(of_term).collect()
}

/// The vector of one article before features are numbered.
struct Draft {
    features: Vec<(Key, f32)>,
    words: f64,
}

impl Draft {
    /// `places` are those of the body's words that are looked at.
    fn of(
        collection: &Collection,
        article: ArticleIx,
        idf: &[f32],
        places: &[Place],
        weights: &Weights,
    ) -> Self {
        let document = &collection.corpus.documents[article];
        let text = &collection.articles[article];
        let mut reader = Reader::new(collection, article, document.terms().len());
        reader.read(&document.title, &text.title, |_| Place::TITLE);
        let mut places = places;
        for tokens in sentences(document, weights.words) {
            let (here, after) = places.split_at(tokens.len().min(places.len()));
            reader.read(tokens, &text.text, |n| here[n]);
            places = after;
        }
        let mut features = reader.weigh(idf, weights);
        keep_heaviest(&mut features, weights.features);
        features.shrink_to_fit();
        let length = features.iter().map(|(_, w)| f64::from(w * w)).sum::<f64>();
        if 0.0 < length {
            let scale = (1.0 / score::sqrt(length)) as f32;
            for (_, weight) in &mut features {
                *weight *= scale;
            }
        }
        Self { features, words: reader.words }
    }
}

/// The tokens of each sentence, as long as the words last.
fn sentences(document: &Document, words: usize) -> impl Iterator<Item = &[Token]> {
    let mut left = words;
    document.sentences.iter().map_while(move |sentence| {
        let tokens = document.tokens_of(sentence);
        let tokens = &tokens[..tokens.len().min(left)];
        left -= tokens.len();
        (0 < left || !tokens.is_empty()).then_some(tokens)
    })
}

/// Where a word stands.
#[derive(Clone, Copy)]
struct Place {
    weight: f32,
    in_title: bool,
}

impl Place {
    const TITLE: Self = Self { weight: 1.0, in_title: true };

    fn body(word: usize, weights: &Weights) -> Self {
        let fallen = score::exp(-(word as f64) / weights.fall);
        let weight = weights.tail + (1.0 - weights.tail) * fallen;
        Self { weight: weight as f32, in_title: false }
    }
}

/// Gathers what the words of one article say about its terms.
struct Reader<'c> {
    collection: &'c Collection,
    article: ArticleIx,
    terms: Vec<Seen>,
    pairs: Vec<(Key, bool)>,
    words: f64,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    count: f32,
    in_title: bool,
    is_name: bool,
}

impl<'c> Reader<'c> {
    fn new(collection: &'c Collection, article: ArticleIx, n_terms: usize) -> Self {
        let terms = vec![Seen::default(); n_terms];
        Self { collection, article, terms, pairs: Vec::new(), words: 0.0 }
    }

    /// Takes in the tokens of the title, or of one sentence.
    fn read(&mut self, tokens: &[Token], text: &str, place: impl Fn(usize) -> Place) {
        let mut before = None;
        for (n, token) in tokens.iter().enumerate() {
            if !is_content(*token) {
                continue;
            }
            let place = place(n);
            let seen = &mut self.terms[token.term.0 as usize];
            seen.count += place.weight;
            seen.in_title |= place.in_title;
            seen.is_name |= token.kind == TokenKind::Number
                || (0 < n && !place.in_title && is_capitalised(token.span.of(text)));
            self.words += 1.0;
            let term = self.collection.corpus.id(self.article, token.term);
            if let Some(before) = before.replace(term) {
                self.pairs.push((Key::pair(before, term), place.in_title));
            }
        }
    }

    fn weigh(&mut self, idf: &[f32], weights: &Weights) -> Vec<(Key, f32)> {
        let corpus = &self.collection.corpus;
        let factor = |on: bool, factor: f64| if on { factor } else { 1.0 };
        let mut features = Vec::new();
        for (local, seen) in self.terms.iter().enumerate().filter(|(_, s)| 0.0 < s.count) {
            let term = corpus.id(self.article, LocalTerm(local as u32));
            let often = score::ln(1.0 + f64::from(seen.count)) / std::f64::consts::LN_2;
            let weight = often
                * factor(seen.in_title, weights.title)
                * factor(seen.is_name, weights.name)
                * f64::from(idf[term.0 as usize]);
            features.push((Key::term(term), weight as f32));
        }
        self.pairs.sort_unstable_by_key(|&(key, in_title)| (key, !in_title));
        self.pairs.dedup_by_key(|(key, _)| *key);
        for &(key, in_title) in &self.pairs {
            let (first, second) = key.terms();
            let rarity = [first, second.unwrap_or(first)].map(|t| f64::from(idf[t.0 as usize]));
            let mean = f64::midpoint(rarity[0], rarity[1]);
            let weight = mean * weights.pair * factor(in_title, weights.title);
            features.push((key, weight as f32));
        }
        features.retain(|(_, weight)| 0.0 < *weight);
        features.sort_unstable_by_key(|(key, _)| *key);
        features
    }
}

/// Words and numbers; a single letter says nothing.
fn is_content(token: Token) -> bool {
    token.kind != TokenKind::Stop && (1 < token.span.len() || token.kind == TokenKind::Number)
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Keeps the heaviest features, in the order of their keys.
fn keep_heaviest(features: &mut Vec<(Key, f32)>, n: usize) {
    if n < features.len() {
        features.select_nth_unstable_by(n, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        features.truncate(n);
        features.sort_unstable_by_key(|(key, _)| *key);
    }
}

/// Numbers the features that at least two members have, in the order of their keys.
fn number(drafts: &[Draft]) -> Vectors {
    let mut all: Vec<Key> =
        drafts.iter().flat_map(|d| d.features.iter().map(|(k, _)| *k)).collect();
    all.sort_unstable();
    let keys: Vec<Key> =
        all.chunk_by(|a, b| a == b).filter(|run| 1 < run.len()).map(|run| run[0]).collect();
    drop(all);
    let numbered = parallel::map_in_order(drafts, |draft| {
        let mut alone = 0.0;
        let mut row = Row::with_capacity(draft.features.len());
        for (key, weight) in &draft.features {
            match keys.binary_search(key) {
                Ok(feature) => row.push((feature as u32, *weight)),
                Err(_) => alone += weight * weight,
            }
        }
        row.shrink_to_fit();
        (row, alone)
    });
    let words = drafts.iter().map(|d| d.words).collect();
    let (rows, alone) = numbered.into_iter().unzip();
    Vectors { rows, alone, words, keys }
}
