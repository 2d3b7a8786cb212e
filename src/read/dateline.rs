//! The dateline of a wire story: place, date and agency before the first sentence.
//!
//! ```text
//! ST. PETERSBURG, Fla. (AP) — A storm …      place: ST. PETERSBURG, Fla.
//! BEIJING, Feb. 13 (Xinhua) -- China …       place: BEIJING
//! Berlin (dpa) - Die Regierung …             place: Berlin
//! (CNN) -- Voters …                          no place
//! Washington (CNN) The attorney …            place: Washington
//! ```
//!
//! A place must be in capitals, or an agency, region or date must accompany it, because sentences may also begin with a
//! name and a dash. A colon, which also follows speakers and labels, ends a dateline only if an agency or, for a place
//! in capitals, a date accompanies the place. A dateline without a dash or colon must end with a known agency in
//! parentheses, because a sentence may begin in the same way: `Varn Motors (VRM) Chairwoman Ada Lorne said`.
//!
//! Known limit: the place in `Berlin – Die Regierung …` meets neither condition and stays in the sentence.

use crate::read::boilerplate::boilerplate;
use crate::span::{Span, slice};

/// A dateline at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// Its length in bytes, including the dash but not the white space after it.
    pub(crate) len: usize,
    /// The range of the place.
    pub(crate) place: Option<Span>,
}

/// Agencies that sign their reports in lower case.
const LOWER_CASE_AGENCIES: &[&str] =
    &["dpa", "sda", "apa", "ots", "epd", "kna", "dapd", "ddp", "ansa", "efe", "belga", "cna"];

/// Agencies, besides [`LOWER_CASE_AGENCIES`], whose datelines may end without a dash.
const AGENCIES_WITHOUT_DASH: &[&str] = &[
    "AFP",
    "AP",
    "Agencia EFE",
    "ANI",
    "Bloomberg",
    "CBS",
    "CNN",
    "CNN Business",
    "CNNMoney",
    "CNSNews.com",
    "EFE",
    "IANS",
    "Interfax",
    "KUNA",
    "PTI",
    "Reuters",
    "SANA",
    "TASS",
    "UPI",
    "WAM",
    "Xinhua",
    "Yonhap",
];

/// The maximum number of bytes before the dash or the closing parenthesis of a dateline.
const LONGEST: usize = 120;

/// Returns the dateline that a paragraph begins with.
pub(crate) fn find(paragraph: &str) -> Option<Dateline> {
    if !paragraph.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '/') {
        return None;
    }
    let mut from = 0;
    while let Some((start, end)) = next_separator(paragraph, from) {
        let rest = slice(paragraph, end, paragraph.len());
        let begins = rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase());
        let colon = slice(paragraph, start, end).contains(':');
        let prefix = slice(paragraph, 0, start);
        let len = start + slice(paragraph, start, end).trim_end().len();
        if begins && let Some(filed) = filed(prefix, colon) {
            return Some(match filed {
                Filed::From(place) => Dateline { len, place: Some(place) },
                Filed::ByAgency => Dateline { len, place: None },
            });
        }
        from = end;
    }
    without_dash(paragraph)
}

/// Returns a dateline that ends with a known agency in parentheses: `(CNN)The mayor …`.
fn without_dash(paragraph: &str) -> Option<Dateline> {
    let (open, close) = (paragraph.find('(')?, paragraph.find(')')?);
    let agency = (open < close && close <= LONGEST).then(|| slice(paragraph, open + 1, close))?;
    let known = AGENCIES_WITHOUT_DASH.contains(&agency) || LOWER_CASE_AGENCIES.contains(&agency);
    let rest = slice(paragraph, close + 1, paragraph.len()).trim_start();
    let begins = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '„' | '«'));
    let place = Span::new(0, open).trimmed(paragraph);
    let name = place.of(paragraph);
    // `Agence France-Presse (AFP) Director …`: the name spells out the abbreviation, so it is not a place.
    let explains = initials(name).eq_ignore_ascii_case(agency);
    let of_place = || name.split(',').all(|part| is_name(part.trim()) || is_date(part.trim()));
    let fits = known && begins && !explains && (name.is_empty() || of_place());
    let len = close + 1;
    fits.then(|| Dateline { len, place: (!name.is_empty()).then(|| first_part(place, name)) })
}

/// Returns the part of a place before its first comma.
fn first_part(place: Span, name: &str) -> Span {
    let end = name.find(',').unwrap_or(name.len());
    Span::new(place.start(), place.start() + end)
}

/// Returns the first letters of the words in a name; a hyphen also separates words.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c == '-');
    words.filter_map(|word| word.chars().next()).collect()
}

/// Returns the range of the next dash or colon that may end a dateline, including the white space around it.
fn next_separator(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let found = slice(text, at, text.len()).find(['-', '–', '—', '―', '−', ':'])? + at;
        if LONGEST < found {
            return None;
        }
        let rest = slice(text, found, text.len());
        let run = rest.len() - rest.trim_start_matches(['-', '–', '—', '―', '−', ':']).len();
        let end = found + run;
        let spaced = slice(text, 0, found).ends_with(char::is_whitespace)
            && slice(text, end, text.len()).starts_with(|c: char| c.is_whitespace());
        let at_end = end == text.trim_end().len() && slice(text, 0, found).ends_with(' ');
        let strong = matches!(slice(text, found, end), "--" | "---" | "—" | "―" | ":");
        if spaced || strong || at_end {
            let start = slice(text, 0, found).trim_end().len();
            let tail = slice(text, end, text.len());
            return Some((start, end + (tail.len() - tail.trim_start().len())));
        }
        at = end;
    }
}

/// The source that is named before the dash or colon of a dateline: a place, or only an agency.
enum Filed {
    From(Span),
    ByAgency,
}

/// Parses the text before the dash or colon of a possible dateline; returns `None` if it is not a dateline.
fn filed(prefix: &str, colon: bool) -> Option<Filed> {
    let (head, has_agency) = without_agency(prefix)?;
    if head.is_empty() {
        return (has_agency && !colon).then_some(Filed::ByAgency);
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for part in head.split(',') {
        parts.push(Span::new(at, at + part.len()).trimmed(head));
        at += part.len() + 1;
    }
    let dates = parts.iter().position(|p| is_date(p.of(head))).unwrap_or(parts.len());
    let (places, dates) = parts.split_at(dates);
    let [city, regions @ ..] = places else { return None };
    let known = has_agency || !regions.is_empty() || !dates.is_empty();
    let city_name = city.of(head);
    // A colon also follows speakers and labels (`MAYOR:`); a dash seldom follows anything in capitals but a place.
    let named = if colon {
        is_name(city_name) && (has_agency || (is_capitals(city_name) && !dates.is_empty()))
    } else if known {
        is_name(without_article(city_name))
    } else {
        is_capitals(city_name) && words(city_name).count() <= 3
    };
    let fits = named
        && regions.len() <= 3
        && dates.len() <= 3
        && regions.iter().all(|r| is_name(r.of(head)))
        && dates.iter().all(|d| is_date(d.of(head)));
    let last = regions.last().unwrap_or(city);
    fits.then_some(Filed::From(Span::new(city.start(), last.end())))
}

/// Returns a city without its leading article: `VEGAS` for `LAS VEGAS`. [`is_name`] rejects names that begin with an
/// article, because labels in capitals begin with articles as well.
fn without_article(city: &str) -> &str {
    let (article, rest) = city.split_once(' ').unwrap_or(("", city));
    let is_article = (1..=LONGEST_ARTICLE).contains(&article.chars().count())
        && article.starts_with(char::is_uppercase)
        && boilerplate().is_no_place(&article.to_lowercase());
    if is_article { rest.trim_start() } else { city }
}

/// The maximum number of letters in the article of a city's name: `LOS`, `DEN`.
const LONGEST_ARTICLE: usize = 3;

/// Removes an agency such as `(Reuters)` or `/PRNewswire/` from the end, and returns whether there was one. Returns
/// `None` if the delimiters contain something else.
fn without_agency(prefix: &str) -> Option<(&str, bool)> {
    let trimmed = prefix.trim_end();
    let (open, close) = match trimmed.chars().next_back()? {
        ')' => ('(', ')'),
        '/' => ('/', '/'),
        _ => return Some((trimmed, false)),
    };
    let inside = trimmed.strip_suffix(close)?;
    let (head, agency) = inside.rsplit_once(open)?;
    let short = agency.chars().count() <= 32 && agency.split_whitespace().count() <= 4;
    let first = agency.split(['/', '-']).next().unwrap_or(agency);
    let wire = first.starts_with(char::is_uppercase) || LOWER_CASE_AGENCIES.contains(&first);
    (short && wire).then(|| (head.trim(), true))
}

/// Returns whether a part of a dateline is a date: `Feb. 13`, `13 février 2008`, `Wednesday`.
fn is_date(part: &str) -> bool {
    let mut words = words(part).peekable();
    let some = words.peek().is_some();
    let dated = words.all(|word| {
        let lower = word.to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit())
            || boilerplate().is_calendar(&lower)
            || boilerplate().is_time(&lower)
    });
    some && dated
}

/// Returns whether a part of a dateline is in capitals, as places often are: `ST. PETERSBURG`, `BRDO PRI KRANJU`.
fn is_capitals(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    3 <= letters
        && part.chars().all(|c| !c.is_lowercase() && !c.is_ascii_digit())
        && is_name(part)
        && part.chars().any(char::is_uppercase)
}

/// Returns whether a part of a dateline is a name: a few words, each capitalized except for function words between
/// them.
fn is_name(part: &str) -> bool {
    let n = words(part).count();
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let small = |w: &str| w.chars().count() <= 4 && w.chars().all(char::is_lowercase);
    let no_place = words(part).next().is_some_and(|w| boilerplate().is_no_place(&w.to_lowercase()));
    let dated = words(part).any(|w| boilerplate().is_calendar(&w.to_lowercase()));
    (1..=5).contains(&n)
        && words(part).all(|w| capital(w) || small(w))
        && words(part).next().is_some_and(capital)
        && words(part).last().is_some_and(capital)
        && !part.contains(['"', '“', '”', '?', '!', ':', ';'])
        && !no_place
        && !dated
}

fn words(part: &str) -> impl Iterator<Item = &str> {
    part.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{find, slice};

    fn found(text: &str) -> Option<(&str, Option<&str>)> {
        find(text).map(|d| (slice(text, 0, d.len), d.place.map(|p| p.of(text))))
    }

    #[test]
    fn datelines_of_the_usual_forms_are_found() {
        for (text, dateline, place) in [
            ("VARNOVO, Ostland -- Talks began.", "VARNOVO, Ostland --", Some("VARNOVO, Ostland")),
            (
                "ST. MARLOWE, Fla. (AP) — A storm",
                "ST. MARLOWE, Fla. (AP) —",
                Some("ST. MARLOWE, Fla."),
            ),
            ("BEIJING, Feb. 13 (Xinhua) -- The", "BEIJING, Feb. 13 (Xinhua) --", Some("BEIJING")),
            ("Varnstadt (dpa) - Die Regierung", "Varnstadt (dpa) -", Some("Varnstadt")),
            ("Varnstadt (dpa/lno) – Die Regierung", "Varnstadt (dpa/lno) –", Some("Varnstadt")),
            ("PORT HALE—The mayor", "PORT HALE—", Some("PORT HALE")),
            ("(CNN) -- Voters", "(CNN) --", None),
            ("(CNN) Voters", "(CNN)", None),
            ("(CNN)Voters", "(CNN)", None),
            ("Lorne (CNN) The mayor", "Lorne (CNN)", Some("Lorne")),
            ("Varnstadt (AFP) “We are late,”", "Varnstadt (AFP)", Some("Varnstadt")),
            ("Varnstadt (dpa) Die Regierung", "Varnstadt (dpa)", Some("Varnstadt")),
            ("Port Hale, May 3 (UPI) The ferry", "Port Hale, May 3 (UPI)", Some("Port Hale")),
            (
                "Port Hale, Ohio, United States - This week",
                "Port Hale, Ohio, United States -",
                Some("Port Hale, Ohio, United States"),
            ),
            ("LAS VARNAS, Nevada — The", "LAS VARNAS, Nevada —", Some("LAS VARNAS, Nevada")),
            ("El Varn, Texas (AP) — The", "El Varn, Texas (AP) —", Some("El Varn, Texas")),
            ("LE VARNOIS, 3 mai (AFP) — Le", "LE VARNOIS, 3 mai (AFP) —", Some("LE VARNOIS")),
            ("LONDON (Reuters) - The pound", "LONDON (Reuters) -", Some("LONDON")),
            (
                "STRATFORD-ON-HALE, England (AP) — A",
                "STRATFORD-ON-HALE, England (AP) —",
                Some("STRATFORD-ON-HALE, England"),
            ),
            (
                "BRÜNN AM SEE, 3. Mai (APA) - Der",
                "BRÜNN AM SEE, 3. Mai (APA) -",
                Some("BRÜNN AM SEE"),
            ),
        ] {
            assert_eq!(found(text), Some((dateline, place)), "{text:?}");
        }
    }

    #[test]
    fn sentences_that_begin_with_a_name_and_a_dash_keep_it() {
        for text in [
            "Obama — the president — spoke.",
            "Nobody knew - not even she.",
            "The plan (see page 3) - A long one - failed.",
            "On Tuesday, February 13 – The court ruled.",
            "UPDATE - The road is open.",
            "Rivers - The longest of them are dry.",
            "THE PRICE OF THE NEW BRIDGE - Nobody knows it.",
            "LORNE, Ada: The bridges of Varn.",
            "MAYOR: Thank you all.",
            "Group F — Ostland 1 – 0 Varn",
            "Varn Motors (VRM) Chairwoman Ada Lorne said so.",
            "Agence France-Presse (AFP) Director Karl Braun said so.",
            "Associated Press (AP) Editor Karl Braun said so.",
            "Mayor Ada Lorne (D) Said Nothing.",
            "The mayor told the agency (AP) that she knew.",
            "(See page 3) The plan failed.",
            "",
            "—",
            "(",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
