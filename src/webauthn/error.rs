//! Why a passkey or its challenge is rejected.

/// Why a response of the browser is rejected. For the log; the client receives at most a broad error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WebauthnError {
    /// The response is larger than 16 KiB.
    #[error("the response is larger than 16 KiB")]
    TooLarge,
    /// The JSON of the response is not of the form in section 5.1.
    #[error("the response is malformed")]
    MalformedResponse,
    /// The client data is not of the form in section 5.8.1.
    #[error("the client data is malformed")]
    MalformedClientData,
    /// The attestation object is not of the form in section 6.5.4.
    #[error("the attestation object is malformed")]
    MalformedAttestationObject,
    /// The authenticator data is not of the form in section 6.1.
    #[error("the authenticator data is malformed")]
    MalformedAuthenticatorData,
    /// The client data is of another ceremony.
    #[error("the client data has another type")]
    Type,
    /// The challenge was not issued here, or for another purpose or session.
    #[error("the challenge is invalid")]
    Challenge,
    /// The challenge is genuine but has expired.
    #[error("the challenge has expired")]
    Expired,
    /// The origin is not allowed.
    #[error("the origin is not allowed")]
    Origin,
    /// The ceremony ran in a frame of another origin.
    #[error("the ceremony was cross-origin")]
    CrossOrigin,
    /// The passkey belongs to another RP ID.
    #[error("the RP ID differs")]
    RpId,
    /// The authenticator did not test for the user's presence.
    #[error("the user was not present")]
    NotUserPresent,
    /// The authenticator checked neither PIN nor biometrics.
    #[error("the user was not verified")]
    NotUserVerified,
    /// The passkey is backed up but not eligible for backup.
    #[error("the backup flags contradict each other")]
    BackupFlags,
    /// The credential ID differs from the authenticator data's or from the stored one.
    #[error("the credential ID differs")]
    CredentialId,
    /// The public key is for an algorithm that is not accepted.
    #[error("the algorithm is not accepted")]
    Algorithm,
    /// The public key is malformed.
    #[error("the public key is malformed")]
    Key,
    /// The user handle is missing or is another user's.
    #[error("the user handle is missing or differs")]
    UserHandle,
    /// The signature is invalid.
    #[error("the signature is invalid")]
    Signature,
}

impl WebauthnError {
    /// Returns the reason code for log and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::MalformedResponse => "malformed_response",
            Self::MalformedClientData => "malformed_client_data",
            Self::MalformedAttestationObject => "malformed_attestation_object",
            Self::MalformedAuthenticatorData => "malformed_authenticator_data",
            Self::Type => "type",
            Self::Challenge => "challenge",
            Self::Expired => "expired",
            Self::Origin => "origin",
            Self::CrossOrigin => "cross_origin",
            Self::RpId => "rp_id",
            Self::NotUserPresent => "not_user_present",
            Self::NotUserVerified => "not_user_verified",
            Self::BackupFlags => "backup_flags",
            Self::CredentialId => "credential_id",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::UserHandle => "user_handle",
            Self::Signature => "signature",
        }
    }
}
