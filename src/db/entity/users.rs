//! `users`, owned by `accounts`: one row per account.

use sea_orm::entity::prelude::*;

use crate::db::UserId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// As typed; mails go here.
    pub email: String,
    /// What the address is compared by.
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
    /// Set while the account waits to be removed.
    pub deletion_scheduled_for: Option<DateTimeUtc>,
    /// When a link mailed to `email` was followed; unset where none was.
    pub email_verified_at: Option<DateTimeUtc>,
    /// When the account is removed unless its address is verified; set for those registered while that
    /// was required.
    pub verification_due_at: Option<DateTimeUtc>,
    /// The address that a change waits for, as typed.
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
