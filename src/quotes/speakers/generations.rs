//! Fathers and sons with the same name: whether `Tom Reed Jr.` and `Tom Reed` are one person.
//!
//! Some outlets print `Jr.` after a name and others omit it. The two names belong to one person if they have a function
//! in common (`Attorney General Tom Reed Jr.`, `Attorney General Tom Reed`) and no article names both in full;
//! otherwise they belong to two people.

use std::collections::{BTreeMap, BTreeSet};

use crate::identity::person::NameKey;
use crate::quotes::speakers::people::Sighting;

/// The articles in which a name with its generation occurs, and the functions that are mentioned with it.
#[derive(Default)]
struct Evidence {
    articles: BTreeSet<usize>,
    functions: BTreeSet<String>,
}

/// Removes the generation from each name that belongs to the same person as the name without it.
pub(super) fn settle(sightings: &mut [Sighting]) {
    let mut bearers: BTreeMap<NameKey, Evidence> = BTreeMap::new();
    let of_interest: BTreeSet<String> = sightings
        .iter()
        .filter(|s| s.key.generation().is_some())
        .map(|s| s.key.last().to_owned())
        .collect();
    for sighting in sightings.iter().filter(|s| s.key.len() > 1) {
        if of_interest.contains(sighting.key.last()) {
            let evidence = bearers.entry(sighting.key.clone()).or_default();
            evidence.articles.insert(sighting.article);
            evidence.functions.extend(sighting.functions.iter().cloned());
        }
    }
    let is_plain = |key: &NameKey| {
        let own = &bearers[key];
        let plain = bearers.iter().filter(|(other, _)| {
            other.generation().is_none() && other.last() == key.last() && other.agrees(key)
        });
        let mut plain = plain.map(|(_, evidence)| evidence).peekable();
        plain.peek().is_some()
            && plain.all(|other| {
                own.articles.is_disjoint(&other.articles)
                    && !own.functions.is_disjoint(&other.functions)
            })
    };
    let generations = bearers.keys().filter(|key| key.generation().is_some());
    let joined: BTreeSet<NameKey> = generations.filter(|key| is_plain(key)).cloned().collect();
    for sighting in sightings.iter_mut().filter(|s| joined.contains(&s.key)) {
        sighting.key = sighting.key.clone().without_generation();
    }
}
