//! `gatehouse keys list|rotate|revoke`

use std::error::Error;
use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Subcommand;

use crate::app::App;
use crate::config::Config;
use crate::tokens::RevokedKey;

/// An operation on the signing keys.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Print each key: its id, its algorithm, from when it signs and until when it verifies.
    List,
    /// Add a key. Running instances publish it within a minute and sign with it after the activation delay. Sessions
    /// continue.
    Rotate,
    /// Revoke a compromised key: tokens signed with it are rejected. Sessions continue, because clients get new access
    /// tokens by `refreshSession`.
    Revoke {
        /// The id of the key, as `keys list` prints it.
        // Key ids are base64url and may begin with a hyphen.
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
}

/// Performs `action`.
pub(super) async fn run(action: Action, config: Config) -> Result<(), Box<dyn Error>> {
    let app = App::start(config).await?;
    let mut out = std::io::stdout().lock();
    if let Action::Revoke { kid } = &action {
        revoke(&app, &mut out, kid).await?;
    }
    if let Action::Rotate = action {
        let signs_from = app
            .signing_keys
            .rotate(&app.db, &*app.entropy, app.clock.now())
            .await?;
        let start = shown(signs_from);
        writeln!(
            out,
            "A new key was added. It signs from {start}. Existing tokens remain valid."
        )?;
    }
    for key in app.signing_keys.list(&app.db).await? {
        if let Some(at) = key.revoked_at {
            let (kid, algorithm, at) = (key.kid, key.algorithm, shown(at));
            writeln!(out, "{kid}  {algorithm}  revoked {at}")?;
            continue;
        }
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

async fn revoke(app: &App, out: &mut impl Write, kid: &str) -> Result<(), Box<dyn Error>> {
    let outcome = app
        .signing_keys
        .revoke(&app.db, &*app.entropy, app.clock.now(), kid)
        .await?;
    let reload = app.config.tokens.key_reload_interval.as_secs();
    let longest = app.config.tokens.access_ttl.num_minutes();
    match outcome {
        RevokedKey::Unknown => {
            return Err(format!(
                "there is no signing key {kid}\n  `gatehouse keys list` prints all keys."
            )
            .into());
        }
        RevokedKey::Already => {
            writeln!(out, "The key {kid} is already revoked.")?;
            return Ok(());
        }
        RevokedKey::Signing => writeln!(
            out,
            "The key {kid} is revoked; another key signs from now on."
        )?,
        RevokedKey::Other => writeln!(out, "The key {kid} is revoked.")?,
    }
    writeln!(
        out,
        "Running instances reject its tokens within {reload} s, or at once after a restart. Sessions continue: \
         clients get a new access token by refreshSession.\n\
         Services that verify tokens by the JWKS accept the key until their cache expires (max-age is 60 s; many \
         libraries cache longer) or the token does, {longest} min at most. A thief who has the key can sign tokens of any \
         lifetime: restart those services, or clear their caches."
    )?;
    Ok(())
}

fn shown(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
