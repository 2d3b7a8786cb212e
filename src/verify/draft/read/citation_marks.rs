//! Marks such as `[3]` or `[1, 4]` that refer to a numbered list of sources, as newsletters and language models write
//! them.
//!
//! A mark counts only if the draft has a list item for each of its numbers; otherwise the brackets are text. Marks in
//! headings and in numbered list items are not looked for. Marks are removed from the text, so that sentences can be
//! compared with the source.

use std::collections::BTreeMap;

use crate::article::BlockKind;
use crate::span::{Span, slice};
use crate::verify::draft::read::{Draft, Link};

/// The maximum number of bytes between the brackets of a mark.
const LONGEST: usize = 24;

/// Removes the marks from the text of a draft; `numbered` contains the number and the block of each numbered list item,
/// in the order of the blocks.
pub(super) fn resolve(draft: Draft, numbered: &[(usize, usize)]) -> Draft {
    // If a number occurs twice, the later list is assumed to be the list of sources.
    let items: BTreeMap<usize, usize> = numbered.iter().copied().collect();
    if items.is_empty() {
        return draft;
    }
    let mut found = Vec::new();
    for (block, it) in draft.article.blocks.iter().enumerate() {
        let is_item = numbered.binary_search_by_key(&block, |(_, item)| *item).is_ok();
        if !is_item && it.kind != BlockKind::Heading {
            marks_in(&draft.article.text, block, it.span, &items, &mut found);
        }
    }
    let mut draft = if found.is_empty() { draft } else { without(draft, &found) };
    for (number, block) in items {
        let text = draft.article.blocks[block].span.slice(&draft.article.text);
        let targets = draft.links[block].iter().map(|link| link.target.as_str());
        let said: Vec<&str> = std::iter::once(text).chain(targets).collect();
        draft.notes.push((number.to_string(), said.join(" ")));
    }
    draft
}

/// A mark: its range in the text, its block, and its numbers.
struct Mark {
    cut: Span,
    block: usize,
    numbers: Vec<usize>,
}

fn marks_in(
    text: &str,
    block: usize,
    span: Span,
    items: &BTreeMap<usize, usize>,
    found: &mut Vec<Mark>,
) {
    let mut from = span.start();
    while let Some(open) = slice(text, from, span.end()).find('[').map(|at| from + at) {
        from = open + 1;
        let inside = slice(text, from, span.end());
        let Some(length) = inside.find(']').filter(|length| *length <= LONGEST) else { continue };
        let numbers: Option<Vec<usize>> = slice(inside, 0, length)
            .split([',', ';', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok().filter(|number| items.contains_key(number)))
            .collect();
        let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { continue };
        let start = slice(text, span.start(), open).trim_end().len() + span.start();
        from = open + 1 + length + 1;
        found.push(Mark { cut: Span::new(start, from), block, numbers });
    }
}

/// Returns the draft without its marks; for each number in a mark, a link to the note with that number is added.
fn without(draft: Draft, found: &[Mark]) -> Draft {
    let Draft { mut article, mut links, notes, positions, listings, unread } = draft;
    // The number of bytes removed before each mark.
    let cut_before: Vec<usize> = found
        .iter()
        .scan(0, |cut, mark| Some(std::mem::replace(cut, *cut + mark.cut.len())))
        .collect();
    let moved = |at: usize| {
        let before = found.partition_point(|mark| mark.cut.start() < at);
        let Some(last) = before.checked_sub(1) else { return at };
        let cut = found[last].cut;
        at - cut_before[last] - (cut.end().min(at) - cut.start())
    };
    let mut text = String::with_capacity(article.text.len());
    let mut from = 0;
    for mark in found {
        text.push_str(slice(&article.text, from, mark.cut.start()));
        from = mark.cut.end();
    }
    text.push_str(slice(&article.text, from, article.text.len()));
    for block in &mut article.blocks {
        block.span = Span::new(moved(block.span.start()), moved(block.span.end()));
    }
    for link in links.iter_mut().flatten() {
        link.at = moved(link.at);
    }
    let cuts: Vec<Span> = found.iter().map(|mark| mark.cut).collect();
    let positions = positions.without(&cuts);
    for mark in found {
        let at = moved(mark.cut.start());
        let of = |number: &usize| Link { at, target: number.to_string(), is_mark: true };
        links[mark.block].extend(mark.numbers.iter().map(of));
    }
    for of_block in &mut links {
        of_block.sort_by_key(|link| link.at);
    }
    article.text = text;
    Draft { article, links, notes, positions, listings, unread }
}

#[cfg(test)]
mod tests {
    use crate::verify::draft::read::{Draft, Format};

    #[test]
    fn a_hundred_thousand_marks_are_taken_out_one_by_one() {
        let draft = "It held. [1]\n\n".repeat(100_000) + "[1] One, Post\n";
        let read = Draft::parse(&draft, Format::Text);
        assert_eq!(read.article.blocks.len(), 100_001);
        let last = read.article.blocks[99_999].span;
        assert_eq!(last.slice(&read.article.text), "It held.");
        assert_eq!(read.links[99_999][0].at, last.end());
    }

    #[test]
    fn numbers_lead_to_the_list_of_sources_and_leave_the_text() {
        let markdown = "It held. [2] So did they \\[1, 2\\]. In [1998] not, nor [7].\n\n1. One, Post\n2. Two, <https://b.example/>\n";
        let html = "<p>It held. [2] So did they [1, 2]. In [1998] not, nor [7].</p><ol start=\"1\"><li>One, Post</li>\
                    <li>Two, <a href=\"https://b.example/\">there</a></li></ol>";
        let plain = "It held. [2] So did they\n[1, 2]. In [1998] not, nor [7].\n\n[1] One, Post\n[2] Two,\n    https://b.example/\n";
        for (draft, format) in
            [(markdown, Format::Markdown), (html, Format::Html), (plain, Format::Text)]
        {
            let read = Draft::parse(draft, format);
            let first = read.article.blocks[0].span.slice(&read.article.text);
            assert_eq!(first, "It held. So did they. In [1998] not, nor [7].", "{format:?}");
            let marks: Vec<(usize, &str)> =
                read.links[0].iter().map(|l| (l.at, &*l.target)).collect();
            assert_eq!(marks, [(8, "2"), (20, "1"), (20, "2")], "{format:?}");
            let (label, note) = &read.notes[1];
            assert!(label == "2" && note.contains("https://b.example/"), "{format:?} {note}");
        }
    }
}
