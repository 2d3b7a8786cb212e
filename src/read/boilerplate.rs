//! The boilerplate lexicon: phrases that distinguish the boilerplate of a page from its prose. There is one file per
//! language; all are searched at once.
//!
//! A line is judged before its language is known, and pages mix languages ("Newsletter", "Login"), so the phrases of
//! all languages are searched for in every text. To add a language, copy a `boilerplate.txt` from `text/packs/` and add
//! it to [`FILES`].

use std::sync::OnceLock;

use memchr::memmem::Finder;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::span::slice;

/// The lexicon files, one per language, all of equal precedence.
static FILES: &[&str] = &[
    include_str!("../text/packs/en/boilerplate.txt"),
    include_str!("../text/packs/de/boilerplate.txt"),
    include_str!("../text/packs/fr/boilerplate.txt"),
    include_str!("../text/packs/es/boilerplate.txt"),
    include_str!("../text/packs/it/boilerplate.txt"),
    include_str!("../text/packs/pt/boilerplate.txt"),
    include_str!("../text/packs/nl/boilerplate.txt"),
    include_str!("../text/packs/sl/boilerplate.txt"),
    include_str!("../text/packs/ru/boilerplate.txt"),
    include_str!("../text/packs/sv/boilerplate.txt"),
    include_str!("../text/packs/ja/boilerplate.txt"),
    include_str!("../text/packs/zh/boilerplate.txt"),
];

/// The meaning of a phrase at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// The author's name follows.
    Byline,
    /// A date follows.
    Date,
    /// The date of the last change follows.
    Update,
    /// The phrase begins a picture credit, which is a line of its own or the end of a caption.
    Credit,
    /// The line is page furniture, not part of the story.
    Chrome,
    /// The name of the person who checked the article follows.
    Review,
    /// An author's name follows; the page offers other articles by this author.
    Invitation,
}

/// The phrases of all languages.
#[derive(Debug, Default)]
pub(crate) struct BoilerplateLexicon {
    /// Phrases at the start of a line, keyed by their first word.
    leads: FxHashMap<&'static str, Vec<(&'static str, Lead)>>,
    whole: FxHashSet<&'static str>,
    /// The length in characters of the longest phrase in [`Self::whole`].
    longest_whole: usize,
    legal: Vec<Finder<'static>>,
    /// The words after the number in a reading time: `min read`.
    reading: Vec<&'static str>,
    /// Offers to the reader, keyed by their first word.
    offers: FxHashMap<&'static str, Vec<&'static str>>,
    calendar: FxHashSet<&'static str>,
    time: FxHashSet<&'static str>,
    not_place: FxHashSet<&'static str>,
    service: FxHashSet<&'static str>,
    service_words: Vec<&'static str>,
    outlet: FxHashSet<&'static str>,
    role: FxHashSet<&'static str>,
    rest: Vec<&'static str>,
    elsewhere: FxHashSet<&'static str>,
    more: FxHashSet<&'static str>,
    references: FxHashSet<&'static str>,
    /// Words for payment and accounts.
    access: FxHashSet<&'static str>,
    /// Stems of such words.
    access_stems: Vec<&'static str>,
    /// Words for an article and for reading it.
    article: FxHashSet<&'static str>,
    /// Words that address the reader.
    reader: FxHashSet<&'static str>,
    /// Words that address the reader at the start of a sentence.
    imperative: FxHashSet<&'static str>,
    /// Words for other things that readers pay or register for.
    other_offer: FxHashSet<&'static str>,
}

/// Returns the phrases of all languages.
pub(crate) fn boilerplate() -> &'static BoilerplateLexicon {
    static PHRASES: OnceLock<BoilerplateLexicon> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = BoilerplateLexicon::default();
        for file in FILES {
            phrases.add(file);
        }
        phrases
    })
}

impl BoilerplateLexicon {
    fn add(&mut self, file: &'static str) {
        let mut section = "";
        for line in file.lines() {
            let entry = line.split('#').next().unwrap_or("").trim();
            if entry.is_empty() {
            } else if let Some(name) = entry.strip_prefix('[') {
                section = name.trim_end_matches(']');
            } else {
                self.put(section, entry);
            }
        }
    }

    fn put(&mut self, section: &str, entry: &'static str) {
        let lead = match section {
            "byline" => Lead::Byline,
            "date" => Lead::Date,
            "update" => Lead::Update,
            "credit" => Lead::Credit,
            "chrome" => Lead::Chrome,
            "review" => Lead::Review,
            "invitation" => Lead::Invitation,
            _ => return self.put_word(section, entry),
        };
        self.leads.entry(first_word(entry)).or_default().push((entry, lead));
    }

    fn put_word(&mut self, section: &str, entry: &'static str) {
        let words = match section {
            "whole" => {
                self.longest_whole = self.longest_whole.max(entry.chars().count());
                &mut self.whole
            }
            "months" | "days" => &mut self.calendar,
            "time" => &mut self.time,
            "not_place" => &mut self.not_place,
            "service" => {
                self.service_words.push(entry);
                &mut self.service
            }
            "outlet" => &mut self.outlet,
            "role" => &mut self.role,
            "elsewhere" => &mut self.elsewhere,
            "more" => &mut self.more,
            "references" => &mut self.references,
            "article" => &mut self.article,
            "other_offer" => &mut self.other_offer,
            "reader" => &mut self.reader,
            "imperative" => &mut self.imperative,
            "access" => match entry.strip_suffix('*') {
                Some(stem) => return self.access_stems.push(stem),
                None => &mut self.access,
            },
            "reading" => return self.reading.push(entry),
            "rest" => return self.rest.push(entry),
            "offer" => return self.offers.entry(first_word(entry)).or_default().push(entry),
            _ => return self.legal.push(Finder::new(entry)),
        };
        words.insert(entry);
    }

    /// Returns whether a lower-case line contains a phrase that reserves the rest of the article for subscribers or
    /// registered readers.
    #[cfg(feature = "pages")]
    pub(crate) fn has_paid_rest(&self, lower: &str) -> bool {
        self.rest.iter().any(|phrase| lower.contains(phrase))
    }

    /// Returns whether a lower-case line offers the rest of the article to those who pay or register: it mentions
    /// payment or an account and reading or the article, and no other thing to pay or register for. A line that is a
    /// sentence must also address the reader.
    #[cfg(feature = "pages")]
    pub(crate) fn offers_paid_rest(&self, lower: &str, is_sentence: bool) -> bool {
        let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_access = |word: &str| {
            self.access.contains(word)
                || self.access_stems.iter().any(|stem| word.starts_with(stem))
        };
        let starts = || lower.split(['.', '!', '?']).map(|sentence| first_word(sentence.trim()));
        words().any(is_access)
            && words().any(|word| self.article.contains(word))
            && !words().any(|word| self.other_offer.contains(word))
            && (!is_sentence
                || words().any(|word| self.reader.contains(word))
                || starts().any(|word| self.imperative.contains(word)))
    }

    /// Returns whether a lower-case text leads to the rest of the article if it is directly below the last paragraph:
    /// "read more".
    #[cfg(feature = "pages")]
    pub(crate) fn leads_to_more(&self, lower: &str) -> bool {
        self.more.contains(lower)
    }

    /// Returns whether a lower-case heading is that of a list of references.
    #[cfg(feature = "pages")]
    pub(crate) fn heads_references(&self, lower: &str) -> bool {
        self.references.contains(lower)
    }

    /// Returns whether a lower-case text is the label of a link to the rest of the article: "continue reading".
    #[cfg(feature = "pages")]
    pub(crate) fn leads_to_rest(&self, lower: &str) -> bool {
        self.elsewhere.contains(lower)
    }

    /// Returns the length in bytes of the longest phrase of the wanted kind that a lower-case line begins with.
    pub(crate) fn lead(&self, lower: &str, wanted: Lead) -> Option<usize> {
        let candidates = self.leads.get(first_word(lower))?;
        let begins = |phrase: &str| {
            lower.strip_prefix(phrase).is_some_and(|rest| {
                phrase.ends_with(|c: char| !c.is_alphanumeric())
                    || !rest.starts_with(char::is_alphanumeric)
            })
        };
        let of_kind = candidates.iter().filter(|(p, lead)| *lead == wanted && begins(p));
        of_kind.map(|(p, _)| p.len()).max()
    }

    /// Returns whether any phrase begins with the first word of a line, regardless of case.
    pub(crate) fn may_lead(&self, line: &str) -> bool {
        self.leads.contains_key(first_word(&first_word(line).to_lowercase()))
    }

    /// Returns whether a line is short enough to be a label. Lower-casing never removes characters, so the line can
    /// be in any case.
    pub(crate) fn may_be_label(&self, line: &str) -> bool {
        line.chars().nth(self.longest_whole).is_none()
    }

    /// Returns the words with which a page refers to itself and to its readers' accounts.
    pub(crate) fn service_words(&self) -> impl Iterator<Item = &'static str> {
        self.service_words.iter().copied()
    }

    /// Returns whether a whole line (in lower case, trimmed) is a label of the page's furniture.
    pub(crate) fn is_label(&self, lower: &str) -> bool {
        self.whole.contains(lower)
    }

    /// Returns whether a line (in lower case) contains a phrase that is typical of small print.
    pub(crate) fn has_small_print(&self, lower: &str) -> bool {
        self.legal.iter().any(|phrase| phrase.find(lower.as_bytes()).is_some())
    }

    /// Returns whether a text (in lower case) contains an offer to the reader, such as "already a subscriber?".
    pub(crate) fn has_offer(&self, lower: &str) -> bool {
        let mut rest = lower;
        while let Some(at) = rest.find(char::is_alphanumeric) {
            rest = slice(rest, at, rest.len());
            let word = first_word(rest);
            let mut candidates = self.offers.get(word).into_iter().flatten();
            if candidates.any(|offer| rest.starts_with(offer)) {
                return true;
            }
            rest = slice(rest, word.len(), rest.len());
        }
        false
    }

    /// Returns whether a text (in lower case) is a reading time: `5 min read`.
    pub(crate) fn is_reading_time(&self, lower: &str) -> bool {
        let unit = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '–');
        unit.len() < lower.len() && self.reading.contains(&unit.trim())
    }

    /// Returns the rest of a line (in lower case) after the longest label or furniture phrase that it begins with.
    pub(crate) fn after_label<'l>(&self, lower: &'l str) -> Option<&'l str> {
        let ends = lower.match_indices(' ').map(|(at, _)| at).take(LABEL_WORDS - 1);
        let ends = ends.chain(std::iter::once(lower.len()));
        let label = ends.filter(|end| lower.get(..*end).is_some_and(|l| self.whole.contains(l)));
        let len = label.max().max(self.lead(lower, Lead::Chrome))?;
        lower.get(len..)
    }

    /// Returns whether a word (in lower case) names a month or a day of the week.
    pub(crate) fn is_calendar(&self, word: &str) -> bool {
        self.calendar.contains(word)
    }

    /// Returns whether a lower-case word can occur in a date line besides digits, months and weekdays: `gmt`, `uhr`.
    pub(crate) fn is_time(&self, word: &str) -> bool {
        self.time.contains(word)
    }

    /// Returns whether a word (in lower case) is one with which a page refers to itself or to its readers' accounts.
    pub(crate) fn is_service(&self, word: &str) -> bool {
        self.service.contains(word)
    }

    /// Returns whether a lower-case word occurs in names of outlets.
    pub(crate) fn is_outlet(&self, word: &str) -> bool {
        self.outlet.contains(word)
    }

    /// Returns whether a lower-case word belongs to an author's role rather than to a name.
    pub(crate) fn is_role(&self, word: &str) -> bool {
        self.role.contains(word)
    }

    /// Returns whether a lower-case word cannot start a dateline.
    pub(crate) fn is_no_place(&self, word: &str) -> bool {
        self.not_place.contains(word)
    }
}

/// The maximum number of words in a label that is followed by other text, plus one.
const LABEL_WORDS: usize = 4;

/// Returns the run of letters and digits at the start of a text; it may be empty.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{Lead, boilerplate};

    #[test]
    fn a_phrase_ends_at_a_word() {
        let phrases = boilerplate();
        assert!(phrases.lead("read more about the vote", Lead::Chrome).is_some());
        assert!(phrases.lead("read moretti's letter", Lead::Chrome).is_none());
        assert!(phrases.lead("foto: anna weiss", Lead::Credit).is_some());
        assert!(phrases.lead("à lire aussi : le vote", Lead::Chrome).is_some());
        assert!(phrases.lead("geprüft von dr. anna weiss", Lead::Review).is_some());
        assert!(phrases.lead("reviewing the vote", Lead::Review).is_none());
        assert_eq!(phrases.after_label("copy link"), Some(""));
        assert_eq!(phrases.after_label("share copy link"), Some(" copy link"));
        assert_eq!(phrases.after_label("shares fall"), None);
    }

    #[test]
    fn every_file_has_the_sections_that_every_language_needs() {
        for file in super::FILES {
            for section in [
                "byline",
                "date",
                "update",
                "credit",
                "chrome",
                "whole",
                "reading",
                "offer",
                "months",
                "review",
                "invitation",
                "role",
            ] {
                assert!(file.contains(&format!("[{section}]")), "{section} in {file:.60}");
            }
        }
    }
}
