//! Runs the tools of the server.

use anyhow::{Context as _, Result, bail};
use nutgraf::article::Article;
use nutgraf::json::QuotesRecord;
use nutgraf::render::{self, Format};
use nutgraf::text::{Collection, annotate};
use nutgraf::verify::{draft, plain, verify};
use nutgraf::{Budget, pipeline, quotes, summarize};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::cli::args::Input;
use crate::cli::commands::brief::nothing_to_report;
use crate::cli::commands::mcp::{Server, search};
use crate::cli::saved::Checkable;
use crate::cli::{args, input, saved};

/// The default length of a summary in words.
const SUMMARY_WORDS: usize = 100;
/// The default number of sentences returned by a search.
const SEARCH_RESULTS: usize = 10;
/// The maximum number of files read by one call.
const MOST_FILES: usize = 100_000;

/// The maximum number of inputs that an answer reports as unread.
const MOST_WARNINGS: usize = 20;

/// The answer of a tool, as human-readable text and as structured data.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) data: Json,
    /// Warnings about inputs that could not be read, and other notes about the answer.
    pub(super) warnings: Vec<String>,
}

/// The articles that a call reads, and warnings about the inputs that could not be read.
struct Sources {
    articles: Vec<Article>,
    unread: Vec<String>,
}

/// Returns whether a tool with this name exists.
pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "verify" | "brief" | "summarize" | "quotes" | "search")
}

/// Calls a tool, and adds the warnings to its structured answer.
pub(super) fn call(server: &Server<'_>, name: &str, arguments: Json) -> Result<Answer> {
    let mut answer = match name {
        "verify" => check(server, parsed(arguments)?),
        "brief" => brief(server, &parsed(arguments)?),
        "summarize" => summary(server, &parsed(arguments)?),
        "quotes" => who_said_what(server, &parsed(arguments)?),
        _ => find(server, &parsed(arguments)?),
    }?;
    if !answer.warnings.is_empty() {
        answer.data["warnings"] = json!(answer.warnings);
    }
    Ok(answer)
}

fn parsed<T: DeserializeOwned>(arguments: Json) -> Result<T> {
    serde_json::from_value(arguments).context("invalid arguments")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyArguments {
    draft: Option<String>,
    path: Option<String>,
    sources: Option<Vec<String>>,
    #[serde(default)]
    claims: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BriefArguments {
    sources: Option<Vec<String>>,
    words: Option<usize>,
    stories: Option<usize>,
    format: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryArguments {
    sources: Option<Vec<String>>,
    words: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotesArguments {
    sources: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SearchArguments {
    query: String,
    sources: Option<Vec<String>>,
    limit: Option<usize>,
}

fn check(server: &Server<'_>, arguments: VerifyArguments) -> Result<Answer> {
    let (text, format, own) = match (arguments.draft, &arguments.path) {
        (Some(text), None) => (text, None, None),
        (None, Some(path)) => {
            if let Some(address) = server.address(path)? {
                let text = input::text_at(std::path::Path::new(&address), &server.reading())?;
                (text.context("the draft was not fetched")?, None, None)
            } else {
                let file = server.admitted(path)?;
                (saved::text(&file)?, draft::Format::from_name(path), Some(file))
            }
        }
        _ => bail!("give either `draft` (the text) or `path` (a file that contains it)"),
    };
    let name = arguments.path.as_deref().unwrap_or("the draft");
    let draft = saved::checkable(std::path::Path::new(name), text)?;
    // The draft must not count as a source for itself.
    let Sources { mut articles, unread } = sources(server, arguments.sources.as_deref())?;
    articles.retain(|a| own.as_ref().is_none_or(|own| std::path::Path::new(&a.origin) != own));
    if articles.iter().all(|a| a.text.trim().is_empty()) {
        bail!("the sources have no text: nothing can be checked against them");
    }
    let collection = Collection::build(articles);
    let report = match draft {
        Checkable::Briefing(briefing) => verify(&briefing, &collection),
        Checkable::Draft(text) => {
            let options = draft::Options { format, claims: arguments.claims };
            if !draft::has_text(&text, format) {
                bail!("{name} has no text to check");
            }
            draft::verify(&text, &options, &collection)
        }
    };
    Ok(Answer { text: plain(&report), data: serde_json::to_value(&report)?, warnings: unread })
}

fn brief(server: &Server<'_>, arguments: &BriefArguments) -> Result<Answer> {
    let Sources { articles, unread: mut warnings } = sources(server, arguments.sources.as_deref())?;
    let usual = pipeline::Params::default();
    let params = pipeline::Params {
        words: arguments.words.unwrap_or(usual.words),
        stories: arguments.stories.or(usual.stories),
        ..usual
    };
    let now = server.args.now.unwrap_or_else(args::clock);
    let made = pipeline::brief(articles, &params, now);
    let format = match arguments.format.as_deref() {
        None | Some("md") => Format::Markdown,
        Some("text") => Format::Text,
        Some("html") => Format::Html,
        Some(other) => bail!("unknown format {other:?}: give md, text or html"),
    };
    if made.briefing.stories.is_empty() {
        bail!("{}", nothing_to_report(&made));
    }
    let text = render::render(&made.briefing, format, &render::Options::default())?;
    warnings.extend(made.warnings.iter().map(ToString::to_string));
    Ok(Answer { text, data: serde_json::to_value(&made.briefing)?, warnings })
}

fn summary(server: &Server<'_>, arguments: &SummaryArguments) -> Result<Answer> {
    let Sources { articles, unread } = sources(server, arguments.sources.as_deref())?;
    let summary = summarize(&articles, Budget::Words(arguments.words.unwrap_or(SUMMARY_WORDS)));
    let data = json!({ "words": summary.words, "sentences": summary.sentences });
    Ok(Answer { text: summary.to_string(), data, warnings: unread })
}

fn who_said_what(server: &Server<'_>, arguments: &QuotesArguments) -> Result<Answer> {
    let Sources { articles, unread } = sources(server, arguments.sources.as_deref())?;
    let mut text = String::new();
    let mut records = Vec::new();
    for article in &articles {
        let found = quotes::extract(article, &annotate(article));
        for quote in &found {
            let words: Vec<&str> =
                quote.content.iter().map(|part| part.slice(&article.text)).collect();
            let who = quote.speaker.as_ref().map_or("unattributed", |s| s.name.as_str());
            text.push_str(&format!("{who}: “{}” ({})\n", words.join(" … "), article.id));
        }
        records.push(serde_json::to_value(QuotesRecord::new(article, &found))?);
    }
    Ok(Answer { text, data: json!({ "articles": records }), warnings: unread })
}

fn find(server: &Server<'_>, arguments: &SearchArguments) -> Result<Answer> {
    let Sources { articles, unread } = sources(server, arguments.sources.as_deref())?;
    let collection = Collection::build(articles);
    let limit = arguments.limit.unwrap_or(SEARCH_RESULTS);
    let found = search::sentences(&collection, &arguments.query, limit);
    let lines =
        found.iter().map(|e| format!("{} ({}, {}–{})\n", e.text, e.article, e.start, e.end));
    let data = json!({ "sentences": found });
    Ok(Answer { text: lines.collect(), data, warnings: unread })
}

/// Reads the articles in the files, in the folders and at the web addresses that a call names, or in all of the
/// server's folders if it names none.
fn sources(server: &Server<'_>, named: Option<&[String]>) -> Result<Sources> {
    let mut files = Vec::new();
    let mut paths = Vec::new();
    match named {
        Some([]) => bail!("sources is empty"),
        Some(named) => {
            for name in named {
                match server.address(name)? {
                    Some(address) => files.push(address),
                    None => paths.push(server.admitted(name)?),
                }
            }
        }
        None => paths.clone_from(&server.roots),
    }
    for path in paths {
        // Symbolic links are not followed, because they may lead outside the folders.
        let walk = walkdir::WalkDir::new(path).sort_by_file_name();
        for entry in walk.into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
            files.push(entry.into_path().to_string_lossy().into_owned());
        }
        if files.len() > MOST_FILES {
            bail!("more than {MOST_FILES} files: name some of them as sources");
        }
    }
    if files.is_empty() {
        bail!("no files to read");
    }
    let read = Input { inputs: files, reading: server.reading() };
    let (articles, warnings) = input::articles_and_warnings(&read)?;
    let unread = warnings.iter().filter(|warning| warning.unread).take(MOST_WARNINGS);
    let unread: Vec<String> = unread.map(ToString::to_string).collect();
    if articles.is_empty() {
        bail!("{}", [&["no articles in the sources".to_owned()], &unread[..]].concat().join("; "));
    }
    Ok(Sources { articles, unread })
}
