//! Tests of the hasher at the lowest bcrypt cost.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{PasswordHasher, StoredPassword, Verdict};
use crate::config::Config;
use crate::entropy::SeededEntropy;
use crate::metrics::Metrics;
use crate::passwords::Policy;
use crate::secret::Secret;

fn hasher(secret: u8, cost: u32) -> PasswordHasher {
    let mut config = Config::load(&BTreeMap::new(), None).unwrap().passwords;
    config.bcrypt_cost = cost;
    let entropy = Arc::new(SeededEntropy::new(1));
    PasswordHasher::start(
        &config,
        &Secret::new(&[secret; 32]),
        entropy,
        Arc::new(Metrics::new()),
    )
    .unwrap()
}

async fn store(hasher: &PasswordHasher, password: &str) -> StoredPassword {
    let policy = Policy::new(
        &Config::load(&BTreeMap::new(), None).unwrap().passwords,
        vec![],
    );
    let acceptable = policy
        .assess(hasher, password, vec![])
        .await
        .unwrap()
        .ok()
        .unwrap();
    hasher.hash(acceptable).await.unwrap()
}

async fn is_correct(hasher: &PasswordHasher, password: &str, stored: &StoredPassword) -> bool {
    matches!(
        hasher.verify(password, Some(stored), "").await.unwrap(),
        Verdict::Correct { .. }
    )
}

const PHRASE: &str = "violet otters juggle quietly";

#[tokio::test]
async fn only_the_password_itself_is_correct() {
    let hasher = hasher(1, 4);
    let stored = store(&hasher, PHRASE).await;
    assert!(is_correct(&hasher, PHRASE, &stored).await);
    for wrong in [
        "",
        "violet otters juggle quietlY",
        " violet otters juggle quietly",
        "\0",
    ] {
        assert!(!is_correct(&hasher, wrong, &stored).await, "{wrong:?}");
    }
}

#[tokio::test]
async fn length_is_never_cut() {
    let hasher = hasher(1, 4);
    let long: String = (0..100u32)
        .filter_map(|n| char::from_u32(97 + n * 7 % 26))
        .collect();
    let stored = store(&hasher, &long).await;
    assert!(is_correct(&hasher, &long, &stored).await);
    assert!(!is_correct(&hasher, &long[..99], &stored).await);
    assert!(!is_correct(&hasher, &format!("{}!", &long[..99]), &stored).await);
    assert!(!is_correct(&hasher, &long.repeat(50), &stored).await);
}

#[tokio::test]
async fn the_same_password_typed_in_another_unicode_form_is_the_same() {
    let hasher = hasher(1, 4);
    let stored = store(&hasher, "ångström on the étagère").await;
    assert!(
        is_correct(
            &hasher,
            "a\u{30a}ngstro\u{308}m on the e\u{301}tage\u{300}re",
            &stored
        )
        .await
    );
}

#[tokio::test]
async fn a_stolen_table_is_useless_under_another_secret() {
    let stored = store(&hasher(1, 4), PHRASE).await;
    assert!(!is_correct(&hasher(2, 4), PHRASE, &stored).await);
}

#[tokio::test]
async fn an_unknown_account_is_never_correct() {
    let hasher = hasher(1, 4);
    for password in [PHRASE, "", "hunter2"] {
        assert!(matches!(
            hasher.verify(password, None, password).await.unwrap(),
            Verdict::Incorrect
        ));
    }
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "makes the hash another system would have made"
)]
async fn an_imported_hash_works_once_as_it_is_and_is_then_replaced() {
    let hasher = hasher(1, 4);
    let hash = bcrypt::hash(PHRASE, 4).unwrap();
    let imported = StoredPassword {
        hash,
        scheme: "bcrypt".to_owned(),
        pepper_id: None,
    };
    let Verdict::Correct {
        rehashed: Some(rehashed),
    } = hasher.verify(PHRASE, Some(&imported), "").await.unwrap()
    else {
        panic!("not correct, or not rehashed");
    };
    assert_eq!(rehashed.scheme, "hmac-sha384-bcrypt");
    assert!(is_correct(&hasher, PHRASE, &rehashed).await);
}

#[tokio::test]
async fn a_higher_cost_means_another_hash_at_the_next_login_and_a_lower_one_does_not() {
    let stored = store(&hasher(1, 4), PHRASE).await;
    let Verdict::Correct {
        rehashed: Some(rehashed),
    } = hasher(1, 5)
        .verify(PHRASE, Some(&stored), "")
        .await
        .unwrap()
    else {
        panic!("not correct, or not rehashed");
    };
    assert!(rehashed.hash.starts_with("$2b$05$"));
    let Verdict::Correct { rehashed: None } = hasher(1, 4)
        .verify(PHRASE, Some(&rehashed), "")
        .await
        .unwrap()
    else {
        panic!("a hash of a higher cost is good");
    };
}

/// How many of a thousand names without an account get a dummy of each cost and scheme.
fn shares(hasher: &PasswordHasher) -> BTreeMap<(u32, String), usize> {
    let mut shares = BTreeMap::new();
    for n in 0..1000 {
        let name = format!("zoe{n}@example.org");
        let dummy = hasher.dummies.of(&name).unwrap();
        assert!(
            dummy == hasher.dummies.of(&name).unwrap(),
            "always the same"
        );
        let cost = super::cost_of(&dummy.hash).unwrap();
        *shares.entry((cost, dummy.scheme.clone())).or_default() += 1;
    }
    shares
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "makes the hash another system would have made"
)]
async fn names_without_an_account_cost_what_accounts_do_in_the_proportion_of_the_table() {
    let hasher = hasher(1, 6);
    let peppered = "hmac-sha384-bcrypt".to_owned();
    assert_eq!(shares(&hasher), [((6, peppered.clone()), 1000)].into());
    let old = store(&self::hasher(1, 4), PHRASE).await;
    let new = store(&hasher, PHRASE).await;
    let imported = StoredPassword {
        hash: bcrypt::hash(PHRASE, 5).unwrap(),
        scheme: "bcrypt".to_owned(),
        pepper_id: None,
    };
    let table: Vec<StoredPassword> = (0..100)
        .map(|n| match n {
            0..60 => old.clone(),
            60..90 => imported.clone(),
            // Neither can be verified, so each takes the time of a dummy.
            90 => StoredPassword {
                scheme: "of a newer version".to_owned(),
                ..new.clone()
            },
            91 => StoredPassword {
                pepper_id: Some("another".to_owned()),
                ..new.clone()
            },
            _ => new.clone(),
        })
        .collect();

    hasher.survey(&table, None, &[]);

    let shares = shares(&hasher);
    for (kind, expected) in [
        ((4, peppered.clone()), 612),
        ((5, "bcrypt".to_owned()), 306),
        ((6, peppered), 82),
    ] {
        assert!(shares[&kind].abs_diff(expected) < 60, "{shares:?}");
    }
    assert!(matches!(
        hasher.verify(PHRASE, None, "zoe").await.unwrap(),
        Verdict::Incorrect
    ));
    hasher.survey(&[], None, &[]);
    let after = self::shares(&hasher);
    assert_eq!(after.len(), 1, "an empty table: {after:?}");
}

#[test]
fn a_dummy_is_a_bcrypt_string_as_any_other() {
    let hasher = hasher(1, 4);
    for cost in [4, 10, 17] {
        for scheme in [super::PLAIN, super::PEPPERED] {
            let kind = super::Kind { cost, scheme };
            let made = super::dummy(&hasher.params, kind, &*hasher.entropy);
            let parts: bcrypt::HashParts = made.hash.parse().unwrap();
            assert_eq!(parts.get_cost(), cost);
            assert_eq!(made.hash.len(), 60);
            assert_eq!(super::kind_of(&made), Some(kind));
            assert!(hasher.params.can_check(&made));
        }
    }
}
