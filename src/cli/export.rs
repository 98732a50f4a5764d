//! `gatehouse export ACCOUNT FILE`

use std::error::Error;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::App;
use crate::config::Config;
use crate::personal_data::{export_account, find_account};
use crate::private_files::create_file;

/// Arguments of `gatehouse export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The account's id or email address.
    account: String,
    /// The file to write; it must not exist yet.
    file: PathBuf,
}

/// Writes all data of an account to a file that only its owner can read.
pub(super) async fn export(arguments: Export, config: Config) -> Result<(), Box<dyn Error>> {
    let Export { account, file } = arguments;
    let app = App::start(config).await?;
    let Some(user_id) = find_account(&app, &account).await? else {
        return Err(format!(
            "there is no account {account}\n  Specify its id or its current email address."
        )
        .into());
    };
    let shown = file.display();
    let opened = create_file(&file).map_err(|error| {
        format!("cannot create {shown}: {error}\n  Specify a new file in a writable folder.")
    })?;
    let written = export_account(&app, user_id, BufWriter::new(&opened)).await;
    if let Err(error) = written {
        remove(&file);
        return Err(format!("export to {shown} failed: {error}").into());
    }
    opened.sync_all()?;
    tracing::info!(user = %user_id, "data exported to {shown}");
    Ok(())
}

/// Removes an incomplete export.
fn remove(file: &Path) {
    if let Err(error) = std::fs::remove_file(file) {
        tracing::warn!(%error, "incomplete export left at {}", file.display());
    }
}
