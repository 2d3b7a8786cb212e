//! Determines the title: the heading that agrees best with the titles that the page declares, or otherwise a declared
//! title without the name of the site.

use super::blocks::{Page, PageBlock};
use super::metadata::Objects;
use super::raw_metadata::{Facts, Heading};
use crate::read::lines;
use crate::read::title::{SEPARATORS, squeezed};

/// Default titles set by software.
const PLACEHOLDERS: &[&str] = &[
    "untitled",
    "untitled document",
    "no title",
    "loading",
    "please wait",
    "new page",
    "document",
    "home",
    "homepage",
    "index",
    "article",
    "news",
    "page title",
    "title",
    "null",
    "undefined",
    "just a moment",
    "unbenannt",
    "sans titre",
    "sin título",
    "senza titolo",
    "sem título",
    "без названия",
    "без имени",
    "無題",
    "无标题",
    "제목 없음",
];

/// The minimum percentage of agreement with a declared title for a heading to count as that title.
const AGREES: u32 = 60;

/// The minimum percentage of agreement for a heading that is a link or is not of the first level.
const SAME: u32 = 90;

/// The minimum percentage of agreement with a declared title for the only first-level heading outside the page frame to
/// count as the same title in other words.
const REWORDED: u32 = 30;

/// The number of words from which a heading is longer than the name of a site or section.
const LONG: usize = 4;

/// Determines the title of an article.
pub(super) fn choose(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    site: Option<&str>,
) -> String {
    let headline = objects.articles.iter().find_map(|a| super::metadata::text_of(&a["headline"]));
    let og = facts.meta_of(&["og:title", "twitter:title", "dc.title", "citation_title"]);
    let named: Vec<&str> = og
        .into_iter()
        .chain(headline.as_deref())
        .chain(facts.meta_of(&["twitter:title"]))
        .chain(facts.title.as_deref())
        .filter(|t| !is_nothing(t, site) && !is_default(t))
        .collect();
    let mut known: Vec<Name> = named.iter().map(|name| Name::new(name, site)).collect();
    for name in &mut known {
        name.check_parts(page);
    }
    let agreement = |heading: &str| {
        let heading = words(heading);
        known.iter().map(|name| name.agreement(&heading)).max().unwrap_or(0)
    };
    let headings = || {
        let usable = |h: &&Heading| !is_nothing(&h.text, site) && !is_paragraph(&h.text);
        let all = facts.headings.iter().filter(usable);
        all.clone().filter(|h| !h.in_frame).chain(all.filter(|h| h.in_frame))
    };
    // If only some of the headings are links, those belong to the cards of other articles.
    let is_other = |h: &Heading| h.is_linked && headings().any(|h| !h.in_frame && !h.is_linked);
    // Use the first-level heading that agrees best with one of the declared titles, if it agrees well enough. `max_by_key`
    // returns the last of several equal ones.
    let agreeing = headings().map(|h| (agreement(&h.text), h));
    let agreeing = agreeing.filter(|(found, h)| *found >= if is_other(h) { SAME } else { AGREES });
    let best = agreeing.enumerate().max_by_key(|(i, (found, _))| (*found, std::cmp::Reverse(*i)));
    if let Some((_, (_, heading))) = best {
        let text = without_mark(&heading.text, page);
        return unglued(text, &named, site)
            .unwrap_or_else(|| without_section(text, &named))
            .to_owned();
    }
    // The title for search engines may be worded differently from the headline.
    if let Some(heading) = only(headings().filter(|h| !h.in_frame && !is_other(h)))
        && REWORDED <= agreement(&heading.text)
        && LONG <= words(&heading.text).len()
    {
        return without_mark(&heading.text, page).to_owned();
    }
    // If no first-level heading agrees, use a second- or third-level heading that does.
    let lower = |b: &&PageBlock| (2..=3).contains(&b.level) && agreement(&b.text) >= SAME;
    if let Some(block) = page.blocks.iter().find(lower) {
        return block.text.clone();
    }
    // If each declared title is as short as the name of a site, or begins with that name and the heading is long, use
    // the first-level heading, if there is only one outside the page frame.
    if let Some(heading) = only(headings().filter(|h| !h.in_frame)) {
        let is_long = LONG <= words(&heading.text).len();
        let is_of_site = |name: &str| is_long && begins_with_site(name, site);
        if named.iter().all(|name| words(name).len() <= 3 || is_of_site(name)) {
            return without_mark(&heading.text, page).to_owned();
        }
    }
    if let Some(name) = named.first() {
        return without_site(name, site).to_owned();
    }
    let is_heading = |b: &&PageBlock| b.level > 0 && !is_paragraph(&b.text);
    headings()
        .map(|h| without_mark(&h.text, page).to_owned())
        .next()
        .or_else(|| page.blocks.iter().find(is_heading).map(|b| b.text.clone()))
        .or_else(|| facts.title.clone().filter(|t| !is_placeholder(t)))
        .unwrap_or_default()
}

/// Returns the heading if there is exactly one.
fn only<'h>(mut headings: impl Iterator<Item = &'h Heading>) -> Option<&'h Heading> {
    headings.next().filter(|_| headings.next().is_none())
}

/// Returns a heading without the name of a section before the title ("Politics | …"), if the rest is a declared title.
fn without_section<'h>(heading: &'h str, named: &[&str]) -> &'h str {
    let after =
        SEPARATORS.iter().filter_map(|mark| heading.split_once(mark)).map(|(_, after)| after);
    let is_declared = |after: &&str| {
        let after = words(after);
        3 <= after.len() && named.iter().any(|name| words(name) == after)
    };
    after.map(str::trim).find(is_declared).unwrap_or(heading)
}

/// Returns a heading without marks at its end that are not in the block of the heading, such as the symbol of a link to
/// the heading or `[edit]`.
fn without_mark<'h>(heading: &'h str, page: &Page) -> &'h str {
    let ends = page.blocks.iter().filter(|b| b.level == 1).filter_map(|b| {
        let rest = heading.strip_prefix(&*b.text)?.trim();
        let is_mark =
            !rest.contains(char::is_alphanumeric) || rest.starts_with('[') && rest.ends_with(']');
        is_mark.then_some(b.text.len())
    });
    ends.max().and_then(|end| heading.get(..end)).unwrap_or(heading)
}

/// Returns the declared title in a heading that consists of the title and a label, if only the style sheet separates
/// the two: `DroughtHoses banned in the valley`.
fn unglued<'n>(heading: &str, named: &[&'n str], site: Option<&str>) -> Option<&'n str> {
    let titles = named.iter().map(|name| without_site(name, site));
    titles.filter(|name| 3 <= words(name).len()).find(|name| {
        let before = heading.strip_suffix(*name).filter(|_| name.starts_with(char::is_uppercase));
        let after = heading.strip_prefix(*name);
        before.is_some_and(|label| label.ends_with(char::is_alphanumeric))
            || after.is_some_and(|label| {
                label.starts_with(char::is_uppercase)
                    && name.ends_with(|c: char| !c.is_whitespace())
            })
    })
}

/// Returns whether a declared title begins with the name of the site and goes on, perhaps with the slogan of the site.
fn begins_with_site(name: &str, site: Option<&str>) -> bool {
    let rest = site.filter(|site| !site.is_empty()).and_then(|site| name.strip_prefix(site));
    rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

/// Returns whether a declared title consists of a default title and the name of a site: "undefined | Daily Post".
fn is_default(name: &str) -> bool {
    /// The maximum number of words in the name of a site.
    const SITE: usize = 4;
    let mut parts = SEPARATORS.iter().filter_map(|mark| name.split_once(mark));
    parts.any(|(head, rest)| is_placeholder(head) && words(rest).len() <= SITE)
}

/// Returns whether a name is uninformative: it is empty, a default title, or the name of the site.
fn is_nothing(name: &str, site: Option<&str>) -> bool {
    name.is_empty()
        || is_placeholder(name)
        || site.is_some_and(|site| squeezed(site) == squeezed(name))
}

fn is_placeholder(name: &str) -> bool {
    let lower = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    PLACEHOLDERS.contains(&&*lower)
}

/// Returns whether a heading is merely a paragraph styled as a heading: it is long and ends like a sentence.
fn is_paragraph(text: &str) -> bool {
    super::blocks::words(text) > 40 && lines::ends_sentence(text)
}

/// A title that the page declares, split into words.
struct Name {
    whole: Vec<String>,
    /// The parts of the title between separators, one of which may be the name of the site.
    parts: Vec<Vec<String>>,
    /// The title without the name of the site.
    cut: Vec<String>,
    site: Option<Vec<String>>,
}

impl Name {
    fn new(name: &str, site: Option<&str>) -> Self {
        let marks = SEPARATORS.iter().filter(|mark| mark.starts_with(' '));
        let marked = marks.fold(name.to_owned(), |name, mark| name.replace(mark, "\n"));
        Self {
            whole: words(name),
            parts: marked.lines().map(words).collect(),
            cut: words(without_site(name, site)),
            site: site.map(words),
        }
    }

    /// Drops the parts if any part but the first is a heading of the page, because the first part may then be the name
    /// of the site.
    fn check_parts(&mut self, page: &Page) {
        let mut headings = page.blocks.iter().filter(|b| b.level > 0).map(|b| words(&b.text));
        if headings.any(|heading| self.parts.iter().skip(1).any(|part| *part == heading)) {
            self.parts.clear();
        }
    }

    /// Returns whether a heading is the first of several parts of the declared title.
    fn is_part(&self, heading: &[String]) -> bool {
        2 <= self.parts.len() && self.parts.first().is_some_and(|part| part == heading)
    }

    /// Returns how closely a heading agrees with the declared title, in percent.
    fn agreement(&self, heading: &[String]) -> u32 {
        let Self { whole, cut, site, .. } = self;
        if heading.is_empty() || site.as_deref() == Some(heading) {
            return 0;
        }
        if heading == cut || heading == whole {
            return 100;
        }
        let shared = |other: &[String]| {
            let common = heading.iter().filter(|w| other.contains(w)).count();
            (common * 200 / (heading.len() + other.len()).max(1)) as u32
        };
        // A truncated title matches the start of the heading, except perhaps for its last word.
        let begins = cut.len() >= 4 && heading.starts_with(&cut[..cut.len() - 1]);
        let ends = (heading.len() >= 3 || self.is_part(heading))
            && (whole.starts_with(heading) || whole.ends_with(heading));
        let near = shared(cut).max(shared(whole)).min(95);
        if begins || ends { near.max(90) } else { near }
    }
}

/// Returns whether a heading agrees with a title well enough to be that title, perhaps shortened or with the name of a
/// site.
pub(super) fn agree(heading: &str, title: &str) -> bool {
    AGREES <= Name::new(title, None).agreement(&words(heading))
}

/// Returns a title without the name of the site at its end or start.
pub(super) fn without_site<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let site = site.map(squeezed).filter(|s| !s.is_empty());
    let is_site = |part: &str| {
        let part = squeezed(part);
        site.as_deref().is_some_and(|s| {
            part == s
                || part.len() >= 4
                    && (s.contains(&part) || part.contains(s) && part.len() <= s.len() + 12)
        })
    };
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && !head.trim().is_empty()
            && is_site(tail)
        {
            return without_site(head.trim(), None);
        }
        if let Some((head, tail)) = title.split_once(separator)
            && !tail.trim().is_empty()
            && is_site(head)
        {
            return tail.trim();
        }
    }
    // If the name of the site is unknown, a short part at the end of the title is assumed to be that name.
    for separator in [" | ", " » ", " :: ", " • ", " · ", " – ", " — ", " - "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let (head_words, tail_words) =
                (head.split_whitespace().count(), tail.split_whitespace().count());
            if head_words >= 3 && tail_words <= 4 && head_words > tail_words && site.is_none() {
                return head.trim();
            }
        }
    }
    title.trim()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
        .map(|w| w.to_lowercase().replace('’', "'"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Name, without_site, words};
    use crate::read::{Options, page};

    fn title(head: &str, h1: &str) -> String {
        let html = format!(
            "<html lang=en><head>{head}</head><body><article><h1>{h1}</h1><p>The ban covers the whole valley from Friday on, \
             the council said late on Tuesday.</p></article></body></html>"
        );
        page::page("p", &html, &Options::default()).articles.remove(0).title
    }

    #[test]
    fn labels_and_marks_in_the_heading_are_no_part_of_the_title() {
        let hoses = "Hoses banned in the valley";
        let og = format!("<meta property=og:title content='{hoses}'>");
        for h1 in [
            format!("<span class=kicker>Drought</span><span>{hoses}</span>"),
            format!("{hoses}<span class=badge>Premium</span>"),
            format!("{hoses}<a class=headerlink href=#h>¶</a>"),
            format!("{hoses} <span>[<a href=/e>edit</a>]</span>"),
        ] {
            assert_eq!(title(&og, &h1), hoses, "{h1}");
        }
        let ruby = "<ruby>石橋<rp>(</rp><rt>いしばし</rt><rp>)</rp></ruby>閉鎖";
        assert_eq!(title("<title>石橋閉鎖</title>", ruby), "石橋閉鎖");
        assert_eq!(title("<title>Learning C#</title>", "Learning C#"), "Learning C#");
    }

    /// The title for search engines is often another than the headline.
    #[test]
    fn the_only_heading_is_the_title_even_if_it_is_reworded() {
        for (name, h1) in [
            ("Hoses in the valley: all rules of the ban", "Council bans hoses in the valley"),
            ("Schläuche im Tal verboten | Lenn Post", "Im Tal sind Schläuche bis Herbst verboten"),
            ("7 best trails of Port Anselm", "The best trails for bikes in Port Anselm"),
        ] {
            assert_eq!(title(&format!("<title>{name}</title>"), h1), h1);
        }
        for h1 in [
            "The Lenn Post",
            "Weather and tides",
            "Council news",
            "A message from our founder to readers",
        ] {
            let name = "Hoses banned in the valley";
            assert_eq!(title(&format!("<title>{name}</title>"), h1), name);
        }
        let card = "Here's where to paddle in the valley";
        let h1 = format!("Trails for bikes in the valley</h1><h1><a href=/p>{card}</a>");
        let name = "<title>Where to bike in the valley</title>";
        assert_eq!(title(name, &h1), "Trails for bikes in the valley");
    }

    #[test]
    fn a_default_title_yields_to_the_heading() {
        let site = "<meta property=og:site_name content='The Lenn Post'>";
        let hoses = "Hoses banned in the valley";
        for name in [
            "undefined | The Lenn Post",
            "Article - The Lenn Post",
            "Home",
            "The Lenn Post: local news from the valley of the Lenn",
            "The Lenn Post - News, Sport, Weather, Culture",
        ] {
            assert_eq!(title(&format!("{site}<title>{name}</title>"), hoses), hoses, "{name}");
        }
        let head = format!("{site}<title>The Lenn Post | {hoses}</title>");
        assert_eq!(title(&head, "Weather"), hoses);
    }

    fn agreement(heading: &str, name: &str, site: Option<&str>) -> u32 {
        Name::new(name, site).agreement(&words(heading))
    }

    #[test]
    fn the_site_is_cut() {
        for (title, site, cut) in [
            (
                "Floods hit the north - The Daily Post",
                Some("The Daily Post"),
                "Floods hit the north",
            ),
            ("Daily Post | Floods hit the north", Some("Daily Post"), "Floods hit the north"),
            ("Floods hit the north | Daily Post", None, "Floods hit the north"),
            ("Twenty-one - a story", Some("Daily Post"), "Twenty-one - a story"),
            ("Plain", None, "Plain"),
        ] {
            assert_eq!(without_site(title, site), cut);
        }
    }

    #[test]
    fn headings_agree() {
        assert_eq!(
            agreement(
                "Floods hit the north",
                "Floods hit the north | Daily Post",
                Some("Daily Post")
            ),
            100
        );
        assert!(
            agreement(
                "Floods hit the north after a week of rain",
                "Floods hit the north after a week of…",
                None
            ) >= 90
        );
        assert_eq!(agreement("Daily Post", "Floods | Daily Post", Some("Daily Post")), 0);
        assert!(agreement("Something else", "Floods hit the north", None) < 60);
    }
}
