//! Tables with a header line, one article a row: separated by commas, semicolons, tabs or bars.

use std::borrow::Cow;

use crate::read::record::{self, Record};
use crate::read::{Ingested, Options, charset};
use crate::warning::Warning;

/// Reads a table.
pub(super) fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    ingested.warnings.extend(decoded.doubt.map(|doubt| Warning::kept(origin, doubt)));
    let text: &str = &decoded.text;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text).unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let fields: Vec<_> = match reader.headers() {
        Ok(header) => header.iter().map(record::field).collect(),
        Err(error) => {
            return Ingested::of_warning(Warning::dropped(origin, format!("is no table: {error}")));
        }
    };
    if fields.iter().all(Option::is_none) {
        let message = "has no column with a name of an article's field, such as title or text";
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
        // The number of the line in the file, the header being the first.
        let line =
            |row: &csv::StringRecord| row.position().map_or(n as u64 + 2, csv::Position::line);
        match row {
            Ok(row) => {
                let mut found = Record::default();
                for (field, value) in fields.iter().zip(row.iter()) {
                    if let Some(field) = field {
                        found.put(*field, Cow::Borrowed(value));
                    }
                }
                let at = format!("{origin}:{}", line(&row));
                ingested.extend(record::adapt(found, origin, &at, options));
            }
            Err(error) => {
                let at = format!(
                    "{origin}:{}",
                    error.position().map_or(n as u64 + 2, csv::Position::line)
                );
                ingested.warnings.push(Warning::dropped(at, format!("is no row: {error}")));
            }
        }
    }
    ingested
}

/// Returns what separates the columns of a table, judged by its header line: it must name two of an article's fields.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    let header = text.lines().next()?;
    let fields = |d: u8| {
        let named = |name: &str| record::field(name.trim().trim_matches('"')).is_some();
        header.split(char::from(d)).filter(|n| named(n)).count()
    };
    [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|d| fields(*d))
        .filter(|d| 2 <= fields(*d))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::Options;

    #[test]
    fn rows_become_articles_whatever_separates_their_columns() {
        for text in [
            "title,author,text\n\"Bridge, closed\",Ada Lorne,\"It is closed.\n\nFor good.\"\n",
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
}
