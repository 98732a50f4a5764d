//! The two classes of failure that are not the user's: a [`Refusal`] (the client or the capacity), and
//! within it the [`InternalError`] (us).
//!
//! What a user can put right is neither; it is the inner `Result` of an operation, which returns
//! `Result<Result<Done, Vec<Problem>>, Refusal>`: `?` carries refusals, problems are returned as data.

mod conflict;
mod outage;
mod reason;
mod refusal;

use conflict::MayConflict;
pub(crate) use conflict::retry_conflict;
pub(crate) use outage::is_outage;
pub(crate) use reason::reason;
pub(crate) use refusal::{InternalError, Outcome, Refusal, caught, panic_text};
