//! Who is at the other end of a request, as far as that can be told.

use std::net::IpAddr;

/// Longest user agent that is kept, in characters: real ones are shorter.
const USER_AGENT_CHARACTERS: usize = 512;

/// The sender of a request. Shown to the owner of the account, never used to decide anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    /// The address the request came from.
    pub(crate) ip_address: Option<IpAddr>,
    /// What the client says it is.
    pub(crate) user_agent: Option<String>,
}

impl Client {
    /// Cuts an over-long user agent.
    pub(crate) fn new(ip_address: Option<IpAddr>, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent
            .filter(|text| !text.is_empty())
            .map(|text| text.chars().take(USER_AGENT_CHARACTERS).collect());
        Self {
            ip_address,
            user_agent,
        }
    }

    /// The address as text.
    pub(crate) fn ip_text(&self) -> Option<String> {
        self.ip_address
            .map(|address| address.to_canonical().to_string())
    }

    /// Where it is, as far as limits and the log go: its address over IPv4, the first 64 bits over IPv6, where
    /// one customer has at least that.
    pub(crate) fn network(&self) -> String {
        match self.ip_address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Client;

    #[test]
    fn a_customer_s_addresses_are_one_network() {
        let of = |text: &str| Client::new(text.parse().ok(), None).network();
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }
}
