//! Rate limits: shared through Redis if there is one, else of this process.

use std::sync::Arc;
use std::time::Duration;

use super::Action;
use super::local::{Charge, Local};
use super::shared::Shared;
use crate::client::Client;
use crate::clock::Clock;
use crate::config;
use crate::errors::{InternalError, OperationError};
use crate::metrics::{Metrics, count};
use crate::secret::Secret;

/// The limits in force. Time is a clock that only goes forward: setting the system's clock neither lengthens nor
/// ends a limit.
pub(crate) struct RateLimits {
    limits: config::RateLimits,
    local: Local,
    shared: Option<Shared>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
}

impl RateLimits {
    /// As the settings say.
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

    /// Returns whether Redis answers now, if limits are to be shared through it; else why not.
    pub(crate) async fn check(&self) -> Result<(), String> {
        match &self.shared {
            Some(shared) => shared.check().await,
            None => Ok(()),
        }
    }

    /// Charges one `action` of `client` on `account` (an identifier or an address in canonical form, or a session), or
    /// refuses it: by the client's network, and by account and network together. A try that one of the two
    /// refuses is charged to neither.
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

    /// Charges one `action` on `account`, from wherever it comes, or refuses it. For what only somebody signed
    /// in to the account can do: strangers have no part in it.
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
        count(&self.metrics.rate_limited, action.name());
        OperationError::RateLimited { retry_after }
    }

    fn charges(&self, action: Action, network: &str, account: &str) -> Vec<Charge> {
        let quotas = action.quotas(&self.limits);
        let name = action.name();
        let by_network = quotas.network.map(|quota| Charge {
            // Another key than the one by which the previous version counts, with a quota for both.
            key: format!("{name} network {network}"),
            quota,
        });
        let by_account = quotas.account.map(|quota| Charge {
            key: format!("{name} {network} {account}"),
            quota,
        });
        by_network.into_iter().chain(by_account).collect()
    }

    /// How long to wait, if that is to be; else it was charged.
    async fn wait(&self, charges: &[Charge]) -> Option<Duration> {
        if charges.is_empty() {
            return None;
        }
        let now = self.clock.monotonic();
        if let Some(shared) = &self.shared {
            if let Some(wait) = shared.charge(charges, now).await {
                return (!wait.is_zero()).then_some(wait);
            }
            self.metrics.limits_unshared.inc();
        }
        self.local.charge(charges, now).err()
    }

    /// Forgets those who have not asked for long.
    pub(crate) fn forget_idle(&self) {
        self.local.forget_full(self.clock.monotonic());
    }
}
