//! Which stories are about a topic that was asked for.

use crate::article::Article;
use crate::briefing::build::Material;
use crate::briefing::model::Dropped;
use crate::stories::Story;
use crate::text::{Collection, Token, TokenKind, annotate};

/// Puts each story under the first topic that it is about, the stories of the first topic in front; names the
/// articles of those about none. Without topics everything stays.
pub fn under_topics(
    collection: &Collection,
    materials: Vec<Material>,
    topics: &[String],
) -> (Vec<Material>, Vec<Dropped>) {
    if topics.is_empty() {
        return (materials, Vec::new());
    }
    let mut by_topic: Vec<Vec<Material>> = vec![Vec::new(); topics.len()];
    let mut dropped = Vec::new();
    for mut material in materials {
        let topic = topics.iter().position(|t| is_about(collection, &material.story, t));
        if let Some(topic) = topic {
            material.topic = Some(topics[topic].clone());
            by_topic[topic].push(material);
        } else {
            dropped.extend(name_all(collection, &material.story, "about none of the topics"));
        }
    }
    (by_topic.into_iter().flatten().collect(), dropped)
}

/// Names every article of a story as dropped for one reason.
pub(super) fn name_all(collection: &Collection, story: &Story, reason: &str) -> Vec<Dropped> {
    let origin = |&a: &usize| collection.articles[a].origin.clone();
    let name = |origin| Dropped { origin, reason: reason.to_owned() };
    story.articles.iter().map(origin).map(name).collect()
}

/// Sentences at the start of an article that tell what it is about.
const LEAD: usize = 3;

/// Returns whether an article of a story has all content words of a topic in its title or in one of its first three
/// sentences; stems are compared.
pub(super) fn is_about(collection: &Collection, story: &Story, topic: &str) -> bool {
    story.articles.iter().any(|&a| {
        let article = &collection.articles[a];
        let document = &collection.corpus.documents[a];
        let words = Article { title: topic.to_owned(), lang: article.lang, ..Article::default() };
        let words = annotate(&words);
        let content = words.title.iter().filter(|t| t.kind != TokenKind::Stop);
        let wanted: Vec<&str> = content.map(|t| words.term(t.term)).collect();
        let holds = |tokens: &[Token]| {
            wanted.iter().all(|w| tokens.iter().any(|t| document.term(t.term) == *w))
        };
        !wanted.is_empty()
            && (holds(&document.title)
                || document.sentences.iter().take(LEAD).any(|s| holds(document.tokens_of(s))))
    })
}
