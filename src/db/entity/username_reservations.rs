//! `username_reservations`, owned by `accounts`: temporarily reserved usernames, see `register`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "username_reservations")]
pub struct Model {
    /// The username in its canonical form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub username_canonical: String,
    pub reserved_until: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
