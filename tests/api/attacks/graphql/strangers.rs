//! Trying identifiers and keys of others, and watching for a difference.

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

const UNKNOWN: &str = "01a20abd-e809-7d28-8fcf-1576a9fc46d2";

#[tokio::test]
async fn a_foreign_identifier_is_answered_like_one_that_there_is_not() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    for document in [
        "mutation($id: ID!) { revokeSession(input: { sessionId: $id }) { session { id } userErrors { code message field } } }",
        "mutation($id: String!) { verifyEmail(input: { token: $id }) { user { id } userErrors { code message field } } }",
        "mutation($id: String!) { cancelAccountDeletion(input: { token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { secureAccount(input: { token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { checkLink(input: { kind: VERIFY_EMAIL, token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { checkLink(input: { kind: RESET_PASSWORD, token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { checkLink(input: { kind: CANCEL_ACCOUNT_DELETION, token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { checkLink(input: { kind: SECURE_ACCOUNT, token: $id }) { userErrors { code message field } } }",
        "mutation($id: String!) { refreshSession(input: { refreshToken: $id }) { user { id } userErrors { code message field } } }",
        "query($id: String!) { accountDeletion(receipt: $id) { status } }",
        "query($id: String!) { me { sessions(after: $id) { nodes { id } } } }",
    ] {
        let unknown = ann.graphql(document, json!({ "id": UNKNOWN })).await;
        for foreign in [&bob.session_id, &bob.user_id] {
            let statements = app.statements().await;
            let reply = ann.graphql(document, json!({ "id": foreign })).await;
            let foreign_statements = app.statements().await - statements;
            assert_eq!(reply.body, unknown.body, "{document}");
            assert_eq!(reply.status, unknown.status, "{document}");
            let statements = app.statements().await;
            ann.graphql(document, json!({ "id": UNKNOWN })).await;
            assert_eq!(
                app.statements().await - statements,
                foreign_statements,
                "{document}"
            );
        }
    }
    assert!(bob.is_signed_in().await);
}

#[tokio::test]
async fn a_receipt_opens_its_own_deletion_and_nothing_else() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    let reply = bob.delete_account(PASSWORD, &bob.email).await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let nothing = json!({ "data": { "accountDeletion": null } });
    let cut = &receipt[..receipt.len() - 1];
    for wrong in [
        UNKNOWN,
        &bob.user_id,
        &bob.refresh_token,
        cut,
        &receipt.to_lowercase(),
        &format!("{receipt}="),
    ] {
        assert_eq!(ann.account_deletion(wrong).await.body, nothing, "{wrong}");
        assert_eq!(
            app.anonymous().account_deletion(wrong).await.body,
            nothing,
            "{wrong}"
        );
    }
    // The receipt gives access to the record, which identifies no person.
    let reply = ann.account_deletion(&receipt).await;
    assert_eq!(reply.ok()["status"], "PENDING");
    assert!(!reply.body.to_string().contains("bob"), "{}", reply.body);
    let link = ann.cancel_account_deletion(&receipt).await;
    link.assert_user_error("TOKEN_INVALID", &["token"]);
}
