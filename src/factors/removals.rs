//! The statements on `factor_removals`: removals of lost factors, which their owner can cancel until they are due.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect,
};

use crate::client::Client;
use crate::db::entity::{factor_removals as table, passkeys, totp_secrets};
use crate::db::{PasswordVersion, UserId, rows_after};

/// The scheduled removal of every second factor of an account.
#[derive(Clone, Debug)]
pub(crate) struct Removal {
    /// The user.
    pub(crate) user_id: UserId,
    /// The password that was proved.
    pub(crate) password_version: PasswordVersion,
    /// When it was scheduled.
    pub(crate) requested_at: DateTime<Utc>,
    /// When the factors are removed.
    pub(crate) scheduled_for: DateTime<Utc>,
    /// The client that scheduled it.
    pub(crate) client: Client,
}

/// Schedules a removal. Returns `false` if one is scheduled already; it keeps its time.
pub(crate) async fn schedule_removal(
    db: &impl ConnectionTrait,
    removal: &Removal,
) -> Result<bool, DbErr> {
    let row = table::ActiveModel {
        user_id: Set(removal.user_id),
        password_version: Set(removal.password_version),
        requested_at: Set(removal.requested_at),
        scheduled_for: Set(removal.scheduled_for),
        ip_address: Set(removal.client.ip_text()),
        user_agent: Set(removal.client.user_agent.clone()),
    };
    let keep = OnConflict::column(table::Column::UserId)
        .do_nothing()
        .to_owned();
    let inserted = table::Entity::insert(row)
        .on_conflict(keep)
        .exec_without_returning(db)
        .await?;
    Ok(inserted == 1)
}

/// Returns the scheduled removal of the factors of `user_id`.
pub(crate) async fn find_removal(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Option<Removal>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(rows.into_iter().next().map(removal))
}

/// Discards the scheduled removal of the factors of `user_id`. Returns `false` if there is none.
pub(crate) async fn discard_removal(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<bool, DbErr> {
    let discarded = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(discarded.rows_affected == 1)
}

/// Lists at most `most` of the removals that are due at `until`, oldest first, after the one at `after`.
pub(crate) async fn list_due_removals(
    db: &impl ConnectionTrait,
    (until, after): (DateTime<Utc>, Option<(DateTime<Utc>, UserId)>),
    most: u64,
) -> Result<Vec<Removal>, DbErr> {
    let mut due = table::Entity::find().filter(table::Column::ScheduledFor.lte(until));
    if let Some((scheduled_for, user_id)) = after {
        due = due.filter(rows_after(
            (table::Column::ScheduledFor, scheduled_for),
            (table::Column::UserId, user_id),
        ));
    }
    let rows = due
        .order_by_asc(table::Column::ScheduledFor)
        .order_by_asc(table::Column::UserId)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(removal).collect())
}

/// Returns whether an authenticator app or a passkey of `user_id` was used or added after `since`: not all are lost. A version
/// that does not know of removals does not discard them then.
pub(crate) async fn was_used_since(
    db: &impl ConnectionTrait,
    user_id: UserId,
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use {passkeys::Column as Passkey, totp_secrets::Column as App};
    let later = Condition::any()
        .add(App::LastUsedAt.gt(since))
        .add(App::ConfirmedAt.gt(since));
    let apps = totp_secrets::Entity::find()
        .filter(App::UserId.eq(user_id))
        .filter(later)
        .count(db)
        .await?;
    let later = Condition::any()
        .add(Passkey::LastUsedAt.gt(since))
        .add(Passkey::CreatedAt.gt(since));
    let passkeys = passkeys::Entity::find()
        .filter(Passkey::UserId.eq(user_id))
        .filter(later)
        .count(db)
        .await?;
    Ok(apps + passkeys > 0)
}

fn removal(row: table::Model) -> Removal {
    let ip_address = row.ip_address.and_then(|text| text.parse().ok());
    Removal {
        user_id: row.user_id,
        password_version: row.password_version,
        requested_at: row.requested_at,
        scheduled_for: row.scheduled_for,
        client: Client::new(ip_address, row.user_agent.as_deref()),
    }
}
