//! Distinguishes Gatehouse's environment variables from those of platforms.

use super::settings;

/// The prefix of variables that must be settings.
const OURS: &str = "GATEHOUSE_";

/// Returns whether the variable `name` is a setting, or must be rejected as an unknown one.
///
/// Others are ignored: hosting platforms set variables such as `DATABASE_URL_UNPOOLED`, and Kubernetes describes every
/// Service of the namespace, which may be named `gatehouse`.
pub(super) fn is_ours(name: &str, value: &str) -> bool {
    let bare = name.strip_suffix("_FILE").unwrap_or(name);
    // Others are known by their whole name, such as `DATABASE_URL`.
    let is_known = settings::all().any(|setting| setting.name == bare);
    is_known || (name.starts_with(OURS) && !is_of_a_service(name, value))
}

/// Returns whether it is one of the variables of a Service (Kubernetes, "Discovering services"; previously Docker
/// links).
fn is_of_a_service(name: &str, value: &str) -> bool {
    if name.ends_with("_SERVICE_HOST")
        || name.ends_with("_SERVICE_PORT")
        || name.contains("_SERVICE_PORT_")
    {
        return true;
    }
    let is_address = ["tcp://", "udp://", "sctp://"]
        .iter()
        .any(|scheme| value.starts_with(scheme));
    if name.ends_with("_PORT") && is_address {
        return true;
    }
    name.split("_PORT_").skip(1).any(is_port_and_protocol)
}

/// Matches `8080_TCP`, optionally followed by `_PROTO`, `_PORT` or `_ADDR`.
fn is_port_and_protocol(text: &str) -> bool {
    let mut words = text.split('_');
    let is_port = words.next().is_some_and(|port| port.parse::<u16>().is_ok());
    let is_protocol = words
        .next()
        .is_some_and(|word| ["TCP", "UDP", "SCTP"].contains(&word));
    is_port
        && is_protocol
        && words
            .next()
            .is_none_or(|word| ["PROTO", "PORT", "ADDR"].contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn variables_of_a_service_are_not_settings() {
        for (name, value) in [
            ("GATEHOUSE_SERVICE_HOST", "10.0.0.11"),
            ("GATEHOUSE_SERVICE_PORT", "80"),
            ("GATEHOUSE_SERVICE_PORT_HTTP", "80"),
            ("GATEHOUSE_PORT", "tcp://10.0.0.11:80"),
            ("GATEHOUSE_PORT_80_TCP", "tcp://10.0.0.11:80"),
            ("GATEHOUSE_PORT_80_TCP_PROTO", "tcp"),
            ("GATEHOUSE_PORT_80_TCP_PORT", "80"),
            ("GATEHOUSE_PORT_80_TCP_ADDR", "10.0.0.11"),
            ("GATEHOUSE_ADMIN_SERVICE_HOST", "10.0.0.12"),
            ("GATEHOUSE_ADMIN_PORT_9090_TCP_ADDR", "10.0.0.12"),
            ("DATABASE_URL_UNPOOLED", "postgres://db"),
            ("REDIS_URL_OLD", "redis://cache"),
            ("PATH", "/bin"),
        ] {
            assert!(!is_ours(name, value), "{name}");
        }
    }

    #[test]
    fn settings_and_what_looks_like_one_are_ours() {
        for (name, value) in [
            ("DATABASE_URL", "postgres://db"),
            ("DATABASE_URL_FILE", "/run/secrets/url"),
            ("REDIS_URL", "redis://cache"),
            ("REDIS_URL_FILE", "/run/secrets/url"),
            ("GATEHOUSE_LISTEN", "127.0.0.1:8080"),
            ("GATEHOUSE_SECRET_FILE", "/run/secrets/secret"),
            ("GATEHOUSE_PORT", "8080"),
            ("GATEHOUSE_PORT_80", "1"),
            ("GATEHOUSE_LISTEM", "127.0.0.1:8080"),
        ] {
            assert!(is_ours(name, value), "{name}");
        }
    }

    #[test]
    fn no_setting_looks_like_a_variable_of_a_service() {
        for setting in crate::config::settings::all() {
            assert!(
                is_ours(setting.name, "tcp://10.0.0.1:80"),
                "{}",
                setting.name
            );
        }
    }
}
