//! One-time tokens of emailed links: each for one purpose, one user and one address.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use secrecy::SecretString;

use super::OpaqueTokens;
use crate::db::entity::one_time_tokens as table;
use crate::db::{OneTimeTokenId, UserId};
use crate::entropy::{Entropy, Identifiers};
use crate::errors::InternalError;
use crate::secret::Secret;

/// The purpose of a token, which is valid for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `verifyEmail`
    VerifyEmail,
    /// `verifyEmail`, for a further registration of the account's address.
    VerifyRegistration,
    /// `resetPassword`
    ResetPassword,
    /// `secureAccount`
    SecureAccount,
    /// `confirmFactorRemoval`
    RemoveFactors,
}

/// What securing an account does beside revoking sessions and disabling the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Restores the email address to which the token was sent.
    RestoreAddress,
    /// Removes the account if its address was never verified.
    RemoveAccount,
}

/// A token to be issued.
#[derive(Debug)]
pub(crate) struct NewToken<'a> {
    /// The purpose.
    pub(crate) purpose: Purpose,
    /// The additional effect.
    pub(crate) effect: Option<Effect>,
    /// The user.
    pub(crate) user_id: UserId,
    /// The address to which it is sent, as typed.
    pub(crate) email: &'a str,
    /// Whether that address is verified.
    pub(crate) was_verified: bool,
    /// The expiry.
    pub(crate) expires_at: DateTime<Utc>,
}

/// A valid token.
#[derive(Clone, Debug)]
pub(crate) struct OneTimeToken {
    pub(crate) id: OneTimeTokenId,
    pub(crate) user_id: UserId,
    pub(crate) effect: Option<Effect>,
    pub(crate) email: String,
    pub(crate) was_verified: bool,
}

/// Why a token is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OneTimeTokenError {
    /// Invalid, for another purpose, already used, or superseded; the response does not reveal which.
    Invalid,
    /// Genuine and unused, but expired.
    Expired,
}

impl OneTimeTokenError {
    /// Returns the reason code for log and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Expired => "expired",
        }
    }
}

/// Issues and verifies one-time tokens.
pub(crate) struct OneTimeTokens {
    texts: OpaqueTokens,
}

impl OneTimeTokens {
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            texts: OpaqueTokens::new(secret, "one-time token")?,
        })
    }

    /// Issues a token of 256 random bits and stores its keyed hash.
    pub(crate) async fn issue(
        &self,
        db: &impl ConnectionTrait,
        (identifiers, entropy): (&Identifiers, &dyn Entropy),
        now: DateTime<Utc>,
        new: NewToken<'_>,
    ) -> Result<(OneTimeTokenId, SecretString), DbErr> {
        let (text, token_hash) = self.texts.mint(entropy);
        let id = OneTimeTokenId(identifiers.next(now));
        let row = table::ActiveModel {
            id: Set(id),
            token_hash: Set(token_hash),
            user_id: Set(new.user_id),
            purpose: Set(purpose_name(new.purpose).to_owned()),
            effect: Set(new.effect.map(|effect| effect_name(effect).to_owned())),
            email: Set(new.email.to_owned()),
            was_verified: Set(new.was_verified),
            created_at: Set(now),
            expires_at: Set(new.expires_at),
        };
        table::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        Ok((id, text))
    }

    /// Replaces the text and expiry of a stored token of `secureAccount`: its email was not sent yet and is replaced by
    /// another. The token keeps its age, which determines what it invalidates. `None` if it was used or invalidated.
    pub(crate) async fn reissue(
        &self,
        db: &impl ConnectionTrait,
        entropy: &dyn Entropy,
        id: OneTimeTokenId,
        new: &NewToken<'_>,
    ) -> Result<Option<SecretString>, DbErr> {
        // Skips a locked token: a sign-in has locked the account already, which comes after the tokens in lock order.
        let found: Vec<OneTimeTokenId> = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::UserId.eq(new.user_id))
            .filter(table::Column::Purpose.eq(purpose_name(new.purpose)))
            .filter(table::Column::Email.eq(new.email))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(db)
            .await?;
        if found.is_empty() {
            return Ok(None);
        }
        let (text, token_hash) = self.texts.mint(entropy);
        table::Entity::update_many()
            .col_expr(table::Column::TokenHash, Expr::value(token_hash))
            .col_expr(table::Column::WasVerified, Expr::value(new.was_verified))
            .col_expr(table::Column::ExpiresAt, Expr::value(new.expires_at))
            .filter(table::Column::Id.eq(id))
            .exec(db)
            .await?;
        Ok(Some(text))
    }

    /// Returns the token with the text `text` if it is valid for `purpose` at `now`.
    pub(crate) async fn find(
        &self,
        db: &impl ConnectionTrait,
        purpose: Purpose,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Result<OneTimeToken, OneTimeTokenError>, DbErr> {
        let Some(hash) = self.texts.recognise(text) else {
            return Ok(Err(OneTimeTokenError::Invalid));
        };
        let rows = table::Entity::find()
            .filter(table::Column::TokenHash.eq(hash))
            .filter(table::Column::Purpose.eq(purpose_name(purpose)))
            .all(db)
            .await?;
        Ok(match rows.into_iter().next() {
            None => Err(OneTimeTokenError::Invalid),
            Some(row) if row.expires_at <= now => Err(OneTimeTokenError::Expired),
            Some(row) => read(row),
        })
    }
}

/// Rejects a token with an effect that only a newer version knows, instead of using it up for less than it promises.
fn read(row: table::Model) -> Result<OneTimeToken, OneTimeTokenError> {
    let effect = match row.effect.as_deref() {
        None => None,
        Some(name) => {
            let Some(effect) = effect_of(name) else {
                tracing::warn!(token = %row.id, effect = name, "link rejected: unknown effect");
                return Err(OneTimeTokenError::Invalid);
            };
            Some(effect)
        }
    };
    Ok(OneTimeToken {
        id: row.id,
        user_id: row.user_id,
        effect,
        email: row.email,
        was_verified: row.was_verified,
    })
}

/// Locks the tokens of `user_id` in a fixed order: the first lock of a change to an account.
pub(crate) async fn lock_tokens(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(user_id))
        .order_by_asc(table::Column::Id)
        .lock_exclusive()
        .into_tuple::<OneTimeTokenId>()
        .all(db)
        .await
        .map(|_| ())
}

/// Returns the oldest token of `user_id` for `purpose` that is valid at `now`.
pub(crate) async fn oldest_token(
    db: &impl ConnectionTrait,
    user_id: UserId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<OneTimeTokenId>, DbErr> {
    let ids: Vec<OneTimeTokenId> = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Purpose.eq(purpose_name(purpose)))
        .filter(table::Column::ExpiresAt.gt(now))
        .order_by_asc(table::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().next())
}

/// Consumes a token; `false` if another request was faster.
pub(crate) async fn consume_token(
    db: &impl ConnectionTrait,
    token: &OneTimeToken,
) -> Result<bool, DbErr> {
    let used = table::Entity::delete_many()
        .filter(table::Column::Id.eq(token.id))
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

pub(super) fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::VerifyEmail => "verify_email",
        Purpose::VerifyRegistration => "verify_registration",
        Purpose::ResetPassword => "reset_password",
        Purpose::SecureAccount => "secure_account",
        Purpose::RemoveFactors => "remove_factors",
    }
}

pub(super) fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::RestoreAddress => "restore_address",
        Effect::RemoveAccount => "remove_account",
    }
}

fn effect_of(name: &str) -> Option<Effect> {
    [Effect::RestoreAddress, Effect::RemoveAccount]
        .into_iter()
        .find(|effect| effect_name(*effect) == name)
}
