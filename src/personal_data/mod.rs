//! A user's data: what is stored, and its removal.
//!
//! Owns `account_deletions`. Invariants: every table with personal data has an owner in `inventory.rs`; after a
//! deletion is completed, no row is tied to the user.

mod account_categories;
mod account_deletion;
mod cancel_account_deletion;
mod carry_out_deletion;
mod categories;
mod check_link;
mod delete_account;
mod deletion_preview;
mod export_data;
mod export_document;
mod find_account;
mod find_deletion;
mod inventory;
mod measure_deletions;
mod receipt;
mod remove_unverified;
mod secure_account;

pub(crate) use account_deletion::{AccountDeletion, DeletionStatus};
pub(crate) use cancel_account_deletion::{CancelAccountDeletionError, cancel_account_deletion};
pub(crate) use carry_out_deletion::carry_out_due_deletions;
pub(crate) use check_link::{LinkPurpose, check_link};
pub(crate) use delete_account::{DeleteAccount, DeleteAccountError, delete_account};
pub(crate) use deletion_preview::{DeletionPreview, deletion_preview};
pub(crate) use export_data::{ExportDataError, export_account, export_data};
pub(crate) use find_account::find_account;
pub(crate) use find_deletion::find_deletion;
pub(crate) use inventory::Category;
pub(crate) use measure_deletions::measure_deletions;
pub(crate) use remove_unverified::remove_unverified;
pub(crate) use secure_account::secure_account;
