//! The ceremonies of passkeys: options for the browser, and its answers.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use serde_json::Value;

use super::{Passkey, SecondFactors};
use crate::db::UserId;
use crate::db::entity::used_ceremonies as table;
use crate::entropy::{self, Entropy};
use crate::webauthn::{
    Challenge, ChallengePurpose, Descriptor, RelyingParty, TIMEOUT_SECONDS, UserEntity,
    WebauthnError, creation_options, request_options,
};

/// What a ceremony is for, and the session or sign-in challenge in which it was begun; empty for a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Ceremony {
    /// The purpose.
    pub(crate) purpose: ChallengePurpose,
    /// The session or challenge.
    pub(crate) place: Vec<u8>,
}

impl SecondFactors {
    /// Returns the options to use a passkey, valid until `until`: one of `passkeys`, or any if there are none.
    pub(crate) fn request_options(
        &self,
        relying_party: &RelyingParty,
        (ceremony, passkeys): (&Ceremony, &[Passkey]),
        until: DateTime<Utc>,
        entropy: &dyn Entropy,
    ) -> Value {
        let challenge = self.issue(ceremony, until, entropy);
        request_options(relying_party, &challenge, &descriptors(passkeys))
    }

    /// Returns the options to create a passkey of `user_id`, who has `passkeys` already, and until when they are valid.
    pub(crate) fn creation_options(
        &self,
        relying_party: &RelyingParty,
        (ceremony, passkeys): (&Ceremony, &[Passkey]),
        (user_id, address, name): (UserId, &str, &str),
        (until, entropy): (DateTime<Utc>, &dyn Entropy),
    ) -> Value {
        let challenge = self.issue(ceremony, until, entropy);
        let user = UserEntity {
            id: user_id.0,
            name: address,
            display_name: name,
        };
        creation_options(relying_party, user, &challenge, &descriptors(passkeys))
    }

    /// Returns until when options issued at `now` are valid.
    pub(crate) fn options_until(now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::seconds(i64::try_from(TIMEOUT_SECONDS).unwrap_or_default())
    }

    /// Verifies that a challenge was issued for this ceremony.
    pub(super) fn verify_ceremony(
        &self,
        challenge: &[u8],
        ceremony: &Ceremony,
        now: DateTime<Utc>,
    ) -> Result<Challenge, WebauthnError> {
        let (purpose, place) = (ceremony.purpose, &ceremony.place);
        self.ceremonies
            .verify(challenge, purpose, place, seconds(now))
    }

    fn issue(&self, ceremony: &Ceremony, until: DateTime<Utc>, entropy: &dyn Entropy) -> Challenge {
        let random = entropy::bytes(entropy);
        let (purpose, place) = (ceremony.purpose, &ceremony.place);
        self.ceremonies
            .issue(random, seconds(until), purpose, place)
    }
}

/// Records that the challenge was used. Returns `false` if it was used before.
pub(super) async fn consume(
    db: &impl ConnectionTrait,
    challenge: &Challenge,
) -> Result<bool, DbErr> {
    let until = i64::try_from(challenge.expires_at()).unwrap_or(i64::MAX);
    let row = table::ActiveModel {
        nonce: Set(challenge.nonce().to_vec()),
        expires_at: Set(DateTime::from_timestamp(until, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)),
    };
    let again = OnConflict::column(table::Column::Nonce)
        .do_nothing()
        .to_owned();
    let inserted = table::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await;
    match inserted {
        Ok(rows) => Ok(rows == 1),
        Err(DbErr::RecordNotInserted) => Ok(false),
        Err(error) => Err(error),
    }
}

fn descriptors(passkeys: &[Passkey]) -> Vec<Descriptor<'_>> {
    let described = passkeys.iter().map(|passkey| Descriptor {
        id: &passkey.credential_id,
        transports: &passkey.transports,
    });
    described.collect()
}

/// Times before 1970 are no times of a ceremony.
fn seconds(time: DateTime<Utc>) -> u64 {
    u64::try_from(time.timestamp()).unwrap_or_default()
}
