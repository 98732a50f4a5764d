//! The application under test: the real server on a free port, with a clock to move.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use gatehouse::app::{App, Runtime, Schedule, StartError};
use gatehouse::clock::{Clock as _, FixedClock};
use gatehouse::config::Config;
use gatehouse::entropy::{Entropy, SeededEntropy};
use gatehouse::server::{Server, run_due_work};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::log::keep_log;
use super::plans::{assert_no_scan, keep_statements};
use super::{Client, Mail, SignedUp, TestDatabase, through_pooler};

/// Seeds each instance of its own: two that draw the same would make the same identifiers.
static INSTANCES: AtomicU64 = AtomicU64::new(1);

/// A running application. Dropping it stops the server and removes the database.
pub(crate) struct TestApp {
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) api: SocketAddr,
    pub(crate) admin: SocketAddr,
    pub(crate) config: Config,
    pub(crate) database: Arc<TestDatabase>,
    mails: Arc<TempDir>,
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With other settings than the tests' usual ones.
    pub(crate) async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        Self::with_settings(&[], adjust).await
    }

    /// With other variables than the tests' usual ones, and then other settings.
    pub(crate) async fn with_settings(
        variables: &[(&str, &str)],
        adjust: impl FnOnce(&mut Config),
    ) -> Self {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Self::fresh(start, variables, adjust).await
    }

    /// At another time than the tests' usual one.
    pub(crate) async fn at(now: DateTime<Utc>, adjust: impl FnOnce(&mut Config)) -> Self {
        Self::fresh(now, &[], adjust).await
    }

    /// With randomness of the test's own.
    pub(crate) async fn with_entropy(entropy: Arc<dyn Entropy>) -> Self {
        let app = Self::start().await;
        let shared = (app.mails.clone(), app.clock.clone());
        let seeded = (entropy, Schedule::IntervalOnly);
        Self::run_with(app.config.clone(), app.database.clone(), shared, seeded).await
    }

    /// Whose workers also run at the start and whenever there is an email to send.
    pub(crate) async fn with_prompt_workers(adjust: impl FnOnce(&mut Config)) -> Self {
        let app = Self::with(adjust).await;
        let shared = (app.mails.clone(), app.clock.clone());
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(0));
        let seeded = (entropy, Schedule::Prompt);
        Self::run_with(app.config.clone(), app.database.clone(), shared, seeded).await
    }

    async fn fresh(
        now: DateTime<Utc>,
        variables: &[(&str, &str)],
        adjust: impl FnOnce(&mut Config),
    ) -> Self {
        let database = Arc::new(TestDatabase::create().await);
        let mails = Arc::new(TempDir::new().unwrap());
        let folder = format!("file://{}", mails.path().display());
        let usual = [("GATEHOUSE_MAIL_URL", folder.as_str())];
        let variables: Vec<_> = usual.iter().chain(variables).copied().collect();
        let mut config = settings(&database.url, &variables);
        adjust(&mut config);
        Self::run(config, database, (mails, Arc::new(FixedClock::at(now)))).await
    }

    /// Another process of the same service: the same database, secret and time.
    pub(crate) async fn second_instance(&self) -> Self {
        self.second_instance_with(|_| {}).await
    }

    /// Another process with other settings.
    pub(crate) async fn second_instance_with(&self, adjust: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.config.clone();
        adjust(&mut config);
        let shared = (self.mails.clone(), self.clock.clone());
        Self::run(config, self.database.clone(), shared).await
    }

    /// The process ends in order and starts again.
    pub(crate) async fn restart(mut self) -> Self {
        self.stop.take().unwrap().send(()).unwrap();
        (&mut self.running).await.unwrap().unwrap();
        let shared = (self.mails.clone(), self.clock.clone());
        Self::run(self.config.clone(), self.database.clone(), shared).await
    }

    async fn run(
        config: Config,
        database: Arc<TestDatabase>,
        shared: (Arc<TempDir>, Arc<FixedClock>),
    ) -> Self {
        keep_log();
        keep_statements();
        let seed = INSTANCES.fetch_add(1, Ordering::Relaxed);
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(seed));
        let seeded = (entropy, Schedule::IntervalOnly);
        Self::run_with(config, database, shared, seeded).await
    }

    async fn run_with(
        config: Config,
        database: Arc<TestDatabase>,
        (mails, clock): (Arc<TempDir>, Arc<FixedClock>),
        (entropy, schedule): (Arc<dyn Entropy>, Schedule),
    ) -> Self {
        let runtime = Runtime {
            clock: clock.clone(),
            entropy,
            schedule,
        };
        let started = App::start_with(config.clone(), runtime);
        // The largest part of every test's future.
        let app = Box::pin(started).await.unwrap();
        let app = Arc::new(app);
        let server = Server::bind(app.clone()).unwrap();
        let (api, admin) = (server.local_addr(), server.admin_addr());
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            drop(stopped.await);
        }));
        Self {
            clock,
            api,
            admin,
            config,
            database,
            mails,
            app,
            stop: Some(stop),
            running,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.api)
    }

    pub(crate) fn admin_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.admin)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn advance(&self, step: TimeDelta) {
        self.clock.advance(step);
    }

    /// Runs every worker for what is due, then returns.
    pub(crate) async fn run_workers(&self) {
        let workers = tokio::time::timeout(Duration::from_mins(3), self.try_workers());
        workers.await.expect("the workers end").unwrap();
    }

    /// As [`Self::run_workers`], and may fail.
    pub(crate) async fn try_workers(&self) -> Result<(), StartError> {
        run_due_work(&self.app).await
    }

    /// Every mail that was sent so far, after what waits was sent.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.run_workers().await;
        Mail::read_all(self.mails.path())
    }

    /// Those to `address`.
    pub(crate) async fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail.to == address);
        mails
    }

    /// The newest to `address`.
    #[track_caller]
    pub(crate) fn last_mail_to(&self, address: &str) -> impl Future<Output = Mail> {
        let caller = std::panic::Location::caller();
        async move {
            let newest = self.mails_to(address).await.pop();
            newest.unwrap_or_else(|| panic!("no mail to {address} at {caller}"))
        }
    }

    /// The newest to `address` with this subject.
    pub(crate) async fn mail(&self, address: &str, subject: &str) -> Mail {
        let mut mails = self.mails_to(address).await;
        let subjects: Vec<String> = mails.iter().map(|mail| mail.subject.clone()).collect();
        mails.retain(|mail| mail.subject == subject);
        mails
            .pop()
            .unwrap_or_else(|| panic!("{address} has only {subjects:?}"))
    }

    /// Returns a client without credentials.
    pub(crate) fn anonymous(&self) -> Client {
        Client::new(self.api)
    }

    /// Returns a user who has just registered as `<name>@example.org` with the username `<name>`.
    pub(crate) async fn signed_up(&self, name: &str) -> SignedUp {
        SignedUp::register(self, name).await
    }

    /// How many statements the process has sent to the database.
    pub(crate) async fn statements(&self) -> u64 {
        self.metric("database_statements_total").await
    }

    /// How much work the hashing threads were given.
    pub(crate) async fn hashes(&self) -> u64 {
        self.metric("hash_wait_seconds_count").await
    }

    /// What `/metrics` answers.
    pub(crate) async fn metrics(&self) -> String {
        let answer = reqwest::get(self.admin_url("/metrics")).await.unwrap();
        answer.text().await.unwrap()
    }

    /// The lines of `/metrics` about `name`, one for each of its labels.
    pub(crate) async fn metrics_named(&self, name: &str) -> Vec<String> {
        let text = self.metrics().await;
        let lines = text
            .lines()
            .filter(|line| line.starts_with(&format!("gatehouse_{name}{{")));
        lines.map(str::to_owned).collect()
    }

    /// A figure of `/metrics` that is a whole number.
    pub(crate) async fn metric(&self, name: &str) -> u64 {
        self.figure(name).await
    }

    /// A figure of `/metrics`.
    pub(crate) async fn figure<T: FromStr<Err: Debug>>(&self, name: &str) -> T {
        let text = self.metrics().await;
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("gatehouse_{name} ")));
        let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
        line.rsplit(' ').next().unwrap().parse().unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_no_scan();
        }
    }
}

/// The settings that all tests share.
pub(crate) fn settings(database_url: &str, variables: &[(&str, &str)]) -> Config {
    let pooled = through_pooler(database_url);
    let pool_mode = if pooled.is_some() {
        "transaction"
    } else {
        "session"
    };
    let usual = [
        ("DATABASE_URL", pooled.as_deref().unwrap_or(database_url)),
        ("GATEHOUSE_DATABASE_POOL_MODE", pool_mode),
        ("GATEHOUSE_DATABASE_POOL", "6"),
        ("GATEHOUSE_LISTEN", "127.0.0.1:0"),
        ("GATEHOUSE_ADMIN_LISTEN", "127.0.0.1:0"),
        ("GATEHOUSE_PUBLIC_URL", "https://auth.example.org"),
        (
            "GATEHOUSE_SECRET",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        ),
        ("GATEHOUSE_HASH_THREADS", "2"),
        ("GATEHOUSE_APP_URL", "https://app.example.org"),
        ("GATEHOUSE_LIMIT_REGISTER", "off"),
        ("GATEHOUSE_LIMIT_REGISTER_NETWORK", "off"),
        ("GATEHOUSE_LIMIT_LOGIN", "off"),
        ("GATEHOUSE_LIMIT_LOGIN_NETWORK", "off"),
        ("GATEHOUSE_LIMIT_REFRESH", "off"),
        ("GATEHOUSE_LIMIT_REFRESH_NETWORK", "off"),
        ("GATEHOUSE_LIMIT_PASSWORD_CHECK", "off"),
        ("GATEHOUSE_LIMIT_PASSWORD_CHECK_NETWORK", "off"),
        ("GATEHOUSE_LIMIT_SECOND_FACTOR", "off"),
        ("GATEHOUSE_LIMIT_MAIL", "off"),
        ("GATEHOUSE_LIMIT_MAIL_NETWORK", "off"),
        ("GATEHOUSE_LIMIT_PROFILE", "off"),
        ("GATEHOUSE_LIMIT_RECIPIENT", "off"),
        ("GATEHOUSE_LIMIT_RECIPIENT_DAILY", "off"),
    ];
    let merged: BTreeMap<String, String> = usual
        .iter()
        .chain(variables)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let mut config = Config::load(&merged, None).unwrap();
    config.passwords.bcrypt_cost = 4;
    // The workers run when a test says so.
    config.workers.interval = Duration::from_hours(1);
    config.tokens.key_reload_interval = Duration::from_hours(1);
    config
}
