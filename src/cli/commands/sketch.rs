//! `nutgraf sketch`: reduces articles to the data that grouping needs, so that they can be grouped elsewhere.

use std::process::ExitCode;

use anyhow::Result;
use nutgraf::parallel;
use nutgraf::stories::Sketch;

use crate::cli::args::{Input, Output};
use crate::cli::commands::NOTHING;
use crate::cli::output::Form;
use crate::cli::{input, output};

/// Reduce each article to the few kilobytes that grouping needs, as one JSON object per line.
///
/// `nutgraf stories --sketches` groups sketches from any number of machines, in any order, into the same stories as the
/// articles would give.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf sketch monday/ -o monday.jsonl             on one machine
  nutgraf sketch tuesday/ -o tuesday.jsonl           on another
  nutgraf stories --sketches monday.jsonl tuesday.jsonl")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let is_written = output::stream(&args.output, Form::Jsonl, |results| {
        input::each(&args.input, |articles| {
            let made = parallel::map_in_order(&articles, |article| {
                Form::Jsonl.write(&Sketch::from_article(article), String::new)
            });
            made.into_iter().try_for_each(|made| Ok(results.put(&made?)?))
        })?;
        Ok(0 < results.len())
    })?;
    if !is_written {
        output::say("nothing to sketch: no articles");
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::SUCCESS)
}
