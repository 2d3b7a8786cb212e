//! The archive as memory: who said what over time, how a story developed, people and outlets.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Stdio};

use nutgraf::archive::Archive;
use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = "[archive]\npath = \"a.db\"\n[[output]]\nfile = \"%Y-%m-%d.json\"\nto = \"json\"\n\
                      [[output]]\nfile = \"%Y-%m-%d.md\"\n";
        std::fs::write(folder.path().join("nutgraf.toml"), config).unwrap();
        Self { folder }
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        let done = command.env_clear().env("HOME", self.folder.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{out}{err}");
        serde_json::from_str(&out).unwrap()
    }

    /// Imports articles of a day: id, title, outlet, text.
    fn import(&self, day: u8, articles: &[(&str, &str, &str, &str)]) {
        let line = |(id, title, outlet, text): &(&str, &str, &str, &str)| {
            let url = format!("https://{}.example/{id}", outlet.to_lowercase());
            let published = format!("2026-03-{day:02}T04:00:00Z");
            let line = json!({"id": id, "title": title, "source": outlet, "text": text, "url": url, "published": published});
            format!("{line}\n")
        };
        let lines: String = articles.iter().map(line).collect();
        std::fs::write(self.folder.path().join("in.jsonl"), lines).unwrap();
        let now = format!("2026-03-{day:02}T05:00:00Z");
        let (code, out, err) = self.run(&["archive", "import", "--now", &now, "in.jsonl"]);
        assert_eq!(code, 0, "{out}{err}");
    }

    fn daily(&self, day: u8) -> (i32, String, String) {
        self.run(&["daily", "--no-fetch", "--now", &format!("2026-03-{day:02}T06:00:00Z")])
    }
}

const FERRY: &str = "The ferry Halcyon sank off Kelm on Monday and 12 people were killed. \
    \"We are searching for the missing with every boat that we have,\" said harbour master Ilse Corvan. \
    The ferry had left Kelm before dawn.";

const FERRY_LATER: &str = "At least 31 people were killed when the ferry Halcyon sank off Kelm, the harbour office said on Tuesday. \
    \"The search goes on as long as there is hope for the passengers of the ferry,\" Corvan said. \
    Harbour master Ilse Corvan asked fishermen of Kelm for help with the ferry.";

const VOTE: &str = "Voters in Ostrel rejected the new bridge. \"The town has decided, and I accept the decision,\" \
    said mayor Hugo Corvan. Turnout was low in Ostrel.";

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn what_somebody_said_is_listed_by_person_over_time() {
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry sinks off Kelm", "Gazette", FERRY)]);
    desk.import(
        3,
        &[
            ("f2", "Ferry toll rises", "Courier", FERRY_LATER),
            ("v1", "Ostrel votes", "Gazette", VOTE),
        ],
    );
    let said = desk.json(&["archive", "quotes", "--speaker", "Ilse Corvan", "-t", "json"]);
    let texts: Vec<&str> = said
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["excerpts"][0]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts.len(), 2, "{said:#}");
    assert!(texts[0].starts_with("We are searching") && texts[1].starts_with("The search goes on"));
    assert_eq!(said[0]["person"], "Ilse Corvan");
    assert!(
        said[0]["link"]
            .as_str()
            .unwrap()
            .starts_with("https://gazette.example/f1#:~:text=We%20are")
    );
    let since = desk.json(&[
        "archive",
        "quotes",
        "--speaker",
        "ilse corvan",
        "--since",
        "2026-03-03",
        "-t",
        "json",
    ]);
    assert_eq!(since.as_array().unwrap().len(), 1);
    // A surname shared by two people refers to both, and the output says so.
    let (code, out, err) = desk.run(&["archive", "quotes", "--speaker", "Corvan"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("2 people")
            && err.contains("Ilse Corvan (2)")
            && err.contains("Hugo Corvan (1)"),
        "{err}"
    );
    assert!(
        out.contains("2026-03-02")
            && out.contains("mayor")
            && out.contains("I accept the decision"),
        "{out}"
    );
    for (speaker, since, word) in [
        ("Nobody Here", "2026-01-01", "nobody called"),
        ("Ilse Corvan", "2026-12-01", "not been quoted since"),
    ] {
        let (code, _, err) =
            desk.run(&["archive", "quotes", "--speaker", speaker, "--since", since]);
        assert!(code == 1 && err.contains(word), "{code} {err}");
    }
    for (speaker, since, word) in
        [(" ", "2026-01-01", "--speaker"), ("Corvan", "soon", "is not a time")]
    {
        let (code, _, err) =
            desk.run(&["archive", "quotes", "--speaker", speaker, "--since", since]);
        assert!(code == 2 && err.contains(word), "{code} {err}");
    }
}

/// Roles are only read for the people who are shown: a given name may refer to thousands.
#[test]
fn only_as_many_people_as_asked_for_have_roles() {
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry sinks off Kelm", "Gazette", FERRY)]);
    desk.import(
        3,
        &[("f2", "Ferry toll rises", "Courier", FERRY_LATER), ("v1", "Vote", "Gazette", VOTE)],
    );
    let archive = Archive::existing(&desk.folder.path().join("a.db")).unwrap();
    let roles = |n_roles| {
        let people = archive.people_called("Corvan", n_roles).unwrap();
        people.into_iter().map(|p| (p.name, p.roles.len())).collect::<Vec<_>>()
    };
    let named =
        |ilse, hugo| vec![("Ilse Corvan".to_owned(), ilse), ("Hugo Corvan".to_owned(), hugo)];
    assert_eq!(roles(9), named(1, 1));
    assert_eq!(roles(1), named(1, 0));
    assert_eq!(roles(0), named(0, 0));
    let people = archive.people(None, 1).unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(
        (people[0].name.as_str(), people[0].role.as_deref()),
        ("Ilse Corvan", Some("Harbour master"))
    );
}

#[test]
fn quotations_stay_when_articles_are_pruned_and_go_when_they_are_corrected() {
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry sinks off Kelm", "Gazette", FERRY)]);
    let (code, ..) = desk.run(&["archive", "prune", "--days", "30", "--now", "2026-06-01"]);
    assert_eq!(code, 0);
    let said = desk.json(&["archive", "quotes", "--speaker", "Corvan", "-t", "json"]);
    assert_eq!(said.as_array().unwrap().len(), 1);
    desk.import(3, &[("v1", "Ostrel votes", "Gazette", VOTE)]);
    let corrected = VOTE.replace("I accept the decision", "I shall resign today");
    desk.import(4, &[("v1", "Ostrel votes", "Gazette", &corrected)]);
    let said = desk.json(&["archive", "quotes", "--speaker", "Hugo Corvan", "-t", "json"]);
    assert_eq!(said.as_array().unwrap().len(), 1, "{said:#}");
    assert!(said.to_string().contains("resign"));
    let (code, _, err) = desk.run(&["archive", "check"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn people_and_outlets_are_counted() {
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry sinks off Kelm", "Gazette", FERRY)]);
    desk.import(
        3,
        &[
            ("f2", "Ferry toll rises", "The Gazette", FERRY_LATER),
            ("v1", "Ostrel votes", "Courier", VOTE),
        ],
    );
    let people = desk.json(&["archive", "people", "-t", "json"]);
    assert_eq!(people[0]["name"], "Ilse Corvan");
    assert_eq!((&people[0]["quotes"], &people[1]["quotes"]), (&json!(2), &json!(1)));
    assert!(
        people[0]["role"].as_str().unwrap().to_lowercase().contains("harbour master"),
        "{people:#}"
    );
    let outlets = desk.json(&["archive", "outlets", "-t", "json"]);
    assert_eq!(outlets[0]["articles"], 2, "The Gazette is the Gazette: {outlets:#}");
    assert_eq!(outlets[1]["name"], "Courier");
    let (_, out, _) = desk.run(&["archive", "people", "--since", "2026-03-03", "-n", "1"]);
    assert_eq!(out.lines().count(), 1);
    let (_, out, _) = desk.run(&["archive", "outlets"]);
    assert!(out.contains("2  ") && out.contains("2026-03-02 to 2026-03-03"), "{out}");
}

/// Several people with the same name: only their roles distinguish them, and all of them are shown.
#[test]
fn the_roles_of_people_with_one_name_are_all_shown() {
    for (people, roles) in [
        (
            [("mayor", "Zoë Belcor"), ("librarian", "Zoe Belcor"), ("judge", "ZOE BELCOR")],
            ["mayor", "librarian", "judge"],
        ),
        (
            [("minister", "Jean Faure"), ("baker", "Jean Faure"), ("Baker", "Jean Faure")],
            ["minister", "aker", "aker"],
        ),
        (
            [("coach", "Ana María Lund"), ("surgeon", "Ana Maria Lund"), ("pilot", "Ana M. Lund")],
            ["coach", "surgeon", "pilot"],
        ),
    ] {
        let desk = Desk::new();
        for (n, (role, name)) in people.iter().enumerate() {
            let text = format!(
                "The hall of pier {n} was closed on Monday. \"We shall open it again before the summer comes,\" \
                 said {role} {name}. Nobody was hurt."
            );
            let id = format!("a{n}");
            desk.import(2 + n as u8, &[(&id, &format!("Hall {n} closed"), "Gazette", &text)]);
        }
        let listed = desk.json(&["archive", "people", "-t", "json"]);
        assert_eq!(listed.as_array().unwrap().len(), 1, "{listed:#}");
        let (_, out, _) = desk.run(&["archive", "people"]);
        let (code, _, err) = desk.run(&["archive", "quotes", "--speaker", people[0].1]);
        assert_eq!(code, 0, "{err}");
        for role in roles {
            assert!(out.contains(role) && err.contains(role), "{role}: {out}{err}");
            assert!(listed[0]["roles"].to_string().contains(role), "{listed:#}");
        }
        assert!(err.contains("are not distinguished"), "{err}");
    }
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry sinks off Kelm", "Gazette", FERRY)]);
    let (_, _, err) = desk.run(&["archive", "quotes", "--speaker", "Ilse Corvan"]);
    assert!(!err.contains("roles"), "one role needs no word: {err}");
}

#[test]
fn an_archive_without_quotes_says_so() {
    let desk = Desk::new();
    desk.import(
        2,
        &[("x", "Rain", "Gazette", "It rained in Kelm on Monday. The river rose by a metre.")],
    );
    let (code, out, err) = desk.run(&["archive", "people"]);
    assert!(code == 1 && out.is_empty() && err.contains("nobody is quoted"), "{code} {out}{err}");
    let (code, _, err) = desk.run(&["archive", "story", "none"]);
    assert!(code == 1 && err.contains("\"none\""), "{err}");
    let (code, _, err) = desk.run(&["archive", "people", "--archive", "missing.db"]);
    assert!(code == 2 && err.contains("missing.db"), "{err}");
}

#[test]
fn a_story_has_a_course_with_figures_quotes_and_what_was_told_before() {
    let desk = Desk::new();
    desk.import(2, &[("f1", "Ferry Halcyon sinks off Kelm, 12 dead", "Gazette", FERRY)]);
    assert_eq!(desk.daily(2).0, 0);
    desk.import(3, &[("f2", "Ferry Halcyon off Kelm: toll rises to 31", "Courier", FERRY_LATER)]);
    assert_eq!(desk.daily(3).0, 0);
    let first: Value = serde_json::from_str(
        &std::fs::read_to_string(desk.folder.path().join("2026-03-02.json")).unwrap(),
    )
    .unwrap();
    let second: Value = serde_json::from_str(
        &std::fs::read_to_string(desk.folder.path().join("2026-03-03.json")).unwrap(),
    )
    .unwrap();
    let id = first["stories"][0]["id"].as_str().unwrap();
    assert_eq!(second["stories"][0]["id"], id, "{second:#}");
    let course = desk.json(&["archive", "story", id, "-t", "json"]);
    assert_eq!(course["tellings"].as_array().unwrap().len(), 2);
    assert_eq!(course["articles"].as_array().unwrap().len(), 2);
    assert_eq!(course["quotes"].as_array().unwrap().len(), 2, "{course:#}");
    let values: Vec<&str> = course["figures"][0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["excerpt"]["text"].as_str().unwrap())
        .collect();
    assert!(
        values.len() == 2 && values[0].contains("12") && values[1].contains("31"),
        "{course:#}"
    );
    let (_, out, _) = desk.run(&["archive", "story", id]);
    assert!(out.contains("Figures that changed") && out.contains("Quotes"), "{out}");
    // The second briefing shows a sentence of the first one, named as such; the first shows none.
    let page = std::fs::read_to_string(desk.folder.path().join("2026-03-03.md")).unwrap();
    assert!(page.contains("Earlier"), "{page}");
    let page = std::fs::read_to_string(desk.folder.path().join("2026-03-02.md")).unwrap();
    assert!(!page.contains("Earlier"), "{page}");
}

/// Articles that were read only to see whether their stories continue are not counted as articles of the briefing.
#[test]
fn a_briefing_counts_the_articles_that_are_new_or_listed() {
    let desk = Desk::new();
    let events = ["tower", "market", "school", "mill", "quay"];
    let texts = events.map(|event| {
        format!("The {event} of Kelm was closed on Monday after a storm. Workers begin to mend the {event} in May.")
    });
    let titles = events.map(|event| format!("The {event} is closed"));
    let articles: Vec<(&str, &str, &str, &str)> =
        (0..5).map(|n| (events[n], titles[n].as_str(), "Gazette", texts[n].as_str())).collect();
    desk.import(2, &articles);
    assert_eq!(desk.daily(2).0, 0);
    desk.import(3, &[("v1", "Ostrel votes", "Courier", VOTE)]);
    assert_eq!(desk.daily(3).0, 0);
    for (day, n) in [(2, 5), (3, 1)] {
        let file = desk.folder.path().join(format!("2026-03-0{day}.json"));
        let briefing: Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(
            briefing["inputs"],
            json!({"articles": n, "whole": n, "teasers": 0, "truncated": 0, "paywalled": 0})
        );
    }
}
