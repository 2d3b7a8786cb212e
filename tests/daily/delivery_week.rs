//! A week with outputs that fail on different days: each story reaches each output once.
#![cfg(unix)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::site::{Reply, Site};
use crate::{Reader, Said};

/// The news of each day: the word by which a story is counted, its title and text.
pub(crate) const DAYS: [(&str, &str, &str); 7] = [
    (
        "Halcyon",
        "Ferry Halcyon runs aground",
        "The ferry Halcyon ran aground off Kelm on Monday with forty passengers aboard. A tug came from the mainland.",
    ),
    (
        "Lindholm",
        "Comet found at Lindholm",
        "Two students discovered a comet on photographs taken by accident. It will be visible to the naked eye in April.",
    ),
    (
        "Sarre",
        "Olive harvest fails on Sarre",
        "Olive growers expect the smallest harvest in thirty years. The cooperative asked for emergency loans.",
    ),
    (
        "Ostrel",
        "Baker elected mayor of Ostrel",
        "Voters in the mountain town elected a baker as mayor with a majority of nine votes. A recount confirmed it.",
    ),
    (
        "Tane",
        "Railway bridge over the Tane collapses",
        "A railway bridge collapsed early in the morning and cut the line to the coast. Engineers had warned of cracks.",
    ),
    (
        "Verrick",
        "Glassworks of Verrick closes",
        "The last glassworks of the valley closed after two centuries of production. Ninety workers lost their jobs.",
    ),
    (
        "Quill",
        "Quill wins the chess title",
        "The grandmaster won the final with the black pieces after eleven draws in a row. The match lasted three weeks.",
    ),
];

const OUTPUTS: [(&str, &str); 4] = [
    ("slack", "format = \"slack\""),
    ("discord", "format = \"discord\""),
    ("json", ""),
    ("ntfy", "format = \"ntfy\""),
];

/// The fate of each output on each day: `x` fails permanently, `t` only at first, `.` not at all.
const FARES: [(&str, &str); 4] =
    [("slack", ".xx.x.."), ("discord", "t..x..."), ("json", "xxxxxx."), ("ntfy", "......x")];

struct Week {
    site: Site,
    reader: Reader,
}

impl Week {
    fn new() -> Self {
        let site = Site::new();
        let output = |(name, more): &(&str, &str)| {
            format!(
                "[[output]]\nname = \"{name}\"\npost = \"{}\"\n{more}\n",
                site.url(&format!("/{name}"))
            )
        };
        let outputs: String = OUTPUTS.iter().map(output).collect();
        let reader = Reader::new(&format!(
            "[fetch]\nallow_private = true\n[delivery]\npause_seconds = 0\nattempts = 3\n{outputs}\
             [[output]]\nname = \"file\"\nfile = \"out/%Y-%m-%d.md\"\n\
             [[output]]\nname = \"run\"\nrun = [\"./take\"]\n"
        ));
        Self { site, reader }
    }

    fn publish(&self, day: usize) {
        let (_, title, text) = DAYS[day];
        let line = serde_json::json!({"id": format!("a{day}"), "title": title, "text": text, "source": "Gazette"});
        std::fs::write(self.reader.path("in.jsonl"), format!("{line}\n")).unwrap();
        let now = format!("2026-03-{:02}T05:00:00Z", day + 2);
        self.reader.run(&["archive", "import", "--now", &now, "in.jsonl"]).expect(0, &[]);
    }

    fn set_fares(&self, day: usize) {
        for (name, fares) in FARES {
            let path = format!("/{name}");
            let refused = Reply::new(503, "");
            match fares.get(day..=day).unwrap() {
                "x" => self.site.set(&path, refused),
                "t" => {
                    self.site.set_next(&path, [refused]);
                    self.site.set(&path, Reply::ok(""));
                }
                _ => self.site.set(&path, Reply::ok("")),
            }
        }
        // The folder of the file cannot be created on two days, and the command fails on others.
        let out = self.reader.path("out");
        if matches!(day, 1 | 2) {
            std::fs::rename(&out, self.reader.path("kept")).ok();
            std::fs::write(&out, "in the way").unwrap();
        } else if day == 3 {
            std::fs::remove_file(&out).unwrap();
            std::fs::rename(self.reader.path("kept"), &out).unwrap();
        }
        let body = if day.is_multiple_of(3) { "exit 1" } else { "cat >> taken" };
        crate::delivery::script(&self.reader, "take", body);
    }

    fn run(&self, day: usize) -> Said {
        let now = format!("2026-03-{:02}T06:00:00Z", day + 2);
        self.reader.run(&["daily", "--no-fetch", "--config", "nutgraf.toml", "--now", &now])
    }
}

#[test]
fn each_story_reaches_each_output_once_and_in_order() {
    let week = Week::new();
    let mut arrived: BTreeMap<String, String> = BTreeMap::new();
    let mut collect = |week: &Week, day: usize| {
        for asked in week.site.asked() {
            let name = asked.path.trim_start_matches('/').to_owned();
            let fares = FARES.iter().find(|(n, _)| *n == name).unwrap().1;
            let fails = fares.as_bytes().get(day) == Some(&b'x');
            // If an output fails at first, its first message is not accepted.
            let first = fares.as_bytes().get(day) == Some(&b't') && !arrived.contains_key(&name);
            if first {
                arrived.insert(name, String::new());
            } else if !fails {
                let text = serde_json::from_str::<Value>(&asked.body).ok();
                let text = text.map_or(asked.body, |json| match json.get("stories") {
                    Some(stories) => stories.to_string(),
                    None => json.to_string(),
                });
                arrived.entry(name).or_default().push_str(&text);
            }
        }
    };
    for day in 0..DAYS.len() {
        week.publish(day);
        week.set_fares(day);
        let said = week.run(day);
        let code = if matches!(day, 1 | 2) { 2 } else { i32::from(day != 5) };
        let code = if day == 5 { 1 } else { code };
        said.expect(code, &[]);
        collect(&week, day);
    }
    // On the day after, everything works, and there is no news.
    for (name, _) in FARES {
        week.site.set(&format!("/{name}"), Reply::ok(""));
    }
    crate::delivery::script(&week.reader, "take", "cat >> taken");
    week.run(DAYS.len()).expect(0, &["nothing new"]);
    collect(&week, DAYS.len());
    let files = std::fs::read_dir(week.reader.path("out")).unwrap();
    let files: String =
        files.map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect();
    arrived.insert("file".to_owned(), files);
    arrived.insert("run".to_owned(), week.reader.read("taken"));
    assert_eq!(arrived.len(), OUTPUTS.len() + 2);
    for (name, all) in &arrived {
        let mut places = Vec::new();
        for (_, title, text) in DAYS {
            let lede = text.split(". ").next().unwrap();
            assert_eq!(all.matches(lede).count(), 1, "{name}: {lede} in {all}");
            places.push(all.find(title).unwrap());
        }
        // Files are listed in no particular order.
        assert!(name == "file" || places.is_sorted(), "{name}: {places:?}");
    }
    week.run(DAYS.len()).expect(0, &["nothing new"]);
    assert!(week.site.asked().is_empty());
    assert_eq!(week.reader.archive().waiting().unwrap(), []);
}

#[test]
fn what_is_not_taken_for_weeks_is_given_up_and_named() {
    let week = Week::new();
    week.publish(0);
    week.set_fares(0);
    week.run(0).expect(1, &["json: the briefing of 2026-03-02", "the next run will retry"]);
    week.site.set("/json", Reply::new(410, ""));
    crate::delivery::script(&week.reader, "take", "exit 0");
    week.run(13).expect(1, &["the next run will retry"]);
    week.run(16).expect(1, &["json: the briefing of 2026-03-02", "given up after 14 days"]);
    week.run(17).expect(0, &["nothing new"]);
}

#[test]
fn what_waits_for_an_output_that_is_gone_is_named() {
    let week = Week::new();
    week.publish(0);
    week.set_fares(0);
    week.run(0).expect(1, &["json"]);
    let config = week
        .reader
        .read("nutgraf.toml")
        .replace("\"json\"", "\"other\"")
        .replace("\"run\"", "\"r\"");
    std::fs::write(week.reader.path("nutgraf.toml"), config).unwrap();
    week.run(1).expect(0, &["never delivered to json", "no longer configured"]);
    week.run(1).expect(0, &["nothing new"]);
}
