//! `nutgraf archive`: inspects and maintains the archive.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use nutgraf::archive::{Archive, Authority, Put, Stored};
use nutgraf::article::Published;
use nutgraf::config::Overrides;
use nutgraf::read::{self, Format, Options};
use nutgraf::text::annotate;

use crate::cli::args::{self, ListFormat, Output};
use crate::cli::commands::NOTHING;
use crate::cli::commands::memory::{self, Listing};
use crate::cli::output;
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::warning::counted;
use nutgraf::json::ArticleRecord;

/// The number of seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// If the newest article before the cutoff precedes it by more than this many days, or by more than `keep_days` if that
/// is longer, the clock is assumed to be wrong.
const GAP: i64 = 30;

/// The default number of lines per transaction during an import.
const BATCH: usize = 1000;

/// Inspect, search, prune, check, export or import the archive.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf archive stats
  nutgraf archive search 'ferry \"kelmar strait\"'
  nutgraf archive quotes --speaker lindqvist --since 2026-01-01
  nutgraf archive people && nutgraf archive outlets
  nutgraf archive story a5b6f1ab8b5ae8e7
  nutgraf archive export -o articles.jsonl && nutgraf archive import articles.jsonl
  nutgraf archive prune --days 30
  nutgraf archive check")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
    /// The archive file [default: as configured].
    #[arg(long, value_name = "FILE", global = true)]
    archive: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show the archive's size and counts of its contents.
    Stats {
        /// Format of the output.
        #[arg(short, long, value_name = "FORMAT", default_value = "text")]
        to: ListFormat,
    },
    /// Find articles that contain all the words; put phrases in quotation marks.
    Search {
        /// Words and phrases.
        query: String,
        /// Maximum number of articles.
        #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
        limit: usize,
        /// Format of the output.
        #[arg(short, long, value_name = "FORMAT", default_value = "text")]
        to: ListFormat,
    },
    /// List a person's quotes over time, with links.
    Quotes {
        /// Name of the person; a surname matches everyone who has it.
        #[arg(long, value_name = "NAME")]
        speaker: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// Show how a story developed: what each briefing reported, changed figures, corrections, quotes.
    Story {
        /// The id of the story, as in `brief -t json`.
        id: String,
        /// Format of the output.
        #[arg(short, long, value_name = "FORMAT", default_value = "text")]
        to: ListFormat,
    },
    /// List the people quoted, most quoted first.
    People {
        #[command(flatten)]
        listing: Listing,
    },
    /// List the outlets, those with the most articles first.
    Outlets {
        /// Format of the output.
        #[arg(short, long, value_name = "FORMAT", default_value = "text")]
        to: ListFormat,
    },
    /// Export every article as JSONL.
    Export {
        #[command(flatten)]
        output: Output,
    },
    /// Import articles from a JSONL file; a line is acknowledged once its batch is on disk.
    Import {
        /// The file, or - for standard input.
        file: PathBuf,
        /// Number of lines to store and acknowledge together.
        #[arg(long, value_name = "N", default_value_t = BATCH)]
        batch: usize,
        /// Treat this as the current time [default: the clock].
        #[arg(long, value_name = "TIME", value_parser = args::moment)]
        now: Option<Published>,
    },
    /// Remove old articles; excerpts shown in briefings are kept.
    Prune {
        /// Remove articles that last changed more than this many days ago [default: as configured].
        #[arg(long, value_name = "N")]
        days: Option<usize>,
        /// Also remove the stored pages from which articles were read.
        #[arg(long)]
        pages: bool,
        /// Treat this as the current time [default: the clock].
        #[arg(long, value_name = "TIME", value_parser = args::moment)]
        now: Option<Published>,
    },
    /// Check the archive for corruption.
    Check,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let path = match &args.archive {
        Some(path) => path.clone(),
        None => loaded.archive()?,
    };
    match &args.command {
        Command::Stats { to } => stats(&Archive::reading(&path)?, *to),
        Command::Search { query, limit, to } => {
            search(&Archive::reading(&path)?, query, *limit, *to)
        }
        Command::Quotes { speaker, listing } => memory::quotes(&path, &loaded, speaker, listing),
        Command::Story { id, to } => memory::story(&path, id, *to),
        Command::People { listing } => memory::people(&path, &loaded, listing),
        Command::Outlets { to } => memory::outlets(&path, *to),
        Command::Export { output } => export(&Archive::reading(&path)?, output),
        Command::Import { file, batch, now } => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot create the folder {}", folder.display()))?;
            }
            import(
                &mut Archive::create(&path)?,
                file,
                (*batch).max(1),
                now.unwrap_or_else(args::clock),
            )
        }
        Command::Prune { days, pages, now } => {
            let days = days.unwrap_or(loaded.config.settings.archive.keep_days);
            prune(&mut Archive::existing(&path)?, days, *pages, now.unwrap_or_else(args::clock))
        }
        Command::Check => check(&Archive::reading(&path)?),
    }
}

fn stats(archive: &Archive, to: ListFormat) -> Result<ExitCode> {
    let stats = archive.stats()?;
    if to != ListFormat::Text {
        return output::write_json(&Output { output: None }, &stats);
    }
    let time = |seconds: Option<i64>| {
        let at = seconds.and_then(|s| jiff::Timestamp::from_second(s).ok());
        at.map_or_else(|| "never".to_owned(), |t| t.to_string())
    };
    let text = format!(
        "archive           {}\nsize              {:.1} MiB\narticles          {}\nearlier versions  {}\n\
         outlets           {}\nbriefings         {}\nexcerpts shown    {}\nfirst article     {}\nlast change       {}\n",
        archive.path().display(),
        stats.bytes as f64 / f64::from(1 << 20),
        stats.articles,
        stats.earlier_versions,
        stats.sources,
        stats.briefings,
        stats.shown,
        time(stats.first_read),
        time(stats.last_changed),
    );
    output::print(&text)
}

fn search(archive: &Archive, query: &str, limit: usize, to: ListFormat) -> Result<ExitCode> {
    let hits = archive.search(query, limit)?;
    if hits.is_empty() {
        output::say("nothing found");
        return Ok(ExitCode::from(NOTHING));
    }
    match to {
        ListFormat::Json => output::write_json(&Output { output: None }, &hits),
        ListFormat::Jsonl => output::write_jsonl(&Output { output: None }, hits.iter()),
        ListFormat::Text => {
            let mut text = String::new();
            for hit in &hits {
                let facts = [hit.source.as_deref(), hit.published.as_deref(), hit.url.as_deref()];
                let facts: Vec<&str> = facts.into_iter().flatten().collect();
                let snippet = output::folded(&hit.snippet);
                text.push_str(&format!("{}\n  {}\n  {snippet}\n", hit.title, facts.join(" · ")));
            }
            output::print(&text)
        }
    }
}

fn export(archive: &Archive, output: &Output) -> Result<ExitCode> {
    let found = archive.all()?;
    let records = found.articles.iter().map(|a| ArticleRecord::new(a, &annotate(a)));
    output::write_jsonl(output, records)?;
    for damage in &found.damaged {
        output::insist(&format!("{damage}; it was left out"));
    }
    Ok(if found.damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}

fn import(archive: &mut Archive, file: &PathBuf, size: usize, now: Published) -> Result<ExitCode> {
    let name = file.display().to_string();
    let reader: Box<dyn std::io::Read> = if name == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| format!("cannot read {name}"))?)
    };
    let options =
        Options { from: Some(Format::Jsonl), now: Some(now.timestamp()), ..Options::default() };
    let mut put = Put::default();
    let mut batch = Vec::new();
    let mut lines = 0;
    let mut reader = BufReader::new(reader);
    loop {
        let before = batch.len();
        let read =
            reader.read_until(b'\n', &mut batch).with_context(|| format!("cannot read {name}"))?;
        lines += usize::from(batch.len() > before);
        if lines == size || (read == 0 && !batch.is_empty()) {
            let read = read::read(&name, &batch, &options);
            for warning in &read.warnings {
                output::say(&warning.to_string());
            }
            let stored: Vec<Stored<'_>> = read
                .articles
                .iter()
                .map(|article| Stored {
                    article,
                    raw: None,
                    feed: None,
                    authority: Authority::Page,
                })
                .collect();
            put.add(archive.put(&stored, now.timestamp().as_second())?);
            let n_safe = put.new + put.changed + put.unchanged;
            output::print(&format!("{} stored\n", counted(n_safe, "article")))?;
            batch.clear();
            lines = 0;
        }
        if read == 0 {
            break;
        }
    }
    archive.remember_quotes()?;
    for conflict in &put.conflicts {
        output::say(&conflict.to_string());
    }
    output::say(&format!(
        "{} new, {} changed, {} unchanged articles",
        put.new, put.changed, put.unchanged
    ));
    Ok(ExitCode::SUCCESS)
}

/// Prunes as configured, unless the clock seems to be wrong.
///
/// An archive in regular use contains articles that are only slightly older than the cutoff. If the newest of these
/// articles is much older than the cutoff ([`GAP`]), the clock may be years ahead, and pruning would remove everything.
pub(crate) fn prune_as_configured(
    archive: &mut Archive,
    loaded: &Loaded,
    now: Published,
) -> Result<()> {
    let days = i64::try_from(loaded.config.settings.archive.keep_days).unwrap_or(i64::MAX);
    if days == 0 {
        return Ok(());
    }
    let before = now.timestamp().as_second().saturating_sub(days.saturating_mul(DAY));
    let Some(newest) = archive.newest_before(before)? else { return Ok(()) };
    let gap = days.max(GAP).saturating_mul(DAY);
    if newest < before.saturating_sub(gap) {
        output::insist(&format!(
            "kept the articles older than {days} days: there are none from the {} days before that, so the clock ({now}) may be \
             wrong; if it is right, run `nutgraf archive prune`",
            days.max(GAP)
        ));
        return Ok(());
    }
    let pruned = archive.prune(before, false)?;
    output::say(&format!(
        "removed {} older than {} from the archive",
        counted(pruned.articles, "article"),
        counted(usize::try_from(days).unwrap_or_default(), "day")
    ));
    Ok(())
}

fn prune(archive: &mut Archive, days: usize, pages: bool, now: Published) -> Result<ExitCode> {
    if days == 0 && !pages {
        output::say("nothing to prune: keep_days is 0, which keeps everything");
        return Ok(ExitCode::SUCCESS);
    }
    let before = if days == 0 { i64::MIN } else { now.timestamp().as_second() - days as i64 * DAY };
    let pruned = archive.prune(before, pages)?;
    let (articles, pages) = (counted(pruned.articles, "article"), counted(pruned.pages, "page"));
    output::say(&format!("removed {articles} and {pages}"));
    Ok(ExitCode::SUCCESS)
}

fn check(archive: &Archive) -> Result<ExitCode> {
    let check = archive.check();
    for what in &check.unchecked {
        output::say(&format!("not checked: {what}, because the archive is not writable"));
    }
    for finding in &check.findings {
        output::print(&format!("{finding}\n"))?;
    }
    if check.findings.is_empty() {
        output::say(&format!("{} is sound", archive.path().display()));
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(NOTHING))
}
