//! The checks between a parsed document and its execution: variables in each request, the document once.
//!
//! One extension, because the framework passes every field of every request through each.

use std::sync::Arc;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextResolve, NextValidation,
    ResolveInfo,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ServerError, ServerResult, ValidationResult, Value, Variables};

use super::documents::{Document, Documents, add_suggestions};
use super::limits::check_variables;
use crate::traces::{annotate, in_span};

/// The name of the operation to execute.
pub(crate) struct OperationName(pub(crate) Option<String>);

/// Rejects variables that do not match their declared types, stores the validation result of a document, caches valid
/// documents, and skips the validation of a cached one unless its variables may change the result.
pub(super) struct Validation(pub(super) Arc<Documents>);

impl ExtensionFactory for Validation {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OfOneRequest(self.0.clone()))
    }
}

struct OfOneRequest(Arc<Documents>);

#[async_graphql::async_trait::async_trait]
impl Extension for OfOneRequest {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        let name = ctx.data_opt::<OperationName>();
        let name = name.and_then(|OperationName(name)| name.as_deref());
        check_variables(&ctx.schema_env.registry, (&document, name), variables)?;
        Ok(document)
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        if info.path_node.parent.is_some() {
            return next.run(ctx, info).await;
        }
        let resolved = async {
            annotate("graphql.field.name", info.name.to_owned());
            next.run(ctx, info).await
        };
        in_span("resolver", resolved).await
    }

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
