//! `one_time_tokens`, owned by `tokens`: the links in mails.

use sea_orm::entity::prelude::*;

use crate::db::{OneTimeTokenId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OneTimeTokenId,
    /// Keyed hash of the token.
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    /// A `tokens::Purpose` by its name.
    pub purpose: String,
    /// A `tokens::Effect` by its name: what else its use does.
    pub effect: Option<String>,
    /// The address it was mailed to, as typed; it counts for no other.
    pub email: String,
    /// Whether that address was verified when it was mailed.
    pub was_verified: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
