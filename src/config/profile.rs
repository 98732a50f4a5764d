//! Whether the service runs for development or in production.

/// What the server is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// On a developer's machine: everything has a default.
    Development,
    /// For real users: secret, database and public URL must be given.
    Production,
}
