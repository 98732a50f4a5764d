//! The secret of the settings, or the one stored in a file.

use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::config::Config;
use crate::db::Db;
use crate::entropy::{self, Entropy, OsEntropy};
use crate::errors::StartError;
use crate::private_files::{make_file, make_folder};
use crate::secret::{MIN_BYTES, Secret};
use crate::tokens::{SigningKeys, sealed_key};

/// Where the secret is stored if `GATEHOUSE_SECRET` is not set.
const SECRET_FILE: &str = "data/secret";

/// Returns the secret of the settings, or else the stored one. It is checked against the newest signing key before
/// anything is written: with another secret no stored password would verify.
pub(crate) async fn load_secret(
    config: &Config,
    db: &Db,
    entropy: &dyn Entropy,
) -> Result<Secret, StartError> {
    let path = Path::new(SECRET_FILE);
    let sealed = sealed_key(db).await?;
    let secret = match &config.tokens.secret {
        Some(bytes) => Secret::new(bytes.expose_secret()),
        None if sealed.is_some() && !path.exists() => {
            return Err(StartError::new(format!(
                "the secret of the database {} is lost: {} does not exist\n  Restore that file, or set GATEHOUSE_SECRET to its content. Stored passwords cannot be verified without it. To start afresh, use a new database.",
                config.database.shown_url,
                path.display()
            )));
        }
        None => Secret::new(&read_or_create(path, entropy)?),
    };
    if let Some(key) = sealed {
        SigningKeys::new(&config.tokens, &secret)?.check(&key)?;
    }
    Ok(secret)
}

/// Checks the secret against the database, as a start does.
pub(crate) async fn check_secret(config: &Config, db: &Db) -> Result<(), StartError> {
    load_secret(config, db, &OsEntropy).await.map(drop)
}

/// Reads the secret from `path`, or creates one there that only the owner of the file can read.
fn read_or_create(path: &Path, entropy: &dyn Entropy) -> Result<Zeroizing<Vec<u8>>, StartError> {
    let failed = |what: &str, error: &dyn fmt::Display| {
        StartError::new(format!(
            "cannot {what} the secret in {}: {error}\n  Make the folder writable, or set GATEHOUSE_SECRET.",
            path.display()
        ))
    };
    if !path.exists() {
        let fresh = Zeroizing::new(entropy::bytes::<MIN_BYTES>(entropy));
        let text = Zeroizing::new(BASE64_STANDARD.encode(fresh.as_slice()));
        let unique = u64::from_le_bytes(entropy::bytes(entropy)).to_string();
        path.parent()
            .map_or(Ok(()), make_folder)
            .and_then(|()| make_file(path, text.as_bytes(), &unique))
            .map_err(|error| failed("keep", &error))?;
    }
    let text =
        Zeroizing::new(std::fs::read_to_string(path).map_err(|error| failed("read", &error))?);
    match BASE64_STANDARD.decode(text.trim()) {
        Ok(bytes) if bytes.len() >= MIN_BYTES => Ok(Zeroizing::new(bytes)),
        _ => Err(failed("use", &"it is not 32 or more bytes in base64")),
    }
}
