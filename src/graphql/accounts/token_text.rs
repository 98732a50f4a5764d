//! What is said of a link that does not count, in every mutation that takes one.

/// Of one that is none of ours, for something else, used, or voided.
pub(in crate::graphql) const TOKEN_INVALID: &str =
    "This link does not work. It may have been used already, or a newer one was sent.";

/// Of one whose time ran out.
pub(in crate::graphql) const TOKEN_EXPIRED: &str = "This link no longer works. Ask for a new one.";
