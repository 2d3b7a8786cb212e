//! Identifies the article of a feed entry, and determines the authority of the feed's text.
//!
//! An article is identified by its address without tracking parameters. Anybody can write a feed that links to other
//! people's pages, so the text in a feed counts as the text of the page only if both belong to the same site. The
//! archive prefers such text to the text in any other feed ([`Authority`]).
//!
//! Known limit: a feed on another domain of the same outlet (`feeds.bbci.co.uk` for `www.bbc.com`) counts as another
//! site, so a feed on the outlet's main site takes precedence if both are configured.

use nutgraf::archive::Authority;
use nutgraf::article::{Article, ArticleId};
use url::Url;

/// Host name labels that may differ between the pages and the feeds of the same site.
const SERVICES: [&str; 11] =
    ["www", "www2", "m", "mobile", "amp", "feeds", "feed", "rss", "rss2", "xml", "atom"];

/// Query parameters, besides those that start with `utm_`, that record how a reader came to the page.
const TRACKING: [&str; 7] =
    ["fbclid", "gclid", "mc_cid", "mc_eid", "at_medium", "at_campaign", "igshid"];

/// Returns the authority of a feed's text for the page that the entry links to.
pub(super) fn authority(feed: &str, link: Option<&str>) -> Authority {
    match link {
        Some(link) if !same_site(feed, link) => Authority::Foreign,
        _ => Authority::Own,
    }
}

/// Derives the id of an article from its address, so that the id stays the same when the text changes. If the article
/// has no address, its id is derived from its id in the feed.
pub(super) fn article_id(article: &Article, feed: &str) -> ArticleId {
    match &article.url {
        Some(url) => by_address(&canonical(url)),
        // Two feeds may use the same id, even one that should be globally unique.
        None => ArticleId::from_content(Some(feed), "", article.id.as_str()),
    }
}

/// Returns the id that earlier versions of the program gave an article.
pub(super) fn former_id(article: &Article) -> ArticleId {
    match &article.url {
        Some(url) => by_address(url),
        None => article.id.clone(),
    }
}

fn by_address(address: &str) -> ArticleId {
    ArticleId::from_content(None, address, "")
}

/// Returns an address without its fragment and tracking parameters.
fn canonical(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    url.set_fragment(None);
    let counts = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    if url.query_pairs().any(|(name, _)| counts(&name)) {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !counts(name))
            .map(|(n, v)| (n.into(), v.into()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url.into()
}

/// Returns whether two addresses belong to the same site, which is the case if their hosts differ only in leading
/// labels from [`SERVICES`].
pub(super) fn same_site(a: &str, b: &str) -> bool {
    match (site(a), site(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

fn site(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let mut host = url.host_str()?.trim_end_matches('.');
    while let Some((first, rest)) = host.split_once('.') {
        // `rss.com` is a domain, not a service of `com`.
        if !SERVICES.contains(&first) || !rest.contains('.') {
            break;
        }
        host = rest;
    }
    Some(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{canonical, same_site};

    #[test]
    fn services_of_one_domain_are_one_site() {
        for (feed, link) in [
            ("https://rss.post.example/all.xml", "https://www.post.example/a"),
            ("https://post.example/feed", "http://m.post.example/a?b=c"),
            ("https://feeds.www.post.example/feed", "https://POST.example:443/a"),
            ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/a"),
        ] {
            assert!(same_site(feed, link), "{feed} {link}");
        }
        for (feed, link) in [
            ("https://evil.example/feed", "https://post.example/a"),
            ("https://post.example.evil.example/feed", "https://post.example/a"),
            ("https://evil.blogs.example/feed", "https://post.blogs.example/a"),
            ("https://post.example@evil.example/feed", "https://post.example/a"),
            ("https://rss.com/feed", "https://feed.com/a"),
            ("https://evilpost.example/feed", "https://post.example/a"),
            ("nonsense", "nonsense"),
        ] {
            assert!(!same_site(feed, link), "{feed} {link}");
        }
    }

    #[test]
    fn an_address_is_known_without_what_counts_its_readers() {
        for address in [
            "https://post.example/a?id=7",
            "https://POST.example:443/a?id=7#comments",
            "https://post.example/a?utm_source=rss&id=7&utm_medium=feed",
            "https://post.example/a?id=7&fbclid=x",
        ] {
            assert_eq!(canonical(address), "https://post.example/a?id=7", "{address}");
        }
        assert_eq!(canonical("https://post.example/a?utm_source=x"), "https://post.example/a");
        assert_eq!(canonical("https://post.example/a?q=x%20y"), "https://post.example/a?q=x%20y");
        assert_eq!(canonical("no address"), "no address");
    }
}
