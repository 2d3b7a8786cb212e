//! Renders a briefing as a book for e-readers: EPUB 3.3 (W3C Recommendation, 2023), byte-identical for the same
//! briefing.
//!
//! The file is a zip archive that contains a content document with a section for each story, a table of contents, a
//! style sheet and metadata. The content document is rendered from a template, like a page, and everything is escaped
//! by the rules of XML. Timestamps in the archive are fixed, and the identifier is a hash of the content.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::briefing::Briefing;
use crate::render::engine::Chosen;
use crate::render::escape::{Dialect, Extensions};
use crate::render::view::{Links, View, uuid};
use crate::render::{Error, Options, catalog};

/// The media type; the first entry of the archive contains it.
const MEDIA_TYPE: &str = "application/epub+zip";

/// The container document, which gives the path of the package document.
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
    <rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\n\
    </container>\n";

/// Renders a briefing as an EPUB book.
///
/// # Errors
///
/// Fails if the house style is invalid or the archive cannot be written.
pub fn epub(briefing: &Briefing, options: &Options) -> Result<Vec<u8>, Error> {
    let chosen = Chosen::built_in("book.xhtml", Dialect::Xml);
    let view = View::new(briefing, options, chosen.usual_marks(), Links::ToWords)?;
    let text = chosen.run(&view)?;
    let style = catalog::built_in("book.css").unwrap_or_default();
    let entries = [
        ("META-INF/container.xml", CONTAINER.to_owned()),
        ("EPUB/package.opf", package(briefing, &view, &text)),
        ("EPUB/nav.xhtml", contents(&view)),
        ("EPUB/briefing.xhtml", text),
        ("EPUB/book.css", style.to_owned()),
    ];
    zipped(&entries).map_err(|error| Error::Book { reason: error.to_string() })
}

fn zipped(entries: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // This entry is stored uncompressed, so that programs can recognize the type of the file by its first bytes.
    file.start_file("mimetype", options.compression_method(CompressionMethod::Stored))?;
    file.write_all(MEDIA_TYPE.as_bytes())?;
    for (name, text) in entries {
        file.start_file(*name, options.compression_method(CompressionMethod::Deflated))?;
        file.write_all(text.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn xml(text: &str) -> String {
    Dialect::Xml.text(text, Extensions::default())
}

/// Returns the package document, which contains the metadata and the list of files.
fn package(briefing: &Briefing, view: &View, text: &str) -> String {
    let modified = briefing.generated.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ");
    let id = uuid(&["book", text, &view.generated]);
    let (title, lang) = (xml(&view.title), xml(&view.lang));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{lang}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{id}</dc:identifier>\n<dc:title>{title}</dc:title>\n\
         <dc:language>{lang}</dc:language>\n<dc:creator>nutgraf</dc:creator>\n\
         <meta property=\"dcterms:modified\">{modified}</meta>\n</metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"text\" href=\"briefing.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n\
         </manifest>\n<spine>\n<itemref idref=\"text\"/>\n</spine>\n</package>\n"
    )
}

/// Returns the table of contents.
fn contents(view: &View) -> String {
    let (title, lang) = (xml(&view.title), xml(&view.lang));
    let line = |anchor: &str, name: &str| {
        format!("<li><a href=\"briefing.xhtml#{anchor}\">{}</a></li>\n", xml(name))
    };
    let stories: String =
        view.stories.iter().map(|story| line(&story.anchor, &story.headline.text)).collect();
    let sources = view.labels.get("sources").map_or("Sources", |label| label);
    let lines = line("title", &view.title) + &stories + &line("sources", sources);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{lang}\" xml:lang=\"{lang}\">\n<head><meta charset=\"utf-8\"/><title>{title}</title></head>\n\
         <body>\n<nav epub:type=\"toc\" id=\"toc\">\n<ol>\n{lines}</ol>\n</nav>\n</body>\n</html>\n"
    )
}
