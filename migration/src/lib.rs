//! The database schema of Gatehouse: one file per change, in order, for SQLite and PostgreSQL alike.
//!
//! A migration that was released is never edited; see `README.md` beside `src`. Nothing of the service is
//! imported here, so an old migration keeps meaning what it meant.

use sea_orm_migration::prelude::{MigrationTrait, async_trait};
pub use sea_orm_migration::prelude::{MigratorTrait, SchemaManager};

pub use indexes::{INDEXES, Index};

mod indexes;
mod m20261123_1_users;
mod m20261123_2_sessions;
mod m20261123_3_security_events;
mod m20261123_4_signing_keys;
mod m20261123_5_account_deletions;
mod m20261125_1_outbox;
mod m20261125_2_one_time_tokens;
mod m20261125_3_verified_addresses;
mod m20261125_4_cancelled_deletions;
mod m20261125_5_login_failures;
mod m20261127_11_write_probes;
mod m20261127_21_known_devices;
mod m20261127_22_failures_from_everywhere;
mod m20261127_31_mail_counts;
mod m20261127_32_pending_registrations;
mod m20261127_33_outbox_order;
mod m20261127_51_seen_refresh_generation;
mod m20261127_52_revoked_signing_keys;
mod m20261128_1_session_authentication;
mod m20261128_2_passwords_breaking;
mod m20261128_3_event_actors;
mod m20261129_1_second_factors;
mod m20261129_2_factor_removals;

/// Brings a database to the newest schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_1_users::Migration),
            Box::new(m20261123_2_sessions::Migration),
            Box::new(m20261123_3_security_events::Migration),
            Box::new(m20261123_4_signing_keys::Migration),
            Box::new(m20261123_5_account_deletions::Migration),
            Box::new(m20261125_1_outbox::Migration),
            Box::new(m20261125_2_one_time_tokens::Migration),
            Box::new(m20261125_3_verified_addresses::Migration),
            Box::new(m20261125_4_cancelled_deletions::Migration),
            Box::new(m20261125_5_login_failures::Migration),
            Box::new(m20261127_21_known_devices::Migration),
            Box::new(m20261127_22_failures_from_everywhere::Migration),
            Box::new(m20261127_11_write_probes::Migration),
            Box::new(m20261127_31_mail_counts::Migration),
            Box::new(m20261127_32_pending_registrations::Migration),
            Box::new(m20261127_33_outbox_order::Migration),
            Box::new(m20261127_51_seen_refresh_generation::Migration),
            Box::new(m20261127_52_revoked_signing_keys::Migration),
            Box::new(m20261128_1_session_authentication::Migration),
            Box::new(m20261128_2_passwords_breaking::Migration),
            Box::new(m20261128_3_event_actors::Migration),
            Box::new(m20261129_1_second_factors::Migration),
            Box::new(m20261129_2_factor_removals::Migration),
        ]
    }
}
