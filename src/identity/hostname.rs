//! Internationalized host names, decoded to the letters that their owners chose.
//!
//! A site such as `bücher.example` occurs in two spellings: programs request `xn--bcher-kva.example`, whose first label
//! is in Punycode (A. Costello, 2003, *RFC 3492*), and people write the letters. Both spellings refer to the same host.
//!
//! Known limit: a decoded label is not checked against the rules for registered names (RFC 5891), so a label that no
//! registry would accept may be decoded too.

use std::borrow::Cow;

/// The prefix of a Punycode label.
const PREFIX: &str = "xn--";
/// The maximum length of a label (RFC 1035, section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// Returns a host with its Punycode labels decoded.
///
/// A label is kept encoded if it is not valid, or if it mixes ASCII letters with those of another script: a Cyrillic `а`
/// before `pple` would pass for another name.
pub(crate) fn readable(host: &str) -> Cow<'_, str> {
    let is_encoded = |label: &str| {
        label.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
    };
    if !host.split('.').any(is_encoded) {
        return Cow::Borrowed(host);
    }
    let label = |label: &str| {
        let digits = label.get(PREFIX.len()..).filter(|_| is_encoded(label));
        let decoded = digits.and_then(|digits| decode(&digits.to_ascii_lowercase()));
        decoded.filter(|decoded| !is_mixed(decoded)).unwrap_or_else(|| label.to_owned())
    };
    Cow::Owned(host.split('.').map(label).collect::<Vec<_>>().join("."))
}

/// Returns whether a label has both ASCII letters and letters of a script other than Latin.
fn is_mixed(label: &str) -> bool {
    // Latin letters with diacritics are below U+0250 and from U+1E00 to U+1EFF.
    let is_latin = |c: char| c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c);
    label.contains(|c: char| c.is_ascii_alphabetic())
        && label.contains(|c: char| c.is_alphabetic() && !is_latin(c))
}

const BASE: u32 = 36;
const LOWEST_THRESHOLD: u32 = 1;
const HIGHEST_THRESHOLD: u32 = 26;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;

/// Decodes a label without its prefix; returns `None` if it is not valid, has no encoded character, or contains white
/// space, a control character, or ASCII punctuation other than hyphens.
fn decode(label: &str) -> Option<String> {
    if LONGEST_LABEL < label.len() {
        return None;
    }
    let (plain, digits) = label.rsplit_once('-').unwrap_or(("", label));
    let mut decoded: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias) = (FIRST_CODE, 0_u32, FIRST_BIAS);
    let mut digits = digits.bytes();
    while digits.len() != 0 {
        let step = number(&mut digits, bias)?;
        at = at.checked_add(step)?;
        let length = decoded.len() as u32 + 1;
        bias = adapted(step, length, decoded.len() == plain.len());
        code = code.checked_add(at / length)?;
        at %= length;
        decoded.insert(at as usize, char::from_u32(code)?);
        at += 1;
    }
    let is_spoken =
        |c: &char| !(c.is_ascii_punctuation() && *c != '-' || c.is_control() || c.is_whitespace());
    (decoded.len() != plain.len() && decoded.iter().all(is_spoken))
        .then(|| decoded.into_iter().collect())
}

/// Reads a variable-length number: every digit except the last is at or above its threshold.
fn number(digits: &mut impl Iterator<Item = u8>, bias: u32) -> Option<u32> {
    let (mut number, mut weight) = (0_u32, 1_u32);
    for position in 1.. {
        let digit = match digits.next()? {
            letter @ b'a'..=b'z' => u32::from(letter - b'a'),
            figure @ b'0'..=b'9' => u32::from(figure - b'0') + 26,
            _ => return None,
        };
        number = number.checked_add(digit.checked_mul(weight)?)?;
        let threshold =
            (BASE * position).saturating_sub(bias).clamp(LOWEST_THRESHOLD, HIGHEST_THRESHOLD);
        if digit < threshold {
            break;
        }
        weight = weight.checked_mul(BASE - threshold)?;
    }
    Some(number)
}

/// Returns the bias for the next number, given the number that was just decoded (RFC 3492, section 6.1).
fn adapted(step: u32, length: u32, is_first: bool) -> u32 {
    const DAMP: u32 = 700;
    const SKEW: u32 = 38;
    let mut step = if is_first { step / DAMP } else { step / 2 };
    step += step / length;
    let mut bias = 0;
    while (BASE - LOWEST_THRESHOLD) * HIGHEST_THRESHOLD / 2 < step {
        step /= BASE - LOWEST_THRESHOLD;
        bias += BASE;
    }
    bias + (BASE - LOWEST_THRESHOLD + 1) * step / (step + SKEW)
}

#[cfg(test)]
mod tests {
    use super::{decode, readable};

    #[test]
    fn labels_are_decoded() {
        for (host, expected) in [
            ("xn--bcher-kva.example", "bücher.example"),
            ("xn--sd-ost-3ya.xn--mnchen-3ya.example", "süd-ost.münchen.example"),
            ("xn--espaa-rta.example", "españa.example"),
            ("xn--as-dma.example", "čas.example"),
            ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
            ("xn--b1amnebsh.example", "новости.example"),
            ("xn--r8jz45g.xn--zckzah", "例え.テスト"),
            ("xn--efvv70d.example", "新聞.example"),
            ("xn--vg1b002a.example", "뉴스.example"),
            ("xn--igbicxr.example", "أخبار.example"),
            ("xn--7dbee7eg.example", "חדשות.example"),
            ("xn--61b3bh3a5ab.example", "समाचार.example"),
            ("xn--jxalccrd7df.example", "ειδήσεις.example"),
            ("xn--ting-vit-e50d7c.example", "tiếng-việt.example"),
            ("xn--d24-fna80b2k.example", "łódź24.example"),
        ] {
            assert_eq!(readable(host), expected);
            assert_eq!(readable(&host.to_uppercase()).to_lowercase(), expected);
            assert_eq!(readable(expected), expected);
        }
    }

    #[test]
    fn a_label_that_looks_like_another_or_is_not_valid_stays() {
        // Cyrillic а, Greek ο, and labels that are truncated, too long, or encode characters that no name contains.
        let long = format!("xn--{}.example", "a".repeat(10_000));
        for host in [
            "xn--pple-43d.example",
            "xn--ggle-0nda.example",
            "xn--.example",
            "xn--a.example",
            "xn---.example",
            "xn--99999999999.example",
            "xn--bcher-.example",
            "post.example",
            "",
            "…",
            &long,
        ] {
            assert_eq!(readable(host), host);
        }
        assert_eq!(decode("bcher-kva").as_deref(), Some("bücher"));
    }
}
