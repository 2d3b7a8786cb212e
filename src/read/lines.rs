//! Joins the lines of a text into pieces; each piece is a paragraph, a heading or a list item.
//!
//! A text may have one paragraph per line, have blank lines between paragraphs, or be hard-wrapped at some width.
//! Whether it is hard-wrapped is decided once for the entire text, based on the line breaks inside paragraphs. A line
//! is unfinished if it ends with a hyphenated word, or if it has no end mark and the next one begins in lower case; it
//! is full if the first word of the next one would not have fit. In a script without case, a full line without an end
//! mark is unfinished if its passage flows like prose ([`flowing`]). A text is wrapped if at least a third of its lines
//! are unfinished and at least half are full, or if at least three and more than half are unfinished. A word that is
//! hyphenated at the end of a line always continues on the next one if that begins in lower case.
//!
//! Known limit: if a wrapped text has neither blank lines nor indents, the break after a paragraph whose last line
//! is full is lost.

use crate::line_marker::{Marker, marker};
use crate::printable::{columns, unbreakable, width_of};
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::hyphens;
use crate::span::{Span, slice};

/// One or more lines that form a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The range from the first character that is not white space to the last.
    pub(crate) span: Span,
    /// Whether a blank line precedes it; also `true` at the start of the text.
    pub(crate) after_blank: bool,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    after_blank: bool,
    indent: usize,
    /// The width in columns, including an indent of ideographic spaces; an East Asian character takes two columns.
    length: usize,
}

/// The maximum width in columns that is assumed for a word in a script without spaces between words, such as Thai.
const RUN: usize = 12;
/// The line widths at which text is usually wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=140;

/// Returns the pieces of a text in order; together they contain every character that is not white space.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut before: Option<Line> = None;
    for line in lines {
        let joins = before.is_some_and(|b| {
            continues_word(text, &b, &line)
                || match width {
                    Some(width) => continues_wrapped(text, &b, &line, width),
                    None => continues_by_chance(text, &b, &line),
                }
        });
        match pieces.last_mut() {
            Some(last) if joins => last.span = Span::new(last.span.start(), line.span.end()),
            _ => pieces.push(Piece { span: line.span, after_blank: line.after_blank }),
        }
        before = Some(line);
    }
    pieces
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut at = 0;
    // If the text has no line feed, carriage returns are line breaks; otherwise they are white space.
    let old_mac = !text.contains('\n');
    for raw in text.split(if old_mac { '\r' } else { '\n' }) {
        let span = Span::new(at, at + raw.len()).trimmed(text);
        if span.is_empty() {
            after_blank = true;
        } else {
            let indent = span.start() - at;
            // An indent of ideographic spaces is part of the line.
            let wide = slice(raw, 0, indent).chars().filter(|c| width_of(*c) == 2);
            let length = 2 * wide.count() + columns(span.slice(text));
            lines.push(Line { span, after_blank, indent, length });
            after_blank = false;
        }
        at += raw.len() + 1;
    }
    lines
}

/// Returns the width at which a text is wrapped, if it is wrapped.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.length).filter(|l| *l >= 20).collect();
    lengths.sort_unstable();
    // A few lines may be longer than the width, such as those of an address or a table.
    let width = *lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 20))?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let (mut breaks, mut unfinished, mut full) = (0, 0, 0);
    let flows = flowing(text, lines, width);
    for (pair, flows) in lines.windows(2).zip(flows) {
        let [a, b] = pair else { continue };
        if b.after_blank || a.length * 2 < width || marker(b.span.slice(text)).is_some() {
            continue;
        }
        let is_full = is_full(text, a, b, width);
        let goes_on = flows && is_full && is_caseless_break(text, a, b);
        breaks += 1;
        unfinished += usize::from(is_unfinished(text, a, b) || goes_on);
        full += usize::from(is_full);
    }
    let wrapped = unfinished * 3 >= breaks && full * 2 >= breaks
        // The lines are ragged, because words are hyphenated or the text was wrapped by hand.
        || 3 <= unfinished && breaks < unfinished * 2;
    (0 < breaks && wrapped).then_some(width)
}

/// Returns, for each line, whether its passage (the lines between two blank lines) flows like prose. A passage flows
/// like prose if its last line ends a sentence. In a script that has neither spaces between words nor end marks, such
/// as Thai, it also does if it has at least three lines and all of them except the last are full.
fn flowing(text: &str, lines: &[Line], width: usize) -> Vec<bool> {
    let mut flows = Vec::with_capacity(lines.len());
    for passage in lines.chunk_by(|_, b| !b.after_blank) {
        let last = passage.last().map_or("", |line| line.span.slice(text));
        let is_thai = |c: char| hyphens::is_unspaced(c) && width_of(c) < 2;
        let all_full = || {
            let mut breaks = passage.windows(2);
            breaks.all(|pair| matches!(pair, [a, b] if is_full(text, a, b, width)))
        };
        let is_prose =
            ends_sentence(last) || 3 <= passage.len() && last.starts_with(is_thai) && all_full();
        flows.extend(passage.iter().map(|_| is_prose));
    }
    flows
}

/// Returns whether `a` has no end mark and `b` begins with a letter without case or with punctuation that cannot begin
/// a sentence.
fn is_caseless_break(text: &str, a: &Line, b: &Line) -> bool {
    let first = b.span.slice(text).chars().next();
    let is_caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    let may_go_on = |c: char| is_caseless(c) || "、。，．：；？！）」』】〕〉》".contains(c);
    first.is_some_and(may_go_on) && !ends_sentence(a.span.slice(text))
}

/// Returns whether a word that is hyphenated at the end of `a` continues in `b`, in lower case.
fn continues_word(text: &str, a: &Line, b: &Line) -> bool {
    !b.after_blank && starts_lower(b.span.slice(text)) && is_cut(a.span.slice(text))
}

/// Returns whether `b` continues the paragraph of `a` in a wrapped text.
fn continues_wrapped(text: &str, a: &Line, b: &Line, width: usize) -> bool {
    if b.after_blank || marker(b.span.slice(text)).is_some_and(|m| m != Marker::Quoted) {
        return false;
    }
    let quoted = |line: &Line| marker(line.span.slice(text)) == Some(Marker::Quoted);
    if quoted(a) != quoted(b) {
        return false;
    }
    let indented = a.indent + 2 <= b.indent && marker(a.span.slice(text)).is_none();
    if indented {
        return false;
    }
    if is_full(text, a, b, width) || is_unfinished(text, a, b) {
        return true;
    }
    // The next word would have fit, so a new paragraph or a heading may begin here.
    let goes_on = !ends_sentence(a.span.slice(text)) && width * 3 <= a.length * 5;
    goes_on || starts_lower(b.span.slice(text))
}

/// Returns whether `b` continues `a` after a stray line break, in a text with one paragraph per line.
fn continues_by_chance(text: &str, a: &Line, b: &Line) -> bool {
    !b.after_blank
        && 60 <= a.length
        && starts_lower(b.span.slice(text))
        && a.span.slice(text).ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && marker(b.span.slice(text)).is_none()
        && !is_signature(b.span.slice(text))
}

/// Returns whether a line names the author in lower case, next to the date: "by lorne | May 3, 2019".
fn is_signature(line: &str) -> bool {
    boilerplate().lead(&line.to_lowercase(), Lead::Byline).is_some()
        && line.bytes().any(|b| b.is_ascii_digit())
        && word_count(line) <= 8
}

fn is_unfinished(text: &str, a: &Line, b: &Line) -> bool {
    is_cut(a.span.slice(text))
        || starts_lower(b.span.slice(text)) && !ends_sentence(a.span.slice(text))
}

/// Returns whether a line ends with a hyphen after two letters.
fn is_cut(line: &str) -> bool {
    let before = line.strip_suffix(['-', '\u{2010}', '\u{ad}']);
    before.is_some_and(|w| w.chars().rev().take(2).filter(|c| c.is_alphabetic()).count() == 2)
}

/// Returns whether the first word of `b` would not have fit on line `a`.
fn is_full(text: &str, a: &Line, b: &Line, width: usize) -> bool {
    let word = b.span.slice(text).split_whitespace().next().unwrap_or("");
    // Chinese and Japanese lines may break after any character; Korean is usually wrapped between words.
    let is_unspaced = word.contains(hyphens::is_unspaced);
    let end = unbreakable(word).filter(|_| is_unspaced).unwrap_or(word.len());
    let piece = slice(word, 0, end);
    // Words in Thai and similar scripts have no spaces between them, so the width of the first word is unknown.
    let is_run = piece.starts_with(|c| hyphens::is_unspaced(c) && width_of(c) < 2);
    let most = if is_run { RUN } else { usize::MAX };
    width < a.length + 1 + columns(piece).min(most)
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Returns the number of words in a text, counted up to `most`, so that checking whether a text is short does not
/// scan all of a long one.
pub(crate) fn n_words(text: &str, most: usize) -> usize {
    // Words in an ASCII prefix are counted byte by byte, without decoding characters.
    let reach = text.len().min(most.saturating_mul(BYTES_A_WORD));
    let head = text.as_bytes().get(..reach).unwrap_or(&[]);
    if !head.is_ascii() {
        return text.split_whitespace().take(most).count();
    }
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let first = usize::from(head.first().is_some_and(|byte| !is_space(*byte)));
    // The count of each chunk fits in a byte, so that the compiler can vectorize the loop.
    let befores = head.chunks(usize::from(u8::MAX));
    let starts = befores.zip(head.get(1..).unwrap_or(&[]).chunks(usize::from(u8::MAX)));
    let counted = starts.map(|(before, after)| {
        let pairs = before.iter().zip(after);
        usize::from(pairs.fold(0, |n, (a, b)| n + u8::from(is_space(*a) & !is_space(*b))))
    });
    let words = first + counted.sum::<usize>();
    if most <= words || head.len() == text.len() {
        return words.min(most);
    }
    text.split_whitespace().take(most).count()
}

/// Returns the number of words in a text: those between spaces, and an estimate for scripts without spaces.
pub(crate) fn word_count(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    if text.is_ascii() { spaced } else { spaced + unspaced_words(text) }
}

/// Estimates the number of words in scripts without spaces, as one for every two characters.
pub(crate) fn unspaced_words(text: &str) -> usize {
    text.chars().filter(|c| hyphens::is_unspaced(*c)).count() / 2
}

/// A high estimate of the number of bytes in a word, including the space after it.
const BYTES_A_WORD: usize = 12;

/// Returns whether a line ends like a sentence: with an end mark, possibly followed by closing marks.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let body = line.trim_end_matches(is_closer);
    body.ends_with([
        '.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '։', '።', '．', '။', '܂', '፧', '។',
    ])
}

/// Returns whether a character may follow an end mark: a quotation mark, a closing bracket, an emphasis mark (`*`, `_`)
/// or white space.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '’'
            | '”'
            | '“'
            | '»'
            | '«'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '」'
            | '』'
            | '）'
            | '*'
            | '_'
    ) || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{n_words, pieces};

    proptest! {
        #[test]
        fn words_are_counted_as_far_as_asked(text in "[a-z \t\u{b}é\u{a0}]{0,300}", most in 0..40_usize) {
            prop_assert_eq!(n_words(&text, most), text.split_whitespace().take(most).count());
        }
    }

    fn texts(text: &str) -> Vec<&str> {
        pieces(text).iter().map(|p| p.span.slice(text)).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_paragraphs_kept_apart() {
        let text = "The council of Varn voted on Monday to close the old bridge for\n\
                    two years, saying that its pillars could not carry the weight of\n\
                    the new trams.\n\nResidents were not pleased. They asked who would pay for the\n\
                    ferry, and for how long.\n";
        let found = texts(text);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].ends_with("trams."));
    }

    #[test]
    fn wrapped_paragraphs_without_blank_lines_end_at_a_short_last_line() {
        let text = "The council of Varn voted on Monday to close the old bridge for\n\
                    two years, saying that its pillars could not carry the weight of\n\
                    the new trams.\nResidents were not pleased. They asked who would pay for the\n\
                    ferry that the town has promised, and for how long it would be\nthere.\n";
        assert_eq!(texts(text).len(), 2, "{:#?}", texts(text));
    }

    #[test]
    fn a_paragraph_a_line_stays_a_paragraph_a_line() {
        let text =
            "The first paragraph says something.\nThe second one says more than the first.\nThird.";
        assert_eq!(texts(text).len(), 3);
        let menu =
            "Home\nNews\nSport and more\nWeather in the region today\nAbout this site and us";
        assert_eq!(texts(menu).len(), 5);
    }

    #[test]
    fn narrow_lines_are_joined() {
        for text in [
            "Der Rat der Stadt hat am Dienstag be-\nschlossen, die Mauer neu zu bau-\nen, wie die Vor-\nsitzende sagte. \
             Nord- und\nSüdmole bleiben zu. Die HWG-\nFraktion war dagegen.",
            "The council of the town met on\nMonday to talk about the old\nbridge, which it wants to close\nfor two years from June.",
            "Le conseil de la ville a voté\nlundi pour fermer le pont, qui\nne porte plus les tramways, dit\nla maire.",
            "Город закроет старый мост\nна два года, потому что его\nопоры больше не держат\nтрамваи, сказал мэр.",
        ] {
            assert_eq!(texts(text).len(), 1, "{:#?}", texts(text));
        }
    }

    #[test]
    fn wrapped_lines_in_scripts_without_case_are_joined() {
        for (text, expected) in [
            // Chinese, Japanese, with and without indents.
            (
                "市政府星期一宣布，横跨河流的旧桥将从六\n月起关闭两年，因为桥墩已经无法承受新电车\n的重量。\n\n居民对此表示不满，他们想知道谁来支付渡\n船的费用。",
                2,
            ),
            (
                "　　市政府星期一宣布，横跨河流的旧桥将\n从六月起关闭两年，因为桥墩已经无法承受\n新电车的重量。\n　　居民对此表示不满，他们想知道谁来支\n付渡船的费用，以及要用多久。",
                2,
            ),
            (
                "市は月曜日、川にかかる古い橋を六月から二\n年間閉鎖すると発表した。橋脚が新しい電車\nの重さに耐えられないためだという。",
                1,
            ),
            // Korean, Arabic, Hebrew, Hindi, Persian.
            (
                "시는 월요일 낡은 다리를 유월부터 이 년 동안\n닫겠다고 밝혔다. 교각이 새 전차의 무게를 더는\n견디지 못하기 때문이다.",
                1,
            ),
            (
                "قرر مجلس المدينة يوم الاثنين إغلاق الجسر\nالقديم لمدة عامين لأن أعمدته لم تعد تتحمل\nوزن القطارات الجديدة.",
                1,
            ),
            (
                "מועצת העיר החליטה ביום שני לסגור את הגשר\nהישן לשנתיים משום שעמודיו אינם נושאים עוד\nאת משקל הרכבות החדשות.",
                1,
            ),
            (
                "नगर परिषद ने सोमवार को पुराने पुल को दो साल के\nलिए बंद करने का फैसला किया क्योंकि उसके खंभे\nनई ट्रामों का भार नहीं उठा सकते।",
                1,
            ),
            (
                "شورای شهر روز دوشنبه تصمیم گرفت پل قدیمی\nرا برای دو سال ببندد، زیرا پایه‌های آن دیگر\nوزن ترامواها را تحمل نمی‌کند.",
                1,
            ),
            // Thai has no end marks.
            (
                "สภาเมืองมีมติเมื่อวันจันทร์ให้ปิดสะพานเก่า\nเป็นเวลาสองปีเพราะเสาของสะพานรับน้ำหนักของ\nรถรางใหม่ไม่ไหวอีกต่อไป",
                1,
            ),
            // Lists, and a paragraph on each line.
            (
                "市政府公布新的旧桥关闭计划\n居民对渡船的费用表示不满意\n议会将于五月作出最后的决定\n港口工程师解释桥墩的老问题",
                4,
            ),
            (
                "市政府星期一宣布关闭旧桥，为期两年。\n居民对此表示不满，但没有人提出申诉。\n议会将于五月开会，作出最后的决定。",
                3,
            ),
            (
                "إغلاق الجسر القديم\nسكان المدينة غاضبون من القرار\nالعبارة تعود\nمجلس المدينة يجتمع في مايو",
                4,
            ),
        ] {
            assert_eq!(texts(text).len(), expected, "{:#?}", texts(text));
        }
    }

    #[test]
    fn carriage_returns_end_lines() {
        assert_eq!(texts("One.\r\nTwo.\r\n\r\nThree.").len(), 3);
        assert_eq!(texts("One.\rTwo.").len(), 2);
        assert!(pieces("One.\r\nTwo.\r\n\r\nThree.")[2].after_blank);
    }

    #[test]
    fn list_items_start_a_piece_of_their_own() {
        let text = "The plan has three parts, which the council will have to vote on one\n\
                    by one in the coming weeks:\n\
                    - a ferry that runs every day from the harbour to the old market and\n  back,\n\
                    - a new bridge,\n- a tunnel.";
        assert_eq!(texts(text).len(), 4, "{:#?}", texts(text));
    }
}
