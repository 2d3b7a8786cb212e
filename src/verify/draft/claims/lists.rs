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
