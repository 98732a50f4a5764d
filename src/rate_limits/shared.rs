//! Counting in Redis, for all instances together.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, Script};
use rustls::crypto::aws_lc_rs::default_provider;
use secrecy::{ExposeSecret, SecretString};

use super::outage::Outage;
use crate::config::Quota;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// How long Redis may take before the limits of this process count instead.
const PATIENCE: Duration = Duration::from_millis(100);

/// GCRA on each key, in one step: the time at which an allowance is full again moves by one interval, unless
/// that is further ahead than a whole burst takes. Charges every key or none. Answers the milliseconds to
/// wait, 0 when the charge was made.
const GCRA: &str = r"
local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full_again, wait = {}, 0
for i, key in ipairs(KEYS) do
  local known = tonumber(redis.call('GET', key) or now)
  full_again[i] = math.max(known, now) + interval
  wait = math.max(wait, full_again[i] - burst * interval - now)
end
if wait > 0 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, full_again[i], 'PX', math.ceil(full_again[i] - now) + 1)
end
return 0
";

/// The limits' store in Redis.
pub(super) struct Shared {
    connection: ConnectionManager,
    script: Script,
    outage: Outage,
    /// Keys name addresses and networks, which are nobody's business in another store.
    names: KeyedHash,
}

impl Shared {
    /// Connects when it is first needed, and again whenever the connection is lost.
    pub(super) fn new(url: &SecretString, secret: &Secret) -> Result<Self, InternalError> {
        // Redis' library takes the process's. Somebody may have chosen the same before.
        let _chosen_before = default_provider().install_default();
        let client = Client::open(url.expose_secret()).map_err(InternalError::new)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let connection =
            ConnectionManager::new_lazy_with_config(client, config).map_err(InternalError::new)?;
        Ok(Self {
            connection,
            script: Script::new(GCRA),
            outage: Outage::default(),
            names: secret.keyed_hash("shared limits")?,
        })
    }

    /// Charges `keys` at `now` (milliseconds since 1970): how long to wait, zero when it was charged; `None`
    /// when Redis does not answer, or did not a moment ago.
    pub(super) async fn charge(&self, keys: &[String], quota: Quota, now: i64) -> Option<Duration> {
        if self.outage.is_fresh(now) {
            return None;
        }
        let mut call = self.script.prepare_invoke();
        for key in keys {
            let name = BASE64_URL_SAFE_NO_PAD.encode(self.names.hash(&[key.as_bytes()]));
            // One hash slot, for clusters.
            call.key(format!("{{gatehouse}}:limit:{name}"));
        }
        let interval = quota.interval().as_secs_f64() * 1000.0;
        call.arg(now).arg(interval).arg(quota.burst.get());
        let mut connection = self.connection.clone();
        let answer =
            tokio::time::timeout(PATIENCE, call.invoke_async::<u64>(&mut connection)).await;
        let wait = answer.map_err(|_| "it does not answer".to_owned());
        match wait.and_then(|wait| wait.map_err(|error| error.to_string())) {
            Ok(wait) => {
                self.outage.is_over();
                Some(Duration::from_millis(wait))
            }
            Err(error) => {
                self.outage.goes_on(&error, now);
                None
            }
        }
    }
}
