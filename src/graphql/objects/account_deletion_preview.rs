use async_graphql::SimpleObject;

use crate::graphql::scalars::DateTime;
use crate::personal_data::DeletionPreview;

/// The effects that `deleteAccount` would have now.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccountDeletionPreview {
    /// The kinds of data that would be removed.
    removed: Vec<DataCategory>,
    /// The data that would be kept.
    retained: Vec<RetainedData>,
    /// When the account would be removed at the latest.
    would_complete_by: DateTime,
}

/// A kind of personal data.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DataCategory {
    /// A name to display, in English.
    name: &'static str,
    /// A sentence to display, in English.
    description: &'static str,
    /// The number of records.
    count: i32,
}

/// Data that is kept after the account is removed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetainedData {
    /// A name to display, in English.
    name: &'static str,
    /// Why it is kept, in English.
    reason: &'static str,
    /// How long it is kept, in English.
    retained_for: &'static str,
}

impl From<DeletionPreview> for AccountDeletionPreview {
    fn from(preview: DeletionPreview) -> Self {
        let category = |(category, count): (&crate::personal_data::Category, u64)| DataCategory {
            name: category.name,
            description: category.description,
            count: i32::try_from(count).unwrap_or(i32::MAX),
        };
        let record = RetainedData {
            name: "Deletion record",
            reason: "Proves that the account was removed. It holds a hash of the receipt, times and counts, \
                     and no personal data.",
            retained_for: "Indefinitely",
        };
        Self {
            removed: preview.removed.into_iter().map(category).collect(),
            retained: vec![record],
            would_complete_by: preview.would_complete_by.into(),
        }
    }
}
