//! Input formats and their detection: by unambiguous content first, then by name, then by weaker evidence in the
//! content.

use crate::read::{record, subtitles};
use crate::span::slice;

/// The format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text: a copied or dumped page, a wire story, or subtitles.
    Text,
    /// A web page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
    /// One article, an array of articles, an object that contains articles, or several of these one after another.
    Json,
    /// One article per line.
    Jsonl,
    /// A table with a header line, one article per row.
    Csv,
    /// RSS, RDF, Atom, JSON Feed, or a news sitemap.
    Feed,
    /// An email message, a mailbox, or a page saved as MHTML.
    Mail,
}

impl Format {
    /// The name of each format for the option `--from`.
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

    /// Returns the format that the extension of a file name suggests; a final `.gz` or `.zst` is skipped.
    fn from_name(origin: &str) -> Option<Self> {
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

/// The number of bytes at the start of an input that most checks examine.
const HEAD: usize = 8192;

/// Detects the format of an input by its content or, if the content is ambiguous, by its name. Without a known
/// extension, weaker signs of Markdown or of a table in the content are enough.
///
/// ```
/// use nutgraf::read::{Format, format::detect};
///
/// assert_eq!(detect("feed.html", b"<rss version='2.0'><channel>"), Format::Feed);
/// assert_eq!(detect("notes", b"# Bridge closed\n\nThe bridge is closed."), Format::Markdown);
/// ```
pub fn detect(origin: &str, bytes: &[u8]) -> Format {
    let named = Format::from_name(origin);
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
    if is_mailbox(bytes) || subtitles::is_subtitles(&head) {
        return if is_mailbox(bytes) { Format::Mail } else { Format::Text };
    }
    if is_mail(&head) && named.is_none_or(|n| n == Format::Mail || n == Format::Text) {
        return Format::Mail;
    }
    let by_content = || {
        if looks_like_markdown(&head) {
            Format::Markdown
        } else if delimiter(&head).is_some_and(|separator| has_rows(bytes, &head, separator)) {
            Format::Csv
        } else {
            Format::Text
        }
    };
    named.unwrap_or_else(by_content)
}

/// Distinguishes JSON documents, JSON Feeds and files with one object per line; returns `None` if the text only starts
/// like JSON.
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

/// Returns whether JSON declares itself a feed. Containing the address of the specification is not enough, because
/// an article may mention it in its text.
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

/// Distinguishes pages from feeds by whichever tag comes first.
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

/// Returns whether a text starts with the header of an email message.
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
    3 <= seen || 2 <= seen && names_sender(head)
}

/// Returns whether the header of a text consists of header fields only, one of which names a sender by address. Email
/// sent by scripts often has no other typical fields.
fn names_sender(head: &str) -> bool {
    let fields: Vec<&str> = head.lines().take_while(|line| !line.trim().is_empty()).collect();
    let is_field = |line: &&str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| !name.contains(char::is_whitespace))
    };
    let is_sender = |line: &&str| {
        line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("from:")) && line.contains('@')
    };
    fields.iter().all(is_field) && fields.iter().any(is_sender)
}

/// Returns whether a file begins like a mailbox: with an envelope line followed by a header field.
pub(in crate::read) fn is_mailbox(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|b| *b == b'\n');
    let envelope = lines.next().is_some_and(is_envelope);
    let field = lines.next().and_then(|line| {
        let name = line.iter().position(|b| *b == b':')?;
        Some(0 < name && line[..name].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-'))
    });
    envelope && field == Some(true)
}

/// Returns whether a line is the envelope line of a message: `From a@b.example Tue Mar 10 08:00:00 2026`; some have
/// no time.
fn is_envelope(line: &[u8]) -> bool {
    let is_time = |w: &[u8]| matches!(w, [a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()));
    line.starts_with(b"From ") && (!line.contains(&b':') || line.windows(5).any(is_time))
}

/// The front matter of a text, and the text after it.
pub(in crate::read) struct FrontMatter<'t> {
    /// Whether the fields are TOML (between `+++` lines) rather than YAML (between `---` lines).
    pub(in crate::read) is_toml: bool,
    pub(in crate::read) fields: &'t str,
    pub(in crate::read) body: &'t str,
}

/// Finds the front matter at the beginning of a text.
pub(in crate::read) fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let fence = ["---", "+++"].into_iter().find(|fence| start.starts_with(fence))?;
    let inside = start.strip_prefix(fence)?.trim_start_matches([' ', '\t', '\r']);
    let inside = inside.strip_prefix('\n')?;
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        if line.trim_end() == fence {
            let (fields, rest) = inside.split_at(at);
            let (_, body) = rest.split_at(line.len());
            return Some(FrontMatter { is_toml: fence == "+++", fields, body });
        }
        at += line.len();
    }
    None
}

/// Returns whether a text starts with front matter or is recognizable as Markdown.
fn looks_like_markdown(text: &str) -> bool {
    let body = front_matter(text).map_or(text, |front| front.body);
    let marks = |l: &&str| {
        l.starts_with("# ") || l.starts_with("## ") || l.starts_with("![") || l.contains("](http")
    };
    body.len() < text.len()
        || starts_with_title(body)
        || 2 <= body.lines().take(200).filter(marks).count()
}

/// Returns whether a text begins with a Markdown title: a line `# …`, a blank line, and then text.
fn starts_with_title(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().skip_while(|l| l.trim().is_empty());
    let is_title =
        lines.next().is_some_and(|l| l.starts_with("# ") && l.contains(char::is_alphabetic));
    is_title
        && lines.next().is_some_and(|l| l.trim().is_empty())
        && lines.any(|l| !l.trim().is_empty())
}

/// The possible column separators; the last two are the default of Hive and the ASCII unit separator.
const SEPARATORS: [u8; 8] = [b',', b';', b'\t', b'|', b'^', b'~', 0x01, 0x1F];

/// Returns the column separator of a table that declares it or whose header names at least two fields of an
/// article.
fn delimiter(text: &str) -> Option<u8> {
    let (named, text) = named_separator(text);
    named.or_else(|| separator(text, 2))
}

/// Returns whether a table has rows: another line follows its header, which may be longer than the examined part if it
/// consists of short names.
fn has_rows(bytes: &[u8], head: &str, separator: u8) -> bool {
    /// The maximum average number of bytes in a name of a long header.
    const NAME: usize = 40;
    let is_header = || {
        let n_names = head.bytes().filter(|b| *b == separator).count();
        head.len() <= n_names * NAME && memchr::memchr(b'\n', bytes).is_some()
    };
    1 < head.lines().count() || HEAD <= bytes.len() && is_header()
}

/// Returns the separator declared by a first line such as `sep=;`, and the text after that line.
pub(in crate::read) fn named_separator(text: &str) -> (Option<u8>, &str) {
    let named = text.strip_prefix("sep=").and_then(|rest| {
        let (line, rest) = rest.split_once('\n')?;
        match *line.trim_end_matches('\r').as_bytes() {
            [separator] => Some((separator, rest)),
            _ => None,
        }
    });
    named.map_or((None, text), |(separator, rest)| (Some(separator), rest))
}

/// Returns the separator that splits the header into the most names of article fields, if there are at least `least`
/// such names.
pub(in crate::read) fn separator(text: &str, least: usize) -> Option<u8> {
    let header = text.lines().find(|line| !line.trim().is_empty())?;
    let fields = |separator: u8| {
        let named = |name: &&str| record::field(name.trim().trim_matches('"')).is_some();
        header.split(char::from(separator)).filter(named).count()
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| fields(*separator))?;
    (least <= fields(best)).then_some(best)
}

/// How a file is compressed or archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Packing {
    Gzip,
    Zstd,
    Tar,
    Zip,
}

/// Returns how a file is compressed or archived, by its first bytes.
pub(in crate::read) fn packing(bytes: &[u8]) -> Option<Packing> {
    if bytes.starts_with(&[0x1F, 0x8B, 0x08]) {
        Some(Packing::Gzip)
    } else if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        Some(Packing::Zstd)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Some(Packing::Zip)
    } else if bytes.get(257..262) == Some(b"ustar") {
        Some(Packing::Tar)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, detect};

    #[test]
    fn a_table_may_have_thousands_of_columns() {
        let table = |separator: &str| {
            let names: Vec<String> = (0..9000).map(|n| format!("column {n}")).collect();
            format!("title{separator}text{separator}{}\nA{separator}B\n", names.join(separator))
        };
        for separator in [",", ";", "\t", "|"] {
            assert_eq!(detect("-", table(separator).as_bytes()), Format::Csv, "{separator}");
        }
        let prose = format!("Title, text, and {}.\nIt ends.", "a very long sentence ".repeat(900));
        assert_eq!(detect("-", prose.as_bytes()), Format::Text);
    }

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
