use async_graphql::Enum;

use crate::sessions::Method;

/// How a user proved their identity. More values may be added.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AuthenticationMethod {
    /// The password. `pwd` in the `amr` claim (RFC 8176, section 2).
    Password,
}

impl From<Method> for AuthenticationMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Password => Self::Password,
        }
    }
}
