//! Assigns stories to topics and reports the stories that are left out.

use crate::briefing::editor::Intervention;
use crate::briefing::model::Dropped;
use crate::briefing::params::Params;
use crate::briefing::reason::Reason;
use crate::briefing::story_input::StoryInput;
use crate::stories::Story;
use crate::stories::topic::{self, Topic};
use crate::text::Collection;
use crate::warning::Warning;

/// Assigns each story to the topic to which it is most relevant, and sorts the stories by topic, in the order of the
/// topics.
///
/// Stories without a topic come last if [`Params::others`] is set; otherwise they are dropped and reported. If there
/// are no topics, nothing changes.
pub fn under_topics(
    collection: &Collection,
    materials: Vec<StoryInput>,
    params: &Params,
) -> (Vec<StoryInput>, Vec<Dropped>) {
    let topics = &params.topics;
    if topics.is_empty() {
        return (materials, Vec::new());
    }
    let stories: Vec<Story> = materials.iter().map(|m| m.story.clone()).collect();
    let assigned = topic::assign(collection, &stories, topics);
    let mut by_topic: Vec<Vec<StoryInput>> = vec![Vec::new(); topics.len()];
    let mut others = Vec::new();
    for (mut material, assigned) in materials.into_iter().zip(assigned) {
        if let Some((topic, _)) = assigned {
            material.topic = Some(topics[topic].clone());
            by_topic[topic].push(material);
        } else {
            others.push(material);
        }
    }
    let mut kept: Vec<StoryInput> = by_topic.into_iter().flatten().collect();
    if params.others {
        kept.extend(others);
        return (kept, Vec::new());
    }
    let name = |m: &StoryInput| name_all(collection, &m.story, &Reason::OffTopic);
    (kept, others.iter().flat_map(name).collect())
}

/// Lists every article of a story as dropped for the given reason.
pub(super) fn name_all(collection: &Collection, story: &Story, reason: &Reason) -> Vec<Dropped> {
    let name = |&a: &usize| Dropped::new(&collection.articles[a], reason.clone());
    story.articles.iter().map(name).collect()
}

/// Returns the topics to which no story was assigned.
pub fn unmet_topics(materials: &[StoryInput], params: &Params) -> Vec<Intervention> {
    let is_met = |topic: &&Topic| {
        materials.iter().any(|m| m.topic.as_ref().is_some_and(|met| met.name == topic.name))
    };
    let unmet = params.topics.iter().filter(|topic| !is_met(topic));
    unmet.map(|topic| Intervention::Topic(topic.name.clone())).collect()
}

/// Returns one warning per reason. Each warning lists the articles that were left out, by input and title.
pub fn left_out_warnings(dropped: &[Dropped]) -> Vec<Warning> {
    let mut by_reason: Vec<(String, Vec<&Dropped>)> = Vec::new();
    for dropped in dropped {
        let reason = dropped.reason.to_string();
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, all)) => all.push(dropped),
            None => by_reason.push((reason, vec![dropped])),
        }
    }
    by_reason.iter().map(|(reason, all)| Warning::dropped(names(all), reason)).collect()
}

/// Formats the articles as `a.txt (Title), b.jsonl (Title; Title)`.
fn names(dropped: &[&Dropped]) -> String {
    let of_one_input = |run: &[&Dropped]| {
        let titles: Vec<&str> = run.iter().map(|d| &*d.title).filter(|t| !t.is_empty()).collect();
        let origin = &run[0].origin;
        if titles.is_empty() { origin.clone() } else { format!("{origin} ({})", titles.join("; ")) }
    };
    let mut sorted = dropped.to_vec();
    sorted.sort_by(|a, b| (&a.origin, &a.title).cmp(&(&b.origin, &b.title)));
    let inputs: Vec<String> =
        sorted.chunk_by(|a, b| a.origin == b.origin).map(of_one_input).collect();
    inputs.join(", ")
}
