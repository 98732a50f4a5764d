//! What is said of an address that cannot be used.

/// It is not one.
pub(super) const EMAIL_INVALID: &str = "This is not an e-mail address.";

/// The mail server takes no local part beyond ASCII.
pub(super) const EMAIL_UNREACHABLE: &str = "No mail can be sent from here to an address with these characters before the @. Use another address.";
