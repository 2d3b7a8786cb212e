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
    /// Auxiliaries of the passive: "was asked to sign".
    pub(super) passive: BTreeSet<&'static str>,
    /// Words before a form that is not a verb: "the force", "of forces", "to force".
    pub(super) before_nouns: BTreeSet<&'static str>,
    /// Words for the whole of something.
    pub(super) wholes: BTreeSet<&'static str>,
    /// Words before these that weaken them.
    pub(super) hedges: BTreeSet<&'static str>,
    /// Those of these words with which a word for the whole means most.
    pub(super) nearly: BTreeSet<&'static str>,
    /// Words for no part of something.
    pub(super) nones: BTreeSet<&'static str>,
    /// Words for more than half of something.
    pub(super) most: BTreeSet<&'static str>,
    /// Words for half of something.
    pub(super) halves: BTreeSet<&'static str>,
    /// Words for a small part of something.
    pub(super) few: BTreeSet<&'static str>,
    /// Words after a number of days or years that the writer can have counted: "three years later".
    pub(super) intervals: BTreeSet<&'static str>,
    /// Nouns of time, with which "all" does not imply a count.
    pub(super) times: BTreeSet<&'static str>,
    /// Words for a part of something.
    pub(super) parts: BTreeSet<&'static str>,
    /// Numbers, which are a part before "of" and after "including".
    pub(super) counts: BTreeSet<&'static str>,
    /// Prepositions before the name of a place.
    pub(super) before_places: BTreeSet<&'static str>,
    /// Words between two names that mean the same in either order.
    pub(super) symmetric: BTreeSet<&'static str>,
    /// Pronouns that can be the subject of a clause.
    pub(super) subjects: BTreeSet<&'static str>,
    /// Words before "to" and a verb that deny the verb: "refused to sign".
    pub(super) refusals: BTreeSet<&'static str>,
    /// Verbs whose negation reaches the verb after "to": "did not manage to sign".
    pub(super) transparent: BTreeSet<&'static str>,
    /// Verbs of wish, order, fear and belief, which leave open whether what they govern happened.
    pub(super) attitudes: BTreeSet<&'static str>,
    /// Words that exclude each other, with the number of each pair and the side, 0 or 1. Looked up, never iterated.
    pub(super) opposites: FxHashMap<&'static str, Vec<(usize, usize)>>,
    /// Words that begin a sentence about the person before.
    pub(super) pronouns: BTreeSet<&'static str>,
    /// Words before the subject of a new clause.
    pub(super) joining: BTreeSet<&'static str>,
    /// Words after a negation that turn it into a statement: "not only".
    pub(super) affirming: BTreeSet<&'static str>,
    /// Words before a verb that mark an event as future or planned.
    pub(super) planned: BTreeSet<&'static str>,
    /// Those of these words that announce.
    pub(super) announced: BTreeSet<&'static str>,
    /// Participles of verbs that only fix what is to come, so that they differ from an announcement in words alone: who
    /// "has scheduled" a vote has not held it.
    pub(super) plans: BTreeSet<&'static str>,
    /// Verbs whose object is still in the future.
    pub(super) awaiting: BTreeSet<&'static str>,
    /// Auxiliaries that mark an event as completed.
    pub(super) done: BTreeSet<&'static str>,
    /// Words before a form that is a noun rather than a verb: "his subpoena".
    pub(super) determiners: BTreeSet<&'static str>,
    /// Words before the name of a kind of people or things rather than of an individual: "a Republican".
    pub(super) before_kinds: BTreeSet<&'static str>,
    /// Words before the number of specific things: "the four counts".
    pub(super) definite: BTreeSet<&'static str>,
    /// Units of time, singular. They only distinguish two measures.
    pub(super) units_of_time: Vec<&'static str>,
    /// Words for the day of an article and the adjacent days, with their offsets from it.
    pub(super) near_days: Vec<(&'static str, i64)>,
    /// Words by which an article refers to a month or year other than its own.
    pub(super) months: BTreeSet<&'static str>,
    pub(super) years: BTreeSet<&'static str>,
    /// Words beside these that mean the year before or after: "last year".
    pub(super) beside_years: BTreeSet<&'static str>,
    /// Words after a number of years that count back.
    pub(super) years_ago: BTreeSet<&'static str>,
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
            passive: lines("passive").collect(),
            before_nouns: lines("before nouns").collect(),
            wholes: lines("wholes").collect(),
            hedges: lines("hedges").collect(),
            nearly: lines("nearly").collect(),
            nones: lines("nones").collect(),
            most: lines("most").collect(),
            halves: lines("halves").collect(),
            few: lines("few").collect(),
            intervals: lines("intervals").collect(),
            times: lines("times").collect(),
            parts: lines("parts").collect(),
            counts: lines("counts").collect(),
            before_places: lines("before places").collect(),
            symmetric: lines("symmetric").collect(),
            subjects: lines("subjects").collect(),
            refusals: lines("refusals").collect(),
            transparent: lines("transparent").collect(),
            attitudes: lines("attitudes").collect(),
            opposites: opposites(lines("opposites")),
            pronouns: lines("pronouns").collect(),
            joining: lines("joining").collect(),
            affirming: lines("affirming").collect(),
            planned: lines("planned").collect(),
            announced: lines("announced").collect(),
            plans: lines("plans").collect(),
            awaiting: lines("awaiting").collect(),
            done: lines("done").collect(),
            determiners: lines("determiners").collect(),
            before_kinds: lines("before kinds").collect(),
            definite: lines("definite").collect(),
            units_of_time: lines("units of time").collect(),
            near_days: lines("near days").filter_map(near_day).collect(),
            months: lines("months").collect(),
            years: lines("years").collect(),
            beside_years: lines("beside years").collect(),
            years_ago: lines("years ago").collect(),
            short_forms: lines("short forms").map(|l| l.split_whitespace().collect()).collect(),
        }
    }

    /// Returns the other forms of a given name: `william` for `bill`.
    pub(super) fn forms_of(&self, given: &str) -> impl Iterator<Item = &'static str> {
        let groups = self.short_forms.iter().filter(move |forms| forms.contains(&given));
        groups.flatten().copied()
    }
}

/// Reads a word for a day and its offset: `yesterday -1`.
fn near_day(line: &'static str) -> Option<(&'static str, i64)> {
    let (word, offset) = line.split_once(' ')?;
    Some((word, offset.parse().ok()?))
}

/// Reads pairs of opposites: the forms of one word, a slash, and those of the other.
fn opposites(
    lines: impl Iterator<Item = &'static str>,
) -> FxHashMap<&'static str, Vec<(usize, usize)>> {
    let mut all: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (pair, line) in lines.enumerate() {
        let Some((first, second)) = line.split_once('/') else { continue };
        for (side, words) in [first, second].into_iter().enumerate() {
            for word in words.split_whitespace() {
                all.entry(word).or_default().push((pair, side));
            }
        }
    }
    all
}

/// Returns the words of a language.
pub(super) fn lists(language: Language) -> &'static Lists {
    static ALL: OfFolder<Lists> = OfFolder::new();
    ALL.get(folder_index(language), Lists::new)
}
