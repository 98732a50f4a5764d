//! The mutations on sessions.

pub(super) mod logout;
pub(super) mod refresh_session;
pub(super) mod revoke_other_sessions;
pub(super) mod revoke_session;

pub(super) use refresh_session::RefreshSessionUserError;
pub(super) use revoke_session::RevokeSessionUserError;
