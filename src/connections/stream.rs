//! A stream that ends when its connection makes no progress.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_io_timeout::TimeoutStream;

use super::limiter::Permit;
use super::progress::Progress;

/// The stream of one connection.
pub(crate) struct TimedStream {
    inner: Pin<Box<TimeoutStream<TcpStream>>>,
    alarm: Pin<Box<Sleep>>,
    progress: Arc<Progress>,
    _permit: Permit,
}

impl TimedStream {
    pub(super) fn new(
        inner: TimeoutStream<TcpStream>,
        progress: Arc<Progress>,
        permit: Permit,
    ) -> Self {
        Self {
            inner: Box::pin(inner),
            alarm: Box::pin(sleep_until(progress.deadline())),
            progress,
            _permit: permit,
        }
    }

    /// Is ready once the connection must be closed.
    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.alarm.as_mut().poll(cx));
            let (now, deadline) = (Instant::now(), self.progress.deadline());
            if deadline <= now {
                return Poll::Ready(());
            }
            // The end of a request may have brought the deadline nearer.
            let next = deadline.min(now + self.progress.interval());
            self.alarm.as_mut().reset(next);
        }
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.poll_deadline(cx).is_ready() {
            return Poll::Ready(Err(Error::from(ErrorKind::TimedOut)));
        }
        let before = buffer.filled().len();
        let read = self.inner.as_mut().poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.progress.received();
        }
        read
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        self.inner.as_mut().poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.inner.as_mut().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.inner.as_mut().poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.inner.as_mut().poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
