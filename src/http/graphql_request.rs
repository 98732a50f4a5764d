//! From an HTTP request to a GraphQL request, or to why it is none (GraphQL over HTTP, section 5).

use async_graphql::parser::types::OperationType;
use async_graphql::parser::{self, parse_query};
use async_graphql::{Request, ServerError, Variables};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use serde_json::{Map, Value};

use crate::config::Limits;
use crate::graphql::{DocumentLimits, TooMuch, Unparsable, check_tokens, chosen_operation, judge};

/// Why a request cannot even be looked at.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

/// Why a document cannot be executed.
#[derive(Debug)]
pub(super) enum Unexecutable {
    /// It is no GraphQL.
    Syntax(Box<ServerError>),
    /// It asks for more than a request may.
    TooMuch(TooMuch),
    /// It changes something, and came by GET.
    MutationByGet,
}

impl Unreadable {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// Reads the parameters of a POST or GET request.
pub(super) async fn read(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
    max_bytes: usize,
) -> Result<Request, Unreadable> {
    match *method {
        Method::POST => {
            check_content_type(headers)?;
            let announced = headers
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
            let query = uri.query().unwrap_or_default();
            if query.len() > max_bytes {
                return Err(Unreadable::new(
                    StatusCode::URI_TOO_LONG,
                    "The address is too long.",
                ));
            }
            from_query(query)
        }
        _ => Err(Unreadable::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Send the request by POST.",
        )),
    }
}

/// Parses the document of `request`, which keeps the result, and judges what it asks for; a GET may only
/// read.
pub(super) fn parse(
    request: Request,
    method: &Method,
    limits: &Limits,
) -> Result<Request, Unexecutable> {
    check_tokens(&request.query, limits.max_tokens)
        .map_err(|unparsable| unparsed(unparsable, limits))?;
    let document = parse_query(&request.query)
        .map_err(|error| Unexecutable::Syntax(Box::new(syntax(&error))))?;
    // Where it is open which operation runs, the request is refused as ambiguous: by POST, once validated.
    let operation = chosen_operation(&document, request.operation_name.as_deref());
    let only_reads = operation.is_some_and(|operation| operation.ty == OperationType::Query);
    if *method != Method::POST && !only_reads {
        return Err(Unexecutable::MutationByGet);
    }
    judge(&document, &document_limits(limits)).map_err(Unexecutable::TooMuch)?;
    let mut request = request;
    request.set_parsed_query(document);
    Ok(request)
}

fn unparsed(unparsable: Unparsable, limits: &Limits) -> Unexecutable {
    Unexecutable::TooMuch(TooMuch(match unparsable {
        Unparsable::TooLong => format!(
            "The document has too many tokens: at most {} are accepted.",
            limits.max_tokens
        ),
        Unparsable::TooDeep => "The document's brackets are nested too deep.".to_owned(),
        Unparsable::EndlessString => {
            let message = "Syntax error: a block string does not end.";
            return Unexecutable::Syntax(Box::new(ServerError::new(message, None)));
        }
    }))
}

fn document_limits(limits: &Limits) -> DocumentLimits {
    DocumentLimits {
        depth: limits.max_depth,
        introspection_depth: limits.max_introspection_depth,
        fields: limits.max_complexity,
        aliases: limits.max_aliases,
        fragments: limits.max_fragments,
        directives: limits.max_directives,
    }
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Unreadable> {
    let unsupported = || {
        Unreadable::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
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

fn too_large(max_bytes: usize) -> Unreadable {
    let message = format!("The body is larger than {max_bytes} bytes.");
    Unreadable::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn unread(error: &axum::Error, max_bytes: usize) -> Unreadable {
    let text = std::error::Error::source(error)
        .map(ToString::to_string)
        .unwrap_or_default();
    if text.contains("length limit") {
        too_large(max_bytes)
    } else {
        Unreadable::bad("The body broke off.")
    }
}

fn from_json(bytes: &[u8]) -> Result<Request, Unreadable> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Unreadable::bad(format!("The body is not JSON: {error}.")))?;
    match value {
        Value::Object(parameters) => from_parameters(parameters),
        Value::Array(_) => Err(Unreadable::bad(
            "Send one request at a time, as a JSON object.",
        )),
        _ => Err(Unreadable::bad("The body must be a JSON object.")),
    }
}

fn from_query(query: &str) -> Result<Request, Unreadable> {
    let mut parameters = Map::new();
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match &*key {
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|error| Unreadable::bad(format!("`{key}` is not JSON: {error}.")))?,
            _ => Value::String(value.into_owned()),
        };
        if parameters.insert(key.clone().into_owned(), value).is_some() {
            return Err(Unreadable::bad(format!("`{key}` is there twice.")));
        }
    }
    from_parameters(parameters)
}

fn from_parameters(mut parameters: Map<String, Value>) -> Result<Request, Unreadable> {
    let query = match parameters.remove("query") {
        Some(Value::String(query)) => query,
        Some(_) => return Err(Unreadable::bad("`query` must be a string.")),
        None => {
            return Err(Unreadable::bad(
                "`query` is missing: the GraphQL document as a string.",
            ));
        }
    };
    let mut request = Request::new(query);
    match parameters.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => {
            request.operation_name = Some(name).filter(|name| !name.is_empty());
        }
        Some(_) => return Err(Unreadable::bad("`operationName` must be a string.")),
    }
    match parameters.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request.variables = Variables::from_json(variables),
        Some(_) => return Err(Unreadable::bad("`variables` must be an object.")),
    }
    match parameters.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => Ok(request),
        Some(_) => Err(Unreadable::bad("`extensions` must be an object.")),
    }
}

/// What the parser stumbled over, and where. Its own text draws the whole line, which may be the whole
/// body; only its last line says what was expected.
fn syntax(error: &parser::Error) -> ServerError {
    let (text, position) = match error {
        parser::Error::Syntax { message, start, .. } => (
            message
                .rsplit("= ")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            Some(*start),
        ),
        other => (other.to_string(), other.positions().next()),
    };
    let short: String = text.chars().take(200).collect();
    ServerError::new(format!("Syntax error: {short}."), position)
}
