//! Inputs that are huge, truncated or malformed: as much as possible is read, and a warning reports the rest.

use std::fmt::Write as _;

use nutgraf::read::{self, Ingested, Options};
use serde_json::json;

fn read(name: &str, bytes: &[u8]) -> Ingested {
    read::read(name, bytes, &Options::default())
}

const NEWS: &str =
    "The sluice of Corrin was shut on Monday, because its gate no longer holds the water back.";

/// Subtitles that end anywhere: the speech before the end is read, and no time or mark is read as speech.
#[test]
fn half_of_the_subtitles() {
    let mut whole = String::from("WEBVTT\n\n");
    for n in 0..40 {
        writeln!(
            whole,
            "00:{n:02}.000 --> 00:{n:02}.900\n<v Ada Lorne>The gate number {n} is shut.\n"
        )
        .unwrap_or_default();
    }
    let first = whole.find("0 is shut").map_or(0, |at| at + 1);
    for end in (first..whole.len()).step_by(23) {
        let found = read("a.vtt", whole.as_bytes().get(..end).unwrap_or_default());
        let text = found.articles.first().map_or("", |a| &a.text);
        assert!(text.contains("The gate number 0"), "cut at {end}: {text:?}");
        assert!(!text.contains("-->") && !text.contains("<v"), "cut at {end}: {text:?}");
    }
}

/// Forty megabytes of attachments cost the message nothing, and each of them is reported.
#[test]
fn a_mail_of_forty_megabytes_of_attachments() {
    let line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n";
    let attachment = |n: usize| {
        format!(
            "--b\nContent-Type: application/octet-stream; name=\"plan{n}.bin\"\nContent-Disposition: attachment; \
             filename=\"plan{n}.bin\"\nContent-Transfer-Encoding: base64\n\n{}\n",
            line.repeat((10 << 20) / line.len())
        )
    };
    let mut mail = format!(
        "From: Coast Wire <n@wire.example>\nSubject: Sluice shut\nDate: Mon, 9 Mar 2026 18:30:00 +0100\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{NEWS}\n"
    );
    (0..4).for_each(|n| mail.push_str(&attachment(n)));
    mail.push_str("--b--\n");
    let found = read("a.eml", mail.as_bytes());
    assert_eq!(found.articles.len(), 1, "{:?}", found.warnings);
    assert!(found.articles[0].text.contains(NEWS) && found.articles[0].text.len() < 4 * NEWS.len());
    let said: String = found.warnings.iter().map(|w| w.message.as_str()).collect();
    for n in 0..4 {
        assert!(said.contains(&format!("plan{n}.bin")), "{said}");
    }
}

/// A mailbox that ends in the middle of a message, a header or an encoded part.
#[test]
fn a_mailbox_cut_in_the_middle() {
    let message = |n: usize| {
        format!(
            "From a@wire.example Mon Mar  9 18:30:0{n} 2026\nFrom: Coast Wire <n@wire.example>\nSubject: Sluice {n}\nMIME-Version: 1.0\n\
             Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: quoted-printable\n\n{NEWS} It is number {n}, caf=C3=A9.\n--b\nContent-Type: text/html\n\n<p>{NEWS} It is \
             number {n}.</p>\n--b--\n\n"
        )
    };
    let whole: String = (0..5).map(message).collect();
    let complete = message(0).len() * 3;
    for end in (complete..whole.len()).step_by(13) {
        let found = read("a.mbox", whole.as_bytes().get(..end).unwrap_or_default());
        assert!(3 <= found.articles.len(), "cut at {end}: {:?}", found.warnings);
        for n in 0..3 {
            assert!(
                found.articles.iter().any(|a| a.text.contains(&format!("It is number {n}"))),
                "{n}, cut at {end}"
            );
        }
    }
}

/// Ten thousand columns: the ones with a known name are read.
#[test]
fn a_table_of_ten_thousand_columns() {
    let columns: Vec<String> = (0..10_000)
        .map(|n| match n {
            17 => "title".to_owned(),
            4_999 => "text".to_owned(),
            _ => format!("c{n}"),
        })
        .collect();
    let cells: Vec<String> = (0..10_000)
        .map(|n| match n {
            17 => "Sluice shut".to_owned(),
            4_999 => format!("\"{NEWS}\""),
            _ => n.to_string(),
        })
        .collect();
    for separator in [",", ";", "\t"] {
        let table = format!("{}\n{}\n", columns.join(separator), cells.join(separator));
        let found = read("a.csv", table.as_bytes());
        let said = format!("{separator:?}: {:?}", found.warnings);
        let is_read =
            found.articles.iter().any(|a| a.title == "Sluice shut" && a.text.contains(NEWS));
        assert!(is_read || found.warnings.iter().any(|w| w.message.contains("column")), "{said}");
    }
}

/// JSON in other shapes: the articles in it are found, or a warning says that there are none.
#[test]
fn json_of_other_shapes() {
    let article = json!({"title": "Sluice shut", "text": NEWS});
    for (name, value, is_read) in [
        ("an article in an object in a list", json!([{"article": article}]), true),
        ("data of a response", json!({"status": "ok", "data": {"items": [article]}}), true),
        ("a page of results", json!({"count": 1, "results": [article], "next": null}), true),
        ("lists in lists", json!([[article]]), true),
        ("articles by their ids", json!({"a1": article, "a2": article}), true),
        ("a number", json!(17), false),
        ("a text", json!(NEWS), false),
        ("nothing", json!(null), false),
        ("an empty list", json!([]), false),
        ("a list of numbers", json!([1, 2, 3]), false),
        ("fields that mean nothing", json!({"x": 1, "y": {"z": [true, false]}}), false),
    ] {
        let found = read("a.json", value.to_string().as_bytes());
        let has_text = found.articles.iter().any(|a| a.text.contains(NEWS));
        assert!(!is_read || has_text, "{name}: {:?} {:?}", found.articles, found.warnings);
        assert!(
            has_text || !found.warnings.is_empty(),
            "{name} is dropped in silence: {:?}",
            found.articles
        );
    }
}
