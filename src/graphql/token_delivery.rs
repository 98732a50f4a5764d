//! How the tokens of a session reach a client: in the payload, or as cookies that no script can read.
//!
//! Who was let in by a cookie is never handed a token in a payload: a script in the page could read it there.

use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use super::objects::AuthTokens;
use crate::sessions::IssuedTokens;

/// What becomes of a client's cookies.
#[derive(Debug)]
pub(crate) enum CookieChange {
    /// They are these tokens from now on.
    Set(IssuedTokens),
    /// They go: their session has ended.
    Clear,
}

/// How tokens travel in one request and its answer.
#[derive(Debug)]
pub(crate) struct TokenDelivery {
    by_cookie: bool,
    refresh_token: Option<SecretString>,
    change: Mutex<Option<CookieChange>>,
}

impl TokenDelivery {
    /// In inputs and payloads.
    pub(crate) fn in_payload() -> Self {
        Self {
            by_cookie: false,
            refresh_token: None,
            change: Mutex::new(None),
        }
    }

    /// As cookies, of which one held `refresh_token`.
    pub(crate) fn by_cookie(refresh_token: Option<SecretString>) -> Self {
        Self {
            by_cookie: true,
            refresh_token,
            change: Mutex::new(None),
        }
    }

    /// What becomes of the client's cookies, once the request was executed.
    pub(crate) fn take_change(&self) -> Option<CookieChange> {
        let mut change = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        change.take()
    }

    /// The refresh token that came as a cookie.
    pub(super) fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Hands out `tokens`: what is returned belongs into the payload.
    pub(super) fn deliver(&self, tokens: IssuedTokens) -> Option<AuthTokens> {
        if !self.by_cookie {
            return Some(tokens.into());
        }
        self.note(CookieChange::Set(tokens));
        None
    }

    /// The client's session has ended.
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
