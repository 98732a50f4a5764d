//! Sign-ins that wait for their second step.
//!
//! A challenge authenticates nothing. It is recognized by a secret of 256 bits that only the client of the first step
//! received, valid for minutes and for a few wrong codes, and void once the account's credentials change.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use secrecy::{ExposeSecret as _, SecretString};

use super::SecondFactors;
use crate::client::Client;
use crate::db::entity::sign_in_challenges as table;
use crate::db::{ChallengeId, PasswordVersion, SessionId, UserId};
use crate::entropy::{self, Entropy, Identifiers};

/// So many wrong codes end a challenge.
pub(crate) const MAX_FAILURES: i32 = 5;

/// The maximum length of a token; issued ones have 43 characters.
const MAX_TOKEN: usize = 256;

/// The first step of a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct NewChallenge {
    /// The user.
    pub(crate) user_id: UserId,
    /// Its methods, as `amr` values separated by spaces.
    pub(crate) methods: String,
    /// The password that was verified.
    pub(crate) password_version: Option<PasswordVersion>,
    /// The session that the sign-in replaces.
    pub(crate) replaces: Option<(UserId, SessionId)>,
    /// Whether the account was used from such a place before.
    pub(crate) is_familiar: bool,
    /// The lifetime.
    pub(crate) ttl: TimeDelta,
}

/// A challenge with its secret, as it is issued.
pub(crate) struct IssuedChallenge {
    /// The id.
    pub(crate) id: ChallengeId,
    /// The secret.
    pub(crate) token: SecretString,
    /// The expiry.
    pub(crate) expires_at: DateTime<Utc>,
}

/// A valid challenge.
#[derive(Clone, Debug)]
pub(crate) struct SignInChallenge {
    /// The id.
    pub(crate) id: ChallengeId,
    /// The user.
    pub(crate) user_id: UserId,
    /// The methods of the first step.
    pub(crate) methods: String,
    /// The password of the first step.
    pub(crate) password_version: Option<PasswordVersion>,
    /// The session that the sign-in replaces.
    pub(crate) replaces: Option<(UserId, SessionId)>,
    /// Whether the account was used from such a place before.
    pub(crate) is_familiar: bool,
    /// When the first step was taken.
    pub(crate) created_at: DateTime<Utc>,
    /// The client of the first step.
    pub(crate) client: Client,
}

impl SecondFactors {
    /// Stores a challenge for `client`.
    pub(crate) async fn issue_challenge(
        &self,
        db: &impl ConnectionTrait,
        (new, client): (NewChallenge, &Client),
        (identifiers, entropy): (&Identifiers, &dyn Entropy),
        now: DateTime<Utc>,
    ) -> Result<IssuedChallenge, DbErr> {
        let token: SecretString = BASE64_URL_SAFE_NO_PAD
            .encode(entropy::bytes::<32>(entropy))
            .into();
        let issued = IssuedChallenge {
            id: ChallengeId(identifiers.next(now)),
            expires_at: now + new.ttl,
            token,
        };
        let row = table::ActiveModel {
            id: Set(issued.id),
            token_hash: Set(self.token_hash(issued.token.expose_secret())),
            user_id: Set(new.user_id),
            client_hash: Set(self.client_hash(client)),
            methods: Set(new.methods),
            authenticated_at: Set(now),
            password_version: Set(new.password_version),
            replaces_user: Set(new.replaces.map(|(user_id, _)| user_id)),
            replaces_session: Set(new.replaces.map(|(_, session_id)| session_id)),
            is_familiar: Set(new.is_familiar),
            failures: Set(0),
            created_at: Set(now),
            expires_at: Set(issued.expires_at),
            ip_address: Set(client.ip_text()),
            user_agent: Set(client.user_agent.clone()),
        };
        table::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        Ok(issued)
    }

    /// Returns the challenge with this token, if it is valid at `now` for `client`.
    pub(crate) async fn find_challenge(
        &self,
        db: &impl ConnectionTrait,
        (token, client): (&str, &Client),
        now: DateTime<Utc>,
    ) -> Result<Option<SignInChallenge>, DbErr> {
        if token.len() > MAX_TOKEN {
            return Ok(None);
        }
        let rows = table::Entity::find()
            .filter(table::Column::TokenHash.eq(self.token_hash(token)))
            .filter(table::Column::ExpiresAt.gt(now))
            .all(db)
            .await?;
        let found = rows.into_iter().next();
        Ok(found
            .filter(|row| {
                row.failures < MAX_FAILURES && row.client_hash == self.client_hash(client)
            })
            .map(challenge))
    }

    /// Ends a challenge, because it is completed. Returns `false` if it was completed or voided meanwhile.
    pub(crate) async fn consume_challenge(
        &self,
        db: &impl ConnectionTrait,
        id: ChallengeId,
    ) -> Result<bool, DbErr> {
        let consumed = table::Entity::delete_many()
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::Failures.lt(MAX_FAILURES))
            .exec(db)
            .await?;
        Ok(consumed.rows_affected == 1)
    }

    /// Ends the other challenges of `client`, which has just completed one.
    pub(crate) async fn forget_other_challenges(
        &self,
        db: &impl ConnectionTrait,
        (user_id, client): (UserId, &Client),
    ) -> Result<(), DbErr> {
        table::Entity::delete_many()
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::ClientHash.eq(self.client_hash(client)))
            .filter(table::Column::IpAddress.eq(client.ip_text()))
            .exec(db)
            .await
            .map(|_| ())
    }

    /// Counts a wrong code.
    pub(crate) async fn count_wrong_answer(
        &self,
        db: &impl ConnectionTrait,
        id: ChallengeId,
    ) -> Result<(), DbErr> {
        let more = Expr::col(table::Column::Failures).add(1);
        table::Entity::update_many()
            .col_expr(table::Column::Failures, more)
            .filter(table::Column::Id.eq(id))
            .exec(db)
            .await
            .map(|_| ())
    }

    fn token_hash(&self, token: &str) -> Vec<u8> {
        self.challenge_tokens.hash(&[token.as_bytes()]).to_vec()
    }

    fn client_hash(&self, client: &Client) -> Vec<u8> {
        let user_agent = client.user_agent.as_deref().unwrap_or_default();
        self.clients.hash(&[user_agent.as_bytes()]).to_vec()
    }
}

/// Voids every challenge of `user_id`: what its first step proved is no longer valid.
pub(crate) async fn void_challenges(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<(), DbErr> {
    table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await
        .map(|_| ())
}

pub(super) fn challenge(row: table::Model) -> SignInChallenge {
    let ip_address = row.ip_address.and_then(|text| text.parse().ok());
    SignInChallenge {
        id: row.id,
        user_id: row.user_id,
        methods: row.methods,
        password_version: row.password_version,
        replaces: row.replaces_user.zip(row.replaces_session),
        is_familiar: row.is_familiar,
        created_at: row.created_at,
        client: Client::new(ip_address, row.user_agent.as_deref()),
    }
}
