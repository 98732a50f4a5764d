//! The application: its parts and how they are assembled.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::clock::{Clock, SystemClock};
use crate::config::Config;
pub use crate::db::observe_statements;
use crate::db::{Db, UserId};
use crate::entropy::{self, Entropy, Identifiers, OsEntropy};
use crate::errors::{InternalError, OperationError};
use crate::lockout::Lockout;
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::passwords::{PasswordHasher, Policy};
use crate::private_files::{make_file, make_folder};
use crate::rate_limits::RateLimits;
use crate::secret::{MIN_BYTES, Sealer, Secret};
use crate::tokens::{
    AccessTokens, KeySet, OneTimeTokens, OpaqueTokens, RefreshTokens, SigningKeys, sealed_key,
};

/// The file that stores the secret if none is set.
const SECRET_FILE: &str = "data/secret";

/// Everything that operations need. Shared by all requests and workers.
pub struct App {
    pub(crate) config: Config,
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) identifiers: Identifiers,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) passwords: PasswordHasher,
    pub(crate) password_policy: Policy,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) one_time_tokens: OneTimeTokens,
    pub(crate) deletion_receipts: OpaqueTokens,
    pub(crate) cancel_tokens: OpaqueTokens,
    pub(crate) receipt_sealer: Sealer,
    pub(crate) mailer: Mailer,
    pub(crate) rate_limits: RateLimits,
    pub(crate) lockout: Lockout,
    /// The accounts with an export in progress.
    pub(crate) exports: Mutex<HashSet<UserId>>,
    /// Whether the service is shutting down. Readiness then fails, so that load balancers send no new requests.
    pub(crate) is_stopping: AtomicBool,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// Why the service cannot start, as a message for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(String);

impl StartError {
    pub(crate) fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl From<InternalError> for StartError {
    fn from(error: InternalError) -> Self {
        Self::new(error)
    }
}

impl From<OperationError> for StartError {
    fn from(refusal: OperationError) -> Self {
        match refusal {
            OperationError::Internal(error) => Self::new(error),
            other => Self(format!("{other:?}")),
        }
    }
}

impl App {
    /// Connects, migrates, creates missing parts (secret, first signing key) and starts the hashing threads, with the
    /// system's clock and randomness.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        Self::start_with(config, Arc::new(SystemClock), Arc::new(OsEntropy)).await
    }

    /// Like [`App::start`], with the given clock and randomness.
    pub async fn start_with(
        config: Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let metrics = Arc::new(Metrics::new());
        let db = Db::connect(&config.database, config.limits.request_timeout, &metrics)
            .await
            .map_err(StartError::new)?;
        let secret = secret_of(&config, &db, &*entropy).await?;
        db.migrate().await.map_err(|e| {
            StartError(format!("cannot migrate {}: {e}", config.database.shown_url))
        })?;
        if !db.builds_indexes_in_background() {
            db.build_indexes().await.map_err(InternalError::from)?;
        }
        let signing_keys = SigningKeys::new(&config.tokens, &secret)?;
        signing_keys.ensure(&db, &*entropy, clock.now()).await?;
        let keys: KeySet = signing_keys.load(&db).await?;
        let passwords =
            PasswordHasher::start(&config.passwords, &secret, entropy.clone(), metrics.clone())?;
        Ok(Self {
            password_policy: Policy::new(&config.passwords, names(&config)),
            access_tokens: AccessTokens::new(&config.tokens, keys),
            refresh_tokens: RefreshTokens::new(&secret)?,
            one_time_tokens: OneTimeTokens::new(&secret)?,
            deletion_receipts: OpaqueTokens::new(&secret, "deletion receipt")?,
            cancel_tokens: OpaqueTokens::new(&secret, "deletion cancel token")?,
            receipt_sealer: secret.sealer("deletion receipt")?,
            mailer: Mailer::new(
                &config.mail,
                &config.listen.app_url,
                &secret,
                entropy.clone(),
                metrics.clone(),
            )?,
            rate_limits: RateLimits::new(
                &config.rate_limits,
                &secret,
                clock.clone(),
                metrics.clone(),
            )?,
            lockout: Lockout::new(&secret)?,
            exports: Mutex::default(),
            is_stopping: AtomicBool::new(false),
            config,
            db,
            clock,
            identifiers: Identifiers::new(entropy.clone()),
            entropy,
            metrics,
            passwords,
            signing_keys,
        })
    }
}

/// Returns the names of the service: its name in emails, the hosts of the service and its front end, and a description.
fn names(config: &Config) -> Vec<String> {
    let addresses = [&config.listen.public_url, &config.listen.app_url];
    let hosts = addresses.into_iter().filter_map(|url| url.host_str());
    [config.mail.service_name(), "gatehouse"]
        .into_iter()
        .chain(hosts)
        .map(str::to_owned)
        .collect()
}

/// Returns the secret of the settings, or else the stored one. It is checked against the newest signing key before
/// anything is written: with another secret no stored password would verify.
async fn secret_of(config: &Config, db: &Db, entropy: &dyn Entropy) -> Result<Secret, StartError> {
    let path = Path::new(SECRET_FILE);
    let sealed = sealed_key(db).await?;
    let secret = match &config.tokens.secret {
        Some(bytes) => Secret::new(bytes.expose_secret()),
        None if sealed.is_some() && !path.exists() => {
            return Err(StartError(format!(
                "the secret of the database {} is lost: {} does not exist\n  Restore that file, or set GATEHOUSE_SECRET to its content. Stored passwords cannot be verified without it. To start afresh, use a new database.",
                config.database.shown_url,
                path.display()
            )));
        }
        None => Secret::new(&kept_secret(path, entropy)?),
    };
    if let Some(key) = sealed {
        SigningKeys::new(&config.tokens, &secret)?.check(&key)?;
    }
    Ok(secret)
}

/// Checks the secret against the database, as a start does.
pub(crate) async fn check_secret(config: &Config, db: &Db) -> Result<(), StartError> {
    secret_of(config, db, &OsEntropy).await.map(drop)
}

/// Reads the secret from `path`, or creates it there, readable by its owner only.
fn kept_secret(path: &Path, entropy: &dyn Entropy) -> Result<Zeroizing<Vec<u8>>, StartError> {
    let failed = |what: &str, error: &dyn fmt::Display| {
        StartError(format!(
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
