//! `gatehouse keys list|rotate`

use std::error::Error;
use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Subcommand;

use crate::app::App;
use crate::config::Config;

/// What to do with the signing keys.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Print each key: its name, its algorithm, from when it signs and until when it verifies.
    List,
    /// Add a key. Running instances publish it within a minute and sign with it after the activation
    /// delay; nobody is signed out.
    Rotate,
}

/// Carries out `action`.
pub(super) async fn run(action: Action, config: Config) -> Result<(), Box<dyn Error>> {
    let app = App::start(config).await?;
    let mut out = std::io::stdout().lock();
    if let Action::Rotate = action {
        let signs_from = app
            .signing_keys
            .rotate(&app.db, &*app.entropy, app.clock.now())
            .await?;
        let start = shown(signs_from);
        writeln!(
            out,
            "A new key was added; it signs from {start}. No token stops working."
        )?;
    }
    for key in app.signing_keys.list(&app.db).await? {
        let start = shown(key.signs_from);
        let end = match key.verifies_until {
            Some(end) => format!("until {}", shown(end)),
            None => "while it is the newest".to_owned(),
        };
        writeln!(
            out,
            "{}  {}  signs from {start}  verifies {end}",
            key.kid, key.algorithm
        )?;
    }
    Ok(())
}

fn shown(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
