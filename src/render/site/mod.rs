//! A static site of many briefings: an index, a page for each month, story and speaker, and a search without a server.
//!
//! The pages need nothing besides themselves and the search index, which is a script, because a browser loads no other
//! data from a disk (`file://`). Every text of an article is escaped, and the script sets texts, never markup.
//!
//! A speaker is a full name: quotes of the same name are on one page, and the page says that two people may share it.
//! Single words and phrases such as "the coastguard" have no page.
//!
//! Known limits: the labels are English. A page ends before it is larger than [`MOST`] bytes and says how many entries it
//! leaves out; the pages of the months have them all.

mod collect;
mod page;
mod search;

use crate::briefing::Briefing;

use collect::{Speaker, Story};
use page::{Page, speaker_link, story_link};

pub use search::SCRIPT;

/// The size in bytes at which a page takes no further entry.
const MOST: usize = 180_000;

/// The number of names on a page of the list of speakers.
const NAMES: usize = 1_000;

/// The number of briefings on the first page.
const RECENT: usize = 31;

/// A briefing of the site.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The briefing.
    pub briefing: Briefing,
    /// The file of its page, relative to the index, if there is one.
    pub file: Option<String>,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its name; all files of a site are in one folder.
    pub path: String,
    /// The content.
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
    let mut files = vec![index(title, issues)];
    files.extend(speakers_pages(title, &speakers));
    files.extend(months(title, issues));
    files.extend(stories.iter().map(|story| story_page(title, story)));
    files.extend(speakers.iter().map(|speaker| speaker_page(title, speaker)));
    files.push(search::index(issues, &speakers));
    files
}

/// The first page: the newest briefings, the search, and links to everything else.
fn index(title: &str, issues: &[Issue]) -> SiteFile {
    let mut page = Page::new(title, title, &counted(issues.len(), "briefing", "briefings"));
    page.raw(search::FORM);
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

/// A page for each month with its briefings.
fn months(title: &str, issues: &[Issue]) -> Vec<SiteFile> {
    let page = |(month, name): &(String, String)| {
        let of_month: Vec<&Issue> =
            issues.iter().filter(|issue| collect::month_of(&issue.briefing).0 == *month).collect();
        let mut page = Page::new(title, name, &counted(of_month.len(), "briefing", "briefings"));
        for issue in of_month {
            page.entry(|page| page.issue(issue));
        }
        page.finish(&format!("month-{month}.html"))
    };
    collect::months(issues).iter().map(page).collect()
}

/// The course of a story, its newest report first.
fn story_page(title: &str, story: &Story<'_>) -> SiteFile {
    let (_, newest) = story.reports[0];
    let reports = counted(story.reports.len(), "report", "reports");
    let mut page = Page::new(title, &newest.headline.text, &reports);
    for (issue, entry) in &story.reports {
        page.entry(|page| page.report(issue, entry));
    }
    page.finish(&story_link(&newest.id))
}

/// The quotes of a speaker, the newest first.
fn speaker_page(title: &str, speaker: &Speaker<'_>) -> SiteFile {
    let quotes = counted(speaker.quotes.len(), "quote", "quotes");
    let line = format!("{quotes} under this name, which two people may share");
    let mut page = Page::new(title, &speaker.name, &line);
    for quote in &speaker.quotes {
        page.entry(|page| page.quote(quote));
    }
    page.finish(&speaker_link(&speaker.key))
}

/// The list of speakers, those with the most quotes first, on as many pages as it needs.
fn speakers_pages(title: &str, speakers: &[Speaker<'_>]) -> Vec<SiteFile> {
    let names = counted(speakers.len(), "name", "names");
    let parts: Vec<&[Speaker<'_>]> =
        if speakers.is_empty() { vec![speakers] } else { speakers.chunks(NAMES).collect() };
    let path = |number: usize| match number {
        0 => "speakers.html".to_owned(),
        _ => format!("speakers-{}.html", number + 1),
    };
    let page = |(number, part): (usize, &&[Speaker<'_>])| {
        let mut page = Page::new(title, "Speakers", &format!("{names}, the most quoted first"));
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
    use super::{Issue, MOST, site};
    use crate::article::Published;
    use crate::briefing::Briefing;
    use crate::render::catalog::SAMPLE;

    fn sample() -> Briefing {
        serde_json::from_str(SAMPLE).unwrap()
    }

    /// A year of briefings with eight stories a day; each story runs for four days.
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

    #[test]
    fn an_empty_site_says_so() {
        let files = site("Empty", &[]);
        assert!(files[0].text.contains("There is no briefing yet."));
    }
}
