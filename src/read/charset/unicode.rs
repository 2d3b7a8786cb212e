//! Decodes only UTF-8 and UTF-16, for builds without the feature `formats`.

use super::{Decoded, is_cut, mended, utf8_characters, utf16_by_zeros};

/// Decodes a text as UTF-8 or UTF-16; the label is ignored, because other charsets are not supported.
pub fn decode<'b>(bytes: &'b [u8], _label: Option<&str>) -> Decoded<'b> {
    let (utf8, wide) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, None),
        [0xFE, 0xFF, rest @ ..] => (rest, Some(true)),
        [0xFF, 0xFE, rest @ ..] => (rest, Some(false)),
        _ => (bytes, utf16_by_zeros(bytes)),
    };
    match wide {
        Some(big_endian) => utf16(utf8, big_endian),
        None => Decoded {
            text: mended(String::from_utf8_lossy(utf8)),
            charset: "UTF-8",
            doubt: doubt(utf8),
        },
    }
}

fn utf16(bytes: &[u8], big_endian: bool) -> Decoded<'static> {
    let number = if big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let numbers: Vec<u16> = bytes.chunks_exact(2).map(|pair| number([pair[0], pair[1]])).collect();
    let text = String::from_utf16_lossy(&numbers);
    let charset = if big_endian { "UTF-16BE" } else { "UTF-16LE" };
    Decoded { text: mended(text.into()), charset, doubt: None }
}

fn doubt(bytes: &[u8]) -> Option<String> {
    let error = std::str::from_utf8(bytes).err()?;
    let (valid, broken) = utf8_characters(bytes);
    let is_only_cut = broken == 1 && is_cut(error);
    let help = if is_only_cut || broken * 20 <= valid {
        ""
    } else {
        "; other charsets are read by builds with the feature `formats`"
    };
    Some(format!("has {broken} characters that are not UTF-8{help}"))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn another_charset_names_the_feature_that_reads_it() {
        let text: Vec<u8> = "Große Brücke über den Fluß".chars().map(|c| c as u8).collect();
        assert!(decode(&text, None).doubt.is_some_and(|doubt| doubt.contains("`formats`")));
        let wide: Vec<u8> = "\u{feff}Brücke".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&wide, None).text, "Brücke");
        assert_eq!(decode("\u{feff}x".as_bytes(), None).text, "x");
    }
}
