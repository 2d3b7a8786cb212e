//! Concepts: the content of a sentence as the stems of its content words and the pairs of adjacent stems.
//!
//! Pairs serve as concepts in Gillick and Favre 2009, "A scalable global model for summarization". A pair of two stop
//! words is not a concept; otherwise pairs such as "to the" and "in a" would decide which sentence is chosen next in a
//! small story.
//!
//! A pair that occurs in only one article gets no number, because no sentence of another article can cover it. For each
//! sentence, only a count is stored: how many of these pairs occur in it for the first time. As a result, only a
//! fraction of the millions of pairs in a large story are numbered. The pairs are partitioned by hash so that each
//! partition fits into the processor's cache. First the pairs of all articles are distributed over the partitions, then
//! each partition numbers its pairs, and finally the numbers are collected per article in the original order.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::parallel;
use crate::summary::candidate_set::{ArticleSlice, Candidate};
use crate::text::{Collection, LocalTerm, TermId, Token, TokenKind};

/// A unit of a sentence's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Concept {
    /// A content word or number.
    Word(TermId),
    /// Two adjacent terms, at least one of which is a content word.
    Pair(TermId, TermId),
}

/// The kinds of concepts that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Words alone.
    Words,
    /// Words, and the pairs that occur in several articles.
    WordsAndPairs,
}

/// How strongly the articles support a concept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Support {
    /// The sum over all articles of the weight of the first sentence in the article that contains the concept.
    pub(crate) weight: f64,
    /// The number of articles that contain it.
    pub(crate) articles: u32,
}

/// The concepts of all sentences, numbered: words in the order of first use, then pairs.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    /// The terms of the story, in the order of first use.
    terms: Vec<TermId>,
    /// The pairs that occur in several articles, as indices of their words in `terms`.
    pairs: Vec<Pair>,
    /// The support of each concept.
    support: Vec<Support>,
    /// The distinct concepts of each sentence, sorted; the lists of all sentences are concatenated.
    of_sentences: Lists,
    /// For each concept in `of_sentences`, its frequency in the sentence; 1 for pairs.
    counts: Vec<u32>,
    /// For each sentence, the number of pairs that occur only in its article and in none of the article's earlier
    /// sentences.
    lone_pairs: Vec<u32>,
}

/// The indices of two terms in [`Concepts::terms`].
type Pair = [u32; 2];

/// Concatenated lists of numbers.
#[derive(Debug, Default)]
struct Lists {
    flat: Vec<u32>,
    /// The end of each list.
    ends: Vec<u32>,
}

impl Lists {
    fn range(&self, list: usize) -> std::ops::Range<usize> {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[list] as usize
    }
}

impl Concepts {
    /// Finds the concepts of a story's sentences. `weights` holds, for each sentence, the weight that it adds to every
    /// concept that no earlier sentence of its article contains.
    pub(crate) fn new(
        collection: &Collection,
        sources: &[ArticleSlice],
        entries: &[Candidate],
        scope: Scope,
        weights: &[f64],
    ) -> Self {
        let (terms, local) = terms(collection, sources);
        let numbered: Vec<(&ArticleSlice, &Vec<u32>)> = sources.iter().zip(&local).collect();
        let batches: Vec<&[(&ArticleSlice, &Vec<u32>)]> =
            numbered.chunks(ARTICLES_A_BATCH).collect();
        let n_parts = n_parts(entries);
        let told = parallel::map_in_order(&batches, |batch| {
            let mut told = Told::new(n_parts);
            for (source, local) in *batch {
                told.add_article(collection, entries, source, local, scope);
            }
            told
        });
        let numbers: Vec<usize> = (0..n_parts).collect();
        let parts = parallel::map_in_order(&numbers, |&part| {
            Part::new(&told.iter().map(|t| &*t.pairs[part]).collect::<Vec<_>>(), entries, weights)
        });
        let (mut first, mut pairs) = (Vec::with_capacity(n_parts), Vec::new());
        let mut support = vec![Support::default(); terms.len()];
        for part in &parts {
            first.push((terms.len() + pairs.len()) as u32);
            pairs.extend_from_slice(&part.pairs);
            support.extend_from_slice(&part.support);
        }
        let mut taken = vec![0; n_parts];
        let begins: Vec<(usize, Vec<usize>)> = (told.iter().enumerate())
            .map(|(batch, told)| {
                let begin = taken.clone();
                taken.iter_mut().zip(&told.pairs).for_each(|(at, pairs)| *at += pairs.len());
                (batch, begin)
            })
            .collect();
        let collected = parallel::map_in_order(&begins, |(batch, begin)| {
            told[*batch].collect(&parts, &first, begin.clone())
        });
        let mut concepts = Self { terms, pairs, support, ..Self::default() };
        for (lists, counts, lone) in collected {
            let from = concepts.of_sentences.flat.len() as u32;
            concepts.of_sentences.flat.extend(lists.flat);
            concepts.of_sentences.ends.extend(lists.ends.iter().map(|end| from + end));
            concepts.counts.extend(counts);
            concepts.lone_pairs.extend(lone);
        }
        concepts.support_words(entries, weights);
        concepts
    }

    /// Returns the distinct concepts of a sentence, sorted.
    pub(crate) fn in_sentence(&self, sentence: usize) -> &[u32] {
        &self.of_sentences.flat[self.of_sentences.range(sentence)]
    }

    /// Returns the number of pairs in a sentence that neither an earlier sentence nor another article contains.
    pub(crate) fn n_lone_pairs(&self, sentence: usize) -> u32 {
        self.lone_pairs[sentence]
    }

    /// Returns the pairs that [`Concepts::n_lone_pairs`] counts, as text, in the order in which they occur in the
    /// sentence.
    pub(crate) fn lone_pairs(
        &self,
        collection: &Collection,
        source: &ArticleSlice,
        entries: &[Candidate],
        sentence: usize,
    ) -> Vec<String> {
        let numbers = self.in_sentence(sentence).iter();
        let shared: FxHashSet<Concept> = numbers.map(|&number| self.get(number)).collect();
        let mut known = FxHashSet::default();
        let mut lone = Vec::new();
        for (at, entry) in entries[source.first..=sentence].iter().enumerate() {
            let document = &collection.corpus.documents[entry.at.article];
            let tokens = document.tokens_of(&document.sentences[entry.at.sentence]);
            for pair in tokens.windows(2).filter(|pair| has_content(pair)) {
                let [left, right] =
                    [pair[0], pair[1]].map(|t| collection.corpus.id(entry.at.article, t.term));
                let is_new = known.insert((left, right));
                if is_new
                    && source.first + at == sentence
                    && !shared.contains(&Concept::Pair(left, right))
                {
                    lone.push(pair_name(collection, left, right));
                }
            }
        }
        lone
    }

    /// Returns the numbers of the content words of a sentence with their frequencies, sorted.
    pub(crate) fn words_of(&self, sentence: usize) -> impl Iterator<Item = (u32, u32)> {
        let range = self.of_sentences.range(sentence);
        let concepts = self.of_sentences.flat[range.clone()].iter().copied();
        concepts
            .zip(self.counts[range].iter().copied())
            .take_while(|(concept, _)| (*concept as usize) < self.terms.len())
    }

    /// Returns the exclusive upper bound of concept numbers. Stop words are numbered too, although they are not listed
    /// as concepts of any sentence.
    pub(crate) const fn len(&self) -> usize {
        self.terms.len() + self.pairs.len()
    }

    /// Returns how many of the concept numbers belong to words; the numbers of pairs come after them.
    pub(crate) const fn n_words(&self) -> usize {
        self.terms.len()
    }

    /// Returns the support of each concept.
    pub(crate) fn support(&self) -> &[Support] {
        &self.support
    }

    /// Returns the numbers of the words whose stems are in `stems`, which is sorted.
    pub(crate) fn words_with(&self, collection: &Collection, stems: &[&str]) -> Vec<u32> {
        let is_wanted = |&number: &u32| {
            let term = collection.corpus.term(self.terms[number as usize]);
            stems.binary_search(&term).is_ok()
        };
        (0..self.terms.len() as u32).filter(is_wanted).collect()
    }

    /// Maps those of the given terms that occur in the story to their numbers; `terms` is sorted.
    pub(crate) fn numbers_of(&self, terms: &[TermId]) -> FxHashMap<TermId, u32> {
        let is_wanted = |(_, term): &(usize, &TermId)| terms.binary_search(term).is_ok();
        let found = self.terms.iter().enumerate().filter(is_wanted);
        found.map(|(number, term)| (*term, number as u32)).collect()
    }

    /// Returns a concept by its number.
    pub(crate) fn get(&self, number: u32) -> Concept {
        let at = number as usize;
        self.terms.get(at).map_or_else(
            || {
                let [left, right] = self.pairs[at - self.terms.len()];
                Concept::Pair(self.terms[left as usize], self.terms[right as usize])
            },
            |&term| Concept::Word(term),
        )
    }

    /// Returns a concept as text.
    pub(crate) fn name(&self, collection: &Collection, number: u32) -> String {
        match self.get(number) {
            Concept::Word(term) => collection.corpus.term(term).to_owned(),
            Concept::Pair(left, right) => pair_name(collection, left, right),
        }
    }

    /// Calls `found` for each sentence that contains a concept in `wanted`, in the order of the sentences, with the
    /// index of the concept in `wanted` and the index of the sentence.
    pub(crate) fn each_teller(&self, wanted: &[u32], mut found: impl FnMut(usize, usize)) {
        let mut places = vec![NONE; self.len()];
        for (place, concept) in wanted.iter().enumerate() {
            places[*concept as usize] = place as u32;
        }
        let mut start = 0;
        for (sentence, &end) in self.of_sentences.ends.iter().enumerate() {
            for &concept in &self.of_sentences.flat[start..end as usize] {
                let place = places[concept as usize];
                if place != NONE {
                    found(place as usize, sentence);
                }
            }
            start = end as usize;
        }
    }

    /// Sums up the support of each word.
    fn support_words(&mut self, entries: &[Candidate], weights: &[f64]) {
        let n_words = self.n_words();
        let mut last = vec![usize::MAX; n_words];
        for (sentence, (entry, &weight)) in entries.iter().zip(weights).enumerate() {
            let words = &self.of_sentences.flat[self.of_sentences.range(sentence)];
            for &word in words.iter().take_while(|word| (**word as usize) < n_words) {
                let word = word as usize;
                if std::mem::replace(&mut last[word], entry.slice) != entry.slice {
                    self.support[word].weight += weight;
                    self.support[word].articles += 1;
                }
            }
        }
    }
}

fn pair_name(collection: &Collection, left: TermId, right: TermId) -> String {
    format!("{} {}", collection.corpus.term(left), collection.corpus.term(right))
}

/// Returns the terms of a story in the order of first use, and, for each article, the index in that list of each of
/// its local terms.
fn terms(collection: &Collection, sources: &[ArticleSlice]) -> (Vec<TermId>, Vec<Vec<u32>>) {
    let mut numbers: FxHashMap<TermId, u32> = FxHashMap::default();
    let mut terms = Vec::new();
    let mut place = |term: TermId| {
        *numbers.entry(term).or_insert_with(|| {
            terms.push(term);
            terms.len() as u32 - 1
        })
    };
    let mut of_article = |source: &ArticleSlice| -> Vec<u32> {
        let n = collection.corpus.documents[source.article].terms().len() as u32;
        let id = |local| collection.corpus.id(source.article, LocalTerm(local));
        (0..n).map(|local| place(id(local))).collect()
    };
    let local = sources.iter().map(&mut of_article).collect();
    (terms, local)
}

/// The number of articles that one thread reads at a time.
const ARTICLES_A_BATCH: usize = 32;

/// The number of a story's sentences per partition of its pairs; the resulting number of partitions is rounded up to a
/// power of two.
const SENTENCES_A_PART: usize = 1 << 10;

/// The maximum number of partitions.
const MOST_PARTS: usize = 1 << PART_BITS;

/// The number of high hash bits from which the partition of a pair is taken; lower bits select the slot.
const PART_BITS: u32 = 7;

/// Returns the number of partitions for the sentences of a story, a power of two.
fn n_parts(entries: &[Candidate]) -> usize {
    (entries.len() / SENTENCES_A_PART).next_power_of_two().min(MOST_PARTS)
}

/// The concepts of the sentences of a batch of articles, in text order.
struct Told {
    words: Vec<u32>,
    word_ends: Vec<u32>,
    /// For each pair, its partition.
    parts: Vec<u8>,
    pair_ends: Vec<u32>,
    /// The pairs of each partition with their sentences.
    pairs: Vec<Vec<(Pair, u32)>>,
}

impl Told {
    fn new(n_parts: usize) -> Self {
        Self {
            words: Vec::new(),
            word_ends: Vec::new(),
            parts: Vec::new(),
            pair_ends: Vec::new(),
            pairs: vec![Vec::new(); n_parts],
        }
    }

    /// Reads the sentences of an article; `local` maps its local terms to indices in [`Concepts::terms`].
    fn add_article(
        &mut self,
        collection: &Collection,
        entries: &[Candidate],
        source: &ArticleSlice,
        local: &[u32],
        scope: Scope,
    ) {
        let document = &collection.corpus.documents[source.article];
        let n_parts = self.pairs.len();
        let number = |token: &Token| local[token.term.0 as usize];
        for (place, entry) in entries[source.first..source.end].iter().enumerate() {
            let sentence = source.first + place;
            let tokens = document.tokens_of(&document.sentences[entry.at.sentence]);
            self.words.extend(tokens.iter().filter(|t| is_content(t)).map(number));
            self.word_ends.push(self.words.len() as u32);
            if scope == Scope::WordsAndPairs {
                for pair in tokens.windows(2).filter(|pair| has_content(pair)) {
                    let pair = [number(&pair[0]), number(&pair[1])];
                    let part = (hash(pair) >> (u64::BITS - PART_BITS)) as usize & (n_parts - 1);
                    self.parts.push(part as u8);
                    self.pairs[part].push((pair, sentence as u32));
                }
            }
            self.pair_ends.push(self.parts.len() as u32);
        }
    }

    /// Returns, for each sentence, its distinct concepts, their frequencies and the number of its lone pairs.
    ///
    /// `first` holds the number of the first pair of each partition, and `at` holds the position in each partition at
    /// which this batch begins.
    fn collect(
        &self,
        parts: &[Part],
        first: &[u32],
        mut at: Vec<usize>,
    ) -> (Lists, Vec<u32>, Vec<u32>) {
        let mut lists = Lists::default();
        lists.flat.reserve(self.words.len());
        lists.ends.reserve(self.word_ends.len());
        let (mut counts, mut all_lone) = (Vec::with_capacity(self.words.len()), Vec::new());
        let (mut word, mut pair) = (0, 0);
        let mut own = Vec::new();
        for (&word_end, &pair_end) in self.word_ends.iter().zip(&self.pair_ends) {
            own.clear();
            own.extend_from_slice(&self.words[word..word_end as usize]);
            own.sort_unstable();
            for run in own.chunk_by(|a, b| a == b) {
                lists.flat.push(run[0]);
                counts.push(run.len() as u32);
            }
            let from = lists.flat.len();
            let mut lone = 0;
            for &part in &self.parts[pair..pair_end as usize] {
                let part = part as usize;
                match parts[part].numbers[at[part]] {
                    LONE => lone += 1,
                    NONE => {}
                    number => lists.flat.push(first[part] + number),
                }
                at[part] += 1;
            }
            lists.flat[from..].sort_unstable();
            counts.resize(lists.flat.len(), 1);
            lists.ends.push(lists.flat.len() as u32);
            all_lone.push(lone);
            (word, pair) = (word_end as usize, pair_end as usize);
        }
        (lists, counts, all_lone)
    }
}

/// Marks the first occurrence of a pair that occurs in only one article.
const LONE: u32 = u32::MAX - 1;

/// Marks a pair that has already occurred in the same sentence, or a later occurrence of a pair that occurs in only one
/// article. In other lists, marks an empty entry.
const NONE: u32 = u32::MAX;

/// The pairs of one partition.
struct Part {
    /// The pairs that occur in several articles.
    pairs: Vec<Pair>,
    support: Vec<Support>,
    /// For each occurrence, the index of the pair in `pairs`, [`LONE`] or [`NONE`].
    numbers: Vec<u32>,
}

/// A pair that has occurred at least once, with the place of its latest occurrence.
struct Met {
    pair: Pair,
    support: Support,
    /// The article in which it occurred last.
    source: usize,
    /// The sentence in which it occurred last.
    sentence: u32,
    /// The index of its first occurrence.
    first: u32,
}

impl Part {
    fn new(told: &[&[(Pair, u32)]], entries: &[Candidate], weights: &[f64]) -> Self {
        let n: usize = told.iter().copied().map(<[_]>::len).sum();
        let n_slots = (n * 2).next_power_of_two().max(2);
        let (mask, shift) = (n_slots - 1, u64::BITS - n_slots.trailing_zeros());
        let mut slots = vec![NONE; n_slots];
        let mut all: Vec<Met> = Vec::new();
        let mut numbers: Vec<u32> = Vec::with_capacity(n);
        for &(pair, sentence) in told.iter().copied().flatten() {
            let mut slot = ((hash(pair) << PART_BITS) >> shift) as usize;
            while slots[slot] != NONE && all[slots[slot] as usize].pair != pair {
                slot = (slot + 1) & mask;
            }
            if slots[slot] == NONE {
                slots[slot] = all.len() as u32;
                let (source, support) = (usize::MAX, Support::default());
                let first = numbers.len() as u32;
                all.push(Met { pair, support, source, sentence: NONE, first });
            }
            let met = &mut all[slots[slot] as usize];
            numbers.push(if met.sentence == sentence { NONE } else { slots[slot] });
            met.sentence = sentence;
            let source = entries[sentence as usize].slice;
            if std::mem::replace(&mut met.source, source) != source {
                met.support.weight += weights[sentence as usize];
                met.support.articles += 1;
            }
        }
        let (mut pairs, mut support) = (Vec::new(), Vec::new());
        // The slots are no longer needed, so reuse them for the number of each shared pair.
        slots.truncate(all.len());
        for (slot, met) in slots.iter_mut().zip(&all) {
            *slot = NONE;
            if met.support.articles > 1 {
                *slot = pairs.len() as u32;
                pairs.push(met.pair);
                support.push(met.support);
            }
        }
        for (at, number) in numbers.iter_mut().enumerate() {
            if *number != NONE {
                let met = *number as usize;
                let is_lone = slots[met] == NONE && all[met].first == at as u32;
                *number = if is_lone { LONE } else { slots[met] };
            }
        }
        Self { pairs, support, numbers }
    }
}

/// Hashes a pair by multiplication (Knuth, The Art of Computer Programming 3, 6.4).
const fn hash([left, right]: Pair) -> u64 {
    (((left as u64) << 32) | right as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns whether at least one of the tokens is not a stop word.
fn has_content(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.kind != TokenKind::Stop)
}

/// Returns whether a token is a content word or number; a single ASCII letter carries no information.
fn is_content(token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => token.span.len() > 1,
        TokenKind::Number => true,
        TokenKind::Stop => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::{Concept, has_content};
    use crate::article::{Article, ArticleId, Block, BlockKind};
    use crate::language::Language;
    use crate::span::Span;
    use crate::stories::Story;
    use crate::summary::Params;
    use crate::summary::candidate_set::CandidateSet;
    use crate::text::{Collection, TermId, TokenKind};

    fn article(number: usize, sentences: &[Vec<&'static str>]) -> Article {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for sentence in sentences {
            let start = text.len();
            text.push_str(&sentence.join(" "));
            text.push('.');
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
            text.push_str("\n\n");
        }
        let (id, lang) = (ArticleId::given(format!("a{number:03}")), Language::ENGLISH);
        Article { id, lang, text, blocks, ..Article::default() }
    }

    /// For each pair of terms, the articles that contain it, each with the sentences that contain it.
    type Places = BTreeMap<(TermId, TermId), BTreeMap<usize, BTreeSet<usize>>>;

    fn places(set: &CandidateSet<'_>) -> Places {
        let mut places = Places::new();
        let corpus = &set.collection.corpus;
        for (sentence, entry) in set.candidates.iter().enumerate() {
            let document = &corpus.documents[entry.at.article];
            let tokens = document.tokens_of(&document.sentences[entry.at.sentence]);
            for pair in tokens.windows(2).filter(|pair| has_content(pair)) {
                let [left, right] = [pair[0], pair[1]].map(|t| corpus.id(entry.at.article, t.term));
                let articles = places.entry((left, right)).or_default();
                articles.entry(entry.slice).or_default().insert(sentence);
            }
        }
        places
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn pairs_are_those_of_a_plain_count(
            given in prop::collection::vec(
                prop::collection::vec(
                    prop::collection::vec(
                        prop::sample::select(vec![
                            "the", "harbour", "ferry", "of", "storm", "300", "pier", "closed", "a", "crew",
                        ]),
                        1..9,
                    ),
                    0..5,
                ),
                2..80,
            ),
        ) {
            let articles = given.iter().enumerate().map(|(n, s)| article(n, s)).collect();
            let collection = Collection::build(articles);
            let story = Story { articles: (0..given.len()).collect(), ..Story::default() };
            let set = CandidateSet::new(&collection, &story, &Params::default(), None);
            let places = places(&set);
            let shared = places.values().filter(|articles| articles.len() > 1).count();
            prop_assert_eq!(set.concepts.len() - set.concepts.n_words(), shared);
            for number in 0..set.concepts.len() as u32 {
                let Concept::Pair(left, right) = set.concepts.get(number) else { continue };
                let articles = &places[&(left, right)];
                let support = set.concepts.support()[number as usize];
                prop_assert_eq!(support.articles as usize, articles.len());
                let first = articles.values().filter_map(|s| s.first());
                let weight: f64 = first.map(|&s| set.tellings[s]).sum();
                prop_assert!((support.weight - weight).abs() < 1e-9);
                let mut told = Vec::new();
                set.concepts.each_teller(&[number], |_, sentence| told.push(sentence));
                let all: Vec<usize> = articles.values().flatten().copied().collect();
                prop_assert_eq!(told, all);
            }
            for sentence in 0..set.candidates.len() {
                let lone = places.values().filter(|articles| {
                    let first = articles.values().next().and_then(|s| s.first());
                    articles.len() == 1 && first == Some(&sentence)
                });
                let n = lone.count();
                prop_assert_eq!(set.concepts.n_lone_pairs(sentence) as usize, n);
                let source = &set.articles[set.candidates[sentence].slice];
                let named =
                    set.concepts.lone_pairs(&collection, source, &set.candidates, sentence);
                prop_assert_eq!(named.len(), n);
                prop_assert!(set.concepts.in_sentence(sentence).is_sorted_by(|a, b| a < b));
                for (word, _) in set.concepts.words_of(sentence) {
                    prop_assert!(matches!(set.concepts.get(word), Concept::Word(_)));
                }
                let document = &collection.corpus.documents[set.candidates[sentence].at.article];
                let place = set.candidates[sentence].at.sentence;
                let tokens = document.tokens_of(&document.sentences[place]);
                let content = tokens.iter().filter(|t| t.kind != TokenKind::Stop && t.span.len() > 1);
                let counted: u32 = set.concepts.words_of(sentence).map(|(_, count)| count).sum();
                prop_assert_eq!(counted as usize, content.count());
            }
        }
    }
}
