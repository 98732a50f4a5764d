//! The mutations on a user's personal data.

pub(super) mod cancel_account_deletion;
pub(super) mod check_link;
pub(super) mod delete_account;
pub(super) mod export_data;
pub(super) mod secure_account;

pub(super) use cancel_account_deletion::CancelAccountDeletionUserError;
pub(super) use check_link::CheckLinkUserError;
pub(super) use delete_account::DeleteAccountUserError;
pub(super) use export_data::ExportDataUserError;
pub(super) use secure_account::SecureAccountUserError;
