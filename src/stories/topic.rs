//! Decides which stories are about a topic that the user gives.
//!
//! The relevance of an article is its BM25 score (Robertson and Zaragoza, *The Probabilistic Relevance Framework*,
//! 2009) for the words of the topic. Title words count several times, as in BM25F, and the rarity of a word is computed
//! from the articles of the run and from general text. The score is divided by the score of an article whose title
//! contains every word of the topic once, so that one threshold suits topics of one word and topics of ten.
//!
//! If the topic has only a name, of several words, two thirds of the words must occur in one place: in the title and
//! the lede together, or in one sentence. An article on the police that mentions some other reform is not about `police
//! reform`. If the topic lists words or phrases, they are alternatives: the score is divided by the score of an article
//! whose title contains one and a half of them, so a single mention in the text is usually not enough.
//!
//! The relevance of a story is the mean relevance of the more relevant half of its independent members, so a stray
//! mention in one of many articles is not enough.

use crate::article::{Article, ArticleIx};
use crate::language::Language;
use crate::score::{self, Score};
use crate::stories::Story;
use crate::stories::general_text::GeneralText;
use crate::text::{Collection, Document, LocalTerm, Token, TokenKind, annotate};

/// A topic, described by words, phrases and names.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Topic {
    /// The name of the topic.
    pub name: String,
    /// Words of the topic, in any inflection. If there are neither words nor phrases, the words of the name are used.
    pub words: Vec<String>,
    /// Phrases of the topic; the words of a phrase must be adjacent, apart from function words.
    pub phrases: Vec<String>,
    /// Words and phrases that exclude an article.
    pub exclude: Vec<String>,
    /// Names and phrases; if there are any, an article must contain at least one of them.
    pub must: Vec<String>,
    /// The minimum relevance of a story. An article whose title contains the whole topic once has a relevance of about
    /// 1. Default: 0.55.
    pub least: f64,
}

impl Topic {
    /// Makes a topic from words, as given on the command line.
    pub fn from_words(words: &str) -> Self {
        Self { name: words.to_owned(), ..Self::default() }
    }

    /// Returns the words and phrases of the topic in one line, or its name if it has neither.
    pub fn in_words(&self) -> String {
        if self.words.is_empty() && self.phrases.is_empty() {
            return self.name.clone();
        }
        [&self.words[..], &self.phrases[..]].concat().join(" ")
    }
}

impl Default for Topic {
    /// Returns an empty topic with the default threshold.
    fn default() -> Self {
        let none = Vec::new;
        let (words, phrases, exclude, must) = (none(), none(), none(), none());
        Self { name: String::new(), words, phrases, exclude, must, least: LEAST }
    }
}

/// The default threshold of relevance.
pub const LEAST: f64 = 0.55;

/// Returns for each story the topic to which it is most relevant, as an index into `topics`, and that relevance; `None`
/// if the story is not relevant enough to any topic.
///
/// On a tie, the first topic is returned.
pub fn assign(
    collection: &Collection,
    stories: &[Story],
    topics: &[Topic],
) -> Vec<Option<(usize, f64)>> {
    let mut best: Vec<Option<(usize, f64)>> = vec![None; stories.len()];
    for (at, topic) in topics.iter().enumerate() {
        let relevance = relevance(collection, topic);
        for (story, best) in stories.iter().zip(&mut best) {
            let found = of_story(story, &relevance);
            if topic.least.max(f64::MIN_POSITIVE) <= found && best.is_none_or(|(_, b)| b < found) {
                *best = Some((at, found));
            }
        }
    }
    best
}

/// Returns the relevance of each article in a collection to a topic; 0 if the article contains an excluded phrase or
/// none of those in [`Topic::must`].
pub fn relevance(collection: &Collection, topic: &Topic) -> Vec<f64> {
    let mut languages: Vec<Language> = collection.articles.iter().map(|a| a.lang).collect();
    languages.sort_unstable();
    languages.dedup();
    let queries: Vec<Query> = languages.iter().map(|&l| Query::new(topic, l)).collect();
    let mut matchers: Vec<Matcher<'_>> =
        queries.iter().map(|query| Matcher::new(collection, query)).collect();
    for matcher in &mut matchers {
        matcher.count(collection);
    }
    let of_article = |article: ArticleIx| {
        let at = languages.binary_search(&collection.articles[article].lang).ok()?;
        Some(matchers[at].relevance(collection, article))
    };
    (0..collection.articles.len()).map(|a| of_article(a).unwrap_or(0.0)).collect()
}

/// Returns the mean relevance of the more relevant half of the independent members of a story.
fn of_story(story: &Story, relevance: &[f64]) -> f64 {
    let mut members: Vec<Score> =
        story.independent().iter().map(|&a| Score::new(relevance[a])).collect();
    members.sort_unstable_by(|a, b| b.cmp(a));
    let half = members.len().div_ceil(2);
    members.iter().take(half).map(|s| s.value()).sum::<f64>() / half.max(1) as f64
}

/// The BM25 parameter `k1`: the higher it is, the more a repeated mention adds.
const SATURATION: f64 = 1.2;
/// The BM25 parameter `b`: the higher it is, the more long articles are penalized.
const LENGTH: f64 = 0.75;
/// The number of mentions in the text that count as much as one mention in the title.
const TITLE: f64 = 3.0;
/// The prior from general text: the number of articles that are added to the run, and the number of words in each of
/// them.
const PRIOR: (f64, f64) = (1000.0, 300.0);

/// A topic as terms in one language: a phrase is a run of several terms, and a word is a run of one term.
struct Query {
    language: Language,
    wanted: Vec<Vec<Box<str>>>,
    /// Whether the wanted runs are the listed words and phrases, which are alternatives, rather than the words of the
    /// name.
    listed: bool,
    exclude: Vec<Vec<Box<str>>>,
    must: Vec<Vec<Box<str>>>,
}

impl Query {
    fn new(topic: &Topic, language: Language) -> Self {
        let runs = |phrases: &[String]| -> Vec<Vec<Box<str>>> {
            phrases.iter().map(|p| terms(p, language)).filter(|run| !run.is_empty()).collect()
        };
        let mut wanted = runs(&topic.phrases);
        let name = std::slice::from_ref(&topic.name);
        let listed = !topic.words.is_empty() || !topic.phrases.is_empty();
        let words = if listed { &topic.words } else { name };
        wanted.extend(words.iter().flat_map(|w| terms(w, language)).map(|term| vec![term]));
        wanted.sort_unstable();
        wanted.dedup();
        Self { language, wanted, listed, exclude: runs(&topic.exclude), must: runs(&topic.must) }
    }
}

/// Returns the content terms of a phrase.
fn terms(phrase: &str, lang: Language) -> Vec<Box<str>> {
    let article = Article { title: phrase.to_owned(), lang, ..Article::default() };
    let document = annotate(&article);
    let content = document.title.iter().filter(|t| t.kind != TokenKind::Stop);
    content.map(|t| document.term(t.term).into()).collect()
}

/// Scores the articles of the query's language.
struct Matcher<'q> {
    query: &'q Query,
    members: Vec<ArticleIx>,
    /// The inverse document frequency of each wanted run.
    rarity: Vec<f64>,
    mean_length: f64,
}

impl<'q> Matcher<'q> {
    fn new(collection: &Collection, query: &'q Query) -> Self {
        let of_language = |&a: &ArticleIx| collection.articles[a].lang == query.language;
        let members = (0..collection.articles.len()).filter(of_language).collect();
        Self { query, members, rarity: Vec::new(), mean_length: 1.0 }
    }

    /// Computes the rarity of each wanted run and the mean length of the articles.
    fn count(&mut self, collection: &Collection) {
        let background = GeneralText::for_language(self.query.language);
        let length = |&a: &ArticleIx| collection.corpus.documents[a].tokens.len() as f64;
        let n = self.members.len() as f64;
        self.mean_length = (self.members.iter().map(length).sum::<f64>() / n.max(1.0)).max(1.0);
        let of_run = |run: &Vec<Box<str>>| {
            let has = |&&a: &&ArticleIx| 0.0 < mentions(&collection.corpus.documents[a], run);
            let count = self.members.iter().filter(has).count() as f64;
            let frequency = run.iter().map(|t| background.frequency(t)).fold(1.0, f64::min);
            let expected = 1.0 - score::exp(-frequency * PRIOR.1);
            score::ln(1.0 + (n + PRIOR.0) / (count + PRIOR.0 * expected + 0.5))
        };
        self.rarity = self.query.wanted.iter().map(of_run).collect();
    }

    /// Returns the score by which all scores are divided: that of an article whose title contains the whole topic, or
    /// [`LISTED`] of the listed words and phrases.
    fn whole(&self) -> f64 {
        let rarity: f64 = self.rarity.iter().sum();
        let runs = self.rarity.len().max(1) as f64;
        let share = if self.query.listed { LISTED / runs } else { 1.0 };
        rarity * share * worth(TITLE, 1.0)
    }

    fn relevance(&self, collection: &Collection, article: ArticleIx) -> f64 {
        let document = &collection.corpus.documents[article];
        let holds = |run: &Vec<Box<str>>| 0.0 < mentions(document, run);
        let ruled_out = self.query.exclude.iter().any(holds)
            || !self.query.must.is_empty() && !self.query.must.iter().any(holds);
        let whole = self.whole();
        if ruled_out || whole <= 0.0 || !self.query.listed && !self.is_in_one_place(document) {
            return 0.0;
        }
        let length = document.tokens.len() as f64 / self.mean_length;
        let part =
            |(run, rarity): (&Vec<Box<str>>, &f64)| rarity * worth(mentions(document, run), length);
        self.query.wanted.iter().zip(&self.rarity).map(part).sum::<f64>() / whole
    }
}

/// The number of sentences at the start of an article that count as its lede.
const LEDE: usize = 3;

impl Matcher<'_> {
    /// Returns whether the title and the lede together, or any single sentence, contain at least two thirds of the
    /// wanted words (two of two, two of three, three of four). A single wanted word may be anywhere.
    fn is_in_one_place(&self, document: &Document) -> bool {
        let wanted = &self.query.wanted;
        let least = (2 * wanted.len()).div_ceil(3);
        if wanted.len() < 2 {
            return true;
        }
        let runs: Vec<LocalTerm> = wanted
            .iter()
            .filter_map(|run| local(document, run))
            .filter_map(|r| r.first().copied())
            .collect();
        let has = |tokens: &[&[Token]]| {
            let found = |run: &&LocalTerm| tokens.iter().any(|t| t.iter().any(|t| t.term == **run));
            least <= runs.iter().filter(found).count()
        };
        let sentences: Vec<&[Token]> =
            document.sentences.iter().map(|s| document.tokens_of(s)).collect();
        let mut opening: Vec<&[Token]> = sentences.iter().take(LEDE).copied().collect();
        opening.push(&document.title);
        least <= runs.len() && (has(&opening) || sentences.iter().any(|sentence| has(&[*sentence])))
    }
}

/// The number of listed words and phrases in the title of the article by whose score all scores are divided.
const LISTED: f64 = 1.5;

/// Returns the BM25 weight of this many mentions in an article; `length` is relative to the mean length.
fn worth(mentions: f64, length: f64) -> f64 {
    let norm = SATURATION * (1.0 - LENGTH + LENGTH * length);
    mentions * (SATURATION + 1.0) / (mentions + norm)
}

/// Returns the number of occurrences of a run of terms in an article; an occurrence in the title counts several times.
fn mentions(document: &Document, run: &[Box<str>]) -> f64 {
    let Some(run) = local(document, run) else { return 0.0 };
    let count = |tokens: &[Token]| {
        let content: Vec<LocalTerm> =
            tokens.iter().filter(|t| t.kind != TokenKind::Stop).map(|t| t.term).collect();
        content.windows(run.len()).filter(|w| **w == *run).count() as f64
    };
    let in_text = if let [only] = *run {
        document.tokens.iter().filter(|t| t.term == only).count() as f64
    } else {
        document.sentences.iter().map(|s| count(document.tokens_of(s))).sum()
    };
    TITLE * count(&document.title) + in_text
}

/// Returns a run of terms as local terms of a document, or `None` if the document lacks one of them.
fn local(document: &Document, run: &[Box<str>]) -> Option<Vec<LocalTerm>> {
    let number =
        |term: &str| document.terms().position(|t| t == term).map(|at| LocalTerm(at as u32));
    run.iter().map(|term| number(term)).collect()
}
