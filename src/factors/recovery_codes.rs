//! The statements on `recovery_codes`.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _,
    QueryFilter,
};

use super::{RecoveryCode, SecondFactors};
use crate::db::entity::recovery_codes as table;
use crate::db::{RecoveryCodeId, UserId};
use crate::entropy::{Entropy, Identifiers};

/// Returns how many unused recovery codes `user_id` has.
pub(crate) async fn codes_left(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Removes every recovery code of `user_id`.
pub(crate) async fn remove_codes(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await
        .map(|_| ())
}

impl SecondFactors {
    /// Replaces the recovery codes of `user_id`. The new ones are shown once.
    pub(crate) async fn replace_codes(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
        (identifiers, entropy): (&Identifiers, &dyn Entropy),
        now: DateTime<Utc>,
    ) -> Result<Vec<RecoveryCode>, DbErr> {
        remove_codes(db, user_id).await?;
        let owner = user_id.to_string();
        let (codes, rows): (Vec<_>, Vec<_>) = self
            .recovery_codes
            .issue(&owner, entropy)
            .into_iter()
            .map(|(code, hash)| {
                let row = table::ActiveModel {
                    id: Set(RecoveryCodeId(identifiers.next(now))),
                    user_id: Set(user_id),
                    code_hash: Set(hash),
                    created_at: Set(now),
                };
                (code, row)
            })
            .unzip();
        table::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
        Ok(codes)
    }

    /// Returns the unused recovery code that `user_id` typed.
    pub(crate) async fn find_code(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
        typed: &str,
    ) -> Result<Option<RecoveryCodeId>, DbErr> {
        let hash = self.recovery_codes.recognize(&user_id.to_string(), typed);
        let Some(hash) = hash else {
            return Ok(None);
        };
        let rows = table::Entity::find()
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::CodeHash.eq(hash))
            .all(db)
            .await?;
        Ok(rows.into_iter().next().map(|row| row.id))
    }

    /// Uses a recovery code. Returns `false` if it was used or replaced meanwhile.
    pub(crate) async fn use_recovery_code(
        &self,
        db: &impl ConnectionTrait,
        id: RecoveryCodeId,
    ) -> Result<bool, DbErr> {
        let used = table::Entity::delete_many()
            .filter(table::Column::Id.eq(id))
            .exec(db)
            .await?;
        Ok(used.rows_affected == 1)
    }
}
