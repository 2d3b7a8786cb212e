//! Chooses the member whose title is the headline of the story.
//!
//! The best headline is the plain title that best reports the event. The score of a title is its cosine with the texts
//! of all independent members, each term weighted by its rarity in general text and by the share of members that
//! contain it. The score is multiplied by a factor for the share of the title's words that the member's own lede
//! repeats (few for a teasing title). Titles that make poor headlines are penalized but not excluded, because a poor
//! headline is better than none: for example titles of older reports, questions, labels, titles in capitals,
//! exclamations, titles with the outlet's name or a second headline attached, and titles of articles that are not news.
//! Only a title that is empty or longer than [`LONGEST_HEADLINE`] words is excluded.

use std::collections::BTreeSet;

use crate::article::{ArticleIx, Published};
use crate::budget::words;
use crate::identity::{Outlets, facts};
use crate::language::Language;
use crate::score::{self, Score};
use crate::stories::general_text::GeneralText;
use crate::stories::kind::Kind;
use crate::stories::sketch::Sketch;
use crate::text::packs::{Folder, OfFolder, folder_index, section};
use crate::text::{Document, LocalTerm, TokenKind};

/// Returns the article with the best headline, or the one with the smallest id if no title can be a headline.
///
/// `independent` holds the members that are not near-copies of another member; only their words are counted.
pub(crate) fn choose(
    sketches: &[Sketch],
    members: &[ArticleIx],
    independent: &[ArticleIx],
) -> ArticleIx {
    if let [only] = *members {
        return only;
    }
    let shares = Shares::new(sketches, members, independent);
    let days = members.iter().filter_map(|&a| sketches[a].published()).map(Published::day);
    let newest = days.max();
    let best = members.iter().filter(|&&a| is_headline(sketches[a].title())).max_by_key(|&&a| {
        let sketch = &sketches[a];
        let fit = centrality(sketch, &shares)
            * (LEDE_FREE + (1.0 - LEDE_FREE) * sketch.title_in_lede())
            * fitness(sketch)
            * score::fading(Published::days_behind(sketch.published(), newest), A_DAY);
        let newest = sketch.published().map(Published::timestamp);
        (Score::new(fit), newest, std::cmp::Reverse(sketch.id()))
    });
    // If no title can be a headline, the choice is arbitrary, but it does not depend on the order of the input.
    let by_id = |&&a: &&ArticleIx| sketches[a].id();
    best.or_else(|| members.iter().min_by_key(by_id)).copied().unwrap_or_default()
}

/// Returns whether a title can be a headline: it is not empty, and it is not so long that it must be a whole text, as
/// in feeds that repeat the text of a post as its title.
pub(crate) fn is_headline(title: &str) -> bool {
    !title.trim().is_empty() && words(title) <= LONGEST_HEADLINE
}

/// The maximum number of words in a headline, the same as in a sentence of a summary.
const LONGEST_HEADLINE: usize = 100;

/// How fast a title loses value with each day by which its report is older than the newest: what it announces has
/// happened since.
const A_DAY: f64 = 0.3;

/// For each term of a title, shortened as in a [`Report`](facts::Report), the share of the articles that contain it;
/// sorted by term.
struct Shares(Vec<(u32, f64)>);

impl Shares {
    fn new(sketches: &[Sketch], members: &[ArticleIx], independent: &[ArticleIx]) -> Self {
        let title = |&article: &ArticleIx| sketches[article].title_terms();
        let mut terms: Vec<u32> = members.iter().flat_map(title).map(facts::shortened).collect();
        terms.sort_unstable();
        terms.dedup();
        let mut shares: Vec<(u32, f64)> = terms.into_iter().map(|term| (term, 0.0)).collect();
        for &article in independent {
            for term in sketches[article].print().report().words() {
                if let Ok(at) = shares.binary_search_by_key(term, |(term, _)| *term) {
                    shares[at].1 += 1.0 / independent.len() as f64;
                }
            }
        }
        Self(shares)
    }

    fn get(&self, term: u64) -> f64 {
        let term = facts::shortened(term);
        self.0.binary_search_by_key(&term, |(term, _)| *term).map_or(0.0, |at| self.0[at].1)
    }
}

/// Returns how well a title covers the story.
fn centrality(sketch: &Sketch, shares: &Shares) -> f64 {
    let general = GeneralText::for_language(sketch.lang());
    let (mut told, mut length) = (0.0, 0.0);
    for term in sketch.title_terms() {
        let rarity = -score::ln(general.frequency_of_hash(term));
        told += rarity * rarity * shares.get(term);
        length += rarity * rarity;
    }
    if 0.0 < length { told / score::sqrt(length) } else { 0.0 }
}

/// Returns the distinct content terms of a title, in the order of the document's terms.
fn content_terms(document: &Document) -> Vec<LocalTerm> {
    let content = document.title.iter().filter(|t| t.kind != TokenKind::Stop);
    let mut terms: Vec<LocalTerm> = content.map(|t| t.term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Returns the product of all score multipliers of a title.
fn fitness(sketch: &Sketch) -> f64 {
    fitness_of(sketch.title(), sketch.lang(), sketch.outlet(), sketch.commentary())
}

/// Returns the product of all score multipliers of a title whose article has the given probability of being commentary.
pub(crate) fn fitness_of(
    title: &str,
    language: Language,
    outlet: Option<&str>,
    commentary: f64,
) -> f64 {
    let title = title.trim();
    let flaws = FLAWS.iter().filter(|(is_flawed, _)| is_flawed(title)).map(|(_, left)| left);
    let bait = if is_bait(title, language) { BAIT } else { 1.0 };
    let kind = 1.0 - (1.0 - NO_NEWS) * commentary;
    let glued = if has_outlet(title, outlet) { GLUED } else { 1.0 };
    flaws.product::<f64>() * bait * kind * glued
}

/// Returns whether a title is a question, clickbait or the title of a guide rather than that of a report.
pub(crate) fn lures(sketch: &Sketch) -> bool {
    let title = sketch.title().trim();
    is_question(title) || is_bait(title, sketch.lang()) || sketch.kind() == Kind::Guide
}

/// Returns the share of the content words of a title that the first sentences of its article repeat.
pub(crate) fn share_in_lede(document: &Document) -> f64 {
    let title = content_terms(document);
    let lede = document.sentences.iter().take(LEDE).flat_map(|s| document.tokens_of(s));
    let lede: BTreeSet<LocalTerm> = lede.map(|token| token.term).collect();
    let repeated = title.iter().filter(|term| lede.contains(term)).count();
    repeated as f64 / title.len().max(1) as f64
}

/// The number of sentences at the start of an article that report its event.
const LEDE: usize = 2;

/// The score multiplier for a title none of whose words the lede repeats.
const LEDE_FREE: f64 = 0.6;

/// The score multiplier for the title of an article that is certainly not news.
const NO_NEWS: f64 = 0.6;

/// The score multiplier for a title with the outlet's name or a second headline attached.
const GLUED: f64 = 0.7;

/// Returns whether the part of a title after its last separator is the outlet: `… | Dell Post`, `… - dellpost.com`.
fn has_outlet(title: &str, outlet: Option<&str>) -> bool {
    let last = [" | ", " - ", " – ", " — ", " : ", " :: "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator).map(|(_, last)| last));
    let Some(last) = last.min_by_key(|last| last.len()) else { return false };
    outlet.is_some_and(|name| Outlets::default().are_one(name, last))
}

type Flaw = (fn(&str) -> bool, f64);

/// The score multiplier for clickbait titles.
const BAIT: f64 = 0.6;

/// The flaws of headlines in any language, with their score multipliers.
const FLAWS: &[Flaw] = &[
    (is_question, 0.6),
    (is_labelled, 0.7),
    (is_shouted, 0.7),
    (is_unfinished, 0.7),
    (is_long, 0.7),
    (is_terse, 0.6),
    (is_garbled, 0.3),
    (is_quotation, 0.7),
    (is_two_headlines, GLUED),
];

fn is_question(title: &str) -> bool {
    title.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['?', '？', '؟', ';'])
}

/// Returns whether a title starts with a newsroom label in capitals, before a dash, colon or bar: `UPDATE 1-…`, `LIVE:
/// …`.
fn is_labelled(title: &str) -> bool {
    let Some(end) = title.find(['-', ':', '|', '–', '—']) else { return false };
    let label = title.get(..end).unwrap_or("").trim();
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let is_short = label.split_whitespace().count() <= 3;
    is_short && 3 < letters && !label.chars().any(char::is_lowercase)
}

/// Returns whether a title was decoded with the wrong encoding (`DoesnÃ¢â‚¬â„¢t`) or contains a replacement character.
fn is_garbled(title: &str) -> bool {
    ["Ã¢", "â€", "Ã©", "Ã¼", "Ã¶", "Ã¤", "Â\u{a0}", "\u{fffd}"]
        .iter()
        .any(|garble| title.contains(garble))
}

/// Returns whether a title consists only of a quotation.
fn is_quotation(title: &str) -> bool {
    title.starts_with(['"', '“', '„', '«', '\'', '‘'])
        && title.ends_with(['"', '”', '“', '»', '\'', '’'])
}

/// Returns whether a title contains more than one headline: `Bridge shuts. Mayor resigns`, `Bridge shuts | Harbour`,
/// `Landslide! Party wins`.
fn is_two_headlines(title: &str) -> bool {
    let has_bar = title.contains(" | ") || title.contains(" // ");
    let mut words = title.split_whitespace().peekable();
    let mut ends_inside = false;
    while let Some(word) = words.next() {
        // Short words with a full stop are abbreviations: `St. Dell`, `U.S. court`.
        let is_end = word.ends_with(['!', '?']) || word.ends_with('.') && word.chars().count() > 4;
        let inner_stop = word.trim_end_matches('.').contains('.');
        ends_inside |= is_end && !inner_stop && words.peek().is_some();
    }
    has_bar || ends_inside
}

/// Returns whether most letters of a title are capitals, or a word in capitals is too long for an acronym.
fn is_shouted(title: &str) -> bool {
    let is_cry = |word: &str| {
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        5 < letters.chars().count() && letters.chars().all(char::is_uppercase)
    };
    title.split_whitespace().any(is_cry) || is_in_capitals(title)
}

fn is_in_capitals(title: &str) -> bool {
    let upper = title.chars().filter(|c| c.is_uppercase()).count();
    let lower = title.chars().filter(|c| c.is_lowercase()).count();
    lower < upper && 8 < upper
}

/// The clickbait phrases of a language (`headlines.txt`), and the words that address the reader (from both
/// `headlines.txt` and `discourse.txt`).
struct Lures {
    promises: Vec<&'static str>,
    address: Vec<&'static str>,
}

impl Lures {
    /// Returns the phrases of a language; empty if there are none.
    fn for_language(language: Language) -> &'static Self {
        static ALL: OfFolder<Lures> = OfFolder::new();
        ALL.get(folder_index(language), Self::from_folder)
    }

    fn from_folder(folder: &Folder) -> Self {
        let promises = section(folder.headlines, "promises").collect();
        let files = [folder.discourse, folder.headlines];
        let address = files.into_iter().flat_map(|file| section(file, "address")).collect();
        Self { promises, address }
    }
}

/// Returns whether a title is clickbait, such as `You won't …` or `Here's why …`, or an exclamation.
fn is_bait(title: &str, language: Language) -> bool {
    if title.ends_with(['!', '！']) {
        return true;
    }
    let lures = Lures::for_language(language);
    let lower = title.to_lowercase().replace('’', "'");
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |start: &str| {
        let rest = lower.strip_prefix(start);
        rest.is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    };
    lures.promises.iter().any(|start| begins(start))
        || lower.split_whitespace().any(|word| lures.address.contains(&word))
}

fn is_unfinished(title: &str) -> bool {
    title.ends_with('…') || title.ends_with("...")
}

fn is_long(title: &str) -> bool {
    18 < title.split_whitespace().count() || 140 < title.chars().count()
}

fn is_terse(title: &str) -> bool {
    let words = title.split_whitespace().count();
    words < 4 && title.chars().count() < 24 && title.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::{FLAWS, fitness};
    use crate::article::Article;
    use crate::language::Language;
    use crate::stories::sketch::Sketch;

    fn english_fitness(title: &str) -> f64 {
        fitness_of(title, Language::ENGLISH)
    }

    fn fitness_of(title: &str, lang: Language) -> f64 {
        let article = Article { title: title.to_owned(), lang, ..Article::default() };
        fitness(&Sketch::from_article(&article))
    }

    #[test]
    fn lures_are_known_in_each_language() {
        for (lang, title, plain) in [
            ("sv", "Nu ska du få en ny bro över hamnen", "Hamnen ska få en ny bro på måndag"),
            ("de", "Warum die Brücke schließen muss", "Wiener Brücke muss schließen"),
            ("de", "7 Gründe gegen die neue Brücke", "7 Verletzte auf der neuen Brücke"),
            ("fr", "Voici ce qui attend le pont du port", "Cent voix contre le pont du port"),
            ("es", "Por qué el puente tiene que cerrar", "Por unanimidad cierran el puente"),
            ("es", "¿Así cierra el puente del puerto", "El puente del puerto cierra el lunes"),
        ] {
            let lang = Language::parse(lang).unwrap();
            assert!(fitness_of(title, lang) < fitness_of(plain, lang), "{title}");
        }
    }

    #[test]
    fn plain_headlines_are_not_marked_down() {
        for title in [
            "Council votes to close the harbour bridge for repairs",
            "US-EU talks end without a deal",
            "Miners' union rejects \"insulting\" pay offer",
            "港口大桥关闭",
            "U.S. court lets St. Dell close its bridge",
            "Mayor J.R. Okland closes the harbour bridge",
        ] {
            assert!((english_fitness(title) - 1.0).abs() < 1e-9, "{title}");
        }
    }

    #[test]
    fn poor_headlines_are_marked_down() {
        for title in [
            "Will the harbour bridge close?",
            "UPDATE 1-Council votes to close the harbour bridge",
            "LIVE: council votes to close the harbour bridge",
            "COUNCIL VOTES TO CLOSE THE HARBOUR BRIDGE",
            "7 things to know about the harbour bridge",
            "Why the harbour bridge has to close",
            "You will not believe what the council did to the bridge",
            "Council votes to close the harbour …",
            "Harbour bridge",
            "Shock! Council votes to close the harbour bridge",
            "Council votes to close the harbour bridge | News",
            "Bridge closes on Monday. Mayor defends the vote of the council",
            "Council REFUSES to keep the harbour bridge open",
            "Opinion: the council is right to close the bridge",
            "'The bridge has to close on Monday'",
            "Council doesnâ€™t want to close the harbour bridge",
        ] {
            assert!(english_fitness(title) < 1.0, "{title}");
        }
        assert!(FLAWS.iter().all(|(_, left)| 0.0 < *left && *left < 1.0));
    }
}
