//! Signature counters and backup flags are for the log, never a reason to reject.

use serde_json::Value;

use super::stage::{add, factors, new_device, sign_in, verified};
use crate::support::{Reply, TestApp, log_of};

const LOGGED: &str = "passkey used with a lower counter or another eligibility for backup";

fn logged(reply: &Reply) -> Option<Value> {
    let lines = log_of(reply).into_iter();
    lines.into_iter().find(|line| line["message"] == LOGGED)
}

#[tokio::test]
async fn counter_that_goes_back_is_accepted_and_logged() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    device.counter = 5;
    let ann = add(&ann, &mut device).await;
    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.ok();
    assert_eq!(logged(&reply), None, "from 6 to 7");

    device.counter = 2;
    let reply = sign_in(&app.anonymous(), &mut device).await;

    reply.ok();
    let line = logged(&reply).unwrap();
    assert_eq!((&line["old"], &line["new"]), (&7.into(), &3.into()));
    assert_eq!(line["user"], ann.user_id);
    let passkey = &factors(&ann).await["passkeys"][0];
    assert_eq!(line["passkey"], passkey["id"]);
    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.ok();
    assert_eq!(logged(&reply), None, "from 3 to 4");
}

#[tokio::test]
async fn counter_that_stands_still_is_logged_unless_there_is_none() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    let ann = add(&ann, &mut device).await;
    for _ in 0..2 {
        let reply = sign_in(&app.anonymous(), &mut device).await;
        reply.ok();
        assert_eq!(logged(&reply), None, "0 means none");
    }
    let mut counting = new_device();
    counting.counter = 8;
    add(&ann, &mut counting).await;
    counting.counter = 8;
    let reply = sign_in(&app.anonymous(), &mut counting).await;
    reply.ok();
    let line = logged(&reply).unwrap();
    assert_eq!((&line["old"], &line["new"]), (&9.into(), &9.into()));
}

#[tokio::test]
async fn largest_counter_is_stored() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    device.counter = u32::MAX - 2;
    add(&ann, &mut device).await;
    sign_in(&app.anonymous(), &mut device).await.ok();
    device.counter = 0;

    let reply = sign_in(&app.anonymous(), &mut device).await;

    reply.ok();
    let line = logged(&reply).unwrap();
    assert_eq!((&line["old"], &line["new"]), (&u32::MAX.into(), &0.into()));
}

#[tokio::test]
async fn backup_eligibility_that_changes_is_accepted_and_logged() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    let ann = add(&ann, &mut device).await;
    for eligible in [true, false] {
        device.backup_eligible = eligible;
        device.backup_state = eligible;

        let reply = sign_in(&app.anonymous(), &mut device).await;

        reply.ok();
        assert_eq!(logged(&reply).unwrap()["eligible"], eligible);
        let passkey = &factors(&ann).await["passkeys"][0];
        assert_eq!(passkey["synced"], eligible);
        let reply = sign_in(&app.anonymous(), &mut device).await;
        reply.ok();
        assert_eq!(logged(&reply), None, "it is stored");
    }
}
