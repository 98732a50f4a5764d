//! `account_deletions`, owned by `personal_data`: the proof that an account was removed.

use sea_orm::entity::prelude::*;

use crate::db::{DeletionId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_deletions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeletionId,
    /// The keyed hash of the receipt.
    pub receipt_hash: Vec<u8>,
    /// The account; unset after the deletion is completed or canceled.
    pub user_id: Option<UserId>,
    /// A `personal_data::DeletionStatus` by its name in the API.
    pub status: String,
    pub requested_at: DateTimeUtc,
    pub scheduled_for: DateTimeUtc,
    pub completed_at: Option<DateTimeUtc>,
    /// How many rows of each kind were removed, as JSON.
    pub removed: Option<String>,
    pub cancelled_at: Option<DateTimeUtc>,
    /// The keyed hash of the token in the notice's link.
    pub cancel_token_hash: Option<Vec<u8>>,
    /// The receipt, encrypted, for the last email; unset when that is in the outbox.
    pub sealed_receipt: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
