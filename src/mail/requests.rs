//! Mails asked for by who does not know the address, or must not show that it knows one.
//!
//! Whether an address has an account must not be told by the time an answer takes, so asking for a mail
//! writes the same row either way; a worker does the rest.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::Mailer;
use crate::client::Client;
use crate::db::entity::mail_requests as table;
use crate::db::{MailRequestId, UserId, WriteTransaction};

/// Which mail is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// A link that takes a new password.
    ResetPassword,
    /// A link that verifies the account's address.
    VerifyEmail,
    /// The link of each registration that waits beside the account's own and has none yet.
    VerifyRegistration,
    /// A link that verifies the account's address by choosing a new password, for somebody who is not signed in.
    ProveAddress,
    /// A link that verifies the address an email change waits for.
    VerifyPendingEmail,
    /// A notice that a refresh token was used twice.
    TokenReused,
    /// A notice that somebody wanted the account's address for another account.
    AddressInUse,
    /// A notice that wrong passwords are tried on the account, again and again.
    SignInsFailing,
}

const NAMES: [(RequestKind, &str); 8] = [
    (RequestKind::ResetPassword, "reset_password"),
    (RequestKind::VerifyEmail, "verify_email"),
    (RequestKind::VerifyRegistration, "verify_registration"),
    (RequestKind::ProveAddress, "prove_address"),
    (RequestKind::VerifyPendingEmail, "verify_pending_email"),
    (RequestKind::TokenReused, "token_reused"),
    (RequestKind::AddressInUse, "address_in_use"),
    (RequestKind::SignInsFailing, "sign_ins_failing"),
];

/// A mail asked for.
#[derive(Clone, Debug)]
pub(crate) struct MailRequest {
    /// Its identifier.
    pub(crate) id: MailRequestId,
    /// For whom; `None` when the address that was named has no account.
    pub(crate) user_id: Option<UserId>,
    /// Which mail.
    pub(crate) kind: RequestKind,
    /// When.
    pub(crate) requested_at: DateTime<Utc>,
    /// Who asked.
    pub(crate) client: Client,
}

impl Mailer {
    /// Asks for a mail in the transaction of what it tells of.
    pub(crate) async fn request(
        &self,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
        (user_id, kind): (Option<UserId>, RequestKind),
        client: &Client,
    ) -> Result<(), DbErr> {
        let name = NAMES.iter().find(|(known, _)| *known == kind);
        let row = table::ActiveModel {
            id: Set(MailRequestId(self.identifiers.next(now))),
            user_id: Set(user_id),
            kind: Set(name.map_or("", |(_, name)| name).to_owned()),
            requested_at: Set(now),
            ip_address: Set(client.ip_text()),
            user_agent: Set(client.user_agent.clone()),
        };
        table::Entity::insert(row)
            .exec_without_returning(&**tx)
            .await?;
        if let Some(asked) = &self.asked {
            tx.once_committed(asked);
        }
        Ok(())
    }
}

/// The oldest requests but `but`, at most `most`. Those of kinds that a newer version knows are left to it.
pub(crate) async fn list_requests(
    db: &impl ConnectionTrait,
    but: &[MailRequestId],
    most: u64,
) -> Result<Vec<MailRequest>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Kind.is_in(NAMES.map(|(_, name)| name)))
        .filter(table::Column::Id.is_not_in(but.iter().copied()))
        .order_by_asc(table::Column::RequestedAt)
        .order_by_asc(table::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(request).collect())
}

/// Takes a request, in the transaction that answers it; `false` when another instance has taken it.
pub(crate) async fn take_request(
    db: &impl ConnectionTrait,
    id: MailRequestId,
) -> Result<bool, DbErr> {
    let taken = table::Entity::delete_many()
        .filter(table::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

fn request(row: table::Model) -> Option<MailRequest> {
    let (kind, _) = NAMES.iter().find(|(_, name)| *name == row.kind)?;
    let ip_address = row.ip_address.and_then(|text| text.parse().ok());
    Some(MailRequest {
        id: row.id,
        user_id: row.user_id,
        kind: *kind,
        requested_at: row.requested_at,
        client: Client::new(ip_address, row.user_agent.as_deref()),
    })
}
