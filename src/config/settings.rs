//! The table of every setting: its variable, its default, whether it is a secret, and what it is.
//!
//! README.md repeats this table for operators; a test compares the two.

/// One setting, as an operator sees it.
pub(crate) struct Setting {
    /// The environment variable. In a settings file: without `GATEHOUSE_`, in lower case.
    pub(crate) name: &'static str,
    /// The value where nothing is set; empty when there is none.
    pub(crate) default: &'static str,
    /// The value in production where nothing is set, if it is another one.
    pub(crate) in_production: Option<&'static str>,
    /// Whether the value is masked wherever it is shown.
    pub(crate) is_secret: bool,
}

impl Setting {
    /// The key of the setting in a settings file.
    pub(crate) fn key(&self) -> String {
        self.name
            .strip_prefix("GATEHOUSE_")
            .unwrap_or(self.name)
            .to_lowercase()
    }
}

const fn plain(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: false,
    }
}

const fn by_profile(
    name: &'static str,
    default: &'static str,
    in_production: &'static str,
) -> Setting {
    Setting {
        name,
        default,
        in_production: Some(in_production),
        is_secret: false,
    }
}

const fn secret(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: true,
    }
}

/// Every setting there is. A variable named `GATEHOUSE_…` that is not here stops the start.
pub(crate) const SETTINGS: &[Setting] = &[
    plain("GATEHOUSE_PROFILE", "development"),
    secret("DATABASE_URL", "sqlite://data/gatehouse.db?mode=rwc"),
    plain("GATEHOUSE_DATABASE_POOL", "8"),
    plain("GATEHOUSE_DATABASE_TIMEOUT", "5s"),
    plain("GATEHOUSE_DATABASE_POOL_MODE", "session"),
    plain("GATEHOUSE_LISTEN", "127.0.0.1:8080"),
    plain("GATEHOUSE_ADMIN_LISTEN", "127.0.0.1:9090"),
    plain("GATEHOUSE_PUBLIC_URL", "http://localhost:8080"),
    plain("GATEHOUSE_AUDIENCE", ""),
    plain("GATEHOUSE_CLIENT_ID", ""),
    plain("GATEHOUSE_APP_URL", "http://localhost:3000"),
    plain("GATEHOUSE_CORS_ORIGINS", ""),
    plain("GATEHOUSE_CORS_HEADERS", ""),
    plain("GATEHOUSE_TRUSTED_PROXIES", ""),
    plain("GATEHOUSE_FORWARDED_HEADER", "X-Forwarded-For"),
    secret("GATEHOUSE_FRONT_END_SECRET", ""),
    plain("GATEHOUSE_HSTS_SUBDOMAINS", "off"),
    plain("GATEHOUSE_TLS_CERT", ""),
    plain("GATEHOUSE_TLS_KEY", ""),
    plain("GATEHOUSE_TLS_RELOAD_INTERVAL", "10s"),
    plain("GATEHOUSE_REQUIRE_TLS", "off"),
    plain("GATEHOUSE_HEADER_TIMEOUT", "10s"),
    by_profile("GATEHOUSE_DRAIN", "0s", "5s"),
    plain("GATEHOUSE_MAX_CONNECTIONS", "10000"),
    plain("GATEHOUSE_MAX_CONNECTIONS_PER_NETWORK", "1000"),
    secret("GATEHOUSE_SECRET", ""),
    secret("GATEHOUSE_MAIL_URL", "file://data/mail"),
    plain("GATEHOUSE_MAIL_FROM", "Gatehouse <no-reply@localhost>"),
    plain("GATEHOUSE_MAIL_CA", ""),
    plain("GATEHOUSE_MAIL_EHLO", ""),
    plain("GATEHOUSE_MAIL_TIMEOUT", "30s"),
    plain("GATEHOUSE_MAIL_GIVE_UP_AFTER", "3d"),
    plain("GATEHOUSE_EMAIL_VERIFICATION", "optional"),
    plain("GATEHOUSE_UNVERIFIED_RETENTION", "7d"),
    plain("GATEHOUSE_VERIFICATION_TTL", "24h"),
    plain("GATEHOUSE_RESET_TTL", "30m"),
    plain("GATEHOUSE_SECURE_ACCOUNT_TTL", "7d"),
    plain("GATEHOUSE_REGISTRATION", "open"),
    plain("GATEHOUSE_USERNAMES", "on"),
    by_profile("GATEHOUSE_GRAPHIQL", "on", "off"),
    by_profile("GATEHOUSE_INTROSPECTION", "on", "off"),
    plain("GATEHOUSE_TOKEN_ALGORITHM", "ES256"),
    plain("GATEHOUSE_ACCESS_TOKEN_TTL", "15m"),
    plain("GATEHOUSE_REFRESH_TOKEN_TTL", "30d"),
    plain("GATEHOUSE_SESSION_TTL", "90d"),
    plain("GATEHOUSE_REUSE_INTERVAL", "30s"),
    plain("GATEHOUSE_LOST_ANSWER_INTERVAL", "24h"),
    plain("GATEHOUSE_TOKEN_LEEWAY", "5s"),
    plain("GATEHOUSE_TOKEN_CACHE", "10000"),
    plain("GATEHOUSE_KEY_ACTIVATION_DELAY", "2m"),
    plain("GATEHOUSE_KEY_RELOAD_INTERVAL", "30s"),
    plain("GATEHOUSE_PASSWORD_MIN_LENGTH", "10"),
    plain("GATEHOUSE_PASSWORD_MAX_LENGTH", "128"),
    plain("GATEHOUSE_PASSWORD_MIN_STRENGTH", "3"),
    plain("GATEHOUSE_BCRYPT_COST", "10"),
    plain("GATEHOUSE_HASH_THREADS", "auto"),
    plain("GATEHOUSE_HASH_QUEUE", "128"),
    plain("GATEHOUSE_DELETION_GRACE", "1h"),
    plain("GATEHOUSE_WORKER_INTERVAL", "15s"),
    plain("GATEHOUSE_EVENT_RETENTION", "365d"),
    secret("REDIS_URL", ""),
    plain("GATEHOUSE_LIMIT_REGISTER", "5/1m"),
    plain("GATEHOUSE_LIMIT_REGISTER_NETWORK", "30/1m"),
    plain("GATEHOUSE_LIMIT_LOGIN", "10/1m"),
    plain("GATEHOUSE_LIMIT_LOGIN_NETWORK", "100/1m"),
    plain("GATEHOUSE_LIMIT_REFRESH", "60/1m"),
    plain("GATEHOUSE_LIMIT_REFRESH_NETWORK", "1000/1m"),
    plain("GATEHOUSE_LIMIT_PASSWORD_CHECK", "10/1m"),
    plain("GATEHOUSE_LIMIT_PASSWORD_CHECK_NETWORK", "100/1m"),
    plain("GATEHOUSE_LIMIT_MAIL", "3/1h"),
    plain("GATEHOUSE_LIMIT_MAIL_NETWORK", "30/1h"),
    plain("GATEHOUSE_LIMIT_PROFILE", "20/10m"),
    plain("GATEHOUSE_LIMIT_RECIPIENT", "5/1h"),
    plain("GATEHOUSE_LIMIT_RECIPIENT_DAILY", "20/1d"),
    plain("GATEHOUSE_MAX_BODY_BYTES", "65536"),
    plain("GATEHOUSE_REQUEST_TIMEOUT", "10s"),
    plain("GATEHOUSE_MAX_TOKENS", "2000"),
    plain("GATEHOUSE_MAX_DEPTH", "10"),
    plain("GATEHOUSE_MAX_INTROSPECTION_DEPTH", "20"),
    plain("GATEHOUSE_MAX_ALIASES", "15"),
    plain("GATEHOUSE_MAX_FRAGMENTS", "10"),
    plain("GATEHOUSE_MAX_COMPLEXITY", "1000"),
    plain("GATEHOUSE_MAX_DIRECTIVES", "5"),
    plain("GATEHOUSE_DOCUMENT_CACHE_BYTES", "16777216"),
    plain("GATEHOUSE_TRUSTED_DOCUMENTS", ""),
    plain("GATEHOUSE_LOG", "info"),
    by_profile("GATEHOUSE_LOG_FORMAT", "text", "json"),
];
