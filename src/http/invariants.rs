//! Invariants of requests and their headers, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::net::IpAddr;

use axum::body::{Body, Bytes};
use axum::http::{self, HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use futures_util::FutureExt as _;
use ipnet::IpNet;
use serde_json::json;

use super::client_address::client_address;
use super::credential::{Credential, credential};
use super::graphql::{Parameters, negotiate, read};
use crate::config::ForwardedHeader;

/// Small, so that larger bodies occur.
const MAX_BYTES: usize = 4096;

/// Parses a request as a corpus file stores it: a line with method and path, lines with headers, an empty line, the
/// body. Requests that cannot be sent by HTTP are skipped.
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

/// Reads a request as far as possible without its sender.
pub fn requests(data: &[u8]) {
    let Some(request) = written(data) else {
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
    let reading = read(&parts, Body::from(body), MAX_BYTES);
    let Some(Ok(parameters)) = reading.now_or_never() else {
        return;
    };
    assert!(parts.method != Method::POST || length <= MAX_BYTES);
    check_same(&parameters);
}

/// Checks that parameters written as the body of a POST are read back unchanged.
fn check_same(parameters: &Parameters) {
    let mut body = json!({
        "operationName": parameters.operation_name,
        "variables": parameters.variables,
        "documentId": parameters.id,
    });
    if let Some(query) = &parameters.query {
        body["query"] = query.as_str().into();
    }
    let body = body.to_string();
    if body.len() > MAX_BYTES {
        return;
    }
    let mut request = http::Request::new(());
    *request.method_mut() = Method::POST;
    let is_json = HeaderValue::from_static("application/json");
    request.headers_mut().insert(header::CONTENT_TYPE, is_json);
    let (parts, ()) = request.into_parts();
    let reading = read(&parts, Body::from(body), MAX_BYTES);
    let Some(Ok(again)) = reading.now_or_never() else {
        unreachable!("what was read cannot be read again");
    };
    assert_eq!(again.query, parameters.query);
    assert_eq!(again.id, parameters.id);
    assert_eq!(again.operation_name, parameters.operation_name);
    assert_eq!(again.variables, parameters.variables);
}

/// Headers about the client's address, one a line, with the prefix `f` or `x` for the two headers.
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
    for header in [ForwardedHeader::XForwardedFor, ForwardedHeader::Forwarded] {
        let seen = |peer, headers: &HeaderMap| client_address(peer, headers, &trusted, header);
        assert_eq!(seen(stranger, &headers), stranger);
        let client = seen(proxy, &headers);
        assert_eq!(client, client.to_canonical());
        let is_proxy = trusted.iter().any(|network| network.contains(&client));
        if !is_proxy {
            let again = seen(proxy, &lied);
            assert_eq!(again, client, "what a client sends along decides nothing");
        }
    }
}
