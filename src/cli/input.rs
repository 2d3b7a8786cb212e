//! From what was named on the command line to articles: files, folders, globs, standard input.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use globset::{Glob, GlobSet, GlobSetBuilder};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use nutgraf::article::Article;
use nutgraf::ingest::{self, Cut, Ingested, Limits, Options};
use nutgraf::text::Collection;
use nutgraf::warning::Warning;

use crate::cli::{args, output};

/// Reads and annotates all inputs.
pub(crate) fn collection(input: &args::Input) -> Result<Collection> {
    Ok(Collection::build(articles(input)?))
}

/// Reads all inputs.
pub(crate) fn articles(input: &args::Input) -> Result<Vec<Article>> {
    Ok(read(input, &options(&input.reading))?.articles)
}

/// Reads all inputs for what cleaning cuts.
pub(crate) fn cuts(input: &args::Input) -> Result<Vec<Cut>> {
    Ok(read(input, &Options { cuts: true, ..options(&input.reading) })?.cuts)
}

/// Reads all inputs; warnings go to standard error.
fn read(input: &args::Input, options: &Options) -> Result<Ingested> {
    let filter = Filter::new(&input.reading)?;
    let mut warnings = Vec::new();
    let mut origins = Vec::new();
    for named in &input.inputs {
        expand(named, &filter, &mut origins, &mut warnings);
    }
    let unread = warnings.len();
    let progress = progress(origins.len());
    let load = |origin: &str| {
        let bytes = bytes(origin, &options.limits);
        progress.inc(1);
        bytes
    };
    let mut all = ingest::read_all(&origins, load, options);
    progress.finish_and_clear();
    let n_unreadable = all.warnings.iter().filter(|w| w.message.starts_with(UNREADABLE)).count();
    warnings.append(&mut all.warnings);
    for warning in &warnings {
        output::say(&warning.to_string());
    }
    let dropped = warnings.iter().filter(|w| w.dropped).count();
    if 3 < dropped {
        output::say(&format!("{dropped} inputs, entries or lines were left out"));
    }
    let none_read = if origins.is_empty() { 0 < unread } else { origins.len() <= n_unreadable };
    if none_read {
        bail!("no input can be read");
    }
    all.warnings = warnings;
    Ok(all)
}

const UNREADABLE: &str = "cannot be read";

fn options(reading: &args::Reading) -> Options {
    Options {
        from: reading.from,
        lang: reading.lang,
        now: Some(reading.now().timestamp()),
        ..Options::default()
    }
}

/// Which files of a folder are read.
struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Filter {
    fn new(reading: &args::Reading) -> Result<Self> {
        let include = (!reading.include.is_empty()).then(|| globs(&reading.include));
        Ok(Self { include: include.transpose()?, exclude: globs(&reading.exclude)? })
    }

    fn admits(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|set| matches(set, path)) && !matches(&self.exclude, path)
    }
}

/// Whether a pattern matches a path or its last part: `*.txt` is meant for files in any folder.
fn matches(set: &GlobSet, path: &Path) -> bool {
    set.is_match(path) || path.file_name().is_some_and(|name| set.is_match(name))
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).with_context(|| format!("{pattern:?} is no pattern"))?);
    }
    Ok(set.build()?)
}

/// Turns one name of the command line into the files that it stands for, in sorted order.
fn expand(named: &str, filter: &Filter, origins: &mut Vec<String>, warnings: &mut Vec<Warning>) {
    let path = Path::new(named);
    if named == "-" || path.is_file() {
        origins.push(named.to_owned());
    } else if path.is_dir() {
        walk(path, filter, origins, warnings);
    } else if !path.exists() && named.contains(['*', '?', '[']) {
        let found = glob::glob(named).into_iter().flatten().flatten();
        let before = origins.len();
        for path in found {
            if path.is_dir() {
                walk(&path, filter, origins, warnings);
            } else if filter.admits(&path) {
                origins.push(path.to_string_lossy().into_owned());
            }
        }
        if origins.len() == before {
            warnings.push(Warning::dropped(named, "matches no file"));
        }
    } else {
        // A pipe or device can be read; a missing file says so when it is.
        origins.push(named.to_owned());
    }
}

/// The files of a folder, in sorted order, without hidden ones; links are followed, loops named.
fn walk(root: &Path, filter: &Filter, origins: &mut Vec<String>, warnings: &mut Vec<Warning>) {
    let hidden =
        |e: &walkdir::DirEntry| 0 < e.depth() && e.file_name().to_string_lossy().starts_with('.');
    let before = origins.len();
    let walk = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| !hidden(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
                if filter.admits(inside) {
                    origins.push(entry.path().to_string_lossy().into_owned());
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(root).to_string_lossy().into_owned();
                let why = match error.loop_ancestor() {
                    Some(_) => "is a link to a folder that it lies in".to_owned(),
                    None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                };
                warnings.push(Warning::dropped(path, format!("{UNREADABLE}: {why}")));
            }
        }
    }
    if origins.len() == before {
        warnings
            .push(Warning::dropped(root.to_string_lossy(), "is a folder without files to read"));
    }
}

/// The bytes of one input, or why there are none.
fn bytes(origin: &str, limits: &Limits) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("{UNREADABLE}: {error}");
    let mut bytes = Vec::new();
    // One more than the limit is enough to see that it is passed.
    let limit = limits.bytes + 1;
    if origin == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let file = std::fs::File::open(origin).map_err(unreadable)?;
        file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    Ok(bytes)
}

/// A bar on a terminal, for reads that take a while; nothing elsewhere.
fn progress(files: usize) -> ProgressBar {
    if files < 50 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar =
        ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("reading {pos} of {len} {wide_bar} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
