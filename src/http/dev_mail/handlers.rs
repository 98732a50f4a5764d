//! The page, the list that it loads, and the parts of one email.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use url::{Host, Url};

use crate::app::App;
use crate::http::router::HttpState;
use crate::mail::{Mailbox, Part};

/// For the page: its own script and style, and the frame that shows an email.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                           frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// For an email: no script, no form, nothing loaded. Its links open in a new tab.
const MAIL_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
                           style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'self'";

/// Returns the routes below `/dev/mail`.
pub(crate) fn routes(state: Arc<HttpState>) -> Router<Arc<HttpState>> {
    Router::new()
        .route("/dev/mail", get(page))
        .route("/dev/mail/page.js", get(script))
        .route("/dev/mail/page.css", get(style))
        .route("/dev/mail/messages", get(list))
        .route("/dev/mail/messages/{name}/{part}", get(part))
        .layer(from_fn_with_state(state, only_by_its_names))
}

/// Rejects requests for other host names. A page whose name was made to resolve here (DNS rebinding) could otherwise
/// read the emails.
async fn only_by_its_names(
    State(state): State<Arc<HttpState>>,
    request: Request,
    next: Next,
) -> Response {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| Url::parse(&format!("http://{value}")).ok());
    let is_ours = host
        .as_ref()
        .and_then(Url::host)
        .is_some_and(|host| match host {
            Host::Ipv4(_) | Host::Ipv6(_) => true,
            Host::Domain(name) => {
                let public = state.app.config.listen.public_url.host_str();
                name == "localhost" || Some(name) == public
            }
        });
    if is_ours {
        next.run(request).await
    } else {
        not_found()
    }
}

async fn page(State(state): State<Arc<HttpState>>) -> Response {
    if state.app.mailer.mailbox().is_none() {
        let text = "Emails are sent by SMTP (GATEHOUSE_MAIL_URL), so this page lists none.\n\
                    Unset it to write them to a folder and list them on this page.\n";
        return (StatusCode::NOT_FOUND, text).into_response();
    }
    served(
        include_str!("page.html"),
        "text/html; charset=utf-8",
        PAGE_POLICY,
    )
}

async fn script() -> Response {
    served(include_str!("page.js"), "text/javascript", PAGE_POLICY)
}

async fn style() -> Response {
    served(include_str!("page.css"), "text/css", PAGE_POLICY)
}

async fn list(State(state): State<Arc<HttpState>>) -> Response {
    match read(&state.app, |mailbox| mailbox.list()).await {
        Some(mails) => ([(CACHE_CONTROL, "no-store")], Json(mails)).into_response(),
        None => not_found(),
    }
}

async fn part(
    State(state): State<Arc<HttpState>>,
    Path((name, part)): Path<(String, String)>,
) -> Response {
    let part = match part.as_str() {
        "html" => Part::Html,
        "text" => Part::Text,
        "source" => Part::Source,
        _ => return not_found(),
    };
    let text = read(&state.app, move |mailbox| mailbox.read(&name, part)).await;
    match (text.flatten(), part) {
        (None, _) => not_found(),
        (Some(html), Part::Html) => {
            let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
            served(html, "text/html; charset=utf-8", MAIL_POLICY)
        }
        (Some(text), _) => served(text, "text/plain; charset=utf-8", MAIL_POLICY),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "short reads of files, on a developer's machine"
)]
async fn read<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(Mailbox) -> T + Send + 'static,
) -> Option<T> {
    let mailbox = app.mailer.mailbox()?;
    tokio::task::spawn_blocking(move || work(mailbox))
        .await
        .ok()
}

fn served(body: impl IntoResponse, kind: &'static str, policy: &'static str) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "No such email.\n").into_response()
}
