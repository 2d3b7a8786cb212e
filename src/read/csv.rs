//! Reads tables with a header line and one article per row.
//!
//! The separator is the one that splits the header into the most names of article fields (see [`separator`]), unless
//! the first line declares the separator, as in files from some spreadsheet programs (`sep=;`).

use std::borrow::Cow;

use crate::read::format::{named_separator, separator};
use crate::read::record::{self, Record};
use crate::read::{Ingested, Options, charset};
use crate::warning::Warning;

/// Reads a table.
pub(super) fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    ingested.warnings.extend(decoded.doubt.map(|doubt| Warning::kept(origin, doubt)));
    let (named, text) = named_separator(&decoded.text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(named.or_else(|| separator(text, 1)).unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let fields: Vec<_> = match reader.headers() {
        Ok(row) => row.iter().map(|name| (name.to_owned(), record::field(name))).collect(),
        Err(error) => {
            return Ingested::of_warning(Warning::dropped(origin, format!("not a table: {error}")));
        }
    };
    if fields.iter().all(|(_, field)| field.is_none()) {
        let columns: Vec<&str> = fields.iter().take(8).map(|(name, _)| name.as_str()).collect();
        let message = format!(
            "has no column with the name of an article's field, such as title or text, but {}",
            columns.join(", ")
        );
        return Ingested::of_warning(Warning::dropped(origin, message));
    }
    for (n, row) in reader.records().enumerate() {
        if options.limits.entries <= n {
            ingested.warnings.push(Warning::dropped(
                origin,
                format!("holds more rows than the limit of {}", options.limits.entries),
            ));
            break;
        }
        // The line number in the table, in which the header is line 1; a `sep=` line before it is not counted.
        let line =
            |row: &csv::StringRecord| row.position().map_or(n as u64 + 2, csv::Position::line);
        match row {
            Ok(row) => {
                let mut found = Record::default();
                for ((name, field), value) in fields.iter().zip(row.iter()) {
                    match field {
                        Some(field) => found.put(*field, Cow::Borrowed(value)),
                        None => found.keep_aside(name, Cow::Borrowed(value)),
                    }
                }
                for value in row.iter().skip(fields.len()) {
                    found.keep_aside("columns without a name", Cow::Borrowed(value));
                }
                let at = format!("{origin}:{}", line(&row));
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
