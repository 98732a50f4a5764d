//! Requests for emails whose recipient the operation does not know or must not reveal.
//!
//! The time of a response must not reveal whether an address has an account. A request for an email therefore writes
//! the same row in both cases; a worker does the rest.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::Mailer;
use crate::client::Client;
use crate::db::entity::mail_requests as table;
use crate::db::{MailRequestId, UserId, WriteTransaction};

/// The kind of a requested email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// A link to set a new password.
    ResetPassword,
    /// A link to verify the account's address.
    VerifyEmail,
    /// The link of each further registration of the address that has none yet.
    VerifyRegistration,
    /// A link to verify the account's address by choosing a new password, for a user who is not signed in.
    ProveAddress,
    /// A link to verify the new address of a pending email change.
    VerifyPendingEmail,
    /// A notice that a refresh token was used twice.
    TokenReused,
    /// A notice that the account's address was used to register again.
    AddressInUse,
    /// A notice of repeated failed sign-ins.
    SignInsFailing,
    /// A notice that the second step of a sign-in failed or never came.
    SecondStepFailed,
}

const NAMES: [(RequestKind, &str); 9] = [
    (RequestKind::ResetPassword, "reset_password"),
    (RequestKind::VerifyEmail, "verify_email"),
    (RequestKind::VerifyRegistration, "verify_registration"),
    (RequestKind::ProveAddress, "prove_address"),
    (RequestKind::VerifyPendingEmail, "verify_pending_email"),
    (RequestKind::TokenReused, "token_reused"),
    (RequestKind::AddressInUse, "address_in_use"),
    (RequestKind::SignInsFailing, "sign_ins_failing"),
    (RequestKind::SecondStepFailed, "second_step_failed"),
];

/// A requested email.
#[derive(Clone, Debug)]
pub(crate) struct MailRequest {
    /// The id.
    pub(crate) id: MailRequestId,
    /// The recipient; `None` if the submitted address has no account.
    pub(crate) user_id: Option<UserId>,
    /// The kind of email.
    pub(crate) kind: RequestKind,
    /// The time of the request.
    pub(crate) requested_at: DateTime<Utc>,
    /// The client that caused it.
    pub(crate) client: Client,
}

impl Mailer {
    /// Requests an email in the transaction of the change that it reports.
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
        tx.once_committed(&self.asked);
        Ok(())
    }
}

/// Lists the oldest requests except `but`, at most `most`. Kinds that only a newer version knows are skipped.
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

/// Consumes a request in the transaction that handles it; `false` if another instance was faster.
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
