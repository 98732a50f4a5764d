//! Begins a ceremony of a passkey.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::enrollment::Place;
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult};
use crate::factors::{Ceremony, MAX_PASSKEYS, SecondFactors};
use crate::sessions::Viewer;
use crate::webauthn::{ChallengePurpose, RelyingParty};

/// What the passkey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasskeyPurpose {
    /// Signing in.
    SignIn,
    /// Proving a credential again in a session.
    Reauthenticate,
    /// Adding a passkey.
    Register,
}

/// Options for the browser.
pub(crate) struct PasskeyOptions {
    /// The options, as JSON of Web Authentication, section 5.1.
    pub(crate) options: Value,
    /// Until when the answer is accepted.
    pub(crate) expires_at: DateTime<Utc>,
}

/// Why there are no options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartPasskeyError {
    /// The challenge is invalid, or does not enroll.
    ChallengeInvalid,
    /// Passkeys are off.
    PasskeysDisabled,
    /// The account has no passkey to prove.
    NoPasskey,
    /// The account has as many as it may have.
    TooMany,
    /// The address must be verified first.
    EmailNotVerified,
}

use StartPasskeyError as UserError;

/// Returns the options of one ceremony. Nothing is stored. The options of a sign-in name no account and no passkey.
pub(crate) async fn start_passkey(
    app: &App,
    purpose: PasskeyPurpose,
    (viewer, challenge): (Option<&Viewer>, Option<&str>),
    client: &Client,
) -> Result<UserResult<PasskeyOptions, StartPasskeyError>, OperationError> {
    let Some(relying_party) = app.factors.relying_party() else {
        return Ok(Err(vec![UserError::PasskeysDisabled]));
    };
    match purpose {
        PasskeyPurpose::SignIn => Ok(Ok(sign_in(app, relying_party))),
        PasskeyPurpose::Reauthenticate => {
            let viewer = viewer.ok_or(OperationError::Unauthenticated)?;
            reauthenticate(app, relying_party, viewer).await
        }
        PasskeyPurpose::Register => register(app, relying_party, (viewer, challenge), client).await,
    }
}

fn sign_in(app: &App, relying_party: &RelyingParty) -> PasskeyOptions {
    let ceremony = Ceremony {
        purpose: ChallengePurpose::SignIn,
        place: Vec::new(),
    };
    let expires_at = SecondFactors::options_until(app.clock.now());
    let (known, entropy) = ((&ceremony, [].as_slice()), &*app.entropy);
    let options = app
        .factors
        .request_options(relying_party, known, expires_at, entropy);
    PasskeyOptions {
        options,
        expires_at,
    }
}

async fn reauthenticate(
    app: &App,
    relying_party: &RelyingParty,
    viewer: &Viewer,
) -> Result<UserResult<PasskeyOptions, UserError>, OperationError> {
    let passkeys = app
        .factors
        .passkeys(app.db.read(), viewer.user_id())
        .await?;
    if passkeys.is_empty() {
        return Ok(Err(vec![UserError::NoPasskey]));
    }
    let ceremony = Ceremony {
        purpose: ChallengePurpose::Reauthenticate,
        place: viewer.session_id().0.as_bytes().to_vec(),
    };
    let expires_at = SecondFactors::options_until(app.clock.now());
    let (known, entropy) = ((&ceremony, passkeys.as_slice()), &*app.entropy);
    let options = app
        .factors
        .request_options(relying_party, known, expires_at, entropy);
    Ok(Ok(PasskeyOptions {
        options,
        expires_at,
    }))
}

async fn register(
    app: &App,
    relying_party: &RelyingParty,
    caller: (Option<&Viewer>, Option<&str>),
    client: &Client,
) -> Result<UserResult<PasskeyOptions, UserError>, OperationError> {
    let Some(place) = Place::find(app, caller, client).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    let Some(user) = place.verified_user(app).await? else {
        return Ok(Err(vec![UserError::EmailNotVerified]));
    };
    place.require_recent(app).await?;
    let passkeys = app.factors.passkeys(app.db.read(), user.id).await?;
    if passkeys.len() >= MAX_PASSKEYS {
        return Ok(Err(vec![UserError::TooMany]));
    }
    let ceremony = registration(&place);
    let expires_at = SecondFactors::options_until(app.clock.now());
    let name = user.name.as_deref().unwrap_or(&user.email);
    let options = app.factors.creation_options(
        relying_party,
        (&ceremony, &passkeys),
        (user.id, &user.email, name),
        (expires_at, &*app.entropy),
    );
    Ok(Ok(PasskeyOptions {
        options,
        expires_at,
    }))
}

/// Returns the ceremony that adds a passkey in `place`.
pub(super) fn registration(place: &Place) -> Ceremony {
    Ceremony {
        purpose: ChallengePurpose::Register,
        place: place.id().as_bytes().to_vec(),
    }
}
