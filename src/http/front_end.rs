//! Front-end servers that send requests for their visitors and vouch for the visitors' addresses.
//!
//! Two headers are required: the secret that authenticates the server, and the visitor's address. They are never logged
//! or returned.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName};
use tokio::time::Instant;

use super::client_address::{client_address, is_from_unknown_proxy};
use crate::app::App;
use crate::config::Profile;

/// Authenticates the sender as a front-end server.
const SECRET: HeaderName = HeaderName::from_static("x-gatehouse-front-end");
/// The address of its visitor.
const ADDRESS: HeaderName = HeaderName::from_static("x-gatehouse-client-address");

/// The minimum time between two log lines about a wrong secret, because any client can send one.
const REMINDER: Duration = Duration::from_mins(1);

/// Determines the addresses of clients.
#[derive(Debug, Default)]
pub(super) struct FrontEnds {
    logged_at: Mutex<Option<Instant>>,
    has_warned_of_proxy: AtomicBool,
}

impl FrontEnds {
    /// Returns the address of the client behind a request from `peer`. Without a valid secret and a readable address
    /// the headers are ignored.
    pub(super) fn client_address(&self, app: &App, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let listen = &app.config.listen;
        if headers.contains_key(SECRET) {
            let secret = only(headers, &SECRET).unwrap_or_default();
            if listen.front_end_secrets.accept(secret) {
                if let Some(address) = vouched_for(headers) {
                    return address;
                }
            } else {
                app.metrics.limits.front_end_secrets_rejected.inc();
                self.log_refused(peer);
            }
        }
        let (trusted, header) = (&listen.trusted_proxies, listen.forwarded_header);
        if app.config.profile == Profile::Production
            && is_from_unknown_proxy(peer, headers, trusted)
        {
            self.warn_of_proxy(peer);
        }
        client_address(peer, headers, trusted, header)
    }

    /// Logs once: without a proxy, any client can cause it.
    fn warn_of_proxy(&self, peer: IpAddr) {
        if !self.has_warned_of_proxy.swap(true, Ordering::Relaxed) {
            let network = crate::client::Client::new(Some(peer), None).network();
            tracing::warn!(
                network,
                "forwarded address ignored: peer not in GATEHOUSE_TRUSTED_PROXIES; all clients behind a proxy share its rate limits"
            );
        }
    }

    fn log_refused(&self, peer: IpAddr) {
        let now = Instant::now();
        let mut logged_at = self
            .logged_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if logged_at.is_none_or(|at| now - at >= REMINDER) {
            *logged_at = Some(now);
            let network = crate::client::Client::new(Some(peer), None).network();
            tracing::warn!(network, "front-end secret rejected");
        }
    }
}

/// Returns the address that a front end vouches for: exactly one, without a port.
fn vouched_for(headers: &HeaderMap) -> Option<IpAddr> {
    let text = std::str::from_utf8(only(headers, &ADDRESS)?).ok()?;
    let address: IpAddr = text.trim().parse().ok()?;
    Some(address.to_canonical())
}

/// Returns the value of a header that is present exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::{ADDRESS, vouched_for};

    #[test]
    fn an_address_is_one_without_a_port() {
        for (text, address) in [
            ("192.0.2.1", Some("192.0.2.1")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("::ffff:192.0.2.1", Some("192.0.2.1")),
            ("192.0.2.1:80", None),
            ("[2001:db8::1]", None),
            ("192.0.2.1, 192.0.2.2", None),
            ("unknown", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(ADDRESS, HeaderValue::from_static(text))]);
            let found = vouched_for(&headers).map(|it| it.to_string());
            assert_eq!(found.as_deref(), address, "{text}");
        }
    }

    #[test]
    fn of_two_addresses_neither_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append(ADDRESS, HeaderValue::from_static("192.0.2.1"));
        headers.append(ADDRESS, HeaderValue::from_static("192.0.2.2"));
        assert_eq!(vouched_for(&headers), None);
    }

    proptest! {
        #[test]
        fn no_bytes_hurt(bytes in prop::collection::vec(32_u8..=255, 0..60)) {
            if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                vouched_for(&HeaderMap::from_iter([(ADDRESS, value)]));
            }
        }
    }
}
