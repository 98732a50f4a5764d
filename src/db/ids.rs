//! The ids of rows, with one type for each table so that they cannot be confused.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::DeriveValueType;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
        pub struct $name(pub(crate) Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(no_number())
            }
        }
    };
}

id! {
    /// The id of a further registration of an account's address.
    RegistrationId
}
id! {
    /// The id of an account; the `sub` of its access tokens.
    UserId
}
id! {
    /// Which of the passwords that an account has had; storing the same one under another scheme keeps it.
    PasswordVersion
}
id! {
    /// The id of a session; the `sid` of its access tokens.
    SessionId
}
id! {
    /// The id of an authenticator app or a passkey.
    FactorId
}
id! {
    /// The id of a recovery code.
    RecoveryCodeId
}
id! {
    /// The id of a sign-in that waits for its second step.
    ChallengeId
}
id! {
    /// The id of a security event.
    SecurityEventId
}
id! {
    /// The id of an account deletion.
    DeletionId
}
id! {
    /// The id of a queued email.
    MailId
}
id! {
    /// The id of a requested email.
    MailRequestId
}
id! {
    /// The id of a one-time token.
    OneTimeTokenId
}

impl OneTimeTokenId {
    /// Returns when the token was issued, to the millisecond.
    pub(crate) fn issued_at(self) -> Option<DateTime<Utc>> {
        let (seconds, nanoseconds) = self.0.get_timestamp()?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
    }
}

fn no_number() -> sea_orm::DbErr {
    sea_orm::DbErr::ConvertFromU64("an identifier is a UUID")
}
