//! Patterns of single lines: credits, dates, bylines, boilerplate.
//!
//! These rules look at one line at a time and, except for [`clock_time`], apply to short lines only.

use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::{hyphens, lines};
use crate::span::slice;

/// Returns whether a line is a caption, judging by a picture credit: `Photo: …`, `… Image: Ada Lorne.`,
/// `(AP Photo/Ada Lorne)`.
pub(crate) fn is_credited(line: &str) -> bool {
    // Nearly all lines are plain sentences, which can be ruled out because they neither end like a credit nor contain a
    // colon.
    let ended = lines::ends_sentence(line);
    let end = line.trim_end_matches(['.', ' ']);
    let tail = end.get(end.len().saturating_sub("images".len())..).unwrap_or("");
    let may_hold_credit = end.ends_with([')', ']'])
        || tail.eq_ignore_ascii_case("images")
        || memchr::memmem::find(line.as_bytes(), b": ").is_some();
    if ended && !may_hold_credit {
        return false;
    }
    let words = lines::n_words(line, 61);
    if 60 < words {
        return false;
    }
    let lower = line.to_lowercase();
    if boilerplate().lead(&lower, Lead::Credit).is_some() && words <= 30 && !ended {
        return true;
    }
    has_photo_bracket(&lower) || ends_with_credit(&lower) || !ended && ends_with_agency(line)
}

/// Returns whether a line ends with the name of a photographer and an agency: `The mayor on Monday Ada Lorne/AP`.
fn ends_with_agency(line: &str) -> bool {
    let Some((before, agency)) = line.trim_end_matches(')').rsplit_once('/') else { return false };
    let is_name = |word: &str| {
        let mut letters = word.trim_start_matches('(').chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let mut names = before.trim_end().rsplit(' ').take(2);
    let is_abbreviation = AGENCY.contains(&agency.trim().chars().count())
        && agency.trim().chars().all(char::is_uppercase);
    is_abbreviation && names.by_ref().filter(|word| is_name(word)).count() == 2
}

/// The number of letters in an agency's abbreviation: AP, AFP, ANSA.
const AGENCY: std::ops::RangeInclusive<usize> = 2..=4;

/// Returns whether a line ends with a credit mark and at most eight words after it: `… Image: Ada Lorne.`
fn ends_with_credit(lower: &str) -> bool {
    let Some((before, name)) = lower.rsplit_once(": ") else { return false };
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let mark = slice(lower, start, before.len() + 1);
    let sentences = name.trim_end_matches('.').contains(". ");
    boilerplate().lead(mark, Lead::Credit) == Some(mark.len())
        && name.split_whitespace().count() <= 8
        && !sentences
        && !name.contains(['"', '“', '”', '?', '!'])
}

/// Returns whether a line ends with `(AP Photo/Ada Lorne)`, `[Photo by Ada Lorne]` or `Ada Lorne/Getty Images`.
fn has_photo_bracket(lower: &str) -> bool {
    let end = lower.trim_end_matches(['.', ' ']);
    let inside = end.strip_suffix([')', ']']).and_then(|e| e.rsplit_once(['(', '[']));
    let bracket = inside.is_some_and(|(_, credit)| {
        credit.split_whitespace().count() <= 8
            && (credit.contains("photo/")
                || credit.contains("photo via")
                || boilerplate().lead(credit, Lead::Credit).is_some())
    });
    bracket || end.ends_with("/getty images") || end.ends_with("via getty images")
}

/// The patterns that a line matches, evaluated together.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "answers to questions that do not exclude each other"
)]
pub(crate) struct Signs {
    /// Whether the line is page furniture; see [`is_chrome`].
    pub(crate) chrome: bool,
    /// Whether the line is a byline; see [`byline`].
    pub(crate) byline: bool,
    /// Whether the line is a date line; see [`is_date_line`].
    pub(crate) date: bool,
    /// Whether the line is a label; see [`is_label`].
    pub(crate) label: bool,
}

impl Signs {
    /// Evaluates the patterns of a line that has `n_words` words.
    pub(crate) fn new(line: &str, n_words: usize) -> Self {
        let lower = line.to_lowercase();
        Self {
            chrome: is_chrome_of(&lower, n_words),
            byline: byline_of(line, &lower).is_some(),
            date: is_date_line_of(&lower),
            label: boilerplate().is_label(&lower),
        }
    }
}

/// Returns whether a line consists only of a date: `Last Updated: Wednesday, 13 February 2008, 15:45 GMT`.
pub(crate) fn is_date_line(line: &str) -> bool {
    is_date_line_of(&line.to_lowercase())
}

fn is_date_line_of(lower: &str) -> bool {
    if lower.bytes().any(|b| b.is_ascii_digit())
        && let Some(rest) = without_fields(lower)
    {
        return is_date_line_of(&rest);
    }
    let lead =
        [Lead::Date, Lead::Update].into_iter().filter_map(|l| boilerplate().lead(lower, l)).max();
    let mut digits = false;
    let mut named = lead.is_some();
    let mut n = 0;
    for word in words(slice(lower, lead.unwrap_or(0), lower.len())) {
        n += 1;
        let dated = is_full_date(word);
        let numeric =
            dated || word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().count() <= 10;
        let calendar = dated || boilerplate().is_calendar(word);
        let lead =
            || [Lead::Date, Lead::Update].iter().any(|l| boilerplate().lead(word, *l).is_some());
        named |= calendar;
        digits |= numeric;
        if !(numeric || calendar || boilerplate().is_time(word) || lead()) {
            return false;
        }
    }
    let numeric_date = n == 1 && lower.matches(['.', '/', '-']).count() == 2;
    digits && (named || numeric_date) && n <= 16
}

/// Removes the labeled fields from a line of Chinese or Japanese (in lower case), in which outlets print the source and
/// the author beside the date: `来源：新华网 2025-02-14 作者：李华` gives `2025-02-14`. If the value of a field begins
/// with a digit, only the label is removed (`发布时间：2025-02-14`). A word such as `记者` (reporter) is a label even
/// without a colon. Returns `None` if the line has no labeled field.
fn without_fields(lower: &str) -> Option<String> {
    const LABEL: std::ops::RangeInclusive<usize> = 2..=6;
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let is_label = |text: &str| {
        LABEL.contains(&text.chars().count()) && text.chars().all(hyphens::is_unspaced)
    };
    let mut rest: Vec<&str> = Vec::new();
    let mut found = false;
    let mut words = lower.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let (label, value) = word.split_once(['：', ':']).unwrap_or((word, ""));
        let is_byline = boilerplate().lead(word, Lead::Byline) == Some(word.len());
        if !is_label(label) || label == word && !is_byline {
            rest.push(word);
            continue;
        }
        found = true;
        if is_number(value) {
            rest.push(value);
        } else if value.is_empty() {
            words.next_if(|next| !is_number(next));
        }
    }
    found.then(|| rest.join(" "))
}

/// Returns whether a word is a numeric date with a four-digit year: `2025-02-14`, `14.02.2025`, `2025年2月14日`. A time
/// may follow without a space: `2025年3月1日08:05`.
fn is_full_date(word: &str) -> bool {
    let marks: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
    let has_year = word.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    has_year && matches!(&*marks, "--" | ".." | "//" | "年月日" | "年月日:" | "年月日::")
}

/// Returns the name in a byline: `By Ada Lorne, Staff Writer` gives `Ada Lorne, Staff Writer`.
pub(crate) fn byline(line: &str) -> Option<&str> {
    if boilerplate().may_lead(line) { byline_of(line, &line.to_lowercase()) } else { None }
}

fn byline_of<'l>(line: &'l str, lower: &str) -> Option<&'l str> {
    // If lower-casing changes the length in bytes, the position of the name is unknown.
    let lead = boilerplate().lead(lower, Lead::Byline)?;
    let name = line.get(lead..)?.trim_start_matches([':', ' ', '\u{a0}']).trim();
    (lower.len() == line.len() && is_names(name)).then_some(name)
}

/// Returns whether a text looks like one or more names: few words, at least half of them capitalized, without digits,
/// calendar words or an end mark.
pub(crate) fn is_names(text: &str) -> bool {
    let n = words(text).count();
    let capital = words(text).filter(|w| w.starts_with(char::is_uppercase)).count();
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let starts = text.starts_with(char::is_uppercase);
    let ended = lines::ends_sentence(text) && !text.ends_with("Jr.") && 3 < n;
    let article = words(text)
        .next()
        .is_some_and(|w| boilerplate().is_no_place(&w.to_lowercase()) && w.chars().count() <= 4);
    let calendar = words(text).any(|w| boilerplate().is_calendar(&w.to_lowercase()));
    (1..=14).contains(&n)
        && starts
        && n <= capital * 2
        && !digits
        && !ended
        && !article
        && !calendar
}

/// Returns whether a line is page furniture, judging by its words.
pub(crate) fn is_chrome(line: &str) -> bool {
    is_chrome_of(&line.to_lowercase(), line.split_whitespace().count())
}

/// Returns whether a whole line is a label of the page's furniture.
pub(crate) fn is_label(line: &str) -> bool {
    boilerplate().may_be_label(line) && boilerplate().is_label(&line.to_lowercase())
}

fn is_chrome_of(lower: &str, n: usize) -> bool {
    let small_print = n <= 40 && boilerplate().has_small_print(lower);
    if small_print || boilerplate().is_label(lower) || n <= CONTROLS && is_row_of_controls(lower) {
        return true;
    }
    // A single ambiguous word ("Related", "Comments") counts only in a very short line.
    let lead = boilerplate().lead(lower, Lead::Chrome);
    lead.is_some_and(|len| {
        let one_word = !slice(lower, 0, len).contains(' ') && !slice(lower, 0, len).ends_with(':');
        n <= if one_word { 3 } else { 15 }
    })
}

/// The maximum number of words in a row of controls.
const CONTROLS: usize = 20;

/// Returns whether a line consists only of labels, reading times and dates, at least one of which is not a date: `Share
/// Copy link`, `Listen · 5 min read · Mar 10, 2026`.
pub(crate) fn is_row_of_controls(lower: &str) -> bool {
    let mut n_labels = 0;
    for part in lower.split(['·', '•', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        if boilerplate().is_reading_time(part) {
            n_labels += 1;
        } else if !is_date_line_of(part) {
            let mut rest = part;
            while let Some(after) = boilerplate().after_label(rest) {
                n_labels += 1;
                rest = after.trim_start();
            }
            if !rest.is_empty() {
                return false;
            }
        }
    }
    0 < n_labels
}

/// The maximum number of words in an offer to the reader.
const OFFER: usize = 25;

/// Returns whether a line is an offer to the reader: `Already a subscriber? Log in`.
///
/// A quotation may mention subscriptions, so a line with quotation marks is not an offer.
pub(crate) fn is_offer(line: &str) -> bool {
    line.split_whitespace().nth(OFFER).is_none()
        && !is_quoting(line)
        && boilerplate().has_offer(&line.to_lowercase())
}

/// Returns whether a line contains quotation marks.
fn is_quoting(line: &str) -> bool {
    line.contains(['"', '“', '”', '„', '«', '»'])
}

/// How readers can get the rest of an article, according to a line below it.
#[cfg(feature = "pages")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// The rest is on another page: "Continue reading".
    Elsewhere,
    /// The rest is only for subscribers or registered readers: "Subscribe to continue reading".
    NotFree,
}

/// The maximum number of words in a sentence or line about the rest of an article.
#[cfg(feature = "pages")]
const REST: usize = 14;

/// Returns how readers can get the rest of the article above a line, if the line says so.
#[cfg(feature = "pages")]
pub(crate) fn rest(line: &str) -> Option<Rest> {
    if line.split_whitespace().nth(OFFER).is_some() {
        return None;
    }
    let lower = line.to_lowercase();
    let label = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if boilerplate().leads_to_rest(label) {
        return Some(Rest::Elsewhere);
    }
    let is_short = |sentence: &&str| sentence.split_whitespace().nth(REST).is_none();
    let mut sentences = lower.split_inclusive(['.', '!', '?']).filter(is_short);
    let is_paid = !is_quoting(line) && sentences.any(|s| boilerplate().has_paid_rest(s));
    is_paid.then_some(Rest::NotFree)
}

/// Returns whether a line at the end of an article offers the rest to those who pay or register, judging by its words:
/// "Unlock this story with a subscription". A sentence of the article may contain the same words, so the position of
/// the line must speak for an offer as well; a quotation is never an offer.
#[cfg(feature = "pages")]
pub(crate) fn is_paid_offer(line: &str) -> bool {
    line.split_whitespace().nth(OFFER).is_none()
        && !is_quoting(line)
        && boilerplate().offers_paid_rest(&line.to_lowercase(), lines::ends_sentence(line))
}

/// Returns whether a line leads to the rest of an article if it is directly below the last paragraph: "Read more »",
/// "[…]".
#[cfg(feature = "pages")]
pub(crate) fn leads_to_more(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let is_ellipsis = || line.contains('…') || line.contains("...");
    bare.is_empty() && is_ellipsis() || boilerplate().leads_to_more(&bare.to_lowercase())
}

/// Returns whether a line consists only of a time of day, as in live blogs: `14:32`, `2.05 pm`.
#[cfg(feature = "pages")]
pub(crate) fn is_clock_time(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(&lower);
    let after = lower.get(hours..).unwrap_or("");
    let Some(rest) = after.strip_prefix([':', '.', 'h']) else { return false };
    let minutes = digits(rest);
    let zone = rest.get(minutes..).unwrap_or("");
    let zone = zone.strip_prefix(':').map_or(zone, |z| z.get(digits(z)..).unwrap_or(""));
    let is_number = after.starts_with('.') && zone.is_empty();
    (1..=2).contains(&hours)
        && minutes == 2
        && !is_number
        && zone.split_whitespace().all(|word| boilerplate().is_time(word.trim_matches('.')))
}

/// Returns the length of the time of day at the start of a line, as in the entries of a live blog: `14:32`, `13.50
/// Uhr`, `2.05pm BST`. A number with a point is a time only if a word such as `pm`, a time zone, a dash, a colon or a
/// `|` follows it.
pub(crate) fn clock_time(line: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(line);
    let after = slice(line, hours, line.len());
    let rest = after.strip_prefix([':', '.', 'h', 'H'])?;
    if !(1..=2).contains(&hours) || digits(rest) != 2 {
        return None;
    }
    let clock = slice(rest, 2, rest.len());
    let rest = clock.trim_start();
    let half = HALVES
        .iter()
        .filter_map(|half| rest.strip_prefix(half))
        .find(|rest| !rest.starts_with(char::is_alphanumeric));
    let rest = half.unwrap_or(clock);
    let word = rest.trim_start().split([' ', ':']).next().unwrap_or("");
    let is_zone =
        word.chars().all(char::is_uppercase) && boilerplate().is_time(&word.to_lowercase());
    let rest = if is_zone { rest.trim_start().strip_prefix(word)? } else { rest };
    let is_marked =
        half.is_some() || is_zone || rest.trim_start().starts_with([':', '–', '—', '|', '-']);
    let is_time = is_marked || !after.starts_with('.') && rest.starts_with(char::is_whitespace);
    is_time.then(|| line.len() - rest.len())
}

/// Words and abbreviations that belong to the time of day before them.
const HALVES: [&str; 9] = ["a.m.", "p.m.", "am", "pm", "AM", "PM", "Uhr", "uhr", "hrs"];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•' | '–' | '—')
    })
    .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
    .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "pages")]
    use super::is_clock_time;
    use super::{byline, is_chrome, is_credited, is_date_line, is_offer};

    #[test]
    fn dates_beside_the_source_and_the_author() {
        for line in [
            "2025年02月14日 09:14 来源：人民网",
            "来源：新华网 2025-02-14 09:14:33",
            "2025-02-14 09:14:33 来源: 中国新闻网 作者：李华",
            "发布时间：2025-02-14 09:14 来源：澎湃新闻",
            "记者 李华 2025年2月14日",
            "2025年3月1日08:05 编辑：王明",
            "公開日：2025年3月4日 10時00分 著者：山田花子",
            "2025/03/04 10:15",
            "04.03.2025 10:15",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in [
            "市长：2025年将修建三座新桥",
            "来源：新华网",
            "2025年的三座新桥",
            "议会星期五开会 2025-02-14 市长辞职",
            "3:2 获胜后的采访",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn credits() {
        for line in [
            "The old bridge of Varn. Image: Ada Lorne.",
            "Photo: Ada Lorne",
            "The mayor speaks to reporters (AP Photo/Ada Lorne)",
            "Foto: Anna Weiss",
            "The mayor on Monday. Ada Lorne/Getty Images",
            "toggle caption Ada Lorne/AP",
            "The mayor of Varn on Monday Ada Lorne/AFP",
            "Die Brücke am Montag Jörg Weiß/DPA",
            "Le pont de Varn (Anne Roux/AFP)",
            "Il ponte di Varn Ada Bianchi / ANSA",
        ] {
            assert!(is_credited(line), "{line:?}");
        }
        for line in [
            "The mayor said: We shall see.",
            "Image is everything, he said.",
            "Two were hurt.",
            "Contact: Ada Lorne, press office/PR",
            "The old bridge and/OR the new one",
            "He works for the new Varn Post/TV.",
        ] {
            assert!(!is_credited(line), "{line:?}");
        }
    }

    #[test]
    fn date_lines() {
        for line in [
            "Last Updated: Wednesday, 13 February 2008, 15:45 GMT",
            "Published April 11, 2007",
            "Friday, July 21, 2017",
            "Aktualisiert am 3. Mai 2019 um 14:05 Uhr",
            "Publié le 3 mai 2019 à 14h05",
            "13.02.2008",
            "Updated 2 hours ago",
        ] {
            assert!(is_date_line(line), "{line:?}");
        }
        for line in ["May", "The 3 May agreement", "1,500", "12:45", "On Monday"] {
            assert!(!is_date_line(line), "{line:?}");
        }
    }

    #[test]
    fn bylines() {
        assert_eq!(byline("By Ada Lorne, Staff Writer"), Some("Ada Lorne, Staff Writer"));
        assert_eq!(byline("Von Anna Weiss und Karl Braun"), Some("Anna Weiss und Karl Braun"));
        assert_eq!(
            byline("Reporting by Ada Lorne; editing by Karl Braun"),
            Some("Ada Lorne; editing by Karl Braun")
        );
        for line in
            ["By the river", "By Monday", "By 2012 all had left", "Bystanders Help", "Par 3"]
        {
            assert_eq!(byline(line), None, "{line:?}");
        }
    }

    #[test]
    fn furniture() {
        for line in [
            "Read more",
            "Share",
            "Related: the bridge of Varn",
            "© 2015 Varn Post. All rights reserved.",
            "Share Copy link",
            "Listen · 5 min read · Mar 10, 2026",
            "Article continues after advertisement",
            "3 Minuten Lesezeit",
            "Écouter | Partager",
            "12 minutos de lectura",
            "Ascolta Condividi Salva",
            "Tekst loopt door onder de advertentie",
            "Слушать · 4 минуты чтения",
            "Ouvir · 6 min de leitura",
        ] {
            assert!(is_chrome(line), "{line:?}");
        }
        for line in [
            "Share prices fall again",
            "Home advantage",
            "Newsletter editors meet in Varn",
            "Five minutes to read the verdict",
            "Copy of the treaty found",
            "Gift of the miners",
        ] {
            assert!(!is_chrome(line), "{line:?}");
        }
    }

    #[test]
    fn offers() {
        for line in [
            "Already a subscriber? Log in",
            "This article is for subscribers only",
            "Subscribe now for 1 crown a month. Cancel any time.",
            "Sie sind bereits Abonnent? Hier anmelden.",
            "Cet article est réservé aux abonnés.",
            "¿Ya eres suscriptor? Inicia sesión",
            "Contenuto riservato agli abbonati",
            "Conteúdo exclusivo para assinantes",
            "Dit artikel is alleen voor abonnees.",
            "Материал доступен только для подписчиков.",
        ] {
            assert!(is_offer(line), "{line:?}");
        }
        for line in [
            "The paper had lost a third of its subscribers since spring, the publisher said.",
            "“Already a subscriber?” asks a sign at the door of the paper's shop.",
            "Zeitungen verlieren Abonnenten an das Netz.",
        ] {
            assert!(!is_offer(line), "{line:?}");
        }
    }

    #[test]
    #[cfg(feature = "pages")]
    fn times_of_entries() {
        for line in ["14:32", "2.05 pm", "9h15", "14:32 GMT", "7:05 a.m.", "18.30 Uhr", "14:32:10"]
        {
            assert!(is_clock_time(line), "{line:?}");
        }
        for line in ["14", "14:3", "1,500", "2.05 million", "14:32 Storm", "3.45", "12:5:30"] {
            assert!(!is_clock_time(line), "{line:?}");
        }
    }
}
