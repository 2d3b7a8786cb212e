//! From what was named on the command line to articles.

use std::io::Read as _;

use anyhow::{Context as _, Result};

use nutgraf::article::Article;
use nutgraf::ingest::{self, Ingested, Options};
use nutgraf::text::Collection;

use crate::cli::{args, output};

/// Reads and annotates all inputs.
pub(crate) fn collection(input: &args::Input) -> Result<Collection> {
    Ok(Collection::build(articles(input)?))
}

/// Reads all inputs.
pub(crate) fn articles(input: &args::Input) -> Result<Vec<Article>> {
    let options = options(&input.reading);
    let mut all = Ingested::default();
    for origin in &input.inputs {
        let bytes = bytes(origin).with_context(|| format!("cannot read {origin}"))?;
        let read = ingest::read(origin, &bytes, &options);
        all.articles.extend(read.articles);
        all.warnings.extend(read.warnings);
    }
    for warning in &all.warnings {
        output::say(&warning.to_string());
    }
    Ok(all.articles)
}

fn options(reading: &args::Reading) -> Options {
    Options {
        from: reading.from,
        lang: reading.lang,
        now: Some(reading.now().timestamp()),
        ..Options::default()
    }
}

fn bytes(origin: &str) -> std::io::Result<Vec<u8>> {
    if origin != "-" {
        return std::fs::read(origin);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
