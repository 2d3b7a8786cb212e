//! Turns sketches into groups of articles that report the same event.
//!
//! ```text
//! sketches of one language ─▶ formulas ─▶ near-copies ─▶ one of each ─▶ vectors ─▶ neighbors ─▶ expansion ─▶ names ─▶ linkage ─▶ groups
//! ```
//!
//! Articles are processed in the order of their ids, so the order of the input does not matter.

use std::cmp::Reverse;

use crate::article::{ArticleIx, Published};
use crate::identity::Outlets;
use crate::identity::facts::Report;
use crate::identity::reprint::{self, NearCopies, Print};
use crate::language::Language;
use crate::stories::background::Background;
use crate::stories::formula::Formulas;
use crate::stories::neighbours::Known;
use crate::stories::sketch::Sketch;
use crate::stories::vector::{Builder, Vectors};
use crate::stories::{
    Expansion, Linkage, Names, Search, Weights, distinct_names, expansion, linkage, neighbours,
};

/// How articles are grouped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// The criteria for near-copies.
    pub near_copies: NearCopies,
    /// How words are weighted.
    pub weights: Weights,
    /// How neighbors are found.
    pub search: Search,
    /// How short articles borrow words from their neighbors.
    pub expansion: Expansion,
    /// How differing names separate reports of similar events.
    pub names: Names,
    /// When groups are joined.
    pub linkage: Linkage,
}

/// The articles about one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// Every member, in the order of the collection.
    pub(crate) articles: Vec<ArticleIx>,
    /// Groups of near-copies among the members, the leader first.
    pub(crate) duplicates: Vec<Vec<ArticleIx>>,
}

/// Groups all articles; the groups are in no particular order.
///
/// The data of the sketches that only this step needs is dropped as soon as it has been used, so that it does not
/// occupy memory together with vectors and similarities.
pub(crate) fn group(
    sketches: &mut [Sketch],
    outlets: &Outlets,
    background: &Background,
    params: &Grouping,
) -> Vec<Group> {
    let order = by_id(sketches);
    let mut languages: Vec<_> = sketches.iter().map(Sketch::lang).collect();
    languages.sort_unstable();
    languages.dedup();
    let mut groups = Vec::new();
    for language in languages {
        let is_in_language = |a: &ArticleIx| sketches[*a].lang() == language;
        let members: Vec<ArticleIx> = order.iter().copied().filter(is_in_language).collect();
        groups.extend(group_members(sketches, &members, language, outlets, background, params));
    }
    groups
}

/// Groups articles of one language.
fn group_members(
    sketches: &mut [Sketch],
    members: &[ArticleIx],
    language: Language,
    outlets: &Outlets,
    background: &Background,
    params: &Grouping,
) -> Vec<Group> {
    let formulas = formulas(sketches, members, outlets);
    let other_events =
        |a: u32, b: u32| formulas.tell_apart(a, b, |at| report(sketches, members, at));
    let found = reprint::find(&prints(sketches, members), &params.near_copies, other_events);
    for &article in members {
        sketches[article].drop_sample();
    }
    let copies = copies(sketches, members, found.copies);
    let leading = leading(members, &copies);
    let leaders: Vec<ArticleIx> = leading.iter().map(|&m| members[m as usize]).collect();
    let vectors = vectors(sketches, &leaders, language, background, &params.weights);
    for &article in members {
        sketches[article].drop_weights();
    }
    let known = known(sketches, &leaders, &vectors, &params.linkage);
    let are_apart = |a: u32, b: u32| {
        let [a, b] = [a, b].map(|leader| leading[leader as usize]);
        let pair = (a.min(b), a.max(b));
        found.templates.binary_search(&pair).is_ok()
            || formulas.tell_apart(a, b, |at| report(sketches, members, at))
    };
    let report = |at: u32| report(sketches, &leaders, at);
    let linked = link(vectors, &known, &are_apart, &report, params);
    let article = |&leader: &u32| leaders[leader as usize];
    let groups = linked.iter().map(|group| group.iter().map(article).collect());
    groups.map(|led| with_copies(led, &copies)).collect()
}

/// Treats all articles as one group, with the near-copies among them.
pub(crate) fn all(sketches: &[Sketch], outlets: &Outlets, params: &Grouping) -> Group {
    let order = by_id(sketches);
    let formulas = formulas(sketches, &order, outlets);
    let other_events =
        |a: u32, b: u32| formulas.tell_apart(a, b, |at| report(sketches, &order, at));
    let found = reprint::find(&prints(sketches, &order), &params.near_copies, other_events);
    let duplicates = copies(sketches, &order, found.copies);
    Group { articles: (0..sketches.len()).collect(), duplicates }
}

/// Finds the formulas that the titles of some articles follow.
fn formulas(sketches: &[Sketch], members: &[ArticleIx], outlets: &Outlets) -> Formulas {
    Formulas::find(&at(sketches, members), |sketch| outlets.key(sketch.outlet()?))
}

/// Returns the sketches of some articles.
fn at<'s>(sketches: &'s [Sketch], articles: &[ArticleIx]) -> Vec<&'s Sketch> {
    articles.iter().map(|&a| &sketches[a]).collect()
}

/// Returns the facts and words of the member at a position.
fn report<'s>(sketches: &'s [Sketch], members: &[ArticleIx], at: u32) -> &'s Report {
    sketches[members[at as usize]].print().report()
}

fn prints<'s>(sketches: &'s [Sketch], members: &[ArticleIx]) -> Vec<&'s Print> {
    members.iter().map(|&a| sketches[a].print()).collect()
}

/// Returns the articles in the order of their ids.
fn by_id(sketches: &[Sketch]) -> Vec<ArticleIx> {
    let mut order: Vec<ArticleIx> = (0..sketches.len()).collect();
    order.sort_by(|&a, &b| sketches[a].compare(&sketches[b]));
    order
}

/// Returns the groups of near-copies among members, each with its leader first; sorted by leader.
fn copies(sketches: &[Sketch], members: &[ArticleIx], found: Vec<Vec<u32>>) -> Vec<Vec<ArticleIx>> {
    let mut groups: Vec<Vec<ArticleIx>> = found
        .into_iter()
        .map(|group| group.into_iter().map(|m| members[m as usize]).collect())
        .collect();
    for group in &mut groups {
        lead(sketches, group);
    }
    groups.sort_unstable();
    groups
}

/// Sorts the full versions before the shortened ones, both with the newest first.
///
/// A version is full if it is at least 80% as long as the longest, so that a later, shortened version does not lead.
fn lead(sketches: &[Sketch], group: &mut [ArticleIx]) {
    let length = |a: ArticleIx| sketches[a].print().n_words();
    let longest = group.iter().map(|&a| length(a)).max().unwrap_or(0);
    group.sort_by_key(|&a| {
        let sketch = &sketches[a];
        let is_cut = 10 * length(a) < 8 * longest;
        (is_cut, Reverse(sketch.published().map(Published::timestamp)), sketch.id())
    });
}

/// Returns the positions of the members that are not near-copies led by another member.
fn leading(members: &[ArticleIx], copies: &[Vec<ArticleIx>]) -> Vec<u32> {
    let mut led: Vec<ArticleIx> = copies.iter().flat_map(|g| g.iter().skip(1).copied()).collect();
    led.sort_unstable();
    let all = (0..).zip(members);
    all.filter(|(_, article)| led.binary_search(article).is_err()).map(|(m, _)| m).collect()
}

/// Makes the vectors of articles in one language; drops from each sketch the parts that only its vector needs.
fn vectors(
    sketches: &mut [Sketch],
    articles: &[ArticleIx],
    language: Language,
    background: &Background,
    weights: &Weights,
) -> Vectors {
    let mut builder = Builder::new(&at(sketches, articles), language, background, weights);
    for block in articles.chunks(BLOCK) {
        builder.add(&at(sketches, block));
        for &article in block {
            sketches[article].drop_weights();
        }
    }
    let (vectors, _) = builder.finish();
    vectors
}

/// The number of articles whose vectors are made before their sketches are reduced.
const BLOCK: usize = 16_384;

fn known(
    sketches: &[Sketch],
    leaders: &[ArticleIx],
    vectors: &Vectors,
    linkage: &Linkage,
) -> Known {
    let day = |&article: &ArticleIx| {
        let published = sketches[article].published()?;
        Some(published.timestamp().as_second() as f64 / 86_400.0)
    };
    Known {
        days: leaders.iter().map(day).collect(),
        bars: vectors.words.iter().map(|&words| linkage.bar(words)).collect(),
    }
}

/// Groups the members of vectors; `are_apart` returns whether two of them report different events from one template,
/// and `report` returns the facts and words of a member.
fn link<'s>(
    mut vectors: Vectors,
    known: &Known,
    are_apart: &(dyn Fn(u32, u32) -> bool + Sync),
    report: &(dyn Fn(u32) -> &'s Report + Sync),
    params: &Grouping,
) -> Vec<Vec<u32>> {
    // Two reports that `are_apart` resemble each other because they share a template: the more alike they are, the
    // stronger is the evidence that they are two reports of one series. The negative similarity keeps their groups apart.
    let set_apart = |a, b, similarity: f32| if are_apart(a, b) { -similarity } else { similarity };
    let all: Vec<u32> = (0..vectors.rows.len() as u32).collect();
    let mut edges = neighbours::find(&vectors, known, &all, &params.search);
    edges.change(set_apart);
    let moved = expansion::expand(&mut vectors, &mut edges, &params.expansion);
    if !moved.is_empty() {
        let mut found = neighbours::find(&vectors, known, &moved, &params.search);
        found.change(set_apart);
        edges.append(found);
    }
    distinct_names::tell_apart(&mut edges, &vectors.named, report, &params.names);
    let words = vectors.into_words();
    linkage::link(&words, edges, &params.linkage)
}

/// Makes a group of members and their near-copies. `copies` is sorted by leader.
fn with_copies(leading: Vec<ArticleIx>, copies: &[Vec<ArticleIx>]) -> Group {
    let led_by = |leader: &ArticleIx| copies.binary_search_by_key(leader, |g| g[0]).ok();
    let duplicates: Vec<Vec<ArticleIx>> =
        leading.iter().filter_map(led_by).map(|at| copies[at].clone()).collect();
    let mut articles = leading;
    articles.extend(duplicates.iter().flat_map(|g| g.iter().skip(1)));
    articles.sort_unstable();
    Group { articles, duplicates }
}
