use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

pub(in crate::graphql) struct Json(serde_json::Value);

/// A JSON document.
#[Scalar(
    name = "JSON",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259"
)]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        value.into_json().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

impl Json {
    /// Returns the document as text.
    pub(in crate::graphql) fn into_bytes(self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }
}

impl From<serde_json::Value> for Json {
    fn from(document: serde_json::Value) -> Self {
        Self(document)
    }
}
