//! Changes of an account as a whole: scheduling or canceling its deletion, reverting a change that its owner rejects,
//! and finding accounts that were never verified.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{EmailAddress, Reauthenticated, User, current_password, queries};
use crate::db::entity::users as table;
use crate::db::{UserId, rows_after};
use crate::tokens::{Effect, OneTimeToken};

/// Marks the account for deletion, so that nobody can sign in or change it. Returns the account; `None` if it is
/// already marked, or if the proved credential is no longer valid.
pub(crate) async fn schedule_deletion(
    db: &impl ConnectionTrait,
    (user_id, known): (UserId, &Reauthenticated),
    scheduled_for: DateTime<Utc>,
) -> Result<Option<User>, DbErr> {
    let update = queries::update(user_id).col_expr(
        table::Column::DeletionScheduledFor,
        Expr::value(scheduled_for),
    );
    let Some(user) = queries::update_user(db, update).await? else {
        return Ok(None);
    };
    Ok(known.is_valid(db).await?.then_some(user))
}

/// Locks the account, so that nothing new can refer to it. This is the last lock before it is removed.
pub(crate) async fn lock_account(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    table::Entity::find_by_id(user_id)
        .select_only()
        .column(table::Column::Id)
        .lock_exclusive()
        .into_tuple::<UserId>()
        .all(db)
        .await
        .map(|_| ())
}

/// As [`lock_account`]; returns `false` if there is no such account, or its deletion is scheduled.
pub(super) async fn lock_active(db: &impl ConnectionTrait, user_id: UserId) -> Result<bool, DbErr> {
    let found: Vec<UserId> = table::Entity::find_by_id(user_id)
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::DeletionScheduledFor.is_null())
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    Ok(!found.is_empty())
}

/// Removes the mark for deletion. A missing account is an error: its deletion was just canceled and cannot have been
/// completed.
pub(crate) async fn keep(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    let kept = table::Entity::update_many()
        .col_expr(
            table::Column::DeletionScheduledFor,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(table::Column::Id.eq(user_id))
        .exec(db)
        .await?;
    if kept.rows_affected == 1 {
        Ok(())
    } else {
        Err(DbErr::RecordNotUpdated)
    }
}

/// An account after it was secured.
pub(crate) struct Secured {
    /// The account afterwards.
    pub(crate) user: User,
    /// Whether its address was restored.
    pub(crate) restored_address: bool,
    /// Whether its address could not be restored because another account has it.
    pub(crate) address_lost: bool,
}

/// Removes the account's password, cancels a pending email change and, if the token says so, restores the account's
/// address with its verified state. Returns `None` if the account no longer exists or is scheduled for deletion.
pub(crate) async fn secure(
    db: &impl ConnectionTrait,
    token: &OneTimeToken,
    now: DateTime<Utc>,
) -> Result<Option<Secured>, DbErr> {
    let Some(account) = queries::find_account(db, token.user_id).await? else {
        return Ok(None);
    };
    let mut update =
        queries::update(token.user_id).col_expr(table::Column::UpdatedAt, Expr::value(now));
    update = queries::without_pending(update);
    let address = token.email.parse::<EmailAddress>().ok().filter(|address| {
        token.effect == Some(Effect::RestoreAddress)
            && address.canonical() != account.email_canonical
    });
    let mut address_lost = false;
    let mut restored_address = false;
    if let Some(address) = address {
        address_lost = queries::owner_of_email(db, address.canonical())
            .await?
            .is_some();
        restored_address = !address_lost;
        if restored_address {
            let verified_at = token.was_verified.then_some(now);
            update = update
                .col_expr(table::Column::Email, Expr::value(address.as_typed()))
                .col_expr(
                    table::Column::EmailCanonical,
                    Expr::value(address.canonical()),
                )
                .col_expr(table::Column::EmailVerifiedAt, Expr::value(verified_at));
        }
    }
    let user = queries::update_user(db, update).await?;
    if user.is_some() {
        current_password::remove(db, token.user_id).await?;
    }
    Ok(user.map(|user| Secured {
        user,
        restored_address,
        address_lost,
    }))
}

/// Returns the account that has the address that `token` restores but never verified it. The token was sent to that
/// address, so its user did.
pub(crate) async fn find_squatter(
    db: &impl ConnectionTrait,
    token: &OneTimeToken,
) -> Result<Option<UserId>, DbErr> {
    if token.effect != Some(Effect::RestoreAddress) {
        return Ok(None);
    }
    let Ok(address) = token.email.parse::<EmailAddress>() else {
        return Ok(None);
    };
    let found = queries::find_by_email(db, address.canonical()).await?;
    Ok(found
        .map(|account| account.user)
        .filter(|user| user.id != token.user_id && !user.email_verified)
        .map(|user| user.id))
}

/// Returns at most `most` accounts after `after` whose address should have been verified by `now` and was not, with
/// their due times.
pub(crate) async fn find_unverified(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, UserId)>,
    most: u64,
) -> Result<Vec<(DateTime<Utc>, UserId)>, DbErr> {
    let mut due = unverified()
        .filter(table::Column::VerificationDueAt.lte(now))
        .filter(table::Column::LastLoginAt.is_null());
    if let Some((due_at, id)) = after {
        due = due.filter(rows_after(
            (table::Column::VerificationDueAt, due_at),
            (table::Column::Id, id),
        ));
    }
    due.select_only()
        .columns([table::Column::VerificationDueAt, table::Column::Id])
        .order_by_asc(table::Column::VerificationDueAt)
        .order_by_asc(table::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// Locks the account and returns whether its address was never verified.
pub(crate) async fn is_still_unverified(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<bool, DbErr> {
    let found = unverified()
        .filter(table::Column::Id.eq(user_id))
        .lock_exclusive()
        .all(db)
        .await?;
    Ok(!found.is_empty())
}

fn unverified() -> Select<table::Entity> {
    table::Entity::find().filter(table::Column::EmailVerifiedAt.is_null())
}
