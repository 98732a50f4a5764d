use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

pub(in crate::graphql) struct EmailAddress(String);

/// An email address: an RFC 5321 mailbox. Internationalized domains are accepted and compared by their ASCII form.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2")]
impl ScalarType for EmailAddress {
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

impl From<&str> for EmailAddress {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
