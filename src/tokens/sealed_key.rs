//! Checks whether a secret belongs to a database before anything is written.

use sea_orm::{EntityTrait as _, FromQueryResult, QueryOrder as _, QuerySelect as _};

use super::signing_keys::{SigningKeys, StoredKeyError};
use crate::db::Db;
use crate::db::entity::signing_keys as table;
use crate::errors::InternalError;

/// A stored key, in the form that all versions store.
#[derive(FromQueryResult)]
pub(crate) struct SealedKey {
    kid: String,
    sealed_private_key: Vec<u8>,
}

/// Returns the newest key of a database; `None` if it has no tables yet.
pub(crate) async fn sealed_key(db: &Db) -> Result<Option<SealedKey>, InternalError> {
    if !db.has_tables().await? {
        return Ok(None);
    }
    let newest = table::Entity::find()
        .select_only()
        .columns([table::Column::Kid, table::Column::SealedPrivateKey])
        .order_by_desc(table::Column::SignsFrom);
    Ok(newest.into_model::<SealedKey>().one(db.read()).await?)
}

impl SigningKeys {
    /// Checks that this secret opens `key`.
    pub(crate) fn check(&self, key: &SealedKey) -> Result<(), InternalError> {
        let opened = self.sealer.open(&key.kid, &key.sealed_private_key);
        let kid = key.kid.clone();
        opened
            .map(drop)
            .ok_or_else(|| InternalError::new(StoredKeyError { kid }))
    }
}
