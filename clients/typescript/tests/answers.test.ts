import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createGatehouseClient,
  describeError,
  failureOf,
  GatehouseFailure,
  isSafeToRetry,
  LoginDocument,
  userErrorsByField,
  ViewerDocument,
  type GatehouseError,
} from "../src/index.js";
import { freePort, startGatehouse } from "./support/gatehouse.js";
import { PASSWORD } from "./support/people.js";

describe("where something else answers in the service's place", () => {
  let server: Server;
  let answer: { status: number; body: string; headers?: Record<string, string> };
  beforeAll(async () => {
    server = createServer((_, response) => void response.writeHead(answer.status, answer.headers).end(answer.body));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(() => void server.close());

  async function errorOf(given: typeof answer): Promise<GatehouseError | undefined> {
    answer = given;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const outcome = await createGatehouseClient({ url, tokens: "memory" }).execute(ViewerDocument, {});
    return outcome.ok ? undefined : outcome.error;
  }

  test.each([
    "<h1>Welcome to the hotel's network</h1>",
    "",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"data":null}',
    '{"data":[]}',
    '{"errors":null}',
    '{"errors":[]}',
    '{"errors":{"message":"no list"}}',
    '{"errors":[null]}',
    '{"errors":["text"]}',
    '{"errors":[{"message":7}]}',
    '{"errors":[{"message":"m","extensions":"text"}]}',
  ])("%s is an unexpected answer, not an exception", async (body) => {
    expect(await errorOf({ status: 200, body })).toMatchObject({ kind: "unexpected", status: 200 });
  });

  test("an error without extensions, or with null for them, is one of the request", async () => {
    for (const body of ['{"errors":[{"message":"m"}]}', '{"errors":[{"message":"m","extensions":null}]}']) {
      expect(await errorOf({ status: 400, body })).toEqual({ kind: "badRequest", message: "m", code: "BAD_REQUEST" });
    }
  });

  test.each([
    [429, { kind: "rateLimited", retryAfter: 7 }],
    [503, { kind: "unavailable", retryAfter: 7 }],
    [502, { kind: "unreachable" }],
    [504, { kind: "timeout" }],
    [403, { kind: "forbidden" }],
    [500, { kind: "unexpected", status: 500 }],
    [404, { kind: "unexpected", status: 404 }],
  ])("a proxy's page with status %i is told apart", async (status, error) => {
    expect(await errorOf({ status, body: "<h1>no</h1>", headers: { "retry-after": "7" } })).toMatchObject(error);
  });
});

test("what keeps a request from arriving is named, without what the request holds", async () => {
  const messageOf = async (url: string): Promise<string> => {
    const outcome = await createGatehouseClient({ url, tokens: "memory" }).loadViewer();
    if (outcome.ok || outcome.error.kind !== "unreachable") throw new Error(JSON.stringify(outcome));
    return outcome.error.message;
  };
  const nobody = `http://127.0.0.1:${await freePort()}/graphql`;
  expect(await messageOf(nobody)).toBe(`Gatehouse is unreachable at ${nobody} (ECONNREFUSED).`);
  expect(await messageOf("/api/graphql")).toBe("Gatehouse is unreachable at /api/graphql (ERR_INVALID_URL).");
  const token = "line\nbreak";
  const tokens = { accessToken: token, accessTokenExpiresAt: "", refreshToken: token, refreshTokenExpiresAt: "" };
  // That was never sent, and what the platform says of it quotes the header.
  const unsent = await createGatehouseClient({ url: nobody, tokens: { get: () => tokens, set: () => undefined } }).loadViewer();
  expect(unsent).toEqual({ ok: false, error: { kind: "unexpected", message: "The request failed in this program (TypeError).", status: 0 } });
  expect(await messageOf(nobody.replace("//", "//ann:kettles@"))).toBe(`Gatehouse is unreachable at ${nobody}.`);
});

test("a service with too much to do says how long to wait", async () => {
  const busy = await startGatehouse({ HASH_THREADS: "1", HASH_QUEUE: "1", BCRYPT_COST: "12" });
  try {
    const client = createGatehouseClient({ url: busy.url, tokens: "memory" });
    const input = { identifier: "nobody@example.org", password: PASSWORD };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => client.execute(LoginDocument, { input })));
    const errors = outcomes.flatMap((it) => (it.ok ? [] : [it.error]));
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatchObject({ kind: "overloaded", retryAfter: expect.any(Number) });
  } finally {
    await busy.stop();
  }
});

describe("errors", () => {
  const message = "secret of the log";
  const every: readonly GatehouseError[] = [
    { kind: "unauthenticated", message },
    { kind: "rateLimited", message, retryAfter: 12 },
    { kind: "overloaded", message, retryAfter: 3 },
    { kind: "unavailable", message, retryAfter: 4 },
    { kind: "forbidden", message },
    { kind: "badRequest", message, code: "BAD_REQUEST" },
    { kind: "internal", message },
    { kind: "unreachable", message },
    { kind: "timeout", message },
    { kind: "aborted", message },
    { kind: "unexpected", message, status: 418 },
  ];

  test("have words for users that say nothing of the log", () => {
    for (const error of every) {
      expect(describeError(error)).toMatch(/^[A-Z].*\.$/);
      expect(describeError(error)).not.toContain(message);
    }
    const waits = [1, 2, 89, 90, 3_600, 7_200].map((retryAfter) => describeError({ kind: "rateLimited", message, retryAfter }));
    expect(waits.map((it) => / in (.*)\.$/.exec(it)?.[1])).toEqual([
      "1 second",
      "2 seconds",
      "89 seconds",
      "2 minutes",
      "60 minutes",
      "2 hours",
    ]);
  });

  test("of mutations are retried only where nothing can have been done", () => {
    const safe = (operation: "query" | "mutation") => every.filter((it) => isSafeToRetry(it, operation)).map((it) => it.kind);
    expect(safe("mutation")).toEqual(["rateLimited", "overloaded"]);
    expect(safe("query")).toEqual(["rateLimited", "overloaded", "unavailable", "internal", "unreachable", "timeout"]);
  });

  test("are found in what was thrown, and in what is left of it for a browser", () => {
    for (const error of every) {
      const thrown = new GatehouseFailure(error);
      expect(failureOf(thrown)).toBe(error);
      const left = Object.assign(new Error("An error occurred in the Server Components render."), { digest: thrown.digest });
      const { message: _, ...rest } = { ...error, ...("status" in error && { status: 0 }) };
      expect(failureOf(left)).toMatchObject(rest);
      expect(thrown.digest).not.toContain(message);
    }
    for (const other of [undefined, null, "gatehouse:timeout", new Error(), { digest: 7 }, { digest: "gatehouse:else" }]) {
      expect(failureOf(other)).toBeUndefined();
    }
  });
});

test("user errors are sorted by their field, those of the whole form apart", () => {
  const error = (field: readonly string[] | null) => ({ code: "C", message: "m", field });
  const sorted = userErrorsByField([error(["email"]), error(["email", "x"]), error(["constructor"]), error(null), error([])]);
  expect(Object.keys(sorted.fields)).toEqual(["email", "constructor"]);
  expect(sorted.fields["email"]).toHaveLength(2);
  expect(sorted.form).toHaveLength(2);
});
