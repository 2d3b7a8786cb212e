//! Web addresses on the command line, with or without their scheme, and lists of addresses.
//!
//! An input is an address if there is no file of that name, and the name has a scheme or looks like an address typed
//! into a browser: `www.post.example`, `post.example/2026/ferry`, `127.0.0.1:8080/news`, or a bare `post.com`. A bare
//! name with a two-letter ending (`post.de`, `notes.md`) may also be a missing file, so it is not looked up unless it
//! begins with `www.`. If the ending is not a common file extension, the error message explains how to write the name
//! as an address.

use std::path::Path;

use crate::identity::hostname;
use nutgraf::article::without_user_info;
use nutgraf::warning::Warning;
use url::{Host, Url};

/// Top-level domains that are not file extensions. A bare name with any other ending is not looked up unless it begins
/// with `www.`.
const DOMAINS: &[&str] =
    &["com", "org", "net", "news", "press", "media", "edu", "gov", "example", "localhost"];

/// An address that the user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The form in which the address is shown and recorded. It has no user name or password, and an internationalized
    /// host name is in its own script, unless [`hostname::readable`] keeps it encoded.
    pub(crate) name: String,
    /// The address to request.
    pub(crate) url: String,
    /// The address to request if the request to `url` fails without an answer and without a time-out: the same address
    /// without encryption.
    pub(crate) fallback: Option<String>,
}

impl Address {
    /// Parses an argument that can only be an address, such as an argument of `fetch`.
    pub(crate) fn parse(written: &str) -> Result<Self, String> {
        let written = written.trim().trim_start_matches('<').trim_end_matches('>');
        // `feed:` is the scheme of feed readers and can precede another one: `feed:https://post.example/news`.
        if let Some(("feed", rest)) = scheme_of(written) {
            return Self::parse(rest);
        }
        let (scheme, rest) = match written.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => match scheme_of(written) {
                Some((scheme @ ("http" | "https"), rest)) => (scheme.to_owned(), rest),
                _ => (String::new(), written),
            },
        };
        match &*scheme {
            "http" | "https" => Self::with_scheme(&scheme, rest, written),
            "" | "feed" | "feeds" => Self::without_scheme(rest, written),
            _ => Err(format!("{scheme}: is not fetched, only http: and https: are")),
        }
    }

    /// Parses the name of an input as an address; returns `None` if it names a file or may be meant to name a file.
    pub(crate) fn parse_input(named: &str) -> Option<Result<Self, String>> {
        let has_scheme = named.contains("://") || scheme_of(named).is_some();
        if Path::new(named).exists() || !(has_scheme || is_written_as_address(named)) {
            return None;
        }
        Some(Self::parse(named))
    }

    fn with_scheme(scheme: &str, rest: &str, written: &str) -> Result<Self, String> {
        let url = web_url(scheme, rest, written)?;
        Ok(Self::new(&url, None))
    }

    fn new(url: &Url, fallback: Option<&Url>) -> Self {
        let name = without_user_info(url.as_str());
        let host = url.host_str().unwrap_or_default();
        let name = name.replacen(host, &hostname::readable(host), 1);
        Self { name, url: url.to_string(), fallback: fallback.map(Url::to_string) }
    }

    /// Parses an address without a scheme. Host names with a dot are requested with encryption first. IP addresses,
    /// `localhost`, and other names without a dot but with a port (`nas:8080`) are requested without it.
    fn without_scheme(rest: &str, written: &str) -> Result<Self, String> {
        let plain = web_url("http", rest, written)?;
        match plain.host() {
            Some(Host::Domain(name)) if name.contains('.') => {
                let secure = web_url("https", rest, written)?;
                Ok(Self::new(&secure, Some(&plain)))
            }
            Some(Host::Domain(name)) if name != "localhost" && plain.port().is_none() => {
                Err(not_an_address(written))
            }
            _ => Ok(Self::new(&plain, None)),
        }
    }
}

/// Splits off the scheme `feed`, `http` or `https`, with or without slashes after it: `feed:https://post.example`,
/// `https:post.example`. If a digit follows, there is no scheme, because the digit may start a port (`http:8080`).
fn scheme_of(written: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = written.split_once(':')?;
    matches!(scheme, "feed" | "http" | "https")
        .then_some((scheme, rest.trim_start_matches('/')))
        .filter(|(_, rest)| !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn web_url(scheme: &str, rest: &str, written: &str) -> Result<Url, String> {
    let url = Url::parse(&format!("{scheme}://{rest}"))
        .map_err(|error| format!("{written:?} is not a web address: {error}"))?;
    if url.host_str().is_none_or(str::is_empty) || rest.contains(char::is_whitespace) {
        return Err(not_an_address(written));
    }
    Ok(url)
}

fn not_an_address(written: &str) -> String {
    format!("{written:?} is not a web address; write it as in https://news.example/feed.xml")
}

/// Returns whether a name without a scheme looks so much like an address that it is looked up, although it might be a
/// missing file.
fn is_written_as_address(named: &str) -> bool {
    let (host, path) = match named.find(['/', '?']) {
        Some(at) => named.split_at(at),
        None => (named, ""),
    };
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let has_port = port.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    if port.is_some() && !has_port {
        return false;
    }
    let is_local = name == "localhost" || name.parse::<std::net::Ipv4Addr>().is_ok();
    let Some(ending) = ending(name) else { return is_local && (has_port || !path.is_empty()) };
    let is_known = DOMAINS.contains(&&*ending) || ending.chars().count() == 2;
    is_local
        || name.to_ascii_lowercase().starts_with("www.")
        || DOMAINS.contains(&&*ending)
        || is_known && (has_port || !path.is_empty())
}

/// Returns the last label of a host name in lower case, if the name is valid: its labels consist of letters, digits,
/// hyphens and underscores, and the last label of at least two letters.
fn ending(name: &str) -> Option<String> {
    let (before, last) = name.rsplit_once('.')?;
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let is_name = before.split('.').all(is_label);
    (is_name && 2 <= last.chars().count() && last.chars().all(char::is_alphabetic))
        .then(|| last.to_lowercase())
}

/// Returns how to write the name of a missing file as a web address, if it could be one: an IPv6 address in brackets,
/// or a host name that has a two-letter ending (other than a common file extension) or is followed by a path, a query
/// or a port.
pub(crate) fn hint(named: &str) -> Option<String> {
    let is_ip6 = named.starts_with('[')
        && named.split_once(']').is_some_and(|(ip, _)| {
            ip.trim_start_matches('[').parse::<std::net::Ipv6Addr>().is_ok()
        });
    let host = named.split(['/', '?', ':']).next().unwrap_or_default();
    let is_followed = named.get(host.len()..).is_some_and(|rest| 1 < rest.len());
    let is_likely = |ending: String| {
        let is_file = matches!(&*ending, "md" | "py" | "rs" | "sh" | "js" | "ts" | "gz" | "xz");
        (is_followed || ending.chars().count() == 2 && !is_file) && !Path::new(host).exists()
    };
    (is_ip6 || ending(host).is_some_and(is_likely))
        .then(|| format!("if you mean a web address, write https://{named}"))
}

/// Parses a list of addresses, one per line. A line that starts with `#` is a comment, and anything that follows an
/// address on its line is ignored. Repeated addresses are dropped, and each invalid one gets a warning.
pub(crate) fn list(name: &str, text: &str) -> (Vec<Address>, Vec<Warning>) {
    let (mut addresses, mut warnings) = (Vec::new(), Vec::new());
    for (n, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let Some(written) = line.split_whitespace().next().filter(|w| !w.starts_with('#')) else {
            continue;
        };
        match Address::parse(written) {
            Ok(address) if addresses.contains(&address) => {}
            Ok(address) => addresses.push(address),
            Err(why) => warnings.push(Warning::unread(format!("{name}:{}", n + 1), why)),
        }
    }
    (addresses, warnings)
}

#[cfg(test)]
mod tests {
    use super::{Address, hint, list};

    fn tried(written: &str) -> Vec<String> {
        let address = Address::parse(written).unwrap();
        std::iter::once(address.url).chain(address.fallback).collect()
    }

    #[test]
    fn the_scheme_may_be_missing_or_a_readers_own() {
        let both = ["https://post.example/news", "http://post.example/news"];
        for written in ["post.example/news", "feed://post.example/news", " <post.example/news> "] {
            assert_eq!(tried(written), both, "{written}");
        }
        for written in [
            "HTTPS://Post.example/news",
            "feed:https://post.example/news",
            "https:post.example/news",
        ] {
            assert_eq!(tried(written), both[..1], "{written}");
        }
        assert_eq!(tried("127.0.0.1:8080/x"), ["http://127.0.0.1:8080/x"]);
        assert_eq!(tried("localhost:8080"), ["http://localhost:8080/"]);
        assert_eq!(
            tried("post.example:8080/x"),
            ["https://post.example:8080/x", "http://post.example:8080/x"]
        );
        assert_eq!(
            tried("bücher.example/ä"),
            ["https://xn--bcher-kva.example/%C3%A4", "http://xn--bcher-kva.example/%C3%A4"]
        );
    }

    #[test]
    fn an_international_host_is_shown_with_its_letters() {
        for (written, name) in [
            ("https://bücher.example/a", "https://bücher.example/a"),
            ("https://xn--bcher-kva.example:81/a?b=xn--c", "https://bücher.example:81/a?b=xn--c"),
            ("ПРИМЕР.рф", "https://пример.рф/"),
            ("https://xn--pple-43d.example/", "https://xn--pple-43d.example/"),
        ] {
            let address = Address::parse(written).unwrap();
            assert_eq!(address.name, name);
            assert!(address.url.is_ascii());
        }
    }

    #[test]
    fn a_password_is_requested_with_but_not_shown() {
        let address = Address::parse("https://ada:s3cret@post.example/feed?a=b@c").unwrap();
        assert_eq!(address.url, "https://ada:s3cret@post.example/feed?a=b@c");
        assert_eq!(address.name, "https://post.example/feed?a=b@c");
    }

    #[test]
    fn what_is_not_an_address_says_so() {
        for written in
            ["news", "two words.example", "https://", "http://[::1", "", "file:///etc/passwd"]
        {
            assert!(Address::parse(written).is_err(), "{written}");
        }
        assert!(Address::parse("gopher://a.example").unwrap_err().contains("only http"));
    }

    #[test]
    fn a_file_that_is_missing_is_not_looked_up() {
        for file in [
            "story.txt",
            "notes.md",
            "missing/story.html",
            "a.b/c.txt",
            "v1.2/notes",
            "story",
            "C:\\news.txt",
            "-",
            "*.html",
            "data/2026/03/10.jsonl",
            "archive.tar.gz",
            "post.de",
            "no such.com",
            "http:8080",
        ] {
            assert!(Address::parse_input(file).is_none(), "{file}");
        }
        for address in [
            "https://post.example/a",
            "www.post.de",
            "post.de/2026/a",
            "post.example",
            "sub.post.com",
            "127.0.0.1:80/a",
            "localhost:8000",
            "post.de?x=1",
            "ftp://post.example/a",
        ] {
            assert!(Address::parse_input(address).is_some(), "{address}");
        }
        for address in [
            "post.de",
            "post.info/2026/a",
            "post.online/x",
            "bücher.berlin/a",
            "[::1]:80/x",
            "post.travel?x=1",
            "new.post.academy:8080/a",
            "пост.онлайн/а",
        ] {
            assert!(hint(address).is_some(), "{address}");
        }
        for file in [
            "notes.md",
            "story",
            "archive.tar.gz",
            "missing/story.html",
            "[draft].txt",
            "report.docx",
        ] {
            assert!(hint(file).is_none(), "{file}");
        }
    }

    #[test]
    fn a_list_has_comments_and_names_its_faults() {
        let text = "\u{FEFF}# news\n\nhttps://a.example/1 first\nhttps://a.example/1\nnonsense\n  b.example/2 # note\n";
        let (addresses, warnings) = list("urls.txt", text);
        let urls: Vec<&str> = addresses.iter().map(|a| &*a.url).collect();
        assert_eq!(urls, ["https://a.example/1", "https://b.example/2"]);
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].origin, "urls.txt:5");
    }
}
