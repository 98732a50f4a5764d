//! All tables of settings.

use super::{Setting, accounts, api, factors, rate_limits, service, storage};

/// The tables, in the order in which settings are shown. `GATEHOUSE_PROFILE` is the first setting: defaults depend on it.
const TABLES: &[&[Setting]] = &[
    service::SERVICE,
    service::HTTP,
    service::TLS,
    service::PROXIES,
    service::LOG,
    service::TRACES,
    storage::DATABASE,
    storage::REDIS,
    storage::WORKERS,
    accounts::ACCOUNTS,
    accounts::PASSWORDS,
    accounts::TOKENS,
    factors::FACTORS,
    accounts::EMAIL,
    rate_limits::RATE_LIMITS,
    api::GRAPHQL,
];

/// Every setting there is. A variable named `GATEHOUSE_…` that is not one of them stops the start.
pub(crate) fn all() -> impl Iterator<Item = &'static Setting> {
    TABLES.iter().copied().flatten()
}
