//! The responses of the GraphQL endpoint, and the log lines of rejected requests.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Response as GraphqlResponse, ServerError, Value};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::negotiation::MediaType;
use super::request::RequestError;
use crate::app::App;
use crate::client::Client;
use crate::config::{Config, Profile};
use crate::graphql::{DocumentError, LimitExceeded, code};

/// The body of a response (GraphQL October 2021, section 7.1). Fields are in the requested order.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
}

/// Builds the response to one request.
pub(super) struct Responses<'a> {
    app: &'a App,
    media_type: MediaType,
    /// The client, for the log.
    client: &'a Client,
    detail: Detail,
}

/// How much a response reveals of why a document cannot be executed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything, for developers.
    Full,
    /// Only that it cannot: more would reveal the schema although introspection is disabled.
    None,
}

impl Detail {
    fn of(config: &Config) -> Self {
        if config.profile == Profile::Production && !config.limits.introspection {
            Self::None
        } else {
            Self::Full
        }
    }
}

impl<'a> Responses<'a> {
    /// Creates the responses to `client`, which accepts `media_type`.
    pub(super) fn new(app: &'a App, media_type: MediaType, client: &'a Client) -> Self {
        Self {
            app,
            media_type,
            client,
            detail: Detail::of(&app.config),
        }
    }

    /// Responds to a malformed request.
    pub(super) fn unreadable(&self, unreadable: &RequestError) -> Response {
        let (status, reason) = (unreadable.status, unreadable.reason);
        let network = self.client.network();
        tracing::info!(reason, network, "malformed request rejected");
        self.app.metrics.requests.rejected.increment(reason);
        let error = json!({
            "message": unreadable.message,
            "extensions": { "code": code::BAD_REQUEST },
        });
        let mut response = self.respond(status, &json!({ "errors": [error] }));
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static("POST, GET, HEAD"));
        }
        response
    }

    /// Responds to a request without a document to execute.
    pub(super) fn unfit(&self, unfit: DocumentError) -> Response {
        let refused = self.media_type.refused();
        let (reason, status, error) = match unfit {
            DocumentError::Syntax(error) => ("syntax", refused, coded(*error, code::BAD_REQUEST)),
            DocumentError::LimitExceeded(LimitExceeded(message)) => {
                let error = ServerError::new(message, None);
                (TOO_COMPLEX, refused, coded(error, code::QUERY_TOO_COMPLEX))
            }
            DocumentError::IntrospectionDisabled => {
                let message = "Introspection is disabled on this server. Use the published schema.";
                let error = ServerError::new(message, None);
                ("introspection", refused, coded(error, code::BAD_REQUEST))
            }
            // Part of the protocol, not an error: Apollo's server returns 200, and clients rely on it.
            DocumentError::Unknown => {
                let error = ServerError::new("PersistedQueryNotFound", None);
                let error = coded(error, code::PERSISTED_QUERY_NOT_FOUND);
                ("not_persisted", StatusCode::OK, error)
            }
            DocumentError::OtherHash => {
                let message = "The hash or identifier does not match the document's text.";
                let error = ServerError::new(message, None);
                ("other_hash", refused, coded(error, code::BAD_REQUEST))
            }
            DocumentError::Untrusted => {
                let message = "This document is not one of the trusted documents of this server.";
                let error = ServerError::new(message, None);
                ("untrusted", refused, coded(error, code::BAD_REQUEST))
            }
        };
        self.refused(reason, status, vec![error])
    }

    /// Responds to a request that was executed, or rejected by validation.
    pub(super) fn executed(&self, mut executed: GraphqlResponse) -> Response {
        let was_refused = executed.data == Value::Null
            && !executed.errors.is_empty()
            && executed.errors.iter().all(|error| error.path.is_empty());
        if was_refused {
            executed.errors.iter_mut().for_each(name_refusal);
            let is_limit = executed.errors.iter().any(is_too_complex);
            let reason = if is_limit { TOO_COMPLEX } else { "invalid" };
            return self.refused(reason, self.media_type.refused(), executed.errors);
        }
        let retry_after = executed.errors.iter().find_map(retry_after);
        // Proxies and clients know from the status alone that a retry may succeed (RFC 9110, section 15.6.4).
        let status = if executed
            .errors
            .iter()
            .any(|error| has_code(error, code::UNAVAILABLE))
        {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        };
        let strays = executed.errors.iter_mut().filter(|error| !is_coded(error));
        strays.for_each(|error| self.name_stray(error));
        if executed.data == Value::Null && executed.errors.is_empty() {
            // Every field was skipped. The framework returns null, which is reserved for errors (GraphQL October 2021,
            // section 7.1.1).
            executed.data = Value::Object(IndexMap::default());
        }
        let body = Answer {
            errors: executed.errors,
            data: Some(executed.data),
        };
        let mut response = self.respond(status, &body);
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// Classifies an error that no resolver returned: the framework could not read an argument.
    fn name_stray(&self, error: &mut ServerError) {
        self.note_refused("invalid", Some(&error.message));
        if self.detail == Detail::None {
            "This cannot be executed.".clone_into(&mut error.message);
        }
        *error = coded(error.clone(), code::BAD_REQUEST);
    }

    /// Logs and counts a rejected request.
    fn note_refused(&self, reason: &'static str, detail: Option<&str>) {
        // It may quote what a client has sent, which may be long.
        let detail: Option<String> = detail.map(|text| text.chars().take(DETAIL).collect());
        let network = self.client.network();
        tracing::info!(reason, detail, network, "document rejected");
        self.app
            .metrics
            .requests
            .documents_rejected
            .increment(reason);
    }

    fn refused(
        &self,
        reason: &'static str,
        status: StatusCode,
        errors: Vec<ServerError>,
    ) -> Response {
        let detail = errors.first().map(|error| error.message.as_str());
        self.note_refused(reason, detail);
        let mut errors = match (self.detail, reason) {
            (Detail::None, "syntax" | "invalid") => {
                let general = ServerError::new("The document cannot be executed.", None);
                vec![coded(general, code::BAD_REQUEST)]
            }
            (Detail::None, TOO_COMPLEX) => errors.into_iter().filter(is_too_complex).collect(),
            _ => errors,
        };
        errors.truncate(MAX_ERRORS);
        self.respond(status, &Answer { errors, data: None })
    }

    fn respond(&self, status: StatusCode, body: &impl Serialize) -> Response {
        let mut response = Response::new(Body::from(serde_json::to_vec(body).unwrap_or_default()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type.content_type()),
        );
        // Responses may contain tokens (RFC 6750, section 5.3).
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::VARY,
            HeaderValue::from_static("accept, authorization, cookie"),
        );
        response
    }
}

/// The maximum number of errors in the response to a rejected document. More would not help a developer.
const MAX_ERRORS: usize = 10;

/// The maximum length of a logged detail in characters.
const DETAIL: usize = 200;

/// The reason code for every exceeded limit.
const TOO_COMPLEX: &str = "too_complex";

fn is_coded(error: &ServerError) -> bool {
    let extensions = error.extensions.as_ref();
    extensions.is_some_and(|it| it.get("code").is_some())
}

fn coded(mut error: ServerError, code: &'static str) -> ServerError {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    error
}

fn is_too_complex(error: &ServerError) -> bool {
    has_code(error, code::QUERY_TOO_COMPLEX)
}

fn has_code(error: &ServerError, code: &str) -> bool {
    let extensions = error.extensions.as_ref();
    extensions.and_then(|it| it.get("code")) == Some(&code.into())
}

/// Adds one of the API's codes to an error of the framework.
fn name_refusal(error: &mut ServerError) {
    // Compared by prefix, because the rest of a message may quote the client.
    let limits = [
        "Query is too complex.",
        "Query is nested too deep.",
        "The recursion depth of the query",
        "The number of directives on the field",
    ];
    let is_limit = limits.iter().any(|limit| error.message.starts_with(limit));
    let code = if is_limit {
        code::QUERY_TOO_COMPLEX
    } else {
        code::BAD_REQUEST
    };
    *error = coded(error.clone(), code);
}

fn retry_after(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}
