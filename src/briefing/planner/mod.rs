//! Plans one story within a given number of words: its headline, lede, quotes and further sentences, none of them cut.
//!
//! The headline and the lede are the core of a story, without which it is not shown. The remaining words go to
//! differences and the background line, then to the best quote (or two), then to sentences that add to the lede, then
//! to further quotes; each step passes on the words that it does not use. Sentences that must not be shown in any case
//! are excluded before the others are chosen, so that only sentences that can be shown compete for the words.

mod quote_selection;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::article::{ArticleIx, Published};
use crate::briefing::corroboration::terms_of;
use crate::briefing::count::of_speaker;
use crate::briefing::discrepancies::{Found, differences, overtakes, tells_toll};
use crate::briefing::introductions::Surnames;
use crate::briefing::model::{Section, Status};
use crate::briefing::params::Params;
use crate::briefing::previews::Previews;
use crate::briefing::quotations::{self, Quotations};
use crate::briefing::reason::Reason;
use crate::briefing::story_input::StoryInput;
use crate::budget::{Budget, words};
use crate::identity::facts::Facts;
use crate::quotes::{KeyQuote, Place};
use crate::span::Span;
use crate::stories::kind;
use crate::stories::topic::Topic;
use crate::stories::{Story, commentary, headline};
use crate::summary::{
    self, CandidateSet, Chosen, Considered, Constraints, SentenceRef, Unfit, Verdict,
};
use crate::text::{Collection, TermId};

/// The maximum share that the background line may take of the words left after the core and the differences.
const BACKGROUND_SHARE: f64 = 0.5;

/// The maximum share that the quotes picked before further sentences may take of the words left after the core, the
/// differences and the background line.
const FIRST_QUOTE_SHARE: f64 = 0.9;

/// The minimum number of words left after the core, the differences and the background line for two quotes, instead of
/// one, to be picked before further sentences.
const ROOM_FOR_TWO: usize = 80;

/// If more than this number of words is left for sentences other than the lede, the sentences should come from two
/// articles.
const ROOM_FOR_SOURCES: usize = 150;

/// The maximum share that differences may take of the words left after the core.
const DIFFERENCE_SHARE: f64 = 0.5;

/// The maximum number of differences shown per story.
const MOST_DIFFERENCES: usize = 2;

/// The minimum number of words in a sentence other than the lede: shorter ones only fill space. Questions and answers
/// of interviews, and the sentences of a report of at most [`WHOLE`] sentences, may be of any length.
const LEAST_WORDS: usize = 10;

/// The same minimum for a sentence with a figure and a name: "Four sailors drowned off Varn, the coast guard said."
const LEAST_WORDS_OF_FACT: usize = 6;

/// The maximum number of sentences in a report that is shown whole if there is room.
const WHOLE: usize = 2;

/// The minimum value per word of a sentence other than the lede, as a share of the lede's value per word.
///
/// Values from 0.1 to 0.5 were tried on several weeks of news and judged by reading the briefings. Raising the value
/// from 0.1 to 0.25 removes only filler (a politician's weekend, a driver's license); above 0.35, it also removes
/// facts. The coverage of ledes and headlines stays the same throughout.
const LEAST_WORTH: f64 = 0.25;

/// The same minimum for the two sentences after the lede in its article, which complete the report of the event: "All
/// passengers were saved."
const LEAST_WORTH_AFTER_LEDE: f64 = 0.1;

/// The same minimum for a sentence with a quotation that can be shown as a key quote.
const LEAST_WORTH_OF_QUOTES: f64 = 0.4;

/// The share of a sentence's content words that an earlier sentence must contain for the sentence to count as a
/// repetition.
const RETOLD: f64 = 0.4;

/// The same share for the first sentence from another article, compared with all earlier sentences taken together.
const RETOLD_IN_ALL: f64 = 0.5;

/// The same share for the lede of another article, compared with the lede and the headline.
const RETOLD_BY_LEDE: f64 = 0.3;
/// The index of the last sentence of an article that can be its lede: a label or a caption may precede the lede.
const LAST_OF_LEDE: usize = 1;

/// In a report other than the lede's, the index of the last sentence that may be shown: later sentences presuppose that
/// the reader knows the beginning of the report.
///
/// In eleven weeks of news, briefings took 16 sentences from another report. Of the 10 that came later in their report,
/// 8 could not be understood; of the 6 earlier ones, 2 could not.
const LAST_OF_OPENING: usize = 6;

/// In a short text, the maximum distance in sentences from the lede to a later sentence of its report: a sentence
/// further down is background that does not continue from the lede ("In 2008 the party won two of the counties").
const FARTHEST: usize = 10;

/// The number of sentences at the start of an article that are searched for a later toll.
const OPENING: usize = 4;

/// The maximum number of times that sentences are exchanged because they are misplaced, for example because they
/// mention an unintroduced person.
const MOST_EXCHANGES: usize = 4;

/// The index of the last sentence of an article that may replace a lede that mentions an unintroduced person: a later
/// sentence is rarely news.
const LAST_EXCHANGED: usize = 5;

/// The amount by which the title of the lede's article may be less suitable as a headline than the chosen title, on a
/// scale from 0 to 1.
const SAME_FITNESS: f64 = 0.1;

const NO_LIMIT: usize = usize::MAX / 2;

/// The parts of a story to show.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryPlan {
    /// The first sentence of the story's last appearance, as background for the reader.
    pub(super) background: Option<SentenceRef>,
    /// The sentences, in reading order; in a story of several articles, the lede comes first.
    pub(super) sentences: Vec<Chosen>,
    /// The key quotes, as indices into the planner's quotes.
    pub(super) quotes: Vec<usize>,
    /// The differences, as indices into the planner's differences.
    pub(super) differences: Vec<usize>,
    /// The number of words in all parts of the plan, including the headline.
    pub(super) words: usize,
    /// How the sentences were chosen, for an explanation.
    selection: Selection,
}

/// The final selection of a story's sentences.
#[derive(Clone, Debug, Default)]
struct Selection {
    /// The number of words available for the sentences, including the lede.
    room: usize,
    /// The sentences that were excluded, sorted.
    without: Vec<SentenceRef>,
    /// The sentences that were excluded or dropped because they mention a person or thing that is not introduced,
    /// repeat an earlier sentence, or state a superseded toll.
    misplaced: Vec<SentenceRef>,
    /// The chosen sentences that were dropped because they are not worth their words.
    idle: Vec<SentenceRef>,
}

/// The core of a story, without which it is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Core {
    /// The sentence that reports the headline's event; `None` if the briefing shows no sentences.
    lede: Option<SentenceRef>,
    /// The number of words in the headline and the lede.
    pub(super) words: usize,
}

/// The origin of a headline.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum HeadlineChoice {
    /// No article has a title that can be shown or a sentence of prose.
    #[default]
    None,
    /// The title of an article.
    Title(ArticleIx),
    /// A sentence, if no title can be shown.
    Sentence(SentenceRef),
}

/// A story with all of its material that can be shown.
pub struct StoryPlanner<'c> {
    collection: &'c Collection,
    params: &'c Params,
    /// The story, its topic and its past.
    pub(super) input: &'c StoryInput,
    /// The quotes of the story.
    pub(super) quotes: Quotations,
    /// The discrepancies between its outlets.
    pub(super) differences: Vec<Found>,
    /// The origin of its headline.
    pub(super) headline: HeadlineChoice,
    candidates: CandidateSet<'c>,
    surnames: Surnames,
    /// Articles that are not news, if the story has any news.
    no_news: Vec<ArticleIx>,
    /// The previews that other articles supersede.
    previews: Previews,
    /// Sentences that must never be chosen, sorted.
    never: Vec<SentenceRef>,
    /// The maximum number of words that may be taken from each article, if there is a limit.
    allowances: BTreeMap<ArticleIx, usize>,
}

impl<'c> StoryPlanner<'c> {
    /// Collects the material of a story.
    pub fn new(
        collection: &'c Collection,
        input: &'c StoryInput,
        quotes: Quotations,
        candidates: CandidateSet<'c>,
        params: &'c Params,
    ) -> Self {
        let story = &input.story;
        let shows_differences = params.shows(Section::Differences);
        let previews = Previews::among(collection, &story.articles);
        let mut planner = Self {
            collection,
            params,
            input,
            quotes,
            differences: if shows_differences {
                differences(collection, story)
            } else {
                Vec::new()
            },
            headline: choose_headline(collection, input, params, &previews),
            candidates,
            surnames: Surnames::from_articles(collection, &story.articles),
            no_news: no_news(collection, story),
            previews,
            never: Vec::new(),
            allowances: allowances(collection, story, params.max_share),
        };
        let mut never: Vec<SentenceRef> =
            planner.sentences().filter(|&at| planner.why_never(at).is_some()).collect();
        never.sort_unstable();
        planner.never = never;
        planner.headline = planner.headline_of_lede().unwrap_or(planner.headline);
        planner
    }

    /// Returns the title of the lede's article if the headline is from another article, the lede covers this title
    /// better than the headline, and this title would make about as good a headline: a reader expects the text to begin
    /// with the news of the headline.
    fn headline_of_lede(&self) -> Option<HeadlineChoice> {
        let HeadlineChoice::Title(chosen) = self.headline else { return None };
        let lede = self.lede()?;
        let article = |a: ArticleIx| &self.collection.articles[a];
        let is_fixed = self.params.editor.pins_article(article(chosen));
        let is_unfit = self.previews.contains(lede.article)
            || self.input.past.told.contains(&lede.article)
            || !headline::is_headline(&article(lede.article).title);
        if lede.article == chosen || is_fixed || is_unfit {
            return None;
        }
        let fitness = |a: ArticleIx| {
            let document = &self.collection.corpus.documents[a];
            let commentary = commentary::probability(article(a), document);
            headline::fitness_of(
                &article(a).title,
                article(a).lang,
                article(a).outlet(),
                commentary,
            )
        };
        let told = self.terms(lede);
        let covered = |a: ArticleIx| {
            let title = quotations::title_terms(self.collection, &[a]);
            let shared = title.iter().filter(|term| told.binary_search(term).is_ok()).count();
            shared as f64 / title.len().max(1) as f64
        };
        let is_better = covered(chosen) < covered(lede.article)
            && fitness(chosen) <= fitness(lede.article) + SAME_FITNESS;
        is_better.then_some(HeadlineChoice::Title(lede.article))
    }

    /// Returns the story.
    pub(super) fn story(&self) -> &'c Story {
        &self.input.story
    }

    /// Returns whether the reader knows the story and nothing in it is new.
    pub(super) fn is_ongoing(&self) -> bool {
        let past = &self.input.past;
        match past.status {
            // A copy of a shown article can be a story of its own.
            Status::New => !past.shown.is_empty() && !self.has_news(),
            Status::Ongoing => true,
            Status::Updated => !self.has_news(),
        }
    }

    fn has_news(&self) -> bool {
        let constraints = self.constraints(None, &[], &self.never);
        summary::lede(&self.candidates, Budget::Words(NO_LIMIT), &constraints).is_some()
    }

    /// Returns the core of the story, or the reason why the story cannot be shown in this many words.
    pub(super) fn core(&self, room: usize) -> Result<Core, Reason> {
        let headline = self.headline_words().ok_or(Reason::NothingToShow)?;
        let room = room.checked_sub(headline).ok_or(Reason::NoRoom)?;
        if !self.params.shows(Section::Summary) {
            let has_quotes = !self.pick_quotes(room, &[], &[], self.params.quotes).is_empty();
            let why_not =
                if self.quotes.keys.is_empty() { Reason::NothingToShow } else { Reason::NoRoom };
            return if has_quotes {
                Ok(Core { lede: None, words: headline })
            } else {
                Err(why_not)
            };
        }
        match self.lede() {
            None => Err(Reason::NothingToShow),
            Some(at) if self.cost_of(at) <= room => {
                Ok(Core { lede: Some(at), words: headline + self.cost_of(at) })
            }
            Some(_) => Err(Reason::NoRoom),
        }
    }

    /// Returns the sentence that reports the headline's event. If this sentence mentions people who are not introduced
    /// or states a superseded toll, one of the next best sentences without these flaws is preferred.
    fn lede(&self) -> Option<SentenceRef> {
        let mut constraints = self.constraints(None, &[], &self.never);
        let lede = |c: &Constraints| summary::lede(&self.candidates, Budget::Words(NO_LIMIT), c);
        let first = lede(&constraints)?;
        let headline = self.headline_text();
        let overtaken = self.is_overtaken(first);
        let mut next = first;
        for _ in 0..MOST_EXCHANGES {
            let hangs = self.surnames.dangles(self.text_of(next), headline)
                || self.surnames.has_free_pronoun(self.text_of(next))
                || self.quotes_somebody_else(next, headline);
            let is_early = next == first || next.sentence <= LAST_EXCHANGED || overtaken;
            if !hangs && is_early && !self.is_overtaken(next) {
                return Some(next);
            }
            constraints.without.push(next);
            constraints.without.sort_unstable();
            let Some(other) = lede(&constraints) else { break };
            next = other;
        }
        Some(first)
    }

    /// Returns the core of a plan.
    pub(super) fn core_of(&self, plan: &StoryPlan) -> Core {
        let lede = plan.sentences.first().map(|chosen| chosen.at);
        let headline = self.headline_words().unwrap_or(0);
        Core { lede, words: headline + lede.map_or(0, |at| self.cost_of(at)) }
    }

    /// Fills up to `room` words beyond the core, with at most `most_quotes` quotes.
    pub(super) fn complete(&self, core: &Core, room: usize, most_quotes: usize) -> StoryPlan {
        let most_quotes = most_quotes.min(self.params.quotes);
        let Some(lede) = core.lede else { return self.by_quotes(core, room, most_quotes) };
        let differences = self.pick_differences((room as f64 * DIFFERENCE_SHARE) as usize);
        let mut left = room - self.cost_of_differences(&differences);
        let background = self.input.past.background.filter(|at| {
            *at != lede
                && self.never.binary_search(at).is_err()
                && self.cost_of(*at) as f64 <= left as f64 * BACKGROUND_SHARE
        });
        left -= background.map_or(0, |at| self.cost_of(at));
        let for_quote = (left as f64 * FIRST_QUOTE_SHARE) as usize;
        let first_quotes = if left < ROOM_FOR_TWO { 1 } else { 2 };
        let quotes = self.pick_quotes(for_quote, &[], &[lede], most_quotes.min(first_quotes));
        left -= self.cost_of_quotes(&quotes);
        let for_sentences = self.cost_of(lede) + left;
        let (sentences, selection) = self.select(lede, for_sentences, &quotes);
        // The sentences may cost less than the lede, because only coverage of concepts reserves room for the lede.
        left = for_sentences - self.cost_of_all(&sentences);
        let shown: Vec<SentenceRef> = sentences.iter().map(|c| c.at).collect();
        let quotes = self.pick_quotes(left, &quotes, &shown, most_quotes);
        let headline = core.words - self.cost_of(lede);
        let words = headline
            + self.cost_of_all(&sentences)
            + self.cost_of_quotes(&quotes)
            + self.cost_of_differences(&differences)
            + background.map_or(0, |at| self.cost_of(at));
        StoryPlan { background, sentences, quotes, differences, words, selection }
    }

    /// Plans a story that consists only of quotes, for a briefing without sentences.
    fn by_quotes(&self, core: &Core, room: usize, most_quotes: usize) -> StoryPlan {
        let quotes = self.pick_quotes(room, &[], &[], most_quotes);
        let words = core.words + self.cost_of_quotes(&quotes);
        StoryPlan { quotes, words, ..StoryPlan::default() }
    }

    fn headline_words(&self) -> Option<usize> {
        match self.headline {
            HeadlineChoice::None => None,
            HeadlineChoice::Title(_) | HeadlineChoice::Sentence(_) => {
                Some(words(self.headline_text()))
            }
        }
    }

    fn headline_text(&self) -> &'c str {
        match self.headline {
            HeadlineChoice::None => "",
            HeadlineChoice::Title(article) => &self.collection.articles[article].title,
            HeadlineChoice::Sentence(at) => self.text_of(at),
        }
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

    /// Chooses sentences within `room` words, beginning with the lede. A sentence is not chosen if it overlaps one of
    /// the quotes, must not be shown beside the lede, is misplaced (see [`StoryPlanner::misplaced`]), exceeds the
    /// allowance of its article, or is not worth its words.
    fn select(&self, lede: SentenceRef, room: usize, quotes: &[usize]) -> (Vec<Chosen>, Selection) {
        let needs_another = self.needs_another_source(lede, room);
        let mut selection = Selection { room, ..Selection::default() };
        selection.without = self.not_beside(lede, needs_another);
        let mut exchanges = 0;
        loop {
            let mut constraints = self.constraints(Some(lede), quotes, &selection.without);
            constraints.prefers_two_sources = needs_another;
            constraints.as_one_report = !needs_another;
            let extract = summary::solve(&self.candidates, Budget::Words(room), &constraints);
            let mut chosen = extract.sentences;
            let mut out = self.over_allowance(lede, &chosen, quotes);
            let misplaced = self.misplaced(&chosen);
            selection.misplaced.extend(&misplaced);
            if exchanges < MOST_EXCHANGES {
                out.extend(&misplaced);
            } else {
                self.drop(&mut chosen, &misplaced, lede);
            }
            if out.is_empty() {
                let idle = self.not_worth_their_words(lede, &chosen, needs_another);
                self.drop(&mut chosen, &idle, lede);
                return (chosen, Selection { idle, ..selection });
            }
            exchanges += 1;
            selection.without.extend(out);
            selection.without.sort_unstable();
            selection.without.dedup();
        }
    }

    /// Returns the sentences that must not be shown beside a lede, sorted: those that must never be chosen, short ones,
    /// and those that do not continue from the lede.
    fn not_beside(&self, lede: SentenceRef, needs_another: bool) -> Vec<SentenceRef> {
        let (lead_ins, answers) = (self.candidates.lead_ins(), self.candidates.answers());
        let is_turn = |at: &SentenceRef| {
            lead_ins.binary_search(at).is_ok() || answers.binary_search(at).is_ok()
        };
        let is_short = |at: &SentenceRef| *at != lede && self.is_short(*at) && !is_turn(at);
        // The words of a sentence are counted last, because a long text has hundreds of thousands of sentences.
        let is_out = |at: &SentenceRef| {
            self.is_never(*at) || self.leaves_report(lede, *at, needs_another) || is_short(at)
        };
        let mut found: Vec<SentenceRef> = self.sentences().filter(is_out).collect();
        found.sort_unstable();
        found
    }

    /// Returns whether a sentence is too short to be shown beside a lede, unless it belongs to an interview.
    fn is_short(&self, at: SentenceRef) -> bool {
        let words = self.cost_of(at);
        let states_fact = || {
            let language = self.collection.articles[at.article].lang;
            LEAST_WORDS_OF_FACT <= words
                && Facts::from_text(self.text_of(at), language).has_figure_and_name()
        };
        words < LEAST_WORDS && !self.is_of_whole(at) && !states_fact()
    }

    /// Returns whether a sentence belongs to a report that is shown whole if there is room.
    fn is_of_whole(&self, at: SentenceRef) -> bool {
        self.collection.corpus.documents[at.article].sentences.len() <= WHOLE
    }

    /// Returns whether a sentence does not continue from a lede. A sentence deep in another report presupposes the
    /// opening of that report ("pointed to the remark"). In a short text, a sentence from an older article describes
    /// the situation before the news, and a sentence long after the lede in the same report is background.
    fn leaves_report(&self, lede: SentenceRef, at: SentenceRef, needs_another: bool) -> bool {
        if at.article == lede.article {
            return !needs_another && FARTHEST < at.sentence.saturating_sub(lede.sentence);
        }
        LAST_OF_OPENING < at.sentence || !needs_another && self.is_older(at.article, lede.article)
    }

    /// Returns whether an article was published on an earlier day than another.
    fn is_older(&self, article: ArticleIx, than: ArticleIx) -> bool {
        let day = |a: ArticleIx| self.collection.articles[a].published.map(Published::day);
        day(article).zip(day(than)).is_some_and(|(own, other)| own < other)
    }

    fn is_never(&self, at: SentenceRef) -> bool {
        self.never.binary_search(&at).is_ok()
    }

    /// Returns the sentences, except the first, that mention a person or thing that the text before them does not
    /// introduce, repeat an earlier sentence, or state a superseded toll.
    fn misplaced(&self, chosen: &[Chosen]) -> Vec<SentenceRef> {
        let mut before = self.headline_text().to_owned();
        let mut misplaced = Vec::new();
        for (n, sentence) in chosen.iter().enumerate() {
            let text = self.text_of(sentence.at);
            let follows = n > 0 && is_next(chosen[n - 1].at, sentence.at);
            let is_free = !follows && self.surnames.has_free_pronoun(text);
            let is_overtaken = || {
                let mut others = chosen.iter().filter(|other| other.at != sentence.at);
                others.any(|other| self.overtakes(other.at, sentence.at))
            };
            if n > 0
                && (is_free
                    || self.quotes_somebody_else(sentence.at, &before)
                    || self.surnames.dangles(text, &before)
                    || self.takes_as_known(chosen, n)
                    || self.retells(chosen, n)
                    || is_overtaken())
            {
                misplaced.push(sentence.at);
            } else {
                before.push(' ');
                before.push_str(text);
            }
        }
        misplaced
    }

    /// Returns whether a sentence starts with a definite noun phrase that is known only from sentences that are not
    /// shown.
    fn takes_as_known(&self, chosen: &[Chosen], n: usize) -> bool {
        let before: Vec<SentenceRef> = chosen[..n].iter().map(|c| c.at).collect();
        let headline = match self.headline {
            HeadlineChoice::Title(article) => quotations::title_terms(self.collection, &[article]),
            HeadlineChoice::Sentence(_) | HeadlineChoice::None => Vec::new(),
        };
        self.candidates.takes_as_known(chosen[n].at, &before, &headline)
    }

    /// Returns whether the opening of a later article gives a different figure for the toll in a sentence.
    fn is_overtaken(&self, at: SentenceRef) -> bool {
        let opening = |&article: &ArticleIx| {
            let n = self.collection.corpus.documents[article].sentences.len();
            (0..n.min(OPENING)).map(move |sentence| SentenceRef { article, sentence })
        };
        let mut openings = self.story().articles.iter().flat_map(opening);
        tells_toll(self.collection, self.place_of(at))
            && openings.any(|other| self.overtakes(other, at))
    }

    fn overtakes(&self, later: SentenceRef, earlier: SentenceRef) -> bool {
        overtakes(self.collection, self.place_of(later), self.place_of(earlier))
    }

    fn place_of(&self, at: SentenceRef) -> Place {
        Place { article: at.article, span: self.span_of(at) }
    }

    /// Returns whether a sentence largely repeats an earlier one or, if it is the first from its article, the earlier
    /// ones taken together.
    fn retells(&self, chosen: &[Chosen], n: usize) -> bool {
        let own = self.terms(chosen[n].at);
        let repeats = |other: &Chosen| {
            let other = self.terms(other.at);
            let shared = own.iter().filter(|term| other.binary_search(term).is_ok()).count();
            shared as f64 >= RETOLD * own.len() as f64
        };
        let repeats =
            |earlier: &Chosen| repeats(earlier) && !self.names_others(chosen[n].at, earlier.at);
        // The first sentence taken from another article sometimes summarizes several sentences already chosen.
        let opens = chosen[..n].iter().all(|earlier| earlier.at.article != chosen[n].at.article);
        let is_told = || {
            let terms = chosen[..n].iter().flat_map(|earlier| self.terms(earlier.at));
            let told: BTreeSet<TermId> = terms.collect();
            let shared = own.iter().filter(|term| told.contains(term)).count();
            shared as f64 >= RETOLD_IN_ALL * own.len() as f64
        };
        chosen[..n].iter().any(repeats) || opens && is_told() || self.is_same_lede(chosen, n)
    }

    /// Returns whether a sentence is the lede of another article and repeats the content of the chosen lede and the
    /// headline: two outlets' ledes about one event share the people and the place, and differ in the verbs.
    fn is_same_lede(&self, chosen: &[Chosen], n: usize) -> bool {
        let at = chosen[n].at;
        let Some(lede) = chosen.first().filter(|lede| 0 < n && lede.at.article != at.article)
        else {
            return false;
        };
        let mut told = self.terms(lede.at);
        if let HeadlineChoice::Title(article) = self.headline {
            told.extend(quotations::title_terms(self.collection, &[article]));
        }
        let own = self.terms(at);
        let shared = own.iter().filter(|term| told.contains(term)).count();
        at.sentence <= LAST_OF_LEDE && shared as f64 >= RETOLD_BY_LEDE * own.len() as f64
    }

    /// Returns whether two sentences report two different events in the same template.
    fn names_others(&self, a: SentenceRef, b: SentenceRef) -> bool {
        let facts = |at: SentenceRef| {
            Facts::from_text(self.text_of(at), self.collection.articles[at.article].lang)
        };
        facts(a).names_others(&facts(b))
    }

    fn terms(&self, at: SentenceRef) -> Vec<TermId> {
        let document = &self.collection.corpus.documents[at.article];
        terms_of(self.collection, at.article, &document.sentences[at.sentence])
    }

    /// Returns whether sentences should come from a second article: only in a long story, because a short one reads
    /// best as one report.
    fn needs_another_source(&self, lede: SentenceRef, room: usize) -> bool {
        self.cost_of(lede) + ROOM_FOR_SOURCES < room
    }

    /// Returns the sentences other than the lede that add too little for their length. No sentence of the lede's
    /// article is returned if that article has at most [`WHOLE`] sentences. If the story needs a second article but no
    /// sentence from one would remain, the best of these sentences that can be understood alone is kept.
    fn not_worth_their_words(
        &self,
        lede: SentenceRef,
        chosen: &[Chosen],
        needs_another: bool,
    ) -> Vec<SentenceRef> {
        let worth = |c: &Chosen| c.score.value() / self.cost_of(c.at).max(1) as f64;
        let of_lede = chosen.iter().find(|c| c.at == lede).map_or(0.0, worth);
        // A sentence with a quotation must add more, because the quotation can be shown with its speaker instead.
        let least = |c: &Chosen| match self.quotes_in(c.at) {
            true => LEAST_WORTH_OF_QUOTES,
            false if goes_on(lede, c.at) => LEAST_WORTH_AFTER_LEDE,
            false => LEAST_WORTH,
        };
        let is_kept =
            |at: SentenceRef| at == lede || at.article == lede.article && self.is_of_whole(at);
        let adds_too_little = |c: &&Chosen| !is_kept(c.at) && worth(c) < of_lede * least(c);
        let mut idle: Vec<SentenceRef> =
            chosen.iter().filter(adds_too_little).map(|c| c.at).collect();
        let is_of_others = |c: &&Chosen| c.at.article != lede.article;
        let draws_on_others = chosen.iter().filter(is_of_others).any(|c| !idle.contains(&c.at));
        let others = chosen.iter().filter(is_of_others).filter(|c| !self.depends(c.at));
        let best = others.max_by_key(|c| (c.score, Reverse(c.at)));
        if needs_another
            && !draws_on_others
            && let Some(best) = best
        {
            idle.retain(|at| *at != best.at);
        }
        idle
    }

    /// Returns whether a sentence depends on the one before it in its article.
    fn depends(&self, at: SentenceRef) -> bool {
        self.candidates.leans(at) || self.surnames.has_free_pronoun(self.text_of(at))
    }

    /// Removes the given sentences, each sentence that depends on a removed sentence directly before it in its article,
    /// and interview questions whose answers are not shown; the lede stays.
    fn drop(&self, chosen: &mut Vec<Chosen>, out: &[SentenceRef], lede: SentenceRef) {
        let mut out = out.to_vec();
        chosen.retain(|c| {
            let follows = |o: &SentenceRef| is_next(*o, c.at) && self.depends(c.at);
            let goes = c.at != lede && (out.contains(&c.at) || out.iter().any(follows));
            if goes {
                out.push(c.at);
            }
            !goes
        });
        // A question of an interview is shown only if the next sentence of its article follows it.
        let lead_ins = self.candidates.lead_ins();
        for n in (0..chosen.len()).rev() {
            let at = chosen[n].at;
            let is_answered = || chosen.get(n + 1).is_some_and(|next| is_next(at, next.at));
            if at != lede && lead_ins.binary_search(&at).is_ok() && !is_answered() {
                chosen.remove(n);
            }
        }
    }

    /// Returns the sentences other than the lede that exceed the allowance of their articles; the best ones are kept as
    /// long as they fit.
    fn over_allowance(
        &self,
        lede: SentenceRef,
        chosen: &[Chosen],
        quotes: &[usize],
    ) -> Vec<SentenceRef> {
        if self.allowances.is_empty() {
            return Vec::new();
        }
        let mut by_score: Vec<&Chosen> = chosen.iter().filter(|c| c.at != lede).collect();
        by_score.sort_by_key(|c| (Reverse(c.score), c.at));
        let mut spent = self.spent(&[lede], quotes);
        let mut over = Vec::new();
        for sentence in by_score {
            let so_far = spent.entry(sentence.at.article).or_default();
            let n = self.cost_of(sentence.at);
            if self.allowances.get(&sentence.at.article).is_some_and(|most| *so_far + n > *most) {
                over.push(sentence.at);
            } else {
                *so_far += n;
            }
        }
        over
    }

    /// Counts the words that some sentences and quotes take from each article.
    fn spent(&self, sentences: &[SentenceRef], quotes: &[usize]) -> BTreeMap<ArticleIx, usize> {
        let mut spent = BTreeMap::new();
        for at in sentences {
            *spent.entry(at.article).or_default() += self.cost_of(*at);
        }
        for place in quotes.iter().flat_map(|&q| &self.quotes.keys[q].excerpts) {
            *spent.entry(place.article).or_default() += words(self.text_at(*place));
        }
        spent
    }

    fn constraints(
        &self,
        lede: Option<SentenceRef>,
        quotes: &[usize],
        without: &[SentenceRef],
    ) -> Constraints {
        let past = &self.input.past;
        let quotes = || quotes.iter().map(|&q| &self.quotes.keys[q]);
        let range = |place: &Place| (place.article, place.span);
        Constraints {
            lede,
            without: without.to_vec(),
            max_share: self.params.max_share,
            banned: past.told.clone(),
            shown: past.shown.clone(),
            quoted: quotes().flat_map(|q| q.excerpts.iter().map(range)).collect(),
            versions: quotes().flat_map(|q| q.variants.iter().map(range)).collect(),
            ..Constraints::default()
        }
    }

    fn cost_of(&self, at: SentenceRef) -> usize {
        words(self.text_of(at))
    }

    fn cost_of_all(&self, sentences: &[Chosen]) -> usize {
        sentences.iter().map(|s| self.cost_of(s.at)).sum()
    }

    fn cost_of_quotes(&self, quotes: &[usize]) -> usize {
        let cost = |&q: &usize| -> usize {
            let quote = &self.quotes.keys[q];
            quotations::words_of(self.collection, quote)
                + quote.speaker.as_ref().map_or(0, of_speaker)
        };
        quotes.iter().map(cost).sum()
    }

    fn cost_of_differences(&self, differences: &[usize]) -> usize {
        let sides = differences.iter().flat_map(|&d| &self.differences[d].sides);
        sides.map(|(shown, _)| words(self.text_at(*shown))).sum()
    }

    fn span_of(&self, at: SentenceRef) -> Span {
        self.collection.corpus.documents[at.article].sentences[at.sentence].span
    }

    /// Returns whether a sentence overlaps a quotation that can be shown as a key quote.
    fn quotes_in(&self, at: SentenceRef) -> bool {
        let span = self.collection.corpus.documents[at.article].sentences[at.sentence].span;
        let is_inside = |p: &Place| p.article == at.article && p.span.overlaps(span);
        let mut quotes = self.quotes.keys.iter().filter(|q| q.excerpts.iter().any(is_inside));
        quotes.any(|quote| quotations::unfit(self.collection, quote, self.params).is_none())
    }

    fn text_of(&self, at: SentenceRef) -> &'c str {
        self.collection.sentence_text(at.article, at.sentence)
    }

    fn text_at(&self, place: Place) -> &'c str {
        place.span.slice(&self.collection.articles[place.article].text)
    }
}

/// The decisions about sentences and quotes, for an explanation.
impl StoryPlanner<'_> {
    /// Returns the sentences of all articles, in the order of the articles and of their texts.
    pub(super) fn sentences(&self) -> impl Iterator<Item = SentenceRef> {
        self.story().articles.iter().flat_map(|&article| {
            let n = self.collection.corpus.documents[article].sentences.len();
            (0..n).map(move |sentence| SentenceRef { article, sentence })
        })
    }

    /// Returns why a sentence must never be chosen.
    pub(super) fn why_never(&self, at: SentenceRef) -> Option<Reason> {
        if matches!(self.headline, HeadlineChoice::Sentence(h) if h == at) {
            Some(Reason::IsHeadline)
        } else if self.no_news.contains(&at.article) {
            Some(Reason::NoNews)
        } else if self.previews.contains(at.article) {
            Some(Reason::Overtaken)
        } else if self.is_only_a_quote(at) {
            Some(Reason::OnlyQuotation)
        } else if self.quotes_a_banned_speaker(at) {
            Some(Reason::BannedSpeaker)
        } else {
            None
        }
    }

    /// Returns the sentence of the summary that contains at least half of the content words of a given sentence.
    pub(super) fn told_by(&self, plan: &StoryPlan, at: SentenceRef) -> Option<SentenceRef> {
        let own = self.terms(at);
        let shares_half = |other: &SentenceRef| {
            let other = self.terms(*other);
            own.iter().filter(|t| other.binary_search(t).is_ok()).count() * 2 >= own.len()
        };
        plan.sentences.iter().map(|c| c.at).find(|o| !own.is_empty() && shares_half(o))
    }

    /// Returns why a quote is not shown.
    pub(super) fn why_not(&self, plan: &StoryPlan, quote: &KeyQuote) -> Reason {
        let shown: Vec<SentenceRef> = plan.sentences.iter().map(|c| c.at).collect();
        if let Some(reason) = quotations::unfit(self.collection, quote, self.params) {
            reason
        } else if self.is_in(quote, &shown) {
            Reason::InSentence
        } else if self.is_by_stranger(quote, &shown) {
            Reason::UnsureSpeaker
        } else if self.is_off_subject(quote, &shown) {
            Reason::OffSubject
        } else if quote_selection::weight(quote, &shown) < self.least_weight(&shown) {
            Reason::Outranked
        } else if plan.quotes.len() >= self.params.quotes {
            Reason::EnoughQuotes { maximum: self.params.quotes }
        } else {
            Reason::NoRoomForQuote
        }
    }

    /// Returns the decision that the final selection of a plan made about every sentence, sorted by sentence.
    pub(super) fn considered(&self, plan: &StoryPlan) -> Vec<Considered> {
        let lede = plan.sentences.first().map(|c| c.at);
        let Selection { room, without, .. } = &plan.selection;
        let mut constraints = self.constraints(lede, &plan.quotes, without);
        constraints.prefers_two_sources =
            lede.is_some_and(|lede| self.needs_another_source(lede, *room));
        constraints.as_one_report = !constraints.prefers_two_sources;
        let mut all = summary::explain(&self.candidates, Budget::Words(*room), &constraints);
        all.sort_unstable_by_key(|c| c.at);
        all
    }

    /// Returns why a sentence is not in the finished text although the summary could have used it.
    pub(super) fn why_dropped(&self, plan: &StoryPlan, at: SentenceRef) -> Option<Reason> {
        let Selection { misplaced, idle, without, room } = &plan.selection;
        if idle.contains(&at) {
            Some(Reason::AddsTooLittle)
        } else if misplaced.contains(&at) {
            Some(Reason::NotIntroduced)
        } else if without.binary_search(&at).is_err() {
            None
        } else if self.is_short(at) {
            Some(Reason::Unfit(Verdict::Unfit(Unfit::Short)))
        } else if plan.sentences.first().is_some_and(|lede| {
            self.leaves_report(lede.at, at, self.needs_another_source(lede.at, *room))
        }) {
            Some(Reason::LeavesReport)
        } else {
            Some(Reason::Unfit(Verdict::OverShare))
        }
    }

    /// Returns whether all words of a sentence are inside quotations: its speaker is named elsewhere.
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
        !inside.is_empty()
            && !outside.iter().any(|s| s.slice(text).chars().any(char::is_alphanumeric))
    }

    fn quotes_a_banned_speaker(&self, at: SentenceRef) -> bool {
        let span = self.span_of(at);
        !self.quotes.banned.overlapping(Place { article: at.article, span }).is_empty()
    }
}

/// Returns whether `next` is the sentence after `at` in the same article.
const fn is_next(at: SentenceRef, next: SentenceRef) -> bool {
    at.article == next.article && at.sentence + 1 == next.sentence
}

/// Returns whether a sentence is one of the two after the lede in its article.
const fn goes_on(lede: SentenceRef, at: SentenceRef) -> bool {
    at.article == lede.article && lede.sentence < at.sentence && at.sentence <= lede.sentence + 2
}

/// Builds the candidate set of a story.
pub fn candidates<'c>(
    collection: &'c Collection,
    input: &StoryInput,
    params: &Params,
) -> CandidateSet<'c> {
    let topic = input.topic.as_ref().map(Topic::in_words);
    CandidateSet::new(collection, &input.story, &params.summary, topic.as_deref())
}

/// Returns the first title that can be shown, considering the articles that the editor pinned, then the one that
/// grouping chose, then the others. If there is none, returns the first sentence of prose. Unless they are pinned,
/// articles that the reader already knows come last.
///
/// If the title is that of a superseded preview, the title of a report is preferred.
fn choose_headline(
    collection: &Collection,
    input: &StoryInput,
    params: &Params,
    previews: &Previews,
) -> HeadlineChoice {
    let story = &input.story;
    let article = |a: ArticleIx| &collection.articles[a];
    let mut order: Vec<ArticleIx> = story.articles.clone();
    order.sort_by_key(|&a| {
        let pinned = params.editor.pins_article(article(a));
        let told = input.past.told.contains(&a);
        let shared = shared_title_terms(collection, a, &story.articles);
        let is_report = previews.reports.binary_search(&a).is_ok();
        let of_event = (previews.contains(a), a != story.headline, !is_report, Reverse(shared));
        (!pinned, told, of_event, &article(a).id)
    });
    let is_showable = |title: &str| headline::is_headline(title) && words(title) <= params.words;
    if let Some(titled) = order.iter().find(|&&a| is_showable(&article(a).title)) {
        return HeadlineChoice::Title(*titled);
    }
    let lede = |&a: &ArticleIx| {
        let mut sentences = collection.corpus.documents[a].sentences.iter();
        let blocks = &article(a).blocks;
        let is_prose = |block: u32| blocks.get(block as usize).is_some_and(|b| b.kind.is_prose());
        let first = sentences.position(|s| is_prose(s.block))?;
        Some(SentenceRef { article: a, sentence: first })
    };
    order.iter().find_map(lede).map_or(HeadlineChoice::None, HeadlineChoice::Sentence)
}

/// Counts the terms of an article's title that occur in other titles of its story.
fn shared_title_terms(
    collection: &Collection,
    article: ArticleIx,
    articles: &[ArticleIx],
) -> usize {
    let others: Vec<ArticleIx> = articles.iter().copied().filter(|&a| a != article).collect();
    let others = quotations::title_terms(collection, &others);
    let own = quotations::title_terms(collection, &[article]);
    own.iter().filter(|term| others.binary_search(term).is_ok()).count()
}

/// Returns the articles of a story that are opinion, guides and the like, unless all of them are.
fn no_news(collection: &Collection, story: &Story) -> Vec<ArticleIx> {
    let is_news = |a: ArticleIx| kind::of_article(&collection.articles[a]).is_news();
    let others: Vec<ArticleIx> = story.articles.iter().copied().filter(|&a| !is_news(a)).collect();
    if others.len() == story.articles.len() { Vec::new() } else { others }
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
