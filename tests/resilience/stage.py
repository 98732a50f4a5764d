"""What the resilience tests share: instances, a private PostgreSQL, a load at a fixed rate, and checks of what clients saw.

    with stage.folder() as folder:
        postgres = stage.Postgres(folder / "postgres")
        instance = stage.Instance(folder, "one", DATABASE_URL=postgres.url).start()
        with stage.Load([instance.url], rate=100) as load:
            time.sleep(5)                      # the fault goes here; load.now() is the time in the load
        load.report()
        load.expect_only({"UNAVAILABLE"})      # exits with 1 and a sentence if a request ended in another way
        load.verify(instance.url)              # every acknowledged change is there

Each instance runs GATEHOUSE_BIN (default: target/debug/gatehouse) without rate limits, on loopback. What was started in
`folder()` is ended with it, also if the test fails; the folder with all logs remains after a failure.
"""

import asyncio
import base64
import collections
import contextlib
import itertools
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from harness import LIMITS, install, percentile, print_table  # noqa: E402,F401

BINARY = pathlib.Path(os.environ.get("GATEHOUSE_BIN", ROOT / "target/debug/gatehouse")).resolve()
SECRET = base64.b64encode(secrets.token_bytes(32)).decode()
# Longer than GATEHOUSE_REQUEST_TIMEOUT (10 s): Gatehouse answers first.
CLIENT_TIMEOUT = 15
# Shorter than any server here keeps an idle connection.
KEEP_ALIVE = 4
# In percent. Mostly reads, and few passwords: each costs a bcrypt.
MIX = {"me": 82, "refreshSession": 10, "updateProfile": 4, "login": 1, "register": 1, "changePassword": 1, "revokeSession": 1}

_ends = contextlib.ExitStack()


def fail(sentence):
    """Ends the test: a promise is broken."""
    print(f"FAILED: {sentence}", flush=True)
    raise SystemExit(1)


class Broken(Exception):
    """A broken promise, found where a test cannot be ended: in the thread of the load."""


def say(sentence):
    print(sentence, flush=True)


@contextlib.contextmanager
def folder():
    """A folder for a test. Ends everything that was started meanwhile, and removes the folder unless the test failed."""
    if not BINARY.exists():
        sys.exit(f"{BINARY} does not exist: run `cargo build`, or set GATEHOUSE_BIN")
    path = pathlib.Path(tempfile.mkdtemp(prefix="gatehouse-resilience."))
    # PostgreSQL and nginx run as users of their own.
    path.chmod(0o755)
    try:
        with _ends:
            yield path
    except BaseException:
        print(f"logs are in {path}", flush=True)
        raise
    shutil.rmtree(path, ignore_errors=True)


def at_end(end, *arguments):
    """Calls `end` when the folder is left, in the reverse order of these calls."""
    _ends.callback(end, *arguments)


def free_port():
    """A port outside of the range of outgoing connections, so that none takes it while a program restarts."""
    while True:
        port = random.randrange(10000, 32000)
        with socket.socket() as it:
            it.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                it.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_until(condition, seconds, what):
    """Returns the seconds until `condition()` was true. Fails after `seconds`."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            fail(f"{what}: not within {seconds} s")
        time.sleep(0.02)
    return time.monotonic() - began


def get(url, timeout=5):
    """The status and text of an address; (0, reason) if it does not answer."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()
    except OSError as error:
        return 0, str(error)


def end_process(process, seconds=20):
    """SIGTERM, then SIGKILL, to a process that this test started."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Instance:
    """An instance of Gatehouse. `settings` are added to those of the profile; None removes one. Keeps its ports."""

    def __init__(self, folder, name, profile="production", binary=BINARY, **settings):
        self.name, self.log_file, self.binary = name, folder / f"{name}.log", binary
        self.port, self.admin_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}/graphql"
        self.admin = f"http://127.0.0.1:{self.admin_port}"
        self.process = None
        production = {
            "GATEHOUSE_PUBLIC_URL": "https://auth.example.com",
            "GATEHOUSE_APP_URL": "https://app.example.com",
            "GATEHOUSE_TRUSTED_PROXIES": "127.0.0.1",
        }
        environment = {
            "PATH": os.environ["PATH"],
            "GATEHOUSE_PROFILE": profile,
            "GATEHOUSE_SECRET": SECRET,
            "DATABASE_URL": f"sqlite://{folder}/gatehouse.db?mode=rwc",
            "GATEHOUSE_MAIL_URL": f"file://{folder}/mail",
            "GATEHOUSE_LISTEN": f"127.0.0.1:{self.port}",
            "GATEHOUSE_ADMIN_LISTEN": f"127.0.0.1:{self.admin_port}",
            **(production if profile == "production" else {}),
            # All clients here have one address.
            **{name: "off" for name in LIMITS},
            **settings,
        }
        self.environment = {name: value for name, value in environment.items() if value is not None}

    def start(self, seconds=30, command=()):
        """Starts the process, behind `command` such as `prlimit`, and waits until it is ready."""
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [*command, self.binary], env=self.environment, stdout=log, stderr=log, cwd=self.log_file.parent
            )
        at_end(end_process, self.process)
        began = time.monotonic()
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() - began > seconds:
                fail(f"instance {self.name} does not start; its log ends with\n{self.log()[-2000:]}")
            time.sleep(0.05)
        return self

    def is_ready(self):
        return get(f"{self.admin}/health/ready")[0] == 200

    def send(self, number):
        self.process.send_signal(number)

    def end(self, number=signal.SIGTERM, seconds=40):
        """Ends the process by a signal, and returns its exit status and how long that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(seconds), time.monotonic() - began

    def metrics(self):
        """The metrics: values by name with labels, as printed. Empty if the listener does not answer."""
        status, text = get(f"{self.admin}/metrics")
        lines = text.splitlines() if status == 200 else []
        return {name: float(value) for name, value in (it.rsplit(" ", 1) for it in lines if not it.startswith("#"))}

    def log(self):
        return self.log_file.read_text(errors="replace")


class Postgres:
    """A PostgreSQL of .ci/postgres, that keeps what it acknowledged: `settings` and synchronous commits on disk."""

    def __init__(self, folder, **settings):
        self.folder, self.data = folder, folder / "data"
        started = subprocess.run([ROOT / ".ci/postgres", "start", folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if started.returncode:
            sys.exit(f"PostgreSQL does not start: {started.stderr}")
        self.stop_at_end()
        self.url = started.stdout.strip().splitlines()[-1]
        self.port = urllib.parse.urlsplit(self.url).port
        self.programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda it: float(it.parent.name))
        for name, value in {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", **settings}.items():
            self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.control("restart", "fast")

    def stop_at_end(self):
        _ends.callback(subprocess.run, [ROOT / ".ci/postgres", "stop", self.folder], capture_output=True)

    def sql(self, statement, timeout=10):
        """Runs a statement and returns what it prints."""
        command = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", self.url, "-c", statement]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
        if ran.returncode:
            raise RuntimeError(f"psql: {ran.stderr.strip()}")
        return ran.stdout.strip()

    def run(self, program, *arguments):
        """Runs one of PostgreSQL's programs as the owner of the cluster."""
        command = [self.programs / program, *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # Not captured: a server that pg_ctl starts keeps the pipe open.
        subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def control(self, action, mode="fast"):
        """`pg_ctl start`, `stop`, `restart` or `promote`."""
        extra = [] if action in ("start", "promote") else ["--mode", mode]
        if action != "promote" and action != "stop":
            extra += ["--log", self.folder / "log"]
        self.run("pg_ctl", "--pgdata", self.data, "--wait", "--silent", *extra, action)

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def pids(self):
        """The server process and its children."""
        children = pathlib.Path(f"/proc/{self.pid()}/task/{self.pid()}/children").read_text().split()
        return [self.pid(), *map(int, children)]

    def send(self, number):
        """Sends a signal to every process of the server."""
        for it in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(it, number)


TOKENS = "tokens { accessToken refreshToken } session { id } userErrors { code }"
QUERIES = {
    "register": "mutation ($input: RegisterInput!) { register(input: $input) { %s } }" % TOKENS,
    "login": "mutation ($input: LoginInput!) { login(input: $input) { %s } }" % TOKENS,
    "refreshSession": "mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { %s } }" % TOKENS,
    "changePassword": "mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { %s } }" % TOKENS,
    "updateProfile": "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } userErrors { code } } }",
    "revokeSession": "mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { session { id } userErrors { code } } }",
    "me": "{ me { email name } }",
}


class Request:
    """One request: when it began in the load, how long it took, and how it ended.

    `outcome` is `ok`; `CODE`, the `extensions.code` of a GraphQL error; `user error CODE`; `HTTP 502`, a response that is
    not GraphQL's; `connection: …`; or `no answer`, for longer than CLIENT_TIMEOUT.
    """

    __slots__ = ("operation", "began", "seconds", "outcome", "status", "data")

    def __init__(self, operation, began, seconds, outcome, status, data):
        self.operation, self.began, self.seconds = operation, began, seconds
        self.outcome, self.status, self.data = outcome, status, data

    @property
    def is_ok(self):
        return self.outcome == "ok"

    @property
    def ended(self):
        return self.began + self.seconds


class Client:
    """Sends GraphQL requests to addresses in turn, on connections that are kept alive."""

    def __init__(self, urls, certificate=None, headers=None, keep_alive=KEEP_ALIVE):
        self.keep_alive = keep_alive
        self.addresses = itertools.cycle([urllib.parse.urlsplit(it) for it in urls])
        self.tls = ssl.create_default_context(cafile=certificate) if certificate else None
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self.idle = collections.defaultdict(list)
        self.since = time.monotonic()

    async def send(self, operation, input=None, token=None):
        began = time.monotonic()
        status, data = None, None
        try:
            async with asyncio.timeout(CLIENT_TIMEOUT):
                status, text = await self.post(operation, input, token)
            outcome, data = outcome_of(operation, status, text)
        except TimeoutError:
            outcome = "no answer"
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            outcome = f"connection: {type(error).__name__}"
        return Request(operation, began - self.since, time.monotonic() - began, outcome, status, data)

    async def post(self, operation, input, token):
        address = next(self.addresses)
        body = json.dumps({"query": QUERIES[operation], "variables": {"input": input} if input else {}}).encode()
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.hostname}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{self.headers}{authorization}\r\n"
        )
        reader, writer = await self.connection(address)
        is_reusable = False
        try:
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = re.search(r"\r\ncontent-length: *(\d+)", answer)
            text = await (reader.readexactly(int(length[1])) if length else reader.read())
            is_reusable = bool(length) and "\r\nconnection: close" not in answer
            return int(answer.split()[1]), text
        finally:
            if is_reusable:
                self.idle[address.netloc].append((reader, writer, time.monotonic()))
            else:
                writer.close()

    async def connection(self, address):
        idle = self.idle[address.netloc]
        while idle:
            reader, writer, used_at = idle.pop()
            if time.monotonic() - used_at < self.keep_alive and not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        name = "auth.example.com" if self.tls else None
        return await asyncio.open_connection("127.0.0.1", address.port, ssl=self.tls, server_hostname=name)


def outcome_of(operation, status, text):
    """How a response ended a request, and the field of the operation in its data."""
    try:
        answer = json.loads(text)
        errors = answer.get("errors") or []
        data = (answer.get("data") or {}).get(operation)
    except (ValueError, AttributeError):
        return f"HTTP {status}", None
    if errors:
        codes = {(it.get("extensions") or {}).get("code") for it in errors}
        return (next(iter(codes)) or "an error without a code"), None
    if status != 200 or data is None:
        return f"HTTP {status}", None
    user_errors = data.get("userErrors")
    return (f"user error {user_errors[0]['code']}", None) if user_errors else ("ok", data)


class Account:
    """An account, and what its owner knows of it: what was acknowledged must be so, and what was not may be."""

    numbers = itertools.count()

    def __init__(self):
        self.email = f"user-{next(self.numbers)}-{secrets.token_hex(4)}@example.org"
        # More than one if it is not known whether a change was executed.
        self.passwords = {new_password()}
        self.names = {None}
        self.sessions = []
        self.revoked = []
        # The last password that was replaced.
        self.former = None
        # The answer to a refresh of its first session was lost.
        self.is_refresh_lost = False
        self.failed_at = 0.0

    @property
    def is_doubtful(self):
        """Whether it is not known if a change was executed."""
        return len(self.passwords) > 1 or len(self.names) > 1 or self.is_refresh_lost or not self.sessions


def new_password():
    return f"seven teapots hum at {secrets.token_hex(5)}"


class Load:
    """Requests at a fixed rate from a thread of their own, whatever becomes of those before.

    `me` reads accounts that nothing else changes; every other operation has an account to itself until it is answered.
    """

    def __init__(self, urls, rate=100, mix=None, accounts=40, certificate=None, headers=None, keep_alive=KEEP_ALIVE):
        self.rate, self.mix = rate, mix or MIX
        self.client = Client(urls, certificate, headers, keep_alive)
        self.requests, self.latest_start = [], 0.0
        self.accounts, self.free, self.readers = [], [], []
        self.loop = asyncio.new_event_loop()
        self.is_over = False
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.call(self.prepare(accounts), 120)

    def call(self, work, seconds):
        try:
            return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)
        except Broken as broken:
            fail(broken)

    def __enter__(self):
        self.client.since = time.monotonic()
        self.running = asyncio.run_coroutine_threadsafe(self.run(), self.loop)
        return self

    def __exit__(self, *_):
        self.is_over = True
        self.running.result(CLIENT_TIMEOUT + 10)
        self.requests.sort(key=lambda it: it.began)

    def now(self):
        return time.monotonic() - self.client.since

    async def prepare(self, count):
        for number in range(count):
            account = Account()
            if not (await self.register(account)).is_ok:
                raise Broken("a registration failed before the fault")
            (self.readers if number % 2 else self.free).append(account)

    async def run(self):
        tasks, names, weights = set(), list(self.mix), list(self.mix.values())
        began = time.monotonic()
        for number in itertools.count():
            due = began + number / self.rate
            await asyncio.sleep(max(0, due - time.monotonic()))
            if self.is_over:
                break
            self.latest_start = max(self.latest_start, time.monotonic() - due)
            (operation,) = random.choices(names, weights)
            task = asyncio.create_task(self.one(operation))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)

    async def one(self, operation):
        account = None
        if operation == "register":
            account = Account()
        elif operation != "me":
            account = self.take()
        if account is None:
            operation, account = "me", random.choice(self.readers)
        elif operation != "register" and account.is_doubtful:
            operation = "settle"
        request = await getattr(self, operation)(account)
        self.requests.append(request)
        if operation != "me" and (operation != "register" or request.is_ok):
            account.failed_at = time.monotonic() if account.is_doubtful else 0.0
            self.free.append(account)

    def take(self):
        """An account that nobody uses, and of which no change failed a moment ago: the server may still execute it."""
        now = time.monotonic()
        found = [it for it in self.free if now - it.failed_at > 2]
        if not found:
            return None
        account = random.choice(found)
        self.free.remove(account)
        return account

    async def settle(self, account):
        """Finds out, as a client would, whether a change was executed."""
        if len(account.passwords) > 1:
            password = random.choice(sorted(account.passwords))
            request = await self.client.send("login", {"identifier": account.email, "password": password})
            if request.is_ok:
                account.passwords, account.sessions, account.is_refresh_lost = {password}, [session_of(request)], False
            elif request.outcome == "user error INVALID_CREDENTIALS":
                account.passwords -= {password}
                account.sessions, account.is_refresh_lost = [], False
                request = await self.login(account)
            return request
        if not account.sessions:
            return await self.login(account)
        if account.is_refresh_lost:
            return await self.refreshSession(account)
        request = await self.me(account)
        if request.is_ok and request.data["name"] in account.names:
            account.names = {request.data["name"]}
        return request

    async def me(self, account):
        return await self.client.send("me", token=account.sessions[0][1])

    async def register(self, account):
        (password,) = account.passwords
        request = await self.client.send("register", {"email": account.email, "password": password})
        if request.is_ok:
            account.sessions = [session_of(request)]
            self.accounts.append(account)
        return request

    async def login(self, account):
        (password,) = account.passwords
        request = await self.client.send("login", {"identifier": account.email, "password": password})
        if request.is_ok:
            account.sessions.append(session_of(request))
        return request

    async def refreshSession(self, account):
        request = await self.client.send("refreshSession", {"refreshToken": account.sessions[0][2]})
        if request.is_ok:
            account.sessions[0] = session_of(request)
        account.is_refresh_lost = not request.is_ok
        return request

    async def updateProfile(self, account):
        name = f"Name {secrets.token_hex(4)}"
        request = await self.client.send("updateProfile", {"name": name}, account.sessions[0][1])
        account.names = {name} if request.is_ok else {*account.names, name}
        return request

    async def changePassword(self, account):
        (old,), new = account.passwords, new_password()
        request = await self.client.send("changePassword", {"currentPassword": old, "newPassword": new}, account.sessions[0][1])
        if request.is_ok:
            account.passwords, account.former = {new}, old
            account.revoked += account.sessions
            account.sessions = [session_of(request)]
        else:
            account.passwords = {old, new}
        return request

    async def revokeSession(self, account):
        if len(account.sessions) < 2:
            return await self.login(account)
        session = account.sessions.pop()
        request = await self.client.send("revokeSession", {"sessionId": session[0]}, account.sessions[0][1])
        if request.is_ok:
            account.revoked.append(session)
        return request

    def verify(self, url, certificate=None, passwords=200):
        """Checks that every acknowledged change is there. Signs in to at most so many accounts, those last changed first."""
        lost = self.lost(url, certificate, passwords)
        if lost:
            fail(f"{len(lost)} acknowledged changes are lost: " + "; ".join(lost[:5]))

    def lost(self, url, certificate=None, passwords=200):
        """The acknowledged changes that are not there."""
        self.client = Client([url], certificate)
        checks, lost = self.call(self.verify_all(passwords), 300)
        say("verified: " + ", ".join(f"{count} {what}" for what, count in checks.items()))
        return lost

    async def verify_all(self, passwords):
        checks, lost = collections.Counter(), []
        lanes = asyncio.Semaphore(4)

        async def checked(account, with_password):
            async with lanes:
                await self.verify_account(account, with_password, checks, lost)

        accounts = self.accounts[::-1]
        await asyncio.gather(*(checked(it, number < passwords) for number, it in enumerate(accounts)))
        return checks, lost

    async def verify_account(self, account, with_password, checks, lost):
        def check(holds, what, request):
            checks[what] += 1
            if not holds:
                lost.append(f"{what}: {account.email}: {request.outcome}")

        # A password that may have been changed may have revoked every session.
        is_sure = len(account.passwords) == 1
        if is_sure and not account.is_refresh_lost:
            for session in account.sessions:
                request = await self.client.send("me", token=session[1])
                check(request.is_ok, "active sessions", request)
                if request.is_ok:
                    check(request.data["name"] in account.names, "profiles", request)
        if is_sure and account.sessions:
            # Also if the answer to the last one was lost: the client repeats the same token.
            request = await self.client.send("refreshSession", {"refreshToken": account.sessions[0][2]})
            check(request.is_ok, "lost refreshes repeated" if account.is_refresh_lost else "refresh tokens", request)
            if request.is_ok:
                account.sessions[0] = session_of(request)
                again = await self.client.send("me", token=account.sessions[0][1])
                check(again.is_ok, "refreshed sessions", again)
                account.is_refresh_lost = False
        for session in account.revoked[-3:]:
            request = await self.client.send("me", token=session[1])
            check(request.outcome == "UNAUTHENTICATED", "revoked access tokens", request)
            request = await self.client.send("refreshSession", {"refreshToken": session[2]})
            check(request.outcome == "user error SESSION_REVOKED", "revoked refresh tokens", request)
        if with_password:
            works = []
            for password in account.passwords:
                request = await self.login_with(account, password)
                works.append(request.is_ok)
                if request.is_ok:
                    right = password
            check(sum(works) == 1, "passwords", request)
            if sum(works) == 1:
                account.passwords = {right}
            if account.former and account.former not in account.passwords:
                request = await self.login_with(account, account.former)
                check(request.outcome == "user error INVALID_CREDENTIALS", "former passwords", request)

    async def login_with(self, account, password):
        request = await self.client.send("login", {"identifier": account.email, "password": password})
        while request.outcome == "OVERLOADED":
            await asyncio.sleep(1)
            request = await self.client.send("login", {"identifier": account.email, "password": password})
        return request

    def failed(self):
        return [it for it in self.requests if not it.is_ok]

    def expect_calm(self):
        """Ends the test if a request has failed so far: the machine is too slow for this load, and nothing can be learned."""
        failed = collections.Counter(it.outcome for it in list(self.requests) if not it.is_ok)
        if failed or not self.requests:
            fail(f"requests failed before the fault ({dict(failed)}): use a release build, a lower rate, or an idle machine")

    def expect_only(self, outcomes, within=None):
        """Fails if a request neither succeeded nor ended with one of these outcomes, or took longer than `within` seconds."""
        if not any(it.is_ok for it in self.requests):
            fail("no request succeeded")
        wrong = collections.Counter(f"{it.operation}: {it.outcome}" for it in self.failed() if it.outcome not in outcomes)
        if wrong:
            fail(f"{wrong.total()} of {len(self.requests)} requests ended with " + ", ".join(f"{n} × {it}" for it, n in wrong.most_common(8)))
        longest = max(it.seconds for it in self.requests)
        if within and longest > within:
            fail(f"a request took {longest:.1f} s, which is longer than {within} s")

    def expect_service_after(self, moment, what):
        """Fails if a request that began at `moment` of the load or later did not succeed. There must be such requests."""
        later = [it for it in self.requests if it.began >= moment]
        if not later:
            fail(f"no request was sent {what}")
        wrong = [it for it in later if not it.is_ok]
        if wrong:
            last = max(wrong, key=lambda it: it.began)
            fail(
                f"{len(wrong)} of {len(later)} requests failed {what}; the last began {last.began - moment:.1f} s later: "
                f"{last.operation}: {last.outcome}"
            )

    def report(self):
        """Prints how the requests ended and how long they took."""
        rows = []
        for outcome, _ in collections.Counter(it.outcome for it in self.requests).most_common():
            found = [it for it in self.requests if it.outcome == outcome]
            seconds = sorted(it.seconds for it in found)
            of = collections.Counter(it.operation for it in found)
            times = [f"{1000 * percentile(seconds, share):.0f}" for share in (0.5, 0.99, 1)]
            rows.append((outcome, len(found), *times, ", ".join(f"{name} {count}" for name, count in of.most_common())))
        print_table(("outcome", "requests", "p50 ms", "p99 ms", "max ms", "operations"), rows)
        span = self.requests[-1].began - self.requests[0].began if self.requests else 0
        say(f"{len(self.requests)} requests in {span:.0f} s; the load generator was late by {1000 * self.latest_start:.0f} ms at most")


def session_of(request):
    """A session as (id, access token, refresh token)."""
    return request.data["session"]["id"], request.data["tokens"]["accessToken"], request.data["tokens"]["refreshToken"]
