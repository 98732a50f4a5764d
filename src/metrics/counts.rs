//! Counters by one label.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// A counter for each value of one label.
pub(crate) struct Counts {
    label: &'static str,
    family: Family<Label, Counter>,
    known: Vec<(&'static str, Counter)>,
}

type Label = [(&'static str, &'static str); 1];

impl Counts {
    /// Registers a counter at zero for each of the values.
    pub(super) fn new(
        registry: &mut Registry,
        (name, help): (&'static str, &'static str),
        label: &'static str,
        values: &[&'static str],
    ) -> Self {
        let family = Family::<Label, Counter>::default();
        registry.register(name, help, family.clone());
        let counter = |value| (value, family.get_or_create(&[(label, value)]).clone());
        Self {
            label,
            known: values.iter().copied().map(counter).collect(),
            family,
        }
    }

    /// Increments the counter of `value`.
    pub(crate) fn increment(&self, value: &'static str) {
        if let Some((_, counter)) = self.known.iter().find(|(known, _)| *known == value) {
            counter.inc();
            return;
        }
        debug_assert!(
            false,
            "{} {value:?} is not known from the start",
            self.label
        );
        self.family.get_or_create(&[(self.label, value)]).inc();
    }
}
