//! Which network a client is in.

use std::net::IpAddr;

use crate::client::Client;

/// The address of a client over IPv4; the first 64 bits over IPv6, where one customer has at least that.
pub(super) fn network(client: &Client) -> String {
    match client.ip_address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;
    use crate::client::Client;

    #[test]
    fn a_customer_s_addresses_are_one_network() {
        let of = |text: &str| network(&Client::new(text.parse().ok(), None));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }
}
