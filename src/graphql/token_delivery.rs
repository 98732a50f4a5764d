//! How the tokens of a session reach a client: in the payload, or as cookies that scripts cannot read.
//!
//! A client that authenticated by cookie never receives a token in a payload, where a script in the page could read it.

use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use super::objects::AuthTokens;
use crate::sessions::IssuedTokens;

/// A change of the client's cookies.
#[derive(Debug)]
pub(crate) enum CookieChange {
    /// They are set to these tokens.
    Set(IssuedTokens),
    /// They are cleared, because their session is no longer active.
    Clear,
}

/// How tokens travel in one request and its response.
#[derive(Debug)]
pub(crate) struct TokenDelivery {
    by_cookie: bool,
    refresh_token: Option<SecretString>,
    change: Mutex<Option<CookieChange>>,
}

impl TokenDelivery {
    /// Uses inputs and payloads.
    pub(crate) fn in_payload() -> Self {
        Self {
            by_cookie: false,
            refresh_token: None,
            change: Mutex::new(None),
        }
    }

    /// Uses cookies, one of which held `refresh_token`.
    pub(crate) fn by_cookie(refresh_token: Option<SecretString>) -> Self {
        Self {
            by_cookie: true,
            refresh_token,
            change: Mutex::new(None),
        }
    }

    /// Returns the change of the client's cookies after the request was executed.
    pub(crate) fn take_change(&self) -> Option<CookieChange> {
        let mut change = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        change.take()
    }

    /// Returns the refresh token that was sent as a cookie.
    pub(super) fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Delivers `tokens`. A returned value belongs into the payload.
    pub(super) fn deliver(&self, tokens: IssuedTokens) -> Option<AuthTokens> {
        if !self.by_cookie {
            return Some(tokens.into());
        }
        self.note(CookieChange::Set(tokens));
        None
    }

    /// Records that the client's session is no longer active.
    pub(super) fn clear(&self) {
        if self.by_cookie {
            self.note(CookieChange::Clear);
        }
    }

    fn note(&self, change: CookieChange) {
        let mut noted = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        *noted = Some(change);
    }
}
