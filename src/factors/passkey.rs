//! The passkeys of accounts.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use super::SecondFactors;
use super::ceremony::{Ceremony, consume};
use crate::db::entity::passkeys as table;
use crate::db::{FactorId, UserId, violates};
use crate::webauthn::{
    AuthenticationResponse, Challenge, NewCredential, RegistrationResponse, RelyingParty,
    SignatureCounter, StoredCredential, Transport, WebauthnError, verify_authentication,
    verify_registration,
};

/// How many passkeys an account may have.
pub(crate) const MAX_PASSKEYS: usize = 20;

/// A passkey.
#[derive(Clone, Debug)]
pub(crate) struct Passkey {
    /// Its id.
    pub(crate) id: FactorId,
    /// Its user.
    pub(crate) user_id: UserId,
    /// The credential ID.
    pub(crate) credential_id: Vec<u8>,
    /// The name that the user gave it, or that of the device.
    pub(crate) name: String,
    /// How a browser reaches its authenticator.
    pub(crate) transports: Vec<Transport>,
    /// Whether a password manager copied it to other devices when it was last used.
    pub(crate) synced: bool,
    /// When it was added.
    pub(crate) created_at: DateTime<Utc>,
    /// When it was last used after that.
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    public_key: Vec<u8>,
    counter: u32,
    backup_eligible: bool,
}

/// A passkey that a response verified by, and what to store of the use.
pub(crate) struct PasskeyUse {
    /// The passkey.
    pub(crate) passkey: Passkey,
    challenge: Challenge,
    counter: SignatureCounter,
    backup_eligible: bool,
    synced: bool,
}

/// A passkey that was created, to be stored.
pub(crate) struct NewPasskey {
    credential: NewCredential,
    challenge: Challenge,
}

impl SecondFactors {
    /// Returns the passkeys of `user_id` for the current RP ID, oldest first.
    pub(crate) async fn passkeys(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
    ) -> Result<Vec<Passkey>, DbErr> {
        let rows = table::Entity::find()
            .filter(table::Column::UserId.eq(user_id))
            .order_by_asc(table::Column::Id)
            .all(db)
            .await?;
        Ok(rows.into_iter().filter_map(|row| self.read(row)).collect())
    }

    /// Verifies the browser's answer to the options of `ceremony`, by the passkey that it names. `Ok(None)` if no account
    /// has this passkey.
    pub(crate) async fn verify_passkey(
        &self,
        db: &impl ConnectionTrait,
        relying_party: &RelyingParty,
        (json, ceremony): (&[u8], &Ceremony),
        now: DateTime<Utc>,
    ) -> Result<Result<Option<PasskeyUse>, WebauthnError>, DbErr> {
        let response = match AuthenticationResponse::parse(json) {
            Ok(response) => response,
            Err(error) => return Ok(Err(error)),
        };
        let challenge = match self.verify_ceremony(response.challenge(), ceremony, now) {
            Ok(challenge) => challenge,
            Err(error) => return Ok(Err(error)),
        };
        let rows = table::Entity::find()
            .filter(table::Column::CredentialId.eq(response.credential_id()))
            .all(db)
            .await?;
        let Some(row) = rows.into_iter().next() else {
            return Ok(Ok(None));
        };
        let Some(passkey) = self.read(row) else {
            return Ok(Err(WebauthnError::CredentialId));
        };
        let stored = StoredCredential {
            id: &passkey.credential_id,
            public_key: &passkey.public_key,
            user_handle: passkey.user_id.0.as_bytes(),
            counter: passkey.counter,
            backup_eligible: passkey.backup_eligible,
        };
        let verified = verify_authentication(&response, relying_party, &challenge, stored);
        Ok(verified.map(|verified| {
            if verified.counter.went_back() || verified.backup_eligibility_changed {
                let (old, new) = (verified.counter.old, verified.counter.new);
                let eligible = verified.backup_eligible;
                tracing::info!(
                    user = %passkey.user_id, passkey = %passkey.id, old, new, eligible,
                    "passkey used with a lower counter or another eligibility for backup"
                );
            }
            Some(PasskeyUse {
                challenge,
                counter: verified.counter,
                backup_eligible: verified.backup_eligible,
                synced: verified.backup_state,
                passkey,
            })
        }))
    }

    /// Records the use of a passkey. Returns `false` if it was removed meanwhile, or its ceremony was used before.
    pub(crate) async fn use_passkey(
        &self,
        db: &impl ConnectionTrait,
        used: &PasskeyUse,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        if !consume(db, &used.challenge).await? {
            return Ok(false);
        }
        let updated = table::Entity::update_many()
            .set(table::ActiveModel {
                counter: Set(used.counter.new.into()),
                backup_eligible: Set(used.backup_eligible),
                synced: Set(used.synced),
                last_used_at: Set(Some(now)),
                ..Default::default()
            })
            .filter(table::Column::Id.eq(used.passkey.id))
            .filter(table::Column::UserId.eq(used.passkey.user_id))
            .exec(db)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Verifies a passkey that was created with the options of `ceremony`.
    pub(crate) fn verify_new_passkey(
        &self,
        relying_party: &RelyingParty,
        (json, ceremony): (&[u8], &Ceremony),
        now: DateTime<Utc>,
    ) -> Result<NewPasskey, WebauthnError> {
        let response = RegistrationResponse::parse(json)?;
        let challenge = self.verify_ceremony(response.challenge(), ceremony, now)?;
        let credential = verify_registration(&response, relying_party, &challenge)?;
        Ok(NewPasskey {
            credential,
            challenge,
        })
    }

    /// Stores a passkey that was created. `Err` if its ceremony was used before, or the passkey is stored already.
    pub(crate) async fn add_passkey(
        &self,
        db: &impl ConnectionTrait,
        (relying_party, new): (&RelyingParty, &NewPasskey),
        (id, user_id, name): (FactorId, UserId, &str),
        now: DateTime<Utc>,
    ) -> Result<Result<Passkey, AddError>, DbErr> {
        if !consume(db, &new.challenge).await? {
            return Ok(Err(AddError::CeremonyUsed));
        }
        let credential = &new.credential;
        let transports = credential.transports.iter().map(|it| it.name());
        let mut row = table::Model {
            id,
            user_id,
            credential_id: credential.id.clone(),
            public_key: credential.public_key.clone(),
            seal: Vec::new(),
            rp_id: relying_party.id().to_owned(),
            name: name.to_owned(),
            counter: credential.counter.into(),
            backup_eligible: credential.backup_eligible,
            synced: credential.backup_state,
            transports: transports.collect::<Vec<_>>().join(" "),
            aaguid: credential.aaguid,
            created_at: now,
            last_used_at: None,
        };
        row.seal = self.seal_of(&row);
        let inserted = table::Entity::insert(table::ActiveModel::from(row.clone()))
            .exec_without_returning(db)
            .await;
        match inserted {
            Ok(_) => Ok(self.read(row).ok_or(AddError::Taken)),
            Err(error) if violates(&error, "passkeys.credential_id") => Ok(Err(AddError::Taken)),
            Err(error) => Err(error),
        }
    }

    /// Removes a passkey. Returns its name; `None` if the account has none of this id.
    pub(crate) async fn remove_passkey(
        &self,
        db: &impl ConnectionTrait,
        (user_id, id): (UserId, FactorId),
    ) -> Result<Option<String>, DbErr> {
        let rows = table::Entity::find()
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::UserId.eq(user_id))
            .all(db)
            .await?;
        let removed = table::Entity::delete_many()
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::UserId.eq(user_id))
            .exec(db)
            .await?;
        let found = rows.into_iter().next().map(|row| row.name);
        Ok(found.filter(|_| removed.rows_affected == 1))
    }

    /// Returns the passkey of a row that this service wrote for the current RP ID.
    fn read(&self, row: table::Model) -> Option<Passkey> {
        let relying_party = self.relying_party.as_ref()?;
        if row.rp_id != relying_party.id() {
            return None;
        }
        if row.seal != self.seal_of(&row) {
            tracing::warn!(passkey = %row.id, "passkey ignored: its row was changed or has another GATEHOUSE_SECRET");
            return None;
        }
        Some(Passkey {
            id: row.id,
            user_id: row.user_id,
            credential_id: row.credential_id,
            name: row.name,
            transports: row
                .transports
                .split(' ')
                .filter_map(Transport::of)
                .collect(),
            synced: row.synced,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            public_key: row.public_key,
            counter: u32::try_from(row.counter).unwrap_or_default(),
            backup_eligible: row.backup_eligible,
        })
    }

    /// Each part but the last has a fixed length, or its length in front of it.
    fn seal_of(&self, row: &table::Model) -> Vec<u8> {
        let length = |bytes: &[u8]| (bytes.len() as u64).to_be_bytes();
        let (rp_id, id) = (row.rp_id.as_bytes(), row.credential_id.as_slice());
        let parts: [&[u8]; 6] = [
            row.user_id.0.as_bytes(),
            &length(rp_id),
            rp_id,
            &length(id),
            id,
            &row.public_key,
        ];
        self.passkey_seal.hash(&parts).to_vec()
    }
}

/// Why a passkey is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddError {
    /// Its ceremony was used before.
    CeremonyUsed,
    /// It is stored already.
    Taken,
}
