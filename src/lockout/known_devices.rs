//! Known devices and networks: those that have signed in to an account, and the network from which a link that
//! was emailed to it was just used.
//!
//! A device is recognized by a secret of 256 bits that it was given at a sign-in. Only keyed hashes are stored.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::Lockout;
use crate::client::Client;
use crate::db::entity::known_devices as table;
use crate::db::{UserId, WriteTransaction, delete_batch};
use crate::entropy::{self, Entropy, Identifiers};
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// How long a device stays known after a sign-in.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(365);
/// How long a network stays known after a sign-in.
const NETWORK_LIFETIME: TimeDelta = TimeDelta::days(90);
/// How long a network stays known after a link was used from it.
const LINK_LIFETIME: TimeDelta = TimeDelta::days(1);
/// How many of each kind are kept for one account; the ones used longest ago go.
const MAX_PER_KIND: u64 = 100;
/// Longest secret that is looked at: ours have 43 characters.
const MAX_SECRET: usize = 256;

/// The secret by which an account recognizes a device.
#[derive(Debug)]
pub(crate) struct DeviceToken {
    /// The secret.
    pub(crate) token: SecretString,
    /// Until when the account knows it, unless the device signs in again before.
    pub(crate) expires_at: DateTime<Utc>,
}

/// What a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Device,
    Network,
    Link,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Network => "network",
            Self::Link => "link",
        }
    }

    fn lifetime(self) -> TimeDelta {
        match self {
            Self::Device => DEVICE_LIFETIME,
            Self::Network => NETWORK_LIFETIME,
            Self::Link => LINK_LIFETIME,
        }
    }
}

/// What an account knows of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recognition {
    /// Its device, by this mark.
    Device(Vec<u8>),
    /// Its network.
    Network,
    /// Nothing.
    Stranger,
}

/// Makes what is stored in place of secrets and networks.
pub(super) struct Marks {
    hash: KeyedHash,
}

impl Marks {
    pub(super) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash("known devices")?,
        })
    }

    fn of(&self, kind: Kind, user_id: UserId, text: &str) -> Vec<u8> {
        let (kind, user_id) = (kind.name().as_bytes(), user_id.0);
        let parts: [&[u8]; 4] = [kind, b"/", user_id.as_bytes(), text.as_bytes()];
        self.hash.hash(&parts).to_vec()
    }

    fn of_device(&self, user_id: UserId, client: &Client) -> Option<Vec<u8>> {
        let secret = client.device_token.as_ref()?.expose_secret();
        (secret.len() <= MAX_SECRET).then(|| self.of(Kind::Device, user_id, secret))
    }

    fn of_network(&self, kind: Kind, user_id: UserId, client: &Client) -> Vec<u8> {
        self.of(kind, user_id, &client.network())
    }
}

/// What the account of `user_id` knows of `client` at `now`.
pub(super) async fn recognize(
    db: &impl ConnectionTrait,
    marks: &Marks,
    (user_id, client): (UserId, &Client),
    now: DateTime<Utc>,
) -> Result<Recognition, DbErr> {
    let device = marks.of_device(user_id, client);
    let networks = [Kind::Network, Kind::Link].map(|kind| marks.of_network(kind, user_id, client));
    let known = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Mark.is_in(device.iter().chain(&networks).cloned()))
        .filter(table::Column::KnownUntil.gt(now))
        .all(db)
        .await?;
    let is_known = |mark: &Vec<u8>| known.iter().any(|row| row.mark == *mark);
    Ok(match device.filter(is_known) {
        Some(mark) => Recognition::Device(mark),
        None if networks.iter().any(is_known) => Recognition::Network,
        None => Recognition::Stranger,
    })
}

impl Lockout {
    /// Remembers the device and the network of `client`, which has signed in to the account of `user_id`. Returns
    /// the device's secret: the one that it sent if the account knows it, else a new one.
    pub(crate) async fn remember(
        &self,
        tx: &WriteTransaction,
        (user_id, client): (UserId, &Client),
        (identifiers, entropy): (&Identifiers, &dyn Entropy),
        now: DateTime<Utc>,
    ) -> Result<DeviceToken, DbErr> {
        let recognition = recognize(&**tx, &self.marks, (user_id, client), now).await?;
        let sent = match &recognition {
            Recognition::Device(_) => client.device_token.clone(),
            Recognition::Network | Recognition::Stranger => None,
        };
        let token = sent.unwrap_or_else(|| {
            BASE64_URL_SAFE_NO_PAD
                .encode(entropy::bytes::<32>(entropy))
                .into()
        });
        let device = self.marks.of(Kind::Device, user_id, token.expose_secret());
        let network = self.marks.of_network(Kind::Network, user_id, client);
        for (kind, mark) in [(Kind::Device, device), (Kind::Network, network)] {
            let id = identifiers.next(now);
            note(tx, (id, user_id), (kind, mark), now).await?;
            bound(&**tx, user_id, kind).await?;
        }
        Ok(DeviceToken {
            token,
            expires_at: now + DEVICE_LIFETIME,
        })
    }

    /// Remembers for a day the network of `client`, which has used a link that was emailed to the account.
    pub(crate) async fn remember_link(
        &self,
        tx: &WriteTransaction,
        (user_id, client): (UserId, &Client),
        identifiers: &Identifiers,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let mark = self.marks.of_network(Kind::Link, user_id, client);
        let id = identifiers.next(now);
        note(tx, (id, user_id), (Kind::Link, mark), now).await?;
        bound(&**tx, user_id, Kind::Link).await
    }
}

async fn note(
    tx: &WriteTransaction,
    (id, user_id): (Uuid, UserId),
    (kind, mark): (Kind, Vec<u8>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = table::ActiveModel {
        id: Set(id),
        user_id: Set(user_id),
        kind: Set(kind.name().to_owned()),
        mark: Set(mark),
        last_used_at: Set(now),
        known_until: Set(now + kind.lifetime()),
    };
    let again = OnConflict::columns([table::Column::UserId, table::Column::Mark])
        .update_columns([table::Column::LastUsedAt, table::Column::KnownUntil])
        .to_owned();
    table::Entity::insert(row)
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
