//! The laws of quotations on any text: ranges of the text, inside marks unless indirect, and no speaker without a source.
//! The first byte chooses the language.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::quotes::{self, Confidence, QuoteKind};
use nutgraf::text::annotate;
use nutgraf_fuzz::one_article;

fuzz_target!(|bytes: &[u8]| {
    let Some(article) = one_article(bytes) else { return };
    let quoted: Vec<_> = article.blocks.iter().flat_map(|b| quotes::quoted(&article.text, b.span)).collect();
    for quote in quotes::extract(&article, &annotate(&article)) {
        assert!(!quote.content.is_empty() && quote.content.is_sorted());
        for span in quote.content.iter().chain(&quote.cue).chain(&quote.source) {
            assert!(span.get(&article.text).is_some_and(|t| !t.is_empty() && t.trim() == t));
        }
        assert!(quote.kind == QuoteKind::Indirect || quote.content.iter().all(|c| quoted.contains(c)));
        assert!(quote.source.is_none_or(|s| quote.content.iter().all(|c| !c.overlaps(s))));
        assert!(quote.speaker.is_none() || quote.source.is_some());
        assert!(quote.speaker.is_some() || quote.confidence == Confidence::Low);
    }
});
