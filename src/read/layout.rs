//! Divides a text, which is kept exactly as given, into blocks.
//!
//! Invariant: blocks are in order and do not overlap, and only white space lies between them.
//!
//! Every piece of the text (see the module `lines`) becomes one block, or two if it begins with the article's dateline.
//! The kind of a block follows from the piece and its neighbors. A piece that ends like a sentence and has at least
//! four words, or is long, is a paragraph whatever it says, unless it is marked as a list item or quotation or has a
//! picture credit, which makes it a caption. Only other pieces can be headings, bylines or boilerplate.
//!
//! Known limit: a caption without a credit looks like a paragraph, and stays one unless a dateline follows.

use crate::article::{Block, BlockKind};
use crate::line_marker::{Marker, marker};
use crate::read::dateline::{self, Dateline};
use crate::read::line_patterns;
use crate::read::lines::{self, Piece};
use crate::span::Span;

/// The blocks of a text, and the metadata in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The place of the dateline.
    pub place: Option<Span>,
}

/// Returns the blocks of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    layout(text).blocks
}

/// Returns the blocks of a text, and the place of its dateline.
pub fn layout(text: &str) -> Layout {
    let pieces = lines::pieces(text);
    let looks: Vec<Look> = pieces.iter().map(|p| Look::new(p.span.slice(text))).collect();
    let first_prose = looks.iter().position(|l| l.prose);
    let last_prose = looks.iter().rposition(|l| l.prose);
    let tail = last_prose.filter(|last| is_tail(&looks, *last));
    let opening = opening(text, &pieces, &looks);
    let dated = pieces.iter().filter(|piece| dateline::is_dated(piece.span.slice(text)));
    let is_chronology = dated.take(2).count() == 2;
    let mut layout = Layout::default();
    for (i, piece) in pieces.iter().enumerate() {
        let in_head = first_prose.is_some_and(|first| i < first);
        let in_tail = tail.is_some_and(|last| last < i);
        let at_end = last_prose.is_none_or(|last| last < i);
        let kind = if in_tail {
            looks[i].sign.unwrap_or(BlockKind::Chrome)
        } else if looks[i].prose && opening.is_some_and(|opening| i < opening) {
            BlockKind::Caption
        } else {
            kind(&looks, i, in_head || at_end)
        };
        let may_be_filed = i <= first_prose.unwrap_or(0) || opening == Some(i);
        let filed = if may_be_filed { dateline::find(piece.span.slice(text)) } else { None };
        let filed =
            filed.filter(|_| !(is_chronology && dateline::is_dated(piece.span.slice(text))));
        match filed {
            Some(filed) if kind != BlockKind::ListItem => {
                push_filed(&mut layout, text, *piece, filed, kind);
            }
            _ => layout.blocks.push(Block { kind, span: piece.span }),
        }
    }
    layout
}

/// Returns the piece that opens an article, if it is not the first piece of prose: the only piece of prose that starts
/// with a dateline. At most [`MOST_BEFORE_OPENING`] pieces of prose may precede it: the text of a video or a picture,
/// or a note.
fn opening(text: &str, pieces: &[Piece], looks: &[Look]) -> Option<usize> {
    let mut filed = (0..pieces.len())
        .filter(|&i| looks[i].prose && dateline::find(pieces[i].span.slice(text)).is_some());
    let (first, second) = (filed.next()?, filed.next());
    let before = looks[..first].iter().filter(|look| look.prose).count();
    (second.is_none() && (1..=MOST_BEFORE_OPENING).contains(&before)).then_some(first)
}

/// The maximum number of pieces of prose before the opening of an article: the texts of a video and a picture, and a
/// note.
const MOST_BEFORE_OPENING: usize = 3;

/// Adds a piece that starts with a dateline, as a dateline block and, if any text follows it, a block of the given
/// kind.
fn push_filed(layout: &mut Layout, text: &str, piece: Piece, filed: Dateline, kind: BlockKind) {
    let start = piece.span.start();
    let end = start + filed.len;
    let place = filed.place.map(|p| Span::new(start + p.start(), start + p.end()));
    layout.place = layout.place.or(place);
    layout.blocks.push(Block { kind: BlockKind::Dateline, span: Span::new(start, end) });
    let rest = Span::new(end, piece.span.end()).trimmed(text);
    if !rest.is_empty() {
        layout.blocks.push(Block { kind, span: rest });
    }
}

/// The properties of a piece that do not depend on its neighbors.
#[derive(Clone, Copy, Debug)]
struct Look {
    marker: Option<Marker>,
    /// Whether it ends like a sentence and has at least four words, or is long; `false` if it has a picture credit.
    prose: bool,
    /// Whether it is short, has no end mark and begins with a capital or a digit: a heading, if prose follows.
    title: bool,
    sign: Option<BlockKind>,
    /// The number of words, counted up to 25.
    words: usize,
}

impl Look {
    fn new(piece: &str) -> Self {
        let words = lines::n_words(piece, 25);
        let ended = lines::ends_sentence(piece);
        let open = piece.ends_with([':', ',', ';', '-', '–', '—']);
        let prose = (ended && 4 <= words) || 25 <= words || 200 <= piece.len();
        let begins = piece.trim_start_matches(lines::is_closer).chars().next();
        // A sentence in quotation marks followed by a name is a pull quote, not a heading.
        let quotation =
            || [".\"", ".”", ".»", "!\"", "!”", "?\"", "?”"].iter().any(|m| piece.contains(m));
        let title = !ended
            && !open
            && words <= 20
            && piece.len() <= 160
            && begins.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
            && !quotation();
        let sign = if prose && !line_patterns::is_credited(piece) { None } else { sign(piece) };
        Self { marker: marker(piece), prose: prose && sign.is_none(), title, sign, words }
    }
}

/// Returns the kind of a piece if its own words determine it.
fn sign(piece: &str) -> Option<BlockKind> {
    if line_patterns::is_credited(piece) {
        Some(BlockKind::Caption)
    } else if line_patterns::is_date_line(piece) {
        Some(BlockKind::Dateline)
    } else if line_patterns::byline(piece).is_some() {
        Some(BlockKind::Byline)
    } else if line_patterns::is_chrome(piece) {
        Some(BlockKind::Chrome)
    } else {
        None
    }
}

fn kind(looks: &[Look], i: usize, at_an_end: bool) -> BlockKind {
    let look = looks[i];
    match look.marker {
        Some(Marker::Quoted) => return BlockKind::Blockquote,
        Some(marker) if is_item(looks, i, marker) => return BlockKind::ListItem,
        _ => {}
    }
    match look.sign {
        // Bylines are at the beginning or end of a text; between paragraphs, "By the river" is a heading.
        Some(BlockKind::Byline) if !at_an_end => {}
        // If a text has only one piece, that piece is its content, whatever it says.
        Some(kind) if 1 < looks.len() => return kind,
        _ => {}
    }
    if look.title && prose_follows(looks, i) { BlockKind::Heading } else { BlockKind::Paragraph }
}

/// Returns whether a marked piece is a list item. A piece with a bullet always is one; a piece with a number or dash is
/// one only if one of its neighbors is the next or previous item.
fn is_item(looks: &[Look], i: usize, marker: Marker) -> bool {
    let before = i.checked_sub(1).and_then(|b| looks.get(b)).and_then(|l| l.marker);
    let after = looks.get(i + 1).and_then(|l| l.marker);
    match marker {
        Marker::Bullet => true,
        Marker::Number(n) => {
            after == n.checked_add(1).map(Marker::Number)
                || 0 < n && before == Some(Marker::Number(n - 1))
        }
        Marker::Dash(_) => before == Some(marker) || after == Some(marker),
        Marker::Quoted => false,
    }
}

/// Returns whether prose, a list item or a quotation follows a piece, with only headings, bylines and the like in
/// between.
fn prose_follows(looks: &[Look], i: usize) -> bool {
    let rest = looks.get(i + 1..).unwrap_or(&[]);
    let next = rest.iter().take(8).find(|l| l.prose || !(l.title || l.sign.is_some()));
    next.is_some_and(|l| l.prose || l.marker.is_some())
}

/// Returns whether the pieces after the last piece of prose are a page footer: several short pieces after a story.
fn is_tail(looks: &[Look], last_prose: usize) -> bool {
    let tail = looks.get(last_prose + 1..).unwrap_or(&[]);
    let story = looks.iter().filter(|l| l.prose).count();
    3 <= story
        && 2 <= tail.len()
        && tail.iter().all(|l| l.words <= 20 && l.marker.is_none() && (l.title || l.sign.is_some()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::layout;
    use crate::article::BlockKind::{
        self, Blockquote, Byline, Caption, Chrome, Dateline, Heading, ListItem, Paragraph,
    };
    use crate::span::slice;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        layout(text).blocks.iter().map(|b| (b.kind, b.span.slice(text))).collect()
    }

    #[test]
    fn a_story_is_told_from_its_furniture() {
        let text = "Bridge of Varn to close for two years\nMonday, May 4, 2015\nBy Ada Lorne\n\
                    VARN, Ostland (AP) -- The council voted on Monday to close the bridge.\n\
                    The old bridge in 2014. Image: Ada Lorne.\n\
                    What the town plans\nA ferry will run every day, the mayor said.\nShare this article";
        assert_eq!(
            kinds(text).iter().map(|(k, _)| *k).collect::<Vec<_>>(),
            [Heading, Dateline, Byline, Dateline, Paragraph, Caption, Heading, Paragraph, Chrome]
        );
        let place = layout(text).place.map(|p| p.slice(text));
        assert_eq!(place, Some("VARN, Ostland"));
    }

    #[test]
    fn prose_is_never_chrome_whatever_its_words() {
        for prose in [
            "Read more books, the minister told the pupils on Monday, and watch less television.",
            "Share prices fell by three per cent on Monday.",
            "Sign up for the race by Friday, the club said.",
            "By Monday the river had risen by two metres.",
            "Photo: that was the only word on the back of the card, she said.",
        ] {
            let text = format!("The first paragraph is here.\n\n{prose}\n\nThe last one is here.");
            assert_eq!(kinds(&text)[1], (Paragraph, prose));
        }
    }

    #[test]
    fn an_article_opens_with_its_only_dateline() {
        let video = "The mayor of Varn speaks to the council about the bridge on Monday.";
        let opening = "VARN, Ostland (AP) — The council voted on Monday to close the bridge.";
        let more = "A ferry will run every day, the mayor said.";
        let found = |text: &str| kinds(text).iter().map(|(k, _)| *k).collect::<Vec<_>>();
        assert_eq!(
            found(&format!("{video}\n\n{opening}\n\n{more}")),
            [Caption, Dateline, Paragraph, Paragraph]
        );
        let german = "Die Brücke von Varn wurde im Jahr 2014 zum letzten Mal gestrichen.";
        assert_eq!(
            found(&format!(
                "{german}\n\nVARN (dpa) - Der Rat schließt die Brücke im Mai.\n\n{german}"
            )),
            [Caption, Dateline, Paragraph, Paragraph]
        );
        // A round-up has several datelines, and a dateline far from the beginning does not open the article.
        let roundup =
            format!("{video}\n\n{opening}\n\nSELM (AP) — The port of Selm is open again.");
        assert_eq!(found(&roundup), [Paragraph, Paragraph, Paragraph]);
        let late = format!("{more}\n\n{more}\n\n{more}\n\n{more}\n\n{opening}");
        assert_eq!(found(&late), [Paragraph; 5]);
    }

    #[test]
    fn the_dates_of_a_chronology_stay_in_its_text() {
        let report =
            "July 10, 2026 — The port of Varn is open again.\n\nShips had waited for days.";
        assert_eq!(kinds(report)[0], (Dateline, "July 10, 2026 —"));
        for chronology in [
            "May 3, 2024 — The bridge of Varn opens.\n\nMay 9, 2026 — A pillar cracks.",
            "3. Mai 2024 – Die Brücke wird eröffnet.\n\n9. Mai 2026 – Ein Pfeiler bricht.",
        ] {
            assert!(kinds(chronology).iter().all(|(kind, _)| *kind == Paragraph));
        }
    }

    #[test]
    fn lists_and_quotes_are_blocks_of_their_own() {
        let text = "The plan has three parts:\n- a ferry\n- a bridge\n\n> We shall see.\n\n1. First.\n2. Second.\n\n- Nobody else spoke.";
        let found: Vec<_> = kinds(text).iter().map(|(k, _)| *k).collect();
        assert_eq!(
            found,
            [Paragraph, ListItem, ListItem, Blockquote, ListItem, ListItem, Paragraph]
        );
    }

    #[test]
    fn a_single_line_is_a_paragraph_whatever_it_says() {
        for text in
            ["Share", "By Ada Lorne", "Bridge of Varn to close", "1. Check the roof. 2. Call."]
        {
            assert_eq!(kinds(text), [(Paragraph, text)]);
        }
    }

    #[test]
    fn short_lines_behind_a_story_are_its_foot() {
        let text = "The council voted on Monday.\n\nThe bridge will close.\n\nNobody spoke against it.\n\n\
                    Ten ways to cross a river\nWhy ferries are back\nAmericas Africa Europe";
        assert_eq!(kinds(text).iter().filter(|(k, _)| *k == Chrome).count(), 3);
    }

    proptest! {
        #[test]
        fn between_blocks_lies_only_white_space(text in "(?s)([\\PC\\n]{0,200}|([-A-Za-z>•1.:,— ]{0,30}\n){0,12})") {
            let mut at = 0;
            for block in layout(&text).blocks {
                prop_assert!(at <= block.span.start() && !block.span.is_empty());
                prop_assert!(slice(&text, at, block.span.start()).trim().is_empty());
                prop_assert_eq!(block.span, block.span.trimmed(&text));
                at = block.span.end();
            }
            prop_assert!(slice(&text, at, text.len()).trim().is_empty());
        }
    }
}
