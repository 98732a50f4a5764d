//! The receipt of a deletion, stored encrypted until the last email contains it.

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::app::App;
use crate::db::DeletionId;
use crate::errors::InternalError;

/// Encrypts the receipt for storage while the deletion is pending.
pub(super) fn seal_receipt(
    app: &App,
    id: DeletionId,
    receipt: &SecretString,
) -> Result<Vec<u8>, InternalError> {
    let text = receipt.expose_secret().as_bytes();
    app.receipt_sealer.seal(&name(id), text, &*app.entropy)
}

/// Decrypts the receipt; `None` if it was stored under another secret.
pub(super) fn open_receipt(app: &App, id: DeletionId, sealed: &[u8]) -> Option<Zeroizing<String>> {
    let bytes = app.receipt_sealer.open(&name(id), sealed)?;
    let text = std::str::from_utf8(&bytes).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}

fn name(id: DeletionId) -> String {
    format!("deletion receipt/{id}")
}
