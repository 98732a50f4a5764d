import { afterEach, describe, expect, test, vi } from "vitest";
import { passkeyBrowser } from "../support/passkey-browser.js";
import { nth, passkeyPage, rejected, rejectedStart } from "../support/passkey-service.js";

const CHALLENGE = { token: "login", passkeyOptions: { challenge: "of the sign-in", rpId: "example.org" } };

afterEach(() => vi.unstubAllGlobals());

describe("a second step by passkey", () => {
  test("completes the sign-in with the options of its challenge", async () => {
    const browser = passkeyBrowser();
    const { client, passkeys, service, variables } = passkeyPage();
    const outcome = passkeys.completeLogin(CHALLENGE);
    expect(browser.calls.map(({ publicKey }) => publicKey.challenge)).toEqual(["of the sign-in"]);
    browser.calls[0]?.use();
    expect(await outcome).toMatchObject({ ok: true, payload: { user: { id: "ann" } } });
    expect(client.state).toMatchObject({ status: "signedIn" });
    expect(variables("CompleteLogin")).toEqual([{ challenge: "login", passkey: { id: "credential" } }]);
    expect(service.sent).toHaveLength(1);
  });

  test("has the code of a rejection", async () => {
    const browser = passkeyBrowser();
    const userErrors = [{ code: "CHALLENGE_INVALID", field: null, message: "m", retryAt: null }];
    const { passkeys } = passkeyPage({
      CompleteLogin: () => ({ data: { completeLogin: { user: null, session: null, tokens: null, userErrors } } }),
    });
    const outcome = passkeys.completeLogin(CHALLENGE);
    browser.calls[0]?.use();
    expect(await outcome).toEqual({ ok: false, reason: "rejected", code: "CHALLENGE_INVALID", userErrors });
  });

  test("is not supported by an account without a passkey", async () => {
    passkeyBrowser();
    const { passkeys } = passkeyPage();
    expect(await passkeys.completeLogin({ ...CHALLENGE, passkeyOptions: null })).toMatchObject({ reason: "notSupported" });
  });
});

describe("a step-up by passkey", () => {
  test("lets the operation be repeated that has required it", async () => {
    const browser = passkeyBrowser();
    let isRecent = false;
    const page = passkeyPage(
      {
        Reauthenticate: () => {
          isRecent = true;
          const session = { session: null, tokens: null };
          return { data: { reauthenticate: { ...session, validUntil: "2026-11-29T10:10:00.000Z", userErrors: [] } } };
        },
        RegenerateRecoveryCodes: () =>
          isRecent
            ? { data: { regenerateRecoveryCodes: { recoveryCodes: ["a"], userErrors: [] } } }
            : rejected("STEP_UP_REQUIRED", { methods: ["PASSKEY"], maxAge: 600 }),
      },
      "ann",
      async () => (await page.passkeys.reauthenticate()).ok,
    );
    const outcome = page.client.regenerateRecoveryCodes();
    (await browser.call(1)).use();
    expect(await outcome).toMatchObject({ ok: true, payload: { recoveryCodes: ["a"] } });
    expect(page.variables("StartPasskey")).toEqual([{ purpose: "REAUTHENTICATE" }]);
    expect(page.variables("Reauthenticate")).toEqual([{ passkey: { id: "credential" } }]);
  });

  test("never waits for a step-up of its own", async () => {
    passkeyBrowser();
    const onStepUp = vi.fn(() => true);
    const { passkeys } = passkeyPage({ StartPasskey: () => rejected("STEP_UP_REQUIRED") }, "ann", onStepUp);
    expect(await passkeys.reauthenticate()).toMatchObject({ reason: "failed", error: { kind: "stepUpRequired" } });
    expect(onStepUp).not.toHaveBeenCalled();
  });
});

describe("a new passkey", () => {
  test("is created and added with its name", async () => {
    const browser = passkeyBrowser();
    const { client, passkeys, variables } = passkeyPage({}, "ann");
    const [epoch, generation] = [client.epoch, client.generation];
    const outcome = passkeys.add({ name: "Phone" });
    const call = await browser.call(1);
    expect([call.method, call.publicKey.challenge]).toEqual(["create", nth(1)]);
    call.use();
    expect(await outcome).toMatchObject({ ok: true, payload: { recoveryCodes: ["a"] } });
    expect(variables("StartPasskey")).toEqual([{ purpose: "REGISTER" }]);
    expect(variables("AddPasskey")).toEqual([{ passkey: { id: "credential" }, name: "Phone" }]);
    expect([client.epoch === epoch, client.generation === generation]).toEqual([true, false]);
  });

  test("completes a sign-in that must enroll", async () => {
    const browser = passkeyBrowser();
    const { client, passkeys, variables } = passkeyPage();
    const release = passkeys.prepare("REGISTER", "login");
    const outcome = passkeys.add({ challenge: "login" });
    (await browser.call(1)).use();
    expect((await outcome).ok).toBe(true);
    release();
    expect(variables("StartPasskey")).toEqual([{ purpose: "REGISTER", challenge: "login" }]);
    expect(variables("AddPasskey")).toEqual([{ passkey: { id: "credential" }, challenge: "login" }]);
    expect(client.state).toMatchObject({ status: "signedIn", viewer: { id: "ann" } });
  });

  test("is requested once the user has proved a credential again", async () => {
    const browser = passkeyBrowser();
    const page = passkeyPage(
      {
        StartPasskey: () =>
          page.count("Reauthenticate") > 0
            ? { data: { startPasskey: { options: { challenge: "c" }, expiresAt: null, userErrors: [] } } }
            : rejected("STEP_UP_REQUIRED", { methods: ["TOTP"], maxAge: 600 }),
      },
      "ann",
      async () => (await page.client.reauthenticate({ totpCode: "123456" })).ok,
    );
    const outcome = page.passkeys.add();
    (await browser.call(1)).fail("NotAllowedError");
    expect(await outcome).toMatchObject({ reason: "canceled" });
    const again = page.passkeys.add();
    expect(browser.calls).toHaveLength(2);
    browser.calls[1]?.use();
    expect((await again).ok).toBe(true);
    expect(page.count("StartPasskey")).toBe(2);
  });

  test.each([
    ["InvalidStateError", "alreadyAdded"],
    ["ConstraintError", "notSupported"],
  ])("that the device rejects has a reason: %s", async (name, reason) => {
    const browser = passkeyBrowser();
    const outcome = passkeyPage({}, "ann").passkeys.add();
    (await browser.call(1)).fail(name);
    expect(await outcome).toMatchObject({ ok: false, reason });
  });
});

describe("the signals", () => {
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  const person = { id, secondFactors: { passkeys: [{ credentialId: "one" }, { credentialId: "two" }] } };

  test("list the passkeys of the user handle, by the RP ID of the service", async () => {
    const browser = passkeyBrowser();
    const { passkeys, count } = passkeyPage();
    await passkeys.signalAcceptedPasskeys(person);
    await passkeys.signalUnknownPasskey("three");
    const userId = Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
    expect(browser.signals).toEqual([
      ["signalAllAcceptedCredentials", { rpId: "example.org", userId, allAcceptedCredentialIds: ["one", "two"] }],
      ["signalUnknownCredential", { rpId: "example.org", credentialId: "three" }],
    ]);
    expect(count("StartPasskey")).toBe(1);
  });

  test("do not list the passkeys from before one that is being added or was just added", async () => {
    const browser = passkeyBrowser();
    const { passkeys } = passkeyPage({}, "ann");
    const adding = passkeys.add();
    const call = await browser.call(1);
    await passkeys.signalAcceptedPasskeys(person);
    const signaling = passkeys.signalAcceptedPasskeys(person);
    call.use();
    expect((await adding).ok).toBe(true);
    await signaling;
    expect(browser.signals).toEqual([]);
    await passkeys.signalAcceptedPasskeys(person);
    expect(browser.signals).toHaveLength(1);
  });

  test("are silent in a browser without them, and while passkeys are disabled", async () => {
    passkeyBrowser({ signals: false });
    const { passkeys, service } = passkeyPage();
    await passkeys.signalAcceptedPasskeys(person);
    expect(service.sent).toEqual([]);
    const browser = passkeyBrowser();
    await passkeyPage({ StartPasskey: () => rejectedStart("PASSKEYS_DISABLED") }).passkeys.signalAcceptedPasskeys(person);
    expect(browser.signals).toEqual([]);
  });
});
