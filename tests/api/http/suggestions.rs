//! In development an unknown field is answered with the one that may have been meant.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn unknown_field_is_answered_with_the_closest_one_in_development() {
    let app = TestApp::start().await;
    let long = "x".repeat(2000);
    for (query, meant) in [
        ("{ me { emial } }", Some("email")),
        ("{ mee { id } }", Some("me")),
        ("{ me { sesions { nodes { id } } } }", Some("sessions")),
        (
            "{ authSettings { registrationOpn } }",
            Some("registrationOpen"),
        ),
        ("{ me { favouriteColour } }", None),
        (&format!("{{ me {{ {long} }} }}"), None),
    ] {
        let reply = app.anonymous().graphql(query, json!({})).await;
        let message = reply.body["errors"][0]["message"].as_str().unwrap();
        match meant {
            Some(field) => {
                let sentence = format!("Did you mean \"{field}\"");
                assert_eq!(message.matches(&sentence).count(), 1, "{message}");
            }
            None => assert!(!message.contains("Did you mean"), "{message}"),
        }
    }
    let production = [("GATEHOUSE_PROFILE", "production")];
    let app = TestApp::with_settings(&production, |_| {}).await;
    let reply = app.anonymous().graphql("{ me { emial } }", json!({})).await;
    assert!(!reply.body.to_string().contains("email"), "{}", reply.body);
}
