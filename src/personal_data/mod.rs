//! A person's data: what is held, and removing all of it.
//!
//! Owns `account_deletions`. Invariants: every table with personal data has an owner in
//! `inventory.rs`; after a deletion was carried out, no row anywhere is tied to the user.

mod account_deletion;
mod carry_out_deletion;
mod delete_account;
mod deletion_preview;
mod find_deletion;
mod inventory;

pub(crate) use account_deletion::{AccountDeletion, DeletionStatus};
pub(crate) use carry_out_deletion::carry_out_due_deletions;
pub(crate) use delete_account::{DeleteAccount, DeleteAccountProblem, delete_account};
pub(crate) use deletion_preview::{DeletionPreview, deletion_preview};
pub(crate) use find_deletion::find_deletion;
pub(crate) use inventory::Category;
