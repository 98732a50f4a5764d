//! Settings of the listeners and the public addresses.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::HeaderValue;
use ipnet::{IpNet, Ipv4Net};
use url::Url;

use super::Profile;
use super::cross_origin;
use super::front_end::FrontEndSecrets;
use super::reader::Reader;

/// Addresses and origins.
#[derive(Clone, Debug)]
pub struct Listen {
    /// The address of the API.
    pub api: SocketAddr,
    /// The address of health checks and metrics. It must not be public.
    pub admin: SocketAddr,
    /// The public address of the API, and the issuer of the tokens.
    pub public_url: Url,
    /// The address of the front end.
    pub app_url: Url,
    /// The certificate, if the process terminates HTTPS.
    pub tls: Option<Tls>,
    /// How long a client may take to send the head of a request, or for the TLS handshake.
    pub header_timeout: Duration,
    /// The maximum number of connections.
    pub max_connections: usize,
    /// The maximum number of connections from one network, unless it is a trusted proxy's.
    pub max_connections_per_network: usize,
    /// The proxies whose forwarded addresses are trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which they forward the client's address. Such a proxy passes a client's own value of the other
    /// header unchanged.
    pub forwarded_header: ForwardedHeader,
    /// The secrets by which front-end servers authenticate.
    pub front_end_secrets: FrontEndSecrets,
    /// Whether HSTS includes the subdomains of the public URL.
    pub hsts_subdomains: bool,
    /// The origins that may call the API from a browser: the front end's and the configured ones.
    pub allowed_origins: Vec<String>,
    /// The request headers that those origins may send, separated by commas.
    pub allowed_headers: HeaderValue,
    /// How long requests are still accepted after readiness reports the shutdown.
    pub drain: Duration,
}

/// A header by which proxies forward the client's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// A list of addresses, as most proxies write it.
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// The certificate and key of the API.
#[derive(Clone, Debug)]
pub struct Tls {
    /// A PEM file with the certificate chain.
    pub certificate: PathBuf,
    /// A PEM file with its private key.
    pub key: PathBuf,
    /// How often the files are checked for changes.
    pub reload_interval: Duration,
}

/// Sets the public URL to the API's address in development unless it is set. Another port would otherwise be missing
/// from `iss`, from `jwks_uri`, and from the origins whose cookies are accepted.
pub(super) fn follow_listener(reader: &mut Reader) {
    let name = "GATEHOUSE_PUBLIC_URL";
    if reader.profile == Profile::Production || reader.is_explicit(name) {
        return;
    }
    let Ok(address) = reader.text("GATEHOUSE_LISTEN").trim().parse::<SocketAddr>() else {
        return;
    };
    // Port 0 selects any free port, known only after binding.
    if address.port() == 0 {
        return;
    }
    let scheme = if reader.is_explicit("GATEHOUSE_TLS_CERT") {
        "https"
    } else {
        "http"
    };
    let ip = address.ip();
    let host = if ip.is_loopback() || ip.is_unspecified() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    };
    if let Some(value) = reader.values.get_mut(name) {
        value.text = format!("{scheme}://{host}");
    }
}

impl Listen {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let address = "an IP address and a port, such as 127.0.0.1:8080";
        let api = reader.parsed("GATEHOUSE_LISTEN", address, |text| text.parse().ok());
        let admin = reader.parsed("GATEHOUSE_ADMIN_LISTEN", address, |text| text.parse().ok());
        let public_url = reader.url("GATEHOUSE_PUBLIC_URL");
        let app_url = reader.url("GATEHOUSE_APP_URL");
        let origins = cross_origin::origins(reader);
        let allowed_headers = cross_origin::headers(reader);
        let drain = reader.duration("GATEHOUSE_DRAIN", "0s", "5m");
        let tls = Tls::read(reader);
        let header_timeout = reader.duration("GATEHOUSE_HEADER_TIMEOUT", "1s", "1m");
        let max_connections = reader.number("GATEHOUSE_MAX_CONNECTIONS", 10, 1_000_000);
        let max_connections_per_network =
            reader.number("GATEHOUSE_MAX_CONNECTIONS_PER_NETWORK", 10, 1_000_000);
        let trusted_proxies = reader.parsed(
            "GATEHOUSE_TRUSTED_PROXIES",
            "networks separated by commas, such as 10.0.0.0/8,fd00::/8",
            |text| {
                text.split(',')
                    .map(str::trim)
                    .filter(|item| !item.is_empty())
                    .map(network)
                    .collect()
            },
        );
        let forwarded_header = ForwardedHeader::read(reader);
        let front_end_secrets = FrontEndSecrets::read(reader);
        let hsts_subdomains = reader.switch("GATEHOUSE_HSTS_SUBDOMAINS");
        if public_url
            .as_ref()
            .is_some_and(|url| url.scheme() != "https")
            && reader.profile == Profile::Production
        {
            reader.reject("GATEHOUSE_PUBLIC_URL", "an https:// address in production");
        }
        let app_url = app_url?;
        let mut allowed_origins: Vec<String> = origins?;
        allowed_origins.push(app_url.origin().ascii_serialization());
        Some(Self {
            api: api?,
            admin: admin?,
            public_url: public_url?,
            app_url,
            allowed_origins,
            allowed_headers: allowed_headers?,
            drain: drain?,
            tls,
            header_timeout: header_timeout?,
            max_connections: max_connections?,
            max_connections_per_network: max_connections_per_network?,
            trusted_proxies: trusted_proxies?,
            forwarded_header: forwarded_header?,
            front_end_secrets: front_end_secrets?,
            hsts_subdomains: hsts_subdomains?,
        })
    }
}

impl ForwardedHeader {
    fn read(reader: &mut Reader) -> Option<Self> {
        let takes = "X-Forwarded-For or Forwarded";
        reader.parsed("GATEHOUSE_FORWARDED_HEADER", takes, |text| {
            match text.to_ascii_lowercase().as_str() {
                "x-forwarded-for" => Some(Self::XForwardedFor),
                "forwarded" => Some(Self::Forwarded),
                _ => None,
            }
        })
    }
}

impl Tls {
    /// Reads both files or neither.
    fn read(reader: &mut Reader) -> Option<Self> {
        let mut path = |name: &'static str| {
            let text = reader.text(name);
            if !text.is_empty() && !Path::new(&text).is_file() {
                reader.reject(name, "the path of a PEM file");
            }
            (!text.is_empty()).then(|| PathBuf::from(text))
        };
        let certificate = path("GATEHOUSE_TLS_CERT");
        let key = path("GATEHOUSE_TLS_KEY");
        let reload_interval = reader.duration("GATEHOUSE_TLS_RELOAD_INTERVAL", "50ms", "1h");
        match (certificate, key) {
            (Some(certificate), Some(key)) => Some(Self {
                certificate,
                key,
                reload_interval: reload_interval?,
            }),
            (None, None) => None,
            (Some(_), None) => {
                reader.reject("GATEHOUSE_TLS_KEY", "the key of GATEHOUSE_TLS_CERT");
                None
            }
            (None, Some(_)) => {
                reader.reject("GATEHOUSE_TLS_CERT", "the certificate of GATEHOUSE_TLS_KEY");
                None
            }
        }
    }
}

/// Parses a network or a single address. An IPv4-mapped network becomes the IPv4 network, because peers are compared as
/// IPv4 addresses (RFC 4291, section 2.5.5.2).
fn network(text: &str) -> Option<IpNet> {
    let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
    let network: IpNet = text.parse().ok().or_else(single)?;
    let mapped = match network {
        IpNet::V6(network) if network.prefix_len() >= 96 => {
            network.addr().to_ipv4_mapped().map(|it| (it, network))
        }
        _ => None,
    };
    match mapped {
        Some((address, network)) => Ipv4Net::new(address, network.prefix_len() - 96)
            .ok()
            .map(IpNet::V4),
        None => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::network;
    use crate::config::Config;

    #[test]
    fn the_public_url_follows_the_listener_in_development() {
        for (listen, public) in [
            ("127.0.0.1:8080", "http://localhost:8080/"),
            ("127.0.0.1:9000", "http://localhost:9000/"),
            ("0.0.0.0:9000", "http://localhost:9000/"),
            ("192.0.2.1:9000", "http://192.0.2.1:9000/"),
            ("[::1]:9000", "http://localhost:9000/"),
            ("127.0.0.1:0", "http://localhost:8080/"),
        ] {
            let mut variables =
                BTreeMap::from([("GATEHOUSE_LISTEN".to_owned(), listen.to_owned())]);
            let config = Config::load(&variables, None).unwrap();
            assert_eq!(config.listen.public_url.as_str(), public, "{listen}");
            assert_eq!(format!("{}/", config.tokens.issuer), public, "{listen}");
            let set = (
                "GATEHOUSE_PUBLIC_URL".to_owned(),
                "http://auth.test:1".to_owned(),
            );
            variables.extend([set]);
            let config = Config::load(&variables, None).unwrap();
            assert_eq!(config.tokens.issuer, "http://auth.test:1");
        }
    }

    #[test]
    fn networks_of_mapped_addresses_are_those_of_ipv4() {
        for (text, network_of) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("::ffff:127.0.0.0/104", "127.0.0.0/8"),
            ("::ffff:192.0.2.1", "192.0.2.1/32"),
            ("::ffff:0:0/96", "0.0.0.0/0"),
            ("fd00::/8", "fd00::/8"),
            ("::1", "::1/128"),
        ] {
            assert_eq!(network(text).unwrap().to_string(), network_of, "{text}");
        }
        assert_eq!(network("*"), None);
    }
}
