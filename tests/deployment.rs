//! Holds the example files of `docs/deployment/` to the defaults that they are written for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The values of every line `name value;` of the nginx file, in order.
fn nginx(name: &str) -> Vec<String> {
    let prefix = format!("{name} ");
    read("docs/deployment/nginx.conf")
        .lines()
        .filter_map(|line| line.trim().strip_prefix(&prefix))
        .map(|value| value.trim_end_matches(';').to_owned())
        .collect()
}

/// The values of every line `name=value` of the unit, in order.
fn unit(name: &str) -> Vec<String> {
    let prefix = format!("{name}=");
    read("docs/deployment/gatehouse.service")
        .lines()
        .filter_map(|line| line.strip_prefix(&prefix))
        .map(str::to_owned)
        .collect()
}

/// The only value, a number of seconds such as `5s`.
fn seconds(values: &[String]) -> u64 {
    assert_eq!(values.len(), 1, "{values:?}");
    values[0].strip_suffix('s').unwrap().parse().unwrap()
}

/// The default of a setting, as docs/reference/settings.md has it; in production if that differs.
fn default_of(setting: &str) -> String {
    let reference = read("docs/reference/settings.md");
    let start = format!("| `{setting}` | ");
    let row = reference.lines().find(|line| line.starts_with(&start));
    let cell = row.unwrap().split('|').nth(2).unwrap();
    cell.rsplit('`').nth(1).unwrap().to_owned()
}

#[test]
fn nginx_closes_idle_connections_before_gatehouse_does() {
    let gatehouse = seconds(&[default_of("GATEHOUSE_HEADER_TIMEOUT")]);
    assert!(seconds(&nginx("keepalive_timeout")) < gatehouse);
    assert_eq!(nginx("proxy_http_version"), ["1.1"]);
    let headers = nginx("proxy_set_header");
    assert!(headers.contains(&"Connection \"\"".to_owned()));
}

#[test]
fn nginx_waits_longer_than_a_request_may_take() {
    let request = seconds(&[default_of("GATEHOUSE_REQUEST_TIMEOUT")]);
    assert!(seconds(&nginx("proxy_read_timeout")) > request);
    assert_eq!(seconds(&nginx("proxy_send_timeout")), request / 2);
}

#[test]
fn nginx_leaves_the_refusal_of_a_large_body_to_gatehouse() {
    let most: u64 = default_of("GATEHOUSE_MAX_BODY_BYTES").parse().unwrap();
    let body = nginx("client_max_body_size");
    let kib: u64 = body[0].strip_suffix('k').unwrap().parse().unwrap();
    assert!(kib * 1024 > most);
}

#[test]
fn nginx_repeats_no_mutation_and_replaces_forwarding_headers() {
    assert_eq!(nginx("proxy_next_upstream"), ["error timeout"]);
    let headers = nginx("proxy_set_header");
    for header in ["X-Forwarded-For $remote_addr", "Forwarded \"\""] {
        assert!(headers.contains(&header.to_owned()), "{header}");
    }
}

#[test]
fn systemd_waits_for_an_orderly_stop() {
    let server = read("src/server.rs");
    let farewell = server
        .split("const SHUTDOWN_GRACE: Duration = Duration::from_secs(")
        .nth(1)
        .unwrap();
    let farewell: u64 = farewell.split(')').next().unwrap().parse().unwrap();
    let drain = seconds(&[default_of("GATEHOUSE_DRAIN")]);
    // Requests, then background work.
    assert!(seconds(&unit("TimeoutStopSec")) > drain + 2 * farewell);
}

#[test]
fn systemd_allows_as_many_files_as_there_may_be_connections() {
    let connections: u64 = default_of("GATEHOUSE_MAX_CONNECTIONS").parse().unwrap();
    let files: u64 = unit("LimitNOFILE")[0].parse().unwrap();
    assert!(files > 2 * connections);
}

#[test]
fn secrets_reach_the_unit_as_credentials_alone() {
    let credentials = unit("LoadCredential");
    for (setting, credential) in [
        ("GATEHOUSE_SECRET", "secret"),
        ("DATABASE_URL", "database_url"),
        ("GATEHOUSE_MAIL_URL", "mail_url"),
    ] {
        let loaded = format!("{credential}:/etc/gatehouse/{credential}");
        assert!(credentials.contains(&loaded), "{loaded}");
        let variable = format!("{setting}_FILE=%d/{credential}");
        assert!(unit("Environment").contains(&variable), "{variable}");
    }
}
