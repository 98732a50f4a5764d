//! Bounds on connections: how many there are at once, and how long one may lie still.
//!
//! A connection that waits for a client without end is a place that nobody else has. HTTP/1 has a time limit of
//! its own for the head of a request; this one holds for everything, HTTP/2 and slow readers included.

use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::Accept;
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;

/// Hangs up on connections beyond a number, and on those on which nothing moves.
#[derive(Clone)]
pub(crate) struct Bounded {
    /// Counts the connections.
    pub(crate) handle: Handle<SocketAddr>,
    /// Most of them at once.
    pub(crate) most: usize,
    /// How long a client may send nothing, or take nothing, while we wait for it. Longer than any answer takes:
    /// meanwhile it has nothing to send.
    pub(crate) stillness: Duration,
}

impl<S> Accept<TcpStream, S> for Bounded {
    type Stream = Pin<Box<TimeoutStream<TcpStream>>>;
    type Service = S;
    type Future = Ready<std::io::Result<(Self::Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        if self.handle.connection_count() > self.most {
            tracing::warn!(most = self.most, "connection refused: too many");
            return ready(Err(std::io::Error::other("too many connections")));
        }
        let mut stream = TimeoutStream::new(stream);
        stream.set_read_timeout(Some(self.stillness));
        stream.set_write_timeout(Some(self.stillness));
        ready(Ok((Box::pin(stream), service)))
    }
}
