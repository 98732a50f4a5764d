//! Counting: in Redis where there is one, else in this process.

use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::Action;
use super::shared::Shared;
use crate::client::Client;
use crate::clock::Clock;
use crate::config;
use crate::errors::{InternalError, Refusal};
use crate::metrics::{Metrics, count};
use crate::secret::Secret;

type Limiter =
    RateLimiter<String, DashMapStateStore<String>, ServiceClock, NoOpMiddleware<Duration>>;

/// The limits in force, shared through Redis where there is one. What counts is the time since 1970 by the
/// service's clock.
pub(crate) struct RateLimits {
    limits: Vec<Limit>,
    shared: Option<Shared>,
    clock: ServiceClock,
    metrics: Arc<Metrics>,
}

struct Limit {
    action: Action,
    quota: config::Quota,
    /// Counts where Redis is not, or does not answer.
    local: Limiter,
}

/// The service's clock, for the limiter.
#[derive(Clone)]
struct ServiceClock(Arc<dyn Clock>);

impl governor::clock::Clock for ServiceClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let now = self.0.now().timestamp_millis();
        Duration::from_millis(u64::try_from(now).unwrap_or_default())
    }
}

impl RateLimits {
    /// As the settings say.
    pub(crate) fn new(
        config: &config::RateLimits,
        secret: &Secret,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, InternalError> {
        let clock = ServiceClock(clock);
        let limit = |action: Action| {
            let quota = action.quota(config)?;
            let allowance = Quota::with_period(quota.interval())?.allow_burst(quota.burst);
            let store = DashMapStateStore::default();
            Some(Limit {
                action,
                quota,
                local: Limiter::new(allowance, store, clock.clone()),
            })
        };
        Ok(Self {
            limits: Action::ALL.into_iter().filter_map(limit).collect(),
            shared: config
                .redis_url
                .as_ref()
                .map(|url| Shared::new(url, secret))
                .transpose()?,
            clock,
            metrics,
        })
    }

    /// Counts one `action` of `client` on `account` (an identifier or an address in canonical form), or
    /// refuses it: by the client's network, and by account and network together.
    pub(crate) async fn charge(
        &self,
        action: Action,
        client: &Client,
        account: &str,
    ) -> Result<(), Refusal> {
        let network = client.network();
        // The network first: a try that it refuses must not count against the account as well, or whoever
        // waits as long as they were told would be refused again.
        let keys = [network.clone(), format!("{network} {account}")];
        match self.wait(action, &keys).await {
            None => Ok(()),
            Some(retry_after) => Err(self.refused(action, &network, retry_after)),
        }
    }

    /// Counts one `action` on `account`, from wherever it comes, or refuses it. For what only somebody signed
    /// in to the account can do: strangers have no part in it.
    pub(crate) async fn charge_account(
        &self,
        action: Action,
        client: &Client,
        account: &str,
    ) -> Result<(), Refusal> {
        let keys = [account.to_owned()];
        match self.wait(action, &keys).await {
            None => Ok(()),
            Some(retry_after) => Err(self.refused(action, &client.network(), retry_after)),
        }
    }

    fn refused(&self, action: Action, network: &str, retry_after: Duration) -> Refusal {
        let reason = "rate_limited";
        tracing::info!(reason, ?action, network, "refused: rate limit");
        count(&self.metrics.rate_limited, action.name());
        Refusal::RateLimited { retry_after }
    }

    /// How long to wait, if that is to be; else it was charged.
    async fn wait(&self, action: Action, keys: &[String]) -> Option<Duration> {
        let limit = self.limits.iter().find(|limit| limit.action == action)?;
        let named: Vec<String> = keys
            .iter()
            .map(|key| format!("{} {key}", action.name()))
            .collect();
        let now = i64::try_from(self.clock.now().as_millis()).unwrap_or(i64::MAX);
        if let Some(shared) = &self.shared {
            if let Some(wait) = shared.charge(&named, limit.quota, now).await {
                return (!wait.is_zero()).then_some(wait);
            }
            self.metrics.limits_unshared.inc();
        }
        keys.iter().find_map(|key| {
            let refused = limit.local.check_key(key).err()?;
            Some(refused.wait_time_from(self.clock.now()))
        })
    }

    /// Forgets those who have not asked for long.
    pub(crate) fn forget_idle(&self) {
        for limit in &self.limits {
            limit.local.retain_recent();
            limit.local.shrink_to_fit();
        }
    }
}
