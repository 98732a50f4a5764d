//! The database: connections, transactions, error classification, and one plain entity for each table.
//!
//! The differences between SQLite and `PostgreSQL` are confined to this folder and the migrations. Entities never leave
//! the module that owns their table.

mod availability;
mod backup;
mod batch;
mod coalescer;
mod connect;
pub(crate) mod entity;
mod errors;
mod excess;
mod health;
mod ids;
mod indexes;
mod keyset;
mod lagging_reads;
mod measure;
mod migrate;
mod observe;
mod pending;
mod pools;
mod reads;
mod replica;
mod signed_in;
mod signed_in_lookup;
mod snapshot;
mod sole_process;
mod statements;
mod transaction;
mod writability;

pub(crate) use backup::is_missing;
pub(crate) use batch::delete_batch;
pub(crate) use connect::Db;
pub(crate) use errors::{StatementError, refers_to_nothing, violates};
pub(crate) use excess::users_with_excess;
pub(crate) use ids::{
    ChallengeId, DeletionId, FactorId, MailId, MailRequestId, OneTimeTokenId, PasswordVersion,
    RecoveryCodeId, RegistrationId, SecurityEventId, SessionId, UserId,
};
pub(crate) use keyset::{PAGE, Page, Place, latest_page, rows_after, rows_before};
pub use observe::observe_statements;
pub(crate) use pending::Pending;
pub(crate) use pools::as_worker;
pub(crate) use signed_in::SignedIn;
pub(crate) use sole_process::SoleProcess;
pub(crate) use transaction::WriteTransaction;
