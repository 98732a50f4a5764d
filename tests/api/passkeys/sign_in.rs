//! `loginWithPasskey`

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{
    RP_ID, add, claims, factors, new_device, options, sign_in, verified, with_passkey,
};
use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn passkey_alone_signs_in() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    app.advance(TimeDelta::hours(1));

    let reply = sign_in(&app.anonymous(), &mut device).await;

    let payload = reply.ok();
    assert_eq!(payload["user"]["id"], ann.user_id);
    assert_eq!(payload["user"]["lastLoginAt"], "2027-01-15T09:00:00.000Z");
    let session = &payload["session"];
    assert_eq!(session["methods"], json!(["PASSKEY"]));
    assert_eq!(session["authenticatedAt"], "2027-01-15T09:00:00.000Z");
    assert_eq!(session["current"], true);
    assert_eq!(session["deviceName"], "Firefox on Linux");
    let signed_in = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(!signed_in.device_token.is_empty());
    let claimed = claims(&signed_in.access_token);
    assert_eq!(claimed["amr"], json!(["pop", "mfa"]));
    assert_eq!(claimed["acr"], "aal2");
    assert_eq!(claimed["auth_time"], app.now().timestamp());
    assert_eq!(claimed["sub"], ann.user_id);
    let passkey = &factors(&signed_in).await["passkeys"][0];
    assert_eq!(passkey["lastUsedAt"], "2027-01-15T09:00:00.000Z");
    assert_eq!(signed_in.event_types().await[0], "LOGIN_SUCCEEDED");
    let refreshed = app
        .anonymous()
        .refresh_session(&signed_in.refresh_token)
        .await;
    let token = refreshed.text("/data/refreshSession/tokens/accessToken");
    assert_eq!(claims(&token)["amr"], json!(["pop", "mfa"]));
}

#[tokio::test]
async fn options_reveal_neither_accounts_nor_passkeys() {
    let app = TestApp::start().await;
    let without_challenge = |mut options: Value| {
        let challenge = options["challenge"].take();
        assert!(challenge.as_str().unwrap().len() > 40);
        options
    };
    let nobody = without_challenge(options(&app.anonymous(), "SIGN_IN").await);
    let (ann, _) = with_passkey(&app, "ann").await;
    let bob = app.signed_up("bob").await;

    for client in [&app.anonymous(), &*ann, &*bob] {
        let options = without_challenge(options(client, "SIGN_IN").await);
        assert_eq!(options, nobody);
    }

    assert_eq!(nobody.get("allowCredentials"), None);
    assert_eq!(nobody["rpId"], RP_ID);
    assert_eq!(nobody["userVerification"], "required");
}

#[tokio::test]
async fn options_differ_each_time_and_say_until_when_they_are_valid() {
    let app = TestApp::start().await;
    let first = app.anonymous().start_passkey("SIGN_IN").await;
    let second = app.anonymous().start_passkey("SIGN_IN").await;
    assert_eq!(first.ok()["expiresAt"], "2027-01-15T08:05:00.000Z");
    let challenges = [&first, &second].map(|it| it.text("/data/startPasskey/options/challenge"));
    assert_ne!(challenges[0], challenges[1]);
}

#[tokio::test]
async fn options_and_sign_in_need_no_valid_token() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    app.advance(TimeDelta::hours(1));
    for client in [(*ann).clone(), app.anonymous().bearing("made up")] {
        client.me().await.assert_error("UNAUTHENTICATED");
        sign_in(&client, &mut device).await.ok();
    }
}

#[tokio::test]
async fn session_sent_along_is_replaced_once_the_sign_in_succeeds() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let elsewhere = SignedUp::from_reply(
        &app.anonymous(),
        &sign_in(&app.anonymous(), &mut device).await,
    );
    ann.login_with_passkey(&json!({})).await;
    assert!(ann.is_signed_in().await, "not before it succeeds");

    let anew = SignedUp::from_reply(&ann, &sign_in(&ann, &mut device).await);

    assert!(!ann.is_signed_in().await);
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(anew.is_signed_in().await && elsewhere.is_signed_in().await);
    let events = anew.event_types().await;
    assert_eq!(events[..2], ["LOGIN_SUCCEEDED", "LOGGED_OUT"]);
}

#[tokio::test]
async fn session_of_another_account_is_replaced_too() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let bob = app.signed_up("bob").await;
    app.advance(TimeDelta::hours(2));

    sign_in(&bob, &mut device).await.ok();

    let refreshed = app.anonymous().refresh_session(&bob.refresh_token).await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

#[tokio::test]
async fn sign_in_from_an_unknown_device_is_emailed_once() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    sign_in(&app.anonymous(), &mut device).await.ok();
    let before = app.mails_to(&ann.email).await.len();

    let curl = app.anonymous().with_user_agent("curl/8.5.0");
    sign_in(&curl, &mut device).await.ok();
    sign_in(&curl, &mut device).await.ok();

    let mails = app.mails_to(&ann.email).await;
    assert_eq!(mails.len(), before + 1, "from then on it is known");
    let notice = mails.last().unwrap();
    assert_eq!(notice.subject, "New sign-in to your account");
    assert!(notice.text.contains("curl") && notice.links_to("secure-account"));
}

#[tokio::test]
async fn device_token_of_a_known_device_is_kept() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let reply = sign_in(&app.anonymous(), &mut device).await;
    let token = SignedUp::from_reply(&app.anonymous(), &reply).device_token;
    let updated = app.anonymous().with_user_agent("curl/8.5.0");
    let used = device.get(&options(&updated, "SIGN_IN").await).unwrap();

    let input = json!({ "passkey": used, "deviceToken": token });
    let reply = updated.login_with_passkey_with(input).await;

    assert_eq!(reply.ok()["tokens"]["deviceToken"], token);
}

#[tokio::test]
async fn picked_passkey_decides_which_account_is_signed_in() {
    let app = TestApp::start().await;
    let (ann, bob) = (verified(&app, "ann").await, verified(&app, "bob").await);
    let mut shared = new_device();
    let ann = add(&ann, &mut shared).await;
    let bob = add(&bob, &mut shared).await;
    for user in [&ann, &bob] {
        let id = factors(user).await["passkeys"][0]["credentialId"].clone();
        shared.picked = id.as_str().map(str::to_owned);
        let reply = sign_in(&app.anonymous(), &mut shared).await;
        assert_eq!(reply.ok()["user"]["id"], user.user_id);
    }
}

#[tokio::test]
async fn passkey_that_no_account_has_is_unknown() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let mut device = new_device();
    // Created, and never added.
    device.create(&options(&ann, "REGISTER").await).unwrap();

    let reply = sign_in(&app.anonymous(), &mut device).await;

    reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
}

#[tokio::test]
async fn locked_password_does_not_lock_the_passkey() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let stranger = app.anonymous().with_user_agent("curl/8.5.0");
    for n in 0..20 {
        stranger.login("ann", &format!("wrong {n}")).await;
    }
    let locked = stranger.login("ann", PASSWORD).await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);

    sign_in(&stranger, &mut device).await.ok();
}

#[tokio::test]
async fn new_password_leaves_the_passkey_alone() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let mail = app.anonymous().request_password_reset(&ann.email).await;
    mail.ok();
    let token = app.last_mail_to(&ann.email).await.token("reset-password");
    let reset = app
        .anonymous()
        .reset_password(&token, "seven teapots hum at dawn")
        .await;
    reset.ok();
    assert!(!ann.is_signed_in().await);

    let reply = sign_in(&app.anonymous(), &mut device).await;

    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
}
