//! The least that `me` can be on the same stack: axum, async-graphql and SeaORM. Each request verifies a token (HS256) and
//! reads one row by its key. There are no sessions, no limits, no metrics and no log.
//!
//! Serves the users of the database at `DATABASE_URL`, with tokens signed with `JWT_SECRET`, and prints its URL.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on ends"
)]

use std::env;

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Object, Result, Schema, SimpleObject,
};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::routing::post;
use axum::{Json, Router};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use mimalloc::MiMalloc;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectOptions, Database};
use serde::Deserialize;
use tokio::net::TcpListener;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[expect(unreachable_pub, reason = "as the derive needs it")]
mod users {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub email: String,
        pub username: Option<String>,
        pub name: Option<String>,
        pub avatar_url: Option<String>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A signed-in user.
#[derive(SimpleObject)]
struct User {
    id: Uuid,
    email: String,
    username: Option<String>,
    name: Option<String>,
    avatar_url: Option<String>,
    created_at: DateTimeUtc,
}

struct Query;

#[Object]
impl Query {
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let Some(id) = ctx.data_opt::<Uuid>() else {
            return Ok(None);
        };
        // Without the LIMIT of `one`, which makes SQLite prepare the statement anew each time.
        let rows = users::Entity::find()
            .filter(users::Column::Id.eq(*id))
            .all(ctx.data_unchecked::<DatabaseConnection>())
            .await?;
        Ok(rows.into_iter().next().map(|row| User {
            id: row.id,
            email: row.email,
            username: row.username,
            name: row.name,
            avatar_url: row.avatar_url,
            created_at: row.created_at,
        }))
    }
}

#[derive(Deserialize)]
struct Claims {
    sub: Uuid,
}

#[derive(Clone)]
struct Service {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    key: DecodingKey,
}

async fn graphql(
    State(service): State<Service>,
    headers: HeaderMap,
    Json(mut request): Json<async_graphql::Request>,
) -> Json<async_graphql::Response> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if let Some(token) = token {
        let validation = Validation::new(Algorithm::HS256);
        if let Ok(it) = jsonwebtoken::decode::<Claims>(token, &service.key, &validation) {
            request = request.data(it.claims.sub);
        }
    }
    Json(service.schema.execute(request).await)
}

#[tokio::main]
async fn main() {
    let mut options = ConnectOptions::new(env::var("DATABASE_URL").unwrap());
    options
        .max_connections(10)
        .sqlx_logging(false)
        .test_before_acquire(false);
    let database = Database::connect(options).await.unwrap();
    let service = Service {
        schema: Schema::build(Query, EmptyMutation, EmptySubscription)
            .data(database)
            .finish(),
        key: DecodingKey::from_secret(env::var("JWT_SECRET").unwrap().as_bytes()),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}/graphql", listener.local_addr().unwrap());
    let routes = Router::new().route("/graphql", post(graphql));
    axum::serve(listener, routes.with_state(service))
        .await
        .unwrap();
}
