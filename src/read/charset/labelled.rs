//! Decodes every charset that web pages and email messages use (the WHATWG Encoding Standard).
//!
//! The order of precedence: a byte order mark; UTF-16, recognized by its zero bytes; UTF-8 if the bytes are valid UTF-8
//! with non-ASCII characters, whatever the label; the label (from the caller, from saved headers, from an XML
//! declaration or a `meta` element); detection by the crate `chardetng`. Text that is labeled as UTF-8 or has no label
//! is also read as UTF-8 if only a few characters are invalid; text that is invalid only because it is truncated within
//! a character is read as UTF-8 whatever its label. If the text cannot be decoded according to its label, detection
//! decides. Detection also decides if the decoded text looks like nonsense, unless the detected charset gives no better
//! text. For example, Russian in KOI8-R that is labeled as Latin-1 becomes words that consist of accented letters. In
//! bytes that are all ASCII, escape sequences for Japanese characters indicate ISO-2022-JP, even if the label is an
//! ASCII-compatible charset.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Decoded, HEAD, is_cut, mended, utf8_characters, utf16_by_zeros};

/// The maximum number of bytes that detection examines.
const SAMPLE: usize = 1 << 18;

/// Decodes a text; `label` is its declared charset, such as that of a message part.
pub fn decode<'b>(bytes: &'b [u8], label: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..], None);
    }
    if let Some(big_endian) = utf16_by_zeros(bytes) {
        let encoding = if big_endian { UTF_16BE } else { UTF_16LE };
        return decoded(encoding, bytes, None);
    }
    let named = label.and_then(encoding_of).or_else(|| label_in(bytes));
    if bytes.is_ascii() {
        // Only charsets with escape sequences, such as ISO-2022-JP, encode non-ASCII characters in seven bits.
        let escaped = memchr::memchr(0x1B, bytes).is_some();
        let encoding = named.filter(|e| escaped && !e.is_ascii_compatible());
        if encoding.is_none() && escaped && is_iso_2022_jp(bytes) {
            let doubt = named.map(|e| mislabelled(e, ISO_2022_JP));
            return decoded(ISO_2022_JP, bytes, doubt);
        }
        return decoded(encoding.unwrap_or(UTF_8), bytes, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let doubt = named
            .filter(|e| *e != UTF_8 && *e != WINDOWS_1252)
            .map(|e| format!("is labelled {} but is UTF-8", e.name()));
        return Decoded { text: mended(text.into()), charset: UTF_8.name(), doubt };
    }
    let (valid, broken) = utf8_characters(bytes);
    if broken == 1 && valid > 0 && std::str::from_utf8(bytes).is_err_and(is_cut) {
        return decoded(UTF_8, bytes, None);
    }
    if let Some(encoding) = named {
        if encoding == UTF_8 && broken * 10 <= valid + 10 {
            return decoded(UTF_8, bytes, None);
        }
        if encoding != UTF_8 {
            let (text, malformed) = encoding.decode_without_bom_handling(bytes);
            let guess = if malformed || is_nonsense(&text) { guess(bytes) } else { encoding };
            if guess == encoding || !malformed && is_worse(bytes, guess) {
                return decoded(encoding, bytes, None);
            }
            return decoded(guess, bytes, Some(mislabelled(encoding, guess)));
        }
    } else if broken * 20 <= valid {
        return decoded(UTF_8, bytes, None);
    }
    let guess = guess(bytes);
    let doubt = named.map(|e| mislabelled(e, guess));
    decoded(guess, bytes, doubt)
}

fn mislabelled(label: &'static Encoding, actual: &'static Encoding) -> String {
    format!("is labelled {} but was read as {}", label.name(), actual.name())
}

/// Returns whether bytes contain an escape sequence that switches to Japanese characters, and are valid ISO-2022-JP.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let switches = |sequence: &[u8]| memchr::memmem::find(bytes, sequence).is_some();
    (switches(b"\x1B$B") || switches(b"\x1B$@"))
        && !ISO_2022_JP.decode_without_bom_handling(bytes).1
}

/// Returns whether a text is malformed or nonsense in the detected charset too, so that the label is kept.
fn is_worse(bytes: &[u8], guess: &'static Encoding) -> bool {
    let (text, malformed) = guess.decode_without_bom_handling(bytes);
    malformed || is_nonsense(&text)
}

/// The minimum number of odd characters in nonsense.
const ODD: usize = 4;

/// Returns whether a text was probably decoded with the wrong charset: it contains at least two C1 control characters,
/// or at least [`ODD`] and at least half of its accented letters and signs are odd. A character is odd if it is between
/// two accented letters or signs (`Ïðàâèòåëüñòâî`), or if it is a sign between letters or other signs (`‚±‚ê`).
fn is_nonsense(text: &str) -> bool {
    // Marks and spaces that also occur next to letters in ordinary text.
    let is_mark = |c: char| "\u{a0}\u{ad}«»“”‘’„‚‹›–—…·".contains(c);
    // Letters outside the Latin blocks are not judged.
    let is_foreign = |c: char| !c.is_ascii() && !is_mark(c) && (c as u32) < 0x250;
    let is_sign = |c: char| {
        ('\u{80}'..'\u{2200}').contains(&c) && !is_mark(c) && (!c.is_alphabetic() || c == 'ƒ')
    };
    // The bytes that the charset does not assign are decoded as control characters.
    let n_controls = text.chars().filter(|c| ('\u{80}'..'\u{a0}').contains(c)).take(2).count();
    let (mut all, mut odd) = (0_usize, 0_usize);
    let (mut before, mut here) = (' ', ' ');
    for after in text.chars().take(SAMPLE).chain([' ']) {
        if is_foreign(here) || is_sign(here) {
            let amid = is_foreign(before) && is_foreign(after);
            let between = |c: char| c.is_alphabetic() || is_sign(c);
            all += 1;
            odd += usize::from(amid || is_sign(here) && between(before) && between(after));
        }
        (before, here) = (here, after);
    }
    1 < n_controls || ODD <= odd && all <= 2 * odd
}

/// Returns the charset that the beginning of a text declares: in saved HTTP headers, an XML declaration, a `meta`
/// element, or CSS's `@charset`.
fn label_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut from = 0;
    while let Some(found) = find_ignore_case(&head[from..], b"charset")
        .map(|at| at + b"charset".len())
        .into_iter()
        .chain(find_ignore_case(&head[from..], b"encoding").map(|at| at + b"encoding".len()))
        .min()
    {
        from += found;
        if let Some(encoding) = value_after_equals(&head[from..]).and_then(encoding_of) {
            return Some(encoding);
        }
    }
    None
}

/// Returns the encoding that a label names. An ASCII-compatible text with a UTF-16 label is UTF-8, as the HTML standard
/// requires.
fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn value_after_equals(bytes: &[u8]) -> Option<&str> {
    let rest = bytes.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':' | b'.'))
        .unwrap_or(rest.len());
    std::str::from_utf8(&rest[..end]).ok().filter(|label| !label.is_empty())
}

fn find_ignore_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr::memchr2_iter(small, capital, haystack).find(|at| {
        haystack.get(*at..at + needle.len()).is_some_and(|w| w.eq_ignore_ascii_case(needle))
    })
}

fn decoded<'b>(encoding: &'static Encoding, bytes: &'b [u8], doubt: Option<String>) -> Decoded<'b> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let broken = || {
        let n = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
        format!("has {n} characters that are not {}", encoding.name())
    };
    let doubt = doubt.or_else(|| malformed.then(broken));
    Decoded { text: mended(text), charset: encoding.name(), doubt }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use encoding_rs::Encoding;
    use proptest::prelude::*;

    use super::decode;

    const RUSSIAN: &str =
        "Правительство объявило о новых мерах поддержки экономики страны в среду.";
    const GERMAN: &str =
        "Die Bürger müssen für größere Schäden künftig selbst aufkommen, heißt es.";
    const JAPANESE: &str = "政府は水曜日に新しい経済対策を発表した。首相は記者会見で述べた。";

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).expect("a known label");
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn detection_without_a_label() {
        for (text, label) in [
            (RUSSIAN, "windows-1251"),
            (RUSSIAN, "koi8-r"),
            (GERMAN, "windows-1252"),
            (JAPANESE, "shift_jis"),
            (JAPANESE, "euc-jp"),
            (RUSSIAN, "utf-8"),
        ] {
            assert_eq!(decode(&encoded(text, label), None).text, text, "{label}");
        }
    }

    #[test]
    fn marks_and_zeros() {
        let le: Vec<u8> = GERMAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = GERMAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&le, None).text, GERMAN);
        assert_eq!(decode(&be, None).text, GERMAN);
        assert_eq!(decode(&[&[0xFF, 0xFE][..], &le].concat(), Some("latin1")).text, GERMAN);
        assert_eq!(decode("\u{feff}x".as_bytes(), None).text, "x");
    }

    #[test]
    fn labels_in_the_text() {
        for head in [
            "<meta charset=windows-1251>",
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'>",
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; Charset = \"windows-1251\"\r\n\r\n",
            "<p>charset</p><meta charset=\"windows-1251\">",
        ] {
            let text = format!("{head}<p>Да</p>");
            assert_eq!(decode(&encoded(&text, "windows-1251"), None).text, text);
        }
    }

    #[test]
    fn wrong_labels_give_way() {
        let page = decode(RUSSIAN.as_bytes(), Some("windows-1251"));
        assert_eq!((&*page.text, page.charset), (RUSSIAN, "UTF-8"));
        assert!(page.doubt.is_some());
        let page = encoded(RUSSIAN, "windows-1251");
        assert_eq!(decode(&page, Some("utf-8")).text, RUSSIAN);
        assert_eq!(decode(&page, Some("no-such-charset")).text, RUSSIAN);
        assert_eq!(decode(GERMAN.as_bytes(), Some("utf-16")).text, GERMAN);
        let japanese = encoded(JAPANESE, "iso-2022-jp");
        assert_eq!(decode(&japanese, Some("iso-2022-jp")).text, JAPANESE);
    }

    #[test]
    fn labels_that_make_nonsense_give_way() {
        const GREEK: &str =
            "Η κυβέρνηση ανακοίνωσε την Τετάρτη νέα μέτρα για την οικονομία της χώρας.";
        const CHINESE: &str = "市政府星期三宣布了新的经济措施，市长在记者会上表示，桥将关闭两年。";
        for (text, charset) in [
            (RUSSIAN, "koi8-r"),
            (RUSSIAN, "windows-1251"),
            (GREEK, "iso-8859-7"),
            (JAPANESE, "shift_jis"),
            (JAPANESE, "euc-jp"),
            (CHINESE, "gbk"),
        ] {
            for label in ["iso-8859-1", "us-ascii", "windows-1252", "iso-8859-15"] {
                let page = encoded(text, charset);
                let read = decode(&page, Some(label));
                assert_eq!(read.text, text, "{charset} labelled {label}");
                assert!(read.doubt.is_some());
            }
        }
        let japanese = encoded(JAPANESE, "iso-2022-jp");
        for label in [None, Some("us-ascii"), Some("utf-8")] {
            assert_eq!(decode(&japanese, label).text, JAPANESE);
        }
    }

    #[test]
    fn labels_that_make_sense_stay() {
        for (text, label) in [
            (GERMAN, "iso-8859-1"),
            ("À Noël, « l’été » coûte 5 €… – où ça ? Là-bas : 20 °C.", "windows-1252"),
            ("ÅÄÖ är tre bokstäver. Måndag öppnar ån.", "iso-8859-1"),
            ("Žluťoučký kůň příšerně úpěl ďábelské ódy.", "iso-8859-2"),
            ("Zażółć gęślą jaźń, powiedział żółw.", "windows-1250"),
            ("Şehir Meclisi köprüyü ağustosa dek kapatıyor.", "windows-1254"),
            ("Við Öxará er brúin lokuð, segir bæjarráðið á Ísafirði.", "iso-8859-1"),
            ("El col·legi de l’Hospitalet tanca. ¡Ánimo! ¿Quién?", "iso-8859-1"),
            (RUSSIAN, "koi8-r"),
            (RUSSIAN, "windows-1251"),
        ] {
            let read = decode(&encoded(text, label), Some(label)).text.into_owned();
            assert_eq!(read, text, "{label}");
        }
    }

    #[test]
    fn broken_characters_are_named() {
        let mut bytes = GERMAN.repeat(5).into_bytes();
        bytes.push(0xFF);
        bytes.extend_from_slice(b" and on");
        let page = decode(&bytes, Some("utf-8"));
        assert!(page.text.contains("Bürger") && page.doubt.is_some());
        let inside = GERMAN.find('ß').expect("a letter of two bytes") + 1;
        let cut = decode(&GERMAN.as_bytes()[..inside], None);
        assert_eq!((cut.charset, cut.text.ends_with("grö\u{fffd}")), ("UTF-8", true));
    }

    proptest! {
        #[test]
        fn utf8_is_read_back(text in "\\PC{0,200}") {
            let zeros = text.bytes().any(|b| b == 0);
            let controls = text.contains(|c| matches!(c, '\u{80}'..='\u{9F}'));
            if !zeros && !controls && !text.starts_with('\u{feff}') && !text.contains('\u{1b}') {
                let decoded = decode(text.as_bytes(), None);
                prop_assert_eq!(&*decoded.text, &*text);
            }
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), label in "[a-z0-9-]{0,12}") {
            let decoded = decode(&bytes, Some(&label));
            prop_assert!(!decoded.charset.is_empty());
        }
    }
}
