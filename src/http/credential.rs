//! Reading the `Authorization` header (RFC 6750, section 2.1; RFC 9110, section 11.6.2).

use axum::http::{HeaderMap, header};

/// The credential of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Credential<'a> {
    /// No such header, an empty one, or the scheme alone, which clients send before a sign-in.
    Absent,
    /// Not one bearer token: another scheme, or several.
    Malformed,
    /// Session cookies in a request that does not come from a front end.
    Ignored,
    /// A bearer token.
    Bearer(&'a str),
}

/// Reads the credential. The scheme is compared case-insensitively.
pub(super) fn credential(headers: &HeaderMap) -> Credential<'_> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Credential::Absent;
    };
    if values.next().is_some() {
        return Credential::Malformed;
    }
    let Ok(text) = value.to_str() else {
        return Credential::Malformed;
    };
    let (scheme, token) = text.trim_matches(' ').split_once(' ').unwrap_or((text, ""));
    let token = token.trim_matches(' ');
    let is_token = |c: u8| c.is_ascii_alphanumeric() || b"-._~+/=".contains(&c);
    match scheme.trim_matches(' ') {
        "" => Credential::Absent,
        scheme if !scheme.eq_ignore_ascii_case("bearer") => Credential::Malformed,
        _ if token.is_empty() => Credential::Absent,
        _ if token.bytes().all(is_token) => Credential::Bearer(token),
        _ => Credential::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{Credential, credential};

    fn headers(values: &[&'static str]) -> HeaderMap {
        values
            .iter()
            .map(|text| (header::AUTHORIZATION, HeaderValue::from_static(text)))
            .collect()
    }

    #[test]
    fn only_one_bearer_token_is_a_credential() {
        for nothing in [&[][..], &[""], &[" "], &["Bearer"], &["bearer "]] {
            let headers = headers(nothing);
            assert_eq!(credential(&headers), Credential::Absent, "{nothing:?}");
        }
        assert_eq!(
            credential(&headers(&["Bearer a.b.c"])),
            Credential::Bearer("a.b.c")
        );
        assert_eq!(
            credential(&headers(&["bearer a.b.c"])),
            Credential::Bearer("a.b.c")
        );
        for wrong in ["Basic YTpi", "Basic", "a.b.c", "Bearer a b", "Bearer a,b"] {
            assert_eq!(
                credential(&headers(&[wrong])),
                Credential::Malformed,
                "{wrong:?}"
            );
        }
        assert_eq!(
            credential(&headers(&["Bearer a", "Bearer b"])),
            Credential::Malformed
        );
    }
}
