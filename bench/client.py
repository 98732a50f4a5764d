"""An HTTP/1.1 client that measures each request, for loads that wrk does not support: with pauses, or on a schedule."""

import asyncio
import json
import re
import time
import urllib.parse

TIMEOUT = 30


class Connection(asyncio.Protocol):
    """A connection that is kept alive and serves one request at a time."""

    def connection_made(self, transport):
        self.transport = transport
        self.response = None

    def data_received(self, data):
        self.received += data
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if separator and len(body) >= int(re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)[1]):
            self.finish((time.perf_counter(), int(head[9:12]), body))

    def connection_lost(self, _error):
        self.finish(ConnectionError("the server closed the connection"))

    def finish(self, outcome):
        response, self.response = self.response, None
        if response and not response.done():
            (response.set_exception if isinstance(outcome, Exception) else response.set_result)(outcome)

    async def post(self, body, token=None):
        """Sends a request. Returns when the response ended by `time.perf_counter`, and the response if it is an error."""
        if self.transport.is_closing():
            raise ConnectionError("the server closed the connection")
        self.received = b""
        self.response = asyncio.get_running_loop().create_future()
        self.transport.write(request(self.address, body, token))
        async with asyncio.timeout(TIMEOUT):
            ended, status, text = await self.response
        is_success = status == 200 and succeeded(json.loads(text))
        return ended, None if is_success else f"{status} {text.decode()}"


def request(address, body, token):
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n{authorization}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def succeeded(response):
    """Whether a response has neither a GraphQL error nor a user error."""
    if "errors" in response:
        return False
    return not any(isinstance(it, dict) and it.get("userErrors") for it in response["data"].values())


async def connect(url):
    address = urllib.parse.urlsplit(url)
    _, connection = await asyncio.get_running_loop().create_connection(Connection, address.hostname, address.port)
    connection.address = address
    return connection


async def connect_all(url, count):
    return [await connect(url) for _ in range(count)]


class Statistics:
    """Latencies in milliseconds, and the errors among them."""

    def __init__(self):
        self.milliseconds = []
        self.errors = []

    async def measure(self, connection, body, token=None, since=None):
        """Sends a request and records its latency since a time, or since now."""
        since = time.perf_counter() if since is None else since
        try:
            ended, error = await connection.post(body, token)
        except (OSError, TimeoutError) as failure:
            ended, error = time.perf_counter(), repr(failure)
        self.milliseconds.append((ended - since) * 1000)
        if error:
            self.errors.append(error)
