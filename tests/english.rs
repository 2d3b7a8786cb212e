//! An alarm for comments that read like a translation: the frequency of words that native engineers use rarely, per
//! 1,000 comment lines.
//!
//! The limits leave room above the frequencies in well-written Rust projects ("what" 0 to 4, "where" 2 to 20, "stand"
//! 0, "tell" 0 to 1, "asked" 0). In a comment that trips the alarm, "what …" usually replaces a noun of the field,
//! "where" replaces "if", or "stands" replaces "is".
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The words, and how often they may occur in 1,000 comment lines.
const LIMITS: &[(&str, &[&str], usize)] = &[
    ("what", &["what"], 20),
    ("where", &["where"], 25),
    ("stand", &["stand", "stands"], 4),
    ("tell", &["tell", "tells", "told"], 5),
    ("asked", &["asked"], 4),
];

#[test]
fn comments_use_the_words_of_the_field() {
    let (mut lines, mut counts) = (0, BTreeMap::new());
    count(Path::new("src"), &mut lines, &mut counts);
    assert!(lines > 5_000, "the sources have comments: {lines}");
    for (name, words, limit) in LIMITS {
        let found: usize = words.iter().map(|word| counts.get(*word).copied().unwrap_or(0)).sum();
        let most = limit * lines / 1_000;
        assert!(found <= most, "{name:?} occurs {found} times in {lines} lines, at most {most}");
    }
}

fn count(folder: &Path, lines: &mut usize, counts: &mut BTreeMap<String, usize>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count(&path, lines, counts);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for comment in text.lines().filter_map(|line| line.trim_start().strip_prefix("//")) {
                *lines += 1;
                let words = comment.split(|c: char| !c.is_alphanumeric());
                for word in words.filter(|word| !word.is_empty()) {
                    *counts.entry(word.to_lowercase()).or_insert(0) += 1;
                }
            }
        }
    }
}
