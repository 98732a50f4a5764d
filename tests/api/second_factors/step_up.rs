//! What sensitive operations demand of the session.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, SignedUp, TestApp, WithApp, enrolled_secret, totp_code};

#[track_caller]
fn assert_step_up(reply: &Reply, methods: &Value) {
    reply.assert_error("STEP_UP_REQUIRED");
    let extensions = reply.at("/errors/0/extensions");
    assert_eq!(extensions["maxAge"], 600);
    assert_eq!(extensions["methods"], *methods);
}

#[tokio::test]
async fn setting_up_a_factor_demands_a_recent_password() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    app.advance(TimeDelta::minutes(10) + TimeDelta::seconds(1));
    let refused = ann.enroll_totp(json!({})).await;
    assert_step_up(&refused, &json!(["PASSWORD"]));
    let renewed = ann.reauthenticate(PASSWORD).await;
    let ann = ann.bearing(&renewed.text("/data/reauthenticate/tokens/accessToken"));
    ann.enroll_totp(json!({})).await.ok();
}

#[tokio::test]
async fn a_session_without_the_factor_is_not_strong_enough_however_recent() {
    let app = TestApp::start().await;
    let weak = app.signed_up("ann").await;
    weak.verify_address(&app).await;
    let ann = weak.login_again().await;
    let ann = WithApp::enroll(&app, &ann).await;
    let id = ann
        .user
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    let methods = json!(["TOTP", "RECOVERY_CODE"]);
    for refused in [
        weak.remove_factor(&id).await,
        weak.enroll_totp(json!({})).await,
        weak.regenerate_recovery_codes().await,
        weak.change_password(PASSWORD, "seven calm herons wade")
            .await,
        weak.update_profile(json!({ "email": "new@example.org", "currentPassword": PASSWORD }))
            .await,
        weak.export_data(PASSWORD).await,
        weak.delete_account(PASSWORD, "ann@example.org").await,
    ] {
        assert_step_up(&refused, &methods);
    }
    let password = weak.reauthenticate(PASSWORD).await;
    password.assert_user_error("SECOND_FACTOR_REQUIRED", &["currentPassword"]);
    let wrong = weak
        .reauthenticate_with(json!({ "totpCode": "000000" }))
        .await;
    wrong.assert_user_error("CODE_INVALID", &["totpCode"]);

    let proof = json!({ "totpCode": ann.code(&app) });
    let renewed = weak.reauthenticate_with(proof).await;

    assert_eq!(
        renewed.ok()["session"]["methods"],
        json!(["PASSWORD", "TOTP"])
    );
    let strong = weak.bearing(&renewed.text("/data/reauthenticate/tokens/accessToken"));
    strong.export_data_with(json!({})).await.ok();
    strong.regenerate_recovery_codes().await.ok();
    strong.remove_factor(&id).await.ok();
}

#[tokio::test]
async fn with_a_factor_a_recent_session_replaces_the_password() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let wrong = ann.user.export_data("not it").await;
    wrong.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    ann.user.export_data_with(json!({})).await.ok();
    let change = ann
        .user
        .update_profile(json!({ "email": "new@example.org" }))
        .await;
    change.ok();
    app.advance(TimeDelta::minutes(11));
    let late = ann.user.export_data_with(json!({})).await;
    assert_step_up(&late, &json!(["TOTP", "RECOVERY_CODE"]));
    let renewed = ann
        .user
        .reauthenticate_with(json!({ "totpCode": ann.code(&app) }))
        .await;
    let recent = ann
        .user
        .bearing(&renewed.text("/data/reauthenticate/tokens/accessToken"));
    let deletion = json!({ "confirmation": "ann@example.org" });
    recent.delete_account_with(deletion).await.ok();
}

#[tokio::test]
async fn the_former_access_token_gains_nothing() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::minutes(11));
    let proof = json!({ "totpCode": ann.code(&app) });
    ann.user.reauthenticate_with(proof).await.ok();
    ann.user
        .regenerate_recovery_codes()
        .await
        .assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn a_code_is_accepted_once_also_within_a_session() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let code = ann.code(&app);
    let reply = ann
        .user
        .reauthenticate_with(json!({ "totpCode": code }))
        .await;
    let renewed = ann
        .user
        .bearing(&reply.text("/data/reauthenticate/tokens/accessToken"));
    let again = renewed
        .reauthenticate_with(json!({ "totpCode": code }))
        .await;
    again.assert_user_error("CODE_ALREADY_USED", &["totpCode"]);
    let challenge = ann.challenge(&app).await;
    let login = app
        .anonymous()
        .complete_login(&challenge, json!({ "totpCode": code }))
        .await;
    login.assert_user_error("CODE_ALREADY_USED", &["totpCode"]);
    let recovery = json!({ "recoveryCode": ann.recovery_codes[0] });
    let reply = renewed.reauthenticate_with(recovery).await;
    assert_eq!(
        reply.ok()["session"]["methods"],
        json!(["PASSWORD", "TOTP", "RECOVERY_CODE"])
    );
    app.mail("ann@example.org", "A recovery code was used")
        .await;
    let refreshed = reply.text("/data/reauthenticate/tokens/refreshToken");
    let refreshed = app.anonymous().refresh_session(&refreshed).await;
    refreshed.ok();
}

#[tokio::test]
async fn exactly_one_proof_is_expected() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let both = json!({ "currentPassword": PASSWORD, "totpCode": ann.code(&app) });
    ann.user
        .reauthenticate_with(both)
        .await
        .assert_error("BAD_REQUEST");
}

#[tokio::test]
async fn the_token_of_a_renewed_session_states_both_factors() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let again = ann.login_again(&app).await;
    let claims = claims(&again);
    assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));
    assert_eq!(claims["acr"], "aal2");
    let id = again
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    again.remove_factor(&id).await.ok();
    let refreshed = app.anonymous().refresh_session(&again.refresh_token).await;
    let token = refreshed.text("/data/refreshSession/tokens/accessToken");
    let claims = claims_of(&token);
    assert_eq!(claims["amr"], json!(["pwd"]));
    assert_eq!(claims["acr"], "aal1");
}

fn claims(user: &SignedUp) -> Value {
    claims_of(&user.access_token)
}

fn claims_of(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn an_enrollment_that_began_before_the_factor_is_not_completed_by_a_session_without_it() {
    let app = TestApp::start().await;
    let weak = app.signed_up("ann").await;
    weak.verify_address(&app).await;
    let secret = enrolled_secret(&weak.enroll_totp(json!({})).await);
    let ann = weak.login_again().await;
    let ann = WithApp::enroll(&app, &ann).await;
    let code = totp_code(&secret, app.now());
    let reply = weak.confirm_totp(json!({ "code": code })).await;
    reply.assert_user_error("ENROLLMENT_EXPIRED", &[]);
    ann.login_again(&app).await;
}
