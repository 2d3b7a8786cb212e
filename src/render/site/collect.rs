//! The stories, speakers and months of many briefings.

use std::collections::BTreeMap;

use crate::briefing::{Briefing, QuoteEntry, StoryEntry};
use crate::identity::person;
use crate::render::site::Issue;

/// A story with its reports, the newest first.
pub(super) struct Story<'i> {
    pub(super) reports: Vec<(&'i Issue, &'i StoryEntry)>,
}

/// The quotes that a name has, the newest first.
pub(super) struct Speaker<'i> {
    /// The folded name.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) quotes: Vec<Quoted<'i>>,
}

/// A quote with the briefing and the story that it is from.
#[derive(Clone, Copy)]
pub(super) struct Quoted<'i> {
    pub(super) issue: &'i Issue,
    pub(super) story: &'i StoryEntry,
    pub(super) quote: &'i QuoteEntry,
}

/// Collects the reports of each story.
pub(super) fn stories(issues: &[Issue]) -> Vec<Story<'_>> {
    let mut by_id: BTreeMap<&str, Vec<(&Issue, &StoryEntry)>> = BTreeMap::new();
    for issue in issues {
        for story in &issue.briefing.stories {
            by_id.entry(&story.id).or_default().push((issue, story));
        }
    }
    by_id.into_values().map(|reports| Story { reports }).collect()
}

/// Collects the quotes of each full name, those with the most first.
pub(super) fn speakers(issues: &[Issue]) -> Vec<Speaker<'_>> {
    let mut by_name: BTreeMap<String, Speaker<'_>> = BTreeMap::new();
    for issue in issues {
        for story in &issue.briefing.stories {
            for quote in &story.quotes {
                let Some(name) = quote.speaker.as_ref().map(|speaker| &speaker.name) else {
                    continue;
                };
                let Some(key) = key(name) else { continue };
                let speaker = by_name.entry(key.clone()).or_insert_with(|| Speaker {
                    key,
                    name: name.clone(),
                    quotes: Vec::new(),
                });
                speaker.quotes.push(Quoted { issue, story, quote });
            }
        }
    }
    let mut speakers: Vec<_> = by_name.into_values().collect();
    speakers.sort_by(|a, b| b.quotes.len().cmp(&a.quotes.len()).then_with(|| a.key.cmp(&b.key)));
    speakers
}

/// Returns the folded form of a full name; `None` for a single word and for a phrase such as "the coastguard".
pub(super) fn key(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_phrase = words.first().is_none_or(|word| word.starts_with(char::is_lowercase));
    let is_article = words.first().is_some_and(|w| matches!(*w, "The" | "A" | "An"));
    if words.len() < 2 || is_phrase || is_article {
        return None;
    }
    let folded: Vec<String> = words.iter().map(|word| person::fold(word)).collect();
    Some(folded.join(" "))
}

/// Returns the months that have a briefing, the newest first; see [`month_of`].
pub(super) fn months(issues: &[Issue]) -> Vec<(String, String)> {
    let mut months: Vec<_> = issues.iter().map(|issue| month_of(&issue.briefing)).collect();
    months.sort_unstable_by(|a, b| b.cmp(a));
    months.dedup();
    months
}

/// Returns the month of a briefing as a key and a name, such as `2026-03` and `March 2026`.
pub(super) fn month_of(briefing: &Briefing) -> (String, String) {
    let day = briefing.generated.day();
    (day.strftime("%Y-%m").to_string(), day.strftime("%B %Y").to_string())
}
