//! `nutgraf mcp`: a Model Context Protocol server over standard input and output.
//!
//! The messages are JSON-RPC 2.0, one per line (MCP specification, "stdio transport"). The tools read only files in the
//! folders named on the command line; each path is resolved, including symbolic links, before it is compared with the
//! folders. The server opens connections only if it was started with `--fetch`, and only to web addresses that a call
//! names as sources or as the draft, under the rules of `[fetch]` (robots.txt, no private networks). It answers a
//! malformed message with an error and continues.
//!
//! Known limits: resources, prompts and progress notifications are not supported. Requests are handled one at a time,
//! in order.

mod schemas;
mod search;
mod tools;

use std::io::{BufRead, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value as Json, json};

use crate::cli::args::{self, Reading};
use crate::cli::settings::ConfigArgs;

/// The maximum size of a message, in bytes; a longer one is rejected and skipped.
const LONGEST_MESSAGE: u64 = 64 << 20;
/// The supported versions of the protocol, newest first.
const VERSIONS: &[&str] = &["2025-06-18", "2025-03-26", "2024-11-05"];

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const NO_SUCH_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

/// Offer verify, brief, summarize, quotes and search to an AI assistant (MCP client), over standard input and output.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf mcp articles/                      serve the articles of one folder
  nutgraf mcp --now 2026-03-11 articles/ drafts/
  nutgraf mcp --fetch articles/              the assistant may also name web addresses

Only files under these folders are read, and no network connection is opened unless --fetch is given.
The protocol is the Model Context Protocol: JSON-RPC 2.0, one message per line.")]
pub(crate) struct Args {
    /// Folders whose files the tools may read.
    #[arg(value_name = "FOLDER", required_unless_present = "fetch")]
    folders: Vec<PathBuf>,
    /// Fetch sources and drafts given as web addresses, as the settings in `[fetch]` allow.
    #[arg(long)]
    fetch: bool,
    /// Treat this as the current time (2008-02-14T06:00:00Z, or a day) [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<nutgraf::article::Published>,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let server = Server::new(args)?;
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    while let Some(line) = next_line(&mut input)? {
        let Some(answer) = line.map_or_else(
            |message| Some(failure(&Json::Null, INVALID_REQUEST, &message)),
            |line| server.line(&line),
        ) else {
            continue;
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the next non-empty line. Returns `None` at the end of the input, and an inner `Err` if the line is too long or
/// is not UTF-8.
fn next_line(input: &mut impl BufRead) -> Result<Option<Result<String, String>>> {
    loop {
        let mut bytes = Vec::new();
        input.by_ref().take(LONGEST_MESSAGE).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.len() as u64 == LONGEST_MESSAGE && !bytes.ends_with(b"\n") {
            skip_line(input)?;
            return Ok(Some(Err(format!("the message is longer than {LONGEST_MESSAGE} bytes"))));
        }
        match String::from_utf8(bytes) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => return Ok(Some(Ok(line))),
            Err(_) => return Ok(Some(Err("the message is not UTF-8".to_owned()))),
        }
    }
}

/// Skips the rest of a line.
fn skip_line(input: &mut impl BufRead) -> Result<()> {
    loop {
        let (n, ends) = {
            let buffer = input.fill_buf()?;
            let end = memchr::memchr(b'\n', buffer);
            (end.map_or(buffer.len(), |at| at + 1), end.is_some() || buffer.is_empty())
        };
        input.consume(n);
        if ends {
            return Ok(());
        }
    }
}

/// The server, with its arguments and the resolved paths of the folders that it may read.
struct Server<'a> {
    args: &'a Args,
    roots: Vec<PathBuf>,
}

impl<'a> Server<'a> {
    fn new(args: &'a Args) -> Result<Self> {
        let root = |folder: &PathBuf| {
            let path = folder
                .canonicalize()
                .with_context(|| format!("cannot open {}", folder.display()))?;
            if !path.is_dir() {
                bail!("{} is not a folder", folder.display());
            }
            Ok(path)
        };
        Ok(Self { args, roots: args.folders.iter().map(root).collect::<Result<_>>()? })
    }

    /// Answers a line, which is a message or a batch of messages.
    fn line(&self, line: &str) -> Option<Json> {
        match serde_json::from_str::<Json>(line) {
            Err(error) => Some(failure(&Json::Null, PARSE_ERROR, &format!("not JSON: {error}"))),
            Ok(Json::Array(batch)) if batch.is_empty() => {
                Some(failure(&Json::Null, INVALID_REQUEST, "the batch is empty"))
            }
            Ok(Json::Array(batch)) => {
                let answers: Vec<Json> = batch.iter().filter_map(|m| self.message(m)).collect();
                (!answers.is_empty()).then_some(Json::Array(answers))
            }
            Ok(message) => self.message(&message),
        }
    }

    /// Answers a message; notifications and the client's own responses are not answered.
    fn message(&self, message: &Json) -> Option<Json> {
        let is_id = |id: &&Json| id.is_string() || id.is_number();
        let id = message.get("id").filter(is_id);
        let Some(method) = message.get("method").and_then(Json::as_str) else {
            let is_answer = message.get("result").is_some() || message.get("error").is_some();
            let id = id.cloned().unwrap_or_default();
            return (!is_answer)
                .then(|| failure(&id, INVALID_REQUEST, "the message has no method"));
        };
        let id = id?;
        let params = message.get("params").cloned().unwrap_or_else(|| json!({}));
        Some(match method {
            "initialize" => success(id, greeting(&params)),
            "ping" => success(id, json!({})),
            "tools/list" => success(id, json!({ "tools": schemas::tools(self.args.fetch) })),
            "tools/call" => self.call(id, &params),
            _ => failure(id, NO_SUCH_METHOD, &format!("unknown method {method:?}")),
        })
    }

    fn call(&self, id: &Json, params: &Json) -> Json {
        let Some(name) = params.get("name").and_then(Json::as_str) else {
            return failure(id, INVALID_PARAMS, "the call names no tool");
        };
        let arguments = params.get("arguments").cloned().unwrap_or_else(|| json!({}));
        if !tools::is_known(name) {
            return failure(id, INVALID_PARAMS, &format!("unknown tool {name:?}"));
        }
        match tools::call(self, name, arguments) {
            Ok(answer) => {
                let mut content = vec![json!({ "type": "text", "text": answer.text })];
                if !answer.warnings.is_empty() {
                    let text = format!("Warnings:\n{}\n", answer.warnings.join("\n"));
                    content.push(json!({ "type": "text", "text": text }));
                }
                let data = answer.data;
                success(
                    id,
                    json!({ "content": content, "structuredContent": data, "isError": false }),
                )
            }
            Err(error) => success(
                id,
                json!({ "content": [{ "type": "text", "text": format!("{error:#}") }], "isError": true }),
            ),
        }
    }

    fn reading(&self) -> Reading {
        let now = self.args.now.unwrap_or_else(args::clock);
        Reading::plain(None, now, self.args.config.clone())
    }

    /// Returns the name if it is a web address, and `None` if it is not. Fails for a web address if the server was not
    /// started with `--fetch`.
    fn address(&self, name: &str) -> Result<Option<String>> {
        let is_address = name.contains("://") && !Path::new(name).exists();
        if is_address && !self.args.fetch {
            bail!("{name} is a web address; start the server with --fetch to allow web addresses");
        }
        Ok(is_address.then(|| name.to_owned()))
    }

    /// Resolves a path from the client, either as it is or relative to one of the folders; fails if there is no such
    /// file, or if it is outside all of the folders.
    fn admitted(&self, path: &str) -> Result<PathBuf> {
        let direct = std::iter::once(PathBuf::from(path));
        let inside = self.roots.iter().map(|root| root.join(path));
        let found = direct.chain(inside).find_map(|p| p.canonicalize().ok());
        let Some(found) = found else {
            bail!("{path}: no such file in the folders that may be read")
        };
        if !self.is_admitted(&found) {
            bail!("{path} is outside the folders that may be read");
        }
        Ok(found)
    }

    fn is_admitted(&self, resolved: &Path) -> bool {
        self.roots.iter().any(|root| resolved.starts_with(root))
    }
}

fn greeting(params: &Json) -> Json {
    let wanted = params.get("protocolVersion").and_then(Json::as_str).unwrap_or("");
    let version = VERSIONS.iter().find(|v| **v == wanted).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": { "listChanged": false } },
        "serverInfo": { "name": "nutgraf", "version": env!("CARGO_PKG_VERSION") },
        "instructions": "Quotes and facts for news drafts. Call verify on every draft before showing it; \
            paths are relative to the folders that the server was started with.",
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the result moves into the answer")]
fn success(id: &Json, result: Json) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

fn failure(id: &Json, code: i64, message: &str) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}
