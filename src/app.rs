//! The application: its parts and how they are assembled.

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use crate::clock::{Clock, SystemClock};
use crate::config::Config;
pub use crate::db::observe_statements;
use crate::db::{Db, UserId};
use crate::entropy::{Entropy, Identifiers, OsEntropy};
use crate::errors::InternalError;
pub use crate::errors::StartError;
use crate::factors::SecondFactors;
use crate::lockout::Lockout;
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::passwords::{PasswordHasher, Policy};
use crate::rate_limits::RateLimits;
use crate::secret::Sealer;
use crate::secret_file::load_secret;
use crate::tokens::{
    AccessTokens, KeySet, OneTimeTokens, OpaqueTokens, RefreshTokens, SigningKeys,
};

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
    pub(crate) factors: SecondFactors,
    /// The accounts with an export in progress.
    pub(crate) exports: Mutex<HashSet<UserId>>,
    /// Whether the service is shutting down. Readiness then fails, so that load balancers send no new requests.
    pub(crate) is_stopping: AtomicBool,
    pub(crate) schedule: Schedule,
}

/// What the service takes from the machine that it runs on. Tests set it to be in control.
#[derive(Clone, Debug)]
pub struct Runtime {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
    /// When background work runs.
    pub schedule: Schedule,
}

/// When background work runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// At the start, at each interval, and when there is an email to send.
    Prompt,
    /// At each interval alone, for tests that run the work themselves.
    IntervalOnly,
}

impl Default for Runtime {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
            schedule: Schedule::Prompt,
        }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Connects, migrates, creates missing parts (secret, first signing key) and starts the hashing threads, with the
    /// system's clock and randomness.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        Box::pin(Self::start_with(config, Runtime::default())).await
    }

    /// As [`App::start`], with a runtime of the caller's.
    pub async fn start_with(config: Config, runtime: Runtime) -> Result<Self, StartError> {
        let Runtime {
            clock,
            entropy,
            schedule,
        } = runtime;
        let metrics = Arc::new(Metrics::new());
        let db = Db::connect(&config.database, config.limits.request_timeout, &metrics)
            .await
            .map_err(StartError::new)?;
        let secret = load_secret(&config, &db, &*entropy).await?;
        db.migrate().await.map_err(|e| {
            StartError::new(format!("cannot migrate {}: {e}", config.database.shown_url))
        })?;
        if !db.builds_indexes_in_background() {
            db.build_indexes().await.map_err(InternalError::from)?;
        }
        let signing_keys = SigningKeys::new(&config.tokens, &secret)?;
        signing_keys.ensure(&db, &*entropy, clock.now()).await?;
        let keys: KeySet = signing_keys.load(&db).await?;
        let passwords =
            PasswordHasher::start(&config.passwords, &secret, entropy.clone(), metrics.clone())?;
        let factors = SecondFactors::new(&config.factors, config.mail.service_name(), &secret)?;
        let warned = Box::pin(factors.warn_of_other_domains(db.read()));
        warned.await.map_err(InternalError::from)?;
        Ok(Self {
            password_policy: Policy::new(&config.passwords, names(&config)),
            access_tokens: AccessTokens::new(&config.tokens, keys, metrics.clone()),
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
            factors,
            exports: Mutex::default(),
            is_stopping: AtomicBool::new(false),
            schedule,
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
