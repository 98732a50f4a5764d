import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatehouseServer, type GatehouseServer } from "../../src/next/index.js";
import { openGate, type Gate } from "../support/gate.js";
import { startGatehouse, type Gatehouse } from "../support/gatehouse.js";
import { PASSWORD, registered } from "../support/people.js";

let gatehouse: Gatehouse;
let gate: Gate;
let server: GatehouseServer;

beforeAll(async () => {
  gatehouse = await startGatehouse();
  gate = await openGate(gatehouse.url);
  server = createGatehouseServer({ url: gate.url, appUrl: gatehouse.appUrl, timeoutMs: 500 });
});
afterAll(async () => {
  await gate.close();
  await gatehouse.stop();
});

const VIEWER = JSON.stringify({ query: "query Viewer { me { email } }" });

function post(body: string, headers: Record<string, string> = {}): Request {
  const url = `${gatehouse.appUrl}/api/graphql`;
  const own = { "content-type": "application/json", origin: gatehouse.appUrl, "x-gatehouse-tokens": "cookie" };
  return new Request(url, { method: "POST", body, headers: { ...own, ...headers } });
}

test("a sign-in sets its cookies, each in a line of its own", async () => {
  const { email } = await registered(gatehouse);
  const query = "mutation Login($input: LoginInput!) { login(input: $input) { user { email } userErrors { code } } }";
  const body = JSON.stringify({ query, variables: { input: { identifier: email, password: PASSWORD } } });
  const answer = await server.handler.POST(post(body));
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie().map((line) => line.split("=")[0])).toEqual(["gatehouse_access", "gatehouse_refresh", "gatehouse_device"]);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  expect(await answer.json()).toMatchObject({ data: { login: { user: { email }, userErrors: [] } } });
});

test("an answer is not stored, whatever stands between the application and the service says of it", async () => {
  const lax = await openGate(gatehouse.url, { "cache-control": "public, max-age=600" });
  try {
    const { email } = await registered(gatehouse);
    const through = createGatehouseServer({ url: lax.url, appUrl: gatehouse.appUrl });
    const query = "mutation Login($input: LoginInput!) { login(input: $input) { user { email } } }";
    const answer = await through.handler.POST(post(JSON.stringify({ query, variables: { input: { identifier: email, password: PASSWORD } } })));
    expect(answer.headers.getSetCookie()).toHaveLength(3);
    expect([answer.headers.get("cache-control"), answer.headers.get("cdn-cache-control")]).toEqual(["private, no-store", "no-store"]);
  } finally {
    await lax.close();
  }
});

test("the service's cookies are passed on, and no other", async () => {
  const { browser, email } = await registered(gatehouse);
  const cookie = [["theme", "dark"], ["gatehouse_device", "known"], ...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await server.handler.POST(post(VIEWER, { cookie, "x-forwarded-for": "192.0.2.7" }));
  expect(await answer.json()).toEqual({ data: { me: { email } } });
  expect(gate.headers.cookie).not.toContain("theme");
  expect(gate.headers.cookie).toContain("gatehouse_device=known");
  expect(gate.headers["x-forwarded-for"]).toBe("192.0.2.7");
});

describe("the visitor's address", () => {
  const SECRET = "uKqv3mTlXn0m4Bv8c5Yj1sZ2wQe7rTg9hPo6iLk3dFs=";
  type Options = Partial<Parameters<typeof createGatehouseServer>[0]>;
  const sent = async (options: Options, headers: Record<string, string>) => {
    const application = createGatehouseServer({ url: gate.url, appUrl: gatehouse.appUrl, ...options });
    await application.handler.POST(post(VIEWER, headers));
    return [gate.headers["x-gatehouse-front-end"], gate.headers["x-gatehouse-client-address"]];
  };
  const named: Options = { frontEndSecret: SECRET, clientAddress: { header: "x-real-ip" } };
  const listed = (hops: number): Options => ({ frontEndSecret: SECRET, clientAddress: { header: "X-Forwarded-For", hops } });

  test.each<[string, Options, Record<string, string>, string]>([
    ["a header of one address", named, { "x-real-ip": "192.0.2.7" }, "192.0.2.7"],
    ["IPv6", named, { "x-real-ip": "2001:db8::7" }, "2001:db8::7"],
    ["the last of a list", listed(1), { "x-forwarded-for": "6.6.6.6, 192.0.2.7" }, "192.0.2.7"],
    ["the second from the end", listed(2), { "x-forwarded-for": "6.6.6.6, 192.0.2.7, 10.0.0.1" }, "192.0.2.7"],
  ])("is taken from %s", async (_, options, headers, address) => {
    expect(await sent(options, headers)).toEqual([SECRET, address]);
  });

  test.each<[string, Options, Record<string, string>]>([
    ["no header is named", { frontEndSecret: SECRET }, { "x-real-ip": "192.0.2.7", "x-forwarded-for": "192.0.2.7" }],
    ["there is no secret", { clientAddress: { header: "x-real-ip" } }, { "x-real-ip": "192.0.2.7" }],
    ["the header is missing", named, { "x-forwarded-for": "192.0.2.7" }],
    ["it holds a list", named, { "x-real-ip": "6.6.6.6, 192.0.2.7" }],
    ["it holds no address", named, { "x-real-ip": "unknown" }],
    ["the list is too short", listed(2), { "x-forwarded-for": "192.0.2.7" }],
  ])("is not sent where %s", async (_, options, headers) => {
    expect(await sent(options, headers)).toEqual([undefined, undefined]);
  });

  test("is never what the browser says by the headers that the service reads", async () => {
    const forged = { "x-gatehouse-front-end": SECRET, "x-gatehouse-client-address": "6.6.6.6" };
    expect(await sent({}, forged)).toEqual([undefined, undefined]);
    expect(await sent(named, { ...forged, "x-real-ip": "192.0.2.7" })).toEqual([SECRET, "192.0.2.7"]);
  });

  test("is what the service counts and shows", async () => {
    const known = await startGatehouse({ FRONT_END_SECRET: SECRET });
    try {
      const { email } = await registered(known);
      const application = createGatehouseServer({ url: known.url, appUrl: known.appUrl, ...named });
      const query = "mutation Login($input: LoginInput!) { login(input: $input) { session { ipAddress } } }";
      const body = JSON.stringify({ query, variables: { input: { identifier: email, password: PASSWORD } } });
      const answer = await application.handler.POST(post(body, { origin: known.appUrl, "x-real-ip": "192.0.2.7" }));
      expect(await answer.json()).toEqual({ data: { login: { session: { ipAddress: "192.0.2.7" } } } });
    } finally {
      await known.stop();
    }
  });

  test.each([
    ["hops is missing", { header: "x-forwarded-for" }],
    ["hops has to be", { header: "x-forwarded-for", hops: 0 }],
    ["header cannot be", { header: "Forwarded", hops: 1 }],
    ["header has to be", { header: "" }],
  ])("cannot be set where its %s", (problem, clientAddress) => {
    expect(() => createGatehouseServer({ url: gate.url, appUrl: gatehouse.appUrl, clientAddress })).toThrow(problem);
  });
});

test("a browser's credential for the site itself is not passed on, an access token is", async () => {
  const { browser, email } = await registered(gatehouse);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  for (const authorization of ["Basic c3RhZ2luZzpzZWNyZXQ=", 'Digest username="staging"', "Negotiate YII=", "Bearer", ""]) {
    const answer = await server.handler.POST(post(VIEWER, { cookie, authorization }));
    expect(await answer.json()).toEqual({ data: { me: { email } } });
    expect(gate.headers.authorization).toBeUndefined();
  }
  const answer = await server.handler.POST(post(VIEWER, { authorization: `Bearer ${browser.cookies.get("gatehouse_access")}` }));
  expect(await answer.json()).toEqual({ data: { me: { email } } });
});

test("a page from elsewhere is refused by the service, by its origin", async () => {
  const { browser } = await registered(gatehouse);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await server.handler.POST(post(VIEWER, { cookie, origin: "https://evil.example" }));
  expect(answer.status).toBe(403);
  const form = post("query=1", { cookie, "content-type": "application/x-www-form-urlencoded" });
  expect((await server.handler.POST(form)).status).toBe(415);
});

test("a body that is too large goes no further", async () => {
  const before = gate.sent.length;
  const answer = await server.handler.POST(post(JSON.stringify({ query: `query Viewer { me { id } } #${"x".repeat(70_000)}` })));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  expect(gate.sent.length).toBe(before);
});

test("a body that breaks off is refused, and goes no further", async () => {
  const before = gate.sent.length;
  let pieces = 0;
  const body = new ReadableStream({
    pull: (controller) => (pieces++ === 0 ? controller.enqueue(new TextEncoder().encode(VIEWER)) : controller.error(new Error("gone"))),
  });
  const init = { method: "POST", body, duplex: "half", headers: { "content-type": "application/json" } };
  const answer = await server.handler.POST(new Request(`${gatehouse.appUrl}/api/graphql`, init as RequestInit));
  expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ extensions: { code: "BAD_REQUEST" } }] }]);
  expect(gate.sent.length).toBe(before);
});

test("a service that is silent or away is a GraphQL error that says so", async () => {
  gate.mode = "silent";
  const late = await server.handler.POST(post(VIEWER));
  expect([late.status, await late.json()]).toMatchObject([504, { errors: [{ extensions: { code: "UPSTREAM_TIMEOUT" } }] }]);
  gate.mode = "open";
  const away = createGatehouseServer({ url: "http://127.0.0.1:1/graphql", appUrl: gatehouse.appUrl });
  const gone = await away.handler.POST(post(VIEWER));
  expect([gone.status, await gone.json()]).toMatchObject([502, { errors: [{ extensions: { code: "UPSTREAM_UNREACHABLE" } }] }]);
});

test("a query by GET is passed on with its parameters", async () => {
  const url = `${gatehouse.appUrl}/api/graphql?query=${encodeURIComponent("{ authSettings { registrationOpen } }")}`;
  const answer = await server.handler.GET(new Request(url, { headers: { accept: "application/json" } }));
  expect(await answer.json()).toEqual({ data: { authSettings: { registrationOpen: true } } });
});

test("a query by GET is signed in by cookie where the browser says that a page of the own origin sends it", async () => {
  const { browser, email } = await registered(gatehouse);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const url = `${gatehouse.appUrl}/api/graphql?query=${encodeURIComponent("{ me { email } }")}`;
  const ask = async (headers: Record<string, string>): Promise<unknown> =>
    (await server.handler.GET(new Request(url, { headers: { accept: "application/json", cookie, ...headers } }))).json();
  expect(await ask({ "sec-fetch-site": "same-origin" })).toEqual({ data: { me: { email } } });
  for (const headers of [{}, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
    expect(await ask(headers)).toMatchObject({ data: { me: null }, errors: [{ extensions: { code: "COOKIES_IGNORED" } }] });
  }
});

test.each([
  ["url", { url: "gatehouse", appUrl: "http://localhost:3000" }],
  ["url", { url: "gatehouse:8080/graphql", appUrl: "http://localhost:3000" }],
  ["appUrl", { url: "http://gatehouse:8080/graphql", appUrl: "localhost:3000" }],
  ["appUrl", { url: "http://gatehouse:8080/graphql", appUrl: "" }],
])("a %s that is no address of the web is refused at once, by name", (name, options) => {
  expect(() => createGatehouseServer(options)).toThrow(`${name} has to start with http:// or https://`);
});
