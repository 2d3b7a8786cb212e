//! The data available to templates: the briefing with its numbers, names, links and labels resolved.
//!
//! Templates only lay out the data; this module does everything that requires a lookup or a decision.
//! `templates/README.md` documents each field for template authors.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::article::Published;
use crate::briefing::{
    ArticleEntry, Briefing, Correction, Difference, Excerpt, Inputs, LeftOut, LeftOutStory,
    QuoteEntry, Reason, Status, StoryEntry, SummarySentence,
};
use crate::budget;
use crate::identity::Outlets;
use crate::render::escape::readable;
use crate::render::labels::{Furniture, rfc3339};
use crate::render::link::{link_to_text, web_link};
use crate::render::{HouseStyle, Marks, Options};
use crate::stories::Kind;

/// The maximum number of sentences in a paragraph.
const PARAGRAPH: usize = 3;

/// The root of the data available to templates.
#[derive(Clone, Debug, Serialize)]
pub(super) struct View {
    pub(super) title: String,
    pub(super) date: String,
    day: String,
    pub(super) generated: String,
    pub(super) lang: String,
    generator: String,
    words: usize,
    minutes: usize,
    pub(super) counts: Vec<String>,
    pub(super) intro: Vec<String>,
    pub(super) outro: Vec<String>,
    sections: Vec<Json>,
    pub(super) stories: Vec<StoryView>,
    pub(super) sources: Vec<SourceView>,
    notes: Vec<MarkView>,
    pub(super) notices: Vec<String>,
    style: StyleView,
    pub(super) labels: BTreeMap<String, String>,
    schema_org: Json,
    feed: FeedView,
    /// The address of the page that lists all briefings.
    index: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct StoryView {
    number: usize,
    pub(super) id: String,
    pub(super) anchor: String,
    uuid: String,
    pub(super) topic: Option<String>,
    status: Status,
    pub(super) status_label: Option<String>,
    pub(super) headline: TextView,
    pub(super) paragraphs: Vec<Vec<SentenceView>>,
    pub(super) quotes: Vec<QuoteView>,
    pub(super) differences: Vec<DifferenceView>,
    pub(super) also: Vec<SourceView>,
    sources: Vec<SourceView>,
    outlets: Vec<String>,
    updated: String,
    words: usize,
}

/// An excerpt with its source mark.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TextView {
    pub(super) text: String,
    lang: Option<String>,
    pub(super) mark: MarkView,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SentenceView {
    #[serde(flatten)]
    pub(super) text: TextView,
    /// The label "Earlier", if the reader has seen the sentence before.
    pub(super) lead: Option<String>,
    pub(super) only: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct QuoteView {
    pub(super) quoted: String,
    parts: Vec<String>,
    lang: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) role: Option<String>,
    mark: MarkView,
    pub(super) marks: Vec<MarkView>,
    cite: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct DifferenceView {
    kind: String,
    pub(super) label: String,
    pub(super) sides: Vec<SideView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SideView {
    #[serde(flatten)]
    pub(super) text: TextView,
    pub(super) quoted: String,
    figures: Vec<String>,
    newest: bool,
}

/// The source mark after an excerpt: the source, and the link to the exact words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MarkView {
    note: usize,
    number: usize,
    pub(super) outlet: String,
    title: String,
    link: Option<String>,
    pub(super) url: Option<String>,
    date: Option<String>,
    anchor: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SourceView {
    number: usize,
    id: String,
    title: String,
    pub(super) outlet: String,
    /// The label of an opinion piece; `None` for any other article.
    kind: Option<String>,
    byline: Option<String>,
    pub(super) url: Option<String>,
    date: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    anchor: String,
}

#[derive(Clone, Debug, Serialize)]
struct StyleView {
    marks: &'static str,
    open: String,
    close: String,
    width: usize,
}

#[derive(Clone, Debug, Serialize)]
struct FeedView {
    id: String,
    url: Option<String>,
    author: String,
}

impl View {
    /// Builds the view of a briefing; `links` selects whether source marks link to the exact words or only to the page.
    pub(super) fn new(
        briefing: &Briefing,
        options: &Options,
        usual: Marks,
        links: Links,
    ) -> Result<Self, super::Error> {
        let furniture = Furniture::new(&options.house, briefing.lang)?;
        let mut layout = Layout::new(briefing, &furniture, links);
        let stories = layout.stories(briefing);
        let sources = layout.sources();
        let notes = layout.notes;
        let title =
            one_line(&briefing.title).unwrap_or_else(|| furniture.long_date(briefing.generated));
        let minutes = minutes(briefing.words, options.words_per_minute);
        Ok(Self {
            date: furniture.long_date(briefing.generated),
            day: briefing.generated.day().to_string(),
            generated: rfc3339(briefing.generated),
            lang: furniture.lang.clone(),
            generator: "nutgraf".to_owned(),
            words: briefing.words,
            minutes,
            counts: counts(briefing.stories.len(), sources.len(), minutes, &furniture),
            intro: paragraphs_of(briefing.intro.as_deref()),
            outro: paragraphs_of(briefing.outro.as_deref()),
            sections: briefing.sections.iter().map(|s| json!(s)).collect(),
            notices: notices(briefing, &furniture),
            style: StyleView::new(&options.house, &furniture, usual),
            schema_org: schema_org(&title, briefing, &furniture, &stories, &sources),
            feed: FeedView::new(options, &title),
            index: options.index.clone(),
            labels: furniture.labels.clone(),
            title,
            stories,
            sources,
            notes,
        })
    }
}

/// The target of source marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// The exact words of the excerpt.
    ToWords,
    /// Only the page, so that the link is shorter.
    ToPages,
}

/// Looks up articles, and numbers the source marks in the order in which they occur.
struct Layout<'a> {
    articles: BTreeMap<&'a str, (usize, &'a ArticleEntry)>,
    order: Vec<&'a ArticleEntry>,
    furniture: &'a Furniture,
    links: Links,
    outlets: Outlets,
    notes: Vec<MarkView>,
}

impl<'a> Layout<'a> {
    fn new(briefing: &'a Briefing, furniture: &'a Furniture, links: Links) -> Self {
        let numbered = |(i, a): (usize, &'a ArticleEntry)| {
            (a.id.as_str(), (if a.number == 0 { i + 1 } else { a.number }, a))
        };
        let articles = briefing.articles.iter().enumerate().map(numbered).collect();
        let unlisted = unlisted(briefing);
        let mut order: Vec<_> =
            briefing.articles.iter().filter(|a| !unlisted.contains(a.id.as_str())).collect();
        order.sort_by_key(|a| a.number);
        let outlets = Outlets::from_recorded(&briefing.hosts);
        Self { articles, order, furniture, links, outlets, notes: Vec::new() }
    }

    fn stories(&mut self, briefing: &'a Briefing) -> Vec<StoryView> {
        briefing
            .stories
            .iter()
            .enumerate()
            .map(|(i, s)| self.story(i + 1, s, briefing.generated))
            .collect()
    }

    fn story(&mut self, number: usize, story: &'a StoryEntry, generated: Published) -> StoryView {
        let headline = TextView {
            text: one_line(&story.headline.text)
                .unwrap_or_else(|| self.furniture.label("untitled").to_owned()),
            lang: self.lang(&story.headline.article),
            mark: self.mark(&story.headline.article, ""),
        };
        let sentences: Vec<_> = story.summary.iter().map(|s| self.sentence(s)).collect();
        let mut paragraphs = paragraphs(sentences);
        if let Some(background) = &story.background {
            let lead = Some(self.furniture.label("earlier").to_owned());
            paragraphs.push(vec![SentenceView {
                text: self.excerpt(background),
                lead,
                only: None,
            }]);
        }
        StoryView {
            number,
            anchor: format!("story-{number}"),
            uuid: uuid(&["story", &story.id]),
            id: story.id.clone(),
            topic: story.topic.as_deref().and_then(one_line),
            status: story.status,
            status_label: self.status(story.status),
            headline,
            paragraphs,
            quotes: story.quotes.iter().filter_map(|q| self.quote(q)).collect(),
            differences: story.differences.iter().map(|d| self.difference(d)).collect(),
            also: self.other_outlets(story),
            sources: self.sources_of(story),
            outlets: story.outlets.iter().filter_map(|o| one_line(o)).collect(),
            updated: rfc3339(story.last.unwrap_or(generated)),
            words: story.words,
        }
    }

    fn status(&self, status: Status) -> Option<String> {
        match status {
            Status::New => None,
            Status::Updated => Some(self.furniture.label("updated").to_owned()),
            Status::Ongoing => Some(self.furniture.label("ongoing").to_owned()),
        }
    }

    fn sentence(&mut self, sentence: &SummarySentence) -> SentenceView {
        let text = self.excerpt(&sentence.excerpt);
        let is_opinion =
            |id: &str| self.articles.get(id).is_some_and(|(_, a)| a.kind == Kind::Opinion);
        let only = if is_opinion(&sentence.excerpt.article) {
            Some(self.furniture.label("opinion").to_owned())
        } else {
            sentence
                .single_source
                .then(|| self.furniture.label("only").replace("{outlet}", &text.mark.outlet))
        };
        SentenceView { text, lead: None, only }
    }

    /// Returns an excerpt with its own source mark, which is numbered as a note.
    fn excerpt(&mut self, excerpt: &Excerpt) -> TextView {
        TextView {
            text: readable(&excerpt.text).into_owned(),
            lang: self.lang(&excerpt.article),
            mark: self.noted(&excerpt.article, &excerpt.text),
        }
    }

    /// Returns a quote with one mark for each article that contains it, grouped by outlet; `None` if it has no excerpt.
    fn quote(&mut self, quote: &QuoteEntry) -> Option<QuoteView> {
        let first = quote.excerpts.first()?;
        let carriers = self.carriers(quote);
        let marks: Vec<MarkView> =
            carriers.iter().map(|e| self.noted(&e.article, &e.text)).collect();
        let (speaker, role) = {
            let speaker = quote.speaker.as_ref();
            speaker.map(|s| attribution(&s.name, s.role.as_deref())).unwrap_or_default()
        };
        let parts: Vec<_> = quote.excerpts.iter().map(|e| spoken(&e.text)).collect();
        let [open, close] = &self.furniture.quotes;
        Some(QuoteView {
            quoted: format!("{open}{}{close}", parts.join(" … ")),
            parts,
            lang: self.lang(&first.article),
            speaker,
            role,
            mark: marks.first()?.clone(),
            cite: marks.first()?.url.clone(),
            marks,
        })
    }

    /// Returns, for each article that contains a quote, the first excerpt of the quote in it, grouped by outlet.
    fn carriers<'q>(&self, quote: &'q QuoteEntry) -> Vec<&'q Excerpt> {
        let mut by_outlet: Vec<(String, Vec<&Excerpt>)> = Vec::new();
        for excerpt in quote.excerpts.iter().chain(&quote.variants) {
            let outlet = self.mark(&excerpt.article, "").outlet;
            match by_outlet.iter_mut().find(|(known, _)| *known == outlet) {
                Some((_, own)) if own.iter().any(|e| e.article == excerpt.article) => {}
                Some((_, own)) => own.push(excerpt),
                None => by_outlet.push((outlet, vec![excerpt])),
            }
        }
        by_outlet.into_iter().flat_map(|(_, own)| own).collect()
    }

    fn difference(&mut self, difference: &Difference) -> DifferenceView {
        let [open, close] = &self.furniture.quotes;
        let side = |(i, excerpt): (usize, &Excerpt)| SideView {
            quoted: format!("{open}{}{close}", readable(&excerpt.text)),
            text: self.excerpt(excerpt),
            figures: difference
                .figures
                .get(i)
                .and_then(|f| one_line(&f.text))
                .into_iter()
                .collect(),
            newest: difference.newest == Some(i),
        };
        DifferenceView {
            sides: difference.sides.iter().enumerate().map(side).collect(),
            kind: difference.kind.clone(),
            label: self.furniture.kind(&difference.kind).to_owned(),
        }
    }

    fn noted(&mut self, article: &str, text: &str) -> MarkView {
        let mark = MarkView { note: self.notes.len() + 1, ..self.mark(article, text) };
        self.notes.push(mark.clone());
        mark
    }

    fn mark(&self, id: &str, text: &str) -> MarkView {
        let Some(&(number, article)) = self.articles.get(id) else { return MarkView::unknown(id) };
        let url = article.url.as_deref().and_then(web_link);
        let to_words = article.url.as_deref().and_then(|url| link_to_text(url, text));
        MarkView {
            note: 0,
            number,
            outlet: self.name(number, article),
            title: self.title(article),
            link: if self.links == Links::ToWords { to_words } else { url.clone() },
            url,
            date: article.published.map(|at| self.furniture.short_date(at)),
            anchor: format!("source-{number}"),
        }
    }

    fn sources(&self) -> Vec<SourceView> {
        self.order.iter().map(|article| self.source(article)).collect()
    }

    /// Returns the articles of a story, except those that were reported before and contain nothing new.
    fn sources_of(&self, story: &StoryEntry) -> Vec<SourceView> {
        let listed = story.sources.iter().filter(|id| !story.reported.contains(id));
        listed.filter_map(|id| Some(self.source(self.articles.get(id.as_str())?.1))).collect()
    }

    /// Returns one of a story's uncited articles for each outlet that the story does not cite. Only news and live
    /// reports count. Each article from an unknown outlet is treated as the only one from its outlet.
    fn other_outlets(&self, story: &StoryEntry) -> Vec<SourceView> {
        let article = |id: &String| Some(self.articles.get(id.as_str())?.1);
        let key = |id: &String| self.outlets.key(&named(article(id)?)?);
        let is_named = |id: &&String| !story.also.contains(id) && !story.reported.contains(id);
        let cited = story.sources.iter().filter(is_named);
        let mut known: BTreeSet<String> = cited.filter_map(key).collect();
        let others = story.also.iter().filter(|id| {
            let key = key(id);
            // A column about an event is not a report on it.
            if !article(id).is_some_and(|a| matches!(a.kind, Kind::News | Kind::Live)) {
                return false;
            }
            key.is_none_or(|key| known.insert(key))
        });
        others.filter_map(|id| Some(self.source(article(id)?))).collect()
    }

    fn source(&self, article: &ArticleEntry) -> SourceView {
        let number = self.articles.get(article.id.as_str()).map_or(0, |(number, _)| *number);
        SourceView {
            number,
            id: article.id.clone(),
            title: self.title(article),
            outlet: self.name(number, article),
            kind: (article.kind == Kind::Opinion)
                .then(|| self.furniture.label("opinion").to_owned()),
            byline: article.byline.as_deref().and_then(one_line),
            url: article.url.as_deref().and_then(web_link),
            date: article.published.map(|at| self.furniture.short_date(at)),
            published: article.published.map(rfc3339),
            lang: self.lang(&article.id),
            anchor: format!("source-{number}"),
        }
    }

    /// Returns the name of a source in running text: its outlet, otherwise the name of its file, otherwise its title,
    /// otherwise its number.
    fn name(&self, number: usize, article: &ArticleEntry) -> String {
        let numbered = || self.furniture.label("source").replace("{n}", &number.to_string());
        let of_file = || file(article).filter(|name| name != "-");
        named(article)
            .or_else(of_file)
            .or_else(|| one_line(&article.title))
            .unwrap_or_else(numbered)
    }

    fn title(&self, article: &ArticleEntry) -> String {
        one_line(&article.title).unwrap_or_else(|| self.furniture.label("untitled").to_owned())
    }

    /// Returns the language of an article, if it differs from the language of the labels.
    fn lang(&self, id: &str) -> Option<String> {
        let lang = self.articles.get(id)?.1.lang;
        (lang.is_known() && lang.code() != self.furniture.lang).then(|| lang.code().to_owned())
    }
}

impl MarkView {
    /// Returns the mark for an article that the briefing does not list.
    fn unknown(id: &str) -> Self {
        let name = one_line(id).unwrap_or_else(|| "?".to_owned());
        Self {
            note: 0,
            number: 0,
            outlet: name.clone(),
            title: name,
            link: None,
            url: None,
            date: None,
            anchor: "sources".to_owned(),
        }
    }
}

impl StyleView {
    fn new(house: &HouseStyle, furniture: &Furniture, usual: Marks) -> Self {
        let [open, close] = furniture.quotes.clone();
        let width = house.width.unwrap_or(72).max(24);
        Self { marks: house.marks.unwrap_or(usual).name(), open, close, width }
    }
}

impl FeedView {
    fn new(options: &Options, title: &str) -> Self {
        let feed = &options.feed;
        let url = feed.url.as_deref().and_then(web_link);
        let given = feed.id.as_deref().and_then(one_line);
        let id = given.unwrap_or_else(|| uuid(&["feed", url.as_deref().unwrap_or(title)]));
        Self {
            id,
            url,
            author: feed
                .author
                .as_deref()
                .and_then(one_line)
                .unwrap_or_else(|| "nutgraf".to_owned()),
        }
    }
}

/// Returns a text on one line, or `None` if it has no visible characters.
fn one_line(text: &str) -> Option<String> {
    let line = readable(text);
    (!line.is_empty()).then(|| line.into_owned())
}

/// Returns the name and the role of a speaker as they are printed. A role that ends with an abbreviated title is put
/// before the name, as in the source: `Gov. Ana Lim`, not `Ana Lim, Gov.`
fn attribution(name: &str, role: Option<&str>) -> (Option<String>, Option<String>) {
    match (one_line(name), role.and_then(one_line)) {
        (Some(name), Some(title)) if ends_in_title(&title) => {
            (Some(format!("{title} {name}")), None)
        }
        as_they_are => as_they_are,
    }
}

/// Returns whether a role ends with an abbreviation and has no complement, as in `Lenn Gov.` and `former Sen.` but not
/// in `head of Odlin Ltd.` or `minister in the U.S.`
fn ends_in_title(role: &str) -> bool {
    let mut words = role.split(' ');
    let abbreviated = words.next_back().is_some_and(|last| {
        last.starts_with(char::is_alphabetic) && last.find('.') == Some(last.len() - 1)
    });
    abbreviated && words.skip(1).all(|word| word.starts_with(char::is_uppercase))
}

/// Returns the editor's own text, paragraph by paragraph.
fn paragraphs_of(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default().replace("\r\n", "\n");
    text.split("\n\n").filter_map(one_line).collect()
}

/// Returns the name of an article's outlet, or otherwise the host of the article's address.
fn named(article: &ArticleEntry) -> Option<String> {
    let host = || {
        let link = web_link(article.url.as_deref()?)?;
        let host = link.split_once("://")?.1.split(['/', '?', '#', ':']).next()?.to_owned();
        Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
    };
    article.source.as_deref().and_then(one_line).or_else(host)
}

/// Returns the file name of the input that an article was read from.
fn file(article: &ArticleEntry) -> Option<String> {
    one_line(article.origin.rsplit(['/', '\\']).next()?)
}

/// Splits a summary into paragraphs. If consecutive sentences of a paragraph have the same "only" label, just the last
/// of them keeps it.
fn paragraphs(sentences: Vec<SentenceView>) -> Vec<Vec<SentenceView>> {
    let mut paragraphs = split(sentences);
    for paragraph in &mut paragraphs {
        for i in 1..paragraph.len() {
            if paragraph[i - 1].only == paragraph[i].only {
                paragraph[i - 1].only = None;
            }
        }
    }
    paragraphs
}

/// Makes the lede of a longer summary a separate paragraph, and splits the other sentences evenly.
fn split(mut sentences: Vec<SentenceView>) -> Vec<Vec<SentenceView>> {
    if sentences.len() <= PARAGRAPH {
        return if sentences.is_empty() { Vec::new() } else { vec![sentences] };
    }
    let rest = sentences.split_off(1);
    let blocks = rest.len().div_ceil(PARAGRAPH);
    let size = rest.len().div_ceil(blocks.max(1));
    let mut all = vec![sentences];
    all.extend(rest.chunks(size.max(1)).map(<[_]>::to_vec));
    all
}

/// Returns the reading time at this speed in minutes, rounded up, at least one. A missing speed or one below one word
/// per minute is replaced with the default.
fn minutes(words: usize, words_per_minute: Option<f64>) -> usize {
    let pace = words_per_minute.filter(|pace| 1.0 <= *pace).unwrap_or(budget::WORDS_A_MINUTE);
    ((words as f64 / pace).ceil() as usize).max(1)
}

fn counts(stories: usize, articles: usize, minutes: usize, furniture: &Furniture) -> Vec<String> {
    vec![
        furniture.count("stories", stories),
        furniture.count("articles", articles),
        furniture.count("minutes", minutes),
    ]
}

/// Returns the articles that were reported before, unless a story of this briefing cites them for something new, or a
/// correction or notice refers to them.
fn unlisted(briefing: &Briefing) -> BTreeSet<&str> {
    let mut unlisted: BTreeSet<&str> =
        briefing.stories.iter().flat_map(|s| &s.reported).map(String::as_str).collect();
    // In a feed of several briefings, a story may cite an article that another story lists as reported before.
    for story in &briefing.stories {
        let reported: BTreeSet<&String> = story.reported.iter().collect();
        for id in story.sources.iter().filter(|id| !reported.contains(id)) {
            unlisted.remove(id.as_str());
        }
    }
    let named = briefing.corrections.iter().map(|c| &c.article);
    for id in named.chain(briefing.ongoing.iter().map(|o| &o.headline.article)) {
        unlisted.remove(id.as_str());
    }
    unlisted
}

/// Returns the words of a part of a quote, without the comma or semicolon that separates them from the reporter's own
/// words.
pub(super) fn spoken(text: &str) -> String {
    let readable = readable(text);
    let bare = readable.trim_end_matches([',', ';', '،', '，', '、']).trim_end();
    if bare.is_empty() { readable.into_owned() } else { bare.to_owned() }
}

/// Returns notices about the ongoing stories without news, the corrections, the omitted stories, and the articles that
/// were read.
fn notices(briefing: &Briefing, furniture: &Furniture) -> Vec<String> {
    let mut notices = Vec::new();
    let headlines = briefing.ongoing.iter().filter_map(|o| one_line(&o.headline.text));
    let headlines = headlines.collect::<Vec<_>>().join(" · ");
    if !headlines.is_empty() {
        notices.push(furniture.label("going_on").replace("{headlines}", &headlines));
    }
    notices.extend(briefing.corrections.iter().map(|c| correction(briefing, c, furniture)));
    notices.extend(left_out(&briefing.left_out, furniture));
    notices.extend(inputs(briefing.inputs, furniture));
    notices
}

/// Returns notices of how many stories were left out for length, and how many because the briefing has its maximum
/// number of stories.
fn left_out(left: &LeftOut, furniture: &Furniture) -> Vec<String> {
    let beyond = |story: &&LeftOutStory| matches!(story.reason, Reason::EnoughStories { .. });
    let n_beyond = left.headlines.iter().filter(beyond).count();
    let articles: usize = left.headlines.iter().filter(beyond).map(|story| story.articles).sum();
    let notice = |key, stories, articles| {
        let articles = furniture.count("articles", articles);
        (0 < stories).then(|| furniture.count(key, stories).replace("{articles}", &articles))
    };
    let maximum = left.headlines.iter().find_map(|story| match story.reason {
        Reason::EnoughStories { maximum } => Some(furniture.count("stories", maximum)),
        _ => None,
    });
    let for_length = notice(
        "left_out",
        left.stories.saturating_sub(n_beyond),
        left.articles.saturating_sub(articles),
    );
    let beyond = notice("beyond", n_beyond, articles);
    let beyond = beyond.map(|b| b.replace("{maximum}", &maximum.unwrap_or_default()));
    for_length.into_iter().chain(beyond).collect()
}

/// Returns a notice of how many articles the briefing was made from, and how many of them were whole, teasers,
/// truncated or behind a paywall.
fn inputs(inputs: Inputs, furniture: &Furniture) -> Option<String> {
    let Inputs { articles, whole, teasers, truncated, paywalled } = inputs;
    let counts = [
        ("whole", whole),
        ("teasers", teasers),
        ("truncated", truncated),
        ("paywalled", paywalled),
    ];
    let extents = counts.into_iter().filter(|(_, n)| 0 < *n);
    let extents: Vec<String> = extents.map(|(key, n)| furniture.count(key, n)).collect();
    let line =
        furniture.label("inputs").replace("{articles}", &furniture.count("articles", articles));
    (0 < articles).then(|| line.replace("{extents}", &extents.join(", ")))
}

/// Returns the notice of a correction: the excerpt that was shown, its outlet, and the text that has replaced it, if
/// any.
fn correction(briefing: &Briefing, correction: &Correction, furniture: &Furniture) -> String {
    let article = briefing.articles.iter().find(|a| a.id == correction.article);
    let outlet = article
        .and_then(|a| a.source.as_deref().or(a.url.as_deref()))
        .unwrap_or(&correction.article);
    let label = if correction.now.is_some() { "corrected" } else { "withdrawn" };
    let now = correction.now.as_ref().map_or("", |e| e.text.as_str());
    // Fill in the outlet first, because the texts of articles may contain anything, including `{outlet}`.
    let [before, after] =
        furniture.label(label).split_once("{shown}").map_or(["", ""], |(a, b)| [a, b]);
    let fill = |part: &str| part.replace("{outlet}", outlet);
    let (middle, end) = after.split_once("{now}").unwrap_or((after, ""));
    let folded = |text: &str| one_line(text).unwrap_or_default();
    let now = if end.is_empty() && !after.contains("{now}") { String::new() } else { folded(now) };
    [fill(before), folded(&correction.shown), fill(middle), now, fill(end)].concat()
}

/// Returns a stable identifier: a UUID of version 8 (custom), made from a hash.
pub(super) fn uuid(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let group = |range: std::ops::Range<usize>| hex[range].concat();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        group(0..4),
        group(4..6),
        group(6..8),
        group(8..10),
        group(10..16)
    )
}

/// Returns the page as schema.org data: an article that has the stories as parts and is based on the sources.
fn schema_org(
    title: &str,
    briefing: &Briefing,
    furniture: &Furniture,
    stories: &[StoryView],
    sources: &[SourceView],
) -> Json {
    let based_on = |source: &SourceView| {
        let mut part = json!({
            "@type": "NewsArticle",
            "headline": source.title,
            "publisher": {"@type": "Organization", "name": source.outlet},
        });
        for (key, value) in [("url", &source.url), ("datePublished", &source.published)] {
            if let Some(value) = value {
                part[key] = json!(value);
            }
        }
        part
    };
    let part = |story: &StoryView| json!({"@type": "CreativeWork", "name": story.headline.text, "url": format!("#{}", story.anchor)});
    json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "datePublished": rfc3339(briefing.generated),
        "inLanguage": furniture.lang,
        "wordCount": briefing.words,
        "hasPart": stories.iter().map(part).collect::<Vec<_>>(),
        "isBasedOn": sources.iter().map(based_on).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::attribution;

    #[test]
    fn an_abbreviated_title_precedes_the_name() {
        for (role, printed) in [
            (Some("Gov."), ("Gov. Ana Lim", None)),
            (Some("Lenn Sen."), ("Lenn Sen. Ana Lim", None)),
            (Some("former Gov."), ("former Gov. Ana Lim", None)),
            (Some("mayor of Lenn"), ("Ana Lim", Some("mayor of Lenn"))),
            (Some("head of Odlin Ltd."), ("Ana Lim", Some("head of Odlin Ltd."))),
            (Some("Envoy to the U.S."), ("Ana Lim", Some("Envoy to the U.S."))),
            (Some("Bürgermeisterin"), ("Ana Lim", Some("Bürgermeisterin"))),
            (Some(". ."), ("Ana Lim", Some(". ."))),
            (Some("Deputy ."), ("Ana Lim", Some("Deputy ."))),
            (None, ("Ana Lim", None)),
        ] {
            let (name, role) = attribution("Ana Lim", role);
            assert_eq!((name.as_deref(), role.as_deref()), (Some(printed.0), printed.1));
        }
    }
}
