//! Attacks on the GraphQL surface.

mod alone;
mod discovery;
mod documents;
mod introspection;
mod parameters;
mod strangers;
mod transports;
mod values;

use std::fmt::Write as _;

use crate::support::TestApp;

/// The service as it runs in earnest.
async fn production() -> TestApp {
    TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await
}

fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// `field` under `n` names.
fn aliased(n: usize, field: &str) -> String {
    (0..n).fold(String::new(), |mut text, i| {
        write!(text, "a{i}: {field} ").unwrap();
        text
    })
}
