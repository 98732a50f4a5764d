//! `factor_removals`, owned by `factors`: scheduled removals of factors that their user has lost.

use sea_orm::entity::prelude::*;

use crate::db::{PasswordVersion, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "factor_removals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The password that was proved; the removal is void if the account has another one.
    pub password_version: PasswordVersion,
    /// When the emailed link was followed, and by which client.
    pub requested_at: DateTimeUtc,
    pub scheduled_for: DateTimeUtc,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
