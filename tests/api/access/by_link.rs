//! Tests of what an emailed link reveals about its account.

use serde_json::json;

use super::reads::answer;
use super::table::Table;
use super::walk::reachable;
use super::{ACTORS, People};
use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_link_shows_its_holder_the_profile_and_no_history() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let mut observed = Table::default();
    for actor in ACTORS {
        for (case, (name, field)) in schema["User"].iter().enumerate() {
            // A link works once.
            let people = People::meet(&app, case * 10 + actor as usize).await;
            let profile = json!({
                "name": "Somebody",
                "avatarUrl": "https://pictures.example.org/1.png",
                "locale": "en",
            });
            people.owner.update_profile(profile).await.ok();
            let token = app
                .last_mail_to(&people.owner.email)
                .await
                .token("verify-email");
            app.anonymous()
                .login(&people.owner.email, PASSWORD)
                .await
                .ok();
            let document = format!(
                "mutation($token: String!) {{ verifyEmail(input: {{ token: $token }}) {{ user {{ {} }} }} }}",
                field.selection(name)
            );
            let client = people.client(&app, actor);
            let reply = client.graphql(&document, json!({ "token": token })).await;
            let answer = answer(&reply.body, "/data/verifyEmail/user", name);
            observed.note("User by link", name, actor, answer);
        }
    }
    observed.assert_as_written();
}
