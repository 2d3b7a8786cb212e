//! `nutgraf read`: prints the cleaned articles.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use nutgraf::article::{Article, BlockKind};
use nutgraf::parallel;
use nutgraf::read::Cut;
use nutgraf::text::annotate;

use crate::cli::args::{Input, ListFormat, Output};
use crate::cli::output::Form;
use crate::cli::{input, output};
use nutgraf::json::ArticleRecord;

/// Show the cleaned articles: title, source, date, paragraphs, sentences.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf read page.html                 the article without the page around it
  nutgraf read https://news.example/a    the same from the web
  nutgraf read -t jsonl folder/          one JSON object per article, with sentences
  nutgraf read -f text -t jsonl - <dump  a page dump (all text of a page, with its menus)")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    /// Instead of the article, show the text that cleaning removed, line by line, with the reason.
    #[arg(long, help_heading = "Output")]
    dropped: bool,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.dropped {
        return dropped(args);
    }
    let form = Form::for_list(args.to, "\n\n---\n\n");
    let mut is_empty = true;
    output::stream(&args.output, form, |results| {
        input::each(&args.input, |articles| {
            let made = parallel::map_in_order(&articles, |article| {
                form.write(&ArticleRecord::new(article, &annotate(article)), || page(article))
            });
            made.into_iter().try_for_each(|made| Ok(results.put(&made?)?))
        })?;
        is_empty = results.len() == 0;
        Ok(true)
    })?;
    // The exit status lets scripts detect an empty result.
    Ok(if is_empty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints the text that cleaning removed.
fn dropped(args: &Args) -> Result<ExitCode> {
    let form = match args.to {
        ListFormat::Text => Form::Lines,
        list => Form::for_list(list, ""),
    };
    output::stream(&args.output, form, |results| {
        input::pieces(&args.input, true, |read| {
            read.cuts.iter().try_for_each(|cut| Ok(results.put(&form.write(cut, || line(cut))?)?))
        })?;
        Ok(true)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn line(cut: &Cut) -> String {
    format!("{}\t{}\t{}\n", cut.origin, cut.reason, output::folded(&cut.text))
}

/// Formats an article as human-readable text.
fn page(article: &Article) -> String {
    let mut page =
        format!("{}\n", if article.title.is_empty() { "(no title)" } else { &article.title });
    let published = article.published.map(|p| p.to_string());
    let facts = [
        article.outlet(),
        article.byline.as_deref(),
        published.as_deref(),
        article.place.as_deref(),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        page.push_str(&facts.join(" · "));
        page.push('\n');
    }
    for block in &article.blocks {
        let text = output::folded(block.span.slice(&article.text));
        let prefix = match block.kind {
            BlockKind::Heading => "## ",
            BlockKind::Blockquote => "> ",
            BlockKind::Paragraph | BlockKind::ListItem => "",
            BlockKind::Caption | BlockKind::Dateline | BlockKind::Byline | BlockKind::Chrome => {
                continue;
            }
        };
        // Writing to a String cannot fail.
        let _ = write!(page, "\n{prefix}{text}\n");
    }
    page.truncate(page.trim_end().len());
    page
}
