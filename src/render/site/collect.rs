//! Collects the stories, speakers and months of many briefings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::article::Published;
use crate::briefing::{
    Briefing, Correction, Excerpt, FigureCourse, QuoteEntry, StoryEntry, figure_courses,
};
use crate::identity::person;
use crate::render::site::Issue;

/// A story with its reports, the newest first.
pub(super) struct Story<'i> {
    pub(super) reports: Vec<(&'i Issue, &'i StoryEntry)>,
}

/// The quotes of a person, the newest first.
pub(super) struct Speaker<'i> {
    /// The folded form of `name`.
    pub(super) key: String,
    /// The fullest form of the name.
    pub(super) name: String,
    /// Every spelling of the name.
    pub(super) names: Vec<String>,
    pub(super) quotes: Vec<Quoted<'i>>,
}

/// A quote, with the briefing and the story that it comes from.
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

/// Collects the people with a full name and their quotes, the most quoted people first. Names are grouped into people
/// as in the archive.
pub(super) fn speakers(issues: &[Issue]) -> Vec<Speaker<'_>> {
    let mut by_name: BTreeMap<&str, Vec<Quoted<'_>>> = BTreeMap::new();
    for issue in issues {
        for story in &issue.briefing.stories {
            for quote in &story.quotes {
                let name = quote.speaker.as_ref().map(|speaker| &*speaker.name);
                if let Some(name) = name.filter(|name| person::is_full_name(name)) {
                    by_name.entry(name).or_default().push(Quoted { issue, story, quote });
                }
            }
        }
    }
    let names: Vec<&str> = by_name.keys().copied().collect();
    let people = person::people(&names);
    let mut speakers: Vec<Speaker<'_>> =
        people.iter().map(|person| speaker(person, &names, &by_name)).collect();
    speakers.sort_by(|a, b| b.quotes.len().cmp(&a.quotes.len()).then_with(|| a.key.cmp(&b.key)));
    speakers
}

/// Makes a speaker from the names at the given positions, of which the first is the fullest.
fn speaker<'i>(
    person: &[usize],
    names: &[&'i str],
    by_name: &BTreeMap<&'i str, Vec<Quoted<'i>>>,
) -> Speaker<'i> {
    let names: Vec<&str> = person.iter().map(|&at| names[at]).collect();
    let mut quotes: Vec<Quoted<'_>> =
        names.iter().filter_map(|name| by_name.get(name)).flatten().copied().collect();
    quotes.sort_by_key(|quoted| Reverse(quoted.issue.briefing.generated.timestamp()));
    let name = names.first().copied().unwrap_or_default().to_owned();
    let folded: Vec<String> = name.split_whitespace().map(person::fold).collect();
    let names = names.into_iter().map(str::to_owned).collect();
    Speaker { key: folded.join(" "), name, names, quotes }
}

/// Returns the figures of a story that changed from briefing to briefing.
pub(super) fn figures(story: &Story<'_>) -> Vec<FigureCourse> {
    let reports: Vec<(Published, Vec<&Excerpt>)> = story
        .reports
        .iter()
        .rev()
        .map(|(issue, entry)| {
            (issue.briefing.generated, entry.summary.iter().map(|s| &s.excerpt).collect())
        })
        .collect();
    let language = |article: &str| {
        let articles = story.reports.iter().flat_map(|(issue, _)| &issue.briefing.articles);
        articles.into_iter().find(|a| a.id == article).map(|a| a.lang).unwrap_or_default()
    };
    figure_courses(&reports, language)
}

/// Returns the corrections to articles of a story, the earliest first, each with the briefing that reported it.
pub(super) fn corrections<'i>(
    story: &Story<'i>,
    issues: &'i [Issue],
) -> Vec<(&'i Issue, &'i Correction)> {
    let is_ours = |correction: &Correction| {
        story.reports.iter().any(|(_, entry)| entry.sources.contains(&correction.article))
    };
    let of = |issue: &'i Issue| {
        let ours = issue.briefing.corrections.iter().filter(move |c| is_ours(c));
        ours.map(move |correction| (issue, correction)).collect::<Vec<_>>()
    };
    issues.iter().rev().flat_map(of).collect()
}

/// Returns, for each spelling of a speaker's name, the key of the speaker's page.
pub(super) fn keys(speakers: &[Speaker<'_>]) -> BTreeMap<String, String> {
    let of = |speaker: &Speaker<'_>| {
        let names: Vec<_> =
            speaker.names.iter().map(|name| (name.clone(), speaker.key.clone())).collect();
        names
    };
    speakers.iter().flat_map(of).collect()
}

/// Returns the months with a briefing, the newest first; see [`month_of`].
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
