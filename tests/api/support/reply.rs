//! An answer of the API, and what tests ask of it.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tokio::task::JoinHandle;

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self {
            status,
            headers,
            body,
        }
    }

    /// The value at a JSON pointer; null where there is none.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The text at a JSON pointer.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> String {
        match self.at(pointer) {
            Value::String(text) => text.clone(),
            _ => panic!("no text at {pointer} in {:#}", self.body),
        }
    }

    /// The payload of the one mutation.
    #[track_caller]
    pub(crate) fn payload(&self) -> &Value {
        let data = self
            .at("/data")
            .as_object()
            .unwrap_or_else(|| panic!("no data: {:#}", self.body));
        data.values().next().unwrap()
    }

    /// The payload, after making sure that nothing was wrong.
    #[track_caller]
    pub(crate) fn ok(&self) -> &Value {
        assert_eq!(self.status, StatusCode::OK, "{:#}", self.body);
        assert_eq!(self.at("/errors"), &Value::Null, "{:#}", self.body);
        let payload = self.payload();
        let errors = payload.get("userErrors").and_then(Value::as_array);
        assert!(errors.is_none_or(Vec::is_empty), "{:#}", self.body);
        payload
    }

    #[track_caller]
    pub(crate) fn assert_user_error(&self, code: &str, field: &[&str]) {
        self.assert_user_errors(&[(code, field)]);
    }

    /// Exactly these user errors, in any order; everything else in the payload null, zero or false.
    #[track_caller]
    pub(crate) fn assert_user_errors(&self, expected: &[(&str, &[&str])]) {
        assert_eq!(self.at("/errors"), &Value::Null, "{:#}", self.body);
        let payload = self.payload().as_object().unwrap();
        let mut found: Vec<(String, Vec<String>)> = payload["userErrors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| {
                assert!(
                    error["message"]
                        .as_str()
                        .is_some_and(|text| text.len() > 10),
                    "{error}"
                );
                let field = error["field"].as_array().map(|path| {
                    path.iter()
                        .map(|key| key.as_str().unwrap().to_owned())
                        .collect()
                });
                (
                    error["code"].as_str().unwrap().to_owned(),
                    field.unwrap_or_default(),
                )
            })
            .collect();
        let mut wanted: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(code, field)| {
                (
                    (*code).to_owned(),
                    field.iter().map(|key| (*key).to_owned()).collect(),
                )
            })
            .collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{:#}", self.body);
        for (key, value) in payload.iter().filter(|(key, _)| *key != "userErrors") {
            let empty = value.is_null() || *value == 0 || *value == false;
            assert!(empty, "{key} is {value} beside user errors");
        }
    }

    /// Exactly one GraphQL error, with this code.
    #[track_caller]
    pub(crate) fn assert_error(&self, code: &str) {
        let errors = self
            .at("/errors")
            .as_array()
            .unwrap_or_else(|| panic!("{:#}", self.body));
        assert_eq!(errors.len(), 1, "{:#}", self.body);
        assert_eq!(errors[0]["extensions"]["code"], code, "{:#}", self.body);
    }
}

/// Returns how many of several concurrent attempts succeeded. Each of the others must return `code`.
pub(crate) async fn winners(
    attempts: impl IntoIterator<Item = JoinHandle<Reply>>,
    code: &str,
    field: &[&str],
) -> usize {
    let mut winners = 0;
    for attempt in attempts {
        let reply = attempt.await.unwrap();
        if reply.payload()["userErrors"] == serde_json::json!([]) {
            winners += 1;
        } else {
            reply.assert_user_error(code, field);
        }
    }
    winners
}
