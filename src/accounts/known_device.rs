//! Recognizes sign-ins from where the account was used before.

use std::net::IpAddr;

use crate::client::Client;
use crate::sessions::device_name;

/// Returns whether `client` resembles one of `earlier`: the same kind of device in the same part of the internet. An
/// exact address would exclude phones, and a browser's name alone would be too little.
pub(super) fn is_known(client: &Client, earlier: &[Client]) -> bool {
    let traits = |client: &Client| {
        (
            device_name(client.user_agent.as_deref()),
            client.ip_address.map(neighbourhood),
        )
    };
    let its = traits(client);
    earlier.iter().any(|known| traits(known) == its)
}

/// Returns the prefix that a provider's customers usually share: the first 16 bits for IPv4, 32 for IPv6.
fn neighbourhood(address: IpAddr) -> (u16, u16) {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            (a.into(), b.into())
        }
        IpAddr::V6(address) => {
            let [a, b, ..] = address.segments();
            (a, b)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_known;
    use crate::client::Client;

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const NEWER_FIREFOX: &str =
        "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

    fn client(ip: &str, user_agent: &str) -> Client {
        Client::new(ip.parse().ok(), Some(user_agent))
    }

    #[test]
    fn a_device_is_known_by_its_kind_and_its_neighbourhood() {
        let earlier = [client("192.0.2.1", FIREFOX)];
        assert!(is_known(&client("192.0.2.1", FIREFOX), &earlier));
        assert!(is_known(&client("192.0.77.9", NEWER_FIREFOX), &earlier));
        assert!(!is_known(&client("198.51.100.1", FIREFOX), &earlier));
        assert!(!is_known(&client("192.0.2.1", "curl/8.5.0"), &earlier));
        assert!(!is_known(&client("192.0.2.1", FIREFOX), &[]));
    }
}
