//! A page that lists the briefings of a folder, the newest first.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::cli::args::Output;
use crate::cli::output;
use crate::cli::settings::Loaded;

/// Writes `index.html` beside the briefings of a folder, unless that is the name of a briefing itself.
pub(crate) fn write(folder: &Path, newest: &Path, loaded: &Loaded) -> Result<()> {
    let index = folder.join("index.html");
    if index == newest {
        return Ok(());
    }
    let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries =
        fs::read_dir(shown).with_context(|| format!("cannot list {}", shown.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|e| e.file_type().is_ok_and(|t| t.is_file()))
        .filter_map(|e| e.file_name().into_string().ok())
        .filter(|name| {
            Path::new(name).extension().is_some_and(|e| e == "html") && name != "index.html"
        })
        .collect();
    // Sorted by name without the ending: the second briefing of a day comes above the first.
    names.sort_unstable_by(|a, b| stem(b).cmp(stem(a)).then_with(|| b.cmp(a)));
    let title = loaded.config.settings.title.as_deref().unwrap_or("Briefings");
    let lang = &loaded.config.settings.lang;
    let items: String = names.iter().map(|name| item(name)).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>body{{font:18px/1.6 Georgia,serif;max-width:38rem;margin:3rem auto;padding:0 1rem}}li{{margin:.4rem 0}}</style>\n\
         <h1>{title}</h1>\n<ul>\n{items}</ul>\n</html>\n",
        lang = escaped(lang),
        title = escaped(title),
    );
    output::write_rendered(&Output { output: Some(index) }, &page).map(drop)
}

fn item(name: &str) -> String {
    format!(
        "<li><a href=\"./{}\">{}</a></li>\n",
        escaped(&name.replace('%', "%25")),
        escaped(stem(name))
    )
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".html").unwrap_or(name)
}

fn escaped(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).into_owned()
}
