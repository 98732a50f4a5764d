//! HTTPS in the process: the configured certificate and key, reloaded when the files change.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use x509_parser::parse_x509_certificate;

use crate::config::Tls;
use crate::metrics::Metrics;

/// Reads certificate and key. TLS 1.2 and 1.3 with the library's choice of suites; HTTP/2 and HTTP/1.1.
///
/// The error is a sentence for the operator.
pub(crate) fn load(tls: &Tls, metrics: &Metrics) -> Result<RustlsConfig, String> {
    read(tls, metrics).map(RustlsConfig::from_config)
}

/// Reads certificate and key, and sets the metric of its expiry.
fn read(tls: &Tls, metrics: &Metrics) -> Result<Arc<ServerConfig>, String> {
    let unusable = |path: &Path, error: &dyn std::fmt::Display| {
        format!("cannot use {}: {error}", path.display())
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect)
        .map_err(|error| unusable(&tls.certificate, &error))?;
    let expires_at = chain.first().and_then(expiry);
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| unusable(&tls.key, &error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| unusable(&tls.certificate, &error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    metrics
        .requests
        .certificate_expiry
        .set(expires_at.unwrap_or_default());
    Ok(Arc::new(config))
}

/// Returns when a certificate expires, in seconds since 1970 (RFC 5280, section 4.1.2.5).
fn expiry(certificate: &CertificateDer<'_>) -> Option<i64> {
    let (_, certificate) = parse_x509_certificate(certificate).ok()?;
    Some(certificate.validity().not_after.timestamp())
}

/// Applies a changed certificate to new connections. If it is invalid, logs an error and keeps the current one.
pub(crate) async fn follow_changes(
    tls: Tls,
    in_force: RustlsConfig,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
) {
    let mut ticks = interval_at(Instant::now() + tls.reload_interval, tls.reload_interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = changed_at(&tls);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let newest = changed_at(&tls);
        if newest == known {
            continue;
        }
        match read(&tls, &metrics) {
            Ok(config) => {
                in_force.reload_from_config(config);
                known = newest;
                tracing::info!("certificate reloaded");
            }
            // Perhaps only one of the two files has been written yet.
            Err(error) => tracing::error!(error, "changed certificate rejected"),
        }
    }
}

fn changed_at(tls: &Tls) -> [Option<SystemTime>; 2] {
    [&tls.certificate, &tls.key].map(|path| std::fs::metadata(path).ok()?.modified().ok())
}
