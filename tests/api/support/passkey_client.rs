//! The operations on passkeys.

use serde_json::{Value, json};

use super::{Client, Reply};

impl Client {
    /// Starts a ceremony for `purpose`, in the session if it needs one.
    pub(crate) async fn start_passkey(&self, purpose: &str) -> Reply {
        self.start_passkey_with(json!({ "purpose": purpose })).await
    }

    pub(crate) async fn start_passkey_with(&self, input: Value) -> Reply {
        let document = include_str!("../documents/start_passkey.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn add_passkey_with(&self, input: Value) -> Reply {
        let document = include_str!("../documents/add_passkey.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn login_with_passkey(&self, passkey: &Value) -> Reply {
        self.login_with_passkey_with(json!({ "passkey": passkey }))
            .await
    }

    pub(crate) async fn login_with_passkey_with(&self, input: Value) -> Reply {
        let document = include_str!("../documents/login_with_passkey.graphql");
        self.graphql(document, json!({ "input": input })).await
    }
}
