//! Removing every lost factor by email, after a delay.

use chrono::TimeDelta;
use futures_util::future::join_all;
use gatehouse::config::{Config, EmailVerification};
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp, WithApp, challenge_of};

const EMAIL: &str = "ann@example.org";

/// Requests the removal of Ann's factors and returns the token of the emailed link.
async fn request(app: &TestApp, ann: &WithApp) -> String {
    let challenge = ann.challenge(app).await;
    let client = app.anonymous();
    client.request_factor_removal(&challenge).await.ok();
    app.last_mail_to(EMAIL).await.token("remove-factors")
}

async fn code_of_request(app: &TestApp, challenge: &str) -> String {
    let reply = app.anonymous().request_factor_removal(challenge).await;
    reply.text("/data/requestFactorRemoval/userErrors/0/code")
}

#[tokio::test]
async fn lost_factors_are_removed_after_a_week() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;

    let reply = app.anonymous().confirm_factor_removal(&link).await;
    assert_eq!(reply.ok()["scheduledFor"], "2027-01-22T08:00:30.000Z");
    app.run_workers().await;

    app.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
    app.run_workers().await;
    let early = app.anonymous().login("ann", PASSWORD).await;
    let told = early.at("/data/login/challenge/factorRemovalScheduledFor");
    assert_eq!(told, "2027-01-22T08:00:30.000Z");

    app.advance(TimeDelta::seconds(1));
    app.run_workers().await;
    assert!(!ann.user.is_signed_in().await);
    let login = app.anonymous().login("ann", PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &login);
    let left = ann.second_factors().await;
    let none = json!({ "totp": null, "passkeys": [], "recoveryCodesLeft": 0, "removalScheduledFor": null });
    assert_eq!(left.at("/data/me/secondFactors"), &none);
}

#[tokio::test]
async fn each_step_is_recorded_counted_and_emailed() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    app.anonymous().confirm_factor_removal(&link).await.ok();
    app.run_workers().await;
    app.advance(TimeDelta::days(7));
    app.run_workers().await;
    let login = app.anonymous().login("ann", PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &login);
    let happened = ann.event_types().await;
    assert_eq!(
        happened[1..4],
        [
            "SECOND_FACTORS_RESET",
            "SECOND_FACTOR_REMOVAL_SCHEDULED",
            "SECOND_FACTOR_REMOVAL_REQUESTED",
        ]
    );
    for subject in [
        "Confirm the removal of your second factors",
        "Your second factors will be removed",
        "All second factors were removed from your account",
    ] {
        app.mail(EMAIL, subject).await;
    }
    for step in ["requested", "scheduled", "completed"] {
        let name = format!("factor_removals_total{{step=\"{step}\"}}");
        assert_eq!(app.metric(&name).await, 1, "{step}");
    }
}

#[tokio::test]
async fn the_sign_in_can_still_be_completed_after_the_request() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let client = app.anonymous();
    client.request_factor_removal(&challenge).await.ok();
    let proof = json!({ "totpCode": ann.code(&app) });
    client.complete_login(&challenge, proof).await.ok();
    // It is completed now.
    let code = code_of_request(&app, &challenge).await;
    assert_eq!(code, "CHALLENGE_INVALID");
}

#[tokio::test]
async fn a_removal_needs_the_sign_in_of_the_same_client() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let other = app.anonymous().with_user_agent("curl/8.14.1");
    let reply = other.request_factor_removal(&challenge).await;
    reply.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    for garbage in ["", "0", &"x".repeat(5000)] {
        let code = code_of_request(&app, garbage).await;
        assert_eq!(code, "CHALLENGE_INVALID");
    }
    app.advance(TimeDelta::minutes(11));
    let code = code_of_request(&app, &challenge).await;
    assert_eq!(code, "CHALLENGE_INVALID");
}

#[tokio::test]
async fn an_account_without_a_factor_has_nothing_to_remove() {
    let required = [
        ("GATEHOUSE_SECOND_FACTOR", "required"),
        ("GATEHOUSE_EMAIL_VERIFICATION", "off"),
    ];
    let app = TestApp::with_settings(&required, |_| {}).await;
    let input = json!({ "email": EMAIL, "password": PASSWORD });
    app.anonymous().register(input).await;
    let challenge = challenge_of(&app.anonymous().login(EMAIL, PASSWORD).await);
    let code = code_of_request(&app, &challenge).await;
    assert_eq!(code, "CHALLENGE_INVALID");
}

#[tokio::test]
async fn a_mailbox_alone_removes_no_factor() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let client = app.anonymous();
    client.request_password_reset(EMAIL).await.ok();
    let link = app.last_mail_to(EMAIL).await.token("reset-password");
    client.reset_password(&link, PASSWORD).await.ok();

    let challenge = ann.challenge(&app).await;
    let code = code_of_request(&app, &challenge).await;
    assert_eq!(code, "PASSWORD_RESET_RECENTLY");

    app.advance(TimeDelta::days(30) + TimeDelta::seconds(1));
    request(&app, &ann).await;
}

#[tokio::test]
async fn one_of_three_links_works_once_and_for_half_an_hour() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let client = app.anonymous();
    let mut links = Vec::new();
    for _ in 0..4 {
        links.push(request(&app, &ann).await);
    }
    let voided = client.confirm_factor_removal(&links[0]).await;
    voided.assert_user_error("TOKEN_INVALID", &["token"]);
    let link = &links[2];
    let reset = client.reset_password(link, PASSWORD).await;
    reset.assert_user_error("TOKEN_INVALID", &["token"]);
    client.check_link("REMOVE_FACTORS", link).await.ok();
    let replies = join_all((0..8).map(|_| client.confirm_factor_removal(link))).await;
    let done = replies
        .iter()
        .filter(|reply| reply.payload()["userErrors"] == json!([]));
    assert_eq!(done.count(), 1);
    let other = client.confirm_factor_removal(&links[3]).await;
    other.assert_user_error("TOKEN_INVALID", &["token"]);

    let late = request(&app, &ann).await;
    app.advance(TimeDelta::minutes(31));
    let checked = client.check_link("REMOVE_FACTORS", &late).await;
    checked.assert_user_error("TOKEN_EXPIRED", &["token"]);
    let reply = client.confirm_factor_removal(&late).await;
    reply.assert_user_error("TOKEN_EXPIRED", &["token"]);
}

#[tokio::test]
async fn a_link_is_void_once_a_factor_was_used_or_removals_are_off() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    let off = |config: &mut Config| config.factors.removal_delay = None;
    let without = app.second_instance_with(off).await;
    let reply = without.anonymous().confirm_factor_removal(&link).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
    let client = without.anonymous();
    let checked = client.check_link("REMOVE_FACTORS", &link);
    checked.await.assert_user_error("TOKEN_INVALID", &["token"]);

    app.advance(TimeDelta::seconds(30));
    ann.login_again(&app).await;
    let reply = app.anonymous().confirm_factor_removal(&link).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_second_link_does_not_put_the_removal_off() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    let client = app.anonymous();
    let first = client.confirm_factor_removal(&link).await;
    app.advance(TimeDelta::days(1));
    let link = request(&app, &ann).await;
    let again = client.confirm_factor_removal(&link).await;
    assert_eq!(again.ok()["scheduledFor"], first.ok()["scheduledFor"]);
}

#[tokio::test]
async fn a_link_is_void_once_the_password_changed() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    let new = "seven calm herons wade";
    ann.user.change_password(PASSWORD, new).await.ok();
    let reply = app.anonymous().confirm_factor_removal(&link).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn operators_can_switch_it_off() {
    let off = [("GATEHOUSE_FACTOR_REMOVAL_DELAY", "off")];
    let app = TestApp::with_settings(&off, |_| {}).await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let code = code_of_request(&app, &challenge).await;
    assert_eq!(code, "FACTOR_REMOVAL_DISABLED");
    let settings = "{ authSettings { factorRemovalDelay } }";
    let reply = app.anonymous().graphql(settings, json!({})).await;
    assert!(reply.at("/data/authSettings/factorRemovalDelay").is_null());
}

#[tokio::test]
async fn an_address_that_must_be_verified_first_gets_no_link() {
    let off = [("GATEHOUSE_EMAIL_VERIFICATION", "off")];
    let app = TestApp::with_settings(&off, |_| {}).await;
    let ann = app.signed_up("ann").await;
    let ann = WithApp::enroll(&app, &ann).await;
    let challenge = ann.challenge(&app).await;
    let required = |config: &mut Config| {
        config.accounts.email_verification = EmailVerification::Required;
    };
    let later = app.second_instance_with(required).await;
    let code = code_of_request(&later, &challenge).await;
    assert_eq!(code, "EMAIL_NOT_VERIFIED");
}

#[tokio::test]
async fn emails_about_it_are_limited() {
    let limited = [("GATEHOUSE_LIMIT_MAIL", "2/1h")];
    let app = TestApp::with_settings(&limited, |_| {}).await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let client = app.anonymous();
    for _ in 0..2 {
        client.request_factor_removal(&challenge).await.ok();
    }
    let third = client.request_factor_removal(&challenge).await;
    third.assert_error("RATE_LIMITED");
}

#[tokio::test]
async fn a_mailbox_that_strangers_filled_still_gets_the_notice() {
    let settings = [
        ("GATEHOUSE_EMAIL_VERIFICATION", "off"),
        ("GATEHOUSE_LIMIT_RECIPIENT", "1/1h"),
    ];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let ann = app.signed_up("ann").await;
    let ann = WithApp::enroll(&app, &ann).await;
    app.advance(TimeDelta::hours(2));
    let link = request(&app, &ann).await;
    let challenge = ann.challenge(&app).await;
    let again = app.anonymous().request_factor_removal(&challenge).await;
    again.assert_error("RATE_LIMITED");
    app.anonymous().confirm_factor_removal(&link).await.ok();
    app.mail(EMAIL, "Your second factors will be removed").await;
}

#[tokio::test]
async fn two_instances_complete_a_removal_once() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let other = app.second_instance().await;
    let link = request(&app, &ann).await;
    app.anonymous().confirm_factor_removal(&link).await.ok();
    app.run_workers().await;
    app.advance(TimeDelta::days(8));
    tokio::join!(app.run_workers(), other.run_workers());
    app.run_workers().await;
    let mails = app.mails_to(EMAIL).await;
    let removed = mails
        .iter()
        .filter(|mail| mail.subject == "All second factors were removed from your account");
    assert_eq!(removed.count(), 1);
}

#[tokio::test]
async fn a_notice_that_is_sent_late_states_the_true_time() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    app.anonymous().confirm_factor_removal(&link).await.ok();
    app.advance(TimeDelta::days(1));
    let notice = app.mail(EMAIL, "Your second factors will be removed").await;
    let text = notice.text.replace('\n', " ");
    assert!(text.contains("removed at 2027-01-22 08:00 UTC"), "{text}");
}

#[tokio::test]
async fn the_link_of_the_notice_works_until_the_removal() {
    let month = [("GATEHOUSE_FACTOR_REMOVAL_DELAY", "30d")];
    let app = TestApp::with_settings(&month, |_| {}).await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    app.anonymous().confirm_factor_removal(&link).await.ok();
    let notice = app.mail(EMAIL, "Your second factors will be removed").await;
    app.advance(TimeDelta::days(30) - TimeDelta::minutes(1));
    let link = notice.token("secure-account");
    app.anonymous().secure_account(&link).await.ok();
}

#[tokio::test]
async fn an_export_has_the_scheduled_removal() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let link = request(&app, &ann).await;
    app.anonymous().confirm_factor_removal(&link).await.ok();
    let reply = ann.user.export_data(PASSWORD).await;
    let removal = &reply.ok()["export"]["secondFactors"]["scheduledRemoval"];
    let time = removal["scheduledFor"].as_str().unwrap();
    assert!(time.starts_with("2027-01-22T08:00:30"), "{removal}");
}
