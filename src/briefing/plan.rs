//! Decides which stories a briefing shows, and how the words of its budget are shared among them.
//!
//! 1. The number of stories follows from the budget ([`story_words`]); [`Params::stories`] is a maximum.
//! 2. In the given order, which is that of importance unless topics or pins change it, each story reserves its core:
//!    the headline, and the lede that reports the headline's event. A story whose core does not fit is left out, and
//!    the next one takes its place.
//! 3. The remaining words are shared by rank: they go to quotes and further sentences, by the value they add.
//! 4. Words that a story does not use go to the other stories in order. If enough words remain for a whole story,
//!    further stories are added. Words stay unused if only a sentence that adds nothing could fill them.

use crate::briefing::params::Params;
use crate::briefing::planner::{Core, StoryPlan, StoryPlanner};
use crate::briefing::reason::Reason;
use crate::briefing::story_input::StoryInput;
use crate::parallel;
use crate::score;
use crate::stories::Story;

/// The number of words in a story with a headline, a lede and little else.
const STORY_WORDS: usize = 50;

/// The share of the budget that is added to [`STORY_WORDS`], so that a longer briefing also has longer stories.
///
/// Both values were chosen by reading briefings: a story of 60 words has a lede and either a second sentence or a
/// quote, and one of 110 words has all three.
const DEPTH_SHARE: f64 = 1.0 / 15.0;

/// The number of words up to which a briefing has at most one quote, because quotes cost more than they add. A story
/// may have another one if no further sentence is good enough.
const SHORT_BRIEFING: usize = 120;

/// The number of stories that are read at a time.
const BATCH: usize = 8;

/// A planned briefing: the stories that are shown, and those that are not.
pub struct Plan<'c> {
    /// The stories shown, in their order.
    pub(super) stories: Vec<(StoryPlanner<'c>, StoryPlan)>,
    /// The stories that the reader knows and that contain nothing new.
    pub(super) ongoing: Vec<StoryPlanner<'c>>,
    /// The stories left out.
    pub(super) left_out: Vec<(&'c Story, Reason)>,
}

/// Plans a briefing of stories, which are considered in the given order; `read` finds the quotes and candidates of a
/// story.
pub fn plan<'c>(
    inputs: &'c [StoryInput],
    params: &Params,
    read: impl Fn(&'c StoryInput) -> StoryPlanner<'c> + Sync,
) -> Plan<'c> {
    let mut draft = Draft::new(params);
    let mut waiting: Vec<&'c StoryInput> = inputs.iter().collect();
    loop {
        waiting = draft.consider_all(&waiting, &read);
        draft.share();
        if waiting.is_empty() || !draft.extend() {
            return draft.finish(&waiting);
        }
    }
}

/// A plan under construction.
struct Draft<'c, 'p> {
    params: &'p Params,
    /// The maximum number of stories.
    most: usize,
    /// The number of words that are not used yet.
    left: usize,
    /// The number of quotes that may still be shown.
    quotes_left: usize,
    /// The stories that have only their cores so far.
    cores: Vec<(StoryPlanner<'c>, Core)>,
    stories: Vec<(StoryPlanner<'c>, StoryPlan)>,
    ongoing: Vec<StoryPlanner<'c>>,
    left_out: Vec<(&'c Story, Reason)>,
}

impl<'c, 'p> Draft<'c, 'p> {
    fn new(params: &'p Params) -> Self {
        Self {
            params,
            most: planned(params),
            left: params.words,
            quotes_left: if params.words <= SHORT_BRIEFING { 1 } else { usize::MAX },
            cores: Vec::new(),
            stories: Vec::new(),
            ongoing: Vec::new(),
            left_out: Vec::new(),
        }
    }

    fn n_stories(&self) -> usize {
        self.cores.len() + self.stories.len()
    }

    fn is_full(&self) -> bool {
        self.n_stories() >= self.most
    }

    /// Considers stories until the briefing is full, and returns the stories that are waiting for room.
    ///
    /// Once the briefing is full, only stories that the reader may know are read, so that ongoing ones can be listed.
    fn consider_all(
        &mut self,
        inputs: &[&'c StoryInput],
        read: &(impl Fn(&'c StoryInput) -> StoryPlanner<'c> + Sync),
    ) -> Vec<&'c StoryInput> {
        let mut waiting = Vec::new();
        for batch in inputs.chunks(BATCH) {
            let is_full = self.is_full();
            let planners = parallel::map_in_order(batch, |input| {
                (!is_full || input.has_past()).then(|| read(input))
            });
            for (&input, planner) in batch.iter().zip(planners) {
                match planner {
                    Some(planner) if planner.is_ongoing() => self.ongoing.push(planner),
                    Some(planner) if !self.is_full() => self.consider(planner),
                    _ => waiting.push(input),
                }
            }
        }
        waiting
    }

    /// Reserves the core of a story, or leaves it out.
    fn consider(&mut self, planner: StoryPlanner<'c>) {
        match planner.core(self.left) {
            Ok(core) => {
                self.left -= core.words;
                self.cores.push((planner, core));
            }
            Err(reason) => self.left_out.push((planner.story(), reason)),
        }
    }

    /// Shares the remaining words among the stories that have only their cores.
    fn share(&mut self) {
        let n = self.cores.len();
        let first = self.stories.len();
        let mut granted = Vec::with_capacity(n);
        for (rank, (planner, core)) in std::mem::take(&mut self.cores).into_iter().enumerate() {
            let share = (self.left as f64 * weight(rank) / weights(rank, n)) as usize;
            granted.push((core, share, self.quotes_left));
            let plan = planner.complete(&core, share, self.quotes_left);
            self.left = self.left + core.words - plan.words;
            self.quotes_left = self.quotes_left.saturating_sub(plan.quotes.len());
            self.stories.push((planner, plan));
        }
        for ((planner, plan), granted) in self.stories.iter_mut().skip(first).zip(granted) {
            let core = planner.core_of(plan);
            let quotes = self.quotes_left.saturating_add(plan.quotes.len());
            let room = plan.words - core.words + self.left;
            // A briefing of one story grants the same room again, and the plan would be the same.
            let is_same = (core, room, quotes) == granted;
            let mut longer =
                if is_same { plan.clone() } else { planner.complete(&core, room, quotes) };
            if longer.words <= plan.words && plan.quotes.is_empty() {
                // If no sentence is good enough for the words, they may go to a quote, even in a short briefing.
                longer = planner.complete(&core, room, 1);
            }
            if longer.words > plan.words {
                self.left -= longer.words - plan.words;
                self.quotes_left = quotes.saturating_sub(longer.quotes.len());
                *plan = longer;
            }
        }
    }

    /// Raises the maximum number of stories if enough words are left, and returns whether the briefing has room for
    /// more.
    fn extend(&mut self) -> bool {
        let further = (self.left as f64 / story_words(self.params)) as usize;
        self.most = (self.n_stories() + further).min(self.params.stories.unwrap_or(usize::MAX));
        !self.is_full()
    }

    /// Leaves out the stories that are still waiting.
    fn finish(mut self, waiting: &[&'c StoryInput]) -> Plan<'c> {
        let shown = self.n_stories();
        let reason = match self.params.stories {
            Some(maximum) if maximum <= shown => Reason::EnoughStories { maximum },
            _ => Reason::BudgetIsShared { stories: shown },
        };
        self.left_out.extend(waiting.iter().map(|input| (&input.story, reason.clone())));
        Plan { stories: self.stories, ongoing: self.ongoing, left_out: self.left_out }
    }
}

/// Returns the number of words in an average story of the briefing.
fn story_words(params: &Params) -> f64 {
    STORY_WORDS as f64 + params.words as f64 * DEPTH_SHARE
}

/// Returns the number of stories of average length for which the budget has room, rounded, at least one and at most
/// [`Params::stories`].
fn planned(params: &Params) -> usize {
    let fitting = (params.words as f64 / story_words(params) + 0.5) as usize;
    fitting.max(1).min(params.stories.unwrap_or(usize::MAX))
}

fn weight(rank: usize) -> f64 {
    1.0 / score::sqrt((rank + 1) as f64)
}

fn weights(from: usize, to: usize) -> f64 {
    (from..to).map(weight).sum()
}
