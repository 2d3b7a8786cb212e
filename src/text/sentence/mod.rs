//! Sentence segmentation.
//!
//! # Method
//!
//! A single pass over the bytes of a block finds terminators (`terminator_search`). A fast path settles most of them
//! (`fast_path`); for the others, `candidate` gathers the context and `decide` makes one local decision. There are no
//! regular expressions, nothing but the result is allocated, and every look-ahead and look-back is bounded, so the time
//! is linear. The data of a language is in `packs/<code>/sentences.txt`, compiled once by `rules`.
//!
//! The layout is known at this point: a block is a paragraph, a heading or a list item, as determined by the reader. A
//! line break inside a block is treated like any other white space.
//!
//! # Quotations
//!
//! * A quotation of several sentences is split inside: `"It was loud. It was fast. Then it was over," he said.` is
//!   three sentences. The marks are kept, so the first and the last sentence contain one mark each.
//! * A quotation and its reporting clause are one sentence if the source writes them as one: `"Is it over?" he asked.`,
//!   `"Who pays?" Senator Diaz asked.`, `"We stay," she said.` After a quotation that ends in a full stop, a capital
//!   letter starts a new sentence: `"We will not leave." Ivanov said the talks would go on.`
//! * In a script without capitals, a short clause with a reporting verb at its start or end counts as a reporting
//!   clause: `“结束了吗？”她问道。`, `"क्या यह खत्म हुआ?" उसने पूछा।`
//! * Closing marks and footnote marks (`[6]`) belong to the sentence that they close.
//! * A mark inside the title of a work does not end a sentence: `The show, "Help! I Shrunk My Boss," opens Friday.`
//!
//! # Invariants
//!
//! Sentences are in order within their block, do not overlap, and have no outer white space. They cover the block
//! except for white space.
//!
//! # Limits
//!
//! A capitalized word after an abbreviation that may end a sentence (`in the U.S. Sales fell`) is assumed to be part of
//! a name, unless it is a sentence starter of the language or, in English, a plural subject after a company form.
//! Scripts without sentence-ending marks (Thai, Lao) yield one sentence per block.

mod candidate;
mod decide;
mod enumeration;
mod fast_path;
mod marks;
mod rules;
mod terminator_search;
mod title;

use crate::article::{Block, BlockKind};
use crate::language::Language;
use crate::span::Span;

use candidate::Candidate;
use rules::{Habit, Rules};
use terminator_search::Search;

/// Returns the sentences of a block, in order, without outer white space.
///
/// A heading is one sentence.
pub fn sentences(text: &str, block: Block, language: Language) -> Vec<Span> {
    let mut found = Vec::new();
    Segmenter::new(language).append(text, block, &mut found);
    found
}

/// Returns whether a language writes every noun with a capital letter.
pub(crate) fn capitalizes_nouns(language: Language) -> bool {
    Rules::for_language(language).has_habit(Habit::CapitalNouns)
}

/// Finds the sentences of texts in one language.
#[derive(Clone, Copy, Debug)]
pub struct Segmenter {
    rules: &'static Rules,
}

impl Segmenter {
    /// Creates a segmenter with the rules of a language, or with the common rules if it has none.
    pub fn new(language: Language) -> Self {
        Self { rules: Rules::for_language(language) }
    }

    /// Appends the sentences of a block to `found`, in order, without outer white space; a heading is one sentence.
    pub fn append(self, text: &str, block: Block, found: &mut Vec<Span>) {
        let Some(inside) = block.span.get(text) else { return };
        if block.kind == BlockKind::Heading {
            push(text, block.span, found);
            return;
        }
        let offset = block.span.start();
        enumeration::each_item(inside, self.rules, |item| {
            let mut start = offset + item.start();
            self.each_end(item.slice(inside), |end| {
                let end = offset + item.start() + end;
                push(text, Span::new(start, end), found);
                start = end;
            });
        });
    }

    /// Calls `end` with the end of each sentence; the last of them is the end of the text.
    fn each_end(self, text: &str, mut end: impl FnMut(usize)) {
        let mut sentence = 0;
        let mut at = 0;
        let search = Search::new(text, self.rules);
        while let Some(terminator) = search.next(at) {
            at = terminator + 1;
            if fast_path::is_inside_word(text.as_bytes(), terminator) {
                continue;
            }
            if fast_path::ends_sentence(text, sentence, terminator, self.rules) {
                debug_assert_eq!(self.weigh(text, sentence, terminator), (Some(at), at));
                sentence = at;
                end(sentence);
                continue;
            }
            let (found, resume) = self.weigh(text, sentence, terminator);
            at = resume;
            if let Some(found) = found {
                sentence = found;
                end(sentence);
            }
        }
        if sentence < text.len() {
            end(text.len());
        }
    }

    /// Returns the end of the sentence if it ends at the terminator, and the offset at which the search continues.
    fn weigh(self, text: &str, sentence: usize, terminator: usize) -> (Option<usize>, usize) {
        let candidate = Candidate::around(text, sentence, terminator, self.rules);
        let ends = candidate.close < text.len() && decide::ends_sentence(&candidate);
        (ends.then_some(candidate.close), candidate.resume())
    }
}

/// Appends a sentence without its outer white space, which is usually a single space before it.
fn push(text: &str, span: Span, found: &mut Vec<Span>) {
    let space = text.as_bytes().get(span.start()) == Some(&b' ');
    let span = Span::new(span.start() + usize::from(space), span.end());
    let span = if is_trimmed(text.as_bytes(), span) { span } else { span.trimmed(text) };
    if !span.is_empty() {
        found.push(span);
    }
}

/// Returns whether the first and the last byte of a range are certain not to be white space.
fn is_trimmed(bytes: &[u8], span: Span) -> bool {
    match bytes.get(span.start()..span.end()) {
        Some([first, .., last]) => {
            (first.is_ascii_graphic() || matches!(first, 0xC3..=0xDF)) && last.is_ascii_graphic()
        }
        _ => false,
    }
}
