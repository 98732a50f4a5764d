//! Access control: every field of the schema, requested anonymously, by its owner and by another user.
//!
//! The expected results are the table of docs/security/access-control.md, which therefore cannot go stale. The other
//! user knows all of the owner's ids and sends them wherever the schema accepts one.

mod by_link;
mod credentials;
mod factors;
mod foreign_cursors;
mod mutations;
mod reads;
mod table;
mod walk;

use crate::support::{Client, SignedUp, TestApp};

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Actor {
    Anonymous,
    Owner,
    Other,
}

const ACTORS: [Actor; 3] = [Actor::Anonymous, Actor::Owner, Actor::Other];

/// The two people of a case.
struct People {
    owner: SignedUp,
    other: SignedUp,
}

impl People {
    /// Two who have just registered; `case` keeps those of one application apart.
    async fn meet(app: &TestApp, case: usize) -> Self {
        Self {
            owner: app.signed_up(&format!("owner{case}")).await,
            other: app.signed_up(&format!("other{case}")).await,
        }
    }

    fn client(&self, app: &TestApp, actor: Actor) -> Client {
        match actor {
            Actor::Anonymous => app.anonymous(),
            Actor::Owner => (*self.owner).clone(),
            Actor::Other => (*self.other).clone(),
        }
    }

    /// Nothing that identifies the owner is in what a stranger was answered.
    #[track_caller]
    fn assert_hidden(&self, answer: &str) {
        let owner = &self.owner;
        for mark in [&owner.user_id, &owner.session_id, &owner.email] {
            assert!(!answer.contains(mark.as_str()), "{mark} in {answer}");
        }
    }
}
