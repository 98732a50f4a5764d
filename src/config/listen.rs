//! Addresses the server listens on and is known by.

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
    /// Where the API listens.
    pub api: SocketAddr,
    /// Where health and metrics are served: never the public address.
    pub admin: SocketAddr,
    /// How the outside reaches the API; the issuer of the tokens.
    pub public_url: Url,
    /// The front end.
    pub app_url: Url,
    /// HTTPS in the process, where it is set.
    pub tls: Option<Tls>,
    /// How long a client may take to send the head of a request, or to shake hands.
    pub header_timeout: Duration,
    /// Most connections at once.
    pub max_connections: usize,
    /// Most of them from one network, unless that is a trusted proxy's.
    pub max_connections_per_network: usize,
    /// The proxies whose word on where a request comes from is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which they say it. A client's own value of the other one passes through such a proxy as it is.
    pub forwarded_header: ForwardedHeader,
    /// What proves that a request comes from the server of a front end.
    pub front_end_secrets: FrontEndSecrets,
    /// Whether HTTPS is demanded of the public URL's subdomains, too.
    pub hsts_subdomains: bool,
    /// The origins that a browser may call the API from: the front end's and those added to it.
    pub allowed_origins: Vec<String>,
    /// The request headers that their pages may send, separated by commas.
    pub allowed_headers: HeaderValue,
    /// How long requests are still taken once readiness says that the service is stopping.
    pub drain: Duration,
}

/// A header by which proxies say whom they were asked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// The addresses alone, as most proxies write them.
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// Certificate and key of the API.
#[derive(Clone, Debug)]
pub struct Tls {
    /// A PEM file with the certificate and those that vouch for it.
    pub certificate: PathBuf,
    /// A PEM file with its private key.
    pub key: PathBuf,
    /// How often the files are looked at for changes.
    pub reload_interval: Duration,
}

/// In development the public URL is where the API listens, unless it is set: another port would otherwise be missing from
/// `iss`, from `jwks_uri`, and from the origins whose cookies count.
pub(super) fn follow_listener(reader: &mut Reader) {
    let name = "GATEHOUSE_PUBLIC_URL";
    if reader.profile == Profile::Production || reader.is_explicit(name) {
        return;
    }
    let Ok(address) = reader.text("GATEHOUSE_LISTEN").trim().parse::<SocketAddr>() else {
        return;
    };
    // Port 0 is any that is free, known only once it is bound.
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
            reader.fault("GATEHOUSE_PUBLIC_URL", "an https:// address in production");
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
    /// Both files or none.
    fn read(reader: &mut Reader) -> Option<Self> {
        let mut path = |name: &'static str| {
            let text = reader.text(name);
            if !text.is_empty() && !Path::new(&text).is_file() {
                reader.fault(name, "the path of a PEM file");
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
                reader.fault("GATEHOUSE_TLS_KEY", "the private key of GATEHOUSE_TLS_CERT");
                None
            }
            (None, Some(_)) => {
                reader.fault("GATEHOUSE_TLS_CERT", "the certificate of GATEHOUSE_TLS_KEY");
                None
            }
        }
    }
}

/// A network, or a single address. One of IPv4-mapped addresses is that of the IPv4 addresses, which is how peers are
/// compared (RFC 4291, section 2.5.5.2).
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
