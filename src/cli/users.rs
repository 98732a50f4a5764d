//! `gatehouse users …`

use std::error::Error;

use clap::Subcommand;

use crate::accounts::reset_factors;
use crate::app::App;
use crate::config::Config;
use crate::personal_data::find_account;

/// What to do with an account.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Remove the second factors and sessions of a user who has lost them. Make sure that it is the user who asks.
    ResetFactors {
        /// The account's id or email address.
        account: String,
        /// Confirm that every factor is to be removed.
        #[arg(long)]
        yes: bool,
    },
}

/// Carries out an action.
pub(super) async fn run(action: Action, config: Config) -> Result<(), Box<dyn Error>> {
    let Action::ResetFactors { account, yes } = action;
    if !yes {
        return Err(format!(
            "nothing was changed\n  With --yes, this removes every second factor of {account}, revokes its sessions and emails its \
             user. Then the password alone signs in. Make sure that it is the user who asks."
        )
        .into());
    }
    let app = App::start(config).await?;
    let Some(user_id) = find_account(&app, &account).await? else {
        return Err(no_account(&account));
    };
    let removed = reset_factors(&app, user_id).await?;
    let removed = removed.ok_or_else(|| no_account(&account))?;
    tracing::info!(user = %user_id, removed, "account has no second factor any more; its sessions were revoked");
    Ok(())
}

fn no_account(account: &str) -> Box<dyn Error> {
    format!("there is no account {account}\n  Specify its id or its current email address.").into()
}
