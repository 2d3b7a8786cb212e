//! Pasted text: an article without the page around it.
//!
//! The classifier was trained on page dumps, in which a short line after the last paragraph usually belongs to the
//! page. In text that was copied by hand, it belongs to the article ("No one was hurt."). Text counts as pasted if at
//! most four lines precede its first sentence, and every line from there on ends like a sentence, introduces the next
//! line, is long, is a list item or is a heading above a sentence, and is not page furniture. If even one line does not
//! fit, the classifier decides.

use crate::line_marker::marker;
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::dump::features::{Looks, Own};
use crate::read::lines;

/// The maximum number of lines before the first sentence: title, outlet, author, date.
const HEAD: usize = 4;
/// The minimum number of words in the first sentence.
const FIRST: usize = 4;
/// The maximum number of words in a line that invites readers to follow a link.
const INVITATION: usize = 14;
/// The maximum number of words in a heading.
const HEADING: usize = 14;

/// Returns the index of the first line of the article in a pasted text, or `None` if the text may be a page.
pub(super) fn begin(lines: &[&str], looks: &Looks<'_>) -> Option<usize> {
    let is_first = |i: &usize| {
        let line = lines[*i];
        lines::ends_sentence(line) && FIRST <= lines::word_count(line) || looks.line(*i).is_prose()
    };
    let first = (0..lines.len()).find(is_first)?;
    let fits = |i: usize| !is_furniture(lines[i], looks.line(i)) && is_of_article(lines, i);
    (first <= HEAD && (first..lines.len()).all(fits)).then_some(first)
}

/// Returns whether a line is page furniture, judging by its words.
pub(super) fn is_furniture(line: &str, own: &Own) -> bool {
    own.is_offer()
        || is_invitation(line)
        || own.is_credited()
        || own.signs().is_some_and(|s| s.chrome || s.date || s.byline)
}

/// Returns whether a short line begins like a line of page furniture: "Read more about the harbour."
fn is_invitation(line: &str) -> bool {
    lines::word_count(line) <= INVITATION
        && boilerplate().lead(&line.to_lowercase(), Lead::Chrome).is_some()
}

fn is_of_article(lines: &[&str], i: usize) -> bool {
    let line = lines[i];
    if lines::ends_sentence(line) || line.ends_with([':', ',', ';']) || marker(line).is_some() {
        return true;
    }
    // A heading begins with a capital and is followed by a sentence; a text cannot end with a heading.
    let next_is_sentence = lines
        .get(i + 1)
        .is_some_and(|next| lines::ends_sentence(next) && FIRST <= lines::word_count(next));
    let is_unfinished = 30 <= lines::word_count(line);
    is_unfinished
        || next_is_sentence
            && lines::word_count(line) <= HEADING
            && !line.starts_with(char::is_lowercase)
}
