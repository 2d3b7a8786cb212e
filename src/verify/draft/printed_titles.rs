//! Titles printed in a draft: as headlines, and in lists of sources.
//!
//! Quotation marks in a title belong to the title. In `Mayor calls quay 'safe', Selm Echo, 3 May` the draft quotes
//! nobody, and in `Bridge 'safe enough for winter` the mark that is never closed does not open a quotation of the
//! following text. A block is therefore divided at the titles in it, and quotation marks are paired separately in each
//! range between the titles.
//!
//! A title counts as printed only at the start of a block or between punctuation; elsewhere, its words are part of a
//! sentence.
//!
//! Known limit: a headline that begins in the middle of a title is not recognized; its marks are paired as usual.

use rustc_hash::FxHashMap;

use crate::article::Block;
use crate::span::{Span, slice};
use crate::text::quotemarks;
use crate::verify::draft::comparable_words::words;

/// The minimum number of words in a title, or in the beginning of one, for a block to be divided at it.
const LEAST_WORDS: usize = 3;

/// The titles that contain quotation marks; copies of them in a draft are recognized by their words.
pub(super) struct PrintedTitles {
    /// The words of each title, grouped by the first word, the longest title first. The map is never iterated, so its
    /// order does not matter.
    by_first: FxHashMap<String, Vec<Vec<String>>>,
}

impl PrintedTitles {
    pub(super) fn new(titles: &[&str]) -> Self {
        // A title whose only marks are apostrophes has no quotation marks.
        let has_marks = |title: &&&str| {
            let all = Span::new(0, title.len());
            !quotemarks::quoted(title, all).is_empty() || !quotemarks::is_balanced(title)
        };
        let marked = titles.iter().filter(has_marks);
        let mut marked: Vec<Vec<String>> =
            marked.map(|title| bare(folded(title, Span::new(0, title.len())))).collect();
        marked.retain(|words| words.len() >= LEAST_WORDS);
        marked.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        marked.dedup();
        let mut by_first: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        for words in marked {
            by_first.entry(words[0].clone()).or_default().push(words);
        }
        Self { by_first }
    }

    /// Returns the text inside the quotation marks of a block, except marks that belong to a title.
    pub(super) fn quotations(&self, text: &str, block: &Block) -> Vec<Span> {
        let mut found = Vec::new();
        let mut from = block.span.start();
        for title in self.titles(text, block.span) {
            found.extend(quotemarks::quoted(text, Span::new(from, title.start())));
            from = title.end();
        }
        found.extend(quotemarks::quoted(text, Span::new(from, block.span.end())));
        found
    }

    /// Returns the ranges of the titles printed in a block, including the quotation marks around them.
    fn titles(&self, text: &str, block: Span) -> Vec<Span> {
        let mut found = Vec::new();
        if self.by_first.is_empty() || !block.slice(text).contains(quotemarks::may_open) {
            return found;
        }
        let words = folded(text, block);
        let mut at = 0;
        while at < words.len() {
            let here = &words[at..];
            let titles = self.by_first.get(&here[0].1).map_or(&[][..], Vec::as_slice);
            // A headline may leave out the end of a title, such as the outlet's name.
            let is_here = |title: &&Vec<String>| {
                let shared = here.iter().zip(*title).take_while(|(own, word)| own.1 == **word);
                let shared = shared.count();
                shared == title.len() || (at == 0 && shared == here.len() && shared >= LEAST_WORDS)
            };
            let Some(title) = titles.iter().find(is_here) else {
                at += 1;
                continue;
            };
            let last = at + title.len().min(here.len()) - 1;
            let span = Span::new(words[at].0.start(), words[last].0.end());
            let is_quoted = slice(text, block.start(), span.start()).contains(quotemarks::may_open);
            if (at == 0 && !is_quoted) || is_set_off(text, block, span) {
                found.push(with_marks(text, block, span));
                at = last + 1;
            } else {
                at += 1;
            }
        }
        found
    }
}

/// Returns whether punctuation or the ends of the block delimit a title. In "The Selm 'miracle' is over", the words
/// "Selm 'miracle'" are part of a sentence.
fn is_set_off(text: &str, block: Span, title: Span) -> bool {
    let before = slice(text, block.start(), title.start()).trim_end();
    let after = slice(text, title.end(), block.end()).trim_start();
    let is_word = |c: char| c.is_alphanumeric();
    !before.ends_with(is_word) && !after.starts_with(is_word)
}

/// Returns a title with the adjacent quotation marks.
fn with_marks(text: &str, block: Span, title: Span) -> Span {
    let touches = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let before = slice(text, block.start(), title.start()).chars().rev().take_while(touches);
    let after = slice(text, title.end(), block.end()).chars().take_while(touches);
    let length = |marks: &mut dyn Iterator<Item = char>| marks.map(char::len_utf8).sum::<usize>();
    Span::new(
        title.start() - length(&mut before.into_iter()),
        title.end() + length(&mut after.into_iter()),
    )
}

fn folded(text: &str, stretch: Span) -> Vec<(Span, String)> {
    words(text, stretch).into_iter().map(|word| (word.span, word.folded)).collect()
}

fn bare(words: Vec<(Span, String)>) -> Vec<String> {
    words.into_iter().map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::PrintedTitles;
    use crate::article::{Block, BlockKind};
    use crate::span::Span;

    fn quoted<'t>(titles: &[&str], text: &'t str) -> Vec<&'t str> {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let printed = PrintedTitles::new(titles);
        printed.quotations(text, &block).into_iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn the_marks_of_a_printed_title_quote_nobody() {
        for (title, text) in [
            ("Mayor calls quay 'safe enough'", "Mayor calls quay 'safe enough', Selm Echo, 3 May"),
            ("Council „will not pay for quay", "Council „will not pay for quay, Selm Echo"),
            ("\"Never again\": Selm remembers", "See \"\"Never again\": Selm remembers\" (Echo)"),
            ("Le maire : « on verra »", "Le maire : « on verra » · La Gazette"),
            ("Bürgermeister: »Nie wieder«", "3. Bürgermeister: »Nie wieder«, Selmer Bote"),
            ("Bridge 'closed for good' | Echo", "Bridge 'closed for good'"),
        ] {
            assert_eq!(quoted(&[title], text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_quotation_beside_a_title_is_one() {
        let titles = ["Mayor calls quay 'safe enough'", "Ferry returns", "Selm's nor'easter"];
        for (text, found) in [
            ("\"The Selm's nor'easter was long.\"", "The Selm's nor'easter was long."),
            (
                "\"A mayor calls quay safe enough in May.\"",
                "A mayor calls quay safe enough in May.",
            ),
            (
                "“When mayor calls quay 'safe enough' we go.”",
                "When mayor calls quay 'safe enough' we go.",
            ),
            ("In: Mayor calls quay 'safe enough', she said: \"We wait.\"", "We wait."),
            ("The article \"Ferry returns\" is old.", "Ferry returns"),
            ("Quist called the quay 'safe enough for a ferry'.", "safe enough for a ferry"),
            ("“Mayor calls quay 'safe enough'” does not say “it is safe”.", "it is safe"),
        ] {
            assert_eq!(quoted(&titles, text), [found], "{text}");
        }
    }
}
