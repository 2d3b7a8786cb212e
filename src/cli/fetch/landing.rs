//! Handles the document found at a feed address: the feed, a page that links to a feed, an article, or a document that
//! cannot be read.
//!
//! A permanent redirect is remembered. If it later leads to a page instead of a feed, such as a log-in page, the
//! redirect is forgotten and the address that the user wrote is requested again. The feed of a page is remembered in
//! the same way, so that the page is not requested each time.

use nutgraf::archive::FeedState;
use nutgraf::read::{self, Format, Options};

use crate::cli::fetch::client::{Document, Failure};
use crate::cli::fetch::harvest::Worker;
use crate::cli::fetch::robots::{Cache, Verdict};
use crate::cli::fetch::trip::Spent;
use crate::cli::fetch::visit::{Seen, Visit, Visitor};
use crate::cli::fetch::{Feed, Fetched, identity};

/// The result of following an address.
pub(super) enum Landing {
    /// A feed, or a document that may be a feed, with notes about the page that led to it.
    Feed(Document, Vec<String>),
    /// The article on a page that the user named, with notes.
    Article(Box<Fetched>, Vec<String>),
    /// There is nothing to read, for this reason.
    Nothing(String),
}

impl Worker<'_> {
    /// Requests a feed. If no server answers, the request did not time out, and the user gave no scheme, the feed is
    /// requested again without encryption.
    pub(super) fn answer(
        &self,
        feed: &Feed,
        address: &str,
        known: &FeedState,
    ) -> Result<Visit, Failure> {
        self.visitor(None).open(address, feed.fallback.as_deref(), known)
    }

    /// Returns a visitor that respects the given robots rules, if any.
    pub(super) fn visitor<'v>(&'v self, robots: Option<&'v Cache>) -> Visitor<'v> {
        Visitor { client: self.client, hosts: self.hosts, robots }
    }

    /// Handles the document at an address, and forgets a remembered redirect that no longer leads to a feed.
    pub(super) fn land(
        &self,
        feed: &Feed,
        address: &str,
        seen: Seen,
        state: &mut FeedState,
    ) -> Landing {
        if seen.page.is_none() || address == feed.url {
            return self.land_on(feed, seen);
        }
        state.moved_to = None;
        match self.answer(feed, &feed.url, &FeedState::default()) {
            Ok(Visit::Seen(seen)) => self.land_on(feed, *seen),
            Ok(Visit::NotModified(_)) => {
                Landing::Nothing("answered that nothing changed".to_owned())
            }
            Err(failure) => Landing::Nothing(failure.to_string()),
        }
    }

    fn land_on(&self, feed: &Feed, seen: Seen) -> Landing {
        let Seen { asked, document, page, kind } = seen;
        let Some(page) = &page else { return Landing::Feed(document, Vec::new()) };
        let visitor = self.visitor(None);
        // Every page of a site declares the site's feeds, but a user who names an article wants the article.
        if feed.takes_page && page.is_article {
            let notes = page.feeds.iter().filter(|f| f.declared).map(|f| {
                format!(
                    "{}: took the page as an article; its site has the feed {}",
                    feed.url, f.url
                )
            });
            let notes = notes.collect();
            return self.take_page(feed, document, notes);
        }
        if let Some(found) = visitor.feed_of(page, &document.url) {
            let mut notes =
                vec![format!("{}: is a page; reading its feed {}", feed.url, found.url)];
            notes.extend(
                found.others.iter().map(|other| format!("{}: has another feed: {other}", feed.url)),
            );
            let mut document = found.document;
            document.moved_to.get_or_insert(found.url);
            return Landing::Feed(document, notes);
        }
        if let Some(kind) = kind {
            return Landing::Nothing(kind.in_words(&asked, &document.url, page));
        }
        if feed.takes_page {
            let note = format!("{}: has no feed; took the page as an article", feed.url);
            return self.take_page(feed, document, vec![note]);
        }
        Landing::Nothing(
            "is a page, and no feed of it was found; look for a link called RSS or Feed on the site".to_owned(),
        )
    }

    /// Reads a page as the article that the user named, if robots.txt allows it.
    fn take_page(&self, feed: &Feed, document: Document, mut notes: Vec<String>) -> Landing {
        let address = document.url.to_string();
        if self.settings.robots {
            match self.robots.allows(&address, self.client, self.hosts, &mut Spent::default()) {
                Verdict::Allowed => {}
                Verdict::Forbidden => {
                    return Landing::Nothing(
                        "is a page, and robots.txt forbids reading it".to_owned(),
                    );
                }
                Verdict::Unknown(failure) => {
                    let failure = failure.about("its robots.txt cannot be read");
                    return Landing::Nothing(failure.to_string());
                }
            }
        }
        let options = Options {
            from: Some(Format::Html),
            lang: feed.lang,
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(&feed.url, &document.text_bytes(), &options);
        notes.extend(read.warnings.iter().map(ToString::to_string));
        let Some(mut article) = read.articles.into_iter().next() else {
            return Landing::Nothing("is a page without an article".to_owned());
        };
        article.url.get_or_insert(address);
        article.id = identity::article_id(&article, &feed.url);
        let authority = identity::authority(&feed.url, article.url.as_deref());
        Landing::Article(Box::new(Fetched { article, raw: Some(document.body), authority }), notes)
    }
}
