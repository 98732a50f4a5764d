//! Settings of accounts, passwords, tokens and email.

use super::{Setting, plain, secret, settings};

/// Accounts
pub(super) const ACCOUNTS: &[Setting] = settings![
    /// Whether `register` creates accounts: `open` or `closed`.
    plain("GATEHOUSE_REGISTRATION", "open"),
    /// Whether accounts may have a username in addition to the email address: `on` or `off`.
    plain("GATEHOUSE_USERNAMES", "on"),
    /// `off`, `optional` or `required`: see [Verification modes](../integrate/email-pages.md#verification-modes).
    plain("GATEHOUSE_EMAIL_VERIFICATION", "optional"),
];

/// Passwords
pub(super) const PASSWORDS: &[Setting] = settings![
    /// The minimum length of a new password in code points, 8 to 64.
    plain("GATEHOUSE_PASSWORD_MIN_LENGTH", "10"),
    /// The maximum length of a new password in code points, 64 to 1024.
    plain("GATEHOUSE_PASSWORD_MAX_LENGTH", "128"),
    /// The minimum zxcvbn score of a new password, 0 to 4.
    plain("GATEHOUSE_PASSWORD_MIN_STRENGTH", "3"),
    /// The bcrypt cost, 10 to 15. Each step doubles the time of a hash.
    plain("GATEHOUSE_BCRYPT_COST", "10"),
    /// The number of threads that hash passwords at low priority, 1 to 256. `auto` is one for each core. Half as many
    /// hash what has waited for a second.
    plain("GATEHOUSE_HASH_THREADS", "auto"),
    /// The maximum number of queued hashes, 1 to 100000. Gatehouse answers `OVERLOADED` if the queue is full,
    /// or if a hash would wait for more than 2 seconds.
    plain("GATEHOUSE_HASH_QUEUE", "128"),
];

/// Sessions and tokens
///
/// [Signing in](../security/signing-in.md) gives the reasons for the defaults.
pub(super) const TOKENS: &[Setting] = settings![
    /// The algorithm of new signing keys: `ES256` or `EdDSA`. If the newest key uses another one, the next start adds a key.
    plain("GATEHOUSE_TOKEN_ALGORITHM", "ES256"),
    /// The lifetime of an access token, `1s` to `1h`.
    plain("GATEHOUSE_ACCESS_TOKEN_TTL", "15m"),
    /// The idle timeout of a session, `1m` to `365d`.
    plain("GATEHOUSE_REFRESH_TOKEN_TTL", "30d"),
    /// The absolute lifetime of a session, `1m` to `365d`.
    plain("GATEHOUSE_SESSION_TTL", "90d"),
    /// How long an authentication is recent, `1m` to `1h`: for operations that answer `STEP_UP_REQUIRED`, and for applications by
    /// `validUntil` of `reauthenticate`.
    plain("GATEHOUSE_STEP_UP_TTL", "10m"),
    /// How long a rotated refresh token still returns the next one, `0s` to `5m`.
    plain("GATEHOUSE_REUSE_INTERVAL", "30s"),
    /// How long it does so if nothing shows that the client received the next token, `0s` to `24h`.
    plain("GATEHOUSE_LOST_ANSWER_INTERVAL", "24h"),
    /// The accepted clock difference when Gatehouse verifies an access token, `0s` to `5s`.
    plain("GATEHOUSE_TOKEN_LEEWAY", "5s"),
    /// The number of verified access tokens that an instance caches, 0 to 10000000. With 0, each request verifies the signature.
    plain("GATEHOUSE_TOKEN_CACHE", "10000"),
    /// How long a new signing key is published before it signs, `2m` to `7d`.
    plain("GATEHOUSE_KEY_ACTIVATION_DELAY", "2m"),
    /// How often an instance reloads the signing keys, `1s` to `1m`.
    plain("GATEHOUSE_KEY_RELOAD_INTERVAL", "30s"),
];

/// Email
///
/// [Email](../operate/email.md) has examples.
pub(super) const EMAIL: &[Setting] = settings![
    /// `smtp://…` with `?tls=required` or `?tls=opportunistic`, `smtps://…`, or `file://` and a folder.
    secret("GATEHOUSE_MAIL_URL", "file://data/mail"),
    /// The sender, such as `Acme <no-reply@acme.example>`. Emails call the service by this name.
    plain("GATEHOUSE_MAIL_FROM", "Gatehouse <no-reply@localhost>"),
    /// A PEM file with the authority of the mail server's certificate, if it is not publicly trusted.
    plain("GATEHOUSE_MAIL_CA", ""),
    /// The host name or address that Gatehouse sends in `EHLO`. If it is not set, the machine's name if that has a domain,
    /// otherwise the host of the public URL.
    plain("GATEHOUSE_MAIL_EHLO", ""),
    /// The timeout of a delivery attempt, `1s` to `5m`.
    plain("GATEHOUSE_MAIL_TIMEOUT", "30s"),
    /// How long delivery is retried before the email becomes a dead letter, `1h` to `14d`.
    plain("GATEHOUSE_MAIL_RETRY_FOR", "3d"),
    /// The lifetime of a verification link, `5m` to `30d`.
    plain("GATEHOUSE_VERIFICATION_TTL", "24h"),
    /// The lifetime of a link that resets the password or removes lost second factors, `5m` to `24h`.
    plain("GATEHOUSE_RESET_TTL", "30m"),
    /// The lifetime of the "this was not me" link in a security notice, `1h` to `30d`.
    plain("GATEHOUSE_SECURE_ACCOUNT_TTL", "7d"),
];
