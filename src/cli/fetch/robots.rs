//! Fetches, parses and applies the rules of robots.txt (RFC 9309).
//!
//! A pattern is matched like a shell pattern: at a mismatch, the last `*` is extended by one character. Earlier stars
//! need not be tried again, so the cost is at most the length of the pattern times the length of the path; both are
//! limited.
//!
//! Known limits: an `allow` rule longer than [`MAX_PATTERN`] is ignored, and a `disallow` rule longer than that forbids
//! everything that its beginning matches.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use nutgraf::archive::FeedState;
use url::Url;

use crate::cli::fetch::client::{Answer, Client, Failure};
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::trip::{Spent, Trip};

/// The maximum number of bytes read from a robots.txt; the RFC requires a limit of at least this many.
const MAX_BYTES: u64 = 500 * 1024;

/// The maximum number of bytes of a pattern that are used; addresses are rarely longer than 2,000 bytes.
const MAX_PATTERN: usize = 4096;

/// The maximum number of bytes of a path that are compared with a pattern.
const MAX_PATH: usize = 8192;

/// The rules of each server, kept so that its robots.txt is normally requested only once per run.
#[derive(Debug, Default)]
pub(super) struct Cache {
    rules: Mutex<BTreeMap<String, Arc<Found>>>,
}

#[derive(Debug)]
enum Found {
    /// No rules: everything is allowed.
    Nothing,
    /// The server failed or did not answer, so nothing is allowed in this run.
    Unreachable(Failure),
    /// The rules of the server.
    Rules(Rules),
}

/// Whether a page may be fetched.
#[derive(Debug)]
pub(super) enum Verdict {
    Allowed,
    Forbidden,
    /// The rules could not be fetched.
    Unknown(Failure),
}

impl Cache {
    /// Returns whether a page may be fetched; adds the cost of fetching the rules to `spent`.
    pub(super) fn allows(
        &self,
        page: &str,
        client: &Client,
        hosts: &Hosts,
        spent: &mut Spent,
    ) -> Verdict {
        let Ok(url) = Url::parse(page) else { return Verdict::Forbidden };
        let server = url.origin().ascii_serialization();
        let known = self.rules.lock().unwrap_or_else(PoisonError::into_inner).get(&server).cloned();
        let found = known.unwrap_or_else(|| {
            let found = Arc::new(ask(&server, client, hosts, spent));
            let mut all = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(server).or_insert(found))
        });
        match &*found {
            Found::Nothing => Verdict::Allowed,
            Found::Unreachable(failure) => Verdict::Unknown(failure.clone()),
            Found::Rules(rules) if rules.allow(&url) => Verdict::Allowed,
            Found::Rules(_) => Verdict::Forbidden,
        }
    }
}

fn ask(server: &str, client: &Client, hosts: &Hosts, spent: &mut Spent) -> Found {
    let mut trip = Trip { head: Some(MAX_BYTES), ..Trip::default() };
    let address = format!("{server}/robots.txt");
    let answer = client.get_on(&address, &FeedState::default(), hosts, &mut trip);
    spent.add(trip.spent);
    match answer {
        Ok(Answer::Fresh(document)) => {
            let name = client.user_agent.split(['/', ' ']).next().unwrap_or("nutgraf");
            Found::Rules(Rules::parse(&String::from_utf8_lossy(&document.body), name))
        }
        Err(failure) if failure.status.is_none_or(|s| s >= 500) => Found::Unreachable(failure),
        Ok(Answer::NotModified(_)) | Err(_) => Found::Nothing,
    }
}

/// The rules that apply to one program.
#[derive(Debug, Default)]
struct Rules {
    /// Each pattern with a flag that is `true` for `allow`, sorted by descending length; on a tie, `allow` comes first.
    patterns: Vec<(Pattern, bool)>,
}

impl Rules {
    /// Parses the groups that name the program, or the groups for all programs if none names it.
    fn parse(text: &str, name: &str) -> Self {
        let (mut own, mut all): (Option<Self>, Self) = (None, Self::default());
        let (mut for_us, mut for_all, mut names_end) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim(), value.trim());
            if key.eq_ignore_ascii_case("user-agent") {
                if names_end {
                    (for_us, for_all, names_end) = (false, false, false);
                }
                let token =
                    value.split(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-').next();
                for_all |= value == "*";
                for_us |= token.is_some_and(|t| !t.is_empty() && t.eq_ignore_ascii_case(name));
                if for_us {
                    own.get_or_insert_default();
                }
                continue;
            }
            let allows = key.eq_ignore_ascii_case("allow");
            if !allows && !key.eq_ignore_ascii_case("disallow") {
                continue;
            }
            names_end = true;
            if let Some(pattern) = Pattern::parse(value, allows) {
                if for_us {
                    own.get_or_insert_default().patterns.push((pattern.clone(), allows));
                }
                if for_all {
                    all.patterns.push((pattern, allows));
                }
            }
        }
        let mut rules = own.unwrap_or(all);
        rules
            .patterns
            .sort_by_key(|(pattern, allows)| (std::cmp::Reverse(pattern.length), !allows));
        rules
    }

    /// Returns whether the rules allow a page: the longest matching pattern decides, and `allow` wins a tie.
    fn allow(&self, page: &Url) -> bool {
        let mut path = page.path().to_owned();
        if let Some(query) = page.query() {
            path.push('?');
            path.push_str(query);
        }
        let path = normalized(&path);
        let path = &path[..path.len().min(MAX_PATH)];
        let decides = self.patterns.iter().find(|(pattern, _)| pattern.matches(path));
        path == b"/robots.txt" || decides.is_none_or(|(_, allows)| *allows)
    }
}

/// A path pattern: `*` matches any characters, and a final `$` matches the end.
#[derive(Clone, Debug)]
struct Pattern {
    bytes: Vec<u8>,
    /// Whether the match has to extend to the end of the path.
    to_end: bool,
    /// The length as written, by which patterns are ranked.
    length: usize,
}

impl Pattern {
    /// Parses a pattern; returns `None` if it is empty, because it then matches nothing, or if it is an `allow` pattern
    /// that is too long.
    fn parse(written: &str, allows: bool) -> Option<Self> {
        if written.is_empty() {
            return None;
        }
        let to_end = written.ends_with('$');
        let mut bytes = normalized(written.strip_suffix('$').unwrap_or(written));
        // Consecutive stars are equivalent to one.
        bytes.dedup_by(|a, b| *a == b'*' && *b == b'*');
        let cut = MAX_PATTERN < bytes.len();
        if cut && allows {
            return None;
        }
        bytes.truncate(MAX_PATTERN);
        Some(Self { bytes, to_end: to_end && !cut, length: written.len() })
    }

    fn matches(&self, path: &[u8]) -> bool {
        let pattern = &self.bytes;
        let (mut p, mut s) = (0, 0);
        // The position of the last star in the pattern, and the end of its match in the path.
        let mut star: Option<(usize, usize)> = None;
        loop {
            if p == pattern.len() && (!self.to_end || s == path.len()) {
                return true;
            }
            if pattern.get(p) == Some(&b'*') {
                star = Some((p, s));
                p += 1;
            } else if p < pattern.len() && pattern.get(p) == path.get(s) {
                (p, s) = (p + 1, s + 1);
            } else if let Some((at, end)) = star.filter(|(_, end)| *end < path.len()) {
                star = Some((at, end + 1));
                (p, s) = (at + 1, end + 1);
            } else {
                return false;
            }
        }
    }
}

/// Normalizes the percent escapes of a path: decodes unnecessary escapes (`%41` becomes `A`), writes the others in
/// upper case, and escapes the bytes that need it.
fn normalized(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        let escaped = digits.filter(|d| byte == b'%' && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = escaped.and_then(|d| u8::from_str_radix(d, 16).ok());
        at += if value.is_some() { 3 } else { 1 };
        match value.unwrap_or(byte) {
            b if value.is_some() && (b.is_ascii_alphanumeric() || b"-._~".contains(&b)) => {
                out.push(b);
            }
            b if value.is_some() || !b.is_ascii_graphic() => {
                out.extend(format!("%{b:02X}").bytes());
            }
            b => out.push(b),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::Rules;

    fn allowed(rules: &str, name: &str, page: &str) -> bool {
        Rules::parse(rules, name).allow(&Url::parse(page).unwrap())
    }

    fn forbids(pattern: &str, path: &str) -> bool {
        !allowed(
            &format!("User-agent: *\nDisallow: {pattern}\n"),
            "nutgraf",
            &format!("https://a.example/{path}"),
        )
    }

    #[test]
    fn the_rules_for_us_count_before_those_for_all() {
        let rules = "User-agent: *\nDisallow: /\n\nUser-agent: nutgraf\nDisallow: /private/\nAllow: /private/open\n";
        assert!(allowed(rules, "nutgraf", "https://a.example/news"));
        assert!(!allowed(rules, "nutgraf", "https://a.example/private/x"));
        assert!(allowed(rules, "nutgraf", "https://a.example/private/open"));
        assert!(!allowed(rules, "other", "https://a.example/news"));
    }

    #[test]
    fn groups_have_several_names_and_are_joined() {
        let rules = "User-Agent: one\nuser-agent: NutGraf/2.0 # we\nCrawl-delay: 3\nDISALLOW : /a\n\nSitemap: x\n\
                     User-agent: two\nDisallow: /b\n\nUser-agent: nutgraf\nDisallow: /c";
        for (path, is_allowed) in [("a", false), ("b", true), ("c", false), ("d", true)] {
            assert_eq!(
                allowed(rules, "nutgraf", &format!("https://a.example/{path}")),
                is_allowed,
                "{path}"
            );
        }
        let nothing = "User-agent: nutgraf\nDisallow:\n\nUser-agent: *\nDisallow: /\n";
        assert!(
            allowed(nothing, "nutgraf", "https://a.example/a"),
            "an empty rule forbids nothing"
        );
        assert!(!allowed(
            "\u{feff}User-agent: *\r\nDisallow: /\r\n",
            "nutgraf",
            "https://a.example/a"
        ));
        assert!(
            allowed("Disallow: /\n", "nutgraf", "https://a.example/a"),
            "a rule without a group"
        );
    }

    #[test]
    fn stars_and_ends_mean_what_the_standard_says() {
        for (pattern, path) in [
            ("/fish", "fish"),
            ("/fish", "fishheads/yummy"),
            ("/fish*", "fish.html"),
            ("/*.php", "a/b.php?c"),
            ("/*.php$", "a.php"),
            ("/fish*.php", "fishheads/cat.php?x"),
            ("/a*b*c$", "a1b2b3c"),
            ("/**x", "yx"),
            ("/$", ""),
            ("/%61bc", "abc"),
            ("/ü", "%C3%BC"),
            ("/a%2fb", "a%2Fb"),
            ("/*?id=", "x?id=3"),
            ("*", "x"),
        ] {
            assert!(forbids(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/fish", "Fish"),
            ("/fish", "catfish"),
            ("/*.php$", "a.php?x"),
            ("/a*b*c$", "a1b2c3"),
            ("/$", "a"),
            ("/a%2Fb", "a/b"),
            ("/a*b", "ac"),
            ("/*xy", "x"),
            ("", "a"),
        ] {
            assert!(!forbids(pattern, path), "{pattern} {path}");
        }
        let tie = "User-agent: *\nDisallow: /page\nAllow: /page\nDisallow: /*.htm\nAllow: /p\n";
        assert!(allowed(tie, "nutgraf", "https://a.example/page"));
        assert!(!allowed(tie, "nutgraf", "https://a.example/page.htm"), "the longest decides");
    }

    #[test]
    fn stars_without_end_cost_little() {
        let rules = format!(
            "User-agent: *\nDisallow: /{}b\nDisallow: /{}b\nDisallow: /{}c\n",
            "*".repeat(200_000),
            "*a".repeat(20_000),
            "a*".repeat(1_500)
        );
        let page = format!("https://a.example/{}", "a".repeat(20_000));
        assert!(!allowed(&rules, "nutgraf", &page), "what is cut forbids by its beginning");
        assert!(allowed(
            &format!("User-agent: *\nDisallow: /{}b", "*a".repeat(1_500)),
            "nutgraf",
            &page
        ));
    }

    proptest! {
        #[test]
        fn hostile_rules_do_no_harm(
            rules in "(User-agent|Disallow|Allow|Sitemap|[:*$%/ \\r\\n\u{0}]|\\PC){0,60}",
            path in "[/*$%a-f0-9?é]{0,20}",
        ) {
            allowed(&rules, "nutgraf", &format!("https://a.example/{path}"));
        }

        /// Compares the matcher with a direct implementation of the definition, which tries every length for every
        /// star.
        #[test]
        fn matching_is_that_of_the_definition(pattern in "/[ab*]{0,8}\\$?", path in "[ab]{0,10}") {
            fn means(pattern: &[u8], path: &[u8]) -> bool {
                match pattern {
                    [] => true,
                    [b'$'] => path.is_empty(),
                    [b'*', rest @ ..] => (0..=path.len()).any(|n| means(rest, &path[n..])),
                    [first, rest @ ..] => path.first() == Some(first) && means(rest, &path[1..]),
                }
            }
            prop_assert_eq!(forbids(&pattern, &path), means(pattern.as_bytes(), format!("/{path}").as_bytes()));
        }
    }
}
