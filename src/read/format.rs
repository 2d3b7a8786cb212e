//! Input formats and their detection: by content first, by name if the content is ambiguous.

use crate::read::{csv, mail, markdown, subtitles};
use crate::span::slice;

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
    /// RSS, RDF, Atom or JSON Feed; a sitemap of news.
    Feed,
    /// An e-mail, a mailbox, or a page saved as MHTML.
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

    /// Returns the format of a file name's ending.
    fn of_name(origin: &str) -> Option<Self> {
        let lower = origin.to_ascii_lowercase();
        let name = [".gz", ".zst"].iter().find_map(|e| lower.strip_suffix(e)).unwrap_or(&lower);
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending {
            "txt" | "text" | "vtt" | "srt" => Self::Text,
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" | "mdx" => Self::Markdown,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            "rss" | "atom" | "rdf" | "opml" | "xml" => Self::Feed,
            "eml" | "mbox" | "mht" | "mhtml" => Self::Mail,
            _ => return None,
        })
    }
}

/// Bytes at the start of an input that are looked at.
const HEAD: usize = 8192;

/// Detects the format of an input by its content, or by its name if the content is ambiguous.
pub fn detect(origin: &str, bytes: &[u8]) -> Format {
    let named = Format::of_name(origin);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    if head.starts_with(['{', '['])
        && let Some(format) = json(bytes, &head)
    {
        return if named == Some(Format::Jsonl) && format == Format::Json {
            Format::Jsonl
        } else {
            format
        };
    }
    if head.starts_with('<')
        && let Some(format) = markup(&head)
    {
        return format;
    }
    if mail::is_mailbox(bytes) || subtitles::is_subtitles(&head) {
        return if mail::is_mailbox(bytes) { Format::Mail } else { Format::Text };
    }
    if is_mail(&head) && named.is_none_or(|n| n == Format::Mail || n == Format::Text) {
        return Format::Mail;
    }
    let by_content = || {
        if markdown::looks_like(&head) {
            Format::Markdown
        } else if csv::delimiter(&head).is_some() && 1 < head.lines().count() {
            Format::Csv
        } else {
            Format::Text
        }
    };
    named.unwrap_or_else(by_content)
}

/// Distinguishes one JSON document from one per line; `None` if the text only starts like JSON.
fn json(bytes: &[u8], head: &str) -> Option<Format> {
    let second = head.get(1..)?.trim_start().chars().next();
    let open = if head.starts_with('{') { ['"', '}'] } else { ['{', ']'] };
    if !second.is_none_or(|c| open.contains(&c)) {
        return None;
    }
    if is_json_feed(head) {
        return Some(Format::Feed);
    }
    let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let (line, rest) = bytes.split_at(end);
    let whole = line.starts_with(b"{") && line.trim_ascii_end().ends_with(b"}");
    let more = rest.trim_ascii_start().starts_with(b"{");
    Some(if whole && more { Format::Jsonl } else { Format::Json })
}

/// Returns whether JSON declares itself a feed; an article can also mention feeds in its text.
fn is_json_feed(head: &str) -> bool {
    let head = head.replace("\\/", "/");
    let is_version = |(at, _): (usize, &str)| {
        let before = slice(&head, 0, at);
        let before = before.strip_suffix("https://").or_else(|| before.strip_suffix("http://"))?;
        let key = before.strip_suffix('"')?.trim_end().strip_suffix(':')?.trim_end();
        key.strip_suffix("\"version\"")
    };
    head.match_indices("jsonfeed.org/version").any(|found| is_version(found).is_some())
}

/// Distinguishes pages from feeds.
fn markup(head: &str) -> Option<Format> {
    let lower = head.to_ascii_lowercase();
    let first = |tags: &[&str]| tags.iter().filter_map(|t| lower.find(t)).min();
    let feed =
        first(&["<rss", "<feed", "<rdf:rdf", "<opml", "<channel", "<urlset", "<sitemapindex"]);
    let page = first(&[
        "<html",
        "<!doctype html",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<h1",
        "<script",
        "<meta",
    ]);
    match (feed, page) {
        (Some(feed), Some(page)) => Some(if feed < page { Format::Feed } else { Format::Html }),
        (Some(_), None) => Some(Format::Feed),
        (None, Some(_)) => Some(Format::Html),
        (None, None) => None,
    }
}

/// Whether a text starts with the header lines of a mail.
fn is_mail(head: &str) -> bool {
    const HEADERS: [&str; 12] = [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "content-type",
        "list-id",
        "reply-to",
    ];
    let mut seen = 0;
    for line in head.lines().take(60) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.contains(' ') || line.trim().is_empty() {
            break;
        }
        seen += usize::from(HEADERS.contains(&&*name.to_ascii_lowercase()));
    }
    3 <= seen
}

#[cfg(test)]
mod tests {
    use super::{Format, detect};

    #[test]
    fn content_comes_before_the_name() {
        for (name, content, format) in [
            ("a.txt", "{\"title\": \"A\"}", Format::Json),
            ("a", "{\"title\": \"A\"}\n{\"title\": \"B\"}\n", Format::Jsonl),
            ("a.jsonl", "{\"title\": \"A\"}", Format::Jsonl),
            ("a.json", "[{\"title\": \"A\"}]", Format::Json),
            ("-", "{\n \"items\": []\n}", Format::Json),
            ("a.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"}", Format::Feed),
            ("a.txt", "<!DOCTYPE html><html><p>A</p>", Format::Html),
            ("a.html", "<?xml version=\"1.0\"?><rss><channel>", Format::Feed),
            ("a", "---\ntitle: A\n---\nText.", Format::Markdown),
            ("a.md", "Text.", Format::Markdown),
            ("a", "title,text\nA,B\n", Format::Csv),
            (
                "a.txt",
                "From: a@b.example\nTo: c@d.example\nSubject: A\nDate: Mon\n\nText",
                Format::Mail,
            ),
            ("a.txt", "{Bracketed} words begin this story.", Format::Text),
            ("a.txt", "[Update] The road is open.", Format::Text),
            ("a", "A story.\n\nIt goes on.", Format::Text),
            ("-", "# Příběh\n\nPokračuje.", Format::Markdown),
            ("-", "# A story\r\n\r\nIt goes on.", Format::Markdown),
            ("-", "# 1\n\nin the charts this week", Format::Text),
            ("-", "#hashtag of the day\n\nIt goes on.", Format::Text),
            ("-", "# run this\nmake all", Format::Text),
        ] {
            assert_eq!(detect(name, content.as_bytes()), format, "{name} {content:?}");
        }
    }
}
