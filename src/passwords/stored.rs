//! A stored password.

/// A password as it is stored in the database.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredPassword {
    /// The bcrypt string.
    pub(crate) hash: String,
    /// The scheme of the hash.
    pub(crate) scheme: String,
    /// The id of the pepper, if any.
    pub(crate) pepper_id: Option<String>,
}
