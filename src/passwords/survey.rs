//! Determines the kinds of password hashes that the accounts have.
//!
//! A pass walks the table by its primary key, one batch a turn, so that the work of a turn is bounded. Until the first
//! pass is complete, the rows read so far and the newest accounts represent all.

use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::dummies::Mix;

/// The progress of the pass.
#[derive(Debug, Default)]
pub(super) struct Survey {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The last account that was read in this pass.
    after: Uuid,
    counted: Mix,
    /// The result of the last complete pass.
    complete: Option<Mix>,
}

impl Survey {
    /// Returns the account after which the next batch starts, and whether a pass was completed before.
    pub(super) fn position(&self) -> (Uuid, bool) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state.after, state.complete.is_some())
    }

    /// Adds a batch that ended at `last`; `None` if it was the last one. Returns the mix of the whole table, for which
    /// `newest` is used until a pass is complete.
    pub(super) fn add(&self, batch: &Mix, last: Option<Uuid>, newest: &Mix) -> Mix {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        join(&mut state.counted, batch);
        if let Some(last) = last {
            state.after = last;
        } else {
            let counted = std::mem::take(&mut state.counted);
            state.after = Uuid::nil();
            state.complete = Some(counted);
        }
        state.complete.clone().unwrap_or_else(|| {
            let mut known = state.counted.clone();
            join(&mut known, newest);
            known
        })
    }
}

fn join(all: &mut Mix, more: &Mix) {
    for (kind, count) in more {
        *all.entry(*kind).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Survey;
    use crate::passwords::dummies::{Kind, Mix};

    fn mix(counts: &[(u32, u64)]) -> Mix {
        let kind = |cost| Kind {
            cost,
            scheme: "bcrypt",
        };
        counts.iter().map(|(cost, n)| (kind(*cost), *n)).collect()
    }

    #[test]
    fn a_pass_goes_on_where_it_was_and_counts_once_it_is_complete() {
        let survey = Survey::default();
        let last = Uuid::from_u128(7);
        assert_eq!(survey.position(), (Uuid::nil(), false));
        let known = survey.add(&mix(&[(4, 10)]), Some(last), &mix(&[(6, 10)]));
        assert_eq!(known, mix(&[(4, 10), (6, 10)]), "the newest stand in");
        assert_eq!(survey.position(), (last, false));
        let known = survey.add(&mix(&[(4, 2), (6, 1)]), None, &Mix::new());
        assert_eq!(known, mix(&[(4, 12), (6, 1)]));
        assert_eq!(survey.position(), (Uuid::nil(), true));
        let known = survey.add(&mix(&[(6, 10)]), Some(last), &Mix::new());
        assert_eq!(known, mix(&[(4, 12), (6, 1)]), "until the next is complete");
        let known = survey.add(&Mix::new(), None, &Mix::new());
        assert_eq!(known, mix(&[(6, 10)]));
    }
}
