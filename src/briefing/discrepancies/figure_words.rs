//! The words of a language by which figures are recognized, from its `figures.txt`.

use crate::briefing::discrepancies::interval::Qualifier;
use crate::language::Language;
use crate::text::packs::{FOLDERS, Folder, OfFolder, WordSet, folder_index, section, stop_words};
use std::collections::{BTreeMap, BTreeSet};

/// The fate of the people counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Casualty {
    Dead,
    Injured,
    Missing,
    Arrested,
    Homeless,
}

/// A phrase of one or more words in lower case.
pub(super) type Phrase = Vec<&'static str>;

/// The sections of a `figures.txt`.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) numbers: BTreeMap<&'static str, f64>,
    pub(super) scales: BTreeMap<&'static str, f64>,
    pub(super) qualifiers: Vec<(Phrase, Qualifier)>,
    pub(super) between: BTreeSet<&'static str>,
    pub(super) to: BTreeSet<&'static str>,
    pub(super) casualties: BTreeMap<&'static str, Casualty>,
    pub(super) people: BTreeSet<&'static str>,
    pub(super) part: Vec<Phrase>,
    pub(super) another: Vec<Phrase>,
    pub(super) percent: Vec<Phrase>,
    pub(super) points: BTreeSet<&'static str>,
    pub(super) currencies: BTreeMap<&'static str, &'static str>,
    pub(super) weekdays: BTreeMap<&'static str, f64>,
    pub(super) months: BTreeMap<&'static str, f64>,
    pub(super) zones: BTreeSet<&'static str>,
    pub(super) half_day: BTreeMap<&'static str, f64>,
    pub(super) not: BTreeSet<&'static str>,
    pub(super) past: Vec<Phrase>,
    pub(super) stop: &'static WordSet,
    /// Whether participles come at the end of their clauses.
    pub(super) verb_last: bool,
    /// Whether the decimal separator is a point; otherwise it is a comma.
    pub(super) decimal_point: bool,
}

impl Words {
    fn new(folder: &Folder) -> Self {
        let file = folder.figures;
        let set = |name| section(file, name).collect::<BTreeSet<_>>();
        let values = |name| section(file, name).filter_map(valued).collect::<BTreeMap<_, _>>();
        let phrases = |name| section(file, name).map(phrase).collect::<Vec<_>>();
        let mut qualifiers = Vec::new();
        for (name, qualifier) in [
            ("about", Qualifier::About),
            ("at least", Qualifier::AtLeast),
            ("at most", Qualifier::AtMost),
            ("nearly", Qualifier::Nearly),
        ] {
            qualifiers.extend(section(file, name).map(|p| (phrase(p), qualifier)));
        }
        // The longest phrases come first, so that "no more than" is not read as "more than".
        qualifiers.sort_by_key(|(phrase, qualifier)| {
            (std::cmp::Reverse(phrase.len()), phrase.clone(), *qualifier)
        });
        let mut casualties = BTreeMap::new();
        for (name, casualty) in [
            ("dead", Casualty::Dead),
            ("injured", Casualty::Injured),
            ("missing", Casualty::Missing),
            ("arrested", Casualty::Arrested),
            ("homeless", Casualty::Homeless),
        ] {
            casualties.extend(section(file, name).map(|word| (word, casualty)));
        }
        let currencies = section(file, "currencies").filter_map(|line| line.split_once(' '));
        let language = Language::parse(folder.code).unwrap_or_default();
        Self {
            language,
            numbers: values("numbers"),
            scales: values("scales"),
            qualifiers,
            between: set("between"),
            to: set("to"),
            casualties,
            people: set("people"),
            part: phrases("part"),
            another: phrases("another"),
            percent: phrases("percent"),
            points: set("points"),
            currencies: currencies.collect(),
            weekdays: values("weekdays"),
            months: values("months"),
            zones: set("zones"),
            half_day: values("half day"),
            not: set("not"),
            past: phrases("past"),
            stop: stop_words(language),
            verb_last: section(file, "habits").any(|h| h == "verb last"),
            decimal_point: section(file, "habits").any(|h| h == "decimal point"),
        }
    }
}

fn phrase(line: &'static str) -> Phrase {
    line.split_whitespace().collect()
}

fn valued(line: &'static str) -> Option<(&'static str, f64)> {
    let (word, value) = line.rsplit_once(' ')?;
    Some((word.trim(), value.parse().ok()?))
}

/// Returns the words of a language, if it has a `figures.txt`.
pub(super) fn words(language: Language) -> Option<&'static Words> {
    static ALL: OfFolder<Words> = OfFolder::new();
    let at = folder_index(language);
    (!FOLDERS[at].figures.is_empty()).then(|| ALL.get(at, Words::new))
}
