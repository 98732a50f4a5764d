//! The GraphQL endpoint: reads one request and returns one response (GraphQL over HTTP).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use tokio::time::timeout;

use super::in_progress::{InProgress, outcome_of};
use super::negotiation::{MediaType, negotiate};
use super::request::{Parameters, RequestError, read};
use super::response::Responses;
use crate::client::Client;
use crate::errors::InternalError;
use crate::graphql::{
    Document, FactorsOnce, OperationName, PreviewOnce, RequestContext, session_loader,
};
use crate::http::cookies::{read_cookies, set_cookies};
use crate::http::credential::{Credential, credential};
use crate::http::internal_error::{error_code, failed};
use crate::http::middleware::RequestId;
use crate::http::router::HttpState;
use crate::metrics::Outcome;
use crate::sessions::{Authentication, AuthenticationError, authenticate};
use crate::traces::{annotate, in_span, measure};

/// Reads the request, finds the document, authenticates, executes and responds.
pub(in crate::http) async fn handle(
    State(state): State<Arc<HttpState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let front_ends = &state.front_ends;
    let address = front_ends.client_address(&state.app, peer.ip(), &parts.headers);
    let client = client(address, &parts.headers);
    let negotiated = negotiate(&parts.headers);
    let media_type = negotiated.unwrap_or(MediaType::AnyJson);
    let responses = Responses::new(&state.app, media_type, &client);
    if negotiated.is_none() {
        let message = "The response can be application/graphql-response+json or application/json. Accept one of them.";
        let reason = "accept";
        return responses.unreadable(&RequestError::new(
            StatusCode::NOT_ACCEPTABLE,
            reason,
            message,
        ));
    }
    let parameters = match read_in_time(&state, &parts, body).await {
        Ok(parameters) => parameters,
        Err(unreadable) => return responses.unreadable(&unreadable),
    };
    // How long the client took to send the request is not the service's time.
    let started_at = Instant::now();
    let (query, id) = (parameters.query.as_deref(), parameters.id.as_deref());
    let document = match measure("document", || state.documents.find(query, id)) {
        Ok(document) => document,
        Err(unfit) => return responses.unfit(unfit),
    };
    let operation_name = parameters.operation_name.as_deref();
    let metrics = state.documents.metrics_of(&document, operation_name);
    annotate("graphql.operation.name", metrics.name.clone());
    let time_limit = state.app.config.limits.request_timeout;
    let mut operation = InProgress::new(metrics.clone(), started_at, time_limit);
    if document.signs_in(operation_name) {
        operation.count_as_sign_in(state.app.metrics.clone());
    }
    let arrived = Arrived {
        state: &state,
        parts: &parts,
        client: &client,
        request_id,
    };
    let (outcome, response) = arrived.execute(&responses, parameters, document).await;
    operation.end(outcome);
    response
}

/// A request that was read.
struct Arrived<'a> {
    state: &'a HttpState,
    parts: &'a Parts,
    client: &'a Client,
    request_id: String,
}

impl Arrived<'_> {
    /// Authenticates, executes and responds.
    async fn execute(
        self,
        responses: &Responses<'_>,
        parameters: Parameters,
        document: Arc<Document>,
    ) -> (Outcome, Response) {
        let app = &self.state.app;
        let only_reads = document.only_reads(parameters.operation_name.as_deref());
        // If the operation is ambiguous, the request is rejected: by POST, after validation.
        if self.parts.method != Method::POST && !only_reads {
            let rejected = responses.unreadable(&RequestError::mutation_by_get());
            return (Outcome::Rejected, rejected);
        }
        let cookies = match read_cookies(self.parts, &app.config) {
            Ok(cookies) => cookies,
            Err(unreadable) => return (Outcome::Rejected, responses.unreadable(&unreadable)),
        };
        let credential = match &cookies.access_token {
            Some(token) => Credential::Bearer(token),
            None if cookies.are_ignored => Credential::Ignored,
            None => credential(&self.parts.headers),
        };
        let authentication = authentication(self.state, credential, self.client);
        let authentication = match in_span("authentication", authentication).await {
            Ok(authentication) => authentication,
            Err(error) => {
                let rejected = &app.metrics.requests.operations_rejected;
                rejected.increment(error_code(&error));
                return (Outcome::Failed, failed(&error, &self.request_id));
            }
        };
        let delivery = Arc::new(cookies.delivery);
        let context = RequestContext {
            authentication,
            client: self.client.with_device(cookies.device_token),
            request_id: self.request_id,
            delivery: delivery.clone(),
        };
        let request = executable(parameters, document)
            .data(context)
            .data(session_loader(app.clone()))
            .data(PreviewOnce::default())
            .data(FactorsOnce::default());
        let executed = self.state.schema.execute(request).await;
        let outcome = outcome_of(&executed);
        let mut response = responses.executed(executed);
        if let Some(change) = delivery.take_change() {
            let now = app.clock.now();
            set_cookies(response.headers_mut(), &change, &app.config, now);
        }
        (outcome, response)
    }
}

/// Reads the body in half of the time; the other half is for execution.
async fn read_in_time(
    state: &HttpState,
    parts: &Parts,
    body: Body,
) -> Result<Parameters, RequestError> {
    let limits = &state.app.config.limits;
    let reading = read(parts, body, limits.max_body_bytes);
    timeout(limits.request_timeout / 2, reading)
        .await
        .unwrap_or_else(|_| {
            let message = "The body was not received in time. Send the request again.";
            let status = StatusCode::REQUEST_TIMEOUT;
            Err(RequestError::new(status, "body_timeout", message))
        })
}

fn executable(mut parameters: Parameters, document: Arc<Document>) -> async_graphql::Request {
    let operation_name = parameters.operation_name;
    document.add_defaults(operation_name.as_deref(), &mut parameters.variables);
    let mut request = async_graphql::Request::new(parameters.query.unwrap_or_default())
        .variables(parameters.variables);
    request.operation_name.clone_from(&operation_name);
    request.set_parsed_query(document.parsed());
    request.data(OperationName(operation_name)).data(document)
}

fn client(address: IpAddr, headers: &HeaderMap) -> Client {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Client::new(Some(address), user_agent)
}

async fn authentication(
    state: &HttpState,
    credential: Credential<'_>,
    client: &Client,
) -> Result<Authentication, InternalError> {
    let authentication = match credential {
        Credential::Absent => Authentication::Anonymous,
        Credential::Malformed => Authentication::Rejected(AuthenticationError::Malformed),
        Credential::Ignored => Authentication::Rejected(AuthenticationError::IgnoredCookies),
        Credential::Bearer(token) => authenticate(&state.app, token, state.app.clock.now()).await?,
    };
    if let Authentication::Rejected(rejection) = &authentication {
        let (reason, network) = (rejection.reason(), client.network());
        tracing::info!(reason, network, "access token rejected");
        state
            .app
            .metrics
            .sessions
            .access_tokens_rejected
            .increment(reason);
    }
    Ok(authentication)
}
