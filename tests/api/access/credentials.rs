//! Credentials leave the service in `AuthTokens` and nowhere else.

use super::walk::reachable;
use crate::support::TestApp;

/// Words that name a credential or what one is made from.
const SECRETS: [&str; 14] = [
    "token",
    "hash",
    "seed",
    "secret",
    "salt",
    "pepper",
    "scheme",
    "digest",
    "otp",
    "nonce",
    "private",
    "cipher",
    "key",
    "credential",
];

#[tokio::test]
async fn no_field_beside_auth_tokens_holds_a_credential() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let mut named = Vec::new();
    for (kind, fields) in &schema {
        for (name, field) in fields {
            let lower = name.to_lowercase();
            if SECRETS.iter().any(|secret| lower.contains(secret)) && field.of != "AuthTokens" {
                named.push(format!("{kind}.{name}"));
            }
        }
    }
    let expected = [
        "accessToken",
        "accessTokenExpiresAt",
        "deviceToken",
        "refreshToken",
        "refreshTokenExpiresAt",
    ];
    assert_eq!(named, expected.map(|name| format!("AuthTokens.{name}")));
}

#[tokio::test]
async fn credentials_are_handed_out_by_five_mutations_alone() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let holders: Vec<&str> = schema
        .iter()
        .filter(|(_, fields)| fields.values().any(|field| field.of == "AuthTokens"))
        .map(|(kind, _)| kind.as_str())
        .collect();
    let expected = [
        "ChangePasswordPayload",
        "LoginPayload",
        "ReauthenticatePayload",
        "RefreshSessionPayload",
        "RegisterPayload",
    ];
    assert_eq!(holders, expected);
}
