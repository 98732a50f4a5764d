//! Counts in Redis, for all instances together.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, Script};
use rustls::crypto::aws_lc_rs::default_provider;
use secrecy::{ExposeSecret, SecretString};

use super::local::Charge;
use super::outage::Outage;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// How long Redis may take before the limits of this process are used instead.
const PATIENCE: Duration = Duration::from_millis(100);

/// How long a connection is kept that does not answer, in milliseconds. Longer than [`PATIENCE`], within which a distant
/// Redis may be unable to accept a connection and to answer on it.
const SILENCE: i64 = 1_000;

/// How long Redis may take at start-up.
const START_PATIENCE: Duration = Duration::from_secs(2);

/// GCRA on each key in one step: the time at which a quota is full again moves by one interval, unless it is further
/// ahead than a whole burst. Charges every key or none. Returns the milliseconds to wait, 0 if the charge was made.
///
/// The time is that of Redis, in milliseconds since 1970, so that instances with different clocks share one limit. A
/// key that the previous version wrote by an instance's clock, or with a larger quota, is at most an empty quota.
const GCRA: &str = r"
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local full_again, wait = {}, 0
for i, key in ipairs(KEYS) do
  local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local known = tonumber(redis.call('GET', key) or now) or now
  known = math.min(math.max(known, now), now + burst * interval)
  full_again[i] = known + interval
  wait = math.max(wait, full_again[i] - burst * interval - now)
end
if wait > 0 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  local text = string.format('%.3f', full_again[i])
  redis.call('SET', key, text, 'PX', math.ceil(full_again[i] - now) + 1)
end
return 0
";

/// The connection to Redis.
struct Connection {
    manager: ConnectionManager,
    /// When it first did not answer, in milliseconds of a monotonic clock; unset while it answers.
    silent_since: Option<i64>,
}

/// The store of limits in Redis.
pub(super) struct Shared {
    client: Client,
    connection: Mutex<Connection>,
    script: Script,
    outage: Outage,
    /// Keys are hashed, because they identify addresses and networks.
    names: KeyedHash,
}

impl Shared {
    /// Creates the store. It connects when first used, and reconnects whenever the connection is lost.
    pub(super) fn new(url: &SecretString, secret: &Secret) -> Result<Self, InternalError> {
        // The Redis library uses the process's provider, which may already be set.
        let _chosen_before = default_provider().install_default();
        let client = Client::open(url.expose_secret()).map_err(InternalError::new)?;
        let connection = Connection {
            manager: connect(&client)?,
            silent_since: None,
        };
        Ok(Self {
            client,
            connection: Mutex::new(connection),
            script: Script::new(GCRA),
            outage: Outage::default(),
            names: secret.keyed_hash("shared limits")?,
        })
    }

    /// Checks whether Redis is reachable.
    pub(super) async fn check(&self) -> Result<(), String> {
        let mut connection = self.connection().manager.clone();
        let ping = redis::cmd("PING");
        let answer =
            tokio::time::timeout(START_PATIENCE, ping.query_async::<String>(&mut connection));
        match answer.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("it does not answer".to_owned()),
        }
    }

    /// Charges all of `charges` or none. Returns how long to wait, zero if they were charged, or `None` if Redis is
    /// unreachable or was a moment ago. `now` is this process's monotonic time.
    pub(super) async fn charge(&self, charges: &[Charge], now: Duration) -> Option<Duration> {
        let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
        if self.outage.is_fresh(now) {
            return None;
        }
        let mut call = self.script.prepare_invoke();
        for Charge { key, quota } in charges {
            let name = BASE64_URL_SAFE_NO_PAD.encode(self.names.hash(&[key.as_bytes()]));
            // One hash slot, for clusters.
            call.key(format!("{{gatehouse}}:limit:{name}"));
            let interval = quota.interval().as_secs_f64() * 1000.0;
            call.arg(interval).arg(quota.burst.get());
        }
        let mut connection = self.connection().manager.clone();
        let answer =
            tokio::time::timeout(PATIENCE, call.invoke_async::<u64>(&mut connection)).await;
        let is_silent = match &answer {
            Ok(Ok(_)) => false,
            Ok(Err(error)) => error.is_timeout(),
            Err(_) => true,
        };
        self.note(is_silent, now);
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

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Records whether the connection did not answer, and replaces one that does not for a while. The library keeps it,
    /// because Redis may only be slow. But the other end may have vanished without closing it.
    fn note(&self, is_silent: bool, now: i64) {
        let mut connection = self.connection();
        if !is_silent {
            connection.silent_since = None;
            return;
        }
        let since = *connection.silent_since.get_or_insert(now);
        if now.saturating_sub(since) < SILENCE {
            return;
        }
        connection.silent_since = None;
        if let Ok(manager) = connect(&self.client) {
            connection.manager = manager;
        }
    }
}

/// Returns a connection that is made when it is first used.
fn connect(client: &Client) -> Result<ConnectionManager, InternalError> {
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
        .set_number_of_retries(1);
    ConnectionManager::new_lazy_with_config(client.clone(), config).map_err(InternalError::new)
}
