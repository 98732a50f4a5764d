//! What an account knows of a client: by its device, its network, a link that was used, or its fingerprint.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use secrecy::ExposeSecret;

use super::Lockout;
use crate::client::Client;
use crate::db::UserId;
use crate::db::entity::known_devices as table;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// How long a device and its fingerprint stay known after a sign-in.
pub(super) const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(365);
/// How long a network stays known after a sign-in.
const NETWORK_LIFETIME: TimeDelta = TimeDelta::days(90);
/// How long a network stays known after a link was used from it.
const LINK_LIFETIME: TimeDelta = TimeDelta::days(1);
/// Longest secret that is looked at: ours have 43 characters.
const MAX_SECRET: usize = 256;

/// What a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Device,
    Network,
    Link,
    /// The device's name and its provider: [`Client::fingerprint`].
    Fingerprint,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Device, Self::Network, Self::Link, Self::Fingerprint];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Network => "network",
            Self::Link => "link",
            Self::Fingerprint => "fingerprint",
        }
    }

    pub(super) fn lifetime(self) -> TimeDelta {
        match self {
            Self::Device | Self::Fingerprint => DEVICE_LIFETIME,
            Self::Network => NETWORK_LIFETIME,
            Self::Link => LINK_LIFETIME,
        }
    }
}

/// What an account knows of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recognition {
    /// The marks of the client that the account knows.
    known: Vec<(Kind, Vec<u8>)>,
}

impl Recognition {
    /// The mark of the device, if the account knows it.
    pub(super) fn device(&self) -> Option<&[u8]> {
        let found = self.known.iter().find(|(kind, _)| *kind == Kind::Device);
        found.map(|(_, mark)| mark.as_slice())
    }

    /// Whether neither the device nor the network is known.
    pub(super) fn is_stranger(&self) -> bool {
        self.known
            .iter()
            .all(|(kind, _)| *kind == Kind::Fingerprint)
    }

    pub(super) fn knows(&self, kind: Kind) -> bool {
        self.known.iter().any(|(known, _)| *known == kind)
    }
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

    pub(super) fn of(&self, kind: Kind, user_id: UserId, text: &str) -> Vec<u8> {
        let (kind, user_id) = (kind.name().as_bytes(), user_id.0);
        let parts: [&[u8]; 4] = [kind, b"/", user_id.as_bytes(), text.as_bytes()];
        self.hash.hash(&parts).to_vec()
    }

    /// Every mark that `client` has for the account of `user_id`.
    pub(super) fn of_client(&self, user_id: UserId, client: &Client) -> Vec<(Kind, Vec<u8>)> {
        let mark = |kind| match kind {
            Kind::Device => {
                let token = client.device_token.as_ref()?.expose_secret();
                (token.len() <= MAX_SECRET).then(|| self.of(kind, user_id, token))
            }
            Kind::Network | Kind::Link => Some(self.of(kind, user_id, &client.network())),
            Kind::Fingerprint => Some(self.of(kind, user_id, &client.fingerprint())),
        };
        let marks = Kind::ALL.into_iter();
        marks.filter_map(|kind| Some((kind, mark(kind)?))).collect()
    }
}

/// What the account of `user_id` knows of `client` at `now`.
pub(super) async fn recognize(
    db: &impl ConnectionTrait,
    marks: &Marks,
    (user_id, client): (UserId, &Client),
    now: DateTime<Utc>,
) -> Result<Recognition, DbErr> {
    let mut marks = marks.of_client(user_id, client);
    let known: Vec<Vec<u8>> = table::Entity::find()
        .select_only()
        .column(table::Column::Mark)
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Mark.is_in(marks.iter().map(|(_, mark)| mark.as_slice())))
        .filter(table::Column::KnownUntil.gt(now))
        .into_tuple()
        .all(db)
        .await?;
    marks.retain(|(_, mark)| known.contains(mark));
    Ok(Recognition { known: marks })
}

impl Lockout {
    /// Returns whether the account of `user_id` was signed in to from such a place before, so that its owner is not
    /// notified.
    pub(crate) async fn is_familiar(
        &self,
        db: &impl ConnectionTrait,
        (user_id, recognition): (UserId, &Recognition),
    ) -> Result<bool, DbErr> {
        if recognition.knows(Kind::Fingerprint) {
            return Ok(true);
        }
        if !recognition.knows(Kind::Device) && !recognition.knows(Kind::Network) {
            return Ok(false);
        }
        // The account was last used before fingerprints were stored.
        let fingerprints = table::Entity::find()
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Kind.eq(Kind::Fingerprint.name()))
            .count(db);
        Ok(fingerprints.await? == 0)
    }
}
