//! The mutations on everything held about a person.

pub(super) mod cancel_account_deletion;
pub(super) mod check_link;
pub(super) mod delete_account;
pub(super) mod disavow_activity;
pub(super) mod export_data;

pub(super) use cancel_account_deletion::CancelAccountDeletionUserError;
pub(super) use check_link::CheckLinkUserError;
pub(super) use delete_account::DeleteAccountUserError;
pub(super) use disavow_activity::DisavowActivityUserError;
pub(super) use export_data::ExportDataUserError;
