//! Checks the invariants of quotations for any text: they are ranges of the text, they follow a mark unless they are
//! indirect, and there is no speaker without an attribution. The first byte selects the language.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::quotes::{self, Confidence, QuoteKind};
use nutgraf::span::slice;
use nutgraf::text::annotate;
use nutgraf_fuzz::one_article;

/// Characters that open a quotation: a mark, the dash of dialogue, the colon of an interview.
const OPENING: &str = "\"'`“”„‟‘‚«»‹›「『—–―:：";

fuzz_target!(|bytes: &[u8]| {
    let Some(article) = one_article(bytes) else { return };
    for quote in quotes::extract(&article, &annotate(&article)) {
        assert!(!quote.content.is_empty() && quote.content.is_sorted());
        for span in quote.content.iter().chain(&quote.cue).chain(&quote.source) {
            assert!(span.get(&article.text).is_some_and(|t| !t.is_empty() && t.trim() == t));
        }
        for part in quote.content.iter().filter(|_| quote.kind != QuoteKind::Indirect) {
            let before = slice(&article.text, 0, part.start());
            // A paragraph may continue a quotation.
            let begins = before.trim_end_matches(' ').ends_with('\n');
            let mark = before.trim_end().chars().next_back();
            assert!(begins || mark.is_some_and(|c| OPENING.contains(c)), "{mark:?}");
        }
        assert!(quote.source.is_none_or(|s| quote.content.iter().all(|c| !c.overlaps(s))));
        assert!(quote.speaker.is_none() || quote.source.is_some());
        assert!(quote.speaker.is_some() || quote.confidence == Confidence::Low);
    }
});
