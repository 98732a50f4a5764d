//! The checks that registration and authentication share.

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::authenticator_data::AuthenticatorData;
use super::client_data::ClientData;
use super::{Challenge, RelyingParty, WebauthnError};

/// Checks type, challenge and origin (sections 7.1 and 7.2).
///
/// A page in a frame of another origin is rejected: the service is not meant to be embedded, and the user would not see
/// for whom the passkey is.
pub(super) fn check_client_data(
    data: &ClientData,
    kind: &str,
    relying_party: &RelyingParty,
    challenge: &Challenge,
) -> Result<(), WebauthnError> {
    if data.kind != kind {
        return Err(WebauthnError::Type);
    }
    verify_slices_are_equal(&data.challenge.0, challenge.bytes())
        .map_err(|_| WebauthnError::Challenge)?;
    if !relying_party.allows(&data.origin) {
        return Err(WebauthnError::Origin);
    }
    if data.cross_origin == Some(true) || data.top_origin.is_some() {
        return Err(WebauthnError::CrossOrigin);
    }
    Ok(())
}

/// Checks RP ID and flags (sections 7.1 and 7.2; section 6.1.3 for the backup flags).
pub(super) fn check_authenticator_data(
    data: &AuthenticatorData,
    relying_party: &RelyingParty,
) -> Result<(), WebauthnError> {
    if !relying_party.has_hash(&data.rp_id_hash) {
        return Err(WebauthnError::RpId);
    }
    if !data.flags.user_present() {
        return Err(WebauthnError::NotUserPresent);
    }
    if !data.flags.user_verified() {
        return Err(WebauthnError::NotUserVerified);
    }
    if data.flags.backup_state() && !data.flags.backup_eligible() {
        return Err(WebauthnError::BackupFlags);
    }
    Ok(())
}
