//! Settings of the process: addresses, connections, TLS, proxies, the log.

use super::{Setting, by_profile, plain, secret, settings};

/// Service
///
/// `development` starts without any setting. `production` requires an explicit `DATABASE_URL`, `GATEHOUSE_SECRET` and an
/// `https://` address in `GATEHOUSE_PUBLIC_URL`.
pub(super) const SERVICE: &[Setting] = settings![
    /// `development` or `production`. The container image sets `production`.
    plain("GATEHOUSE_PROFILE", "development"),
    /// The secret from which Gatehouse derives every key: 32 or more random bytes in base64. Required in production. In
    /// development it is created once and kept in `data/secret`.
    secret("GATEHOUSE_SECRET", ""),
    /// The public address of the API and the issuer (`iss`) of access tokens. Requires `https://` in production; no query or
    /// fragment. In development its port is that of `GATEHOUSE_LISTEN` unless it is set.
    plain("GATEHOUSE_PUBLIC_URL", "http://localhost:8080"),
    /// The address of the front end. Links in emails start with it, and browsers may call the API from its origin.
    plain("GATEHOUSE_APP_URL", "http://localhost:3000"),
    /// The audience (`aud`) of access tokens. If it is not set, the public URL.
    plain("GATEHOUSE_AUDIENCE", ""),
    /// The `client_id` claim of access tokens. If it is not set, the audience.
    plain("GATEHOUSE_CLIENT_ID", ""),
];

/// HTTP
pub(super) const HTTP: &[Setting] = settings![
    /// The IP address and port of the API.
    plain("GATEHOUSE_LISTEN", "127.0.0.1:8080"),
    /// The IP address and port of `/health/live`, `/health/ready` and `/metrics`. Requests need no authentication: never
    /// use a public address.
    plain("GATEHOUSE_ADMIN_LISTEN", "127.0.0.1:9090"),
    /// Further origins that may call the API from a browser, separated by commas, such as
    /// `https://app.example,https://admin.example`. Accepts origins of web views (`capacitor://localhost`); no wildcards.
    plain("GATEHOUSE_CORS_ORIGINS", ""),
    /// Further request headers that pages of these origins may send, separated by commas. The usual headers of GraphQL and
    /// tracing clients are always allowed.
    plain("GATEHOUSE_CORS_HEADERS", ""),
    /// The maximum duration of a request, `1s` to `5m`. The body must arrive within half of it.
    plain("GATEHOUSE_REQUEST_TIMEOUT", "10s"),
    /// The maximum time for a request's head, for a TLS handshake, and between two requests, `1s` to `1m`. A connection is
    /// closed after this plus `GATEHOUSE_REQUEST_TIMEOUT` without a request, and after six times this plus
    /// `GATEHOUSE_REQUEST_TIMEOUT` if the client does not accept the next part of a response.
    plain("GATEHOUSE_HEADER_TIMEOUT", "10s"),
    /// How long requests are still answered after SIGTERM while `/health/ready` returns 503, up to `5m`.
    by_profile("GATEHOUSE_DRAIN", "0s", "5s"),
    /// The maximum number of open connections, 10 to 1000000; fewer if the process may not open as many files. Gatehouse
    /// closes further ones. The listener for health and metrics accepts 64.
    plain("GATEHOUSE_MAX_CONNECTIONS", "10000"),
    /// The maximum number of these from one network: an IPv4 address or an IPv6 /64, 10 to 1000000. Trusted proxies are
    /// exempt.
    plain("GATEHOUSE_MAX_CONNECTIONS_PER_NETWORK", "1000"),
    /// The maximum size of a request body in bytes, 1024 to 16777216.
    plain("GATEHOUSE_MAX_BODY_BYTES", "65536"),
    /// Whether `Strict-Transport-Security` includes the subdomains of the public URL's host: `on` or `off`.
    plain("GATEHOUSE_HSTS_SUBDOMAINS", "off"),
];

/// TLS
///
/// Gatehouse serves HTTPS (TLS 1.2 and 1.3) if both files are set. Otherwise TLS ends at a proxy.
pub(super) const TLS: &[Setting] = settings![
    /// A PEM file with the API's certificate chain.
    plain("GATEHOUSE_TLS_CERT", ""),
    /// A PEM file with the certificate's private key.
    plain("GATEHOUSE_TLS_KEY", ""),
    /// How often the two files are checked for changes, `50ms` to `1h`. New connections use the new certificate.
    plain("GATEHOUSE_TLS_RELOAD_INTERVAL", "10s"),
    /// `on` refuses to start if a connection to another machine is not protected by TLS (requests, PostgreSQL, email, Redis).
    /// With `off`, production logs a warning for each.
    plain("GATEHOUSE_REQUIRE_TLS", "off"),
];

/// Proxies and front-end servers
///
/// Rate limits and security notices depend on the client IP.
/// [Client addresses](../operate/configuration.md#client-addresses) explains which of these to set.
pub(super) const PROXIES: &[Setting] = settings![
    /// The networks of your proxies, separated by commas, such as `10.0.0.0/8`. Gatehouse reads a forwarding header from
    /// these peers alone, and takes the rightmost address that is not a trusted proxy.
    plain("GATEHOUSE_TRUSTED_PROXIES", ""),
    /// The header in which your proxies send the client IP: `X-Forwarded-For` or `Forwarded`. Gatehouse ignores the other one.
    plain("GATEHOUSE_FORWARDED_HEADER", "X-Forwarded-For"),
    /// The secrets of front-end servers, separated by commas, each 32 or more random bytes in base64. A request with one of
    /// them in `X-Gatehouse-Front-End` is attributed to the address in `X-Gatehouse-Client-Address`.
    secret("GATEHOUSE_FRONT_END_SECRET", ""),
];

/// Log
pub(super) const LOG: &[Setting] = settings![
    /// The level `error`, `warn`, `info`, `debug` or `trace`, or a filter such as `gatehouse=debug,info`.
    plain("GATEHOUSE_LOG", "info"),
    /// `text` or `json`.
    by_profile("GATEHOUSE_LOG_FORMAT", "text", "json"),
];

/// Traces
///
/// The variables of the OpenTelemetry specification, with their usual defaults. [Traces](../operate/traces.md) says what is
/// exported. `OTEL_BSP_MAX_QUEUE_SIZE`, `OTEL_BSP_MAX_EXPORT_BATCH_SIZE` and `OTEL_BSP_SCHEDULE_DELAY` apply, too.
pub(super) const TRACES: &[Setting] = settings![
    /// The address of a collector that accepts OTLP by HTTP, such as `http://127.0.0.1:4318`; `/v1/traces` is appended. If it
    /// is empty, nothing is exported.
    plain("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
    /// The full address for traces, instead.
    plain("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ""),
    /// Headers of each export, such as `api-key=secret`, separated by commas, in percent-encoding.
    secret("OTEL_EXPORTER_OTLP_HEADERS", ""),
    /// `http/protobuf` or `http/json`. `grpc` is not supported.
    plain("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    /// The maximum duration of an export in milliseconds, 100 to 60000.
    plain("OTEL_EXPORTER_OTLP_TIMEOUT", "10000"),
    /// The name of this service (`service.name`).
    plain("OTEL_SERVICE_NAME", "gatehouse"),
    /// Further attributes, such as `deployment.environment.name=production`, separated by commas, in percent-encoding.
    plain("OTEL_RESOURCE_ATTRIBUTES", ""),
    /// `always_on`, `always_off`, `traceidratio`, or one of these after `parentbased_`: then the trace of a caller is exported
    /// if the caller says so.
    plain("OTEL_TRACES_SAMPLER", "parentbased_always_on"),
    /// The share of traces that `traceidratio` exports, 0 to 1. If it is not set, 1.
    plain("OTEL_TRACES_SAMPLER_ARG", ""),
    /// `otlp` or `none`.
    plain("OTEL_TRACES_EXPORTER", "otlp"),
    /// `true` exports nothing.
    plain("OTEL_SDK_DISABLED", "false"),
];
