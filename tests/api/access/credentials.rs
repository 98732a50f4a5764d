//! Credentials leave the service in `AuthTokens`, and those of second factors where they are shown once.

use super::walk::reachable;
use crate::support::TestApp;

/// Words that name a credential or what one is made from.
const SECRETS: [&str; 15] = [
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
    "recoverycode",
];

#[tokio::test]
async fn no_field_beside_those_listed_holds_a_credential() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let mut named = Vec::new();
    for (kind, fields) in &schema {
        for (name, field) in fields {
            let lower = name.to_lowercase();
            // The names of factors, not of their secrets.
            let lower = lower.replace("passkey", "").replace("totp", "");
            if SECRETS.iter().any(|secret| lower.contains(secret)) && field.of != "AuthTokens" {
                named.push(format!("{kind}.{name}"));
            }
        }
    }
    let expected = [
        "AddPasskeyPayload.recoveryCodes",
        "AuthTokens.accessToken",
        "AuthTokens.accessTokenExpiresAt",
        "AuthTokens.deviceToken",
        "AuthTokens.refreshToken",
        "AuthTokens.refreshTokenExpiresAt",
        "ConfirmTotpPayload.recoveryCodes",
        "LoginChallenge.token",
        // They name a mutation, a public identifier and a count.
        "Mutation.regenerateRecoveryCodes",
        "Passkey.credentialId",
        "RegenerateRecoveryCodesPayload.recoveryCodes",
        "SecondFactors.recoveryCodesLeft",
        "TotpEnrollment.secret",
    ];
    assert_eq!(named, expected);
}

#[tokio::test]
async fn sessions_are_handed_out_by_nine_mutations_alone() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let holders: Vec<&str> = schema
        .iter()
        .filter(|(_, fields)| fields.values().any(|field| field.of == "AuthTokens"))
        .map(|(kind, _)| kind.as_str())
        .collect();
    let expected = [
        "AddPasskeyPayload",
        "ChangePasswordPayload",
        "CompleteLoginPayload",
        "ConfirmTotpPayload",
        "LoginPayload",
        "LoginWithPasskeyPayload",
        "ReauthenticatePayload",
        "RefreshSessionPayload",
        "RegisterPayload",
    ];
    assert_eq!(holders, expected);
}
