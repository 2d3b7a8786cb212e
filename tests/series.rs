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

/// Two outlets' teasers about different events in much the same words; the places or people show that the events differ.
const TWO_EVENTS: &[(&str, [(&str, &str); 2])] = &[
    (
        "en",
        [
            (
                "Three hurt in fire at Lund flat",
                "Three people were hurt in a fire at a block of flats in Lund on Friday, the \
          fire service said. The fire broke out on the fourth floor shortly after 3 a.m.",
            ),
            (
                "Three hurt in fire at Torrel flat",
                "Three people were hurt in a fire at a block of flats in Torrel on Friday, \
          the fire service said. The fire broke out on the second floor shortly after 2 a.m.",
            ),
        ],
    ),
    (
        "en",
        [
            (
                "Man shot dead in Olmen",
                "A 31-year-old man was shot dead in Olmen late on Thursday, police said. No one has \
          been arrested. Police asked witnesses to come forward.",
            ),
            (
                "Woman Shot Dead in Lumetra",
                "A 27-year-old woman was shot dead in Lumetra late on Thursday, police said. No \
          one has been arrested. Police asked witnesses to come forward.",
            ),
        ],
    ),
    (
        "fr",
        [
            (
                "Deux blessés dans un accident à Morlac",
                "Deux personnes ont été blessées dans un accident de car à Morlac, \
          ont indiqué les pompiers. La route a été fermée pendant trois heures.",
            ),
            (
                "Quatre blessés dans un accident à Saint-Vaire",
                "Quatre personnes ont été blessées dans un accident de car à \
          Saint-Vaire, ont indiqué les pompiers. La route a été fermée pendant deux heures.",
            ),
        ],
    ),
    (
        "es",
        [
            (
                "Un muerto en un incendio en Loreña",
                "Una persona murió en el incendio de una nave industrial en Loreña, \
          informaron los bomberos. El fuego se declaró de madrugada.",
            ),
            (
                "Un muerto en un incendio en Tuco",
                "Una persona murió en el incendio de una nave industrial en Tuco, \
          informaron los bomberos. El fuego se declaró a mediodía.",
            ),
        ],
    ),
    (
        "it",
        [
            (
                "Rapina in banca a Vallorsa",
                "Due uomini armati hanno rapinato una banca a Vallorsa e sono fuggiti in auto con \
          quarantamila euro. Nessuno è rimasto ferito.",
            ),
            (
                "Rapina in banca a Cerreta",
                "Due uomini armati hanno rapinato una banca a Cerreta e sono fuggiti in moto con \
          trentamila euro. Nessuno è rimasto ferito.",
            ),
        ],
    ),
    (
        "nl",
        [
            (
                "Dode bij ongeluk in Veldrecht",
                "Bij een ongeluk op een overweg in Veldrecht is een fietser om het leven \
          gekomen, meldt de politie. Het treinverkeer lag uren stil.",
            ),
            (
                "Dode bij ongeluk in Ommerstee",
                "Bij een ongeluk op een overweg in Ommerstee is een automobilist om het leven \
          gekomen, meldt de politie. Het treinverkeer lag uren stil.",
            ),
        ],
    ),
];

#[test]
fn two_short_reports_about_different_places_are_two_stories() {
    for (lang, reports) in TWO_EVENTS {
        let article = |(at, (title, text)): (usize, &(&str, &str))| {
            article(&at.to_string(), language(lang), &format!("Outlet {at}"), title, text)
        };
        let found = stories(reports.iter().enumerate().map(article).collect());
        assert_eq!(found.len(), 2, "{lang}: {}", reports[0].0);
    }
}

#[test]
fn two_short_reports_with_a_place_in_common_are_one_story() {
    let reports = [
        ("Three hurt in fire at Lund flat", TWO_EVENTS[0].1[0].1),
        (
            "Blaze injures three",
            "A fire at a block of flats has injured three people, the fire service in Lund said on \
          Friday. It broke out on the fourth floor during the night.",
        ),
    ];
    let article = |(at, (title, text)): (usize, &(&str, &str))| {
        article(&at.to_string(), Language::ENGLISH, &format!("Outlet {at}"), title, text)
    };
    assert_eq!(stories(reports.iter().enumerate().map(article).collect()).len(), 1);
}
