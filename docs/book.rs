//! Builds a book from the README, the guides and the architecture: `cargo run --example book -- [FOLDER]` (default:
//! target/book). Every page is a single file without scripts; links between the documents become links between the
//! pages.
//!
//! Known limit: links to files of the repository that are not part of the book do not work.

use std::error::Error;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The documents in reading order, with the names that the contents show.
const DOCUMENTS: &[(&str, &str)] = &[
    ("README.md", "nutgraf"),
    ("docs/first-steps.md", "First steps"),
    ("docs/daily.md", "A briefing every day"),
    ("docs/delivery.md", "Delivery"),
    ("docs/ranking.md", "How stories are ranked"),
    ("docs/verify.md", "Verify"),
    ("docs/verify-benchmark.md", "A benchmark for checkers"),
    ("templates/README.md", "Templates"),
    ("docs/python.md", "Python"),
    ("docs/spark.md", "Spark"),
    ("docs/scale.md", "Many articles"),
    ("docs/languages.md", "Languages"),
    ("ARCHITECTURE.md", "Architecture"),
];

const STYLE: &str = include_str!("book.css");

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/book".to_owned());
    write(Path::new(&folder))
}

/// Writes the book into a folder.
pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(folder.join("pictures"))?;
    for (at, (file, name)) in DOCUMENTS.iter().enumerate() {
        let text = fs::read_to_string(root.join(file))?;
        fs::write(folder.join(page_name(file)), page(at, file, name, &text))?;
    }
    for picture in fs::read_dir(root.join("docs/pictures"))? {
        let picture = picture?;
        fs::copy(picture.path(), folder.join("pictures").join(picture.file_name()))?;
    }
    Ok(())
}

/// Returns the name of the page of a document: `docs/daily.md` is `daily.html`.
fn page_name(file: &str) -> String {
    match file {
        "README.md" => "index.html".to_owned(),
        "templates/README.md" => "templates.html".to_owned(),
        _ => {
            let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
            format!("{}.html", stem.to_lowercase())
        }
    }
}

fn page(at: usize, file: &str, name: &str, text: &str) -> String {
    let mut contents = String::new();
    for (other, (path, name)) in DOCUMENTS.iter().enumerate() {
        let here = if other == at { " aria-current=\"page\"" } else { "" };
        contents.push_str(&format!("<li><a href=\"{}\"{here}>{name}</a></li>\n", page_name(path)));
    }
    let next = DOCUMENTS.get(at + 1).map_or_else(String::new, |(path, name)| {
        format!("<p class=\"next\"><a href=\"{}\">Next: {name}</a></p>\n", page_name(path))
    });
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{name}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<nav aria-label=\"Contents\">\n<ul>\n{contents}</ul>\n</nav>\n\
         <main>\n{}{next}</main>\n</body>\n</html>\n",
        html(file, text)
    )
}

fn html(file: &str, markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.header_id_prefix = Some(String::new());
    let of = file.to_owned();
    options.extension.link_url_rewriter = Some(Arc::new(move |url: &str| link(&of, url)));
    options.extension.image_url_rewriter =
        Some(Arc::new(|url: &str| url.trim_start_matches("docs/").to_owned()));
    // The tab index lets readers scroll wide code with the keyboard.
    comrak::markdown_to_html(markdown, &options).replace("<pre>", "<pre tabindex=\"0\">")
}

/// Returns the address in the book of a link in a document.
fn link(file: &str, url: &str) -> String {
    let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let mut target = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => drop(target.pop()),
            part => target.push(part),
        }
    }
    let page = DOCUMENTS.iter().find(|(document, _)| Path::new(document) == target);
    page.map_or_else(|| url.to_owned(), |(document, _)| page_name(document) + &fragment)
}
