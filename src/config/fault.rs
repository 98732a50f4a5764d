//! What is said of settings that cannot be used.

use std::fmt;

/// One thing that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The variable, or the file.
    pub setting: String,
    /// What it holds.
    pub held: String,
    /// What would be right.
    pub takes: String,
}

/// Everything that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid settings:")?;
        for Fault {
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

impl std::error::Error for Faults {}
