"""What the benchmarks share: a release build on a private PostgreSQL or on SQLite, seeded through SQL; load by wrk; a table."""

import base64
import concurrent.futures
import contextlib
import hmac
import http.client
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import re
import resource
import secrets
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid

import client

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = "seven teapots hum at dawn"
LIMITS = re.findall(r'"(GATEHOUSE_LIMIT_\w+)"', (ROOT / "src/config/settings/rate_limits.rs").read_text())
# Of wrk.
THREADS = 2
TICKS = os.sysconf("SC_CLK_TCK")
# So that a thousand connections can be open.
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
# So that a benchmark that is ended ends what it started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

# Prints what wrk measured as JSON. A status other than 200 counts as an error, unless the script judges each response.
REPORT = """
local threads = {}
function setup(thread)
    table.insert(threads, thread)
    thread:set("thread_number", #threads)
end
function done(summary, latency, requests)
    local wrong, rejected = 0, 0
    for _, thread in ipairs(threads) do
        wrong = wrong + thread:get("errors")
        rejected = rejected + thread:get("rejected")
    end
    local e = summary.errors
    local failed = wrong + (response and 0 or e.status) + e.connect + e.read + e.write + e.timeout
    io.write(string.format(
        '{"requests":%d,"seconds":%f,"errors":%d,"rejected":%d,"p50":%f,"p95":%f,"p99":%f,"p99.9":%f}\\n',
        summary.requests, summary.duration / 1e6, failed, rejected,
        latency:percentile(50) / 1000, latency:percentile(95) / 1000,
        latency:percentile(99) / 1000, latency:percentile(99.9) / 1000))
end
"""

# Judges each response: one with the text `rejection`, if there is such a text, is counted as rejected. One without the text
# `expected` is an error. It takes a good part of wrk's time.
CHECKED = """
function response(status, headers, body)
    if rejection and string.find(body, rejection, 1, true) then
        rejected = rejected + 1
    elseif status ~= 200 or not string.find(body, expected, 1, true) then
        errors = errors + 1
    end
end
"""


def install(program, package):
    if not shutil.which(program):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=True, stdout=subprocess.DEVNULL)


def processes(pid):
    """A process and all that descend from it."""
    children = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for it in found:
        found += children.get(it, [])
    return found


def cpu_seconds(pid):
    """The processor time of a process, of those that descend from it, and of those that it has waited for."""
    total = 0
    for it in processes(pid):
        try:
            fields = pathlib.Path(f"/proc/{it}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:13])
        if it == pid:
            total += sum(int(field) for field in fields[13:15])
    return total / TICKS


def resident(pid, field):
    statuses = (pathlib.Path(f"/proc/{it}/status").read_text() for it in processes(pid))
    return sum(int(re.search(rf"{field}:\s+(\d+)", status)[1]) for status in statuses) / 1024


def rss(pid):
    """The memory of a process and of those that descend from it, in MiB."""
    return resident(pid, "VmRSS")


def peak_rss(pid):
    """The peak of the memory of a process and of those that descend from it, in MiB."""
    return resident(pid, "VmHWM")


def reset_peak_rss(pid):
    for it in processes(pid):
        pathlib.Path(f"/proc/{it}/clear_refs").write_text("5")


class Gatehouse:
    """A release build on a database of its own, without rate limits. `database` is "postgresql" or "sqlite"."""

    def __init__(self, database, users=1000, **settings):
        self.binary = built("gatehouse")
        self.folder = pathlib.Path(tempfile.mkdtemp())
        # PostgreSQL runs as a user of its own.
        self.folder.chmod(0o711)
        self.postgres = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "GATEHOUSE_LISTEN": "127.0.0.1:0",
            "GATEHOUSE_ADMIN_LISTEN": "127.0.0.1:0",
            **{name: "off" for name in LIMITS},
            **settings,
        }
        if database == "postgresql":
            started = subprocess.run(
                [ROOT / ".ci/postgres", "start", self.folder / "postgres"], check=True, capture_output=True, text=True
            )
            self.database_url = started.stdout.strip().splitlines()[-1]
            self.postgres = int((self.folder / "postgres/data/postmaster.pid").read_text().splitlines()[0])
            self.environment["DATABASE_URL"] = self.database_url
        self.process = None
        try:
            self.start()
            self.url = self.wait_for_url()
            self.seed(users)
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, **settings):
        """Starts the process on the database, and does not wait."""
        with open(self.folder / "log", "w") as log:
            self.process = subprocess.Popen(
                [self.binary], cwd=self.folder, env={**self.environment, **settings}, stdout=log, stderr=log
            )

    def restart(self, **settings):
        """Starts the process again, with further settings, until the next start."""
        self.stop_process()
        self.start(**settings)
        self.url = self.wait_for_url()

    def milliseconds_to_start(self, **settings):
        """Starts the process again on the same address (`free_address`), and measures until its first answer."""
        self.stop_process()
        address = urllib.parse.urlsplit(self.url)
        since = time.perf_counter()
        self.start(**settings)
        while not answers(address):
            if self.process.poll() is not None or time.perf_counter() - since > 60:
                sys.exit("Gatehouse did not start:\n" + (self.folder / "log").read_text())
            time.sleep(0.0005)
        return (time.perf_counter() - since) * 1000

    def wait_for_url(self):
        for _ in range(300):
            found = re.search(r"API *(http\S+)", (self.folder / "log").read_text())
            if found:
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit("Gatehouse did not start:\n" + (self.folder / "log").read_text())

    def graphql(self, query, variables=None, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url, body, headers), timeout=30) as response:
            answer = json.load(response)
        if not client.succeeded(answer):
            sys.exit(f"A request failed while the benchmark was prepared: {json.dumps(answer)}")
        return answer["data"]

    def seed(self, users):
        """Copies the account of one registration; the hash of a password does not depend on its user."""
        self.graphql(
            "mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }",
            {"input": {"email": "user0@example.org", "password": PASSWORD}},
        )
        copied = {
            "users": "email, email_canonical, password_changed_at, created_at, updated_at, email_verified_at".split(", "),
            "passwords": "hash, scheme, pepper_id, version".split(", "),
        }
        if self.postgres:
            self.seed_postgresql(users, copied)
        else:
            self.seed_sqlite(users, copied)

    def seed_postgresql(self, users, copied):
        statements = ["BEGIN"]
        for name, columns in copied.items():
            key = "id" if name == "users" else "user_id"
            values = ", ".join("'user' || n || '@example.org'" if it in ("email", "email_canonical") else it for it in columns)
            statements.append(
                f"INSERT INTO {name} ({key}, {', '.join(columns)}) SELECT lpad(to_hex(n), 32, '0')::uuid, {values}"
                f" FROM generate_series(1, {users}) AS n, {name}"
            )
        self.sql(";".join([*statements, "COMMIT", "ANALYZE"]))

    def sql(self, script):
        """Runs statements on PostgreSQL and returns what they print."""
        command = ["psql", "-qAt", "-v", "ON_ERROR_STOP=1", self.database_url, "-c", script]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode:
            sys.exit(f"psql failed: {ran.stderr}")
        return ran.stdout.strip()

    def seed_sqlite(self, users, copied):
        with contextlib.closing(sqlite3.connect(self.folder / "data/gatehouse.db", timeout=30)) as connection, connection:
            for name, columns in copied.items():
                key = "id" if name == "users" else "user_id"
                row = connection.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchone()
                rows = []
                for n in range(1, users + 1):
                    email = f"user{n}@example.org"
                    values = [email if it in ("email", "email_canonical") else value for it, value in zip(columns, row)]
                    rows.append([n.to_bytes(16, "big"), *values])
                marks = ", ".join("?" * (1 + len(columns)))
                connection.executemany(f"INSERT INTO {name} ({key}, {', '.join(columns)}) VALUES ({marks})", rows)

    def tokens(self, count):
        return [it["accessToken"] for it in self.sign_in(range(1, count + 1))]

    def sign_in(self, numbers):
        """Signs in the users of these numbers, and returns the tokens of each."""
        login = "mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } tokens { accessToken refreshToken } } }"

        def tokens(number):
            variables = {"input": {"identifier": f"user{number}@example.org", "password": PASSWORD}}
            return self.graphql(login, variables)["login"]["tokens"]

        with concurrent.futures.ThreadPoolExecutor(16) as threads:
            return list(threads.map(tokens, numbers))

    def cpu(self):
        """The processor time of the service and of its database."""
        return cpu_seconds(self.process.pid), cpu_seconds(self.postgres) if self.postgres else 0

    def load(self, script, connections, seconds):
        return load(script, self.url, connections, seconds, self.process.pid, self.postgres)

    def stop_process(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def stop(self):
        self.stop_process()
        if self.postgres:
            subprocess.run([ROOT / ".ci/postgres", "stop", self.folder / "postgres"], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)


def free_address():
    """A setting that makes Gatehouse listen on a port chosen beforehand."""
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return {"GATEHOUSE_LISTEN": f"127.0.0.1:{it.getsockname()[1]}"}


def answers(address):
    """Whether a server at this address answers a GraphQL query."""
    with contextlib.closing(http.client.HTTPConnection(address.netloc, timeout=30)) as connection:
        try:
            connection.request("POST", address.path, '{"query":"{ __typename }"}', {"Content-Type": "application/json"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False


class Reference:
    """A server to compare with, on the PostgreSQL of a Gatehouse. It prints its URL, and verifies tokens of SECRET."""

    SECRET = secrets.token_hex(32)

    def __init__(self, command, subject):
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": subject.database_url,
            "JWT_SECRET": self.SECRET,
            "PASSWORD": PASSWORD,
            "NODE_ENV": "production",
        }
        self.postgres = subject.postgres
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            sys.exit(f"{command[0]} did not start")

    def tokens(self, count):
        return [signed(self.SECRET, str(uuid.UUID(int=number))) for number in range(1, count + 1)]

    def load(self, script, connections, seconds):
        return load(script, self.url, connections, seconds, self.process.pid, self.postgres)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def bare_stack(subject):
    return Reference([built("examples/bare_stack")], subject)


def apollo(subject):
    folder = ROOT / "bench/reference/apollo"
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    return Reference(["node", folder / "server.js"], subject)


def signed(secret, subject):
    """A JSON Web Token of a user, for an hour (HS256)."""
    encoded = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    parts = {"alg": "HS256", "typ": "JWT"}, {"sub": subject, "exp": int(time.time()) + 3600}
    text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{text}.{encoded(hmac.digest(secret.encode(), text.encode(), 'sha256'))}"


def built(path):
    """A program of the release build, or of GATEHOUSE_BUILD: CI sees that the benchmarks work, and not how fast it is."""
    folder = os.environ.get("GATEHOUSE_BUILD")
    if not folder:
        # Together: the dependencies of one alone have other features, and would be built again.
        for arguments in (["--bin", "gatehouse", "--example", "bare_stack"], ["--package", "bcrypt-lanes", "--example", "curve"]):
            subprocess.run(["cargo", "build", "--quiet", "--release", "--locked", *arguments], cwd=ROOT, check=True)
        folder = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    return pathlib.Path(folder).resolve() / path


def load(script, url, connections, seconds, pid, postgres=None):
    """Runs wrk, and adds the processor time for each 1,000 requests and the peak of the memory."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(f"errors = 0\nrejected = 0\n{script}\n{REPORT}")
        file.flush()
        before = cpu_seconds(pid), cpu_seconds(postgres) if postgres else 0
        command = ["wrk", "--threads", str(min(THREADS, connections)), "--connections", str(connections)]
        command += ["--duration", f"{seconds}s", "--timeout", "30s", "--latency", "--script", file.name, url]
        ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"wrk failed: {ran.stdout}{ran.stderr}")
    result = json.loads(ran.stdout.strip().splitlines()[-1])
    after = cpu_seconds(pid), cpu_seconds(postgres) if postgres else 0
    thousands = max(result["requests"], 1) / 1000
    if result["errors"] or not result["requests"]:
        sys.exit(f"{result['errors']} of {result['requests']} requests failed")
    result["rate"] = (result["requests"] - result["rejected"]) / result["seconds"]
    result["cpu"], result["database"] = ((b - a) / thousands for a, b in zip(before, after))
    result["rss"] = peak_rss(pid)
    return result


def rounds(seconds):
    """How many turns each load gets: one in a run of a second, which only shows that a benchmark works."""
    return 3 if seconds > 1 else 1


def in_turns(loads, rounds):
    """Calls each of `loads`, a dictionary of functions, in turns, and returns the medians of what each measured."""
    results = {name: [] for name in loads}
    for _ in range(rounds):
        for name, run in loads.items():
            results[name].append(run())
    return {name: {key: statistics.median(it[key] for it in found) for key in found[0]} for name, found in results.items()}


def table(rows):
    """Prints (name, result, ratio) as a table."""
    cpu = "CPU s per 1,000: service", "database"
    header = "", "requests/s", "p50 ms", "p95", "p99", "p99.9", "errors", *cpu, "peak RSS MiB", "ratio"
    print_table(header, [cells(*row) for row in rows])


def cells(name, it, ratio):
    times = [f"{it[key]:.1f}" for key in ("p50", "p95", "p99", "p99.9")]
    cpu = [f"{it[key]:.2f}" for key in ("cpu", "database")]
    return name, f"{it['rate']:.1f}", *times, it["errors"], *cpu, f"{it['rss']:.0f}", ratio


def by_connections(name, number):
    return f"{name}, {number} connection{'' if number == 1 else 's'}"


def print_table(header, rows):
    print(f"| {' | '.join(header)} |".replace("|  |", "| |"))
    print(f"|{' --- |' * len(header)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")


def percentile(values, share):
    """The value of sorted `values` below which a share of them is."""
    return values[min(len(values) - 1, int(len(values) * share))]


def spread(milliseconds):
    """Returns the percentiles and the maximum of latencies, formatted for a row of a table."""
    values = sorted(milliseconds)
    return [f"{percentile(values, share):.1f}" for share in (0.5, 0.95, 0.99, 0.999, 1)]


def command(name):
    """Another benchmark as a module."""
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "bench" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


def argument(position, default):
    """The argument of the command at a position, from 1, of the type of its default."""
    return type(default)(sys.argv[position]) if len(sys.argv) > position else default
