//! `nutgraf template`: lists and shows the built-in templates, and checks the user's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use nutgraf::config::Overrides;
use nutgraf::render::{self, BuiltIn, Format, Options, TemplateChoice, UserTemplate};

use crate::cli::commands::brief;
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::cli::{output, sandbox};

/// The maximum size in bytes of a file that a template can include.
const MAX_PARTIAL: u64 = 1 << 20;

/// The name that `template show` accepts for the JSON Schema of a briefing.
const SCHEMA: &str = "schema";

/// List, show and check templates.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf template list
  nutgraf template show commonmark > mine.md
  nutgraf template show schema > briefing.schema.json
  nutgraf template check mine.md
  nutgraf brief --template mine.md articles/")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the built-in templates.
    List,
    /// Print a built-in template.
    Show {
        /// Name of the template, or `schema` for the JSON Schema of a briefing.
        name: String,
    },
    /// Run your own template on a sample briefing and report its errors.
    Check {
        /// The template file.
        file: PathBuf,
        /// The format that the template produces [default: from the file extension].
        #[arg(short, long, value_name = "FORMAT", value_parser = brief::output_format)]
        to: Option<Format>,
        #[command(flatten)]
        config: ConfigArgs,
    },
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    match &args.command {
        Command::List => {
            let mut lines: Vec<String> = render::list().iter().map(line).collect();
            lines.push(line_of(SCHEMA, "json", "The JSON Schema of a briefing"));
            output::print(&format!("{}\n", lines.join("\n")))
        }
        Command::Show { name } if name == SCHEMA => output::print(render::JSON_SCHEMA),
        Command::Show { name } => {
            let named = |t: &&BuiltIn| t.file == name || t.name() == name;
            let found = render::list().iter().find(named);
            let template = found.with_context(|| {
                format!("no template {name:?}; `nutgraf template list` lists them")
            })?;
            output::print(template.source)
        }
        Command::Check { file, to, config } => {
            let loaded = settings::load(config, Overrides::default())?;
            let format = match to {
                Some(format) => *format,
                None => by_ending(file)?,
            };
            let template = TemplateChoice::Own(own(file)?);
            sandbox::check(format, &Options { template, ..brief::options(&loaded)? })?;
            output::say(&format!("{} works", file.display()));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Returns the built-in template with this name, or otherwise the user's template in the file with this name.
pub(crate) fn choice(name: &str, loaded: &Loaded) -> Result<TemplateChoice> {
    let named = |t: &BuiltIn| t.format.is_some() && (t.name() == name || t.file == name);
    if render::list().iter().any(named) {
        return Ok(TemplateChoice::BuiltIn(name.to_owned()));
    }
    let here = PathBuf::from(name);
    let file = if here.exists() { here } else { loaded.resolve(name) };
    own(&file).map(TemplateChoice::Own)
}

/// Reads a user's template, and the files next to it that it may include or extend.
fn own(file: &Path) -> Result<UserTemplate> {
    let name = file.display().to_string();
    let source = std::fs::read_to_string(file).with_context(|| {
        format!("no template {name:?}: it is not in `nutgraf template list` and cannot be read as a file")
    })?;
    Ok(UserTemplate { partials: beside(file), name, source })
}

/// Returns the other templates in the folder of a file, by name. Files without the extension of a template, large
/// files, and links that lead out of the folder are skipped.
fn beside(file: &Path) -> BTreeMap<String, String> {
    const ENDINGS: [&str; 7] = ["md", "html", "txt", "xml", "css", "j2", "jinja"];
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let Ok(inside) = folder.canonicalize() else { return BTreeMap::new() };
    let is_template = |path: &Path| {
        path.extension().and_then(|e| e.to_str()).is_some_and(|e| ENDINGS.contains(&e))
            && path.file_name() != file.file_name()
            && path.canonicalize().is_ok_and(|real| real.starts_with(&inside))
            && path.metadata().is_ok_and(|m| m.is_file() && m.len() <= MAX_PARTIAL)
    };
    let mut partials = BTreeMap::new();
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
        let name = path.file_name().and_then(|n| n.to_str()).map(str::to_owned);
        if let (true, Some(name), Ok(text)) =
            (is_template(&path), name, std::fs::read_to_string(&path))
        {
            partials.insert(name, text);
        }
    }
    partials
}

fn by_ending(file: &Path) -> Result<Format> {
    let ending = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    Format::parse(ending).with_context(|| {
        format!("cannot tell the format of {} from its name; give it with -t", file.display())
    })
}

fn line(template: &BuiltIn) -> String {
    line_of(template.name(), template.format.map_or("part", Format::name), template.about())
}

fn line_of(name: &str, format: &str, about: &str) -> String {
    format!("{name:<18} {format:<5} {about}")
}
