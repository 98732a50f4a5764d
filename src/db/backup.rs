//! Copying a database while it is in use.

use std::path::Path;

use sea_orm::{ConnectionTrait as _, DbErr};

use super::Db;

impl Db {
    /// Copies an SQLite database into the empty file `path`, as it is at this moment
    /// (<https://sqlite.org/lang_vacuum.html#vacuuminto>). Writers wait for nothing.
    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), DbErr> {
        let text = path
            .to_str()
            .ok_or_else(|| DbErr::Custom("the path is not UTF-8".to_owned()))?;
        let sql = format!("VACUUM INTO '{}'", text.replace('\'', "''"));
        self.pools
            .health
            .connections
            .execute_unprepared(&sql)
            .await
            .map(|_| ())
    }
}
