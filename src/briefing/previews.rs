//! Detects previews that a report supersedes: "The mayor will open the bridge on Friday" beside "On Friday the mayor
//! opened the bridge".
//!
//! An article is a preview if its opening sentence names a weekday and announces something in the same clause. The
//! sentences "opened the bridge on Friday, so that ferries will rest" and "opened on Friday a bridge that will carry
//! trains" are not previews: the event on Friday is in the past. A preview is superseded if another article of the
//! story, from the same day or later, opens with the same weekday and several words of the preview but announces
//! nothing. The headline and the sentences of the preview are then left out, because they would present a past event as
//! a coming one.
//!
//! Known limits: a preview is not recognized if the `discourse.txt` of its language lacks the section `weekdays` or
//! `announcements`, if its future tense is marked by an ending (`votera`), or if it names no weekday.

use std::collections::BTreeSet;

use crate::article::{ArticleIx, Published};
use crate::briefing::corroboration::terms_of;
use crate::budget::words;
use crate::stories::kind;
use crate::text::packs::discourse;
use crate::text::{Collection, TermId};

/// The minimum number of content words that a report must share with the preview.
const SHARED: usize = 3;

/// The minimum number of words in an opening sentence: labels and captions are shorter.
const LEAST_WORDS: usize = 10;

/// The opening sentence of an article.
struct Opening {
    article: ArticleIx,
    published: Option<Published>,
    terms: Vec<TermId>,
    weekdays: BTreeSet<String>,
    announces: bool,
}

/// The superseded previews among the articles of a story, and the reports that supersede them, both sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Previews {
    /// The previews that are superseded.
    pub(super) overtaken: Vec<ArticleIx>,
    /// The reports that supersede a preview.
    pub(super) reports: Vec<ArticleIx>,
}

impl Previews {
    /// Finds superseded previews by comparing the openings of some articles.
    pub(super) fn among(collection: &Collection, articles: &[ArticleIx]) -> Self {
        let openings: Vec<Opening> =
            articles.iter().filter_map(|&article| opening(collection, article)).collect();
        let mut found = Self::default();
        for preview in openings.iter().filter(|opening| opening.announces) {
            let reports = openings.iter().filter(|report| overtakes(report, preview));
            let reports: Vec<ArticleIx> = reports.map(|report| report.article).collect();
            if !reports.is_empty() {
                found.overtaken.push(preview.article);
                found.reports.extend(reports);
            }
        }
        for list in [&mut found.overtaken, &mut found.reports] {
            list.sort_unstable();
            list.dedup();
        }
        found
    }

    /// Returns whether an article is a superseded preview.
    pub(super) fn contains(&self, article: ArticleIx) -> bool {
        self.overtaken.binary_search(&article).is_ok()
    }
}

/// Returns whether a report covers the event that a preview announces.
fn overtakes(report: &Opening, preview: &Opening) -> bool {
    let day = |opening: &Opening| opening.published.map(Published::day);
    let is_later = day(preview).zip(day(report)).is_some_and(|(before, after)| before <= after);
    let shared = report.terms.iter().filter(|term| preview.terms.binary_search(term).is_ok());
    !report.announces
        && is_later
        && !report.weekdays.is_disjoint(&preview.weekdays)
        && SHARED <= shared.count()
}

/// Reads the opening of a news article: its first sentence that is long enough.
fn opening(collection: &Collection, article: ArticleIx) -> Option<Opening> {
    let source = &collection.articles[article];
    let discourse = discourse(source.lang)?;
    if !kind::of_article(source).is_news() {
        return None;
    }
    let document = &collection.corpus.documents[article];
    let is_long = |n: &usize| LEAST_WORDS <= words(collection.sentence_text(article, *n));
    let first = (0..document.sentences.len()).find(is_long)?;
    let is_weekday = |word: &String| discourse.weekdays.contains(word);
    let announces = |part: &Vec<String>| {
        let day = part.iter().position(is_weekday);
        let plan = part.iter().position(|word| discourse.announcements.contains(word));
        let opens_clause = |word: &String| {
            discourse.relative.contains(word) || discourse.pointing[0].0.contains(word)
        };
        day.zip(plan).is_some_and(|(day, plan)| !(day..plan).any(|at| opens_clause(&part[at])))
    };
    let parts: Vec<Vec<String>> = collection
        .sentence_text(article, first)
        .split([',', '，', '、', '،'])
        .map(folded)
        .collect();
    let weekdays: BTreeSet<String> =
        parts.iter().flatten().filter(|word| is_weekday(word)).cloned().collect();
    let mut terms = terms_of(collection, article, &document.sentences[first]);
    let is_day = |term: &TermId| weekdays.contains(collection.corpus.term(*term));
    terms.retain(|term| !is_day(term));
    Some(Opening {
        article,
        published: source.published,
        terms,
        weekdays,
        announces: parts.iter().any(announces),
    })
}

/// Returns the words of a part of a sentence in lower case.
fn folded(part: &str) -> Vec<String> {
    part.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Previews;
    use crate::article::{Article, Published};
    use crate::language::Language;
    use crate::text::Collection;

    fn article(id: &str, lang: &str, day: &str, text: &str) -> Article {
        let (lang, day) = (Language::parse(lang).unwrap(), Published::parse(day).unwrap());
        Article::builder(text).id(id).lang(lang).published(day).build()
    }

    #[test]
    fn a_report_overtakes_what_announced_its_event() {
        for (lang, first, second, expected) in [
            (
                "en",
                "Mayor Ada Brandt on Friday will open the new bridge over the river Lenn to the public.",
                "Mayor Ada Brandt opened the new bridge over the river Lenn on Friday, in heavy rain.",
                true,
            ),
            (
                "en",
                "Ada Brandt Sunday in a long speech to the port workers of Lenn is expected to call for calm.",
                "Standing before the port workers of Lenn on Sunday, Ada Brandt called for calm in a short speech.",
                true,
            ),
            (
                "de",
                "Bürgermeisterin Ada Brandt will am Freitag die neue Brücke über die Lenn für alle öffnen.",
                "Bürgermeisterin Ada Brandt hat am Freitag die neue Brücke über die Lenn bei Regen eröffnet.",
                true,
            ),
            (
                "es",
                "La alcaldesa Ada Brandt va a abrir el viernes el nuevo puente sobre el río Lenn al público.",
                "La alcaldesa Ada Brandt abrió el viernes el nuevo puente sobre el río Lenn bajo la lluvia.",
                true,
            ),
            // The event is in the past; only its consequence is in the future.
            (
                "en",
                "Mayor Ada Brandt opened the new bridge over the Lenn on Friday, so that ferries will rest.",
                "Mayor Ada Brandt opened the new bridge over the river Lenn on Friday, in heavy rain.",
                false,
            ),
            (
                "en",
                "Ada Brandt on Friday opened a new bridge over the Lenn that will carry trains to the port.",
                "Mayor Ada Brandt opened the new bridge over the river Lenn on Friday, in heavy rain.",
                false,
            ),
            // The second article is about another weekday, or about another event on the same day.
            (
                "en",
                "Mayor Ada Brandt on Friday will open the new bridge over the river Lenn to the public.",
                "Mayor Ada Brandt opened the new bridge over the river Lenn on Monday, in heavy rain.",
                false,
            ),
            (
                "en",
                "Mayor Ada Brandt on Friday will open the new bridge over the river Lenn to the public.",
                "Fishermen found a stranded whale on the beach of Orra on Friday after a long search.",
                false,
            ),
        ] {
            let articles = vec![
                article("a", lang, "2026-03-06", first),
                article("b", lang, "2026-03-06", second),
            ];
            let previews = Previews::among(&Collection::build(articles), &[0, 1]);
            assert_eq!(previews.contains(0), expected, "{first}");
            assert!(!previews.contains(1), "{second}");
        }
    }

    #[test]
    fn an_older_report_overtakes_nothing() {
        let preview =
            "Mayor Ada Brandt on Friday will open the new bridge over the river Lenn again.";
        let report =
            "Mayor Ada Brandt opened the new bridge over the river Lenn on Friday, in rain.";
        let articles = vec![
            article("a", "en", "2026-03-12", preview),
            article("b", "en", "2026-03-06", report),
        ];
        assert!(!Previews::among(&Collection::build(articles), &[0, 1]).contains(0));
    }
}
