//! `login_failures`, owned by `rate_limits`: wrong passwords in a row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_failures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the account, or of what was typed where there is none.
    pub subject: Vec<u8>,
    /// Keyed hash of the network; empty for all networks together.
    pub network: Vec<u8>,
    pub failures: i32,
    /// Until when no password is checked.
    pub locked_until: Option<DateTimeUtc>,
    pub last_failed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
