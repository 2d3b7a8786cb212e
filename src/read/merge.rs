//! Merging: articles with the same id from several inputs are joined or get distinct ids.
//!
//! Law: the result has no id twice, and is the same article by article for any order of the inputs.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, ArticleId};
use crate::warning::Warning;

/// Joins articles of one id and one text, which keep all their origins; of several texts under one id the first in the
/// order of origins keeps it, and the others become `origin#id`.
pub fn merge(articles: Vec<Article>) -> (Vec<Article>, Vec<Warning>) {
    let mut by_id: FxHashMap<ArticleId, Vec<usize>> = FxHashMap::default();
    for (n, article) in articles.iter().enumerate() {
        by_id.entry(article.id.clone()).or_default().push(n);
    }
    if by_id.len() == articles.len() {
        return (articles, Vec::new());
    }
    let mut taken: FxHashSet<ArticleId> = articles.iter().map(|a| a.id.clone()).collect();
    let mut slots: Vec<Option<Article>> = articles.into_iter().map(Some).collect();
    let mut warnings = Vec::new();
    for n in 0..slots.len() {
        let Some(group) = slots[n].as_ref().and_then(|a| by_id.remove(&a.id)) else { continue };
        if 1 < group.len() {
            join(&group, &mut slots, &mut taken, &mut warnings);
        }
    }
    (slots.into_iter().flatten().collect(), warnings)
}

/// Settles the articles of one id.
fn join(
    group: &[usize],
    slots: &mut [Option<Article>],
    taken: &mut FxHashSet<ArticleId>,
    warnings: &mut Vec<Warning>,
) {
    let mut order: Vec<(usize, Article)> =
        group.iter().filter_map(|&n| Some((n, slots[n].take()?))).collect();
    // Stable: within one origin its own order holds.
    order.sort_by(|(_, a), (_, b)| a.origin.cmp(&b.origin));
    let mut kept: Vec<(usize, Article)> = Vec::new();
    let mut by_text: FxHashMap<(String, String), usize> = FxHashMap::default();
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    for (n, mut article) in order {
        // Headlines alone have one and the same text: none.
        let title = if article.text.is_empty() { article.title.clone() } else { String::new() };
        let key = (article.text.clone(), title);
        if let Some(first) = by_text.get(&key).and_then(|at| kept.get_mut(*at)) {
            let origins = std::iter::once(article.origin).chain(article.also_from);
            let new = origins.filter(|o| *o != first.1.origin);
            first.1.also_from.extend(new);
            continue;
        }
        by_text.insert(key, kept.len());
        if !kept.is_empty() {
            let id = free(&article, taken, &mut numbers);
            let message = format!("has the id {} of another article; it is {id} here", article.id);
            warnings.push(Warning::kept(article.origin.clone(), message));
            taken.insert(id.clone());
            article.id = id;
        }
        kept.push((n, article));
    }
    for (n, article) in kept {
        slots[n] = Some(article);
    }
}

/// Returns `origin#id`, with a number appended if that id is taken; `numbers` holds the last number used for each.
fn free(
    article: &Article,
    taken: &FxHashSet<ArticleId>,
    numbers: &mut FxHashMap<String, usize>,
) -> ArticleId {
    let first = format!("{}#{}", article.origin, article.id);
    let last = numbers.entry(first.clone()).or_insert(0);
    loop {
        *last += 1;
        let name = if *last == 1 { first.clone() } else { format!("{first}#{last}") };
        let id = ArticleId::given(name);
        if !taken.contains(&id) {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::article::{Article, ArticleId};

    fn article(origin: &str, id: &str, text: &str) -> Article {
        Article {
            id: ArticleId::given(id),
            origin: origin.into(),
            text: text.into(),
            ..Article::default()
        }
    }

    #[test]
    fn a_hundred_thousand_texts_under_one_id_take_no_longer_than_others() {
        let given = (0..100_000).map(|n| article("a", "1", &n.to_string())).collect();
        let (merged, warnings) = merge(given);
        assert_eq!((merged.len(), warnings.len()), (100_000, 99_999));
        assert_eq!(merged[99_999].id.as_str(), "a#1#99999");
    }

    #[test]
    fn one_text_is_one_article_and_another_gets_another_id() {
        let given = vec![
            article("c", "1", "Other."),
            article("b", "1", "Same."),
            article("a", "1", "Same."),
            article("e", "1", "Third."),
            article("d", "2", "Fourth."),
        ];
        let (merged, warnings) = merge(given.clone());
        let ids: Vec<_> = merged.iter().map(|a| (a.id.as_str(), &*a.text)).collect();
        assert_eq!(ids, [("c#1", "Other."), ("1", "Same."), ("e#1", "Third."), ("2", "Fourth.")]);
        assert_eq!(merged[1].also_from, ["b"]);
        assert_eq!(warnings.len(), 2);
        let (mut again, _) = merge(given.into_iter().rev().collect());
        again.sort_by(|a, b| a.text.cmp(&b.text));
        let mut first = merged;
        first.sort_by(|a, b| a.text.cmp(&b.text));
        assert_eq!(first, again);
    }
}
