//! The parameters of a briefing: its budget, limits and sections, and the editor's own words.

use serde::{Deserialize, Serialize};

use crate::briefing::editor::Editor;
use crate::briefing::follow_up::History;
use crate::briefing::model::Section;
use crate::language::Language;
use crate::stories;
use crate::stories::topic::Topic;
use crate::summary;

/// The parameters of a briefing, exported at the crate root as `BriefParams`.
///
/// [`Params::default`] describes a daily briefing that takes less than two minutes to read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Params {
    /// The maximum number of words in the body, never exceeded. Default: 400.
    ///
    /// The briefing can be much shorter: a sentence that adds nothing to the others is not shown to use up the words.
    ///
    /// Headlines, summaries, quotes with their attributions, and discrepancies are counted. The title,
    /// [`intro`](Self::intro), [`outro`](Self::outro), labels, source marks and the list of sources are not.
    pub words: usize,
    /// The maximum number of stories. Default: `None`, as many as the budget allows.
    pub stories: Option<usize>,
    /// The maximum number of key quotes per story. Default: 2. A quote is shown only if its speaker is graded
    /// [`high`](crate::quotes::Confidence::High), if it can be understood by itself, and if it adds to the summary; a short
    /// quote whose words the summary already has is not. A briefing of at most 120 words has only one quote, unless further
    /// sentences add too little.
    pub quotes: usize,
    /// The maximum share of an article's words that may be shown, in `(0, 1]`. Default: `None`, no limit.
    pub max_share: Option<f64>,
    /// The maximum number of words in a quote, without its attribution. Default: `None`, no limit.
    pub max_quote_words: Option<usize>,
    /// The minimum number of independent outlets per story; outlets with the same text count as one. Default: 1.
    pub min_sources: usize,
    /// The parts of a story to show, in this order. Default: [`Section::usual`].
    pub sections: Vec<Section>,
    /// The topics, in this order. Default: none; stories are then shown in order of importance.
    pub topics: Vec<Topic>,
    /// Whether to keep stories that are about none of the topics; they come after all others. Default: `false`.
    pub others: bool,
    /// The language of labels and dates. Default: English.
    pub lang: Language,
    /// The title. Default: `None`, a title made from the date.
    pub title: Option<String>,
    /// The editor's own text before the stories. Default: none.
    pub intro: Option<String>,
    /// The editor's own text after the stories. Default: none.
    pub outro: Option<String>,
    /// The editor's pins, bans and weights. Default: none.
    pub editor: Editor,
    /// The history of earlier briefings. Default: empty, for a standalone briefing.
    pub history: History,
    /// How articles are grouped and stories ranked; [`brief`](crate::brief) sets the time.
    pub grouping: stories::Params,
    /// How sentences are selected; constraints are set per story.
    pub summary: summary::Params,
}

impl Default for Params {
    /// Returns the parameters of a daily briefing that takes less than two minutes to read.
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
