//! Computes the importance of a story and the parts it consists of.
//!
//! The importance is a weighted sum of six parts, which `--explain` shows:
//!
//! * *outlets*: ln(1 + independent witnesses), a witness being an outlet with a text of its own;
//! * *size*: ln(1 + articles), including near-copies;
//! * *recency*: 1 if the newest member has just been published, halved for each half-life since then; −1 if no member
//!   is dated but other articles are;
//! * *prominence*: the space that outlets give the story: the mean of words / (words + 300) over its articles,
//!   near-copies excluded. The length of a single article says more about its outlet than about the event, so the
//!   prominence of a story with one witness is one half;
//! * *novelty*: the share of its dated articles that appeared within the last half-life; 0 if none is dated but other
//!   articles are;
//! * *kind*: the share of its articles, near-copies excluded, that are not news, with a negative weight. Opinion,
//!   guides, reviews, recipes and live blogs, recognized by title or address ([`crate::stories::kind`]), count fully;
//!   other articles count by the probability that they are commentary ([`crate::stories::commentary`]), but by at least
//!   one half if their titles are questions or clickbait.
//!
//! If no time is given for the briefing, the newest date in the collection is used as now. If no article is dated, the
//! recency and the novelty of every story are one half.

use jiff::Timestamp;

use crate::article::{ArticleIx, Published};
use crate::score::{self, Score};
use crate::stories::sketch::Sketch;
use crate::stories::{Group, Run, headline};

/// The weights of the parts of the importance.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ranking {
    /// The weight of the number of independent witnesses.
    pub outlets: f64,
    /// The weight of the number of articles.
    pub size: f64,
    /// The weight of the recency of the newest member.
    pub recency: f64,
    /// The weight of the prominence, which depends on the articles' length.
    pub prominence: f64,
    /// The weight of the share of dated articles that appeared within the last half-life.
    pub novelty: f64,
    /// The half-life of recency, in hours.
    pub half_life: f64,
}

impl Default for Ranking {
    fn default() -> Self {
        let half_life = 18.0;
        Self { outlets: 1.0, size: 0.3, recency: 1.0, prominence: 0.3, novelty: 0.3, half_life }
    }
}

/// The parts of a story's importance. Their contributions add up to the score that the story has before the editor's
/// weights are applied.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Rank {
    /// The parts of the importance.
    pub parts: Vec<Part>,
}

/// One part of the importance of a story.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Part {
    /// The name of the part.
    pub name: &'static str,
    /// The value of the part for the story.
    pub value: f64,
    /// The weight by which the value is multiplied.
    pub weight: f64,
}

impl Rank {
    /// Returns the sum of the contributions.
    pub fn score(&self) -> Score {
        Score::new(self.parts.iter().map(|part| part.value * part.weight).sum())
    }
}

/// Returns the time relative to which ages are computed: the given time, or the newest date of all articles.
pub(crate) fn now(sketches: &[Sketch], given: Option<Timestamp>) -> Option<Timestamp> {
    let dates = sketches.iter().filter_map(Sketch::published);
    given.or_else(|| dates.map(Published::timestamp).max())
}

/// Computes the importance of a group of articles. `independent` contains its members without near-copies.
pub(crate) fn rank(
    run: &Run<'_>,
    group: &Group,
    witnesses: usize,
    independent: &[ArticleIx],
    params: &Ranking,
) -> Rank {
    let ages = ages(run.sketches, &group.articles, run.now);
    let (undated, unknown) =
        if run.has_dates { (0.0, UNDATED_AMONG_DATED) } else { (UNDATED, UNDATED) };
    let part = |name, value, weight| Part { name, value, weight };
    Rank {
        parts: vec![
            part("outlets", log_of(witnesses), params.outlets),
            part("size", log_of(group.articles.len()), params.size),
            part("recency", recency(&ages, unknown, params.half_life), params.recency),
            part("prominence", prominence(run.sketches, witnesses, independent), params.prominence),
            part("novelty", novelty(&ages, undated, params.half_life), params.novelty),
            part("kind", share_of_no_news(run.sketches, independent), -NO_NEWS),
        ],
    }
}

fn log_of(count: usize) -> f64 {
    score::ln(1.0 + count as f64)
}

/// Returns the ages of the dated articles in hours; the age of an article that is dated in the future is zero.
fn ages(sketches: &[Sketch], articles: &[ArticleIx], now: Option<Timestamp>) -> Vec<f64> {
    let Some(now) = now else { return Vec::new() };
    let dates = articles.iter().filter_map(|&a| sketches[a].published());
    let seconds = dates.map(|d| now.as_second().saturating_sub(d.timestamp().as_second()));
    seconds.map(|s| (s as f64 / 3600.0).max(0.0)).collect()
}

/// The recency and novelty of a story if no article of the run is dated.
const UNDATED: f64 = 0.5;

/// The recency of an undated story if other articles have dates. It is lower than the recency of any dated story, so
/// that an undated story from two outlets does not outrank today's news.
const UNDATED_AMONG_DATED: f64 = -1.0;

/// The penalty for a story none of whose articles are news; it is about as large as the difference between one outlet
/// and four.
const NO_NEWS: f64 = 0.9;

/// The minimum share by which an article counts as not news if its title is clickbait or a question.
const LURES: f64 = 0.5;

/// The prominence of a story with a single witness.
const LONE: f64 = 0.5;

fn share_of_no_news(sketches: &[Sketch], articles: &[ArticleIx]) -> f64 {
    let of_article = |&a: &ArticleIx| {
        let sketch = &sketches[a];
        let lures = if headline::lures(sketch) { LURES } else { 0.0 };
        sketch.commentary().max(lures)
    };
    articles.iter().map(of_article).sum::<f64>() / articles.len().max(1) as f64
}

fn recency(ages: &[f64], undated: f64, half_life: f64) -> f64 {
    let newest = ages.iter().copied().min_by(f64::total_cmp);
    newest.map_or(undated, |age| score::pow(0.5, age / half_life))
}

fn novelty(ages: &[f64], undated: f64, half_life: f64) -> f64 {
    if ages.is_empty() {
        return undated;
    }
    ages.iter().filter(|&&age| age <= half_life).count() as f64 / ages.len() as f64
}

fn prominence(sketches: &[Sketch], witnesses: usize, articles: &[ArticleIx]) -> f64 {
    if witnesses < 2 {
        return LONE;
    }
    let room = |&a: &ArticleIx| {
        let words = sketches[a].n_words() as f64;
        Score::new(words / (words + 300.0))
    };
    let mut rooms: Vec<Score> = articles.iter().map(room).collect();
    // Sum in a fixed order, so that the order of the input does not affect rounding.
    rooms.sort_unstable();
    rooms.iter().map(|room| room.value()).sum::<f64>() / articles.len().max(1) as f64
}
