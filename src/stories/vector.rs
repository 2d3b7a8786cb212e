//! Sparse vectors of weighted features that represent the subject of an article.
//!
//! A feature is a term, or a pair of adjacent content terms. Its weight grows with its frequency, with an early
//! position, with the title, with being a name or number, and with its rarity (idf), for which the counts of the run
//! are blended with those of general text ([`Background`]). Vectors have unit length, so the dot product of two is
//! their cosine.

use std::cmp::Ordering;

use crate::article::ArticleIx;
use crate::language::Language;
use crate::parallel;
use crate::score;
use crate::stories::background::Background;
use crate::text::{Collection, Corpus, Document, LocalTerm, TermId, Token, TokenKind};

/// How features are weighted.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// The factor for features in the title.
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
    n_terms: usize,
    /// The pairs that more than one member has, sorted; their numbers follow those of the terms.
    pairs: Vec<Pair>,
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
        number(&drafts, collection.corpus.n_terms())
    }

    /// Returns a number above that of every feature.
    pub(crate) const fn n_features(&self) -> usize {
        self.n_terms + self.pairs.len()
    }

    /// Returns the features that two members share, with their contributions to the cosine.
    pub(crate) fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, f64)> {
        let other = &self.rows[b];
        self.rows[a].iter().filter_map(move |&(feature, weight)| {
            let at = other.binary_search_by_key(&feature, |(f, _)| *f).ok()?;
            Some((feature, f64::from(weight * other[at].1)))
        })
    }

    /// Returns a feature in words.
    pub(crate) fn name(&self, feature: u32, corpus: &Corpus) -> String {
        match self.pairs.get((feature as usize).wrapping_sub(self.n_terms)) {
            Some(pair) => pair.terms().map(|term| corpus.term(term)).join(" "),
            None => corpus.term(TermId(feature)).to_owned(),
        }
    }
}

/// Two terms in a row, as one number that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair(u64);

impl Pair {
    fn new(first: TermId, second: TermId) -> Self {
        Self(u64::from(first.0) << 32 | u64::from(second.0))
    }

    fn terms(self) -> [TermId; 2] {
        [TermId((self.0 >> 32) as u32), TermId(self.0 as u32)]
    }
}

/// The inverse document frequency of every term that a member has.
fn idf(corpus: &Corpus, members: &[ArticleIx], language: Language, weights: &Weights) -> Vec<f32> {
    let mut count = vec![0_u32; corpus.n_terms()];
    for &member in members {
        for term in corpus.ids(member) {
            count[term.0 as usize] += 1;
        }
    }
    let background = Background::of(language);
    let prior = weights.background_articles;
    let all = members.len() as f64 + prior;
    let met: Vec<(u32, u32)> = count
        .iter()
        .zip(0..)
        .filter(|(count, _)| 0 < **count)
        .map(|(&n, term)| (n, term))
        .collect();
    let found = parallel::map_in_order(&met, |&(count, term)| {
        let frequency = background.frequency(corpus.term(TermId(term)));
        let expected = 1.0 - score::exp(-frequency * weights.background_words);
        let rarity = score::ln(all / (f64::from(count) + prior * expected + 0.5));
        score::pow(rarity.max(0.0), weights.idf_power) as f32
    });
    let mut idf = vec![0.0; corpus.n_terms()];
    for ((_, term), of_term) in met.into_iter().zip(found) {
        idf[term as usize] = of_term;
    }
    idf
}

/// The vector of one article before its pairs are numbered.
struct Draft {
    terms: Row,
    pairs: Vec<(Pair, f32)>,
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
        let mut reader = Reader::new(collection, article, weights.words);
        reader.read(&document.title, &text.title, |_| Place::TITLE);
        let mut places = places;
        for tokens in sentences(document, weights.words) {
            let (here, after) = places.split_at(tokens.len().min(places.len()));
            reader.read(tokens, &text.text, |n| here[n]);
            places = after;
        }
        let mut draft = reader.weigh(idf, weights);
        draft.keep_heaviest(weights.features);
        draft.terms.sort_unstable_by_key(|(term, _)| *term);
        draft.pairs.sort_unstable_by_key(|(pair, _)| *pair);
        draft.normalise();
        draft
    }

    fn weights(&mut self) -> impl Iterator<Item = &mut f32> {
        let terms = self.terms.iter_mut().map(|(_, weight)| weight);
        terms.chain(self.pairs.iter_mut().map(|(_, weight)| weight))
    }

    /// Keeps the heaviest features; of equal ones terms before pairs, each in the order in which they were met.
    fn keep_heaviest(&mut self, n: usize) {
        let n = n.max(1);
        if self.terms.len() + self.pairs.len() <= n {
            return;
        }
        // Of numbers above zero the bits grow with the number.
        let mut weights: Vec<u32> = self.weights().map(|weight| weight.to_bits()).collect();
        let n_lighter = weights.len() - n;
        let (_, least, above) = weights.select_nth_unstable(n_lighter);
        let least = *least;
        let mut equal = n - above.iter().filter(|weight| least < **weight).count();
        let mut is_kept = |weight: f32| match weight.to_bits().cmp(&least) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => {
                let room = 0 < equal;
                equal -= usize::from(room);
                room
            }
        };
        self.terms.retain(|(_, weight)| is_kept(*weight));
        self.pairs.retain(|(_, weight)| is_kept(*weight));
        self.terms.shrink_to_fit();
        self.pairs.shrink_to_fit();
    }

    /// Gives the vector the length one.
    fn normalise(&mut self) {
        let length = self.weights().map(|w| f64::from(*w * *w)).sum::<f64>();
        if 0.0 < length {
            let scale = (1.0 / score::sqrt(length)) as f32;
            self.weights().for_each(|weight| *weight *= scale);
        }
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

/// The position of a word.
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

/// Collects the occurrences of one article's terms.
struct Reader<'c> {
    /// The number of each local term.
    ids: &'c [TermId],
    terms: Vec<Seen>,
    pairs: Met,
    words: f64,
}

/// The pairs of one article's terms, each once, in the order in which they were met.
struct Met {
    /// The pairs, and whether each was met in the title first.
    pairs: Vec<([LocalTerm; 2], bool)>,
    /// An open-addressing table: each slot stores the index of a pair plus one; 0 marks an empty slot.
    slots: Vec<u16>,
}

impl Met {
    /// `n` is the number of words to come.
    fn new(n: usize) -> Self {
        // A place is kept in two bytes.
        let n = n.min(usize::from(u16::MAX) / 2);
        Self { pairs: Vec::with_capacity(n), slots: vec![0; (2 * n + 2).next_power_of_two()] }
    }

    fn add(&mut self, pair: [LocalTerm; 2], in_title: bool) {
        let mask = self.slots.len() - 1;
        let mixed = pair[0].0.wrapping_mul(0x9E37_79B1) ^ pair[1].0.wrapping_mul(0x85EB_CA77);
        let mut at = (mixed ^ mixed >> 15) as usize & mask;
        while let Some(place) = usize::from(self.slots[at]).checked_sub(1) {
            if self.pairs[place].0 == pair {
                return;
            }
            at = (at + 1) & mask;
        }
        // Never more than half full, so probes are short; further pairs are ignored.
        if 2 * self.pairs.len() < self.slots.len() {
            self.pairs.push((pair, in_title));
            self.slots[at] = self.pairs.len() as u16;
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Seen {
    count: f32,
    in_title: bool,
    is_name: bool,
}

impl<'c> Reader<'c> {
    /// `words` are those of the body that are looked at.
    fn new(collection: &'c Collection, article: ArticleIx, words: usize) -> Self {
        let ids = collection.corpus.ids(article);
        let document = &collection.corpus.documents[article];
        let pairs = Met::new(document.title.len() + words.min(document.tokens.len()));
        Self { ids, terms: vec![Seen::default(); ids.len()], pairs, words: 0.0 }
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
            if let Some(before) = before.replace(token.term) {
                self.pairs.add([before, token.term], place.in_title);
            }
        }
    }

    fn weigh(self, idf: &[f32], weights: &Weights) -> Draft {
        let factor = |on: bool, factor: f64| if on { factor } else { 1.0 };
        let rarities: Vec<f64> = self.ids.iter().map(|id| f64::from(idf[id.0 as usize])).collect();
        let mut terms = Row::with_capacity(self.terms.len());
        let seen = self.terms.iter().zip(self.ids).zip(&rarities);
        for ((seen, &term), rarity) in seen.filter(|((seen, _), _)| 0.0 < seen.count) {
            let often = score::ln(1.0 + f64::from(seen.count)) / std::f64::consts::LN_2;
            let weight = often
                * factor(seen.in_title, weights.title)
                * factor(seen.is_name, weights.name)
                * rarity;
            if 0.0 < weight {
                terms.push((term.0, weight as f32));
            }
        }
        let mut pairs = Vec::with_capacity(self.pairs.pairs.len());
        for (pair, in_title) in self.pairs.pairs {
            let [first, second] = pair.map(|term| rarities[term.0 as usize]);
            let mean = f64::midpoint(first, second);
            let weight = mean * weights.pair * factor(in_title, weights.title);
            if 0.0 < weight {
                let [first, second] = pair.map(|term| self.ids[term.0 as usize]);
                pairs.push((Pair::new(first, second), weight as f32));
            }
        }
        Draft { terms, pairs, words: self.words }
    }
}

/// Words and numbers; single letters carry no information.
fn is_content(token: Token) -> bool {
    token.kind != TokenKind::Stop && (1 < token.span.len() || token.kind == TokenKind::Number)
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Leaves the features that at least two members have, pairs numbered in their order.
fn number(drafts: &[Draft], n_terms: usize) -> Vectors {
    let mut having = vec![0_u32; n_terms];
    for (term, _) in drafts.iter().flat_map(|d| &d.terms) {
        having[*term as usize] += 1;
    }
    let pairs = repeated(drafts);
    let number = |pair: &Pair| pairs.found.binary_search(pair).ok().map(|at| (n_terms + at) as u32);
    let numbered = parallel::map_in_order(drafts, |draft| {
        let mut alone = 0.0;
        let mut row = Row::with_capacity(draft.terms.len() + draft.pairs.len());
        for &(term, weight) in &draft.terms {
            if 1 < having[term as usize] {
                row.push((term, weight));
            } else {
                alone += weight * weight;
            }
        }
        for (pair, weight) in &draft.pairs {
            let feature = if pairs.met.may_be_repeated(*pair) { number(pair) } else { None };
            match feature {
                Some(feature) => row.push((feature, *weight)),
                None => alone += weight * weight,
            }
        }
        row.shrink_to_fit();
        (row, alone)
    });
    let words = drafts.iter().map(|d| d.words).collect();
    let (rows, alone) = numbered.into_iter().unzip();
    Vectors { rows, alone, words, n_terms, pairs: pairs.found }
}

/// The pairs that at least two members have.
struct Repeated {
    met: MetPairs,
    found: Vec<Pair>,
}

/// Finds the pairs that at least two members have. Most pairs occur in one member only: a hash filter excludes those,
/// and only the rest is sorted.
fn repeated(drafts: &[Draft]) -> Repeated {
    let pairs = || drafts.iter().flat_map(|d| d.pairs.iter().map(|(pair, _)| *pair));
    let mut met = MetPairs::new(drafts.iter().map(|d| d.pairs.len()).sum());
    pairs().for_each(|pair| met.add(pair));
    let mut all: Vec<Pair> = pairs().filter(|pair| met.may_be_repeated(*pair)).collect();
    parallel::sort(&mut all);
    let found = all.chunk_by(|a, b| a == b).filter(|run| 1 < run.len()).map(|run| run[0]).collect();
    Repeated { met, found }
}

/// Pairs by a hash, two bits each: whether one of that hash was met, and whether a second.
struct MetPairs {
    bits: Vec<u64>,
    shift: u32,
}

impl MetPairs {
    /// `n` is the number of pairs to come: eight places each.
    fn new(n: usize) -> Self {
        let places = (8 * n).next_power_of_two().max(64);
        Self { bits: vec![0; places / 32], shift: 64 - places.trailing_zeros() }
    }

    /// The position of a pair's two bits: the word, and the lower bit within it.
    const fn place(&self, pair: Pair) -> (usize, u32) {
        // Fibonacci hashing: the highest bits of the product depend on all of the pair.
        let mixed = pair.0 ^ pair.0 >> 29;
        let place = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        ((place / 32) as usize, (place % 32) as u32 * 2)
    }

    fn add(&mut self, pair: Pair) {
        let (at, bit) = self.place(pair);
        let was_met = self.bits[at] >> bit & 1;
        self.bits[at] |= (1 | was_met << 1) << bit;
    }

    fn may_be_repeated(&self, pair: Pair) -> bool {
        let (at, bit) = self.place(pair);
        self.bits[at] >> bit & 2 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Pair, number};
    use crate::text::TermId;

    fn draft(terms: &[u32], pairs: &[(u32, u32)]) -> Draft {
        let weighted = |(at, &term): (usize, &u32)| (term, 1.0 / (at + 1) as f32);
        let pair = |&(first, second)| (Pair::new(TermId(first), TermId(second)), 0.5);
        let pairs = pairs.iter().map(pair).collect();
        Draft { terms: terms.iter().enumerate().map(weighted).collect(), pairs, words: 1.0 }
    }

    #[test]
    fn what_one_member_has_alone_is_no_feature() {
        let drafts =
            vec![draft(&[0, 2, 4], &[(0, 2), (2, 4)]), draft(&[2, 3, 4], &[(2, 3), (2, 4)])];
        let vectors = number(&drafts, 5);
        let features: Vec<Vec<u32>> =
            vectors.rows.iter().map(|row| row.iter().map(|(f, _)| *f).collect()).collect();
        assert_eq!(features, [[2, 4, 5], [2, 4, 5]]);
        assert_eq!(vectors.alone, [1.25, 0.5]);
        assert_eq!(vectors.n_features(), 6);
    }

    #[test]
    fn of_equal_features_the_first_are_kept() {
        let mut kept = draft(&[7, 8, 9], &[(1, 2), (3, 4)]);
        kept.keep_heaviest(3);
        assert_eq!(kept.terms, [(7, 1.0), (8, 0.5)]);
        assert_eq!(kept.pairs, [(Pair::new(TermId(1), TermId(2)), 0.5)]);
        let mut kept = draft(&[7, 8], &[(1, 2), (3, 4)]);
        kept.keep_heaviest(3);
        assert_eq!((kept.terms.len(), kept.pairs.len()), (2, 1));
    }
}
