//! Tests the page as a browser shows it: on a phone and a desktop, in light and dark mode.
//!
//! Requires Chromium. Without it the test reports that it was skipped; it fails if `NUTGRAF_BROWSER` names a browser
//! that does not exist. The page is loaded into frames of a test page, which measures them and records the results.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Options};
use serde_json::Value as Json;

/// Measures the page in four frames.
const MEASURE: &str = include_str!("browser/measure.html");

/// The minimum contrast of text, as required by WCAG 2 (level AA).
const CONTRAST: f64 = 4.5;

#[test]
fn the_page_reads_well_in_a_browser() {
    let Some(browser) = browser() else {
        println!("skipped: no chromium found (install it, or name it in NUTGRAF_BROWSER)");
        return;
    };
    let briefing = briefing();
    let page = render::render(&briefing, Format::Html, &Options::default()).unwrap();
    let frames = measured(&browser, &page);
    assert_eq!(frames.len(), 4, "{frames:?}");
    for frame in &frames {
        no_overflow(frame);
        headings_and_quotes(frame, &briefing);
        links(frame, &briefing);
        no_script(frame);
        contrast(frame);
    }
    let brightness = |scheme: &str| {
        let frame = frames.iter().find(|f| f["scheme"] == scheme).unwrap();
        frame["brightness"].as_f64().unwrap()
    };
    assert!(brightness("light") > 0.8 && brightness("dark") < 0.1);
}

/// Returns the sample, with a word that is wider than any phone and a headline that is a script.
fn briefing() -> Briefing {
    let mut briefing: Briefing =
        serde_json::from_str(include_str!("../templates/sample.json")).unwrap();
    let story = &mut briefing.stories[1];
    let script =
        "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    script.clone_into(&mut story.headline.text);
    story.summary[0].excerpt.text = "Donaudampfschifffahrt".repeat(12);
    briefing
}

fn no_overflow(frame: &Json) {
    let number = |key: &str| frame[key].as_f64().unwrap();
    assert!(number("scrollWidth") <= number("width"), "{frame}");
    assert_eq!(frame["cut"], Json::Array(Vec::new()), "elements that reach past the edge");
}

fn headings_and_quotes(frame: &Json, briefing: &Briefing) {
    let texts = |key: &str| -> Vec<&str> {
        frame[key].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect()
    };
    let mut headings = vec![briefing.title.as_str()];
    headings.extend(briefing.stories.iter().map(|s| s.headline.text.as_str()));
    headings.push("Sources");
    assert_eq!(texts("headings"), headings);
    let quotes: Vec<_> = briefing.stories.iter().flat_map(|s| &s.quotes).collect();
    assert_eq!(texts("quotes").len(), quotes.len());
    for (shown, quote) in texts("quotes").iter().zip(quotes) {
        for part in &quote.excerpts {
            // A comma before the reporter's own words is not shown.
            assert!(shown.contains(part.text.trim_end_matches(',')), "{shown}");
        }
    }
}

fn links(frame: &Json, briefing: &Briefing) {
    let links: Vec<&str> =
        frame["links"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    for url in briefing.articles.iter().filter_map(|a| a.url.as_deref()) {
        assert!(links.contains(&url), "{url} is not linked to");
        let to_words = format!("{url}#:~:text=");
        assert!(links.iter().any(|l| l.starts_with(&to_words)), "no link to words of {url}");
    }
    assert_eq!(frame["dangling"], Json::Array(Vec::new()), "links to nothing in the page");
}

fn no_script(frame: &Json) {
    assert_eq!(frame["scripts"], 0, "{frame}");
    assert_eq!(frame["fetched"], 0, "{frame}");
    assert_eq!(frame["title"], "The Norrhamn Briefing");
}

fn contrast(frame: &Json) {
    for (selector, ratio) in frame["contrast"].as_object().unwrap() {
        let ratio = ratio.as_f64().unwrap();
        assert!(ratio >= CONTRAST, "{selector}: {ratio} in {}", frame["scheme"]);
    }
}

/// Opens the page in the browser and returns the measurements, one object per frame.
fn measured(browser: &Path, page: &str) -> Vec<Json> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("measure.html");
    let literal = serde_json::to_string(page).unwrap().replace('<', "\\u003c");
    std::fs::write(&file, MEASURE.replace("\"PAGE\"", &literal)).unwrap();
    let output = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--window-size=2000,1200",
        ])
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .args(["--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let dom = dom_query::Document::from(String::from_utf8(output.stdout).unwrap());
    let found = dom.select("#result").text().to_string();
    assert!(!found.is_empty(), "the browser measured nothing");
    serde_json::from_str(&found).unwrap()
}

/// Returns the browser named by the variable, or the first of the usual names on the path.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("NUTGRAF_BROWSER") {
        let named = PathBuf::from(named);
        assert!(named.exists(), "NUTGRAF_BROWSER names no file: {}", named.display());
        return Some(named);
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name)));
    found.into_iter().find(|candidate| candidate.is_file())
}
