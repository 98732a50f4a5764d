//! `outbox`, owned by `mail`: the mails on their way.

use sea_orm::entity::prelude::*;

use crate::db::{MailId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// Whose account it is about; unset once that is gone.
    pub user_id: Option<UserId>,
    /// Which mail it is, for operators.
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
    /// Keyed hash of the address; unset where an earlier version wrote it.
    pub recipient: Option<Vec<u8>>,
    /// In which order it leaves: `mail::lanes`.
    pub lane: i16,
    /// The tokens of its links and how long each works from when it is handed over: `mail::link_times`.
    pub links: Option<String>,
    /// For how many more events it stands than the one that it shows.
    pub repeats: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
