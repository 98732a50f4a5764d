//! Everything that can be done to an account, at the same moment: one after the other, never in a circle.

use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, TestApp};

const NEW: &str = "seven teapots hum at dawn";

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_one_account_wait_for_each_other_in_a_line() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..6 {
        let name = format!("ann{round}");
        let email = format!("{name}@example.org");
        let ann = app.signed_up(&name).await;
        let phone = ann.login_again().await.at(other.api);
        ann.verify_address(&app).await;
        let input = json!({ "email": format!("new-{email}"), "currentPassword": PASSWORD });
        ann.update_profile(input).await.ok();
        app.anonymous().request_password_reset(&email).await.ok();
        let mails = app.mails().await;
        let token = |to: &str, page: &str| {
            let with = |mail: &&crate::support::Mail| mail.to == to && mail.links_to(page);
            mails.iter().rev().find(with).unwrap().token(page)
        };
        let verify = token(&format!("new-{email}"), "verify-email");
        let reset = token(&email, "reset-password");
        let secure_account = token(&email, "secure-account");
        let (here, there) = (app.anonymous(), other.anonymous());
        let ((), replies) = tokio::join!(other.run_workers(), async {
            tokio::join!(
                here.verify_email(&verify),
                there.reset_password(&reset, NEW),
                here.secure_account(&secure_account),
                phone.change_password(PASSWORD, NEW),
                ann.cancel_email_change(),
                there.login(&email, PASSWORD),
                ann.delete_account(PASSWORD, &email),
            )
        });
        for reply in <[Reply; 7]>::from(replies) {
            assert_no_fault(&reply);
        }
    }
}

#[track_caller]
fn assert_no_fault(reply: &Reply) {
    let code = reply.at("/errors/0/extensions/code");
    let accepted = [Value::Null, json!("UNAUTHENTICATED")];
    assert!(accepted.contains(code), "{:#}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_becomes_verified_by_the_link_to_another_one() {
    let app = TestApp::start().await;
    for round in 0..12 {
        let victim = format!("victim{round}@example.org");
        let thief = app.signed_up(&format!("victim{round}")).await;
        let own = format!("thief{round}@example.org");
        let input = json!({ "email": own, "currentPassword": PASSWORD });
        thief.update_profile(input).await.ok();
        let token = app.last_mail_to(&own).await.token("verify-email");
        let spelling = json!({ "email": victim.to_uppercase(), "currentPassword": PASSWORD });
        tokio::join!(thief.update_profile(spelling), thief.verify_email(&token));
        let me = thief.me().await;
        let is_own = me.at("/data/me/email") == &json!(own);
        assert_eq!(
            me.at("/data/me/emailVerified"),
            &json!(is_own),
            "{:#}",
            me.body
        );
    }
}
