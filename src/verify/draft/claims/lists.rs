//! The words with which the claims of a draft are compared with its sources, from the `claims.txt` of each language.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::packs::{Folder, OfFolder, folder_index, section};

/// The word lists of a language; if the language has no `claims.txt`, they are empty.
#[derive(Debug)]
pub(super) struct Lists {
    /// Parts of countries: states, provinces, regions.
    pub(super) regions: BTreeSet<&'static str>,
    /// Titles before a name that are not in the lists of ranks and roles.
    pub(super) titles: BTreeSet<&'static str>,
    /// Capitals, with the country for whose government each is used. Looked up, never iterated.
    pub(super) capitals: FxHashMap<&'static str, &'static str>,
    /// Words that negate a verb or a clause.
    pub(super) denials: BTreeSet<&'static str>,
    /// Words that restrict or deny a statement without a negation. An affirmative statement with such a word is not
    /// compared.
    pub(super) other_denials: BTreeSet<&'static str>,
    /// Words that begin a clause.
    pub(super) clauses: BTreeSet<&'static str>,
    /// Words before which the object of a verb ends.
    pub(super) ends: BTreeSet<&'static str>,
    /// Words that make a clause a condition.
    pub(super) conditions: BTreeSet<&'static str>,
    /// Verbs of possibility, desire or duty, which do not say that anything happened.
    pub(super) modals: BTreeSet<&'static str>,
    /// Auxiliaries that can precede an asserted verb.
    pub(super) auxiliaries: BTreeSet<&'static str>,
    /// Auxiliaries of the passive: "was asked to sign".
    pub(super) passive: BTreeSet<&'static str>,
    /// Words after which the next word is not a finite verb: "the force", "of forces", "to force".
    pub(super) before_nouns: BTreeSet<&'static str>,
    /// Words for the whole of something.
    pub(super) wholes: BTreeSet<&'static str>,
    /// Words that restrict a word for the whole after them or change its meaning: "nearly all", "at all".
    pub(super) hedges: BTreeSet<&'static str>,
    /// Words that turn a word for the whole after them into "most": "nearly all".
    pub(super) nearly: BTreeSet<&'static str>,
    /// Words for no part of something.
    pub(super) nones: BTreeSet<&'static str>,
    /// Words for more than half of something.
    pub(super) most: BTreeSet<&'static str>,
    /// Words for half of something.
    pub(super) halves: BTreeSet<&'static str>,
    /// Words for a small part of something.
    pub(super) few: BTreeSet<&'static str>,
    /// Words after a number of days or years that mark an interval, which the writer may have computed: "three years
    /// later".
    pub(super) intervals: BTreeSet<&'static str>,
    /// Nouns of time, which are not compared, because "all day" and "every year" do not imply a count.
    pub(super) times: BTreeSet<&'static str>,
    /// Words for a part of something.
    pub(super) parts: BTreeSet<&'static str>,
    /// Words for numbers. Before "of" and after "including", they denote a part.
    pub(super) counts: BTreeSet<&'static str>,
    /// Prepositions before the name of a place.
    pub(super) before_places: BTreeSet<&'static str>,
    /// Words between two names whose order does not change the meaning: "Quist met Orr".
    pub(super) symmetric: BTreeSet<&'static str>,
    /// Pronouns that can be the subject of a clause.
    pub(super) subjects: BTreeSet<&'static str>,
    /// Words before "to" and a verb that deny the verb: "refused to sign".
    pub(super) refusals: BTreeSet<&'static str>,
    /// Verbs whose negation reaches the verb after "to": "did not manage to sign".
    pub(super) transparent: BTreeSet<&'static str>,
    /// Verbs of wish, order, fear and belief, which leave open whether the governed event happened.
    pub(super) attitudes: BTreeSet<&'static str>,
    /// Words that have opposites, with the index of each pair of opposites and the side, 0 or 1, on which the word is.
    /// Looked up, never iterated.
    pub(super) opposites: FxHashMap<&'static str, Vec<(usize, usize)>>,
    /// Words that can begin a sentence about a previously mentioned person.
    pub(super) pronouns: BTreeSet<&'static str>,
    /// Conjunctions before the subject of a new clause.
    pub(super) joining: BTreeSet<&'static str>,
    /// Words after a negation that make the clause affirmative ("not only"). Before a share, they restrict it ("only
    /// some").
    pub(super) affirming: BTreeSet<&'static str>,
    /// Words before a verb that mark an event as future or planned.
    pub(super) planned: BTreeSet<&'static str>,
    /// Words before a verb that announce an event: "will", "is expected to".
    pub(super) announced: BTreeSet<&'static str>,
    /// Participles of verbs that plan an event and do not report it as completed: somebody who "has scheduled" a vote
    /// has not held it.
    pub(super) plans: BTreeSet<&'static str>,
    /// Verbs whose object is still in the future.
    pub(super) awaiting: BTreeSet<&'static str>,
    /// Auxiliaries that mark an event as completed.
    pub(super) done: BTreeSet<&'static str>,
    /// Words after which a form is a noun rather than a verb: "his subpoena".
    pub(super) determiners: BTreeSet<&'static str>,
    /// Words before the name of a kind of people or things rather than of an individual: "a Republican".
    pub(super) before_kinds: BTreeSet<&'static str>,
    /// Words that, before a number, show that it counts specific things: "the four counts".
    pub(super) definite: BTreeSet<&'static str>,
    /// Units of time, in the singular.
    pub(super) units_of_time: Vec<&'static str>,
    /// Words for the day of an article and the adjacent days, with their offsets in days.
    pub(super) near_days: Vec<(&'static str, i64)>,
    /// Words by which an article refers to a month other than its own: "last month".
    pub(super) months: BTreeSet<&'static str>,
    /// Words for a year, which refer to a year other than the article's if a word of `beside_years` is next to them.
    pub(super) years: BTreeSet<&'static str>,
    /// Words that, beside a word for a year, mean the year before or after: "last year".
    pub(super) beside_years: BTreeSet<&'static str>,
    /// Words that mark a number in the same sentence as a number of years: "years", "anniversary".
    pub(super) years_ago: BTreeSet<&'static str>,
    /// Groups of forms of the same given name.
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

    /// Returns the forms of a given name, including the name itself: `william` and `bill` for `bill`.
    pub(super) fn forms_of(&self, given: &str) -> impl Iterator<Item = &'static str> {
        let groups = self.short_forms.iter().filter(move |forms| forms.contains(&given));
        groups.flatten().copied()
    }
}

/// Reads a line with a word for a day and its offset: `yesterday -1`.
fn near_day(line: &'static str) -> Option<(&'static str, i64)> {
    let (word, offset) = line.split_once(' ')?;
    Some((word, offset.parse().ok()?))
}

/// Reads pairs of opposites: the words of one side, a slash, and those of the other.
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

/// Returns the word lists of a language.
pub(super) fn lists(language: Language) -> &'static Lists {
    static ALL: OfFolder<Lists> = OfFolder::new();
    ALL.get(folder_index(language), Lists::new)
}
