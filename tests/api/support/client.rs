//! A client of the API: every operation with its full selection.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde_json::{Value, json};

use super::Reply;

/// Calls the API at one address, with or without an access token.
#[derive(Clone)]
pub(crate) struct Client {
    api: SocketAddr,
    http: reqwest::Client,
    authorization: Option<String>,
    user_agent: String,
    forwarded_for: Option<String>,
}

impl Client {
    pub(crate) fn new(api: SocketAddr) -> Self {
        Self {
            api,
            http: http(None),
            authorization: None,
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
                .to_owned(),
            forwarded_for: None,
        }
    }

    /// The same client at `address`, as a trusted proxy reports it.
    pub(crate) fn forwarded_for(&self, address: &str) -> Self {
        Self {
            forwarded_for: Some(address.to_owned()),
            ..self.clone()
        }
    }

    /// The same client with this access token.
    pub(crate) fn bearing(&self, token: &str) -> Self {
        self.with_authorization(&format!("Bearer {token}"))
    }

    /// The same client with this `Authorization`, whatever it says.
    pub(crate) fn with_authorization(&self, value: &str) -> Self {
        Self {
            authorization: Some(value.to_owned()),
            ..self.clone()
        }
    }

    /// The same client without a credential.
    pub(crate) fn signed_out(&self) -> Self {
        Self {
            authorization: None,
            ..self.clone()
        }
    }

    /// The same client with this `User-Agent`.
    pub(crate) fn with_user_agent(&self, value: &str) -> Self {
        Self {
            user_agent: value.to_owned(),
            ..self.clone()
        }
    }

    /// The same client at another address of this machine.
    pub(crate) fn at_local_address(&self, address: &str) -> Self {
        Self {
            http: http(Some(address.parse().unwrap())),
            ..self.clone()
        }
    }

    /// The same client at another instance.
    pub(crate) fn at(&self, api: SocketAddr) -> Self {
        Self {
            api,
            ..self.clone()
        }
    }

    /// Sends a document with variables.
    pub(crate) async fn graphql(&self, query: &str, variables: Value) -> Reply {
        self.send(json!({ "query": query, "variables": variables }).to_string())
            .await
    }

    /// Sends a body as it is.
    pub(crate) async fn send(&self, body: String) -> Reply {
        let mut request = self
            .http
            .post(format!("http://{}/graphql", self.api))
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, &self.user_agent)
            .body(body);
        if let Some(value) = &self.authorization {
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(address) = &self.forwarded_for {
            request = request.header("X-Forwarded-For", address);
        }
        Reply::read(request.send().await.unwrap()).await
    }

    async fn mutate(&self, document: &str, input: Value) -> Reply {
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn register(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/register.graphql"), input)
            .await
    }

    pub(crate) async fn login(&self, identifier: &str, password: &str) -> Reply {
        self.login_with(json!({ "identifier": identifier, "password": password }))
            .await
    }

    /// Signs in on a device that was given `token` before.
    pub(crate) async fn login_on(&self, token: &str, identifier: &str, password: &str) -> Reply {
        let input = json!({ "identifier": identifier, "password": password, "deviceToken": token });
        self.login_with(input).await
    }

    pub(crate) async fn login_with(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/login.graphql"), input)
            .await
    }

    pub(crate) async fn refresh_session(&self, refresh_token: &str) -> Reply {
        let input = json!({ "refreshToken": refresh_token });
        self.mutate(include_str!("../documents/refresh_session.graphql"), input)
            .await
    }

    pub(crate) async fn logout(&self) -> Reply {
        self.graphql(include_str!("../documents/logout.graphql"), json!({}))
            .await
    }

    pub(crate) async fn revoke_session(&self, session_id: &str) -> Reply {
        let input = json!({ "sessionId": session_id });
        self.mutate(include_str!("../documents/revoke_session.graphql"), input)
            .await
    }

    pub(crate) async fn revoke_other_sessions(&self) -> Reply {
        self.graphql(
            include_str!("../documents/revoke_other_sessions.graphql"),
            json!({}),
        )
        .await
    }

    pub(crate) async fn reauthenticate(&self, current_password: &str) -> Reply {
        self.reauthenticate_with(json!({ "currentPassword": current_password }))
            .await
    }

    pub(crate) async fn reauthenticate_with(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/reauthenticate.graphql"), input)
            .await
    }

    pub(crate) async fn change_password(&self, current: &str, new: &str) -> Reply {
        self.change_password_with(json!({ "currentPassword": current, "newPassword": new }))
            .await
    }

    pub(crate) async fn change_password_with(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/change_password.graphql"), input)
            .await
    }

    pub(crate) async fn update_profile(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/update_profile.graphql"), input)
            .await
    }

    pub(crate) async fn delete_account(&self, current_password: &str, confirmation: &str) -> Reply {
        let input = json!({ "currentPassword": current_password, "confirmation": confirmation });
        self.delete_account_with(input).await
    }

    pub(crate) async fn delete_account_with(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/delete_account.graphql"), input)
            .await
    }

    pub(crate) async fn request_password_reset(&self, email: &str) -> Reply {
        let document = include_str!("../documents/request_password_reset.graphql");
        self.mutate(document, json!({ "email": email })).await
    }

    pub(crate) async fn reset_password(&self, token: &str, new_password: &str) -> Reply {
        let document = include_str!("../documents/reset_password.graphql");
        self.mutate(
            document,
            json!({ "token": token, "newPassword": new_password }),
        )
        .await
    }

    pub(crate) async fn request_email_verification(&self, input: Value) -> Reply {
        let document = include_str!("../documents/request_email_verification.graphql");
        self.mutate(document, input).await
    }

    pub(crate) async fn verify_email(&self, token: &str) -> Reply {
        let document = include_str!("../documents/verify_email.graphql");
        self.mutate(document, json!({ "token": token })).await
    }

    pub(crate) async fn export_data(&self, current_password: &str) -> Reply {
        self.export_data_with(json!({ "currentPassword": current_password }))
            .await
    }

    pub(crate) async fn export_data_with(&self, input: Value) -> Reply {
        self.mutate(include_str!("../documents/export_data.graphql"), input)
            .await
    }

    pub(crate) async fn cancel_account_deletion(&self, token: &str) -> Reply {
        let document = include_str!("../documents/cancel_account_deletion.graphql");
        self.mutate(document, json!({ "token": token })).await
    }

    pub(crate) async fn check_link(&self, kind: &str, token: &str) -> Reply {
        let document = include_str!("../documents/check_link.graphql");
        self.mutate(document, json!({ "kind": kind, "token": token }))
            .await
    }

    pub(crate) async fn secure_account(&self, token: &str) -> Reply {
        let document = include_str!("../documents/secure_account.graphql");
        self.mutate(document, json!({ "token": token })).await
    }

    pub(crate) async fn cancel_email_change(&self) -> Reply {
        self.graphql(
            include_str!("../documents/cancel_email_change.graphql"),
            json!({}),
        )
        .await
    }

    pub(crate) async fn account_deletion(&self, receipt: &str) -> Reply {
        let document = include_str!("../documents/account_deletion.graphql");
        self.graphql(document, json!({ "receipt": receipt })).await
    }

    pub(crate) async fn me(&self) -> Reply {
        self.graphql(include_str!("../documents/me.graphql"), json!({}))
            .await
    }

    pub(crate) async fn sessions(&self, page: Value) -> Reply {
        self.graphql(include_str!("../documents/sessions.graphql"), page)
            .await
    }

    pub(crate) async fn security_events(&self, page: Value) -> Reply {
        self.graphql(include_str!("../documents/security_events.graphql"), page)
            .await
    }

    /// What happened to the account, newest first, by type.
    pub(crate) async fn event_types(&self) -> Vec<String> {
        let reply = self.security_events(json!({ "first": 100 })).await;
        let nodes = reply
            .at("/data/me/securityEvents/nodes")
            .as_array()
            .unwrap()
            .clone();
        nodes
            .iter()
            .map(|node| node["type"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn http(address: Option<IpAddr>) -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .local_address(address)
        .timeout(Duration::from_mins(1))
        .build()
        .unwrap()
}
