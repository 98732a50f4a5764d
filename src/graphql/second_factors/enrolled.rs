//! What the payloads of a factor that was set up have in common.

use crate::accounts::{Enrolled, SignedIn};
use crate::graphql::TokenDelivery;
use crate::graphql::objects::{AuthTokens, Session, User};

/// The fields of a payload.
pub(super) struct EnrolledFields {
    pub(super) user: User,
    pub(super) session: Session,
    pub(super) tokens: Option<AuthTokens>,
    pub(super) recovery_codes: Option<Vec<String>>,
}

impl EnrolledFields {
    pub(super) fn new(enrolled: Enrolled, delivery: &TokenDelivery) -> Self {
        let SignedIn { user, opened } = enrolled.signed_in;
        let viewer = opened.viewer();
        let exposed = |code: &crate::factors::RecoveryCode| code.expose().to_owned();
        Self {
            user: User::new(user, viewer),
            session: Session::new(opened.session, &viewer),
            tokens: delivery.deliver(opened.tokens),
            recovery_codes: enrolled
                .recovery_codes
                .map(|codes| codes.iter().map(exposed).collect()),
        }
    }
}
