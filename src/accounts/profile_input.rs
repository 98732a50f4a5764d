//! Reading what a change of the profile asks for.

use super::profile_changes::{Change, Changes, EmailChange};
use super::update_profile::{UpdateProfile, UpdateProfileProblem as Problem};
use super::{EmailAddress, User, profile_fields, queries, username_reservations};
use crate::app::App;
use crate::config::{EmailVerification, Profile};
use crate::errors::Refusal;

/// What is to change, noting all that is wrong with it.
pub(super) async fn changes(
    app: &App,
    user: &User,
    command: &UpdateProfile,
    problems: &mut Vec<Problem>,
) -> Result<Changes, Refusal> {
    let mut changes = Changes {
        email_so_far: user.email.clone(),
        avatar_url: read(
            &command.avatar_url,
            Problem::AvatarUrlInvalid,
            problems,
            |text| profile_fields::avatar_url(text, app.config.profile == Profile::Development),
        ),
        locale: read(
            &command.locale,
            Problem::LocaleInvalid,
            problems,
            profile_fields::locale,
        ),
        username: read(
            &command.username,
            Problem::UsernameInvalid,
            problems,
            |text| {
                text.parse()
                    .ok()
                    .filter(|_| app.config.accounts.usernames_enabled)
            },
        ),
        ..Changes::default()
    };
    changes.name = match &command.name {
        Change::Set(text) => match profile_fields::name(text) {
            Ok(Some(name)) => Change::Set(name),
            Ok(None) => Change::Clear,
            Err(fault) => {
                problems.push(fault.into());
                Change::Keep
            }
        },
        kept_or_cleared => kept_or_cleared.clone(),
    };
    if let Change::Set(username) = &changes.username
        && username_reservations::is_taken(app, username.canonical(), Some(user.id)).await?
    {
        problems.push(Problem::UsernameTaken);
    }
    let email = match read(&command.email, Problem::EmailInvalid, problems, |text| {
        text.parse::<EmailAddress>().ok()
    }) {
        Change::Keep => None,
        Change::Clear => {
            problems.push(Problem::EmailInvalid);
            None
        }
        Change::Set(email) => Some(email).filter(|email| email.as_typed() != user.email),
    };
    if let Some(email) = email {
        if !app.mailer.can_reach(email.as_typed()).await {
            problems.push(Problem::EmailUnreachable);
        }
        changes.email = Some(address_change(app, user, email, problems).await?);
    }
    Ok(changes.without_what_is_so_already(user))
}

/// How the address changes. Where verification is required, that it is taken is not told: its owner is.
async fn address_change(
    app: &App,
    user: &User,
    email: EmailAddress,
    problems: &mut Vec<Problem>,
) -> Result<EmailChange, Refusal> {
    let verification = app.config.accounts.email_verification;
    let owner = queries::owner_of_email(app.db.read(), email.canonical()).await?;
    // Other letters that are compared as the same may still be another mailbox to some server.
    if owner == Some(user.id) && email.as_typed().eq_ignore_ascii_case(&user.email) {
        return Ok(EmailChange::Spelling(email));
    }
    if owner.is_some_and(|owner| owner != user.id) && !verification.is_required() {
        problems.push(Problem::EmailTaken);
    }
    Ok(match verification {
        EmailVerification::Off => EmailChange::AtOnce(email),
        _ => EmailChange::OnceVerified(email),
    })
}

fn read<T>(
    change: &Change<String>,
    problem: Problem,
    problems: &mut Vec<Problem>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Change<T> {
    match change {
        Change::Keep => Change::Keep,
        Change::Clear => Change::Clear,
        Change::Set(text) => parse(text).map_or_else(
            || {
                problems.push(problem);
                Change::Keep
            },
            Change::Set,
        ),
    }
}
