//! `nutgraf mcp --fetch`: an answer names each source that could not be fetched, with the cause.

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::site::{Reply, Site};
use crate::{HASTY, PROGRAM, Reader};

const STORY: &str = "The ferry to Orlen returns in June.\n\n\"Nobody will wait for the tide again,\" said Clara Venn.\n";

/// Calls a tool once for each of the arguments; returns the results.
fn call(reader: &Reader, tool: &str, arguments: &[Json]) -> Vec<Json> {
    let line = |arguments: &Json| {
        let params = json!({ "name": tool, "arguments": arguments });
        let message =
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        format!("{message}\n")
    };
    fs::write(reader.path("calls"), arguments.iter().map(line).collect::<String>()).unwrap();
    let calls = fs::File::open(reader.path("calls")).unwrap();
    let mut server = reader.command(PROGRAM, &["mcp", "--fetch", "--now", "2031-04-02"]);
    let output = server.stdin(Stdio::from(calls)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).unwrap();
    let result = |line: &str| serde_json::from_str::<Json>(line).unwrap()["result"].clone();
    answers.lines().map(result).collect()
}

#[test]
fn an_answer_says_why_a_source_was_not_fetched() {
    let site = Site::new();
    site.set("/robots.txt", Reply::ok("User-agent: *\nDisallow: /secret\n"));
    site.set("/story", Reply::ok(STORY).with("Content-Type", "text/plain"));
    site.set("/secret", Reply::ok(STORY).with("Content-Type", "text/plain"));
    site.set("/slow", Reply::ok(STORY).after(Duration::from_secs(5)));
    // A port on which nobody listens any more.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let failing = [
        (format!("http://{closed}/story"), "onnection refused"),
        (site.url("/secret"), "robots.txt forbids"),
        (site.url("/missing"), "status 404"),
        (site.url("/slow"), "no answer in time"),
        ("ftp://127.0.0.1/story".to_owned(), "is not fetched"),
    ];
    let reader = Reader::new(HASTY);
    let alone: Vec<Json> = failing.iter().map(|(url, _)| json!({ "sources": [url] })).collect();
    for ((url, cause), answer) in failing.iter().zip(call(&reader, "quotes", &alone)) {
        let text = answer["content"][0]["text"].as_str().unwrap();
        assert!(answer["isError"] == true, "{answer}");
        assert!(text.contains(url.as_str()) && text.contains(cause), "{cause}: {text}");
    }
    // If another source can be read, it is only a warning.
    let named = [site.url("/story"), failing[0].0.clone(), failing[1].0.clone()];
    let draft = "\"Nobody will wait for the tide again,\" said Clara Venn.";
    for (tool, arguments) in [
        ("verify", json!({ "draft": draft, "sources": named })),
        ("quotes", json!({ "sources": named })),
        ("summarize", json!({ "sources": named })),
        ("brief", json!({ "sources": named })),
        ("search", json!({ "query": "tide", "sources": named })),
    ] {
        let answer = call(&reader, tool, &[arguments]).remove(0);
        assert!(answer["isError"] == false, "{tool}: {answer}");
        let said = answer["content"][1]["text"].as_str().unwrap();
        let data = answer["structuredContent"]["warnings"].to_string();
        for (url, cause) in &failing[..2] {
            for warnings in [said, &data] {
                assert!(warnings.contains(url.as_str()) && warnings.contains(cause), "{tool}");
            }
        }
    }
}

/// If the address of a draft cannot be fetched, the error also gives the cause.
#[test]
fn an_answer_says_why_a_draft_was_not_fetched() {
    let site = Site::new();
    let reader = Reader::new(HASTY);
    let arguments = json!({ "path": site.url("/draft"), "sources": [site.url("/story")] });
    let answer = call(&reader, "verify", &[arguments]).remove(0);
    let text = answer["content"][0]["text"].as_str().unwrap();
    assert!(answer["isError"] == true && text.contains("status 404"), "{text}");
}
