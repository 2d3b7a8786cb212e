//! `nutgraf mcp`: the line protocol, the files it refuses to read, and its responses to invalid messages.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

const ARTICLE: &str = "Ferry returns\n\nThe ferry to Orlen returns in June.\n\n\"Nobody will wait for the tide again,\" said Clara Venn, the mayor of Selm.\n";

/// Sends lines to a server for a folder; returns its responses.
fn talk(folder: &Path, lines: &[String]) -> Vec<Json> {
    talk_with(&[], folder, lines)
}

fn talk_with(flags: &[&str], folder: &Path, lines: &[String]) -> Vec<Json> {
    let mut server = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(["mcp", "--now", "2031-04-02"])
        .args(flags)
        .arg(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    for line in lines {
        input.write_all(line.as_bytes()).unwrap();
        input.write_all(b"\n").unwrap();
    }
    drop(input);
    let output = server.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn request(id: usize, method: &str, params: &Json) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
}

fn call(id: usize, tool: &str, arguments: &Json) -> String {
    request(id, "tools/call", &json!({ "name": tool, "arguments": arguments }))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("articles")).unwrap();
    fs::write(folder.path().join("articles/ferry.txt"), ARTICLE).unwrap();
    fs::write(folder.path().join("secret.txt"), "A secret stays a secret.\n").unwrap();
    folder
}

#[test]
fn a_session_lists_the_tools_and_calls_each() {
    let folder = folder();
    let lines = [
        request(1, "initialize", &json!({ "protocolVersion": "2025-03-26" })),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string(),
        request(2, "tools/list", &json!({})),
        call(
            3,
            "verify",
            &json!({ "draft": "\"Nobody will wait for the train again,\" said Clara Venn." }),
        ),
        call(4, "verify", &json!({ "draft": "The ferry returns in May.", "claims": true })),
        call(5, "summarize", &json!({ "words": 20 })),
        call(6, "quotes", &json!({})),
        call(7, "search", &json!({ "query": "tide" })),
        call(8, "brief", &json!({ "words": 60 })),
        request(9, "ping", &json!({})),
    ];
    let answers = talk(&folder.path().join("articles"), &lines);
    assert_eq!(answers.len(), 9, "a notification has no answer");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    let tools = answers[1]["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["verify", "brief", "summarize", "quotes", "search"]);
    assert!(tools.iter().all(|t| t["inputSchema"]["type"] == "object"));
    let report = &answers[2]["result"]["structuredContent"];
    assert_eq!(report["findings"][0]["kind"], "altered", "{report}");
    assert_eq!(report["holds"], false);
    let claims = &answers[3]["result"]["structuredContent"];
    assert_eq!(claims["holds"], false, "{claims}");
    for answer in &answers[4..8] {
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        assert!(!answer["result"]["content"][0]["text"].as_str().unwrap().is_empty());
    }
    let found = &answers[6]["result"]["structuredContent"]["sentences"][0]["text"];
    assert!(found.as_str().unwrap().contains("tide"));
}

#[test]
fn nothing_outside_the_folders_is_read() {
    let folder = folder();
    let secret = folder.path().join("secret.txt");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, folder.path().join("articles/link.txt")).unwrap();
    let paths =
        ["../secret.txt", secret.to_str().unwrap(), "link.txt", "/etc/hostname", "nowhere.txt"];
    let lines: Vec<String> =
        paths.iter().map(|p| call(1, "quotes", &json!({ "sources": [p] }))).collect();
    for answer in talk(&folder.path().join("articles"), &lines) {
        assert_eq!(answer["result"]["isError"], true, "{answer}");
    }
    let all =
        talk(&folder.path().join("articles"), &[call(1, "search", &json!({ "query": "secret" }))]);
    assert_eq!(all[0]["result"]["structuredContent"]["sentences"], json!([]));
}

#[test]
fn what_is_malformed_gets_an_error_and_the_session_goes_on() {
    let folder = folder();
    let lines = [
        "{".to_owned(),
        "[]".to_owned(),
        "7".to_owned(),
        String::new(),
        json!({ "jsonrpc": "2.0", "id": 1 }).to_string(),
        request(2, "no/such/method", &json!({})),
        request(3, "tools/call", &json!({})),
        call(4, "no_such_tool", &json!({})),
        call(5, "search", &json!({})),
        call(6, "search", &json!({ "query": "tide", "folder": "/" })),
        call(7, "verify", &json!({})),
        format!("[{}]", request(8, "ping", &json!({}))),
        request(9, "ping", &json!({})),
    ];
    let answers = talk(&folder.path().join("articles"), &lines);
    let code = |i: usize| answers[i]["error"]["code"].as_i64();
    assert_eq!(
        (code(0), code(1), code(2), code(3)),
        (Some(-32700), Some(-32600), Some(-32600), Some(-32600))
    );
    assert_eq!((code(4), code(5), code(6)), (Some(-32601), Some(-32602), Some(-32602)));
    for answer in &answers[7..10] {
        assert_eq!(answer["result"]["isError"], true, "{answer}");
    }
    assert_eq!(answers[10][0]["id"], 8);
    assert_eq!(answers[11]["result"], json!({}));
}

#[test]
fn a_draft_that_cannot_be_checked_is_named() {
    let folder = folder();
    let broken = json!({ "schema": "nutgraf/briefing/1", "title": "Briefing" }).to_string();
    for (draft, cause) in [
        (broken.as_str(), "missing field"),
        ("", "empty"),
        (" \n\n", "empty"),
        ("<p><img src=\"a.png\"></p>", "no text"),
        ("a\u{0}b", "NUL"),
        ("\u{1}\u{2}\u{3}x\u{fffd}", "control characters"),
    ] {
        let answers =
            talk(&folder.path().join("articles"), &[call(1, "verify", &json!({ "draft": draft }))]);
        let result = &answers[0]["result"];
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(result["isError"] == true && text.contains(cause), "{draft:?}: {text}");
    }
}

#[test]
fn huge_messages_and_answers_out_of_order_do_not_end_the_session() {
    let folder = folder();
    let long = "The ferry returns in June. ".repeat(40_000);
    let lines = [
        json!({ "jsonrpc": "2.0", "id": 99, "result": {} }).to_string(),
        call(1, "verify", &json!({ "draft": long })),
        request(2, "initialize", &json!({})),
        "[".repeat(100_000),
        format!("\"{}", "x".repeat(65 << 20)),
        json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 7 } }).to_string(),
        request(3, "ping", &json!({})),
    ];
    let answers = talk(&folder.path().join("articles"), &lines);
    let ids: Vec<&Json> = answers.iter().map(|a| &a["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!(2), &Json::Null, &Json::Null, &json!(3)]);
    assert!(answers[2]["error"].is_object() && answers[3]["error"].is_object());
    assert!(answers[4]["result"].is_object());
}

#[test]
fn addresses_are_fetched_only_if_the_server_was_started_for_it() {
    let folder = folder();
    let articles = folder.path().join("articles");
    let lines: Vec<String> = [
        call(1, "quotes", &json!({ "sources": ["http://127.0.0.1:9/story"] })),
        call(2, "verify", &json!({ "path": "http://127.0.0.1:9/draft" })),
        call(3, "quotes", &json!({ "sources": ["file:///etc/hostname"] })),
        call(4, "quotes", &json!({ "sources": ["../secret.txt"] })),
        request(5, "tools/list", &json!({})),
    ]
    .into();
    let said = |answer: &Json| answer["result"]["content"][0]["text"].as_str().unwrap().to_owned();
    let refused = talk(&articles, &lines);
    for answer in &refused[..3] {
        assert!(said(answer).contains("start the server with --fetch"), "{answer}");
    }
    let allowed = talk_with(&["--fetch"], &articles, &lines);
    // With `--fetch`, addresses of private networks and `file:` addresses are still refused.
    for answer in &allowed[..4] {
        assert!(answer["result"]["isError"] == true && !said(answer).is_empty(), "{answer}");
    }
    assert!(said(&allowed[1]).contains("private network"), "{}", allowed[1]);
    let is_open =
        |answers: &[Json]| answers[4]["result"]["tools"][0]["annotations"]["openWorldHint"] == true;
    assert!(!is_open(&refused) && is_open(&allowed));
    let tools = allowed[4]["result"]["tools"].as_array().unwrap();
    assert!(tools.iter().all(|t| t["outputSchema"]["type"] == "object"), "{tools:?}");
}
