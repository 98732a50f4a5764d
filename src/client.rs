//! Who is at the other end of a request, as far as that can be told.

use std::net::IpAddr;

/// Longest user agent that is kept, in characters: real ones are shorter.
const USER_AGENT_CHARACTERS: usize = 512;

/// The sender of a request. Shown to the owner of the account, never used to decide anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    /// The address the request came from.
    pub(crate) ip_address: Option<IpAddr>,
    /// What the client says it is.
    pub(crate) user_agent: Option<String>,
}

impl Client {
    /// Cuts an over-long user agent.
    pub(crate) fn new(ip_address: Option<IpAddr>, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent
            .filter(|text| !text.is_empty())
            .map(|text| text.chars().take(USER_AGENT_CHARACTERS).collect());
        Self {
            ip_address,
            user_agent,
        }
    }

    /// The address as text.
    pub(crate) fn ip_text(&self) -> Option<String> {
        self.ip_address
            .map(|address| address.to_canonical().to_string())
    }
}
