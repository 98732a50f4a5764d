//! The contract as it is checked in.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::TestApp;

#[test]
fn the_schema_checked_in_is_the_one_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_gatehouse"))
        .arg("schema")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let checked_in = std::fs::read_to_string(path).unwrap();
    assert!(
        printed == checked_in,
        "run `cargo run -- schema > schema.graphql` and read the difference"
    );
}

const INTROSPECTION: &str = "{ __schema { types {
  name description
  fields { name description args { name description } }
  inputFields { name description }
  enumValues { name description }
} } }";

#[tokio::test]
async fn everything_in_it_is_described_for_its_user() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    let mut bare = Vec::new();
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        if name.starts_with("__") || ["Boolean", "ID", "Int", "String"].contains(&name) {
            continue;
        }
        note_bare(&mut bare, name, kind);
        for list in ["fields", "inputFields", "enumValues"] {
            for member in kind[list].as_array().into_iter().flatten() {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                note_bare(&mut bare, &path, member);
                for argument in member["args"].as_array().into_iter().flatten() {
                    // `input` is described by its type.
                    if argument["name"] != "input" {
                        let path = format!("{path}({})", argument["name"].as_str().unwrap());
                        note_bare(&mut bare, &path, argument);
                    }
                }
            }
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

fn note_bare(bare: &mut Vec<String>, path: &str, item: &Value) {
    if item["description"]
        .as_str()
        .is_none_or(|text| text.trim().is_empty())
    {
        bare.push(path.to_owned());
    }
}

/// Words that no answer may have a field for.
const SECRETS: [&str; 5] = ["hash", "pepper", "secret", "scheme", "salt"];

#[tokio::test]
async fn no_field_shows_how_a_password_is_kept() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        for field in kind["fields"].as_array().into_iter().flatten() {
            let name = field["name"].as_str().unwrap().to_lowercase();
            // That of an authenticator app is shown to be typed into it.
            let is_shown = kind["name"] == "TotpEnrollment" && name == "secret";
            assert!(
                is_shown || !SECRETS.iter().any(|secret| name.contains(secret)),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_gives_themselves_what_is_not_theirs_to_give() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        for field in kind["inputFields"].as_array().into_iter().flatten() {
            let name = field["name"].as_str().unwrap();
            let forbidden = [
                "id",
                "userId",
                "role",
                "emailVerified",
                "createdAt",
                "status",
            ];
            // `removeFactor` finds it among the viewer's own.
            let is_own = kind["name"] == "RemoveFactorInput" && name == "id";
            let is_forbidden = forbidden.contains(&name) && !is_own;
            assert!(!is_forbidden, "{}.{name}", kind["name"]);
        }
    }
}

/// The fields of `Mutation` whose payload hands out credentials.
async fn operations_with_tokens(app: &TestApp) -> Vec<String> {
    let document =
        "{ __schema { mutationType { fields { name type { ofType { fields { name } } } } } } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    let fields = reply.at("/data/__schema/mutationType/fields");
    let has_tokens = |field: &&Value| {
        let members = field
            .pointer("/type/ofType/fields")
            .and_then(Value::as_array);
        members
            .unwrap()
            .iter()
            .any(|member| member["name"] == "tokens")
    };
    let names = fields.as_array().unwrap().iter().filter(has_tokens);
    names
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_way_to_sign_in_is_a_documented_one() {
    let app = TestApp::start().await;
    let found = operations_with_tokens(&app).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/security/signing-in.md");
    let text = std::fs::read_to_string(path).unwrap();
    let documented: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, documented, "the table of {path}");
}

#[tokio::test]
async fn no_hints_or_secret_questions_exist() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        let members = ["fields", "inputFields"].map(|list| kind[list].as_array());
        for field in members.into_iter().flatten().flatten() {
            let name = field["name"].as_str().unwrap().to_lowercase();
            let asked = ["hint", "question", "answer", "birth", "maiden"];
            assert!(!asked.iter().any(|word| name.contains(word)), "{name}");
        }
    }
}

/// `ChangePasswordErrorCode` -> `change_password.rs`
fn test_file_of(error_code: &str) -> String {
    let mut name = String::new();
    for c in error_code.trim_end_matches("ErrorCode").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    format!("{name}.rs")
}

/// The codes that tests of second factors and passkeys produce.
const FACTOR_ERRORS: [&str; 13] = [
    "AddPasskeyErrorCode",
    "CancelFactorRemovalErrorCode",
    "CompleteLoginErrorCode",
    "ConfirmFactorRemovalErrorCode",
    "ConfirmTotpErrorCode",
    "EnrollTotpErrorCode",
    "LoginErrorCode",
    "LoginWithPasskeyErrorCode",
    "ReauthenticateErrorCode",
    "RegenerateRecoveryCodesErrorCode",
    "RemoveFactorErrorCode",
    "RequestFactorRemovalErrorCode",
    "StartPasskeyErrorCode",
];

fn factor_tests(tests: &str) -> Vec<String> {
    let folders = ["second_factors", "passkeys"].map(|folder| format!("{tests}/{folder}"));
    let support = format!("{tests}/support/factor_client.rs");
    let files = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok());
    let files = files
        .flatten()
        .map(|file| file.unwrap().path().display().to_string());
    files.chain([support]).collect()
}

#[tokio::test]
async fn every_code_of_every_mutation_is_produced_by_its_tests() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api");
    let mut missing = Vec::new();
    let mut enums = 0;
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        if !name.ends_with("ErrorCode") {
            continue;
        }
        enums += 1;
        let mut files = vec![test_file_of(name)];
        if name == "LoginErrorCode" {
            files.push("lockout.rs".to_owned());
        }
        let own = ["accounts", "sessions", "personal_data"]
            .iter()
            .flat_map(|feature| {
                files
                    .iter()
                    .map(move |file| format!("{tests}/{feature}/{file}"))
            });
        let of_factors = FACTOR_ERRORS.contains(&name).then(|| factor_tests(tests));
        let text: String = own
            .chain(of_factors.into_iter().flatten())
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .collect();
        for value in kind["enumValues"].as_array().unwrap() {
            let code = value["name"].as_str().unwrap();
            if !text.contains(&format!("\"{code}\"")) {
                missing.push(format!("{name}.{code}"));
            }
        }
    }
    assert_eq!(enums, 28);
    assert!(missing.is_empty(), "no test produces {missing:#?}");
}
