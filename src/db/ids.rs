//! The identifiers of rows, one type for each table, so that one cannot stand in for another.

use std::fmt;
use std::str::FromStr;

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
    /// One registration that waits beside an account.
    RegistrationId
}
id! {
    /// Who an account is; the `sub` of its access tokens.
    UserId
}
id! {
    /// Which of the passwords that an account has had; storing the same one under another scheme keeps it.
    PasswordVersion
}
id! {
    /// One sign-in; the `sid` of its access tokens.
    SessionId
}
id! {
    /// One entry of an account's history.
    SecurityEventId
}
id! {
    /// One request to delete an account.
    DeletionId
}
id! {
    /// One mail on its way.
    MailId
}
id! {
    /// One mail asked for.
    MailRequestId
}
id! {
    /// One link in a mail.
    OneTimeTokenId
}

fn no_number() -> sea_orm::DbErr {
    sea_orm::DbErr::ConvertFromU64("an identifier is a UUID")
}
