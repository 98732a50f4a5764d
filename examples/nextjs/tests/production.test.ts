import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "./support/processes.js";
import { openStage, PASSWORD, ready, signIn, type Stage } from "./support/stage.js";

let stage: Stage;
let proxy: Server;
let origin: string;
const folder = mkdtempSync(join(tmpdir(), "gatehouse-tls-"));

beforeAll(async () => {
  const port = await freePort();
  origin = `https://localhost:${port}`;
  stage = await openStage({
    PROFILE: "production",
    SECRET: randomBytes(32).toString("base64"),
    DATABASE_URL: `sqlite://${join(folder, "gatehouse.db")}?mode=rwc`,
    PUBLIC_URL: origin,
    APP_URL: origin,
    MAIL_FROM: "accounts@example.org",
  });
  proxy = await openProxy(port, stage.app);
});
afterAll(async () => {
  const { faults } = stage;
  await stage.close();
  proxy.closeAllConnections();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

/** What ends TLS in front of the application, as a load balancer does. Needs `openssl`, for a certificate. */
async function openProxy(port: number, target: string): Promise<Server> {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost", ...made], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
    const headers = { ...incoming.headers, "x-forwarded-host": incoming.headers.host, "x-forwarded-proto": "https" };
    const onward = request(new URL(incoming.url ?? "", target), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return server;
}

test("in production, behind TLS, the cookies are __Host- and secure, refresh, and go at sign-out", async () => {
  const email = "ann@example.org";
  const page = await stage.person({ baseURL: origin, ignoreHTTPSErrors: true });
  await page.goto("/register");
  await ready(page);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
  const kept = async (): Promise<string[]> => {
    const cookies = await page.context().cookies();
    expect(cookies.every(({ httpOnly, secure, sameSite, path }) => httpOnly && secure && sameSite === "Lax" && path === "/")).toBe(true);
    return cookies.map(({ name }) => name).sort();
  };
  expect(await kept()).toEqual(["__Host-gatehouse_access", "__Host-gatehouse_device", "__Host-gatehouse_refresh"]);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  // To everybody who looks at the cookies the access token has run out.
  await page.context().clearCookies({ name: "__Host-gatehouse_access" });
  await page.goto("/account/sessions");
  await page.getByText("This device").waitFor();
  expect(await kept()).toEqual(["__Host-gatehouse_access", "__Host-gatehouse_device", "__Host-gatehouse_refresh"]);
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL("**/login");
  expect(await kept()).toEqual(["__Host-gatehouse_device"]);
  await signIn(page, email);
  await page.waitForURL("**/account");
  expect(await kept()).toEqual(["__Host-gatehouse_access", "__Host-gatehouse_device", "__Host-gatehouse_refresh"]);
});

test("without JavaScript forms work behind TLS, too", async () => {
  const page = await stage.person({ baseURL: origin, ignoreHTTPSErrors: true, javaScriptEnabled: false });
  await page.goto("/login?next=/account/profile");
  await page.getByLabel("Email or username").fill(await stage.account());
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account/profile");
});
