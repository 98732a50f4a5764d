//! Snapshots of every email in every language.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::{
    AddressInUse, ConfirmNewEmail, Content, DeletionCompleted, DeletionRequested,
    EmailChangeRequested, EmailChanged, EventContext, FactorAdded, FactorName,
    FactorRemovalCanceled, FactorRemovalScheduled, FactorRemoved, FactorsRemoved, FactorsReset,
    NewSignIn, PasswordChanged, ProveAddress, RecoveryCodeUsed, RecoveryCodesGenerated,
    RemoveFactors, ResetPassword, RestoreAccess, SecondStepFailed, SignInsFailing, TokenLink,
    TokenReused, UsernameChanged, VerifyEmail,
};
use crate::client::Client;
use crate::mail::email_body::Rendered;
use crate::mail::language::Language;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

const LANGUAGES: [&str; 5] = ["en", "de", "es", "fr", "pt-BR"];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn link(token: &str, hours: i64) -> TokenLink {
    TokenLink {
        token: token.to_owned().into(),
        until: now() + TimeDelta::hours(hours),
        stored: None,
    }
}

fn context() -> EventContext {
    let client = Client::new("192.0.2.7".parse().ok(), None);
    EventContext::new(now(), &client, "Firefox on Linux".to_owned())
}

fn rendered(content: &impl Content, locale: &str, service: &str) -> Rendered {
    let translations = Translations {
        language: Language::for_locale(Some(locale)),
        service,
    };
    let links = Links::new(&Url::parse("https://app.example").unwrap());
    content
        .body(&translations, &links)
        .render(&translations)
        .unwrap()
}

/// Compares one snapshot of the text in all languages and one of the HTML in one language.
fn check<C: Content>(content: &C) {
    check_texts(C::KIND, content);
    let html = rendered(content, "en", "Acme").html;
    insta::assert_snapshot!(format!("{}_html", C::KIND), html);
}

fn check_texts(name: &str, content: &impl Content) {
    let mut texts = String::new();
    for locale in LANGUAGES {
        let mail = rendered(content, locale, "Acme");
        writeln!(texts, "=== {locale}: {}\n{}", mail.subject, mail.text).unwrap();
        assert!(!mail.text.contains("{ $"), "{}", mail.text);
        assert!(!mail.html.contains("{ $"), "{}", mail.html);
        assert!(mail.html.contains(&format!("<html lang=\"{locale}\">")));
        assert!(mail.subject.chars().count() < 60, "{}", mail.subject);
    }
    insta::assert_snapshot!(name, texts);
}

#[test]
fn the_mails_of_a_new_account() {
    check(&VerifyEmail {
        registration: context(),
        link: link("VERIFY", 24),
        secure_account: Some(link("SECURE", 168)),
    });
    check(&ProveAddress {
        registration: Some((context(), link("SECURE", 168))),
        link: link("RESET", 1),
    });
    check(&AddressInUse { context: context() });
}

#[test]
fn the_mails_of_a_change_of_address() {
    check(&ConfirmNewEmail {
        context: context(),
        link: link("VERIFY", 24),
    });
    check(&EmailChangeRequested {
        address: "l***@example.org",
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&EmailChanged {
        address: "l***@example.org",
        context: context(),
        secure_account: link("SECURE", 168),
    });
}

#[test]
fn the_mails_about_the_password() {
    check(&ResetPassword {
        context: context(),
        link: link("RESET", 1),
    });
    check(&PasswordChanged {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&RestoreAccess {
        restored_address: true,
        called_off_deletion: true,
        link: link("RESET", 1),
    });
}

#[test]
fn the_other_notices() {
    check(&UsernameChanged {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&NewSignIn {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&TokenReused {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&SignInsFailing { context: context() });
}

#[test]
fn the_mails_about_second_factors() {
    check(&FactorAdded {
        factor: FactorName::Passkey("MacBook"),
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&FactorRemoved {
        factor: FactorName::Totp,
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&SecondStepFailed {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&FactorsReset { at: now() });
}

#[test]
fn the_mails_of_a_removal_of_lost_factors() {
    let after = |days| RemoveFactors {
        context: context(),
        delay: TimeDelta::days(days),
        link: link("REMOVE", 1),
    };
    check(&after(7));
    check_texts("remove_factors_one_day", &after(1));
    check(&FactorRemovalScheduled {
        scheduled_for: now() + TimeDelta::days(7),
        context: context(),
        secure_account: link("SECURE", 192),
    });
    check(&FactorRemovalCanceled {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&FactorsRemoved {
        context: context(),
        secure_account: link("SECURE", 168),
    });
}

#[test]
fn the_mails_about_recovery_codes() {
    let used = |left| RecoveryCodeUsed {
        left,
        context: context(),
        secure_account: link("SECURE", 168),
    };
    check(&RecoveryCodesGenerated {
        context: context(),
        secure_account: link("SECURE", 168),
    });
    check(&used(4));
    check_texts("recovery_code_used_few", &used(3));
    check_texts("recovery_code_used_one", &used(1));
    check_texts("recovery_code_used_none", &used(0));
}

#[test]
fn the_mails_of_a_deletion() {
    check(&DeletionRequested {
        context: context(),
        cancel: link("CANCEL", 1),
        secure_account: link("SECURE", 168),
    });
    check(&DeletionCompleted {
        at: now(),
        removed: &[
            ("security_events", 12),
            ("sessions", 3),
            ("one_time_tokens", 2),
            ("outbox", 1),
            ("users", 1),
        ],
        receipt: "RECEIPT",
    });
}

#[test]
fn nothing_that_is_put_in_becomes_markup() {
    let client = Client::new(None, None);
    let content = NewSignIn {
        context: EventContext::new(now(), &client, "<script>\"'&".to_owned()),
        secure_account: link("\"><script>", 1),
    };
    let mail = rendered(&content, "en", "A<b>&\"Co\"");
    assert!(
        !mail.html.contains("<script>") && !mail.html.contains("<b>"),
        "{}",
        mail.html
    );
    assert!(
        mail.text.contains("A<b>&\"Co\""),
        "the text is no markup: {}",
        mail.text
    );
}

#[test]
fn whoever_causes_a_mail_does_not_write_in_it() {
    for (device, is_shown) in [
        ("Firefox on Linux", true),
        ("curl", true),
        ("python-requests", true),
        ("evil.example", false),
        ("CALL-0800-123456", false),
        ("Click-here-to-win", false),
        ("YouHaveWonTheGrandPrizeCallUs", false),
    ] {
        let context = EventContext::new(now(), &Client::default(), device.to_owned());
        assert_eq!(!context.device.is_empty(), is_shown, "{device}");
    }
}

#[test]
fn the_name_of_a_passkey_is_shown_only_if_it_is_one_line_without_a_link() {
    for (name, is_shown) in [
        ("MacBook Pro 14.2", true),
        ("Zoë’s phone (work)", true),
        ("鍵", true),
        ("<b>&\"'", true),
        (&"x".repeat(64), true),
        (&"x".repeat(65), false),
        ("", false),
        (" ", false),
        ("MacBook\nDevice: Firefox on Linux", false),
        ("MacBook\u{2028}Device", false),
        ("MacBook\u{202e}", false),
        ("see evil.example", false),
        ("https://192.0.2.1", false),
        ("ann@localhost", false),
    ] {
        let content = FactorAdded {
            factor: FactorName::Passkey(name),
            context: context(),
            secure_account: link("SECURE", 1),
        };
        let mail = rendered(&content, "en", "Acme");
        let (row, none) = (format!("Passkey\nName: {name}\nWhen: "), "Passkey\nWhen: ");
        assert_eq!(mail.text.contains(&row), is_shown, "{}", mail.text);
        assert_eq!(mail.text.contains(none), !is_shown, "{}", mail.text);
        assert!(!mail.html.contains("<b>"), "{}", mail.html);
    }
}

#[test]
fn an_unknown_device_is_called_so_in_the_reader_s_language() {
    let client = Client::new(None, None);
    let content = NewSignIn {
        context: EventContext::new(now(), &client, "evil.example".to_owned()),
        secure_account: link("SECURE", 1),
    };
    let mail = rendered(&content, "de", "Acme");
    assert!(!mail.text.contains("evil"), "{}", mail.text);
    let unknown = mail.text.matches(": unbekannt\n").count();
    assert_eq!(unknown, 2, "{}", mail.text);
}
