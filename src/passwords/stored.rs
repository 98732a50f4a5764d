//! A password as it is stored.

/// No hash at all: the password was turned off.
const OFF: &str = "off";

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

impl StoredPassword {
    /// In place of a password that was turned off: nothing matches it, and checking takes as long as ever.
    pub(crate) fn off() -> Self {
        Self {
            hash: String::new(),
            scheme: OFF.to_owned(),
            pepper_id: None,
        }
    }
}
