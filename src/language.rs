//! Language codes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language, identified by its primary subtag (ISO 639: two or three lower-case letters); `und` if unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// An unknown language.
    pub const UNKNOWN: Self = Self(*b"und");
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// Parses a tag such as `en`, `en-GB`, `pt_BR` or `deu`.
    ///
    /// The three-letter codes of about fifty languages are mapped to their two-letter codes; other three-letter codes
    /// are kept.
    ///
    /// ```
    /// use nutgraf::Language;
    ///
    /// assert_eq!(Language::parse("pt_BR").map(|lang| lang.to_string()).as_deref(), Some("pt"));
    /// assert_eq!(Language::parse("deu"), Language::parse("de-AT"));
    /// assert_eq!(Language::parse("Deutsch"), None);
    /// ```
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        let primary = two_letters(&primary).unwrap_or(&primary);
        let bytes = primary.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let mut code = [0; 3];
        code[..bytes.len()].copy_from_slice(bytes);
        Some(Self(code))
    }

    /// Returns the code, such as `en`.
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// Maps the two written standards of Norwegian (`nb` and `nn`) to `no`, because news sites use any of the three
    /// codes for the same texts; returns any other language unchanged.
    pub(crate) fn family(self) -> Self {
        match self.code() {
            "nb" | "nn" => Self(*b"no\0"),
            _ => self,
        }
    }

    /// Returns whether the language is known.
    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::parse(&tag)
            .ok_or_else(|| serde::de::Error::custom(format!("no language tag: {tag:?}")))
    }
}

/// The three-letter codes that are recognized, each with the two-letter code of the same language.
const PAIRS: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("fas", "fa"),
    ("per", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("arm", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("lit", "lt"),
    ("mar", "mr"),
    ("ben", "bn"),
    ("amh", "am"),
    ("mya", "my"),
    ("bur", "my"),
    ("kaz", "kk"),
    ("kat", "ka"),
    ("geo", "ka"),
    ("mkd", "mk"),
    ("mac", "mk"),
    ("eus", "eu"),
];

/// Maps an ISO 639-2 or 639-3 code, terminological or bibliographic, to a two-letter code if [`PAIRS`] contains it.
fn two_letters(code: &str) -> Option<&'static str> {
    PAIRS.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_are_read_by_their_primary_subtag() {
        for (tag, code) in
            [("en-GB", "en"), ("pt_BR", "pt"), ("deu", "de"), ("SL", "sl"), ("gsw", "gsw")]
        {
            assert_eq!(Language::parse(tag).map(|l| l.code().to_owned()).as_deref(), Some(code));
        }
        for tag in ["", "e", "english", "12", "é"] {
            assert_eq!(Language::parse(tag), None, "{tag:?}");
        }
    }
}
