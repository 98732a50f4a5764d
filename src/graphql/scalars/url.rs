use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

pub(in crate::graphql) struct Url(String);

/// An absolute `http` or `https` URL.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl From<String> for Url {
    fn from(text: String) -> Self {
        Self(text)
    }
}
