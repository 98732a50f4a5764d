//! Which factors an account has.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _, QueryFilter,
    QuerySelect as _,
};

use super::{SecondFactors, codes_left, discard_removal, find_app, remove_codes, void_challenges};
use crate::db::UserId;
use crate::db::entity::{passkeys, recovery_codes, totp_secrets};

/// The second factors of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one kind of factor")]
pub(crate) struct Available {
    /// Whether it has an authenticator app.
    pub(crate) totp: bool,
    /// Whether it has a passkey that can be used.
    pub(crate) passkey: bool,
    /// Whether it has one that cannot be used: of another RP ID, or because passkeys are off. It still counts, so that a
    /// setting never turns an account's second step off.
    pub(crate) unusable_passkey: bool,
    /// Whether it has a recovery code. One alone is no factor.
    pub(crate) recovery_code: bool,
}

impl Available {
    /// Returns whether the account has a second factor.
    pub(crate) fn any(self) -> bool {
        self.totp || self.passkey || self.unusable_passkey
    }

    /// Returns whether the account has a second factor that can be used.
    pub(crate) fn any_usable(self) -> bool {
        self.totp || self.passkey
    }
}

impl SecondFactors {
    /// Returns which factors the account of `user_id` has. Two changes at once see each other if both have locked the account.
    pub(crate) async fn available(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
    ) -> Result<Available, DbErr> {
        let app = find_app(db, user_id).await?;
        let domains: Vec<String> = passkeys::Entity::find()
            .select_only()
            .column(passkeys::Column::RpId)
            .filter(passkeys::Column::UserId.eq(user_id))
            .into_tuple()
            .all(db)
            .await?;
        let is_usable = |domain: &String| self.relying_party().is_some_and(|it| it.id() == domain);
        let found = Available {
            totp: app.is_some(),
            passkey: domains.iter().any(is_usable),
            unusable_passkey: !domains.iter().all(is_usable),
            recovery_code: false,
        };
        // Recovery codes do not outlive the last factor.
        Ok(Available {
            recovery_code: found.any() && codes_left(db, user_id).await? > 0,
            ..found
        })
    }
}

/// Removes every factor, recovery code and challenge of the account, and a scheduled removal of them; returns how many
/// factors there were.
pub(crate) async fn remove_all(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let had_app = find_app(db, user_id).await?.is_some();
    totp_secrets::Entity::delete_many()
        .filter(totp_secrets::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    let passkeys = passkeys::Entity::delete_many()
        .filter(passkeys::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    remove_codes(db, user_id).await?;
    void_challenges(db, user_id).await?;
    discard_removal(db, user_id).await?;
    Ok(passkeys.rows_affected + u64::from(had_app))
}

/// Removes the factors and recovery codes that the account got at `since` or later; the recovery codes too if no factor is
/// left. Returns how many factors were removed.
pub(crate) async fn remove_since(
    db: &impl ConnectionTrait,
    user_id: UserId,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let app = totp_secrets::Entity::delete_many()
        .filter(totp_secrets::Column::UserId.eq(user_id))
        .filter(totp_secrets::Column::ConfirmedAt.gte(since))
        .exec(db)
        .await?;
    let passkeys = passkeys::Entity::delete_many()
        .filter(passkeys::Column::UserId.eq(user_id))
        .filter(passkeys::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    let codes = recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::UserId.eq(user_id))
        .filter(recovery_codes::Column::CreatedAt.gte(since));
    codes.exec(db).await?;
    if !has_factor(db, user_id).await? {
        remove_codes(db, user_id).await?;
    }
    // The session in which one is being set up may be a thief's.
    super::void_pending(db, user_id).await?;
    void_challenges(db, user_id).await?;
    Ok(app.rows_affected + passkeys.rows_affected)
}

async fn has_factor(db: &impl ConnectionTrait, user_id: UserId) -> Result<bool, DbErr> {
    let passkeys = passkeys::Entity::find()
        .filter(passkeys::Column::UserId.eq(user_id))
        .count(db);
    Ok(find_app(db, user_id).await?.is_some() || passkeys.await? > 0)
}
