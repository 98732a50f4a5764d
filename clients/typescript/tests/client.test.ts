import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatehouseClient, LoginDocument, SessionsDocument, type LoginErrorCode } from "../src/index.js";
import { browserLike, sessionCookies } from "./support/browser.js";
import { freePort, startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered } from "./support/people.js";

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await startGatehouse({ ACCESS_TOKEN_TTL: "2s", TOKEN_LEEWAY: "0s", LIMIT_LOGIN: "5/1m" });
});
afterAll(() => gatehouse.stop());

/** Waits until the access token that was just handed out has run out. */
async function expired(ask: () => Promise<Response>): Promise<void> {
  await until(async () => (await (await ask()).text()).includes("UNAUTHENTICATED"));
}

function rawViewer(headers: Record<string, string>): Promise<Response> {
  return fetch(gatehouse.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: "{ me { id } }" }),
  });
}

const expiredCookie = (cookies: Map<string, string>): Promise<void> => {
  const token = cookies.get("gatehouse_access") ?? "";
  return expired(() => rawViewer({ authorization: `Bearer ${token}` }));
};

describe("with cookies", () => {
  test("whoever registers is signed in, and no token is in any payload", async () => {
    const { client, browser, email } = await registered(gatehouse);
    expect(client.state).toMatchObject({ status: "signedIn", viewer: { email } });
    expect([...browser.cookies.keys()].sort()).toEqual(["gatehouse_access", "gatehouse_device", "gatehouse_refresh"]);
    expect(await client.loadViewer()).toMatchObject({ ok: true, data: { email, name: "Ann" } });
  });

  test("logging out clears the cookies and says why nobody is signed in", async () => {
    const { client, browser } = await registered(gatehouse);
    const seen: string[] = [];
    client.subscribe((state) => seen.push(state.status));
    expect(await client.logout()).toMatchObject({ ok: true, payload: { loggedOut: true } });
    expect(client.state).toEqual({ status: "signedOut", reason: "loggedOut" });
    expect(sessionCookies(browser)).toHaveLength(0);
    expect(seen).toEqual(["signedOut"]);
    expect(await client.loadViewer()).toEqual({ ok: true, data: null });
  });

  test("a wrong password is a user error with a code to switch over", async () => {
    const { email } = await registered(gatehouse);
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch });
    const outcome = await client.login({ identifier: email, password: "not it at all" });
    if (outcome.ok || outcome.userErrors === undefined) throw new Error(JSON.stringify(outcome));
    const sentence = (code: LoginErrorCode): string => {
      switch (code) {
        case "INVALID_CREDENTIALS":
          return "no";
        case "ACCOUNT_LOCKED":
        case "EMAIL_NOT_VERIFIED":
        case "SECOND_FACTOR_REQUIRED":
        case "DELETION_PENDING":
          return "later";
      }
    };
    expect(outcome.userErrors.map(({ code }) => sentence(code))).toEqual(["no"]);
    expect(client.state.status).toBe("unknown");
  });

  test("twenty queries at the moment of expiry all succeed, after one refresh", async () => {
    const { client, browser } = await registered(gatehouse);
    await expiredCookie(browser.cookies);
    browser.sent.length = 0;
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => client.execute(SessionsDocument, {})));
    expect(outcomes.every((it) => it.ok)).toBe(true);
    expect(browser.sent.filter((it) => it === "RefreshSession")).toHaveLength(1);
    expect(client.state.status).toBe("signedIn");
  });

  test("a mutation that was refused at expiry is carried out, once", async () => {
    const { client, browser } = await registered(gatehouse);
    await expiredCookie(browser.cookies);
    const outcome = await client.updateProfile({ name: "Bea" });
    expect(outcome).toMatchObject({ ok: true, payload: { user: { name: "Bea" } } });
    expect(client.state).toMatchObject({ viewer: { name: "Bea" } });
  });

  test("a session that was ended elsewhere signs out, and says so", async () => {
    const { client, browser, email } = await registered(gatehouse);
    const other = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch });
    expect((await other.login({ identifier: email, password: PASSWORD })).ok).toBe(true);
    expect(await other.revokeOtherSessions()).toMatchObject({ ok: true, payload: { revokedSessionCount: 1 } });
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: false, error: { kind: "unauthenticated" } });
    expect(client.state).toEqual({ status: "signedOut", reason: "sessionEnded" });
    // Cleared later: those of a sign-in that took the session's place could be on their way.
    expect(sessionCookies(browser)).toHaveLength(2);
  });

  test("a request that is an object keeps its own headers beside the credentials", async () => {
    const { client, email } = await registered(gatehouse);
    const body = JSON.stringify({ query: "{ me { email } }" });
    const request = new Request(gatehouse.url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const answer = await client.fetch(request);
    expect(await answer.json()).toEqual({ data: { me: { email } } });
  });

  test.each(["memory", "cookie"] as const)("another address gets no credentials, with tokens in %s", async (tokens) => {
    const { email } = await registered(gatehouse);
    const seen: RequestInit[] = [];
    const send: typeof fetch = (input, init = {}) => {
      seen.push(init);
      return fetch(input, init);
    };
    const client = createGatehouseClient({ url: gatehouse.url, tokens, fetch: tokens === "memory" ? send : browserLike(gatehouse.appUrl, new Map(), send).fetch });
    expect((await client.login({ identifier: email, password: PASSWORD })).ok).toBe(true);
    const own = [gatehouse.url, `${gatehouse.url}?query={me{email}}`, new URL(gatehouse.url), new Request(gatehouse.url)];
    const others = [`${gatehouse.publicUrl}/graphql`, new URL("/other", gatehouse.url), `${gatehouse.url}/x`, new Request(`${gatehouse.url}2`)];
    const credentials = (init: RequestInit): unknown[] => {
      const headers = new Headers(init.headers);
      return [headers.has("authorization"), headers.has("x-gatehouse-tokens"), init.credentials];
    };
    seen.length = 0;
    for (const target of own) await client.fetch(target, { method: "POST" });
    for (const target of others) await client.fetch(target, { method: "POST" });
    const ours = tokens === "memory" ? [true, false, undefined] : [false, true, "include"];
    expect(seen.map(credentials)).toEqual([...own.map(() => ours), ...others.map(() => [false, false, undefined])]);
  });

  test("the secret of the device outlives a sign-out and goes along with the next sign-in", async () => {
    const bodies: string[] = [];
    const send: typeof fetch = (input, init) => {
      bodies.push(String(init?.body));
      return fetch(input, init);
    };
    const { email } = await registered(gatehouse);
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: send });
    const first = await client.login({ identifier: email, password: PASSWORD });
    const deviceToken = first.ok ? first.payload.tokens?.deviceToken : undefined;
    expect(deviceToken).toEqual(expect.any(String));
    expect(await client.refresh()).toBe("refreshed");
    await client.logout();
    await client.login({ identifier: email, password: PASSWORD });
    const variables = bodies.map((body) => (JSON.parse(body) as { variables: unknown }).variables);
    expect(variables.at(-1)).toEqual({ input: { identifier: email, password: PASSWORD, deviceToken } });
    expect(variables[0]).toEqual({ input: { identifier: email, password: PASSWORD } });
  });

  test("a page of another origin gets no cookies", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike("https://evil.example").fetch });
    const outcome = await client.login({ identifier: "ann@example.org", password: PASSWORD });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "forbidden" } });
  });
});

describe("with tokens in memory", () => {
  test("a program signs in, outlives its access token, and signs out", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    const email = "program@example.org";
    const outcome = await client.register({ email, password: PASSWORD });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    const token = outcome.payload.tokens?.accessToken ?? "";
    await expired(() => rawViewer({ authorization: `Bearer ${token}` }));
    expect(await client.loadViewer()).toMatchObject({ ok: true, data: { email } });
    expect((await client.logout()).ok).toBe(true);
    expect(await client.loadViewer()).toEqual({ ok: true, data: null });
  });

  test("proving the password again goes on with the new session, and a wrong one with the former", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    await client.register({ email: "proves@example.org", password: PASSWORD });
    const rejected = await client.reauthenticate({ currentPassword: "four blue saucers" });
    expect(rejected).toMatchObject({ ok: false, userErrors: [{ code: "CURRENT_PASSWORD_INCORRECT" }] });
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
    const proved = await client.reauthenticate({ currentPassword: PASSWORD });
    expect(proved).toMatchObject({ ok: true, payload: { validUntil: expect.any(String) } });
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
  });

  test("a change of the password goes on with the new session", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    await client.register({ email: "changes@example.org", password: PASSWORD });
    const change = { currentPassword: PASSWORD, newPassword: "four blue saucers" };
    expect((await client.changePassword(change)).ok).toBe(true);
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
  });
});

describe("when something is wrong with the service", () => {
  test("too many tries say how long to wait", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    const tries = Array.from({ length: 12 }, () =>
      client.execute(LoginDocument, { input: { identifier: "nobody@example.org", password: PASSWORD } }),
    );
    const refused = (await Promise.all(tries)).flatMap((it) => (it.ok ? [] : [it.error]));
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toMatchObject({ kind: "rateLimited", retryAfter: expect.any(Number) });
    }
  });

  test("a service that is away signs nobody out", async () => {
    const mine = await startGatehouse({ ACCESS_TOKEN_TTL: "1s", TOKEN_LEEWAY: "0s" });
    try {
      const { client, browser } = await registered(mine);
      await mine.kill();
      expect(await client.loadViewer()).toMatchObject({ ok: false, error: { kind: "unreachable" } });
      expect(await client.refresh()).toMatchObject({ kind: "unreachable" });
      expect(client.state.status).toBe("signedIn");
      expect(sessionCookies(browser)).toHaveLength(2);
      await mine.restart();
      await until(async () => (await client.loadViewer()).ok);
      expect(client.state.status).toBe("signedIn");
    } finally {
      await mine.stop();
    }
  });

  test("no answer in time, and being given up, are told apart", async () => {
    const { createServer } = await import("node:http");
    const port = await freePort();
    const silent = createServer(() => undefined).listen(port, "127.0.0.1");
    try {
      const client = createGatehouseClient({ url: `http://127.0.0.1:${port}/graphql`, tokens: "memory", timeoutMs: 100 });
      expect(await client.loadViewer()).toMatchObject({ error: { kind: "timeout" } });
      const patient = createGatehouseClient({ url: `http://127.0.0.1:${port}/graphql`, tokens: "memory" });
      const controller = new AbortController();
      const asked = patient.execute(SessionsDocument, {}, { signal: controller.signal });
      controller.abort();
      expect(await asked).toMatchObject({ error: { kind: "aborted" } });
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });
});
