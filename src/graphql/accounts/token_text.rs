//! Messages for a link that does not work, shared by every mutation that accepts one.

/// The link is invalid, for another purpose, already used, or superseded.
pub(in crate::graphql) const TOKEN_INVALID: &str =
    "This link is invalid, already used, or superseded by a newer one.";

/// The link has expired.
pub(in crate::graphql) const TOKEN_EXPIRED: &str = "This link has expired. Request a new one.";
