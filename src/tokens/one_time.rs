//! The tokens of links in mails: each for one purpose, one user and one address, and used once.

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

/// What a token is for; it counts for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `verifyEmail`
    VerifyEmail,
    /// `verifyEmail`, for a registration that waits beside the account's own.
    VerifyRegistration,
    /// `resetPassword`
    ResetPassword,
    /// `secureAccount`
    SecureAccount,
}

/// What securing an account does beside ending sessions and turning the password off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It gives the account its address back, the one that the token was mailed to.
    RestoreAddress,
    /// It removes the account, provided that its address was never verified.
    RemoveAccount,
}

/// A token to be made.
#[derive(Debug)]
pub(crate) struct NewToken<'a> {
    /// What for.
    pub(crate) purpose: Purpose,
    /// What else its use does.
    pub(crate) effect: Option<Effect>,
    /// Whose.
    pub(crate) user_id: UserId,
    /// The address it is mailed to, as typed.
    pub(crate) email: &'a str,
    /// Whether that address is verified.
    pub(crate) was_verified: bool,
    /// Until when it works.
    pub(crate) expires_at: DateTime<Utc>,
}

/// A token that was found to count.
#[derive(Clone, Debug)]
pub(crate) struct OneTimeToken {
    pub(crate) id: OneTimeTokenId,
    pub(crate) user_id: UserId,
    pub(crate) effect: Option<Effect>,
    pub(crate) email: String,
    pub(crate) was_verified: bool,
}

/// Why a token does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OneTimeTokenError {
    /// It is none of ours, for something else, used, or voided: nothing more is told.
    Invalid,
    /// It is genuine and unused, and its time ran out.
    Expired,
}

impl OneTimeTokenError {
    /// For the log and the figures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Expired => "expired",
        }
    }
}

/// Makes and recognises one-time tokens.
pub(crate) struct OneTimeTokens {
    texts: OpaqueTokens,
}

impl OneTimeTokens {
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            texts: OpaqueTokens::new(secret, "one-time token")?,
        })
    }

    /// Makes a token of 256 random bits and stores its keyed hash.
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

    /// Gives a stored token of `secureAccount` another text and `expires_at`: its email was not sent yet, and another one takes its
    /// place. It keeps its age, which decides what it voids. `None` if it was used or voided.
    pub(crate) async fn reissue(
        &self,
        db: &impl ConnectionTrait,
        entropy: &dyn Entropy,
        id: OneTimeTokenId,
        new: &NewToken<'_>,
    ) -> Result<Option<SecretString>, DbErr> {
        // Skipped where somebody holds it: a sign-in has locked the account already, which comes after the tokens.
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

    /// The token that `text` is, if it counts for `purpose` at `now`.
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

/// A token with an effect that only a newer version knows is refused, not used up for less than it promises.
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

/// Locks the tokens of `user_id`, in one order: the first thing that a change of an account does.
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

/// Uses a token up; `false` when another request was faster.
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
