//! A story that a briefing may show, as delivered by the grouping stage.

use crate::briefing::follow_up::Past;
use crate::stories::Story;
use crate::stories::topic::Topic;

/// A story with its topic and its relation to earlier briefings.
#[derive(Clone, Debug, Default)]
pub struct StoryInput {
    /// The story.
    pub story: Story,
    /// The topic of the story.
    pub topic: Option<Topic>,
    /// Its relation to earlier briefings.
    pub past: Past,
}

impl StoryInput {
    /// Joins a story with its relation to earlier briefings.
    ///
    /// One of several near-copies represents them all. If the reader already knows that copy, one that is new to the
    /// reader takes its place. Otherwise a second report in the words of the first ("Magnitude 5.1 … off Corrin" after
    /// "Magnitude 2.9 … off Marnholt") would be mistaken for the report already shown, although it has its own figures.
    pub fn new(mut story: Story, past: Past) -> Self {
        for group in &mut story.duplicates {
            group.sort_by_key(|article| past.told.contains(article));
        }
        Self { story, past, topic: None }
    }

    /// Returns the id under which the story is shown: the one from earlier briefings, if it was shown before.
    pub(super) fn id(&self) -> &str {
        self.past.id.as_deref().unwrap_or(&self.story.id)
    }

    /// Returns whether the reader may already know the story, or parts of it.
    pub(super) fn has_past(&self) -> bool {
        self.past.id.is_some() || !self.past.shown.is_empty()
    }
}
