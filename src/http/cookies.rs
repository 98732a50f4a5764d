//! Tokens in cookies (RFC 6265bis), which scripts in a browser cannot read.
//!
//! A browser sends cookies with requests that any page causes. They are therefore accepted only if the request's
//! `Origin` is allowed. A form, an image or a page of another site has another origin or none (ASVS 5.0, 3.5.1). With a
//! GET to the page's own origin browsers send no `Origin`; `Sec-Fetch-Site: same-origin` proves the same, and no script
//! can set it (Fetch Metadata, section 2.4).

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use chrono::{DateTime, Utc};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use secrecy::{ExposeSecret as _, SecretString};

use super::credential::{Credential, credential};
use super::graphql::RequestError;
use crate::config::{Config, Profile};
use crate::graphql::{CookieChange, TokenDelivery};

/// With the value `cookie`: requests that tokens travel as cookies.
const TOKENS_HEADER: HeaderName = HeaderName::from_static("x-gatehouse-tokens");

/// Tells the site of the page that makes a browser send the request.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The cookies of a request, and whether it requests cookies.
#[derive(Debug)]
pub(super) struct RequestCookies {
    /// The access token.
    pub(super) access_token: Option<String>,
    /// The secret by which an account recognizes the device.
    pub(super) device_token: Option<SecretString>,
    /// How tokens travel.
    pub(super) delivery: TokenDelivery,
    /// Whether tokens are ignored because the request does not come from a front end.
    pub(super) are_ignored: bool,
}

/// Reads the cookies. They are ignored beside a credential in `Authorization`, and in requests from other origins.
pub(super) fn read_cookies(parts: &Parts, config: &Config) -> Result<RequestCookies, RequestError> {
    let headers = &parts.headers;
    let asked = asks_for_cookies(headers)?;
    let is_ours = comes_from_a_front_end(parts, config);
    if asked && !is_ours {
        let message = "Cookies are for the front ends alone: those of GATEHOUSE_APP_URL and \
                       GATEHOUSE_CORS_ORIGINS, by their `Origin`.";
        return Err(RequestError::new(StatusCode::FORBIDDEN, "origin", message));
    }
    let is_alone = credential(headers) == Credential::Absent;
    let names = Names::of(config);
    let are_ignored = is_alone
        && !is_ours
        && [&names.access, &names.refresh]
            .iter()
            .any(|name| has_value(headers, name));
    let counts = is_alone && is_ours;
    let value = |name: &str| counts.then(|| only_value(headers, name)).flatten();
    let (access_token, refresh_token) = (value(&names.access), value(&names.refresh));
    let by_cookie = asked || access_token.is_some() || refresh_token.is_some();
    Ok(RequestCookies {
        access_token,
        // Alone it does not request cookies: it outlives the session.
        device_token: value(&names.device)
            .filter(|_| by_cookie)
            .map(SecretString::from),
        delivery: if by_cookie {
            TokenDelivery::by_cookie(refresh_token.map(SecretString::from))
        } else {
            TokenDelivery::in_payload()
        },
        are_ignored,
    })
}

/// Adds the `Set-Cookie` lines for `change`, as of `now`, to the `headers` of a response.
///
/// Such a response is never stored: a shared cache would return the cookies to its next client (RFC 9111, section 7.3).
pub(super) fn set_cookies(
    headers: &mut HeaderMap,
    change: &CookieChange,
    config: &Config,
    now: DateTime<Utc>,
) {
    let names = Names::of(config);
    let (access, refresh, lifetime) = match change {
        CookieChange::Set(tokens) => (
            tokens.access_token.expose_secret(),
            tokens.refresh_token.expose_secret(),
            tokens.refresh_token_expires_at - now,
        ),
        CookieChange::Clear => ("", "", chrono::TimeDelta::zero()),
    };
    // Also the access token's: after it has expired, it still identifies the session to refresh or end.
    let lifetime = lifetime.max(chrono::TimeDelta::zero());
    let device = match change {
        CookieChange::Set(tokens) => tokens.device.as_ref(),
        // Kept when the session ends, for the next sign-in.
        CookieChange::Clear => None,
    };
    let device = device.map(|device| {
        let lifetime = device.expires_at - now;
        (names.device, device.token.expose_secret(), lifetime)
    });
    let cookies = [
        Some((names.access, access, lifetime)),
        Some((names.refresh, refresh, lifetime)),
        device,
    ];
    for (name, value, lifetime) in cookies.into_iter().flatten() {
        let cookie = Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(config.profile == Profile::Production)
            .max_age(Duration::seconds(lifetime.num_seconds()));
        if let Ok(line) = HeaderValue::from_str(&cookie.to_string()) {
            headers.append(header::SET_COOKIE, line);
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

struct Names {
    access: String,
    refresh: String,
    device: String,
}

impl Names {
    /// Returns the names. In production neither another host of the same site nor an attacker on an unencrypted
    /// connection can set cookies with this prefix (RFC 6265bis, section 4.1.3.2).
    fn of(config: &Config) -> Self {
        let prefix = match config.profile {
            Profile::Production => "__Host-",
            Profile::Development => "",
        };
        Self {
            access: format!("{prefix}gatehouse_access"),
            refresh: format!("{prefix}gatehouse_refresh"),
            device: format!("{prefix}gatehouse_device"),
        }
    }
}

fn asks_for_cookies(headers: &HeaderMap) -> Result<bool, RequestError> {
    let mut values = headers.get_all(TOKENS_HEADER).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(false),
        (Some(value), None) if value.as_bytes().eq_ignore_ascii_case(b"cookie") => Ok(true),
        _ => {
            let message = "`X-Gatehouse-Tokens` can be `cookie`.";
            let status = StatusCode::BAD_REQUEST;
            Err(RequestError::new(status, "parameters", message))
        }
    }
}

fn comes_from_a_front_end(parts: &Parts, config: &Config) -> bool {
    let mut values = parts.headers.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (values.next(), values.next()) else {
        return !parts.headers.contains_key(header::ORIGIN) && is_own_page(parts);
    };
    let own = config.listen.public_url.origin().ascii_serialization();
    let mut allowed = config.listen.allowed_origins.iter().chain([&own]);
    allowed.any(|known| known.as_bytes() == origin.as_bytes())
}

/// Returns whether a browser sends this GET for a page of the same origin. A GET changes nothing.
fn is_own_page(parts: &Parts) -> bool {
    let mut values = parts.headers.get_all(SEC_FETCH_SITE).iter();
    let site = (values.next().map(HeaderValue::as_bytes), values.next());
    parts.method == Method::GET && site == (Some(b"same-origin"), None)
}

/// Returns the value of the cookie `name` if there is exactly one. Of two, an attacker may have set the other.
fn only_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = values_of(headers, name);
    let first = found.next()?;
    let is_only = found.next().is_none();
    (is_only && !first.is_empty()).then_some(first)
}

fn has_value(headers: &HeaderMap, name: &str) -> bool {
    values_of(headers, name).any(|value| !value.is_empty())
}

/// Returns bytes, because cookies of other applications in the same header may have any encoding (RFC 6265, section
/// 5.4).
fn values_of(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    let pairs = headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(move |pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let is_named = pair[..at].trim_ascii() == name.as_bytes();
        let value = std::str::from_utf8(pair[at + 1..].trim_ascii()).ok()?;
        is_named.then(|| value.to_owned())
    })
}
