//! `login_failures`, owned by `lockout`: wrong passwords in a row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_failures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The keyed hash of the account, or of the submitted identifier if there is no account.
    pub subject: Vec<u8>,
    /// The keyed hash of the network or of the known device; empty for failures from everywhere.
    pub network: Vec<u8>,
    pub failures: i32,
    /// The end of the lockout.
    pub locked_until: Option<DateTimeUtc>,
    pub last_failed_at: DateTimeUtc,
    /// The times of the latest failures from everywhere, in Unix milliseconds, oldest first, separated by
    /// spaces. Only in the row for failures from everywhere.
    pub recent_failures: Option<String>,
    /// When the owner was last notified of an attack. Only in the row for failures from everywhere.
    pub notified_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
