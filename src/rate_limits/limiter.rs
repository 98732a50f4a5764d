//! Counting, in this process.

use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::Action;
use super::network::network;
use crate::client::Client;
use crate::clock::Clock;
use crate::config;
use crate::errors::Refusal;
use crate::metrics::{Metrics, count};

type Limiter =
    RateLimiter<String, DashMapStateStore<String>, ServiceClock, NoOpMiddleware<Duration>>;

/// The limits in force. What counts is the time since 1970 by the service's clock.
pub(crate) struct RateLimits {
    limiters: Vec<(Action, Limiter)>,
    clock: ServiceClock,
    metrics: Arc<Metrics>,
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
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let clock = ServiceClock(clock);
        let limiter = |quota: config::Quota| {
            let quota = Quota::with_period(quota.interval())?.allow_burst(quota.burst);
            Some(Limiter::new(
                quota,
                DashMapStateStore::default(),
                clock.clone(),
            ))
        };
        let limiters = Action::ALL
            .into_iter()
            .filter_map(|action| Some((action, limiter(action.quota(config)?)?)))
            .collect();
        Self {
            limiters,
            clock,
            metrics,
        }
    }

    /// Counts one `action` of `client` on `account` (an identifier or an address in canonical form), or
    /// refuses it: by the client's network, and by account and network together.
    pub(crate) fn charge(
        &self,
        action: Action,
        client: &Client,
        account: &str,
    ) -> Result<(), Refusal> {
        let Some(limiter) = self.limiter(action) else {
            return Ok(());
        };
        let network = network(client);
        for key in [format!("{network} {account}"), network.clone()] {
            if let Err(refused) = limiter.check_key(&key) {
                let retry_after = refused.wait_time_from(self.clock.now());
                tracing::info!(?action, network, "refused: rate limit");
                count(&self.metrics.rate_limited, action.name());
                return Err(Refusal::RateLimited { retry_after });
            }
        }
        Ok(())
    }

    /// As [`RateLimits::charge`], on the account and network together alone.
    pub(crate) fn permits(&self, action: Action, client: &Client, account: &str) -> bool {
        let key = format!("{} {account}", network(client));
        self.limiter(action)
            .is_none_or(|limiter| limiter.check_key(&key).is_ok())
    }

    fn limiter(&self, action: Action) -> Option<&Limiter> {
        let (_, limiter) = self.limiters.iter().find(|(known, _)| *known == action)?;
        Some(limiter)
    }

    /// Forgets those who have not asked for long.
    pub(crate) fn forget_idle(&self) {
        for (_, limiter) in &self.limiters {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}
