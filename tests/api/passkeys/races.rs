//! Sign-ins with a passkey beside changes that close the account to them.

use gatehouse::config::SecondFactorPolicy;
use serde_json::{Value, json};

use super::stage::{Ceremony, Purpose, add, factors, new_device, sign_in, with_passkey};
use crate::support::{Reply, SignedUp, TestApp};

const NOTICE: &str = "A second factor was added to your account";
const NEW_PASSWORD: &str = "seven teapots hum at dawn";
const ROUNDS: usize = 5;

/// A user with a passkey, and the answers of two sign-ins that were begun: by passkey alone and by second step.
struct Begun {
    user: SignedUp,
    alone: (Ceremony, Value),
    second: (Ceremony, Value),
}

impl Begun {
    /// Begins both at `other`, another instance than the one of the user.
    async fn new((app, other): (&TestApp, &TestApp), name: &str) -> Self {
        let (user, device) = with_passkey(app, name).await;
        let mut begun = Vec::new();
        for purpose in [Purpose::SignIn, Purpose::SecondStep] {
            let mut ceremony = purpose.begin(&user).await;
            ceremony.client = ceremony.client.at(other.api);
            let answer = ceremony.answer(&device);
            begun.push((ceremony, answer));
        }
        let second = begun.pop().unwrap();
        let alone = begun.pop().unwrap();
        Self {
            user,
            alone,
            second,
        }
    }

    /// Submits both at the same moment as `rival`, which must succeed. Returns the replies.
    async fn beside(&self, rival: impl Future<Output = Reply>) -> [Reply; 2] {
        let (rival, alone, second) = tokio::join!(
            rival,
            self.alone.0.submit(&self.alone.1),
            self.second.0.submit(&self.second.1),
        );
        rival.ok();
        [alone, second]
    }
}

/// Whether the reply opened a session that is active.
async fn is_signed_in(app: &TestApp, reply: &Reply) -> bool {
    assert!(reply.at("/errors").is_null(), "{:#}", reply.body);
    reply.payload()["session"].is_object()
        && SignedUp::from_reply(&app.anonymous(), reply)
            .is_signed_in()
            .await
}

#[tokio::test(flavor = "multi_thread")]
async fn second_step_beside_a_password_reset_leaves_no_session() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..ROUNDS {
        let begun = Begun::new((&app, &other), &format!("ann{round}")).await;
        let email = &begun.user.email;
        app.anonymous().request_password_reset(email).await.ok();
        let token = app.last_mail_to(email).await.token("reset-password");
        let client = app.anonymous();

        let [alone, second] = begun
            .beside(client.reset_password(&token, NEW_PASSWORD))
            .await;

        // The passkey alone is as good after the reset as before it.
        alone.ok();
        assert!(!is_signed_in(&app, &second).await, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_beside_a_deletion_leave_no_session() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..ROUNDS {
        let begun = Begun::new((&app, &other), &format!("ann{round}")).await;
        let input = json!({ "confirmation": begun.user.email });

        let replies = begun.beside(begun.user.delete_account_with(input)).await;

        for reply in replies {
            assert!(!is_signed_in(&app, &reply).await, "round {round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_beside_the_securing_of_the_account_leave_no_session() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..ROUNDS {
        let begun = Begun::new((&app, &other), &format!("ann{round}")).await;
        let notice = app.mail(&begun.user.email, NOTICE).await;
        let token = notice.token("secure-account");
        let client = app.anonymous();

        let replies = begun.beside(client.secure_account(&token)).await;

        for reply in replies {
            assert!(!is_signed_in(&app, &reply).await, "round {round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_last_two_passkeys_one_stays_if_a_factor_is_required() {
    let app = TestApp::start().await;
    let required = |config: &mut gatehouse::config::Config| {
        config.factors.policy = SecondFactorPolicy::Required;
    };
    let (here, there) = (
        app.second_instance_with(required).await,
        app.second_instance_with(required).await,
    );
    for round in 0..ROUNDS {
        let (ann, mut device) = with_passkey(&app, &format!("ann{round}")).await;
        let ann = add(&ann, &mut new_device()).await;
        let reply = sign_in(&app.anonymous(), &mut device).await;
        let phone = SignedUp::from_reply(&app.anonymous(), &reply);
        let listed = factors(&ann).await;
        let input = |n: usize| {
            let id = &listed["passkeys"][n]["id"];
            json!({ "id": id, "revokeOtherSessions": false })
        };

        let (ann, phone) = (ann.at(here.api), phone.at(there.api));
        let (one, two) = tokio::join!(
            ann.remove_factor_with(input(0)),
            phone.remove_factor_with(input(1)),
        );

        let removed = [&one, &two].map(|it| it.payload()["userErrors"] == json!([]));
        assert_ne!(removed[0], removed[1], "{} {}", one.body, two.body);
        let rejected = if removed[0] { two } else { one };
        rejected.assert_user_error("LAST_SECOND_FACTOR", &["id"]);
    }
}
