//! The words of a language by which claims are compared: its `claims.txt`.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::packs::{Folder, OfFolder, folder_index, section};

/// The words of a language; the lists of a language without the file are empty.
#[derive(Debug)]
pub(super) struct Lists {
    /// Names of parts of countries.
    pub(super) regions: BTreeSet<&'static str>,
    /// Words before a name besides the offices.
    pub(super) titles: BTreeSet<&'static str>,
    /// Capitals with their countries. Looked up, never iterated.
    pub(super) capitals: FxHashMap<&'static str, &'static str>,
    /// Words that negate a following verb.
    pub(super) denials: BTreeSet<&'static str>,
    /// Words that restrict or deny without a negation, which make the comparison meaningless.
    pub(super) other_denials: BTreeSet<&'static str>,
    /// Words that begin a clause with another subject, or a condition.
    pub(super) clauses: BTreeSet<&'static str>,
    /// Words that end the objects of a verb.
    pub(super) ends: BTreeSet<&'static str>,
    /// Words that make a clause a condition.
    pub(super) conditions: BTreeSet<&'static str>,
    /// Verbs of possibility, desire or duty: neither side says that anything happened.
    pub(super) modals: BTreeSet<&'static str>,
    /// Auxiliaries before a verb that is asserted.
    pub(super) auxiliaries: BTreeSet<&'static str>,
    /// Words before a form that is not a verb: "the force", "of forces", "to force".
    pub(super) before_nouns: BTreeSet<&'static str>,
    /// Words for the whole of something.
    pub(super) wholes: BTreeSet<&'static str>,
    /// Words before these that weaken them.
    pub(super) hedges: BTreeSet<&'static str>,
    /// Nouns of time, with which "all" does not imply a count.
    pub(super) times: BTreeSet<&'static str>,
    /// Words for a part of something.
    pub(super) parts: BTreeSet<&'static str>,
    /// Numbers, which are a part before "of" and after "including".
    pub(super) counts: BTreeSet<&'static str>,
    /// Words between two names that mean the same in either order.
    pub(super) symmetric: BTreeSet<&'static str>,
    /// Words that begin a sentence about the person before.
    pub(super) pronouns: BTreeSet<&'static str>,
    /// Words before the subject of a new clause.
    pub(super) joining: BTreeSet<&'static str>,
    /// Words after a negation that turn it into a statement: "not only".
    pub(super) affirming: BTreeSet<&'static str>,
    /// Groups of forms of one given name.
    short_forms: Vec<Vec<&'static str>>,
}

impl Lists {
    fn new(folder: &'static Folder) -> Self {
        let lines = |name| section(folder.claims, name);
        Self {
            regions: lines("regions").collect(),
            titles: lines("titles").collect(),
            capitals: lines("capitals").filter_map(|line| line.split_once(' ')).collect(),
            denials: lines("denials").collect(),
            other_denials: lines("other denials").collect(),
            clauses: lines("clauses").collect(),
            ends: lines("ends").collect(),
            conditions: lines("conditions").collect(),
            modals: lines("modals").collect(),
            auxiliaries: lines("auxiliaries").collect(),
            before_nouns: lines("before nouns").collect(),
            wholes: lines("wholes").collect(),
            hedges: lines("hedges").collect(),
            times: lines("times").collect(),
            parts: lines("parts").collect(),
            counts: lines("counts").collect(),
            symmetric: lines("symmetric").collect(),
            pronouns: lines("pronouns").collect(),
            joining: lines("joining").collect(),
            affirming: lines("affirming").collect(),
            short_forms: lines("short forms").map(|l| l.split_whitespace().collect()).collect(),
        }
    }

    /// Returns the other forms of a given name: `william` for `bill`.
    pub(super) fn forms_of(&self, given: &str) -> impl Iterator<Item = &'static str> {
        let groups = self.short_forms.iter().filter(move |forms| forms.contains(&given));
        groups.flatten().copied()
    }
}

/// Returns the words of a language.
pub(super) fn lists(language: Language) -> &'static Lists {
    static ALL: OfFolder<Lists> = OfFolder::new();
    ALL.get(folder_index(language), Lists::new)
}
