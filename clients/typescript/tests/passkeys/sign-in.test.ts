import { afterEach, describe, expect, test, vi } from "vitest";
import { describePasskeyFailure, isAutofillSupported, isSupported } from "../../src/passkeys/index.js";
import { passkeyBrowser } from "../support/passkey-browser.js";
import { nth, passkeyPage, rejected, rejectedSignIn, rejectedStart } from "../support/passkey-service.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a click on sign-in", () => {
  test("signs in with the passkey that the user chooses", async () => {
    const browser = passkeyBrowser();
    const { client, passkeys, variables } = passkeyPage();
    const outcome = passkeys.signIn();
    const call = await browser.call(1);
    expect([call.method, call.isAutofill, call.publicKey.challenge]).toEqual(["get", false, nth(1)]);
    call.use();
    expect(await outcome).toMatchObject({ ok: true, payload: { user: { id: "ann" } } });
    expect(client.state).toMatchObject({ status: "signedIn", viewer: { id: "ann" } });
    expect(variables("StartPasskey")).toEqual([{ purpose: "SIGN_IN" }]);
    expect(variables("LoginWithPasskey")).toEqual([{ passkey: { id: "credential" } }]);
  });

  test("opens the dialog before anything is awaited if the options are ready", async () => {
    const browser = passkeyBrowser();
    const { passkeys, count } = passkeyPage();
    const release = passkeys.prepare("SIGN_IN");
    await vi.waitFor(() => expect(count("StartPasskey")).toBe(1));
    await new Promise((done) => setTimeout(done, 10));
    const outcome = passkeys.signIn();
    expect(browser.calls).toHaveLength(1);
    browser.calls[0]?.use();
    expect((await outcome).ok).toBe(true);
    release();
  });

  test("uses options again that no passkey was used with, and spent ones never", async () => {
    const browser = passkeyBrowser();
    const { passkeys, count } = passkeyPage({ LoginWithPasskey: () => rejectedSignIn("PASSKEY_INVALID") });
    const canceled = passkeys.signIn();
    (await browser.call(1)).fail("NotAllowedError");
    expect(await canceled).toMatchObject({ ok: false, reason: "canceled" });
    const invalid = passkeys.signIn();
    expect(browser.calls[1]?.publicKey.challenge).toBe(nth(1));
    browser.calls[1]?.use();
    expect(await invalid).toMatchObject({ ok: false, reason: "rejected", code: "PASSKEY_INVALID" });
    void passkeys.signIn();
    expect((await browser.call(3)).publicKey.challenge).toBe(nth(2));
    expect(count("StartPasskey")).toBe(2);
    browser.calls[2]?.fail("NotAllowedError");
  });

  test("ends a dialog that another click has opened", async () => {
    const browser = passkeyBrowser();
    const { passkeys } = passkeyPage();
    const first = passkeys.signIn();
    await browser.call(1);
    const second = passkeys.signIn();
    const third = passkeys.signIn();
    expect(await first).toMatchObject({ reason: "aborted" });
    expect(await second).toMatchObject({ reason: "aborted" });
    (await browser.call(2)).use();
    expect((await third).ok).toBe(true);
  });

  test("ends with the caller's signal, before and during the dialog", async () => {
    const browser = passkeyBrowser();
    const { passkeys } = passkeyPage();
    expect(await passkeys.signIn({ signal: AbortSignal.abort() })).toMatchObject({ reason: "aborted" });
    const controller = new AbortController();
    const outcome = passkeys.signIn({ signal: controller.signal });
    await browser.call(1);
    controller.abort();
    expect(await outcome).toMatchObject({ reason: "aborted" });
  });

  test("hides a passkey that no account has", async () => {
    const browser = passkeyBrowser();
    const { passkeys } = passkeyPage({ LoginWithPasskey: () => rejectedSignIn("PASSKEY_UNKNOWN") });
    const outcome = passkeys.signIn();
    (await browser.call(1)).use();
    expect(await outcome).toMatchObject({ reason: "rejected", code: "PASSKEY_UNKNOWN" });
    expect(browser.signals).toEqual([["signalUnknownCredential", { rpId: "example.org", credentialId: "credential" }]]);
  });
});

describe("a failure", () => {
  test.each([
    ["NotAllowedError", "canceled"],
    ["NotSupportedError", "notSupported"],
    ["SecurityError", "wrongOrigin"],
    ["OperationError", "browserError"],
  ])("of the browser is typed: %s", async (name, reason) => {
    const browser = passkeyBrowser();
    const outcome = passkeyPage().passkeys.signIn();
    (await browser.call(1)).fail(name);
    expect(await outcome).toEqual({ ok: false, reason, message: `The browser returned no passkey: ${reason} (${name}).` });
  });

  test("of the browser's own JSON is an outcome and no exception", async () => {
    const browser = passkeyBrowser();
    const outcome = passkeyPage().passkeys.signIn();
    (await browser.call(1)).use({ id: "credential" });
    expect(await outcome).toMatchObject({ reason: "browserError" });
  });

  test("of the service has its code, or the client's error", async () => {
    passkeyBrowser();
    const disabled = await passkeyPage({ StartPasskey: () => rejectedStart("PASSKEYS_DISABLED") }).passkeys.signIn();
    expect(disabled).toMatchObject({ ok: false, reason: "rejected", code: "PASSKEYS_DISABLED" });
    const limited = await passkeyPage({ StartPasskey: () => rejected("RATE_LIMITED", { retryAfter: 7 }) }).passkeys.signIn();
    expect(limited).toMatchObject({ ok: false, reason: "failed", error: { kind: "rateLimited", retryAfter: 7 } });
    expect([disabled, limited].map((it) => (it.ok ? "" : describePasskeyFailure(it)))).toEqual([
      "m",
      "Too many attempts. Try again in 7 seconds.",
    ]);
  });

  test("is known beforehand in a browser without passkeys, and on a server", async () => {
    expect([isSupported(), await isAutofillSupported()]).toEqual([false, false]);
    const { passkeys, count } = passkeyPage();
    expect(await passkeys.signIn()).toMatchObject({ reason: "notSupported" });
    expect(count("StartPasskey")).toBe(0);
    passkeyBrowser({ autofill: false });
    expect([isSupported(), await isAutofillSupported()]).toEqual([true, false]);
  });
});
