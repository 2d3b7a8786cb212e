//! The links of plain text: an address on a line of its own, after a label (`Read more: https://…`), after the last
//! sentence of a paragraph, in brackets after a title (`Mayor quits [https://…]`), or between a title and its text.

use crate::article::BlockKind;
use crate::read::lines;
use crate::read::page::MailBlock;

/// The maximum number of words in the label of an address.
const LABEL: usize = 5;
/// The maximum number of words in a title.
const TITLE: usize = 25;

/// Returns a paragraph whose last sentence is separated from the address after it.
pub(in crate::read) fn parted(paragraph: String) -> String {
    match end(&paragraph) {
        Some(End { before, url, .. }) if lines::ends_sentence(before) => {
            format!("{before}\n\n{url}")
        }
        _ => paragraph,
    }
}

/// Returns a block with the link that it ends with.
pub(in crate::read) fn linked(mut block: MailBlock) -> MailBlock {
    let Some(End { before, url, is_bracketed }) = end(&block.text) else { return block };
    let (before, url) = (before.to_owned(), url.to_owned());
    let words = lines::word_count(&before);
    let is_title = is_bracketed && (1..=TITLE).contains(&words);
    if is_title || words <= LABEL {
        (block.link, block.linked) = (Some(url), 1.0);
    }
    if is_title {
        block.text = before;
    }
    block
}

/// Returns whether a line consists of an address.
pub(in crate::read) fn is_address(line: &str) -> bool {
    end(line.trim()).is_some_and(|end| end.before.is_empty())
}

/// Gives each title the address between it and its text.
pub(in crate::read) fn link_titles(blocks: &mut [MailBlock]) {
    for i in 2..blocks.len() {
        let [title, address, text] = [&blocks[i - 2], &blocks[i - 1], &blocks[i]];
        let is_title = title.link.is_none()
            && title.kind != BlockKind::ListItem
            && lines::word_count(&title.text) <= TITLE
            && !lines::ends_sentence(&title.text);
        let is_address = address.link.is_some() && lines::word_count(&address.text) == 1;
        if is_title && is_address && text.link.is_none() && lines::ends_sentence(&text.text) {
            (blocks[i - 2].link, blocks[i - 2].linked) = (address.link.clone(), 1.0);
        }
    }
}

/// An address at the end of a text.
struct End<'t> {
    before: &'t str,
    url: &'t str,
    is_bracketed: bool,
}

fn end(text: &str) -> Option<End<'_>> {
    let closed = text.trim_end().trim_end_matches([')', ']', '>']);
    let inner = closed.trim_end();
    let from = inner.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (before, word) = inner.split_at_checked(from)?;
    let url = word.trim_start_matches(['(', '[', '<']);
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let bare = before.trim_end().trim_end_matches(['(', '[', '<']).trim_end();
    let opens = url.len() < word.len() || bare.len() < before.trim_end().len();
    is_address.then_some(End {
        before: bare,
        url,
        is_bracketed: opens && closed.len() < text.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::{linked, parted};
    use crate::article::BlockKind;
    use crate::read::page::MailBlock;

    fn block(text: &str) -> MailBlock {
        let kind = BlockKind::Paragraph;
        MailBlock { text: text.to_owned(), kind, link: None, linked: 0.0 }
    }

    #[test]
    fn addresses_at_the_end_of_a_block_are_its_link() {
        const URL: &str = "https://varnpost.example/a";
        for (text, expected) in [
            (URL.to_owned(), URL),
            (format!("<{URL}>"), "<https://varnpost.example/a>"),
            (format!("Read more: {URL}"), "Read more: https://varnpost.example/a"),
            (format!("→ {URL}"), "→ https://varnpost.example/a"),
            (format!("Mayor quits ({URL})"), "Mayor quits"),
            (format!("Mayor quits [ {URL} ]"), "Mayor quits"),
            (format!("Bürgermeisterin tritt ab <{URL}>"), "Bürgermeisterin tritt ab"),
        ] {
            let found = linked(block(&text));
            assert_eq!((&*found.text, found.link.as_deref()), (expected, Some(URL)), "{text}");
        }
        for text in [
            "The ferry runs from June.",
            "The council has put all the papers of the case at https://varnpost.example/a",
        ] {
            let found = linked(block(text));
            assert_eq!((&*found.text, found.link), (text, None));
        }
    }

    #[test]
    fn an_address_after_a_sentence_is_a_paragraph_of_its_own() {
        for (text, expected) in [
            ("She left. https://a.example/1", "She left.\n\nhttps://a.example/1"),
            ("She left. (https://a.example/1)", "She left.\n\nhttps://a.example/1"),
            ("See https://a.example/1", "See https://a.example/1"),
            ("https://a.example/1", "https://a.example/1"),
        ] {
            assert_eq!(parted(text.to_owned()), expected);
        }
    }
}
