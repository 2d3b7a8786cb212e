//! The parameters of a briefing: its budget, limits and sections, and the editor's own words.

use serde::{Deserialize, Serialize};

use crate::briefing::editor::Editor;
use crate::briefing::follow_up::History;
use crate::briefing::model::Section;
use crate::language::Language;
use crate::stories;
use crate::stories::topic::Topic;
use crate::summary;

/// The parameters of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Params {
    /// The maximum number of words in the whole body, never exceeded.
    pub words: usize,
    /// The maximum number of stories; `None` for as many as the budget allows.
    pub stories: Option<usize>,
    /// The maximum number of key quotes per story.
    pub quotes: usize,
    /// The maximum share of an article's words that may be shown, in `(0, 1]`.
    pub max_share: Option<f64>,
    /// The maximum number of words in a quote.
    pub max_quote_words: Option<usize>,
    /// The minimum number of outlets per story.
    pub min_sources: usize,
    /// The parts of a story to show, in this order.
    pub sections: Vec<Section>,
    /// The topics, in this order.
    pub topics: Vec<Topic>,
    /// Whether stories about none of the topics are kept, after all others.
    pub others: bool,
    /// The language of the furniture.
    pub lang: Language,
    /// The title; `None` for one made from the date.
    pub title: Option<String>,
    /// The editor's words before the stories.
    pub intro: Option<String>,
    /// The editor's words after the stories.
    pub outro: Option<String>,
    /// The editor's pins, bans and weights.
    pub editor: Editor,
    /// The history of earlier briefings; empty for a standalone briefing.
    pub history: History,
    /// How articles are grouped; the time is set by the pipeline.
    pub grouping: stories::Params,
    /// The summary settings; constraints are set per story.
    pub summary: summary::Params,
}

impl Default for Params {
    /// A daily briefing of under two minutes.
    fn default() -> Self {
        Self {
            words: 400,
            stories: None,
            quotes: 2,
            max_share: None,
            max_quote_words: None,
            min_sources: 1,
            sections: Section::usual(),
            topics: Vec::new(),
            others: false,
            lang: Language::ENGLISH,
            title: None,
            intro: None,
            outro: None,
            editor: Editor::default(),
            history: History::default(),
            grouping: stories::Params::default(),
            summary: summary::Params::default(),
        }
    }
}

impl Params {
    /// Returns whether a part of a story is shown.
    pub fn shows(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }
}
