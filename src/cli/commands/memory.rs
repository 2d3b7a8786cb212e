//! `nutgraf archive quotes`, `story`, `people` and `outlets`: queries past news in the archive.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use nutgraf::archive::{Archive, Course, Error, Person, Said};
use nutgraf::article::Published;
use nutgraf::briefing::{Excerpt, FigureCourse, figure_courses};
use nutgraf::render::link_to_text;
use serde::Serialize;

use crate::cli::args::{self, ListFormat, Output};
use crate::cli::commands::NOTHING;
use crate::cli::settings::Loaded;
use crate::cli::{output, since};
use crate::warning::counted;

/// The maximum number of people listed for an ambiguous name, and of roles listed for a person.
const MOST_NAMES: usize = 10;

/// Options of the lists of quotes and people.
#[derive(Debug, clap::Args)]
pub(crate) struct Listing {
    /// Only entries from this time or later: a time, a day, today or yesterday.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Maximum number of entries; 0 for all.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Treat this as the current time [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<Published>,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    to: ListFormat,
}

impl Listing {
    fn since(&self, loaded: &Loaded) -> Result<Option<i64>> {
        let zone = since::time_zone(loaded)?;
        let now = since::in_zone(self.now.unwrap_or_else(args::clock).timestamp(), &zone);
        let since = self.since.as_deref().map(|text| since::reader_time(text, now, &zone));
        Ok(since.transpose()?.map(|since| since.timestamp().as_second()))
    }

    const fn limit(&self) -> usize {
        if self.limit == 0 { i64::MAX as usize } else { self.limit }
    }
}

/// Opens an archive and, if it is writable, extracts the quotations of articles that have not been processed yet.
fn open(path: &Path) -> Result<Archive> {
    let mut archive = Archive::reading(path)?;
    if archive.has_unread_quotes()? {
        match archive.remember_quotes() {
            Ok(n) => output::say(&format!("extracted the quotations of {}", counted(n, "article"))),
            Err(Error::Database { .. }) => output::say(
                "the archive is not writable, so the quotations of its newest articles are missing",
            ),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(archive)
}

/// A quotation with a link to it, as JSON.
#[derive(Serialize)]
struct SaidRecord<'a> {
    /// The fullest known form of the person's name.
    person: &'a str,
    #[serde(flatten)]
    said: &'a Said,
    /// The address of the article, with a text fragment that leads to the first part of the quotation.
    link: Option<String>,
}

impl<'a> SaidRecord<'a> {
    fn new(person: &'a str, said: &'a Said) -> Self {
        let first = said.excerpts.first().map_or("", |excerpt| &excerpt.text);
        let link = said.url.as_deref().and_then(|url| link_to_text(url, first));
        Self { person, said, link }
    }
}

/// Lists the quotations of everyone to whom a name may refer, in chronological order.
pub(crate) fn quotes(
    path: &Path,
    loaded: &Loaded,
    speaker: &str,
    listing: &Listing,
) -> Result<ExitCode> {
    if speaker.trim().is_empty() {
        bail!("--speaker: give a name, such as a surname");
    }
    let since = listing.since(loaded)?;
    let archive = open(path)?;
    let people = archive.people_called(speaker, MOST_NAMES)?;
    if people.is_empty() {
        since::say_skipped(&archive);
        output::say(&format!("nobody called {speaker:?} is quoted in the archive"));
        return Ok(ExitCode::from(NOTHING));
    }
    match &people[..] {
        [person] => say_roles(person),
        _ => say_who_is_meant(speaker, &people),
    }
    let said = archive.said_by(&people, since, listing.limit())?;
    since::say_skipped(&archive);
    if said.is_empty() {
        output::say(&format!("{speaker:?} has not been quoted since then"));
        return Ok(ExitCode::from(NOTHING));
    }
    let mut full_names: BTreeMap<&str, &str> = BTreeMap::new();
    for person in &people {
        full_names.extend(person.names.iter().map(|name| (name.as_str(), person.name.as_str())));
    }
    let records = said.iter().map(|said| {
        let spelling = said.speaker.as_str();
        SaidRecord::new(full_names.get(spelling).copied().unwrap_or(spelling), said)
    });
    match listing.to {
        ListFormat::Json => {
            output::write_json(&Output { output: None }, &records.collect::<Vec<_>>())
        }
        ListFormat::Jsonl => output::write_jsonl(&Output { output: None }, records),
        ListFormat::Text => output::print(&records.map(|r| said_text(&r)).collect::<String>()),
    }
}

/// Lists the people to whom a name may refer, most quoted first.
fn say_who_is_meant(speaker: &str, people: &[Person]) {
    let names = people.iter().take(MOST_NAMES).map(|person| match person.roles.len() {
        0 => format!("{} ({})", person.name, person.quotes),
        _ => format!("{} ({}), {}", person.name, person.quotes, roles(person)),
    });
    let names = names.collect::<Vec<_>>().join("; ");
    let more = match people.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        n => format!("; {n} more"),
    };
    output::say(&format!(
        "{} people match {speaker:?}: {names}{more}; a full name selects one",
        people.len()
    ));
}

/// Lists the roles of a person if there are several, because they may belong to different people with the same name.
fn say_roles(person: &Person) {
    if person.roles.len() < 2 {
        return;
    }
    let names: Vec<&str> = person.names.iter().map(String::as_str).collect();
    output::say(&format!(
        "{} is quoted in {} roles: {}; people with the same name are not distinguished",
        names.join(", "),
        person.roles.len(),
        roles(person)
    ));
}

/// Formats the newest roles of a person, newest first, with the number of further roles.
fn roles(person: &Person) -> String {
    let shown: Vec<&str> = person.roles.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = match person.roles.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        n => format!(" / {n} more"),
    };
    format!("{}{more}", shown.join(" / "))
}

fn said_text(record: &SaidRecord<'_>) -> String {
    let said = record.said;
    let role = said.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
    let parts: Vec<String> =
        said.excerpts.iter().map(|excerpt| output::folded(&excerpt.text)).collect();
    let outlet = said.outlet.as_deref().map(|outlet| format!(" · {outlet}")).unwrap_or_default();
    let link = record.link.as_deref().map(|link| format!("    {link}\n")).unwrap_or_default();
    format!(
        "{}  {}{role}{outlet}\n  “{}”\n{link}\n",
        said.published.day(),
        said.speaker,
        parts.join(" … ")
    )
}

/// Lists the people who are quoted.
pub(crate) fn people(path: &Path, loaded: &Loaded, listing: &Listing) -> Result<ExitCode> {
    let since = listing.since(loaded)?;
    let archive = open(path)?;
    let people = archive.people(since, listing.limit())?;
    since::say_skipped(&archive);
    if people.is_empty() {
        output::say("nobody is quoted by name");
        return Ok(ExitCode::from(NOTHING));
    }
    listed(listing.to, &people, |person| {
        let role = match person.roles.len() {
            0 => String::new(),
            _ => format!(", {}", roles(person)),
        };
        let (first, last) = (person.first.day(), person.last.day());
        format!("{:>6}  {}{role}  ({first} to {last})\n", person.quotes, person.name)
    })
}

/// Lists the outlets, each with its number of articles.
pub(crate) fn outlets(path: &Path, to: ListFormat) -> Result<ExitCode> {
    let archive = Archive::reading(path)?;
    let outlets = archive.outlets()?;
    since::say_skipped(&archive);
    if outlets.is_empty() {
        output::say("there are no articles in the archive");
        return Ok(ExitCode::from(NOTHING));
    }
    listed(to, &outlets, |outlet| {
        let teasers = match outlet.teasers {
            0 => String::new(),
            n => format!(", {}", counted(usize::try_from(n).unwrap_or(usize::MAX), "teaser")),
        };
        let (first, last) = (outlet.first.day(), outlet.last.day());
        format!("{:>6}  {}{teasers}  ({first} to {last})\n", outlet.articles, outlet.name)
    })
}

fn listed<T: Serialize>(
    to: ListFormat,
    entries: &[T],
    line: impl Fn(&T) -> String,
) -> Result<ExitCode> {
    match to {
        ListFormat::Json => output::write_json(&Output { output: None }, &entries),
        ListFormat::Jsonl => output::write_jsonl(&Output { output: None }, entries.iter()),
        ListFormat::Text => output::print(&entries.iter().map(line).collect::<String>()),
    }
}

/// The course of a story, as JSON.
#[derive(Serialize)]
struct CourseRecord<'a> {
    #[serde(flatten)]
    course: &'a Course,
    figures: &'a [FigureCourse],
}

/// Shows how a story developed.
pub(crate) fn story(path: &Path, id: &str, to: ListFormat) -> Result<ExitCode> {
    let archive = open(path)?;
    let Some(course) = archive.course(id)? else {
        output::say(&format!(
            "no briefing in this archive reported the story {id:?}; `nutgraf daily` and `brief -t json` give the ids"
        ));
        return Ok(ExitCode::from(NOTHING));
    };
    since::say_skipped(&archive);
    let tellings: Vec<(Published, Vec<&Excerpt>)> = course
        .tellings
        .iter()
        .map(|telling| (telling.generated, telling.summary.iter().map(|s| &s.excerpt).collect()))
        .collect();
    let language = |article: &str| {
        course.articles.iter().find(|a| a.id == article).map(|a| a.lang).unwrap_or_default()
    };
    let figures = figure_courses(&tellings, language);
    match to {
        ListFormat::Json => {
            let record = CourseRecord { course: &course, figures: &figures };
            output::write_json(&Output { output: None }, &record)
        }
        ListFormat::Jsonl => output::write_jsonl(&Output { output: None }, course.tellings.iter()),
        ListFormat::Text => output::print(&course_text(&course, &figures)),
    }
}

fn course_text(course: &Course, figures: &[FigureCourse]) -> String {
    let mut text = String::new();
    let outlet = |id: &str| {
        let article = course.articles.iter().find(|article| article.id == id);
        article.and_then(|a| a.outlet.as_deref().or(a.url.as_deref())).unwrap_or(id).to_owned()
    };
    for telling in &course.tellings {
        let headline = output::folded(&telling.headline.text);
        text.push_str(&format!("{}  {headline}\n", telling.generated.day()));
        for sentence in &telling.summary {
            let excerpt = &sentence.excerpt;
            let words = output::folded(&excerpt.text);
            text.push_str(&format!("  {words} ({})\n", outlet(&excerpt.article)));
        }
        text.push('\n');
    }
    if !figures.is_empty() {
        text.push_str("Figures that changed\n");
        for figure in figures {
            let values =
                figure.values.iter().map(|v| format!("{} {}", v.generated.day(), v.excerpt.text));
            text.push_str(&format!("  {}\n", values.collect::<Vec<_>>().join(" → ")));
        }
        text.push('\n');
    }
    if !course.corrections.is_empty() {
        text.push_str("Corrections\n");
        for correction in &course.corrections {
            let now = correction.now.as_ref().map_or("(gone)", |excerpt| &excerpt.text);
            let (shown, now) = (output::folded(&correction.shown), output::folded(now));
            text.push_str(&format!("  {}: {shown} → {now}\n", outlet(&correction.article)));
        }
        text.push('\n');
    }
    if !course.quotes.is_empty() {
        text.push_str("Quotes\n\n");
        for said in &course.quotes {
            text.push_str(&said_text(&SaidRecord::new(&said.speaker, said)));
        }
    }
    text
}
