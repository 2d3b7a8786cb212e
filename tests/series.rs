//! Formulaic reports, each about a different event, are separate stories; retellings of one event are one story.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::article::{Article, Published};
use nutgraf::language::Language;
use nutgraf::stories::{self, Params};
use nutgraf::text::Collection;

/// A formula and the values of each report.
struct Series {
    name: String,
    title: String,
    texts: Vec<String>,
    reports: Vec<Vec<String>>,
}

impl Series {
    /// Reads `tests/stories/series.txt`.
    fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for line in lines(include_str!("stories/series.txt")) {
            if let Some(name) = line.strip_prefix("series ") {
                let [title, name] = [String::new(), name.to_owned()];
                all.push(Self { name, title, texts: Vec::new(), reports: Vec::new() });
                continue;
            }
            let series = all.last_mut().unwrap();
            if let Some(title) = line.strip_prefix("title ") {
                title.clone_into(&mut series.title);
            } else if let Some(text) = line.strip_prefix("text ") {
                series.texts.push(text.to_owned());
            } else {
                series.reports.push(line.split('|').map(str::to_owned).collect());
            }
        }
        all
    }

    fn articles(&self) -> Vec<Article> {
        let text = |at: usize| &self.texts[at % self.texts.len()];
        let report = |(at, values): (usize, &Vec<String>)| {
            let [title, text] = [&self.title, text(at)].map(|form| filled(form, values));
            article(&format!("{} {at}", self.name), language(&self.name), "Wire", &title, &text)
        };
        self.reports.iter().enumerate().map(report).collect()
    }
}

/// Reports of one event, and the report of a series that is of this event, if there is one.
struct Event {
    name: String,
    of_series: Option<String>,
    reports: Vec<Vec<String>>,
}

impl Event {
    /// Reads `tests/stories/follow_ups.txt`.
    fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for line in lines(include_str!("stories/follow_ups.txt")) {
            if let Some(name) = line.strip_prefix("event ") {
                all.push(Self { name: name.to_owned(), of_series: None, reports: Vec::new() });
            } else if let Some(report) = line.strip_prefix("in ") {
                all.last_mut().unwrap().of_series = Some(report.to_owned());
            } else {
                let report = line.split('|').map(str::to_owned).collect();
                all.last_mut().unwrap().reports.push(report);
            }
        }
        all
    }

    fn articles(&self) -> Vec<Article> {
        let report = |(at, report): (usize, &Vec<String>)| {
            let [outlet, title, text]: &[String; 3] = report.as_slice().try_into().unwrap();
            article(&format!("follow-up {at}"), language(&self.name), outlet, title, text)
        };
        self.reports.iter().enumerate().map(report).collect()
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn language(name: &str) -> Language {
    Language::parse(name.split(' ').next().unwrap()).unwrap()
}

/// Returns a form with its values, beginning with a capital.
fn filled(form: &str, values: &[String]) -> String {
    let mut text = form.to_owned();
    for (at, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), value);
    }
    let first = text.chars().next().unwrap();
    let rest = text.split_off(first.len_utf8());
    first.to_uppercase().chain(rest.chars()).collect()
}

fn article(id: &str, lang: Language, outlet: &str, title: &str, text: &str) -> Article {
    let published = Published::parse("2026-03-10T06:00:00Z").unwrap();
    let article = Article::builder(text).id(id).title(title).lang(lang).outlet(outlet);
    article.published(published).build()
}

/// Returns the ids of the members of each story, all sorted.
fn stories(articles: Vec<Article>) -> Vec<Vec<String>> {
    let collection = Collection::build(articles);
    let stories = stories::group(&collection, &Params::default());
    let ids = |story: &stories::Story| {
        let mut ids: Vec<String> =
            story.articles.iter().map(|&a| collection.articles[a].id.to_string()).collect();
        ids.sort();
        ids
    };
    let mut all: Vec<Vec<String>> = stories.iter().map(ids).collect();
    all.sort();
    all
}

#[test]
fn reports_written_by_formula_are_stories_of_their_own() {
    for series in Series::all() {
        let joined = stories(series.articles()).into_iter().find(|story| 1 < story.len());
        assert_eq!(joined, None, "{}", series.name);
    }
}

#[test]
fn reports_of_one_event_are_one_story_beside_a_series() {
    let series = Series::all();
    for event in Event::all() {
        let mut articles = event.articles();
        let mut expected: Vec<String> = articles.iter().map(|a| a.id.to_string()).collect();
        let of_event =
            |s: &&Series| event.of_series.as_ref().is_some_and(|of| of.contains(&s.name));
        let beside = series.iter().find(of_event);
        let of_language = |s: &&Series| language(&s.name) == language(&event.name);
        let beside: Vec<&Series> = match beside {
            Some(series) => vec![series],
            None => series.iter().filter(of_language).collect(),
        };
        articles.extend(beside.into_iter().flat_map(Series::articles));
        expected.extend(event.of_series);
        expected.sort();
        let found = stories(articles);
        assert!(found.contains(&expected), "{}: {found:?}", event.name);
    }
}

#[test]
fn a_formula_is_found_in_any_order() {
    for series in Series::all() {
        let mut articles = series.articles();
        let names = ["z", "b", "y", "a", "x"];
        for (article, name) in articles.iter_mut().zip(names) {
            article.id = nutgraf::article::ArticleId::given(name);
        }
        let n = articles.len();
        assert_eq!(stories(articles).len(), n, "{}", series.name);
    }
}

#[test]
fn two_reports_alone_are_no_series() {
    // The titles of two retellings may have one form by chance.
    let titles = ["Quarry owner fined over dust", "Quarry owner punished over dust clouds"];
    let text = "The owner of the quarry at Pellborough must pay 40,000 crowns because of the dust that covered the \
                village for weeks, the court ruled on Tuesday. The owner of the quarry said the dust came from the road.";
    let article = |(at, title): (usize, &&str)| {
        article(&at.to_string(), Language::ENGLISH, "Wire", title, text)
    };
    assert_eq!(stories(titles.iter().enumerate().map(article).collect()).len(), 1);
}
