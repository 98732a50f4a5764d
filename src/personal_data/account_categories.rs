//! The account and the data that protects signing in to it, as kinds of personal data.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};

use super::categories::list;
use super::export_document::{Document, ExportError};
use super::inventory::{Category, PersonalData};
use crate::app::App;
use crate::db::{UserId, WriteTransaction};
use crate::{accounts, factors, lockout};

/// Failed sign-ins.
pub(super) struct LoginFailures;

#[async_trait]
impl PersonalData for LoginFailures {
    fn category(&self) -> &'static Category {
        &Category {
            table: "login_failures",
            key: "loginFailures",
            name: "Wrong passwords and codes",
            description: "Counts of consecutive wrong passwords and codes on your account, with the networks and devices they came from as hashes.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        let mut counted = 0;
        for subject in subjects(app, user_id) {
            counted += lockout::count(app.db.read(), &subject).await?;
        }
        Ok(counted)
    }

    async fn export(
        &self,
        app: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        let mut records = Vec::new();
        for subject in subjects(app, user_id) {
            records.extend(lockout::export(db, &subject).await?);
        }
        list(document, self, records)
    }

    async fn forget(
        &self,
        app: &App,
        tx: &WriteTransaction,
        user_id: UserId,
    ) -> Result<u64, DbErr> {
        let mut removed = 0;
        for subject in subjects(app, user_id) {
            removed += lockout::forget(&**tx, &subject).await?;
        }
        Ok(removed)
    }
}

/// Returns what is guessed of an account: its password and the codes of its second factor.
fn subjects(app: &App, user_id: UserId) -> [lockout::Subject; 2] {
    [
        app.lockout.account(user_id),
        app.lockout.second_factor(user_id),
    ]
}

/// Second factors.
pub(super) struct SecondFactors;

#[async_trait]
impl PersonalData for SecondFactors {
    fn category(&self) -> &'static Category {
        &Category {
            table: "totp_secrets",
            key: "secondFactors",
            name: "Second factors",
            description: "Your authenticator app, passkeys and recovery codes, with the times of addition and last use, sign-ins in progress, and a scheduled removal.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        factors::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        document.value(self.category().key, factors::export(db, user_id).await?)
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        factors::forget(&**tx, user_id).await
    }
}

/// Known devices and networks.
pub(super) struct KnownDevices;

#[async_trait]
impl PersonalData for KnownDevices {
    fn category(&self) -> &'static Category {
        &Category {
            table: "known_devices",
            key: "knownDevices",
            name: "Known devices",
            description: "The devices and networks from which you signed in, as hashes, with the time of last use.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        lockout::count_devices(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        list(document, self, lockout::export_devices(db, user_id).await?)
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        lockout::forget_devices(&**tx, user_id).await
    }
}

/// The account itself.
pub(super) struct Account;

#[async_trait]
impl PersonalData for Account {
    fn category(&self) -> &'static Category {
        &Category {
            table: "users",
            key: "account",
            name: "Account",
            description: "Your email address and pending address, username, name, picture URL, language and password hash.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        accounts::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        document.value(self.category().key, accounts::export(db, user_id).await?)
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        accounts::forget(&**tx, user_id).await
    }
}
