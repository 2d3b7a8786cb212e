//! Merges articles from several inputs: articles with the same id are joined or get distinct ids.
//!
//! Invariants: no id occurs twice in the result, and each article in it is the same for any order of the inputs, except
//! for the order in [`Article::also_from`].

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, ArticleId};
use crate::warning::Warning;

/// Joins articles with the same id and text; the result lists all their origins. If different texts have the same id,
/// the first in the order of origins keeps the id. Every other one gets the id `origin#id`, or `origin#id#2` and so on
/// if that is taken.
pub fn merge(articles: Vec<Article>) -> (Vec<Article>, Vec<Warning>) {
    let keys: Vec<Key<'_>> =
        articles.iter().map(|a| Key { id: &a.id, origin: &a.origin }).collect();
    let (fates, warnings) = settle(&keys, |n| text_hash(&articles[n]));
    (apply(articles, &fates), warnings)
}

/// Applies the decisions of [`settle`]: renames articles, drops duplicates and lists their origins.
pub fn apply(articles: Vec<Article>, fates: &[Fate]) -> Vec<Article> {
    let mut also_from: Vec<Vec<String>> = vec![Vec::new(); articles.len()];
    for (article, fate) in articles.iter().zip(fates) {
        if let Fate::Joined(into) = fate {
            let origins = std::iter::once(&article.origin).chain(&article.also_from);
            also_from[*into].extend(origins.filter(|o| **o != articles[*into].origin).cloned());
        }
    }
    let settled = articles.into_iter().zip(fates).zip(also_from);
    let settled = settled.filter_map(|((mut article, fate), also_from)| {
        match fate {
            Fate::Kept => {}
            Fate::Renamed(id) => article.id = id.clone(),
            Fate::Joined(_) => return None,
        }
        article.also_from.extend(also_from);
        Some(article)
    });
    settled.collect()
}

/// The id of an article and the name of its input; several articles may have equal keys.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// Its id.
    pub id: &'a ArticleId,
    /// The name of its input.
    pub origin: &'a str,
}

/// The fate of an article when all articles are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The article keeps its id.
    Kept,
    /// The article is a duplicate of the one with this index.
    Joined(usize),
    /// Another article keeps the id, so this article gets a new one.
    Renamed(ArticleId),
}

/// Returns a hash of the text of an article, or of its title if it has no text. If the title did not count, all
/// articles that consist only of a headline would have the same hash.
pub fn text_hash(article: &Article) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(article.text.as_bytes());
    if article.text.is_empty() {
        hasher.update(&[0]);
        hasher.update(article.title.as_bytes());
    }
    let mut hash = [0; 16];
    hasher.finalize_xof().fill(&mut hash);
    hash
}

/// Decides the fate of every article; `text_hash` returns the hash of the text of the article with a given index.
///
/// There is a warning for each article that gets another id.
pub fn settle(
    keys: &[Key<'_>],
    text_hash: impl Fn(usize) -> [u8; 16],
) -> (Vec<Fate>, Vec<Warning>) {
    let mut fates = vec![Fate::Kept; keys.len()];
    let mut by_id: FxHashMap<&ArticleId, Vec<usize>> = FxHashMap::default();
    for (n, key) in keys.iter().enumerate() {
        by_id.entry(key.id).or_default().push(n);
    }
    let mut warnings = Vec::new();
    if by_id.len() == keys.len() {
        return (fates, warnings);
    }
    let mut taken: FxHashSet<ArticleId> = by_id.keys().map(|id| (*id).clone()).collect();
    for key in keys {
        let Some(mut group) = by_id.remove(key.id).filter(|group| 1 < group.len()) else {
            continue;
        };
        // The sort is stable, so it keeps the order within an origin.
        group.sort_by_key(|n| keys[*n].origin);
        let mut by_text: FxHashMap<[u8; 16], usize> = FxHashMap::default();
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        for n in group {
            if let Some(first) = by_text.get(&text_hash(n)) {
                fates[n] = Fate::Joined(*first);
                continue;
            }
            if !by_text.is_empty() {
                let id = free(keys[n], &taken, &mut numbers);
                warnings.push(renamed(keys[n], &id));
                taken.insert(id.clone());
                fates[n] = Fate::Renamed(id);
            }
            by_text.insert(text_hash(n), n);
        }
    }
    (fates, warnings)
}

/// The articles read so far, for callers that process articles one by one: of several texts with the same id, the first
/// keeps the id.
#[derive(Debug, Default)]
pub struct Seen {
    /// The hashes of the texts under each id.
    texts: FxHashMap<ArticleId, Vec<[u8; 16]>>,
    taken: FxHashSet<ArticleId>,
    numbers: FxHashMap<String, usize>,
}

impl Seen {
    /// Admits an article, under a new id and with a warning if its own id is taken; returns `None` if it is a
    /// duplicate.
    pub fn admit(&mut self, mut article: Article) -> Option<(Article, Option<Warning>)> {
        let hash = text_hash(&article);
        let texts = self.texts.entry(article.id.clone()).or_default();
        if texts.contains(&hash) {
            return None;
        }
        let is_first = texts.is_empty();
        texts.push(hash);
        if is_first && !self.taken.contains(&article.id) {
            return Some((article, None));
        }
        let key = Key { id: &article.id, origin: &article.origin };
        let mut id = free(key, &self.taken, &mut self.numbers);
        while self.texts.contains_key(&id) {
            id = free(key, &self.taken, &mut self.numbers);
        }
        let warning = renamed(key, &id);
        self.taken.insert(id.clone());
        article.id = id;
        Some((article, Some(warning)))
    }
}

fn renamed(key: Key<'_>, id: &ArticleId) -> Warning {
    let message = format!("has the id {} of another article; it is {id} here", key.id);
    Warning::kept(key.origin, message)
}

/// Returns `origin#id`, with a number appended if that id is taken; `numbers` contains the last number used for each
/// such id.
fn free(
    key: Key<'_>,
    taken: &FxHashSet<ArticleId>,
    numbers: &mut FxHashMap<String, usize>,
) -> ArticleId {
    let first = format!("{}#{}", key.origin, key.id);
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
