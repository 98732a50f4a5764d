//! The table of signing keys: the first key, rotation, and loading into a [`KeySet`].

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use zeroize::Zeroizing;

use super::access_token::MAX_LIFETIME;
use super::key_set::{Jwk, Key, KeySet};
use crate::config::{self, SigningAlgorithm};
use crate::db::entity::signing_keys as table;
use crate::db::{Db, WriteTransaction};
use crate::entropy::Entropy;
use crate::errors::InternalError;
use crate::secret::{Sealer, Secret};

/// The margin between the expiry of a key's last token and the end of the key: running instances may see a rotation a
/// minute late, and clocks differ.
const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// Manages the keys in the database.
pub(crate) struct SigningKeys {
    pub(super) sealer: Sealer,
    algorithm: SigningAlgorithm,
    activation_delay: TimeDelta,
}

/// A stored key that cannot be decrypted.
#[derive(Debug, thiserror::Error)]
#[error(
    "the signing key {kid} in the database was encrypted under another GATEHOUSE_SECRET\n  \
     Start with the secret that this database was created with. Stored passwords also depend on it."
)]
pub(crate) struct StoredKeyError {
    pub(super) kid: String,
}

/// The state of a key, for operators.
pub(crate) struct KeyState {
    /// The `kid`.
    pub(crate) kid: String,
    /// The `alg`.
    pub(crate) algorithm: String,
    /// When it starts to sign.
    pub(crate) signs_from: DateTime<Utc>,
    /// When its tokens stop verifying; unset while it is the newest.
    pub(crate) verifies_until: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub(crate) revoked_at: Option<DateTime<Utc>>,
}

impl SigningKeys {
    /// Creates the manager for the given settings and secret.
    pub(crate) fn new(config: &config::Tokens, secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            sealer: secret.sealer("signing keys")?,
            algorithm: config.algorithm,
            activation_delay: config.key_activation_delay,
        })
    }

    /// Creates the first key if there is none, and rotates if the settings require another algorithm. Instances that
    /// start at the same time create one key.
    pub(crate) async fn ensure(
        &self,
        db: &Db,
        entropy: &dyn Entropy,
        now: DateTime<Utc>,
    ) -> Result<(), InternalError> {
        let tx = db.begin_exclusive("signing keys").await?;
        let keys = table::Entity::find()
            .filter(table::Column::RevokedAt.is_null())
            .order_by_desc(table::Column::SignsFrom)
            .order_by_desc(table::Column::Kid)
            .all(&*tx)
            .await?;
        let (keys, unknown): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .partition(|key| algorithm(&key.algorithm).is_some());
        for key in unknown {
            let (kid, algorithm) = (key.kid, key.algorithm);
            tracing::warn!(kid, algorithm, "signing key ignored: unknown algorithm");
        }
        // Nothing may be added under a wrong secret: it would retire the keys of the right one.
        for key in &keys {
            self.open(key)?;
        }
        let newest = keys.first();
        match newest {
            None => self.add(&tx, entropy, now, now).await?,
            Some(key) if key.algorithm != name(self.algorithm) => {
                self.add(&tx, entropy, now, now + self.activation_delay)
                    .await?;
            }
            Some(_) => {}
        }
        Ok(tx.commit().await?)
    }

    /// Adds a key: published at once, signing after the activation delay. Returns when it starts to sign.
    pub(crate) async fn rotate(
        &self,
        db: &Db,
        entropy: &dyn Entropy,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, InternalError> {
        let tx = db.begin_exclusive("signing keys").await?;
        let signs_from = now + self.activation_delay;
        self.add(&tx, entropy, now, signs_from).await?;
        tx.commit().await?;
        Ok(signs_from)
    }

    /// Lists the keys that have not ended, newest last, for an operator.
    pub(crate) async fn list(&self, db: &Db) -> Result<Vec<KeyState>, InternalError> {
        let rows = table::Entity::find()
            .order_by_asc(table::Column::SignsFrom)
            .all(db.read())
            .await?;
        let state = |row: table::Model| KeyState {
            kid: row.kid,
            algorithm: row.algorithm,
            signs_from: row.signs_from,
            verifies_until: row.verifies_until,
            revoked_at: row.revoked_at,
        };
        Ok(rows.into_iter().map(state).collect())
    }

    /// Loads and decrypts the keys of the database. Keys of an algorithm that only a newer version knows are skipped,
    /// so that this version can use the others.
    pub(crate) async fn load(&self, db: &Db) -> Result<KeySet, InternalError> {
        let rows = table::Entity::find().all(db.read()).await?;
        let keys = rows
            .into_iter()
            .filter(|row| row.revoked_at.is_none() && algorithm(&row.algorithm).is_some())
            .map(|row| self.open(&row))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(KeySet::new(keys))
    }

    /// Removes keys whose last token has expired. Revoked keys are removed at the same time, so that an operator still
    /// finds them listed.
    pub(crate) async fn sweep(&self, db: &Db, now: DateTime<Utc>) -> Result<u64, DbErr> {
        let tx = db.begin_write().await?;
        let removed = table::Entity::delete_many()
            .filter(is_past(now))
            .exec(&*tx)
            .await?
            .rows_affected;
        tx.commit().await?;
        Ok(removed)
    }

    pub(super) async fn add(
        &self,
        tx: &WriteTransaction,
        entropy: &dyn Entropy,
        now: DateTime<Utc>,
        signs_from: DateTime<Utc>,
    ) -> Result<(), InternalError> {
        let (public_key, private_key) = generate(self.algorithm)?;
        let kid = BASE64_URL_SAFE_NO_PAD.encode(&digest(&SHA256, &public_key).as_ref()[..12]);
        retire_others(&**tx, signs_from + MAX_LIFETIME + MARGIN).await?;
        table::Entity::insert(table::ActiveModel {
            sealed_private_key: Set(self.sealer.seal(&kid, &private_key, entropy)?),
            kid: Set(kid),
            algorithm: Set(name(self.algorithm).to_owned()),
            public_key: Set(public_key),
            created_at: Set(now),
            signs_from: Set(signs_from),
            verifies_until: Set(None),
            revoked_at: Set(None),
        })
        .exec_without_returning(&**tx)
        .await?;
        Ok(())
    }

    fn open(&self, row: &table::Model) -> Result<Key, InternalError> {
        let unusable = || InternalError::new(format!("the signing key {} is damaged", row.kid));
        let algorithm = algorithm(&row.algorithm).ok_or_else(unusable)?;
        let jwk = Jwk::new(&row.kid, algorithm, &row.public_key).ok_or_else(unusable)?;
        let private_key = self
            .sealer
            .open(&row.kid, &row.sealed_private_key)
            .ok_or_else(|| {
                InternalError::new(StoredKeyError {
                    kid: row.kid.clone(),
                })
            })?;
        let (encoding, decoding) = match &jwk.y {
            Some(y) => (
                EncodingKey::from_ec_der(&private_key),
                DecodingKey::from_ec_components(&jwk.x, y),
            ),
            None => (
                EncodingKey::from_ed_der(&private_key),
                DecodingKey::from_ed_components(&jwk.x),
            ),
        };
        Ok(Key {
            decoding: decoding.map_err(|_| unusable())?,
            kid: row.kid.clone(),
            algorithm,
            encoding,
            jwk,
            signs_from: row.signs_from,
            verifies_until: row.verifies_until,
        })
    }
}

fn is_past(now: DateTime<Utc>) -> Condition {
    let revoked_long_ago = Condition::any()
        .add(table::Column::RevokedAt.is_null())
        .add(table::Column::RevokedAt.lt(now - MAX_LIFETIME - MARGIN));
    Condition::all()
        .add(table::Column::VerifiesUntil.lt(now))
        .add(revoked_long_ago)
}

/// Sets `end` as the end of every key without one.
async fn retire_others(db: &impl ConnectionTrait, end: DateTime<Utc>) -> Result<(), DbErr> {
    table::Entity::update_many()
        .col_expr(table::Column::VerifiesUntil, Expr::value(end))
        .filter(Condition::all().add(table::Column::VerifiesUntil.is_null()))
        .exec(db)
        .await
        .map(|_| ())
}

fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "ES256" => Some(Algorithm::ES256),
        "EdDSA" => Some(Algorithm::EdDSA),
        _ => None,
    }
}

fn name(algorithm: SigningAlgorithm) -> &'static str {
    match algorithm {
        SigningAlgorithm::Es256 => "ES256",
        SigningAlgorithm::EdDsa => "EdDSA",
    }
}

/// Generates a key pair: the raw public key, and the private key as PKCS#8.
pub(super) fn generate(
    algorithm: SigningAlgorithm,
) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), InternalError> {
    let failed = |_| InternalError::new("cannot generate a signing key");
    let rejected = |_| InternalError::new("cannot read the signing key that was just made");
    match algorithm {
        SigningAlgorithm::Es256 => {
            let signing = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let pkcs8 =
                EcdsaKeyPair::generate_pkcs8(signing, &SystemRandom::new()).map_err(failed)?;
            let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref()).map_err(rejected)?;
            Ok((
                pair.public_key().as_ref().to_vec(),
                Zeroizing::new(pkcs8.as_ref().to_vec()),
            ))
        }
        SigningAlgorithm::EdDsa => {
            let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(failed)?;
            let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(rejected)?;
            Ok((
                pair.public_key().as_ref().to_vec(),
                Zeroizing::new(pkcs8.as_ref().to_vec()),
            ))
        }
    }
}
