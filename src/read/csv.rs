//! Reads tables with a header line and one article per row.
//!
//! The separator is the one that splits the header into the most names of article fields (see [`separator`]), unless
//! the first line declares the separator, as in files from some spreadsheet programs (`sep=;`).
//!
//! A row with more fields than the header is reported, unless the surplus fields are empty. So is a quotation mark that
//! opens a field and is not closed, because all rows up to the next mark then become one field. If the last column
//! contains text and every surplus field starts with a space, the text was split at its commas, and its parts are
//! joined again.

use std::borrow::Cow;

use csv::StringRecord;

use crate::read::format::{named_separator, separator};
use crate::read::record::{self, Field, Record};
use crate::read::{Ingested, Options, charset};
use crate::span::slice;
use crate::warning::{Warning, counted};

/// Reads a table.
pub(super) fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    ingested.warnings.extend(decoded.doubt.map(|doubt| Warning::kept(origin, doubt)));
    let (named, text) = named_separator(&decoded.text);
    let delimiter = named.or_else(|| separator(text, 1)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let fields: Vec<_> = match reader.headers() {
        Ok(row) => row.iter().map(|name| (name.to_owned(), record::field(name))).collect(),
        Err(error) => {
            return Ingested::from_warning(Warning::dropped(
                origin,
                format!("not a table: {error}"),
            ));
        }
    };
    if fields.iter().all(|(_, field)| field.is_none()) {
        let columns: Vec<&str> = fields.iter().take(8).map(|(name, _)| name.as_str()).collect();
        let message = format!(
            "has no column with the name of an article's field, such as title or text, but {}",
            columns.join(", ")
        );
        return Ingested::from_warning(Warning::dropped(origin, message));
    }
    let mut rows = reader.records();
    for n in 0.. {
        let Some(row) = rows.next() else { break };
        if options.limits.entries <= n {
            ingested.warnings.push(Warning::dropped(
                origin,
                format!("holds more rows than the limit of {}", options.limits.entries),
            ));
            break;
        }
        // The line number in the table, in which the header is line 1; a `sep=` line before it is not counted.
        let line = |row: &StringRecord| row.position().map_or(n as u64 + 2, csv::Position::line);
        match row {
            Ok(row) => {
                let at = format!("{origin}:{}", line(&row));
                let start = row.position().map_or(0, |at| at.byte() as usize);
                let end = rows.reader().position().byte() as usize;
                let open = unclosed(slice(text, start, end), delimiter);
                ingested.warnings.extend(open.map(|n| open_mark(origin, line(&row) + n)));
                let last = joined_last(&fields, &row, char::from(delimiter));
                ingested.warnings.extend(surplus(&at, fields.len(), &row, last.is_some()));
                let found = record_of(&fields, &row, last.as_deref());
                ingested.extend(record::adapt(found, origin, &at, options));
            }
            Err(error) => {
                let at = format!(
                    "{origin}:{}",
                    error.position().map_or(n as u64 + 2, csv::Position::line)
                );
                ingested.warnings.push(Warning::dropped(at, format!("not a row: {error}")));
            }
        }
    }
    ingested.name_unread_fields(origin);
    ingested
}

/// A column: its name, and the article field that the name denotes, if any, with the rank of the name.
type Column = (String, Option<(Field, usize)>);

/// Returns the record in a row; `last` replaces the value of the last column.
fn record_of<'r>(fields: &'r [Column], row: &'r StringRecord, last: Option<&'r str>) -> Record<'r> {
    let mut found = Record::default();
    for (i, ((name, field), value)) in fields.iter().zip(row.iter()).enumerate() {
        let value = last.filter(|_| i + 1 == fields.len()).unwrap_or(value);
        match field {
            Some(field) => found.put(*field, Cow::Borrowed(value)),
            None => found.keep_aside(name, Cow::Borrowed(value)),
        }
    }
    found
}

/// Returns the text in the last column of a row joined with the surplus fields, if the text was split at its commas:
/// every surplus field then starts with a space.
fn joined_last(fields: &[Column], row: &StringRecord, delimiter: char) -> Option<String> {
    let is_text =
        matches!(fields.last(), Some((_, Some((Field::Text | Field::Content | Field::Teaser, _)))));
    let surplus = || row.iter().skip(fields.len());
    if !is_text || row.len() <= fields.len() || !surplus().all(|part| part.starts_with(' ')) {
        return None;
    }
    let parts: Vec<&str> = row.iter().skip(fields.len() - 1).collect();
    Some(parts.join(delimiter.encode_utf8(&mut [0; 4])))
}

/// Reports the fields of a row for which the header has no column, unless they are empty; `joined` says whether they
/// were added to the text.
fn surplus(at: &str, n_columns: usize, row: &StringRecord, joined: bool) -> Option<Warning> {
    /// The maximum number of characters of the first surplus field that the warning quotes.
    const QUOTED: usize = 40;
    let surplus: Vec<&str> =
        row.iter().skip(n_columns).map(str::trim).filter(|part| !part.is_empty()).collect();
    let first: String = surplus.first()?.chars().take(QUOTED).collect();
    let what = format!(
        "has {} more than the header, beginning with {first:?}",
        counted(row.len() - n_columns, "field")
    );
    Some(if joined {
        Warning::kept(at, format!("{what}; joined them to the text"))
    } else {
        let help = "put a field that contains the separator in quotation marks";
        Warning::dropped(at, format!("{what}; left them out: {help}"))
    })
}

/// Reports a quotation mark that is not closed.
fn open_mark(origin: &str, line: u64) -> Warning {
    let message = "a quotation mark that opens a field is not closed, so the rows up to the next mark are one field";
    Warning::kept(format!("{origin}:{line}"), message)
}

/// Returns the number of line breaks in a row before the first field whose quotation mark is not closed: the field
/// extends over several lines, and the next quotation mark is missing or is not followed by a separator or the end of a
/// line.
fn unclosed(row: &str, delimiter: u8) -> Option<u64> {
    let is_end =
        |byte: Option<&u8>| byte.is_none_or(|b| *b == delimiter || matches!(b, b'\r' | b'\n'));
    let bytes = row.as_bytes();
    let (mut at, mut breaks) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'"' {
            let start = breaks;
            at += 1;
            let mut is_closed = false;
            while at < bytes.len() && !is_closed {
                let is_double = bytes[at] == b'"' && bytes.get(at + 1) == Some(&b'"');
                is_closed = bytes[at] == b'"' && !is_double;
                breaks += u64::from(bytes[at] == b'\n');
                at += 1 + usize::from(is_double);
            }
            if start < breaks && !(is_closed && is_end(bytes.get(at))) {
                return Some(start);
            }
        }
        while !is_end(bytes.get(at)) {
            at += 1;
        }
        breaks += u64::from(bytes.get(at) == Some(&b'\n'));
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::Options;

    #[test]
    fn rows_become_articles_whatever_separates_their_columns() {
        for text in [
            "title,author,text\n\"Bridge, closed\",Ada Lorne,\"It is closed.\n\nFor good.\"\n",
            "sep=;\r\ntitle;author;text\n\"Bridge, closed\";Ada Lorne;\"It is closed.\n\nFor good.\"\n",
            "title^author^text\nBridge, closed^Ada Lorne^\"It is closed.\n\nFor good.\"\n",
            "title\u{1}author\u{1}text\nBridge, closed\u{1}Ada Lorne\u{1}\"It is closed.\n\nFor good.\"\n",
            "title;author;text\nBridge, closed;Ada Lorne;\"It is closed.\n\nFor good.\"\n",
            "\u{feff}Title\tAuthor\tText\nBridge, closed\tAda Lorne\t\"It is closed.\n\nFor good.\"\n",
        ] {
            let read = read("a.csv", text.as_bytes(), &Options::default());
            assert_eq!(read.articles.len(), 1, "{text:?} {:?}", read.warnings);
            assert_eq!(read.articles[0].title, "Bridge, closed");
            assert_eq!(read.articles[0].byline.as_deref(), Some("Ada Lorne"));
            assert_eq!(read.articles[0].blocks.len(), 2);
        }
    }

    #[test]
    fn an_empty_row_is_named_by_its_line() {
        let read = read("a.csv", b"title,text\nA,B.\n,\nC,D.\n", &Options::default());
        assert_eq!(read.articles.len(), 2);
        assert_eq!(read.warnings[0].origin, "a.csv:3");
    }

    #[test]
    fn surplus_fields_are_named_or_joined_to_the_text() {
        let table = b"title,text\nPort,The port, which is old, will close.\nQuay,It stays.,x,y\nPier,It opens.,,\n";
        let read = read("a.csv", table, &Options::default());
        assert_eq!(read.articles[0].text, "The port, which is old, will close.");
        assert_eq!(read.articles[1].text, "It stays.");
        let named: Vec<_> = read.warnings.iter().map(|w| (&*w.origin, w.dropped)).collect();
        assert_eq!(named, [("a.csv:2", false), ("a.csv:3", true)], "{:?}", read.warnings);
        let table = "Text;Titel\nDer Hafen schließt; das Amt bestätigt es;Hafen\n";
        let read = super::read("a.csv", table.as_bytes(), &Options::default());
        assert!(read.warnings[0].message.contains("\"Hafen\""), "{:?}", read.warnings);
    }

    #[test]
    fn an_open_quotation_mark_is_named_by_its_line() {
        for (table, line) in [
            ("title,text\nPort,\"It closes.\nQuay,\"It stays.\"\nPier,\"It opens.\"\n", Some(2)),
            ("title;text\nPort;It closes.\nQuay;\"It stays.\nPier;It opens.\n", Some(3)),
            ("title,text\n\"Port\",\"It\ncloses.\"\n\"Quay,It stays.\nPier,It opens.", Some(4)),
            ("title,text\nPort,\"It closes.\n\nIt \"\"stays\"\" so.\"\nPier,It opens.\n", None),
            ("title,text\nPort,\"It\" closes.\nPier,It \"opens\".\n", None),
            ("text,title\r\n\"It closes.\r\n\r\nSo.\",Port\r\n\"\",Pier\r\n", None),
        ] {
            let read = read("a.csv", table.as_bytes(), &Options::default());
            let mut open =
                read.warnings.iter().filter(|w| w.message.contains("quotation mark that opens"));
            assert_eq!(
                open.next().map(|w| w.origin.clone()),
                line.map(|n| format!("a.csv:{n}")),
                "{table}"
            );
        }
    }

    #[test]
    fn a_table_of_very_many_columns_is_read_and_the_rest_is_named() {
        let header: Vec<String> = (0..10_000).map(|n| format!("column{n}")).collect();
        let cells = vec!["a"; 9_999].join(",");
        let long = "word ".repeat(60);
        let table = format!("title,{}\nBridge,{long},{cells}\n", header.join(","));
        let read = read("a.csv", table.as_bytes(), &Options::default());
        assert_eq!(read.articles[0].title, "Bridge");
        assert!(read.warnings.iter().any(|w| w.message.contains("column0")), "{:?}", read.warnings);
    }
}
