//! The order in which the chosen sentences read.

use crate::summary::pool::Pool;

/// Returns the entries of a selection in the order in which they read.
pub(crate) fn arrange(pool: &Pool<'_>, selection: &[usize]) -> Vec<usize> {
    let mut ordered = selection.to_vec();
    if !pool.has_several_articles() {
        return ordered;
    }
    let day = |entry: usize| {
        let article = &pool.collection.articles[pool.entries[entry].at.article];
        article.published.map(crate::article::Published::timestamp)
    };
    ordered.sort_by_key(|&e| (day(e), e));
    ordered
}
