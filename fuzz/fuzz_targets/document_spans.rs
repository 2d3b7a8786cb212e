//! Checks the invariants of sentences and tokens for any text in any language; the first byte selects the language.
//!
//! `cargo fuzz run document_spans` (needs nightly, or `RUSTC_BOOTSTRAP=1` with `--sanitizer none`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::BlockKind;
use nutgraf::text::annotate;
use nutgraf_fuzz::one_article;

fuzz_target!(|bytes: &[u8]| {
    let Some(article) = one_article(bytes) else { return };
    let document = annotate(&article);
    let mut covered = vec![false; article.text.len()];
    let mut end = 0;
    for sentence in &document.sentences {
        let block = article.blocks[sentence.block as usize];
        assert!(block.kind.has_sentences() && block.span.contains(sentence.span));
        assert!(end <= sentence.span.start() && !sentence.span.is_empty());
        assert_eq!(sentence.span, sentence.span.trimmed(&article.text));
        end = sentence.span.end();
        covered[sentence.span.start()..end].fill(true);
        let mut token_end = sentence.span.start();
        for token in document.tokens_of(sentence) {
            assert!(token_end <= token.span.start() && sentence.span.contains(token.span));
            assert!(token.span.get(&article.text).is_some_and(|t| !t.is_empty()));
            assert!(!document.term(token.term).is_empty());
            token_end = token.span.end();
        }
    }
    for block in article.blocks.iter().filter(|b| b.kind.has_sentences()) {
        // The marker of a list item is in no sentence.
        let mut is_marker = block.kind == BlockKind::ListItem;
        for (at, c) in block.span.slice(&article.text).char_indices() {
            let is_covered = covered[block.span.start() + at];
            is_marker &= !is_covered;
            assert!(c.is_whitespace() || is_covered || is_marker);
        }
    }
});
