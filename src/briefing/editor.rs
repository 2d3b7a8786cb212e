//! The editor's controls: pins, bans and weights for sources, topics, speakers and articles.
//!
//! * The articles of a banned source and banned articles are left out before grouping; the stories about a banned topic
//!   are left out; a banned speaker is quoted neither in a key quote nor inside a sentence of a summary.
//! * A pinned article, source or topic moves its stories to the front; a pinned article provides the headline of its
//!   story; a pinned speaker's quotes come first.
//! * A weight multiplies the score of a story (source, article, topic) or of a quote (speaker).
//!
//! Outlets and people are compared only by [`identity`](crate::identity), so a ban on `BBC News` also bans `bbc.co.uk`,
//! and a ban on `Sergei Lavrov` also bans `S. Lavrov`. An intervention that matches nothing is reported
//! ([`Editor::unmet`]).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::briefing::model::Dropped;
use crate::briefing::reason::Reason;
use crate::briefing::topic_assignment::name_all;
use crate::identity::Outlets;
use crate::quotes::{KeyQuote, Speaker};
use crate::score::Score;
use crate::stories::Story;
use crate::stories::topic::{self, Topic};
use crate::text::Collection;

/// The target of a pin, ban or weight.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// An outlet, by any of its names or hosts.
    Source(String),
    /// A topic, by its words as in `--topic`.
    Topic(String),
    /// A speaker, by any spelling of the name, or by some of its words, optionally with words of the role. Forms of
    /// address are ignored.
    Speaker(String),
    /// An article, by its id, URL or origin.
    Article(String),
}

impl Target {
    /// Reads `source:NAME`, `topic:WORDS`, `speaker:NAME` or `article:ID`.
    ///
    /// ```
    /// use nutgraf::briefing::Target;
    ///
    /// assert_eq!(Target::parse("speaker: Ana Quill"), Some(Target::Speaker("Ana Quill".to_owned())));
    /// assert_eq!(Target::parse("Ana Quill"), None);
    /// ```
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

    fn is_article(&self, article: &Article, outlets: &Outlets) -> bool {
        match self {
            Self::Source(name) => article.outlet().is_some_and(|o| outlets.are_one(o, name)),
            Self::Article(id) => {
                article.id.as_str() == id
                    || article.origin == *id
                    || article.url.as_deref() == Some(id.as_str())
            }
            Self::Topic(_) | Self::Speaker(_) => false,
        }
    }

    /// Returns, for each story, whether it matches the target.
    fn matches(&self, collection: &Collection, stories: &[Story], outlets: &Outlets) -> Vec<bool> {
        let contains = |story: &Story| {
            story.articles.iter().any(|&a| self.is_article(&collection.articles[a], outlets))
        };
        match self {
            Self::Topic(words) => {
                let topic = [Topic::from_words(words)];
                topic::assign(collection, stories, &topic).iter().map(Option::is_some).collect()
            }
            Self::Source(_) | Self::Article(_) => stories.iter().map(contains).collect(),
            Self::Speaker(_) => vec![false; stories.len()],
        }
    }

    fn is_speaker(&self, speaker: &Speaker) -> bool {
        matches!(self, Self::Speaker(name) if speaker.is_meant_by(name))
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

/// Everything that an editor pins, bans and weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Editor {
    /// Pinned targets, which come first.
    pub pins: Vec<Target>,
    /// Banned targets, which are left out.
    pub bans: Vec<Target>,
    /// Weighted targets with their factors: above 1 to promote, below 1 to demote.
    pub weights: Vec<(Target, f64)>,
}

/// One decision of the editor.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Intervention {
    /// A target is pinned.
    Pin(Target),
    /// A target is left out.
    Ban(Target),
    /// A target is weighted.
    Weight(Target, f64),
    /// Stories about a topic are requested.
    Topic(String),
}

impl fmt::Display for Intervention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pin(target) => write!(f, "pinned the {target}"),
            Self::Ban(target) => write!(f, "banned the {target}"),
            Self::Weight(target, weight) => write!(f, "weighed the {target} {weight} times"),
            Self::Topic(name) => write!(f, "asked for stories about {name:?}"),
        }
    }
}

impl Editor {
    /// Returns whether nothing is pinned, banned or weighted.
    pub fn is_idle(&self) -> bool {
        self.pins.is_empty() && self.bans.is_empty() && self.weights.is_empty()
    }

    /// Returns the pins, then the bans, then the weights, each in the order in which they were given.
    pub fn interventions(&self) -> Vec<Intervention> {
        let pins = self.pins.iter().cloned().map(Intervention::Pin);
        let bans = self.bans.iter().cloned().map(Intervention::Ban);
        let weights = self.weights.iter().cloned().map(|(t, w)| Intervention::Weight(t, w));
        pins.chain(bans).chain(weights).collect()
    }

    /// Returns whether an intervention is about a speaker.
    pub fn has_speakers(&self) -> bool {
        self.targets().any(|target| matches!(target, Target::Speaker(_)))
    }

    /// Returns the interventions about sources and articles that match none of the articles.
    pub fn unmet_by_articles(&self, articles: &[&Article]) -> Vec<Intervention> {
        if self.is_idle() {
            return Vec::new();
        }
        let names = articles.iter().map(|a| (a.source.as_deref(), a.url.as_deref()));
        let outlets = Outlets::new(names);
        self.unmet(|target| match target {
            Target::Source(_) | Target::Article(_) => {
                articles.iter().any(|article| target.is_article(article, &outlets))
            }
            Target::Topic(_) | Target::Speaker(_) => true,
        })
    }

    /// Returns the interventions about topics that match none of the stories.
    pub fn unmet_by_stories(
        &self,
        collection: &Collection,
        stories: &[Story],
    ) -> Vec<Intervention> {
        let none = Outlets::default();
        self.unmet(|target| match target {
            Target::Topic(_) => target.matches(collection, stories, &none).contains(&true),
            Target::Source(_) | Target::Article(_) | Target::Speaker(_) => true,
        })
    }

    /// Returns the interventions about speakers that match none of the speakers.
    pub fn unmet_by_speakers(&self, speakers: &[Speaker]) -> Vec<Intervention> {
        self.unmet(|target| match target {
            Target::Speaker(_) => speakers.iter().any(|speaker| target.is_speaker(speaker)),
            Target::Topic(_) | Target::Source(_) | Target::Article(_) => true,
        })
    }

    fn unmet(&self, is_met: impl Fn(&Target) -> bool) -> Vec<Intervention> {
        let mut unmet = self.interventions();
        unmet.retain(|intervention| match intervention {
            Intervention::Pin(t) | Intervention::Ban(t) | Intervention::Weight(t, _) => !is_met(t),
            Intervention::Topic(_) => false,
        });
        unmet
    }

    /// Leaves out the stories about a banned topic, and those with fewer than `min_sources` independent outlets.
    pub fn admit_stories(
        &self,
        collection: &Collection,
        stories: Vec<Story>,
        min_sources: usize,
    ) -> (Vec<Story>, Vec<Dropped>) {
        let mut dropped = Vec::new();
        let mut admitted = Vec::new();
        let outlets = Outlets::from_articles(&collection.articles);
        let topics = self.bans.iter().filter(|t| matches!(t, Target::Topic(_)));
        let bans: Vec<(&Target, Vec<bool>)> =
            topics.map(|ban| (ban, ban.matches(collection, &stories, &outlets))).collect();
        for (at, story) in stories.into_iter().enumerate() {
            let outlets = story.witnesses.max(1);
            let banned = bans.iter().find(|(_, matches)| matches[at]);
            let reason = if outlets < min_sources {
                Reason::FewOutlets { outlets, minimum: min_sources }
            } else if let Some((ban, _)) = banned {
                Reason::Banned((*ban).clone())
            } else {
                admitted.push(story);
                continue;
            };
            dropped.extend(name_all(collection, &story, &reason));
        }
        (admitted, dropped)
    }

    /// Leaves out the articles that are banned individually or through their outlet; `article` returns the article of
    /// an item.
    pub fn admit_articles<T>(
        &self,
        items: Vec<T>,
        article: impl Fn(&T) -> &Article,
    ) -> (Vec<T>, Vec<Dropped>) {
        if self.bans.is_empty() {
            return (items, Vec::new());
        }
        let names = items.iter().map(&article).map(|a| (a.source.as_deref(), a.url.as_deref()));
        let outlets = Outlets::new(names);
        let mut dropped = Vec::new();
        let mut admitted = Vec::new();
        for item in items {
            let ban = self.bans.iter().find(|target| target.is_article(article(&item), &outlets));
            match ban {
                None => admitted.push(item),
                Some(ban) => {
                    dropped.push(Dropped::new(article(&item), Reason::Banned(ban.clone())));
                }
            }
        }
        (admitted, dropped)
    }

    /// Returns whether an intervention is about a topic; matching topics requires the texts of the articles.
    pub fn has_topics(&self) -> bool {
        self.targets().any(|target| matches!(target, Target::Topic(_)))
    }

    fn targets(&self) -> impl Iterator<Item = &Target> {
        let weighed = self.weights.iter().map(|(target, _)| target);
        self.pins.iter().chain(&self.bans).chain(weighed)
    }

    /// Returns whether a speaker must not be quoted.
    pub fn bans_speaker(&self, speaker: &Speaker) -> bool {
        self.bans.iter().any(|t| t.is_speaker(speaker))
    }

    /// Returns whether the article itself is pinned, not just its outlet or topic.
    pub fn pins_article(&self, article: &Article) -> bool {
        let no_outlets = Outlets::default();
        let mut pins = self.pins.iter().filter(|t| matches!(t, Target::Article(_)));
        pins.any(|target| target.is_article(article, &no_outlets))
    }

    /// Returns whether a speaker is pinned.
    pub fn pins_speaker(&self, speaker: &Speaker) -> bool {
        self.pins.iter().any(|target| target.is_speaker(speaker))
    }

    /// Applies the weights to the stories, sorts them by score, and moves pinned ones to the front, in the order of the
    /// pins.
    #[must_use]
    pub fn rank(&self, collection: &Collection, mut stories: Vec<Story>) -> Vec<Story> {
        if self.is_idle() {
            return stories;
        }
        let outlets = Outlets::from_articles(&collection.articles);
        let mut pin = vec![usize::MAX; stories.len()];
        for (at, target) in self.pins.iter().enumerate().rev() {
            for pin in meant(&mut pin, &target.matches(collection, &stories, &outlets)) {
                *pin = at;
            }
        }
        for (target, factor) in &self.weights {
            let matches = target.matches(collection, &stories, &outlets);
            for story in meant(&mut stories, &matches) {
                story.score = Score::new(story.score.value() * factor);
            }
        }
        let mut pinned: Vec<(usize, Story)> = pin.into_iter().zip(stories).collect();
        pinned.sort_by(|(p, a), (q, b)| {
            p.cmp(q).then_with(|| b.score.cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
        });
        pinned.into_iter().map(|(_, story)| story).collect()
    }

    /// Removes the quotes of banned speakers, applies the weights, sorts the quotes by weight, and moves those of
    /// pinned speakers to the front.
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

/// Returns the items that match.
fn meant<'i, T>(items: &'i mut [T], matches: &[bool]) -> impl Iterator<Item = &'i mut T> {
    items.iter_mut().zip(matches).filter(|(_, matches)| **matches).map(|(item, _)| item)
}
