//! When and how the user of a session was authenticated.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::{PASSWORD, SignedUp, TestApp};

const NEW_PASSWORD: &str = "seven maples hum underwater";
const AT_SIGN_IN: &str = "2027-01-15T08:00:00.000Z";

/// The current session as its owner sees it.
async fn current(user: &SignedUp) -> Value {
    let reply = user.sessions(json!({})).await;
    let sessions = reply
        .at("/data/me/sessions/nodes")
        .as_array()
        .unwrap()
        .clone();
    sessions
        .into_iter()
        .find(|session| session["current"] == true)
        .unwrap()
}

#[tokio::test]
async fn refresh_and_password_change_keep_the_time_of_authentication() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    assert_eq!(current(&ann).await["authenticatedAt"], AT_SIGN_IN);

    app.advance(TimeDelta::minutes(20));
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(current(&ann).await["authenticatedAt"], AT_SIGN_IN);

    let reply = ann.change_password(PASSWORD, NEW_PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    let session = current(&ann).await;
    assert_eq!(session["authenticatedAt"], AT_SIGN_IN);
    assert_eq!(session["createdAt"], "2027-01-15T08:20:00.000Z");
}

#[tokio::test]
async fn signing_in_again_authenticates_again() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(20));
    let reply = app.anonymous().login("ann@example.org", PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(
        current(&ann).await["authenticatedAt"],
        "2027-01-15T08:20:00.000Z"
    );
}

#[tokio::test]
async fn sessions_of_the_version_before_were_authenticated_by_password_when_they_began() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let db = app.database.db_connect().await;
    db.execute_unprepared("UPDATE sessions SET authenticated_at = NULL, methods = NULL")
        .await
        .unwrap();
    app.advance(TimeDelta::minutes(1));

    assert_eq!(current(&ann).await["authenticatedAt"], AT_SIGN_IN);

    let reply = ann.export_data(PASSWORD).await;
    let document = &reply.ok()["export"];
    let session = &document["sessions"][0];
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:00:00Z");
    assert_eq!(session["methods"], json!(["pwd"]));
}
