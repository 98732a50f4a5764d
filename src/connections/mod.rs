//! Limits on connections: how many are open at once, in total and per network, and how long one stays open without
//! progress.
//!
//! A connection that waits for its client forever takes a place from everybody else. Progress is a request that
//! begins, or a part of a response that the client accepts, so a response may stream for as long as it moves. Bytes
//! alone are not progress: otherwise an occasional PING would keep an HTTP/2 connection open forever, with all the
//! responses in memory that its client never reads. After a protocol upgrade there are no requests any more, and the
//! client's bytes are progress.

mod acceptor;
#[cfg(test)]
mod connections_tests;
mod descriptors;
mod limiter;
mod progress;
mod service;
mod stream;

pub(crate) use acceptor::LimitingAcceptor;
pub(crate) use descriptors::{ADMIN_CONNECTIONS, AcceptFailures, affordable_connections};
