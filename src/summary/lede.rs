//! The lede of a story: the sentence that reports the event of the headline.
//!
//! It is the sentence most similar to the headline, the titles and the ledes (`feature::news`), with a discount for
//! each sentence that precedes it in its article. Taking the first sentence (the baseline in Nenkova 2005) fails on
//! feature ledes, captions and background openings, none of which resembles the titles; taking the most similar
//! sentence at any position fails on opinion that repeats the title's words deep in an article.
//!
//! ```text
//! score(s) = (0.6 + 0.7 · headline(s) + 0.3 · titles(s) + 0.6 · ledes(s)) · own(s) · form(s) · age(s) · voice(s) · length(s) / √(1 + k · place(s))
//! own(s)   = 1.5 in the article whose title is the headline, 1 in others
//! length(s) = 1 for a full lede, less for a sentence that is much shorter than the others in its article, or too long
//! k        = 2 in a single article, 0.6 in several, any of which may begin with a scene
//! ```
//!
//! Known limits: a teasing title ("What he said next") contains no words about the event, so the position and the words
//! that ledes share decide.

use std::cmp::Reverse;

use crate::score::{Score, pow};
use crate::summary::candidate_set::CandidateSet;
use crate::summary::cohesion;
use crate::summary::context_dependence;
use crate::summary::definite_np;
use crate::summary::feature::{age, form, position, voice};
use crate::summary::names::Names;
use crate::summary::problem::{Bundle, Problem};
use crate::summary::token_buffer::Wording;

/// How much the position of a sentence counts, in a single article and in a story of several articles.
const LEAD_STRENGTH: [f64; 2] = [2.0, 0.6];

/// The factor of sentences in the article whose title is the headline: that article reports the headline's event, but
/// the others may report a different one.
const UNDER_THE_HEADLINE: f64 = 1.5;

/// The base score of every sentence. It lets position decide among sentences that have nothing in common with titles
/// and ledes.
const WITHOUT_LIKENESS: f64 = 0.6;

/// The weight of the headline in the similarity to titles; the rest of the weight goes to all titles together. A story
/// may report two events, and the headline covers only one of them.
const HEADLINE: f64 = 0.7;

/// The weight of the words that ledes share, relative to the titles.
const LEDES: f64 = 0.6;

/// The number of words in a full lede, relative to the mean sentence of its article. A lede says who did what, when and
/// where; a scene, a remark or background that precedes it is often much shorter: "It is June again."
const FULL: f64 = 0.9;

/// The number of words at which a lede counts as full in any article, however long the other sentences are.
const MOST_OF_FULL: f64 = 30.0;

/// The exponent that turns the length of a short sentence, as a share of a full lede, into a factor.
///
/// In 197 articles whose sentences editors had labeled, 149 ledes were right without the factor and 155 with it. A
/// [`FULL`] of 1.3 with an exponent of 1 gave 157, but let a few words more or less decide between ordinary sentences.
const OF_SHORT: f64 = 1.5;

/// The number of words above which a lede leaves little room for anything else.
const LONG: usize = 70;

/// The factor of a lede that is longer than [`LONG`] words.
const OF_LONG: f64 = 0.7;

/// Returns the candidate that most probably reports the headline's event, among those that fit the budget and need no
/// context.
pub(crate) fn lede(problem: &Problem<'_, '_>) -> Option<usize> {
    let set = problem.set;
    let mut found: Vec<(Score, usize)> = Vec::new();
    for bundle in problem.bundles.iter().filter(|b| b.first == b.last) {
        let candidate = bundle.last;
        let words = set.candidates[candidate].words;
        let fits = problem.costs[candidate] <= problem.room.limit
            && words <= problem.most_words[set.candidates[candidate].slice];
        if fits {
            found.push((Score::new(score(set, candidate)), candidate));
        }
    }
    found.sort_unstable_by_key(|&(score, candidate)| (Reverse(score), candidate));
    let admitted = |&(_, candidate): &(Score, usize)| {
        problem.admits(Bundle { first: candidate, last: candidate })
    };
    let best: Vec<(Score, usize)> =
        found.into_iter().filter(admitted).take(MOST_LOOKED_AT).collect();
    // On a tie, the earlier candidate wins.
    let introduced = best.iter().map(|&(score, c)| (introduced(set, c, score), Reverse(c)));
    introduced.max().map(|(_, Reverse(candidate))| candidate)
}

/// Returns the score of a sentence, reduced if the sentence mentions somebody only by surname, describes somebody
/// without naming them, or starts with a definite noun phrase as if the reader knew its referent.
///
/// Large stories are exempt, because their many titles and ledes agree on a lede that itself introduces the people in
/// it.
fn introduced(set: &CandidateSet<'_>, candidate: usize, score: Score) -> Score {
    if !cohesion::holds(set) {
        return score;
    }
    let mut names = Names::new(set);
    names.find_in(&[candidate]);
    let at = set.candidates[candidate].at;
    let mut wording = Wording::new(set.collection.corpus.documents[at.article].language);
    let text = set.collection.sentence_text(at.article, at.sentence);
    // The first sentence of an article may start with a role whose holder is named later.
    let is_strange = !names.strangers(&[candidate]).is_empty()
        || !definite_np::hanging(set, &[candidate]).is_empty()
        || 0 < set.place(candidate) && context_dependence::starts_with_role(text, &mut wording)
        || context_dependence::describes_somebody(text, &mut wording);
    if is_strange { Score::new(score.value() * OF_STRANGERS) } else { score }
}

/// The number of best candidates that are checked for presupposed knowledge.
const MOST_LOOKED_AT: usize = 8;

/// The factor of a candidate that presupposes knowledge.
const OF_STRANGERS: f64 = 0.7;

fn score(set: &CandidateSet<'_>, number: usize) -> f64 {
    let (news, candidate) = (set.news.of_candidates[number], &set.candidates[number]);
    let likeness = WITHOUT_LIKENESS
        + HEADLINE * news.headline
        + (1.0 - HEADLINE) * news.titles
        + LEDES * news.ledes;
    let form: f64 = form::prices(candidate).iter().map(|(_, price)| price).product();
    let slice = &set.articles[candidate.slice];
    let age = age::factor(slice.days_old);
    let voice = voice::factor(slice.commentary);
    let own = if slice.article == set.headline { UNDER_THE_HEADLINE } else { 1.0 };
    let strength = LEAD_STRENGTH[usize::from(set.has_several_articles())];
    likeness
        * own
        * form
        * age
        * voice
        * length(candidate.words, slice.words as f64 / slice.len().max(1) as f64)
        * position::factor(set.place(number) as f64, strength)
}

/// Returns the factor for the length of a sentence in an article whose sentences have `mean` words on average.
fn length(words: usize, mean: f64) -> f64 {
    let full = (FULL * mean).min(MOST_OF_FULL);
    if LONG < words { OF_LONG } else { pow((words as f64 / full).min(1.0), OF_SHORT) }
}
