//! The mutations on everything held about a person.

pub(super) mod delete_account;

pub(super) use delete_account::DeleteAccountUserError;
