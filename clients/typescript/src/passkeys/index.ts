/** Passkeys in a browser: signing in, the second step, step-up, and adding one (WebAuthn Level 3). */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { ExecuteOptions } from "../execute.js";
import {
  AddPasskeyDocument,
  CompleteLoginDocument,
  LoginWithPasskeyDocument,
  ReauthenticateDocument,
  type AddPasskeyMutation,
  type CompleteLoginMutation,
  type LoginWithPasskeyMutation,
  type ReauthenticateMutation,
} from "../generated/documents.js";
import { mutationOutcome } from "../operations.js";
import type { LoginChallenge } from "../second-factors.js";
import { startAutofill } from "./autofill.js";
import { creationOptions, credentialJson, requestOptions } from "./json.js";
import { optionsStore, type Options, type PasskeyClient, type Use } from "./options.js";
import { browserFailure, passkeyOutcome, type PasskeyOutcome } from "./outcome.js";
import { beginRequest, untilIdle, type Used } from "./request.js";
import { hasSignal, signalAllAcceptedCredentials, signalUnknownCredential, type UserWithPasskeys } from "./signals.js";
import { isSupported } from "./support.js";

export type { PasskeyClient } from "./options.js";
export { describePasskeyFailure, type BrowserReason, type PasskeyFailure, type PasskeyOutcome } from "./outcome.js";
export type { UserWithPasskeys } from "./signals.js";
export { isAutofillSupported, isSupported } from "./support.js";

/** How the browser is asked for a passkey. */
export interface AskOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** How a passkey is added. */
export interface AddOptions extends AskOptions {
  /** A name of 1 to 64 characters; the name of the device unless set. */
  readonly name?: string;
  /** The token of the challenge, during a sign-in that must enroll a factor. */
  readonly challenge?: string;
}

/** The passkeys of a page. Each method that opens a dialog ends the request that is pending, and throws nothing. */
export interface Passkeys {
  /**
   * Fetches the options of a later request now, and renews them until the returned function is called. Safari opens a dialog
   * only if no request to a server lies between it and the click. `autofill` does it for `signIn`.
   */
  prepare(purpose: "SIGN_IN" | "REAUTHENTICATE" | "REGISTER", challenge?: string): () => void;
  /** Signs in with a passkey alone. Call it in the handler of a click, before anything is awaited. */
  signIn(options?: AskOptions): Promise<PasskeyOutcome<LoginWithPasskeyMutation["loginWithPasskey"]>>;
  /**
   * Offers passkeys in the autofill of the field with `autocomplete="username webauthn"`, until one has signed in or the returned
   * function is called. `onOutcome` gets the result of each passkey that the user chooses. A dialog of another method
   * interrupts it. In a browser without it only the options for `signIn` are kept ready.
   */
  autofill(onOutcome: (outcome: PasskeyOutcome<LoginWithPasskeyMutation["loginWithPasskey"]>) => void): () => void;
  /** Completes a sign-in whose challenge lists `PASSKEY`. */
  completeLogin(
    challenge: Pick<LoginChallenge, "token" | "passkeyOptions">,
    options?: AskOptions,
  ): Promise<PasskeyOutcome<CompleteLoginMutation["completeLogin"]>>;
  /** Proves a passkey again: the answer to a step-up that lists `PASSKEY`. */
  reauthenticate(options?: AskOptions): Promise<PasskeyOutcome<ReauthenticateMutation["reauthenticate"]>>;
  /** Adds a passkey to the account. With the first factor the payload has recovery codes, which are returned once. */
  add(options?: AddOptions): Promise<PasskeyOutcome<AddPasskeyMutation["addPasskey"]>>;
  /**
   * Lets password managers hide the passkeys that the account does not have any more, if the browser can. Pass a complete list that
   * was just queried, such as the `user` of `removeFactor`: a passkey that it lacks is hidden, or deleted. Does nothing while `add`
   * is pending.
   */
  signalAcceptedPasskeys(user: UserWithPasskeys): Promise<void>;
  /** Lets password managers hide a passkey that no account has. `signIn` and `autofill` do it by themselves. */
  signalUnknownPasskey(credentialId: string): Promise<void>;
}

/** Makes it; one for each client is enough. It asks the browser for nothing before a method is called. */
export function createPasskeys(client: PasskeyClient): Passkeys {
  const store = optionsStore(client);
  let stopAutofill = (): void => undefined;
  let rpId: string | undefined;
  const tasks = new Set<Promise<unknown>>();
  let [adding, added] = [0, 0];

  const submit = async <TData extends object, TInput>(
    document: TypedDocumentNode<TData, { input: TInput }>,
    input: TInput,
    options: ExecuteOptions,
  ): Promise<PasskeyOutcome<TData[keyof TData]>> =>
    passkeyOutcome(mutationOutcome(await client.execute(document, { input }, options)));

  /** Returns the passkey and its options, or why there is none. Asks the browser at once if the options are ready. */
  const ask = async (method: "create" | "get", use: Use, { signal }: AskOptions) => {
    if (!isSupported()) return browserFailure("notSupported");
    let options = store.ready(use);
    if (options === undefined) {
      const loaded = await store.load(use);
      if (!loaded.ok) return loaded;
      ({ options } = loaded);
    }
    const asked = await begin(method, options.json, signal);
    if (!asked.ok) return asked;
    store.spend(options);
    return { ...asked, options };
  };
  const begin = (method: "create" | "get", json: unknown, caller: AbortSignal | undefined) => {
    remember(json);
    return beginRequest(
      "click",
      method,
      (signal) =>
        method === "create"
          ? navigator.credentials.create({ publicKey: creationOptions(json), signal })
          : navigator.credentials.get({ publicKey: requestOptions(json), signal }),
      caller,
    ).result;
  };
  const remember = (json: unknown): void => {
    const { rpId: ofRequest, rp } = (json ?? {}) as { rpId?: unknown; rp?: { id?: unknown } };
    const id = ofRequest ?? rp?.id;
    if (typeof id === "string") rpId = id;
  };
  const knownRpId = async (): Promise<string | undefined> => {
    if (rpId === undefined) {
      const loaded = await store.load({ purpose: "SIGN_IN" });
      if (loaded.ok) remember(loaded.options.json);
    }
    return rpId;
  };

  const submitSignIn = async (options: Options, { passkey, credentialId }: Used, askOptions: AskOptions = {}) => {
    remember(options.json);
    const outcome = await submit(LoginWithPasskeyDocument, { passkey }, askOptions);
    const isUnknown = !outcome.ok && outcome.reason === "rejected" && outcome.code === "PASSKEY_UNKNOWN";
    if (isUnknown && rpId !== undefined) void signalUnknownCredential(rpId, credentialId);
    return outcome;
  };
  /** Keeps autofill from resuming before the result is known. */
  const inFront = async <T extends { readonly ok: boolean }>(task: () => Promise<T>, signsIn: boolean): Promise<T> => {
    const running = task();
    tasks.add(running);
    try {
      const outcome = await running;
      if (outcome.ok && signsIn) stopAutofill();
      return outcome;
    } finally {
      tasks.delete(running);
    }
  };

  return {
    prepare: (purpose, challenge) => store.keep({ purpose, challenge }),
    signIn: (options = {}) =>
      inFront(async () => {
        const asked = await ask("get", { purpose: "SIGN_IN" }, options);
        return asked.ok ? submitSignIn(asked.options, asked, options) : asked;
      }, true),
    autofill: (onOutcome) => {
      stopAutofill();
      stopAutofill = startAutofill({
        options: store,
        onOutcome,
        submit: (options, used) => {
          store.spend(options);
          return submitSignIn(options, used);
        },
        untilIdle: async () => {
          while (tasks.size > 0) await Promise.allSettled(tasks);
          await untilIdle();
        },
      });
      return stopAutofill;
    },
    completeLogin: ({ token, passkeyOptions }, options = {}) =>
      inFront(async () => {
        if (!isSupported() || passkeyOptions === null) return browserFailure("notSupported");
        const asked = await begin("get", passkeyOptions, options.signal);
        return asked.ok ? submit(CompleteLoginDocument, { challenge: token, passkey: asked.passkey }, options) : asked;
      }, true),
    reauthenticate: (options = {}) =>
      inFront(async () => {
        const asked = await ask("get", { purpose: "REAUTHENTICATE" }, options);
        return asked.ok ? submit(ReauthenticateDocument, { passkey: asked.passkey }, { ...options, stepUp: false }) : asked;
      }, false),
    add: ({ name, challenge, ...options } = {}) =>
      inFront(async () => {
        adding += 1;
        try {
          const asked = await ask("create", { purpose: "REGISTER", challenge }, options);
          if (!asked.ok) return asked;
          added += 1;
          const { passkey } = asked;
          const input = { passkey, ...(name !== undefined && { name }), ...(challenge !== undefined && { challenge }) };
          return await submit(AddPasskeyDocument, input, options);
        } finally {
          adding -= 1;
        }
      }, challenge !== undefined),
    signalAcceptedPasskeys: async (user) => {
      if (!hasSignal("signalAllAcceptedCredentials")) return;
      const before = added;
      const id = await knownRpId();
      // A list from before would hide the new passkey.
      if (id !== undefined && adding === 0 && added === before) await signalAllAcceptedCredentials(id, user);
    },
    signalUnknownPasskey: async (credentialId) => {
      if (!hasSignal("signalUnknownCredential")) return;
      const id = await knownRpId();
      if (id !== undefined) await signalUnknownCredential(id, credentialId);
    },
  };
}
