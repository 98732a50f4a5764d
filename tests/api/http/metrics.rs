//! `/metrics`: what is counted under which name, from which moment on.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::Required;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{PASSWORD, SignedUp, TestApp, poison};

const NEW: &str = "nine otters sleep on kelp";

fn operation(name: &str, outcome: &str) -> String {
    format!("operations_total{{operation=\"{name}\",outcome=\"{outcome}\"}}")
}

#[tokio::test]
async fn every_counter_exists_at_zero_from_the_start() {
    let app = TestApp::start().await;
    let text = app.metrics().await;
    let counters: Vec<&str> = text.lines().filter(|it| it.contains("_total")).collect();
    for line in &counters {
        let is_zero = line.ends_with(" 0") || line.contains("database_statements_total");
        assert!(is_zero, "{line}");
    }
    for name in [
        &*operation("login", "failed"),
        &operation("me", "completed"),
        &operation("other", "canceled"),
        "operations_rejected_total{code=\"INTERNAL\"}",
        "account_logins_total{outcome=\"failed\"}",
        "access_tokens_rejected_total{reason=\"session_ended\"}",
        "rate_limited_total{action=\"login\"}",
        "http_responses_total{status=\"5xx\"}",
        "operation_duration_seconds_count{operation=\"register\"}",
    ] {
        assert_eq!(app.metric(name).await, 0, "{name}");
    }
}

#[tokio::test]
async fn operations_are_counted_by_name_and_outcome() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.anonymous().login("ann", "not it").await;
    app.anonymous()
        .update_profile(json!({}))
        .await
        .assert_error("UNAUTHENTICATED");
    ann.graphql("{ me { id } authSettings { usernamesEnabled } }", json!({}))
        .await;
    for (name, outcome) in [
        ("register", "completed"),
        // The user can correct it.
        ("login", "completed"),
        ("updateProfile", "rejected"),
        ("other", "completed"),
    ] {
        let name = operation(name, outcome);
        assert_eq!(app.metric(&name).await, 1, "{name}");
    }
    let took = "operation_duration_seconds_count{operation=\"login\"}";
    assert_eq!(app.metric(took).await, 1);
}

#[tokio::test]
async fn a_client_cannot_add_a_name() {
    let app = TestApp::start().await;
    let before = app.metrics().await.lines().count();
    for n in 0..20 {
        let document = format!("query Name{n} {{ alias{n}: authSettings {{ usernamesEnabled }} }}");
        let body = json!({ "query": document, "operationName": format!("Name{n}") });
        let reply = app.anonymous().send(body.to_string()).await;
        assert!(reply.at("/data").is_object(), "{:#}", reply.body);
        let unknown = format!("{{ nothing{n} }}");
        app.anonymous().graphql(&unknown, json!({})).await;
    }
    assert_eq!(app.metrics().await.lines().count(), before);
    let counted = app.metric(&operation("authSettings", "completed")).await;
    assert_eq!(counted, 20);
    let unknown = app.metric(&operation("other", "rejected")).await;
    assert_eq!(unknown, 20);
}

#[tokio::test]
async fn trusted_operations_are_counted_by_their_own_names() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("web.json");
    let document = "query SignInPage { authSettings { usernamesEnabled } }";
    let unnamed = "{ me { id } }";
    let manifest = json!({ "page": document, "other": unnamed });
    std::fs::write(&path, manifest.to_string()).unwrap();
    let app = TestApp::with(|config| config.limits.trusted_documents = vec![path]).await;
    for id in ["page", "other"] {
        let body = json!({ "documentId": id });
        app.anonymous().send(body.to_string()).await;
    }
    let page = app.metric(&operation("SignInPage", "completed")).await;
    let unnamed = app.metric(&operation("other", "completed")).await;
    assert_eq!((page, unnamed), (1, 1));
    // Not the name of the operation that would run.
    let body = json!({ "documentId": "other", "operationName": "SignInPage" });
    app.anonymous().send(body.to_string()).await;
    let rejected = app.metric(&operation("SignInPage", "rejected")).await;
    assert_eq!(rejected, 0);
}

#[tokio::test]
async fn a_sign_in_is_timed_under_whatever_name_it_runs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("web.json");
    let document =
        "mutation Enter($input: LoginInput!) { login(input: $input) { userErrors { code } } }";
    std::fs::write(&path, json!({ "enter": document }).to_string()).unwrap();
    let app = TestApp::with(|config| config.limits.trusted_documents = vec![path]).await;
    let input = json!({ "identifier": "ann", "password": PASSWORD });
    let body = json!({ "documentId": "enter", "variables": { "input": input } });
    let reply = app.anonymous().send(body.to_string()).await;
    assert!(reply.at("/data/login").is_object(), "{:#}", reply.body);
    let entered = app.metric(&operation("Enter", "completed")).await;
    let timed = app.metric("login_duration_seconds_count").await;
    assert_eq!((entered, timed), (1, 1));
}

#[tokio::test]
async fn a_lock_by_a_password_check_is_counted() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for _ in 0..5 {
        ann.change_password("not it", NEW).await;
    }
    assert_eq!(app.metric("lockouts_total").await, 1);
}

#[tokio::test]
async fn a_client_that_leaves_is_no_failure() {
    let app = TestApp::with(|config| config.passwords.bcrypt_cost = 14).await;
    let body = json!({
        "query": "mutation($input: LoginInput!) { login(input: $input) { userErrors { code } } }",
        "variables": { "input": { "identifier": "ann", "password": PASSWORD } },
    })
    .to_string();
    let address = app.url("").replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
    while app.metric("hashes_pending").await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(stream);
    let canceled = operation("login", "canceled");
    while app.metric(&canceled).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(app.metric(&operation("login", "failed")).await, 0);
}

#[tokio::test]
async fn sign_ins_to_unknown_accounts_are_counted_apart() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    for (name, password) in [("ann", PASSWORD), ("ann", "not it"), ("bob", PASSWORD)] {
        app.anonymous().login(name, password).await;
    }
    for (name, count) in [
        ("account_logins_total{outcome=\"succeeded\"}", 1),
        ("account_logins_total{outcome=\"invalid_credentials\"}", 1),
        ("logins_total{outcome=\"invalid_credentials\"}", 2),
    ] {
        assert_eq!(app.metric(name).await, count, "{name}");
    }
    for _ in 0..4 {
        app.anonymous().login("ann", "not it").await;
        app.anonymous().login("nobody", "not it").await;
    }
    app.anonymous().login("nobody", "not it").await;
    assert_eq!(app.metric("lockouts_total").await, 1, "of ann");
}

#[tokio::test]
async fn a_registration_is_complete_when_the_address_is_verified_where_that_is_required() {
    let app = TestApp::with(|config| config.accounts.email_verification = Required).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    let begun = "registrations_total{outcome=\"awaiting_verification\"}";
    let completed = "registrations_completed_total";
    assert_eq!(
        (app.metric(begun).await, app.metric(completed).await),
        (1, 0)
    );
    let mail = app.last_mail_to("ann@example.org").await;
    let token = mail.token("verify-email");
    app.anonymous().verify_email(&token).await.ok();
    assert_eq!(app.metric(completed).await, 1);

    let open = TestApp::start().await;
    let bob: SignedUp = open.signed_up("bob").await;
    assert_eq!(open.metric(completed).await, 1);
    bob.verify_address(&open).await;
    assert_eq!(open.metric(completed).await, 1, "not once more");
}

#[tokio::test]
async fn a_password_reset_is_timed_from_its_email_to_the_new_password() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    for email in ["ann@example.org", "nobody@example.org"] {
        app.anonymous().request_password_reset(email).await.ok();
    }
    let mail = app.mail("ann@example.org", "Choose a new password").await;
    assert_eq!(app.metric("password_resets_requested_total").await, 1);
    app.advance(TimeDelta::seconds(90));
    let token = mail.token("reset-password");
    app.anonymous().reset_password(&token, NEW).await.ok();
    let took: f64 = app.figure("password_reset_duration_seconds_sum").await;
    assert!((89.0..=91.0).contains(&took), "{took}");
}

#[tokio::test]
async fn a_deletion_is_overdue_a_day_after_it_was_due() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    poison(&app, "users", "old.username = 'ann'").await;
    for (hours, overdue) in [(1, 0), (23, 0), (24, 1)] {
        app.advance(TimeDelta::hours(hours));
        app.run_workers().await;
        let counted = (
            app.metric("deletions_due").await,
            app.metric("deletions_overdue").await,
        );
        assert_eq!(counted, (1, overdue), "{hours} hours later");
    }
}

#[tokio::test]
async fn the_pools_and_their_statements_are_measured() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.me().await.ok();
    for name in [
        "database_connections_max{pool=\"requests\"}",
        "database_connections{pool=\"requests\",state=\"idle\"}",
        "database_statement_duration_seconds_count",
        "database_begin_duration_seconds_count",
        "database_lookup_size_count",
        "access_tokens_total{source=\"verified\"}",
        "hash_batch_duration_seconds_count",
    ] {
        assert!(app.metric(name).await > 0, "{name}");
    }
    ann.me().await.ok();
    assert!(app.metric("access_tokens_total{source=\"cached\"}").await > 0);
    let failed = app.metric("database_statements_failed_total").await;
    assert_eq!(failed, 0);
}
