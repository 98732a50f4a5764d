//! Replays the corpora of `fuzz/` in every test run.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use super::{
    Service, cursors, digests, documents, emails, forwarded, passkeys, passwords, requests,
    settings, tokens, usernames,
};

/// Hands the seeds of a target, then the inputs in its archive, to `judge`.
fn replay(target: &str, judge: impl Fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut seeds = 0;
    for entry in std::fs::read_dir(corpus.join(target)).unwrap() {
        judge(&std::fs::read(entry.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds > 5, "{target} has {seeds} seeds");

    let file = File::open(corpus.join(format!("{target}.tar.gz"))).unwrap();
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let mut archived = 0;
    for entry in archive.entries().unwrap() {
        let mut input = Vec::new();
        entry.unwrap().read_to_end(&mut input).unwrap();
        judge(&input);
        archived += 1;
    }
    assert!(archived > 20, "{target} has {archived} archived inputs");
}

#[test]
fn the_corpus_of_documents_holds() {
    replay("documents", documents);
}

#[test]
fn the_corpus_of_requests_holds() {
    replay("requests", requests);
}

#[test]
fn the_corpus_of_forwarded_addresses_holds() {
    replay("forwarded", forwarded);
}

#[test]
fn the_corpus_of_tokens_holds() {
    replay("tokens", tokens);
}

#[test]
fn the_corpus_of_digests_holds() {
    replay("digests", digests);
}

#[test]
fn the_corpus_of_cursors_holds() {
    replay("cursors", cursors);
}

#[test]
fn the_corpus_of_addresses_holds() {
    replay("emails", emails);
}

#[test]
fn the_corpus_of_usernames_holds() {
    replay("usernames", usernames);
}

#[test]
fn the_corpus_of_passwords_holds() {
    replay("passwords", passwords);
}

#[test]
fn the_corpus_of_passkeys_holds() {
    replay("passkeys", passkeys);
}

#[test]
fn the_corpus_of_settings_holds() {
    replay("settings", settings);
}

#[test]
fn the_corpus_of_the_whole_service_holds() {
    let folder = tempfile::TempDir::new().unwrap();
    let service = Service::start(folder.path());
    replay("service", |data| service.answer(data));
}
