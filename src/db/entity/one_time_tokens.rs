//! `one_time_tokens`, owned by `tokens`: the tokens of emailed links.

use sea_orm::entity::prelude::*;

use crate::db::{OneTimeTokenId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OneTimeTokenId,
    /// The keyed hash of the token.
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    /// A `tokens::Purpose` by its name.
    pub purpose: String,
    /// A `tokens::Effect` by its name: what else the token does.
    pub effect: Option<String>,
    /// The address to which it was sent, as typed. The token is valid for this address only.
    pub email: String,
    /// Whether that address was verified when the token was sent.
    pub was_verified: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
