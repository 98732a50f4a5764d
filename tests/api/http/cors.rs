//! Who may call from a browser.

use reqwest::Method;
use reqwest::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN};

use crate::support::TestApp;

#[tokio::test]
async fn the_configured_front_ends_may_and_nobody_else() {
    let variables = [
        (
            "GATEHOUSE_CORS_ORIGINS",
            "https://admin.example.org,capacitor://localhost",
        ),
        ("GATEHOUSE_CORS_HEADERS", "X-Tenant"),
    ];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let preflight = |origin: &str| {
        http.request(Method::OPTIONS, app.url("/graphql"))
            .header(ORIGIN, origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization,content-type",
            )
            .send()
    };
    for origin in [
        "https://app.example.org",
        "https://admin.example.org",
        "capacitor://localhost",
    ] {
        let response = preflight(origin).await.unwrap();
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], origin);
        let headers = response.headers()[ACCESS_CONTROL_ALLOW_HEADERS]
            .to_str()
            .unwrap();
        assert!(headers.contains("authorization"));
    }
    let sent = "authorization,content-type,x-gatehouse-tokens,traceparent,tracestate,baggage,sentry-trace,\
                x-request-id,x-requested-with,apollographql-client-name,apollographql-client-version,\
                x-apollo-operation-name,apollo-require-preflight,x-datadog-trace-id,newrelic,x-tenant";
    let response = preflight("https://app.example.org").await.unwrap();
    let allowed = response.headers()[ACCESS_CONTROL_ALLOW_HEADERS]
        .to_str()
        .unwrap();
    for name in sent.split(',') {
        assert!(
            allowed.split(", ").any(|it| it == name),
            "{name} is not in {allowed}"
        );
    }
    for origin in [
        "https://evil.example",
        "http://app.example.org",
        "https://app.example.org:8443",
        "https://admin.example.org.evil.example",
        "null",
        "capacitor://other",
        "http://localhost",
    ] {
        let response = preflight(origin).await.unwrap();
        assert!(
            response
                .headers()
                .get(ACCESS_CONTROL_ALLOW_ORIGIN)
                .is_none(),
            "{origin}"
        );
    }
}
