//! Writes a static site next to the HTML briefings in a folder: an index page with a search box, and pages for months,
//! stories and speakers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use nutgraf::archive::Archive;
use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Issue, SiteFile};

use crate::cli::args::Output;
use crate::cli::settings::Loaded;
use crate::cli::{output, since};

/// The file name of the site's index page.
pub(crate) const INDEX: &str = "index.html";

/// The maximum number of briefings on the site: about ten years of daily briefings. Older ones are left out.
const MOST: usize = 4_000;

/// Writes, next to the newest page, the site of the briefings in the archive, unless that page is called `index.html`.
///
/// Unchanged files are not rewritten, so that a site can be synced by modification time.
pub(crate) fn write(newest: &Path, loaded: &Loaded) -> Result<()> {
    let folder = newest.parent().unwrap_or(Path::new(""));
    if newest.file_name().is_some_and(|name| name == INDEX) {
        return Ok(());
    }
    let settings = &loaded.config.settings;
    let issues = issues(folder, &Archive::reading(&loaded.archive()?)?, loaded)?;
    let title = settings.title.as_deref().unwrap_or("Briefings");
    let mut files = render::site(title, &issues);
    let text = render::SCRIPT.to_owned();
    files.push(SiteFile { path: "search.js".to_owned(), text });
    for file in files {
        let path = folder.join(&file.path);
        if fs::read(&path).is_ok_and(|known| known == file.text.as_bytes()) {
            continue;
        }
        output::write_rendered(&Output { output: Some(path) }, &file.text)?;
    }
    Ok(())
}

/// Writes the site before its first page exists, unless there is already a site. If there are no briefings yet, the
/// site says so.
pub(crate) fn write_first(page: &Path, loaded: &Loaded) -> Result<()> {
    let folder = page.parent().unwrap_or(Path::new(""));
    if folder.join(INDEX).exists() {
        return Ok(());
    }
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    write(page, loaded)
}

/// Returns the briefings in the archive that can be read, newest first, each with the path of its page relative to the
/// folder, if the page exists.
fn issues(folder: &Path, archive: &Archive, loaded: &Loaded) -> Result<Vec<Issue>> {
    let zone = since::time_zone(loaded)?;
    let outputs = loaded.config.settings.output.iter();
    let is_page = |to: &str| Format::parse(to) == Some(Format::Html);
    let pages = outputs.filter(|output| output.to.as_deref().is_some_and(is_page));
    let patterns = pages.filter_map(|output| output.file.clone()).collect();
    let mut names = Names { loaded, folder, zone, patterns, taken: BTreeMap::new() };
    let mut issues = Vec::new();
    for (generated, json) in archive.briefings(MOST)?.into_iter().rev() {
        let file = names.next(generated);
        match serde_json::from_str::<Briefing>(&json) {
            Ok(briefing) => issues.push(Issue { briefing, file }),
            // A briefing from an older version may no longer be readable; its page is left in place.
            Err(error) => {
                let at = jiff::Timestamp::from_second(generated).unwrap_or_default();
                let day = names.zone.to_datetime(at).date();
                output::say(&format!(
                    "the briefing of {day} is not on the site: its record in the archive cannot be read ({error})"
                ));
            }
        }
    }
    since::say_skipped(archive);
    issues.reverse();
    Ok(issues)
}

/// Reproduces the file names that `daily` gave to briefings, oldest first.
struct Names<'l> {
    loaded: &'l Loaded,
    folder: &'l Path,
    zone: TimeZone,
    /// The file names of the HTML outputs, with strftime placeholders.
    patterns: Vec<String>,
    /// The number of briefings so far with each name.
    taken: BTreeMap<String, usize>,
}

impl Names<'_> {
    /// Returns the path of the next briefing's page relative to the folder, if the page exists.
    fn next(&mut self, generated: i64) -> Option<String> {
        let at = jiff::Timestamp::from_second(generated).ok()?.to_zoned(self.zone.clone());
        let mut found = None;
        for pattern in &self.patterns {
            let Ok(name) = jiff::fmt::strtime::format(pattern, &at) else { continue };
            let number = self.taken.entry(name.clone()).or_default();
            *number += 1;
            let name = match (*number, name.rsplit_once('.')) {
                (1, _) | (_, None) => name,
                (number, Some((stem, ending))) => format!("{stem}-{number}.{ending}"),
            };
            let path = self.loaded.resolve(&name);
            let inside = path.strip_prefix(self.folder).ok().filter(|_| path.is_file());
            let inside = inside.and_then(Path::to_str).map(|path| path.replace('\\', "/"));
            found = found.or(inside);
        }
        found
    }
}
