//! Why articles are in one story: the words that each shares with the member most like it.

use crate::article::ArticleIx;
use crate::score::Score;
use crate::stories::vector::Vectors;
use crate::stories::{Params, Story};
use crate::text::Collection;

/// The ties between a member and the rest of its story.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The member.
    pub article: ArticleIx,
    /// The member that is most like it.
    pub nearest: ArticleIx,
    /// The cosine of the two; the contributions of all shared terms sum to it.
    pub similarity: f64,
    /// The shared terms that contribute most, each with its contribution, the largest first.
    pub terms: Vec<(String, f64)>,
}

/// Explains for each independent member of each story its ties to the others; empty for a story of one article.
///
/// The result is parallel to `stories`, which must be the result of grouping this collection.
pub fn ties(collection: &Collection, stories: &[Story], params: &Params) -> Vec<Vec<Tie>> {
    let mut answer = vec![Vec::new(); stories.len()];
    let language = |story: &Story| story.articles.first().map(|&a| collection.articles[a].lang);
    let mut languages: Vec<_> = stories.iter().filter_map(language).collect();
    languages.sort_unstable();
    languages.dedup();
    for one in languages {
        let told: Vec<usize> =
            (0..stories.len()).filter(|&s| language(&stories[s]) == Some(one)).collect();
        let members: Vec<ArticleIx> = told.iter().flat_map(|&s| stories[s].independent()).collect();
        let vectors = Vectors::build(collection, &members, one, &params.grouping.weights);
        let mut from = 0;
        for story in told {
            let to = from + stories[story].independent().len();
            answer[story] = (from..to)
                .filter_map(|member| tie(collection, &vectors, &members, member, from..to))
                .collect();
            from = to;
        }
    }
    answer
}

/// Terms named for a pair.
const TERMS: usize = 8;

fn tie(
    collection: &Collection,
    vectors: &Vectors,
    members: &[ArticleIx],
    member: usize,
    story: std::ops::Range<usize>,
) -> Option<Tie> {
    let others = story.filter(|&other| other != member);
    let nearest = others.max_by_key(|&other| {
        let cosine = vectors.shared(member, other).map(|(_, part)| part).sum();
        (Score::new(cosine), std::cmp::Reverse(&collection.articles[members[other]].id))
    })?;
    let mut shared: Vec<(u32, f64)> = vectors.shared(member, nearest).collect();
    let similarity = shared.iter().map(|(_, part)| part).sum();
    shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let name = |&(feature, part): &(u32, f64)| (vectors.name(feature, &collection.corpus), part);
    let terms = shared.iter().take(TERMS).map(name).collect();
    Some(Tie { article: members[member], nearest: members[nearest], similarity, terms })
}
