//! `mail_requests`, owned by `mail`: requested emails whose recipient the requesting operation does not know or must
//! not reveal.

use sea_orm::entity::prelude::*;

use crate::db::{MailRequestId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailRequestId,
    /// The recipient; unset if there is no such account, so that a request takes the same time either way.
    pub user_id: Option<UserId>,
    /// A `mail::RequestKind` by its name.
    pub kind: String,
    pub requested_at: DateTimeUtc,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
