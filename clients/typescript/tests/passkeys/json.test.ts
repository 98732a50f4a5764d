import { afterEach, describe, expect, test, vi } from "vitest";
import { creationOptions, credentialJson, decode, encode, requestOptions } from "../../src/passkeys/json.js";
import { passkeyBrowser } from "../support/passkey-browser.js";
import { passkeyPage } from "../support/passkey-service.js";

afterEach(() => vi.unstubAllGlobals());

const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer;
const BYTES = [0, 62, 63, 250, 251, 252, 253, 254, 255];

describe("base64url", () => {
  test("agrees with that of Node for every length", () => {
    for (let length = 0; length <= BYTES.length; length += 1) {
      const part = BYTES.slice(0, length);
      const text = Buffer.from(part).toString("base64url");
      expect(encode(bytes(...part))).toBe(text);
      expect([...decode(text)]).toEqual(part);
    }
  });

  test("is decoded with padding, too, and rejected with other characters", () => {
    expect([...decode("_w==")]).toEqual([255]);
    expect(() => decode("a b!")).toThrow();
  });
});

describe("a browser without the JSON methods", () => {
  const descriptor = { type: "public-key", id: "_wA", transports: ["internal"] };

  test("gets the options with bytes", () => {
    passkeyBrowser({ json: false });
    const request = requestOptions({ challenge: "AQI", rpId: "example.org", timeout: 300_000, allowCredentials: [descriptor] });
    expect(request).toEqual({
      challenge: Uint8Array.of(1, 2),
      rpId: "example.org",
      timeout: 300_000,
      allowCredentials: [{ type: "public-key", id: Uint8Array.of(255, 0), transports: ["internal"] }],
    });
    expect(requestOptions({ challenge: "AQI" }).allowCredentials).toEqual([]);
    const rp = { id: "example.org", name: "Example" };
    const options = { rp, user: { id: "Aw", name: "ann", displayName: "Ann" }, challenge: "AQI", pubKeyCredParams: [] };
    expect(creationOptions({ ...options, excludeCredentials: [descriptor] })).toEqual({
      ...options,
      user: { id: Uint8Array.of(3), name: "ann", displayName: "Ann" },
      challenge: Uint8Array.of(1, 2),
      excludeCredentials: [{ type: "public-key", id: Uint8Array.of(255, 0), transports: ["internal"] }],
    });
  });

  test("sends the passkey as JSON", () => {
    const common = { id: "_wA", rawId: bytes(255, 0), type: "public-key", authenticatorAttachment: "platform" };
    const assertion = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes(4) };
    const json = { ...common, rawId: "_wA", clientExtensionResults: {} };
    expect(credentialJson({ ...common, response: assertion } as never)).toEqual({
      ...json,
      response: { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw", userHandle: "BA" },
    });
    for (const userHandle of [null, undefined, bytes()]) {
      expect(credentialJson({ ...common, response: { ...assertion, userHandle } } as never)).toEqual({
        ...json,
        response: { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw" },
      });
    }
    const attestation = { clientDataJSON: bytes(1), attestationObject: bytes(2) };
    const response = { clientDataJSON: "AQ", attestationObject: "Ag" };
    expect(credentialJson({ ...common, authenticatorAttachment: null, response: attestation } as never)).toEqual({
      id: "_wA",
      rawId: "_wA",
      type: "public-key",
      clientExtensionResults: {},
      response: { ...response, transports: [] },
    });
    const withTransports = { ...attestation, getTransports: () => ["hybrid"] };
    expect(credentialJson({ ...common, response: withTransports } as never)).toMatchObject({ response: { ...response, transports: ["hybrid"] } });
  });

  test("signs in", async () => {
    const browser = passkeyBrowser({ json: false });
    const { passkeys, variables } = passkeyPage({
      StartPasskey: () => ({ data: { startPasskey: { options: { challenge: "AQI", rpId: "example.org" }, expiresAt: null, userErrors: [] } } }),
    });
    const outcome = passkeys.signIn();
    const call = await browser.call(1);
    expect(call.publicKey.challenge).toEqual(Uint8Array.of(1, 2));
    const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: null };
    call.use({ id: "_wA", rawId: bytes(255, 0), type: "public-key", response });
    expect((await outcome).ok).toBe(true);
    expect(variables("LoginWithPasskey")).toMatchObject([{ passkey: { id: "_wA", response: { signature: "Aw" } } }]);
  });
});

test("a password manager's object, on which the browser's method throws, is read by hand", () => {
  const toJSON = (): never => {
    throw new TypeError("Illegal invocation");
  };
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: null };
  const credential = { id: "_wA", rawId: bytes(255, 0), type: "public-key", response, toJSON };
  expect(credentialJson(credential as never)).toMatchObject({ id: "_wA", response: { authenticatorData: "Ag" } });
});
