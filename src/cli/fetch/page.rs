//! The page of an article of which the feed has only a teaser.

use anyhow::Result;
use nutgraf::archive::{Archive, Authority, FeedState};
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};

use crate::cli::fetch::Fetched;
use crate::cli::fetch::client::{Answer, Document, Failure};
use crate::cli::fetch::harvest::Worker;
use crate::cli::fetch::robots::Verdict;

/// The result of requesting a page.
pub(super) enum Page {
    /// The article with the page's text, and the new fetch state of the page.
    Fresh(Box<Fetched>, FeedState),
    /// The page is as it was.
    Unchanged,
    /// It is not to be fetched, now or later.
    Refused(String),
    /// It may be had the next time.
    Failed(Failure),
}

impl Worker<'_> {
    /// Asks for the page of an article, if it changed since it was last read.
    pub(super) fn page(
        &self,
        url: &str,
        teaser: &Article,
        is_foreign: bool,
        archive: &Archive,
    ) -> Result<Page> {
        // Before its robots.txt is asked for, which would fail for the same reason in other words.
        if let Err(failure) = self.client.check(url) {
            return Ok(Page::Refused(failure.to_string()));
        }
        let in_archive = archive.get(teaser.id.as_str())?.is_some_and(|a| !a.teaser);
        let known = archive.feed_state(url)?.filter(|_| in_archive).unwrap_or_default();
        if self.settings.robots {
            match self.robots.allows(url, self.client, self.hosts) {
                Verdict::Allowed => {}
                Verdict::Forbidden => return Ok(Page::Refused("robots.txt forbids it".to_owned())),
                Verdict::Unknown(failure) => {
                    return Ok(Page::Failed(failure.about("its robots.txt cannot be read")));
                }
            }
        }
        Ok(match self.client.get(url, &known, self.hosts) {
            Ok(Answer::NotModified(_)) => Page::Unchanged,
            Ok(Answer::Fresh(document)) => {
                let state = FeedState {
                    etag: document.etag.clone(),
                    last_modified: document.last_modified.clone(),
                    checked: self.now,
                    ..FeedState::default()
                };
                Page::Fresh(Box::new(self.with_page(url, teaser, is_foreign, document)), state)
            }
            Err(failure) => Page::Failed(failure),
        })
    }

    /// Gives an article the text of its page, if the page has more of it than the teaser.
    fn with_page(
        &self,
        url: &str,
        teaser: &Article,
        is_foreign: bool,
        document: Document,
    ) -> Fetched {
        let options = Options {
            from: Some(Format::Html),
            lang: Some(teaser.lang).filter(|l| l.is_known()),
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(url, &document.text_bytes(), &options).articles;
        let mut article = teaser.clone();
        let page = read.into_iter().next().filter(|p| p.text.len() > teaser.text.len());
        let authority = match (&page, is_foreign) {
            (_, false) => Authority::Own,
            (Some(_), true) => Authority::Page,
            (None, true) => Authority::Foreign,
        };
        if let Some(page) = page {
            article.teaser = false;
            // A feed of another site cannot set the title of the page.
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
        Fetched { article, raw: Some(document.body), authority }
    }
}
