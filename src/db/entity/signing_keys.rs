//! `signing_keys`, owned by `tokens`: the keys that sign access tokens.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kid: String,
    /// The `alg` of the tokens it signs.
    pub algorithm: String,
    /// The raw public key: an uncompressed P-256 point, or 32 bytes of Ed25519.
    pub public_key: Vec<u8>,
    /// PKCS#8, encrypted under a key derived from the secret.
    pub sealed_private_key: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub signs_from: DateTimeUtc,
    /// The end of verification; unset while no newer key has replaced it.
    pub verifies_until: Option<DateTimeUtc>,
    /// When an operator revoked it.
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
