//! What robots.txt allows (RFC 9309).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use nutgraf::archive::FeedState;
use nutgraf::catch_panic::guarded;
use robotstxt::DefaultMatcher;
use url::Url;

use crate::cli::fetch::client::{Answer, Client};
use crate::cli::fetch::hosts::Hosts;

/// Bytes of a robots.txt that are heeded; the RFC asks for at least so many.
const MAX_BYTES: usize = 500 * 1024;

/// The robots.txt of each server, asked for once a run.
#[derive(Debug, Default)]
pub(super) struct Cache {
    rules: Mutex<BTreeMap<String, Arc<Rules>>>,
}

#[derive(Debug)]
enum Rules {
    /// No rules: everything is allowed.
    None,
    /// The server is in trouble: nothing is allowed until it answers.
    Unreachable,
    /// Rules.
    Text(String),
}

impl Cache {
    /// Returns whether a page may be fetched.
    pub(super) fn allows(&self, page: &str, client: &Client, hosts: &Hosts) -> bool {
        let Ok(url) = Url::parse(page) else { return false };
        let server = url.origin().ascii_serialization();
        let known = self.rules.lock().unwrap_or_else(PoisonError::into_inner).get(&server).cloned();
        let rules = known.unwrap_or_else(|| {
            let rules = Arc::new(ask(&server, client, hosts));
            let mut all = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(server).or_insert(rules))
        });
        match &*rules {
            Rules::None => true,
            Rules::Unreachable => false,
            Rules::Text(text) => {
                let name = client.user_agent.split(['/', ' ']).next().unwrap_or("nutgraf");
                allowed(text, name, page)
            }
        }
    }
}

/// Asks the matcher; rules that it cannot cope with forbid.
fn allowed(rules: &str, name: &str, page: &str) -> bool {
    guarded(|| DefaultMatcher::default().one_agent_allowed_by_robots(rules, name, page))
        .unwrap_or(false)
}

fn ask(server: &str, client: &Client, hosts: &Hosts) -> Rules {
    match client.get(&format!("{server}/robots.txt"), &FeedState::default(), hosts) {
        Ok(Answer::Fresh(document)) => {
            let bytes = &document.body[..document.body.len().min(MAX_BYTES)];
            Rules::Text(String::from_utf8_lossy(bytes).into_owned())
        }
        Err(failure) if failure.status.is_none_or(|s| s >= 500) => Rules::Unreachable,
        Ok(Answer::NotModified(_)) | Err(_) => Rules::None,
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;
    use proptest::prelude::*;

    #[test]
    fn the_rules_for_us_count_before_those_for_all() {
        let rules = "User-agent: *\nDisallow: /\n\nUser-agent: nutgraf\nDisallow: /private/\nAllow: /private/open\n";
        assert!(allowed(rules, "nutgraf", "https://a.example/news"));
        assert!(!allowed(rules, "nutgraf", "https://a.example/private/x"));
        assert!(allowed(rules, "nutgraf", "https://a.example/private/open"));
        assert!(!allowed(rules, "other", "https://a.example/news"));
    }

    proptest! {
        #[test]
        fn hostile_rules_do_no_harm(
            rules in "(User-agent|Disallow|Allow|Sitemap|[:*$%/ \\r\\n\u{0}]|\\PC){0,60}",
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            path in "[/*$%a-f0-9?é]{0,20}",
        ) {
            let page = format!("https://a.example/{path}");
            // Called directly: a panic is a finding, even though the program would survive it.
            let matcher = |rules: &str| {
                super::DefaultMatcher::default().one_agent_allowed_by_robots(rules, "nutgraf", &page)
            };
            matcher(&rules);
            matcher(&String::from_utf8_lossy(&bytes));
        }
    }
}
