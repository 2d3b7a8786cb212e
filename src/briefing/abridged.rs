//! Abridgment: reduces a long quotation to the sentences that are worth their words in a briefing.
//!
//! A statement of a hundred words would not fit beside the rest of its story, and a short but weak remark would be
//! shown instead. Therefore a briefing shows only one run of consecutive whole sentences of a long quotation, without
//! an ellipsis: the run that has the most words in common with the titles of the story. On a tie, it shows the run that
//! starts first and, if several start there, the longest of them.
//!
//! A run starts with a sentence that can be understood without the one before it. A quotation without such a run is not
//! abridged.
//!
//! Known limits: the run may leave out a sentence that states a condition; other versions of the quotation are kept
//! only if they contain the run word for word.

use crate::briefing::taken_back::is_taken_back;
use crate::budget::words;
use crate::quotes::{KeyQuote, Place, QuoteKind};
use crate::span::Span;
use crate::summary;
use crate::text::{Collection, TermId, TokenKind};

/// The length in words above which a quotation is abridged, and the maximum length of the abridged quotation.
///
/// A reader takes in about thirty words of speech at once; real news often quotes sixty or more words of one statement.
const LONG: usize = 34;

/// The minimum number of words in a run.
const LEAST_WORDS: usize = 8;

/// Abridges a direct quotation that is too long for a briefing; `titles` holds the terms of the story's titles, sorted.
pub(super) fn abridge(collection: &Collection, quote: &mut KeyQuote, titles: &[TermId]) {
    let length = |q: &KeyQuote| q.excerpts.iter().map(|p| words(text_of(collection, *p))).sum();
    let length: usize = length(quote);
    if length <= LONG || quote.kind != QuoteKind::Direct {
        return;
    }
    let mut best: Option<(usize, Place)> = None;
    for (n, excerpt) in quote.excerpts.iter().enumerate() {
        let next = quote.excerpts.get(n + 1);
        for run in runs(collection, *excerpt, next.copied()) {
            let worth = titles_in(collection, run, titles);
            if best.is_none_or(|(most, _)| most < worth) {
                best = Some((worth, run));
            }
        }
    }
    let Some((_, run)) = best else { return };
    quote.excerpts = vec![run];
    let told = folded(text_of(collection, run));
    quote.variants.retain(|variant| folded(text_of(collection, *variant)).contains(&told));
}

/// Returns the runs of whole sentences of an excerpt that may be shown alone, ordered by their start and then by
/// descending length.
fn runs(collection: &Collection, excerpt: Place, next: Option<Place>) -> Vec<Place> {
    let mut sentences = sentences_of(collection, excerpt);
    // The first part of `“The bridge,” she said, “is closed”` is not a sentence.
    let goes_on = next.is_some_and(|next| begins_in_lower_case(text_of(collection, next)));
    if goes_on {
        sentences.pop();
    }
    let language = collection.articles[excerpt.article].lang;
    let mut runs = Vec::new();
    for first in 0..sentences.len() {
        let opening = text_of(collection, sentences[first]);
        if begins_in_lower_case(opening) || summary::depends_in_speech(opening, language) {
            continue;
        }
        for last in (first..sentences.len()).rev() {
            let span = Span::new(sentences[first].span.start(), sentences[last].span.end());
            let run = Place { article: excerpt.article, span };
            let is_short = (LEAST_WORDS..=LONG).contains(&words(text_of(collection, run)));
            if is_short && !is_taken_back(collection, run) {
                runs.push(run);
            }
        }
    }
    runs
}

/// Returns the sentences of an excerpt, each without the words outside the quotation marks.
pub(crate) fn sentences_of(collection: &Collection, excerpt: Place) -> Vec<Place> {
    let document = &collection.corpus.documents[excerpt.article];
    let from = document.sentences.partition_point(|s| s.span.end() <= excerpt.span.start());
    let inside = document.sentences[from..].iter();
    let inside = inside.take_while(|s| s.span.start() < excerpt.span.end());
    let clipped = inside.map(|s| Place {
        article: excerpt.article,
        span: Span::new(
            s.span.start().max(excerpt.span.start()),
            s.span.end().min(excerpt.span.end()),
        ),
    });
    clipped.collect()
}

/// Counts the distinct title terms that a range contains.
fn titles_in(collection: &Collection, place: Place, titles: &[TermId]) -> usize {
    let terms = content_terms(collection, place);
    terms.iter().filter(|term| titles.binary_search(term).is_ok()).count()
}

/// Returns the distinct content terms of a range, sorted.
pub(super) fn content_terms(collection: &Collection, place: Place) -> Vec<TermId> {
    let document = &collection.corpus.documents[place.article];
    let first = document.tokens.partition_point(|t| t.span.start() < place.span.start());
    let inside = document.tokens[first..].iter();
    let inside = inside.take_while(|t| t.span.end() <= place.span.end());
    let content = inside.filter(|t| t.kind != TokenKind::Stop);
    let mut terms: Vec<TermId> =
        content.map(|t| collection.corpus.id(place.article, t.term)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn begins_in_lower_case(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Returns the letters and digits of a text in lower case, for comparison.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn text_of(collection: &Collection, place: Place) -> &str {
    place.span.slice(&collection.articles[place.article].text)
}

#[cfg(test)]
mod tests {
    use super::abridge;
    use crate::article::{Article, Block, BlockKind};
    use crate::briefing::quotations::title_terms;
    use crate::language::Language;
    use crate::quotes;
    use crate::span::Span;
    use crate::text::Collection;

    /// Returns the excerpts of the first quotation in a text after abridgment.
    fn abridged(lang: &str, title: &str, text: &str) -> Vec<String> {
        let article = Article {
            lang: Language::parse(lang).unwrap(),
            title: title.to_owned(),
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
            ..Article::default()
        };
        let collection = Collection::build(vec![article]);
        let mut keys = quotes::merge(&collection, &[0], &quotes::of_story(&collection, &[0]), &[]);
        let quote = keys.first_mut().unwrap();
        abridge(&collection, quote, &title_terms(&collection, &[0]));
        quote.excerpts.iter().map(|p| p.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn a_long_statement_is_shown_by_the_sentences_about_the_headline() {
        let aside = "I have spoken with many people in the town this week and I thank all of them for their \
                     patience and their good advice.";
        let told = "The bridge over the Lenn stays shut until the cables are new.";
        for (text, expected) in [
            (format!("“{aside} {told}” Mayor Ada Brandt said."), told),
            (
                format!("“{aside} {told} That was all.” said Mayor Ada Brandt."),
                "until the cables are new. That",
            ),
            (format!("“{told} {aside}” Mayor Ada Brandt said."), told),
        ] {
            let parts = abridged("en", "Bridge over the Lenn stays shut", &text);
            assert_eq!(parts.len(), 1, "{text}");
            assert!(parts[0].contains(expected), "{parts:?}");
            assert!(!parts[0].contains("patience"), "{parts:?}");
        }
        let german = "„Ich habe in dieser Woche mit sehr vielen Menschen in der Stadt gesprochen und danke ihnen \
                      allen für ihre Geduld und für ihren guten Rat. Die Brücke über die Lenn bleibt gesperrt, bis \
                      die Seile neu sind“, sagte Bürgermeisterin Ada Brandt.";
        let parts = abridged("de", "Brücke über die Lenn bleibt gesperrt", german);
        assert_eq!(parts, ["Die Brücke über die Lenn bleibt gesperrt, bis die Seile neu sind"]);
    }

    #[test]
    fn short_ones_and_those_of_one_sentence_stay_whole() {
        let short = "“The bridge stays shut. The cables are old.” Mayor Ada Brandt said.";
        assert_eq!(
            abridged("en", "Bridge shut", short),
            ["The bridge stays shut. The cables are old."]
        );
        let one = "“I have spoken with many people in the town this week about the bridge and the ferries and the \
                   road to Orra and I thank all of them for their patience and for their good advice in these days,” \
                   Mayor Ada Brandt said.";
        assert_eq!(abridged("en", "Bridge shut", one).len(), 1);
        assert!(abridged("en", "Bridge shut", one)[0].ends_with("in these days,"));
    }

    #[test]
    fn a_run_begins_with_a_sentence_that_is_understood_alone() {
        let text = "“We met with the engineers and the ferry crews and the council of the island on three evenings \
                    in this very hall. That was why the bridge over the Lenn stays shut for the whole summer now. I \
                    want the bridge to open before the first snow falls.” Mayor Ada Brandt said.";
        let parts = abridged("en", "Bridge over the Lenn stays shut", text);
        assert_eq!(parts, ["I want the bridge to open before the first snow falls."]);
    }
}
