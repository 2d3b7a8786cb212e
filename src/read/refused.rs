//! Recognizes unsupported formats by their content and, if possible, names the commands that convert them.

use std::borrow::Cow;

use crate::span::slice;

/// The number of bytes examined at the start of a file.
const HEAD: usize = 8192;

/// The magic bytes, the name of the format, and the command that converts or unpacks it.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF file", "pdftotext FILE -"),
    (b"%!PS", "a PostScript file", "ps2ascii FILE"),
    (b"AT&TFORM", "a DjVu file", "djvutxt FILE"),
    (b"{\\rtf", "a rich text file (RTF)", "pandoc -f rtf -t plain FILE"),
    (
        b"\xD0\xCF\x11\xE0",
        "an old Microsoft Office file (doc, xls, ppt or msg)",
        "soffice --convert-to txt FILE",
    ),
    (b"bplist00", "a binary property list (webarchive or webloc)", "plutil -p FILE"),
    (b"BZh", "compressed with bzip2", "bzip2 -dc FILE"),
    (b"\xFD7zXZ", "compressed with xz", "xz -dc FILE"),
    (b"7z\xBC\xAF", "a 7z archive", "7z x FILE"),
    (b"Rar!", "a RAR archive", "unrar x FILE"),
    (b"WARC/", "a web archive (WARC)", "warcio extract FILE OFFSET"),
    (b"SQLite format 3", "an SQLite database", "sqlite3 -json FILE QUERY"),
    (b"PAR1", "a Parquet file", "duckdb -csv -c \"FROM 'FILE'\""),
];

/// The first characters of other text files that contain no article, with a description of the files.
const RECORDS: &[(&str, &str)] = &[
    ("begin:vcalendar", "a calendar (iCalendar)"),
    ("begin:vcard", "an address card (vCard)"),
    ("<svg", "a picture (SVG)"),
];

/// The commands that begin a TeX document, after its comments.
const TEX: &[&str] = &["\\documentclass", "\\documentstyle", "\\input{", "\\begin{document}"];

/// The magic bytes of files that contain no text: images, sound, video, programs, fonts and shortcuts.
const MEDIA: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"RIFF", "a picture or sound (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound (Ogg)"),
    (b"fLaC", "sound (FLAC)"),
    (b"\x1A\x45\xDF\xA3", "a film (Matroska)"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"wOF", "a font"),
    (b"L\0\0\0\x01\x14\x02\0", "a shortcut (lnk)"),
];

/// Returns why a file cannot be read: its format and, if one exists, the command that converts it.
pub(crate) fn reason(bytes: &[u8]) -> Option<String> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if let Some((_, what, help)) = MAGIC.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Some(unread(what, help));
    }
    if let Some((_, what)) = MEDIA.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(format!("is {what}, which is not read"));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("is a film, sound or picture (MP4 and its kin), which is not read".to_owned());
    }
    if bytes.get(60..68) == Some(b"BOOKMOBI") {
        return Some(unread("an e-book (Kindle)", "ebook-convert FILE .txt"));
    }
    if let Some((what, help)) = document(bytes) {
        return Some(unread(what, help));
    }
    shortcut(start)
        .or_else(|| record(start))
        .or_else(|| is_binary(bytes).then(|| "is a binary file of an unknown format".to_owned()))
}

/// Returns the message for a calendar, an address card, an SVG picture, a TeX document or a list of bookmarks.
fn record(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start.get(..HEAD).unwrap_or(start));
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('%')).unwrap_or("");
    if TEX.iter().any(|command| first.starts_with(command)) {
        return Some(unread("a TeX document", "pandoc -f latex -t plain FILE"));
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("<!doctype netscape-bookmark-file") {
        return Some(
            "is a list of bookmarks, not an article; name the addresses that you want to read, or give a list of \
             them with --urls"
                .to_owned(),
        );
    }
    let element = first_element(&lower);
    let found = RECORDS.iter().find(|(start, _)| element.starts_with(start));
    found.map(|(_, what)| format!("is {what}, which is not read"))
}

/// Returns the text from its first element on, skipping the XML declaration, comments and the document type.
fn first_element(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some((_, after)) = rest.split_once(end) else { break };
        rest = after.trim_start();
    }
    rest
}

fn unread(what: &str, help: &str) -> String {
    format!("is {what}, which is not read; convert it first: {help}")
}

/// Returns whether a ZIP file is a document rather than an archive of files.
pub(crate) fn is_document(bytes: &[u8]) -> bool {
    document(bytes).is_some()
}

/// Returns the kind of document in a ZIP file, and the command that converts it.
fn document(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let members = members(bytes);
    // A broken file has no list of members, so its beginning is searched for their names.
    let has = |name: &str| match &members {
        Some(members) => members.iter().any(|member| member.starts_with(name)),
        None => memchr::memmem::find(head, name.as_bytes()).is_some(),
    };
    // The member `mimetype` comes first and is not compressed, so its content follows its name.
    let is_type = |kind: &str| {
        has("mimetype")
            && memchr::memmem::find(head, format!("mimetype{kind}").as_bytes()).is_some()
    };
    let found = if has("[Content_Types].xml") && has("word/") {
        ("a Word document (docx)", "pandoc -f docx -t plain FILE")
    } else if has("[Content_Types].xml") && has("xl/") {
        ("an Excel workbook (xlsx)", "xlsx2csv FILE")
    } else if has("[Content_Types].xml") && has("ppt/") {
        ("a PowerPoint presentation (pptx)", "pandoc -f pptx -t plain FILE")
    } else if is_type("application/epub+zip") || has("META-INF/container.xml") {
        ("an e-book (EPUB)", "pandoc -f epub -t plain FILE")
    } else if is_type("application/vnd.oasis.opendocument")
        || has("META-INF/manifest.xml") && has("content.xml")
    {
        ("an OpenDocument file (odt, ods or odp)", "pandoc -f odt -t plain FILE")
    } else if has("Index/Document.iwa") {
        ("a document of Pages, Numbers or Keynote", "an export of its program")
    } else {
        return None;
    };
    Some(found)
}

/// Returns the names of the members of a ZIP file, from the directory at its end; `None` if no directory is found.
/// Unlike a search of the bytes, this does not find the members of an archive inside the file.
fn members(bytes: &[u8]) -> Option<Vec<Cow<'_, str>>> {
    /// The size of the end record, without its field of variable length.
    const END: usize = 22;
    /// The size of a directory entry, without its fields of variable length.
    const ENTRY: usize = 46;
    let tail = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let end = tail + memchr::memmem::rfind(bytes.get(tail..)?, b"PK\x05\x06")?;
    let number = |at: usize, n: usize| {
        let digits = bytes.get(at..at.checked_add(n)?)?.iter().rev();
        Some(digits.fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    // The offset in the end record is wrong if something precedes the archive, so the start of the directory is
    // computed from its size.
    let mut at = end.checked_sub(number(end + 12, 4)?)?;
    let mut names = Vec::new();
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let (name, extra, comment) =
            (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
        names.push(String::from_utf8_lossy(bytes.get(at + ENTRY..at + ENTRY + name)?));
        at += ENTRY + name + extra + comment;
    }
    (!names.is_empty()).then_some(names)
}

/// Returns the message for a shortcut to a web page, with its address: `.url` on Windows, `.desktop` on Linux,
/// `.webloc` on macOS.
fn shortcut(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start.get(..HEAD).unwrap_or(start));
    let first = text.lines().next().unwrap_or("").trim().to_ascii_lowercase();
    let address = if first == "[internetshortcut]" || first == "[desktop entry]" {
        let line = text.lines().find_map(|line| line.trim().strip_prefix("URL="));
        line.map(str::trim)
    } else if text.starts_with("<?xml")
        && text.contains("<plist")
        && text.contains("<key>URL</key>")
    {
        let (_, rest) = text.split_once("<key>URL</key>")?;
        let (_, rest) = rest.split_once("<string>")?;
        rest.split('<').next().map(str::trim)
    } else {
        return None;
    };
    let address = address.filter(|a| !a.is_empty());
    Some(match address {
        Some(url) => {
            format!("is a shortcut to {url}, not an article; fetch the page first: curl -L {url}")
        }
        None => "is a shortcut without an address".to_owned(),
    })
}

/// Returns whether a file has too many control characters to be text in any charset.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let odd = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let even = head.iter().step_by(2).filter(|b| **b == 0).count();
    let wide = head.starts_with(&[0xFF, 0xFE])
        || head.starts_with(&[0xFE, 0xFF])
        || (2 * head.len() <= 5 * odd.max(even) && 20 * odd.min(even) <= odd.max(even));
    let controls = head.iter().filter(|b| control(b)).count();
    !wide && head.len() < controls * 10
}

/// Replaces `FILE` in a message with the name of the file. The placeholder stays if the shell would need quotation
/// marks around the name, or if the input is not a file.
pub(crate) fn with_name(message: &str, origin: &str) -> String {
    if !message.contains("FILE") {
        return message.to_owned();
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':');
    // The command can read neither standard input nor an address.
    let name = if origin == "-" || origin.contains("://") || !origin.chars().all(plain) {
        "FILE"
    } else {
        slice(origin, 0, origin.len())
    };
    message.replace("FILE", name)
}

#[cfg(test)]
mod tests {
    use super::{reason, with_name};

    #[test]
    fn formats_are_refused_by_name_with_the_command_that_helps() {
        for (bytes, what, help) in [
            (&b"%PDF-1.7\n1 0 obj"[..], "PDF", "pdftotext FILE -"),
            (b"{\\rtf1\\ansi The wall", "RTF", "pandoc -f rtf"),
            (b"PK\x03\x04\x14\0[Content_Types].xml ... word/document.xml", "Word document", "pandoc -f docx"),
            (b"PK\x03\x04\x14\0mimetypeapplication/epub+zip", "EPUB", "pandoc -f epub"),
            (b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument", "pandoc -f odt"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", "Office", "soffice"),
            (b"[InternetShortcut]\r\nURL=https://varn.example/a\r\n", "shortcut to https://varn.example/a", "curl -L"),
            (
                b"<?xml version=\"1.0\"?><plist><dict><key>URL</key><string>https://varn.example/a</string>",
                "shortcut to https://varn.example/a", "curl -L",
            ),
            (b"[Desktop Entry]\nType=Link\nURL=https://varn.example/a", "shortcut", "curl -L"),
            (b"L\0\0\0\x01\x14\x02\0\0\0\0\0", "shortcut", ""),
            (b"BEGIN:VCALENDAR\r\nSUMMARY:Council", "calendar", ""),
            (b"begin:vcard\nFN:Ada Quill", "address card", ""),
            (b"<svg xmlns='x'><text>Harbour</text></svg>", "SVG", ""),
            (b"<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE svg>\n<svg><text>a</text></svg>", "SVG", ""),
            (b"% a draft\n\n\\documentclass{article}\n\\begin{document}The port", "TeX", "pandoc -f latex"),
            (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>", "bookmarks", "--urls"),
            (b"\x89PNG\r\n", "picture", ""),
            (&[0, 1, 2, 3, 0, 0, 9, 1, 1, 2, 7], "binary", ""),
        ] {
            let reason = reason(bytes).unwrap_or_default();
            assert!(reason.contains(what) && reason.contains(help), "{reason}");
        }
    }

    #[test]
    fn texts_are_not_refused() {
        for bytes in [
            &b"Some words.\0And more words after it, enough of them."[..],
            &[b'a', 0, b'b', 0, b'c', 0, b'd', 0],
            "Žluťoučký kůň".as_bytes(),
            b"[Update] The road is open.",
            b"BEGIN with the calendar: the port is closed.",
            b"<p>An <svg></svg> picture in a page.</p>",
            b"100% of the votes\n\nwere counted.",
        ] {
            assert_eq!(reason(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn an_archive_is_not_a_document() {
        assert!(!super::is_document(b"PK\x03\x04\x14\0\0\0news/a.txt"));
        assert!(super::is_document(b"PK\x03\x04\x14\0[Content_Types].xml and xl/workbook.xml"));
    }

    #[test]
    fn the_command_names_the_file() {
        let text = "convert it first: pdftotext FILE -";
        assert_eq!(with_name(text, "in/a.pdf"), "convert it first: pdftotext in/a.pdf -");
        assert_eq!(with_name(text, "my file.pdf"), text);
        assert_eq!(with_name(text, "https://varn.example/a.pdf"), text);
    }
}
