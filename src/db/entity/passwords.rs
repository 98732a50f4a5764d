//! `passwords`, owned by `accounts`: the password of an account, one row or none.

use sea_orm::entity::prelude::*;

use crate::db::{PasswordVersion, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passwords")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The bcrypt string.
    pub hash: String,
    /// How `hash` was computed: `passwords::Scheme`.
    pub scheme: String,
    /// Which pepper went into it, if any.
    pub pepper_id: Option<String>,
    /// Identifies the password; computing its hash anew keeps it.
    pub version: PasswordVersion,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::users::Entity",
        from = "Column::UserId",
        to = "super::users::Column::Id"
    )]
    Users,
}

impl Related<super::users::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Users.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
