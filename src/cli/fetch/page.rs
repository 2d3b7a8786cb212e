//! The page of an article of which the feed has only a teaser.

use anyhow::{Result, bail};
use nutgraf::archive::{Archive, FeedState};
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};

use crate::cli::fetch::client::{Answer, Document};
use crate::cli::fetch::{Fetched, Worker};

/// What asking for a page gave.
pub(super) struct Page {
    /// The article with the page's text; nothing where the page is as it was.
    pub(super) fetched: Option<Fetched>,
    /// What is known of the page now.
    pub(super) state: Option<FeedState>,
    /// Whether robots.txt forbids it.
    pub(super) forbidden: bool,
}

impl Page {
    fn forbidden() -> Self {
        Self { fetched: None, state: None, forbidden: true }
    }
}

impl Worker<'_> {
    /// Asks for the page of an article, if it changed since it was last read.
    pub(super) fn page(&self, url: &str, teaser: &Article, archive: &Archive) -> Result<Page> {
        let in_archive = archive.get(teaser.id.as_str())?.is_some_and(|a| !a.teaser);
        let known = archive.feed_state(url)?.filter(|_| in_archive).unwrap_or_default();
        if self.settings.robots && !self.robots.allows(url, self.client, self.hosts) {
            return Ok(Page::forbidden());
        }
        match self.client.get(url, &known, self.hosts) {
            Ok(Answer::NotModified(_)) => Ok(Page { fetched: None, state: None, forbidden: false }),
            Ok(Answer::Fresh(document)) => {
                let state = FeedState {
                    etag: document.etag.clone(),
                    last_modified: document.last_modified.clone(),
                    checked: self.now,
                    ..FeedState::default()
                };
                let fetched = Some(self.with_page(url, teaser, document));
                Ok(Page { fetched, state: Some(state), forbidden: false })
            }
            Err(failure) => bail!("{failure}"),
        }
    }

    /// Gives an article the text of its page, where the page has more of it than the teaser.
    fn with_page(&self, url: &str, teaser: &Article, document: Document) -> Fetched {
        let options = Options {
            from: Some(Format::Html),
            lang: Some(teaser.lang).filter(|l| l.is_known()),
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(url, &document.text_bytes(), &options).articles;
        let mut article = teaser.clone();
        if let Some(page) = read.into_iter().next().filter(|p| p.text.len() > teaser.text.len()) {
            article.teaser = false;
            article.title = if teaser.title.is_empty() { page.title } else { article.title };
            article.byline = article.byline.or(page.byline);
            article.published = article.published.or(page.published);
            article.source = article.source.or(page.source);
            article.place = page.place;
            article.lang = page.lang;
            article.text = page.text;
            article.blocks = page.blocks;
        }
        Fetched { article, raw: Some(document.body) }
    }
}
