//! Decides which stories a briefing shows, and how the words of its budget are shared among them.
//!
//! 1. The number of stories follows from the budget ([`STORY_WORDS`], [`DEPTH_SHARE`]); [`Params::stories`] is a maximum.
//! 2. In the order of importance each story reserves its core: the headline and the lede, which reports the headline's
//!    event. A story whose core does not fit is left out, and the next one takes its place.
//! 3. The remaining words are shared by rank: quotes and further sentences, by the value they add.
//! 4. Words that a story does not use go to the others, the first one first; words that could only be filled by a
//!    sentence that adds nothing stay unused.

use crate::briefing::input::StoryInput;
use crate::briefing::params::Params;
use crate::briefing::planner::{Core, StoryPlan, StoryPlanner};
use crate::briefing::reason::Reason;
use crate::parallel;
use crate::score;
use crate::stories::Story;

/// The number of words in a story with a headline, a lede and little else.
const STORY_WORDS: usize = 50;

/// The share of the budget by which each story is longer than that: a longer briefing has longer stories too.
///
/// Both were chosen by reading: a story of 60 words has a lede and a second sentence or quote, one of 110 has all three.
const DEPTH_SHARE: f64 = 1.0 / 15.0;

/// The number of words below which a quote costs more than it adds; a shorter briefing has at most one.
const SHORT_BRIEFING: usize = 120;

/// The number of stories read at a time.
const BATCH: usize = 8;

/// A planned briefing: which stories are shown and how, and which are not.
pub struct Plan<'c> {
    /// The stories shown, in their order.
    pub(super) stories: Vec<(StoryPlanner<'c>, StoryPlan)>,
    /// The known stories without anything new.
    pub(super) ongoing: Vec<StoryPlanner<'c>>,
    /// The stories left out.
    pub(super) left_out: Vec<(&'c Story, Reason)>,
}

/// Plans a briefing of stories in descending order of importance; `read` reads a story for its quotes and candidates.
pub fn plan<'c>(
    inputs: &'c [StoryInput],
    params: &Params,
    read: impl Fn(&'c StoryInput) -> StoryPlanner<'c> + Sync,
) -> Plan<'c> {
    let mut draft = Draft::new(params);
    for batch in inputs.chunks(BATCH) {
        // Once the briefing is full, only stories that the reader may know are read, to list those that continue.
        let is_full = draft.is_full();
        let batch: Vec<&'c StoryInput> = batch.iter().collect();
        let planners = parallel::map_in_order(&batch, |input| {
            (!is_full || input.has_past()).then(|| read(input))
        });
        for (input, planner) in batch.into_iter().zip(planners) {
            match planner {
                Some(planner) => draft.consider(planner),
                None => draft.leave_out(&input.story),
            }
        }
    }
    draft.finish()
}

/// A plan under construction.
struct Draft<'c, 'p> {
    params: &'p Params,
    /// The maximum number of stories.
    most: usize,
    /// The number of words that are not reserved.
    left: usize,
    cores: Vec<(StoryPlanner<'c>, Core)>,
    ongoing: Vec<StoryPlanner<'c>>,
    left_out: Vec<(&'c Story, Reason)>,
}

impl<'c, 'p> Draft<'c, 'p> {
    fn new(params: &'p Params) -> Self {
        let (cores, ongoing, left_out) = (Vec::new(), Vec::new(), Vec::new());
        Self { params, most: planned(params), left: params.words, cores, ongoing, left_out }
    }

    fn is_full(&self) -> bool {
        self.cores.len() >= self.most
    }

    /// Why a story that is not examined is left out.
    fn leave_out(&mut self, story: &'c Story) {
        let maximum = self.params.stories.filter(|most| self.cores.len() >= *most);
        let reason = maximum.map_or(Reason::NoRoom, |maximum| Reason::EnoughStories { maximum });
        self.left_out.push((story, reason));
    }

    /// Reserves the core of a story, or leaves it out.
    fn consider(&mut self, planner: StoryPlanner<'c>) {
        if planner.is_ongoing() {
            self.ongoing.push(planner);
        } else if self.is_full() {
            self.leave_out(planner.story());
        } else {
            match planner.core(self.left) {
                Ok(core) => {
                    self.left -= core.words;
                    self.cores.push((planner, core));
                }
                Err(reason) => self.left_out.push((planner.story(), reason)),
            }
        }
    }

    /// Shares the remaining words.
    fn finish(mut self) -> Plan<'c> {
        let mut quotes_left = if self.params.words <= SHORT_BRIEFING { 1 } else { usize::MAX };
        let n = self.cores.len();
        let mut left = self.left;
        let mut stories: Vec<(StoryPlanner<'c>, StoryPlan)> = Vec::with_capacity(n);
        for (rank, (planner, core)) in self.cores.drain(..).enumerate() {
            let share = (left as f64 * weight(rank) / weights(rank, n)) as usize;
            let plan = planner.complete(&core, share, quotes_left);
            left -= plan.words - core.words;
            quotes_left = quotes_left.saturating_sub(plan.quotes.len());
            stories.push((planner, plan));
        }
        for (planner, plan) in &mut stories {
            let core = planner.core_of(plan);
            let quotes = quotes_left.saturating_add(plan.quotes.len());
            let room = plan.words - core.words + left;
            let mut longer = planner.complete(&core, room, quotes);
            if longer.words <= plan.words && plan.quotes.is_empty() {
                // Words for which no sentence is good enough may carry a quote, even in a short briefing.
                longer = planner.complete(&core, room, 1);
            }
            if longer.words > plan.words {
                left -= longer.words - plan.words;
                quotes_left = quotes.saturating_sub(longer.quotes.len());
                *plan = longer;
            }
        }
        Plan { stories, ongoing: self.ongoing, left_out: self.left_out }
    }
}

/// Returns the number of stories that the budget can show well.
fn planned(params: &Params) -> usize {
    let words = params.words as f64;
    let fitting = (words / (STORY_WORDS as f64 + words * DEPTH_SHARE) + 0.5) as usize;
    fitting.max(1).min(params.stories.unwrap_or(usize::MAX))
}

fn weight(rank: usize) -> f64 {
    1.0 / score::sqrt((rank + 1) as f64)
}

fn weights(from: usize, to: usize) -> f64 {
    (from..to).map(weight).sum()
}
