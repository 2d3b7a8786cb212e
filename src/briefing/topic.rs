//! Stories under the topics that they are about.

use crate::briefing::build::StoryInput;
use crate::briefing::model::Dropped;
use crate::briefing::params::Params;
use crate::stories::{Story, topic};
use crate::text::Collection;

/// Puts each story under the topic that it is most relevant to, the stories of the first topic in front.
///
/// Stories about none come last where [`Params::others`] asks for them, and are named as dropped where it does not.
/// Without topics everything stays as it is.
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
    let name = |m: &StoryInput| name_all(collection, &m.story, "about none of the topics");
    (kept, others.iter().flat_map(name).collect())
}

/// Names every article of a story as dropped for one reason.
pub(super) fn name_all(collection: &Collection, story: &Story, reason: &str) -> Vec<Dropped> {
    let dropped = |&a: &usize| Dropped::article(&collection.articles[a], reason);
    story.articles.iter().map(dropped).collect()
}
