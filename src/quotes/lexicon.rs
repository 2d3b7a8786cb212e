//! The words on which attribution depends, per language: verbs of saying in all their forms, titles, roles, given
//! names, and the closed-class words that delimit clauses.
//!
//! The data is in the language packs, in sections with one entry per line. The name of a section gives the classes of
//! its words and, for verbs, the conjugation (`cut` is removed from the dictionary form, then each ending is added), so
//! that a regular verb is listed once and its forms are generated. `ending` sections classify unlisted words by their
//! endings; `shape` sections list endings that determine a class only together with the context. The given names of all
//! languages are pooled, because people in the news have names from any language.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::language::Language;
use crate::text::packs::{self, FOLDERS, Folder, OfFolder};

/// The set of the classes of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u128);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Class {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    /// A finite form of a reporting verb: `said`, `says`.
    FINITE = 0;
    /// The base form of a reporting verb: `say`.
    BASE = 1;
    /// The past participle of a reporting verb: `said`, `written`.
    PARTICIPLE = 2;
    /// The present participle of a reporting verb: `saying`.
    GERUND = 3;
    /// The verb or noun takes a clause: `said that`.
    CLAUSE = 4;
    /// The verb is one of thinking rather than saying: `believes`.
    MENTAL = 5;
    /// The verb takes a person or thing as its object: `accused`, `praised`.
    OBJECT = 6;
    /// The verb gives something a name: `called it`.
    LABEL = 7;
    /// The verb can take a hearer before the clause: `told`.
    HEARER = 8;
    /// The form is also a noun: `claims`, `reports`.
    NOUN = 9;
    /// A form of `have`, `be` or `do`, or a modal verb; in English, also `not` and `never`.
    AUXILIARY = 10;
    /// A form of `be` or of another auxiliary of the passive: `was`, `got`.
    BE = 11;
    /// An adverb.
    ADVERB = 12;
    /// A word that can begin a noun phrase, such as an article, a possessive or a quantifier.
    DETERMINER = 13;
    /// An indefinite article or quantifier: `a`, `many`.
    INDEFINITE = 14;
    /// A preposition.
    PREPOSITION = 15;
    /// A preposition that can introduce a complement in the phrase of a source: `spokesman for`.
    LINK = 16;
    /// A conjunction or question word that begins a clause.
    SUBORDINATOR = 17;
    /// The conjunction `that`.
    THAT = 18;
    /// A coordinating conjunction: `and`, `but`.
    COORDINATOR = 19;
    /// A relative pronoun: `who`, `which`.
    RELATIVE = 20;
    /// A third-person pronoun that can be a subject.
    PRONOUN = 21;
    /// A first-person or second-person pronoun: `I`, `we`, `you`.
    FIRST_PERSON = 22;
    /// The word is plural or denotes several people.
    PLURAL = 23;
    /// The word denotes a man.
    MALE = 24;
    /// The word denotes a woman.
    FEMALE = 25;
    /// A neuter pronoun: `it`.
    NEUTER = 26;
    /// A form of address or academic title: `Mr`, `Dr`.
    HONORIFIC = 27;
    /// A title before a name: `General`, `Senator`.
    RANK = 28;
    /// A noun for a person's function: `spokesman`.
    ROLE = 29;
    /// A noun for several people: `officials`.
    PEOPLE = 30;
    /// A noun for an organization: `ministry`.
    ORGANISATION = 31;
    /// A noun for a document: `statement`.
    DOCUMENT = 32;
    /// A noun for a creative work: `film`.
    WORK = 33;
    /// A word that introduces a term: `so-called`.
    TERM = 34;
    /// A given name.
    GIVEN = 35;
    /// A lower-case particle within names: `von`.
    PARTICLE = 36;
    /// A word for a day, a month or another time: `Monday`, `yesterday`.
    CALENDAR = 37;
    /// A name suffix: `Jr`.
    SUFFIX = 38;
    /// The first word of a phrase such as `according to`.
    ACCORDING = 39;
    /// The first word of a phrase that follows the source: `zufolge`.
    ACCORDING_AFTER = 40;
    /// The first word of a phrase such as `quoted as`.
    PASSIVE_AS = 41;
    /// `by`, before the agent of a passive.
    BY = 42;
    /// The word has a possessive ending: `Germany's`.
    POSSESSIVE = 43;
    /// A word of negation.
    NEGATION = 44;
    /// A preposition that expresses the genitive: `of`.
    GENITIVE = 45;
    /// The particle of the infinitive: `to`.
    TO = 46;
    /// A verb or particle before `to say`: `went on`, `continued`.
    CATENATIVE = 47;
    /// A particle of the preceding verb: `went on`, `fügte hinzu`.
    PARTICLE_OF_VERB = 48;
    /// An object pronoun, which may be the hearer: `them`, `us`.
    OBJECT_PRONOUN = 49;
    /// A word that attributes the words beside it to the source after it: `so`, `aldus`.
    ATTACHED = 50;
    /// A word that loses its vowel before another: `l'`.
    ELISION = 51;
    /// A word that, after a comma, begins a clause of the reporter rather than of the speaker: `while`.
    ASIDE = 52;
    /// A determiner that can begin a genitive: `des`, `der`.
    CASE = 53;
    /// A verb that reports only if `that` follows: `found that`.
    WITH_THAT = 54;
    /// A word that begins a reported question: `whether`.
    QUESTION = 55;
    /// `as`, in `as Lim said`.
    AS = 56;
    /// A noun of saying that is not a verb form: `assertion`.
    SAYING = 57;
    /// A word that continues a noun for people: `familiar` in `people familiar with the plan`.
    REDUCED = 58;
    /// A noun for a member of a party.
    PARTY = 59;
    /// A verb that, before `to say`, means that nothing was said: `refused`.
    REFUSAL = 60;
    /// A word that begins the name of a place: `San`, `Fort`.
    PLACE = 61;
    /// A verb that quotes somebody with `as saying`: `quoted Lim as saying`.
    QUOTING = 62;
    /// A noun for a document that conveys its sender's words: `statement`, `letter`.
    MESSAGE = 63;
    /// A determiner in a case that a subject cannot have: `dem`.
    OBLIQUE = 64;
    /// A verb form in the mood of reported speech: `seien`.
    REPORTED_MOOD = 65;
    /// A noun for a thing with writing on it, which is not a speaker: `sign`, `banner`.
    INSCRIPTION = 66;
    /// A word before a role that belongs to it: `former`, `acting`.
    MODIFIER = 67;
    /// An auxiliary for possibility or obligation rather than fact: `could`, `should`.
    MODAL = 68;
    /// A pronoun or quantifier for nobody in particular, which cannot be a speaker: `anyone`, `few`.
    GENERIC = 69;
    /// A form of a common verb that is not a verb of saying: `came`, `holds`.
    COMMON_VERB = 70;
    /// A pronoun with an auxiliary in one word: `they've`.
    CONTRACTED = 71;
    /// A form of an auxiliary that is not finite: `been`.
    NONFINITE = 72;
    /// A verb that cannot have a thing as its object, so a clause follows it: `said`, unlike `announced`.
    SPEECH = 73;
    /// A verb that reports with an infinitive: `vowed to leave`.
    DIRECTIVE = 74;
    /// A verb for a state of mind that need not have been expressed: `knew that`.
    UNSPOKEN = 75;
    /// A future or conditional auxiliary: `will`.
    FUTURE = 76;
    /// A conjunction that introduces a condition: `if`, `unless`.
    CONDITION = 77;
    /// A possessive determiner: `his`.
    OWNED = 78;
    /// A verb whose object is the subject's own claim, even if it is a thing: `admitted a "failure"`.
    AVOWAL = 79;
    /// A noun for a news outlet, which is the hearer if it occurs beside a verb of saying: `agencia`. In German, only
    /// feminine nouns are listed, because their dative article (`der Zeitung`) is also the masculine nominative one.
    PRESS = 80;
    /// A pronoun for the subject itself: `se`, `sich`.
    REFLEXIVE = 81;
    /// A noun for a person that says little without its complement: `rival`, `spokesman`.
    RELATIONAL = 82;
    /// A verb whose subject can be a text: `the letter reads`.
    TEXTUAL = 83;
    /// A word that refers to the preceding words: `so`, `that`.
    BACKWARD = 84;
    /// A noun for a statement or for the person who makes it: `words`, `speaker`.
    UTTERANCE = 85;
    /// A verb that reports words in order to deny them: `denied`.
    DENIAL = 86;
    /// A word that contrasts a clause with the preceding one: `but`, `however`.
    CONTRAST = 87;
}

impl Class {
    /// Any form of a verb of saying.
    pub(super) const VERB: Self =
        Self(Self::FINITE.0 | Self::BASE.0 | Self::PARTICIPLE.0 | Self::GERUND.0);
    /// Any verb form or noun that can form a reporting clause.
    pub(super) const FRAME: Self = Self(Self::VERB.0 | Self::SAYING.0);
    /// A noun that can be a source.
    pub(super) const SOURCE_NOUN: Self = Self(
        Self::ROLE.0 | Self::PEOPLE.0 | Self::ORGANISATION.0 | Self::DOCUMENT.0 | Self::RANK.0,
    );

    /// The empty set.
    pub(super) const NONE: Self = Self(0);
    /// Classes that a capitalized word inside a sentence cannot have.
    pub(super) const ONLY_LOWER: Self = Self(
        Self::VERB.0
            | Self::AUXILIARY.0
            | Self::BE.0
            | Self::ADVERB.0
            | Self::SUBORDINATOR.0
            | Self::COORDINATOR.0
            | Self::PARTICLE.0
            | Self::COMMON_VERB.0,
    );

    /// Returns the classes that are in either set.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the classes of this set that are not in the other.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns whether the word has any of the given classes.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Returns whether the word has all of the given classes.
    pub(super) const fn all(self, of: Self) -> bool {
        self.0 & of.0 == of.0
    }

    /// Returns whether the word has no class except the ignored ones, which do not rule out that it is a noun or an
    /// adjective.
    pub(super) const fn is_unknown(self) -> bool {
        let ignored = Self::POSSESSIVE.0
            | Self::GIVEN.0
            | Self::COMMON_VERB.0
            | Self::RELATIONAL.0
            | Self::BACKWARD.0
            | Self::CONTRAST.0
            | Self::UTTERANCE.0;
        self.0 & !ignored == 0
    }
}

/// The words that make up the names of sections, with the classes that they assign.
const NAMES: &[(&str, Class)] = &[
    ("clause", Class::CLAUSE),
    ("mental", Class::MENTAL.with(Class::CLAUSE)),
    ("object", Class::OBJECT),
    ("label", Class::LABEL.with(Class::OBJECT)),
    ("hearer", Class::HEARER),
    ("noun", Class::NOUN),
    ("auxiliary", Class::AUXILIARY),
    ("be", Class::BE),
    ("adverb", Class::ADVERB),
    ("determiner", Class::DETERMINER),
    ("indefinite", Class::INDEFINITE),
    ("preposition", Class::PREPOSITION),
    ("link", Class::LINK),
    ("subordinator", Class::SUBORDINATOR),
    ("that", Class::THAT),
    ("coordinator", Class::COORDINATOR),
    ("relative", Class::RELATIVE),
    ("pronoun", Class::PRONOUN),
    ("first", Class::FIRST_PERSON),
    ("plural", Class::PLURAL),
    ("male", Class::MALE),
    ("female", Class::FEMALE),
    ("neuter", Class::NEUTER),
    ("honorific", Class::HONORIFIC),
    ("rank", Class::RANK),
    ("role", Class::ROLE),
    ("people", Class::PEOPLE.with(Class::PLURAL)),
    ("organisation", Class::ORGANISATION),
    ("document", Class::DOCUMENT),
    ("work", Class::WORK),
    ("term", Class::TERM),
    ("given", Class::GIVEN),
    ("particle", Class::PARTICLE),
    ("calendar", Class::CALENDAR),
    ("suffix", Class::SUFFIX),
    ("by", Class::BY),
    ("negation", Class::NEGATION),
    ("genitive", Class::GENITIVE.with(Class::LINK).with(Class::PREPOSITION)),
    ("to", Class::TO),
    ("catenative", Class::CATENATIVE),
    ("verbal", Class::PARTICLE_OF_VERB),
    ("objective", Class::OBJECT_PRONOUN),
    ("attached", Class::ATTACHED),
    ("elision", Class::ELISION),
    ("aside", Class::ASIDE),
    ("case", Class::CASE),
    ("finding", Class::WITH_THAT.with(Class::CLAUSE)),
    ("question", Class::QUESTION),
    ("as", Class::AS),
    ("reduced", Class::REDUCED),
    ("party", Class::PARTY),
    ("refusal", Class::REFUSAL),
    ("place", Class::PLACE),
    ("quoting", Class::QUOTING),
    ("oblique", Class::OBLIQUE.with(Class::DETERMINER)),
    ("reported", Class::REPORTED_MOOD),
    ("inscription", Class::INSCRIPTION),
    ("modifier", Class::MODIFIER),
    ("modal", Class::MODAL.with(Class::AUXILIARY)),
    ("generic", Class::GENERIC),
    ("nonfinite", Class::NONFINITE),
    ("speech", Class::SPEECH),
    ("directive", Class::DIRECTIVE),
    ("unspoken", Class::UNSPOKEN),
    ("future", Class::FUTURE),
    ("condition", Class::CONDITION),
    ("owned", Class::OWNED),
    ("avowal", Class::AVOWAL),
    ("press", Class::PRESS),
    ("reflexive", Class::REFLEXIVE),
    ("relational", Class::RELATIONAL),
    ("textual", Class::TEXTUAL),
    ("backward", Class::BACKWARD),
    ("utterance", Class::UTTERANCE),
    ("denial", Class::DENIAL),
    ("message", Class::MESSAGE.with(Class::DOCUMENT)),
    ("saying", Class::SAYING.with(Class::NOUN).with(Class::CLAUSE)),
];

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: FxHashMap<Cow<'static, str>, Class>,
    /// Phrases that precede the name of a source: `according to`.
    according: Vec<Vec<&'static str>>,
    /// Phrases that precede the name of a source only at the start of a sentence and before a person: `pour`.
    according_leading: Vec<Vec<&'static str>>,
    /// Phrases that follow the name of a source: `zufolge`.
    according_after: Vec<Vec<&'static str>>,
    /// Phrases that introduce the words of the subject of a passive: `quoted as`.
    passive_as: Vec<Vec<&'static str>>,
    /// Phrases between the person whom a verb quotes and the quoted words: `as saying`.
    quoting_as: Vec<Vec<&'static str>>,
    /// Pronouns attached to the preceding verb by a hyphen: `-t-il`.
    clitics: Vec<&'static str>,
    /// Auxiliaries that are contracted with the pronoun before them: `'ve`.
    contractions: Vec<&'static str>,
    /// The words, in capitals, of links to more articles: `MORE`.
    closing_links: Vec<String>,
    /// The endings of unlisted words with their classes, the longest first: `-ologist`, `-minister`.
    endings: Vec<(&'static str, Class)>,
    habits: Habits,
    shapes: Shapes,
}

/// Endings that determine a class only together with the context.
#[derive(Debug, Default)]
struct Shapes {
    /// The endings of adverbs: `-ly`.
    adverb: Vec<&'static str>,
    /// The endings of past forms and past participles: `-ed`.
    past: Vec<&'static str>,
    /// The endings of present participles: `-ing`.
    gerund: Vec<&'static str>,
    /// The endings of nouns for a person: `-ник`, `-erin`.
    person: Vec<&'static str>,
    /// The endings of adjectives before a noun without an article: `-ige`, `-ый`.
    adjective: Vec<&'static str>,
    /// The endings of finite verbs that begin a sentence without a subject: `-ó`.
    finite: Vec<&'static str>,
    /// The endings of nouns in the genitive: `-ики`.
    genitive: Vec<&'static str>,
}

impl Shapes {
    /// Adds an ending to the list of its section's kind; unknown kinds are ignored.
    fn add(&mut self, kind: &str, suffix: &'static str) {
        match kind {
            "adverb" => self.adverb.push(suffix),
            "past" => self.past.push(suffix),
            "gerund" => self.gerund.push(suffix),
            "person" => self.person.push(suffix),
            "adjective" => self.adjective.push(suffix),
            "finite" => self.finite.push(suffix),
            "genitive" => self.genitive.push(suffix),
            _ => {}
        }
    }
}

/// Grammatical habits that differ between languages; the section `habit` of the grammar lists them.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the section of habits")]
struct Habits {
    /// `inserted`: an attribution can be inside the marks.
    inserts: bool,
    /// `inserted after a comma`: a comma alone can separate an attribution inside the marks from the quotation.
    inserts_after_commas: bool,
    /// `null subject`: a verb needs no subject.
    drops_subjects: bool,
    /// `inverted auxiliary`: an auxiliary can precede the subject: `hat Lim gesagt`, `a déclaré Lim`.
    inverts_auxiliaries: bool,
    /// `no articles`: a noun needs no article.
    lacks_articles: bool,
    /// `capital nouns`: every noun has a capital.
    capitalizes_nouns: bool,
    /// `graded`: the grades of the rules were measured on labeled news of the language.
    is_graded: bool,
    /// `graded inversion`: only the rule for a verb after the quotation was measured, and only with a full name as its
    /// subject.
    grades_inversion: bool,
    /// `finite verbs`: the list of verbs is long enough that a reported clause can be required to contain one.
    lists_verbs: bool,
    /// `bare roles`: a noun for a person needs no article before the name: `harbor pilot Berit Aas`.
    has_bare_roles: bool,
    /// `final verbs`: a subordinate clause ends with its verbs: `dass Lim den Plan „…“ nannte`.
    ends_clauses_in_verbs: bool,
}

impl Habits {
    /// Sets the habit with the given name; unknown names are ignored.
    fn add(&mut self, name: &str) {
        match name {
            "inserted" => self.inserts = true,
            "inserted after a comma" => self.inserts_after_commas = true,
            "null subject" => self.drops_subjects = true,
            "graded" => self.is_graded = true,
            "graded inversion" => self.grades_inversion = true,
            "finite verbs" => self.lists_verbs = true,
            "final verbs" => self.ends_clauses_in_verbs = true,
            "bare roles" => self.has_bare_roles = true,
            "capital nouns" => self.capitalizes_nouns = true,
            "no articles" => self.lacks_articles = true,
            "inverted auxiliary" => self.inverts_auxiliaries = true,
            _ => {}
        }
    }
}

/// The minimum length in bytes of the stem of a noun for a person: `Wirt` in `Wirtin`.
const SHORTEST_STEM: usize = 3;

/// The approximate number of bytes in the files read for a language per word in its table, from which the capacity of
/// the table is estimated.
const BYTES_A_WORD: usize = 8;

impl Lexicon {
    /// Returns the lexicon of a language: an empty one if the language has no list of reporting verbs, the English one
    /// if the language is unknown.
    pub(super) fn for_language(language: Language) -> &'static Self {
        static ALL: OfFolder<Lexicon> = OfFolder::new();
        static NONE: OnceLock<Lexicon> = OnceLock::new();
        let read = if language == Language::UNKNOWN { Language::ENGLISH } else { language };
        let code = read.code();
        let at = FOLDERS.iter().position(|f| f.code == code && !f.reporting_verbs.is_empty());
        at.map_or_else(|| NONE.get_or_init(Self::default), |at| ALL.get(at, Self::build))
    }

    fn build(folder: &'static Folder) -> Self {
        let own = [folder.reporting_verbs, folder.titles, folder.roles, folder.speech_grammar];
        let names = FOLDERS.iter().map(|f| f.given_names);
        let bytes: usize = own.into_iter().chain(names).map(str::len).sum();
        let words = FxHashMap::with_capacity_and_hasher(bytes / BYTES_A_WORD, FxBuildHasher);
        let mut lexicon = Self { words, ..Self::default() };
        let mut classes = Classes::default();
        for (section, entry) in packs::sections(folder.reporting_verbs) {
            lexicon.add_verb(section, classes.get(section), entry);
        }
        for file in [folder.titles, folder.roles, folder.speech_grammar] {
            for (section, entry) in packs::sections(file) {
                match section {
                    "according" => lexicon.add_phrase(entry, Class::ACCORDING),
                    "according after" => lexicon.add_phrase(entry, Class::ACCORDING_AFTER),
                    "according leading" => {
                        lexicon.add(entry, Class::ACCORDING);
                        lexicon.according_leading.push(entry.split(' ').collect());
                    }
                    ending if ending.starts_with("ending ") => {
                        lexicon.add_ending(entry, classes.get(section));
                    }
                    shape if shape.starts_with("shape ") => {
                        lexicon.shapes.add(shape.trim_start_matches("shape "), entry);
                    }
                    "quoting as" => lexicon.quoting_as.push(entry.split(' ').collect()),
                    "clitic" => lexicon.clitics.push(entry),
                    "contraction" => lexicon.contractions.push(entry),
                    "closing link" => lexicon.closing_links.push(entry.to_uppercase()),
                    "habit" => lexicon.habits.add(entry),
                    "passive as" => lexicon.add_phrase(entry, Class::PASSIVE_AS),
                    _ => lexicon.add(entry, classes.get(section)),
                }
            }
        }
        for (_, verb) in packs::sections(folder.discourse).filter(|(name, _)| *name == "verbs") {
            lexicon.add(verb, Class::COMMON_VERB);
        }
        let contrasts = packs::sections(folder.discourse).filter(|(name, _)| *name == "contrasts");
        for (_, word) in contrasts.filter(|(_, entry)| !entry.contains(' ')) {
            lexicon.add(word, Class::CONTRAST);
        }
        for other in FOLDERS {
            for (section, entry) in packs::sections(other.given_names) {
                lexicon.add(entry, classes.get(section).with(Class::GIVEN));
            }
        }
        lexicon
    }

    fn add(&mut self, word: impl Into<Cow<'static, str>>, class: Class) {
        let known = self.words.entry(word.into()).or_default();
        *known = known.with(class);
    }

    /// Adds an ending with its classes, keeping longer endings before shorter ones.
    fn add_ending(&mut self, ending: &'static str, class: Class) {
        if let Some((_, known)) = self.endings.iter_mut().find(|(known, _)| *known == ending) {
            *known = known.with(class);
        } else {
            let at = self.endings.partition_point(|(known, _)| known.len() >= ending.len());
            self.endings.insert(at, (ending, class));
        }
    }

    fn add_phrase(&mut self, phrase: &'static str, class: Class) {
        let words: Vec<&'static str> = phrase.split(' ').collect();
        if let Some(first) = words.first() {
            self.add(*first, class);
        }
        match class {
            Class::ACCORDING => self.according.push(words),
            Class::ACCORDING_AFTER => self.according_after.push(words),
            _ => self.passive_as.push(words),
        }
    }

    /// Adds the forms of a verb, which are listed after it if it is irregular and are otherwise generated as its
    /// section specifies.
    fn add_verb(&mut self, section: &str, class: Class, entry: &'static str) {
        let mut fields = entry.split(' ');
        let Some(base) = fields.next() else { return };
        self.add(base, class.with(Class::BASE));
        let forms = [
            ("finite", Class::FINITE),
            ("participle", Class::PARTICIPLE),
            ("gerund", Class::GERUND),
        ];
        if section.contains("irregular") {
            for ((_, form), listed) in forms.into_iter().zip(fields) {
                for word in listed.split(',').filter(|w| *w != "-") {
                    self.add(word, class.with(form));
                }
            }
            return;
        }
        let stem = base.strip_suffix(value_of(section, "cut")).unwrap_or(base);
        let prefix = value_of(section, "prefix");
        for (name, form) in forms {
            for ending in value_of(section, name).split(',').filter(|e| !e.is_empty()) {
                let prefix = if form == Class::PARTICIPLE { prefix } else { "" };
                let ending = if ending == "0" { "" } else { ending };
                self.add([prefix, stem, ending].concat(), class.with(form));
            }
        }
    }

    /// Returns whether speakers can be identified in the language.
    pub(super) fn is_supported(&self) -> bool {
        !self.words.is_empty()
    }

    /// Returns the classes of a folded word; none if the word is not listed.
    pub(super) fn class(&self, folded: &str) -> Class {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// Returns the classes that the longest known ending gives to an unlisted, folded word.
    pub(super) fn class_by_ending(&self, folded: &str) -> Class {
        let known = self.endings.iter().find(|(ending, _)| folded.ends_with(ending));
        known.map_or(Class::NONE, |(_, class)| *class)
    }

    /// Returns whether a word ends like an adverb and is long enough to be one.
    pub(super) fn ends_like_adverb(&self, folded: &str) -> bool {
        self.shapes.adverb.iter().any(|s| folded.len() > s.len() + 2 && folded.ends_with(s))
    }

    /// Returns whether a word ends like a past form.
    pub(super) fn ends_like_past(&self, word: &str) -> bool {
        self.shapes.past.iter().any(|s| word.ends_with(s))
    }

    /// Returns whether a word ends like a present participle.
    pub(super) fn ends_like_gerund(&self, word: &str) -> bool {
        self.shapes.gerund.iter().any(|s| word.ends_with(s))
    }

    /// Returns whether a word ends like a noun for a person.
    pub(super) fn ends_like_person(&self, word: &str) -> bool {
        let long = |s: &&&str| word.len() >= s.len() + SHORTEST_STEM && word.ends_with(**s);
        self.shapes.person.iter().any(|s| long(&s))
    }

    /// Returns whether a word ends like an adjective before a noun.
    pub(super) fn ends_like_adjective(&self, word: &str) -> bool {
        self.shapes.adjective.iter().any(|s| word.ends_with(s))
    }

    /// Returns whether a word ends like a finite verb, in a way that names hardly ever do.
    pub(super) fn ends_like_finite(&self, word: &str) -> bool {
        self.shapes.finite.iter().any(|s| word.ends_with(s))
    }

    /// Returns whether a word ends like a noun in the genitive.
    pub(super) fn ends_like_genitive(&self, word: &str) -> bool {
        self.shapes.genitive.iter().any(|s| word.ends_with(s))
    }

    /// Returns the phrases that precede the name of a source.
    pub(super) fn according(&self) -> &[Vec<&'static str>] {
        &self.according
    }

    /// Returns the phrases that precede the name of a source only at the start of a sentence.
    pub(super) fn according_leading(&self) -> &[Vec<&'static str>] {
        &self.according_leading
    }

    /// Returns the phrases that follow the name of a source.
    pub(super) fn according_after(&self) -> &[Vec<&'static str>] {
        &self.according_after
    }

    /// Returns the pronouns that are attached to a verb by a hyphen.
    pub(super) fn clitics(&self) -> &[&'static str] {
        &self.clitics
    }

    /// Returns the word before the contracted auxiliary of a folded form: `they` in `they've`.
    pub(super) fn before_contraction<'w>(&self, folded: &'w str) -> Option<&'w str> {
        self.contractions.iter().find_map(|end| folded.strip_suffix(end))
    }

    /// Returns the words, in capitals, of links to more articles.
    pub(super) fn closing_links(&self) -> &[String] {
        &self.closing_links
    }

    /// Returns whether an attribution can be inside the marks: `«Да, — сказал он, — это так»`.
    pub(super) fn inserts_attributions(&self) -> bool {
        self.habits.inserts
    }

    /// Returns whether a comma alone can separate an attribution inside the marks from the quotation: `« Oui, dit-il.
    /// Demain. »`
    pub(super) fn inserts_after_commas(&self) -> bool {
        self.habits.inserts_after_commas
    }

    /// Returns whether a verb needs no subject: `"…", aseguró.`
    pub(super) fn drops_subjects(&self) -> bool {
        self.habits.drops_subjects
    }

    /// Returns whether an auxiliary can precede the subject: `"…", hat Lim gesagt`.
    pub(super) fn inverts_auxiliaries(&self) -> bool {
        self.habits.inverts_auxiliaries
    }

    /// Returns whether the grades of the rules were measured on labeled news of the language.
    pub(super) fn is_graded(&self) -> bool {
        self.habits.is_graded
    }

    /// Returns whether the grade of `"…", dit Ana Lim` was measured on labeled quotations of the language.
    pub(super) fn grades_inversion(&self) -> bool {
        self.habits.grades_inversion
    }

    /// Returns whether the list of verbs is long enough that a reported clause can be required to contain one.
    pub(super) fn lists_verbs(&self) -> bool {
        self.habits.lists_verbs
    }

    /// Returns whether a noun for a person may precede a name without an article.
    pub(super) fn has_bare_roles(&self) -> bool {
        self.habits.has_bare_roles
    }

    /// Returns whether a subordinate clause ends with its verbs.
    pub(super) fn ends_clauses_in_verbs(&self) -> bool {
        self.habits.ends_clauses_in_verbs
    }

    /// Returns whether every noun is capitalized.
    pub(super) fn capitalizes_nouns(&self) -> bool {
        self.habits.capitalizes_nouns
    }

    /// Returns the phrases between the person whom a verb quotes and the quoted words: `as saying`.
    pub(super) fn quoting_as(&self) -> &[Vec<&'static str>] {
        &self.quoting_as
    }

    /// Returns whether a noun needs no article: `сообщил врач`.
    pub(super) fn lacks_articles(&self) -> bool {
        self.habits.lacks_articles
    }

    /// Returns the phrases that introduce the words of the subject of a passive: `quoted as`.
    pub(super) fn passive_as(&self) -> &[Vec<&'static str>] {
        &self.passive_as
    }
}

/// The classes of the section read last, which are kept because the entries of a section are consecutive.
#[derive(Default)]
struct Classes {
    last: Option<(&'static str, Class)>,
}

impl Classes {
    fn get(&mut self, section: &'static str) -> Class {
        match self.last {
            Some((known, class)) if std::ptr::eq(known, section) => class,
            _ => {
                let class = class_of(section);
                self.last = Some((section, class));
                class
            }
        }
    }
}

/// Returns the classes that the name of a section assigns to its words.
fn class_of(section: &str) -> Class {
    let mut class = Class::default();
    for word in section.split(' ').filter(|w| !w.contains('=')) {
        if let Some((_, known)) = NAMES.iter().find(|(name, _)| *name == word) {
            class = class.with(*known);
        }
    }
    class
}

/// Returns the value of `name=` in a section's name.
fn value_of<'s>(section: &'s str, name: &str) -> &'s str {
    let field = section.split(' ').find_map(|f| f.strip_prefix(name)?.strip_prefix('='));
    field.unwrap_or("")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Class, Habits, Lexicon, NAMES, Shapes, value_of};
    use crate::language::Language;
    use crate::text::packs::{FOLDERS, sections};

    #[test]
    fn tense_forms_are_made_from_the_dictionary_form() {
        let english = Lexicon::for_language(Language::ENGLISH);
        for (word, form) in [
            ("says", Class::FINITE),
            ("announced", Class::FINITE),
            ("replying", Class::GERUND),
            ("admitted", Class::PARTICIPLE),
            ("written", Class::PARTICIPLE),
        ] {
            assert!(english.class(word).any(form), "{word}");
        }
        assert_eq!(english.class("announceed"), Class::default());
    }

    #[test]
    fn equal_endings_are_told_together_and_longer_ones_first() {
        let german = Lexicon::for_language(Language::parse("de").unwrap_or_default());
        let expert = german.class_by_ending("klimaexperte");
        assert!(expert.all(Class::ROLE.with(Class::MALE)));
        assert!(german.class_by_ending("klimaexpertin").all(Class::ROLE.with(Class::FEMALE)));
    }

    /// Finds entries that are listed twice in a section, sections that no code reads, and verbs without the ending that
    /// their section cuts.
    #[test]
    fn every_entry_of_every_language_counts() {
        let phrases = [
            "quoting as",
            "according",
            "according after",
            "according leading",
            "clitic",
            "contraction",
            "closing link",
            "passive as",
        ];
        let read = |section: &str| {
            let mut words = section.split(' ').filter(|w| !w.contains('='));
            phrases.contains(&section)
                || words.all(|w| {
                    ["ending", "irregular", "quote"].contains(&w)
                        || NAMES.iter().any(|(name, _)| *name == w)
                })
        };
        for folder in FOLDERS {
            let files = [
                folder.reporting_verbs,
                folder.titles,
                folder.roles,
                folder.speech_grammar,
                folder.given_names,
            ];
            for file in files {
                let mut seen = BTreeSet::new();
                for (section, entry) in sections(file) {
                    let place = format!("{}: [{section}] {entry}", folder.code);
                    assert!(seen.insert((section, entry)), "twice: {place}");
                    let known = match section.split_once(' ') {
                        _ if section == "habit" => {
                            let mut habits = Habits::default();
                            habits.add(entry);
                            habits != Habits::default()
                        }
                        Some(("shape", kind)) => {
                            let mut shapes = Shapes::default();
                            shapes.add(kind, entry);
                            !(shapes.adverb.is_empty()
                                && shapes.past.is_empty()
                                && shapes.gerund.is_empty()
                                && shapes.person.is_empty()
                                && shapes.adjective.is_empty()
                                && shapes.finite.is_empty()
                                && shapes.genitive.is_empty())
                        }
                        _ => read(section),
                    };
                    assert!(known, "not read: {place}");
                    let base = entry.split(' ').next().unwrap_or("");
                    let cut = value_of(section, "cut");
                    assert!(base.ends_with(cut), "the ending {cut} cannot be cut: {place}");
                }
            }
        }
    }
}
