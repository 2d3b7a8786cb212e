//! Keeps blocks that the classifier removes by mistake.
//!
//! * The classifier was trained on long pages and misjudges short ones. If it keeps hardly any text, the paragraphs of
//!   the declared article (`<article>`, `<main>`, `itemprop=articleBody`) are kept as well, or otherwise those in the
//!   container whose paragraphs have the most words, provided that they have more words than the kept text. Kept blocks
//!   that consist largely of links are then removed. Paragraphs are recognized mainly by their final punctuation.
//! * Readability ignores hidden elements and dialogs, so the classifier misjudges them. If scripts are assumed to reveal
//!   an element, its paragraphs are kept. The same holds for the paragraphs of a dialog that contains the title.
//! * A list or table without links is kept as a whole if it is directly below a kept paragraph and above other kept text,
//!   or if a part of it is kept.
//! * A list introduced by a line that ends with a colon ("The loan is not for:") is kept if it is between kept blocks.

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::{Hints, hint};
use crate::article::BlockKind;
use crate::read::lines;

/// The number of kept words below which a page has hardly any text.
const LITTLE: usize = 60;
/// The minimum number of words in a sentence that counts as a paragraph.
const SENTENCE: usize = 3;
/// The maximum number of blocks in a list for the list to be kept.
const ITEMS: usize = 40;

/// The hints of elements that do not contain an article's paragraphs.
const OUTSIDE: [usize; 9] = [
    hint::ASIDE,
    hint::COMMENTS,
    hint::CONSENT,
    hint::FOOTER,
    hint::MEDIA,
    hint::NAVIGATION,
    hint::PROMOTION,
    hint::RELATED,
    hint::TEASER,
];

/// Keeps the blocks that the classifier should have kept; blocks with a reason in `forced` stay removed.
pub(super) fn keep(page: &Page, title: &str, forced: &[Option<&'static str>], kept: &mut [bool]) {
    keep_paragraphs(page, forced, kept);
    keep_revealed(page, title, forced, kept);
    keep_lists(page, forced, kept);
    keep_whole_lists(page, forced, kept);
}

/// Keeps the lists and tables between a kept paragraph and other kept text, and those that are kept in part.
fn keep_whole_lists(page: &Page, forced: &[Option<&'static str>], kept: &mut [bool]) {
    let list_of = |i: usize| list_around(page, &page.blocks[i]);
    let mut at = 0;
    while at < page.blocks.len() {
        let Some(list) = list_of(at) else {
            at += 1;
            continue;
        };
        let n = (at..page.blocks.len()).take_while(|i| list_of(*i) == Some(list)).count();
        let items = at..at + n;
        let is_below = at.checked_sub(1).is_some_and(|above| {
            let parent = page.containers[list].parent;
            let own = page.blocks[above].container;
            kept[above]
                && forced[above].is_none()
                && page.blocks[above].level == 0
                && (own == parent || page.containers[own as usize].parent == parent)
        });
        let is_kept_in_part = items.clone().any(|i| kept[i] && forced[i].is_none());
        let is_inside =
            is_below && (at + n..page.blocks.len()).any(|i| kept[i] && forced[i].is_none());
        if n <= ITEMS
            && (is_inside || is_kept_in_part)
            && items.clone().all(|i| forced[i].is_none() && is_plain_item(page, i, list))
        {
            kept[items].fill(true);
        }
        at += n;
    }
}

/// Returns the outermost list or table around a block, as an index into [`Page::containers`].
fn list_around(page: &Page, block: &PageBlock) -> Option<usize> {
    let (mut at, mut found) = (block.container as usize, None);
    while at > 0 {
        if page.containers[at].is_list {
            found = Some(at);
        }
        at = page.containers[at].parent as usize;
    }
    found
}

/// Returns whether a block in a list has no links and neither the list nor anything in it has hints.
fn is_plain_item(page: &Page, i: usize, list: usize) -> bool {
    let block = &page.blocks[i];
    let around = page.containers[page.containers[list].parent as usize].all_hints;
    let own = page.containers[block.container as usize].all_hints;
    block.links == 0 && own == around && !is_outside(page, block, Hints::default())
}

fn is_linked(block: &PageBlock) -> bool {
    u64::from(block.linked) * 3 >= block.text.len() as u64
}

/// Returns whether a block is in an element that contains no article paragraphs, judging by the hints that are not in
/// `around`.
fn is_outside(page: &Page, block: &PageBlock, around: Hints) -> bool {
    let hints = page.containers[block.container as usize].all_hints;
    OUTSIDE.iter().any(|h| hints.has(*h) && !around.has(*h))
}

/// Returns whether a block is a paragraph of the article, judging by its text and by the hints that are not in `around`.
fn is_paragraph(page: &Page, block: &PageBlock, around: Hints) -> bool {
    let n = words(&block.text);
    let ends = (lines::ends_sentence(&block.text) || has_no_stops(&block.text)) && SENTENCE <= n;
    block.level == 0
        && !is_linked(block)
        && !is_outside(page, block, around)
        && (ends || is_prose(n as u32, block))
}

/// Keeps the paragraphs of elements that scripts are assumed to reveal, and of a dialog that contains the title, along
/// with the headings directly above them.
fn keep_revealed(page: &Page, title: &str, forced: &[Option<&'static str>], kept: &mut [bool]) {
    let hints = |block: &PageBlock| page.containers[block.container as usize].all_hints;
    let heading = page.blocks.iter().find(|b| b.level > 0 && b.text == title);
    let around = heading.map(hints).unwrap_or_default();
    let is_in_dialog =
        |block: &PageBlock| around.has(hint::CONSENT) && hints(block).has(hint::CONSENT);
    let mut is_above = false;
    for (i, block) in page.blocks.iter().enumerate().rev() {
        let is_inside = block.is_revealed || is_in_dialog(block);
        let is_own = is_paragraph(page, block, around) || is_above && 1 < block.level;
        is_above = is_inside && is_own && forced[i].is_none();
        kept[i] |= is_above;
    }
}

fn keep_paragraphs(page: &Page, forced: &[Option<&'static str>], kept: &mut [bool]) {
    let is_kept = |i: usize, kept: &[bool]| kept[i] && forced[i].is_none();
    // Blocks with many links, such as menus, do not count as text.
    let n_kept: usize = (0..page.blocks.len())
        .filter(|i| is_kept(*i, kept) && !is_linked(&page.blocks[*i]))
        .map(|i| words(&page.blocks[i].text))
        .sum();
    if LITTLE <= n_kept {
        return;
    }
    let is_paragraph =
        |i: &usize| forced[*i].is_none() && is_paragraph(page, &page.blocks[*i], Hints::default());
    let paragraphs: Vec<usize> = (0..page.blocks.len()).filter(is_paragraph).collect();
    let is_declared = |i: usize| {
        let container = page.containers[page.blocks[i].container as usize];
        container.is_body
            || container.all_hints.has(hint::ARTICLE)
            || container.all_hints.has(hint::MAIN)
    };
    let declared: Vec<usize> = paragraphs.iter().copied().filter(|i| is_declared(*i)).collect();
    let chosen = if declared.is_empty() { in_one_container(page, &paragraphs) } else { declared };
    let n_chosen: usize = chosen.iter().map(|i| words(&page.blocks[*i].text)).sum();
    if n_kept < n_chosen {
        for (i, block) in page.blocks.iter().enumerate() {
            kept[i] &= !is_linked(block);
        }
        for i in chosen {
            kept[i] = true;
        }
    }
}

/// Returns whether most of a text is in a script without sentence-final punctuation (Thai or Lao).
fn has_no_stops(text: &str) -> bool {
    text.chars().filter(|c| matches!(c, '\u{E00}'..='\u{EFF}')).count() * 2 > text.chars().count()
}

/// Returns the paragraphs in the one container whose paragraphs have the most words in total.
fn in_one_container(page: &Page, paragraphs: &[usize]) -> Vec<usize> {
    let around = |i: usize| page.containers[page.blocks[i].container as usize].parent as usize;
    let mut sums = vec![0; page.containers.len()];
    for i in paragraphs {
        sums[around(*i)] += words(&page.blocks[*i].text);
    }
    let most = sums.iter().copied().max().unwrap_or(0);
    paragraphs.iter().copied().filter(|i| sums[around(*i)] == most).collect()
}

fn keep_lists(page: &Page, forced: &[Option<&'static str>], kept: &mut [bool]) {
    let is_body = |i: usize, kept: &[bool]| kept[i] && forced[i].is_none();
    let mut at = 0;
    while at < page.blocks.len() {
        let gap = (at..page.blocks.len()).take_while(|i| !is_body(*i, kept)).count();
        let inner = 0 < at && at + gap < page.blocks.len();
        if 0 < gap && gap <= ITEMS && inner && is_announced_list(page, forced, at, gap) {
            kept[at..at + gap].fill(true);
        }
        at += gap.max(1);
    }
}

/// Returns whether the `gap` removed blocks from `at` on are a list that is introduced by the block before them or by
/// the first of them.
fn is_announced_list(page: &Page, forced: &[Option<&'static str>], at: usize, gap: usize) -> bool {
    let blocks = &page.blocks[at..at + gap];
    let own = blocks.first().is_some_and(|b| b.text.ends_with(':') && !is_linked(b));
    let before = page.blocks[at - 1].text.ends_with(':');
    let items = &blocks[usize::from(own)..];
    let around = page.containers[page.blocks[at - 1].container as usize].all_hints;
    (own || before)
        && !items.is_empty()
        && forced[at..at + gap].iter().all(Option::is_none)
        && items.iter().all(|b| b.kind == BlockKind::ListItem && !is_linked(b))
        && !blocks.iter().any(|b| is_outside(page, b, around))
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    const STORY: [&str; 3] = [
        "The lake above the town fell to its lowest level in nineteen years on Tuesday, the council of the valley said.",
        "The ban on hoses will cover all households of the valley and last until at least the end of September.",
        "Farmers in the lower valley said that the measure came too late to save the barley of this year.",
    ];

    fn text(body: &str) -> String {
        let html = format!(
            "<html><head><title>Hoses banned</title></head><body><header><a href=/>The Post</a><nav><ul><li><a href=/n>News</a></li>\
             <li><a href=/s>Sport</a></li></ul></nav></header><main>{body}</main><footer><a href=/a>About us</a></footer></body></html>"
        );
        page::page("p", &html, &Options::default()).articles.remove(0).text
    }

    fn paragraphs() -> String {
        STORY.map(|p| format!("<p>{p}</p>")).concat()
    }

    #[test]
    fn the_paragraphs_of_a_revealed_element_or_a_dialog_are_kept() {
        for (open, close) in [
            ("<h1>Hoses banned</h1><div id=story style=display:none>", "</div>"),
            ("<article hidden><h1>Hoses banned</h1>", "</article>"),
            ("<h1>Hoses banned</h1><p>A summary.</p><div class=full style=display:none>", "</div>"),
            ("<dialog open><h1>Hoses banned</h1>", "</dialog>"),
            ("<div role=dialog><article><h1>Hoses banned</h1>", "</article></div>"),
        ] {
            let text = text(&format!("{open}{}{close}", paragraphs()));
            assert!(text.ends_with(&STORY.join("\n\n")), "{open} {text}");
        }
    }

    #[test]
    fn plain_lists_below_a_paragraph_are_kept() {
        let article = |list: &str| {
            text(&format!(
                "<article><h1>Hoses banned</h1><p>{}</p>{list}<p>{}</p></article>",
                STORY[0], STORY[1]
            ))
        };
        for list in [
            "<dl><dt>Monday</dt><dd>9 am to 6 pm</dd><dt>Sunday</dt><dd>Closed</dd></dl>",
            "<ul><li>Quay Row</li><li>Mill Lane</li></ul>",
            "<table><tr><td>Tarn Rovers</td><td>3</td></tr><tr><td>Sark United</td><td>1</td></tr></table>",
        ] {
            let text = article(list);
            assert!(4 <= text.lines().filter(|l| !l.is_empty()).count(), "{list} {text}");
        }
        let linked = "<ul><li><a href=/1>Quay Row</a></li><li><a href=/2>Mill Lane</a></li></ul>";
        let last =
            text(&format!("<article><h1>Hoses banned</h1><p>{}</p>{linked}</article>", STORY[0]));
        assert_eq!(last, STORY[0]);
    }
}
