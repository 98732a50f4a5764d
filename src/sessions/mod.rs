//! Sessions: one for each sign-in, from its first token to its end.
//!
//! Owns `sessions`. Invariants: a revoked or expired session authenticates nothing, on any instance and at once; a
//! refresh token has exactly one next refresh token; only this module creates a [`Viewer`], from a credential that
//! [`authenticate()`] verified or a session that was just created.

mod arrival;
mod authenticate;
mod bound;
mod confirm_active;
mod ended_recently;
mod list_sessions;
mod logout;
mod method;
mod open_session;
mod personal_data;
mod queries;
mod refresh_session;
mod remove_methods;
mod replace_session;
mod replay;
mod revoke_other_sessions;
mod revoke_session;
mod session;
mod sweep;
mod viewer;

pub(crate) use authenticate::{Authentication, AuthenticationError, authenticate};
pub(crate) use bound::{find_excess, trim};
pub(crate) use confirm_active::{confirm_active, lock_sessions};
pub(crate) use ended_recently::ended_recently;
pub(crate) use list_sessions::{get_session, list_sessions, sessions_by_id};
pub(crate) use logout::{RefreshCredentials, current_session, end_current, logout};
pub(crate) use method::{Authenticated, Level, Method};
pub(crate) use open_session::{IssuedTokens, OpenedSession, open_session};
pub(crate) use personal_data::{count, export, forget};
pub(crate) use refresh_session::{RefreshSessionError, refresh_session};
pub(crate) use remove_methods::remove_methods;
pub(crate) use replace_session::{end_all, end_others, renew_session, replace_session};
pub(crate) use revoke_other_sessions::revoke_other_sessions;
pub(crate) use revoke_session::{RevokeSessionError, revoke_session};
pub(crate) use session::Session;
pub(crate) use sweep::sweep;
pub(crate) use viewer::Viewer;
