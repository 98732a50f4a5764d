//! Starts the binary as an operator would, in a folder of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::support::{Client, through_pooler};

/// Longer than any stop in order takes, so that a process that hangs fails its test.
const MAX_STOP: Duration = Duration::from_secs(90);

/// Longer than any command takes.
const MAX_RUN: Duration = Duration::from_mins(2);

/// A running `gatehouse`. Killed when dropped.
pub(super) struct Launched {
    child: Child,
    pub(super) api: std::net::SocketAddr,
    pub(super) admin: std::net::SocketAddr,
    pub(super) log: Vec<String>,
    lines: Receiver<String>,
    closes_log: Arc<AtomicBool>,
}

/// The binary with nothing in its environment but `variables`.
pub(super) fn gatehouse(folder: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatehouse"));
    command
        .env_clear()
        .current_dir(folder)
        .envs(variables.iter().copied());
    let url = variables.iter().find(|(name, _)| *name == "DATABASE_URL");
    if let Some(pooled) = url.and_then(|(_, url)| through_pooler(url)) {
        command
            .env("DATABASE_URL", pooled)
            .env("GATEHOUSE_DATABASE_POOL_MODE", "transaction");
    }
    command
}

/// A command that a test waits for.
pub(super) trait Bounded {
    /// As [`Command::output`], but kills a process that does not end, so that its test fails.
    fn output_in_time(&mut self) -> std::io::Result<Output>;
}

impl Bounded for Command {
    fn output_in_time(&mut self) -> std::io::Result<Output> {
        let child = self
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pid = child.id();
        let (ended, end) = channel::<()>();
        std::thread::spawn(move || {
            if end.recv_timeout(MAX_RUN) == Err(RecvTimeoutError::Timeout) {
                eprintln!("still running after {MAX_RUN:?}:\n{}", threads(pid));
                drop(
                    Command::new("kill")
                        .args(["-KILL", &pid.to_string()])
                        .status(),
                );
            }
        });
        let output = child.wait_with_output();
        drop(ended);
        output
    }
}

/// What a command prints that must succeed.
#[track_caller]
pub(super) fn printed(command: &mut Command) -> String {
    let output = command.output_in_time().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

impl Launched {
    /// Starts it and waits until it says where it listens.
    #[track_caller]
    pub(super) fn start(folder: &Path, variables: &[(&str, &str)]) -> Self {
        Self::try_start(folder, variables)
            .unwrap_or_else(|log| panic!("it never said where it listens: {log:#?}"))
    }

    /// As [`Launched::start`]; what it said where it does not.
    pub(super) fn try_start(
        folder: &Path,
        variables: &[(&str, &str)],
    ) -> Result<Self, Vec<String>> {
        let free = [
            ("GATEHOUSE_LISTEN", "127.0.0.1:0"),
            ("GATEHOUSE_ADMIN_LISTEN", "127.0.0.1:0"),
        ];
        let mut child = gatehouse(folder, &[&free, variables].concat())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let closes_log = Arc::new(AtomicBool::new(false));
        let lines = reading(child.stderr.take().unwrap(), closes_log.clone());
        let mut log = Vec::new();
        let (mut api, mut admin) = (None, None);
        while api.is_none() || admin.is_none() {
            let Ok(line) = lines.recv_timeout(Duration::from_mins(1)) else {
                drop(child.kill());
                drop(child.wait());
                return Err(log);
            };
            api = api.or_else(|| address(&line, "API"));
            admin = admin.or_else(|| address(&line, "metrics"));
            log.push(line);
        }
        Ok(Self {
            child,
            api: api.unwrap(),
            admin: admin.unwrap(),
            log,
            lines,
            closes_log,
        })
    }

    /// Reads the log on until a line holds `text`.
    #[track_caller]
    pub(super) fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + MAX_RUN;
        while !self.log.iter().any(|line| line.contains(text)) {
            assert!(Instant::now() < deadline, "no {text:?} in {:#?}", self.log);
            let line = self.lines.recv_timeout(Duration::from_secs(30));
            self.log.push(
                line.unwrap_or_else(|error| panic!("{error}: no {text:?} in {:#?}", self.log)),
            );
        }
    }

    /// Closes its standard error after the next line.
    pub(super) fn close_log(&self) {
        self.closes_log.store(true, Ordering::Relaxed);
    }

    pub(super) fn anonymous(&self) -> Client {
        Client::new(self.api)
    }

    /// The value of a metric as text.
    pub(super) async fn metric(&self, name: &str) -> String {
        let url = format!("http://{}/metrics", self.admin);
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        let name = format!("gatehouse_{name} ");
        let mut values = text.lines().filter_map(|line| line.strip_prefix(&name));
        values.next().unwrap().to_owned()
    }

    /// Ends it without warning, as a power cut would.
    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, as a container runtime does, and waits; whether it ended well.
    #[track_caller]
    pub(super) fn terminate(mut self) -> bool {
        self.ask_to_end();
        let deadline = Instant::now() + MAX_STOP;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        self.log.extend(self.lines.try_iter());
        panic!(
            "still running {MAX_STOP:?} after SIGTERM\n{}\n{:#?}",
            threads(self.child.id()),
            self.log
        );
    }

    /// Whether it ends well by itself within `patience`.
    pub(super) async fn ends_within(mut self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    /// Asks it to end, as a container runtime does.
    pub(super) fn ask_to_end(&self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        // Already gone where the test ended it.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn reading(stream: impl Read + Send + 'static, closes: Arc<AtomicBool>) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        // Reads on after nobody listens, so that the child never blocks on a full pipe.
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            drop(sender.send(line));
            if closes.load(Ordering::Relaxed) {
                break;
            }
        }
    });
    receiver
}

/// What each thread of a process does, as far as the system tells.
fn threads(pid: u32) -> String {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return String::from("its threads cannot be read here");
    };
    let state = |task: std::fs::DirEntry| {
        let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
        let (name, waits_in, call) = (read("comm"), read("wchan"), read("syscall"));
        let (name, call) = (name.trim(), call.trim());
        format!("{name} waits in {waits_in:?}, system call {call}")
    };
    tasks.flatten().map(state).collect::<Vec<_>>().join("\n")
}

fn address(line: &str, label: &str) -> Option<std::net::SocketAddr> {
    let (_, rest) = line.split_once(&format!("{label} "))?;
    rest.trim()
        .strip_prefix("http://")?
        .split('/')
        .next()?
        .parse()
        .ok()
}
