//! Who caused an event.

use uuid::Uuid;

use crate::db::UserId;

/// Who caused an event. Usually the account's own user; administrators and the command line act on accounts, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Actor {
    /// A user who proved a credential or followed a link that was emailed to them.
    User(UserId),
    /// A client that proved nothing, such as a failed sign-in.
    Anonymous,
    /// An operator on the command line.
    CommandLine,
    /// Gatehouse itself, such as a lockout.
    System,
}

impl Actor {
    /// Returns the kind as stored and exported.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::User(_) => "USER",
            Self::Anonymous => "ANONYMOUS",
            Self::CommandLine => "COMMAND_LINE",
            Self::System => "SYSTEM",
        }
    }

    /// Returns the id of the user who acted.
    pub(super) fn id(self) -> Option<Uuid> {
        match self {
            Self::User(id) => Some(id.0),
            Self::Anonymous | Self::CommandLine | Self::System => None,
        }
    }
}
