import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { createGatehouseClient, memoryStorage, type GatehouseClient, type Viewer } from "../src/index.js";
import { changesSession } from "../src/session-change.js";
import { scripted, session, user, type Respond, type Scripted } from "./support/scripted.js";

const CHALLENGE = {
  token: "challenge",
  expiresAt: "2026-11-29T10:10:00.000Z",
  methods: ["TOTP"],
  passkeyOptions: null,
  factorRemovalScheduledFor: null,
};
const NOTHING = { user: null, session: null, tokens: null };

function clientOf(script: Record<string, Respond>, viewer?: string) {
  const service = scripted(script);
  const tokens = memoryStorage();
  const client = createGatehouseClient({
    url: "http://gatehouse.example/graphql",
    tokens,
    fetch: service.fetch,
    ...(viewer !== undefined && { initialViewer: user(viewer) as Viewer }),
  });
  return { client, tokens, service };
}

const names = ({ sent }: Scripted): string[] => sent.map(({ name }) => name);
const viewerOf = ({ state }: GatehouseClient): string | undefined =>
  state.status === "signedIn" ? state.viewer.id : undefined;

describe("a sign-in with a second step", () => {
  const error = { code: "SECOND_FACTOR_REQUIRED", field: null, message: "m", retryAt: null };
  const script: Record<string, Respond> = {
    Login: () => ({ data: { login: { ...NOTHING, challenge: CHALLENGE, userErrors: [error] } } }),
    CompleteLogin: ({ input }) => ({
      data: {
        completeLogin:
          (input as { totpCode: string }).totpCode === "123456"
            ? { user: user("ann"), ...session("one"), userErrors: [] }
            : { ...NOTHING, userErrors: [{ code: "CODE_INVALID", field: ["totpCode"], message: "m", retryAt: null }] },
      },
    }),
  };

  test("login returns the challenge and signs nobody in", async () => {
    const { client, tokens } = clientOf(script);
    const outcome = await client.login({ identifier: "ann", password: "p" });
    expect(outcome).toMatchObject({ ok: false, userErrors: [{ code: "SECOND_FACTOR_REQUIRED" }] });
    expect(outcome.payload?.challenge).toEqual(CHALLENGE);
    expect(client.state.status).toBe("unknown");
    expect(tokens.get()).toBeUndefined();
  });

  test("complete login signs in and stores the tokens", async () => {
    const { client, tokens } = clientOf(script);
    const epoch = client.epoch;
    expect(await client.completeLogin({ challenge: "challenge", totpCode: "000000" })).toMatchObject({
      userErrors: [{ code: "CODE_INVALID" }],
    });
    expect([client.epoch, viewerOf(client)]).toEqual([epoch, undefined]);
    expect((await client.completeLogin({ challenge: "challenge", totpCode: "123456" })).ok).toBe(true);
    expect([client.epoch, viewerOf(client)]).toEqual([epoch + 1, "ann"]);
    expect([tokens.get()?.accessToken, tokens.getDevice()]).toEqual(["access-one", "device-one"]);
  });

  test("registration that must enroll returns the challenge and signs nobody in", async () => {
    const payload = { ...NOTHING, user: user("ann"), verificationRequired: false, challenge: CHALLENGE, userErrors: [] };
    const { client } = clientOf({ Register: () => ({ data: { register: payload } }) });
    const outcome = await client.register({ email: "ann@example.org", password: "p" });
    expect(outcome.ok && outcome.payload.challenge).toEqual(CHALLENGE);
    expect(client.state.status).toBe("unknown");
  });
});

describe("the first factor", () => {
  const script: Record<string, Respond> = {
    ConfirmTotp: () => ({ data: { confirmTotp: { user: user("ann"), ...session("two"), recoveryCodes: ["a"], userErrors: [] } } }),
    AddPasskey: () => ({
      data: { addPasskey: { user: user("ann"), ...session("two"), passkey: null, recoveryCodes: null, userErrors: [] } },
    }),
  };

  test.each([
    ["confirmTotp", { code: "123456" }],
    ["addPasskey", { passkey: {} }],
  ] as const)("%s of the signed in user replaces the session", async (method, input) => {
    const { client, tokens } = clientOf(script, "ann");
    const before = [client.epoch, client.generation];
    expect((await client[method](input as never)).ok).toBe(true);
    expect(client.epoch).toBe(before[0]);
    expect(client.generation).not.toBe(before[1]);
    expect(tokens.get()?.accessToken).toBe("access-two");
  });

  test.each([undefined, "bob"])("confirm totp during a sign in signs in after %s", async (viewer) => {
    const { client } = clientOf(script, viewer);
    const epoch = client.epoch;
    expect((await client.confirmTotp({ challenge: "challenge", code: "123456" })).ok).toBe(true);
    expect([client.epoch, viewerOf(client)]).toEqual([epoch + 1, "ann"]);
  });

  test("a rejected code changes nothing", async () => {
    const userErrors = [{ code: "CODE_INVALID", field: ["code"], message: "m" }];
    const { client, service } = clientOf(
      { ConfirmTotp: () => ({ data: { confirmTotp: { ...NOTHING, recoveryCodes: null, userErrors } } }) },
      "ann",
    );
    const before = [client.epoch, client.generation];
    expect(await client.confirmTotp({ code: "000000" })).toMatchObject({ ok: false, userErrors });
    expect([client.epoch, client.generation]).toEqual(before);
    expect(names(service)).toEqual(["ConfirmTotp"]);
  });
});

describe("the removal of lost factors", () => {
  const scheduledFor = "2026-12-06T10:00:00.000Z";
  const script: Record<string, Respond> = {
    RequestFactorRemoval: ({ input }) => ({
      data: {
        requestFactorRemoval: {
          userErrors:
            (input as { challenge: string }).challenge === "challenge"
              ? []
              : [{ code: "CHALLENGE_INVALID", field: ["challenge"], message: "m" }],
        },
      },
    }),
    ConfirmFactorRemoval: ({ input }) => ({
      data: {
        confirmFactorRemoval:
          (input as { token: string }).token === "token"
            ? { scheduledFor, userErrors: [] }
            : { scheduledFor: null, userErrors: [{ code: "TOKEN_EXPIRED", field: ["token"], message: "m" }] },
      },
    }),
    CancelFactorRemoval: (_, nth) => ({
      data: {
        cancelFactorRemoval:
          nth === 0
            ? { user: { id: "ann", secondFactors: { totp: null, passkeys: [], recoveryCodesLeft: 9, removalScheduledFor: null } }, userErrors: [] }
            : { user: null, userErrors: [{ code: "NO_REMOVAL_SCHEDULED", field: null, message: "m" }] },
      },
    }),
  };

  test("a request takes the challenge of the sign-in and signs nobody in", async () => {
    const { client, service } = clientOf(script);
    expect(await client.requestFactorRemoval({ challenge: "challenge" })).toMatchObject({ ok: true });
    expect(service.sent).toEqual([{ name: "RequestFactorRemoval", variables: { input: { challenge: "challenge" } } }]);
    expect(client.state.status).toBe("unknown");
    const outcome = await client.requestFactorRemoval({ challenge: "another" });
    expect(outcome).toMatchObject({ ok: false, userErrors: [{ code: "CHALLENGE_INVALID" }] });
  });

  test("the token of the link schedules it and returns the date", async () => {
    const { client } = clientOf(script);
    const outcome = await client.confirmFactorRemoval({ token: "token" });
    expect(outcome.ok && outcome.payload.scheduledFor).toBe(scheduledFor);
    expect(client.state.status).toBe("unknown");
    const expired = await client.confirmFactorRemoval({ token: "old" });
    expect(expired).toMatchObject({ ok: false, userErrors: [{ code: "TOKEN_EXPIRED" }], payload: { scheduledFor: null } });
  });

  test("the signed in user cancels it once and stays signed in", async () => {
    const { client } = clientOf(script, "ann");
    const before = [client.epoch, client.generation];
    const outcome = await client.cancelFactorRemoval();
    expect(outcome.ok && outcome.payload.user?.secondFactors.removalScheduledFor).toBeNull();
    expect([client.epoch, client.generation, viewerOf(client)]).toEqual([...before, "ann"]);
    expect(await client.cancelFactorRemoval()).toMatchObject({ ok: false, userErrors: [{ code: "NO_REMOVAL_SCHEDULED" }] });
  });
});

test("operations that set cookies are known", () => {
  const changes = (field: string): boolean => changesSession(parse(`mutation { ${field} { userErrors { message } } }`));
  const fields = ["completeLogin", "loginWithPasskey", "confirmTotp", "addPasskey", "reauthenticate"];
  expect(fields.filter(changes)).toEqual(fields);
  const others = ["startPasskey", "enrollTotp", "removeFactor", "regenerateRecoveryCodes"];
  const removal = ["requestFactorRemoval", "confirmFactorRemoval", "cancelFactorRemoval"];
  expect([...others, ...removal].filter(changes)).toEqual([]);
});
