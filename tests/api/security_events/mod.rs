//! The history of an account.

mod list;
