//! Known devices and networks: those that have signed in to an account, and the network from which a link that
//! was emailed to it was just used.
//!
//! A device is recognized by a secret of 256 bits that it was given at a sign-in. A fingerprint, which any client can
//! have, only decides whether the owner is notified of a sign-in. Only keyed hashes are stored.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::Lockout;
use super::recognition::{DEVICE_LIFETIME, Kind, Recognition};
use crate::client::Client;
use crate::db::entity::known_devices as table;
use crate::db::{UserId, WriteTransaction, delete_batch};
use crate::entropy::{self, Entropy, Identifiers};

/// How many of each kind are kept for one account; the ones used longest ago go.
const MAX_PER_KIND: u64 = 100;

/// The secret by which an account recognizes a device.
#[derive(Debug)]
pub(crate) struct DeviceToken {
    /// The secret.
    pub(crate) token: SecretString,
    /// Until when the account knows it, unless the device signs in again before.
    pub(crate) expires_at: DateTime<Utc>,
}

impl Lockout {
    /// Remembers the device and the network of `client`, which has signed in to the account of `user_id`. Returns
    /// the device's secret: the one that it sent if the account knows it, else a new one.
    pub(crate) async fn remember(
        &self,
        tx: &WriteTransaction,
        (user_id, client, recognition): (UserId, &Client, &Recognition),
        (identifiers, entropy): (&Identifiers, &dyn Entropy),
        now: DateTime<Utc>,
    ) -> Result<DeviceToken, DbErr> {
        let sent = client.device_token.clone();
        let sent = sent.filter(|_| recognition.device().is_some());
        let token = sent.unwrap_or_else(|| {
            BASE64_URL_SAFE_NO_PAD
                .encode(entropy::bytes::<32>(entropy))
                .into()
        });
        let client = client.with_device(Some(token.clone()));
        let mut marks = self.marks.of_client(user_id, &client);
        marks.retain(|(kind, _)| *kind != Kind::Link);
        let is_new = |kind: &Kind| !recognition.knows(*kind);
        let new: Vec<Kind> = marks.iter().map(|(kind, _)| *kind).filter(is_new).collect();
        note(tx, user_id, marks, identifiers, now).await?;
        for kind in new {
            bound(&**tx, user_id, kind).await?;
        }
        Ok(DeviceToken {
            token,
            expires_at: now + DEVICE_LIFETIME,
        })
    }

    /// Remembers the fingerprint of `client`, which registered the account without being signed in.
    pub(crate) async fn remember_registration(
        &self,
        tx: &WriteTransaction,
        (user_id, client): (UserId, &Client),
        identifiers: &Identifiers,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let kind = Kind::Fingerprint;
        let mark = self.marks.of(kind, user_id, &client.fingerprint());
        note(tx, user_id, vec![(kind, mark)], identifiers, now).await
    }

    /// Remembers for a day the network of `client`, which has used a link that was emailed to the account.
    pub(crate) async fn remember_link(
        &self,
        tx: &WriteTransaction,
        (user_id, client): (UserId, &Client),
        identifiers: &Identifiers,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let mark = self.marks.of(Kind::Link, user_id, &client.network());
        let marks = vec![(Kind::Link, mark)];
        note(tx, user_id, marks, identifiers, now).await?;
        bound(&**tx, user_id, Kind::Link).await
    }
}

async fn note(
    tx: &WriteTransaction,
    user_id: UserId,
    marks: Vec<(Kind, Vec<u8>)>,
    identifiers: &Identifiers,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = marks.into_iter().map(|(kind, mark)| table::ActiveModel {
        id: Set(identifiers.next(now)),
        user_id: Set(user_id),
        kind: Set(kind.name().to_owned()),
        mark: Set(mark),
        last_used_at: Set(now),
        known_until: Set(now + kind.lifetime()),
    });
    let again = OnConflict::columns([table::Column::UserId, table::Column::Mark])
        .update_columns([table::Column::LastUsedAt, table::Column::KnownUntil])
        .to_owned();
    table::Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

async fn bound(db: &impl ConnectionTrait, user_id: UserId, kind: Kind) -> Result<(), DbErr> {
    let beyond: Vec<Uuid> = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.eq(kind.name()))
        .order_by_desc(table::Column::LastUsedAt)
        .order_by_desc(table::Column::Id)
        .offset(MAX_PER_KIND)
        .limit(MAX_PER_KIND)
        .into_tuple()
        .all(db)
        .await?;
    if !beyond.is_empty() {
        table::Entity::delete_many()
            .filter(table::Column::Id.is_in(beyond))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Forgets every device and network of `user_id`; returns how many there were.
pub(crate) async fn forget_devices(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// Removes at most `most` devices and networks that are no longer known, oldest first. Returns how many were
/// removed.
pub(crate) async fn sweep_devices(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::KnownUntil.lte(now))
        .order_by_asc(table::Column::KnownUntil);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
}
