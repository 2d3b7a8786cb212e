//! The formats that articles come in, and how they are told apart.

/// A format of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The text of a page or wire story, copied or dumped.
    Text,
    /// A web page.
    Html,
    /// Markdown, with front matter or without.
    Markdown,
    /// One article, or an array of articles.
    Json,
    /// One article a line.
    Jsonl,
    /// A table with a header line, one article a row.
    Csv,
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// An e-mail.
    Mail,
}

impl Format {
    /// Every format with the name that `--from` takes.
    pub const NAMES: &[(&str, Self)] = &[
        ("text", Self::Text),
        ("html", Self::Html),
        ("md", Self::Markdown),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("feed", Self::Feed),
        ("eml", Self::Mail),
    ];
}

/// Returns the format of an input by its content, its name where the content leaves it open.
pub fn detect(origin: &str, bytes: &[u8]) -> Format {
    let head = bytes.trim_ascii_start();
    let ending = origin.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    if matches!(&*ending, "jsonl" | "ndjson") {
        Format::Jsonl
    } else if head.starts_with(b"{") || head.starts_with(b"[") {
        Format::Json
    } else {
        Format::Text
    }
}
