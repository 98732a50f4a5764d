//! `passkeys`, owned by `factors`.

use sea_orm::entity::prelude::*;

use crate::db::{FactorId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FactorId,
    pub user_id: UserId,
    /// Unique.
    pub credential_id: Vec<u8>,
    /// The COSE key.
    pub public_key: Vec<u8>,
    /// The keyed hash of user, RP ID, credential ID and key.
    pub seal: Vec<u8>,
    pub rp_id: String,
    pub name: String,
    /// The signature counter of the last use.
    pub counter: i64,
    /// Whether it can be copied to other devices.
    pub backup_eligible: bool,
    /// Whether it was copied at its last use.
    pub synced: bool,
    /// `webauthn::Transport` by name, separated by spaces.
    pub transports: String,
    /// The model of the authenticator; zeros if it is not revealed.
    pub aaguid: Uuid,
    pub created_at: DateTimeUtc,
    pub last_used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
