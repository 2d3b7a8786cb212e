//! The dateline of a wire story: place, date and agency before the first sentence.
//!
//! ```text
//! ST. PETERSBURG, Fla. (AP) — A storm …      place: ST. PETERSBURG, Fla.
//! BEIJING, Feb. 13 (Xinhua) -- China …       place: BEIJING
//! Berlin (dpa) - Die Regierung …             place: Berlin
//! (CNN) -- Voters …                          no place
//! Washington (CNN) The attorney …            place: Washington
//! July 10, 2026 — The port …                 no place
//! ```
//!
//! A place must be in capitals, or an agency, region or date must accompany it, because sentences may also begin with a
//! name and a dash. A colon, which also follows speakers and labels, ends a dateline only if an agency or, for a place
//! in capitals, a date accompanies the place. A dateline without a dash or colon must end with a known agency in
//! parentheses, because a sentence may begin in the same way: `Varn Motors (VRM) Chairwoman Ada Lorne said`. An unknown
//! abbreviation also counts as an agency if a capitalized function word follows, which begins a sentence: `Lorvik (KTV)
//! The court`. A dateline that is only a date must contain a year or begin with a word such as `Updated`, because
//! entries of a chronology also begin with dates.
//!
//! Known limit: the place in `Berlin – Die Regierung …` is not in capitals and nothing accompanies it, so it stays in
//! the sentence.

use crate::read::boilerplate::{Lead, boilerplate};
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
pub(crate) const LOWER_CASE_AGENCIES: &[&str] =
    &["dpa", "sda", "apa", "ots", "epd", "kna", "dapd", "ddp", "ansa", "efe", "belga", "cna"];

/// Agencies, besides [`LOWER_CASE_AGENCIES`], whose datelines may end without a dash.
pub(crate) const AGENCIES_WITHOUT_DASH: &[&str] = &[
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

/// The maximum number of bytes before the dash, colon or closing parenthesis that ends a dateline.
const LONGEST: usize = 120;

/// Returns the dateline that a paragraph begins with.
pub(crate) fn find(paragraph: &str) -> Option<Dateline> {
    let may_begin = |c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(' || c == '/';
    if !paragraph.starts_with(may_begin) {
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
                Filed::ByAgency => with_place(paragraph, len, rest),
                Filed::OnDate => Dateline { len, place: None },
            });
        }
        from = end;
    }
    without_dash(paragraph)
}

/// Returns a dateline that begins with an agency; a place may follow: `(ANSA) - ROMA, 10 LUG -`. `len` is the length of
/// the agency with its dash, and `rest` is the text after it.
fn with_place(paragraph: &str, len: usize, rest: &str) -> Dateline {
    let start = paragraph.len() - rest.len();
    let place_of = |found: Dateline| Some((found.len, found.place?));
    match find(rest).and_then(place_of) {
        Some((more, place)) => Dateline {
            len: start + more,
            place: Some(Span::new(start + place.start(), start + place.end())),
        },
        None => Dateline { len, place: None },
    }
}

/// Returns whether a paragraph begins with a dateline that is only a date. An article with several such paragraphs is a
/// chronology, whose dates are part of the text.
pub(crate) fn is_dated(paragraph: &str) -> bool {
    let may_be_dated = paragraph.bytes().take(LONGEST).any(|byte| byte.is_ascii_digit());
    let dateline = if may_be_dated { find(paragraph) } else { None };
    let dateline = dateline.map(|found| slice(paragraph, 0, found.len));
    dateline.is_some_and(|head| is_full_date(head.trim_end_matches(DASHES)))
}

/// The dashes that may end a dateline.
const DASHES: [char; 5] = ['-', '–', '—', '―', '−'];

/// Returns a dateline that ends with an agency in parentheses, without a dash: `(CNN)The mayor …`. An unknown agency
/// counts if a function word in title case follows.
fn without_dash(paragraph: &str) -> Option<Dateline> {
    let (open, close) = (paragraph.find('(')?, paragraph.find(')')?);
    let agency = (open < close && close <= LONGEST).then(|| slice(paragraph, open + 1, close))?;
    let rest = slice(paragraph, close + 1, paragraph.len()).trim_start();
    let known = AGENCIES_WITHOUT_DASH.contains(&agency)
        || LOWER_CASE_AGENCIES.contains(&agency)
        || is_abbreviation(agency) && starts_anew(rest);
    let begins = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '„' | '«'));
    let place = Span::new(0, open).trimmed(paragraph);
    let name = place.slice(paragraph);
    // `Agence France-Presse (AFP) Director …`: the name spells out the abbreviation, so it is not a place.
    let explains = initials(name).eq_ignore_ascii_case(agency);
    let of_place = || {
        name.starts_with(char::is_uppercase)
            && name.split(',').all(|part| is_name(part.trim()) || is_date(part.trim()))
    };
    let fits = known && begins && !explains && (name.is_empty() || of_place());
    let len = close + 1;
    fits.then(|| Dateline { len, place: (!name.is_empty()).then(|| first_part(place, name)) })
}

/// Returns whether a text in parentheses may be the abbreviation of an agency or outlet: it consists of two to six
/// capitals.
fn is_abbreviation(text: &str) -> bool {
    (2..=6).contains(&text.chars().count()) && text.chars().all(char::is_uppercase)
}

/// Returns whether a text begins with a function word in title case, and thus with a new sentence: "The court".
fn starts_anew(text: &str) -> bool {
    let first = words(text).next().unwrap_or("");
    let is_title_case =
        first.starts_with(char::is_uppercase) && first.chars().skip(1).all(char::is_lowercase);
    is_title_case && boilerplate().is_no_place(&first.to_lowercase())
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
        // Spanish agencies write `(EFE).- El puerto`.
        let before = slice(text, 0, found).trim_end();
        let bracket = before.strip_suffix('.').unwrap_or(before);
        let closed = bracket.ends_with(')') && slice(text, end, text.len()).starts_with(' ');
        if spaced || strong || at_end || closed {
            let start = if closed { bracket.len() } else { before.len() };
            let tail = slice(text, end, text.len());
            return Some((start, end + (tail.len() - tail.trim_start().len())));
        }
        at = end;
    }
}

/// The text before the dash or colon of a dateline: a place, or only an agency or a date.
enum Filed {
    From(Span),
    ByAgency,
    OnDate,
}

/// Parses the text before the dash or colon of a possible dateline; returns `None` if it is not a dateline.
fn filed(prefix: &str, colon: bool) -> Option<Filed> {
    let (head, has_agency) = without_agency(prefix)?;
    if head.is_empty() {
        return (has_agency && !colon).then_some(Filed::ByAgency);
    }
    if !colon && is_full_date(head) {
        return Some(Filed::OnDate);
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for part in head.split(',') {
        parts.push(Span::new(at, at + part.len()).trimmed(head));
        at += part.len() + 1;
    }
    let dates = parts.iter().position(|p| is_date(p.slice(head))).unwrap_or(parts.len());
    let (places, dates) = parts.split_at(dates);
    let [city, regions @ ..] = places else { return None };
    let known = has_agency || !regions.is_empty() || !dates.is_empty();
    let city_name = city.slice(head);
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
        && regions.iter().all(|r| is_name(r.slice(head)))
        && dates.iter().all(|d| is_date(d.slice(head)));
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

/// Returns whether a text is a date with a year, or a date or time after words such as `Updated`:
/// `Updated July 10, 2026 at 9:14 am`.
fn is_full_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lead = [Lead::Date, Lead::Update]
        .into_iter()
        .filter_map(|lead| boilerplate().lead(&lower, lead))
        .max();
    // A preposition such as "on" may also begin a sentence.
    let lead = lead.filter(|len| LONGEST_PREPOSITION < *len).unwrap_or(0);
    let date = slice(&lower, lead, lower.len());
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let is_numeric = |word: &str| {
        let parts = word.split(['.', '/', '-']);
        parts.clone().count() == 3 && parts.clone().all(|part| part.parse::<u16>().is_ok())
    };
    let is_named = words(date).any(|word| boilerplate().is_calendar(word));
    let is_dated = words(date).any(is_numeric) || is_named && words(date).any(is_year);
    let starts = lead > 0 || date.starts_with(|c: char| c.is_ascii_digit()) || is_named;
    starts
        && is_date(date)
        && (is_dated
            || lead > 0 && words(date).any(|word| word.starts_with(|c: char| c.is_ascii_digit())))
}

/// The maximum length in bytes of a preposition before a date: `on`, `vom`.
const LONGEST_PREPOSITION: usize = 3;

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

/// Returns whether a part of a dateline is a name: a few words, each capitalized except for short words between them.
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
        find(text).map(|d| (slice(text, 0, d.len), d.place.map(|p| p.slice(text))))
    }

    /// The beginning of a text, its dateline and the place in it.
    const USUAL: &[(&str, &str, Option<&str>)] = &[
        ("VARNOVO, Ostland -- Talks began.", "VARNOVO, Ostland --", Some("VARNOVO, Ostland")),
        ("ST. MARLOWE, Fla. (AP) — A storm", "ST. MARLOWE, Fla. (AP) —", Some("ST. MARLOWE, Fla.")),
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
        ("July 10, 2026 — The port of Varn", "July 10, 2026 —", None),
        ("10 July 2026 - The port of Varn", "10 July 2026 -", None),
        (
            "Updated July 10, 2026 at 9:14 am — Six miners",
            "Updated July 10, 2026 at 9:14 am —",
            None,
        ),
        ("Published 10.07.2026 – The port", "Published 10.07.2026 –", None),
        ("10. Juli 2026 – Der Hafen", "10. Juli 2026 –", None),
        (
            "Aktualisiert am 10. Juli 2026, 14:05 Uhr – Der",
            "Aktualisiert am 10. Juli 2026, 14:05 Uhr –",
            None,
        ),
        ("Publié le 10 juillet 2026 à 9h14 — Le port", "Publié le 10 juillet 2026 à 9h14 —", None),
        ("10 de julio de 2026 – El puerto", "10 de julio de 2026 –", None),
        ("Aggiornato il 10 luglio 2026 — Il porto", "Aggiornato il 10 luglio 2026 —", None),
        ("10 juli 2026 - De haven", "10 juli 2026 -", None),
        ("Varnstadt (KTV) The court", "Varnstadt (KTV)", Some("Varnstadt")),
        ("Port Hale, Ohio (WXYZ) A ferry", "Port Hale, Ohio (WXYZ)", Some("Port Hale")),
        ("Varnstadt (NNA) Der Hafen", "Varnstadt (NNA)", Some("Varnstadt")),
        ("VARNOVO, Ostland (KTV) - The", "VARNOVO, Ostland (KTV) -", Some("VARNOVO, Ostland")),
        ("Palmas, 10 jul (EFE).- El puerto", "Palmas, 10 jul (EFE).-", Some("Palmas")),
        ("(ANSA) - VARNO, 10 LUG - Il porto", "(ANSA) - VARNO, 10 LUG -", Some("VARNO")),
        ("BRÜNN AM SEE, 3. Mai (APA) - Der", "BRÜNN AM SEE, 3. Mai (APA) -", Some("BRÜNN AM SEE")),
    ];

    #[test]
    fn datelines_of_the_usual_forms_are_found() {
        for (text, dateline, place) in USUAL {
            assert_eq!(found(text), Some((*dateline, *place)), "{text:?}");
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
            "2026 - The year of the bridge.",
            "On July 10, 2026 – The court ruled.",
            "May 2026 was warm - The driest in years.",
            "10 people - The crew - drowned.",
            "World Varn Office (WVO) The report is late.",
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
