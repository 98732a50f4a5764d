import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { passkeyBrowser, type PasskeyBrowser } from "../support/passkey-browser.js";
import { nth, passkeyPage, rejected, rejectedSignIn, rejectedStart } from "../support/passkey-service.js";

const MINUTE = 60_000;
let browser: PasskeyBrowser;
let stop: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  browser = passkeyBrowser();
});
afterEach(async () => {
  stop();
  for (const call of browser.calls) if (call.isOpen()) call.fail("NotAllowedError");
  await pass();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Lets time pass, a second at a time, with the responses that come meanwhile. */
async function pass(ms = 50): Promise<void> {
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
  };
  await settle();
  for (let left = ms; left > 0; left -= 1_000) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 1_000));
    await settle();
  }
}
const seen = (): unknown[] => browser.calls.map(({ isAutofill, publicKey, isOpen }) => [isAutofill, publicKey.challenge, isOpen()]);

describe("autofill", () => {
  test("signs in with the passkey that the user chooses, and ends", async () => {
    const { client, passkeys, count } = passkeyPage();
    const onOutcome = vi.fn();
    stop = passkeys.autofill(onOutcome);
    await pass();
    expect(seen()).toEqual([[true, nth(1), true]]);
    browser.calls[0]?.use();
    await pass(10 * MINUTE);
    expect(onOutcome.mock.calls).toMatchObject([[{ ok: true, payload: { user: { id: "ann" } } }]]);
    expect(client.state.status).toBe("signedIn");
    expect([browser.calls.length, count("StartPasskey"), vi.getTimerCount()]).toEqual([1, 1, 0]);
  });

  test("gives way to a click, which opens its dialog as soon as the browser can", async () => {
    const { passkeys, count } = passkeyPage();
    const onOutcome = vi.fn();
    stop = passkeys.autofill(onOutcome);
    await pass();
    const outcome = passkeys.signIn();
    await pass();
    expect(seen()).toEqual([[true, nth(1), false], [false, nth(1), true]]);
    browser.calls[1]?.use();
    expect((await outcome).ok).toBe(true);
    await pass(10 * MINUTE);
    expect(onOutcome).not.toHaveBeenCalled();
    expect([browser.calls.length, count("StartPasskey"), vi.getTimerCount()]).toEqual([2, 1, 0]);
  });

  test("resumes after a dialog that the user has closed", async () => {
    const { passkeys } = passkeyPage();
    stop = passkeys.autofill(() => undefined);
    await pass();
    const outcome = passkeys.signIn();
    await pass();
    browser.calls[1]?.fail("NotAllowedError");
    expect(await outcome).toMatchObject({ reason: "canceled" });
    await pass();
    expect(seen()).toEqual([[true, nth(1), false], [false, nth(1), false], [true, nth(1), true]]);
  });

  test("waits for the result of a click before it resumes", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    const { passkeys } = passkeyPage({ LoginWithPasskey: () => held.then(() => rejectedSignIn("PASSKEY_INVALID")) });
    stop = passkeys.autofill(() => undefined);
    await pass();
    void passkeys.signIn();
    await pass();
    browser.calls[1]?.use();
    await pass(1_000);
    expect(browser.calls).toHaveLength(2);
    letGo();
    await pass();
    expect(seen().at(-1)).toEqual([true, nth(2), true]);
  });

  test("is offered with new options after 4 minutes", async () => {
    const { passkeys, count } = passkeyPage();
    stop = passkeys.autofill(() => undefined);
    await pass(4 * MINUTE - 10_000);
    expect([seen(), count("StartPasskey")]).toEqual([[[true, nth(1), true]], 1]);
    await pass(20_000);
    expect([seen(), count("StartPasskey")]).toEqual([[[true, nth(1), false], [true, nth(2), true]], 2]);
  });

  test("goes on after a passkey that was rejected, with new options", async () => {
    const { passkeys } = passkeyPage({ LoginWithPasskey: () => rejectedSignIn("PASSKEY_UNKNOWN") });
    const onOutcome = vi.fn();
    stop = passkeys.autofill(onOutcome);
    await pass();
    browser.calls[0]?.use();
    await pass();
    expect(onOutcome.mock.calls).toMatchObject([[{ ok: false, reason: "rejected", code: "PASSKEY_UNKNOWN" }]]);
    expect(browser.signals).toHaveLength(1);
    expect(seen()).toEqual([[true, nth(1), false], [true, nth(2), true]]);
  });

  test("goes on if the user closes its dialog, and ends if the browser rejects it at once", async () => {
    const { passkeys } = passkeyPage();
    stop = passkeys.autofill(() => undefined);
    await pass(2_000);
    browser.calls[0]?.fail("NotAllowedError");
    await pass(100);
    expect(browser.calls).toHaveLength(2);
    browser.calls[1]?.fail("NotAllowedError");
    await pass(MINUTE);
    expect(browser.calls).toHaveLength(2);
  });

  test("ends without a trace when it is stopped", async () => {
    const { passkeys, count } = passkeyPage();
    const onOutcome = vi.fn();
    passkeys.autofill(onOutcome)();
    stop = passkeys.autofill(onOutcome);
    await pass();
    stop();
    await pass(10 * MINUTE);
    expect(seen()).toEqual([[true, nth(1), false]]);
    expect([onOutcome.mock.calls.length, count("StartPasskey"), vi.getTimerCount()]).toEqual([0, 1, 0]);
  });

  test("leaves one request to two parts of a page", async () => {
    const [one, other] = [passkeyPage(), passkeyPage()];
    const stopOne = one.passkeys.autofill(() => undefined);
    await pass();
    stop = other.passkeys.autofill(() => undefined);
    await pass(1_000);
    expect(seen()).toEqual([[true, nth(1), false], [true, nth(1), true]]);
    stopOne();
  });

  test("keeps options ready for a click in a browser without it", async () => {
    vi.unstubAllGlobals();
    browser = passkeyBrowser({ autofill: false });
    const { passkeys, count } = passkeyPage();
    stop = passkeys.autofill(() => undefined);
    await pass(5 * MINUTE);
    expect([browser.calls.length, count("StartPasskey")]).toEqual([0, 2]);
    void passkeys.signIn();
    expect(seen()).toEqual([[false, nth(2), true]]);
  });
});

describe("options that are fetched ahead", () => {
  test("are tried again after an error that can pass, a minute later", async () => {
    const start = [() => rejected("UNAVAILABLE"), () => rejected("UNAVAILABLE")];
    const { passkeys, count } = passkeyPage({ StartPasskey: (_, before) => start[before]?.() ?? rejectedStart("PASSKEYS_DISABLED") });
    stop = passkeys.autofill(() => undefined);
    await pass(30_000);
    expect(count("StartPasskey")).toBe(1);
    await pass(MINUTE);
    expect(count("StartPasskey")).toBe(2);
    await pass(10 * MINUTE);
    expect([count("StartPasskey"), browser.calls.length]).toEqual([3, 0]);
  });

  test("are not fetched while the page is hidden", async () => {
    const document = { visibilityState: "hidden" };
    vi.stubGlobal("document", document);
    const { passkeys, count } = passkeyPage();
    stop = passkeys.autofill(() => undefined);
    await pass(10 * MINUTE);
    expect(count("StartPasskey")).toBe(0);
    document.visibilityState = "visible";
    await pass(6_000);
    expect([count("StartPasskey"), browser.calls.length]).toEqual([1, 1]);
  });

  test("are fetched again for a new session, and ask nobody for a step-up", async () => {
    const onStepUp = vi.fn(() => true);
    let isRecent = false;
    const { client, passkeys, count } = passkeyPage(
      {
        StartPasskey: () =>
          isRecent
            ? { data: { startPasskey: { options: { challenge: "c" }, expiresAt: null, userErrors: [] } } }
            : rejected("STEP_UP_REQUIRED", { methods: ["TOTP"], maxAge: 600 }),
      },
      "ann",
      onStepUp,
    );
    stop = passkeys.prepare("REGISTER");
    await pass(5 * MINUTE);
    expect([count("StartPasskey"), onStepUp.mock.calls.length]).toEqual([1, 0]);
    isRecent = true;
    await client.reauthenticate({ totpCode: "123456" });
    await pass(6_000);
    expect(count("StartPasskey")).toBe(2);
    void passkeys.add();
    expect(browser.calls.map(({ method }) => method)).toEqual(["create"]);
  });
});
