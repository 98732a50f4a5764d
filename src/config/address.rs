//! URLs with credentials: masking them, and rejecting those whose credentials are not percent-encoded.

use url::Url;

/// The requirement on credentials in a URL, for error messages.
pub(super) const ENCODED: &str = "with characters such as @, /, ? and # in the user name and password percent-encoded (%40, %2F, %3F, %23)";

/// Returns whether a user name or password contains a character that ends it (RFC 3986, section 3.2). The rest would be
/// read as a host, a path or parameters, and be shown and logged as such.
pub(super) fn is_cut_short(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let behind = &rest[authority..];
    !["sqlite", "file"].contains(&scheme) && (behind.contains('@') || behind.contains('#'))
}

/// Returns the address with its password masked, in either place where a URL can contain one. If it is cut short,
/// everything between the scheme and the last `@` is masked.
pub(super) fn masked(text: &str) -> String {
    const MASK: &str = "********";
    if is_cut_short(text) {
        let shown = text.split_once("://").zip(text.rsplit_once('@'));
        return shown.map_or_else(
            || MASK.to_owned(),
            |((scheme, _), (_, host))| {
                let host = host.split(['?', '#']).next().unwrap_or_default();
                format!("{scheme}://{MASK}@{host}")
            },
        );
    }
    let Ok(mut url) = Url::parse(text) else {
        return MASK.to_owned();
    };
    if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
        return MASK.to_owned();
    }
    if url.query_pairs().any(|(name, _)| name == "password") {
        url.set_query(Some(MASK));
    }
    url.to_string()
}

/// Returns the value of a setting without possible credentials: operators also put addresses with a password where none
/// belongs. Everything up to the last `@` is masked, and so is the query of an address.
pub(super) fn without_credentials(text: &str) -> String {
    const MASK: &str = "********";
    let is_scheme = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric());
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let shown = match text.rsplit_once('@') {
        Some((user, host)) if user.contains(':') => {
            let scheme = scheme.filter(is_scheme).map(|it| format!("{it}://"));
            format!("{}{MASK}@{host}", scheme.unwrap_or_default())
        }
        _ => text.to_owned(),
    };
    match shown.split_once('?') {
        Some((address, _)) if scheme.is_some() => format!("{address}?{MASK}"),
        _ => shown,
    }
}

/// Returns the path of a file. It is masked if it may be a secret that was set in place of its file's path: without `/`
/// and `.`, with a long run of letters and digits, or consisting of Base64 in both cases.
pub(super) fn shown_path(text: &str) -> String {
    const RUN: usize = 20;
    let is_bare = !text.contains(['/', '.']);
    let has_run = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|run| run.len() >= RUN);
    let is_base64 = text.len() >= RUN
        && text.contains(|c: char| c.is_ascii_uppercase())
        && text.contains(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+/-_=, ".contains(c));
    if is_bare || has_run || is_base64 {
        "********".to_owned()
    } else {
        without_credentials(text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{masked, shown_path, without_credentials};
    use crate::config::Config;

    #[test]
    fn credentials_are_masked_in_settings_that_take_none() {
        for (text, shown) in [
            ("https://u:hunter2@host/app", "https://********@host/app"),
            ("https://u:hun@ter/2@host", "https://********@host"),
            (
                "https://a.example,https://u:hunter2@host",
                "https://********@host",
            ),
            (
                "https://u:hun,ter2@host,https://b",
                "https://********@host,https://b",
            ),
            ("https://u:hun://ter2@host", "https://********@host"),
            ("u:hunter2://x@host", "********@host"),
            ("https:/u:hunter2@host", "********@host"),
            ("u:hunter2@host", "********@host"),
            ("https://host/?password=hunter2", "https://host/?********"),
            ("https://host/app", "https://host/app"),
            (
                "Acme <no-reply@acme.example>",
                "Acme <no-reply@acme.example>",
            ),
            ("/etc/ssl/host@2.pem", "/etc/ssl/host@2.pem"),
        ] {
            assert_eq!(without_credentials(text), shown, "{text}");
        }
    }

    #[test]
    fn paths_are_shown_and_secrets_in_their_place_are_masked() {
        for path in [
            "/run/secrets/gatehouse_secret",
            "/run/credentials/gatehouse.service/secret",
            "/run/secrets/secret",
            "secrets/gatehouse_secret.txt",
            "secret.txt",
            "/Users/Ann/gatehouse/secret.txt",
            "/var/lib/kubelet/pods/01a22111-faf0-77b1-845d-db51685edea1/secret",
        ] {
            assert_eq!(shown_path(path), path);
        }
        for secret in [
            "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=",
            "Ab/Cd+Ef/Gh+Ij/Kl+Mn/Op+Qr/St+Uv/Wx+Yz/01+2",
            "/b/Cd+Ef/Gh+Ij/Kl+Mn/Op+Qr/St+Uv/Wx+Yz",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "hunter2",
            "three green kettles",
        ] {
            assert_eq!(shown_path(secret), "********", "{secret}");
        }
    }

    #[test]
    fn no_setting_repeats_the_password_of_an_address() {
        for setting in crate::config::settings::all() {
            for text in ["https://u:hunter2@host", "https://host?password=hunter2"] {
                let variables = BTreeMap::from([(setting.name.to_owned(), text.to_owned())]);
                let shown = match Config::load(&variables, None) {
                    Ok(config) => config.shown().join("\n"),
                    Err(errors) => errors.to_string(),
                };
                assert!(shown.contains(setting.name), "{shown}");
                assert!(!shown.contains("hunter2"), "{shown}");
            }
        }
    }

    #[test]
    fn passwords_are_masked_wherever_they_end() {
        for (text, shown) in [
            ("postgres://u:p@host/db", "postgres://u:********@host/db"),
            (
                "postgres://u:p%40ss@host/db",
                "postgres://u:********@host/db",
            ),
            ("postgres://u@host/db", "postgres://u@host/db"),
            (
                "postgres://u@host/db?password=p",
                "postgres://u@host/db?********",
            ),
            (
                "postgres://u:p@ss/w#rd@host/db",
                "postgres://********@host/db",
            ),
            ("postgres://u:12?w@host/db", "postgres://********@host/db"),
            ("postgres://u:p/w@host", "postgres://********@host"),
            ("redis://:p#w@host:6379", "redis://********@host:6379"),
            ("redis://:p#w", "********"),
            (
                "smtp://u:p?w@host:587?tls=required",
                "smtp://********@host:587",
            ),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
    }

    #[test]
    fn addresses_that_are_cut_short_are_rejected_and_not_shown() {
        for (name, text) in [
            ("DATABASE_URL", "postgres://u:hun/ter2@host/db"),
            ("DATABASE_URL", "postgres://u:p@hun/w#ter2@host"),
            ("REDIS_URL", "redis://:12?hunter2@host:6379"),
            ("GATEHOUSE_MAIL_URL", "smtp://u:1#hunter2@host:587"),
        ] {
            let variables = BTreeMap::from([(name.to_owned(), text.to_owned())]);
            let errors = Config::load(&variables, None).unwrap_err().to_string();
            assert!(errors.contains("percent-encoded"), "{errors}");
            assert!(
                !errors.contains("hun") && !errors.contains("ter2"),
                "{errors}"
            );
        }
    }
}
