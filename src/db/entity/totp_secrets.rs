//! `totp_secrets`, owned by `factors`: the authenticator app of an account, and one that is being set up.

use sea_orm::entity::prelude::*;

use crate::db::{FactorId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The confirmed factor; unset together with `secret`.
    pub id: Option<FactorId>,
    /// Encrypted. The account has the factor if it is set.
    pub secret: Option<Vec<u8>>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub last_used_at: Option<DateTimeUtc>,
    /// The period of the last accepted code. Codes of earlier ones, and this one, are rejected.
    pub last_step: i64,
    /// Wrong codes in a row.
    pub failures: i32,
    /// The secret that is being set up, encrypted.
    pub pending_secret: Option<Vec<u8>>,
    /// The session or sign-in challenge in which it is being set up.
    pub pending_for: Option<Uuid>,
    pub pending_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
