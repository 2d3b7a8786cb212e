//! Recognizes the trailers that feeds and aggregators put after the text of an entry: share, read-more and discussion
//! links.
//!
//! ```text
//! The council voted …                                       the text
//! submitted by /u/ada [link] [comments]                     mostly links, no sentence
//! Points: 120                                               a label with a number, next to links
//! The post Bridge closed appeared first on Varn Post.       a phrase in `LEADS`, or a similar one
//! ```
//!
//! Blocks are examined from the last one backward; the search ends at the first block that matches none of these
//! patterns. If all blocks match, the entry has no text.

use crate::article::BlockKind;
use crate::read::lines;
use crate::read::page::MailBlock;

/// The maximum number of words in a block of links.
const LINKS: usize = 14;
/// The maximum number of words in a label with a number.
const COUNT: usize = 5;

/// The maximum number of characters besides the titles in a block that says where an entry was first published.
const ORIGIN: usize = 48;

/// Phrases that begin a line that is only a link to the site.
const LEADS: &[&str] = &[
    "read more",
    "continue reading",
    "read the full",
    "read full",
    "full story",
    "more…",
    "[…]",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "comments",
    "read the rest",
    "keep reading",
    "view comments",
    "source:",
];

/// Returns the number of blocks that belong to the text; the blocks after them are its trailer.
///
/// `names` are the titles of the entry and the feed: a short block that has a link and contains both titles is assumed,
/// in any language, to say where the entry was first published.
pub(super) fn text_blocks(blocks: &[MailBlock], names: &[&str]) -> usize {
    let mut end = blocks.len();
    while let Some(last) = end.checked_sub(1).and_then(|at| blocks.get(at)) {
        let beside_links = || {
            let is_neighbour = |b: &&MailBlock| is_links(b) || is_count(&b.text);
            // A count belongs to the trailer only next to links; elsewhere it is text, such as a result ("Varn: 3").
            blocks[..end - 1].iter().rev().find(|b| !is_count(&b.text)).is_some_and(is_links)
                || blocks.get(end).is_some_and(|b| is_neighbour(&b))
        };
        if is_lead(&last.text)
            || is_origin(last, names)
            || is_links(last)
            || is_count(&last.text) && beside_links()
        {
            end -= 1;
        } else {
            break;
        }
    }
    end
}

/// Returns whether a block consists mostly of links, has no sentence, and is neither a heading nor a list item.
fn is_links(block: &MailBlock) -> bool {
    0.5 < block.linked
        && !matches!(block.kind, BlockKind::Heading | BlockKind::ListItem)
        && block.text.split_whitespace().count() <= LINKS
        && !lines::ends_sentence(&block.text)
}

/// Returns whether a block says where the entry was first published: `La entrada Puente se publicó primero en Varn
/// Post.`
fn is_origin(block: &MailBlock, names: &[&str]) -> bool {
    let length: usize = names.iter().map(|name| name.chars().count()).sum();
    names.iter().all(|name| !name.is_empty() && block.text.contains(name))
        && 0.0 < block.linked
        && block.text.chars().count() <= length + ORIGIN
}

/// Returns whether a line is a label with a number: `Points: 120`, `# Comments: 33`.
fn is_count(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= COUNT
        && text.split_once(':').is_some_and(|(name, number)| {
            !name.contains(|c: char| c.is_ascii_digit())
                && !number.trim().is_empty()
                && number.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
        })
}

/// Returns whether a block only links to the site: "Continue reading", "The post … appeared first on …".
fn is_lead(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split_whitespace().count();
    words <= 12 && LEADS.iter().any(|l| lower.starts_with(l))
        || lower.starts_with("the post ") && lower.contains("appeared first on")
}

#[cfg(test)]
mod tests {
    use super::text_blocks;
    use crate::read::{Options, page};

    #[test]
    fn links_behind_the_text_are_cut_and_the_text_is_not() {
        const STORY: &str = "<p>The council of Varn voted on Monday.</p>";
        for (trailer, blocks) in [
            (
                "<div><a href=a>Share</a> <a href=b>Post</a> <a href=c>Mail this to a friend</a></div>",
                1,
            ),
            (
                "<p>von <a href=a>/u/ada</a> <a href=b>[Verweis]</a> <a href=c>[Kommentare]</a></p>",
                1,
            ),
            (
                "<p>Article URL: <a href=a>https://varn.example/a</a></p><p>Points: 7</p><p># Comments: 3</p>",
                1,
            ),
            ("<p>The post <a href=a>Bridge</a> appeared first on <a href=b>Varn Post</a>.</p>", 1),
            (
                "<p>Der Beitrag <a href=a>Die Brücke</a> erschien zuerst auf <a href=b>Varn Post</a>.</p>",
                1,
            ),
            ("<p>Lesen Sie <a href=a>den Bericht des Rates</a> von gestern, sagte sie.</p>", 2),
            ("<p>Varn: 3</p><p>Lorvik: 2</p>", 3),
            ("<ul><li><a href=a>The wall</a></li><li><a href=b>The quay</a></li></ul>", 3),
        ] {
            let found = page::mail_blocks(&format!("{STORY}{trailer}"), &Options::default());
            assert_eq!(
                text_blocks(&found, &["Die Brücke", "Varn Post"]),
                blocks,
                "{trailer} {found:?}"
            );
        }
        let only = page::mail_blocks("<a href=a>Comments</a>", &Options::default());
        assert_eq!(text_blocks(&only, &["A", "B"]), 0);
    }
}
