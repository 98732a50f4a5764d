import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserLike, sessionCookies, type BrowserLike } from "../support/browser.js";
import { openGate, type Gate } from "../support/gate.js";
import { startGatehouse, until, type Gatehouse } from "../support/gatehouse.js";
import { buildNextApp, startNextApp, type NextApp } from "../support/next-app.js";
import { PASSWORD, registered } from "../support/people.js";
import { startSharedCache, type SharedCache } from "../support/shared-cache.js";

let gatehouse: Gatehouse;
let gate: Gate;
let app: NextApp;

beforeAll(async () => {
  [gatehouse] = await Promise.all([startGatehouse(), buildNextApp()]);
  gate = await openGate(gatehouse.url);
  app = await startNextApp(gatehouse.appUrl, { GATEHOUSE_URL: gate.url });
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await gate?.close();
  await gatehouse?.stop();
});
beforeEach(() => {
  gate.sent.length = 0;
  gate.mode = "open";
});

const refreshes = (): number => gate.sent.filter((it) => it === "RefreshSession").length;

function visit(browser: BrowserLike, path: string, init: RequestInit = {}): Promise<Response> {
  return browser.fetch(new URL(path, gatehouse.appUrl), { credentials: "include", redirect: "manual", ...init });
}

/** Sends a form as a browser without scripts does. */
async function submit(browser: BrowserLike, path: string, id: string, fields: Record<string, string>): Promise<Response> {
  const page = await (await visit(browser, path)).text();
  const form = new RegExp(`<form[^>]* id="${id}"[^>]*>(.*?)</form>`, "s").exec(page)?.[1];
  if (form === undefined) throw new Error(`no form ${id} in ${page}`);
  const body = new FormData();
  for (const [, name = "", value = ""] of form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)) {
    body.set(name, value.replaceAll("&quot;", '"'));
  }
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return visit(browser, path, { method: "POST", body });
}

describe("at the moment of expiry", () => {
  test("five pages of five components each show the viewer, after one rotation", async () => {
    const { browser, email } = await registered(gatehouse);
    const old = browser.cookies.get("gatehouse_refresh");
    browser.cookies.delete("gatehouse_access");
    const before = await gatehouse.metric("gatehouse_session_refreshes_total");
    const pages = await Promise.all([1, 2, 3, 4, 5].map(async () => (await visit(browser, "/")).text()));
    for (const page of pages) {
      expect(page.match(/(?<=<p>)part-\d:[^<]*/g)).toEqual([1, 2, 3, 4, 5].map((id) => `part-${id}:${email}:1`));
    }
    expect(refreshes()).toBe(1);
    expect((await gatehouse.metric("gatehouse_session_refreshes_total")) - before).toBe(1);
    expect(browser.cookies.get("gatehouse_refresh")).not.toBe(old);
    expect(gate.sent.filter((it) => it === "Viewer")).toHaveLength(5);
  });

  test("an operation of a route that has no proxy in front is carried out after a refresh", async () => {
    const { browser } = await registered(gatehouse);
    browser.cookies.delete("gatehouse_access");
    const answer = await visit(browser, "/api/name", { method: "POST", body: "Bea" });
    expect(await answer.json()).toMatchObject({ ok: true, data: { updateProfile: { user: { name: "Bea" } } } });
    expect(gate.sent).toEqual(["UpdateProfile", "RefreshSession", "UpdateProfile"]);
    expect(await (await visit(browser, "/account")).text()).toContain("name:Bea");
  });
});

describe("behind a shared cache", () => {
  let cache: SharedCache;
  beforeAll(async () => {
    cache = await startSharedCache(gatehouse.appUrl);
  });
  afterAll(() => cache?.stop());

  /** Somebody whose access token has ended, and whose cookies are renewed or cleared. */
  const returning = async (session: "active" | "invalid"): Promise<BrowserLike> => {
    const { browser } = await registered(gatehouse);
    browser.cookies.delete("gatehouse_access");
    if (session === "invalid") browser.cookies.set("gatehouse_refresh", "invalid");
    return browser;
  };
  const load = async (path: string, headers: Record<string, string>, browser = browserLike(gatehouse.appUrl)) => {
    const answer = await browser.fetch(new URL(path, cache.url), { credentials: "include", redirect: "manual", headers });
    await answer.text();
    return answer;
  };
  /** Where Next.js serves what is meant: it redirects where `_rsc` does not go with the headers. */
  const located = async (path: string, headers: Record<string, string>): Promise<string> =>
    (await load(path, headers)).headers.get("location") ?? path;
  const isHit = (answer: Response): boolean => /^(HIT|REVALIDATE)/.test(answer.headers.get("x-cache") ?? "");

  const KINDS = {
    page: { accept: "text/html" },
    navigation: { rsc: "1" },
    prefetch: { rsc: "1", "next-router-prefetch": "1" },
    "prefetch of a segment": { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  } as const;
  const cases = (["/static", "/isr"] as const).flatMap((page) =>
    (["active", "invalid"] as const).flatMap((session) =>
      (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((kind) => ({ page, session, kind })),
    ),
  );

  test.each(cases)("the cookies of an $session session reach nobody else with the $kind of $page", async ({ page, session, kind }) => {
    const headers = KINDS[kind];
    const stored = await located(`${page}?case=${encodeURIComponent(`${session} ${kind}`)}`, headers);
    const path = `${stored}&another`;
    const first = await load(path, headers, await returning(session));
    expect(first.headers.getSetCookie()).toHaveLength(2);
    expect(first.headers.get("cache-control")).toBe("private, no-store");
    const second = await load(path, headers);
    expect([second.headers.getSetCookie(), isHit(second)]).toEqual([[], false]);
    // What sets no cookie is stored as before.
    expect(second.headers.get("cache-control")).toContain("s-maxage=");
    // The cache may still be writing when the answer is read.
    await expect.poll(async () => isHit(await load(path, headers)), { timeout: 5_000 }).toBe(true);
  });

  test.each(["active", "invalid"] as const)("nor do those of an %s session with a redirect", async (session) => {
    const path = `/static?case=redirect-${session}`;
    const first = await load(path, { rsc: "1" }, await returning(session));
    expect([first.status, first.headers.getSetCookie().length]).toEqual([307, 2]);
    expect(first.headers.get("cache-control")).toBe("private, no-store");
    const second = await load(path, { rsc: "1" });
    expect([second.headers.getSetCookie(), isHit(second)]).toEqual([[], false]);
  });

  test("nor do they with an answer without a body, which says that a stored page is still valid", async () => {
    const stored = await visit(browserLike(gatehouse.appUrl), "/static");
    // Node's own `fetch` adds `no-cache` unless told what is asked for, and then nothing is valid.
    const condition = { "if-none-match": stored.headers.get("etag") ?? "", "cache-control": "max-age=0", pragma: "" };
    expect((await visit(browserLike(gatehouse.appUrl), "/static", { headers: condition })).status).toBe(304);
    const answer = await visit(await returning("active"), "/static", { headers: condition });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
  });
});

describe("who is not signed in", () => {
  test("is sent to the login page, whatever the request says of the way back", async () => {
    const headers = { "x-gatehouse-path": "//evil.example", "x-gatehouse-refresh-failed": "unreachable" };
    const answer = await visit(browserLike(gatehouse.appUrl), "/account?tab=1", { headers });
    expect([answer.status, answer.headers.get("location")]).toEqual([307, "/login?next=%2Faccount%3Ftab%3D1"]);
  });

  test("any more, is told so", async () => {
    const { client, browser } = await registered(gatehouse);
    const stale = browserLike(gatehouse.appUrl, new Map(browser.cookies));
    stale.cookies.set("gatehouse_access", "tampered");
    await client.logout();
    const answer = await visit(stale, "/account");
    expect(answer.headers.get("location")).toBe("/login?next=%2Faccount&reason=session-ended");
    // Those of a sign-in that took the session's place may be on their way.
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test("and never was with these cookies, has none left", async () => {
    const stale = browserLike(gatehouse.appUrl, new Map([["gatehouse_refresh", "invalid"]]));
    await visit(stale, "/account");
    expect(sessionCookies(stale)).toHaveLength(0);
  });
});

describe("with a service that is away", () => {
  test("nobody seems signed out: a page says what is wrong, and all is well when the service is back", async () => {
    const { browser, email } = await registered(gatehouse);
    browser.cookies.delete("gatehouse_access");
    gate.mode = "shut";
    expect(await (await visit(browser, "/")).text()).toContain("part-1:unreachable:");
    const answer = await visit(browser, "/account");
    expect([answer.status, answer.headers.get("location")]).toEqual([500, null]);
    // By this, `failureOf` tells `error.tsx` in the browser which error it was.
    expect(await answer.text()).toContain("gatehouse:unreachable");
    expect(browser.cookies.has("gatehouse_refresh")).toBe(true);
    gate.mode = "open";
    expect(await (await visit(browser, "/")).text()).toContain(`part-1:${email}:1`);
  });
});

describe("the server's helpers", () => {
  test("sign somebody in only after a refresh that a page has begun", async () => {
    const [before, { email }] = [await registered(gatehouse), await registered(gatehouse)];
    const browser = browserLike(gatehouse.appUrl, new Map(before.browser.cookies));
    browser.cookies.delete("gatehouse_access");
    const letGo = gate.hold("RefreshSession");
    const page = visit(browser, "/");
    await until(() => gate.sent.includes("RefreshSession"));
    const body = JSON.stringify({ identifier: email, password: PASSWORD });
    const signingIn = visit(browser, "/api/login", { method: "POST", body });
    await new Promise((done) => setTimeout(done, 150));
    expect(gate.sent).not.toContain("Login");
    letGo();
    await Promise.all([page, signingIn]);
    expect(gate.sent).toContain("Login");
  });

  test("pass on by which cookie the service knows the device", async () => {
    const { email } = await registered(gatehouse);
    const browser = browserLike(gatehouse.appUrl, new Map([["gatehouse_device", "known"]]));
    const body = JSON.stringify({ identifier: email, password: PASSWORD });
    expect(await (await visit(browser, "/api/login", { method: "POST", body })).json()).toMatchObject({ ok: true });
    expect(gate.headers.cookie).toContain("gatehouse_device=known");
    await submit(browser, "/account", "logout", {});
    expect(browser.cookies.has("gatehouse_device")).toBe(true);
    expect(browser.cookies.has("gatehouse_refresh")).toBe(false);
  });
});

describe("server actions", () => {
  test("sign in, change something and sign out, without scripts", async () => {
    const { email } = await registered(gatehouse);
    const browser = browserLike(gatehouse.appUrl);
    await submit(browser, "/login", "login", { identifier: email, password: PASSWORD });
    expect([...browser.cookies.keys()].sort()).toEqual(["gatehouse_access", "gatehouse_device", "gatehouse_refresh"]);
    await submit(browser, "/account", "rename", { name: "Cleo" });
    expect(await (await visit(browser, "/account")).text()).toContain("name:Cleo");
    await submit(browser, "/account", "logout", {});
    expect(sessionCookies(browser)).toHaveLength(0);
    expect((await visit(browser, "/account")).status).toBe(307);
  });
});

test("an application whose address Gatehouse does not know finds that in its log, with the setting that is wrong", async () => {
  const other = await startGatehouse();
  const elsewhere = await startNextApp(other.appUrl, { GATEHOUSE_URL: gatehouse.url });
  try {
    await browserLike(other.appUrl).fetch(new URL("/api/name", other.appUrl), { method: "POST", body: "Eve" });
    await until(() => elsewhere.log().includes("Gatehouse (forbidden): Cookies are for the front ends alone: those of GATEHOUSE_APP_URL"));
  } finally {
    await elsewhere.stop();
    await other.stop();
  }
});

describe("a page of another origin", () => {
  const rename = (browser: BrowserLike, headers: Record<string, string>): Promise<Response> =>
    visit(browser, "/api/name", { method: "POST", body: "Eve", headers });

  test("has nothing done, not even from the same site", async () => {
    const { browser } = await registered(gatehouse);
    const neighbour = browserLike("http://evil.localhost", browser.cookies);
    const sandboxed = browserLike("null", browser.cookies);
    for (const answer of [
      await rename(neighbour, { "sec-fetch-site": "same-site" }),
      await rename(neighbour, {}),
      await rename(sandboxed, { "sec-fetch-site": "cross-site" }),
      await rename(sandboxed, {}),
    ]) {
      expect(await answer.json()).toMatchObject({ ok: false, error: { kind: "forbidden" } });
    }
    expect(gate.sent).toEqual([]);
  });

  test("is told apart from a page of the application's that keeps its address to itself", async () => {
    const { browser } = await registered(gatehouse);
    const quiet = browserLike("null", browser.cookies);
    expect(await (await rename(quiet, { "sec-fetch-site": "same-origin" })).json()).toMatchObject({ ok: true });
  });
});

test("the route handler answers as the service does, with both cookies and the browser's address passed on", async () => {
  const { email } = await registered(gatehouse);
  const query = "mutation Login($input: LoginInput!) { login(input: $input) { user { email } } }";
  const body = JSON.stringify({ query, variables: { input: { identifier: email, password: PASSWORD } } });
  const browser = browserLike(gatehouse.appUrl);
  const headers = { "content-type": "application/json", "x-gatehouse-tokens": "cookie" };
  const answer = await visit(browser, "/api/graphql", { method: "POST", body, headers });
  expect(await answer.json()).toMatchObject({ data: { login: { user: { email } } } });
  expect([...browser.cookies.keys()].sort()).toEqual(["gatehouse_access", "gatehouse_device", "gatehouse_refresh"]);
  expect(gate.headers["x-forwarded-for"]).toMatch(/127\.0\.0\.1|::1/);
});
