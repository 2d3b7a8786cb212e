//! Document frequencies from other days and outlets: evidence of how rare a term is, beyond the articles of one run.
//!
//! Backgrounds can be added. The sum of the backgrounds of several days is the background of the whole period, no
//! matter on which machines they were counted and in what order they are added.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::stories::sketch::Sketch;

/// Document frequencies from articles that are not grouped themselves; empty by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    languages: BTreeMap<Language, Counts>,
}

/// The counts of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counts {
    articles: u64,
    /// The number of articles that contain each term, by the term's hash.
    terms: BTreeMap<u64, u32>,
}

impl Background {
    /// Adds an article to the counts.
    pub fn add(&mut self, sketch: &Sketch) {
        let counts = self.languages.entry(sketch.lang()).or_default();
        counts.articles += 1;
        for term in sketch.all_terms() {
            let count = counts.terms.entry(term).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Adds the counts of another background.
    pub fn merge(&mut self, other: &Self) {
        for (language, others) in &other.languages {
            let counts = self.languages.entry(*language).or_default();
            counts.articles += others.articles;
            for (&term, n) in &others.terms {
                let count = counts.terms.entry(term).or_default();
                *count = count.saturating_add(*n);
            }
        }
    }

    /// Returns the counts of one language.
    pub(crate) fn get(&self, language: Language) -> Option<&Counts> {
        self.languages.get(&language)
    }
}

impl Counts {
    /// Returns the number of articles.
    pub(crate) const fn articles(&self) -> u64 {
        self.articles
    }

    /// Returns the number of articles that contain a term.
    pub(crate) fn count(&self, term: u64) -> u32 {
        self.terms.get(&term).copied().unwrap_or_default()
    }
}
