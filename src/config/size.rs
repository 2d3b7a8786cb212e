//! Sizes in bytes, written as a number or as a string with the suffix K, M or G (powers of 1024).

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// A number of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const UNITS: [(char, u64); 3] = [('K', 1 << 10), ('M', 1 << 20), ('G', 1 << 30)];
        let text = text.trim();
        let unit = UNITS.iter().find_map(|(letter, bytes)| {
            let number = text.strip_suffix([*letter, letter.to_ascii_lowercase()])?;
            Some((number, *bytes))
        });
        let (number, bytes) = unit.unwrap_or((text, 1));
        let size = number.parse::<u64>().ok().and_then(|n| n.checked_mul(bytes));
        size.map(Self).ok_or("give a number of bytes, optionally with K, M or G, such as 64M")
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Bytes(u64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Bytes(bytes) => Ok(Self(bytes)),
            Written::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_are_read_with_and_without_a_unit() {
        for (text, bytes) in
            [("0", 0), ("512", 512), ("4k", 4096), (" 64M", 64 << 20), ("1G", 1 << 30)]
        {
            assert_eq!(text.parse(), Ok(Size(bytes)), "{text}");
        }
        for text in ["", "M", "-1", "2 miles", "99999999999G"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
