import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Waits until `condition` gives something; says what it was that did not come. */
export async function until<T>(what: string, condition: () => Promise<T | undefined | false>): Promise<T> {
  const limit = Date.now() + 20_000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > limit) throw new Error(`waited for twenty seconds: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A started program. */
export interface Running {
  stop(): Promise<void>;
}

/** Starts a program and waits until `address` answers. */
export async function start(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  address: string,
): Promise<Running> {
  const child: ChildProcess = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stdout?.on("data", (chunk) => (log += String(chunk)));
  child.stderr?.on("data", (chunk) => (log += String(chunk)));
  await until(`${command} at ${address}`, async () => {
    if (child.exitCode !== null) throw new Error(`${command} did not start:\n${log}`);
    return (await fetch(address).catch(() => undefined))?.ok;
  });
  return {
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once("exit", () => done());
        child.kill("SIGKILL");
      }),
  };
}
