//! Decides whether the speaker in a draft can be the speaker in the source.
//!
//! The answer is *same*, *other* or *unclear*. *Other* requires two names that cannot belong to one person, each found
//! by a rule of high confidence (or, in the draft, in an attribution line after the quotation). If either side is a
//! common noun ("the company"), an outlet, a title, a label ("Note:") or nobody, the answer is *unclear*.
//!
//! A name in a draft counts as a person's if it begins with an honorific or a given name, if an office accompanies it,
//! or if the sources quote a speaker of that name. A name of two or three words that the source does not mention also
//! counts, unless the cue is used for documents as well ("according to").

use std::collections::BTreeSet;

use crate::language::Language;
use crate::quotes::{Confidence, Quote, Speaker};
use crate::text::packs::{Folder, folder, section};
use crate::verify::draft::name;

/// A speaker as named in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attributed {
    pub(super) speaker: Speaker,
    /// The words that introduce the quotation, in lower case; empty if there are none, as in an attribution line.
    pub(super) cue: String,
    /// Whether the speaker was identified with high confidence.
    pub(super) sure: bool,
}

/// The evidence that a name is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The name of a person.
    Person,
    /// A name that may be a person's, an organization's or a work's.
    Named,
    /// A common noun, a pronoun, a label.
    Unnamed,
}

/// Whether the speakers in a draft and in a source agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    Same,
    Other,
    Unclear,
}

/// Words in the names of outlets. When speakers are compared, they can only prevent a fault.
const OUTLET_WORDS: &str = "agence agency agenzia agencia anzeiger associated bild blatt blog bote broadcasting \
    bulletin chronicle correo corriere courier courrier daily diario dispatch el el the examiner express figaro gazeta \
    gazette giornale globe guardian herald heraldo independent inquirer jornal journal kurier la le les libération \
    magazine mail media mirror mundo monde monitor morgenpost nachrichten network news newswire novosti observer online \
    país politico post presse press publica rádio radio record register repubblica report reporter reuters review \
    rundschau sky spiegel standard star sun tagblatt tageblatt tagesspiegel telegraaf telegram telegraph televisión tv \
    television times tribune tribüne volkskrant week weekly welt wire wirtschaftswoche zeitung zeit web wikipedia \
    коммерсантъ ведомости известия правда газета новости";

/// Cue words that are used for documents and outlets as well as for people.
const CUES_OF_DOCUMENTS: &str = "according report reports reported write writes wrote note notes noted state states \
    stated read reads quote quotes quoted cite cites cited publish published laut zufolge nach berichtet berichtete \
    schreibt schrieb heißt meldet meldete selon d'après écrit rapporte titre según escribe informa publica publicó \
    secondo scrive riporta riferisce segundo escreve informa volgens schrijft meldt по пишет сообщает сообщил сообщила \
    согласно";

/// The words used to judge names, in the languages of the sources.
pub(super) struct Lexicon {
    given: BTreeSet<&'static str>,
    honorifics: BTreeSet<&'static str>,
    /// Nouns for organizations, documents, works, groups and terms.
    things: BTreeSet<&'static str>,
    outlets: BTreeSet<&'static str>,
    of_documents: BTreeSet<&'static str>,
}

impl Lexicon {
    /// Collects the words of some languages; English is always included.
    pub(super) fn new(languages: impl IntoIterator<Item = Language>) -> Self {
        let english = Language::parse("en").unwrap_or_default();
        let mut folders: Vec<&'static Folder> =
            languages.into_iter().chain([english]).filter_map(folder).collect();
        folders.dedup_by_key(|f| f.code);
        let mut lexicon = Self {
            given: BTreeSet::new(),
            honorifics: BTreeSet::new(),
            things: BTreeSet::new(),
            outlets: OUTLET_WORDS.split_whitespace().collect(),
            of_documents: CUES_OF_DOCUMENTS.split_whitespace().collect(),
        };
        for folder in folders {
            for name in ["male", "female", "either"] {
                lexicon.given.extend(section(folder.given_names, name));
            }
            for name in [
                "honorific male",
                "honorific female",
                "honorific",
                "rank male",
                "rank female",
                "rank",
            ] {
                lexicon.honorifics.extend(section(folder.titles, name));
            }
            for name in ["organisation", "document", "work", "people", "term"] {
                lexicon.things.extend(section(folder.roles, name));
            }
        }
        lexicon
    }

    /// Returns whether a word in lower case is a given name.
    pub(super) fn is_given_name(&self, word: &str) -> bool {
        self.given.contains(word)
    }

    /// Returns whether a name of several words contains a word that is typical of outlets.
    pub(super) fn is_outlet(&self, name: &str) -> bool {
        let words = name.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase));
        let (mut n, mut has_word) = (0, false);
        for word in words.map(bare).filter(|w| w != "the") {
            n += 1;
            has_word |= self.outlets.contains(word.as_str());
        }
        n > 1 && has_word
    }

    /// Returns whether a full stop after a word of a name belongs to the word: an initial, an honorific, "Jr".
    pub(super) fn is_abbreviation(&self, stem: &str) -> bool {
        let lower = stem.to_lowercase();
        stem.chars().filter(|c| c.is_alphabetic()).count() <= 2
            || stem.contains('.')
            || self.honorifics.contains(lower.as_str())
            || self.honorifics.contains(format!("{lower}.").as_str())
    }

    /// Judges whether a name is a person's, by its form and its words.
    pub(super) fn standing(&self, speaker: &Speaker) -> Standing {
        let words: Vec<&str> = speaker.name.split_whitespace().collect();
        let lower: Vec<String> = words.iter().map(|w| bare(w)).collect();
        let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        if capitals == 0 || name::key(&speaker.name).is_empty() {
            return Standing::Unnamed;
        }
        let is_thing =
            |w: &String| self.things.contains(w.as_str()) || self.outlets.contains(w.as_str());
        if is_label(&words, |word| self.things.contains(bare(word).as_str())) {
            return Standing::Unnamed;
        }
        if lower.iter().any(is_thing) {
            return Standing::Named;
        }
        let first = lower.first().map_or("", String::as_str);
        let is_honorific = self.honorifics.contains(first) && words.len() > 1;
        let has_given = words.len() > 1 && self.given.contains(first);
        if is_honorific || has_given || (speaker.role.is_some() && capitals == words.len()) {
            return Standing::Person;
        }
        if words.len() == 1 || capitals * 2 >= words.len() {
            Standing::Named
        } else {
            Standing::Unnamed
        }
    }

    /// Returns whether a cue is also used for outlets and documents.
    fn is_of_documents(&self, cue: &str) -> bool {
        cue.is_empty()
            || cue == ":"
            || cue.split_whitespace().any(|w| self.of_documents.contains(w))
    }
}

/// Function words that occur inside the names of people. Adding a word here can only make more phrases count as names.
const PARTICLES: &[&str] = &[
    "af", "al", "ap", "av", "bin", "bint", "da", "de", "del", "della", "di", "do", "dos", "du",
    "e", "el", "ibn", "la", "le", "lo", "of", "ould", "ten", "ter", "the", "und", "van", "von",
    "y", "zu", "zum", "zur", "i", "och", "og", "et", "and",
];

/// Returns whether words have the form of a label or a common noun, such as "Quote of the day" and "Company officials".
/// After the first word, a name has no lower-case word except particles, and does not end with one. In title case, a
/// label is recognized by a possessive ("Editor's Note"), "of the", or a listed noun for a thing at either end together
/// with a lower-case word ("Frase del Día").
fn is_label(words: &[&str], is_thing: impl Fn(&str) -> bool) -> bool {
    let is_lower = |word: &str| word.starts_with(char::is_lowercase);
    // A German genitive has a bare "der" ("Worte der Woche"); in names, "der" and "den" follow another particle: "von
    // der", "van den".
    let is_article = |word: &str| matches!(word, "der" | "den");
    let is_common = |before: &str, word: &str| {
        is_lower(word)
            && !PARTICLES.contains(&word)
            && !(is_article(word) && PARTICLES.contains(&before))
    };
    let [_, rest @ ..] = words else { return false };
    let ends_lower = rest.last().is_some_and(|word| is_lower(word));
    let is_possessed = words.len() == 2 && (words[0].ends_with("'s") || words[0].ends_with("’s"));
    let of_the = words.windows(2).any(|pair| pair == ["of", "the"]);
    let has_particle = words.iter().any(|word| is_lower(word));
    let ends_in_thing = [words.first(), words.last()].into_iter().flatten().any(|w| is_thing(w));
    ends_lower
        || is_possessed
        || of_the
        || words.windows(2).any(|pair| is_common(pair[0], pair[1]))
        || has_particle && ends_in_thing
}

/// Returns a word in lower case, without the punctuation around it except full stops, which may belong to an
/// abbreviation.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_lowercase()
}

/// Compares the speaker of a draft with the speaker of the source's quotation.
///
/// `known` is whether the sources quote the draft's speaker anywhere, and `mentioned` is whether the source mentions
/// that speaker at all.
pub(super) fn agreement(
    lexicon: &Lexicon,
    draft: &Attributed,
    source: &Quote,
    known: bool,
    mentioned: bool,
) -> Agreement {
    let Some(speaker) = &source.speaker else { return Agreement::Unclear };
    if name::same(&draft.speaker, speaker) {
        return Agreement::Same;
    }
    let sure = draft.sure && source.confidence == Confidence::High;
    let of_source = lexicon.standing(speaker);
    let of_draft = lexicon.standing(&draft.speaker);
    let is_person = match of_draft {
        Standing::Person => true,
        Standing::Named if known => true,
        Standing::Named => {
            let words = draft.speaker.name.split_whitespace().count();
            !mentioned && (2..=3).contains(&words) && !lexicon.is_of_documents(&draft.cue)
        }
        Standing::Unnamed => false,
    };
    // A one-word name in a source may refer to anybody of that name.
    let named_in_full = of_source == Standing::Person
        || (of_source == Standing::Named && speaker.name.split_whitespace().count() > 1)
        || (of_source == Standing::Named && known);
    if sure && is_person && named_in_full { Agreement::Other } else { Agreement::Unclear }
}

/// Groups of names for one office in several languages, in lower case. One person cannot hold offices of two groups at
/// the same time.
const OFFICES: &[&[&str]] = &[
    &[
        "prime minister",
        "premierminister",
        "premierministerin",
        "premier ministre",
        "première ministre",
        "primer ministro",
        "primera ministra",
        "primo ministro",
        "primeiro-ministro",
        "премьер-министр",
    ],
    &[
        "president",
        "präsident",
        "präsidentin",
        "président",
        "présidente",
        "presidente",
        "presidenta",
        "президент",
    ],
    &[
        "chancellor",
        "kanzler",
        "kanzlerin",
        "bundeskanzler",
        "bundeskanzlerin",
        "chancelier",
        "chancelière",
        "canciller",
        "канцлер",
    ],
    &[
        "mayor",
        "bürgermeister",
        "bürgermeisterin",
        "oberbürgermeister",
        "maire",
        "alcalde",
        "alcaldesa",
        "sindaco",
        "prefeito",
        "burgemeester",
        "мэр",
    ],
    &[
        "governor",
        "gouverneur",
        "gouverneurin",
        "gouverneure",
        "gobernador",
        "gobernadora",
        "governatore",
        "governador",
        "губернатор",
    ],
    &["king", "könig", "roi", "rey", "re", "rei", "koning", "король"],
    &["queen", "königin", "reine", "reina", "regina", "rainha", "koningin", "королева"],
    &["pope", "papst", "pape", "papa", "paus", "папа"],
];

/// Words that turn an office into another one, or into one held at another time.
const MODIFIERS: &[&str] = &[
    "former",
    "vice",
    "deputy",
    "ex",
    "acting",
    "then",
    "assistant",
    "ehemalige",
    "ehemaliger",
    "frühere",
    "früherer",
    "vize",
    "stellvertretende",
    "stellvertretender",
    "ancien",
    "ancienne",
    "adjoint",
    "adjointe",
    "exprésident",
    "antiguo",
    "antigua",
    "vicepresidente",
    "vicepresidenta",
    "interino",
    "ex-",
    "vicesindaco",
    "бывший",
    "бывшая",
    "вице",
];

/// Returns whether two roles exclude each other: both are listed offices, the offices differ, and neither is qualified.
pub(super) fn roles_exclude(a: &str, b: &str) -> bool {
    let office = |role: &str| {
        let role = role.to_lowercase();
        let words: Vec<&str> =
            role.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if words.iter().any(|w| MODIFIERS.contains(w)) {
            return None;
        }
        let padded = format!(" {} ", words.join(" "));
        OFFICES.iter().position(|names| {
            names.iter().any(|n| padded.contains(&format!(" {} ", n.replace('-', " "))))
        })
    };
    match (office(a), office(b)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// Verbs that imply more than speech, grouped by meaning.
const TURNS: &[&[&str]] = &[
    &[
        "denied",
        "denies",
        "deny",
        "denying",
        "bestritt",
        "bestreitet",
        "dementierte",
        "dementiert",
        "leugnete",
        "nié",
        "nie",
        "dément",
        "démenti",
        "negó",
        "niega",
        "desmintió",
        "desmiente",
        "negato",
        "nega",
        "smentito",
        "smentisce",
        "negou",
        "desmentiu",
        "ontkende",
        "ontkent",
        "отрицал",
        "отрицала",
        "отрицает",
        "опроверг",
        "опровергла",
    ],
    &[
        "joked",
        "jokes",
        "joking",
        "quipped",
        "scherzte",
        "scherzt",
        "witzelte",
        "plaisanté",
        "plaisante",
        "ironisé",
        "bromeó",
        "bromea",
        "scherzato",
        "scherza",
        "brincou",
        "grapte",
        "шутил",
        "пошутил",
        "пошутила",
    ],
    &[
        "asked",
        "asks",
        "wondered",
        "wonders",
        "fragte",
        "fragt",
        "demandé",
        "demande",
        "preguntó",
        "pregunta",
        "chiesto",
        "chiede",
        "perguntou",
        "vroeg",
        "vraagt",
        "спросил",
        "спросила",
        "спрашивает",
    ],
];
/// The index in [`TURNS`] of verbs of asking.
const ASKING: usize = 2;

/// Returns the verb of a cue that turns the words into something other than a statement, if there is one, and the index
/// of its group in [`TURNS`]. A verb of asking does not count if the quotation contains a question mark.
pub(super) fn turn<'c>(cue: &'c str, quotation: &str) -> Option<(usize, &'c str)> {
    cue.split_whitespace().find_map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        let sense = TURNS.iter().position(|verbs| verbs.contains(&bare))?;
        (sense != ASKING || !quotation.contains(['?', '¿', '？'])).then_some((sense, bare))
    })
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Standing, roles_exclude, turn};
    use crate::language::Language;
    use crate::quotes::Speaker;

    #[test]
    fn names_are_judged_by_evidence() {
        let lexicon = Lexicon::new([Language::parse("en").unwrap_or_default()]);
        let of = |name: &str| lexicon.standing(&Speaker { name: name.to_owned(), role: None });
        for (name, standing) in [
            ("Mary Quist", Standing::Person),
            ("Mr. Quist", Standing::Person),
            ("Mr.", Standing::Unnamed),
            ("Westmark Post", Standing::Named),
            ("Quist", Standing::Named),
            ("the company", Standing::Unnamed),
            ("Company officials", Standing::Unnamed),
            ("Anna van der Meer", Standing::Person),
            ("Inés de la Cruz", Standing::Named),
            ("Ursula von der Leyen", Standing::Person),
        ] {
            assert_eq!(of(name), standing, "{name}");
        }
    }

    #[test]
    fn a_label_is_no_speaker() {
        for (language, labels) in [
            (
                "en",
                &["Quote of the day", "Quote of the Day", "Editor's Note", "In the author's words"]
                    [..],
            ),
            ("de", &["Zitat des Tages", "Kurz und knapp", "Worte der Woche"]),
            ("fr", &["Citation du jour", "Phrase de la semaine", "À propos de l'auteur"]),
            ("es", &["Frase del día", "Nota de la redacción", "Cita de la semana"]),
            ("it", &["Citazione del giorno", "Nota della redazione", "Frase della settimana"]),
            ("pt", &["Frase do dia", "Nota da redação", "Citação da semana"]),
            ("nl", &["Citaat van de dag", "Uitspraak van de week", "Noot van de redactie"]),
            ("ru", &["Цитата дня", "Слова недели", "От редакции"]),
        ] {
            let lexicon = Lexicon::new(Language::parse(language));
            for label in labels {
                let speaker = Speaker { name: (*label).to_owned(), role: None };
                assert_eq!(lexicon.standing(&speaker), Standing::Unnamed, "{language}: {label}");
            }
        }
    }

    #[test]
    fn offices_exclude_each_other_unless_they_are_qualified() {
        assert!(roles_exclude("the prime minister", "mayor of Harrow"));
        assert!(roles_exclude("Bürgermeister", "Bundeskanzlerin"));
        assert!(!roles_exclude("former president", "mayor"));
        assert!(!roles_exclude("president", "an economist"));
        assert!(!roles_exclude("President", "the president of Norvia"));
    }

    #[test]
    fn a_verb_that_turns_the_words_is_found() {
        assert_eq!(turn("denied", "x").map(|t| t.1), Some("denied"));
        assert_eq!(turn("asked", "Is it?"), None);
        assert_eq!(turn("said", "x"), None);
    }
}
