//! `users`, owned by `accounts`: one row for each account.

use sea_orm::entity::prelude::*;

use crate::db::UserId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The address as typed, to which email is sent.
    pub email: String,
    /// The canonical form, by which addresses are compared.
    pub email_canonical: String,
    pub username: Option<String>,
    pub username_canonical: Option<String>,
    pub name: Option<String>,
    pub avatar_url: Option<String>,
    pub locale: Option<String>,
    pub password_changed_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub last_login_at: Option<DateTimeUtc>,
    /// When the account is removed; unset unless a deletion is scheduled.
    pub deletion_scheduled_for: Option<DateTimeUtc>,
    /// When `email` was verified; unset if it was not.
    pub email_verified_at: Option<DateTimeUtc>,
    /// When the account is removed unless its address is verified; set if verification was required at registration.
    pub verification_due_at: Option<DateTimeUtc>,
    /// The new address of a pending email change, as typed.
    pub pending_email: Option<String>,
    pub pending_email_canonical: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_one = "super::passwords::Entity")]
    Passwords,
}

impl Related<super::passwords::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Passwords.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
