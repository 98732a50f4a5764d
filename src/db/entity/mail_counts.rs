//! `mail_counts`, owned by `mail`: the times of the latest emails to an address that strangers can cause.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_counts")]
pub struct Model {
    /// The keyed hash of the address in its canonical form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient: Vec<u8>,
    /// When each counted email was written: Unix milliseconds, oldest first, separated by spaces.
    pub counted_at: String,
    /// The last of them.
    pub last_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
