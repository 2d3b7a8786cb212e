//! Decides which articles are from the same outlet, even if they name it differently.
//!
//! Names and hosts are reduced to their common part: `BBC News`, `www.bbc.co.uk` and `bbc.com` give `bbc`. A host that
//! does not resemble the name (`nytimes.com` and *The New York Times*) is assigned to it if the articles support that:
//! every article from the host that names an outlet names this one, and no article of this outlet comes from another
//! host.
//!
//! Known limits: two brands of one owner count as two outlets, because a list of owners would be out of date within a
//! year. A portal that carries a single outlet in a run is mistaken for that outlet.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, host};
use crate::identity::hostname;

/// The outlets of a run: which hosts belong to which outlet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outlets {
    /// Maps each folded host to the folded name of its outlet.
    names: BTreeMap<String, String>,
}

impl Outlets {
    /// Learns from the articles of a run which hosts belong to which names.
    pub(crate) fn from_articles(articles: &[Article]) -> Self {
        Self::new(articles.iter().map(|a| (a.source.as_deref(), a.url.as_deref())))
    }

    /// Learns which hosts belong to which names from pairs of an outlet's name and an article's address.
    pub(crate) fn new<'a>(pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Self {
        Self::from_hosts(pairs.map(|(name, url)| (name, url.and_then(host))))
    }

    /// Learns which hosts belong to which names from pairs of an outlet's name and the host of an article's address.
    pub(crate) fn from_hosts<'a>(
        pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
    ) -> Self {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut hosts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, host) in pairs {
            let (Some(name), Some(host)) = (name.map(fold), host.map(fold)) else {
                continue;
            };
            if !name.is_empty() && !host.is_empty() {
                names.entry(host.clone()).or_default().insert(name.clone());
                hosts.entry(name).or_default().insert(host);
            }
        }
        let only = |set: &BTreeSet<String>| set.first().filter(|_| set.len() == 1).cloned();
        let link = |(host, named): (&String, &BTreeSet<String>)| {
            let name = only(named)?;
            let is_mutual = hosts.get(&name).is_some_and(|hosts| hosts.len() == 1);
            (is_mutual && name != *host).then(|| (host.clone(), name))
        };
        Self { names: names.iter().filter_map(link).collect() }
    }

    /// Restores the hosts that a briefing recorded; see [`Outlets::hosts_of`].
    pub(crate) fn from_recorded(hosts: &BTreeMap<String, String>) -> Self {
        Self { names: hosts.clone() }
    }

    /// Maps the folded hosts of the given addresses to the folded names of their outlets, as far as the run has learned
    /// them. With this map, a program that has only these articles can compare outlets as the run did.
    pub(crate) fn hosts_of(
        &self,
        urls: impl Iterator<Item = impl AsRef<str>>,
    ) -> BTreeMap<String, String> {
        let hosts = urls.filter_map(|url| host(url.as_ref()).map(fold));
        let known = |host: String| self.names.get(&host).cloned().map(|name| (host, name));
        hosts.filter_map(known).collect()
    }

    /// Returns the key by which an outlet's name or host is compared; `None` if folding leaves nothing.
    pub(crate) fn key(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        let key = self.names.get(&folded).cloned().unwrap_or(folded);
        (!key.is_empty()).then_some(key)
    }

    /// Returns the key by which an article's outlet is compared; `None` if the outlet is unknown.
    pub(crate) fn key_of(&self, article: &Article) -> Option<String> {
        article.outlet().and_then(|name| self.key(name))
    }

    /// Returns whether two names or hosts belong to the same outlet.
    pub(crate) fn are_one(&self, a: &str, b: &str) -> bool {
        let key = self.key(a);
        key.is_some() && key == self.key(b)
    }

    /// Returns the names under which outlets are shown, one for each outlet, sorted.
    ///
    /// A name is preferred to a host, and a shorter name to a longer one.
    pub(crate) fn names<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let names = names.into_iter();
        let mut known: Vec<(Option<String>, bool, usize, &'a str)> =
            names.map(|name| (self.key(name), is_host(name), name.len(), name)).collect();
        known.sort_unstable();
        known.dedup_by(|a, b| a.0 == b.0);
        let mut names: Vec<String> = known.into_iter().map(|(.., name)| name.to_owned()).collect();
        names.sort_unstable();
        names
    }
}

/// Folds the name or the host of an outlet to the common part by which outlets are compared.
fn fold(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    // `Dell Post (Web Edition)`: the text in parentheses is the edition.
    let named = lower.split_once(" (").map_or(lower.as_str(), |(name, _)| name);
    let host = is_host(&lower).then(|| hostname::readable(&lower));
    let joined = letters(host.as_deref().map_or(named, own_label));
    let mut bare = joined.strip_prefix("the").unwrap_or(&joined);
    while let Some(rest) = GENERIC.iter().find_map(|ending| bare.strip_suffix(ending))
        && SHORTEST <= rest.len()
    {
        bare = rest;
    }
    if bare.len() < SHORTEST { joined } else { bare.to_owned() }
}

/// Endings that one name of an outlet may have and another may lack.
const GENERIC: &[&str] = &["news", "online"];
/// The minimum number of bytes that must remain of a name when an ending is removed.
const SHORTEST: usize = 2;

/// Returns whether a name looks like a host: labels separated by dots, without spaces.
fn is_host(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.');
    name.contains('.') && !name.contains(char::is_whitespace)
}

fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the label of a host that its owner chose: `bbc` for `news.bbc.co.uk`.
fn own_label(host: &str) -> &str {
    let mut labels = host.rsplit('.').filter(|label| !label.is_empty());
    let _country_or_kind = labels.next();
    let Some(second) = labels.next() else { return host };
    match labels.next() {
        // `co.uk`, `com.au`, `gov.pl`: the second label is the registry's, not the owner's.
        Some(third) if second.len() <= 3 && third != "www" => third,
        _ => second,
    }
}

#[cfg(test)]
mod tests {
    use super::{Outlets, fold};

    #[test]
    fn names_and_hosts_of_one_outlet_fold_alike() {
        for (a, b) in [
            ("BBC News", "www.bbc.co.uk"),
            ("bbc.com", "news.bbc.co.uk"),
            ("The Guardian", "theguardian.com"),
            ("Fox News", "www.foxnews.com"),
            ("Sky News Online", "sky news"),
            ("Dell Online News", "Dell News"),
            ("Dell Post (Web Edition)", "dellpost.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("Süd-Kurier", "www.xn--sdkurier-65a.example"),
            ("Новости", "xn--b1amnebsh.xn--p1ai"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        for (a, b) in [("Daily Post", "Morning Post"), ("News", "The"), ("abc.net.au", "nbc.com")] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }

    fn learn(pairs: &[(&str, &str)]) -> Outlets {
        Outlets::new(pairs.iter().map(|(name, url)| (Some(*name), Some(*url))))
    }

    #[test]
    fn a_host_is_joined_with_the_name_that_its_articles_show() {
        let shown = learn(&[("The Norvia Evening Times", "https://www.netimes.example/a/1")]);
        assert!(shown.are_one("netimes.example", "Norvia Evening Times"));
        assert!(!shown.are_one("netimes.example", "Norvia Morning Times"));
        assert!(!Outlets::default().are_one("netimes.example", "Norvia Evening Times"));
    }

    #[test]
    fn a_portal_is_none_of_the_outlets_that_it_carries() {
        let portal = learn(&[
            ("Northern Wire", "https://portal.example/1"),
            ("Harbour Gazette", "https://portal.example/2"),
            ("Dell Post", "https://dellpost.example/1"),
            ("Dell Post", "https://othersite.example/1"),
        ]);
        assert!(!portal.are_one("portal.example", "Northern Wire"));
        assert!(!portal.are_one("Northern Wire", "Harbour Gazette"));
        assert!(!portal.are_one("othersite.example", "Dell Post"));
    }

    #[test]
    fn what_a_run_learned_travels_with_a_briefing() {
        let run = learn(&[
            ("Norvia Evening Times", "https://www.netimes.example/a/1"),
            ("Harbour Gazette", "https://hg.example/1"),
        ]);
        let hosts = run.hosts_of(["https://netimes.example/a/2"].into_iter());
        assert_eq!(hosts.len(), 1);
        let recorded = Outlets::from_recorded(&hosts);
        assert!(recorded.are_one("netimes.example", "The Norvia Evening Times"));
        assert!(!recorded.are_one("hg.example", "Harbour Gazette"));
    }

    #[test]
    fn an_outlet_is_shown_once_by_its_name() {
        let names = ["bbc.co.uk", "BBC News", "www.bbc.com", "Sky News"];
        assert_eq!(Outlets::default().names(names.into_iter()), ["BBC News", "Sky News"]);
    }
}
