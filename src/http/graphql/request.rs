//! Converts an HTTP request to the parameters of a GraphQL request, or rejects it (GraphQL over HTTP, section 5).

use async_graphql::Variables;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::{Map, Value};

use super::strict_json::StrictJson;

/// The parameters of a GraphQL request.
#[derive(Debug)]
pub(in crate::http) struct Parameters {
    /// The document's text, unless it is known by its id.
    pub(in crate::http) query: Option<String>,
    /// The id of the document: a persisted query's hash, or a trusted document's name.
    pub(in crate::http) id: Option<String>,
    pub(in crate::http) operation_name: Option<String>,
    pub(in crate::http) variables: Variables,
}

/// Why a request is malformed.
#[derive(Debug)]
pub(in crate::http) struct RequestError {
    pub(super) status: StatusCode,
    /// The reason code for log and metrics.
    pub(super) reason: &'static str,
    /// The message for the client.
    pub(super) message: String,
}

impl RequestError {
    pub(in crate::http) fn new(
        status: StatusCode,
        reason: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            reason,
            message: message.into(),
        }
    }

    fn bad(reason: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason, message)
    }

    /// Rejects a mutation by GET or HEAD, which accept queries only.
    pub(super) fn mutation_by_get() -> Self {
        let message = "GET accepts queries only. Send mutations by POST.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "mutation_by_get", message)
    }
}

/// Reads the parameters of a POST or GET request.
pub(in crate::http) async fn read(
    parts: &Parts,
    body: Body,
    max_bytes: usize,
) -> Result<Parameters, RequestError> {
    match parts.method {
        Method::POST => {
            check_content_type(&parts.headers)?;
            check_content_encoding(&parts.headers)?;
            let announced = parts
                .headers
                .get(header::CONTENT_LENGTH)
                .and_then(|it| it.to_str().ok());
            if announced
                .and_then(|text| text.parse().ok())
                .is_some_and(|length: usize| length > max_bytes)
            {
                return Err(too_large(max_bytes));
            }
            let bytes = to_bytes(body, max_bytes)
                .await
                .map_err(|error| unread(&error, max_bytes))?;
            from_json(&bytes)
        }
        Method::GET | Method::HEAD => {
            let query = parts.uri.query().unwrap_or_default();
            if query.len() > max_bytes {
                return Err(RequestError::new(
                    StatusCode::URI_TOO_LONG,
                    "address_too_long",
                    "The URL is too long. Send the request by POST.",
                ));
            }
            from_query(query)
        }
        _ => Err(RequestError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "Send the request by POST.",
        )),
    }
}

fn check_content_type(headers: &HeaderMap) -> Result<(), RequestError> {
    let unsupported = || {
        RequestError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            "Send the body as application/json.",
        )
    };
    let text = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let mut parts = text.ok_or_else(unsupported)?.split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"))
    {
        return Err(unsupported());
    }
    for parameter in parts {
        let charset = parameter
            .split_once('=')
            .filter(|(key, _)| key.eq_ignore_ascii_case("charset"));
        if charset.is_some_and(|(_, value)| !value.trim_matches('"').eq_ignore_ascii_case("utf-8"))
        {
            return Err(unsupported());
        }
    }
    Ok(())
}

/// Rejects compressed bodies: bodies are small, and decompression could make one large (RFC 9110, section 8.4).
fn check_content_encoding(headers: &HeaderMap) -> Result<(), RequestError> {
    let is_plain = |value: &HeaderValue| {
        let value = value.as_bytes().trim_ascii();
        value.is_empty() || value.eq_ignore_ascii_case(b"identity")
    };
    if headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .all(is_plain)
    {
        return Ok(());
    }
    Err(RequestError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content_encoding",
        "Send the body as it is, without Content-Encoding.",
    ))
}

fn too_large(max_bytes: usize) -> RequestError {
    let message = format!("The body exceeds {max_bytes} bytes.");
    RequestError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
}

fn unread(error: &axum::Error, max_bytes: usize) -> RequestError {
    let text = std::error::Error::source(error)
        .map(ToString::to_string)
        .unwrap_or_default();
    if text.contains("length limit") {
        too_large(max_bytes)
    } else {
        RequestError::bad(
            "broken_off",
            "The body is incomplete. Send the request again.",
        )
    }
}

fn from_json(bytes: &[u8]) -> Result<Parameters, RequestError> {
    let StrictJson(value) = serde_json::from_slice(bytes)
        .map_err(|error| RequestError::bad("json", format!("The body is not JSON: {error}.")))?;
    match value {
        Value::Object(parameters) => from_parameters(parameters),
        Value::Array(_) => Err(RequestError::bad(
            "batch",
            "Send one request at a time, as a JSON object.",
        )),
        _ => Err(malformed("The body must be a JSON object.")),
    }
}

fn from_query(query: &str) -> Result<Parameters, RequestError> {
    let mut parameters = Map::new();
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match &*key {
            "variables" | "extensions" => {
                let StrictJson(value) = serde_json::from_str(&value)
                    .map_err(|error| malformed(format!("`{key}` is not JSON: {error}.")))?;
                value
            }
            _ => Value::String(value.into_owned()),
        };
        if parameters.insert(key.clone().into_owned(), value).is_some() {
            return Err(malformed(format!(
                "`{key}` is present twice. Send it once."
            )));
        }
    }
    from_parameters(parameters)
}

fn from_parameters(mut parameters: Map<String, Value>) -> Result<Parameters, RequestError> {
    let persisted = match parameters.remove("extensions") {
        None | Some(Value::Null) => None,
        Some(Value::Object(extensions)) => persisted_query(&extensions)?,
        Some(_) => return Err(malformed("`extensions` must be an object.")),
    };
    let id = persisted.or(text(&mut parameters, "documentId")?);
    let query = text(&mut parameters, "query")?;
    // A client that sends an id may leave the text empty.
    let query = query.filter(|query| id.is_none() || !query.is_empty());
    if query.is_none() && id.is_none() {
        return Err(malformed(
            "`query` is missing: the GraphQL document as a string.",
        ));
    }
    let variables = match parameters.remove("variables") {
        None | Some(Value::Null) => Variables::default(),
        Some(variables @ Value::Object(_)) => Variables::from_json(variables),
        Some(_) => return Err(malformed("`variables` must be an object.")),
    };
    Ok(Parameters {
        query,
        id,
        operation_name: text(&mut parameters, "operationName")?.filter(|name| !name.is_empty()),
        variables,
    })
}

/// Removes and returns an optional string parameter.
fn text(parameters: &mut Map<String, Value>, key: &str) -> Result<Option<String>, RequestError> {
    match parameters.remove(key) {
        None => Ok(None),
        Some(Value::Null) if key != "query" => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(format!("`{key}` must be a string."))),
    }
}

/// Returns the hash of an automatic persisted query (the protocol of Apollo's clients, version 1).
fn persisted_query(extensions: &Map<String, Value>) -> Result<Option<String>, RequestError> {
    let Some(persisted) = extensions.get("persistedQuery") else {
        return Ok(None);
    };
    match (persisted.get("version"), persisted.get("sha256Hash")) {
        (Some(Value::Number(version)), Some(Value::String(hash)))
            if version.as_u64() == Some(1) =>
        {
            Ok(Some(hash.clone()))
        }
        _ => Err(malformed(
            "`extensions.persistedQuery` must be {\"version\": 1, \"sha256Hash\": \"…\"}.",
        )),
    }
}

fn malformed(message: impl Into<String>) -> RequestError {
    RequestError::bad("parameters", message)
}
