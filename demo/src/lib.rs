//! The program in a web page: files become a briefing, and a draft is verified, without a server.
//!
//! The page writes one message into the memory of this module and reads one response ([`memory`]). A message is a line
//! of JSON ([`Request`]) followed by the bytes of the files, one after another. The response is JSON ([`Answer`]).
//!
//! Known limits: email messages and compressed files are not read in the page; a panic of a dependency ends the
//! module, which the page reports and restarts.

pub mod memory;

use std::collections::BTreeMap;

use nutgraf::read::{self, Options};
use nutgraf::stories::topic::Topic;
use nutgraf::verify::{draft, plain};
use nutgraf::{Article, BriefParams, Collection, OutputFormat, Published, RenderOptions};
use serde::{Deserialize, Serialize};

/// A request from the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The time of the briefing, as in RFC 3339.
    pub now: String,
    /// The budget in words; `None` for the default of the library.
    pub words: Option<usize>,
    /// The words of a topic; empty for everything.
    pub topic: String,
    /// The formats of the briefing: `html`, `md`, `text` or `json`.
    pub formats: Vec<String>,
    /// Whether the numbers and names outside quotation marks are checked.
    pub claims: bool,
    /// The files, in the order of their bytes.
    pub files: Vec<File>,
    /// A draft to verify instead of making a briefing; its bytes follow those of the files.
    pub draft: Option<File>,
}

/// A file that was dropped on the page.
#[derive(Debug, Deserialize)]
pub struct File {
    /// The path relative to the folder that was dropped.
    pub name: String,
    /// The number of its bytes.
    pub length: usize,
}

/// The response that the page shows.
#[derive(Debug, Default, Serialize)]
pub struct Answer {
    /// The briefing in each of the formats.
    pub pages: BTreeMap<String, String>,
    /// The result of verifying the draft.
    pub report: Option<String>,
    /// Whether the check found no faults in the draft.
    pub holds: bool,
    /// The number of articles that were read.
    pub articles: usize,
    /// Omissions, repairs and doubts.
    pub warnings: Vec<String>,
    /// Why there is neither a briefing nor a report.
    pub error: Option<String>,
}

/// Returns the response to a message.
pub fn answer(message: &[u8]) -> Vec<u8> {
    let answer = answered(message)
        .unwrap_or_else(|error| Answer { error: Some(error), ..Answer::default() });
    serde_json::to_vec(&answer).unwrap_or_default()
}

fn answered(message: &[u8]) -> Result<Answer, String> {
    let end =
        message.iter().position(|byte| *byte == b'\n').ok_or("the message has no end of line")?;
    let (line, bytes) = message.split_at(end);
    let request: Request = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let now =
        Published::parse(&request.now).ok_or_else(|| format!("{:?} is not a time", request.now))?;
    let mut rest = bytes.get(1..).unwrap_or_default();
    let mut files = Vec::new();
    for file in &request.files {
        files.push((file.name.clone(), take(&mut rest, file.length)?));
    }
    // The order of the program, which walks folders by name.
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let draft = request.draft.as_ref().map(|file| take(&mut rest, file.length)).transpose()?;
    let (articles, warnings) = read(&files, now);
    let mut answer = Answer { articles: articles.len(), warnings, ..Answer::default() };
    if articles.is_empty() {
        return Err(no_article(&answer.warnings));
    }
    match (&request.draft, draft) {
        (Some(file), Some(bytes)) => verify(&request, &file.name, bytes, articles, &mut answer)?,
        _ => brief(&request, articles, now, &mut answer)?,
    }
    Ok(answer)
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Result<&'b [u8], String> {
    let (file, after) = rest.split_at_checked(length).ok_or("the message is too short")?;
    *rest = after;
    Ok(file)
}

fn no_article(warnings: &[String]) -> String {
    let what = "nothing to report: no article was found in these files";
    if warnings.is_empty() { what.to_owned() } else { format!("{what}\n{}", warnings.join("\n")) }
}

fn read(files: &[(String, &[u8])], now: Published) -> (Vec<Article>, Vec<String>) {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let load = |name: &str| {
        let file = files.binary_search_by(|(known, _)| known.as_str().cmp(name));
        file.map(|at| files[at].1.to_vec()).map_err(|_| "no such file".to_owned())
    };
    let options = Options { now: Some(now.timestamp()), ..Options::default() };
    let read = read::read_all(&names, load, &options);
    (read.articles, read.warnings.iter().map(ToString::to_string).collect())
}

fn brief(
    request: &Request,
    articles: Vec<Article>,
    now: Published,
    answer: &mut Answer,
) -> Result<(), String> {
    let usual = BriefParams::default();
    let topic = request.topic.trim();
    let params = BriefParams {
        words: request.words.unwrap_or(usual.words),
        topics: Some(Topic::from_words(topic)).filter(|_| !topic.is_empty()).into_iter().collect(),
        ..usual
    };
    let made = nutgraf::brief(articles, &params, now);
    answer.warnings.extend(made.warnings.iter().map(ToString::to_string));
    if made.briefing.stories.is_empty() {
        return Err("nothing to report: no story fits the topic and the number of words".to_owned());
    }
    for name in &request.formats {
        let format =
            OutputFormat::parse(name).ok_or_else(|| format!("unknown format: {name:?}"))?;
        let page = nutgraf::render(&made.briefing, format, &RenderOptions::default())
            .map_err(|error| error.to_string())?;
        answer.pages.insert(name.clone(), page);
    }
    Ok(())
}

fn verify(
    request: &Request,
    name: &str,
    draft: &[u8],
    articles: Vec<Article>,
    answer: &mut Answer,
) -> Result<(), String> {
    let text = std::str::from_utf8(draft)
        .map_err(|_| format!("{name} is not a text: it has characters that are not UTF-8"))?;
    let sources = Collection::build(articles);
    let report = if let Ok(briefing) = serde_json::from_str(text) {
        nutgraf::verify::verify(&briefing, &sources)
    } else {
        let options =
            draft::Options { format: draft::Format::from_name(name), claims: request.claims };
        draft::verify(text, &options, &sources)
    };
    answer.holds = report.holds;
    answer.report = Some(plain(&report));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::answer;

    fn asked(line: &str, files: &str) -> serde_json::Value {
        serde_json::from_slice(&answer(format!("{line}\n{files}").as_bytes())).unwrap_or_default()
    }

    #[test]
    fn files_become_a_briefing_and_a_draft_is_verified() {
        let text =
            "Bridge closed\n\nThe council closed the Mill Street bridge on Monday, the mayor said.";
        let file = format!("{{\"name\": \"a.txt\", \"length\": {}}}", text.len());
        let line =
            format!("{{\"now\": \"2026-03-11\", \"formats\": [\"md\"], \"files\": [{file}]}}");
        let briefing = asked(&line, text);
        let page = briefing["pages"]["md"].as_str().unwrap_or_default();
        assert!(page.contains("closed the Mill Street bridge"), "{briefing}");
        let draft = "It said \"closed the Mill Street ferry on Monday\".";
        let draft_file = format!("{{\"name\": \"d.txt\", \"length\": {}}}", draft.len());
        let line =
            format!("{{\"now\": \"2026-03-11\", \"files\": [{file}], \"draft\": {draft_file}}}");
        let report = asked(&line, &format!("{text}{draft}"));
        assert_eq!(report["holds"], false, "{report}");
    }

    #[test]
    fn a_message_that_makes_no_sense_is_an_error() {
        for (line, files) in [
            ("", ""),
            ("{}", ""),
            ("{\"now\": \"2026-03-11\"}", ""),
            ("{\"now\": \"2026-03-11\", \"files\": [{\"name\": \"a\", \"length\": 9}]}", "short"),
            (
                "{\"now\": \"2026-03-11\", \"files\": [{\"name\": \"a.gz\", \"length\": 3}]}",
                "\u{1f}a",
            ),
        ] {
            assert!(asked(line, files)["error"].is_string(), "{line}");
        }
        assert!(!answer(b"no line").is_empty());
    }
}
