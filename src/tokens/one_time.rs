//! The tokens of links in mails: each for one purpose, one user and one address, and used once.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
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
    /// `resetPassword`
    ResetPassword,
    /// `disavowActivity`
    Disavow,
}

/// What a disavowal does beside ending sessions and turning the password off.
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
pub(crate) enum TokenFault {
    /// It is none of ours, for something else, used, or voided: nothing more is told.
    Invalid,
    /// It is genuine and unused, and its time ran out.
    Expired,
}

impl TokenFault {
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
    ) -> Result<SecretString, DbErr> {
        let (text, token_hash) = self.texts.mint(entropy);
        let row = table::ActiveModel {
            id: Set(OneTimeTokenId(identifiers.next(now))),
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
        Ok(text)
    }

    /// The token that `text` is, if it counts for `purpose` at `now`.
    pub(crate) async fn find(
        &self,
        db: &impl ConnectionTrait,
        purpose: Purpose,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Result<OneTimeToken, TokenFault>, DbErr> {
        let Some(hash) = self.texts.recognise(text) else {
            return Ok(Err(TokenFault::Invalid));
        };
        let rows = table::Entity::find()
            .filter(table::Column::TokenHash.eq(hash))
            .filter(table::Column::Purpose.eq(purpose_name(purpose)))
            .all(db)
            .await?;
        Ok(match rows.into_iter().next() {
            None => Err(TokenFault::Invalid),
            Some(row) if row.expires_at <= now => Err(TokenFault::Expired),
            Some(row) => Ok(OneTimeToken {
                id: row.id,
                user_id: row.user_id,
                effect: row.effect.as_deref().and_then(effect_of),
                email: row.email,
                was_verified: row.was_verified,
            }),
        })
    }
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

/// Voids every token of `user_id` for `purpose`.
pub(crate) async fn void_tokens(
    db: &impl ConnectionTrait,
    user_id: UserId,
    purpose: Purpose,
) -> Result<(), DbErr> {
    let its = Condition::all()
        .add(table::Column::UserId.eq(user_id))
        .add(table::Column::Purpose.eq(purpose_name(purpose)));
    void(db, its).await
}

/// Voids the tokens of `user_id` for `purpose` that were mailed to `email`.
pub(crate) async fn void_tokens_to(
    db: &impl ConnectionTrait,
    user_id: UserId,
    purpose: Purpose,
    email: &str,
) -> Result<(), DbErr> {
    let its = Condition::all()
        .add(table::Column::UserId.eq(user_id))
        .add(table::Column::Purpose.eq(purpose_name(purpose)))
        .add(table::Column::Email.eq(email));
    void(db, its).await
}

/// Voids every token of `user_id` but those that give an address other than `email` back: whoever moved an
/// account to an address of their own must not void the link by which its owner takes that back.
pub(crate) async fn void_tokens_for(
    db: &impl ConnectionTrait,
    user_id: UserId,
    email: &str,
) -> Result<(), DbErr> {
    void_but(db, user_id, takes_back(email)).await
}

/// As [`void_tokens_for`], after `email` was proved by a reset: of the links that give another address back
/// those stay whose address was proved too. A claim that was never proved ends with one that was.
pub(crate) async fn void_tokens_after_reset(
    db: &impl ConnectionTrait,
    user_id: UserId,
    email: &str,
) -> Result<(), DbErr> {
    let proved = takes_back(email).add(table::Column::WasVerified.eq(true));
    void_but(db, user_id, proved).await
}

fn takes_back(email: &str) -> Condition {
    Condition::all()
        .add(table::Column::Effect.eq(effect_name(Effect::RestoreAddress)))
        .add(table::Column::Email.ne(email))
}

async fn void_but(
    db: &impl ConnectionTrait,
    user_id: UserId,
    kept: Condition,
) -> Result<(), DbErr> {
    let others = Condition::any()
        .add(table::Column::Effect.is_null())
        .add(kept.not());
    let its = Condition::all().add(table::Column::UserId.eq(user_id));
    void(db, its.add(others)).await
}

/// Voids every token of the user of `token` that was made with it or after it.
pub(crate) async fn void_tokens_since(
    db: &impl ConnectionTrait,
    token: &OneTimeToken,
) -> Result<(), DbErr> {
    let since = Condition::all()
        .add(table::Column::UserId.eq(token.user_id))
        .add(table::Column::Id.gte(token.id));
    void(db, since).await
}

async fn void(db: &impl ConnectionTrait, which: Condition) -> Result<(), DbErr> {
    table::Entity::delete_many()
        .filter(which)
        .exec(db)
        .await
        .map(|_| ())
}

fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::VerifyEmail => "verify_email",
        Purpose::ResetPassword => "reset_password",
        Purpose::Disavow => "disavow",
    }
}

fn effect_name(effect: Effect) -> &'static str {
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
