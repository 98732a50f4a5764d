import { NextRequest, type NextResponse } from "next/server.js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGatehouseServer, type GatehouseServer } from "../../src/next/index.js";
import { openGate, type Gate } from "../support/gate.js";
import { startGatehouse, type Gatehouse } from "../support/gatehouse.js";
import { registered } from "../support/people.js";

let gatehouse: Gatehouse;
let gate: Gate;
let server: GatehouseServer;

beforeAll(async () => {
  gatehouse = await startGatehouse({ REUSE_INTERVAL: "0s" });
  gate = await openGate(gatehouse.url);
  server = createGatehouseServer({ url: gate.url, appUrl: gatehouse.appUrl, refreshAheadSeconds: 60, timeoutMs: 500 });
});
afterAll(async () => {
  await gate.close();
  await gatehouse.stop();
});
beforeEach(() => {
  gate.sent.length = 0;
  gate.mode = "open";
});

type Cookies = ReadonlyMap<string, string>;

function page(cookies: Cookies, headers: Record<string, string> = {}, path = "/account?tab=1"): NextRequest {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return new NextRequest(new URL(path, gatehouse.appUrl), { headers: { ...headers, cookie } });
}

/** What the request's server components see, by the way that Next.js hands headers over. */
function seen(response: NextResponse, name: string): string | null {
  return response.headers.get(`x-middleware-request-${name}`);
}

/** The cookies of somebody whose access token cannot be used any more. */
async function withoutAccess(): Promise<Map<string, string>> {
  const { browser } = await registered(gatehouse);
  browser.cookies.delete("gatehouse_access");
  return browser.cookies;
}

test("a token that lasts is left alone", async () => {
  const { browser } = await registered(gatehouse);
  const response = await server.proxy(page(browser.cookies));
  expect(gate.sent).toEqual([]);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(seen(response, "x-gatehouse-path")).toBe("/account?tab=1");
});

test("a token that is about to end is replaced, for the browser and for the request itself", async () => {
  const { browser } = await registered(gatehouse);
  const eager = createGatehouseServer({ url: gate.url, appUrl: gatehouse.appUrl, refreshAheadSeconds: 3_600 });
  const response = await eager.proxy(page(browser.cookies));
  expect(gate.sent).toEqual(["RefreshSession"]);
  const fresh = response.cookies.get("gatehouse_access")?.value ?? "";
  expect(fresh).not.toBe("");
  expect(fresh).not.toBe(browser.cookies.get("gatehouse_access"));
  expect(seen(response, "cookie")).toContain(`gatehouse_access=${fresh}`);
  expect(response.headers.getSetCookie().every((line) => /HttpOnly/.test(line) && /SameSite=Lax/i.test(line))).toBe(true);
});

test("five requests at the same moment, and one that comes late, share one rotation and its cookies", async () => {
  const cookies = await withoutAccess();
  const before = await gatehouse.metric("gatehouse_session_refreshes_total");
  const responses = await Promise.all(Array.from({ length: 5 }, () => server.proxy(page(cookies))));
  responses.push(await server.proxy(page(cookies)));
  const refreshTokens = new Set(responses.map((it) => it.cookies.get("gatehouse_refresh")?.value));
  expect(refreshTokens.size).toBe(1);
  expect([...refreshTokens][0]).not.toBe(cookies.get("gatehouse_refresh"));
  expect(gate.sent).toEqual(["RefreshSession"]);
  expect((await gatehouse.metric("gatehouse_session_refreshes_total")) - before).toBe(1);
});

test("what is no token is replaced like one that has ended", async () => {
  const { browser } = await registered(gatehouse);
  browser.cookies.set("gatehouse_access", "tampered");
  const response = await server.proxy(page(browser.cookies));
  expect(response.cookies.get("gatehouse_access")?.value).toMatch(/^ey/);
});

test("a session that is over is cleared from the browser and from the request", async () => {
  const { client, browser } = await registered(gatehouse);
  const old = new Map([["gatehouse_refresh", browser.cookies.get("gatehouse_refresh") ?? ""]]);
  await client.logout();
  const response = await server.proxy(page(old));
  expect(response.headers.getSetCookie().filter((line) => /max-age=0/i.test(line))).toHaveLength(2);
  expect(seen(response, "cookie") ?? "").not.toContain("gatehouse_refresh");
  expect(seen(response, "x-gatehouse-session-ended")).toBe("1");
});

test("with a service that does not answer in time the request goes on as it is", async () => {
  const cookies = await withoutAccess();
  gate.mode = "silent";
  const response = await server.proxy(page(cookies));
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(seen(response, "cookie")).toContain("gatehouse_refresh=");
  expect(seen(response, "x-gatehouse-refresh-failed")).toBe("timeout");
  gate.mode = "open";
  expect((await server.proxy(page(cookies))).cookies.get("gatehouse_access")?.value).toMatch(/^ey/);
});

test("a refresh that is refused for being one too many ends no session, and says how long to wait", async () => {
  const strict = await startGatehouse({ LIMIT_REFRESH: "1/1h" });
  try {
    const { browser } = await registered(strict);
    browser.cookies.delete("gatehouse_access");
    const limited = createGatehouseServer({ url: strict.url, appUrl: strict.appUrl });
    const first = await limited.proxy(page(browser.cookies));
    const newer = new Map([["gatehouse_refresh", first.cookies.get("gatehouse_refresh")?.value ?? ""]]);
    const second = await limited.proxy(page(newer));
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(seen(second, "x-gatehouse-refresh-failed")).toMatch(/^rateLimited;\d+$/);
  } finally {
    await strict.stop();
  }
});

test("a cookie that was emptied is none", async () => {
  const response = await server.proxy(page(new Map([["gatehouse_access", ""], ["gatehouse_refresh", ""]])));
  expect(gate.sent).toEqual([]);
  expect(seen(response, "x-gatehouse-session-ended")).toBeNull();
});

test("what a client says of the path and of its session does not count", async () => {
  const forged = {
    "x-gatehouse-path": "//evil.example",
    "x-gatehouse-session-ended": "1",
    "x-gatehouse-refresh-failed": "timeout",
  };
  const response = await server.proxy(page(new Map(), forged));
  expect(seen(response, "x-gatehouse-path")).toBe("/account?tab=1");
  expect(seen(response, "x-gatehouse-session-ended")).toBeNull();
  expect(seen(response, "x-gatehouse-refresh-failed")).toBeNull();
});

test("a cookie with a line break or a comma in it is not passed on", async () => {
  const request = page(new Map());
  request.cookies.set("gatehouse_refresh", "a\r\nx-evil: 1");
  await server.proxy(request);
  expect(gate.headers["x-evil"]).toBeUndefined();
  expect(gate.headers.cookie).toBeUndefined();
});

test("the server vouches for the visitor's address when it refreshes", async () => {
  const cookies = await withoutAccess();
  const vouching = createGatehouseServer({
    url: gate.url,
    appUrl: gatehouse.appUrl,
    frontEndSecret: "secret",
    clientAddress: { header: "x-real-ip" },
  });
  await vouching.proxy(page(cookies, { "x-real-ip": "192.0.2.7" }));
  expect(gate.sent).toEqual(["RefreshSession"]);
  expect([gate.headers["x-gatehouse-front-end"], gate.headers["x-gatehouse-client-address"]]).toEqual(["secret", "192.0.2.7"]);
});
