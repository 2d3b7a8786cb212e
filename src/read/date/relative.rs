//! Parses dates relative to now: "2 hours ago", "vor 3 Tagen", "yesterday".
//!
//! A word counts only in its own language: `hier` means "yesterday" in French but "here" in German. If the language is
//! unknown, all words of a date must be from the same language.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span as Duration, Timestamp};

use crate::article::Published;
use crate::language::Language;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The words of relative dates in a language, in lower case; units are given by their stems.
struct Words {
    lang: &'static str,
    /// Words that follow the count: "2 hours ago".
    after: &'static [&'static str],
    /// Words that precede the count: "vor 2 Stunden". For "il y a", only the last word is listed.
    before: &'static [&'static str],
    /// The stems for minute, hour, day, week, month and year.
    units: [&'static [&'static str]; 6],
    today: &'static [&'static str],
    yesterday: &'static [&'static str],
}

#[rustfmt::skip]
const WORDS: &[Words] = &[
    Words { lang: "en", after: &["ago"], before: &[], units: [&["min"], &["hour", "hr", "hrs", "h"], &["day", "d"], &["week"], &["month"], &["year"]], today: &["today"], yesterday: &["yesterday"] },
    Words { lang: "de", after: &[], before: &["vor"], units: [&["min"], &["stunde", "std"], &["tag"], &["woche"], &["monat"], &["jahr"]], today: &["heute"], yesterday: &["gestern"] },
    Words { lang: "fr", after: &[], before: &["a"], units: [&["min"], &["heure", "h"], &["jour"], &["semain"], &["mois"], &["an", "ans", "année"]], today: &["aujourd"], yesterday: &["hier"] },
    Words { lang: "es", after: &["atrás"], before: &["hace"], units: [&["min"], &["hora"], &["día"], &["seman"], &["mes"], &["año"]], today: &["hoy"], yesterday: &["ayer"] },
    Words { lang: "it", after: &["fa"], before: &[], units: [&["min"], &["ora", "ore"], &["giorn"], &["settiman"], &["mes"], &["ann"]], today: &["oggi"], yesterday: &["ieri"] },
    Words { lang: "pt", after: &["atrás"], before: &["há"], units: [&["min"], &["hora"], &["dia"], &["seman"], &["mês", "mes"], &["ano"]], today: &["hoje"], yesterday: &["ontem"] },
    Words { lang: "nl", after: &["geleden"], before: &[], units: [&["min"], &["uur", "uren"], &["dag"], &["week", "weken"], &["maand"], &["jaar"]], today: &["vandaag"], yesterday: &["gisteren"] },
    Words { lang: "ru", after: &["назад"], before: &[], units: [&["мин"], &["час", "ч"], &["ден", "дня", "дней"], &["недел"], &["месяц"], &["год", "лет"]], today: &["сегодня"], yesterday: &["вчера"] },
    Words { lang: "uk", after: &["тому"], before: &[], units: [&["хв"], &["годин"], &["ден", "дня", "дні", "днів"], &["тижд", "тижн"], &["місяц"], &["рік", "рок"]], today: &["сьогодні"], yesterday: &["вчора", "учора"] },
    Words { lang: "bg", after: &[], before: &["преди"], units: [&["мин"], &["час"], &["ден", "дни"], &["седмиц"], &["месец"], &["годин"]], today: &["днес"], yesterday: &["вчера"] },
    Words { lang: "pl", after: &["temu"], before: &[], units: [&["min"], &["godzin", "godz"], &["dzień", "dni"], &["tydz", "tygod"], &["miesi"], &["rok", "lat"]], today: &["dzisiaj", "dziś"], yesterday: &["wczoraj"] },
    Words { lang: "cs", after: &[], before: &["před"], units: [&["min"], &["hodin"], &["den", "dny", "dnem"], &["týdn"], &["měsíc"], &["rok", "let"]], today: &["dnes"], yesterday: &["včera"] },
    Words { lang: "sk", after: &[], before: &["pred"], units: [&["min"], &["hodin"], &["deň", "dň"], &["týžd"], &["mesiac"], &["rok"]], today: &["dnes"], yesterday: &["včera"] },
    Words { lang: "sl", after: &["nazaj"], before: &["pred"], units: [&["min"], &["ura", "uro", "ure"], &["dan", "dnev", "dni"], &["teden", "tedn"], &["mesec"], &["let"]], today: &["danes"], yesterday: &["včeraj"] },
    Words { lang: "hr", after: &[], before: &["prije"], units: [&["min"], &["sat"], &["dan"], &["tjed"], &["mjesec"], &["godin"]], today: &["danas"], yesterday: &["jučer"] },
    Words { lang: "sr", after: &[], before: &["пре", "pre"], units: [&["мин", "min"], &["сат", "sat"], &["дан", "dan"], &["недељ", "nedelj"], &["месец", "mesec"], &["годин", "godin"]], today: &["данас", "danas"], yesterday: &["јуче", "juče"] },
    Words { lang: "sv", after: &["sedan"], before: &["för"], units: [&["min"], &["timm"], &["dag"], &["veck"], &["månad"], &["år"]], today: &[], yesterday: &[] },
    Words { lang: "da", after: &["siden"], before: &[], units: [&["min"], &["time"], &["dag"], &["uge"], &["måned"], &["år"]], today: &[], yesterday: &[] },
    Words { lang: "no", after: &["siden"], before: &[], units: [&["min"], &["time"], &["dag", "døgn"], &["uke"], &["måned"], &["år"]], today: &[], yesterday: &[] },
    Words { lang: "fi", after: &["sitten"], before: &[], units: [&["min"], &["tunti"], &["päivä"], &["viikko"], &["kuukau"], &["vuot"]], today: &["tänään"], yesterday: &["eilen"] },
    Words { lang: "tr", after: &["önce"], before: &[], units: [&["dakika", "dk"], &["saat"], &["gün"], &["hafta"], &["ay"], &["yıl"]], today: &["bugün"], yesterday: &["dün"] },
    Words { lang: "ro", after: &[], before: &["acum"], units: [&["min"], &["ore", "oră"], &["zi", "zile"], &["săptămân"], &["lun"], &["an", "ani"]], today: &["astăzi", "azi"], yesterday: &["ieri"] },
    Words { lang: "el", after: &[], before: &["πριν"], units: [&["λεπτ"], &["ώρ", "ωρ"], &["μέρ", "ημέρ"], &["εβδομάδ"], &["μήν"], &["χρόν", "έτ"]], today: &["σήμερα"], yesterday: &["χθες", "χτες"] },
    Words { lang: "id", after: &["lalu"], before: &[], units: [&["menit"], &["jam"], &["hari"], &["minggu"], &["bulan"], &["tahun"]], today: &[], yesterday: &["kemarin"] },
];

/// Returns the languages in which a relative date may be written: that of the text or, if it is unknown, all of them.
fn languages(lang: Option<Language>) -> impl Iterator<Item = &'static Words> {
    WORDS
        .iter()
        .filter(move |words| lang.is_none_or(|lang| !lang.is_known() || lang.code() == words.lang))
}

impl Words {
    /// Returns the unit that a word names, by its stem; a stem of one or two letters must be the entire word.
    fn unit(&self, word: &str) -> Option<Unit> {
        const UNITS: [Unit; 6] =
            [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year];
        let names = |stem: &&str| {
            if stem.chars().nth(2).is_none() { word == *stem } else { word.starts_with(*stem) }
        };
        let found = self.units.iter().position(|stems| stems.iter().any(&names))?;
        UNITS.get(found).copied()
    }
}

/// Returns the date given by a count and the words around it: "2", "hours", "ago" or "vor", "2", "Stunden".
pub(super) fn counted(
    now: Timestamp,
    lang: Option<Language>,
    (before_count, count, unit, after): (Option<&str>, u32, &str, Option<&str>),
) -> Option<Published> {
    languages(lang).find_map(|words| {
        let named = words.unit(unit)?;
        let is_past = after.is_some_and(|word| words.after.contains(&word))
            || before_count.is_some_and(|word| words.before.contains(&word));
        is_past.then(|| before(now, count, named)).flatten()
    })
}

/// Returns the date `count` units before `now`: a moment for minutes and hours, otherwise a day.
fn before(now: Timestamp, count: u32, unit: Unit) -> Option<Published> {
    let count = i64::from(count);
    let moment = |minutes: i64| {
        let back = Duration::new().try_minutes(minutes).ok()?;
        Some(Published::Moment(now.checked_sub(back).ok()?, Offset::UTC))
    };
    let day = |back: Duration| Some(Published::Day(today(now).checked_sub(back).ok()?));
    match unit {
        Unit::Minute => moment(count),
        Unit::Hour => moment(count.checked_mul(60)?),
        Unit::Day => day(Duration::new().try_days(count).ok()?),
        Unit::Week => day(Duration::new().try_weeks(count).ok()?),
        Unit::Month => day(Duration::new().try_months(count).ok()?),
        Unit::Year => day(Duration::new().try_years(count).ok()?),
    }
}

/// Returns the day that a single word names, such as "yesterday".
pub(super) fn named_day(word: &str, lang: Option<Language>, now: Timestamp) -> Option<Published> {
    if languages(lang).any(|words| words.today.contains(&word)) {
        Some(Published::Day(today(now)))
    } else if languages(lang).any(|words| words.yesterday.contains(&word)) {
        before(now, 1, Unit::Day)
    } else {
        None
    }
}

fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
