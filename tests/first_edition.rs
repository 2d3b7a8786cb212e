//! Files of the first version of the program still work: its archive, a briefing, a manifest, a configuration.
//!
//! The files under `tests/first_edition/` were made by that version, the briefing and the manifest from `seeds/`; they
//! are never regenerated.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nutgraf::archive::{Archive, Error};
use nutgraf::briefing::Briefing;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/first_edition").join(name)
}

fn run(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    let done = command.env_clear().env("HOME", "/nonexistent").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

#[test]
fn the_archive_is_brought_up_to_date_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.sqlite");
    std::fs::copy(file("archive.sqlite"), &path).unwrap();
    let archive = Archive::existing(&path).unwrap();
    let found = archive.all().unwrap();
    assert_eq!((found.articles.len(), found.damaged.len()), (12, 0));
    assert_eq!(archive.stats().unwrap().articles, 12);
    assert_eq!(archive.check().findings, Vec::<String>::new());
    let last = archive.last_briefing().unwrap().unwrap();
    assert_eq!(
        archive.changed_after(last.seen).unwrap().articles,
        [],
        "nothing old is told as news"
    );
    let (_, json) = archive.briefings(1).unwrap().pop().unwrap();
    let told: Briefing = serde_json::from_str(&json).unwrap();
    assert!(!told.stories.is_empty());
    drop(archive);
    let reopened = rusqlite::Connection::open(&path).unwrap();
    let version =
        |name: &str| reopened.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert!(2 < version("user_version"));
}

/// Data that the first version stored is kept: quotations in its articles, the course of its stories.
#[test]
fn the_archive_remembers_what_it_never_was_told_to_keep() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.sqlite");
    std::fs::copy(file("archive.sqlite"), &path).unwrap();
    let archive = path.to_str().unwrap();
    let (code, out, err) = run(&["archive", "people", "-t", "json", "--archive", archive]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("extracted the quotations of 12 articles"), "{err}");
    let people: serde_json::Value = serde_json::from_str(&out).unwrap();
    let name = people[0]["name"].as_str().unwrap();
    let surname = name.split(' ').next_back().unwrap();
    let (code, out, err) =
        run(&["archive", "quotes", "--speaker", surname, "-t", "jsonl", "--archive", archive]);
    assert_eq!(code, 0, "{err}");
    assert!(!err.contains("extracted the quotations"), "read once only: {err}");
    let known = Archive::existing(&path).unwrap();
    let mut n = 0;
    for line in out.lines() {
        let said: serde_json::Value = serde_json::from_str(line).unwrap();
        for excerpt in said["excerpts"].as_array().unwrap() {
            let article = known.get(excerpt["article"].as_str().unwrap()).unwrap().unwrap();
            let [start, end] = ["start", "end"].map(|key| excerpt[key].as_u64().unwrap() as usize);
            let text: String = article.text.chars().skip(start).take(end - start).collect();
            assert_eq!(text, excerpt["text"].as_str().unwrap());
            n += 1;
        }
    }
    assert!(0 < n && people[0]["quotes"].as_u64().unwrap() <= n);
    let (_, json) = known.briefings(1).unwrap().pop().unwrap();
    let told: Briefing = serde_json::from_str(&json).unwrap();
    let (code, out, err) =
        run(&["archive", "story", &told.stories[0].id, "-t", "json", "--archive", archive]);
    assert_eq!(code, 0, "{err}");
    let course: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(course["tellings"].as_array().unwrap().len(), 1);
    assert_eq!(known.waiting().unwrap(), [], "old briefings wait for no output");
}

/// An upgrade step that fails leaves the file as the first version wrote it.
#[test]
fn an_upgrade_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.sqlite");
    std::fs::copy(file("archive.sqlite"), &path).unwrap();
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch("ALTER TABLE article ADD COLUMN authority INTEGER").unwrap();
    drop(old);
    assert!(matches!(Archive::existing(&path), Err(Error::Database { .. })));
    let old = rusqlite::Connection::open(&path).unwrap();
    let number = |sql: &str| old.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("SELECT user_version FROM pragma_user_version"), 2);
    assert_eq!(number("SELECT count(*) FROM article"), 12);
}

/// Two pages are now read without a byline and an advertisement that the first version mistook for text. `verify`
/// reports that, and nevertheless finds every word of the briefing in them.
#[test]
fn the_briefing_is_proved_by_the_articles() {
    let briefing = file("briefing.json");
    let arguments =
        ["verify", "--allow-changed", "-t", "json", briefing.to_str().unwrap(), "seeds"];
    let (code, out, err) = run(&arguments);
    assert_eq!(code, 0, "{out}{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "{out}");
    for finding in findings {
        assert_eq!(finding["code"], "changed_source", "{out}");
        assert!(finding["pointer"].as_str().unwrap().starts_with("/articles/"), "{out}");
    }
    let (code, ..) = run(&["verify", briefing.to_str().unwrap(), "seeds"]);
    assert_eq!(code, 1, "a changed text is a fault unless it is expected");
}

/// Words that no article contains are a fault even if the article is read differently now.
#[test]
fn a_forged_word_is_found_in_an_article_that_is_read_otherwise() {
    let text = std::fs::read_to_string(file("briefing.json")).unwrap();
    let forged = text.replace("brought 212 passengers ashore", "brought 213 passengers ashore");
    assert_ne!(text, forged);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("briefing.json");
    std::fs::write(&path, forged).unwrap();
    let (code, out, err) = run(&["verify", path.to_str().unwrap(), "seeds"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("213"), "{out}");
}

#[test]
fn the_configuration_means_what_it_meant() {
    let config = file("nutgraf.toml");
    let (code, out, err) = run(&["config", "--set", "--config", config.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(&config).unwrap();
    let written: toml::Table = text.parse().unwrap();
    let keys =
        written.values().filter_map(toml::Value::as_table).map(toml::Table::len).sum::<usize>();
    assert!(keys <= out.lines().count(), "{keys} keys are set, shown are: {out}");
}

#[test]
fn the_briefing_is_made_again_or_what_changed_is_named() {
    let manifest = file("manifest.json");
    let (code, out, err) =
        run(&["brief", "-t", "json", "--again", manifest.to_str().unwrap(), "seeds"]);
    if code == 0 {
        let first: Briefing =
            serde_json::from_str(&std::fs::read_to_string(file("briefing.json")).unwrap()).unwrap();
        let again: Briefing = serde_json::from_str(&out).unwrap();
        let sentences = |b: &Briefing| -> Vec<String> {
            b.stories
                .iter()
                .flat_map(|s| s.summary.iter().map(|s| s.excerpt.text.clone()))
                .collect()
        };
        assert_eq!(sentences(&again), sentences(&first));
    } else {
        assert_eq!(code, 2, "{err}");
        let names = ["has another text", "is missing", "chooses otherwise"];
        assert!(names.iter().any(|named| err.contains(named)), "{err}");
    }
}
