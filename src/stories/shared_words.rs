//! Explains why articles are in the same story, by the words that each article shares with the most similar other
//! member.

use std::collections::BTreeMap;

use crate::article::ArticleIx;
use crate::score::Score;
use crate::stories::background::Background;
use crate::stories::sketch::Sketch;
use crate::stories::vector::{Builder, Numbers, Vectors};
use crate::stories::{Params, Story, sketches};
use crate::text::{Collection, hash};

/// The tie between a member of a story and the member most similar to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The member.
    pub article: ArticleIx,
    /// The most similar other member.
    pub nearest: ArticleIx,
    /// The cosine of the two members, which is the sum of the contributions of all shared terms and pairs of terms.
    pub similarity: f64,
    /// The shared terms and pairs of terms that contribute most, with their contributions, the largest first.
    pub terms: Vec<(String, f64)>,
}

/// Returns the ties of the independent members of each story; a story with a single independent member has none.
///
/// The result is parallel to `stories`, which must be the result of grouping this collection.
pub fn ties(collection: &Collection, stories: &[Story], params: &Params) -> Vec<Vec<Tie>> {
    let mut answer = vec![Vec::new(); stories.len()];
    let sketches = sketches(collection);
    let language = |story: &Story| story.articles.first().map(|&a| collection.articles[a].lang);
    let mut languages: Vec<_> = stories.iter().filter_map(language).collect();
    languages.sort_unstable();
    languages.dedup();
    for one in languages {
        let told: Vec<usize> =
            (0..stories.len()).filter(|&s| language(&stories[s]) == Some(one)).collect();
        let members: Vec<ArticleIx> = told.iter().flat_map(|&s| stories[s].independent()).collect();
        let of_members: Vec<&Sketch> = members.iter().map(|&a| &sketches[a]).collect();
        let background = Background::default();
        let weights = &params.grouping.weights;
        let mut builder = Builder::new(&of_members, one, &background, weights);
        builder.add(&of_members);
        let (vectors, numbers) = builder.finish();
        let mut from = 0;
        for story in told {
            let to = from + stories[story].independent().len();
            answer[story] = (from..to)
                .filter_map(|member| {
                    let tie = tie(collection, &vectors, &members, member, from..to)?;
                    Some(tie.named(collection, of_members[member], &numbers))
                })
                .collect();
            from = to;
        }
    }
    answer
}

/// The maximum number of terms in a tie.
const TERMS: usize = 8;

fn tie(
    collection: &Collection,
    vectors: &Vectors,
    members: &[ArticleIx],
    member: usize,
    story: std::ops::Range<usize>,
) -> Option<Numbered> {
    let others = story.filter(|&other| other != member);
    let nearest = others.max_by_key(|&other| {
        let cosine = vectors.shared(member, other).map(|(_, part)| part).sum();
        (Score::new(cosine), std::cmp::Reverse(&collection.articles[members[other]].id))
    })?;
    let mut shared: Vec<(u32, f64)> = vectors.shared(member, nearest).collect();
    let similarity = shared.iter().map(|(_, part)| part).sum();
    shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shared.truncate(TERMS);
    Some(Numbered { article: members[member], nearest: members[nearest], similarity, shared })
}

/// A tie whose terms are still feature numbers.
struct Numbered {
    article: ArticleIx,
    nearest: ArticleIx,
    similarity: f64,
    shared: Vec<(u32, f64)>,
}

impl Numbered {
    /// Replaces each feature number by the term or pair of terms. The article contains all of them, because the
    /// features are shared.
    fn named(self, collection: &Collection, sketch: &Sketch, numbers: &Numbers) -> Tie {
        let document = &collection.corpus.documents[self.article];
        let words: BTreeMap<u64, &str> =
            document.terms().map(|term| (hash::word(term), term)).collect();
        let word = |hash: &u64| words.get(hash).copied().unwrap_or_default();
        let hashes = sketch.term_hashes();
        let mut names: BTreeMap<u32, String> = BTreeMap::new();
        for hash in hashes {
            names.extend(numbers.term(*hash).map(|feature| (feature, word(hash).to_owned())));
        }
        for pair in sketch.pairs() {
            let name = || pair.terms.map(|at| word(&hashes[at])).join(" ");
            names.extend(numbers.pair(sketch.pair_hash(pair)).map(|feature| (feature, name())));
        }
        let name =
            |(feature, part): (u32, f64)| (names.get(&feature).cloned().unwrap_or_default(), part);
        Tie {
            article: self.article,
            nearest: self.nearest,
            similarity: self.similarity,
            terms: self.shared.into_iter().map(name).collect(),
        }
    }
}
