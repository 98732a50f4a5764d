//! What is held about a person, and removing it.

mod carry_out_deletion;
mod delete_account;
mod deletion_preview;
