//! `me.deletionPreview`

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn it_counts_what_is_held_about_the_viewer_alone() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.signed_up("bob").await;
    ann.login_again().await.logout().await.ok();

    app.run_workers().await;
    let document = include_str!("../documents/deletion_preview.graphql");
    let reply = ann.graphql(document, json!({})).await;

    let preview = reply.at("/data/me/deletionPreview");
    let counts: Vec<(&str, i64)> = preview["removed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| {
            (
                kind["name"].as_str().unwrap(),
                kind["count"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("Links in emails", 2),
            ("Security events", 3),
            ("Sessions", 2),
            ("Queued emails", 0),
            ("Wrong passwords and codes", 0),
            ("Known devices", 4),
            ("Second factors", 0),
            ("Account", 1)
        ]
    );
    assert_eq!(preview["retained"][0]["name"], "Deletion record");
    assert_eq!(preview["wouldCompleteBy"], "2027-01-15T09:00:00.000Z");
    assert!(ann.is_signed_in().await, "looking changes nothing");
}

const PREVIEW: &str = "deletionPreview { removed { name description count } retained { name reason retainedFor } wouldCompleteBy }";

/// `{ me { p0: deletionPreview { ... } p1: ... } }`
fn previews(many: usize) -> String {
    let fields = (0..many).map(|n| format!("p{n}: {PREVIEW}"));
    format!("{{ me {{ {} }} }}", fields.collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn a_preview_is_computed_once_for_each_query() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let mut statements = Vec::new();
    for many in [1, 15] {
        let before = app.statements().await;
        let reply = ann.graphql(&previews(many), json!({})).await;
        assert_eq!(reply.at("/data/me/p0/removed/7/count"), 1);
        statements.push(app.statements().await - before);
    }
    assert_eq!(statements[0], statements[1]);
}

#[tokio::test]
async fn smallest_budget_affords_one_preview_and_not_two() {
    let budget = [("GATEHOUSE_MAX_COMPLEXITY", "50")];
    let app = TestApp::with_settings(&budget, |_| {}).await;
    let ann = app.signed_up("ann").await;

    let one = ann.graphql(&previews(1), json!({})).await;

    assert_eq!(one.at("/data/me/p0/retained/0/name"), "Deletion record");
    let two =
        "{ me { a: deletionPreview { wouldCompleteBy } b: deletionPreview { wouldCompleteBy } } }";
    ann.graphql(two, json!({}))
        .await
        .assert_error("QUERY_TOO_COMPLEX");
}
