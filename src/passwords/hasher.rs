//! Hashes and verifies stored passwords: bcrypt over base64(HMAC-SHA-384(pepper, password)).
//!
//! The HMAC makes length irrelevant to bcrypt, which ignores everything after 72 bytes, and makes a stolen table
//! useless without the secret. Its 48 bytes are 64 characters of base64, free of NUL.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use base64::{Engine as _, alphabet};
use bcrypt::HashParts;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::dummies::{Dummies, Kind, Mix};
use super::policy::{ValidPassword, normalised};
use super::pool::Pool;
use super::stored::StoredPassword;
use super::survey::Survey;
use crate::config;
use crate::entropy::{self, Entropy};
use crate::errors::{InternalError, OperationError};
use crate::metrics::Metrics;
use crate::secret::Secret;

/// bcrypt over the password's UTF-8, as other systems store it. Imported accounts have it.
const PLAIN: &str = "bcrypt";
/// bcrypt over the peppered HMAC.
const PEPPERED: &str = "hmac-sha384-bcrypt";
/// The highest cost of a dummy: verifying it takes about ten seconds.
const HIGHEST_COST: u32 = 17;

/// How many bytes of a bcrypt digest are stored.
const STORED_DIGEST: usize = 23;

/// The encoding inside a bcrypt string.
const BASE64_BCRYPT: GeneralPurpose = GeneralPurpose::new(&alphabet::BCRYPT, NO_PAD);

/// The result of verifying a password.
pub(crate) enum Verdict {
    /// The password is correct. `rehashed` is set if it was stored under an older scheme or another cost.
    Correct {
        /// The hash that replaces the old one.
        rehashed: Option<StoredPassword>,
    },
    /// The password is incorrect.
    Incorrect,
}

/// Hashes and verifies passwords on separate threads.
pub(crate) struct PasswordHasher {
    pool: Pool,
    params: HashParams,
    entropy: Arc<dyn Entropy>,
    metrics: Arc<Metrics>,
    /// Digests that no password matches, so that unknown accounts take the same time as known ones.
    dummies: Dummies,
    survey: Survey,
}

struct HashParams {
    pepper: hmac::Key,
    pepper_id: String,
    cost: u32,
}

impl PasswordHasher {
    /// Starts the threads.
    pub(crate) fn start(
        config: &config::Passwords,
        secret: &Secret,
        entropy: Arc<dyn Entropy>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, OperationError> {
        let pepper = hmac::Key::new(
            hmac::HMAC_SHA384,
            secret.derive("password pepper")?.as_slice(),
        );
        let pepper_id = BASE64_URL_SAFE_NO_PAD.encode(&secret.derive("password pepper id")?[..6]);
        let params = HashParams {
            pepper,
            pepper_id,
            cost: config.bcrypt_cost,
        };
        let pool = Pool::start(config.threads, config.queue_capacity, metrics.clone())?;
        let kind = params.kind();
        metrics.passwords.expect(kind.scheme, kind.cost);
        let dummy = dummy(&params, kind, &*entropy);
        Ok(Self {
            pool,
            params,
            entropy,
            metrics,
            dummies: Dummies::new(secret.keyed_hash("dummy passwords")?, kind, dummy),
            survey: Survey::default(),
        })
    }

    /// Returns the account after which the survey of stored passwords continues, and whether a pass was completed
    /// before.
    pub(crate) fn survey_position(&self) -> (Uuid, bool) {
        self.survey.position()
    }

    /// Adds a `batch` of stored passwords up to the account `last` (`None` at the end of the table) to the survey. From
    /// then on unknown accounts take the same time as known ones. `newest` represents the unread rest.
    pub(crate) fn survey(
        &self,
        batch: &[StoredPassword],
        last: Option<Uuid>,
        newest: &[StoredPassword],
    ) {
        let mut mix = self.survey.add(&self.mix(batch), last, &self.mix(newest));
        if mix.is_empty() {
            mix.insert(self.params.kind(), 1);
        }
        let mut made = Vec::new();
        for kind in self.dummies.missing(&mix) {
            made.push((kind, dummy(&self.params, kind, &*self.entropy)));
        }
        self.dummies.set(&mix, made);
    }

    fn mix(&self, passwords: &[StoredPassword]) -> Mix {
        let mut mix = Mix::new();
        let checked = passwords.iter().filter(|it| self.params.can_check(it));
        for kind in checked.filter_map(kind_of) {
            *mix.entry(kind).or_default() += 1;
        }
        mix
    }

    /// Returns the pool, for strength estimates.
    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Checks that a password would be hashed in time. Called before anything else is done for an operation that hashes one,
    /// so that rejecting it costs next to nothing.
    pub(crate) fn check_room(&self) -> Result<(), OperationError> {
        self.pool.check_room(self.params.cost)
    }

    /// Hashes a password that the policy accepted.
    pub(crate) async fn hash(
        &self,
        password: ValidPassword,
    ) -> Result<StoredPassword, OperationError> {
        self.hash_normal(password.as_str()).await
    }

    async fn hash_normal(&self, password: &str) -> Result<StoredPassword, OperationError> {
        let Kind { cost, scheme } = self.params.kind();
        let salt = entropy::bytes::<16>(&*self.entropy);
        let peppered = self.params.peppered(password);
        let digest = self.pool.digest(cost, salt, peppered).await?;
        Ok(StoredPassword {
            hash: written(cost, &salt, &digest[..STORED_DIGEST]),
            scheme: scheme.to_owned(),
            pepper_id: Some(self.params.pepper_id.clone()),
        })
    }

    /// Verifies `password` against the stored one or, if there is none, against the dummy for `name`. Takes the same
    /// time either way.
    pub(crate) async fn verify(
        &self,
        password: &str,
        stored: Option<&StoredPassword>,
        name: &str,
    ) -> Result<Verdict, OperationError> {
        let foreign = stored.and_then(|stored| stored.pepper_id.as_deref());
        if foreign.is_some_and(|pepper| pepper != self.params.pepper_id) {
            tracing::error!("password not verifiable: stored under another GATEHOUSE_SECRET");
        }
        let stored = match stored.filter(|stored| self.params.can_check(stored)) {
            Some(stored) => Arc::new(stored.clone()),
            None => self
                .dummies
                .of(name)
                .ok_or_else(|| InternalError::new("there is no dummy hash"))?,
        };
        if let Some(Kind { scheme, cost }) = kind_of(&stored) {
            self.metrics.passwords.count_checked(scheme, cost);
        }
        self.check(password, &stored).await
    }

    async fn check(
        &self,
        password: &str,
        stored: &StoredPassword,
    ) -> Result<Verdict, OperationError> {
        let (parts, expected) = read(&stored.hash)?;
        let normal = normalised(password);
        let typed = normal.as_ref().map_or(password, |normal| normal.as_str());
        let is_peppered = stored.scheme == PEPPERED;
        let text = if is_peppered {
            self.params.peppered(typed)
        } else {
            // As the system it was imported from did: the bytes as sent, cut by bcrypt at 72.
            Zeroizing::new(password.as_bytes().to_vec())
        };
        let (cost, salt) = (parts.get_cost(), parts.get_salt_raw());
        let digest = self.pool.digest(cost, salt, text).await?;
        let matches = verify_slices_are_equal(&digest[..STORED_DIGEST], &expected).is_ok();
        // Dummy and stored hashes give the same answer for passwords that no policy accepts.
        if !matches || (is_peppered && normal.is_none()) {
            return Ok(Verdict::Incorrect);
        }
        // Only upwards: if instances with two settings run at the same time, each login would undo the other's rehash.
        let is_current = is_peppered && cost >= self.params.cost;
        if is_current {
            return Ok(Verdict::Correct { rehashed: None });
        }
        let rehashed = match self.hash_normal(typed).await {
            Ok(rehashed) => Some(rehashed),
            // The next sign-in tries again.
            Err(OperationError::Overloaded { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Verdict::Correct { rehashed })
    }
}

/// Reads a bcrypt string: its parts, and the digest.
fn read(hash: &str) -> Result<(HashParts, [u8; STORED_DIGEST]), InternalError> {
    let parts = hash.parse().map_err(InternalError::new)?;
    let mut digest = [0; STORED_DIGEST];
    let text = hash.get(29..).unwrap_or_default();
    let read = BASE64_BCRYPT.decode_slice(text, &mut digest);
    read.map_err(InternalError::new)?;
    Ok((parts, digest))
}

/// Writes a bcrypt string, version `2b`.
fn written(cost: u32, salt: &[u8; 16], digest: &[u8]) -> String {
    let (salt, digest) = (BASE64_BCRYPT.encode(salt), BASE64_BCRYPT.encode(digest));
    format!("$2b${cost:02}${salt}{digest}")
}

/// Creates a stored password of this kind that no password matches, with random bytes as digest. Verifying it takes as
/// long as any other; creating it takes no time.
fn dummy(
    params: &HashParams,
    Kind { cost, scheme }: Kind,
    entropy: &dyn Entropy,
) -> StoredPassword {
    let salt = entropy::bytes(entropy);
    let digest = entropy::bytes::<STORED_DIGEST>(entropy);
    StoredPassword {
        hash: written(cost, &salt, &digest),
        scheme: scheme.to_owned(),
        pepper_id: (scheme == PEPPERED).then(|| params.pepper_id.clone()),
    }
}

/// Returns the kind of a stored password, or `None` if it is not a hash or would take too long.
fn kind_of(stored: &StoredPassword) -> Option<Kind> {
    let scheme = [PLAIN, PEPPERED]
        .into_iter()
        .find(|scheme| *scheme == stored.scheme)?;
    let cost = cost_of(&stored.hash).filter(|cost| *cost <= HIGHEST_COST)?;
    Some(Kind { cost, scheme })
}

impl HashParams {
    /// Returns the kind of new passwords.
    fn kind(&self) -> Kind {
        Kind {
            cost: self.cost,
            scheme: PEPPERED,
        }
    }

    fn can_check(&self, stored: &StoredPassword) -> bool {
        stored.scheme == PLAIN
            || (stored.scheme == PEPPERED && stored.pepper_id.as_deref() == Some(&self.pepper_id))
    }

    fn peppered(&self, password: &str) -> Zeroizing<Vec<u8>> {
        let tag = hmac::sign(&self.pepper, password.as_bytes());
        Zeroizing::new(BASE64_STANDARD.encode(tag.as_ref()).into_bytes())
    }
}

/// Returns the cost in a bcrypt string, `$2b$<cost>$…`.
fn cost_of(hash: &str) -> Option<u32> {
    hash.split('$').nth(2)?.parse().ok()
}

#[cfg(test)]
#[path = "hasher_tests.rs"]
mod tests;
