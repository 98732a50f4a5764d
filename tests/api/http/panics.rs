//! Tests of panics: the process continues, and the response does not reveal the reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatehouse::entropy::{Entropy, SeededEntropy};
use reqwest::StatusCode;

use crate::support::{PASSWORD, TestApp};

/// Randomness that panics once when 256 bits are requested, in the middle of an operation.
#[derive(Debug)]
struct Trap {
    entropy: SeededEntropy,
    is_set: AtomicBool,
}

impl Entropy for Trap {
    fn fill(&self, buffer: &mut [u8]) {
        let springs = buffer.len() == 32 && self.is_set.swap(false, Ordering::Relaxed);
        assert!(!springs, "a detail that nobody outside may see");
        self.entropy.fill(buffer);
    }
}

async fn with_trap() -> (TestApp, Arc<Trap>) {
    let trap = Arc::new(Trap {
        // None of the seeds that instances of the tests are given.
        entropy: SeededEntropy::new(u64::MAX),
        is_set: AtomicBool::new(false),
    });
    (TestApp::with_entropy(trap.clone()).await, trap)
}

#[tokio::test]
async fn a_panic_in_a_resolver_is_internal_and_the_process_lives() {
    let (app, trap) = with_trap().await;
    let ann = app.signed_up("ann").await;
    trap.is_set.store(true, Ordering::Relaxed);

    let reply = app.anonymous().login("ann", PASSWORD).await;

    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    reply.assert_error("INTERNAL");
    let id = reply.text("/errors/0/extensions/requestId");
    assert_eq!(reply.headers["x-request-id"].to_str().unwrap(), id);
    for detail in ["detail", "panic", "src/", ".rs"] {
        assert!(!reply.body.to_string().contains(detail), "{detail}");
    }
    for counted in [
        "operations_total{operation=\"login\",outcome=\"failed\"}",
        "operations_rejected_total{code=\"INTERNAL\"}",
    ] {
        assert_eq!(app.metric(counted).await, 1, "{counted}");
    }
    // Neither the hashing threads nor the one writer of SQLite are lost with it.
    app.anonymous().login("ann", PASSWORD).await.ok();
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn a_panic_in_the_work_for_one_holds_up_nobody_else_s() {
    let (app, trap) = with_trap().await;
    for name in ["ann", "bob"] {
        app.signed_up(name).await;
    }
    app.mails().await;
    for name in ["ann", "bob"] {
        let address = format!("{name}@example.org");
        app.anonymous().request_password_reset(&address).await.ok();
    }
    trap.is_set.store(true, Ordering::Relaxed);

    let subject = "Choose a new password";
    let mails = app.mails().await;

    let written = |mails: &[crate::support::Mail]| {
        let of = |mail: &&crate::support::Mail| mail.subject.contains(subject);
        mails.iter().filter(of).count()
    };
    assert_eq!(written(&mails), 1, "the other one panicked");
    assert_eq!(written(&app.mails().await), 2, "and was tried again");
}
