//! The origins that may call the API from a browser, and the headers they may send (Fetch standard, section 3.3).

use axum::http::{HeaderName, HeaderValue};

use super::reader::{Reader, base_url};

/// Headers sent by front ends of this service, by GraphQL clients, and by clients that trace requests (W3C Trace
/// Context, Sentry, Datadog, New Relic). None of them affects a decision.
const HEADERS: &str = "authorization, content-type, x-gatehouse-tokens, \
                       traceparent, tracestate, baggage, sentry-trace, x-request-id, x-requested-with, \
                       apollographql-client-name, apollographql-client-version, x-apollo-operation-name, \
                       x-apollo-operation-id, apollo-require-preflight, \
                       x-datadog-trace-id, x-datadog-parent-id, x-datadog-origin, x-datadog-sampling-priority, newrelic";

/// Parses `GATEHOUSE_CORS_ORIGINS`.
pub(super) fn origins(reader: &mut Reader) -> Option<Vec<String>> {
    let name = "GATEHOUSE_CORS_ORIGINS";
    if reader.text(name).contains('*') {
        let takes = "exact origins: with cookies, a wildcard would let any matching page act as the user, including one that an attacker registers";
        reader.reject(name, takes);
        return None;
    }
    let takes = "origins separated by commas, such as https://app.example,capacitor://localhost";
    reader.parsed(name, takes, |text| items(text).map(origin).collect())
}

/// Parses `GATEHOUSE_CORS_HEADERS` and adds the headers that clients commonly send.
pub(super) fn headers(reader: &mut Reader) -> Option<HeaderValue> {
    let takes = "names of headers separated by commas, such as x-tenant,x-b3-traceid";
    reader.parsed("GATEHOUSE_CORS_HEADERS", takes, |text| {
        let mut all = HEADERS.to_owned();
        for item in items(text) {
            let name: HeaderName = item.parse().ok().filter(|_| !item.contains('*'))?;
            all = format!("{all}, {name}");
        }
        all.parse().ok()
    })
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

/// Returns the origin as browsers and web views write it. Schemes other than the web's are opaque to the URL standard
/// and have no default port.
fn origin(text: &str) -> Option<String> {
    if let Some(url) = base_url(text) {
        return (url.path() == "/").then(|| url.origin().ascii_serialization());
    }
    let url = url::Url::parse(text).ok()?;
    let (scheme, host) = (url.scheme(), url.host_str()?);
    let is_bare =
        matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let is_other = !matches!(
        scheme,
        "http" | "https" | "file" | "data" | "ws" | "wss" | "ftp"
    );
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    (is_bare && is_other && is_anonymous && !host.is_empty())
        .then(|| format!("{scheme}://{host}{port}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::config::{Config, ConfigErrors};

    fn load(name: &str, text: &str) -> Result<Config, ConfigErrors> {
        Config::load(&BTreeMap::from([(name.to_owned(), text.to_owned())]), None)
    }

    #[test]
    fn origins_of_web_views_are_accepted() {
        for origin in [
            "https://app.example",
            "http://localhost:3001",
            "capacitor://localhost",
            "ionic://localhost",
            "tauri://localhost",
            "chrome-extension://abcdefghijklmnop",
            "app://gatehouse:81",
        ] {
            let config = load("GATEHOUSE_CORS_ORIGINS", origin).unwrap();
            assert_eq!(config.listen.allowed_origins[0], origin);
        }
    }

    #[test]
    fn wildcards_are_rejected_with_the_reason() {
        for pattern in [
            "*",
            "https://*.example",
            "https://app.example,*://localhost",
        ] {
            let fault = load("GATEHOUSE_CORS_ORIGINS", pattern)
                .unwrap_err()
                .to_string();
            assert!(fault.contains("exact origins"), "{fault}");
        }
    }

    #[test]
    fn other_text_is_no_origin() {
        for text in [
            "null",
            "app.example",
            "https://app.example/path",
            "capacitor://localhost/path",
            "capacitor://",
            "capacitor:localhost",
            "file:///",
            "tauri://user@localhost",
        ] {
            assert!(load("GATEHOUSE_CORS_ORIGINS", text).is_err(), "{text}");
        }
    }

    #[test]
    fn headers_are_added_to_the_usual_ones() {
        let config = load("GATEHOUSE_CORS_HEADERS", "X-Tenant, x-b3-traceid").unwrap();
        let allowed = config.listen.allowed_headers.to_str().unwrap().to_owned();
        assert!(
            allowed.starts_with("authorization, content-type"),
            "{allowed}"
        );
        assert!(
            allowed.ends_with("newrelic, x-tenant, x-b3-traceid"),
            "{allowed}"
        );
        for wrong in ["*", "a b", "x-tenant:1"] {
            assert!(load("GATEHOUSE_CORS_HEADERS", wrong).is_err(), "{wrong}");
        }
    }
}
