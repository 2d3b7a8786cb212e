//! The demo page produces the same output as the program: the same bytes for the same files.
//!
//! The module of the page is called in the same way as by the page: with one message that consists of a line of JSON
//! and the bytes of the files.
//! `.ci/browser` repeats this in a browser.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

const NOW: &str = "2026-03-11T06:00:00Z";

/// Reads the files of a folder as the page receives them: without the folder's name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Sends a request with files, followed by the draft if there is one.
fn ask(mut request: Json, files: &[(String, Vec<u8>)], draft: Option<(&str, &str)>) -> Json {
    let list = files.iter().map(|(name, bytes)| json!({"name": name, "length": bytes.len()}));
    request["files"] = list.collect();
    request["now"] = NOW.into();
    if let Some((name, text)) = draft {
        request["draft"] = json!({"name": name, "length": text.len()});
    }
    let mut message = request.to_string().into_bytes();
    message.push(b'\n');
    message.extend(files.iter().flat_map(|(_, bytes)| bytes));
    message.extend(draft.into_iter().flat_map(|(_, text)| text.bytes()));
    serde_json::from_slice(&nutgraf_demo::answer(&message)).unwrap()
}

fn program(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    let output = command.args(["-q"]).args(args).env("XDG_CONFIG_HOME", "/nonexistent").output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn the_briefing_of_a_folder_is_that_of_the_program() {
    let mut files = files(Path::new("seeds"));
    for reversed in [false, true] {
        if reversed {
            files.reverse();
        }
        let made = ask(json!({"formats": ["html", "md", "text"]}), &files, None);
        for format in ["html", "md", "text"] {
            let expected = program(&["brief", "--now", NOW, "-t", format, "seeds"]);
            assert!(1_000 < expected.len());
            assert_eq!(made["pages"][format], expected, "{format}");
        }
    }
}

#[test]
fn words_and_a_topic_are_those_of_the_program() {
    let made = ask(
        json!({"formats": ["md"], "words": 150, "topic": "water companies"}),
        &files(Path::new("seeds")),
        None,
    );
    let options = ["--words", "150", "--topic", "water companies"];
    let expected =
        program(&[&["brief", "--now", NOW, "-t", "md"], &options[..], &["seeds"]].concat());
    assert!(expected.contains("Norvia"), "{expected}");
    assert_eq!(made["pages"]["md"], expected);
}

#[test]
fn the_report_on_a_draft_is_that_of_the_program() {
    let draft = "Tomas Brandvik said: \"It is far too late to speak of blame.\"\n\n\
        \"Fog does not cause collisions,\" said Ines Halloran-Vik. The ferry had 213 passengers on board.\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draft.md");
    fs::write(&file, draft).unwrap();
    let articles = files(Path::new("seeds"));
    for claims in [false, true] {
        let report = ask(json!({"claims": claims}), &articles, Some(("draft.md", draft)));
        let file = file.to_str().unwrap();
        let mut args = vec!["verify", file, "seeds"];
        if claims {
            args.push("--claims");
        }
        let expected = program(&args);
        assert!(expected.contains("altered"), "{expected}");
        assert_eq!(report["report"].as_str().unwrap().trim_end(), expected.trim_end());
        assert_eq!(report["holds"], false);
    }
}

#[test]
fn five_hundred_files_and_files_without_an_article() {
    let article = |n: usize| {
        let text = format!(
            "Bridge {n} closed\n\nThe council closed bridge number {n} over the Kelm on Monday, the mayor said.\n"
        );
        (format!("{n:03}.txt"), text.into_bytes())
    };
    let mut files: Vec<_> = (0..500).map(article).collect();
    files.push(("photo.png".to_owned(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()));
    files.push(("empty.txt".to_owned(), Vec::new()));
    let made = ask(json!({"formats": ["md"]}), &files, None);
    assert_eq!(made["articles"], 500);
    let warnings = made["warnings"].to_string();
    assert!(warnings.contains("photo.png") && warnings.contains("empty.txt"), "{warnings}");
    let none = ask(json!({"formats": ["md"]}), &files[500..], None);
    assert!(none["error"].as_str().unwrap().contains("photo.png"), "{none}");
}
