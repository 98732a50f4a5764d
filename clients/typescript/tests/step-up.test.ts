import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { describe, expect, test } from "vitest";
import { gatehouseErrorOf as apolloError, gatehouseLink } from "../src/apollo/index.js";
import {
  ConfirmTotpDocument,
  createGatehouseClient,
  EnrollTotpDocument,
  failureOf,
  GatehouseFailure,
  memoryStorage,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  SecondFactorsDocument,
  type GatehouseClient,
  type GatehouseError,
  type OnStepUp,
  type StepUpRequest,
  type TokenStorage,
  type Viewer,
} from "../src/index.js";
import { gatehouseErrorOf as urqlError, gatehouseExchange } from "../src/urql/index.js";
import { until } from "./support/gatehouse.js";
import { rejected, scripted, session, user, type Respond, type Scripted } from "./support/scripted.js";

const URL = "http://gatehouse.example/graphql";
const REQUEST = { methods: ["PASSKEY", "TOTP"], maxAge: 600 };
const CODES = { data: { regenerateRecoveryCodes: { __typename: "RegenerateRecoveryCodesPayload", recoveryCodes: ["a"], userErrors: [] } } };
const ENROLLMENT = { data: { enrollTotp: { __typename: "EnrollTotpPayload", enrollment: null, userErrors: [] } } };

/** The ways to send an operation: its result, or its error. */
const WAYS = ["client", "Apollo", "urql"] as const;
type Send = (
  document: typeof RegenerateRecoveryCodesDocument | typeof EnrollTotpDocument | typeof ConfirmTotpDocument,
) => Promise<GatehouseError | "done">;

function sendBy(way: (typeof WAYS)[number], client: GatehouseClient): Send {
  const variables = (document: unknown): never => (document === RegenerateRecoveryCodesDocument ? {} : { input: {} }) as never;
  if (way === "client") {
    return async (document) => {
      const outcome = await client.execute(document as typeof EnrollTotpDocument, variables(document));
      return outcome.ok ? "done" : outcome.error;
    };
  }
  if (way === "Apollo") {
    const link = ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: URL, fetch: client.fetch })]);
    const apollo = new ApolloClient({ cache: new InMemoryCache(), link });
    return (mutation) =>
      apollo.mutate({ mutation: mutation as typeof EnrollTotpDocument, variables: variables(mutation) }).then(() => "done", apolloError);
  }
  const urql = new Client({
    url: URL,
    preferGetMethod: false,
    fetch: client.fetch,
    exchanges: [cacheExchange, gatehouseExchange(client), fetchExchange],
  });
  return async (document) => {
    const { error } = await urql.mutation(document as typeof EnrollTotpDocument, variables(document)).toPromise();
    return error === undefined ? "done" : urqlError(error);
  };
}

/** A service that requires a step-up until `reauthenticate` has been called. */
function strict(onStepUp?: (client: GatehouseClient, request: StepUpRequest) => boolean | Promise<boolean>, script: Record<string, Respond> = {}, tokens: "cookie" | TokenStorage = memoryStorage()) {
  const isRecent = (): boolean => service.sent.some(({ name }) => name === "Reauthenticate");
  const service: Scripted = scripted({
    RegenerateRecoveryCodes: () => (isRecent() ? CODES : rejected("STEP_UP_REQUIRED", REQUEST)),
    EnrollTotp: () => (isRecent() ? ENROLLMENT : rejected("STEP_UP_REQUIRED", REQUEST)),
    Reauthenticate: () => ({ data: { reauthenticate: { ...session("two"), validUntil: null, userErrors: [] } } }),
    ...script,
  });
  const client: GatehouseClient = createGatehouseClient({
    url: URL,
    tokens,
    fetch: service.fetch,
    initialViewer: user("ann") as Viewer,
    ...(onStepUp && { onStepUp: ((request) => onStepUp(client, request)) satisfies OnStepUp }),
  });
  return { client, service, count: (name: string) => service.sent.filter((it) => it.name === name).length };
}

const reauthenticate = async (client: GatehouseClient): Promise<boolean> => (await client.reauthenticate({ totpCode: "123456" })).ok;

describe.each(WAYS)("a step-up by way of %s", (way) => {
  test("is asked for once for all operations that wait, and each is repeated once", async () => {
    const asked: StepUpRequest[] = [];
    const { client, count } = strict((it, request) => {
      asked.push(request);
      return reauthenticate(it);
    });
    const send = sendBy(way, client);
    const documents = [RegenerateRecoveryCodesDocument, EnrollTotpDocument, RegenerateRecoveryCodesDocument];
    expect(await Promise.all(documents.map(send))).toEqual(["done", "done", "done"]);
    expect(asked).toEqual([REQUEST]);
    expect([count("RegenerateRecoveryCodes"), count("EnrollTotp"), count("Reauthenticate")]).toEqual([4, 2, 1]);
  });

  test.each([
    ["returns false", () => false],
    ["throws", () => { throw new Error("dialog closed"); }],
    ["rejects", () => Promise.reject(new Error("dialog closed"))],
  ])("that %s leaves the operation's own error", async (_, onStepUp) => {
    const { client, count } = strict(onStepUp);
    expect(await sendBy(way, client)(RegenerateRecoveryCodesDocument)).toEqual({ kind: "stepUpRequired", message: "STEP_UP_REQUIRED", ...REQUEST });
    expect(count("RegenerateRecoveryCodes")).toBe(1);
  });

  test("without a handler leaves the error", async () => {
    const { client, count } = strict();
    expect(await sendBy(way, client)(RegenerateRecoveryCodesDocument)).toMatchObject({ kind: "stepUpRequired" });
    expect(count("RegenerateRecoveryCodes")).toBe(1);
  });

  test("that does not suffice is not asked for again", async () => {
    let asked = 0;
    const { client, count } = strict(() => ++asked > 0);
    expect(await sendBy(way, client)(RegenerateRecoveryCodesDocument)).toMatchObject({ kind: "stepUpRequired" });
    expect([asked, count("RegenerateRecoveryCodes")]).toEqual([1, 2]);
  });

  test("is asked for again by a later operation", async () => {
    let asked = 0;
    const { client } = strict(() => ++asked > 9);
    const send = sendBy(way, client);
    await send(RegenerateRecoveryCodesDocument);
    await send(RegenerateRecoveryCodesDocument);
    expect(asked).toBe(2);
  });

  test("covers an operation whose rejection arrives after the dialog's end", async () => {
    let letGo = (): void => undefined;
    const late = new Promise<void>((done) => (letGo = done));
    let asked = 0;
    const { client, count } = strict((it) => (++asked, reauthenticate(it)), {
      EnrollTotp: (_, nth) => (nth === 0 ? late.then(() => rejected("STEP_UP_REQUIRED", REQUEST)) : ENROLLMENT),
    });
    const send = sendBy(way, client);
    const slow = send(EnrollTotpDocument);
    await until(() => count("EnrollTotp") === 1);
    expect(await send(RegenerateRecoveryCodesDocument)).toBe("done");
    letGo();
    expect(await slow).toBe("done");
    expect([asked, count("EnrollTotp")]).toEqual([1, 2]);
  });

  test("is repeated beyond an access token that expired in the dialog", async () => {
    const codes: Respond[] = [
      () => rejected("UNAUTHENTICATED"),
      () => rejected("STEP_UP_REQUIRED", REQUEST),
      () => rejected("UNAUTHENTICATED"),
      () => CODES,
    ];
    const { client, count } = strict(() => true, {
      RegenerateRecoveryCodes: (variables, nth) => codes[nth]?.(variables, nth),
      RefreshSession: (_, nth) => ({ data: { refreshSession: { ...session(`refreshed-${nth}`), userErrors: [] } } }),
      Reauthenticate: () => ({ data: { reauthenticate: { ...session("one"), validUntil: null, userErrors: [] } } }),
    });
    await client.reauthenticate({ currentPassword: "p" });
    expect(await sendBy(way, client)(RegenerateRecoveryCodesDocument)).toBe("done");
    expect([count("RegenerateRecoveryCodes"), count("RefreshSession")]).toEqual([4, 2]);
  });

  test("can set cookies while the operation waits that sets some itself", async () => {
    const secondFactors = { __typename: "SecondFactors", totp: null, passkeys: [], recoveryCodesLeft: 10, removalScheduledFor: null };
    const ann = { ...user("ann"), secondFactors };
    const confirmed = { __typename: "ConfirmTotpPayload", user: ann, session: null, tokens: null, recoveryCodes: ["a"], userErrors: [] };
    const { client, count } = strict(
      reauthenticate,
      { ConfirmTotp: (_, nth) => (nth === 0 ? rejected("STEP_UP_REQUIRED", REQUEST) : { data: { confirmTotp: confirmed } }) },
      "cookie",
    );
    expect(await sendBy(way, client)(ConfirmTotpDocument)).toBe("done");
    expect([count("ConfirmTotp"), count("Reauthenticate")]).toEqual([2, 1]);
  });

  test("repeats nothing for another user", async () => {
    const { client, count } = strict(async (it) => (await it.login({ identifier: "bob", password: "p" })).ok, {
      Login: () => ({ data: { login: { user: user("bob"), ...session("bob"), challenge: null, userErrors: [] } } }),
    });
    expect(await sendBy(way, client)(RegenerateRecoveryCodesDocument)).toMatchObject({ kind: "stepUpRequired" });
    expect(count("RegenerateRecoveryCodes")).toBe(1);
  });
});

describe("a step-up by way of the client", () => {
  test("repeats no mutation of which a field was executed", async () => {
    let asked = 0;
    const partly = { data: { removeFactor: {}, other: null }, errors: [{ message: "m", extensions: { code: "STEP_UP_REQUIRED" } }] };
    const { client, count } = strict(() => ++asked > 0, { RemoveFactor: () => partly });
    const outcome = await client.execute(RemoveFactorDocument, { input: { id: "one" } });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "stepUpRequired", maxAge: 0, methods: [] } });
    expect([asked, count("RemoveFactor")]).toEqual([0, 1]);
  });

  test("is not asked for if the caller does not want it", async () => {
    let asked = 0;
    const { client } = strict(() => ++asked > 0, { SecondFactors: () => rejected("STEP_UP_REQUIRED", REQUEST) });
    expect(await client.execute(SecondFactorsDocument, {}, { stepUp: false })).toMatchObject({ error: { kind: "stepUpRequired" } });
    expect(asked).toBe(0);
  });

  test("ends for a caller that gives up, and goes on for the others", async () => {
    let letGo = (): void => undefined;
    const open = new Promise<void>((done) => (letGo = done));
    let asked = 0;
    const { client } = strict(async (it) => (++asked, await open, reauthenticate(it)));
    const controller = new AbortController();
    const given = client.execute(RegenerateRecoveryCodesDocument, {}, { signal: controller.signal });
    const patient = client.regenerateRecoveryCodes();
    await until(() => asked === 1);
    controller.abort();
    expect(await given).toMatchObject({ error: { kind: "aborted" } });
    letGo();
    expect((await patient).ok).toBe(true);
    expect(asked).toBe(1);
  });

  test("serves an application's own services, too", async () => {
    const seen: StepUpRequest[] = [];
    const { client } = strict((_, request) => seen.push(request) > 0);
    expect(await client.stepUp({ methods: [], maxAge: 300 })).toBe(true);
    expect(seen).toEqual([{ methods: [], maxAge: 300 }]);
  });
});

test("the error of a step-up survives what Next.js leaves of it in production", () => {
  const error = { kind: "stepUpRequired", message: "m", methods: ["PASSKEY", "TOTP"], maxAge: 600 } as const;
  const { digest } = new GatehouseFailure(error);
  expect(failureOf({ digest })).toEqual({ ...error, message: "Gatehouse: stepUpRequired" });
  expect(failureOf({ digest: "gatehouse:stepUpRequired;soon" })).toMatchObject({ maxAge: 0, methods: [] });
});
