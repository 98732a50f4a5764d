//! Replays the corpora of `fuzz/` on every run of the tests.

use std::path::Path;

use super::{
    Service, cursors, documents, emails, forwarded, passwords, requests, settings, tokens,
    usernames,
};

fn replay(target: &str, judge: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        judge(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 5, "{target} has {count} files");
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
fn the_corpus_of_settings_holds() {
    replay("settings", settings);
}

#[test]
fn the_corpus_of_the_whole_service_holds() {
    let folder = tempfile::TempDir::new().unwrap();
    let service = Service::start(folder.path());
    replay("service", |data| service.answer(data));
}
