//! Counts the words that a reader of a briefing reads.
//!
//! Headlines, summaries with their background line, quotes with their attributions (name and role), and the excerpts of
//! discrepancies are counted. The title, the intro and outro, source marks and the list of sources are not.

use crate::briefing::model::{Excerpt, QuoteEntry, StoryEntry};
use crate::budget::words;
use crate::quotes::Speaker;

/// Counts the words of a story.
pub(crate) fn of_story(story: &StoryEntry) -> usize {
    let sides = story.differences.iter().flat_map(|d| &d.sides);
    words(&story.headline.text)
        + story.background.as_ref().map_or(0, of_excerpt)
        + story.summary.iter().map(|s| of_excerpt(&s.excerpt)).sum::<usize>()
        + story.quotes.iter().map(of_quote).sum::<usize>()
        + sides.map(of_excerpt).sum::<usize>()
}

fn of_quote(quote: &QuoteEntry) -> usize {
    quote.excerpts.iter().map(of_excerpt).sum::<usize>()
        + quote.speaker.as_ref().map_or(0, of_speaker)
}

/// Counts the words of an attribution.
pub(super) fn of_speaker(speaker: &Speaker) -> usize {
    words(&speaker.name) + speaker.role.as_deref().map_or(0, words)
}

fn of_excerpt(excerpt: &Excerpt) -> usize {
    words(&excerpt.text)
}
