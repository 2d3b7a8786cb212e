//! A page of the site: its frame, and the entries that pages are made of.

use crate::briefing::{ArticleEntry, Briefing, Excerpt, StoryEntry};
use crate::render::escape::Dialect;
use crate::render::escape::Extensions;
use crate::render::link::{link_to_text, web_link};
use crate::render::site::collect::{self, Quoted};
use crate::render::site::{Issue, MOST, SiteFile, counted};

/// No request leaves the page; scripts are files of the site.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("site.css");

/// A page in the making.
pub(super) struct Page {
    text: String,
    /// Entries that found no room.
    left_out: usize,
}

impl Page {
    /// Starts a page with the title of the site and its own heading.
    pub(super) fn new(site: &str, heading: &str) -> Self {
        let mut page = Self { text: String::new(), left_out: 0 };
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"));
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        page.text(heading);
        page.raw(&format!("</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"));
        if site != heading {
            page.raw("<p class=\"soft\"><a href=\"index.html\">");
            page.text(site);
            page.raw("</a></p>\n");
        }
        page.raw("<h1 dir=\"auto\">");
        page.text(heading);
        page.raw("</h1>\n");
        page
    }

    /// Appends markup.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Appends a text.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(&Dialect::Html.text(text, Extensions::default()));
    }

    /// Appends an entry, or counts it if the page is full.
    pub(super) fn entry(&mut self, write: impl FnOnce(&mut Self)) {
        if MOST < self.text.len() {
            self.left_out += 1;
        } else {
            write(self);
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self, path: &str) -> SiteFile {
        if 0 < self.left_out {
            let more = counted(self.left_out, "earlier entry").replace("entrys", "entries");
            self.raw(&format!(
                "<p class=\"soft\">{more} left out; the <a href=\"index.html\">months</a> have all.</p>\n"
            ));
        }
        self.raw("</main>\n</body>\n</html>\n");
        SiteFile { path: path.to_owned(), text: self.text }
    }

    /// Appends a briefing: its date as a link to its page, and its headlines as links to their stories.
    pub(super) fn issue(&mut self, issue: &Issue) {
        self.raw("<section>\n<h2>");
        self.issue_link(issue);
        self.raw("</h2>\n<ul>\n");
        for story in &issue.briefing.stories {
            self.raw("<li dir=\"auto\">");
            self.story_link(story);
            self.raw(&format!(
                " <span class=\"soft\">{}</span></li>\n",
                counted(story.outlets.len(), "outlet")
            ));
        }
        self.raw("</ul>\n</section>\n");
    }

    fn issue_link(&mut self, issue: &Issue) {
        let day = issue.briefing.generated.day();
        match &issue.file {
            Some(file) => {
                self.raw(&format!("<a href=\"{}\">{day}</a>", address(file)));
            }
            None => self.raw(&day.to_string()),
        }
    }

    fn story_link(&mut self, story: &StoryEntry) {
        let link = story_link(&story.id);
        self.raw(&format!("<a href=\"{link}\">"));
        self.text(&story.headline.text);
        self.raw("</a>");
    }

    /// Appends what one briefing reported of a story.
    pub(super) fn report(&mut self, issue: &Issue, story: &StoryEntry) {
        self.raw("<section>\n<h2>");
        self.issue_link(issue);
        self.raw("</h2>\n<p dir=\"auto\"><b>");
        self.text(&story.headline.text);
        self.raw("</b></p>\n");
        for sentence in &story.summary {
            self.raw("<p dir=\"auto\">");
            self.text(&sentence.excerpt.text);
            self.source(&issue.briefing, &sentence.excerpt);
            self.raw("</p>\n");
        }
        for quote in &story.quotes {
            self.quotation(&Quoted { issue, story, quote });
        }
        self.raw("</section>\n");
    }

    /// Appends a quote with its day and its story.
    pub(super) fn quote(&mut self, quoted: &Quoted<'_>) {
        self.raw("<section>\n<h2>");
        self.issue_link(quoted.issue);
        self.raw("</h2>\n");
        self.quotation(quoted);
        self.raw("<p class=\"soft\" dir=\"auto\">");
        self.story_link(quoted.story);
        self.raw("</p>\n</section>\n");
    }

    fn quotation(&mut self, Quoted { issue, quote, .. }: &Quoted<'_>) {
        self.raw("<figure><blockquote dir=\"auto\"><p>");
        for (i, part) in quote.excerpts.iter().enumerate() {
            self.raw(if i == 0 { "“" } else { " … " });
            self.text(&part.text);
        }
        self.raw("”</p></blockquote><figcaption>");
        match &quote.speaker {
            Some(speaker) => {
                let page = collect::key(&speaker.name).map(|key| speaker_link(&key));
                if let Some(link) = &page {
                    self.raw(&format!("<a href=\"{link}\">"));
                }
                self.raw("<bdi>");
                self.text(&speaker.name);
                self.raw(if page.is_some() { "</bdi></a>" } else { "</bdi>" });
                if let Some(role) = &speaker.role {
                    self.raw(", <bdi>");
                    self.text(role);
                    self.raw("</bdi>");
                }
            }
            None => self.raw("unattributed"),
        }
        if let Some(part) = quote.excerpts.first() {
            self.source(&issue.briefing, part);
        }
        self.raw("</figcaption></figure>\n");
    }

    /// Appends the outlet of an excerpt, with a link to its words if the article has an address.
    fn source(&mut self, briefing: &Briefing, excerpt: &Excerpt) {
        let Some(article) = briefing.articles.iter().find(|a| a.id == excerpt.article) else {
            return;
        };
        let name = outlet(article);
        let link = article.url.as_deref().and_then(|url| link_to_text(url, &excerpt.text));
        self.raw(" <cite>");
        if let Some(link) = &link {
            self.raw(&format!("<a href=\"{}\" rel=\"noreferrer\">", address(link)));
        }
        self.text(name);
        self.raw(if link.is_some() { "</a></cite>" } else { "</cite>" });
    }
}

/// Returns the name of the outlet of an article, or else the host of its address.
fn outlet(article: &ArticleEntry) -> &str {
    let host = || article.url.as_deref().filter(|url| web_link(url).is_some());
    let host = || host().and_then(crate::article::host);
    article.source.as_deref().or_else(host).unwrap_or("source")
}

fn address(address: &str) -> String {
    Dialect::Html.address(address)
}

/// Returns the path of the page of a story.
pub(super) fn story_link(id: &str) -> String {
    format!("story-{}.html", file_name(id))
}

/// Returns the path of the page of a speaker.
pub(super) fn speaker_link(key: &str) -> String {
    format!("speaker-{}.html", file_name(key))
}

/// Returns a file name for any text: its Latin letters and digits, and a hash, so that no two texts have one name.
fn file_name(text: &str) -> String {
    const MOST: usize = 40;
    let mut name = String::new();
    for c in text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-')) {
        let c = if c == ' ' { '-' } else { c.to_ascii_lowercase() };
        if name.len() < MOST && !(c == '-' && (name.is_empty() || name.ends_with('-'))) {
            name.push(c);
        }
    }
    let hash = blake3::hash(text.as_bytes()).to_hex();
    let hash: String = hash.chars().take(8).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { hash } else { format!("{name}-{hash}") }
}
