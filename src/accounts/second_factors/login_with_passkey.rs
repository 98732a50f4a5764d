//! Signs in with a passkey alone.

use chrono::{DateTime, Utc};

use super::super::complete_sign_in::{Completed, SignIn, SignedIn, complete_sign_in};
use super::super::queries::{self, Account};
use super::super::sign_in_state::{Closed, lock_open};
use super::rejected_passkey::rejected;
use super::{FactorError, VerifiedFactor, call_off_removal};
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::Ceremony;
use crate::lockout::Recognition;
use crate::rate_limits::Action;
use crate::security_events::EventKind;
use crate::sessions::{Authenticated, Method, lock_sessions};
use crate::webauthn::ChallengePurpose;

/// Why a sign-in with a passkey is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginWithPasskeyError {
    /// The browser's answer is rejected.
    PasskeyInvalid,
    /// No account has this passkey.
    PasskeyUnknown,
    /// The options have expired.
    CeremonyExpired,
    /// Passkeys are off.
    PasskeysDisabled,
    /// The address must be verified first.
    EmailNotVerified,
    /// The account is scheduled for deletion at this time.
    DeletionPending(DateTime<Utc>),
}

use LoginWithPasskeyError as UserError;

impl From<Closed> for UserError {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Removed => Self::PasskeyUnknown,
            Closed::EmailNotVerified => Self::EmailNotVerified,
            Closed::DeletionPending(time) => Self::DeletionPending(time),
        }
    }
}

impl From<FactorError> for UserError {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::CeremonyExpired => Self::CeremonyExpired,
            _ => Self::PasskeyInvalid,
        }
    }
}

/// Signs in with the browser's answer to the options of a sign-in, in place of the session `replaces`.
pub(crate) async fn login_with_passkey(
    app: &App,
    (json, replaces): (&[u8], Option<(UserId, SessionId)>),
    client: &Client,
) -> Result<UserResult<SignedIn, LoginWithPasskeyError>, OperationError> {
    let outcome = try_to(app, (json, replaces), client).await?;
    let name = match outcome.as_ref().map_err(|errors| errors.first()) {
        Ok(_) => "succeeded",
        Err(Some(UserError::PasskeyInvalid) | None) => "passkey_invalid",
        Err(Some(UserError::PasskeyUnknown)) => "passkey_unknown",
        Err(Some(UserError::CeremonyExpired)) => "ceremony_expired",
        Err(Some(UserError::PasskeysDisabled)) => "passkeys_disabled",
        Err(Some(UserError::EmailNotVerified)) => "email_not_verified",
        Err(Some(UserError::DeletionPending(_))) => "deletion_pending",
    };
    app.metrics.factors.passkey_logins.increment(name);
    if outcome.is_err() {
        let network = client.network();
        tracing::info!(reason = name, network, "sign-in with a passkey rejected");
    }
    Ok(outcome)
}

async fn try_to(
    app: &App,
    (json, replaces): (&[u8], Option<(UserId, SessionId)>),
    client: &Client,
) -> Result<UserResult<SignedIn, UserError>, OperationError> {
    let now = app.clock.now();
    let Some(relying_party) = app.factors.relying_party() else {
        return Ok(Err(vec![UserError::PasskeysDisabled]));
    };
    let ceremony = Ceremony {
        purpose: ChallengePurpose::SignIn,
        place: Vec::new(),
    };
    let db = app.db.read();
    let verified = app
        .factors
        .verify_passkey(db, relying_party, (json, &ceremony), now)
        .await?;
    let found = verified.as_ref().ok().and_then(Option::as_ref);
    let name = found.map(|used| used.passkey.user_id.to_string());
    let name = name.as_deref().unwrap_or("unknown passkey");
    app.rate_limits.charge(Action::Login, client, name).await?;
    let used = match verified {
        Ok(Some(used)) => used,
        Ok(None) => return Ok(Err(vec![UserError::PasskeyUnknown])),
        Err(error) => return Ok(Err(vec![rejected(error).into()])),
    };
    let user_id = used.passkey.user_id;
    let Some(account) = queries::find_account(db, user_id).await? else {
        return Ok(Err(vec![UserError::PasskeyUnknown]));
    };
    let subject = (app.lockout.account(user_id), client);
    let recognition = app.lockout.attempt(db, subject, now).await?.recognition;
    let is_familiar = app.lockout.is_familiar(db, (user_id, &recognition)).await?;
    let place = (&recognition, is_familiar, replaces);
    let verified = VerifiedFactor::Passkey(Box::new(used));
    retry_conflict(&*app.entropy, || {
        sign_in(app, (&account, &verified), place, (now, client))
    })
    .await
}

async fn sign_in(
    app: &App,
    (account, verified): (&Account, &VerifiedFactor),
    (recognition, is_familiar, replaces): (&Recognition, bool, Option<(UserId, SessionId)>),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<SignedIn, UserError>, OperationError> {
    let user_id = account.user.id;
    let tx = app.db.begin_write().await?;
    if let Some((user_id, _)) = replaces {
        lock_sessions(&*tx, user_id, now).await?;
    }
    if let Err(closed) = lock_open(app, &tx, account).await? {
        return Ok(Err(vec![closed.into()]));
    }
    if let Err(error) = verified.consume(app, &tx, user_id, now).await? {
        return Ok(Err(vec![error.into()]));
    }
    let sign_in = SignIn {
        user: &account.user,
        authenticated: Authenticated::by(Method::Passkey, user_id, now),
        password: None,
        replaces,
        recognition,
        is_familiar,
        event: EventKind::LoginSucceeded,
    };
    let completed = complete_sign_in(app, &tx, sign_in, (now, client)).await?;
    let Completed::SignedIn(signed_in) = completed else {
        return Err(InternalError::new("a passkey left a sign-in incomplete").into());
    };
    let session = Some(signed_in.opened.session.id);
    call_off_removal(app, &tx, (&account.user, session), (now, client)).await?;
    tx.commit().await?;
    let method = Method::Passkey.name();
    tracing::info!(user = %user_id, session = %signed_in.opened.session.id, method, "user signed in");
    Ok(Ok(*signed_in))
}
