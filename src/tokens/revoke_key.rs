//! Revokes a compromised signing key.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::SigningKeys;
use crate::db::Db;
use crate::db::entity::signing_keys as table;
use crate::entropy::Entropy;
use crate::errors::InternalError;

/// The outcome of a revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RevokedKey {
    /// It was the signing key; another key signs from now on.
    Signing,
    /// It was not the signing key: it was rotated out or not active yet.
    Other,
    /// It was already revoked.
    Already,
    /// There is no such key.
    Unknown,
}

impl SigningKeys {
    /// Revokes the key `kid`: it is no longer published, and its tokens are rejected. If it was the signing key, the
    /// next one, created if necessary, signs at once.
    pub(crate) async fn revoke(
        &self,
        db: &Db,
        entropy: &dyn Entropy,
        now: DateTime<Utc>,
        kid: &str,
    ) -> Result<RevokedKey, InternalError> {
        let tx = db.begin_exclusive("signing keys").await?;
        let keys = table::Entity::find()
            .order_by_asc(table::Column::SignsFrom)
            .order_by_asc(table::Column::Kid)
            .all(&*tx)
            .await?;
        let Some(key) = keys.iter().find(|key| key.kid == kid) else {
            return Ok(RevokedKey::Unknown);
        };
        if key.revoked_at.is_some() {
            return Ok(RevokedKey::Already);
        }
        mark_revoked(&*tx, kid, now).await?;
        let others = || {
            keys.iter()
                .filter(|other| other.kid != kid && other.revoked_at.is_none())
        };
        let is_signing = key.signs_from <= now
            && !others().any(|other| {
                other.signs_from <= now
                    && (other.signs_from, &other.kid) > (key.signs_from, &key.kid)
            });
        // A key without an end signs once all others have taken their turn.
        match (is_signing, others().find(|other| other.signs_from > now)) {
            (true, Some(next)) => sign_from(&*tx, &next.kid, now).await?,
            (true, None) => self.add(&tx, entropy, now, now).await?,
            (false, _) if key.verifies_until.is_none() => {
                // It was not active yet; the one before it continues.
                if let Some(last) = others().next_back() {
                    keep(&*tx, &last.kid).await?;
                }
            }
            (false, _) => {}
        }
        tx.commit().await?;
        Ok(if is_signing {
            RevokedKey::Signing
        } else {
            RevokedKey::Other
        })
    }
}

/// Versions that do not know `revoked_at` neither accept nor publish a key whose end has passed, and do not sign with
/// one that is older than another.
async fn mark_revoked(
    db: &impl ConnectionTrait,
    kid: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    table::Entity::update_many()
        .col_expr(table::Column::RevokedAt, Expr::value(now))
        .col_expr(table::Column::VerifiesUntil, Expr::value(now))
        .col_expr(
            table::Column::SignsFrom,
            Expr::value(DateTime::<Utc>::UNIX_EPOCH),
        )
        .filter(table::Column::Kid.eq(kid))
        .exec(db)
        .await
        .map(|_| ())
}

async fn sign_from(db: &impl ConnectionTrait, kid: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    table::Entity::update_many()
        .col_expr(table::Column::SignsFrom, Expr::value(now))
        .filter(table::Column::Kid.eq(kid))
        .exec(db)
        .await
        .map(|_| ())
}

async fn keep(db: &impl ConnectionTrait, kid: &str) -> Result<(), DbErr> {
    table::Entity::update_many()
        .col_expr(
            table::Column::VerifiesUntil,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(table::Column::Kid.eq(kid))
        .exec(db)
        .await
        .map(|_| ())
}
