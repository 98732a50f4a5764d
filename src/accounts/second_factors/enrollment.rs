//! What setting up any factor has in common: where it happens, who may, and what follows.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::User;
use super::super::account_state::lock_active;
use super::super::complete_sign_in::{Completed, SignIn, SignedIn, complete_sign_in};
use super::super::current_password;
use super::super::notices::{Notice, notify};
use super::super::queries;
use super::call_off_removal;
use super::step_up::{require_recent, require_strong};
use crate::app::App;
use crate::client::Client;
use crate::config::EmailVerification;
use crate::db::{UserId, WriteTransaction};
use crate::errors::{InternalError, OperationError};
use crate::factors::{Available, RecoveryCode, SignInChallenge, void_challenges, void_pending};
use crate::mail::FactorName;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{
    Authenticated, Method, Viewer, confirm_active, lock_sessions, renew_session,
};

/// Where a factor is set up: in a session, or in a sign-in that must enroll one.
pub(super) enum Place {
    Session(Viewer),
    SignIn(Box<SignInChallenge>),
}

/// A factor was set up.
pub(crate) struct Enrolled {
    /// The user and the session: the one that replaces the current one, or that of the sign-in.
    pub(crate) signed_in: SignedIn,
    /// The recovery codes, with the first factor.
    pub(crate) recovery_codes: Option<Vec<RecoveryCode>>,
}

/// A factor that was just stored.
pub(super) struct NewFactor<'a> {
    pub(super) method: Method,
    pub(super) name: FactorName<'a>,
}

impl Place {
    /// Returns the place: the sign-in with this challenge if there is one, otherwise the viewer's session. `None` if the
    /// challenge is invalid, or its account has a factor: that must be proved, and no other enrolled.
    pub(super) async fn find(
        app: &App,
        (viewer, challenge): (Option<&Viewer>, Option<&str>),
        client: &Client,
    ) -> Result<Option<Self>, OperationError> {
        let Some(token) = challenge else {
            let viewer = viewer.ok_or(OperationError::Unauthenticated)?;
            return Ok(Some(Self::Session(*viewer)));
        };
        let (db, now) = (app.db.read(), app.clock.now());
        let found = app.factors.find_challenge(db, (token, client), now).await?;
        let Some(challenge) = found else {
            return Ok(None);
        };
        let has_factor = app.factors.available(db, challenge.user_id).await?.any();
        Ok((!has_factor).then(|| Self::SignIn(Box::new(challenge))))
    }

    pub(super) fn user_id(&self) -> UserId {
        match self {
            Self::Session(viewer) => viewer.user_id(),
            Self::SignIn(challenge) => challenge.user_id,
        }
    }

    /// Returns the id of the session or challenge.
    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Session(viewer) => viewer.session_id().0,
            Self::SignIn(challenge) => challenge.id.0,
        }
    }

    /// Requires a recent session. A sign-in is recent.
    pub(super) async fn require_recent(&self, app: &App) -> Result<(), OperationError> {
        let Self::Session(viewer) = self else {
            return Ok(());
        };
        let available = app
            .factors
            .available(app.db.read(), viewer.user_id())
            .await?;
        require_recent(app, viewer, available, app.clock.now())
    }

    /// Returns the user; `None` if the address has to be verified first, so that nobody sets up a factor for the account of
    /// an address that is not theirs.
    pub(super) async fn verified_user(&self, app: &App) -> Result<Option<User>, OperationError> {
        let account = queries::find_account(app.db.read(), self.user_id()).await?;
        let user = account
            .filter(|account| account.deletion_scheduled_for.is_none())
            .ok_or(OperationError::Unauthenticated)?
            .user;
        let is_verified =
            user.email_verified || app.config.accounts.email_verification == EmailVerification::Off;
        Ok(is_verified.then_some(user))
    }

    /// As [`Self::lock`], but leaves a challenge as it is. Returns `false` if that is no longer valid.
    pub(super) async fn lock_to_start(
        &self,
        app: &App,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
    ) -> Result<bool, OperationError> {
        let Self::SignIn(challenge) = self else {
            return Ok(self.lock(app, tx, now).await?.is_some());
        };
        let had_none = lock_active(&**tx, challenge.user_id).await?
            && !app.factors.available(&**tx, challenge.user_id).await?.any();
        Ok(had_none)
    }

    /// Locks what the change touches: the sessions first, then the account. Returns which factors the account has; `None` if
    /// the challenge is no longer valid. A session without one of these factors has to prove one first.
    pub(super) async fn lock(
        &self,
        app: &App,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
    ) -> Result<Option<Available>, OperationError> {
        let user_id = self.user_id();
        match self {
            Self::Session(viewer) => {
                confirm_active(&**tx, viewer, now).await?;
                if !lock_active(&**tx, user_id).await? {
                    return Err(OperationError::Unauthenticated);
                }
                let had = app.factors.available(&**tx, user_id).await?;
                require_strong(app, viewer, had)?;
                Ok(Some(had))
            }
            Self::SignIn(challenge) => {
                if let Some((user_id, _)) = challenge.replaces {
                    lock_sessions(&**tx, user_id, now).await?;
                }
                if !lock_active(&**tx, user_id).await? {
                    return Ok(None);
                }
                let had = app.factors.available(&**tx, user_id).await?;
                let is_valid = match challenge.password_version {
                    Some(version) => {
                        current_password::is_current(&**tx, (user_id, version)).await?
                    }
                    None => true,
                };
                let is_valid = is_valid
                    && !had.any()
                    && app.factors.consume_challenge(&**tx, challenge.id).await?;
                Ok(is_valid.then_some(had))
            }
        }
    }
}

/// After a factor was stored: issues recovery codes with the first one, records and emails it, and renews the session or
/// completes the sign-in.
pub(super) async fn finish(
    app: &App,
    tx: &WriteTransaction,
    (place, had): (&Place, Available),
    new: &NewFactor<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Enrolled, OperationError> {
    let user_id = place.user_id();
    let user = queries::find_user(&**tx, user_id)
        .await?
        .ok_or_else(|| InternalError::new("an account vanished under its enrollment"))?;
    let mut recovery_codes = None;
    if !had.any() {
        let source = (&app.identifiers, &*app.entropy);
        let codes = app.factors.replace_codes(&**tx, user_id, source, now);
        recovery_codes = Some(codes.await?);
    }
    void_challenges(&**tx, user_id).await?;
    // Of sessions that have not proved the new factor.
    void_pending(&**tx, user_id).await?;
    let signed_in = match place {
        Place::Session(viewer) => SignedIn {
            opened: renew_session(app, &**tx, viewer, new.method, (now, client)).await?,
            user: user.clone(),
        },
        Place::SignIn(challenge) => {
            sign_in(app, tx, (challenge, &user), new.method, (now, client)).await?
        }
    };
    let kind = match new.method {
        Method::Passkey => EventKind::PasskeyAdded,
        _ => EventKind::TotpAdded,
    };
    let codes = recovery_codes
        .is_some()
        .then_some(EventKind::RecoveryCodesGenerated);
    for kind in [Some(kind), codes].into_iter().flatten() {
        let event = NewEvent {
            user_id,
            actor: Actor::User(user_id),
            kind,
            session_id: Some(signed_in.opened.session.id),
            client,
        };
        security_events::record(&**tx, &app.identifiers, now, event).await?;
    }
    let session = Some(signed_in.opened.session.id);
    call_off_removal(app, tx, (&user, session), (now, client)).await?;
    let notice = Notice::FactorAdded(new.name);
    notify(app, tx, &user, notice, (now, client)).await?;
    Ok(Enrolled {
        signed_in,
        recovery_codes,
    })
}

async fn sign_in(
    app: &App,
    tx: &WriteTransaction,
    (challenge, user): (&SignInChallenge, &User),
    method: Method,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<SignedIn, OperationError> {
    let subject = (app.lockout.account(user.id), client);
    let recognition = app.lockout.attempt(&**tx, subject, now).await?.recognition;
    let sign_in = SignIn {
        user,
        authenticated: Authenticated::in_two_steps(&challenge.methods, method, user.id, now),
        password: challenge.password_version,
        replaces: challenge.replaces,
        recognition: &recognition,
        is_familiar: challenge.is_familiar,
        event: EventKind::LoginSucceeded,
    };
    match complete_sign_in(app, tx, sign_in, (now, client)).await? {
        Completed::SignedIn(signed_in) => Ok(*signed_in),
        Completed::Challenged(_) => {
            Err(InternalError::new("an enrollment left a sign-in incomplete").into())
        }
    }
}
