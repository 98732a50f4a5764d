//! A cursor is a place in a list, not a key to it.

use serde_json::json;

use super::People;
use crate::support::TestApp;

#[tokio::test]
async fn another_users_cursor_opens_none_of_their_lists() {
    let app = TestApp::start().await;
    let people = People::meet(&app, 0).await;
    for _ in 0..3 {
        people.owner.login_again().await;
    }
    let page = json!({ "first": 1 });
    let sessions = people.owner.sessions(page.clone()).await;
    let events = people.owner.security_events(page).await;
    let after_session = sessions.text("/data/me/sessions/pageInfo/endCursor");
    let after_event = events.text("/data/me/securityEvents/pageInfo/endCursor");
    for cursor in [after_session, after_event] {
        let page = json!({ "first": 100, "after": cursor });
        let sessions = people.other.sessions(page.clone()).await;
        let events = people.other.security_events(page).await;
        let shown = sessions.at("/data/me/sessions/nodes").as_array().unwrap();
        assert!(
            shown
                .iter()
                .all(|session| session["id"] == people.other.session_id),
            "{shown:?}"
        );
        let shown = events
            .at("/data/me/securityEvents/nodes")
            .as_array()
            .unwrap();
        assert!(
            shown
                .iter()
                .all(|event| event["session"]["id"] == people.other.session_id),
            "{shown:?}"
        );
        // The place is later than all of the other's records, so they are all there.
        assert_eq!(shown.len(), 1);
        people.assert_hidden(&sessions.body.to_string());
        people.assert_hidden(&events.body.to_string());
    }
}
