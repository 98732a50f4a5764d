//! The resolvers' access to the application and to the viewer of the request.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, Error};
use async_graphql_value::Value;

use super::errors;
use super::objects::SessionLoader;
use super::request_context::RequestContext;
use crate::app::App;
use crate::db::SignedIn;
use crate::errors::OperationError;
use crate::sessions::{Authentication, AuthenticationError, Viewer};

/// The resolvers' view of `async_graphql`'s context.
pub(super) trait ContextExt {
    /// Returns the application.
    fn app(&self) -> &Arc<App>;
    /// Returns the request.
    fn request(&self) -> &RequestContext;
    /// Returns the viewer, or UNAUTHENTICATED.
    fn viewer(&self) -> Result<Viewer, Error>;
    /// Returns the viewer with the rows that were read when the request was authenticated, or UNAUTHENTICATED.
    fn signed_in(&self) -> Result<(Viewer, &SignedIn), Error>;
    /// Returns the viewer of an operation that also works without one.
    fn viewer_if_any(&self) -> Option<Viewer>;
    /// Rejects a request that carries session cookies that it may not use, with `COOKIES_IGNORED`.
    fn check_cookies(&self) -> Result<(), Error>;
    /// Returns whether the field `name` of the input object `argument` is a variable that was not sent. Such a field
    /// was omitted (GraphQL October 2021, section 3.10), but the framework passes null.
    fn is_unsent(&self, argument: &str, name: &str) -> bool;
    /// Returns the loader that fetches the sessions of a list together.
    fn session_loader(&self) -> &DataLoader<SessionLoader>;
    /// The error that tells the client of `error`.
    fn refuse(&self, error: impl Into<OperationError>) -> Error;
}

impl ContextExt for Context<'_> {
    fn app(&self) -> &Arc<App> {
        self.data_unchecked()
    }

    fn request(&self) -> &RequestContext {
        self.data_unchecked()
    }

    fn viewer(&self) -> Result<Viewer, Error> {
        self.signed_in().map(|(viewer, _)| viewer)
    }

    fn signed_in(&self) -> Result<(Viewer, &SignedIn), Error> {
        match &self.request().authentication {
            Authentication::Viewer(viewer, found) => Ok((*viewer, found)),
            Authentication::Anonymous => {
                let network = self.request().client.network();
                tracing::info!(
                    reason = "no_credential",
                    network,
                    "request rejected: not signed in"
                );
                Err(self.refuse(OperationError::Unauthenticated))
            }
            Authentication::Rejected(AuthenticationError::IgnoredCookies) => {
                Err(self.refuse(OperationError::CookiesIgnored))
            }
            // Logged with its reason where it was looked at.
            Authentication::Rejected(_) => Err(self.refuse(OperationError::Unauthenticated)),
        }
    }

    fn check_cookies(&self) -> Result<(), Error> {
        match &self.request().authentication {
            Authentication::Rejected(AuthenticationError::IgnoredCookies) => {
                Err(self.refuse(OperationError::CookiesIgnored))
            }
            _ => Ok(()),
        }
    }

    fn viewer_if_any(&self) -> Option<Viewer> {
        match &self.request().authentication {
            Authentication::Viewer(viewer, _) => Some(*viewer),
            Authentication::Anonymous | Authentication::Rejected(_) => None,
        }
    }

    fn is_unsent(&self, argument: &str, name: &str) -> bool {
        let given = self.item.node.get_argument(argument).map(|it| &it.node);
        match given {
            Some(Value::Object(fields)) => fields.get(name).is_some_and(|field| match field {
                Value::Variable(variable) => !self.query_env.variables.contains_key(variable),
                _ => false,
            }),
            _ => false,
        }
    }

    fn session_loader(&self) -> &DataLoader<SessionLoader> {
        self.data_unchecked()
    }

    fn refuse(&self, error: impl Into<OperationError>) -> Error {
        let error = error.into();
        self.app()
            .metrics
            .requests
            .operations_rejected
            .increment(errors::code_of(&error));
        errors::refused(error, self.request())
    }
}
