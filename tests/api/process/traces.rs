//! Traces, as a collector receives them from the binary.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::trace::v1::Span;
use serde_json::json;
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::{Collector, PASSWORD, TestDatabase, attribute};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// The spans of the request that executes `operation`, by name.
fn of_operation(spans: &[Span], operation: &str) -> BTreeMap<String, Span> {
    let mut all = spans.iter();
    let request = all.find(|span| {
        let name = attribute(&span.attributes, "graphql.operation.name");
        name.as_deref() == Some(operation)
    });
    let request = request.unwrap_or_else(|| panic!("{operation}: {spans:#?}"));
    let trace = spans
        .iter()
        .filter(|span| span.trace_id == request.trace_id);
    trace
        .map(|span| (span.name.clone(), span.clone()))
        .collect()
}

async fn post_me(process: &Launched, traceparent: &str) -> reqwest::Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({ "query": "{ me { id } }" });
    let post = client
        .post(format!("http://{}/graphql", process.api))
        .header("traceparent", traceparent)
        .json(&body);
    post.send().await.unwrap()
}

/// What a collector receives of a registration, its email, a sign-in and `me`; and the access token.
async fn traced_sign_in() -> (Collector, String) {
    let (collector, folder) = (Collector::start().await, TempDir::new().unwrap());
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url()),
        ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b"),
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            "deployment.environment.name=test",
        ),
    ];
    let process = Launched::start(folder.path(), &variables);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD, "name": "Annabel" });
    let client = process.anonymous();
    client.register(input).await.ok();
    let reply = client.login("ann@example.org", PASSWORD).await;
    let token = reply.text("/data/login/tokens/accessToken");
    client.bearing(&token).me().await.ok();
    let deadline = Instant::now() + Duration::from_secs(30);
    while process.metric("emails_sent_total").await == "0" {
        assert!(Instant::now() < deadline, "no email was sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(process.terminate());
    (collector, token)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_a_trace() {
    let (collector, _) = traced_sign_in().await;
    let spans = collector.spans();
    let login = of_operation(&spans, "login");
    let request = "POST /graphql";
    let expected = [
        (request, None),
        ("authentication", Some(request)),
        ("document", Some(request)),
        ("hash", Some("resolver")),
        ("hash wait", Some("resolver")),
        ("resolver", Some(request)),
        ("statement", Some("resolver")),
    ];
    let names: BTreeSet<&str> = login.keys().map(String::as_str).collect();
    assert_eq!(names, expected.map(|(name, _)| name).into());
    for (name, parent) in expected {
        let span = &login[name];
        let parent = parent.map_or(Vec::new(), |parent| login[parent].span_id.clone());
        assert_eq!(span.parent_span_id, parent, "{name}");
        assert!(
            span.start_time_unix_nano <= span.end_time_unix_nano,
            "{name}"
        );
    }
    for (span, name, value) in [
        (request, "http.response.status_code", "200"),
        ("resolver", "graphql.field.name", "login"),
        ("hash", "gatehouse.hash.cost", "10"),
    ] {
        let found = attribute(&login[span].attributes, name);
        assert_eq!(found.as_deref(), Some(value), "{name}");
    }
    let me = of_operation(&spans, "me");
    let look_up = &me["session look-up"];
    assert_eq!(look_up.parent_span_id, me["authentication"].span_id);
    let mut emails = spans.iter().filter(|span| span.name == "deliver email");
    let email = emails.next().unwrap();
    let kind = attribute(&email.attributes, "gatehouse.email.kind");
    assert_eq!(kind.as_deref(), Some("verify_email"));
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_name_the_service_and_no_user() {
    let (collector, token) = traced_sign_in().await;
    for (name, value) in [
        ("service.name", "gatehouse"),
        ("deployment.environment.name", "test"),
    ] {
        assert_eq!(collector.attribute(name).as_deref(), Some(value));
    }
    assert_eq!(collector.header("api-key").as_deref(), Some("a b"));
    let text = collector.text();
    for private in [
        "ann@",
        "example.org",
        "Annabel",
        PASSWORD,
        &token,
        "127.0.0.1",
        "reqwest",
    ] {
        assert!(!text.contains(private), "{private}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_of_a_caller_goes_on() {
    let (collector, folder) = (Collector::start().await, TempDir::new().unwrap());
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        (
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            &format!("{}/v1/traces", collector.url()),
        ),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let response = post_me(&process, &format!("00-{TRACE}-{CALLER}-01")).await;
    let answered = response.headers()["traceresponse"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        answered.starts_with(&format!("00-{TRACE}-")) && answered.ends_with("-01"),
        "{answered}"
    );
    let id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    process.wait_for(TRACE);
    let line = process
        .log
        .iter()
        .find(|line| line.contains(TRACE))
        .unwrap();
    assert!(line.contains(&id), "{line}");
    // The caller has decided not to export it.
    let unsampled = TRACE.replace('4', "5");
    post_me(&process, &format!("00-{unsampled}-{CALLER}-00")).await;
    for malformed in ["00-0-0-01", "garbage", &format!("ff-{TRACE}-{CALLER}-01")] {
        let response = post_me(&process, malformed).await;
        let answered = response.headers()["traceresponse"].to_str().unwrap();
        assert!(!answered.contains(TRACE), "{malformed}: {answered}");
    }
    assert!(process.terminate());

    let spans = collector.spans();
    let parents: Vec<String> = spans
        .iter()
        .filter(|span| span.name == "POST /graphql")
        .map(|span| hex::encode(&span.parent_span_id))
        .collect();
    assert_eq!(parents, [CALLER, "", "", ""]);
    assert!(
        !spans
            .iter()
            .any(|span| hex::encode(&span.trace_id) == unsampled)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_collector_the_log_has_the_trace_of_a_caller() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let mut process = Launched::start(folder.path(), &[("DATABASE_URL", &database.url)]);
    let response = post_me(&process, &format!("00-{TRACE}-{CALLER}-01")).await;
    assert!(!response.headers().contains_key("traceresponse"));
    process.wait_for(TRACE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_of_the_traces_is_exported() {
    let (collector, folder) = (Collector::start().await, TempDir::new().unwrap());
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url()),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.5"),
    ];
    let process = Launched::start(folder.path(), &variables);
    for _ in 0..100 {
        process.anonymous().me().await;
    }
    assert!(process.terminate());
    let requests = collector.spans();
    let requests = requests.iter().filter(|span| span.name == "POST /graphql");
    let share = requests.count();
    // Beyond these once in a billion runs.
    assert!((20..=80).contains(&share), "{share}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_or_silent_delays_nothing() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}", silent.local_addr().unwrap());
    for endpoint in ["http://127.0.0.1:1", &silent] {
        let folder = TempDir::new().unwrap();
        let database = TestDatabase::create_empty().await;
        let variables = [
            ("DATABASE_URL", database.url.as_str()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("OTEL_BSP_SCHEDULE_DELAY", "10"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "16"),
        ];
        let mut process = Launched::start(folder.path(), &variables);
        for _ in 0..100 {
            process.anonymous().me().await;
        }
        if endpoint == "http://127.0.0.1:1" {
            process.wait_for("traces not exported");
        }
        let begun = Instant::now();
        assert!(process.terminate(), "{endpoint}");
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn an_address_for_grpc_is_rejected_with_what_is_accepted() {
    let folder = TempDir::new().unwrap();
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
    ];
    let log = Launched::try_start(folder.path(), &variables)
        .err()
        .unwrap();
    let said = log.join("\n");
    assert!(
        said.contains("OTEL_EXPORTER_OTLP_PROTOCOL") && said.contains("http/protobuf"),
        "{said}"
    );
}
