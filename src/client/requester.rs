//! The client that sent a request.

use std::net::IpAddr;

use secrecy::SecretString;

use super::device_name;

/// The maximum length of a stored user agent in characters. Real ones are shorter.
const USER_AGENT_CHARACTERS: usize = 512;

/// The client that sent a request. Address and user agent are shown to the owner of the account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    /// The IP address.
    pub(crate) ip_address: Option<IpAddr>,
    /// The `User-Agent` header.
    pub(crate) user_agent: Option<String>,
    /// The secret that an earlier sign-in issued to the device, if the client sends one.
    pub(crate) device_token: Option<SecretString>,
}

impl Client {
    /// Creates a client and truncates a long user agent.
    pub(crate) fn new(ip_address: Option<IpAddr>, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent
            .filter(|text| !text.is_empty())
            .map(|text| text.chars().take(USER_AGENT_CHARACTERS).collect());
        Self {
            ip_address,
            user_agent,
            device_token: None,
        }
    }

    /// Returns the same client with this device secret, if there is one.
    pub(crate) fn with_device(&self, token: Option<SecretString>) -> Self {
        Self {
            device_token: token.or_else(|| self.device_token.clone()),
            ..self.clone()
        }
    }

    /// Returns the address as text.
    pub(crate) fn ip_text(&self) -> Option<String> {
        self.ip_address
            .map(|address| address.to_canonical().to_string())
    }

    /// Returns the client's network for limits and the log: the IPv4 address, or the first 64 bits of the IPv6 address,
    /// of which one customer has at least that many.
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

    /// Returns what sign-ins from one place have in common: the name of the device and the prefix of its provider. An
    /// exact address would tell a phone apart from itself, and a browser's name alone would be too little.
    pub(crate) fn fingerprint(&self) -> String {
        let prefix = self.ip_address.map(provider_prefix).unwrap_or_default();
        format!("{prefix}/{}", device_name(self.user_agent.as_deref()))
    }

    /// Returns the network and the wider ones that one customer may have, narrowest first: for IPv6 the first 64, 56
    /// and 48 bits.
    pub(crate) fn networks(&self) -> Vec<String> {
        let mut networks = vec![self.network()];
        if let Some(IpAddr::V6(address)) = self.ip_address.map(|address| address.to_canonical()) {
            let [a, b, c, d, ..] = address.segments();
            networks.push(format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00));
            networks.push(format!("{a:x}:{b:x}:{c:x}::/48"));
        }
        networks
    }
}

/// Returns the prefix that a provider's customers usually share: the first 16 bits for IPv4, 32 for IPv6.
fn provider_prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            format!("{a}.{b}")
        }
        IpAddr::V6(address) => {
            let [a, b, ..] = address.segments();
            format!("{a:x}:{b:x}")
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

    #[test]
    fn wider_networks_of_ipv6_are_named_too() {
        let of = |text: &str| Client::new(text.parse().ok(), None).networks();
        assert_eq!(of("192.0.2.1"), ["192.0.2.1"]);
        let networks = [
            "2001:db8:1:2304::/64",
            "2001:db8:1:2300::/56",
            "2001:db8:1::/48",
        ];
        assert_eq!(of("2001:db8:1:2304::7"), networks);
        assert_eq!(of("2001:db8:1:23ff::7")[1..], networks[1..]);
        assert_eq!(of("2001:db8:1:ffff::7")[2], networks[2]);
    }

    #[test]
    fn a_fingerprint_is_the_kind_of_device_and_its_provider() {
        const FIREFOX: &str =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        const NEWER: &str =
            "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
        let of = |ip: &str, agent| Client::new(ip.parse().ok(), Some(agent)).fingerprint();
        assert_eq!(of("192.0.2.1", FIREFOX), of("192.0.77.9", NEWER));
        assert_ne!(of("192.0.2.1", FIREFOX), of("198.51.100.1", FIREFOX));
        assert_ne!(of("192.0.2.1", FIREFOX), of("192.0.2.1", "curl/8.5.0"));
    }
}
