//! Decides whether two names can belong to the same person.
//!
//! Two names can belong to the same person if the longer one ends with the shorter (`Lavrov`, `Sergei Lavrov`), or if
//! the surnames are equal and the given names agree: they are equal, one is the other's initial, or one name has an
//! additional middle name. Case, diacritics, hyphens and the usual transliteration variants make no difference
//! (`Sergey`, `Sergei`). Names with two different given names never belong to the same person.
//!
//! A father and a son with the same name are distinguished by the suffix (`Tom Reed Sr.`, `Tom Reed Jr.`); a name
//! without a suffix agrees with both.
//!
//! Known limits: nicknames (`Bill`, `William`) count as different given names; two people with the same name count as
//! one person.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::align::within_edits;
use crate::text::packs::{self, Folder};

/// The words of a name, folded, and the generation given by a suffix.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NameKey(Vec<String>, Option<Generation>);

/// The generation of a person, among relatives with the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Generation {
    /// `Sr.`
    Senior,
    /// `Jr.`, `II`
    Junior,
    /// `III`
    Third,
    /// `IV`
    Fourth,
}

impl Generation {
    /// Returns the generation that a word after a name indicates.
    fn new(word: &str) -> Option<Self> {
        const WORDS: [(&str, Generation); 9] = [
            ("sr", Generation::Senior),
            ("senior", Generation::Senior),
            ("père", Generation::Senior),
            ("jr", Generation::Junior),
            ("junior", Generation::Junior),
            ("fils", Generation::Junior),
            ("ii", Generation::Junior),
            ("iii", Generation::Third),
            ("iv", Generation::Fourth),
        ];
        // `Fils` and `Père` with a capital are surnames.
        if word.starts_with(['F', 'P']) {
            return None;
        }
        let word = word.trim_end_matches(['.', ',']).to_lowercase();
        WORDS.iter().find(|(written, _)| *written == word).map(|(_, generation)| *generation)
    }
}

impl NameKey {
    /// Folds a name, including any forms of address.
    pub(crate) fn new(name: &str) -> Self {
        let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '‑');
        Self::from_parts(name.split(is_between).collect())
    }

    /// Folds a name after removing the forms of address at its start.
    fn without_address(name: &str) -> Self {
        Self::from_parts(without_address(name).flat_map(|word| word.split(['-', '‑'])).collect())
    }

    fn from_parts(mut parts: Vec<&str>) -> Self {
        let mut generation = None;
        while parts.len() > 1
            && let Some(suffix) = parts.pop_if(|w| is_suffix(w))
        {
            generation = generation.or(Generation::new(suffix));
        }
        Self(parts.into_iter().map(fold).filter(|w| !w.is_empty()).collect(), generation)
    }

    /// Returns the generation given by the suffix of the name.
    pub(crate) const fn generation(&self) -> Option<Generation> {
        self.1
    }

    /// Returns the name without its generation suffix.
    #[must_use]
    pub(crate) fn without_generation(self) -> Self {
        Self(self.0, None)
    }

    /// Returns the last word, which is a person's surname, or an empty string if there are no words.
    pub(crate) fn last(&self) -> &str {
        self.0.last().map_or("", |w| w)
    }

    /// Returns the first word, or an empty string if there are no words.
    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("", |w| w)
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the other name ends with this one.
    pub(crate) fn ends(&self, other: &Self) -> bool {
        !self.0.is_empty() && other.0.ends_with(&self.0)
    }

    /// Returns whether both names can belong to the same person.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.1, other.1)
            && a != b
        {
            return false;
        }
        if self == other || self.ends(other) || other.ends(self) {
            return true;
        }
        let (short, long) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        short.len() > 1
            && short.last() == long.last()
            && given_names_agree(short.first(), long.first())
            && short.0[1..short.len() - 1]
                .iter()
                .zip(&long.0[1..long.len() - 1])
                .all(|(w, v)| given_names_agree(w, v))
    }

    /// Returns whether the surnames are equal or differ only by a probable misspelling (`Water` for `Waters`). Surnames
    /// of fewer than five letters never match, because in them one letter makes another name.
    pub(crate) fn is_slip_of(&self, other: &Self) -> bool {
        let (a, b) = (self.last(), other.last());
        let shorter = a.chars().count().min(b.chars().count());
        let most = if shorter >= 8 { 2 } else { 1 };
        shorter >= 5 && a.chars().next() == b.chars().next() && within_edits(a, b, most)
    }
}

/// Returns whether two given names can belong to the same person: they are equal, or one is the other's initial.
fn given_names_agree(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// Returns whether a word after a name is a suffix rather than part of the name: a generation, a degree or another
/// post-nominal, such as `Jr.` or `PhD`.
pub(crate) fn is_suffix(word: &str) -> bool {
    let degrees = ["", "qc", "kc", "mp", "phd", "md"];
    Generation::new(word).is_some()
        || degrees.iter().any(|s| word.trim_end_matches(['.', ',']).eq_ignore_ascii_case(s))
}

/// Folds the case, the diacritics and the transliteration variants of a word.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Folds one word as [`fold`] does, into a string whose previous content is discarded.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
            folded.push(match byte.to_ascii_lowercase() {
                b'y' | b'j' => 'i',
                b'w' => 'v',
                byte => char::from(byte),
            });
        }
        fold_ending(folded);
        return;
    }
    for c in word.chars() {
        match c {
            // Fast path for most letters of Russian names.
            'а'..='я' => folded.push(c),
            _ => c.to_lowercase().for_each(|c| fold_letter(c, folded)),
        }
    }
    fold_ending(folded);
}

/// Appends a lower-case letter in its folded form; drops a character that is neither a letter nor a digit.
fn fold_letter(c: char, folded: &mut String) {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'y' | 'ý' | 'ÿ' | 'j' => folded.push('i'),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => folded.push('o'),
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
        'ç' | 'ć' | 'č' => folded.push('c'),
        'ñ' | 'ń' | 'ň' => folded.push('n'),
        'š' | 'ś' | 'ş' | 'ș' => folded.push('s'),
        'ž' | 'ź' | 'ż' => folded.push('z'),
        'ł' => folded.push('l'),
        'ř' => folded.push('r'),
        'ť' | 'ţ' | 'ț' => folded.push('t'),
        'ď' | 'đ' => folded.push('d'),
        'ğ' => folded.push('g'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'w' => folded.push('v'),
        c if c.is_alphanumeric() => folded.push(c),
        _ => {}
    }
}

/// Reduces variants such as `Sergei`, `Sergey` and `Sergeii` to a common ending.
fn fold_ending(folded: &mut String) {
    while folded.len() > 4 && folded.ends_with("ii") {
        folded.pop();
    }
}

/// Returns whether a name given by the user refers to the speaker with this name and role, ignoring forms of address.
///
/// A part of the name is enough (`Sergei` refers to Sergei Lavrov), and words of the role may accompany it (`Minister
/// Lavrov`). Words of the role alone refer to nobody, because they may name somebody or something else: `Ford` is not
/// *Ann Lee, Ford spokeswoman*.
pub(crate) fn means(written: &str, (name, role): (&str, Option<&str>)) -> bool {
    let (written, speaker) = (NameKey::without_address(written), Speaker::new(name, role));
    let is_of_name = |word: &String| speaker.name.0.contains(word);
    let is_known = |word: &String| speaker.all.0.contains(word);
    written.agrees(&speaker.name)
        || written.0.iter().any(is_of_name) && written.0.iter().all(is_known)
}

/// Returns whether two speakers can be the same person: their names agree apart from forms of address, or the name and
/// role of one contain every word of the other's name (`the foreign minister` and *Sergei Lavrov, foreign minister*).
pub(crate) fn are_one(a: (&str, Option<&str>), b: (&str, Option<&str>)) -> bool {
    Speaker::new(a.0, a.1).is_one_with(&Speaker::new(b.0, b.1))
}

/// A speaker in the form that [`are_one`] compares.
#[derive(Debug)]
struct Speaker {
    /// The name without forms of address.
    name: NameKey,
    /// The name and the role, without forms of address before the name.
    all: NameKey,
}

impl Speaker {
    fn new(name: &str, role: Option<&str>) -> Self {
        let all = NameKey::without_address(&format!("{name} {}", role.unwrap_or_default()));
        Self { name: NameKey::without_address(name), all }
    }

    fn is_one_with(&self, other: &Self) -> bool {
        let (a, b) = (&self.name, &other.name);
        if a.0.is_empty() || b.0.is_empty() {
            return false;
        }
        if a.1.is_some() && b.1.is_some() && a.1 != b.1 {
            return false;
        }
        let within = |name: &NameKey, all: &NameKey| name.0.iter().all(|word| all.0.contains(word));
        a.agrees(b) || within(a, &other.all) || within(b, &self.all)
    }
}

/// An index of speakers, to find out whether any of them can be the same person as a given one.
///
/// If two speakers can be the same person, their names end in the same word, or the last word of one name occurs in the
/// other's name or role. A look-up therefore compares only a few speakers, however many there are.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    all: Vec<Speaker>,
    /// Maps each word to the speakers with that word in their name or role. Looked up, never iterated.
    by_word: FxHashMap<String, Vec<usize>>,
    /// Maps each word to the speakers whose name ends in it. Looked up, never iterated.
    by_last: FxHashMap<String, Vec<usize>>,
}

impl Speakers {
    /// Collects speakers by name and role.
    pub(crate) fn new<'s>(speakers: impl IntoIterator<Item = (&'s str, Option<&'s str>)>) -> Self {
        let mut found = Self::default();
        for (name, role) in speakers {
            let speaker = Speaker::new(name, role);
            let n = found.all.len();
            for word in &speaker.all.0 {
                found.by_word.entry(word.clone()).or_default().push(n);
            }
            found.by_last.entry(speaker.name.last().to_owned()).or_default().push(n);
            found.all.push(speaker);
        }
        found
    }

    /// Returns whether any of the speakers can be the same person as the given one.
    pub(crate) fn contains(&self, name: &str, role: Option<&str>) -> bool {
        let speaker = Speaker::new(name, role);
        let last = speaker.name.last();
        let words = speaker.all.0.iter().map(String::as_str).chain([last]);
        let ending = words.filter_map(|word| self.by_last.get(word));
        self.by_word
            .get(last)
            .into_iter()
            .chain(ending)
            .flatten()
            .any(|&n| self.all[n].is_one_with(&speaker))
    }
}

/// Returns the folded words of a name, without forms of address.
pub(crate) fn words(name: &str) -> Vec<String> {
    NameKey::without_address(name).0
}

/// Groups names by person: returns, for each person, the indices of the names, with the fullest name first.
///
/// A short form, such as a bare surname or an initial, is assigned to a person only if it fits nobody else. The result
/// does not depend on the order of the names.
pub(crate) fn people(names: &[&str]) -> Vec<Vec<usize>> {
    let keys: Vec<NameKey> = names.iter().map(|name| NameKey::without_address(name)).collect();
    let fullness = |i: usize| (keys[i].len(), keys[i].0.iter().map(String::len).sum::<usize>());
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_cached_key(|&i| (Reverse(fullness(i)), names[i]));
    // Names that agree have the same last word.
    let mut by_surname: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut people: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let alike = by_surname.entry(keys[i].last()).or_default();
        let mut bearers = alike.iter().filter(|&&person| keys[people[person][0]].agrees(&keys[i]));
        if let (Some(&person), None) = (bearers.next(), bearers.next()) {
            people[person].push(i);
        } else {
            alike.push(people.len());
            people.push(vec![i]);
        }
    }
    people
}

/// Returns whether a name is written as the full name of a person: without forms of address it has two or more words,
/// the first and the last of which are capitalized.
///
/// Known limits: the name of an organization may be written in the same way; a name in a script without capitals never
/// counts as a full name.
pub(crate) fn is_full_name(name: &str) -> bool {
    let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let mut words = without_address(name);
    let (first, last) = (words.next(), words.last());
    first.is_some_and(is_capital) && last.is_some_and(is_capital)
}

/// Returns whether the last word of a name occurs in a text, in any of its spellings.
pub(crate) fn is_named_in(name: &str, text: &str) -> bool {
    let name = NameKey::without_address(name);
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    !name.0.is_empty() && words.any(|word| fold(word) == name.last())
}

/// Articles, which are not part of a name.
const ARTICLES: [&str; 8] = ["the", "a", "an", "der", "die", "le", "la", "el"];

/// Forms of address that are never removed, because they may also be a part of the name: `Duke University`, `Lady
/// Gaga`, `Don Ritter`, `Pan Gongsheng`.
const ALSO_NAMES: [&str; 16] = [
    "baron", "baroness", "bay", "bayan", "dame", "dom", "don", "dona", "duchess", "duke", "imam",
    "lady", "lord", "pan", "sheikh", "sig",
];

/// The forms of address of all languages, as listed in the language packs (`titles.txt` and `discourse.txt`), except
/// [`ALSO_NAMES`]. A name may keep its form of address in a text in another language: a French minister is `Mme Roux`
/// in English too.
static ADDRESS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let of_folder = |folder: &'static Folder| {
        let honorifics = packs::sections(folder.titles).filter(|(s, _)| s.starts_with("honorific"));
        honorifics.map(|(_, word)| word).chain(packs::section(folder.discourse, "courtesy"))
    };
    let words = packs::FOLDERS.iter().flat_map(of_folder);
    words.filter(|word| !ALSO_NAMES.contains(word)).collect()
});

/// Returns the words of a name without articles and without the forms of address at its start; none if the name has no
/// other words. Initials keep their period, as in `A. Smith`.
fn without_address(name: &str) -> impl Iterator<Item = &str> {
    let is_in_capitals = !name.chars().any(char::is_lowercase);
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '’' | '\''));
    let mut is_before_name = true;
    words.filter(move |word| {
        if word.is_empty() || ARTICLES.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        // If the name also has lower-case letters, a word in capitals is an acronym: `DR Congo`, `MS Society`.
        let is_acronym =
            !is_in_capitals && 1 < word.chars().count() && word.chars().all(char::is_uppercase);
        is_before_name &= is_address(word) && !is_acronym;
        !is_before_name
    })
}

/// Returns whether a word is a form of address, with or without its period.
fn is_address(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_end_matches('.');
    // `A.` is an initial, but `M.` is listed with its period, as *Monsieur*.
    let is_initial = bare.chars().count() == 1 && bare.len() < lower.len();
    ADDRESS.contains(lower.as_str()) || !is_initial && ADDRESS.contains(bare)
}

#[cfg(test)]
mod tests {
    use super::{NameKey, Speakers, are_one, is_full_name, is_named_in, means, people};

    #[test]
    fn a_ban_means_every_spelling_and_nobody_else() {
        for written in ["Andrey Tolv", "Andrei Tolv", "A. Tolv", "tolv", "Andrei"] {
            assert!(means(written, ("Andrey Tolv", None)), "{written}");
        }
        for written in ["Boris Tolv", "B. Tolv", "Andrei Veldt", "", "Mr", "the"] {
            assert!(!means(written, ("Andrey Tolv", None)), "{written}");
        }
    }

    #[test]
    fn forms_of_address_make_no_difference_in_any_language() {
        for address in [
            "Ms",
            "Ms.",
            "Mrs",
            "Miss",
            "Dr",
            "Dr.",
            "Prof.",
            "Professor",
            "the Rev.",
            "Frau",
            "Frau Dr.",
            "Prof. Dr. med.",
            "Mme",
            "Madame",
            "Mlle",
            "signora",
            "Dott.ssa",
            "Sig.ra",
            "Sra.",
            "señora",
            "Doña",
            "Dra.",
            "Mevr.",
            "mevrouw",
            "Fru",
            "fröken",
            "Pani",
            "paní",
            "rouva",
            "Gospođa",
            "doamna",
            "госпожа",
            "Г-жа",
            "пані",
            "κυρία",
            "Sayın",
        ] {
            let written = format!("{address} Bianchi");
            assert!(means(&written, ("Ada Bianchi", None)), "{written}");
            assert!(means("Ada Bianchi", (&written, None)), "{written}");
            assert!(are_one((&written, None), ("Ada Bianchi", None)), "{written}");
            assert!(!means(&written, ("Ada Rossi", Some("mayor"))), "{written}");
            assert!(!means(&format!("{address} Eva Bianchi"), ("Ada Bianchi", None)), "{written}");
        }
        assert!(means("Г-жа Бьянки", ("Ада Бьянки", None)));
        assert!(means("MS. BIANCHI", ("Ada Bianchi", None)));
    }

    #[test]
    fn a_part_of_a_name_is_no_form_of_address() {
        for (a, b) in [
            ("Duke University", "Norvia University"),
            ("Baron Davis", "Angela Davis"),
            ("Don Ritter", "Jan Ritter"),
            ("Pan Gongsheng", "Li Gongsheng"),
            ("DR Congo", "South Congo"),
            ("MS Society", "Harbour Society"),
            ("Jonathan Miss", "Jonathan Sir"),
        ] {
            assert!(!are_one((a, None), (b, None)), "{a}, {b}");
            assert!(!means(a, (b, None)), "{a}, {b}");
        }
        assert!(are_one(("Pan", None), ("Pan Gongsheng", None)));
    }

    #[test]
    fn a_role_refers_to_somebody_only_with_the_name() {
        let ford = ("Ann Lee", Some("Ford spokeswoman"));
        for written in ["Ford", "spokeswoman", "the Ford spokeswoman", "Ford Lee Marsh"] {
            assert!(!means(written, ford), "{written}");
        }
        for written in ["spokeswoman Lee", "Ford spokeswoman Ann Lee", "Ms Lee"] {
            assert!(means(written, ford), "{written}");
        }
    }

    #[test]
    fn a_surname_joins_and_given_names_part() {
        let lavrov = ("Sergei Lavrov", Some("Foreign Minister"));
        for name in ["Mr Lavrov", "the foreign minister", "S. Lavrov", "Sergey Lavrov", "M. Lavrov"]
        {
            assert!(are_one((name, None), lavrov), "{name}");
        }
        for name in ["Anna Lavrov", "Benita Ferrero-Waldner", "Mr", "B. Lavrov"] {
            assert!(!are_one((name, None), lavrov), "{name}");
        }
        assert!(are_one(("Benita Ferrero Waldner", None), ("Ferrero-Waldner", None)));
        assert!(is_named_in("Sergey Lavrov", "What Lavrov’s office said"));
        assert!(!is_named_in("the", "the office"));
    }

    #[test]
    fn a_speaker_is_found_among_others_as_by_comparing_each() {
        let all = [
            ("Sergei Lavrov", Some("Foreign Minister")),
            ("Mr Lavrov", None),
            ("the mayor", None),
            ("Ana Lima-Ortega", Some("mayor of Selm")),
            ("Tom Reed Jr.", Some("senator")),
            ("Reed", Some("Sr.")),
            ("J. Marsh", None),
            ("MP", Some("the party")),
            ("Mr MP", None),
            ("Mr", None),
            ("", Some("Judith Marsh")),
        ];
        for others in [&all[..], &all[..3], &all[3..6], &all[6..], &[]] {
            let speakers = Speakers::new(others.iter().copied());
            for one in all {
                let compared = others.iter().any(|other| are_one(one, *other));
                assert_eq!(speakers.contains(one.0, one.1), compared, "{one:?} in {others:?}");
            }
        }
    }

    #[test]
    fn one_person_under_several_spellings() {
        for (a, b) in [
            ("Mirela Novak", "Novak"),
            ("Sergei Antonov", "Sergey Antonov"),
            ("Ana Lima-Ortega", "Ana Lima Ortega"),
            ("J. Marsh", "Judith Marsh"),
            ("Judith K. Marsh", "Judith Marsh"),
            ("José Pérez", "Jose Perez"),
            ("Tom Reed Jr.", "Tom Reed"),
        ] {
            assert!(NameKey::new(a).agrees(&NameKey::new(b)), "{a}, {b}");
        }
    }

    #[test]
    fn father_and_son_are_two_people() {
        for (a, b) in [
            ("Tom Reed Jr.", "Tom Reed Sr."),
            ("Tom Reed Jr.", "Tom Reed III"),
            ("Tom Reed junior", "Tom Reed senior"),
            ("Jean Rioux fils", "Jean Rioux père"),
        ] {
            assert!(!NameKey::new(a).agrees(&NameKey::new(b)), "{a}, {b}");
            assert!(!are_one((a, None), (b, None)), "{a}, {b}");
        }
        assert!(NameKey::new("Tom Reed Jr.").agrees(&NameKey::new("Tom Reed II")));
    }

    #[test]
    fn a_short_form_belongs_to_its_only_bearer() {
        let joined = |names: &[&str]| {
            let mut groups: Vec<Vec<String>> = people(names)
                .into_iter()
                .map(|group| group.into_iter().map(|i| names[i].to_owned()).collect())
                .collect();
            groups.sort();
            groups
        };
        assert_eq!(
            joined(&["Novak", "Mr Novak", "Mirela Novak", "M. Novak"]),
            [["Mirela Novak", "M. Novak", "Mr Novak", "Novak"]]
        );
        let shared = ["Novak", "Petr Novak", "Mirela Novak", "P. Novak"];
        let expected: [&[&str]; 3] = [&["Mirela Novak"], &["Novak"], &["Petr Novak", "P. Novak"]];
        assert_eq!(joined(&shared), expected);
        let turned: Vec<&str> = shared.iter().rev().copied().collect();
        assert_eq!(joined(&turned), expected);
    }

    #[test]
    fn full_names_are_told_from_phrases() {
        for name in ["Mirela Novak", "Ludwig van Rijn", "Dr. Ana Lima-Ortega", "Élodie Ñu"] {
            assert!(is_full_name(name), "{name}");
        }
        for phrase in ["Novak", "the police", "Police officials", "a spokesman for Kelm", ""] {
            assert!(!is_full_name(phrase), "{phrase}");
        }
    }

    #[test]
    fn two_given_names_are_two_people() {
        for (a, b) in [
            ("George W. Lim", "George Herbert Walker Lim"),
            ("Hanna Berg", "Jonas Berg"),
            ("Ann Lee", "Annette Lee"),
            ("Ann Lee", "Ann Leeds"),
        ] {
            assert!(!NameKey::new(a).agrees(&NameKey::new(b)), "{a}, {b}");
        }
    }
}
