//! `gatehouse backup`, and what is restored from it.

use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse, printed};
use crate::support::{PASSWORD, SignedUp};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_service_is_restored_with_its_secret() {
    let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let process = Launched::start(folder.path(), &[]);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = process.anonymous().register(input).await;
    let ann = SignedUp::from_reply(&process.anonymous(), &reply);

    let output = gatehouse(folder.path(), &[])
        .args(["backup", "it's.db"])
        .output_in_time()
        .unwrap();

    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let backup = folder.path().join("it's.db");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&backup).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let later = json!({ "email": "bob@example.org", "password": PASSWORD });
    process.anonymous().register(later).await.ok();
    assert!(process.terminate());

    // As docs/operate/backup.md says.
    std::fs::create_dir(other.path().join("data")).unwrap();
    std::fs::copy(&backup, other.path().join("data/gatehouse.db")).unwrap();
    std::fs::copy(
        folder.path().join("data/secret"),
        other.path().join("data/secret"),
    )
    .unwrap();
    let restored = Launched::start(other.path(), &[]);
    let anonymous = restored.anonymous();
    anonymous.login("ann@example.org", PASSWORD).await.ok();
    let me = anonymous.bearing(&ann.access_token).me().await;
    assert_eq!(
        me.text("/data/me/email"),
        "ann@example.org",
        "the session stands"
    );
    let after = anonymous.login("bob@example.org", PASSWORD).await;
    after.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[test]
fn a_backup_replaces_no_file_and_is_of_a_database_that_is_there() {
    let folder = TempDir::new().unwrap();
    let run = |url: &str| {
        let variables = [("DATABASE_URL", url)];
        let output = gatehouse(folder.path(), &variables)
            .args(["backup", "copy.db"])
            .output_in_time()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(run("postgres://u:p@127.0.0.1:1/db").contains("pg_dump"));
    assert!(run("sqlite://new/new.db?mode=rwc").contains("nothing to back up"));
    let output = gatehouse(folder.path(), &[])
        .args(["export", "ann@example.org", "ann.json"])
        .output_in_time()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("does not exist"),
        "{said}"
    );
    let made = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(made, 0, "nothing is created");
    let migrated = gatehouse(folder.path(), &[])
        .arg("migrate")
        .output_in_time()
        .unwrap();
    assert!(migrated.status.success());
    std::fs::write(folder.path().join("copy.db"), "mine").unwrap();
    assert!(run("sqlite://data/gatehouse.db").contains("cannot create copy.db: File exists"));
    assert_eq!(
        std::fs::read(folder.path().join("copy.db")).unwrap(),
        b"mine"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_undoes_revocations_and_ends_sessions_refreshed_since() {
    let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let process = Launched::start(folder.path(), &[]);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = process.anonymous().register(input).await;
    let refreshed = SignedUp::from_reply(&process.anonymous(), &reply);
    let reply = process.anonymous().login("ann@example.org", PASSWORD).await;
    let revoked = reply.ok()["tokens"]["accessToken"]
        .as_str()
        .unwrap()
        .to_owned();
    printed(gatehouse(folder.path(), &[]).args(["backup", "copy.db"]));

    process.anonymous().bearing(&revoked).logout().await.ok();
    let reply = process
        .anonymous()
        .refresh_session(&refreshed.refresh_token)
        .await;
    let since = reply.ok()["tokens"]["refreshToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let keys = printed(gatehouse(folder.path(), &[]).args(["keys", "list"]));
    let kid = keys.split_whitespace().next().unwrap().to_owned();
    printed(gatehouse(folder.path(), &[]).args(["keys", "revoke", &kid]));
    assert!(process.terminate());

    std::fs::create_dir(other.path().join("data")).unwrap();
    for (from, to) in [
        ("copy.db", "data/gatehouse.db"),
        ("data/secret", "data/secret"),
    ] {
        std::fs::copy(folder.path().join(from), other.path().join(to)).unwrap();
    }
    let restored = Launched::start(other.path(), &[]);
    let anonymous = restored.anonymous();
    let me = anonymous.bearing(&revoked).me().await;
    let of_session_and_key = me.text("/data/me/email");
    assert_eq!(
        of_session_and_key, "ann@example.org",
        "both are as they were"
    );
    let keys = printed(gatehouse(other.path(), &[]).args(["keys", "list"]));
    assert!(keys.contains(&kid) && !keys.contains("revoked"), "{keys}");
    let reply = anonymous.refresh_session(&since).await;
    reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    let before = anonymous.refresh_session(&refreshed.refresh_token).await;
    before.ok();
}
