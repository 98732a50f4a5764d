//! What is known of a request before its document is parsed.

use std::sync::Arc;

use super::token_delivery::TokenDelivery;
use crate::client::Client;
use crate::sessions::Authentication;

/// The properties of a request that are known before its document is parsed.
#[derive(Clone, Debug)]
pub(crate) struct RequestContext {
    /// The viewer, or why there is none.
    pub(crate) authentication: Authentication,
    /// The client: its address and user agent.
    pub(crate) client: Client,
    /// The request id, as logged.
    pub(crate) request_id: String,
    /// How the tokens of the session travel.
    pub(crate) delivery: Arc<TokenDelivery>,
}
