//! What holds of requests and their headers, whatever is sent.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::LazyLock;

use async_graphql::Request;
use async_graphql::parser::types::OperationType;
use axum::body::{Body, Bytes};
use axum::http::{self, HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use futures_util::FutureExt as _;
use ipnet::IpNet;
use serde_json::json;

use super::client_address::client_address;
use super::credential::{Credential, credential};
use super::graphql_request::{Unreadable, parse, read};
use super::negotiation::negotiate;
use crate::config::{Config, Limits};

/// Small, so that bodies beyond it come up.
const MOST_BYTES: usize = 4096;

static LIMITS: LazyLock<Option<Limits>> = LazyLock::new(|| {
    let config = Config::load(&BTreeMap::new(), None);
    config.ok().map(|config| config.limits)
});

/// A request as it is written down in a corpus: a line with method and path, lines with headers, an empty line,
/// the body. What cannot be sent by HTTP is left out.
pub(crate) fn written(data: &[u8]) -> Option<http::Request<Bytes>> {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = match end {
        Some(end) => (&data[..end], &data[end + 2..]),
        None => (data, &data[..0]),
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut first = lines.next()?.split(|byte| *byte == b' ');
    let method = Method::from_bytes(first.next()?).ok()?;
    let uri = Uri::try_from(first.next()?).ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let name = HeaderName::from_bytes(&line[..colon]).ok();
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok();
        if let (Some(name), Some(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    let mut request = http::Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Some(request)
}

/// Reads a request as far as it can be read without its sender.
pub fn requests(data: &[u8]) {
    let (Some(request), Some(limits)) = (written(data), &*LIMITS) else {
        return;
    };
    let (parts, body) = request.into_parts();
    negotiate(&parts.headers);
    if let Credential::Bearer(token) = credential(&parts.headers) {
        assert!(!token.is_empty() && token.bytes().all(|c| c.is_ascii_graphic()));
        let values = parts.headers.get_all(header::AUTHORIZATION);
        assert_eq!(values.iter().count(), 1, "one credential");
    }
    let length = body.len();
    let read = |method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes| {
        let reading = read(method, uri, headers, Body::from(body), MOST_BYTES);
        reading.now_or_never()
    };
    let Some(Ok(request)) = read(&parts.method, &parts.uri, &parts.headers, body) else {
        return;
    };
    assert!(parts.method != Method::POST || length <= MOST_BYTES);
    let same = json!({
        "query": request.query,
        "operationName": request.operation_name,
        "variables": request.variables,
    });
    let json = HeaderMap::from_iter([(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )]);
    let written = Bytes::from(same.to_string());
    if written.len() <= MOST_BYTES
        && let Some(again) = read(&Method::POST, &Uri::default(), &json, written)
    {
        check_same(&request, &again);
    }
    let by_get = parts.method != Method::POST;
    let name = request.operation_name.clone();
    if let Ok(mut parsed) = parse(request, &parts.method, limits)
        && by_get
        && let Ok(document) = parsed.parsed_query()
    {
        let chosen = crate::graphql::chosen_operation(document, name.as_deref());
        assert!(chosen.is_some_and(|operation| operation.ty == OperationType::Query));
    }
}

fn check_same(request: &Request, again: &Result<Request, Unreadable>) {
    let Ok(again) = again else {
        assert!(again.is_ok(), "what was read cannot be read again");
        return;
    };
    assert_eq!(again.query, request.query);
    assert_eq!(again.operation_name, request.operation_name);
    assert_eq!(again.variables, request.variables);
}

/// Headers about the client's address, one a line: `f` and `x` say which of the two it is.
pub fn forwarded(data: &[u8]) {
    let proxy = IpAddr::from([10, 0, 0, 1]);
    let stranger = IpAddr::from([203, 0, 113, 9]);
    let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"]
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    let mut headers = HeaderMap::new();
    let mut lied = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        let (name, lie) = match line.first() {
            Some(b'f') => ("forwarded", "for=6.6.6.6,"),
            Some(b'x') => ("x-forwarded-for", "6.6.6.6, "),
            _ => continue,
        };
        let name = HeaderName::from_static(name);
        let Ok(value) = HeaderValue::from_bytes(&line[1..]) else {
            continue;
        };
        let prefix = if lied.contains_key(&name) { "" } else { lie };
        let longer = [prefix.as_bytes(), &line[1..]].concat();
        let Ok(longer) = HeaderValue::from_bytes(&longer) else {
            continue;
        };
        headers.append(name.clone(), value);
        lied.append(name, longer);
    }
    assert_eq!(client_address(stranger, &headers, &trusted), stranger);
    let client = client_address(proxy, &headers, &trusted);
    assert_eq!(client, client.to_canonical());
    let is_proxy = trusted.iter().any(|network| network.contains(&client));
    if !is_proxy {
        let again = client_address(proxy, &lied, &trusted);
        assert_eq!(again, client, "what a client sends along decides nothing");
    }
}
