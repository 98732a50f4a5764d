use async_graphql::SimpleObject;

use crate::graphql::scalars::DateTime;
use crate::personal_data::DeletionPreview;

/// What a deletion asked for now would do.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccountDeletionPreview {
    /// What is removed, by kind, with how many records of each there are.
    removed: Vec<DataCategory>,
    /// What is kept, and why.
    retained: Vec<RetainedData>,
    /// When a deletion asked for now would be carried out.
    would_complete_by: DateTime,
}

/// One kind of personal data.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DataCategory {
    /// Its name for people.
    name: &'static str,
    /// What it is.
    description: &'static str,
    /// How many records of it there are.
    count: i32,
}

/// Something that outlives the account.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetainedData {
    /// Its name for people.
    name: &'static str,
    /// Why it is kept.
    reason: &'static str,
    /// For how long.
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
            retained_for: "Without limit",
        };
        Self {
            removed: preview.removed.into_iter().map(category).collect(),
            retained: vec![record],
            would_complete_by: preview.would_complete_by.into(),
        }
    }
}
