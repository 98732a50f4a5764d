//! Reading the `Authorization` header (RFC 6750, section 2.1; RFC 9110, section 11.6.2).

use axum::http::{HeaderMap, header};

/// What a request carries.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Credential<'a> {
    /// No such header.
    Absent,
    /// Something that is no bearer token: empty, of another scheme, or more than one.
    Malformed,
    /// A bearer token.
    Bearer(&'a str),
}

/// Reads it. The scheme is compared without regard to case.
pub(super) fn credential(headers: &HeaderMap) -> Credential<'_> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Credential::Absent;
    };
    if values.next().is_some() {
        return Credential::Malformed;
    }
    let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Credential::Malformed;
    };
    let token = token.trim_matches(' ');
    let is_token = |c: u8| c.is_ascii_alphanumeric() || b"-._~+/=".contains(&c);
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.bytes().all(is_token) {
        Credential::Bearer(token)
    } else {
        Credential::Malformed
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
        assert_eq!(credential(&headers(&[])), Credential::Absent);
        assert_eq!(
            credential(&headers(&["Bearer a.b.c"])),
            Credential::Bearer("a.b.c")
        );
        assert_eq!(
            credential(&headers(&["bearer a.b.c"])),
            Credential::Bearer("a.b.c")
        );
        for wrong in [
            "",
            "Bearer",
            "Bearer ",
            "Basic YTpi",
            "a.b.c",
            "Bearer a b",
            "Bearer a,b",
        ] {
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
