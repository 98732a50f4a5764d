//! GraphiQL, for developers.

use async_graphql::http::GraphiQLSource;
use axum::response::{Html, Redirect};

/// The page.
pub(super) async fn page() -> Html<String> {
    Html(
        GraphiQLSource::build()
            .endpoint("/graphql")
            .title("Gatehouse")
            .finish(),
    )
}

/// `/` leads there.
pub(super) async fn redirect() -> Redirect {
    Redirect::temporary("/graphiql")
}
