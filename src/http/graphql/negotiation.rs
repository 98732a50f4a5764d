//! Negotiates the media type of the response, which also determines status codes (GraphQL over HTTP, section 6).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

/// The media type of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum MediaType {
    /// `application/graphql-response+json`: the status code says whether the request was executed.
    GraphqlResponse,
    /// `application/json`, requested by name. By its older rules every well-formed request gets status 200, whatever
    /// its document.
    LegacyJson,
    /// `application/json`, because the client accepts anything: the body of that type with the status codes of the
    /// other.
    AnyJson,
}

impl MediaType {
    /// Returns the value of `Content-Type`.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::LegacyJson | Self::AnyJson => "application/json; charset=utf-8",
        }
    }

    /// Returns the status of a well-formed request whose document could not be executed.
    pub(super) fn refused(self) -> StatusCode {
        match self {
            Self::LegacyJson => StatusCode::OK,
            Self::GraphqlResponse | Self::AnyJson => StatusCode::BAD_REQUEST,
        }
    }
}

/// Returns the preferred supported type in `Accept` (RFC 9110, section 12.5.1), or `None` if there is none.
pub(in crate::http) fn negotiate(headers: &HeaderMap) -> Option<MediaType> {
    let mut ranges = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        ranges.extend(value.to_str().ok()?.split(',').filter_map(range));
    }
    if headers
        .get_all(header::ACCEPT)
        .iter()
        .all(HeaderValue::is_empty)
    {
        return Some(MediaType::AnyJson);
    }
    // Ties are resolved by order.
    ranges.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    ranges
        .into_iter()
        .filter(|(_, quality)| *quality > 0)
        .find_map(|(name, _)| match name.as_str() {
            "application/graphql-response+json" => Some(MediaType::GraphqlResponse),
            "application/json" => Some(MediaType::LegacyJson),
            "application/*" | "*/*" => Some(MediaType::AnyJson),
            _ => None,
        })
}

/// Parses a media range and its quality in thousandths; `None` for an unsupported charset.
fn range(text: &str) -> Option<(String, u32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let mut quality = 1000;
    for parameter in parts {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim_matches('"');
        if key.eq_ignore_ascii_case("q") {
            let fraction: f64 = value.parse().ok()?;
            quality = thousandths(fraction)?;
        } else if key.eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
            return None;
        }
    }
    (!name.is_empty()).then_some((name, quality))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 1000 once it was checked"
)]
fn thousandths(fraction: f64) -> Option<u32> {
    (0.0..=1.0)
        .contains(&fraction)
        .then(|| (fraction * 1000.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{MediaType, negotiate};

    fn accepting(text: &'static str) -> Option<MediaType> {
        negotiate(&HeaderMap::from_iter([(
            header::ACCEPT,
            HeaderValue::from_static(text),
        )]))
    }

    #[test]
    fn the_best_of_what_is_accepted_is_chosen() {
        assert_eq!(negotiate(&HeaderMap::new()), Some(MediaType::AnyJson));
        assert_eq!(accepting("*/*"), Some(MediaType::AnyJson));
        assert_eq!(accepting("application/json"), Some(MediaType::LegacyJson));
        assert_eq!(
            accepting("application/graphql-response+json, application/json;q=0.9"),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(
            accepting("application/graphql-response+json;q=0.5, application/json"),
            Some(MediaType::LegacyJson)
        );
        assert_eq!(
            accepting("application/graphql-response+json; charset=utf-8"),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(accepting("text/html"), None);
        assert_eq!(accepting("application/json;q=0"), None);
        assert_eq!(accepting("application/json; charset=latin1"), None);
    }
}
