//! Decides under which outlet name an article may be shown.
//!
//! Anybody can give a feed the title of a well-known outlet. The name that a feed gives itself or its entries is
//! therefore only a claim. If it is the name of another of the user's feeds, and neither the claiming feed nor the
//! article is on that feed's site or on a host of that name, the article is shown under the name of its host. Names
//! given by the user are always accepted.
//!
//! Known limit: if two feeds claim the same name, which matches neither host, both keep it unless the user has given
//! that name to one of them.

use crate::identity::outlet::Outlets;
use nutgraf::article::{Article, host};

use crate::cli::fetch::{Feed, identity};

/// The names and addresses of the feeds of a run.
pub(super) struct Claims<'f> {
    feeds: &'f [Feed],
    outlets: Outlets,
}

impl<'f> Claims<'f> {
    pub(super) fn among(feeds: &'f [Feed]) -> Self {
        Self { feeds, outlets: Outlets::default() }
    }

    /// Sets the outlet of an article from a feed; returns a warning if the claimed name was rejected.
    pub(super) fn settle(&self, article: &mut Article, feed: &Feed) -> Option<String> {
        if let Some(name) = &feed.name {
            article.source = Some(name.clone());
            return None;
        }
        let claimed = article.source.clone()?;
        let own: Vec<&str> =
            [Some(feed.url.as_str()), article.url.as_deref()].into_iter().flatten().collect();
        let is_host =
            own.iter().filter_map(|url| host(url)).any(|host| self.outlets.are_one(host, &claimed));
        let owners: Vec<&Feed> = self.feeds.iter().filter(|f| self.bears(f, &claimed)).collect();
        let is_site = owners.iter().any(|o| own.iter().any(|url| identity::same_site(url, &o.url)));
        let owner = owners.first()?;
        if is_host || is_site {
            return None;
        }
        let shown = article.url.as_deref().and_then(host).or_else(|| host(&feed.url))?;
        article.source = Some(shown.to_owned());
        Some(format!(
            "{}: calls itself {claimed}, which is the name of {}; its articles are shown under their hosts (to allow \
             the name, set it as `name` in [[feed]])",
            feed.url, owner.url
        ))
    }

    /// Returns whether a name is the one that the user gave a feed, or matches the feed's host.
    fn bears(&self, feed: &Feed, name: &str) -> bool {
        let host = host(&feed.url);
        feed.name.as_deref().into_iter().chain(host).any(|own| self.outlets.are_one(own, name))
    }
}

#[cfg(test)]
mod tests {
    use nutgraf::article::Article;

    use super::Claims;
    use crate::cli::fetch::Feed;
    use crate::cli::fetch::feed_filter::Filter;

    fn feed(url: &str, name: Option<&str>) -> Feed {
        Feed {
            url: url.to_owned(),
            name: name.map(str::to_owned),
            lang: None,
            full_text: false,
            filter: Filter::default(),
            fallback: None,
            takes_page: false,
        }
    }

    #[test]
    fn a_name_belongs_to_its_site() {
        let feeds = [
            feed("https://rss.dellpost.example/all", None),
            feed("https://netimes.example/feed", Some("The Norvia Evening Times")),
            feed("https://evil.example/feed", None),
            feed("https://mirror.example/feed", Some("Dell Post")),
        ];
        let claims = Claims::among(&feeds);
        for (feed, link, claimed, shown) in [
            (0, "https://www.dellpost.example/a", "Dell Post", "Dell Post"),
            (2, "https://evil.example/a", "Dell Post", "evil.example"),
            (2, "https://evil.example/a", "Norvia Evening Times", "evil.example"),
            (2, "https://evil.example/a", "The Norvia Evening Times (Web Edition)", "evil.example"),
            (2, "https://other.example/a", "Dell Post Online", "other.example"),
            (2, "https://evil.example/a", "Evil Blog", "Evil Blog"),
            // An aggregator may name the outlet whose page it links to.
            (2, "https://dellpost.example/a", "Dell Post", "Dell Post"),
            (2, "https://netimes.example/a", "Norvia Evening Times", "Norvia Evening Times"),
            // The name that the user gave a feed always wins.
            (3, "https://mirror.example/a", "Anything", "Dell Post"),
        ] {
            let mut article = Article {
                source: Some(claimed.to_owned()),
                url: Some(link.to_owned()),
                ..Article::default()
            };
            let warning = claims.settle(&mut article, &feeds[feed]);
            assert_eq!(article.source.as_deref(), Some(shown), "{link} {claimed}");
            assert_eq!(warning.is_some(), shown.contains(".example"), "{link} {claimed}");
        }
    }
}
