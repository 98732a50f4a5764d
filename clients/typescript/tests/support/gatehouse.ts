import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** A service of a test's own, with a database and mails of its own. */
export interface Gatehouse {
  /** Its GraphQL address. */
  readonly url: string;
  /** Its public address: the issuer of its tokens. */
  readonly publicUrl: string;
  /** The origin of the front end whose cookies count. */
  readonly appUrl: string;
  /** Its folder. */
  readonly folder: string;
  /** One figure of its metrics, the sum over all labels that contain `labels`; 0 where there is none yet. */
  metric(name: string, labels?: string): Promise<number>;
  /** Runs one of its commands, such as `keys rotate`, with its settings. */
  command(...words: string[]): Promise<void>;
  /** What it has written to its log since it was started last. */
  log(): string;
  /** Ends it; the folder stays. */
  kill(): Promise<void>;
  /** Starts it again, on the same ports and the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

const BINARY = resolve(process.env["GATEHOUSE_BIN"] ?? join(import.meta.dirname, "../../../../target/debug/gatehouse"));

/** Starts a service with `settings`, names without `GATEHOUSE_`. Limits are off unless set. */
export async function startGatehouse(settings: Record<string, string> = {}): Promise<Gatehouse> {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: run "cargo build", or name one by GATEHOUSE_BIN`);
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-client-"));
  const [port, adminPort, appPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const publicUrl = `http://localhost:${port}`;
  const appUrl = settings["APP_URL"] ?? `http://localhost:${appPort}`;
  const off = ["REGISTER", "LOGIN", "REFRESH", "PASSWORD_CHECK", "MAIL"].flatMap((it) => [it, `${it}_NETWORK`]).concat("PROFILE", "SECOND_FACTOR", "RECIPIENT", "RECIPIENT_DAILY").map((it) => [`LIMIT_${it}`, "off"]);
  const chosen = {
    ...Object.fromEntries(off),
    LISTEN: `127.0.0.1:${port}`,
    ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    PUBLIC_URL: publicUrl,
    APP_URL: appUrl,
    WORKER_INTERVAL: "100ms",
    ...settings,
  };
  const env = { PATH: process.env["PATH"] ?? "" } as Record<string, string>;
  for (const [name, value] of Object.entries(chosen)) env[`GATEHOUSE_${name}`] = String(value);

  let child: ChildProcess;
  let log = "";
  const kill = (): Promise<void> =>
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once("exit", () => done());
      child.kill("SIGKILL");
    });
  const start = async (): Promise<void> => {
    child = spawn(BINARY, [], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    log = "";
    child.stderr?.on("data", (chunk) => (log += String(chunk)));
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`Gatehouse did not start:\n${log}`);
      return (await fetch(`http://127.0.0.1:${adminPort}/health/ready`).catch(() => undefined))?.ok;
    });
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    publicUrl,
    appUrl,
    folder,
    log: () => log,
    metric: async (name, labels = "") => {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      const lines = text.split("\n").filter((line) => line.startsWith(name) && line.includes(labels));
      return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    },
    command: async (...words) => void (await promisify(execFile)(BINARY, words, { cwd: folder, env })),
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until `condition` is true; throws what it throws, and after ten seconds. */
export async function until(condition: () => Promise<unknown> | unknown): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`waited for ten seconds: ${condition}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

