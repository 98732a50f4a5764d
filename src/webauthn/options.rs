//! The options that a browser passes to an authenticator.

use serde_json::{Value, json};
use uuid::Uuid;

use super::base64url::encode;
use super::{Algorithm, Challenge, RelyingParty, Transport};

/// How long the browser waits for the user, in seconds: the recommended 5 minutes (section 15.1). The challenge
/// is issued for the same time.
pub(crate) const TIMEOUT_SECONDS: u64 = 300;

/// The user for whom a passkey is created.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UserEntity<'a> {
    /// The user's id; its 16 bytes are the user handle. It reveals nothing personal (section 14.6.1).
    pub(crate) id: Uuid,
    /// The name to tell accounts apart, such as the email address.
    pub(crate) name: &'a str,
    /// The name of the person; it may be the same.
    pub(crate) display_name: &'a str,
}

/// A stored credential, described for the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Descriptor<'a> {
    /// The credential ID.
    pub(crate) id: &'a [u8],
    /// How the browser reaches its authenticator; empty if it is not known.
    pub(crate) transports: &'a [Transport],
}

/// Returns the options to create a passkey, for `PublicKeyCredential.parseCreationOptionsFromJSON()` (section 5.1).
///
/// The passkey is discoverable and verifies its user. `exclude` are the user's passkeys: an authenticator that has one
/// creates no second.
pub(crate) fn creation_options(
    relying_party: &RelyingParty,
    user: UserEntity<'_>,
    challenge: &Challenge,
    exclude: &[Descriptor<'_>],
) -> Value {
    let algorithms = Algorithm::ALL.map(|it| json!({"type": "public-key", "alg": it.identifier()}));
    json!({
        "rp": {"id": relying_party.id(), "name": relying_party.name()},
        "user": {
            "id": encode(user.id.as_bytes()),
            "name": user.name,
            "displayName": user.display_name,
        },
        "challenge": encode(challenge.bytes()),
        "pubKeyCredParams": algorithms,
        "timeout": TIMEOUT_SECONDS * 1000,
        "excludeCredentials": descriptors(exclude),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "required",
        },
        "attestation": "none",
    })
}

/// Returns the options to use a passkey, for `PublicKeyCredential.parseRequestOptionsFromJSON()` (section 5.1).
///
/// `allow` are the passkeys of a known user. Without any, the browser offers every passkey of the RP ID, and the
/// options reveal nothing about an account (section 14.6.2).
pub(crate) fn request_options(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    allow: &[Descriptor<'_>],
) -> Value {
    let mut options = json!({
        "challenge": encode(challenge.bytes()),
        "timeout": TIMEOUT_SECONDS * 1000,
        "rpId": relying_party.id(),
        "userVerification": "required",
    });
    if !allow.is_empty() {
        options["allowCredentials"] = descriptors(allow);
    }
    options
}

fn descriptors(credentials: &[Descriptor<'_>]) -> Value {
    let described = credentials.iter().map(|credential| {
        let mut descriptor = json!({"id": encode(credential.id), "type": "public-key"});
        // An empty list would say that the authenticator cannot be reached.
        if !credential.transports.is_empty() {
            let names = credential.transports.iter().map(|it| it.name());
            descriptor["transports"] = names.collect();
        }
        descriptor
    });
    described.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::super::{
        Challenge, ChallengePurpose, Descriptor, RelyingParty, Transport, UserEntity,
        creation_options, request_options,
    };

    fn relying_party() -> RelyingParty {
        RelyingParty::new("example.org".to_owned(), "Example".to_owned(), Vec::new())
    }

    #[test]
    fn creation_options_ask_for_a_discoverable_verified_passkey() {
        let challenge = Challenge::of_vector(&[0xff; 3], ChallengePurpose::Register);
        let user = UserEntity {
            id: Uuid::from_bytes([0; 16]),
            name: "ada@example.org",
            display_name: "Ada",
        };
        let exclude = [
            Descriptor {
                id: &[1],
                transports: &[Transport::Internal, Transport::SmartCard],
            },
            Descriptor {
                id: &[2],
                transports: &[],
            },
        ];
        let options = creation_options(&relying_party(), user, &challenge, &exclude);
        let expected = json!({
            "rp": {"id": "example.org", "name": "Example"},
            "user": {
                "id": "AAAAAAAAAAAAAAAAAAAAAA",
                "name": "ada@example.org",
                "displayName": "Ada",
            },
            "challenge": "____",
            "pubKeyCredParams": [
                {"type": "public-key", "alg": -7},
                {"type": "public-key", "alg": -8},
                {"type": "public-key", "alg": -257},
            ],
            "timeout": 300_000,
            "excludeCredentials": [
                {"id": "AQ", "type": "public-key", "transports": ["internal", "smart-card"]},
                {"id": "Ag", "type": "public-key"},
            ],
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "none",
        });
        assert_eq!(options, expected);
    }

    #[test]
    fn request_options_without_a_known_user_name_no_credential() {
        let challenge = Challenge::of_vector(&[0xff; 3], ChallengePurpose::SignIn);
        let expected = json!({
            "challenge": "____",
            "timeout": 300_000,
            "rpId": "example.org",
            "userVerification": "required",
        });
        assert_eq!(request_options(&relying_party(), &challenge, &[]), expected);
    }

    #[test]
    fn request_options_of_a_known_user_list_the_passkeys() {
        let challenge = Challenge::of_vector(&[0xff; 3], ChallengePurpose::SecondFactor);
        let allow = [Descriptor {
            id: &[1, 2],
            transports: &[Transport::Usb],
        }];
        let options = request_options(&relying_party(), &challenge, &allow);
        let expected = json!([{"id": "AQI", "type": "public-key", "transports": ["usb"]}]);
        assert_eq!(options["allowCredentials"], expected);
    }
}
