//! The quotations of a story, extracted again for comparison with those of a briefing.

use crate::article::ArticleIx;
use crate::briefing::model::QuoteEntry;
use crate::briefing::sentences_of;
use crate::quotes::{self, Confidence, KeyQuote, Place, QuoteKind, Speaker};
use crate::text::Collection;

/// The quotations in the articles of a story: each by itself, and with the versions of one quotation merged.
pub(super) struct Attribution {
    merged: Vec<KeyQuote>,
    single: Vec<Single>,
}

/// A direct or mixed quotation of one article.
struct Single {
    parts: Vec<Place>,
    /// The sentences of each part.
    sentences: Vec<Vec<Place>>,
    speaker: Option<Speaker>,
    rule: &'static str,
    confidence: Confidence,
}

/// The attribution of a quotation that was extracted again.
pub(super) struct Anew<'a> {
    pub(super) speaker: Option<&'a Speaker>,
    pub(super) rule: &'a str,
    pub(super) confidence: Confidence,
    /// The versions in other articles, if the quotation leads a group of merged ones.
    pub(super) variants: &'a [Place],
}

impl Attribution {
    pub(super) fn new(collection: &Collection, articles: &[ArticleIx]) -> Self {
        let mut articles = articles.to_vec();
        articles.sort_by_key(|&a| &collection.articles[a].id);
        let found = quotes::of_story(collection, &articles);
        let merged = quotes::merge(collection, &articles, &found, &[]);
        let mut single = Vec::new();
        for (&article, quotes) in articles.iter().zip(found) {
            for quote in quotes.into_iter().filter(|q| q.kind != QuoteKind::Indirect) {
                let parts = quote.content.iter().map(|&span| Place { article, span });
                let parts: Vec<Place> = parts.collect();
                single.push(Single {
                    sentences: parts.iter().map(|&p| sentences_of(collection, p)).collect(),
                    parts,
                    speaker: quote.speaker,
                    rule: quote.rule,
                    confidence: quote.confidence,
                });
            }
        }
        Self { merged, single }
    }

    /// Returns the quotation that consists of these parts. If there is only one part, and it is a run of whole
    /// sentences within a longer part, returns the quotation that has the longer part.
    pub(super) fn find(&self, parts: &[Place]) -> Option<Anew<'_>> {
        self.find_where(|all| all == parts).or_else(|| match parts {
            [run] => {
                let whole = self.abridged(*run)?;
                self.find_where(|all| all.contains(&whole))
            }
            _ => None,
        })
    }

    fn find_where(&self, is_it: impl Fn(&[Place]) -> bool) -> Option<Anew<'_>> {
        if let Some(quote) = self.merged.iter().find(|q| is_it(&q.excerpts)) {
            return Some(Anew {
                speaker: quote.speaker.as_ref(),
                rule: quote.rule,
                confidence: quote.confidence,
                variants: &quote.variants,
            });
        }
        let quote = self.single.iter().find(|q| is_it(&q.parts))?;
        Some(Anew {
            speaker: quote.speaker.as_ref(),
            rule: quote.rule,
            confidence: quote.confidence,
            variants: &[],
        })
    }

    /// Returns whether a range is exactly one part of a quotation, or a run of whole sentences within one part.
    pub(super) fn is_part(&self, place: Place) -> bool {
        let merged = self.merged.iter().flat_map(|q| q.excerpts.iter().chain(&q.variants));
        let mut all = merged.chain(self.single.iter().flat_map(|q| &q.parts));
        all.any(|p| *p == place) || self.abridged(place).is_some()
    }

    /// Returns the part of a quotation in which a range is a run of whole sentences.
    fn abridged(&self, run: Place) -> Option<Place> {
        let begins = |sentence: &Place| {
            sentence.article == run.article && sentence.span.start() == run.span.start()
        };
        let ends = |sentence: &Place| sentence.span.end() == run.span.end();
        let parts = self.single.iter().flat_map(|q| q.parts.iter().zip(&q.sentences));
        let mut whole = parts.filter(|(_, sentences)| {
            let first = sentences.iter().position(begins);
            first.is_some_and(|first| sentences[first..].iter().any(ends))
        });
        whole.next().map(|(part, _)| *part)
    }
}

/// Describes how the attribution of a quote differs from the extracted one; returns `None` if the two agree.
pub(super) fn difference(quote: &QuoteEntry, anew: &Anew<'_>) -> Option<String> {
    if !is_same(quote.speaker.as_ref(), anew.speaker) {
        let source = anew.speaker.map_or_else(|| "nobody".to_owned(), in_full);
        let given = quote.speaker.as_ref().map_or_else(|| "nobody".to_owned(), in_full);
        return Some(format!("attributed to {given}; the sources attribute it to {source}"));
    }
    if quote.rule != anew.rule || quote.confidence != anew.confidence {
        return Some(format!(
            "recorded with the rule {:?} and confidence {:?}, but found with the rule {:?} and confidence {:?}",
            quote.rule, quote.confidence, anew.rule, anew.confidence
        ));
    }
    None
}

/// Returns whether a briefing names the same speaker as the sources; a role that it leaves out is not an error.
fn is_same(given: Option<&Speaker>, found: Option<&Speaker>) -> bool {
    let left_out = |given: &Speaker, found: &Speaker| {
        given.role.is_none() && Speaker { role: found.role.clone(), ..given.clone() } == *found
    };
    given == found || given.zip(found).is_some_and(|(given, found)| left_out(given, found))
}

fn in_full(speaker: &Speaker) -> String {
    match &speaker.role {
        Some(role) => format!("{:?} ({role})", speaker.name),
        None => format!("{:?}", speaker.name),
    }
}
