import { vi } from "vitest";

/** One call of `navigator.credentials`. */
export interface BrowserCall {
  readonly method: "create" | "get";
  readonly isAutofill: boolean;
  readonly publicKey: { readonly challenge: unknown; readonly [name: string]: unknown };
  /** Ends the dialog with a passkey. */
  use(credential?: unknown): void;
  /** Ends it with a `DOMException` of this name. */
  fail(name: string): void;
  readonly isOpen: () => boolean;
}

/** What a browser can do. */
export interface BrowserAbilities {
  /** Whether it offers passkeys in autofill. */
  readonly autofill?: boolean;
  /** Whether it has the JSON methods of WebAuthn Level 3. */
  readonly json?: boolean;
  /** Whether it has the signal methods. */
  readonly signals?: boolean;
}

/** A browser with passkeys: one request at a time, which settles a while after it was aborted. */
export interface PasskeyBrowser {
  readonly calls: BrowserCall[];
  readonly signals: unknown[];
  /** The newest call, once there are as many as `count`. */
  call(count: number): Promise<BrowserCall>;
}

const ABORT_MS = 20;

/** Puts one in place of the globals. Call `vi.unstubAllGlobals()` afterwards. */
export function passkeyBrowser({ autofill = true, json = true, signals = true }: BrowserAbilities = {}): PasskeyBrowser {
  const browser: PasskeyBrowser = {
    calls: [],
    signals: [],
    call: (count) =>
      vi.waitFor(() => {
        const call = browser.calls[count - 1];
        if (call === undefined || browser.calls.length > count) throw new Error(`${browser.calls.length} calls`);
        return call;
      }, 2_000),
  };
  const request = (method: "create" | "get", options: CredentialRequestOptions | CredentialCreationOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = (name: string): void => reject(new DOMException(name, name));
      if (options.signal?.aborted) return fail("AbortError");
      if (browser.calls.some((call) => call.isOpen())) return fail("OperationError");
      let isOpen = true;
      options.signal?.addEventListener("abort", () => setTimeout(() => ((isOpen = false), fail("AbortError")), ABORT_MS));
      browser.calls.push({
        method,
        isAutofill: "mediation" in options && options.mediation === "conditional",
        publicKey: options.publicKey as unknown as BrowserCall["publicKey"],
        use: (credential = { id: "credential", toJSON: () => ({ id: "credential" }) }) => ((isOpen = false), resolve(credential)),
        fail: (name) => ((isOpen = false), fail(name)),
        isOpen: () => isOpen,
      });
    });
  const signal = (name: string) => (options: unknown) => Promise.resolve(void browser.signals.push([name, options]));
  class PublicKeyCredential {}
  Object.assign(PublicKeyCredential, {
    isConditionalMediationAvailable: () => Promise.resolve(autofill),
    ...(json && {
      parseCreationOptionsFromJSON: (options: unknown) => options,
      parseRequestOptionsFromJSON: (options: unknown) => options,
    }),
    ...(signals && {
      signalUnknownCredential: signal("signalUnknownCredential"),
      signalAllAcceptedCredentials: signal("signalAllAcceptedCredentials"),
    }),
  });
  vi.stubGlobal("PublicKeyCredential", PublicKeyCredential);
  vi.stubGlobal("navigator", {
    credentials: {
      create: (options: CredentialCreationOptions) => request("create", options),
      get: (options: CredentialRequestOptions) => request("get", options),
    },
  });
  return browser;
}
