//! An account, as other modules see it.

use chrono::{DateTime, Utc};

use crate::db::UserId;

/// A person with an account, without password hashes.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// The id; the `sub` of its access tokens.
    pub(crate) id: UserId,
    /// As typed.
    pub(crate) email: String,
    /// Whether that address is verified.
    pub(crate) email_verified: bool,
    /// The new address of a pending change, as typed.
    pub(crate) pending_email: Option<String>,
    /// As typed.
    pub(crate) username: Option<String>,
    /// The display name.
    pub(crate) name: Option<String>,
    /// The URL of the user's picture.
    pub(crate) avatar_url: Option<String>,
    /// BCP 47.
    pub(crate) locale: Option<String>,
    /// When the account was created.
    pub(crate) created_at: DateTime<Utc>,
    /// When the profile was last changed.
    pub(crate) updated_at: DateTime<Utc>,
    /// When the user last signed in; unset until the first login after registering.
    pub(crate) last_login_at: Option<DateTime<Utc>>,
    /// When the password was set.
    pub(crate) password_changed_at: DateTime<Utc>,
}
