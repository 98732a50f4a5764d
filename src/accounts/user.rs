//! An account as the rest of the service sees it.

use chrono::{DateTime, Utc};

use crate::db::UserId;

/// A person with an account. Holds no password hash.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// Its identifier; the `sub` of its access tokens.
    pub(crate) id: UserId,
    /// As typed.
    pub(crate) email: String,
    /// Whether a link mailed to that address was followed.
    pub(crate) email_verified: bool,
    /// The address that a change waits for, as typed.
    pub(crate) pending_email: Option<String>,
    /// As typed.
    pub(crate) username: Option<String>,
    /// What to call the person.
    pub(crate) name: Option<String>,
    /// Where a picture of the person is.
    pub(crate) avatar_url: Option<String>,
    /// BCP 47.
    pub(crate) locale: Option<String>,
    /// When the account was made.
    pub(crate) created_at: DateTime<Utc>,
    /// When the profile was changed last.
    pub(crate) updated_at: DateTime<Utc>,
    /// When somebody signed in last; unset until the first login after registering.
    pub(crate) last_login_at: Option<DateTime<Utc>>,
    /// When the password was set.
    pub(crate) password_changed_at: DateTime<Utc>,
}
