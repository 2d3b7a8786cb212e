//! Tests that the archive keeps its contents: round trips, versions, crashes, files of other programs.
#![cfg(feature = "archive")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::archive::{Archive, Authority, Error, FeedState, Found, Put, Stored};
use nutgraf::article::{Article, ArticleId, Block, BlockKind, Published};
use nutgraf::briefing::{Briefing, Excerpt, LeftOut, StoryEntry, SummarySentence};
use nutgraf::language::Language;
use nutgraf::span::{CodePoints, Span};
use proptest::prelude::*;
use tempfile::TempDir;

fn new_archive() -> (TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(&folder.path().join("archive.db")).unwrap();
    (folder, archive)
}

fn article(id: &str, text: &str) -> Article {
    Article {
        id: ArticleId::given(id),
        origin: format!("{id}.html"),
        title: format!("Title of {id}"),
        source: Some("The Harbour Gazette".to_owned()),
        published: Published::parse("2026-03-10T09:30:00+01:00"),
        lang: Language::ENGLISH,
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        text: text.to_owned(),
        ..Article::default()
    }
}

fn put(archive: &mut Archive, article: &Article, now: i64) -> Put {
    archive
        .put(&[Stored { article, raw: None, feed: None, authority: Authority::Page }], now)
        .unwrap()
}

/// Returns a briefing of one story that shows `excerpt` of `article`.
fn briefing(article: &Article, excerpt: &str, generated: &str) -> Briefing {
    let start = article.text.find(excerpt).unwrap();
    let start = CodePoints::new(&article.text).from_byte(start);
    let excerpt = Excerpt {
        article: article.id.to_string(),
        start,
        end: start + excerpt.chars().count(),
        text: excerpt.to_owned(),
    };
    let story = StoryEntry {
        id: "story".to_owned(),
        headline: serde_json::from_value(
            serde_json::json!({ "article": article.id.to_string(), "text": article.title }),
        )
        .unwrap(),
        sources: vec![article.id.to_string()],
        summary: vec![SummarySentence { excerpt, ..serde_json::from_str(EMPTY_SENTENCE).unwrap() }],
        ..serde_json::from_str(EMPTY_STORY).unwrap()
    };
    Briefing {
        generated: Published::parse(generated).unwrap(),
        left_out: LeftOut::default(),
        stories: vec![story],
        ..serde_json::from_str(EMPTY_BRIEFING).unwrap()
    }
}

const EMPTY_SENTENCE: &str = r#"{"article":"","start":0,"end":0,"text":""}"#;
const EMPTY_STORY: &str = r#"{"id":"","topic":null,"headline":{"article":"","text":""},"status":"new","sources":[],
    "outlets":[],"summary":[],"quotes":[],"differences":[],"also":[]}"#;
const EMPTY_BRIEFING: &str = r#"{"schema":"nutgraf/briefing/1","title":"","generated":"2026-03-10","lang":"en","words":0,
    "budget":null,"intro":null,"outro":null,"stories":[],"articles":[],"left_out":{"stories":0,"articles":0},
    "dropped":[]}"#;

#[test]
fn what_was_put_is_got() {
    let (folder, mut archive) = new_archive();
    let mut a = article("a", "Two ships collided. »Niemand« was hurt — 北京.");
    a.url = Some("https://gazette.example/a".to_owned());
    a.place = Some("PORT ANSELM, Norvia".to_owned());
    archive
        .put(
            &[Stored {
                article: &a,
                raw: Some(b"<p>raw</p>"),
                feed: Some("feed"),
                authority: Authority::Own,
            }],
            10,
        )
        .unwrap();
    drop(archive);
    let archive = Archive::existing(&folder.path().join("archive.db")).unwrap();
    assert_eq!(archive.get("a").unwrap(), Some(a.clone()));
    assert_eq!(archive.all().unwrap(), Found { articles: vec![a], damaged: Vec::new() });
    assert_eq!(archive.raw("a").unwrap().as_deref(), Some(&b"<p>raw</p>"[..]));
    assert_eq!(archive.get("b").unwrap(), None);
}

#[test]
fn a_changed_article_keeps_its_earlier_version_and_a_teaser_replaces_nothing() {
    let (_folder, mut archive) = new_archive();
    assert_eq!(put(&mut archive, &article("a", "First."), 10), Put { new: 1, ..Put::default() });
    assert_eq!(
        put(&mut archive, &article("a", "First."), 20),
        Put { unchanged: 1, ..Put::default() }
    );
    assert_eq!(
        put(&mut archive, &article("a", "Second."), 30),
        Put { changed: 1, ..Put::default() }
    );
    let teaser = Article { teaser: true, ..article("a", "Sec…") };
    assert_eq!(put(&mut archive, &teaser, 40), Put { unchanged: 1, ..Put::default() });
    assert_eq!(archive.get("a").unwrap().unwrap().text, "Second.");
    assert_eq!(archive.stats().unwrap().earlier_versions, 1);
    let ids = |since, until| {
        let found = archive.changed_between(since, until).unwrap().articles;
        found.iter().map(|a| a.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(0, 29), Vec::<String>::new());
    assert_eq!(ids(29, 30), ["a"]);
}

#[test]
fn search_takes_words_and_phrases_and_no_operators() {
    let (_folder, mut archive) = new_archive();
    put(&mut archive, &article("a", "The ferry met the freighter in fog."), 1);
    put(&mut archive, &article("b", "The freighter met the ferry's owner at the café."), 1);
    let ids = |archive: &Archive, query: &str| {
        let hits = archive.search(query, 10).unwrap();
        hits.into_iter().map(|h| h.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&archive, "fog"), ["a"]);
    assert_eq!(ids(&archive, "cafe"), ["b"]);
    assert_eq!(ids(&archive, "\"met the freighter\""), ["a"]);
    for odd in ["", "\"", "NEAR(", "a* OR -b", "title:fog", "'; DROP TABLE article", "()", "\"\"\""]
    {
        ids(&archive, odd);
    }
    put(&mut archive, &article("a", "Nothing of the kind."), 2);
    assert_eq!(ids(&archive, "fog"), Vec::<String>::new(), "the index follows a changed text");
}

#[test]
fn a_briefing_is_remembered_with_what_it_showed_and_told() {
    let (_folder, mut archive) = new_archive();
    let a = article("a", "Ü. The toll is 31. It may rise.");
    put(&mut archive, &a, 10);
    assert_eq!(archive.last_briefing().unwrap(), None);
    archive.record(&briefing(&a, "The toll is 31.", "2026-03-10T06:00:00Z"), 10, 10).unwrap();
    let last = archive.last_briefing().unwrap().unwrap();
    assert_eq!((last.covers, last.generated), (10, 1_773_122_400));
    assert_eq!(archive.shown_since(0).unwrap()[0].text, "The toll is 31.");
    assert_eq!(archive.told_since(0).unwrap()[0].story, "story");
    assert_eq!(archive.told_since(last.generated).unwrap(), []);
}

#[test]
fn a_correction_is_reported_once_and_a_moved_sentence_is_none() {
    let (_folder, mut archive) = new_archive();
    let a = article("a", "The toll is 31. It may rise.");
    put(&mut archive, &a, 10);
    archive.record(&briefing(&a, "The toll is 31.", "2026-03-10T06:00:00Z"), 10, 10).unwrap();
    assert_eq!(archive.revisions().unwrap(), []);
    put(&mut archive, &article("a", "Update. The toll is 31. It may rise."), 20);
    assert_eq!(archive.revisions().unwrap(), [], "the sentence has only moved");
    let corrected = article("a", "Update. The toll is 34. It may rise.");
    put(&mut archive, &corrected, 30);
    let revisions = archive.revisions().unwrap();
    assert_eq!((revisions.len(), revisions[0].text.as_str()), (1, "The toll is 31."));
    archive
        .record(&briefing(&corrected, "The toll is 34.", "2026-03-11T06:00:00Z"), 30, 30)
        .unwrap();
    assert_eq!(archive.revisions().unwrap(), [], "it was reported");
}

#[test]
fn pruning_takes_old_articles_and_leaves_what_was_shown() {
    let (_folder, mut archive) = new_archive();
    let old = article("old", "Old news.");
    put(&mut archive, &old, 10);
    put(&mut archive, &article("new", "New news."), 20);
    archive.record(&briefing(&old, "Old news.", "2026-03-10T06:00:00Z"), 10, 10).unwrap();
    assert_eq!(archive.prune(20, false).unwrap().articles, 1);
    assert_eq!(archive.get("old").unwrap(), None);
    assert_eq!(archive.shown_since(0).unwrap().len(), 1);
    assert_eq!(archive.search("old", 9).unwrap(), []);
    assert_eq!(archive.check().findings, Vec::<String>::new());
}

#[test]
fn what_is_known_of_a_feed_is_kept() {
    let (_folder, mut archive) = new_archive();
    assert_eq!(archive.feed_state("https://a.example/feed").unwrap(), None);
    let state = FeedState {
        etag: Some("\"x\"".to_owned()),
        failures: 2,
        checked: 7,
        body: Some(b"<rss/>".to_vec()),
        ..FeedState::default()
    };
    archive.set_feed_state("https://a.example/feed", &state).unwrap();
    assert_eq!(archive.feed_state("https://a.example/feed").unwrap(), Some(state));
}

#[test]
fn files_of_others_and_of_the_future_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    assert!(matches!(Archive::existing(&path), Err(Error::Missing { .. })));
    std::fs::write(&path, "this is no database, it is a letter to the editor".repeat(99)).unwrap();
    assert!(matches!(Archive::create(&path), Err(Error::Foreign { .. })));
    std::fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Archive::create(&path), Err(Error::Foreign { .. })));
    std::fs::remove_file(&path).unwrap();
    drop(Archive::create(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Archive::create(&path).unwrap_err();
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    assert!(matches!(
        Archive::create(&folder.path().join("no/such/folder")),
        Err(Error::Database { .. })
    ));
}

/// Returns a file in version 1 of the schema, with an article and a briefing.
fn version_1(path: &std::path::Path) -> rusqlite::Connection {
    let old = rusqlite::Connection::open(path).unwrap();
    old.execute_batch(include_str!("../src/archive/schema/1.sql")).unwrap();
    old.execute_batch(
        "PRAGMA application_id = 0x6E757467; PRAGMA user_version = 1;
         INSERT INTO article VALUES (1, 'a', 'o', NULL, 'T', NULL, NULL, NULL, NULL, 'en', 0, 'Old.', '[]', 'x', NULL, 5, 5);
         INSERT INTO briefing VALUES (1, 7, 7, 'B', '{}');",
    )
    .unwrap();
    old
}

#[test]
fn an_older_file_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    drop(version_1(&path));
    let mut archive = Archive::existing(&path).unwrap();
    assert_eq!(archive.get("a").unwrap().unwrap().text, "Old.");
    let seen = archive.last_briefing().unwrap().unwrap().seen;
    assert_eq!(archive.changed_after(seen).unwrap(), Found::default());
    // An article that arrives late counts as new, regardless of the clock.
    put(&mut archive, &article("late", "Late."), 1);
    assert_eq!(archive.changed_after(seen).unwrap().articles.len(), 1);
}

#[test]
fn an_upgrade_is_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    // The step adds a column to one table, then to another that already has it, so it fails half-way.
    let old = version_1(&path);
    old.execute_batch("ALTER TABLE briefing ADD COLUMN seen INTEGER").unwrap();
    drop(old);
    assert!(matches!(Archive::existing(&path), Err(Error::Database { .. })));
    let file = rusqlite::Connection::open(&path).unwrap();
    let number = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("SELECT user_version FROM pragma_user_version"), 1);
    assert_eq!(
        number("SELECT count(*) FROM pragma_table_info('article') WHERE name = 'change'"),
        0
    );
}

#[test]
fn many_writers_and_readers_do_not_lose_anything() {
    let (folder, archive) = new_archive();
    drop(archive);
    let path = folder.path().join("archive.db");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut archive = Archive::create(path).unwrap();
                for n in 0..25 {
                    put(&mut archive, &article(&format!("{writer}-{n}"), "Some text."), 1);
                    assert!(archive.search("text", 1).unwrap().len() == 1);
                }
            });
        }
    });
    let archive = Archive::existing(&path).unwrap();
    assert_eq!(archive.stats().unwrap().articles, 100);
    assert_eq!(archive.check().findings, Vec::<String>::new());
}

#[test]
fn damage_to_a_text_is_found() {
    let (folder, mut archive) = new_archive();
    put(&mut archive, &article("a", "Sound."), 1);
    let path = folder.path().join("archive.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("UPDATE article SET text = 'Forged.'").unwrap();
    assert_eq!(archive.check().findings, ["the text of article a is not what was stored"]);
}

/// Returns an archive with two rows in each table, and its file.
fn full_archive() -> (TempDir, std::path::PathBuf) {
    let (folder, mut archive) = new_archive();
    for (n, (id, speaker, role)) in
        [("a", "Ilse Corvan", "harbour master"), ("b", "Tomas Reuel", "mayor")].iter().enumerate()
    {
        let first = format!("The ferry of pier {n} is late.");
        let text = format!("{first}\n\n\"The tide was low all night,\" said {role} {speaker}.");
        for (text, now) in [(format!("Early. {text}"), 10), (text, 20)] {
            let a = article(id, &text);
            let url = format!("https://post.example/{id}");
            let a = Article { url: Some(url), ..a };
            let stored = Stored {
                article: &a,
                raw: Some(b"<p>page</p>"),
                feed: Some("https://post.example/feed"),
                authority: Authority::Own,
            };
            archive.put(&[stored], now).unwrap();
            if now == 20 {
                let generated = format!("2026-03-1{n}T06:00:00Z");
                let mut made = briefing(&a, &first, &generated);
                made.stories[0].id = format!("story {id}");
                let outputs = ["one".to_owned(), "two".to_owned()];
                archive.record_for(&made, 20, 20, &outputs).unwrap();
            }
        }
        let state = FeedState { body: Some(b"<rss/>".to_vec()), ..FeedState::default() };
        archive.set_feed_state(&format!("https://post.example/{id}/feed"), &state).unwrap();
    }
    for waiting in archive.waiting().unwrap() {
        archive.note_arrived(&waiting, &["part".to_owned()]).unwrap();
    }
    assert_eq!(archive.remember_quotes().unwrap(), 2);
    assert_eq!(archive.check().findings, Vec::<String>::new());
    let path = archive.path().to_owned();
    (folder, path)
}

/// Returns the number of rows that each way of reading an archive returns.
fn read_all(archive: &Archive) -> Vec<usize> {
    let stories = ["story a", "story b"];
    let ids = ["a", "b"];
    vec![
        archive.all().unwrap().articles.len(),
        archive.changed_after(0).unwrap().articles.len(),
        archive.search("ferry", 9).unwrap().len(),
        archive.briefings(9).unwrap().len(),
        archive.told_since(0).unwrap().len(),
        archive.shown_since(0).unwrap().len(),
        archive.waiting().unwrap().len(),
        archive.people(None, 9).unwrap().len(),
        archive.outlets().unwrap().len(),
        ids.iter().map(|id| archive.earlier_texts(id).unwrap().len()).sum(),
        ids.iter().filter(|id| archive.story_of(id).unwrap().is_some()).count(),
        ids.iter().filter(|id| archive.feed_of(id).unwrap().is_some()).count(),
        stories.iter().map(|story| archive.shown_of(story).unwrap().len()).sum(),
        stories.iter().filter(|story| archive.course(story).unwrap().is_some()).count(),
        archive.people_called("Corvan", 9).unwrap().len()
            + archive.people_called("Reuel", 9).unwrap().len(),
        archive.said_by(&archive.people(None, 9).unwrap(), None, 9).unwrap().len(),
    ]
}

/// Returns the text columns of all tables, except those of the word index.
fn text_columns(path: &std::path::Path) -> Vec<(String, String)> {
    let file = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'article\\_text%' ESCAPE '\\' AND c.type = 'TEXT' \
               ORDER BY m.name, c.name";
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_damaged_text_in_any_column_is_found_and_costs_its_row_only() {
    let (_folder, sound) = full_archive();
    let whole = read_all(&Archive::existing(&sound).unwrap());
    let columns = text_columns(&sound);
    assert!(40 < columns.len(), "{columns:?}");
    for (table, column) in columns {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("damaged.db");
        Archive::copy(&sound, &path).unwrap();
        let file = rusqlite::Connection::open(&path).unwrap();
        let sql = format!(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \
             DROP TRIGGER article_reworded; DROP TRIGGER article_changed; \
             UPDATE {table} SET {column} = CAST(x'41ff42' AS TEXT) \
             WHERE {column} IS (SELECT min({column}) FROM {table})"
        );
        file.execute_batch(&sql).unwrap();
        drop(file);
        let mut archive = Archive::existing(&path).unwrap();
        let findings = archive.check().findings;
        let named = format!("its {column} is not text");
        assert!(
            findings.iter().any(|f| f.contains(&named) && f.contains(&table)),
            "{table}.{column}: {findings:?}"
        );
        let left = read_all(&archive);
        let lost = whole.iter().zip(&left).any(|(whole, left)| left < whole);
        assert!(
            !lost
                || !archive.skipped().is_empty()
                || !archive.all().unwrap().damaged.is_empty()
                || "word" == column
                || "sha" == column
                || "url" == column,
            "{table}.{column} is lost in silence: {whole:?} {left:?}"
        );
        archive.last_briefing().unwrap().unwrap();
        archive.revisions().unwrap();
        for id in ["a", "b"] {
            archive.feed_state(&format!("https://post.example/{id}/feed")).unwrap();
        }
        // A new version of the article replaces a damaged row.
        let text = "News of the day.";
        put(&mut archive, &Article { url: None, ..article("a", text) }, 30);
        put(&mut archive, &Article { url: None, ..article("c", text) }, 30);
        assert_eq!(archive.get("c").unwrap().unwrap().text, text);
    }
}

#[test]
fn damage_to_a_record_in_json_is_found() {
    let (_folder, sound) = full_archive();
    for (damage, named) in [
        ("UPDATE briefing SET json = '{}' WHERE key = 1", "the record of briefing 1"),
        ("UPDATE briefing SET json = '' WHERE key = 2", "the record of briefing 2"),
        ("UPDATE briefing SET json = substr(json, 1, 99)", "the record of briefing 1"),
        ("UPDATE quote SET parts = '[[1]]' WHERE article = 'a'", "a quotation of article a"),
        ("UPDATE quote SET parts = 'x' WHERE article = 'b'", "a quotation of article b"),
        ("UPDATE shown SET start = 9, \"end\" = 3 WHERE article = 'a'", "shown of article a"),
        ("UPDATE shown SET start = -1 WHERE article = 'b'", "shown of article b"),
        ("UPDATE article SET blocks = '[]}' WHERE id = 'a'", "the record of article a"),
        ("UPDATE raw SET bytes = x'00'", "the page of article a"),
        ("UPDATE fetched SET body = x'0102' WHERE body IS NOT NULL", "the last answer of"),
        ("UPDATE earlier_version SET text = 'Forged.'", "an earlier text of article a"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("damaged.db");
        Archive::copy(&sound, &path).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(damage).unwrap();
        let archive = Archive::existing(&path).unwrap();
        let findings = archive.check().findings;
        assert!(findings.iter().any(|f| f.contains(named)), "{damage}: {findings:?}");
        read_all(&archive);
        archive.feed_state("https://post.example/a/feed").unwrap();
    }
}

#[test]
fn a_copy_leaves_the_archive_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("x.db"), folder.path().join("copy.db"));
    drop(version_1(&path));
    let before = std::fs::read(&path).unwrap();
    Archive::copy(&path, &copy).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), before, "an older archive is not upgraded");
    assert_eq!(Archive::existing(&copy).unwrap().get("a").unwrap().unwrap().text, "Old.");
    for (name, text) in [("letter", "a letter"), ("empty", "")] {
        let path = folder.path().join(name);
        std::fs::write(&path, text.repeat(600)).unwrap();
        assert!(Archive::copy(&path, &folder.path().join("no.db")).is_err(), "{name}");
    }
    let missing = Archive::copy(&folder.path().join("none"), &folder.path().join("no.db"));
    assert!(matches!(missing, Err(Error::Missing { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_article_comes_back_as_it_was(id in "\\PC{1,20}", title in "\\PC{0,40}", text in "(?s)\\PC{1,200}") {
        let (_folder, mut archive) = new_archive();
        let a = Article { title, ..article(&id, &text) };
        put(&mut archive, &a, 1);
        prop_assert_eq!(archive.get(&id).unwrap(), Some(a));
    }
}
