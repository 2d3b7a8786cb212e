//! The cookies of one request and its redirects; they are discarded afterwards.
//!
//! Some sites answer the first request with a cookie and a redirect to the same page, and redirect forever if the
//! cookie is not sent back. The attributes `Domain` and `Secure` are respected (RFC 6265). `Path`, `Expires` and
//! `Max-Age` are ignored, because the cookies are kept only for seconds.

use ureq::http::HeaderMap;
use ureq::http::header::SET_COOKIE;
use url::Url;

/// The maximum number of cookies.
const MOST: usize = 50;
/// The maximum number of bytes in a `Set-Cookie` header.
const MOST_BYTES: usize = 4096;

/// The cookies of one chain of requests.
#[derive(Debug, Default)]
pub(super) struct Cookies {
    all: Vec<Cookie>,
}

#[derive(Debug)]
struct Cookie {
    name: String,
    value: String,
    host: String,
    /// Whether the cookie is also sent to the subdomains of `host`.
    below: bool,
    secure: bool,
}

impl Cookies {
    /// Stores the cookies that a response sets.
    pub(super) fn take(&mut self, url: &Url, headers: &HeaderMap) {
        let Some(host) = url.host_str() else { return };
        let values = headers.get_all(SET_COOKIE).into_iter();
        for cookie in values.filter_map(|v| Cookie::parse(v.to_str().ok()?, host)) {
            self.all.retain(|c| (&c.name, &c.host) != (&cookie.name, &cookie.host));
            if self.all.len() < MOST {
                self.all.push(cookie);
            }
        }
    }

    /// Returns whether no cookie was set.
    pub(super) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the `Cookie` header to send to an address, if there are cookies for the address.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let cookies = self.all.iter().filter(|c| c.is_for(host, url.scheme() == "https"));
        let pairs: Vec<String> = cookies.map(|c| format!("{}={}", c.name, c.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

impl Cookie {
    fn parse(header: &str, host: &str) -> Option<Self> {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        let is_plain = |text: &str| text.bytes().all(|b| (0x20..0x7F).contains(&b));
        if name.is_empty() || MOST_BYTES < header.len() || !is_plain(&name) || !is_plain(&value) {
            return None;
        }
        let mut cookie = Self { name, value, host: host.to_owned(), below: false, secure: false };
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if key.trim().eq_ignore_ascii_case("secure") {
                cookie.secure = true;
            } else if key.trim().eq_ignore_ascii_case("domain") {
                let domain = value.trim().trim_start_matches('.').to_ascii_lowercase();
                // A server may set cookies only for its own host and the domains above it, except the top-level domain.
                // Any other `Domain` is ignored.
                if !domain.contains('.') || !is_within(host, &domain) {
                    continue;
                }
                (cookie.host, cookie.below) = (domain, true);
            }
        }
        Some(cookie)
    }

    fn is_for(&self, host: &str, encrypted: bool) -> bool {
        let matches = host == self.host || self.below && is_within(host, &self.host);
        matches && (encrypted || !self.secure)
    }
}

fn is_within(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|below| below.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use ureq::http::header::SET_COOKIE;
    use ureq::http::{HeaderMap, HeaderValue};
    use url::Url;

    use super::Cookies;

    fn sent(from: &str, set: &[&str], to: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in set {
            headers.append(SET_COOKIE, HeaderValue::from_str(value).unwrap());
        }
        let mut cookies = Cookies::default();
        cookies.take(&Url::parse(from).unwrap(), &headers);
        cookies.header(&Url::parse(to).unwrap())
    }

    #[test]
    fn a_cookie_goes_back_to_whom_it_is_from() {
        let (post, www) = ("https://post.example/a", "https://www.post.example/a");
        assert_eq!(
            sent(post, &["a=1; Path=/; HttpOnly", "b=2"], post).as_deref(),
            Some("a=1; b=2")
        );
        assert_eq!(sent(post, &["a=1", "a=3"], post).as_deref(), Some("a=3"));
        assert_eq!(sent(post, &["a=1"], www), None);
        assert_eq!(sent(www, &["a=1; domain=.Post.example"], post).as_deref(), Some("a=1"));
        assert_eq!(sent(post, &["a=1; domain=other.example"], "https://other.example/"), None);
        assert_eq!(sent(post, &["a=1; domain=example"], "https://other.example/"), None);
        assert_eq!(sent(post, &["a=1; Secure"], "http://post.example/"), None);
        assert_eq!(sent(post, &["=1", "", "novalue"], post), None);
    }

    #[test]
    fn a_cookie_that_would_spoil_a_header_is_not_kept() {
        let url = Url::parse("https://post.example/").unwrap();
        let after = |values: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(SET_COOKIE, HeaderValue::from_bytes(value).unwrap());
            }
            let mut cookies = Cookies::default();
            cookies.take(&url, &headers);
            cookies.header(&url)
        };
        // The HTTP library accepts tabs and non-ASCII bytes in header values; for any other control character, it drops
        // the connection.
        for spoiled in [&b"a=caf\xC3\xA9"[..], b"a=\xFF", b"a=x\ty", b"a\tb=1"] {
            assert_eq!(after(&[spoiled, b"b=2"]).as_deref(), Some("b=2"), "{spoiled:?}");
        }
        for control in ["a=x\u{7f}", "a=x\u{1}y", "a\u{7f}=x", "a=x\r\nb"] {
            assert!(HeaderValue::from_str(control).is_err(), "{control:?}");
            assert!(super::Cookie::parse(control, "post.example").is_none(), "{control:?}");
        }
    }
}
