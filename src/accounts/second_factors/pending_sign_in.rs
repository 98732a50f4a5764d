//! A sign-in after its first step.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use secrecy::SecretString;
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::errors::InternalError;
use crate::factors::{Available, Ceremony, NewChallenge, find_removal};
use crate::sessions::Method;
use crate::webauthn::ChallengePurpose;

/// A sign-in that waits for its second step. It authenticates nothing.
pub(crate) struct PendingSignIn {
    /// The secret that completes it, with a proof.
    pub(crate) token: SecretString,
    /// The expiry.
    pub(crate) expires_at: DateTime<Utc>,
    /// What the user can prove, preferred first. Empty if a factor must be enrolled.
    pub(crate) methods: Vec<Method>,
    /// Whether the account has no factor and must enroll one.
    pub(crate) must_enroll: bool,
    /// The options to prove a passkey, if the user has one.
    pub(crate) passkey_options: Option<Value>,
    /// When the account's factors are removed, if that is scheduled.
    pub(crate) removal_scheduled_for: Option<DateTime<Utc>>,
}

/// Stores the challenge in the transaction `db` of the first step.
pub(in crate::accounts) async fn pending_sign_in(
    app: &App,
    db: &impl ConnectionTrait,
    (new, available): (NewChallenge, Available),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<PendingSignIn, InternalError> {
    let user_id = new.user_id;
    let source = (&app.identifiers, &*app.entropy);
    let issued = app
        .factors
        .issue_challenge(db, (new, client), source, now)
        .await?;
    let passkeys = if available.passkey {
        app.factors.passkeys(db, user_id).await?
    } else {
        Vec::new()
    };
    let usable = app.factors.relying_party().filter(|_| !passkeys.is_empty());
    let passkey_options = usable.map(|relying_party| {
        let ceremony = Ceremony {
            purpose: ChallengePurpose::SecondFactor,
            place: issued.id.0.as_bytes().to_vec(),
        };
        let (until, entropy) = (issued.expires_at, &*app.entropy);
        app.factors
            .request_options(relying_party, (&ceremony, &passkeys), until, entropy)
    });
    let removal = find_removal(db, user_id).await?;
    let methods = [
        (Method::Passkey, passkey_options.is_some()),
        (Method::Totp, available.totp),
        (Method::RecoveryCode, available.recovery_code),
    ];
    let usable = methods.into_iter().filter(|(_, is_usable)| *is_usable);
    Ok(PendingSignIn {
        token: issued.token,
        expires_at: issued.expires_at,
        methods: usable.map(|(method, _)| method).collect(),
        must_enroll: !available.any(),
        passkey_options,
        removal_scheduled_for: removal.map(|removal| removal.scheduled_for),
    })
}
