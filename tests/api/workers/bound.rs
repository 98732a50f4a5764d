//! How many sessions and security events of an account are kept.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::support::{PASSWORD, SignedUp, TestApp, count_rows, insert_rows};

/// The `n`th session of `user`, used last at `used_at`, active unless it ended.
fn session(
    n: u128,
    user: &SignedUp,
    used_at: DateTime<Utc>,
    ended: Option<DateTime<Utc>>,
) -> Vec<Value> {
    let user: Uuid = user.user_id.parse().unwrap();
    let end = used_at + TimeDelta::days(20);
    let mut row: Vec<Value> = vec![Uuid::from_u128(n).into(), user.into()];
    row.extend([
        used_at.into(),
        used_at.into(),
        end.into(),
        end.into(),
        ended.into(),
    ]);
    row.extend([n.to_string().into(), vec![1_u8].into(), 0.into(), "".into()]);
    row
}

async fn insert_sessions(app: &TestApp, rows: impl Iterator<Item = Vec<Value>>) {
    let columns = [
        "id",
        "user_id",
        "created_at",
        "last_used_at",
        "idle_expires_at",
        "expires_at",
        "ended_at",
        "user_agent",
        "refresh_token_hash",
        "refresh_generation",
        "recent_rotations",
    ];
    insert_rows(app, "sessions", &columns, rows).await;
}

fn minutes(n: u128) -> TimeDelta {
    TimeDelta::minutes(i64::try_from(n).unwrap())
}

#[tokio::test]
async fn sessions_used_longest_ago_go_and_the_newest_stays() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    app.advance(TimeDelta::hours(10));
    // The higher the number, the longer ago.
    let many = (1..=5000).map(|n| session(n, &ann, app.now() - minutes(n), None));
    insert_sessions(&app, many).await;
    let few = (6001..=6400).map(|n| session(n, &bob, app.now() - minutes(n), None));
    insert_sessions(&app, few).await;
    let newest = ann.login_again().await;

    app.run_workers().await;

    let left = count_rows(&app, "sessions", "length(user_agent) < 5").await;
    assert_eq!(left, 499 + 400, "beside the newest; others' are untouched");
    let kept = "user_agent IN ('1', '2', '498', '499', '6400')";
    assert_eq!(count_rows(&app, "sessions", kept).await, 5);
    let gone = "user_agent IN ('500', '5000')";
    assert_eq!(count_rows(&app, "sessions", gone).await, 0);
    assert!(newest.is_signed_in().await);
    assert!(
        !ann.is_signed_in().await,
        "used longest ago of all that were removed"
    );
}

#[tokio::test]
async fn revoked_sessions_go_before_active_ones() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let active = (1..=300).map(|n| session(n, &ann, app.now() - minutes(n + 1000), None));
    insert_sessions(&app, active).await;
    let revoked =
        (1001..=1300).map(|n| session(n, &ann, app.now() - minutes(n - 1000), Some(app.now())));
    insert_sessions(&app, revoked).await;

    app.run_workers().await;

    assert_eq!(count_rows(&app, "sessions", "ended_at IS NULL").await, 301);
    assert_eq!(
        count_rows(&app, "sessions", "ended_at IS NOT NULL").await,
        199
    );
    assert_eq!(count_rows(&app, "sessions", "user_agent = '1300'").await, 0);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn newest_ten_thousand_events_are_kept() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    let user: Uuid = ann.user_id.parse().unwrap();
    let event = |n: u128| -> Vec<Value> {
        let at = app.now() - TimeDelta::seconds(i64::try_from(n).unwrap());
        vec![
            Uuid::from_u128(n).into(),
            user.into(),
            "LOGIN_FAILED".into(),
            at.into(),
        ]
    };
    let columns = ["id", "user_id", "kind", "occurred_at"];
    insert_rows(&app, "security_events", &columns, (1..=12_500).map(event)).await;

    let other = app.second_instance().await;
    tokio::join!(app.run_workers(), other.run_workers());

    let left = count_rows(&app, "security_events", "kind = 'LOGIN_FAILED'").await;
    assert_eq!(left, 9_999, "and the registration, which is the newest");
    assert_eq!(ann.event_types().await[..2], ["REGISTERED", "LOGIN_FAILED"]);
    assert_eq!(bob.event_types().await, ["REGISTERED"]);
    app.anonymous().login("ann", PASSWORD).await.ok();
    app.run_workers().await;
    assert_eq!(
        count_rows(&app, "security_events", "kind = 'LOGIN_FAILED'").await,
        9_998
    );
}
