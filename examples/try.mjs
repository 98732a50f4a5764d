// Tests an application built after docs/integrate/nextjs.md (nextjs-minimal or nextjs-by-hand) in Chromium, against its own Gatehouse:
//   node examples/try.mjs FOLDER
// Needs `npx next build` in FOLDER, `cargo build`, Debian's chromium, and `npm ci` in examples/nextjs for playwright-core.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";

const root = resolve(import.meta.dirname, "..");
const { chromium } = createRequire(join(root, "examples/nextjs/package.json"))("playwright-core");
const [, , folder] = process.argv;
const PASSWORD = "three green kettles";
const TOKEN_SECONDS = 6;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

async function answers(url) {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

async function register(service, input) {
  const query = "mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }";
  const body = JSON.stringify({ query, variables: { input } });
  await fetch(`${service}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
}

async function tryOut(app, service) {
  const input = { email: "ann@example.org", password: PASSWORD, name: "Ann" };
  await register(service, input);
  await register(service, { ...input, email: "bob@example.org", name: "Bob" });

  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await browser.newContext({ baseURL: app });
    const page = await context.newPage();
    await page.goto("/?x=1");
    await page.waitForURL("**/login?next=%2F%3Fx%3D1");
    await page.getByLabel("Email or username").fill(input.email);
    await page.getByLabel("Password").fill("not it at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The email address, username or password is incorrect.").waitFor();
    assert.equal(await page.getByLabel("Email or username").inputValue(), input.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${app}/?x=1`);
    await page.getByText("this device").waitFor();
    const cookies = await context.cookies();
    assert.ok(cookies.length >= 2);
    for (const { name, httpOnly, sameSite } of cookies) assert.deepEqual([name, httpOnly, sameSite], [name, true, "Lax"]);

    await new Promise((done) => setTimeout(done, (TOKEN_SECONDS + 1) * 1_000));
    const tabs = [page, await context.newPage(), await context.newPage()];
    await Promise.all(tabs.map((tab) => tab.goto("/")));
    for (const tab of tabs) await tab.getByText("this device").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    // The device token outlives the session.
    const left = (await context.cookies()).filter(({ name }) => !name.endsWith("device"));
    assert.deepEqual(left, []);
    // The page is not loaded anew in between, and what was asked for Ann is not shown to Bob.
    await page.getByLabel("Email or username").fill("bob@example.org");
    await page.getByLabel("Password").fill(PASSWORD);
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === "/api/graphql");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Hello, Bob" }).waitFor();
    await asked;
    await page.getByText("this device").waitFor();
  } finally {
    await browser.close();
  }
}

const [servicePort, adminPort, appPort] = [await freePort(), await freePort(), await freePort()];
const [service, app] = [`http://127.0.0.1:${servicePort}`, `http://localhost:${appPort}`];
const data = mkdtempSync(join(tmpdir(), "gatehouse-integration-"));
const gatehouse = spawn(join(root, "target/debug/gatehouse"), [], {
  cwd: data,
  stdio: "ignore",
  env: {
    PATH: process.env.PATH,
    GATEHOUSE_LISTEN: `127.0.0.1:${servicePort}`,
    GATEHOUSE_ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    GATEHOUSE_APP_URL: app,
    GATEHOUSE_ACCESS_TOKEN_TTL: `${TOKEN_SECONDS}s`,
    GATEHOUSE_TOKEN_LEEWAY: "0s",
  },
});
const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--port", String(appPort)], {
  cwd: resolve(folder),
  stdio: "ignore",
  env: { PATH: process.env.PATH, GATEHOUSE_URL: `${service}/graphql`, APP_URL: app, NEXT_TELEMETRY_DISABLED: "1" },
});
try {
  await answers(`http://127.0.0.1:${adminPort}/health/ready`);
  await answers(`${app}/login`);
  await tryOut(app, service);
  console.log(`${folder}: a sign-in, three tabs at the moment of expiry, a sign-out and somebody else's sign-in went well`);
} finally {
  gatehouse.kill();
  next.kill();
  rmSync(data, { recursive: true, force: true });
}
