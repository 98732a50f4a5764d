//! Errors in the settings.

use std::fmt;

/// A setting that is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The variable, or the file.
    pub setting: String,
    /// What it holds.
    pub held: String,
    /// What is accepted.
    pub takes: String,
}

/// Every error in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid settings:")?;
        for ConfigError {
            setting,
            held,
            takes,
        } in &self.0
        {
            write!(f, "\n  {setting} {held}; {takes}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}
