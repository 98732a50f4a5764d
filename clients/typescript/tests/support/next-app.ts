import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { until } from "./gatehouse.js";
import { compile, PACKAGE, succeed } from "./package.js";

const APP = join(PACKAGE, "tests/next/app");
const INSTALLED = join(APP, "node_modules/@gatehouse/client");
const NEXT = join(PACKAGE, "node_modules/next/dist/bin/next");
const PRODUCTION = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

/** An application that runs as it would in production. */
export interface NextApp {
  /** What it has written to its log. */
  log(): string;
  stop(): Promise<void>;
}

/** Builds the package, installs it into the application as it would be published, and builds that. */
export async function buildNextApp(): Promise<void> {
  rmSync(INSTALLED, { recursive: true, force: true });
  await compile(join(INSTALLED, "dist"));
  cpSync(join(PACKAGE, "package.json"), join(INSTALLED, "package.json"));
  await succeed([NEXT, "build", APP], PRODUCTION);
}

/** Starts it at `appUrl`, with `settings` in its environment. */
export async function startNextApp(appUrl: string, settings: Record<string, string>): Promise<NextApp> {
  const { port } = new URL(appUrl);
  const env = { ...process.env, ...PRODUCTION, ...settings, APP_URL: appUrl };
  const child = spawn(process.execPath, [NEXT, "start", APP, "--port", port], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk) => (log += String(chunk)));
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The application did not start:\n${log}`);
    return (await fetch(new URL("/login", appUrl)).catch(() => undefined))?.ok;
  });
  return {
    log: () => log,
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null) return done();
        child.once("exit", () => done());
        child.kill("SIGKILL");
      }),
  };
}
