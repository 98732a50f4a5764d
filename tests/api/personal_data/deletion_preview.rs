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
            ("Links in mails", 2),
            ("Security events", 3),
            ("Sessions", 2),
            ("Mails on their way", 0),
            ("Wrong passwords", 0),
            ("Known devices", 3),
            ("Account", 1)
        ]
    );
    assert_eq!(preview["retained"][0]["name"], "Deletion record");
    assert_eq!(preview["wouldCompleteBy"], "2027-01-15T09:00:00.000Z");
    assert!(ann.is_signed_in().await, "looking changes nothing");
}
