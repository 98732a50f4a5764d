//! `/dev/mail`

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::TestApp;

async fn get(app: &TestApp, path: &str) -> reqwest::Response {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    http.get(app.url(path)).send().await.unwrap()
}

#[tokio::test]
async fn it_lists_the_mails_and_shows_each_as_its_recipient_sees_it() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let mail = app.last_mail_to("ann@example.org").await;

    let list: Value = get(&app, "/dev/mail/messages").await.json().await.unwrap();

    assert_eq!(list[0]["to"], "ann@example.org");
    assert_eq!(list[0]["subject"], "Confirm your email address");
    let link = format!(
        "https://app.example.org/verify-email?token={}",
        mail.token("verify-email")
    );
    assert_eq!(list[0]["links"][0], link.as_str());
    let name = list[0]["name"].as_str().unwrap();
    let html = get(&app, &format!("/dev/mail/messages/{name}/html")).await;
    let policy = html.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("sandbox ") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    assert!(html.text().await.unwrap().contains(&link));
    let text = get(&app, &format!("/dev/mail/messages/{name}/text")).await;
    assert_eq!(text.text().await.unwrap(), mail.text);
    let source = get(&app, &format!("/dev/mail/messages/{name}/source")).await;
    assert!(source.text().await.unwrap().starts_with("From: "));
    let page = get(&app, "/dev/mail").await;
    assert!(page.text().await.unwrap().contains("/dev/mail/page.js"));
    for asset in ["page.js", "page.css"] {
        let asset = get(&app, &format!("/dev/mail/{asset}")).await;
        assert_eq!(asset.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn nothing_but_mails_can_be_read() {
    let app = TestApp::start().await;
    for path in [
        "/dev/mail/messages/..%2f..%2f..%2fetc%2fpasswd/source",
        "/dev/mail/messages/%2e%2e/source",
        "/dev/mail/messages/nothing/source",
        "/dev/mail/messages/nothing/else",
        "/dev/mail/messages//html",
    ] {
        assert_eq!(
            get(&app, path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_reads_nothing() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (host, status) in [
        ("evil.example", StatusCode::NOT_FOUND),
        ("localhost:8080", StatusCode::OK),
        ("auth.example.org", StatusCode::OK),
    ] {
        let request = http.get(app.url("/dev/mail/messages")).header("host", host);
        assert_eq!(request.send().await.unwrap().status(), status, "{host}");
    }
}

#[tokio::test]
async fn in_production_there_is_none() {
    let variables = [("GATEHOUSE_PROFILE", "production")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    for path in ["/dev/mail", "/dev/mail/messages", "/dev/mail/page.js"] {
        assert_eq!(
            get(&app, path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
