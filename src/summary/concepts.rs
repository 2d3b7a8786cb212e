//! Concepts: what a sentence tells, as the stems of its content words and the bigrams of adjacent stems.
//!
//! Bigrams as concepts: Gillick and Favre 2009, "A scalable global model for summarization". A bigram of two stop
//! words is none.
//!
//! Words are numbered before pairs, and pairs by their left word: a counting sort brings the pairs with the same left
//! word together, so that numbering them takes one look into a small table each, and no hash of millions of pairs.

use rustc_hash::FxHashMap;

use crate::parallel;
use crate::summary::pool::{Entry, Source};
use crate::text::{Collection, LocalTerm, TermId, TokenKind};

/// A concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Concept {
    /// A content word or number.
    Word(TermId),
    /// Two terms side by side, at least one of them a content word.
    Pair(TermId, TermId),
}

/// The concepts of all sentences: words in the order of first use, then pairs.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    /// The terms of the story, in the order of first use.
    terms: Vec<TermId>,
    /// The pairs, by the places of their words in `terms`.
    pairs: Vec<Pair>,
    /// The distinct concepts of each sentence, sorted, one sentence after the other.
    of_sentences: Lists,
    /// How often each stands in the sentence.
    counts: Vec<u32>,
    /// The sentences that tell each concept, sorted, one concept after the other.
    tellers: Lists,
}

/// Two terms of a story.
type Pair = [u32; 2];

/// Lists of numbers, one after the other.
#[derive(Debug, Default)]
struct Lists {
    flat: Vec<u32>,
    /// Where each list ends.
    ends: Vec<u32>,
}

impl Lists {
    fn range(&self, list: usize) -> std::ops::Range<usize> {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[list] as usize
    }

    fn of(&self, list: usize) -> &[u32] {
        &self.flat[self.range(list)]
    }

    /// Appends a list of distinct numbers from numbers in order.
    fn push_distinct(&mut self, sorted: impl IntoIterator<Item = u32>) {
        let from = self.flat.len();
        for number in sorted {
            if self.flat.len() == from || self.flat.last() != Some(&number) {
                self.flat.push(number);
            }
        }
        self.ends.push(self.flat.len() as u32);
    }
}

impl Concepts {
    /// Finds the concepts of the sentences of a story.
    pub(crate) fn new(collection: &Collection, sources: &[Source], entries: &[Entry]) -> Self {
        let (terms, local) = terms(collection, sources);
        let numbered: Vec<(&Source, &Vec<u32>)> = sources.iter().zip(&local).collect();
        let told = parallel::map_in_order(&numbered, |(source, local)| {
            Told::new(collection, &entries[source.first..source.end], local)
        });
        let (pairs, numbers, tellers) = number(&told, terms.len());
        let mut first = 0;
        let with_numbers = told.iter().map(|told| {
            let range = first..first + told.pairs.all.len();
            first = range.end;
            (told, &numbers[range])
        });
        let with_numbers: Vec<(&Told, &[u32])> = with_numbers.collect();
        let sorted = parallel::map_in_order(&with_numbers, |(told, pairs)| told.sorted(pairs));
        let (mut of_sentences, mut counts) = (Lists::default(), Vec::new());
        for (lists, counted) in sorted {
            let from = of_sentences.flat.len() as u32;
            of_sentences.flat.extend(lists.flat);
            of_sentences.ends.extend(lists.ends.iter().map(|end| from + end));
            counts.extend(counted);
        }
        Self { terms, pairs, of_sentences, counts, tellers }
    }

    /// Returns the distinct concepts of a sentence, sorted.
    pub(crate) fn of(&self, sentence: usize) -> &[u32] {
        self.of_sentences.of(sentence)
    }

    /// Returns the sentences that tell a concept, sorted.
    pub(crate) fn tellers(&self, concept: u32) -> &[u32] {
        self.tellers.of(concept as usize)
    }

    /// Returns the content words of a sentence with how often each stands in it, sorted by number.
    pub(crate) fn words_of(&self, sentence: usize) -> impl Iterator<Item = (u32, u32)> {
        let range = self.of_sentences.range(sentence);
        let concepts = self.of_sentences.flat[range.clone()].iter().copied();
        concepts
            .zip(self.counts[range].iter().copied())
            .take_while(|(concept, _)| (*concept as usize) < self.terms.len())
    }

    /// Returns how many numbers of concepts there are; a stop word has a number that no sentence tells.
    pub(crate) const fn len(&self) -> usize {
        self.terms.len() + self.pairs.len()
    }

    /// Returns the numbers of the words with these stems, which are sorted.
    pub(crate) fn words_with(&self, collection: &Collection, stems: &[&str]) -> Vec<u32> {
        let is_wanted = |&number: &u32| {
            let term = collection.corpus.term(self.terms[number as usize]);
            stems.binary_search(&term).is_ok()
        };
        (0..self.terms.len() as u32).filter(is_wanted).collect()
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

    /// Returns a concept in words.
    pub(crate) fn name(&self, collection: &Collection, number: u32) -> String {
        match self.get(number) {
            Concept::Word(term) => collection.corpus.term(term).to_owned(),
            Concept::Pair(left, right) => {
                format!("{} {}", collection.corpus.term(left), collection.corpus.term(right))
            }
        }
    }
}

/// Returns the terms of a story in the order of first use, and for each of its articles the place there of each of its
/// local terms.
fn terms(collection: &Collection, sources: &[Source]) -> (Vec<TermId>, Vec<Vec<u32>>) {
    let mut numbers: FxHashMap<TermId, u32> = FxHashMap::default();
    let mut terms = Vec::new();
    let mut place = |term: TermId| {
        *numbers.entry(term).or_insert_with(|| {
            terms.push(term);
            terms.len() as u32 - 1
        })
    };
    let mut of_article = |source: &Source| -> Vec<u32> {
        let n = collection.corpus.documents[source.article].terms().len() as u32;
        let id = |local| collection.corpus.id(source.article, LocalTerm(local));
        (0..n).map(|local| place(id(local))).collect()
    };
    let local = sources.iter().map(&mut of_article).collect();
    (terms, local)
}

/// What stands in the sentences of an article, in the order of the text.
struct Items<T> {
    all: Vec<T>,
    /// Where those of each sentence end.
    ends: Vec<u32>,
}

/// What the sentences of an article tell.
struct Told {
    words: Items<u32>,
    pairs: Items<Pair>,
}

impl<T> Items<T> {
    const fn new() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }

    fn end_sentence(&mut self) {
        self.ends.push(self.all.len() as u32);
    }
}

impl Told {
    fn new(collection: &Collection, entries: &[Entry], local: &[u32]) -> Self {
        let mut told = Self { words: Items::new(), pairs: Items::new() };
        for entry in entries {
            let document = &collection.corpus.documents[entry.at.article];
            let mut previous: Option<(u32, TokenKind)> = None;
            for token in document.tokens_of(&document.sentences[entry.at.sentence]) {
                let term = local[token.term.0 as usize];
                if is_content(token.kind, token.span.len()) {
                    told.words.all.push(term);
                }
                if let Some((left, kind)) = previous
                    && (kind != TokenKind::Stop || token.kind != TokenKind::Stop)
                {
                    told.pairs.all.push([left, term]);
                }
                previous = Some((term, token.kind));
            }
            told.words.end_sentence();
            told.pairs.end_sentence();
        }
        told
    }

    /// The distinct concepts of each sentence and how often each stands there; `pairs` are the numbers of its pairs.
    fn sorted(&self, pairs: &[u32]) -> (Lists, Vec<u32>) {
        let (mut lists, mut counts, mut own) = (Lists::default(), Vec::new(), Vec::new());
        let (mut word, mut pair) = (0, 0);
        for (&word_end, &pair_end) in self.words.ends.iter().zip(&self.pairs.ends) {
            own.clear();
            own.extend_from_slice(&self.words.all[word..word_end as usize]);
            let n_words = own.len();
            own.extend_from_slice(&pairs[pair..pair_end as usize]);
            own[..n_words].sort_unstable();
            own[n_words..].sort_unstable();
            counts.extend(own.chunk_by(|a, b| a == b).map(|run| run.len() as u32));
            lists.push_distinct(own.iter().copied());
            (word, pair) = (word_end as usize, pair_end as usize);
        }
        (lists, counts)
    }
}

/// Numbers the pairs, and returns them, the number of each as it stands in the text, and who tells each concept.
fn number(told: &[Told], n_terms: usize) -> (Vec<Pair>, Vec<u32>, Lists) {
    let mut tellers = Lists::default();
    let words = ByKey::new(told.iter().map(|t| &t.words), n_terms, |word| *word as usize);
    for word in 0..n_terms {
        tellers.push_distinct(words.of(word).iter().map(|o| o.sentence));
    }
    let by_left = ByKey::new(told.iter().map(|t| &t.pairs), n_terms, |pair| pair[0] as usize);
    let mut pairs: Vec<Pair> = Vec::new();
    let mut numbers = vec![0; by_left.all.len()];
    // For each right word, the left one that it was last seen with, and the number of that pair.
    let mut seen = vec![(u32::MAX, 0_u32); n_terms];
    let mut bucket: Vec<(u32, u32)> = Vec::new();
    for left in 0..n_terms {
        bucket.clear();
        for occurrence in by_left.of(left) {
            let slot = &mut seen[occurrence.item[1] as usize];
            if slot.0 != left as u32 {
                *slot = (left as u32, (n_terms + pairs.len()) as u32);
                pairs.push(occurrence.item);
            }
            numbers[occurrence.place as usize] = slot.1;
            bucket.push((slot.1, occurrence.sentence));
        }
        bucket.sort_unstable();
        for run in bucket.chunk_by(|a, b| a.0 == b.0) {
            tellers.push_distinct(run.iter().map(|(_, sentence)| *sentence));
        }
    }
    (pairs, numbers, tellers)
}

/// Something that stands in a sentence.
#[derive(Clone, Copy, Default)]
struct Occurrence<T> {
    item: T,
    /// Its place among all.
    place: u32,
    sentence: u32,
}

/// Occurrences by a key, in the order of the text where the key is the same.
struct ByKey<T> {
    all: Vec<Occurrence<T>>,
    starts: Vec<u32>,
}

impl<T: Copy + Default> ByKey<T> {
    fn new<'t>(
        articles: impl Iterator<Item = &'t Items<T>> + Clone,
        n_keys: usize,
        key: impl Fn(&T) -> usize,
    ) -> Self
    where
        T: 't,
    {
        let mut starts = vec![0; n_keys + 1];
        for item in articles.clone().flat_map(|items| &items.all) {
            starts[key(item) + 1] += 1;
        }
        for at in 0..n_keys {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut all = vec![Occurrence::default(); starts[n_keys] as usize];
        let (mut place, mut sentence) = (0, 0);
        for items in articles {
            let mut start = 0;
            for &end in &items.ends {
                for &item in &items.all[start..end as usize] {
                    let slot = &mut next[key(&item)];
                    all[*slot as usize] = Occurrence { item, place, sentence };
                    *slot += 1;
                    place += 1;
                }
                start = end as usize;
                sentence += 1;
            }
        }
        Self { all, starts }
    }

    fn of(&self, key: usize) -> &[Occurrence<T>] {
        &self.all[self.starts[key] as usize..self.starts[key + 1] as usize]
    }
}

/// A single letter tells nothing.
fn is_content(kind: TokenKind, bytes: usize) -> bool {
    match kind {
        TokenKind::Word => bytes > 1,
        TokenKind::Number => true,
        TokenKind::Stop => false,
    }
}
