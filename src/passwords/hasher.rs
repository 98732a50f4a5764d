//! Making and checking stored passwords: bcrypt over base64(HMAC-SHA-384(pepper, password)).
//!
//! The HMAC makes length irrelevant to bcrypt (which stops reading at 72 bytes) and a stolen table
//! useless without the secret. Its 48 bytes are 64 characters of base64, free of NUL.

use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::policy::{Acceptable, normalised};
use super::pool::Pool;
use crate::config;
use crate::entropy::{self, Entropy};
use crate::errors::{InternalError, Refusal};
use crate::metrics::Metrics;
use crate::secret::Secret;

/// bcrypt over the password's UTF-8, as other systems store it; imported accounts have it.
const PLAIN: &str = "bcrypt";
/// bcrypt over the peppered HMAC.
const PEPPERED: &str = "hmac-sha384-bcrypt";
/// No hash at all: the password was turned off.
const OFF: &str = "off";

/// A password as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredPassword {
    /// The bcrypt string.
    pub(crate) hash: String,
    /// How it came to be.
    pub(crate) scheme: String,
    /// Which pepper went into it, if any.
    pub(crate) pepper_id: Option<String>,
}

impl StoredPassword {
    /// In place of a password that was turned off: nothing matches it, and checking takes as long as ever.
    pub(crate) fn off() -> Self {
        Self {
            hash: String::new(),
            scheme: OFF.to_owned(),
            pepper_id: None,
        }
    }
}

/// What checking a password gave.
pub(crate) enum Verdict {
    /// It is the password. `rehashed` is set when it was stored under an older scheme or another cost.
    Correct {
        /// What to store in place of the old hash.
        rehashed: Option<StoredPassword>,
    },
    /// It is not.
    Incorrect,
}

/// Hashes and checks passwords, on threads of its own.
pub(crate) struct PasswordHasher {
    pool: Pool,
    recipe: Arc<Recipe>,
    entropy: Arc<dyn Entropy>,
    /// The hash of random bytes: an unknown account costs what a known one does, and never matches.
    dummy: StoredPassword,
}

struct Recipe {
    pepper: hmac::Key,
    pepper_id: String,
    cost: u32,
}

impl PasswordHasher {
    /// Starts the threads and makes the dummy hash.
    pub(crate) async fn start(
        config: &config::Passwords,
        secret: &Secret,
        entropy: Arc<dyn Entropy>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, Refusal> {
        let pepper = hmac::Key::new(
            hmac::HMAC_SHA384,
            secret.derive("password pepper")?.as_slice(),
        );
        let pepper_id = BASE64_URL_SAFE_NO_PAD.encode(&secret.derive("password pepper id")?[..6]);
        let recipe = Arc::new(Recipe {
            pepper,
            pepper_id,
            cost: config.bcrypt_cost,
        });
        let pool = Pool::start(config.threads, config.queue_capacity, metrics)?;
        let noise = BASE64_STANDARD.encode(entropy::bytes::<32>(&*entropy));
        let salt = entropy::bytes(&*entropy);
        let (making, salt) = (recipe.clone(), salt);
        let dummy = pool.run(move || making.hash(&noise, salt)).await??;
        Ok(Self {
            pool,
            recipe,
            entropy,
            dummy,
        })
    }

    /// The pool, for work of the same kind: strength estimates.
    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Hashes a password that the policy accepted.
    pub(crate) async fn hash(&self, password: Acceptable) -> Result<StoredPassword, Refusal> {
        let salt = entropy::bytes(&*self.entropy);
        let recipe = self.recipe.clone();
        Ok(self
            .pool
            .run(move || recipe.hash(password.as_str(), salt))
            .await??)
    }

    /// Checks `password` against what is stored; against the dummy where nothing is. Takes the same time
    /// either way.
    pub(crate) async fn verify(
        &self,
        password: &str,
        stored: Option<&StoredPassword>,
    ) -> Result<Verdict, Refusal> {
        let foreign = stored.and_then(|stored| stored.pepper_id.as_deref());
        if foreign.is_some_and(|pepper| pepper != self.recipe.pepper_id) {
            tracing::error!(
                "a password was stored under another GATEHOUSE_SECRET and cannot be checked"
            );
        }
        let stored = stored
            .filter(|stored| self.recipe.can_check(stored))
            .unwrap_or(&self.dummy)
            .clone();
        let password = Zeroizing::new(password.to_owned());
        let salt = entropy::bytes(&*self.entropy);
        let recipe = self.recipe.clone();
        Ok(self
            .pool
            .run(move || recipe.check(&password, &stored, salt))
            .await??)
    }
}

impl Recipe {
    fn can_check(&self, stored: &StoredPassword) -> bool {
        stored.scheme == PLAIN
            || (stored.scheme == PEPPERED && stored.pepper_id.as_deref() == Some(&self.pepper_id))
    }

    #[expect(clippy::disallowed_methods, reason = "runs on the pool")]
    fn hash(&self, password: &str, salt: [u8; 16]) -> Result<StoredPassword, InternalError> {
        let hash = bcrypt::non_truncating_hash_with_salt(
            self.peppered(password).as_bytes(),
            self.cost,
            salt,
        )
        .map_err(InternalError::new)?;
        Ok(StoredPassword {
            hash: hash.to_string(),
            scheme: PEPPERED.to_owned(),
            pepper_id: Some(self.pepper_id.clone()),
        })
    }

    #[expect(clippy::disallowed_methods, reason = "runs on the pool")]
    fn check(
        &self,
        password: &str,
        stored: &StoredPassword,
        salt: [u8; 16],
    ) -> Result<Verdict, InternalError> {
        let normal = normalised(password);
        let typed = normal.as_ref().map_or(password, |normal| normal.as_str());
        let matches = if stored.scheme == PEPPERED {
            bcrypt::non_truncating_verify(self.peppered(typed).as_bytes(), &stored.hash)
        } else {
            // As the system it was imported from did: the bytes as sent, cut by bcrypt at 72.
            bcrypt::verify(password.as_bytes(), &stored.hash)
        };
        // The dummy and stored hashes answer alike for what no policy would have let in.
        if !matches.map_err(InternalError::new)? || (stored.scheme == PEPPERED && normal.is_none())
        {
            return Ok(Verdict::Incorrect);
        }
        // Only ever upwards: while instances of two settings run side by side, each login would undo the
        // other's.
        let is_current = stored.scheme == PEPPERED && cost_of(&stored.hash) >= Some(self.cost);
        let rehashed = if is_current {
            None
        } else {
            Some(self.hash(typed, salt)?)
        };
        Ok(Verdict::Correct { rehashed })
    }

    fn peppered(&self, password: &str) -> Zeroizing<String> {
        let tag = hmac::sign(&self.pepper, password.as_bytes());
        Zeroizing::new(BASE64_STANDARD.encode(tag.as_ref()))
    }
}

/// The cost in a bcrypt string, `$2b$<cost>$…`.
fn cost_of(hash: &str) -> Option<u32> {
    hash.split('$').nth(2)?.parse().ok()
}

#[cfg(test)]
#[path = "hasher_tests.rs"]
mod tests;
