//! Skips the validation of a cached document unless its variables may change the result.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::{ServerError, ValidationResult};

use super::suggestions::add_suggestions;
use super::{Document, Documents};

/// Stores the validation result of a document, and caches valid documents.
pub(in crate::graphql) struct ValidateOnce(pub(in crate::graphql) Arc<Documents>);

impl ExtensionFactory for ValidateOnce {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OfOneRequest(self.0.clone()))
    }
}

struct OfOneRequest(Arc<Documents>);

#[async_graphql::async_trait::async_trait]
impl Extension for OfOneRequest {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let document = ctx.data_opt::<Arc<Document>>();
        if let Some(result) = document.and_then(|document| document.valid()) {
            return Ok(result);
        }
        let result = next.run(ctx).await.map_err(|mut errors| {
            add_suggestions(&mut errors, &ctx.schema_env.registry);
            errors
        })?;
        if let Some(document) = document {
            document.note_valid(result);
            self.0.keep(document);
        }
        Ok(result)
    }
}
