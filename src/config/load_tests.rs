//! Tests of accepted settings and of the messages for invalid ones.

use std::collections::BTreeMap;

use super::{Config, ConfigErrors, Profile};

fn load(variables: &[(&str, &str)], file: Option<&str>) -> Result<Config, ConfigErrors> {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Config::load(&variables, file)
}

#[test]
fn everything_has_a_default_in_development() {
    let config = load(&[], None).unwrap();
    assert_eq!(config.profile, Profile::Development);
    assert_eq!(config.tokens.audience, "http://localhost:8080");
    assert!(config.limits.graphiql);
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let file = Some("listen = \"127.0.0.1:1\"\nbcrypt_cost = 11\ngraphiql = false\n");
    let config = load(&[("GATEHOUSE_LISTEN", "127.0.0.1:2")], file).unwrap();
    assert_eq!(config.listen.api.port(), 2);
    assert_eq!(config.passwords.bcrypt_cost, 11);
    assert!(!config.limits.graphiql);
    assert!(
        config
            .shown()
            .contains(&"GATEHOUSE_LISTEN=127.0.0.1:2  # environment".to_owned())
    );
    assert!(
        config
            .shown()
            .contains(&"GATEHOUSE_BCRYPT_COST=11  # file".to_owned())
    );
}

#[test]
fn all_faults_come_at_once_and_say_what_is_accepted() {
    let errors = load(
        &[
            ("GATEHOUSE_LISTEN", "here"),
            ("GATEHOUSE_BCRYPT_COST", "4"),
            ("GATEHOUSE_DELETION_GRACE", "24h"),
            ("GATEHOUSE_LISTNE", "127.0.0.1:1"),
            ("GATEHOUSE_EMAIL_VERIFICATION", "optional"),
        ],
        Some("acess_token_ttl = \"5m\"\n"),
    )
    .unwrap_err();
    insta::assert_snapshot!(errors);
}

#[test]
fn production_asks_for_secret_database_and_https() {
    let errors = load(&[("GATEHOUSE_PROFILE", "production")], None).unwrap_err();
    insta::assert_snapshot!(errors);
}

#[test]
fn secrets_are_never_shown() {
    let config = load(
        &[
            (
                "GATEHOUSE_SECRET",
                "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=",
            ),
            (
                "DATABASE_URL",
                "postgres://gate:hunter2@db.example:5432/gatehouse",
            ),
        ],
        None,
    )
    .unwrap();
    let shown = config.shown().join("\n");
    assert!(
        !shown.contains("hunter2") && !shown.contains("c2VjcmV0"),
        "{shown}"
    );
    assert!(
        shown.contains("postgres://gate:********@db.example:5432/gatehouse"),
        "{shown}"
    );
    assert!(!format!("{config:?}").contains("hunter2"));

    let errors = load(&[("GATEHOUSE_SECRET", "hunter2")], None).unwrap_err();
    assert!(!errors.to_string().contains("hunter2"), "{errors}");
}

#[test]
fn a_secret_that_is_short_or_a_sample_stops_the_start() {
    for weak in [
        "secret",
        "c2VjcmV0",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZQ==",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=",
        "changemechangemechangemechangeme",
        "0123456789abcdef0123456789abcdef!",
    ] {
        let errors = load(&[("GATEHOUSE_SECRET", weak)], None).unwrap_err();
        assert_eq!(errors.0[0].setting, "GATEHOUSE_SECRET", "{weak}");
        assert!(!errors.to_string().contains(weak), "{errors}");
    }
}

#[test]
fn the_database_has_one_name() {
    let errors = load(&[("GATEHOUSE_DATABASE_URL", "sqlite://x.db")], None).unwrap_err();
    assert_eq!(errors.0[0].takes, "did you mean DATABASE_URL?");
}

#[test]
fn a_file_that_is_not_toml_is_a_fault() {
    let errors = load(&[], Some("listen = ")).unwrap_err();
    assert_eq!(errors.0[0].setting, "GATEHOUSE_CONFIG");
}

#[test]
fn a_file_that_is_no_toml_is_rejected_without_its_lines() {
    let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=";
    for file in [
        format!("bcrypt_cost = 11\nsecret = \"{secret}\n"),
        format!("secret = {secret}\n"),
        format!("secret = \"{secret}\"\nsecret = \"{secret}\"\n"),
        format!("secret = \"\"\"\n{secret}\n"),
    ] {
        let told = load(&[], Some(&file)).unwrap_err().to_string();
        assert!(told.contains("TOML parse error at line"), "{told}");
        assert!(!told.contains(&secret[..8]), "{told}");
    }
}

#[test]
fn replicas_are_those_of_postgresql() {
    let replica = ("DATABASE_READ_URL", "postgres://a:b@replica.example/c");
    let errors = load(&[replica], None).unwrap_err();
    assert_eq!(errors.0.len(), 1);
    assert_eq!(errors.0[0].setting, "DATABASE_READ_URL");
    let server = ("DATABASE_URL", "postgres://a:b@db.example/c");
    let config = load(&[server, replica], None).unwrap();
    let shown = config.database.replica.unwrap().shown_url;
    assert_eq!(shown, "postgres://a:********@replica.example/c");
    let config = load(&[server, ("DATABASE_READ_URL", "")], None).unwrap();
    assert!(config.database.replica.is_none());
}
