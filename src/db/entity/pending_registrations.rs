//! `pending_registrations`, owned by `accounts`: further registrations of an address while none is verified.

use sea_orm::entity::prelude::*;

use crate::db::{OneTimeTokenId, RegistrationId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_registrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    /// The account that the first registration of the address created.
    pub user_id: UserId,
    /// The address, as typed.
    pub email: String,
    pub username: Option<String>,
    pub username_canonical: Option<String>,
    pub name: Option<String>,
    pub locale: Option<String>,
    pub password_hash: String,
    pub password_scheme: String,
    pub pepper_id: Option<String>,
    pub registered_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    /// The token that turns the account into this registration's; unset until it is emailed.
    pub link_id: Option<OneTimeTokenId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
