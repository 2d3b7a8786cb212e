//! A page of the site: its frame, and the entries that it consists of.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::Published;
use crate::briefing::{ArticleEntry, Briefing, Correction, Excerpt, FigureCourse, StoryEntry};
use crate::language::Language;
use crate::render::escape::{Dialect, Extensions, readable};
use crate::render::link::{link_to_text, web_link};
use crate::render::site::collect::{Quoted, Speaker};
use crate::render::site::{Issue, MOST, SiteFile, counted};
use crate::render::view::spoken;

/// The content security policy: a page loads only scripts of the site, and applies only its own inline styles.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("site.css");

/// The properties that all pages of a site share.
#[derive(Clone, Copy)]
pub(super) struct Frame<'k> {
    /// The title of the site.
    pub(super) site: &'k str,
    /// The key of the speaker's page, by each spelling of a speaker's name.
    pub(super) keys: &'k BTreeMap<String, String>,
}

/// A page that is being written.
pub(super) struct Page<'k> {
    text: String,
    heading: String,
    /// The key of the speaker's page, by each spelling of a speaker's name.
    keys: &'k BTreeMap<String, String>,
    /// The number of entries left out because the page was full.
    left_out: usize,
}

impl<'k> Page<'k> {
    /// Starts a page with the title of the site, a heading and a line below the heading.
    pub(super) fn new(frame: Frame<'k>, heading: &str, line: &str) -> Self {
        let Frame { site, keys } = frame;
        let mut page = Self { text: String::new(), heading: heading.to_owned(), keys, left_out: 0 };
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"));
        page.raw(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        );
        page.text(heading);
        page.raw(&format!("</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"));
        page.raw("<header class=\"masthead\">\n<nav><a href=\"index.html\">");
        page.text(if site == heading { "Briefings" } else { site });
        page.raw("</a> <a href=\"speakers.html\">Speakers</a></nav>\n<h1 dir=\"auto\">");
        page.text(heading);
        page.raw(&format!("</h1>\n<p class=\"soft\">{line}</p>\n</header>\n"));
        page
    }

    /// Appends markup unescaped.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Appends a text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(&Dialect::Html.text(text, Extensions::default()));
    }

    /// Appends an entry, or counts it as left out if the page is full.
    pub(super) fn entry(&mut self, write: impl FnOnce(&mut Self)) {
        if self.is_full() {
            self.left_out += 1;
        } else {
            write(self);
        }
    }

    /// Returns whether the page takes no further entries.
    pub(super) const fn is_full(&self) -> bool {
        MOST < self.text.len()
    }

    /// Finishes the page, with a note if entries were left out.
    pub(super) fn finish(mut self, path: &str) -> SiteFile {
        if 0 < self.left_out {
            let more = counted(self.left_out, "earlier entry", "earlier entries");
            self.raw(&format!(
                "<p class=\"soft\">{more} left out; the <a href=\"index.html#months\">months</a> have all briefings.</p>\n"
            ));
        }
        self.raw("</main>\n</body>\n</html>\n");
        SiteFile { path: path.to_owned(), text: self.text }
    }

    /// Appends a briefing: its date, linked to its page if it has one, and its headlines, linked to the pages of the
    /// stories.
    pub(super) fn issue(&mut self, issue: &Issue) {
        self.raw("<section>\n<h2>");
        self.issue_link(issue);
        self.raw("</h2>\n<ul>\n");
        for story in &issue.briefing.stories {
            self.raw("<li dir=\"auto\">");
            self.story_link(&issue.briefing, story);
            let outlets = counted(n_witnesses(story), "outlet", "outlets");
            self.raw(&format!(" <span class=\"soft\">{outlets}</span></li>\n"));
        }
        self.raw("</ul>\n</section>\n");
    }

    fn issue_link(&mut self, issue: &Issue) {
        let day = day(issue.briefing.generated);
        match &issue.file {
            Some(file) => {
                self.raw(&format!("<a href=\"{}\">{day}</a>", address(file)));
            }
            None => self.raw(&day),
        }
    }

    fn story_link(&mut self, briefing: &Briefing, story: &StoryEntry) {
        let link = story_link(&story.id);
        let lang = lang(briefing, &story.headline.article);
        self.raw(&format!("<a href=\"{link}\"{lang}>"));
        self.text(&story.headline.text);
        self.raw("</a>");
    }

    /// Appends the report of a story in one briefing.
    pub(super) fn report(&mut self, issue: &Issue, story: &StoryEntry) {
        self.raw("<section>\n<h2>");
        self.issue_link(issue);
        self.raw("</h2>\n");
        if story.headline.text != self.heading {
            let lang = lang(&issue.briefing, &story.headline.article);
            self.raw(&format!("<h3 dir=\"auto\"{lang}>"));
            self.text(&story.headline.text);
            self.raw("</h3>\n");
        }
        for sentence in &story.summary {
            let lang = lang(&issue.briefing, &sentence.excerpt.article);
            self.raw(&format!("<p dir=\"auto\"{lang}>"));
            self.text(&readable(&sentence.excerpt.text));
            self.source(&issue.briefing, &sentence.excerpt);
            self.raw("</p>\n");
        }
        for quote in &story.quotes {
            self.quotation(&Quoted { issue, story, quote });
        }
        self.raw("</section>\n");
    }

    /// Appends the name of a speaker with the number of quotes.
    pub(super) fn name(&mut self, speaker: &Speaker<'_>) {
        self.raw(&format!("<li><a href=\"{}\"><bdi>", speaker_link(&speaker.key)));
        self.text(&speaker.name);
        self.raw(&format!(
            "</bdi></a> <span class=\"soft\">{}</span></li>\n",
            speaker.quotes.len()
        ));
    }

    /// Appends a quote with the day of its briefing and a link to its story.
    pub(super) fn quote(&mut self, quoted: &Quoted<'_>) {
        self.raw("<section>\n<h2>");
        self.issue_link(quoted.issue);
        self.raw("</h2>\n");
        self.quotation(quoted);
        self.raw("<p class=\"soft\" dir=\"auto\">");
        self.story_link(&quoted.issue.briefing, quoted.story);
        self.raw("</p>\n</section>\n");
    }

    fn quotation(&mut self, Quoted { issue, quote, .. }: &Quoted<'_>) {
        let first = quote.excerpts.first();
        let lang = first.map(|part| lang(&issue.briefing, &part.article)).unwrap_or_default();
        self.raw(&format!("<figure>\n<blockquote dir=\"auto\"{lang}><p>“"));
        let parts: Vec<String> = quote.excerpts.iter().map(|part| spoken(&part.text)).collect();
        self.text(&parts.join(" … "));
        self.raw("”</p></blockquote>\n<figcaption>— ");
        match &quote.speaker {
            Some(speaker) => {
                self.speaker(&speaker.name);
                if let Some(role) = &speaker.role {
                    self.raw(", <bdi>");
                    self.text(role);
                    self.raw("</bdi>");
                }
            }
            None => self.raw("unattributed"),
        }
        let mut cited: BTreeSet<&str> = BTreeSet::new();
        for part in quote.excerpts.iter().chain(&quote.variants) {
            if cited.insert(&part.article) {
                self.raw(" ·");
                self.source(&issue.briefing, part);
            }
        }
        self.raw("</figcaption>\n</figure>\n");
    }

    /// Appends the name of a speaker, linked to the speaker's page unless this is that page.
    fn speaker(&mut self, name: &str) {
        let key = self.keys.get(name).filter(|key| self.keys.get(&self.heading) != Some(key));
        if let Some(key) = key {
            self.raw(&format!("<a href=\"{}\">", speaker_link(key)));
        }
        self.raw("<b><bdi>");
        self.text(name);
        self.raw(if key.is_some() { "</bdi></b></a>" } else { "</bdi></b>" });
    }

    /// Appends the figures of a story that changed from briefing to briefing.
    pub(super) fn figures(&mut self, figures: &[FigureCourse]) {
        if figures.is_empty() {
            return;
        }
        self.raw("<section>\n<h2>Figures that changed</h2>\n<ul>\n");
        for figure in figures {
            self.raw("<li>");
            for (n, value) in figure.values.iter().enumerate() {
                self.raw(if n == 0 { "<bdi>" } else { " → <bdi>" });
                self.text(&value.excerpt.text);
                self.raw(&format!("</bdi> <span class=\"soft\">{}</span>", day(value.generated)));
            }
            self.raw("</li>\n");
        }
        self.raw("</ul>\n</section>\n");
    }

    /// Appends the corrections: excerpts that changed in their articles after a briefing had shown them.
    pub(super) fn corrections(&mut self, corrections: &[(&Issue, &Correction)]) {
        if corrections.is_empty() {
            return;
        }
        self.raw("<section>\n<h2>Corrections</h2>\n<ul>\n");
        for (issue, correction) in corrections {
            self.raw(&format!(
                "<li dir=\"auto\"{}><del>",
                lang(&issue.briefing, &correction.article)
            ));
            self.text(&readable(&correction.shown));
            self.raw("</del> ");
            match &correction.now {
                Some(now) => {
                    self.raw("<ins>");
                    self.text(&readable(&now.text));
                    self.raw("</ins>");
                    self.source(&issue.briefing, now);
                }
                None => self.raw("<span class=\"soft\">no longer in the article</span>"),
            }
            let day = day(issue.briefing.generated);
            self.raw(&format!(" <span class=\"soft\">{day}</span></li>\n"));
        }
        self.raw("</ul>\n</section>\n");
    }

    /// Appends the outlet of an excerpt, linked to the exact words if the article has an address.
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

/// Returns the number of outlets that report a story with a text of their own, or the number of all its outlets if the
/// record was made by an older version.
pub(super) const fn n_witnesses(story: &StoryEntry) -> usize {
    if story.witnesses == 0 { story.outlets.len() } else { story.witnesses }
}

/// Returns the day of a briefing, such as `Tuesday, 10 March 2026`.
fn day(at: Published) -> String {
    at.day().strftime("%A, %-d %B %Y").to_string()
}

/// Returns the `lang` attribute for an article whose language differs from that of the page, otherwise an empty string.
fn lang(briefing: &Briefing, article: &str) -> String {
    let article = briefing.articles.iter().find(|entry| entry.id == article);
    let lang = article.map(|entry| entry.lang);
    let foreign = lang.filter(|lang| lang.is_known() && *lang != Language::ENGLISH);
    foreign.map(|lang| format!(" lang=\"{}\"", lang.code())).unwrap_or_default()
}

/// Returns the name of an article's outlet, or otherwise the host of its address.
fn outlet(article: &ArticleEntry) -> &str {
    let host = || article.url.as_deref().filter(|url| web_link(url).is_some());
    let host = || host().and_then(crate::article::host);
    article.source.as_deref().or_else(host).unwrap_or("source")
}

fn address(address: &str) -> String {
    Dialect::Html.address(address)
}

/// Returns the path of a story's page.
pub(super) fn story_link(id: &str) -> String {
    format!("story-{}.html", file_name(id))
}

/// Returns the path of a speaker's page.
pub(super) fn speaker_link(key: &str) -> String {
    format!("speaker-{}.html", file_name(key))
}

/// Returns a file name for any text: its first ASCII letters and digits, and a hash that distinguishes different texts.
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
