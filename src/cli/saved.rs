//! Reads files that nutgraf wrote earlier (briefings as JSON, and manifests), and drafts to check.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use nutgraf::article::Article;
use nutgraf::briefing::{Briefing, Manifest};
use serde::de::DeserializeOwned;

use crate::cli::output;

/// Reads a text file, or standard input if the name is `-`.
pub(crate) fn text(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    Ok(nutgraf::read::charset::decode(&bytes, None).text.into_owned())
}

/// Returns the `schema` field of a JSON text, if it has one.
pub(crate) fn schema(text: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Marked {
        schema: String,
    }
    serde_json::from_str(text).ok().map(|marked: Marked| marked.schema)
}

/// Parses the text of a file as a briefing.
pub(crate) fn briefing(file: &Path, text: &str) -> Result<Briefing> {
    parse(file, text, "briefing from `nutgraf brief -t json`")
}

/// A text that `verify` can check.
pub(crate) enum Checkable {
    /// A briefing in JSON.
    Briefing(Box<Briefing>),
    /// Any other text.
    Draft(String),
}

/// Classifies a text for `verify`; fails if it is empty or binary, or if it declares itself a briefing but is not a
/// valid one.
pub(crate) fn checkable(name: &Path, text: String) -> Result<Checkable> {
    if schema(&text).is_some_and(|schema| schema.starts_with("nutgraf/briefing")) {
        return briefing(name, &text).map(|briefing| Checkable::Briefing(Box::new(briefing)));
    }
    if let Ok(briefing) = briefing(name, &text) {
        return Ok(Checkable::Briefing(Box::new(briefing)));
    }
    if text.contains('\0') {
        bail!("{} is not a text file: it contains NUL bytes", name.display());
    }
    if is_garbled(&text) {
        bail!("{} is not a text file: it contains too many control characters", name.display());
    }
    if text.trim().is_empty() {
        bail!("{} is empty: there is nothing to check", name.display());
    }
    Ok(Checkable::Draft(text))
}

/// Returns whether a text has so many control and replacement characters that it must come from a binary file.
fn is_garbled(text: &str) -> bool {
    /// The maximum share of control and replacement characters: one in this many.
    const MOST: usize = 50;
    /// The number of characters that are examined, from the start of the text.
    const HEAD: usize = 1 << 16;
    let is_odd = |c: &char| {
        matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}')
            || c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}')
    };
    let (n, odd) =
        text.chars().take(HEAD).fold((0, 0), |(n, odd), c| (n + 1, odd + usize::from(is_odd(&c))));
    odd * MOST > n
}

/// Parses the text of a file as a manifest.
pub(crate) fn manifest(file: &Path, text: &str) -> Result<Manifest> {
    parse(file, text, "manifest of this version of nutgraf; `brief --manifest` writes one")
}

fn parse<T: DeserializeOwned>(file: &Path, text: &str, what: &str) -> Result<T> {
    serde_json::from_str(text).with_context(|| format!("{} is not a {what}", file.display()))
}

/// Returns the distinct inputs of articles, except web addresses, which are fetched only if the user names them. Fails
/// if all inputs are web addresses.
pub(crate) fn inputs(origins: impl Iterator<Item = String>) -> Result<Vec<String>> {
    let all: BTreeSet<String> = origins.collect();
    let (addresses, files): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|origin| origin.contains("://"));
    if files.is_empty()
        && let Some(first) = addresses.first()
    {
        bail!(
            "the sources are web addresses, which are fetched only if you name them as inputs, such as {first}"
        );
    }
    if !addresses.is_empty() {
        output::say(&format!(
            "not fetched, because web addresses are fetched only if you name them as inputs: {}",
            addresses.join(", ")
        ));
    }
    Ok(files)
}

/// Returns the articles that a manifest names; fails with a list of differences if articles are missing or have
/// changed.
pub(crate) fn admitted(manifest: &Manifest, articles: Vec<Article>) -> Result<Vec<Article>> {
    let (articles, faults) = manifest.admit(articles);
    if !faults.is_empty() {
        bail!("the inputs are not those of the manifest: {}", faults.join("; "));
    }
    Ok(articles)
}
