import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { gatehouseErrorOf as apolloErrorOf } from "../src/apollo/index.js";
import {
  createGatehouseClient,
  isSafeToRetry,
  memoryStorage,
  SessionsDocument,
  ViewerDocument,
  type GatehouseClient,
  type Tokens,
  type TokenStorage,
} from "../src/index.js";
import { createGatehouseServer } from "../src/next/index.js";
import { startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD } from "./support/people.js";

let gatehouse: Gatehouse;
let stub: Server;
let answer: (response: ServerResponse) => void;
let asked = 0;

beforeAll(async () => {
  gatehouse = await startGatehouse({ ACCESS_TOKEN_TTL: "1s", TOKEN_LEEWAY: "0s" });
  stub = createServer((_, response) => {
    asked += 1;
    answer(response);
  });
  await new Promise<void>((done) => stub.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  stub.closeAllConnections();
  stub.close();
  await gatehouse.stop();
});
beforeEach(() => {
  asked = 0;
});

const stubUrl = (): string => `http://127.0.0.1:${(stub.address() as AddressInfo).port}/graphql`;
const silent = (): void => undefined;
const NO_VIEWER = JSON.stringify({ data: { me: null } });
const viewerOf = async (client: GatehouseClient): Promise<unknown> => client.execute(ViewerDocument, {});

describe("on a platform without AbortSignal.timeout, AbortSignal.any, URL.canParse and DOMException", () => {
  const { timeout, any } = AbortSignal;
  const { canParse } = URL;
  const { DOMException: exception } = globalThis;
  beforeEach(() => {
    Reflect.deleteProperty(AbortSignal, "timeout");
    Reflect.deleteProperty(AbortSignal, "any");
    Reflect.deleteProperty(URL, "canParse");
    Reflect.deleteProperty(globalThis, "DOMException");
  });
  afterEach(() => {
    Object.assign(AbortSignal, { timeout, any });
    Object.assign(URL, { canParse });
    Object.assign(globalThis, { DOMException: exception });
  });

  test("a program signs in, refreshes and signs out", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    const email = "phone@example.org";
    expect(await client.register({ email, password: PASSWORD })).toMatchObject({ ok: true });
    expect(await client.refresh()).toBe("refreshed");
    const { signal } = new AbortController();
    expect(await client.execute(SessionsDocument, {}, { signal })).toMatchObject({ ok: true });
    expect(await client.logout()).toMatchObject({ ok: true });
  });

  test("a time limit and a signal still end a request", async () => {
    answer = silent;
    const client = createGatehouseClient({ url: stubUrl(), tokens: "memory", timeoutMs: 100 });
    expect(await viewerOf(client)).toMatchObject({ error: { kind: "timeout" } });
    const controller = new AbortController();
    const patient = createGatehouseClient({ url: stubUrl(), tokens: "memory" });
    const execution = patient.execute(ViewerDocument, {}, { signal: controller.signal });
    controller.abort();
    expect(await execution).toMatchObject({ error: { kind: "aborted" } });
    expect(await patient.execute(ViewerDocument, {}, { signal: controller.signal })).toMatchObject({ error: { kind: "aborted" } });
  });

  test("the route of a Next.js application passes requests on, and ends late ones", async () => {
    const request = (): Request =>
      new Request("http://localhost:3000/api/graphql", { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    answer = (response) => void response.writeHead(200, { "content-type": "application/json" }).end(NO_VIEWER);
    const server = createGatehouseServer({ url: stubUrl(), appUrl: "http://localhost:3000", timeoutMs: 100 });
    expect(await (await server.handler.POST(request())).json()).toEqual({ data: { me: null } });
    answer = silent;
    expect((await server.handler.POST(request())).status).toBe(504);
  });
});

describe("a fault of the program", () => {
  const failing = (thrown: unknown): GatehouseClient =>
    createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: () => Promise.reject(thrown) });

  test.each([
    new TypeError("AbortSignal.timeout is not a function"),
    new TypeError("undefined is not a function"),
    new TypeError("Cannot read properties of undefined (reading 'get')"),
    new ReferenceError("DOMException is not defined"),
    new ReferenceError("Property 'DOMException' doesn't exist"),
    new ReferenceError("Can't find variable: DOMException"),
  ])("is not reported as a service that cannot be reached: %s", async (thrown) => {
    const outcome = await failing(thrown).execute(ViewerDocument, {});
    expect(outcome).toMatchObject({ ok: false, error: { kind: "unexpected", status: 0 } });
    expect(JSON.stringify(outcome)).toContain(thrown.message);
    expect(apolloErrorOf(thrown)).toMatchObject({ kind: "unexpected" });
  });

  test.each([
    new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }),
    new TypeError("Failed to fetch"),
    new TypeError("Load failed"),
    new TypeError("NetworkError when attempting to fetch resource."),
    new TypeError("Network request failed"),
  ])("is told apart from a lost connection: %s", async (thrown) => {
    expect(await viewerOf(failing(thrown))).toMatchObject({ error: { kind: "unreachable" } });
  });

  test("is an outcome and no exception, wherever it happens", async () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory" });
    expect(await client.execute(ViewerDocument, circular as never)).toMatchObject({ error: { kind: "unexpected", status: 0 } });
    const locked = (): never => {
      throw new Error("keychain is locked");
    };
    const broken = createGatehouseClient({ url: gatehouse.url, tokens: { get: locked, set: locked, getDevice: locked } });
    expect(await broken.loadViewer()).toMatchObject({ error: { kind: "unexpected", status: 0 } });
    expect(await broken.refresh()).toMatchObject({ kind: "unexpected" });
    expect(await broken.login({ identifier: "a@example.org", password: PASSWORD })).toMatchObject({ error: { kind: "unexpected" } });
  });
});

describe("a storage that takes its time", () => {
  function slowStorage(): TokenStorage & { readonly writes: string[] } {
    const inner = memoryStorage();
    const later = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
    const writes: string[] = [];
    return {
      writes,
      get: async () => (await later(), inner.get()),
      set: async (tokens) => {
        writes.push("begin");
        await later();
        inner.set(tokens);
        writes.push("end");
      },
      getDevice: async () => (await later(), inner.getDevice()),
      setDevice: async (token) => (await later(), inner.setDevice(token)),
    };
  }

  test("keeps a program signed in beyond its access token and a new start", async () => {
    const tokens = slowStorage();
    const email = "keychain@example.org";
    const client = createGatehouseClient({ url: gatehouse.url, tokens });
    expect(await client.register({ email, password: PASSWORD })).toMatchObject({ ok: true });
    // Sent before the write has finished.
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
    const first = (await tokens.get())?.accessToken;
    await until(async () => (await client.loadViewer()).ok && (await tokens.get())?.accessToken !== first);
    await until(async () => tokens.writes.at(-1) === "end");
    const restarted = createGatehouseClient({ url: gatehouse.url, tokens });
    expect(await restarted.loadViewer()).toMatchObject({ ok: true, data: { email } });
    await restarted.logout();
    await until(async () => (await tokens.get()) === undefined);
    expect(tokens.writes.join(" ")).toMatch(/^(begin end ?)+$/);
  });

  test("that cannot be written leaves the new tokens in memory", async () => {
    let stored: Tokens | undefined;
    let isFull = false;
    const tokens: TokenStorage = {
      get: () => stored,
      set: async (value) => {
        if (isFull) throw new Error("disk full");
        stored = value;
      },
    };
    const client = createGatehouseClient({ url: gatehouse.url, tokens });
    await client.register({ email: "full@example.org", password: PASSWORD });
    isFull = true;
    for (const _ of [1, 2, 3]) expect(await client.refresh()).toBe("refreshed");
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
  });
});

describe("while the service is unavailable", () => {
  const UNAVAILABLE = JSON.stringify({ errors: [{ message: "m", extensions: { code: "UNAVAILABLE" } }] });
  const json = { "content-type": "application/json" };
  const failing = (times: number, wait: string, body = UNAVAILABLE) => (response: ServerResponse) =>
    asked <= times
      ? void response.writeHead(503, { ...json, "retry-after": wait }).end(body)
      : void response.writeHead(200, json).end(NO_VIEWER);

  test.each([["an answer of the service", UNAVAILABLE], ["a proxy's page", "<h1>503</h1>"]])(
    "a query is sent again after the time that %s names",
    async (_, body) => {
      answer = failing(2, "1", body);
      const began = Date.now();
      const client = createGatehouseClient({ url: stubUrl(), tokens: "memory" });
      expect(await client.loadViewer()).toEqual({ ok: true, data: null });
      expect(asked).toBe(3);
      expect(Date.now() - began).toBeGreaterThanOrEqual(2_000);
    },
  );

  test("a query gives its error after three attempts, or at once if the wait is long", async () => {
    const client = createGatehouseClient({ url: stubUrl(), tokens: "memory" });
    answer = failing(9, "0");
    expect(await client.loadViewer()).toMatchObject({ error: { kind: "unavailable", retryAfter: 0 } });
    expect(asked).toBe(3);
    asked = 0;
    answer = failing(9, "60");
    expect(await client.loadViewer()).toMatchObject({ error: { kind: "unavailable", retryAfter: 60 } });
    expect(asked).toBe(1);
  });

  test("a caller's signal ends the wait", async () => {
    answer = failing(9, "4");
    const controller = new AbortController();
    const execution = createGatehouseClient({ url: stubUrl(), tokens: "memory" }).execute(ViewerDocument, {}, { signal: controller.signal });
    await vi.waitFor(() => expect(asked).toBe(1));
    setTimeout(() => controller.abort(), 50);
    expect(await execution).toMatchObject({ error: { kind: "aborted" } });
    expect(asked).toBe(1);
  });

  test("a mutation, which may have been carried out, is sent once", async () => {
    answer = failing(9, "0");
    const outcome = await createGatehouseClient({ url: stubUrl(), tokens: "memory" }).logout();
    if (outcome.ok || outcome.error === undefined) throw new Error(JSON.stringify(outcome));
    expect(outcome.error).toMatchObject({ kind: "unavailable" });
    expect([isSafeToRetry(outcome.error, "mutation"), isSafeToRetry(outcome.error, "query")]).toEqual([false, true]);
    expect(asked).toBe(1);
  });
});
