import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { openGate, type Gate } from "./gate.js";
import { freePort, start, until } from "./processes.js";

const APPLICATION = resolve(import.meta.dirname, "../..");
const GATEHOUSE = resolve(process.env["GATEHOUSE_BIN"] ?? join(APPLICATION, "../../target/debug/gatehouse"));
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const PASSWORD = "three green kettles";

/** A Gatehouse, the built application in front of it, and a browser. */
export interface Stage {
  /** The application's address. */
  readonly app: string;
  readonly gate: Gate;
  /** What went wrong in pages: errors of scripts, and what the content security policy refused. */
  readonly faults: string[];
  /** A browser of its own, with no cookies. */
  person(options?: BrowserContextOptions): Promise<Page>;
  /** Somebody who has just registered by the service's API: the address. */
  account(): Promise<string>;
  /** Executes an operation with `input` at the service, and returns its data. */
  ask<TData>(query: string, input: object, accessToken?: string): Promise<TData>;
  /** Somebody signed in by the form. */
  signedIn(email: string, options?: BrowserContextOptions): Promise<Page>;
  /** The newest link to `path` that was mailed to `email`. */
  mailedLink(email: string, path: string): Promise<string>;
  /** Lets the time of every link run out that was mailed so far. Needs Python, for the database. */
  outliveLinks(): void;
  /** Lets the waits end that scheduled removals of second factors have. Needs Python, too. */
  endRemovalWaits(): void;
  /** Lets an hour pass since everybody was authenticated, and this browser refresh its access token. Needs Python, too. */
  age(page: Page): Promise<void>;
  close(): Promise<void>;
}

let accounts = 0;

/** Sets one up; `settings` are those of the service, without `GATEHOUSE_`. `APP_URL` is the application's, too. */
export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  need(GATEHOUSE, "run `cargo build` in the repository's root, or name one by GATEHOUSE_BIN");
  need(join(APPLICATION, ".next/BUILD_ID"), "run `npm run build` first");
  need(CHROMIUM, "install Debian's package chromium, or name a browser by CHROMIUM");
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-example-"));
  const [port, adminPort, appPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const [service, app] = [`http://127.0.0.1:${port}`, `http://localhost:${appPort}`];
  const limits = ["REGISTER", "LOGIN", "REFRESH", "PASSWORD_CHECK", "MAIL"].flatMap((it) => [it, `${it}_NETWORK`]).concat("PROFILE", "SECOND_FACTOR", "RECIPIENT", "RECIPIENT_DAILY").map((it) => [`LIMIT_${it}`, "off"]);
  const chosen: Record<string, string> = {
    ...Object.fromEntries(limits),
    LISTEN: `127.0.0.1:${port}`,
    ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    PUBLIC_URL: `http://localhost:${port}`,
    APP_URL: app,
    WORKER_INTERVAL: "100ms",
    ...settings,
  };
  const path = { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" as const };
  const env = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name === "DATABASE_URL" ? name : `GATEHOUSE_${name}`, value]));
  const gatehouse = await start(GATEHOUSE, [], { cwd: folder, env: { ...path, ...env } }, `http://127.0.0.1:${adminPort}/health/ready`);
  const gate = await openGate(`${service}/graphql`);
  const next = await start(
    process.execPath,
    ["node_modules/next/dist/bin/next", "start", "--port", String(appPort)],
    { cwd: APPLICATION, env: { ...path, NEXT_TELEMETRY_DISABLED: "1", GATEHOUSE_URL: gate.url, APP_URL: chosen["APP_URL"] } as NodeJS.ProcessEnv },
    `${app}/forgot-password`,
  );
  const browser = await launch();
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];

  const person = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ baseURL: app, ...options });
    contexts.push(context);
    context.setDefaultTimeout(10_000);
    context.on("weberror", (error) => faults.push(String(error.error())));
    context.on("console", (message) => {
      // A network that is away, and answers that refuse, are what some tests are about.
      if (message.type() === "error" && !/Failed to load resource|net::/.test(message.text())) faults.push(message.text());
    });
    return context.newPage();
  };
  const ask: Stage["ask"] = async (query, input, accessToken) => {
    const headers = { "content-type": "application/json", ...(accessToken && { authorization: `Bearer ${accessToken}` }) };
    const body = JSON.stringify({ query, variables: { input } });
    const answer = await (await fetch(`${service}/graphql`, { method: "POST", headers, body })).json();
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  const account = async (): Promise<string> => {
    accounts += 1;
    const email = `person-${accounts}@example.org`;
    const query = "mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }";
    const data = await ask<{ register: { userErrors: object[] } }>(query, { email, password: PASSWORD, name: "Ann" });
    if (data.register.userErrors.length > 0) throw new Error(JSON.stringify(data));
    return email;
  };
  const signedIn = async (email: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await person(options);
    await page.goto("/login");
    await signIn(page, email);
    await page.waitForURL("**/account");
    return page;
  };
  const mailedLink = (email: string, target: string): Promise<string> =>
    until(`a mail to ${email} with a link to ${target}`, async () => {
      const mails = (await (await fetch(`${service}/dev/mail/messages`)).json()) as { to: string; links: string[] }[];
      const mail = mails.find(({ to, links }) => to.includes(email) && links.some((link) => link.includes(target)));
      return mail?.links.find((link) => link.includes(target));
    });
  const change = (statement: string): void => {
    const script = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit()";
    execFileSync("python3", ["-c", script, join(folder, "data/gatehouse.db"), statement]);
  };
  const outliveLinks = (): void => change("UPDATE one_time_tokens SET expires_at = created_at");
  const endRemovalWaits = (): void => change("UPDATE factor_removals SET scheduled_for = requested_at");
  const age = async (page: Page): Promise<void> => {
    change("UPDATE sessions SET authenticated_at = strftime('%Y-%m-%dT%H:%M:%f+00:00', coalesce(authenticated_at, created_at), '-1 hour')");
    await page.context().clearCookies({ name: "gatehouse_access" });
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await next.stop();
    await gate.close();
    await gatehouse.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, gate, faults, person, account, ask, signedIn, mailedLink, outliveLinks, endRemovalWaits, age, close };
}

/** Fills the sign-in form and sends it. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await ready(page);
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Waits until scripts have taken the form over: not for a browser without JavaScript. */
export async function ready(page: Page): Promise<void> {
  await page.locator("main form[data-ready=true]").first().waitFor();
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function need(file: string, remedy: string): void {
  if (!existsSync(file)) throw new Error(`${file} is missing: ${remedy}`);
}
