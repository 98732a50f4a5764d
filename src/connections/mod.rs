//! Bounds on connections: how many there are at once, in all and of one network, and how long one may do
//! nothing that gets anywhere.
//!
//! A connection that waits for a client without end is a place that nobody else has. What counts is requests
//! that begin and answers that are taken: bytes alone do not, or a PING now and then would keep a connection
//! of HTTP/2 for ever, and the answers that its client does not take in memory.

mod bounded;
mod census;
mod progress;
mod tracked;
mod watched;

pub(crate) use bounded::Bounded;
