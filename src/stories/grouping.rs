//! Turns sketches into groups of articles that report the same event.
//!
//! ```text
//! sketches of one language ─▶ formulas ─▶ near-copies ─▶ one of each ─▶ vectors ─▶ neighbours ─▶ expansion ─▶ names ─▶ linkage ─▶ groups
//! ```
//!
//! Articles are processed in the order of their ids, so the order of the input does not matter.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::article::{ArticleIx, Published};
use crate::identity::Outlets;
use crate::identity::reprint::{self, NearCopies, Print};
use crate::parallel;
use crate::stories::background::Background;
use crate::stories::formula::Formulas;
use crate::stories::neighbours::{Edge, Known};
use crate::stories::sketch::Sketch;
use crate::stories::vector::Vectors;
use crate::stories::{
    Expansion, Linkage, Names, Search, Weights, expansion, linkage, names, neighbours,
};

/// How articles are grouped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// The criteria for near-copies.
    pub near_copies: NearCopies,
    /// How words are weighted.
    pub weights: Weights,
    /// How neighbours are found.
    pub search: Search,
    /// How short articles borrow words from their neighbours.
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
    /// Groups of near-copies among them, the leader first.
    pub(crate) duplicates: Vec<Vec<ArticleIx>>,
}

/// Groups all articles; the groups are in no particular order.
pub(crate) fn group(
    sketches: &[Sketch],
    outlets: &Outlets,
    background: &Background,
    params: &Grouping,
) -> Vec<Group> {
    let order = by_id(sketches);
    let mut groups = Vec::new();
    let mut languages: Vec<_> = sketches.iter().map(Sketch::lang).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        let of_language = |a: &ArticleIx| sketches[*a].lang() == language;
        let members: Vec<ArticleIx> = order.iter().copied().filter(of_language).collect();
        let formulas = formulas(sketches, &members, outlets);
        let other_events = |a: u32, b: u32| formulas.tell_apart(a, b);
        let found = reprint::find(&prints(sketches, &members), &params.near_copies, other_events);
        let copies = copies(sketches, &members, found.copies);
        let leading = leading(&members, &copies);
        let places: BTreeMap<ArticleIx, u32> = members.iter().copied().zip(0..).collect();
        let place_of: Vec<u32> = leading.iter().map(|article| places[article]).collect();
        let are_apart = |a: u32, b: u32| {
            let [a, b] = [a, b].map(|leader| place_of[leader as usize]);
            let pair = (a.min(b), a.max(b));
            found.templates.binary_search(&pair).is_ok() || formulas.tell_apart(a, b)
        };
        let leaders: Vec<&Sketch> = leading.iter().map(|&a| &sketches[a]).collect();
        let vectors = Vectors::build(&leaders, language, background, &params.weights);
        for linked in link(&leaders, vectors, &are_apart, params) {
            let led: Vec<ArticleIx> = linked.iter().map(|&m| leading[m as usize]).collect();
            groups.push(with_copies(led, &copies));
        }
    }
    groups
}

/// Treats all articles as one group, with the near-copies among them.
pub(crate) fn all(sketches: &[Sketch], outlets: &Outlets, params: &Grouping) -> Group {
    let order = by_id(sketches);
    let formulas = formulas(sketches, &order, outlets);
    let other_events = |a: u32, b: u32| formulas.tell_apart(a, b);
    let found = reprint::find(&prints(sketches, &order), &params.near_copies, other_events);
    let duplicates = copies(sketches, &order, found.copies);
    Group { articles: (0..sketches.len()).collect(), duplicates }
}

/// Finds the formulas that the titles of some articles follow.
fn formulas<'s>(sketches: &'s [Sketch], members: &[ArticleIx], outlets: &Outlets) -> Formulas<'s> {
    let members: Vec<&Sketch> = members.iter().map(|&a| &sketches[a]).collect();
    Formulas::find(&members, |sketch| outlets.key(sketch.outlet()?))
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

/// Puts the newest of the full versions first, followed by the others, the newest first.
///
/// A version is full if it is nearly as long as the longest, so that a later, shortened version does not lead.
fn lead(sketches: &[Sketch], group: &mut [ArticleIx]) {
    let length = |a: ArticleIx| sketches[a].print().n_words();
    let longest = group.iter().map(|&a| length(a)).max().unwrap_or(0);
    group.sort_by_key(|&a| {
        let sketch = &sketches[a];
        let is_cut = 10 * length(a) < 8 * longest;
        (is_cut, Reverse(sketch.published().map(Published::timestamp)), sketch.id())
    });
}

/// Returns the members without the near-copies that another member leads.
fn leading(members: &[ArticleIx], copies: &[Vec<ArticleIx>]) -> Vec<ArticleIx> {
    let mut led: Vec<ArticleIx> = copies.iter().flat_map(|g| g.iter().skip(1).copied()).collect();
    led.sort_unstable();
    members.iter().copied().filter(|m| led.binary_search(m).is_err()).collect()
}

fn link(
    leaders: &[&Sketch],
    mut vectors: Vectors,
    are_apart: &(dyn Fn(u32, u32) -> bool + Sync),
    params: &Grouping,
) -> Vec<Vec<u32>> {
    let day = |sketch: &&Sketch| {
        let published = sketch.published()?;
        Some(published.timestamp().as_second() as f64 / 86_400.0)
    };
    let known = Known {
        days: leaders.iter().map(day).collect(),
        bars: vectors.words.iter().map(|&words| params.linkage.bar(words)).collect(),
    };
    let all: Vec<u32> = (0..leaders.len() as u32).collect();
    let find = |vectors: &Vectors, asking: &[u32]| {
        let mut edges = neighbours::find(vectors, &known, asking, &params.search);
        set_apart(&mut edges, are_apart);
        edges
    };
    let mut edges = find(&vectors, &all);
    let moved = expansion::expand(&mut vectors, &edges, &params.expansion);
    if !moved.is_empty() {
        // The edges between members that were not moved are kept.
        let stayed = |member: u32| moved.binary_search(&member).is_err();
        edges.retain(|edge| stayed(edge.a) && stayed(edge.b));
        edges.extend(find(&vectors, &moved));
    }
    names::tell_apart(&mut edges, &vectors.named, &params.names);
    linkage::link(&vectors.words, &edges, &params.linkage)
}

/// Turns the similarity of reports of different events into evidence against joining their stories: they resemble each
/// other only because of the template that they share.
fn set_apart(edges: &mut [Edge], are_apart: &(dyn Fn(u32, u32) -> bool + Sync)) {
    let mut edges: Vec<&mut Edge> = edges.iter_mut().collect();
    parallel::change_each(&mut edges, |edge| {
        if are_apart(edge.a, edge.b) {
            edge.similarity = -edge.similarity;
        }
    });
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
