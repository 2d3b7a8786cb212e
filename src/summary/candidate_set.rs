//! The candidate set of a story: the prose sentences of its independent articles, with everything about them that
//! depends neither on the budget nor on the constraints.
//!
//! Reading a story is the expensive part of a summary, so it is done once; [`solve`](crate::summary::solve) then
//! chooses from the same set for any budget and any constraints. Articles are sorted by id, so that the result does not
//! depend on the order of the input.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx, Block, Published};
use crate::budget;
use crate::language::Language;
use crate::parallel;
use crate::score::Score;
use crate::span::Span;
use crate::stories::{Story, commentary};
use crate::summary::concepts::Concepts;
use crate::summary::context_dependence::{self, Leaning};
use crate::summary::definite_np;
use crate::summary::feature::document_frequency;
use crate::summary::feature::form::Form;
use crate::summary::feature::news::NewsWords;
use crate::summary::feature::topicality::Topic;
use crate::summary::filters::{self, Unfit};
use crate::summary::interview;
use crate::summary::method::coverage::Model;
use crate::summary::temporal_deixis::{self, Anchor};
use crate::summary::token_buffer::Wording;
use crate::summary::{Method, Params, SentenceRef, method};
use crate::text::quotemarks::{self, Balance, Region};
use crate::text::{Collection, Document, Sentence, TermId, Token, TokenKind, packs};

/// The sentences from which the summaries of a story are made.
#[derive(Debug)]
pub struct CandidateSet<'c> {
    /// The articles and their annotations.
    pub(crate) collection: &'c Collection,
    /// The method and its parameters.
    pub(crate) params: Params,
    /// Every article of the story, including near-copies.
    pub(crate) members: Vec<ArticleIx>,
    /// The article whose title is the headline.
    pub(crate) headline: ArticleIx,
    /// Groups of near-copies; the first of each group represents the others.
    pub(crate) near_copies: Vec<Vec<ArticleIx>>,
    /// The independent articles, in the order of their ids.
    pub(crate) articles: Vec<ArticleSlice>,
    /// The prose sentences, article by article.
    pub(crate) candidates: Vec<Candidate>,
    /// The concepts of each candidate.
    pub(crate) concepts: Concepts,
    /// For each candidate, the weight that it adds to every concept that no earlier sentence of its article contains.
    pub(crate) tellings: Vec<f64>,
    /// The news score of each candidate, and the words on which it is based.
    pub(crate) news: NewsWords,
    /// The share of the topic's words that each candidate contains.
    pub(crate) topic: Topic,
    /// The weights of concepts and candidates in the default method; empty for the other methods.
    pub(crate) coverage: Model,
    /// For each candidate, the first candidate with the same text, which may be itself. Sentences recur because outlets
    /// copy agency reports and live blogs repeat themselves.
    pub(crate) same_as: Vec<usize>,
    /// The verdicts of the rules that depend on the wording; computed on demand, because few sentences of a large
    /// story are examined.
    judged: Vec<OnceLock<Option<Unfit>>>,
    /// Whether each candidate probably needs another sentence to be understood; also computed on demand.
    pointing: Vec<OnceLock<bool>>,
}

/// The candidates of one article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArticleSlice {
    /// The index of the article.
    pub(crate) article: ArticleIx,
    /// The index of its first candidate.
    pub(crate) first: usize,
    /// The index just past its last candidate.
    pub(crate) end: usize,
    /// The number of words in its prose.
    pub(crate) words: usize,
    /// The number of days by which it is older than the newest article of the story, at most three.
    pub(crate) days_old: f64,
    /// Its probability of being commentary, minus the lowest such probability in the story.
    pub(crate) commentary: f64,
}

impl ArticleSlice {
    /// Returns the number of candidates.
    pub(crate) const fn len(&self) -> usize {
        self.end - self.first
    }
}

/// A prose sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Its position in the collection.
    pub(crate) at: SentenceRef,
    /// Its article, as an index into [`CandidateSet::articles`].
    pub(crate) slice: usize,
    /// Its number of words.
    pub(crate) words: usize,
    /// Its form.
    pub(crate) form: Form,
    /// Whether it refers to days relative to the date of its article, such as "today" and "yesterday".
    pub(crate) is_of_its_day: bool,
    /// How it depends on the preceding sentence.
    pub(crate) leaning: Option<Leaning>,
    /// Whether it belongs to a question of an interview or explainer, which is shown only before its answer.
    pub(crate) is_lead_in: bool,
    /// The verdict of the rules that do not depend on the wording; see [`CandidateSet::unfit`].
    pub(crate) unfit: Option<Unfit>,
}

impl<'c> CandidateSet<'c> {
    /// Reads the sentences of a story. `topic` holds the words of a topic that the summaries should favor.
    pub fn new(
        collection: &'c Collection,
        story: &Story,
        params: &Params,
        topic: Option<&str>,
    ) -> Self {
        let mut articles = story.independent();
        articles.sort_by(|&a, &b| collection.articles[a].id.cmp(&collection.articles[b].id));
        let several = articles.len() > 1;
        let mut set = Self {
            collection,
            params: params.clone(),
            members: story.articles.clone(),
            headline: story.headline,
            near_copies: story.duplicates.clone(),
            articles: Vec::with_capacity(articles.len()),
            candidates: Vec::new(),
            concepts: Concepts::default(),
            tellings: Vec::new(),
            news: NewsWords::default(),
            topic: Topic::default(),
            coverage: Model::default(),
            same_as: Vec::new(),
            judged: Vec::new(),
            pointing: Vec::new(),
        };
        let day = |article: ArticleIx| collection.articles[article].published.map(Published::day);
        let newest = articles.iter().filter_map(|&article| day(article)).max();
        let read = |&article: &ArticleIx| candidates_in(collection, article, several);
        let found = parallel::map_in_order(&articles, read);
        let commentaries = commentaries(collection, &articles);
        for ((candidates, article), commentary) in
            found.into_iter().zip(&articles).zip(commentaries)
        {
            set.push(candidates, *article, newest, commentary);
        }
        set.same_as = first_of_each_text(collection, &set.candidates);
        set.judged.resize_with(set.candidates.len(), OnceLock::new);
        set.pointing.resize_with(set.candidates.len(), OnceLock::new);
        set.tellings = document_frequency::tellings(&set.articles);
        let scope = method::scope(params.method);
        set.concepts =
            Concepts::new(collection, &set.articles, &set.candidates, scope, &set.tellings);
        set.news = NewsWords::new(&set);
        set.topic = Topic::new(&set, topic);
        if params.method == Method::Auto {
            set.coverage = Model::new(&set);
        }
        set
    }

    /// Returns whether a sentence depends on the preceding one.
    pub(crate) fn leans(&self, at: SentenceRef) -> bool {
        let mut candidates = self.candidates.iter();
        candidates.find(|c| c.at == at).is_some_and(|c| c.leaning.is_some())
    }

    /// Returns whether a sentence starts with a definite noun phrase ("The poll comes …") that is known from its
    /// article but neither from the sentences shown before it nor from the headline. `headline` holds the headline's
    /// terms, sorted.
    pub(crate) fn takes_as_known(
        &self,
        at: SentenceRef,
        before: &[SentenceRef],
        headline: &[TermId],
    ) -> bool {
        let number = |at: SentenceRef| self.candidates.iter().position(|c| c.at == at);
        let before: Vec<usize> = before.iter().filter_map(|&at| number(at)).collect();
        number(at).is_some_and(|entry| definite_np::takes_as_known(self, entry, &before, headline))
    }

    /// Returns whether any sentence can be shown, even a poor one.
    pub fn is_showable(&self) -> bool {
        (0..self.candidates.len()).any(|c| !self.is_out(c))
    }

    /// Returns the most frequent reason why the sentences of a set without a showable sentence must not be shown;
    /// `None` if there are no sentences.
    pub fn main_objection(&self) -> Option<Unfit> {
        let mut counts: BTreeMap<Unfit, usize> = BTreeMap::new();
        for (number, candidate) in self.candidates.iter().enumerate() {
            let unfit = candidate.unfit.filter(|unfit| unfit.is_final());
            if let Some(unfit) = unfit.or_else(|| self.judged(number, candidate.at)) {
                *counts.entry(unfit).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(unfit, n)| (*n, Reverse(*unfit))).map(|(unfit, _)| unfit)
    }

    /// Returns whether there is a topic but no sentence contains any of its words.
    pub fn is_off_topic(&self) -> bool {
        self.topic.is_unmet()
    }

    /// Returns the sentences of the questions in interviews and explainers, sorted.
    pub(crate) fn lead_ins(&self) -> Vec<SentenceRef> {
        let questions = self.candidates.iter().filter(|c| c.is_lead_in);
        let mut questions: Vec<SentenceRef> = questions.map(|c| c.at).collect();
        questions.sort_unstable();
        questions
    }

    /// Returns the sentences that depend on the preceding one because they belong to an answer in an interview or
    /// explainer, or continue a question, sorted.
    pub(crate) fn answers(&self) -> Vec<SentenceRef> {
        let answers = self.candidates.iter().filter(|c| c.leaning == Some(Leaning::Answer));
        let mut answers: Vec<SentenceRef> = answers.map(|c| c.at).collect();
        answers.sort_unstable();
        answers
    }

    /// Returns the position of a candidate among the candidates of its article.
    pub(crate) fn place(&self, candidate: usize) -> usize {
        candidate - self.articles[self.candidates[candidate].slice].first
    }

    /// Returns the date relative to which the day words in a candidate must be resolved, if any.
    pub(crate) fn anchor(&self, candidate: usize) -> Option<Anchor> {
        temporal_deixis::anchor(self, &self.candidates[candidate])
    }

    /// Returns why a candidate is unfit for a summary, if it is.
    pub(crate) fn unfit(&self, candidate: usize) -> Option<Unfit> {
        let Candidate { at, unfit, is_lead_in, .. } = self.candidates[candidate];
        if is_lead_in {
            return unfit;
        }
        unfit.or_else(|| self.judged(candidate, at))
    }

    /// Returns whether a candidate must not be shown even if no other candidate is left.
    pub(crate) fn is_out(&self, candidate: usize) -> bool {
        let Candidate { at, unfit, .. } = self.candidates[candidate];
        unfit.is_some_and(Unfit::is_final)
            || self.judged(candidate, at).is_some_and(Unfit::is_final)
    }

    /// Returns whether a candidate probably refers to something outside itself.
    pub(crate) fn points_elsewhere(&self, candidate: usize) -> bool {
        *self.pointing[candidate].get_or_init(|| {
            let at = self.candidates[candidate].at;
            let language = self.collection.corpus.documents[at.article].language;
            let text = self.collection.sentence_text(at.article, at.sentence);
            let mut wording = Wording::new(language);
            wording.fill(text);
            context_dependence::points_elsewhere(text, &wording, language)
        })
    }

    /// Returns the verdict of the rules that depend on the wording.
    fn judged(&self, candidate: usize, at: SentenceRef) -> Option<Unfit> {
        *self.judged[candidate].get_or_init(|| {
            let language = self.collection.corpus.documents[at.article].language;
            let text = self.collection.sentence_text(at.article, at.sentence);
            let mut wording = Wording::new(language);
            wording.fill(text);
            // No prose precedes the first candidate of an article, so it can only refer to something within itself.
            let points_back =
                |unfit: &Unfit| *unfit == Unfit::PointsBack && self.place(candidate) == 0;
            let unfit = filters::unfit_by_words(text, &wording, language);
            unfit.filter(|unfit| !points_back(unfit)).or_else(|| {
                let (next, is_same_block) = self.next(at)?;
                wording.fill(next);
                let is_caption = is_same_block && filters::starts_with_credit(next, &wording);
                (is_caption || filters::names_a_post(next)).then_some(Unfit::Promo)
            })
        })
    }

    /// Returns the text of the next sentence of the article, and whether it is in the same paragraph.
    fn next(&self, at: SentenceRef) -> Option<(&'c str, bool)> {
        let sentences = &self.collection.corpus.documents[at.article].sentences;
        let is_same = sentences.get(at.sentence + 1)?.block == sentences.get(at.sentence)?.block;
        Some((self.collection.sentence_text(at.article, at.sentence + 1), is_same))
    }

    /// Returns whether the story has several independent articles.
    pub(crate) const fn has_several_articles(&self) -> bool {
        self.articles.len() > 1
    }

    fn push(
        &mut self,
        candidates: Vec<Candidate>,
        article: ArticleIx,
        newest: Option<Date>,
        commentary: f64,
    ) {
        let (first, slice) = (self.candidates.len(), self.articles.len());
        let words = candidates.iter().map(|c| c.words).sum();
        self.candidates.extend(candidates.into_iter().map(|c| Candidate { slice, ..c }));
        let published = self.collection.articles[article].published;
        let days_old = Published::days_behind(published, newest);
        let end = self.candidates.len();
        self.articles.push(ArticleSlice { article, first, end, words, days_old, commentary });
    }
}

/// Returns, for each article, its probability of being commentary minus the lowest such probability among the articles.
fn commentaries(collection: &Collection, articles: &[ArticleIx]) -> Vec<f64> {
    if articles.len() < 2 {
        return vec![0.0; articles.len()];
    }
    let of_article = |&article: &ArticleIx| {
        let document = &collection.corpus.documents[article];
        Score::new(commentary::probability(&collection.articles[article], document))
    };
    let found = parallel::map_in_order(articles, of_article);
    let plainest = found.iter().min().copied().unwrap_or_default();
    found.into_iter().map(|score| score.value() - plainest.value()).collect()
}

/// Returns, for each candidate, the first candidate with the same text.
fn first_of_each_text(collection: &Collection, candidates: &[Candidate]) -> Vec<usize> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let text = |entry: &Candidate| collection.sentence_text(entry.at.article, entry.at.sentence);
    candidates.iter().enumerate().map(|(at, e)| *first.entry(text(e)).or_insert(at)).collect()
}

/// Returns the prose sentences of an article; the caller sets their slice.
fn candidates_in(collection: &Collection, article: ArticleIx, several: bool) -> Vec<Candidate> {
    let document = &collection.corpus.documents[article];
    let blocks = &collection.articles[article].blocks;
    let mut wording = Wording::new(document.language);
    let mut candidates = Vec::with_capacity(document.sentences.len());
    let mut paragraph = Paragraph::default();
    let mut n_ended = 0;
    let is_first_person = first_person_terms(document);
    let is_day = day_terms(document);
    let body = start_of_body(collection, article);
    for (sentence, s) in document.sentences.iter().enumerate() {
        let Some(block) = blocks.get(s.block as usize).filter(|b| b.kind.is_prose()) else {
            continue;
        };
        let text = collection.sentence_text(article, sentence);
        let at = SentenceRef { article, sentence };
        let words = budget::words(text);
        paragraph.enter(&collection.articles[article].text, s.block, block.span);
        let is_cut = paragraph.cuts(s.span) || quotemarks::balance(text) != Balance::Even;
        let unfit = if is_cut {
            Some(Unfit::HalfQuotation)
        } else {
            filters::unfit(text, words, document.language, several)
        };
        let unfit = unfit.or((s.block < body).then_some(Unfit::Promo)).or(is_empty(
            &collection.articles[article].text,
            s,
            document,
        )
        .then_some(Unfit::Empty));
        let is_of_its_day = document.tokens_of(s).iter().any(|t| is_day[t.term.0 as usize]);
        let form = form(text, *s, document, &is_first_person);
        let leaning = if candidates.is_empty() {
            context_dependence::detect_in_first(text, &mut wording)
        } else {
            context_dependence::detect(text, &mut wording)
        };
        n_ended += usize::from(filters::has_end(text, document.language));
        candidates.push(Candidate {
            at,
            slice: 0,
            words,
            form,
            is_of_its_day,
            leaning,
            is_lead_in: false,
            unfit,
        });
    }
    interview::arrange(collection, blocks, document, &mut candidates);
    admit_second(collection, document.language, &mut candidates);
    if MOSTLY_ENDED * candidates.len() as f64 <= n_ended as f64 {
        refuse_without_end(collection, document.language, &mut candidates);
    }
    candidates
}

/// Returns whether a sentence consists of at least [`SHORTEST_EMPTY`] function words and at most one content word,
/// without a name or figure: "That is how it has always been."
fn is_empty(text: &str, sentence: &Sentence, document: &Document) -> bool {
    let tokens = document.tokens_of(sentence);
    let is_capital = |token: &Token| token.span.slice(text).starts_with(char::is_uppercase);
    let content = tokens.iter().filter(|token| token.kind != TokenKind::Stop);
    let n_stop = tokens.iter().filter(|token| token.kind == TokenKind::Stop).count();
    SHORTEST_EMPTY <= n_stop
        && content.clone().count() <= MOST_CONTENT_OF_EMPTY
        && content.clone().all(|token| token.kind == TokenKind::Word)
        && !tokens.iter().skip(1).any(is_capital)
}

/// The minimum number of function words in an empty sentence.
const SHORTEST_EMPTY: usize = 6;

/// The maximum number of content words in an empty sentence.
const MOST_CONTENT_OF_EMPTY: usize = 1;

/// Admits a short second sentence in an article of two sentences, because the two are the whole report: "Nobody was
/// hurt." The first sentence must be fit, and the second must be a statement of at least [`FEWEST_WORDS`] words.
fn admit_second(collection: &Collection, language: Language, candidates: &mut [Candidate]) {
    let [first, second] = candidates else { return };
    let text = collection.sentence_text(second.at.article, second.at.sentence);
    let is_statement = first.unfit.is_none()
        && second.unfit == Some(Unfit::Short)
        && FEWEST_WORDS <= second.words
        && filters::is_statement(text, language);
    if is_statement {
        second.unfit = None;
    }
}

/// The minimum number of words in a short second sentence; a shorter one is probably a label ("Read more.").
const FEWEST_WORDS: usize = 3;

/// Returns, for each term of a document, whether it is a first-person word: "we", "my".
fn first_person_terms(document: &Document) -> Vec<bool> {
    let data = packs::discourse(document.language);
    let speaks = |term| data.is_some_and(|data| data.first_person.contains(term));
    document.terms().map(speaks).collect()
}

/// Returns, for each term of a document, whether it names a day relative to the date of the article: "today".
fn day_terms(document: &Document) -> Vec<bool> {
    let data = packs::discourse(document.language);
    let counts = |term| data.is_some_and(|data| data.relative_days.contains(term));
    document.terms().map(counts).collect()
}

/// Returns the index of the block at which the body of an article starts; 0 if nothing before the body is recognized.
///
/// If a line near the top repeats the title, anything before it is a teaser, a caption or the like. The title may also
/// be repeated at the end of the first block, which then precedes the body: "The pier on Monday. | AP Photo Council
/// shuts pier", "The pier on Monday. Council shuts pier".
fn start_of_body(collection: &Collection, article: ArticleIx) -> u32 {
    let article = &collection.articles[article];
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = letters(&article.title);
    if title.len() < SHORTEST_TITLE {
        return 0;
    }
    let is_title = |block: &Block| {
        block.span.len() <= LONGEST_LINE * article.title.len()
            && letters(block.span.slice(&article.text)) == title
    };
    let head = article.blocks.get(..BLOCKS_OF_HEAD.min(article.blocks.len())).unwrap_or_default();
    let found = head.iter().position(is_title);
    found.map_or_else(|| u32::from(ends_with_title(article)), |at| at as u32)
}

/// Returns whether the first block ends with a variant of the title that follows another sentence and does not itself
/// end with a punctuation mark.
fn ends_with_title(article: &Article) -> bool {
    let Some(block) = article.blocks.first() else { return false };
    let text = block.span.slice(&article.text);
    let words = |text: &str| -> BTreeSet<String> {
        let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let content = all.map(str::to_lowercase);
        content.filter(|word| !packs::stop_words(article.lang).contains(word.as_str())).collect()
    };
    let Some((_, tail)) = text.rsplit_once(". ") else { return false };
    if filters::has_end(tail, article.lang) {
        return false;
    }
    let (title, tail) = (words(&article.title), words(tail));
    let shared = tail.intersection(&title).count();
    LEAST_SHARED <= shared && shared as f64 >= SHARE_OF_TITLE * tail.len() as f64
}

/// The minimum number of content words at the end of the first block that must also be in the title.
const LEAST_SHARED: usize = 2;

/// The minimum share of the content words at the end of the first block that must also be in the title.
const SHARE_OF_TITLE: f64 = 2.0 / 3.0;

/// The number of blocks at the top of an article that are searched for a line that repeats the title.
const BLOCKS_OF_HEAD: usize = 8;

/// The minimum length in bytes of a title that is searched for, counting only its letters and digits.
const SHORTEST_TITLE: usize = 12;

/// The maximum length of a block that repeats the title, as a multiple of the title's length in bytes.
const LONGEST_LINE: usize = 2;

/// Determines the form of a sentence.
fn form(text: &str, sentence: Sentence, document: &Document, is_first_person: &[bool]) -> Form {
    let has_marks = text.contains(quotemarks::is_double_mark);
    let whole = Span::new(0, text.len());
    let quoted = if has_marks { quotemarks::quoted(text, whole) } else { Vec::new() };
    let inside: usize = quoted.iter().map(|span| span.len()).sum();
    let is_spoken = |token: &Token| {
        let start = token.span.start() - sentence.span.start();
        is_first_person[token.term.0 as usize]
            && !quoted.iter().any(|q| (q.start()..q.end()).contains(&start))
    };
    Form {
        is_mostly_quoted: text.len() < 2 * inside,
        exclaims: text.trim_end().ends_with(['!', '！']),
        is_first_person: document.tokens_of(&sentence).iter().any(is_spoken),
    }
}

/// If at least this share of an article's sentences have an end mark ([`filters::has_end`]), the others are taken to be
/// captions, teasers or labels.
const MOSTLY_ENDED: f64 = 0.8;

fn refuse_without_end(collection: &Collection, language: Language, candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut().filter(|c| c.unfit.is_none()) {
        let text = collection.sentence_text(candidate.at.article, candidate.at.sentence);
        if !filters::has_end(text, language) {
            candidate.unfit = Some(Unfit::NoEnd);
        }
    }
}

/// The quotations in the paragraph being read.
///
/// A sentence in the middle of a quotation has no quotation marks of its own and may look like a sentence in the
/// reporter's own words. An example is the second sentence of the quotation "It was hot. Nobody came. We left."
#[derive(Debug, Default)]
struct Paragraph {
    /// The number of its block, starting at 1; 0 before the first block.
    block: u32,
    regions: Vec<Region>,
}

impl Paragraph {
    /// Finds the quotations in the block of the next sentence, unless the block is the same as before.
    fn enter(&mut self, text: &str, block: u32, span: Span) {
        if self.block == block + 1 {
            return;
        }
        self.block = block + 1;
        let has_marks = span.slice(text).contains(quotemarks::may_open);
        self.regions = if has_marks { quotemarks::regions(text, span) } else { Vec::new() };
    }

    /// Returns whether a quotation crosses the start or end of a sentence.
    fn cuts(&self, sentence: Span) -> bool {
        let first = self.regions.partition_point(|r| r.outer.end() <= sentence.start());
        let rest = self.regions.iter().skip(first);
        let mut within = rest.take_while(|r| r.outer.start() < sentence.end());
        within.any(|r| r.outer.start() < sentence.start() || sentence.end() < r.outer.end())
    }
}
