//! Settings of second factors and passkeys.

use super::{Setting, plain, settings};

/// Second factors and passkeys
///
/// [Second factors](../operate/second-factors.md) explains policy and domains.
pub(super) const FACTORS: &[Setting] = settings![
    /// `optional`, `encouraged` (front ends ask users to set one up) or `required` (no session starts without one).
    plain("GATEHOUSE_SECOND_FACTOR", "optional"),
    /// When `required` takes effect, such as `2027-01-31T00:00:00Z`. Until then it is `encouraged`. Empty: at once.
    plain("GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM", ""),
    /// How long a sign-in waits for its second step, `1m` to `15m`.
    plain("GATEHOUSE_CHALLENGE_TTL", "10m"),
    /// How long the removal of lost second factors by email waits, so that the owner can cancel it, `1d` to `30d`; `off`: they
    /// are removed with `gatehouse users reset-factors` only.
    plain("GATEHOUSE_FACTOR_REMOVAL_DELAY", "7d"),
    /// Whether accounts can have passkeys: `on` or `off`.
    plain("GATEHOUSE_PASSKEYS", "on"),
    /// The domain of passkeys. **Passkeys of another domain no longer work, so it cannot be changed later.** If it is not
    /// set, the host of `GATEHOUSE_APP_URL`; if that is an IP address, passkeys are off.
    plain("GATEHOUSE_PASSKEY_RP_ID", ""),
    /// The origins from which passkeys are used, separated by commas. If it is not set, those of `GATEHOUSE_APP_URL`,
    /// `GATEHOUSE_CORS_ORIGINS` and `GATEHOUSE_PUBLIC_URL` that are on the domain. An Android app is
    /// `android:apk-key-hash:` and the hash of its certificate in base64url.
    plain("GATEHOUSE_PASSKEY_ORIGINS", ""),
];
