use async_graphql::Enum;

use crate::sessions::Method;

/// How a user proved their identity. More values may be added.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AuthenticationMethod {
    /// The password. `pwd` in the `amr` claim (RFC 8176, section 2).
    Password,
    /// A passkey. `pop` in the `amr` claim.
    Passkey,
    /// A code of an authenticator app. `otp` in the `amr` claim.
    Totp,
    /// A recovery code. `recovery` in the `amr` claim.
    RecoveryCode,
}

impl From<Method> for AuthenticationMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Password => Self::Password,
            Method::Passkey => Self::Passkey,
            Method::Totp => Self::Totp,
            Method::RecoveryCode => Self::RecoveryCode,
        }
    }
}
