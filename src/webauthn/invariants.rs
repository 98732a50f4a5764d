//! Invariants of passkeys, for any response of a browser.
#![expect(clippy::unwrap_used, reason = "to panic is what they are for")]

use std::sync::LazyLock;

use super::authentication::signed_bytes;
use super::authenticator_data::AuthenticatorData;
use super::public_key::PublicKey;
use super::published::{Authentication, Registration, authentications, registrations};
use super::sent::{
    ORIGINS, RP_ID, Sent, attestation_object, authentication_json, authenticator_data_in,
    registration_json,
};
use super::{
    AuthenticationResponse, Challenge, ChallengePurpose, NewCredential, RegistrationResponse,
    RelyingParty, StoredCredential, verify_authentication, verify_registration,
};

const USER_HANDLE: &[u8] = b"user";

/// The flags of authenticator data: BE, BS, AT and ED.
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKUP_STATE: u8 = 0x10;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;

const PURPOSES: [ChallengePurpose; 4] = [
    ChallengePurpose::Register,
    ChallengePurpose::SignIn,
    ChallengePurpose::Reauthenticate,
    ChallengePurpose::SecondFactor,
];

/// The published registrations and authentications.
static PUBLISHED: LazyLock<(Vec<Registration>, Vec<Authentication>)> =
    LazyLock::new(|| (registrations(), authentications()));

static OURS: LazyLock<RelyingParty> = LazyLock::new(|| relying_party(RP_ID));
static ANOTHER: LazyLock<RelyingParty> = LazyLock::new(|| relying_party("example.com"));

fn relying_party(id: &str) -> RelyingParty {
    let origins = ORIGINS.map(str::to_owned).to_vec();
    RelyingParty::new(id.to_owned(), "Example".to_owned(), origins)
}

/// A response has one meaning. It is accepted only for this relying party, and if its user was present and verified.
///
/// The bytes are also inserted into a published ceremony. The first two select a part of it, the next two a position in
/// this part, and the fifth how much is replaced.
pub fn passkeys(data: &[u8]) {
    check_registration(data);
    check_authentication(data);
    let [part, which, high, low, length, new @ ..] = data else {
        return;
    };
    let at = u16::from_be_bytes([*high, *low]).into();
    let change = |bytes: &mut Vec<u8>| replace(bytes, (at, (*length).into()), new);
    let which = usize::from(*which);
    match part % 6 {
        part @ 0..3 => check_registration(&changed_registration(which, part, change)),
        part => check_authentication(&changed_authentication(which, part - 3, change)),
    }
}

/// Replaces bytes at a position; 255 are all that follow.
fn replace(bytes: &mut Vec<u8>, (at, length): (usize, usize), new: &[u8]) {
    let at = at % (bytes.len() + 1);
    let end = match length {
        255 => bytes.len(),
        _ => (at + length).min(bytes.len()),
    };
    bytes.splice(at..end, new.iter().copied());
}

fn changed_registration(which: usize, part: u8, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let (published, _) = &*PUBLISHED;
    let published = &published[which % published.len()];
    let mut client_data = published.client_data.clone();
    let mut object = published.object.clone();
    match part {
        0 => change(&mut client_data),
        1 => change(&mut object),
        _ => {
            let mut data = authenticator_data_in(&object);
            change(&mut data);
            object = attestation_object(&data);
        }
    }
    let transports = ["usb", "usb", "x", "internal"];
    registration_json(&published.id, &client_data, &object, &transports)
}

fn changed_authentication(which: usize, part: u8, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let (_, published) = &*PUBLISHED;
    let published = &published[which % published.len()];
    let mut parts = [
        published.client_data.clone(),
        published.authenticator_data.clone(),
        published.signature.clone(),
    ];
    change(&mut parts[usize::from(part)]);
    authentication_json(&published.id, &parts, Some(USER_HANDLE))
}

fn check_registration(json: &[u8]) {
    let Ok(response) = RegistrationResponse::parse(json) else {
        return;
    };
    let Some(sent) = Sent::read(json) else { return };
    sent.check(&response.credential_id, &response.client_data);
    sent.check_transports(&response.transports);
    let object = sent.bytes("attestationObject");
    let data = authenticator_data_in(&object);
    check_authenticator_data(&response.authenticator_data, &data);

    // Unknown members and transports have no influence.
    let names: Vec<&str> = response.transports.iter().map(|it| it.name()).collect();
    let json = registration_json(&response.credential_id, &sent.client_data, &object, &names);
    let again = RegistrationResponse::parse(&json);
    assert_eq!(format!("{again:?}"), format!("Ok({response:?})"));

    for published in &PUBLISHED.0 {
        for purpose in PURPOSES {
            let challenge = Challenge::of_vector(&published.challenge, purpose);
            if let Ok(new) = verify_registration(&response, &OURS, &challenge) {
                assert_eq!(purpose, ChallengePurpose::Register);
                sent.check_accepted("webauthn.create", &published.challenge, &data);
                check_new_credential(&new, &response, &data);
                assert!(verify_registration(&response, &ANOTHER, &challenge).is_err());
            }
        }
    }
}

/// Asserts that a credential is the one of the response, and that its key can be used.
fn check_new_credential(new: &NewCredential, response: &RegistrationResponse, data: &[u8]) {
    assert_eq!(new.id, response.credential_id);
    let key = PublicKey::parse(&new.public_key).unwrap();
    assert_eq!(key.algorithm(), new.algorithm);
    assert_eq!(new.counter.to_be_bytes(), data[33..37]);
    assert_eq!(new.backup_eligible, data[32] & BACKUP_ELIGIBLE != 0);
    assert_eq!(new.backup_state, data[32] & BACKUP_STATE != 0);
    assert_eq!(new.aaguid.as_bytes()[..], data[37..53]);
    assert_eq!(new.transports, response.transports);
}

fn check_authentication(json: &[u8]) {
    let Ok(response) = AuthenticationResponse::parse(json) else {
        return;
    };
    let Some(sent) = Sent::read(json) else { return };
    sent.check(&response.credential_id, &response.client_data);
    let data = sent.bytes("authenticatorData");
    check_authenticator_data(&response.authenticator_data, &data);
    let handle = response.user_handle();
    assert!(handle.is_none_or(|it| (1..=64).contains(&it.len())));

    // Unknown members have no influence.
    let parts = [sent.client_data.clone(), data, sent.bytes("signature")];
    let json = authentication_json(&response.credential_id, &parts, handle);
    let again = AuthenticationResponse::parse(&json);
    assert_eq!(format!("{again:?}"), format!("Ok({response:?})"));

    let of_id = |it: &&Authentication| it.id == response.credential_id;
    for published in PUBLISHED.1.iter().filter(of_id) {
        check_signature(published, &response);
        for purpose in PURPOSES {
            check_verification(published, purpose, &sent, &response);
        }
    }
}

/// Asserts that a signature is the published one, of unchanged bytes. ECDSA has a second one, which chance does not find.
fn check_signature(published: &Authentication, response: &AuthenticationResponse) {
    let key = PublicKey::parse(&published.key).unwrap();
    let verified = key.verify(&signed_bytes(response), &response.signature);
    assert_eq!(verified.is_ok(), is_unchanged(published, response));
}

fn is_unchanged(published: &Authentication, response: &AuthenticationResponse) -> bool {
    response.authenticator_data_bytes == published.authenticator_data
        && response.client_data_json == published.client_data
        && response.signature == published.signature
}

/// Asserts that a response which is accepted is unchanged, and what it says.
fn check_verification(
    published: &Authentication,
    purpose: ChallengePurpose,
    sent: &Sent,
    response: &AuthenticationResponse,
) {
    let challenge = Challenge::of_vector(&published.challenge, purpose);
    let stored = StoredCredential {
        id: &published.id,
        public_key: &published.key,
        user_handle: USER_HANDLE,
        counter: 0,
        backup_eligible: false,
    };
    let Ok(accepted) = verify_authentication(response, &OURS, &challenge, stored) else {
        return;
    };
    assert!(is_unchanged(published, response));
    assert_ne!(purpose, ChallengePurpose::Register);
    let data = &published.authenticator_data;
    sent.check_accepted("webauthn.get", &published.challenge, data);
    assert_eq!(accepted.counter.new.to_be_bytes(), data[33..37]);
    assert_eq!(accepted.backup_eligible, data[32] & BACKUP_ELIGIBLE != 0);
    assert_eq!(accepted.backup_state, data[32] & BACKUP_STATE != 0);
    assert_eq!(accepted.user_handle.as_deref(), response.user_handle());
    match accepted.user_handle.as_deref() {
        Some(handle) => assert_eq!(handle, USER_HANDLE),
        None => assert_ne!(purpose, ChallengePurpose::SignIn),
    }
    assert!(verify_authentication(response, &ANOTHER, &challenge, stored).is_err());
}

/// Asserts that the authenticator data is what its bytes say.
fn check_authenticator_data(read: &AuthenticatorData, data: &[u8]) {
    let flags = data[32];
    assert_eq!(read.rp_id_hash, data[..32]);
    assert_eq!(read.counter.to_be_bytes(), data[33..37]);
    assert_eq!(read.credential.is_some(), flags & HAS_CREDENTIAL != 0);
    let credential = read.credential.as_ref().map_or(0, |credential| {
        let (length, rest) = data[53..].split_at(2);
        assert_eq!(
            length,
            u16::try_from(credential.id.len()).unwrap().to_be_bytes()
        );
        assert!((1..=1023).contains(&credential.id.len()));
        let whole = [credential.id.as_slice(), &credential.public_key].concat();
        assert!(rest.starts_with(&whole));
        18 + whole.len()
    });
    let has_more = data.len() > 37 + credential;
    assert_eq!(has_more, flags & HAS_EXTENSIONS != 0);
}
