//! One story within a number of words: headline, key quotes and sentences, none of them cut.
//!
//! The sentences come first: they are chosen with room left for the best quotes, then the quotes that do not already
//! stand in one of them, and what the quotes left over goes to the sentences again. Everything that may not be shown
//! is ruled out before sentences are chosen, so that the choice is the best of what may.

use std::collections::BTreeMap;

use crate::article::ArticleIx;
use crate::briefing::build::{Quotations, StoryInput};
use crate::briefing::corroboration::terms_of;
use crate::briefing::count::of_speaker;
use crate::briefing::discrepancies::{Found, differences};
use crate::briefing::model::Section;
use crate::briefing::params::Params;
use crate::budget::{Budget, words};
use crate::quotes::{Confidence, KeyQuote, Place, QuoteKind};
use crate::span::Span;
use crate::stories::Story;
use crate::stories::topic::Topic;
use crate::summary::{self, CandidateSet, Chosen, Considered, Constraints, SentenceRef};
use crate::text::Collection;
use crate::text::quotemarks::is_balanced;

/// The share of a story's words below its headline that the line of background may take.
const BACKGROUND_SHARE: f64 = 0.5;

/// The share of a story's words below its headline that key quotes may take.
const QUOTE_SHARE: f64 = 0.4;

/// The share of a story's words below its headline that differences may take.
const DIFFERENCE_SHARE: f64 = 0.3;

/// At most so many differences are shown of one story.
const MOST_DIFFERENCES: usize = 2;

/// Words that a quoted clause needs to stand by itself.
const LEAST_DIRECT_WORDS: usize = 5;

/// Words that a quoted part of a reporter's sentence needs to stand by itself.
const LEAST_MIXED_WORDS: usize = 8;

/// A story told: what is shown of it.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryPlan {
    /// Whose title is the headline, or which sentence stands in for it.
    pub(super) headline: HeadlineChoice,
    /// What was told of it first, where it was told before.
    pub(super) background: Option<SentenceRef>,
    /// The sentences, in reading order.
    pub(super) sentences: Vec<Chosen>,
    /// The key quotes, by their place in the teller's.
    pub(super) quotes: Vec<usize>,
    /// The differences, by their place in the teller's.
    pub(super) differences: Vec<usize>,
    /// The words of all that.
    pub(super) words: usize,
}

/// Where a headline is taken from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum HeadlineChoice {
    /// No article has a title or a sentence.
    #[default]
    None,
    /// The title of an article.
    Title(ArticleIx),
    /// A sentence, where no article has a title.
    Sentence(SentenceRef),
}

/// A story with what may not be shown of it.
pub(super) struct StoryPlanner<'a> {
    collection: &'a Collection,
    material: &'a StoryInput,
    params: &'a Params,
    /// The sentences that its summaries are chosen from.
    candidates: CandidateSet<'a>,
    /// What the story quotes.
    pub(super) quotes: &'a Quotations,
    /// Whose title is the headline.
    pub(super) headline: HeadlineChoice,
    /// Where its sources differ.
    pub(super) differences: Vec<Found>,
    /// Sentences that may never be chosen, sorted.
    without: Vec<SentenceRef>,
    /// Words that may still be taken from each article, where that is limited.
    allowances: BTreeMap<ArticleIx, usize>,
}

impl<'a> StoryPlanner<'a> {
    pub(super) fn new(
        collection: &'a Collection,
        material: &'a StoryInput,
        params: &'a Params,
    ) -> Self {
        let story = &material.story;
        let headline = choose_headline(collection, material, params);
        let mut teller = Self {
            collection,
            material,
            params,
            candidates: candidates(collection, material, params),
            quotes: material.quotes(collection, params),
            headline,
            differences: if params.shows(Section::Differences) {
                differences(collection, story)
            } else {
                Vec::new()
            },
            without: Vec::new(),
            allowances: allowances(collection, story, params.max_share),
        };
        teller.without = teller.never_shown();
        teller
    }

    /// Tells the story in at most `limit` words; nothing where headline and one sentence do not fit.
    pub(super) fn tell(&self, limit: usize) -> Option<StoryPlan> {
        let headline_words = self.headline_words()?;
        let room = limit.checked_sub(headline_words)?;
        let differences = self.pick_differences((room as f64 * DIFFERENCE_SHARE) as usize);
        let taken = headline_words + self.cost_of_differences(&differences);
        if !differences.is_empty()
            && let Some(told) = self.tell_below(taken, limit - taken)
        {
            return Some(StoryPlan { differences, ..told });
        }
        self.tell_below(headline_words, room)
    }

    /// Tells the story in `room` words besides those that are `taken`.
    fn tell_below(&self, taken: usize, room: usize) -> Option<StoryPlan> {
        if !self.params.shows(Section::Summary) {
            return self.tell_by_quotes(room, taken);
        }
        let background = self.material.past.background.filter(|at| {
            !self.without.contains(at)
                && self.cost_of_sentence(*at) as f64 <= room as f64 * BACKGROUND_SHARE
        });
        let room = room - background.map_or(0, |at| self.cost_of_sentence(at));
        let wished = self.pick_quotes((room as f64 * QUOTE_SHARE) as usize, &[]);
        let mut sentences = self.select(room - self.cost_of_quotes(&wished), &[]);
        if sentences.is_empty() {
            sentences = self.select(room, &[]);
        }
        if sentences.is_empty() {
            return None;
        }
        let quotes = self.pick_quotes(room.saturating_sub(self.cost_of(&sentences)), &sentences);
        let more = self.select(room - self.cost_of_quotes(&quotes), &quotes);
        if self.cost_of(&more) > self.cost_of(&sentences) {
            sentences = more;
        }
        let mut words = taken + self.cost_of(&sentences) + self.cost_of_quotes(&quotes);
        let headline = self.headline;
        words += background.map_or(0, |at| self.cost_of_sentence(at));
        Some(StoryPlan { headline, background, sentences, quotes, differences: Vec::new(), words })
    }

    /// Returns whether there is a sentence that the reader has not seen, were there room for all.
    pub(super) fn has_news(&self) -> bool {
        !self.select(usize::MAX / 2, &[]).is_empty()
    }

    /// Picks differences within `room` words.
    fn pick_differences(&self, room: usize) -> Vec<usize> {
        let mut left = room;
        let mut picked = Vec::new();
        for i in 0..self.differences.len() {
            let cost = self.cost_of_differences(&[i]);
            if cost <= left && picked.len() < MOST_DIFFERENCES {
                left -= cost;
                picked.push(i);
            }
        }
        picked
    }

    fn cost_of_differences(&self, differences: &[usize]) -> usize {
        let sides = differences.iter().flat_map(|&d| &self.differences[d].sides);
        sides.map(|(shown, _)| words(self.text_at(*shown))).sum()
    }

    /// Tells the story by its quotes alone, where no sentences are to be shown.
    fn tell_by_quotes(&self, room: usize, headline_words: usize) -> Option<StoryPlan> {
        let quotes = self.pick_quotes(room, &[]);
        let words = headline_words + self.cost_of_quotes(&quotes);
        let telling = StoryPlan {
            headline: self.headline,
            background: None,
            sentences: Vec::new(),
            quotes,
            differences: Vec::new(),
            words,
        };
        (!telling.quotes.is_empty()).then_some(telling)
    }

    fn headline_words(&self) -> Option<usize> {
        match self.headline {
            HeadlineChoice::None => None,
            HeadlineChoice::Title(article) => Some(words(&self.collection.articles[article].title)),
            HeadlineChoice::Sentence(at) => Some(words(self.text_of(at))),
        }
    }

    /// The sentences of all articles, in the order of the articles and of their texts.
    pub(super) fn sentences(&self) -> impl Iterator<Item = SentenceRef> {
        self.material.story.articles.iter().flat_map(|&article| {
            let n = self.collection.corpus.documents[article].sentences.len();
            (0..n).map(move |sentence| SentenceRef { article, sentence })
        })
    }

    /// Sentences that may never be chosen, sorted.
    fn never_shown(&self) -> Vec<SentenceRef> {
        let mut never: Vec<SentenceRef> =
            self.sentences().filter(|&at| self.why_never(at).is_some()).collect();
        never.sort_unstable();
        never
    }

    /// Returns why a sentence may never be chosen.
    pub(super) fn why_never(&self, at: SentenceRef) -> Option<&'static str> {
        if matches!(self.headline, HeadlineChoice::Sentence(h) if h == at) {
            Some("stands in for the headline")
        } else if !is_balanced(self.text_of(at)) {
            Some("half a quotation")
        } else if self.is_only_a_quote(at) {
            Some("a quotation without its speaker")
        } else if self.quotes_a_banned_speaker(at) {
            Some("words of a banned speaker")
        } else {
            None
        }
    }

    /// Returns the sentence of the summary that holds at least half of the content words of another.
    pub(super) fn told_by(&self, telling: &StoryPlan, at: SentenceRef) -> Option<SentenceRef> {
        let terms = |at: SentenceRef| {
            let document = &self.collection.corpus.documents[at.article];
            terms_of(self.collection, at.article, &document.sentences[at.sentence])
        };
        let own = terms(at);
        let shares_half = |other: &SentenceRef| {
            let other = terms(*other);
            own.iter().filter(|t| other.binary_search(t).is_ok()).count() * 2 >= own.len()
        };
        telling.sentences.iter().map(|c| c.at).find(|o| !own.is_empty() && shares_half(o))
    }

    /// Returns why a quote is not shown.
    pub(super) fn why_not(&self, telling: &StoryPlan, quote: &KeyQuote) -> &'static str {
        if quote.speaker.is_none() {
            "given to nobody"
        } else if quote.confidence == Confidence::Low {
            "its speaker is doubtful"
        } else if self.words_of(quote) < least_words(quote) {
            "too short to stand by itself"
        } else if self.params.max_quote_words.is_some_and(|most| self.words_of(quote) > most) {
            "longer than a quote may be"
        } else if self.stands_in(quote, &telling.sentences) {
            "stands in a sentence that is shown"
        } else if telling.quotes.len() >= self.params.quotes {
            "enough quotes are shown"
        } else {
            "no room, or enough of its article is shown"
        }
    }

    fn words_of(&self, quote: &KeyQuote) -> usize {
        quote.excerpts.iter().map(|p| words(self.text_at(*p))).sum()
    }

    /// Returns whether nothing of a sentence but marks lies outside the quotations: who speaks stands elsewhere.
    fn is_only_a_quote(&self, at: SentenceRef) -> bool {
        let span = self.span_of(at);
        let text = &self.collection.articles[at.article].text;
        let inside = self.quotes.places.overlapping(Place { article: at.article, span });
        let mut from = span.start();
        let mut outside = Vec::new();
        for quoted in &inside {
            outside.push(Span::new(from, quoted.start()));
            from = from.max(quoted.end());
        }
        outside.push(Span::new(from, span.end()));
        !inside.is_empty() && !outside.iter().any(|s| s.of(text).chars().any(char::is_alphanumeric))
    }

    fn quotes_a_banned_speaker(&self, at: SentenceRef) -> bool {
        let span = self.span_of(at);
        !self.quotes.banned.overlapping(Place { article: at.article, span }).is_empty()
    }

    /// Picks key quotes within `room` words: by weight, a speaker a second time only where no other is left, none
    /// that stands whole in one of the sentences.
    fn pick_quotes(&self, room: usize, sentences: &[Chosen]) -> Vec<usize> {
        let mut picked: Vec<usize> = Vec::new();
        if !self.params.shows(Section::Quotes) {
            return picked;
        }
        let quotes = &self.quotes.keys;
        let mut spent = BTreeMap::new();
        self.spend(sentences, &mut spent);
        let mut left = room;
        for repeated in [false, true] {
            for (i, quote) in quotes.iter().enumerate() {
                let known = picked.iter().any(|&p| quotes[p].speaker == quote.speaker);
                if picked.len() >= self.params.quotes || picked.contains(&i) || known != repeated {
                    continue;
                }
                let cost = self.cost_of_quotes(&[i]);
                if cost <= left
                    && self.may_be_key(quote)
                    && !self.stands_in(quote, sentences)
                    && self.allows(quote, &spent)
                {
                    left -= cost;
                    picked.push(i);
                    for place in &quote.excerpts {
                        *spent.entry(place.article).or_default() += words(self.text_at(*place));
                    }
                }
            }
        }
        picked.sort_unstable();
        picked
    }

    fn may_be_key(&self, quote: &KeyQuote) -> bool {
        let n = self.words_of(quote);
        quote.speaker.is_some()
            && quote.confidence != Confidence::Low
            && n >= least_words(quote)
            && self.params.max_quote_words.is_none_or(|most| n <= most)
    }

    fn allows(&self, quote: &KeyQuote, spent: &BTreeMap<ArticleIx, usize>) -> bool {
        let Some(first) = quote.excerpts.first() else { return false };
        let n = self.words_of(quote);
        let already = spent.get(&first.article).copied().unwrap_or(0);
        self.allowances.get(&first.article).is_none_or(|most| already + n <= *most)
    }

    /// Returns whether a version of the quote stands whole in one of the sentences.
    fn stands_in(&self, quote: &KeyQuote, sentences: &[Chosen]) -> bool {
        sentences.iter().any(|s| self.holds(s.at, quote))
    }

    fn holds(&self, at: SentenceRef, quote: &KeyQuote) -> bool {
        let span = self.span_of(at);
        let mut places = quote.excerpts.iter().chain(&quote.variants);
        places.any(|p| p.article == at.article && span.contains(p.span))
    }

    /// Chooses sentences within `room` words that hold none of the quotes, and no more of an article than its
    /// allowance leaves beside them.
    fn select(&self, room: usize, quotes: &[usize]) -> Vec<Chosen> {
        let mut without = self.without.clone();
        let mut spent = BTreeMap::new();
        for place in quotes.iter().flat_map(|&q| &self.quotes.keys[q].excerpts) {
            *spent.entry(place.article).or_default() += words(self.text_at(*place));
        }
        loop {
            let chosen = self.summarize(room, quotes, &without);
            let over = self.over_allowance(&chosen, &spent);
            if over.is_empty() {
                return chosen;
            }
            without.extend(over);
            without.sort_unstable();
            without.dedup();
        }
    }

    /// Returns the sentences that take an article beyond its allowance, the best kept as far as they fit.
    fn over_allowance(
        &self,
        chosen: &[Chosen],
        spent: &BTreeMap<ArticleIx, usize>,
    ) -> Vec<SentenceRef> {
        if self.allowances.is_empty() {
            return Vec::new();
        }
        let mut by_score: Vec<&Chosen> = chosen.iter().collect();
        by_score.sort_by_key(|c| (std::cmp::Reverse(c.score), c.at));
        let mut spent = spent.clone();
        let mut over = Vec::new();
        for sentence in by_score {
            let so_far = spent.entry(sentence.at.article).or_default();
            let n = words(self.text_of(sentence.at));
            if self.allowances.get(&sentence.at.article).is_some_and(|most| *so_far + n > *most) {
                over.push(sentence.at);
            } else {
                *so_far += n;
            }
        }
        over
    }

    fn spend(&self, sentences: &[Chosen], spent: &mut BTreeMap<ArticleIx, usize>) {
        for s in sentences {
            *spent.entry(s.at.article).or_default() += words(self.text_of(s.at));
        }
    }

    fn summarize(&self, room: usize, quotes: &[usize], without: &[SentenceRef]) -> Vec<Chosen> {
        let constraints = self.constraints(quotes, without);
        summary::solve(&self.candidates, Budget::Words(room), &constraints).sentences
    }

    /// Returns what becomes of every sentence in a summary as long as that of a telling, by place.
    pub(super) fn considered(&self, telling: &StoryPlan) -> Vec<Considered> {
        let constraints = self.constraints(&telling.quotes, &self.without);
        let room = Budget::Words(self.cost_of(&telling.sentences));
        let mut all = summary::explain(&self.candidates, room, &constraints);
        all.sort_unstable_by_key(|c| c.at);
        all
    }

    fn constraints(&self, quotes: &[usize], without: &[SentenceRef]) -> Constraints {
        let past = &self.material.past;
        let quotes = quotes.iter().map(|&q| &self.quotes.keys[q]);
        let places = quotes.flat_map(|q| q.excerpts.iter().chain(&q.variants));
        Constraints {
            without: without.to_vec(),
            max_share: self.params.max_share,
            banned: past.told.clone(),
            shown: past.shown.clone(),
            quoted: places.map(|p| (p.article, p.span)).collect(),
            ..Constraints::default()
        }
    }

    fn cost_of_sentence(&self, at: SentenceRef) -> usize {
        words(self.text_of(at))
    }

    fn cost_of(&self, sentences: &[Chosen]) -> usize {
        sentences.iter().map(|s| words(self.text_of(s.at))).sum()
    }

    fn cost_of_quotes(&self, quotes: &[usize]) -> usize {
        let cost = |&q: &usize| -> usize {
            let quote = &self.quotes.keys[q];
            quote.excerpts.iter().map(|p| words(self.text_at(*p))).sum::<usize>()
                + quote.speaker.as_ref().map_or(0, of_speaker)
        };
        quotes.iter().map(cost).sum()
    }

    fn span_of(&self, at: SentenceRef) -> Span {
        self.collection.corpus.documents[at.article].sentences[at.sentence].span
    }

    fn text_of(&self, at: SentenceRef) -> &'a str {
        self.collection.sentence_text(at.article, at.sentence)
    }

    fn text_at(&self, place: Place) -> &'a str {
        place.span.of(&self.collection.articles[place.article].text)
    }
}

fn candidates<'a>(
    collection: &'a Collection,
    material: &StoryInput,
    params: &Params,
) -> CandidateSet<'a> {
    let topic = material.topic.as_ref().map(Topic::in_words);
    CandidateSet::new(collection, &material.story, &params.summary, topic.as_deref())
}

const fn least_words(quote: &KeyQuote) -> usize {
    match quote.kind {
        QuoteKind::Direct => LEAST_DIRECT_WORDS,
        QuoteKind::Mixed | QuoteKind::Indirect => LEAST_MIXED_WORDS,
    }
}

/// The title of the article that the editor pinned, of the story's own choice, or of its first article with one; else
/// the first sentence of prose.
pub(super) fn choose_headline(
    collection: &Collection,
    material: &StoryInput,
    params: &Params,
) -> HeadlineChoice {
    let story = &material.story;
    let article = |a: ArticleIx| &collection.articles[a];
    let mut order: Vec<ArticleIx> = story.articles.clone();
    order.sort_by_key(|&a| {
        let pinned = params.editor.pins_article(article(a));
        let told = material.past.told.contains(&a);
        (!pinned, told, a != story.headline, &article(a).id)
    });
    if let Some(titled) = order.iter().find(|&&a| !article(a).title.trim().is_empty()) {
        return HeadlineChoice::Title(*titled);
    }
    let lede = |&a: &ArticleIx| {
        let mut sentences = collection.corpus.documents[a].sentences.iter();
        let blocks = &article(a).blocks;
        let first = sentences.position(|s| {
            blocks.get(s.block as usize).is_some_and(|b| b.kind.is_prose())
                && is_balanced(s.span.of(&article(a).text))
        })?;
        Some(SentenceRef { article: a, sentence: first })
    };
    order.iter().find_map(lede).map_or(HeadlineChoice::None, HeadlineChoice::Sentence)
}

fn allowances(
    collection: &Collection,
    story: &Story,
    share: Option<f64>,
) -> BTreeMap<ArticleIx, usize> {
    let Some(share) = share else { return BTreeMap::new() };
    let most = |a: ArticleIx| (words(&collection.articles[a].text) as f64 * share) as usize;
    story.articles.iter().map(|&a| (a, most(a))).collect()
}
