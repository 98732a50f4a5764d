//! What becomes of the tokens of links before they are used: when their time starts, and taking them back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::one_time::{Effect, OneTimeToken, Purpose, effect_name, purpose_name};
use crate::db::entity::one_time_tokens as table;
use crate::db::{OneTimeTokenId, UserId};

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

/// Voids every token of `user_id` for `purpose` but the `kept` newest; call [`lock_tokens`](super::lock_tokens) first.
pub(crate) async fn void_tokens_but_newest(
    db: &impl ConnectionTrait,
    user_id: UserId,
    purpose: Purpose,
    kept: usize,
) -> Result<(), DbErr> {
    let ids: Vec<OneTimeTokenId> = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Purpose.eq(purpose_name(purpose)))
        .order_by_desc(table::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let older: Vec<_> = ids.into_iter().skip(kept).collect();
    if older.is_empty() {
        return Ok(());
    }
    void(db, Condition::all().add(table::Column::Id.is_in(older))).await
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

/// Makes a link that was mailed for a registration beside the account's own one for the account itself.
pub(crate) async fn turn_into_verification(
    db: &impl ConnectionTrait,
    id: OneTimeTokenId,
) -> Result<(), DbErr> {
    let purpose = purpose_name(Purpose::VerifyEmail);
    table::Entity::update_many()
        .col_expr(table::Column::Purpose, Expr::value(purpose))
        .filter(table::Column::Id.eq(id))
        .exec(db)
        .await
        .map(|_| ())
}

/// Starts the lifetimes of tokens whose email was just handed over: each works until the given time.
pub(crate) async fn start_lifetimes(
    db: &impl ConnectionTrait,
    lifetimes: &[(OneTimeTokenId, DateTime<Utc>)],
) -> Result<(), DbErr> {
    let mut lifetimes = lifetimes.to_vec();
    // In the order in which every change of an account locks them.
    lifetimes.sort_unstable();
    for (id, until) in lifetimes {
        table::Entity::update_many()
            .col_expr(table::Column::ExpiresAt, Expr::value(until))
            .filter(table::Column::Id.eq(id))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Voids the token of this id.
pub(crate) async fn void_token(db: &impl ConnectionTrait, id: OneTimeTokenId) -> Result<(), DbErr> {
    void(db, Condition::all().add(table::Column::Id.eq(id))).await
}
