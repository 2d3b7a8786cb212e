//! Names of places that a writer may add from general knowledge: the capital for a government, the state of a town or a
//! politician.

use crate::verify::draft::claims::Judge;
use crate::verify::draft::claims::items::Item;

/// Returns a message if the name of a place that no source has may come from the writer's general knowledge.
pub(super) fn knowledge(judge: &Judge<'_>, item: &Item, words: &[String]) -> Option<&'static str> {
    let before = judge.terms.iter().rev().find(|t| t.span.end() <= item.span.start());
    // "In Moscow" is the place of an event.
    if before.is_some_and(|t| judge.lists.before_places.contains(t.word.as_str())) {
        return None;
    }
    let country = words.last().and_then(|capital| judge.lists.capitals.get(capital.as_str()));
    if country.is_some_and(|country| judge.evidence.has_word(country)) {
        return Some("no source has it, but one names its country");
    }
    let is_region = judge.lists.regions.contains(words.join(" ").as_str());
    is_region.then_some("no source has it; the writer may know the region")
}
