//! Settings of second factors and passkeys.

use chrono::{DateTime, TimeDelta, Utc};
use url::{Host, Url};

use super::reader::{Reader, base_url};
use super::{Accounts, EmailVerification, Listen};

/// Second factors, passkeys and step-up.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Whether accounts must have a second factor.
    pub policy: SecondFactorPolicy,
    /// When [`SecondFactorPolicy::Required`] takes effect; `None`: it has.
    pub required_from: Option<DateTime<Utc>>,
    /// Passkeys; `None` if they are off.
    pub passkeys: Option<Passkeys>,
    /// The lifetime of a sign-in that waits for its second step.
    pub challenge_ttl: TimeDelta,
    /// How long the removal of lost factors waits; `None` if it is off.
    pub removal_delay: Option<TimeDelta>,
}

/// Whether accounts must have a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorPolicy {
    /// Users may set one up.
    Optional,
    /// As optional; front ends ask users who have none to set one up.
    Encouraged,
    /// No session starts without one. Who has none sets one up during the sign-in.
    Required,
}

/// The relying party of passkeys (Web Authentication, section 4).
#[derive(Clone, Debug)]
pub struct Passkeys {
    /// The RP ID: the domain for which passkeys are valid, with its subdomains. Passkeys of another one no longer work.
    pub rp_id: String,
    /// The origins from which passkeys are used, as browsers and Android write them.
    pub origins: Vec<String>,
}

impl Factors {
    /// Returns whether no session may start without a second factor at `now`.
    pub(crate) fn are_required(&self, now: DateTime<Utc>) -> bool {
        self.policy == SecondFactorPolicy::Required
            && self.required_from.is_none_or(|from| from <= now)
    }

    pub(super) fn read(
        reader: &mut Reader,
        (listen, accounts): (Option<&Listen>, Option<&Accounts>),
    ) -> Option<Self> {
        let name = "GATEHOUSE_SECOND_FACTOR";
        let policy = reader.choice(
            name,
            &[
                ("optional", SecondFactorPolicy::Optional),
                ("encouraged", SecondFactorPolicy::Encouraged),
                ("required", SecondFactorPolicy::Required),
            ],
        );
        let verification = accounts.map(|accounts| accounts.email_verification);
        if policy == Some(SecondFactorPolicy::Required)
            && verification == Some(EmailVerification::Optional)
        {
            let takes = "optional or encouraged while GATEHOUSE_EMAIL_VERIFICATION is optional: a factor needs a verified \
                         address, which a new account does not have. Set that to required or off";
            reader.reject(name, takes);
        }
        let required_from = reader.parsed(
            "GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM",
            "a time such as 2027-01-31T00:00:00Z (RFC 3339), or empty",
            time,
        );
        if required_from.flatten().is_some() && policy != Some(SecondFactorPolicy::Required) {
            let takes = "no time while GATEHOUSE_SECOND_FACTOR is not required";
            reader.reject("GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM", takes);
        }
        let challenge_ttl = reader.span("GATEHOUSE_CHALLENGE_TTL", "1m", "15m");
        let removal_delay = removal_delay(reader);
        let passkeys = passkeys(reader, listen);
        Some(Self {
            policy: policy?,
            required_from: required_from?,
            passkeys: passkeys?,
            challenge_ttl: challenge_ttl?,
            removal_delay: removal_delay?,
        })
    }
}

#[expect(
    clippy::option_option,
    reason = "absent and unusable are different things here"
)]
fn time(text: &str) -> Option<Option<DateTime<Utc>>> {
    if text.is_empty() {
        return Some(None);
    }
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(Some(time.to_utc()))
}

/// Returns `Some(None)` if lost factors are not removed by email, and `None` if the setting is invalid.
#[expect(
    clippy::option_option,
    reason = "absent and unusable are different things here"
)]
fn removal_delay(reader: &mut Reader) -> Option<Option<TimeDelta>> {
    let name = "GATEHOUSE_FACTOR_REMOVAL_DELAY";
    if reader.text(name).trim() == "off" {
        return Some(None);
    }
    reader.span(name, "1d", "30d").map(Some)
}

/// Returns `Some(None)` if passkeys are off, and `None` if a setting is invalid.
#[expect(
    clippy::option_option,
    reason = "absent and unusable are different things here"
)]
fn passkeys(reader: &mut Reader, listen: Option<&Listen>) -> Option<Option<Passkeys>> {
    let is_on = reader.switch("GATEHOUSE_PASSKEYS")?;
    let listen = listen?;
    let name = "GATEHOUSE_PASSKEY_RP_ID";
    let host = listen.app_url.host_str().unwrap_or_default();
    let rp_id = match reader.text(name).trim() {
        // An IP address is no RP ID.
        "" if matches!(listen.app_url.host(), Some(Host::Domain(_))) => host.to_owned(),
        "" => return Some(None),
        text => text.to_ascii_lowercase(),
    };
    if !is_on {
        return Some(None);
    }
    let is_domain = matches!(listen.app_url.host(), Some(Host::Domain(_)));
    if reader.is_explicit(name) && !(is_domain && is_on_domain(host, &rp_id)) {
        let takes = format!("the host of GATEHOUSE_APP_URL, {host}, or a domain above it");
        reader.reject(name, takes);
        return None;
    }
    let origins = origins(reader, listen, &rp_id)?;
    Some(Some(Passkeys { rp_id, origins }))
}

/// Returns the configured origins; by default those of the front end, CORS and the API that are on the domain.
fn origins(reader: &mut Reader, listen: &Listen, rp_id: &str) -> Option<Vec<String>> {
    let name = "GATEHOUSE_PASSKEY_ORIGINS";
    if reader.text(name).trim().is_empty() {
        let own = [&listen.app_url, &listen.public_url];
        let own = own
            .into_iter()
            .map(|url| url.origin().ascii_serialization());
        let mut origins: Vec<String> = own
            .chain(listen.allowed_origins.iter().cloned())
            .filter(|origin| origin_on(origin, rp_id).is_some())
            .collect();
        origins.sort();
        origins.dedup();
        return Some(origins);
    }
    let takes = format!(
        "origins on {rp_id} or its subdomains, or android:apk-key-hash:…, separated by commas, such as https://{rp_id}"
    );
    reader.parsed(name, &takes, |text| {
        let items = text.split(',').map(str::trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(|item| origin_on(item, rp_id)).collect()
    })
}

/// Returns the origin as browsers and Android write it, if passkeys of the domain can be used from it.
fn origin_on(text: &str, rp_id: &str) -> Option<String> {
    let is_key_hash = |hash: &str| {
        let is_base64url = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        hash.len() == 43 && hash.chars().all(is_base64url)
    };
    if let Some(hash) = text.strip_prefix("android:apk-key-hash:") {
        return is_key_hash(hash).then(|| text.to_owned());
    }
    let url: Url = base_url(text)?;
    let is_on = url.path() == "/" && is_on_domain(url.host_str()?, rp_id);
    is_on.then(|| url.origin().ascii_serialization())
}

/// Returns whether `host` is the domain or one of its subdomains.
fn is_on_domain(host: &str, domain: &str) -> bool {
    let above = host.strip_suffix(domain);
    !domain.is_empty() && above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Passkeys, is_on_domain};
    use crate::config::{Config, ConfigErrors};

    fn load(settings: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
        let text = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Config::load(&settings.iter().map(text).collect::<BTreeMap<_, _>>(), None)
    }

    fn passkeys(settings: &[(&str, &str)]) -> Option<Passkeys> {
        load(settings).unwrap().factors.passkeys
    }

    #[test]
    fn passkeys_are_for_the_host_of_the_front_end() {
        let found = passkeys(&[
            ("GATEHOUSE_APP_URL", "https://app.example.com"),
            ("GATEHOUSE_PUBLIC_URL", "https://auth.example.com"),
            (
                "GATEHOUSE_CORS_ORIGINS",
                "https://other.example,https://beta.app.example.com",
            ),
        ])
        .unwrap();
        assert_eq!(found.rp_id, "app.example.com");
        let expected = ["https://app.example.com", "https://beta.app.example.com"];
        assert_eq!(found.origins, expected);
    }

    #[test]
    fn a_domain_above_the_front_end_serves_its_subdomains() {
        let found = passkeys(&[
            ("GATEHOUSE_APP_URL", "https://app.example.com"),
            ("GATEHOUSE_PUBLIC_URL", "https://auth.example.com"),
            ("GATEHOUSE_PASSKEY_RP_ID", "example.com"),
        ])
        .unwrap();
        let expected = ["https://app.example.com", "https://auth.example.com"];
        assert_eq!(found.origins, expected);
        for (host, domain, is_on) in [
            ("example.com", "example.com", true),
            ("a.b.example.com", "example.com", true),
            ("evilexample.com", "example.com", false),
            ("example.com.evil.org", "example.com", false),
            ("example.com", "", false),
        ] {
            assert_eq!(is_on_domain(host, domain), is_on, "{host} on {domain}");
        }
    }

    #[test]
    fn an_address_has_no_passkeys() {
        assert!(passkeys(&[("GATEHOUSE_APP_URL", "http://192.0.2.7:3000")]).is_none());
        assert!(passkeys(&[("GATEHOUSE_PASSKEYS", "off")]).is_none());
    }

    #[test]
    fn origins_elsewhere_stop_the_start() {
        let app = ("GATEHOUSE_APP_URL", "https://app.example.com");
        let hash = "android:apk-key-hash:sYUC8p5I9SxqFernBPHmDxz_YVZXmVJdW8G5Cx6n2u0";
        let android = format!("https://app.example.com, {hash}");
        let found = passkeys(&[app, ("GATEHOUSE_PASSKEY_ORIGINS", &android)]).unwrap();
        assert_eq!(found.origins, ["https://app.example.com", hash]);
        for (name, wrong) in [
            ("GATEHOUSE_PASSKEY_ORIGINS", "https://example.com"),
            ("GATEHOUSE_PASSKEY_ORIGINS", "https://app.example.com/path"),
            ("GATEHOUSE_PASSKEY_ORIGINS", "https://evilapp.example.com"),
            ("GATEHOUSE_PASSKEY_ORIGINS", "android:apk-key-hash:short"),
            ("GATEHOUSE_PASSKEY_RP_ID", "other.example"),
            ("GATEHOUSE_PASSKEY_RP_ID", "ample.com"),
        ] {
            let errors = load(&[app, (name, wrong)]).unwrap_err();
            assert_eq!(errors.0[0].setting, name, "{wrong}");
        }
    }

    #[test]
    fn requiring_a_factor_needs_verification_that_new_accounts_can_pass() {
        let required = ("GATEHOUSE_SECOND_FACTOR", "required");
        assert!(load(&[required]).is_err());
        for mode in ["required", "off"] {
            let set = load(&[required, ("GATEHOUSE_EMAIL_VERIFICATION", mode)]).unwrap();
            assert!(set.factors.are_required(chrono::DateTime::UNIX_EPOCH));
        }
    }

    #[test]
    fn a_removal_waits_for_days_or_is_off() {
        let delay = |text: &str| {
            let set = load(&[("GATEHOUSE_FACTOR_REMOVAL_DELAY", text)]);
            set.map(|config| config.factors.removal_delay)
        };
        assert_eq!(delay("14d").unwrap(), Some(chrono::TimeDelta::days(14)));
        assert_eq!(delay("off").unwrap(), None);
        for wrong in ["23h", "31d", "0", "never"] {
            assert!(delay(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_factor_is_required_from_the_time_that_is_set() {
        let set = load(&[
            ("GATEHOUSE_SECOND_FACTOR", "required"),
            ("GATEHOUSE_EMAIL_VERIFICATION", "off"),
            (
                "GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM",
                "2027-01-31T01:00:00+01:00",
            ),
        ])
        .unwrap();
        let from = set.factors.required_from.unwrap();
        assert_eq!(from.to_rfc3339(), "2027-01-31T00:00:00+00:00");
        assert!(set.factors.are_required(from));
        assert!(
            !set.factors
                .are_required(from - chrono::TimeDelta::seconds(1))
        );
        assert!(load(&[("GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM", "soon")]).is_err());
    }
}
