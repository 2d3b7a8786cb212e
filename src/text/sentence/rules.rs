//! The segmentation rules of a language, compiled once from `packs/<code>/sentences.txt`.

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::packs::{self, FOLDERS, Folder, OfFolder};
use crate::text::sentence::marks::{self, Terminator};

/// The classes of a word; a word can have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    /// An abbreviation that something always follows, such as a title, `z.B.` or `vgl.`; it does not end a sentence
    /// unless a closing mark follows it.
    pub(super) const NEVER: Self = Self(1);
    /// A word that is an abbreviation only before a number: `No. 5`, `p. 31`.
    pub(super) const NUMBER: Self = Self(1 << 1);
    /// An abbreviated month or weekday.
    pub(super) const MONTH: Self = Self(1 << 2);
    /// An abbreviation that ends a sentence only after a number: `1998 г.`, but `г. Тула`.
    pub(super) const UNIT: Self = Self(1 << 3);
    /// An abbreviation that ends a sentence only before a starter or a plural subject: company forms, states, acronyms.
    pub(super) const OPEN: Self = Self(1 << 4);
    /// An abbreviation that ends a sentence before any capital letter: `etc.`, `и т. д.`
    pub(super) const FINAL: Self = Self(1 << 5);
    /// A closed-class word that begins sentences: The, He, But.
    pub(super) const STARTER: Self = Self(1 << 6);
    /// A verb that reports speech after a quotation.
    pub(super) const SPEECH: Self = Self(1 << 7);
    /// A noun that can follow an ordinal number: `3. Oktober`, `19. Jahrhundert`.
    pub(super) const COUNTED: Self = Self(1 << 8);
    /// A name that is written with an exclamation mark.
    pub(super) const EXCLAIMED: Self = Self(1 << 9);
    /// A preposition that begins a phrase of time or place: `At 5 a.m. Mr. Smith …`
    pub(super) const FRONTING: Self = Self(1 << 10);
    /// An abbreviated time of day: `a.m.`
    pub(super) const CLOCK: Self = Self(1 << 11);
    /// A word that can follow a time of day in the same sentence: `EST`, `Monday`.
    pub(super) const AFTER_CLOCK: Self = Self(1 << 12);
    /// A closed-class word: a sentence starter, as listed or in lower case.
    pub(super) const CLOSED: Self = Self(1 << 13);

    /// A noun that often takes a letter: `size S`, `vitamin C`.
    pub(super) const LETTERED: Self = Self(1 << 14);

    /// The classes of abbreviations.
    pub(super) const ABBREVIATION: Self = Self(
        Self::NEVER.0
            | Self::NUMBER.0
            | Self::MONTH.0
            | Self::UNIT.0
            | Self::OPEN.0
            | Self::FINAL.0
            | Self::CLOCK.0,
    );
    /// All classes except `CLOSED` and `LETTERED`, which do not affect how the word itself is handled before a stop.
    const MARKED: u16 = !(Self::CLOSED.0 | Self::LETTERED.0);

    /// Returns whether a word has one of the classes in `other`.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether a word has none of the classes of [`Self::MARKED`].
    pub(super) const fn is_empty(self) -> bool {
        self.0 & Self::MARKED == 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::BitOr for Class {
    type Output = Self;

    fn bitor(self, rhs: Self) -> Self {
        self.with(rhs)
    }
}

/// The sections of a data file, with the class of their entries.
const SECTIONS: &[(&str, Class)] = &[
    ("never", Class::NEVER),
    ("before numbers", Class::NUMBER),
    ("months", Class::MONTH),
    ("units", Class::UNIT),
    ("before starters", Class::OPEN),
    ("final", Class::FINAL),
    ("starters", Class::STARTER),
    ("speech", Class::SPEECH),
    ("counted", Class::COUNTED),
    ("exclaimed", Class::EXCLAIMED),
    ("fronting", Class::FRONTING),
    ("clock", Class::CLOCK),
    ("after clock", Class::AFTER_CLOCK),
    ("lettered", Class::LETTERED),
];

/// The sections with abbreviations. Entries of more than one letter also match with an initial capital (except units)
/// and in all capitals.
const ABBREVIATIONS: &[&str] =
    &["never", "before numbers", "months", "units", "before starters", "final", "clock"];

/// The typographic habits of a language that affect sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Ordinal numbers are written with a full stop: `3. Oktober`.
    Ordinals,
    /// Nouns are written with a capital letter.
    CapitalNouns,
    /// Words without vowels are common (`prst`, `trg`), so the lack of a vowel is not evidence of an abbreviation.
    ConsonantWords,
    /// The pronoun I is capitalized, so a lower-case `i` suggests that the author begins sentences in lower case.
    CapitalI,
}

impl Habit {
    /// The names of the habits in data files.
    const NAMES: &[(&str, Self)] = &[
        ("ordinals", Self::Ordinals),
        ("capital_nouns", Self::CapitalNouns),
        ("consonant_words", Self::ConsonantWords),
        ("capital_i", Self::CapitalI),
    ];
}

/// The compiled rules of one language.
#[derive(Debug)]
pub(super) struct Rules {
    classes: FxHashMap<Box<str>, Class>,
    /// The endings of words that are abbreviated before a number: `Goethestr. 12`.
    endings: Vec<&'static str>,
    /// The length of the longest abbreviation in bytes.
    longest_abbreviation: usize,
    habits: Vec<Habit>,
    /// Terminators of this language only: `;` in Greek.
    own_terminators: Vec<(char, Terminator)>,
    /// Whether each byte may be the first of a terminator.
    leads: Box<[bool; 256]>,
}

impl Rules {
    /// Returns the rules of a language, or the common rules if it has no folder.
    pub(super) fn for_language(language: Language) -> &'static Self {
        static ALL: OfFolder<Rules> = OfFolder::new();
        ALL.get(packs::folder_index(language), Self::compile)
    }

    /// Compiles the data of a folder, including the abbreviations common to all languages.
    fn compile(folder: &Folder) -> Self {
        let mut rules = Self {
            classes: FxHashMap::default(),
            endings: Vec::new(),
            longest_abbreviation: 0,
            habits: Vec::new(),
            own_terminators: Vec::new(),
            leads: Box::new([false; 256]),
        };
        for (section, entry) in
            packs::words(FOLDERS[0].sentences).chain(packs::words(folder.sentences))
        {
            match section {
                "habits" => rules.add_habit(entry),
                "endings before numbers" => rules.endings.push(entry),
                "terminators" => {
                    rules.own_terminators.extend(entry.chars().map(|c| (c, Terminator::Strong)));
                }
                _ => rules.add_word(section, entry),
            }
        }
        for c in &rules.own_terminators {
            rules.leads[c.0.encode_utf8(&mut [0; 4]).as_bytes()[0] as usize] = true;
        }
        for lead in (0xD6..=0xFF).chain(*b".!?") {
            rules.leads[lead as usize] = true;
        }
        rules
    }

    fn add_habit(&mut self, name: &str) {
        self.habits
            .extend(Habit::NAMES.iter().filter(|(n, _)| *n == name).map(|(_, habit)| *habit));
    }

    fn add_word(&mut self, section: &str, entry: &str) {
        let Some((_, class)) = SECTIONS.iter().find(|(name, _)| *name == section) else { return };
        self.add_form(entry.into(), *class);
        let letters = entry.chars().filter(|c| c.is_alphabetic()).count();
        if *class == Class::STARTER {
            self.add_form(entry.into(), Class::CLOSED);
            self.add_form(entry.to_lowercase().into(), Class::CLOSED);
        }
        if ABBREVIATIONS.contains(&section) && letters > 1 {
            // A unit follows its number and is in lower case; with a capital, the word is a name: `Kos` (in Slovene,
            // `kos` means "piece").
            if *class != Class::UNIT {
                self.add_form(capitalised(entry).into(), *class);
            }
            // In capitals, a word may also be an acronym, which can end a sentence.
            let in_capitals = if *class == Class::NEVER { Class::OPEN } else { *class };
            self.add_form(entry.to_uppercase().into(), in_capitals);
        }
    }

    fn add_form(&mut self, form: Box<str>, class: Class) {
        if class.has(Class::ABBREVIATION) {
            self.longest_abbreviation = self.longest_abbreviation.max(form.len());
        }
        let known = self.classes.entry(form).or_default();
        *known = known.with(class);
    }

    /// Returns the classes of a word.
    pub(super) fn class(&self, word: &str) -> Class {
        if word.is_empty() {
            return Class::default();
        }
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Returns whether a word has an ending that is abbreviated before a number.
    pub(super) fn is_cut_before_number(&self, word: &str) -> bool {
        self.endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending))
    }

    /// Returns the length of the longest abbreviation in bytes.
    pub(super) const fn longest_abbreviation(&self) -> usize {
        self.longest_abbreviation
    }

    /// Returns whether the language has the given habit.
    pub(super) fn has_habit(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }

    /// Returns the terminator that begins `rest`, with its length in bytes.
    #[inline]
    pub(super) fn terminator(&self, rest: &[u8]) -> Option<(Terminator, usize)> {
        let lead = *rest.first()?;
        if !self.leads[lead as usize] {
            return None;
        }
        marks::terminator(rest).or_else(|| {
            let own = self.own_terminators.iter();
            own.map(|(c, kind)| (*kind, *c))
                .find(|(_, c)| rest.starts_with(c.encode_utf8(&mut [0; 4]).as_bytes()))
                .map(|(kind, c)| (kind, c.len_utf8()))
        })
    }

    /// Returns whether the language has terminators of its own.
    pub(super) const fn has_own_terminators(&self) -> bool {
        !self.own_terminators.is_empty()
    }

    /// Returns whether `byte` can be the first byte of a terminator.
    pub(super) fn is_lead(&self, byte: u8) -> bool {
        self.leads[byte as usize]
    }
}

fn capitalised(entry: &str) -> String {
    let mut chars = entry.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).collect()
}
