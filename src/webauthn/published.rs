//! The test vectors of Web Authentication Level 3, section 16. vectors/README.md describes them.
#![expect(
    clippy::unwrap_used,
    reason = "the files are of this repository and well-formed"
)]

use super::response::of_attestation_object;

/// A published registration.
pub(super) struct Registration {
    /// The section that it is published in, without the number of the vector in it.
    pub(super) section: &'static str,
    /// The challenge.
    pub(super) challenge: Vec<u8>,
    /// The credential ID.
    pub(super) id: Vec<u8>,
    /// The client data, as JSON.
    pub(super) client_data: Vec<u8>,
    /// The attestation object, as CBOR.
    pub(super) object: Vec<u8>,
}

/// A published authentication.
pub(super) struct Authentication {
    /// The section that it is published in.
    pub(super) section: &'static str,
    /// The challenge.
    pub(super) challenge: Vec<u8>,
    /// The authenticator data.
    pub(super) authenticator_data: Vec<u8>,
    /// The client data, as JSON.
    pub(super) client_data: Vec<u8>,
    /// The signature.
    pub(super) signature: Vec<u8>,
    /// The credential ID in the registration of the section.
    pub(super) id: Vec<u8>,
    /// The COSE key in the registration of the section.
    pub(super) key: Vec<u8>,
}

/// Returns the registrations.
pub(super) fn registrations() -> Vec<Registration> {
    let read = lines(include_str!("vectors/registrations.csv"));
    let read = read.map(
        |(section, [challenge, id, client_data, object])| Registration {
            section,
            challenge,
            id,
            client_data,
            object,
        },
    );
    read.collect()
}

/// Returns the authentications.
pub(super) fn authentications() -> Vec<Authentication> {
    let registrations = registrations();
    let read = lines(include_str!("vectors/authentications.csv"));
    let read = read.map(
        |(section, [challenge, authenticator_data, client_data, signature])| {
            let mut registrations = registrations.iter();
            let registration = registrations.find(|it| it.section == section).unwrap();
            let data = of_attestation_object(&registration.object).unwrap();
            Authentication {
                section,
                challenge,
                authenticator_data,
                client_data,
                signature,
                id: registration.id.clone(),
                key: data.credential.unwrap().public_key,
            }
        },
    );
    read.collect()
}

/// Reads lines of a section and hexadecimal values.
fn lines<const N: usize>(text: &'static str) -> impl Iterator<Item = (&'static str, [Vec<u8>; N])> {
    text.lines().map(|line| {
        let (section, values) = line.split_once(',').unwrap();
        let values = values.split(',').map(|it| hex::decode(it).unwrap());
        (section, values.collect::<Vec<_>>().try_into().unwrap())
    })
}
