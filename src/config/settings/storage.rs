//! Settings of the database, of Redis and of background work.

use super::{Setting, plain, secret, settings};

/// Database
pub(super) const DATABASE: &[Setting] = settings![
    /// `sqlite://path?mode=rwc` or `postgres://user:password@host:5432/name`. Required in production.
    secret("DATABASE_URL", "sqlite://data/gatehouse.db?mode=rwc"),
    /// A read-only replica of `DATABASE_URL` on PostgreSQL. Histories of accounts are read from it while it follows:
    /// see [Replicas and failover](../operate/scaling.md#replicas-and-failover).
    secret("DATABASE_READ_URL", ""),
    /// The maximum number of database connections for requests, 2 to 1000. Looking up sessions opens up to two
    /// more, background work four, and the readiness check one.
    plain("GATEHOUSE_DATABASE_POOL", "8"),
    /// How long to wait for a free connection, `100ms` to `1m`.
    plain("GATEHOUSE_DATABASE_TIMEOUT", "5s"),
    /// `transaction` if a pooler such as PgBouncer assigns PostgreSQL connections per transaction, otherwise `session`.
    plain("GATEHOUSE_DATABASE_POOL_MODE", "session"),
];

/// Redis
pub(super) const REDIS: &[Setting] = settings![
    /// `redis://user:password@host:6379/0`, or `rediss://…` for TLS. With it, all instances share their rate limits. If Redis is
    /// unreachable, each instance enforces its own limits.
    secret("REDIS_URL", ""),
];

/// Background work and retention
pub(super) const WORKERS: &[Setting] = settings![
    /// How often background workers look for due work, `100ms` to `15s`.
    plain("GATEHOUSE_WORKER_INTERVAL", "15s"),
    /// How long security events are kept, `1d` to `3650d`.
    plain("GATEHOUSE_EVENT_RETENTION", "365d"),
    /// How long an account that was registered while verification was required may stay unverified before it is removed, `1d`
    /// to `365d`.
    plain("GATEHOUSE_UNVERIFIED_RETENTION", "7d"),
    /// The grace period of an account deletion: the time between the request and the removal, `0s` to `23h`.
    plain("GATEHOUSE_DELETION_GRACE", "1h"),
];
