//! A static site of many briefings: an index page with a search that runs in the browser, a list of the speakers, and
//! pages for months, stories and speakers.
//!
//! The pages load nothing but the search script and the search index. The search index is a script, because browsers do
//! not let a local page (`file://`) load other data. Every text from an article is escaped, and the search inserts
//! text, never markup.
//!
//! A speaker is a person with a full name; [`crate::identity::person`] decides which names belong to one person. The
//! page of a speaker warns that two people may share a name. Single words and phrases such as "the coastguard" have no
//! page.
//!
//! Known limits: the labels are English. A page of a story or speaker that has reached [`MOST`] bytes takes no further
//! entries and says how many it leaves out. A month is spread over as many pages as its briefings need.

mod collect;
mod search_index;
mod site_page;

use crate::briefing::Briefing;

use collect::{Speaker, Story};
use site_page::{Frame, Page, speaker_link, story_link};

pub use search_index::SCRIPT;

/// The size in bytes beyond which a page takes no further entries.
const MOST: usize = 180_000;

/// The maximum number of names on each page of the list of speakers.
const NAMES: usize = 1_000;

/// The maximum number of briefings on the first page.
const RECENT: usize = 31;

/// A briefing on the site.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The briefing.
    pub briefing: Briefing,
    /// The path of the briefing's page relative to the index, if it has a page.
    pub file: Option<String>,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// The name of the file; all files of a site are in one folder.
    pub path: String,
    /// The content of the file.
    pub text: String,
}

/// Makes the files of a site; `issues` are the briefings, the newest first.
///
/// ```
/// use nutgraf::render::{Issue, site};
/// use nutgraf::{Article, BriefParams, Published, brief};
///
/// let article = Article::builder("The bridge is closed, the mayor said.").title("Bridge <closed>").build();
/// let now = Published::parse("2026-03-11T06:00:00Z").unwrap();
/// let briefing = brief(vec![article], &BriefParams::default(), now).briefing;
/// let files = site("The Post", &[Issue { briefing, file: None }]);
/// assert_eq!(files[0].path, "index.html");
/// assert!(files[0].text.contains("Bridge &lt;closed&gt;"));
/// ```
pub fn site(title: &str, issues: &[Issue]) -> Vec<SiteFile> {
    let stories = collect::stories(issues);
    let speakers = collect::speakers(issues);
    let keys = collect::keys(&speakers);
    let frame = Frame { site: title, keys: &keys };
    let mut files = vec![index(frame, issues)];
    files.extend(speakers_pages(frame, &speakers));
    files.extend(months(frame, issues));
    files.extend(stories.iter().map(|story| story_page(frame, story, issues)));
    files.extend(speakers.iter().map(|speaker| speaker_page(frame, speaker)));
    files.push(search_index::index(issues, &speakers));
    files
}

/// Makes the first page: the search form, the newest briefings, and links to the months.
fn index(frame: Frame<'_>, issues: &[Issue]) -> SiteFile {
    let mut page = Page::new(frame, frame.site, &counted(issues.len(), "briefing", "briefings"));
    page.raw(search_index::FORM);
    if issues.is_empty() {
        page.raw("<p>There is no briefing yet.</p>\n");
    }
    for issue in issues.iter().take(RECENT) {
        page.entry(|page| page.issue(issue));
    }
    let months = collect::months(issues);
    if !months.is_empty() {
        page.raw("<h2 id=\"months\">All months</h2>\n<ul class=\"row\">\n");
        for (month, name) in months {
            page.raw(&format!("<li><a href=\"month-{month}.html\">{name}</a></li>\n"));
        }
        page.raw("</ul>\n");
    }
    page.raw("<script src=\"search-index.js\"></script>\n<script src=\"search.js\"></script>\n");
    page.finish("index.html")
}

/// Makes the pages of all months; a month with many briefings has several pages.
fn months(frame: Frame<'_>, issues: &[Issue]) -> Vec<SiteFile> {
    let mut files = Vec::new();
    for (month, name) in collect::months(issues) {
        let of_month: Vec<&Issue> =
            issues.iter().filter(|issue| collect::month_of(&issue.briefing).0 == month).collect();
        let line = counted(of_month.len(), "briefing", "briefings");
        let path = |number: usize| match number {
            1 => format!("month-{month}.html"),
            _ => format!("month-{month}-{number}.html"),
        };
        let mut number = 1;
        let mut page = Page::new(frame, &name, &line);
        for issue in of_month {
            if page.is_full() {
                let next = path(number + 1);
                page.raw(&format!("<p><a href=\"{next}\">Earlier in {name}</a></p>\n"));
                let full = std::mem::replace(&mut page, Page::new(frame, &name, &line));
                files.push(full.finish(&path(number)));
                number += 1;
            }
            page.entry(|page| page.issue(issue));
        }
        files.push(page.finish(&path(number)));
    }
    files
}

/// Makes the page of a story: the figures that changed, the corrections, and the reports, newest first.
fn story_page(frame: Frame<'_>, story: &Story<'_>, issues: &[Issue]) -> SiteFile {
    let (_, newest) = story.reports[0];
    let reports = counted(story.reports.len(), "report", "reports");
    let mut page = Page::new(frame, &newest.headline.text, &reports);
    page.figures(&collect::figures(story));
    page.corrections(&collect::corrections(story, issues));
    for (issue, entry) in &story.reports {
        page.entry(|page| page.report(issue, entry));
    }
    page.finish(&story_link(&newest.id))
}

/// Makes the page of a speaker: the quotes, newest first.
fn speaker_page(frame: Frame<'_>, speaker: &Speaker<'_>) -> SiteFile {
    let quotes = counted(speaker.quotes.len(), "quote", "quotes");
    let line = format!("{quotes} under this name, which two people may share");
    let mut page = Page::new(frame, &speaker.name, &line);
    for quote in &speaker.quotes {
        page.entry(|page| page.quote(quote));
    }
    page.finish(&speaker_link(&speaker.key))
}

/// Makes the list of speakers, sorted by the number of quotes in descending order, on as many pages as it needs.
fn speakers_pages(frame: Frame<'_>, speakers: &[Speaker<'_>]) -> Vec<SiteFile> {
    let names = counted(speakers.len(), "name", "names");
    let parts: Vec<&[Speaker<'_>]> =
        if speakers.is_empty() { vec![speakers] } else { speakers.chunks(NAMES).collect() };
    let path = |number: usize| match number {
        0 => "speakers.html".to_owned(),
        _ => format!("speakers-{}.html", number + 1),
    };
    let page = |(number, part): (usize, &&[Speaker<'_>])| {
        let mut page = Page::new(frame, "Speakers", &format!("{names}, the most quoted first"));
        page.raw("<ul class=\"columns\">\n");
        for speaker in *part {
            page.entry(|page| page.name(speaker));
        }
        page.raw("</ul>\n");
        if number + 1 < parts.len() {
            page.raw(&format!("<p><a href=\"{}\">More speakers</a></p>\n", path(number + 1)));
        }
        page.finish(&path(number))
    };
    parts.iter().enumerate().map(page).collect()
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{Issue, MOST, SiteFile, site};
    use crate::article::Published;
    use crate::briefing::{Briefing, Correction, Excerpt};
    use crate::render::catalog::SAMPLE;

    fn sample() -> Briefing {
        serde_json::from_str(SAMPLE).unwrap()
    }

    /// Returns the briefings of a year, with eight stories a day; each story runs for four days.
    fn year() -> Vec<Issue> {
        let sample = sample();
        let day = |n: usize| {
            let at = jiff::Timestamp::from_second(1_767_250_800 + 86_400 * n as i64).unwrap();
            let mut briefing = sample.clone();
            briefing.generated = Published::parse(&at.to_string()).unwrap();
            briefing.stories = (0..8)
                .map(|i| {
                    let mut story = sample.stories[i % sample.stories.len()].clone();
                    story.id = format!("story-{}-{i}", n / 4);
                    story.headline.text = format!("{} ({n})", story.headline.text);
                    for (q, quote) in story.quotes.iter_mut().enumerate() {
                        if let Some(speaker) = &mut quote.speaker {
                            speaker.name = format!("Anna Speaker{}", (n * 8 + i + q) % 1500);
                        }
                    }
                    story
                })
                .collect();
            Issue { briefing, file: Some(format!("{n}.html")) }
        };
        (0..365).rev().map(day).collect()
    }

    fn is_page(path: &str) -> bool {
        std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
    }

    #[test]
    fn a_year_fits_into_small_pages() {
        let files = site("Year", &year());
        let pages = files.iter().filter(|f| is_page(&f.path));
        let large: Vec<_> =
            pages.filter(|f| f.text.len() > MOST + 20_000).map(|f| &f.path).collect();
        assert!(large.is_empty(), "{large:?}");
        assert_eq!(files.iter().filter(|f| f.path.starts_with("month-")).count(), 12);
        let n_speakers = files.iter().filter(|f| f.path.starts_with("speaker-")).count();
        let lists: String = files
            .iter()
            .filter(|f| f.path.starts_with("speakers"))
            .map(|f| f.text.as_str())
            .collect();
        assert!(1_000 < n_speakers);
        assert_eq!(lists.matches("href=\"speaker-").count(), n_speakers);
        assert_eq!(files.iter().filter(|f| f.path.starts_with("story-")).count(), 92 * 8);
        let mut paths: Vec<_> = files.iter().map(|f| f.path.to_lowercase()).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), files.len(), "two files of one name");
    }

    #[test]
    fn every_link_between_pages_leads_somewhere() {
        let files = site("Year", &year()[..9]);
        for file in files.iter().filter(|f| is_page(&f.path)) {
            for link in file.text.split("href=\"").skip(1).filter_map(|s| s.split('"').next()) {
                let is_own = ["story-", "speaker", "month-"].iter().any(|f| link.starts_with(f));
                let path = link.split('#').next().unwrap();
                assert!(!is_own || files.iter().any(|f| f.path == path), "{}: {link}", file.path);
            }
        }
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u{202e}";
        let mut briefing = sample();
        briefing.title = hostile.to_owned();
        for story in &mut briefing.stories {
            story.id = format!("../../{}", story.id);
            story.headline.text = hostile.to_owned();
            story.outlets = vec![hostile.to_owned()];
            for sentence in &mut story.summary {
                sentence.excerpt.text = hostile.to_owned();
            }
            for speaker in story.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
                speaker.name = format!("Ada {hostile}");
                speaker.role = Some(hostile.to_owned());
            }
        }
        for article in &mut briefing.articles {
            article.url = Some("javascript:alert(1)".to_owned());
            article.source = Some(hostile.to_owned());
        }
        let file = Some("a\"><script>.html".to_owned());
        for file in site(hostile, &[Issue { briefing, file }]) {
            assert!(!file.text.contains("<script>alert"), "{}", file.path);
            assert!(!file.text.contains("<img"), "{}", file.path);
            assert!(!file.text.contains("href=\"javascript"), "{}", file.path);
            assert!(!file.text.contains('\u{202e}') || is_page(&file.path), "{}", file.path);
            assert!(!file.path.contains(".."), "{}", file.path);
        }
    }

    fn text_of(files: &[SiteFile], start: &str) -> String {
        files.iter().filter(|f| f.path.starts_with(start)).map(|f| f.text.as_str()).collect()
    }

    #[test]
    fn the_spellings_of_a_name_have_one_page() {
        for names in [
            ["Ilse Corvan", "Ilse M. Corvan", "Ilse Corvan"],
            ["Zoë Belcor", "Zoe Belcor", "ZOE BELCOR"],
            ["Sergei Lavin", "Sergey Lavin", "Sergej Lavin"],
            ["Ana Maria Lund", "Ana María Lund", "Ana Lund"],
        ] {
            let day = |(n, name): (usize, &&str)| {
                let mut briefing = sample();
                briefing.generated = Published::parse(&format!("2026-03-1{n}T06:00:00Z")).unwrap();
                briefing.stories.truncate(1);
                briefing.stories[0].quotes.truncate(1);
                briefing.stories[0].quotes[0].speaker.as_mut().unwrap().name = (*name).to_owned();
                Issue { briefing, file: None }
            };
            let issues: Vec<Issue> = names.iter().enumerate().rev().map(day).collect();
            let files = site("Names", &issues);
            let pages: Vec<_> = files.iter().filter(|f| f.path.starts_with("speaker-")).collect();
            assert_eq!(pages.len(), 1, "{names:?}");
            assert!(pages[0].text.contains("3 quotes under this name"), "{names:?}");
            assert!(!pages[0].text.contains(&format!("href=\"{}\"", pages[0].path)), "{names:?}");
            let link = format!("href=\"{}\"", pages[0].path);
            assert_eq!(text_of(&files, "story-").matches(&link).count(), 3, "{names:?}");
        }
    }

    #[test]
    fn a_quote_cites_every_article_that_has_it() {
        let mut briefing = sample();
        let story = briefing.stories.iter_mut().find(|story| !story.quotes.is_empty()).unwrap();
        let quote = &mut story.quotes[0];
        let part = quote.excerpts[0].clone();
        let others = briefing.articles.iter().filter(|a| a.id != part.article).take(2);
        quote.variants =
            others.map(|a| Excerpt { article: a.id.clone(), ..part.clone() }).collect();
        quote.variants.push(part);
        quote.excerpts.truncate(1);
        let (id, n) = (story.id.clone(), 3);
        let files = site("Cited", &[Issue { briefing, file: None }]);
        let page = text_of(&files, &super::story_link(&id));
        let figure =
            page.split("<figcaption>").nth(1).unwrap().split("</figcaption>").next().unwrap();
        assert_eq!(figure.matches("<cite>").count(), n, "{figure}");
    }

    #[test]
    fn a_story_has_the_figures_that_changed_and_its_corrections() {
        let day = |n: usize, toll: &str| {
            let mut briefing = sample();
            briefing.generated = Published::parse(&format!("2026-03-1{n}T06:00:00Z")).unwrap();
            briefing.stories.truncate(1);
            let sentence = &mut briefing.stories[0].summary[0];
            sentence.excerpt.text = format!("At least {toll} people were killed in the fire.");
            briefing
        };
        let (first, mut second) = (day(1, "12"), day(2, "31"));
        let article = second.stories[0].sources[0].clone();
        let correction = |shown: &str, article: &str| Correction {
            article: article.to_owned(),
            shown: shown.to_owned(),
            now: None,
        };
        second.corrections =
            vec![correction("The <quay> is open.", &article), correction("Not ours.", "other")];
        let id = second.stories[0].id.clone();
        let issues = [second, first].map(|briefing| Issue { briefing, file: None });
        let files = site("Course", &issues);
        let page = text_of(&files, &super::story_link(&id));
        let figures = page.split("Figures that changed").nth(1).unwrap();
        assert!(figures.find("12").unwrap() < figures.find("31").unwrap(), "{figures}");
        assert!(page.contains("Corrections") && page.contains("The &lt;quay&gt; is open."));
        assert!(page.contains("no longer in the article") && !page.contains("Not ours."));
    }

    #[test]
    fn a_month_of_many_briefings_has_them_all() {
        let mut issues = year();
        for (n, issue) in issues.iter_mut().take(200).enumerate() {
            let at = format!("2026-03-{:02}T{:02}:00:00Z", 28 - n / 8, 23 - n % 8);
            issue.briefing.generated = Published::parse(&at).unwrap();
            issue.file = Some(format!("page-{n}.html"));
        }
        issues.truncate(200);
        let files = site("Month", &issues);
        let months: Vec<_> = files.iter().filter(|f| f.path.starts_with("month-")).collect();
        assert!(1 < months.len());
        let text = text_of(&files, "month-");
        for n in 0..200 {
            assert_eq!(text.matches(&format!("\"page-{n}.html\"")).count(), 1, "{n}");
        }
        assert!(!text.contains("left out"));
        for (page, next) in months.iter().zip(&months[1..]) {
            assert!(page.text.contains(&format!("href=\"{}\"", next.path)), "{}", page.path);
        }
    }

    #[test]
    fn outlets_are_counted_as_witnesses() {
        let mut briefing = sample();
        briefing.stories.truncate(1);
        briefing.stories[0].outlets = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
        briefing.stories[0].witnesses = 2;
        let files = site("Outlets", &[Issue { briefing, file: None }]);
        assert!(files[0].text.contains("2 outlets") && !files[0].text.contains("4 outlets"));
        assert!(text_of(&files, "search-index").contains("2 outlets"));
    }

    #[test]
    fn an_empty_site_says_so() {
        let files = site("Empty", &[]);
        assert!(files[0].text.contains("There is no briefing yet."));
    }
}
