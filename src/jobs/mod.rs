//! Jobs that wait in a table until they are delivered: leases, delivery attempts, back-off and dead letters.
//!
//! A feature writes a job in the transaction of the change that causes it (its outbox), and implements [`JobTable`] for
//! the table and [`Queue`] for the delivery. Invariants: of any number of instances one attempts a job at a time; no
//! transaction is open meanwhile; a job is attempted until it is delivered or expires, so delivery is at least once.
//! Knows no payload.

mod backoff;
mod dead_letters;
mod dispatcher;
mod queue;

pub(crate) use dead_letters::{bury_expired, sweep_dead_letters};
pub(crate) use dispatcher::Dispatcher;
pub(crate) use queue::{DeliveryError, Job, JobTable, Queue, measure_queue};
