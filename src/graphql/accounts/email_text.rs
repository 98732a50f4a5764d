//! Messages for an email address that is rejected.

/// The text is not an email address.
pub(super) const EMAIL_INVALID: &str = "Enter a valid email address, such as name@example.com.";

/// The mail server does not support non-ASCII local parts.
pub(super) const EMAIL_UNREACHABLE: &str = "Email cannot be sent from here to an address with these characters before the @. Use another address.";
