//! The GraphQL endpoint: one request in, one answer out (GraphQL over HTTP).

use std::net::SocketAddr;

use async_graphql::{Response as GraphqlResponse, ServerError, Value};
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;
use tokio::time::timeout;

use super::client_address::client_address;
use super::credential::{Credential, credential};
use super::graphql_request::{Unexecutable, parse, read};
use super::internal_error::internal_error;
use super::middleware::RequestId;
use super::negotiation::{MediaType, negotiate};
use super::router::HttpState;
use crate::client::Client;
use crate::config::{Config, Profile};
use crate::errors::InternalError;
use crate::graphql::{RequestContext, TooMuch, code, session_loader};
use crate::metrics::count;
use crate::sessions::{Authentication, Rejection, authenticate};

/// The body of an answer (GraphQL October 2021, section 7.1). Fields stand in the order asked for.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
}

/// Reads, authenticates, executes, answers.
pub(super) async fn handle(
    State(state): State<HttpState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let Some(media_type) = negotiate(&parts.headers) else {
        let message = "The answer can be application/graphql-response+json or application/json.";
        return refusal(MediaType::AnyJson, StatusCode::NOT_ACCEPTABLE, message);
    };
    let limits = &state.app.config.limits;
    let detail = Detail::of(&state.app.config);
    let reading = read(
        &parts.method,
        &parts.uri,
        &parts.headers,
        body,
        limits.max_body_bytes,
    );
    // The other half of the time is for the work.
    let request = match timeout(limits.request_timeout / 2, reading).await {
        Ok(Ok(request)) => request,
        Ok(Err(unreadable)) => return refusal(media_type, unreadable.status, &unreadable.message),
        Err(_) => {
            let message = "The body did not arrive in time.";
            return refusal(media_type, StatusCode::REQUEST_TIMEOUT, message);
        }
    };
    let request = match parse(request, &parts.method, limits) {
        Ok(request) => request,
        Err(Unexecutable::MutationByGet) => {
            let message = "Only queries can be sent by GET. Send this by POST.";
            return refusal(media_type, StatusCode::METHOD_NOT_ALLOWED, message);
        }
        Err(Unexecutable::Syntax(error)) => {
            count(&state.app.metrics.documents_refused, "syntax");
            let executed = GraphqlResponse::from_errors(vec![*error]);
            return answer((media_type, detail), &parts.method, executed);
        }
        Err(Unexecutable::TooMuch(TooMuch(message))) => {
            tracing::info!(reason = message, "document refused");
            count(&state.app.metrics.documents_refused, "too_complex");
            let mut error = ServerError::new(message, None);
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("code", code::QUERY_TOO_COMPLEX);
            let executed = GraphqlResponse::from_errors(vec![error]);
            return answer((media_type, detail), &parts.method, executed);
        }
    };
    let user_agent = parts
        .headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let proxies = &state.app.config.listen.trusted_proxies;
    let address = client_address(peer.ip(), &parts.headers, proxies);
    let client = Client::new(Some(address), user_agent);
    let context = match authentication(&state, &parts.headers, &client).await {
        Ok(authentication) => RequestContext {
            authentication,
            client,
            request_id,
        },
        Err(error) => {
            tracing::error!(request_id, %error, "request failed");
            return internal_error(StatusCode::INTERNAL_SERVER_ERROR, &request_id);
        }
    };
    let loader = session_loader(state.app.clone());
    let executed = state
        .schema
        .execute(request.data(context).data(loader))
        .await;
    answer((media_type, detail), &parts.method, executed)
}

async fn authentication(
    state: &HttpState,
    headers: &HeaderMap,
    client: &Client,
) -> Result<Authentication, InternalError> {
    let authentication = match credential(headers) {
        Credential::Absent => Authentication::Anonymous,
        Credential::Malformed => Authentication::Rejected(Rejection::Malformed),
        Credential::Bearer(token) => authenticate(&state.app, token, state.app.clock.now()).await?,
    };
    if let Authentication::Rejected(rejection) = &authentication {
        let (reason, network) = (rejection.reason(), client.network());
        tracing::info!(reason, network, "access token refused");
        count(&state.app.metrics.access_tokens_refused, reason);
    }
    Ok(authentication)
}

/// How much is told of why a document cannot be executed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// All of it, for developers.
    Full,
    /// That it cannot: more would tell what a schema holds that does not answer questions about itself.
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

    /// What is told of `errors`. The log has the rest.
    fn shown(self, errors: Vec<ServerError>) -> Vec<ServerError> {
        let is_limit = |error: &ServerError| {
            let extensions = error.extensions.as_ref();
            extensions.and_then(|it| it.get("code")) == Some(&code::QUERY_TOO_COMPLEX.into())
        };
        if self == Self::Full {
            return errors;
        }
        for error in &errors {
            tracing::info!(reason = error.message, "document refused");
        }
        if let Some(limit) = errors.iter().find(|error| is_limit(error)) {
            return vec![limit.clone()];
        }
        let mut general = ServerError::new("The document cannot be executed.", None);
        name_refusal(&mut general);
        vec![general]
    }
}

/// The answer to a request that was executed, or refused by validation.
fn answer(
    (media_type, detail): (MediaType, Detail),
    method: &Method,
    mut executed: GraphqlResponse,
) -> Response {
    let was_refused = executed.data == Value::Null
        && !executed.errors.is_empty()
        && executed.errors.iter().all(|error| error.path.is_empty());
    if was_refused {
        executed.errors.iter_mut().for_each(name_refusal);
        let body = Answer {
            errors: detail.shown(executed.errors),
            data: None,
        };
        return respond(media_type, media_type.refused(), &body);
    }
    let retry_after = executed.errors.iter().find_map(retry_after);
    let body = Answer {
        errors: executed.errors,
        data: Some(executed.data),
    };
    let mut response = respond(media_type, StatusCode::OK, &body);
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if *method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Gives an error of the framework one of the contract's codes.
fn name_refusal(error: &mut ServerError) {
    let limits = [
        "too complex",
        "too deep",
        "recursion depth",
        "too many directives",
        "Too many directives",
    ];
    let is_limit = limits.iter().any(|limit| error.message.contains(limit));
    let code = if is_limit {
        code::QUERY_TOO_COMPLEX
    } else {
        code::BAD_REQUEST
    };
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
}

fn retry_after(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}

/// The answer to a request that was not executed.
fn refusal(media_type: MediaType, status: StatusCode, message: &str) -> Response {
    let error = json!({ "message": message, "extensions": { "code": code::BAD_REQUEST } });
    let mut response = respond(media_type, status, &json!({ "errors": [error] }));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("POST, GET, HEAD"));
    }
    response
}

fn respond(media_type: MediaType, status: StatusCode, body: &impl Serialize) -> Response {
    let mut response = Response::new(Body::from(serde_json::to_vec(body).unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type.content_type()),
    );
    // Answers may carry tokens (RFC 6750, section 5.3).
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept, authorization"),
    );
    response
}
