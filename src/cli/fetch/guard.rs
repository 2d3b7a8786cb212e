//! Rejects connections to this machine and to private networks, unless the user allows them.
//!
//! When a connection is made, the IP address that the host name resolves to is checked, so that neither a redirect nor
//! a name server can lead into a private network (server-side request forgery, DNS rebinding).
//!
//! Known limit: a proxy resolves host names itself, so behind a proxy, only the host in the address is checked
//! ([`looks_private`]).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// A resolver that keeps only addresses in the public network.
#[derive(Debug)]
pub(super) struct PublicOnly {
    inner: DefaultResolver,
    allow_private: bool,
}

impl PublicOnly {
    pub(super) fn new(allow_private: bool) -> Self {
        Self { inner: DefaultResolver::default(), allow_private }
    }
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self.inner.resolve(uri, config, timeout)?;
        // The proxy is exempt, because the user chose it and it is often in a private network.
        let is_proxy =
            config.proxy().is_some_and(|proxy| proxy.uri().authority() == uri.authority());
        if self.allow_private || is_proxy {
            return Ok(all);
        }
        let mut public = self.inner.empty();
        for address in all.iter().filter(|a| is_public(a.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            return Err(ureq::Error::Io(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                refused(uri.host().unwrap_or("the host")),
            )));
        }
        Ok(public)
    }
}

/// Returns the message for a rejected host, including how to allow it.
pub(super) fn refused(host: &str) -> String {
    format!(
        "{host} is an address of this machine or of a private network; `allow_private = true` in the table [fetch] of nutgraf.toml allows it"
    )
}

/// Returns whether the host of a web address alone shows that it is private: a private IP address, or a name reserved
/// for this machine or for internal networks. Names are not looked up.
pub(super) fn looks_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public_v4(address),
        Some(Host::Ipv6(address)) => !is_public_v6(address),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost") || name.ends_with(".internal")
        }
        None => true,
    }
}

/// Returns whether an address belongs to the public network.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol_assignments = a == 192 && b == 0 && c == 0;
    let benchmarking = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 240
        || shared
        || protocol_assignments
        || benchmarking
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    // If an address embeds an IPv4 address, the IPv4 address decides. This covers IPv4-compatible, mapped, translated
    // (SIIT) and 6to4 addresses, and NAT64 with the well-known prefix, which networks without IPv4 use for all IPv4
    // hosts.
    let embedded = match segments {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low]
        | [0, 0, 0, 0, 0xFFFF, 0, high, low]
        | [0x64, 0xFF9B, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    if let Some((high, low)) = embedded {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // All globally routed addresses are in 2000::/3 (IANA). The check excludes loopback, link-local, unique local,
    // multicast, NAT64 with a local prefix (64:ff9b:1::/48), and reserved addresses.
    let is_global = segments[0] & 0xE000 == 0x2000;
    let documentation =
        (segments[0] == 0x2001 && segments[1] == 0x0DB8) || segments[0] & 0xFFF0 == 0x3FF0;
    // Teredo, ORCHID, benchmarking and other assignments for protocols.
    let protocols = segments[0] == 0x2001 && segments[1] < 0x0200;
    is_global && !documentation && !protocols
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn addresses_inside_are_not_public_in_any_disguise() {
        for inside in [
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "fec0::1",
            "2001:db8::1",
            "3fff::1",
            "::ffff:0:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b:1::8.8.8.8",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:20::1",
            "100::1",
            "4000::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
