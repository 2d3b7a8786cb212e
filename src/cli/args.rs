//! Arguments shared by several commands.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use nutgraf::article::Published;
use nutgraf::budget::{Budget, WORDS_A_MINUTE};
use nutgraf::config::{Overrides, Size};
use nutgraf::language::Language;
use nutgraf::read::Format;

use crate::cli::settings::ConfigArgs;
use crate::cli::{commands, sandbox};

/// Briefings and summaries made from the articles' own sentences, with the key quotes and who said them.
///
/// nutgraf never writes a sentence about the news: every line it shows is copied verbatim from an
/// article, and `nutgraf verify` proves it.
#[derive(Debug, Parser)]
#[command(name = "nutgraf", version, propagate_version = true, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

const EXAMPLES: &str = "\
Examples:
  nutgraf brief articles/                       today's briefing, as Markdown
  nutgraf brief -t html -o briefing.html *.txt  the same as a web page
  nutgraf summarize --sentences 3 story.html    one article in three sentences
  nutgraf summarize https://news.example/story  the same from the web
  nutgraf quotes articles/                      who said what
  nutgraf verify briefing.json articles/        every line checked against its source

Exit status: 0 done, 1 nothing to report or a check failed, 2 the request could not be carried out.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Brief(Box<commands::brief::Args>),
    Read(commands::read::Args),
    Quotes(commands::quotes::Args),
    Stories(commands::stories::Args),
    Sketch(commands::sketch::Args),
    Summarize(commands::summarize::Args),
    Verify(commands::verify::Args),
    Mcp(commands::mcp::Args),
    Explain(commands::explain::Args),
    Lint(commands::lint::Args),
    Template(commands::template::Args),
    Init(commands::init::Args),
    Feed(commands::feed::Args),
    Fetch(commands::fetch::Args),
    Daily(commands::daily::Args),
    Archive(commands::archive::Args),
    Config(commands::config::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
    /// Run a template from standard input, within limits; used internally.
    #[command(name = sandbox::COMMAND, hide = true)]
    RunTemplate,
}

/// Options common to all commands.
#[derive(Debug, ClapArgs)]
pub(crate) struct Global {
    /// Suppress all messages except errors.
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(crate) quiet: bool,
    /// Number of threads; does not affect the result.
    #[arg(short = 'j', long, value_name = "N", global = true, help_heading = "Global options")]
    pub(crate) threads: Option<usize>,
}

/// The inputs and how to read them.
#[derive(Debug, ClapArgs)]
pub(crate) struct Input {
    /// Files, folders, globs, web addresses, or - for standard input.
    #[arg(value_name = "INPUT", required_unless_present = "urls")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Options for reading.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// Format of the input [default: detected].
    #[arg(short, long, value_name = "FORMAT", value_parser = named(Format::NAMES))]
    pub(crate) from: Option<Format>,
    /// Language of articles that do not state their own, such as en or de.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Language>,
    /// File with web addresses to fetch and read, one per line, or - for standard input; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) urls: Vec<PathBuf>,
    /// In folders and globs, read only files that match this pattern, such as '*.txt'; may be given several times.
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,
    /// In folders and globs, skip files that match this pattern; may be given several times.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Treat this as the current time (2008-02-14T06:00:00Z, or a day) [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) now: Option<Published>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

impl Reading {
    /// Returns reading options with the given values, and the defaults for all others.
    pub(crate) fn plain(lang: Option<Language>, now: Published, config: ConfigArgs) -> Self {
        let (urls, include, exclude) = (Vec::new(), Vec::new(), Vec::new());
        let limits = LimitArgs::default();
        Self { from: None, lang, urls, now: Some(now), include, exclude, limits, config }
    }

    /// Returns the value of `--now` if it was given, otherwise the system time.
    pub(crate) fn now(&self) -> Published {
        self.now.unwrap_or_else(clock)
    }
}

/// Limits on the size of inputs. An input that exceeds one is reported in a warning, and the others are still read.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Limits (sizes in bytes, or with K, M or G)")]
pub(crate) struct LimitArgs {
    /// Maximum size of a file [default: 1G].
    #[arg(long = "max-file-size", value_name = "SIZE")]
    pub(crate) file_size: Option<Size>,
    /// Maximum size of a decompressed file or archive [default: 100 times its compressed size, but at
    /// least 128M and at most 1G].
    #[arg(long = "max-unpacked-size", value_name = "SIZE")]
    pub(crate) unpacked_size: Option<Size>,
    /// Maximum size of the markup of a web page, without scripts and styles, or of the text of a page dump [default:
    /// 16M].
    #[arg(long = "max-page-size", value_name = "SIZE")]
    pub(crate) page_size: Option<Size>,
    /// Maximum number of elements in a web page, or lines in a page dump [default: 250000].
    #[arg(long = "max-elements", value_name = "N")]
    pub(crate) elements: Option<usize>,
    /// Maximum nesting depth of a web page [default: 512].
    #[arg(long = "max-depth", value_name = "N")]
    pub(crate) depth: Option<usize>,
    /// Maximum number of articles in a file, or members in an archive [default: 1000000].
    #[arg(long = "max-entries", value_name = "N")]
    pub(crate) entries: Option<usize>,
    /// Maximum number of files in all folders and patterns together [default: 1000000].
    #[arg(long = "max-files", value_name = "N")]
    pub(crate) files: Option<usize>,
}

impl LimitArgs {
    /// Returns the flags as overrides of configuration keys.
    pub(crate) fn overrides(&self) -> Overrides {
        let sizes = [
            ("--max-file-size", "file_size", self.file_size),
            ("--max-unpacked-size", "unpacked_size", self.unpacked_size),
            ("--max-page-size", "page_size", self.page_size),
        ];
        let counts = [
            ("--max-elements", "elements", self.elements),
            ("--max-depth", "depth", self.depth),
            ("--max-entries", "entries", self.entries),
            ("--max-files", "files", self.files),
        ];
        let sizes = sizes.map(|(flag, name, size)| (flag, name, size.map(|Size(bytes)| bytes)));
        let counts = counts.map(|(flag, name, count)| (flag, name, count.map(|n| n as u64)));
        let mut flags = Overrides::default();
        for (flag, name, value) in sizes.into_iter().chain(counts) {
            if let Some(value) = value {
                flags.flag(flag, "limits", name, i64::try_from(value).unwrap_or(i64::MAX));
            }
        }
        flags
    }
}

/// The destination of the result.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Write to a file (atomically) instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The length of the output.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Budget (never exceeded; sentences are never cut)")]
#[group(multiple = false)]
pub(crate) struct BudgetArgs {
    /// Maximum number of words.
    #[arg(long, value_name = "N")]
    pub(crate) words: Option<usize>,
    /// Maximum number of sentences.
    #[arg(long, value_name = "N")]
    pub(crate) sentences: Option<usize>,
    /// Maximum number of characters, including the spaces between sentences.
    #[arg(long, value_name = "N")]
    pub(crate) chars: Option<usize>,
    /// Maximum share of the articles' words, such as 0.2.
    #[arg(long, value_name = "R")]
    pub(crate) ratio: Option<f64>,
    /// Maximum reading time in minutes.
    #[arg(long, value_name = "N")]
    pub(crate) minutes: Option<f64>,
}

impl BudgetArgs {
    /// Returns the budget, if the user set one; fails if a value is out of range.
    pub(crate) fn budget(&self, words_a_minute: Option<f64>) -> Result<Option<Budget>> {
        let speed = words_a_minute.unwrap_or(WORDS_A_MINUTE);
        if !(speed.is_finite() && speed > 0.0) {
            bail!("--words-per-minute {speed}: give a number above 0");
        }
        if let Some(ratio) = self.ratio
            && !(ratio > 0.0 && ratio <= 1.0)
        {
            bail!("--ratio {ratio}: give a share above 0 and up to 1, such as 0.2");
        }
        if let Some(minutes) = self.minutes
            && !(minutes.is_finite() && minutes > 0.0)
        {
            bail!("--minutes {minutes}: give a number above 0");
        }
        let counts =
            [("--words", self.words), ("--sentences", self.sentences), ("--chars", self.chars)];
        if let Some((flag, _)) = counts.iter().find(|(_, n)| *n == Some(0)) {
            bail!("{flag} 0: give a number above 0");
        }
        Ok(self
            .words
            .map(Budget::Words)
            .or(self.sentences.map(Budget::Sentences))
            .or(self.chars.map(Budget::Chars))
            .or(self.ratio.map(Budget::Ratio))
            .or(self.minutes.map(|m| Budget::minutes(m, speed))))
    }
}

/// The output formats of lists and tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Human-readable.
    #[default]
    Text,
    /// One JSON array.
    Json,
    /// One JSON object per line.
    Jsonl,
}

/// Returns a parser that accepts one of several names and returns the value of that name.
pub(crate) fn named<T: Copy + Send + Sync + 'static>(
    names: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names.iter().map(|(name, _)| *name)).try_map(|given| {
        let known = names.iter().find(|(name, _)| *name == given);
        known.map(|(_, value)| *value).ok_or("no such name")
    })
}

fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).ok_or_else(|| "give a language tag such as en, de or pt-BR".to_owned())
}

/// Parses a time or a day.
pub(crate) fn moment(text: &str) -> Result<Published, String> {
    Published::parse(text).ok_or_else(|| {
        "give a time such as 2008-02-14T06:00:00Z or a day such as 2008-02-14".to_owned()
    })
}

/// Returns the system time, to the second.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
pub(crate) fn clock() -> Published {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| d.as_secs());
    let at = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok());
    Published::Moment(at.unwrap_or(Timestamp::UNIX_EPOCH), jiff::tz::Offset::UTC)
}

/// Starts the requested number of threads; does nothing if no number was given.
pub(crate) fn start_threads(threads: Option<usize>) -> Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    nutgraf::parallel::use_threads(threads)
        .context("cannot start the number of threads given by --threads")
}
