//! Settings of the rate limits: a strict quota for an account from one network, and a generous one for the network,
//! which may be shared by an office or a provider's customers.

use std::num::NonZeroU32;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::address::{ENCODED, is_cut_short, masked};
use super::reader::Reader;

/// Rate limits. `None` disables one.
#[derive(Clone, Debug)]
pub struct RateLimits {
    /// The Redis server that instances share. Without it each instance enforces its own limits.
    pub redis_url: Option<SecretString>,
    /// The address without the password, for messages.
    pub shown_redis_url: Option<String>,
    /// Registrations with one address from one network.
    pub register: Option<Quota>,
    /// Registrations from one network.
    pub register_network: Option<Quota>,
    /// Sign-ins to one account from one network.
    pub login: Option<Quota>,
    /// Sign-ins from one network.
    pub login_network: Option<Quota>,
    /// Refreshes of one session from one network.
    pub refresh: Option<Quota>,
    /// Refreshes from one network.
    pub refresh_network: Option<Quota>,
    /// Password checks of one signed-in user from one network.
    pub password_check: Option<Quota>,
    /// Password checks of signed-in users from one network.
    pub password_check_network: Option<Quota>,
    /// Codes of second factors of one account from one network.
    pub second_factor: Option<Quota>,
    /// Emails to one address that one network can cause by naming it.
    pub mail: Option<Quota>,
    /// Emails that one network can cause by naming addresses.
    pub mail_network: Option<Quota>,
    /// Changes of one account's profile and second factors.
    pub profile: Option<Quota>,
}

/// A burst that is refilled evenly over a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The burst.
    pub burst: NonZeroU32,
    /// How long until an empty quota is full again.
    pub period: Duration,
}

impl Quota {
    /// Returns how long until one more is allowed.
    pub(crate) fn interval(self) -> Duration {
        self.period / self.burst.get()
    }
}

impl RateLimits {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let register = limit(reader, "GATEHOUSE_LIMIT_REGISTER");
        let register_network = limit(reader, "GATEHOUSE_LIMIT_REGISTER_NETWORK");
        let login = limit(reader, "GATEHOUSE_LIMIT_LOGIN");
        let login_network = limit(reader, "GATEHOUSE_LIMIT_LOGIN_NETWORK");
        let refresh = limit(reader, "GATEHOUSE_LIMIT_REFRESH");
        let refresh_network = limit(reader, "GATEHOUSE_LIMIT_REFRESH_NETWORK");
        let password_check = limit(reader, "GATEHOUSE_LIMIT_PASSWORD_CHECK");
        let password_check_network = limit(reader, "GATEHOUSE_LIMIT_PASSWORD_CHECK_NETWORK");
        let second_factor = limit(reader, "GATEHOUSE_LIMIT_SECOND_FACTOR");
        let mail = limit(reader, "GATEHOUSE_LIMIT_MAIL");
        let mail_network = limit(reader, "GATEHOUSE_LIMIT_MAIL_NETWORK");
        let profile = limit(reader, "GATEHOUSE_LIMIT_PROFILE");
        let redis_url = reader.parsed(
            "REDIS_URL",
            &format!(
                "redis://user:password@host:6379/0 or rediss://… for TLS, {ENCODED}; or empty"
            ),
            |text| match text.split_once("://") {
                None if text.is_empty() => Some(None),
                Some(("redis" | "rediss", _))
                    if Url::parse(text).is_ok() && !is_cut_short(text) =>
                {
                    Some(Some(SecretString::from(text)))
                }
                _ => None,
            },
        );
        Some(Self {
            shown_redis_url: redis_url
                .as_ref()?
                .as_ref()
                .map(|url| masked(url.expose_secret())),
            redis_url: redis_url?,
            register: register?.quota(),
            register_network: register_network?.quota(),
            login: login?.quota(),
            login_network: login_network?.quota(),
            refresh: refresh?.quota(),
            refresh_network: refresh_network?.quota(),
            password_check: password_check?.quota(),
            password_check_network: password_check_network?.quota(),
            second_factor: second_factor?.quota(),
            mail: mail?.quota(),
            mail_network: mail_network?.quota(),
            profile: profile?.quota(),
        })
    }
}

pub(super) enum Limit {
    Off,
    To(Quota),
}

impl Limit {
    pub(super) fn quota(self) -> Option<Quota> {
        match self {
            Self::Off => None,
            Self::To(quota) => Some(quota),
        }
    }
}

fn limit(reader: &mut Reader, name: &'static str) -> Option<Limit> {
    reader.parsed(
        name,
        "a number and a period, such as 10/1m or 3/1h (burst and refill period), or off",
        parse_limit,
    )
}

/// Parses a number and a period, or `off`.
pub(super) fn parse_limit(text: &str) -> Option<Limit> {
    if text == "off" {
        return Some(Limit::Off);
    }
    let (burst, period) = text.split_once('/')?;
    let period = humantime::parse_duration(period.trim()).ok()?;
    let burst: NonZeroU32 = burst.trim().parse().ok()?;
    let quota = Quota { burst, period };
    // A finer interval than the limiter's resolution would be no limit.
    (quota.interval().as_nanos() > 0).then_some(Limit::To(quota))
}
