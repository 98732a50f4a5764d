//! Finds connections to other machines that are not protected in transit (ASVS 5.0, 12.2.1, 12.3.1, 12.3.2).

use secrecy::ExposeSecret;
use url::{Host, Url};

use super::{Config, MailTransport, SmtpSecurity, Traces};

/// A connection that can be read or changed in transit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unprotected {
    /// The setting that configures it.
    pub setting: &'static str,
    /// A description of the connection.
    pub what: &'static str,
    /// What the setting should be.
    pub takes: &'static str,
}

const REQUESTS: Unprotected = Unprotected {
    setting: "GATEHOUSE_LISTEN",
    what: "requests arrive unencrypted",
    takes: "a loopback address, or GATEHOUSE_TLS_CERT, or GATEHOUSE_TRUSTED_PROXIES with the proxy that terminates TLS",
};
const DATABASE: Unprotected = Unprotected {
    setting: "DATABASE_URL",
    what: "the connection to PostgreSQL may be unencrypted or intercepted",
    takes: "?sslmode=verify-full, or a server on this machine",
};
const REPLICA: Unprotected = Unprotected {
    setting: "DATABASE_READ_URL",
    ..DATABASE
};
const MAILS: Unprotected = Unprotected {
    setting: "GATEHOUSE_MAIL_URL",
    what: "email may be sent unencrypted",
    takes: "smtps://, ?tls=required, or a relay on this machine",
};
const LIMITS: Unprotected = Unprotected {
    setting: "REDIS_URL",
    what: "the connection to Redis is unencrypted",
    takes: "rediss://, or a server on this machine",
};

const TRACES: Unprotected = Unprotected {
    setting: "OTEL_EXPORTER_OTLP_ENDPOINT",
    what: "traces are exported unencrypted",
    takes: "https://, or a collector on this machine",
};

impl Config {
    /// Returns all unprotected connections.
    pub fn unprotected(&self) -> Vec<Unprotected> {
        let listen = &self.listen;
        let is_open = listen.tls.is_none()
            && listen.trusted_proxies.is_empty()
            && !listen.api.ip().is_loopback();
        let replica = self.database.replica.as_ref();
        let redis = self.rate_limits.redis_url.as_ref();
        let checks = [
            (is_open, REQUESTS),
            (
                !database_is_safe(self.database.url.expose_secret()),
                DATABASE,
            ),
            (
                replica.is_some_and(|it| !database_is_safe(it.url.expose_secret())),
                REPLICA,
            ),
            (!mail_is_safe(&self.mail.transport), MAILS),
            (
                redis.is_some_and(|url| !redis_is_safe(url.expose_secret())),
                LIMITS,
            ),
            (
                self.traces.as_ref().is_some_and(|it| !traces_are_safe(it)),
                TRACES,
            ),
        ];
        let found = checks
            .into_iter()
            .filter(|(is_unprotected, _)| *is_unprotected);
        found.map(|(_, unprotected)| unprotected).collect()
    }
}

fn database_is_safe(text: &str) -> bool {
    if text.starts_with("sqlite:") {
        return true;
    }
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    // Read like the driver does: the last of several values applies, and a host here takes precedence over the one in
    // front.
    let last = |names: &[&str]| {
        let pairs = url.query_pairs();
        let named = pairs.filter(|(name, _)| names.contains(&&**name));
        named.last().map(|(_, value)| value)
    };
    if last(&["sslmode", "ssl-mode"]).is_some_and(|mode| mode.eq_ignore_ascii_case("verify-full")) {
        return true;
    }
    match last(&["host", "hostaddr"]) {
        Some(host) => host.starts_with('/') || is_this_machine(&host),
        None => url.host_str().is_none_or(is_socket) || is_on_this_machine(text),
    }
}

/// Returns whether the host is the path of a socket, whose first slash must be encoded there.
fn is_socket(host: &str) -> bool {
    host.is_empty()
        || host
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("%2f"))
}

fn mail_is_safe(transport: &MailTransport) -> bool {
    match transport {
        MailTransport::Folder(_) => true,
        MailTransport::Smtp { url, security, .. } => {
            matches!(security, SmtpSecurity::Required | SmtpSecurity::Wrapper)
                || is_on_this_machine(url.expose_secret())
        }
    }
}

fn redis_is_safe(text: &str) -> bool {
    text.starts_with("rediss://") || is_on_this_machine(text)
}

fn traces_are_safe(traces: &Traces) -> bool {
    traces.is_encrypted() || is_on_this_machine(traces.endpoint.as_str())
}

fn is_on_this_machine(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.host_str().is_some_and(is_this_machine))
}

fn is_this_machine(host: &str) -> bool {
    // The parser treats addresses of unknown schemes as names.
    let named = host.trim_matches(['[', ']']);
    match Host::parse(named) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        _ => named.parse() == Ok(std::net::Ipv6Addr::LOCALHOST),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::config::Config;

    fn unprotected(variables: &[(&str, &str)]) -> Vec<&'static str> {
        let variables: BTreeMap<String, String> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let config = Config::load(&variables, None).unwrap();
        config.unprotected().iter().map(|it| it.setting).collect()
    }

    #[test]
    fn on_one_machine_nothing_has_to_be_encrypted() {
        assert!(unprotected(&[]).is_empty());
        for url in [
            "postgres://a:b@localhost/c",
            "postgres://a:b@127.0.0.1:5432/c",
            "postgres://a:b@[::1]/c",
            "postgres://a:b@db.example/c?host=/run/postgresql",
            "postgres://a:b@db.example/c?host=db.example&host=/run/postgresql",
            "postgres://a:b@db.example/c?hostaddr=127.0.0.1",
            "postgres:///gatehouse",
            "postgres://%2Frun%2Fpostgresql/g",
            "postgres://a:b@%2frun%2fpostgresql/g",
        ] {
            assert!(unprotected(&[("DATABASE_URL", url)]).is_empty(), "{url}");
        }
        let local = [
            ("GATEHOUSE_MAIL_URL", "smtp://127.0.0.1:25"),
            ("REDIS_URL", "redis://localhost:6379/0"),
        ];
        assert!(unprotected(&local).is_empty());
    }

    #[test]
    fn what_goes_to_another_machine_is_encrypted_and_its_end_verified() {
        for url in [
            "postgres://a:b@db.example/c",
            "postgres://a:b@db.example/c?sslmode=require",
            "postgres://a:b@localhost/c?host=db.example",
            "postgres:///c?host=db.example",
            "postgres://a:b@db.example/c?host=localhost&host=db.example",
            "postgres://a:b@db.example/c?sslmode=verify-full&sslmode=disable",
            "postgres://a:b@db.example/c?sslmode=verify-full&ssl-mode=prefer",
        ] {
            assert_eq!(
                unprotected(&[("DATABASE_URL", url)]),
                ["DATABASE_URL"],
                "{url}"
            );
        }
        for url in [
            "postgres://a:b@db.example/c?sslmode=verify-full",
            "postgres://a:b@db.example/c?sslmode=Verify-Full",
            "postgres://a:b@db.example/c?sslmode=disable&sslmode=verify-full",
        ] {
            assert!(unprotected(&[("DATABASE_URL", url)]).is_empty(), "{url}");
        }
        for url in [
            "smtp://mail.example",
            "smtp://mail.example?tls=opportunistic",
        ] {
            assert_eq!(
                unprotected(&[("GATEHOUSE_MAIL_URL", url)]),
                ["GATEHOUSE_MAIL_URL"]
            );
        }
        for url in ["smtp://mail.example?tls=required", "smtps://mail.example"] {
            assert!(
                unprotected(&[("GATEHOUSE_MAIL_URL", url)]).is_empty(),
                "{url}"
            );
        }
        let redis = [("REDIS_URL", "redis://cache.example/0")];
        assert_eq!(unprotected(&redis), ["REDIS_URL"]);
        assert!(unprotected(&[("REDIS_URL", "rediss://cache.example/0")]).is_empty());
        let open = ("GATEHOUSE_LISTEN", "0.0.0.0:8080");
        assert_eq!(unprotected(&[open]), ["GATEHOUSE_LISTEN"]);
        let proxied = [open, ("GATEHOUSE_TRUSTED_PROXIES", "10.0.0.0/8")];
        assert!(unprotected(&proxied).is_empty());
    }

    #[test]
    fn where_tls_is_required_each_unprotected_connection_stops_the_start() {
        let variables = [
            ("GATEHOUSE_REQUIRE_TLS", "on"),
            ("GATEHOUSE_LISTEN", "0.0.0.0:8080"),
            ("DATABASE_URL", "postgres://a:b@db.example/c"),
            ("GATEHOUSE_MAIL_URL", "smtp://mail.example"),
            ("REDIS_URL", "redis://cache.example/0"),
        ];
        let given: BTreeMap<String, String> = variables
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        let errors = Config::load(&given, None).unwrap_err().to_string();
        for (name, _) in &variables[1..] {
            assert!(errors.contains(name), "{name} is not in {errors}");
        }
        assert_eq!(
            errors
                .lines()
                .filter(|line| line.contains("expected"))
                .count(),
            4,
            "{errors}"
        );
    }
}
