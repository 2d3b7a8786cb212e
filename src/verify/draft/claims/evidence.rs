//! An index of the source sentences by their terms, items and words.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{ArticleIx, Published};
use crate::identity::person;
use crate::score::{self, Score};
use crate::span::{Span, slice};
use crate::text::{Collection, Document, Token, TokenKind};
use crate::verify::draft::claims::items::{Item, Value, bare, items, lexicon};
use crate::verify::draft::claims::verbs::{Irregular, irregular};
use crate::verify::draft::comparable_words::words;

/// A sentence of an article's text, or a title, which has an empty range.
pub(super) struct Sentence {
    pub(super) article: ArticleIx,
    pub(super) span: Span,
    pub(super) items: Vec<Item>,
    /// Its words in lower case, without the possessive ending, and its designations as single words: `mi24` for
    /// "Mi-24".
    pub(super) words: Vec<String>,
    /// Its words with their terms, including function words; empty for a title.
    pub(super) tokens: Vec<Term>,
}

/// An occurrence of a word in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    sentence: u32,
    kind: WordKind,
    /// The range of the word or of the name that contains it; for [`WordKind::Part`], an empty range at the start of
    /// the sentence.
    span: Span,
}

/// How a word occurs in a sentence. The variants are sorted by how good evidence for a name they are, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WordKind {
    /// In a name, whose range is used.
    Name,
    Token,
    /// As a part of a token such as a web address, or in a title; it has no range of its own.
    Part,
}

/// A word of a sentence, with the number of its term.
#[expect(clippy::struct_excessive_bools, reason = "four independent marks of a word")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// The word in lower case.
    pub(super) word: String,
    /// The number of the term; `None` if the term does not occur in the sources as a content word.
    pub(super) number: Option<u32>,
    pub(super) is_content: bool,
    /// Whether the word is a number or contains a digit.
    pub(super) is_number: bool,
    /// Whether the word begins with a capital.
    pub(super) is_raised: bool,
    /// Whether a comma, semicolon, colon, dash, round bracket or quotation mark separates it from the preceding word.
    pub(super) after_break: bool,
    pub(super) irregular: Option<Irregular>,
    pub(super) span: Span,
}

/// The evidence in all sources.
pub(in crate::verify::draft) struct Evidence {
    pub(super) sentences: Vec<Sentence>,
    /// For each term, the sentences that contain it, in order.
    postings: Vec<Vec<u32>>,
    /// For each word, the sentences that contain it, in order, with its best occurrence in each. Looked up, never
    /// iterated.
    by_word: FxHashMap<String, Vec<Occurrence>>,
    /// For each capitalized word, the sentences of article texts that contain it, in order, with the range of its first
    /// occurrence in each. Looked up, never iterated.
    by_raised: FxHashMap<String, Vec<(u32, Span)>>,
    /// For each irregular verb, the sentences of article texts that contain a form of it, in order. Looked up, never
    /// iterated.
    by_verb: FxHashMap<u8, Vec<u32>>,
    /// The numbers, sorted, with the sentence of each.
    numbers_by_value: Vec<(Score, u32)>,
    /// The sentences with a date, in order.
    with_dates: Vec<u32>,
    /// For each article, the range of its sentences, the last of which is the title.
    of_article: Vec<Range<usize>>,
    /// The number of each term. Looked up, never iterated.
    numbers: FxHashMap<String, u32>,
    /// Every word of the texts, titles, outlets, bylines, addresses and places of the articles, and their designations,
    /// sorted.
    vocabulary: Vec<String>,
    /// The words of `vocabulary`, except designations, as [`person::fold`] returns them. Looked up, never iterated.
    folded: FxHashSet<String>,
    /// The single-word names of three to five bytes.
    short_names: BTreeSet<String>,
    /// The abbreviations after a comma, hyphen or bracket, most of them of places, without full stops: `ny` in
    /// "D-N.Y.", `ark` in "Pryor, D-Ark.".
    abbreviations: BTreeSet<String>,
    /// The initials of the names and of other short runs of words in the sources: `nra` for "National Rifle
    /// Association".
    initials: Initials,
    /// The date of each article; `None` if it is unknown.
    pub(super) published: Vec<Option<jiff::civil::Date>>,
}

impl Term {
    /// Returns whether two words have the same term, which must occur in the sources, or are forms of the same
    /// irregular verb.
    pub(super) fn is_form_of(&self, other: &Self) -> bool {
        let verb = |term: &Self| term.irregular.map(|form| form.verb);
        (self.number.is_some() && self.number == other.number)
            || (self.irregular.is_some() && verb(self) == verb(other))
    }

    /// Returns whether the word can be a verb: a content word or a form of an irregular verb, because "won" and "taken"
    /// are in lists of function words.
    pub(super) fn may_be_verb(&self) -> bool {
        (self.is_content || self.irregular.is_some())
            && !self.is_raised
            && !self.word.ends_with("ly")
    }

    /// Returns whether the word can be a past form or past participle of a verb.
    pub(super) fn is_past(&self) -> bool {
        self.may_be_verb()
            && (self.word.ends_with("ed") || self.irregular.is_some_and(|form| form.is_past))
    }

    /// Returns whether the word counts when two sentences are compared.
    pub(super) fn counts(&self) -> bool {
        self.is_content || self.is_number
    }
}

impl Evidence {
    pub(in crate::verify::draft) fn new(collection: &Collection) -> Self {
        let mut evidence = Self {
            sentences: Vec::new(),
            postings: Vec::new(),
            by_word: FxHashMap::default(),
            by_raised: FxHashMap::default(),
            by_verb: FxHashMap::default(),
            numbers_by_value: Vec::new(),
            with_dates: Vec::new(),
            of_article: Vec::new(),
            numbers: FxHashMap::default(),
            vocabulary: Vec::new(),
            folded: FxHashSet::default(),
            short_names: BTreeSet::new(),
            abbreviations: BTreeSet::new(),
            initials: Initials::default(),
            published: Vec::new(),
        };
        let mut known: FxHashSet<String> = FxHashSet::default();
        for (article, a) in collection.articles.iter().enumerate() {
            let document = &collection.corpus.documents[article];
            let first = evidence.sentences.len();
            for sentence in &document.sentences {
                evidence.sentence(
                    article,
                    &a.text,
                    sentence.span,
                    document,
                    document.tokens_of(sentence),
                );
            }
            evidence.title(article, &a.title, document);
            evidence.of_article.push(first..evidence.sentences.len());
            evidence.abbreviations.extend(abbreviations(&a.text));
            let facts = [&a.source, &a.byline, &a.url, &a.place];
            let facts = facts.into_iter().filter_map(Option::as_deref);
            for text in [a.text.as_str(), a.title.as_str()].into_iter().chain(facts) {
                for word in words(text, Span::new(0, text.len())) {
                    let word = bare(&word.folded);
                    if !known.contains(word) {
                        known.insert(word.to_owned());
                        evidence.folded.insert(person::fold(word));
                        evidence.vocabulary.push(word.to_owned());
                    }
                }
            }
            evidence.published.push(a.published.map(day));
        }
        evidence.vocabulary.sort_unstable();
        evidence.numbers_by_value.sort_unstable();
        evidence
    }

    fn sentence(
        &mut self,
        article: ArticleIx,
        text: &str,
        span: Span,
        document: &Document,
        tokens: &[Token],
    ) {
        let found = items(text, span, lexicon(document.language), &[]);
        let all = words(text, span).iter().map(|w| bare(&w.folded).to_owned()).collect();
        self.add(article, span, document, tokens, (found, all));
        let terms = self.terms(text, document, tokens);
        let n = self.sentences.len() as u32 - 1;
        for term in &terms {
            self.place(n, bare(&term.word), WordKind::Token, term.span);
        }
        for term in terms.iter().filter(|term| term.is_raised) {
            let found = self.by_raised.entry(bare(&term.word).to_owned()).or_default();
            if found.last().is_none_or(|(last, _)| *last != n) {
                found.push((n, term.span));
            }
        }
        for form in terms.iter().filter_map(|term| term.irregular) {
            let found = self.by_verb.entry(form.verb).or_default();
            if found.last() != Some(&n) {
                found.push(n);
            }
        }
        if let Some(last) = self.sentences.last_mut() {
            last.tokens = terms;
        }
    }

    /// Returns the words of a sentence with their terms.
    pub(super) fn terms(&self, text: &str, document: &Document, tokens: &[Token]) -> Vec<Term> {
        let mut before: Option<usize> = None;
        let term = |t: &Token| {
            let from = before.replace(t.span.end()).unwrap_or(t.span.start());
            let gap = slice(text, from, t.span.start());
            let raw = t.span.slice(text);
            let word = lower(raw);
            Term {
                irregular: irregular(&word),
                word,
                number: self.numbers.get(document.term(t.term)).copied(),
                is_content: t.kind == TokenKind::Word,
                is_number: t.kind == TokenKind::Number,
                is_raised: raw.starts_with(char::is_uppercase),
                after_break: gap.contains([',', ';', ':', '—', '–', '(', ')', '"', '“', '”'])
                    || gap.contains(" - "),
                span: t.span,
            }
        };
        tokens.iter().map(term).collect()
    }

    /// Adds a title as a sentence with an empty range.
    fn title(&mut self, article: ArticleIx, title: &str, document: &Document) {
        let span = Span::new(0, title.len());
        let found = items(title, span, lexicon(document.language), &[]);
        let all = words(title, span).iter().map(|w| bare(&w.folded).to_owned()).collect();
        self.add(article, Span::default(), document, &document.title, (found, all));
    }

    fn add(
        &mut self,
        article: ArticleIx,
        span: Span,
        document: &Document,
        tokens: &[Token],
        (items, mut words): (Vec<Item>, Vec<String>),
    ) {
        // "Mi-24" is one name that consists of two words.
        let joined = items.iter().filter_map(Item::designation);
        self.vocabulary.extend(joined.clone().map(str::to_owned));
        words.extend(joined.map(str::to_owned));
        let content = tokens.iter().filter(|t| t.kind != TokenKind::Stop);
        let mut terms: Vec<u32> = content.map(|t| self.number(document.term(t.term))).collect();
        terms.sort_unstable();
        terms.dedup();
        let n = self.sentences.len() as u32;
        for term in &terms {
            self.postings[*term as usize].push(n);
        }
        for item in &items {
            if let Value::Name(parts) = &item.value {
                if let [name] = parts.as_slice()
                    && (3..=5).contains(&name.len())
                {
                    self.short_names.insert(name.clone());
                }
                self.initials.of_name(parts);
            }
        }
        self.values(n, &items);
        self.initials.over_small_words(&words);
        let start = Span::new(span.start(), span.start());
        for word in &words {
            if !self.by_word.contains_key(word) {
                self.by_word.insert(word.clone(), Vec::new());
            }
            if let Some(found) = self.by_word.get_mut(word)
                && found.last().is_none_or(|last| last.sentence != n)
            {
                found.push(Occurrence { sentence: n, kind: WordKind::Part, span: start });
            }
        }
        for item in &items {
            if let Value::Name(parts) = &item.value {
                for part in parts {
                    self.place(n, part, WordKind::Name, item.span);
                }
            }
        }
        self.sentences.push(Sentence { article, span, items, words, tokens: Vec::new() });
    }

    /// Indexes the numbers and dates of a sentence.
    fn values(&mut self, n: u32, items: &[Item]) {
        for item in items {
            match item.value {
                Value::Number(value, ..) => {
                    let values = [Some(value), item.elsewhere].into_iter().flatten();
                    self.numbers_by_value.extend(values.map(|value| (Score::new(value), n)));
                }
                Value::Name(_) => {}
                _ if self.with_dates.last() == Some(&n) => {}
                _ => self.with_dates.push(n),
            }
        }
    }

    /// Sets the kind and the range of a word in the newest sentence, unless the word already has an occurrence there
    /// that is at least as good evidence.
    fn place(&mut self, n: u32, word: &str, kind: WordKind, span: Span) {
        let newest = self.by_word.get_mut(word).and_then(|found| found.last_mut());
        if let Some(newest) = newest.filter(|newest| newest.sentence == n && kind < newest.kind) {
            *newest = Occurrence { sentence: n, kind, span };
        }
    }

    fn number(&mut self, term: &str) -> u32 {
        if let Some(number) = self.numbers.get(term) {
            return *number;
        }
        let number = self.postings.len() as u32;
        self.postings.push(Vec::new());
        self.numbers.insert(term.to_owned(), number);
        number
    }

    /// Returns the number of a term and its weight; a term that does not occur in the sources has the weight of a term
    /// that occurs in one sentence.
    pub(super) fn weighed(&self, term: &str) -> (Option<u32>, f64) {
        let number = self.numbers.get(term).copied();
        (number, self.weight(number))
    }

    /// Returns the weight of a term by its number.
    pub(super) fn weight(&self, number: Option<u32>) -> f64 {
        let frequency = number.map_or(1, |n| self.postings[n as usize].len()).max(1);
        let weight = score::ln(self.sentences.len().max(1) as f64 / frequency as f64);
        1.0 + weight
    }

    /// Returns the sentences of an article, including its title.
    pub(super) fn of_article(&self, article: ArticleIx) -> &[Sentence] {
        self.of_article.get(article).map_or(&[], |range| &self.sentences[range.clone()])
    }

    /// Returns the index of the first sentence of an article's text that overlaps a span.
    pub(super) fn sentence_at(&self, article: ArticleIx, span: Span) -> Option<usize> {
        let mut sentences = self.of_article.get(article)?.clone();
        sentences.find(|&n| self.sentences[n].span.overlaps(span))
    }

    /// Returns the sentences with a number between two values, in order.
    pub(super) fn with_number(&self, least: f64, most: f64) -> Vec<usize> {
        let from = self.numbers_by_value.partition_point(|(value, _)| value.value() < least);
        let after = &self.numbers_by_value[from..];
        let near = &after[..after.partition_point(|(value, _)| value.value() <= most)];
        let mut found: Vec<usize> = near.iter().map(|(_, n)| *n as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the sentences with a date, in order.
    pub(super) fn with_date(&self) -> Vec<usize> {
        self.with_dates.iter().map(|n| *n as usize).collect()
    }

    /// Returns the sentences of article texts in which a word is capitalized, in order, with the range of its first
    /// such occurrence in each.
    pub(super) fn with_raised(&self, word: &str) -> &[(u32, Span)] {
        self.by_raised.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the sentences with exactly this word, in order.
    pub(super) fn with_exactly(&self, word: &str) -> impl Iterator<Item = &Sentence> {
        let found = self.by_word.get(word).into_iter().flatten();
        found.map(|found| &self.sentences[found.sentence as usize])
    }

    /// Returns a sentence with its neighbors in its article.
    pub(super) fn around(&self, n: usize) -> &[Sentence] {
        let article = self.sentences[n].article;
        let is_same = |m: &usize| self.sentences.get(*m).is_some_and(|s| s.article == article);
        let from = n.checked_sub(1).filter(is_same).unwrap_or(n);
        let to = if is_same(&(n + 1)) { n + 2 } else { n + 1 };
        &self.sentences[from..to]
    }

    /// Returns a sentence with the one before it in its article, to which its pronouns may refer.
    pub(super) fn up_to(&self, n: usize) -> &[Sentence] {
        let article = self.sentences[n].article;
        let before = n.checked_sub(1).filter(|&m| self.sentences[m].article == article);
        &self.sentences[before.unwrap_or(n)..=n]
    }

    /// Returns the sentences with a term, in order.
    pub(super) fn with_term(&self, term: u32) -> &[u32] {
        self.postings.get(term as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns the sentences of article texts that contain the term of a word or a form of the same irregular verb, in
    /// order.
    pub(super) fn with_form_of(&self, term: &Term) -> Vec<usize> {
        let same = term.number.map_or(&[][..], |number| self.with_term(number));
        let of_verb = term.irregular.and_then(|form| self.by_verb.get(&form.verb));
        let all = same.iter().chain(of_verb.into_iter().flatten());
        let mut found: Vec<usize> = all.map(|n| *n as usize).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|n| !self.sentences[*n].span.is_empty());
        found
    }

    /// Returns the sentences that contain a word or another form of the same name (`Japan`, `Japanese`), in order, each
    /// with the range of the name that contains it or, if there is none, of the word.
    pub(super) fn with_word(&self, word: &str) -> Vec<(usize, Span)> {
        let forms = Forms::new(word);
        let all = forms.all().chain(self.derived(word));
        let found = all.filter_map(|form| self.by_word.get(form)).flatten();
        let mut found: Vec<Occurrence> = found.copied().collect();
        found.sort_unstable();
        found.dedup_by_key(|found| found.sentence);
        found.into_iter().map(|found| (found.sentence as usize, found.span)).collect()
    }

    /// Returns whether the sources contain a word, another form or spelling of the same name (`Japan`, `Japanese`), or
    /// a longer word that it may abbreviate.
    pub(super) fn has_word(&self, word: &str) -> bool {
        if Forms::new(word).all().any(|form| self.is_in_vocabulary(form)) {
            return true;
        }
        let length = word.chars().count();
        if length < LEAST_DERIVED {
            return false;
        }
        // "Calif." for "California".
        let longer = self.vocabulary_from(word).first();
        longer.is_some_and(|w| w.starts_with(word) && w.chars().count() > length + 2)
            || self.derived(word).next().is_some()
            || self.folded.contains(&person::fold(word))
    }

    /// Returns whether a word of the sources begins with the stem of a word, because many languages decline names. The
    /// stem is the word without its last three letters, but at least its first four letters.
    pub(super) fn has_inflected(&self, word: &str) -> bool {
        const LONGEST_ENDING: usize = 3;
        let length = word.chars().count();
        let stem = word.chars().take(length.saturating_sub(LONGEST_ENDING).max(LEAST_DERIVED));
        let stem: String = stem.collect();
        // Accents may differ: "México" and "mexicano".
        length >= LEAST_DERIVED && [person::fold(&stem), stem].iter().any(|stem| self.begins(stem))
    }

    /// Returns whether a word of the sources begins with these letters.
    fn begins(&self, stem: &str) -> bool {
        self.vocabulary_from(stem).first().is_some_and(|word| word.starts_with(stem))
    }

    /// Returns whether the sources may contain a designation such as "Mi-24" in another notation: they contain its
    /// letters as a word, but never with digits directly after them.
    pub(super) fn may_have_designation(&self, name: &str) -> bool {
        let letters = name.trim_end_matches(|c: char| !c.is_alphabetic());
        let letters = letters.split(|c: char| c.is_ascii_digit()).next().unwrap_or(letters);
        let with_letters = self.vocabulary_from(letters).iter();
        let mut rest = with_letters.map_while(|word| word.strip_prefix(letters));
        let has_digits = rest.any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        self.is_in_vocabulary(letters) && !has_digits
    }

    /// Returns the words of the sources that differ from a word only by an ending: `Canada` and `Canadian`.
    fn derived<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        const LONGEST_ENDING: usize = 4;
        let length = word.chars().count();
        let stem = word.chars().take(length.saturating_sub(LONGEST_ENDING).max(LEAST_DERIVED));
        let stem: String = stem.collect();
        let from = if length < LEAST_DERIVED { &[] } else { self.vocabulary_from(&stem) };
        let like = from.iter().map(String::as_str).take_while(move |w| w.starts_with(&stem));
        like.filter(move |w| *w != word && are_derived(w, word))
    }

    fn is_in_vocabulary(&self, word: &str) -> bool {
        self.vocabulary_from(word).first().is_some_and(|first| first == word)
    }

    /// Returns the words of the vocabulary that sort at or after a word.
    fn vocabulary_from(&self, word: &str) -> &[String] {
        &self.vocabulary[self.vocabulary.partition_point(|known| known.as_str() < word)..]
    }

    /// Returns whether the sources abbreviate a word to its first three to five letters: `Fed` for `Federal`.
    pub(super) fn has_short_form(&self, word: &str) -> bool {
        let ends = word.char_indices().map(|(at, _)| at).filter(|at| (3..word.len()).contains(at));
        ends.into_iter().any(|end| self.short_names.contains(slice(word, 0, end)))
    }

    /// Returns whether the sources abbreviate a name to its initials or, if it is a single word, to some of its
    /// letters: `N.Y.` for `New York`, `Pa.` for `Pennsylvania`.
    pub(super) fn has_abbreviation(&self, words: &[String]) -> bool {
        let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
        let [.., last] = words else { return false };
        self.abbreviations.contains(&initials)
            || words.len() == 1 && self.abbreviations.iter().any(|short| shortens(short, last))
    }

    /// Returns whether the sources contain a name or another short run of words with these initials.
    pub(super) fn has_initials(&self, acronym: &str) -> bool {
        self.initials.contains(&acronym.to_lowercase())
    }

    /// Returns whether the sources contain the initials of these words as a word.
    pub(super) fn has_acronym_of(&self, words: &[String]) -> bool {
        let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
        initials.chars().count() >= 2 && self.is_in_vocabulary(&initials)
    }
}

/// Groups of words for one country, party or the like. They relate words such as "France" and "French", which
/// [`are_derived`] does not.
const EQUAL: &[&[&str]] = &[
    &["us", "u", "america", "american", "americans", "states", "usa"],
    &["uk", "britain", "british", "briton", "britons", "england", "english"],
    &["eu", "europe", "european"],
    &["un", "nations"],
    &["france", "french"],
    &["spain", "spanish", "spaniards"],
    &["netherlands", "dutch", "holland"],
    &["greece", "greek", "greeks"],
    &["switzerland", "swiss"],
    &["wales", "welsh"],
    &["denmark", "danish", "danes"],
    &["poland", "polish", "poles"],
    &["turkey", "turkish", "turks"],
    &["ireland", "irish"],
    &["finland", "finnish", "finns"],
    &["norway", "norwegian", "norwegians"],
    &["portugal", "portuguese"],
    &["scotland", "scottish", "scots"],
    &["thailand", "thai", "thais"],
    &["philippines", "philippine", "filipino", "filipinos"],
    &["afghanistan", "afghan", "afghans"],
    &["uzbekistan", "uzbek", "uzbeks"],
    &["cyprus", "cypriot", "cypriots"],
    &["iceland", "icelander", "icelanders"],
    &["peru", "peruvian", "peruvians"],
    &["congo", "congolese"],
    &["congress", "congressional"],
    &["gop", "republican", "republicans"],
    &["twitter", "tweet", "tweets", "tweeted", "tweeting", "x"],
];

/// Returns whether a word is in one of the groups of [`EQUAL`].
pub(super) fn has_equal(word: &str) -> bool {
    !Forms::new(word).others.is_empty()
}

/// The minimum number of initial letters that a name and its derivative share.
const LEAST_DERIVED: usize = 4;

/// Returns whether two words are equal, or differ only by an ending, like a name and its derivative.
pub(super) fn are_derived(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    a == b || (shared >= LEAST_DERIVED && longer - shared <= 4 && is_derived(a, b, shared))
}

/// Returns whether two words differ only by the endings of a name and its derivative after their first `shared`
/// letters: `Iran`, `Iranian`.
fn is_derived(a: &str, b: &str, shared: usize) -> bool {
    const ENDINGS: &[&str] = &[
        "", "s", "n", "an", "ian", "ese", "i", "ish", "ic", "ans", "ians", "is", "er", "ers", "a",
        "ia", "y", "es", "e", "al", "ies", "ns", "o", "os", "on", "en", "um", "stan",
    ];
    let rest = |w: &str| w.chars().skip(shared).collect::<String>();
    ENDINGS.contains(&rest(a).as_str()) && ENDINGS.contains(&rest(b).as_str())
}

/// Returns a word in lower case, with straight apostrophes.
fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.to_lowercase().replace('’', "'")
}

/// The initials of runs of words.
#[derive(Default)]
struct Initials {
    /// Runs of up to [`Initials::PACKED`] letters, stored as numbers because there are many. Looked up, never iterated.
    short: FxHashSet<u128>,
    long: BTreeSet<String>,
}

impl Initials {
    /// The maximum number of letters that fit into a `u128`.
    const PACKED: usize = 6;

    /// Adds the initials of a name of at least two words, and those of each run of two or more words with which it
    /// begins.
    fn of_name(&mut self, words: &[String]) {
        let letters: Vec<char> = words.iter().filter_map(|w| w.chars().next()).collect();
        for end in 2..=letters.len() {
            if end <= Self::PACKED {
                self.short.insert(packed(&letters[..end]));
            } else {
                self.long.insert(letters[..end].iter().collect());
            }
        }
    }

    /// Adds the initials of each run of two to five words, skipping function words: `cdc` for "Centers for Disease
    /// Control".
    fn over_small_words(&mut self, words: &[String]) {
        let content: Vec<char> = words
            .iter()
            .filter(|w| {
                !matches!(
                    w.as_str(),
                    "of" | "the" | "for" | "and" | "de" | "la" | "des" | "du" | "on" | "in"
                )
            })
            .filter_map(|w| w.chars().next())
            .collect();
        for n in 2..=5 {
            self.short.extend(content.windows(n).map(packed));
        }
    }

    fn contains(&self, letters: &str) -> bool {
        let all: Vec<char> = letters.chars().collect();
        if all.len() <= Self::PACKED {
            self.short.contains(&packed(&all))
        } else {
            self.long.contains(letters)
        }
    }
}

/// Packs up to [`Initials::PACKED`] letters into a number that no other run of letters has.
fn packed(letters: &[char]) -> u128 {
    const BITS: u32 = 21;
    letters.iter().fold(0, |number, letter| number << BITS | u128::from(u32::from(*letter)))
}

/// Returns the abbreviations of two to five letters that follow a comma, hyphen or opening bracket in a text, in lower
/// case and without full stops.
///
/// In other positions, an abbreviation is usually a title: "Mr." in "Mr. Quist" is not short for Mercer.
fn abbreviations(text: &str) -> Vec<String> {
    const LONGEST: usize = 5;
    let words = text.split_whitespace().collect::<Vec<_>>();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let behind_comma = at > 0 && words[at - 1].ends_with(',');
        let tail = word.rsplit(['-', '–', '(']).next().unwrap_or("");
        let (short, _) = tail.rsplit_once('.').unwrap_or(("", ""));
        let letters: String = short.chars().filter(|c| *c != '.').collect();
        let is_short = (2..=LONGEST).contains(&letters.chars().count())
            && letters.starts_with(char::is_uppercase)
            && letters.chars().all(char::is_alphabetic);
        if is_short && (behind_comma || tail.len() < word.len()) {
            found.push(letters.to_lowercase());
        }
    }
    found
}

/// Returns whether an abbreviation has at most half the letters of a word and its letters occur in the word in the same
/// order, beginning with the first letter: `pa` for `pennsylvania`.
fn shortens(short: &str, word: &str) -> bool {
    let mut rest = word.chars();
    short.chars().next() == word.chars().next()
        && short.chars().count() * 2 <= word.chars().count()
        && short.chars().all(|c| rest.any(|d| d == c))
}

/// A word and the other words of its group in [`EQUAL`].
struct Forms<'w> {
    word: &'w str,
    others: &'static [&'static str],
}

impl<'w> Forms<'w> {
    fn new(word: &'w str) -> Self {
        let others = EQUAL.iter().find(|forms| forms.contains(&word)).copied().unwrap_or_default();
        Self { word, others }
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().copied().filter(|other| *other != self.word);
        std::iter::once(self.word).chain(others)
    }
}

fn day(published: Published) -> jiff::civil::Date {
    match published {
        Published::Moment(at, offset) => offset.to_datetime(at).date(),
        Published::Day(day) => day,
    }
}

#[cfg(test)]
mod tests {
    use super::{Forms, abbreviations, are_derived, is_derived, shortens};

    #[test]
    fn places_are_known_by_their_abbreviations() {
        let text = "Ada Quist, D-N.Y., and Mark Orr, R-Ark., met Mr. Venn in Selm, Pa., on Friday.";
        assert_eq!(abbreviations(text), ["ny", "ark", "pa"]);
        assert!(shortens("pa", "pennsylvania") && shortens("ark", "arkansas"));
        assert!(!shortens("ark", "alaska") && !shortens("or", "orr"));
    }

    #[test]
    fn derived_names() {
        for (country, people) in [
            ("iran", "iranian"),
            ("japan", "japanese"),
            ("mexico", "mexican"),
            ("israel", "israeli"),
            ("sweden", "swedish"),
            ("morocco", "moroccan"),
            ("lebanon", "lebanese"),
            ("belgium", "belgian"),
            ("chile", "chilean"),
            ("kazakhstan", "kazakh"),
            ("hungary", "hungarian"),
        ] {
            assert!(are_derived(country, people), "{country} {people}");
        }
        for (country, people) in
            [("norway", "norwegian"), ("peru", "peruvian"), ("france", "french")]
        {
            assert!(Forms::new(country).all().any(|form| form == people), "{country} {people}");
        }
        assert!(!is_derived("dawson", "dawes", 3));
    }
}
