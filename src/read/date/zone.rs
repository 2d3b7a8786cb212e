//! The names of time zones that may follow a time of day, and their offsets.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Names of zones with a fixed offset, in minutes east of UTC.
const FIXED: &[(&str, i32)] = &[
    ("ACDT", 630),
    ("ACST", 570),
    ("AEDT", 660),
    ("AEST", 600),
    ("AKDT", -480),
    ("AKST", -540),
    ("AWST", 480),
    ("BRT", -180),
    ("BST", 60),
    ("CAT", 120),
    ("CDT", -300),
    ("CEST", 120),
    ("CET", 60),
    ("CST", -360),
    ("EAT", 180),
    ("EDT", -240),
    ("EEST", 180),
    ("EET", 120),
    ("EST", -300),
    ("HKT", 480),
    ("HST", -600),
    ("IDT", 180),
    ("IST", 330),
    ("JST", 540),
    ("KST", 540),
    ("MDT", -360),
    ("MESZ", 120),
    ("MEZ", 60),
    ("MSK", 180),
    ("MST", -420),
    ("NZDT", 780),
    ("NZST", 720),
    ("PDT", -420),
    ("PHT", 480),
    ("PKT", 300),
    ("PST", -480),
    ("SAST", 120),
    ("SGT", 480),
    ("TRT", 180),
    ("WAT", 60),
    ("WEST", 60),
    ("WET", 0),
    ("WIB", 420),
    ("МСК", 180),
];

/// Names of zones with daylight saving time, and their POSIX rules. The system's time zone database is not used, so
/// that results are the same on every platform.
const RULED: &[(&str, &str)] = &[
    ("CT", "CST6CDT,M3.2.0,M11.1.0"),
    ("ET", "EST5EDT,M3.2.0,M11.1.0"),
    ("MT", "MST7MDT,M3.2.0,M11.1.0"),
    ("PT", "PST8PDT,M3.2.0,M11.1.0"),
];

/// Returns the offset of a zone at a local time; except for `utc`, `gmt`, `ut` and `z`, names must be in capitals.
pub(super) fn by_name(name: &str, at: DateTime) -> Option<Offset> {
    if ["UTC", "GMT", "Z", "UT"].iter().any(|n| n.eq_ignore_ascii_case(name)) {
        return Some(Offset::UTC);
    }
    if let Ok(i) = FIXED.binary_search_by_key(&name, |(n, _)| n) {
        return Offset::from_seconds(FIXED[i].1 * 60).ok();
    }
    let (_, rule) = RULED.iter().find(|(n, _)| *n == name)?;
    let zone = TimeZone::posix(rule).ok()?;
    zone.to_ambiguous_zoned(at).compatible().ok().map(|zoned| zoned.offset())
}

#[cfg(test)]
mod tests {
    use super::FIXED;

    #[test]
    fn names_are_sorted() {
        assert!(FIXED.is_sorted_by_key(|(name, _)| *name));
    }
}
