//! `known_devices`, owned by `lockout`: the devices and networks that have signed in to an account.

use sea_orm::entity::prelude::*;

use crate::db::UserId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: UserId,
    /// `device`, `network` (of a sign-in), `link` (the network from which a link was used) or `fingerprint` (the kind of
    /// device and its provider).
    pub kind: String,
    /// The keyed hash of the device's secret, the network or the fingerprint.
    pub mark: Vec<u8>,
    pub last_used_at: DateTimeUtc,
    /// When the device or network becomes unknown again.
    pub known_until: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
