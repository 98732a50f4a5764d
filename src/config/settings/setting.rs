//! One setting, and how a table of them is written.

/// Makes a table of settings. Their doc comments go into the reference alone; nothing of them is compiled.
macro_rules! settings {
    ($($(#[doc = $description:literal])+ $kind:ident($($argument:expr),+)),+ $(,)?) => {
        &[$($kind($($argument),+)),+]
    };
}
pub(super) use settings;

/// One setting, as an operator sees it.
pub(crate) struct Setting {
    /// The environment variable. In a settings file: without `GATEHOUSE_`, in lower case.
    pub(crate) name: &'static str,
    /// The value if nothing is set; empty if there is none.
    pub(crate) default: &'static str,
    /// The value in production if nothing is set, if it differs.
    pub(crate) in_production: Option<&'static str>,
    /// Whether the value is masked wherever it is shown.
    pub(crate) is_secret: bool,
}

impl Setting {
    /// The key of the setting in a settings file.
    pub(crate) fn key(&self) -> String {
        self.name
            .strip_prefix("GATEHOUSE_")
            .unwrap_or(self.name)
            .to_lowercase()
    }
}

pub(super) const fn plain(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: false,
    }
}

pub(super) const fn by_profile(
    name: &'static str,
    default: &'static str,
    in_production: &'static str,
) -> Setting {
    Setting {
        name,
        default,
        in_production: Some(in_production),
        is_secret: false,
    }
}

pub(super) const fn secret(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: true,
    }
}
