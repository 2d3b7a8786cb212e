//! The editor's control: pins, bans and weights of sources, topics, speakers and articles.
//!
//! * A banned source or article is not read at all; a banned topic leaves its stories out; a banned speaker is not
//!   quoted, neither as a key quote nor inside a sentence of a summary.
//! * A pinned article, source or topic puts its stories in front; a pinned article gives its story the headline; a
//!   pinned speaker's quotes come first.
//! * A weight multiplies the score of a story (source, article, topic) or of a quote (speaker).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::briefing::model::Dropped;
use crate::briefing::topic::name_all;
use crate::quotes::{KeyQuote, Speaker};
use crate::score::Score;
use crate::stories::Story;
use crate::stories::topic::{self, Topic};
use crate::text::Collection;

/// What an editor may pin, ban or weigh.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// An outlet, by its name or host; upper and lower case are alike.
    Source(String),
    /// A topic, by its words: as `--topic` takes them.
    Topic(String),
    /// A speaker, by a name whose words all stand in the speaker's.
    Speaker(String),
    /// An article, by its id, URL or origin.
    Article(String),
}

impl Target {
    /// Reads `source:NAME`, `topic:WORDS`, `speaker:NAME` or `article:ID`.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, value) = text.split_once(':')?;
        let value = value.trim().to_owned();
        if value.is_empty() {
            return None;
        }
        Some(match kind.trim() {
            "source" => Self::Source(value),
            "topic" => Self::Topic(value),
            "speaker" => Self::Speaker(value),
            "article" => Self::Article(value),
            _ => return None,
        })
    }

    fn is_article(&self, article: &Article) -> bool {
        match self {
            Self::Source(name) => {
                let name = name.to_lowercase();
                article.outlet().is_some_and(|o| o.to_lowercase() == name)
            }
            Self::Article(id) => {
                article.id.as_str() == id
                    || article.origin == *id
                    || article.url.as_deref() == Some(id.as_str())
            }
            Self::Topic(_) | Self::Speaker(_) => false,
        }
    }

    /// Says of each story whether it is meant.
    fn means(&self, collection: &Collection, stories: &[Story]) -> Vec<bool> {
        let holds = |story: &Story| {
            story.articles.iter().any(|&a| self.is_article(&collection.articles[a]))
        };
        match self {
            Self::Topic(words) => {
                let topic = [Topic::of_words(words)];
                topic::assign(collection, stories, &topic).iter().map(Option::is_some).collect()
            }
            Self::Source(_) | Self::Article(_) => stories.iter().map(holds).collect(),
            Self::Speaker(_) => vec![false; stories.len()],
        }
    }

    fn is_speaker(&self, speaker: &Speaker) -> bool {
        let Self::Speaker(name) = self else { return false };
        let full = speaker.name.to_lowercase();
        let full: Vec<&str> = full.split_whitespace().collect();
        name.to_lowercase().split_whitespace().all(|word| full.contains(&word))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(name) => write!(f, "source {name:?}"),
            Self::Topic(words) => write!(f, "topic {words:?}"),
            Self::Speaker(name) => write!(f, "speaker {name:?}"),
            Self::Article(id) => write!(f, "article {id:?}"),
        }
    }
}

/// Everything that an editor pins, bans and weighs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Editor {
    /// What comes first.
    pub pins: Vec<Target>,
    /// What does not come at all.
    pub bans: Vec<Target>,
    /// What counts more (above 1) or less (below 1).
    pub weights: Vec<(Target, f64)>,
}

impl Editor {
    /// Returns whether the editor leaves everything as it is.
    pub fn is_idle(&self) -> bool {
        self.pins.is_empty() && self.bans.is_empty() && self.weights.is_empty()
    }

    /// Leaves out the articles that are banned by themselves or with their source.
    pub fn admit_articles(&self, articles: Vec<Article>) -> (Vec<Article>, Vec<Dropped>) {
        let mut dropped = Vec::new();
        let mut admitted = Vec::new();
        for article in articles {
            match self.bans.iter().find(|t| t.is_article(&article)) {
                None => admitted.push(article),
                Some(ban) => {
                    dropped.push(Dropped::article(&article, reason(ban)));
                }
            }
        }
        (admitted, dropped)
    }

    /// Leaves out the stories about a banned topic, and those of fewer outlets than asked for.
    pub fn admit_stories(
        &self,
        collection: &Collection,
        stories: Vec<Story>,
        min_sources: usize,
    ) -> (Vec<Story>, Vec<Dropped>) {
        let mut dropped = Vec::new();
        let mut admitted = Vec::new();
        let is_topic = |t: &&Target| matches!(t, Target::Topic(_));
        let bans: Vec<(&Target, Vec<bool>)> = self
            .bans
            .iter()
            .filter(is_topic)
            .map(|ban| (ban, ban.means(collection, &stories)))
            .collect();
        for (at, story) in stories.into_iter().enumerate() {
            let n_outlets = story.sources.len().max(1);
            if n_outlets < min_sources {
                let reason = format!("told by {n_outlets} outlets, {min_sources} are asked for");
                dropped.extend(name_all(collection, &story, &reason));
                continue;
            }
            match bans.iter().find(|(_, means)| means[at]) {
                None => admitted.push(story),
                Some((ban, _)) => dropped.extend(name_all(collection, &story, &reason(ban))),
            }
        }
        (admitted, dropped)
    }

    /// Returns whether a speaker is not to be quoted.
    pub fn bans_speaker(&self, speaker: &Speaker) -> bool {
        self.bans.iter().any(|t| t.is_speaker(speaker))
    }

    /// Returns whether an article is pinned by itself.
    pub fn pins_article(&self, article: &Article) -> bool {
        self.pins.iter().any(|t| matches!(t, Target::Article(_)) && t.is_article(article))
    }

    /// Weighs the stories and puts those that are pinned first, in the order of the pins.
    #[must_use]
    pub fn rank(&self, collection: &Collection, mut stories: Vec<Story>) -> Vec<Story> {
        if self.is_idle() {
            return stories;
        }
        let mut pin = vec![usize::MAX; stories.len()];
        for (at, target) in self.pins.iter().enumerate().rev() {
            for pin in meant(&mut pin, &target.means(collection, &stories)) {
                *pin = at;
            }
        }
        for (target, factor) in &self.weights {
            let means = target.means(collection, &stories);
            for story in meant(&mut stories, &means) {
                story.score = Score::new(story.score.value() * factor);
            }
        }
        let mut pinned: Vec<(usize, Story)> = pin.into_iter().zip(stories).collect();
        pinned.sort_by(|(p, a), (q, b)| {
            p.cmp(q).then_with(|| b.score.cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
        });
        pinned.into_iter().map(|(_, story)| story).collect()
    }

    /// Leaves out banned speakers, weighs the others, and puts those that are pinned first.
    #[must_use]
    pub fn rank_quotes(&self, mut quotes: Vec<KeyQuote>) -> Vec<KeyQuote> {
        if self.is_idle() {
            return quotes;
        }
        quotes.retain(|q| !q.speaker.as_ref().is_some_and(|s| self.bans_speaker(s)));
        for quote in &mut quotes {
            let factor = self.factor(|t| quote.speaker.as_ref().is_some_and(|s| t.is_speaker(s)));
            quote.weight = Score::new(quote.weight.value() * factor);
        }
        quotes.sort_by_cached_key(|q| {
            let pin =
                q.speaker.as_ref().and_then(|s| self.pins.iter().position(|t| t.is_speaker(s)));
            let place = q.excerpts.first().copied();
            (pin.unwrap_or(usize::MAX), std::cmp::Reverse(q.weight), place)
        });
        quotes
    }

    fn factor(&self, applies: impl Fn(&Target) -> bool) -> f64 {
        self.weights.iter().filter(|(t, _)| applies(t)).fold(1.0, |product, (_, w)| product * w)
    }
}

/// Those of some items that are meant.
fn meant<'i, T>(items: &'i mut [T], means: &[bool]) -> impl Iterator<Item = &'i mut T> {
    items.iter_mut().zip(means).filter(|(_, means)| **means).map(|(item, _)| item)
}

fn reason(ban: &Target) -> String {
    format!("the editor banned the {ban}")
}
