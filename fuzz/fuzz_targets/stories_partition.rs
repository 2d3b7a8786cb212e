//! Checks that every article is in exactly one story, for any articles, and that the order of the articles does not
//! matter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::Article;
use nutgraf::stories::{self, Params};
use nutgraf::text::Collection;
use nutgraf_fuzz::articles;

fuzz_target!(|bytes: &[u8]| {
    let given = articles(bytes);
    let mut turned = given.clone();
    turned.reverse();
    assert_eq!(grouped(given), grouped(turned));
});

/// Returns the stories of articles, as the ids of their members.
fn grouped(articles: Vec<Article>) -> Vec<(String, Vec<String>)> {
    let n = articles.len();
    let collection = Collection::build(articles);
    let stories = stories::group(&collection, &Params::default());
    let mut members: Vec<usize> = stories.iter().flat_map(|s| s.articles.clone()).collect();
    members.sort_unstable();
    assert_eq!(members, (0..n).collect::<Vec<_>>());
    let mut named = Vec::new();
    for story in &stories {
        assert!(story.articles.contains(&story.headline));
        assert!(story.duplicates.iter().flatten().all(|a| story.articles.contains(a)));
        let id = |a: &usize| collection.articles[*a].id.as_str().to_owned();
        let mut ids: Vec<String> = story.articles.iter().map(id).collect();
        ids.sort_unstable();
        named.push((id(&story.headline), ids));
    }
    named
}
