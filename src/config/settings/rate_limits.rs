//! Settings of the rate limits.

use super::{Setting, plain, settings};

/// Rate limits
///
/// A quota such as `10/1m` allows a burst of 10 that refills evenly over a minute; `off` disables it. A network is an IPv4
/// address or an IPv6 /64. [Limits](../security/limits.md) explains how the quotas work together.
pub(super) const RATE_LIMITS: &[Setting] = settings![
    /// Registrations of one address from one network.
    plain("GATEHOUSE_LIMIT_REGISTER", "5/1m"),
    /// Registrations from one network.
    plain("GATEHOUSE_LIMIT_REGISTER_NETWORK", "30/1m"),
    /// Sign-ins to one account from one network.
    plain("GATEHOUSE_LIMIT_LOGIN", "10/1m"),
    /// Sign-ins from one network.
    plain("GATEHOUSE_LIMIT_LOGIN_NETWORK", "100/1m"),
    /// Refreshes of one session from one network.
    plain("GATEHOUSE_LIMIT_REFRESH", "60/1m"),
    /// Refreshes from one network.
    plain("GATEHOUSE_LIMIT_REFRESH_NETWORK", "1000/1m"),
    /// Password checks of one signed-in user from one network (`reauthenticate`, `changePassword`, `updateProfile`,
    /// `exportData`, `deleteAccount`).
    plain("GATEHOUSE_LIMIT_PASSWORD_CHECK", "10/1m"),
    /// Password checks of all signed-in users of one network.
    plain("GATEHOUSE_LIMIT_PASSWORD_CHECK_NETWORK", "100/1m"),
    /// Codes of second factors of one account from one network (`completeLogin`, `reauthenticate`, `confirmTotp`).
    plain("GATEHOUSE_LIMIT_SECOND_FACTOR", "10/1m"),
    /// Emails to one address requested from one network (`requestPasswordReset`, `requestEmailVerification`,
    /// `requestFactorRemoval`, a new address in `updateProfile`). Security notices are exempt.
    plain("GATEHOUSE_LIMIT_MAIL", "3/1h"),
    /// Emails to any address requested from one network.
    plain("GATEHOUSE_LIMIT_MAIL_NETWORK", "30/1h"),
    /// Changes of one account's profile and second factors (`updateProfile`, `enrollTotp`, `addPasskey`, `removeFactor`,
    /// `regenerateRecoveryCodes`), from all networks. A call of `updateProfile` that changes nothing is free.
    plain("GATEHOUSE_LIMIT_PROFILE", "20/10m"),
    /// Emails that unauthenticated clients can cause to one address, of all kinds and from all networks, within any such
    /// period. Counted in the database; further emails are withheld silently. At most 1000 and `30d`, or `off`.
    plain("GATEHOUSE_LIMIT_RECIPIENT", "5/1h"),
    /// A second limit of the same kind. An email must satisfy both.
    plain("GATEHOUSE_LIMIT_RECIPIENT_DAILY", "20/1d"),
];
