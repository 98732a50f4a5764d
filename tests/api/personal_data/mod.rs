//! What people do with all that is held about them.

mod at_once;
mod cancel_account_deletion;
mod carry_out_deletion;
mod check_link;
mod delete_account;
mod deletion_preview;
mod export_data;
mod secure_account;
