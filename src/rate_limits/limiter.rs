//! Rate limits: shared through Redis if configured, else per process.

use std::sync::Arc;
use std::time::Duration;

use super::Action;
use super::local::{Charge, Local};
use super::shared::Shared;
use crate::client::Client;
use crate::clock::Clock;
use crate::config;
use crate::errors::{InternalError, OperationError};
use crate::metrics::Metrics;
use crate::secret::Secret;

/// The rate limits. They use a monotonic clock: setting the system's clock neither lengthens nor ends a limit.
pub(crate) struct RateLimits {
    limits: config::RateLimits,
    local: Local,
    shared: Option<Shared>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
}

impl RateLimits {
    /// Creates the limits from the settings.
    pub(crate) fn new(
        config: &config::RateLimits,
        secret: &Secret,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, InternalError> {
        let shared = config.redis_url.as_ref();
        Ok(Self {
            limits: config.clone(),
            local: Local::default(),
            shared: shared.map(|url| Shared::new(url, secret)).transpose()?,
            clock,
            metrics,
        })
    }

    /// Checks whether Redis is reachable, if limits are shared through it.
    pub(crate) async fn check(&self) -> Result<(), String> {
        match &self.shared {
            Some(shared) => shared.check().await,
            None => Ok(()),
        }
    }

    /// Charges one `action` of `client` on `account` (an id or address in canonical form, or a session), or rejects it:
    /// by the client's network, and by account and network together. An attempt that one of the two rejects is charged
    /// to neither.
    pub(crate) async fn charge(
        &self,
        action: Action,
        client: &Client,
        account: &str,
    ) -> Result<(), OperationError> {
        let network = client.network();
        match self.wait(&self.charges(action, &network, account)).await {
            None => Ok(()),
            Some(retry_after) => Err(self.refused(action, &network, retry_after)),
        }
    }

    /// Charges one `action` on `account` from any network, or rejects it. For actions that require being signed in to
    /// the account, so that strangers cannot use up its quota.
    pub(crate) async fn charge_account(
        &self,
        action: Action,
        client: &Client,
        account: &str,
    ) -> Result<(), OperationError> {
        let quota = action.quotas(&self.limits).account;
        let charge = quota.map(|quota| Charge {
            key: format!("{} {account}", action.name()),
            quota,
        });
        match self.wait(charge.as_slice()).await {
            None => Ok(()),
            Some(retry_after) => Err(self.refused(action, &client.network(), retry_after)),
        }
    }

    fn refused(&self, action: Action, network: &str, retry_after: Duration) -> OperationError {
        let reason = "rate_limited";
        tracing::info!(reason, ?action, network, "request rejected: rate limit");
        self.metrics.limits.rate_limited.increment(action.name());
        OperationError::RateLimited { retry_after }
    }

    fn charges(&self, action: Action, network: &str, account: &str) -> Vec<Charge> {
        let quotas = action.quotas(&self.limits);
        let name = action.name();
        let by_network = quotas.network.map(|quota| Charge {
            // Another key than in the previous version, with a quota for both.
            key: format!("{name} network {network}"),
            quota,
        });
        let by_account = quotas.account.map(|quota| Charge {
            key: format!("{name} {network} {account}"),
            quota,
        });
        by_network.into_iter().chain(by_account).collect()
    }

    /// Returns how long to wait; `None` if it was charged.
    async fn wait(&self, charges: &[Charge]) -> Option<Duration> {
        if charges.is_empty() {
            return None;
        }
        let now = self.clock.monotonic();
        if let Some(shared) = &self.shared {
            if let Some(wait) = shared.charge(charges, now).await {
                return (!wait.is_zero()).then_some(wait);
            }
            self.metrics.limits.unshared.inc();
        }
        self.local.charge(charges, now).err()
    }

    /// Forgets idle keys.
    pub(crate) fn forget_idle(&self) {
        self.local.forget_full(self.clock.monotonic());
    }
}
