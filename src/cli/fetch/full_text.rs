//! Fetches the page of an article if the feed has only a teaser.
//!
//! The text of a page replaces a teaser only if the page is an article according to [`Kind`](super::page_kind::Kind), shares
//! enough words with the teaser, and has a longer text.
//!
//! Known limits: a page is rejected if its language differs from that of the teaser, or if it contains less than half
//! of the words of the teaser's title and less than half of the words of its text. A long page about something else may
//! contain half of them by chance.

use std::collections::BTreeSet;

use anyhow::Result;
use nutgraf::archive::{Archive, Authority, FeedState};
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};
use nutgraf::text::{Document as Annotated, Token, TokenKind, annotate};

use crate::cli::fetch::client::{Document, Failure};
use crate::cli::fetch::harvest::Worker;
use crate::cli::fetch::trip::{Foreign, Spent, Trip};
use crate::cli::fetch::visit::{Seen, Visit};
use crate::cli::fetch::{Feed, Fetched, identity};

/// The page must contain at least one in this many of the words of the teaser's title or text. Of 783 article pages,
/// 99% contain at least half of the words of their own title or description. No short page contains half of the words
/// of another page's title or description, but a sixth of the longer pages do.
const TEASER_SHARE: usize = 2;

/// The result of requesting a page.
pub(super) enum Page {
    /// The article, with the text of the page if that is longer than the teaser, and the new fetch state of the page.
    Fresh(Box<Fetched>, FeedState),
    /// The page has not changed.
    Unchanged,
    /// The page cannot be used, now or later.
    Refused(String),
    /// The page could not be fetched, but may be available in the next run.
    Failed(Failure),
}

impl Worker<'_> {
    /// Requests the page of an article, conditionally if the archive has the text of the page, and also returns the
    /// cost.
    pub(super) fn page(
        &self,
        url: &str,
        teaser: &Article,
        (feed, foreign_left): (&Feed, usize),
        archive: &Archive,
    ) -> Result<(Page, Spent)> {
        // Check the address first, because requesting its robots.txt would fail with a less clear message.
        if let Err(failure) = self.client.check(url) {
            return Ok((Page::Refused(failure.to_string()), Spent::default()));
        }
        let in_archive = archive.get(teaser.id.as_str())?.is_some_and(|a| !a.teaser);
        let known = archive.feed_state(url)?.filter(|_| in_archive).unwrap_or_default();
        let robots = Some(self.robots).filter(|_| self.settings.robots);
        let foreign = Some(Foreign { home: &feed.url, left: foreign_left });
        let mut trip = Trip { foreign, ..Trip::heeding(robots) };
        let visit = self.visitor(robots).visit(url, &known, &mut trip);
        let page = match visit {
            Ok(Visit::NotModified(_)) => Page::Unchanged,
            Ok(Visit::Seen(seen)) => self.read_page(url, teaser, &feed.url, *seen),
            Err(failure) if failure.is_forbidden => Page::Refused(failure.to_string()),
            Err(failure) => Page::Failed(failure),
        };
        Ok((page, trip.spent))
    }

    /// Replaces a teaser with the text of its page, unless the page is not an article or reports something else.
    fn read_page(&self, url: &str, teaser: &Article, feed: &str, seen: Seen) -> Page {
        let Seen { asked, document, page, kind } = seen;
        let Some(page) = page else { return Page::Refused("is not a web page".to_owned()) };
        if let Some(kind) = kind {
            return Page::Refused(kind.in_words(&asked, &document.url, &page));
        }
        let state = FeedState {
            etag: document.etag.clone(),
            last_modified: document.last_modified.clone(),
            checked: self.now,
            ..FeedState::default()
        };
        let is_foreign = !identity::same_site(feed, url);
        match self.with_page(url, teaser, is_foreign, document) {
            Some(fetched) => Page::Fresh(Box::new(fetched), state),
            None => Page::Refused("the page reports something other than the feed".to_owned()),
        }
    }

    /// Replaces a teaser with the text of its page if that text is longer; returns `None` if the page is about
    /// something else.
    fn with_page(
        &self,
        url: &str,
        teaser: &Article,
        is_foreign: bool,
        document: Document,
    ) -> Option<Fetched> {
        let options = Options {
            from: Some(Format::Html),
            lang: Some(teaser.lang).filter(|l| l.is_known()),
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(url, &document.text_bytes(), &options).articles;
        let mut article = teaser.clone();
        let page = read.into_iter().next().filter(|p| p.text.len() > teaser.text.len());
        if page.as_ref().is_some_and(|page| !reports(page, teaser)) {
            return None;
        }
        let authority = match (&page, is_foreign) {
            (_, false) => Authority::Own,
            (Some(_), true) => Authority::Page,
            (None, true) => Authority::Foreign,
        };
        if let Some(page) = page {
            article.teaser = page.teaser;
            // A feed on another site cannot override the title of the page.
            if teaser.title.is_empty() || (is_foreign && !page.title.is_empty()) {
                article.title = page.title;
            }
            article.byline = article.byline.or(page.byline);
            article.published = article.published.or(page.published);
            article.source = article.source.or(page.source);
            article.place = page.place;
            article.lang = page.lang;
            article.text = page.text;
            article.blocks = page.blocks;
            article.warnings.extend(page.warnings);
        }
        Some(Fetched { article, raw: Some(document.body), authority })
    }
}

/// Returns whether a page is about the same thing as a teaser, which is the case if it contains enough words of the
/// teaser's title or text. A page shown in place of the article, such as a subscription offer, contains too few of
/// them. A teaser without words is about the same thing as any page.
fn reports(page: &Article, teaser: &Article) -> bool {
    let teaser = Article { lang: page.lang, ..teaser.clone() };
    let (page, teaser) = (annotate(page), annotate(&teaser));
    let words = |document: &Annotated, tokens: &[Token]| -> BTreeSet<String> {
        let content = tokens.iter().filter(|token| token.kind != TokenKind::Stop);
        content.map(|token| document.term(token.term).to_owned()).collect()
    };
    let mut known = words(&page, &page.title);
    known.extend(words(&page, &page.tokens));
    let is_shared = |words: BTreeSet<String>, least: usize| {
        let shared = words.intersection(&known).count();
        0 < shared && least.min(words.len()) <= shared && words.len() <= TEASER_SHARE * shared
    };
    let (title, text) = (words(&teaser, &teaser.title), words(&teaser, &teaser.tokens));
    (title.is_empty() && text.is_empty()) || is_shared(title, 2) || is_shared(text, 3)
}
