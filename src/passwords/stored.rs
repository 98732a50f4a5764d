//! A password as it is stored.

/// A password as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredPassword {
    /// The bcrypt string.
    pub(crate) hash: String,
    /// How it came to be.
    pub(crate) scheme: String,
    /// Which pepper went into it, if any.
    pub(crate) pepper_id: Option<String>,
}
