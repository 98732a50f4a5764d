//! Adds a passkey.

use chrono::{DateTime, Utc};

use super::super::profile_fields;
use super::enrollment::{Enrolled, NewFactor, Place, finish};
use super::start_passkey::registration;
use crate::app::App;
use crate::client::{Client, device_name};
use crate::db::FactorId;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::factors::{AddError, MAX_PASSKEYS, NewPasskey, Passkey};
use crate::mail::FactorName;
use crate::rate_limits::Action;
use crate::sessions::{Method, Viewer};
use crate::webauthn::{RelyingParty, WebauthnError};

/// The maximum length of a name in code points.
const MAX_NAME: usize = 64;

/// The user's input.
pub(crate) struct AddPasskey {
    /// The browser's answer, as JSON.
    pub(crate) passkey: Vec<u8>,
    /// The name that the user gives it.
    pub(crate) name: Option<String>,
}

/// Why a passkey is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddPasskeyError {
    /// The challenge is invalid, or does not enroll.
    ChallengeInvalid,
    /// The options have expired or were used before.
    CeremonyExpired,
    /// The browser's answer is rejected.
    PasskeyInvalid,
    /// The authenticator checked neither PIN nor biometrics.
    NotUserVerified,
    /// It is stored already.
    PasskeyTaken,
    /// The name is empty, too long or has characters that cannot be displayed.
    NameInvalid,
    /// The account has as many as it may have.
    TooMany,
    /// Passkeys are off.
    PasskeysDisabled,
}

use AddPasskeyError as UserError;

/// A passkey was added.
pub(crate) struct PasskeyAdded {
    /// The session and the recovery codes.
    pub(crate) enrolled: Enrolled,
    /// The passkey.
    pub(crate) passkey: Passkey,
}

/// Adds the passkey that the browser created with the options of this session or sign-in.
pub(crate) async fn add_passkey(
    app: &App,
    caller: (Option<&Viewer>, Option<&str>),
    command: AddPasskey,
    client: &Client,
) -> Result<UserResult<PasskeyAdded, AddPasskeyError>, OperationError> {
    let Some(relying_party) = app.factors.relying_party() else {
        return Ok(Err(vec![UserError::PasskeysDisabled]));
    };
    let Some(place) = Place::find(app, caller, client).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    let now = app.clock.now();
    let answer = (command.passkey.as_slice(), &registration(&place));
    let verified = app.factors.verify_new_passkey(relying_party, answer, now);
    let mut errors = Vec::new();
    let verified = verified.map_err(|error| errors.push(rejected(error))).ok();
    let name = match &command.name {
        None => Some(device_name(client.user_agent.as_deref())),
        Some(name) => valid_name(name),
    };
    if name.is_none() {
        errors.push(UserError::NameInvalid);
    }
    let (Some(verified), Some(name)) = (verified, name) else {
        return Ok(Err(errors));
    };
    app.rate_limits
        .charge_account(Action::Profile, client, &place.user_id().to_string())
        .await?;
    let new = (relying_party, &verified);
    retry_conflict(&*app.entropy, || {
        store(app, &place, (new, &name), (now, client))
    })
    .await
}

fn rejected(error: WebauthnError) -> UserError {
    tracing::info!(reason = error.name(), "new passkey rejected");
    match error {
        WebauthnError::Expired => UserError::CeremonyExpired,
        WebauthnError::NotUserVerified => UserError::NotUserVerified,
        _ => UserError::PasskeyInvalid,
    }
}

async fn store(
    app: &App,
    place: &Place,
    (new, name): ((&RelyingParty, &NewPasskey), &str),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<PasskeyAdded, UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    let Some(had) = place.lock(app, &tx, now).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    let user_id = place.user_id();
    if app.factors.passkeys(&*tx, user_id).await?.len() >= MAX_PASSKEYS {
        return Ok(Err(vec![UserError::TooMany]));
    }
    let id = FactorId(app.identifiers.next(now));
    let added = app
        .factors
        .add_passkey(&*tx, new, (id, user_id, name), now)
        .await?;
    let passkey = match added {
        Ok(passkey) => passkey,
        Err(AddError::CeremonyUsed) => return Ok(Err(vec![UserError::CeremonyExpired])),
        Err(AddError::Taken) => return Ok(Err(vec![UserError::PasskeyTaken])),
    };
    let factor = NewFactor {
        method: Method::Passkey,
        name: FactorName::Passkey(name),
    };
    let enrolled = finish(app, &tx, (place, had), &factor, (now, client)).await?;
    tx.commit().await?;
    tracing::info!(user = %user_id, passkey = %id, "passkey added");
    Ok(Ok(PasskeyAdded { enrolled, passkey }))
}

/// Returns the name without surrounding white space, if it is one.
fn valid_name(text: &str) -> Option<String> {
    let name = profile_fields::name(text).ok().flatten()?;
    (name.chars().count() <= MAX_NAME).then_some(name)
}
