//! Reads articles in JSON: an object, an array, an object that contains the articles, one object per line, or several
//! documents one after another.
//!
//! After a syntax error in a document, the articles before it are kept. In a file with one object per line, only the
//! lines with errors are dropped. In both cases, a warning gives the location. [`Record`] lists the names of the
//! fields.

use std::borrow::Cow;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use crate::parallel;
use crate::read::record::{self, Record};
use crate::read::{Ingested, Options, UnreadFields, charset};
use crate::warning::{Warning, counted};

/// Reads one object per line; lines are read in parallel.
pub(super) fn read_lines(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut lines = Lines::new(origin, options);
    let mut ingested = lines.read_chunk(bytes);
    ingested.warnings.extend(lines.finish());
    ingested
}

/// Reads the lines of one file, chunk by chunk.
pub(super) struct Lines<'o> {
    origin: &'o str,
    options: &'o Options,
    /// The number of lines read so far.
    n_read: usize,
    /// The number of non-empty lines that the limit still allows.
    left: usize,
    /// The number of non-empty lines past the limit.
    skipped: usize,
    has_broken_characters: bool,
    unread: UnreadFields,
}

impl<'o> Lines<'o> {
    pub(super) fn new(origin: &'o str, options: &'o Options) -> Self {
        let left = options.limits.entries;
        let unread = UnreadFields::default();
        Self { origin, options, n_read: 0, left, skipped: 0, has_broken_characters: false, unread }
    }

    /// Reads a chunk that ends at a line break or at the end of the file.
    pub(super) fn read_chunk(&mut self, bytes: &[u8]) -> Ingested {
        let mut ingested = Ingested::default();
        let text = utf8(self.origin, bytes, &mut ingested);
        if std::mem::replace(&mut self.has_broken_characters, !ingested.warnings.is_empty()) {
            // Report broken characters once per file.
            ingested.warnings.clear();
            self.has_broken_characters = true;
        }
        let mut lines: Vec<(usize, &[u8])> = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &text).chain([text.len()]) {
            let line = text[start..end].trim_ascii();
            start = end + 1;
            // Blank text after the last line break is not counted as a line.
            self.n_read += usize::from(end < text.len() || !line.is_empty());
            if !line.is_empty() {
                lines.push((self.n_read, line));
            }
        }
        self.skipped += lines.len().saturating_sub(self.left);
        lines.truncate(self.left);
        self.left -= lines.len();
        let (origin, options) = (self.origin, self.options);
        for read in parallel::map_in_order(&lines, |(n, line)| read_line(origin, *n, line, options))
        {
            ingested.extend(read);
        }
        self.unread.count(&mut ingested);
        ingested
    }

    /// Returns the warnings about the file as a whole.
    pub(super) fn finish(self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if 0 < self.skipped {
            let limit = self.options.limits.entries;
            let message =
                format!("holds {} more than the limit of {limit}", counted(self.skipped, "line"));
            warnings.push(Warning::dropped(self.origin, message));
        }
        warnings.extend(self.unread.warnings(self.origin));
        warnings
    }
}

fn read_line(origin: &str, n: usize, line: &[u8], options: &Options) -> Ingested {
    let at = || format!("{origin}:{n}");
    match parse(line) {
        Ok(record) => articles(record, origin, &at(), options),
        Err(error) => Ingested::from_warning(Warning::dropped(
            at(),
            format!("not JSON: {}", without_line(&error)),
        )),
    }
}

/// Converts a record to articles.
fn articles(record: Record<'_>, origin: &str, at: &str, options: &Options) -> Ingested {
    let (records, unread) = record.articles();
    let mut ingested = Ingested::default();
    let single = records.len() == 1;
    for (n, record) in records.into_iter().enumerate() {
        let at = if single { at.to_owned() } else { format!("{at}#{}", n + 1) };
        ingested.extend(record::adapt(record, origin, &at, options));
    }
    ingested.unread_fields.extend(unread);
    ingested
}

/// Parses one object, replacing invalid UTF-8.
fn parse(line: &[u8]) -> serde_json::Result<Record<'_>> {
    match serde_json::from_slice(line) {
        Err(_) if std::str::from_utf8(line).is_err() => {
            let repaired = String::from_utf8_lossy(line).into_owned();
            serde_json::from_str::<Record<'_>>(&repaired).map(Record::into_owned)
        }
        parsed => parsed,
    }
}

/// Returns the message of an error without its line number, which is always 1 because each line is parsed separately.
fn without_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column", " at column")
}

/// Reads whole documents: objects, arrays, or objects that contain articles.
pub(super) fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    let text = utf8(origin, bytes, &mut ingested);
    let text = String::from_utf8_lossy(&text);
    let limit = options.limits.entries;
    let mut records = Records { found: Vec::new(), unread: Vec::new(), limit, left: 0 };
    let mut failed = records.read_documents(&text);
    // A truncated object that contains the articles yields none of them, so it is closed and read again.
    let mended = if records.found.is_empty() && failed.is_some() { closed(&text) } else { None };
    if let Some(text) = &mended {
        failed = records.read_documents(text).or(failed);
    }
    let single = records.found.len() == 1;
    for (n, record) in records.found.into_iter().enumerate() {
        let at = if single { origin.to_owned() } else { format!("{origin}#{}", n + 1) };
        ingested.extend(record::adapt(record, origin, &at, options));
    }
    ingested.unread_fields.append(&mut records.unread);
    if 0 < records.left {
        let message =
            format!("holds {} more than the limit of {limit}", counted(records.left, "article"));
        ingested.warnings.push(Warning::dropped(origin, message));
    }
    if let Some(error) = failed {
        let what =
            if ingested.articles.is_empty() { "not JSON" } else { "broken off, not JSON any more" };
        ingested.warnings.push(Warning::dropped(origin, format!("{what}: {error}")));
    }
    ingested.name_unread_fields(origin);
    if ingested.articles.is_empty() && ingested.warnings.is_empty() {
        // Lists of numbers, a single string, `null`: valid JSON without any object.
        let message = "holds no article: no object with a title or a text";
        ingested.warnings.push(Warning::dropped(origin, message));
    }
    ingested
}

/// Truncates a JSON text after the last complete object in its outermost list, and closes the open brackets.
pub(in crate::read) fn closed(text: &str) -> Option<String> {
    let (mut in_string, mut escaped) = (false, false);
    let mut open: Vec<char> = Vec::new();
    // The end of the last complete object, and the brackets that are still open there.
    let mut whole: Option<(usize, Vec<char>)> = None;
    for (i, b) in text.bytes().enumerate() {
        if in_string {
            in_string = escaped || b != b'"';
            escaped = b == b'\\' && !escaped;
            continue;
        }
        match b {
            b'"' => in_string = true,
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'}' | b']' => {
                open.pop();
                let is_entry = b == b'}' && open.last() == Some(&']');
                if is_entry && whole.as_ref().is_none_or(|(_, depth)| open.len() <= depth.len()) {
                    whole = Some((i + 1, open.clone()));
                }
            }
            _ => {}
        }
    }
    let (end, open) = whole?;
    let ends: String = open.into_iter().rev().collect();
    Some(format!("{}{ends}", text.get(..end)?))
}

/// Removes the byte order mark and converts UTF-16 to UTF-8. Adds a warning if the bytes are invalid UTF-8, but leaves
/// the replacement of the invalid sequences to the caller.
fn utf8<'b>(origin: &str, bytes: &'b [u8], ingested: &mut Ingested) -> Cow<'b, [u8]> {
    let wide = bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.iter().take(4).any(|b| *b == 0);
    if wide {
        let decoded = charset::decode(bytes, None);
        return Cow::Owned(decoded.text.into_owned().into_bytes());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_err() {
        ingested
            .warnings
            .push(Warning::kept(origin, "has characters that are not UTF-8; they were replaced"));
    }
    Cow::Borrowed(bytes)
}

/// Collects the articles of a document during parsing, so that those before a syntax error are kept.
struct Records<'de> {
    found: Vec<Record<'de>>,
    /// The names of fields with long strings that do not belong to any article.
    unread: Vec<String>,
    limit: usize,
    /// The number of articles past the limit.
    left: usize,
}

impl<'de> Records<'de> {
    /// Reads the documents in a text one after another; returns the error at which reading stopped, if any.
    fn read_documents(&mut self, text: &'de str) -> Option<serde_json::Error> {
        let mut documents = serde_json::Deserializer::from_str(text);
        loop {
            if let Err(error) = (&mut *self).deserialize(&mut documents) {
                return Some(error);
            }
            if documents.end().is_ok() {
                return None;
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Records<'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Records<'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an article or an array of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(&mut *self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let record = Record::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        let (articles, mut unread) = record.articles();
        self.unread.append(&mut unread);
        for record in articles {
            if self.found.len() < self.limit {
                self.found.push(record);
            } else {
                self.left += 1;
            }
        }
        Ok(())
    }

    fn visit_str<E>(self, v: &str) -> Result<(), E> {
        if v.chars().nth(record::LONG - 1).is_some() {
            self.unread.push("a string outside of any object".to_owned());
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{read, read_lines};
    use crate::read::{Ingested, Limits, Options};

    fn document(text: &str) -> Ingested {
        read("a.json", text.as_bytes(), &Options::default())
    }

    fn titles(ingested: &Ingested) -> Vec<&str> {
        ingested.articles.iter().map(|a| &*a.title).collect()
    }

    #[test]
    fn containers_of_all_shapes_are_opened() {
        for text in [
            r#"[{"title": "A"}, {"title": "B"}]"#,
            r#"{"status": "ok", "articles": [{"title": "A"}, {"title": "B"}]}"#,
            r#"{"data": [{"headline": "A"}, "no article", {"headline": "B"}]}"#,
            "{\"title\": \"A\"}\n\n{\n\"title\": \"B\"}",
            r#"{"title": "A"}{"title": "B"}"#,
        ] {
            assert_eq!(titles(&document(text)), ["A", "B"], "{text}");
        }
    }

    #[test]
    fn the_names_of_other_tools_are_known() {
        let text = r#"{"_id": 17, "maintext": "It is closed.", "title": "Bridge", "authors": ["Ada Lorne", "Karl Braun"],
            "source_domain": "varn.example", "date_publish": "2015-05-04 10:00:00", "language": "en-GB"}"#;
        let read = document(text);
        let article = &read.articles[0];
        assert_eq!((article.id.as_str(), &*article.text), ("17", "It is closed."));
        assert_eq!(article.byline.as_deref(), Some("Ada Lorne, Karl Braun"));
        assert_eq!(article.source.as_deref(), Some("varn.example"));
        assert!(article.published.is_some() && article.lang.code() == "en");
        let read = document(
            r#"{"siteName": "Varn Post", "excerpt": "Short.", "textContent": "Long.", "byline": "By Ada Lorne"}"#,
        );
        let article = &read.articles[0];
        assert_eq!((&*article.text, article.source.as_deref()), ("Long.", Some("Varn Post")));
        assert_eq!(article.byline.as_deref(), Some("Ada Lorne"));
        let read =
            document(r#"{"source": {"id": null, "name": "Varn Post"}, "summary": "A teaser."}"#);
        assert!(read.articles[0].teaser);
    }

    #[test]
    fn what_stands_before_a_break_is_kept() {
        let read = document(r#"[{"title": "A"}, {"title": "B"}, {"title"#);
        assert_eq!(titles(&read), ["A", "B"]);
        assert!(read.warnings[0].dropped);
        let lines = b"{\"title\": \"A\"}\r\nnope\n\n{\"title\": \"B\xFF\"}\n{}";
        let read = read_lines("a.jsonl", lines, &Options::default());
        assert_eq!(titles(&read), ["A", "B\u{fffd}"]);
        let origins: Vec<_> = read.warnings.iter().map(|w| &*w.origin).collect();
        assert_eq!(origins, ["a.jsonl", "a.jsonl:2", "a.jsonl:5", "a.jsonl"]);
        assert!(read.warnings[3].message.contains("2 records have no text"));
    }

    #[test]
    fn articles_past_the_limit_are_counted() {
        let limits = Limits { entries: 1, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        let text = br#"[{"title": "A"}, {"title": "B"}, {"title": "C"}]"#;
        let read = read("a.json", text, &options);
        assert_eq!(titles(&read), ["A"]);
        assert_eq!(read.warnings[0].message, "holds 2 articles more than the limit of 1");
    }

    #[test]
    fn a_text_is_kept_to_the_letter_and_a_bad_date_is_no_loss() {
        let read = document(r#"{"text": "  One.\r\n\u0000Two. ", "date": "some day"}"#);
        assert_eq!(read.articles[0].text, "  One.\r\n\u{0}Two. ");
        assert!(!read.warnings[0].dropped);
    }

    #[test]
    fn a_document_nested_without_end_is_named() {
        for open in ["[", "{\"articles\":[", "{\"a\":"] {
            let read = document(&open.repeat(100_000));
            assert!(read.articles.is_empty() && read.warnings.len() == 1, "{open}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_to_the_letter(texts in prop::collection::vec("(?s)a[\\PC\n\t]{0,80}", 1..5)) {
            let lines: Vec<String> =
                texts.iter().map(|t| serde_json::json!({ "title": "x", "text": t }).to_string()).collect();
            let lines = lines.join("\n");
            let read = read_lines("a.jsonl", lines.as_bytes(), &Options::default());
            let back: Vec<_> = read.articles.iter().map(|a| a.text.clone()).collect();
            prop_assert_eq!(back, texts);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(read("a", &bytes, &Options::default()));
            drop(read_lines("a", &bytes, &Options::default()));
            drop(crate::read::read("a", &bytes, &Options::default()));
        }
    }
}
