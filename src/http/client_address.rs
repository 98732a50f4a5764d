//! Determines the client's address: the peer, or the address that trusted proxies forward.
//!
//! A header is used only from a trusted proxy, and only the part that trusted proxies have written: from right to left,
//! the first hop that is not a trusted proxy (RFC 7239, section 8.1). A client's own value is further left. Only the
//! configured header is read, because proxies pass the other one unchanged.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

use crate::config::ForwardedHeader;

/// Returns the address of the client that sent a request with these `headers` to `peer`, as its proxies forward it in
/// `header`.
pub(super) fn client_address(
    peer: IpAddr,
    headers: &HeaderMap,
    trusted: &[IpNet],
    header: ForwardedHeader,
) -> IpAddr {
    let peer = peer.to_canonical();
    let is_trusted = |hop: &IpAddr| trusted.iter().any(|network| network.contains(hop));
    if !is_trusted(&peer) {
        return peer;
    }
    let hops = match header {
        ForwardedHeader::XForwardedFor => {
            values(headers, "x-forwarded-for").map(|text| x_forwarded_hops(&text))
        }
        ForwardedHeader::Forwarded => {
            values(headers, "forwarded").map(|text| forwarded_hops(&text))
        }
    };
    hops.map_or(peer, |hops| rightmost(&hops, peer, is_trusted))
}

/// Returns whether an untrusted proxy seems to have sent a request with these `headers`.
pub(super) fn is_from_unknown_proxy(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> bool {
    let peer = peer.to_canonical();
    let is_forwarded = ["x-forwarded-for", "forwarded"]
        .iter()
        .any(|name| headers.contains_key(*name));
    is_forwarded && !trusted.iter().any(|network| network.contains(&peer))
}

/// Returns the first hop from the right that is not a trusted proxy. An unreadable hop ends the search, because
/// everything left of it may be forged.
fn rightmost(
    hops: &[Option<IpAddr>],
    peer: IpAddr,
    is_trusted: impl Fn(&IpAddr) -> bool,
) -> IpAddr {
    let mut nearest = peer;
    for hop in hops.iter().rev() {
        let Some(hop) = hop else { break };
        nearest = *hop;
        if !is_trusted(hop) {
            break;
        }
    }
    nearest
}

/// Returns all values of a header as one list (RFC 9110, section 5.3), or `None` if it is absent.
fn values(headers: &HeaderMap, name: &'static str) -> Option<String> {
    let texts: Vec<&str> = headers
        .get_all(HeaderName::from_static(name))
        .iter()
        .map(|value| value.to_str().unwrap_or("?"))
        .collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

fn x_forwarded_hops(text: &str) -> Vec<Option<IpAddr>> {
    text.split(',').map(|hop| address(hop.trim())).collect()
}

/// Returns the `for` of each element (RFC 7239, section 4).
fn forwarded_hops(text: &str) -> Vec<Option<IpAddr>> {
    text.split(',')
        .map(|element| {
            element.split(';').find_map(|pair| {
                let (name, value) = pair.trim().split_once('=')?;
                let value = value.trim().trim_matches('"');
                name.trim()
                    .eq_ignore_ascii_case("for")
                    .then(|| address(value))
                    .flatten()
            })
        })
        .collect()
}

/// Parses an address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|it| it.ip());
    address
        .or_else(with_port)
        .map(|it: IpAddr| it.to_canonical())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use axum::http::{HeaderMap, HeaderName, HeaderValue};
    use ipnet::IpNet;

    use super::client_address;
    use crate::config::ForwardedHeader;

    /// As it is seen where the first of the headers is the one that counts.
    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let header = match headers.first() {
            Some(("forwarded", _)) => ForwardedHeader::Forwarded,
            _ => ForwardedHeader::XForwardedFor,
        };
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        client_address(peer.parse().unwrap(), &headers, &trusted, header).to_string()
    }

    #[test]
    fn a_stranger_s_headers_count_for_nothing() {
        let headers = [
            ("x-forwarded-for", "192.0.2.1"),
            ("forwarded", "for=192.0.2.1"),
        ];
        assert_eq!(seen("203.0.113.9", &headers), "203.0.113.9");
        assert_eq!(seen("::ffff:203.0.113.9", &headers), "203.0.113.9");
    }

    #[test]
    fn behind_trusted_proxies_it_is_the_rightmost_that_is_none() {
        for (value, client) in [
            ("192.0.2.1", "192.0.2.1"),
            ("6.6.6.6, 192.0.2.1", "192.0.2.1"),
            ("6.6.6.6, 192.0.2.1, 10.1.1.1", "192.0.2.1"),
            ("192.0.2.1:4711, 10.1.1.1:80", "192.0.2.1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("2001:db8::1, fd00::5", "2001:db8::1"),
            ("10.9.9.9, 10.1.1.1", "10.9.9.9"),
            ("6.6.6.6, nonsense, 10.1.1.1", "10.1.1.1"),
            ("nonsense", "10.0.0.2"),
            ("", "10.0.0.2"),
        ] {
            assert_eq!(
                seen("10.0.0.2", &[("x-forwarded-for", value)]),
                client,
                "{value}"
            );
        }
        for (value, client) in [
            ("for=192.0.2.1", "192.0.2.1"),
            ("for=6.6.6.6, For=\"192.0.2.1:99\";proto=https", "192.0.2.1"),
            (
                "proto=https;for=\"[2001:db8::1]:4711\";by=10.0.0.2",
                "2001:db8::1",
            ),
            ("for=6.6.6.6, for=_hidden", "10.0.0.2"),
            ("for=unknown", "10.0.0.2"),
        ] {
            assert_eq!(seen("10.0.0.2", &[("forwarded", value)]), client, "{value}");
        }
        assert_eq!(
            seen("::ffff:10.0.0.2", &[("x-forwarded-for", "192.0.2.1")]),
            "192.0.2.1"
        );
    }

    #[test]
    fn of_two_headers_only_the_one_that_is_set_is_believed() {
        let both = [
            ("x-forwarded-for", "192.0.2.1"),
            ("forwarded", "for=6.6.6.6"),
        ];
        assert_eq!(seen("10.0.0.2", &both), "192.0.2.1");
        let both = [
            ("forwarded", "for=192.0.2.1"),
            ("x-forwarded-for", "6.6.6.6"),
        ];
        assert_eq!(seen("10.0.0.2", &both), "192.0.2.1");
    }

    proptest! {
        /// However a header looks, an address comes of it, and a stranger's own one of a stranger's.
        #[test]
        fn no_header_hurts(one in "[ -~]{0,80}", other in "[0-9a-f:., \\[\\]=;\"for]{0,80}") {
            let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_str(&one).unwrap());
            headers.insert("forwarded", HeaderValue::from_str(&other).unwrap());
            let stranger = "203.0.113.9".parse().unwrap();
            for header in [ForwardedHeader::XForwardedFor, ForwardedHeader::Forwarded] {
                client_address("10.0.0.1".parse().unwrap(), &headers, &trusted, header);
                prop_assert_eq!(client_address(stranger, &headers, &trusted, header), stranger);
            }
        }
    }
}
