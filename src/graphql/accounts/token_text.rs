//! Messages for a link that does not work, shared by every mutation that accepts one.

/// The link is invalid, for another purpose, already used, or superseded.
pub(in crate::graphql) const TOKEN_INVALID: &str =
    "This link does not work. It may have been used already, or a newer one was sent.";

/// The link has expired.
pub(in crate::graphql) const TOKEN_EXPIRED: &str = "This link no longer works. Ask for a new one.";
