//! `outbox`, owned by `mail`: queued emails.

use sea_orm::entity::prelude::*;

use crate::db::{MailId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// The account that the email is about; unset after the account is removed.
    pub user_id: Option<UserId>,
    /// The kind of email, for operators.
    pub kind: String,
    /// Address, subject and bodies, encrypted; a dead letter has none.
    pub sealed: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
    /// When it becomes a dead letter.
    pub expires_at: DateTimeUtc,
    /// When the next delivery attempt is due; while an instance holds the lease, until when.
    pub next_attempt_at: DateTimeUtc,
    /// The lease of the instance that attempts it now.
    #[sea_orm(column_name = "claim")]
    pub lease: Option<Uuid>,
    pub attempts: i32,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it became a dead letter.
    #[sea_orm(column_name = "given_up_at")]
    pub dead_since: Option<DateTimeUtc>,
    /// The keyed hash of the address; unset if an earlier version wrote the row.
    pub recipient: Option<Vec<u8>>,
    /// The priority: see `mail::lanes`.
    pub lane: i16,
    /// The tokens of its links and how long each works after the first delivery attempt: see `mail::link_times`.
    pub links: Option<String>,
    /// How many more events this email represents.
    pub repeats: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
