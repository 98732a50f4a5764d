import { execFile, spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "./gatehouse.js";

const PACKAGE = join(import.meta.dirname, "../..");
const APP = join(PACKAGE, "tests/next/app");
const INSTALLED = join(APP, "node_modules/@gatehouse/client");
const NEXT = join(PACKAGE, "node_modules/next/dist/bin/next");
const QUIET = { NEXT_TELEMETRY_DISABLED: "1" };
const run = promisify(execFile);

/** An application that runs as it would in production. */
export interface NextApp {
  stop(): Promise<void>;
}

/** Builds the package, installs it into the application as it would be published, and builds that. */
export async function buildNextApp(): Promise<void> {
  rmSync(INSTALLED, { recursive: true, force: true });
  const compiler = join(PACKAGE, "node_modules/typescript/bin/tsc");
  await succeed([compiler, "-p", join(PACKAGE, "tsconfig.build.json"), "--outDir", join(INSTALLED, "dist")]);
  cpSync(join(PACKAGE, "package.json"), join(INSTALLED, "package.json"));
  await succeed([NEXT, "build", APP]);
}

/** Starts it at `appUrl`, with `settings` in its environment. */
export async function startNextApp(appUrl: string, settings: Record<string, string>): Promise<NextApp> {
  const { port } = new URL(appUrl);
  const env = { ...process.env, ...QUIET, ...settings, APP_URL: appUrl, NODE_ENV: "production" as const };
  const child = spawn(process.execPath, [NEXT, "start", APP, "--port", port], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk) => (log += String(chunk)));
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The application did not start:\n${log}`);
    return (await fetch(new URL("/login", appUrl)).catch(() => undefined))?.ok;
  });
  return {
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null) return done();
        child.once("exit", () => done());
        child.kill("SIGKILL");
      }),
  };
}

async function succeed(command: readonly string[]): Promise<void> {
  const env = { ...process.env, ...QUIET, NODE_ENV: "production" as const };
  await run(process.execPath, command, { cwd: PACKAGE, env }).catch((failed: { stdout: string; stderr: string }) => {
    throw new Error(`${command.join(" ")}:\n${failed.stdout}${failed.stderr}`);
  });
}
