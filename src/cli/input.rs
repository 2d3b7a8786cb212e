//! Reads articles from the inputs named on the command line: files, folders, globs, web addresses and standard input.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use glob::Pattern;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use nutgraf::article::Article;
use nutgraf::config::LimitsSettings;
use nutgraf::read::{self, Ingested, Limits, Options, Seen, Source};
use nutgraf::text::Collection;
use nutgraf::warning::Warning;

use crate::cli::fetch::address::{self, Address};
use crate::cli::fetch::inputs::{self, Fetched};
use crate::cli::{args, output, saved, settings};

/// Reads and annotates all inputs.
pub(crate) fn collection(input: &args::Input) -> Result<Collection> {
    Ok(Collection::build(articles(input)?))
}

/// The maximum number of warnings about unread inputs that an error lists as its causes.
const MOST_CAUSES: usize = 10;

/// Reads all inputs as [`articles`] does, and also returns the warnings. If reading fails, the error also gives the
/// reasons why inputs could not be read.
pub(crate) fn articles_and_warnings(input: &args::Input) -> Result<(Vec<Article>, Vec<Warning>)> {
    let (mut articles, mut warnings) = (Vec::new(), Vec::new());
    let warn = |new: &[Warning]| {
        say_all(new);
        warnings.extend_from_slice(new);
    };
    let read = pieces_with(input, false, warn, |read| {
        articles.extend(read.articles);
        Ok(())
    });
    if let Err(error) = read {
        let unread = warnings.iter().filter(|warning| warning.unread).take(MOST_CAUSES);
        let causes: Vec<String> = unread.map(ToString::to_string).collect();
        if !causes.is_empty() {
            bail!("{error:#}: {}", causes.join("; "));
        }
        return Err(error);
    }
    let (articles, of_merging) = read::merge_articles(articles);
    say_all(&of_merging);
    warnings.extend(of_merging);
    Ok((articles, warnings))
}

/// Reads all inputs and merges duplicate articles; warnings go to standard error.
pub(crate) fn articles(input: &args::Input) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    pieces(input, false, |read| {
        articles.extend(read.articles);
        Ok(())
    })?;
    let (articles, warnings) = read::merge_articles(articles);
    say_all(&warnings);
    Ok(articles)
}

/// Reads all inputs and passes on their articles as they are read, in the order of the inputs.
///
/// If several articles have the same id and text, only the first is passed on. An article whose id belongs to an
/// earlier article with a different text gets a new id, with a warning.
pub(crate) fn each(
    input: &args::Input,
    mut pass_on: impl FnMut(Vec<Article>) -> Result<()>,
) -> Result<()> {
    let mut seen = Seen::default();
    pieces(input, false, |read| {
        let admitted: Vec<(Article, Option<Warning>)> =
            read.articles.into_iter().filter_map(|article| seen.admit(article)).collect();
        let (articles, warnings): (Vec<Article>, Vec<Option<Warning>>) =
            admitted.into_iter().unzip();
        say_all(&warnings.into_iter().flatten().collect::<Vec<_>>());
        pass_on(articles)
    })
}

/// Reads all inputs piece by piece, in order; warnings go to standard error. If `cuts` is set, the text that cleaning
/// removed is also recorded.
pub(crate) fn pieces(
    input: &args::Input,
    cuts: bool,
    pass_on: impl FnMut(Ingested) -> Result<()>,
) -> Result<()> {
    pieces_with(input, cuts, say_all, pass_on)
}

/// Reads all inputs as [`pieces`] does, but passes the warnings to `warn`.
fn pieces_with(
    input: &args::Input,
    cuts: bool,
    mut warn: impl FnMut(&[Warning]),
    mut pass_on: impl FnMut(Ingested) -> Result<()>,
) -> Result<()> {
    let Found { options, files, fetched } = find(input, cuts)?;
    let progress = progress(files.origins.len());
    let open = |origin: &str| {
        let path = match fetched.get(origin) {
            Some(Err(why)) => return Err(why.clone()),
            Some(Ok(saved)) => &*saved.path,
            None => files.odd.get(origin).map_or(Path::new(origin), PathBuf::as_path),
        };
        let mut source = source(path, &options.limits)?;
        // A size of 0 makes the reader keep a fetched document in one piece, so that `locate` can count all its
        // entries.
        source.size = source.size.map(|size| if fetched.get(origin).is_some() { 0 } else { size });
        progress.inc(1);
        Ok(source)
    };
    warn(&files.warnings);
    let mut counts = Counts::default();
    counts.warnings(&files.warnings);
    read::read_pieces(&files.origins, open, &options, |mut read| {
        warn(&read.warnings);
        counts.warnings(&read.warnings);
        counts.articles += read.articles.len();
        counts.locate(&mut read.articles, &fetched);
        pass_on(read)
    })?;
    progress.finish_and_clear();
    counts.say_teasers(&fetched);
    if 3 < counts.dropped {
        output::say(&format!("{} inputs, entries or lines were left out", counts.dropped));
    }
    if counts.articles == 0 && files.origins.iter().all(|origin| counts.unread.contains(origin)) {
        bail!("none of the inputs can be read");
    }
    Ok(())
}

/// Prints warnings to standard error.
pub(crate) fn say_all(warnings: &[Warning]) {
    for warning in warnings {
        output::say(&warning.to_string());
    }
}

/// The inputs of a command, and how to read them.
struct Found {
    options: Options,
    files: Files,
    fetched: Fetched,
}

/// Finds the inputs, and fetches the web addresses among them.
fn find(input: &args::Input, cuts: bool) -> Result<Found> {
    let reading = &input.reading;
    let settings = settings::load(&reading.config, reading.limits.overrides())?.config.settings;
    let limits = settings.limits;
    let options = Options {
        from: reading.from,
        lang: reading.lang,
        now: Some(reading.now().timestamp()),
        limits: of_settings(&limits),
        cuts,
    };
    let mut files = Files::new(Filter::new(reading)?, limits.files);
    for named in &input.inputs {
        files.add(named);
    }
    for list in &reading.urls {
        files.add_list(list)?;
    }
    let fetched = inputs::fetch(&files.addresses, &settings.fetch)?;
    Ok(Found { options, files, fetched })
}

/// The counts kept while inputs are read.
#[derive(Default)]
struct Counts {
    articles: usize,
    /// The number of warnings about skipped content.
    dropped: usize,
    /// The inputs from which nothing could be read.
    unread: BTreeSet<String>,
    /// For each fetched input with teasers, its number of entries and its number of teasers.
    teasers: BTreeMap<String, (usize, usize)>,
}

impl Counts {
    fn warnings(&mut self, warnings: &[Warning]) {
        self.dropped += warnings.iter().filter(|w| w.dropped).count();
        self.unread.extend(warnings.iter().filter(|w| w.unread).map(|w| w.origin.clone()));
    }

    /// Fills in the addresses that are missing from fetched articles, and counts teasers.
    fn locate(&mut self, articles: &mut [Article], fetched: &Fetched) {
        let is_fetched = |article: &&Article| fetched.get(&article.origin).is_some();
        let mut of_origin: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for article in articles.iter().filter(is_fetched) {
            let (all, teasers) = of_origin.entry(article.origin.clone()).or_default();
            *all += 1;
            *teasers += usize::from(article.teaser);
        }
        for article in articles.iter_mut().filter(|article| article.url.is_none()) {
            // An article gets the address of its document only if it is the only article in the document and not a
            // teaser, because a feed entry without a link must not get the address of the feed.
            if let (Some(Ok(saved)), Some((1, 0))) =
                (fetched.get(&article.origin), of_origin.get(&article.origin))
            {
                article.url = Some(saved.url.clone());
            }
        }
        self.teasers.extend(of_origin.into_iter().filter(|(_, (_, teasers))| 0 < *teasers));
    }

    /// Prints the notes about fetched inputs, and how many of their entries are teasers.
    fn say_teasers(&self, fetched: &Fetched) {
        for (address, saved) in fetched.saved() {
            if let Some(note) = &saved.note {
                output::say(&format!("{address}: {note}"));
            }
            if let Some((all, teasers)) = self.teasers.get(address) {
                output::say(&format!(
                    "{address}: {teasers} of {all} entries are teasers; `nutgraf fetch` also fetches their pages"
                ));
            }
        }
    }
}

/// Returns the text at a web address, or `None` if the name is not an address.
pub(crate) fn text_at(named: &Path, reading: &args::Reading) -> Result<Option<String>> {
    let Some(address) = named.to_str().and_then(Address::parse_input) else { return Ok(None) };
    let address = address.map_err(anyhow::Error::msg)?;
    let url = address.name.clone();
    let settings = settings::load(&reading.config, reading.limits.overrides())?.config.settings;
    let fetched = inputs::fetch(&[address], &settings.fetch)?;
    match fetched.get(&url) {
        Some(Ok(saved)) => saved::text(&saved.path).map(Some),
        Some(Err(why)) => bail!("{url}: {why}"),
        None => bail!("{url}: was not fetched"),
    }
}

/// Converts the configured limits to the limits of the reader.
fn of_settings(limits: &LimitsSettings) -> Limits {
    Limits {
        bytes: limits.file_size.0,
        decompressed_bytes: limits.unpacked_size.map(|size| size.0),
        page_bytes: usize::try_from(limits.page_size.0).unwrap_or(usize::MAX),
        elements: limits.elements,
        depth: limits.depth,
        entries: limits.entries,
    }
}

/// Selects which of the files in folders and of those that match a pattern are read.
#[derive(Default)]
pub(crate) struct Filter {
    include: Option<Vec<Pattern>>,
    exclude: Vec<Pattern>,
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

/// Returns whether any pattern matches a path or its file name, so that `*.txt` matches files in any folder.
fn matches(patterns: &[Pattern], path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let path = path.to_string_lossy();
    patterns.iter().any(|p| p.matches(&path) || name.as_ref().is_some_and(|name| p.matches(name)))
}

fn globs(patterns: &[String]) -> Result<Vec<Pattern>> {
    let mut globs = Vec::new();
    for pattern in patterns {
        for alternative in alternatives(pattern) {
            let glob = Pattern::new(&alternative);
            globs.push(glob.with_context(|| format!("{pattern:?} is not a valid pattern"))?);
        }
    }
    Ok(globs)
}

/// Expands braces: `*.{md,txt}` becomes `*.md` and `*.txt`.
fn alternatives(pattern: &str) -> Vec<String> {
    let braces = pattern.split_once('{').and_then(|(before, rest)| {
        let (inside, after) = rest.split_once('}')?;
        Some((before, inside, after))
    });
    let Some((before, inside, after)) = braces else { return vec![pattern.to_owned()] };
    let one = |part: &str| alternatives(&format!("{before}{part}{after}"));
    inside.split(',').flat_map(one).collect()
}

/// The inputs that the names on the command line refer to.
pub(crate) struct Files {
    filter: Filter,
    /// The number of inputs at which no more files from folders and patterns are added.
    limit: usize,
    /// The names by which warnings and articles refer to the inputs.
    pub(crate) origins: Vec<String>,
    /// The paths of inputs whose names are not valid UTF-8, by the name in `origins`.
    pub(crate) odd: BTreeMap<String, PathBuf>,
    /// The inputs that are web addresses.
    pub(crate) addresses: Vec<Address>,
    /// The names of the addresses added so far.
    seen: BTreeSet<String>,
    pub(crate) warnings: Vec<Warning>,
}

impl Files {
    pub(crate) fn new(filter: Filter, limit: usize) -> Self {
        let (origins, odd, warnings) = (Vec::new(), BTreeMap::new(), Vec::new());
        let (addresses, seen) = (Vec::new(), BTreeSet::new());
        Self { filter, limit, origins, odd, addresses, seen, warnings }
    }

    /// Adds the inputs that a name refers to, in sorted order.
    pub(crate) fn add(&mut self, named: &str) {
        let path = Path::new(named);
        if let Some(address) = Address::parse_input(named) {
            match address {
                Ok(address) => self.add_address(address),
                Err(why) => self.warnings.push(Warning::unread(named, why)),
            }
        } else if path.is_dir() {
            self.walk(path);
        } else if named != "-" && !path.exists() && named.contains(['*', '?', '[']) {
            let before = self.origins.len();
            // Hidden files do not match, as in a shell, and are not read in folders either.
            let options =
                glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
            for path in glob::glob_with(named, options).into_iter().flatten().flatten() {
                if path.is_dir() {
                    self.walk(&path);
                } else if self.filter.admits(&path) && !self.put(&path, named) {
                    break;
                }
            }
            if self.origins.len() == before {
                self.warnings.push(Warning::unread(named, "matches no file"));
            }
        } else {
            // The name may be that of a pipe or device; a missing file is reported when it is opened.
            self.origins.push(named.to_owned());
        }
    }

    /// Adds the addresses in a list file.
    fn add_list(&mut self, list: &Path) -> Result<()> {
        let name = list.display().to_string();
        let (addresses, warnings) = address::list(&name, &saved::text(list)?);
        if addresses.is_empty() && warnings.is_empty() {
            self.warnings.push(Warning::unread(name, "has no address"));
        }
        self.warnings.extend(warnings);
        for address in addresses {
            self.add_address(address);
        }
        Ok(())
    }

    /// Adds an address, unless it was added before.
    fn add_address(&mut self, address: Address) {
        if self.seen.insert(address.name.clone()) {
            self.origins.push(address.name.clone());
            self.addresses.push(address);
        }
    }

    /// Adds a file found in a folder or by a pattern; returns false if the limit on the number of files is reached.
    fn put(&mut self, path: &Path, within: &str) -> bool {
        let limit = self.limit;
        if limit <= self.origins.len() {
            let message =
                format!("contains more files than the limit of {limit}; the rest were left out");
            self.warnings.push(Warning::dropped(within, message));
            return false;
        }
        let origin = path.to_string_lossy().into_owned();
        if path.to_str().is_none() {
            self.odd.insert(origin.clone(), path.to_owned());
        }
        self.origins.push(origin);
        true
    }

    /// Adds the files in a folder and its subfolders that pass the filter, in sorted order, except hidden ones.
    /// Symbolic links are followed, and loops are reported.
    fn walk(&mut self, root: &Path) {
        let hidden = |e: &walkdir::DirEntry| {
            0 < e.depth() && e.file_name().to_string_lossy().starts_with('.')
        };
        let named = root.to_string_lossy();
        let (before, failed) = (self.origins.len(), self.warnings.len());
        let walk = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|e| !hidden(e)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
                    if self.filter.admits(inside) && !self.put(entry.path(), &named) {
                        break;
                    }
                }
                Ok(entry) => {
                    let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
                    let named = odd_kind(entry.file_type()).filter(|_| self.filter.admits(inside));
                    if let Some(what) = named {
                        let path = entry.path().to_string_lossy();
                        let message = format!("is {what}; those are not read in folders");
                        self.warnings.push(Warning::unread(path, message));
                    }
                }
                Err(error) => self.warnings.push(unwalked(root, &error)),
            }
        }
        if self.origins.len() == before && self.warnings.len() == failed {
            self.warnings.push(Warning::unread(named, "is a folder without files to read"));
        }
    }
}

/// Returns the kind of a folder entry that is neither a file nor a folder. Such entries are not read, because opening
/// one could block or have side effects.
fn odd_kind(kind: std::fs::FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    (!kind.is_dir() && !kind.is_file()).then_some("a device")
}

/// Returns the warning about a folder or link that cannot be read.
fn unwalked(root: &Path, error: &walkdir::Error) -> Warning {
    let path = error.path().unwrap_or(root).to_string_lossy().into_owned();
    let why = match error.loop_ancestor() {
        Some(_) => "is a link to a folder that contains it".to_owned(),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    };
    Warning::unread(path, format!("cannot be read: {why}"))
}

/// Returns the bytes of one input, or the reason why it cannot be read.
pub(crate) fn bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    let source = source(path, limits)?;
    let mut bytes = Vec::new();
    bytes.reserve_exact(source.size.map_or(0, |n| usize::try_from(n).unwrap_or(0)) + 1);
    // Read one byte more than the limit, to detect whether the limit is exceeded.
    let read = source.bytes.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    if limits.bytes < bytes.len() as u64 {
        return Err(too_large(limits));
    }
    Ok(bytes)
}

/// Opens one input, or returns the reason why it cannot be read.
fn source(path: &Path, limits: &Limits) -> Result<Source<'static>, String> {
    if path == Path::new("-") {
        return Ok(Source { bytes: Box::new(std::io::stdin()), size: None });
    }
    let file = std::fs::File::open(path).map_err(|error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let hint = path.to_str().filter(|_| is_missing).and_then(address::hint);
        let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        unreadable(&error) + &hint
    })?;
    // Only a regular file has a known length; a pipe or device does not.
    let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
    if size.is_some_and(|size| limits.bytes < size) {
        return Err(too_large(limits));
    }
    Ok(Source { bytes: Box::new(file), size })
}

fn unreadable(error: &std::io::Error) -> String {
    format!("cannot be read: {error}")
}

fn too_large(limits: &Limits) -> String {
    format!("is larger than the limit of {} bytes (raise it with --max-file-size)", limits.bytes)
}

/// Returns a progress bar, which is hidden if there are few files or standard error is not a terminal.
fn progress(files: usize) -> ProgressBar {
    if files < 50 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar =
        ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("reading {pos} of {len} {wide_bar} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use nutgraf::config::{Config, Overrides};
    use nutgraf::read::Limits;

    #[test]
    fn limits_that_are_not_set_are_those_of_the_library() -> anyhow::Result<()> {
        let config = Config::parse(None, &Overrides::default())?;
        assert_eq!(super::of_settings(&config.settings.limits), Limits::default());
        Ok(())
    }
}
