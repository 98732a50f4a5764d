import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import type { GatehouseClientOptions } from "./client-options.js";
import { runtimeFault, type GatehouseError } from "./errors.js";
import { execute as executeWith, type ExecuteOptions, type ExecuteParts } from "./execute.js";
import { GatehouseFailure } from "./failure.js";
import { ViewerDocument, type RefreshSessionErrorCode } from "./generated/documents.js";
import { generation } from "./generation.js";
import { keptTokens, type KeptTokens } from "./kept-tokens.js";
import { lock } from "./lock.js";
import { completed, observe } from "./observe.js";
import { operations, type Operations } from "./operations.js";
import type { Outcome } from "./outcome.js";
import { ownUrl } from "./own-url.js";
import { singleFlight, type RefreshResult } from "./refresh.js";
import { changesSession } from "./session-change.js";
import { sessionLockName } from "./session-lock.js";
import { stateStore, type LoginState, type SignedOutReason, type Viewer } from "./state.js";
import { stepUpGate, type StepUpRequest } from "./step-up.js";
import { memoryStorage } from "./tokens.js";
import { outcomeOf, post, unlessAborted, type Arrived } from "./transport.js";

/** A client of one service for one user. */
export interface GatehouseClient extends Operations {
  /**
   * Executes one operation, and throws nothing. If it is rejected because the access token is not valid, it is sent again once after a
   * refresh; a mutation only if none of its fields was executed. A query is also sent again while the service is unavailable.
   * If it requires a step-up, it is repeated once after `onStepUp` has returned true.
   */
  execute<TData, TVariables>(
    document: TypedDocumentNode<TData, TVariables>,
    variables: TVariables,
    options?: ExecuteOptions,
  ): Promise<Outcome<TData>>;
  /**
   * Exchanges the refresh token, once for all who ask at the same time, in whichever tab. With `since`, a `generation`
   * from before a request, nothing is done where another has refreshed since.
   */
  refresh(since?: string): Promise<RefreshResult>;
  /**
   * Lets `onStepUp` ask the user, once for all that wait, and returns its result. For links to other GraphQL clients, and for
   * services of your own that require a recent authentication. With `since`, `stepUps` from before a request, the result
   * of a dialog that has ended since is returned without another one.
   */
  stepUp(request: StepUpRequest, since?: number): Promise<boolean>;
  /** The number of dialogs for a step-up that have ended. */
  readonly stepUps: number;
  /** Asks who is signed in; null is nobody. */
  loadViewer(): Promise<Outcome<Viewer | null>>;
  /** Whether somebody is signed in, as far as it is known here. */
  readonly state: LoginState;
  /** What `state` was at first: what the server has rendered, which a page has to begin with. */
  readonly initialState: LoginState;
  /** Calls `listener` at each change of `state`; returns the function that stops it. */
  subscribe(listener: (state: LoginState) => void): () => void;
  /** Tells this page and the other tabs of a sign-in or sign-out that went another way, such as a server action. */
  announce(change: "signedIn" | "signedOut"): void;
  /** Changes with every refresh of this browser's session. */
  readonly generation: string;
  /** Changes with every sign-in and sign-out that is known here. */
  readonly epoch: number;
  /**
   * Learns from the data of an answer who is signed in: for links to other GraphQL clients. `asked` is the `epoch` from
   * before the request: who was signed in then need not be who is now.
   */
  observe(data: unknown, asked?: number): void;
  /**
   * For links to other GraphQL clients: waits until no other tab refreshes, signs in or signs out, where the answer to
   * `document` may change the session's cookies. Returns the function that lets the others go on: call it once the answer has
   * been observed.
   */
  hold(document: DocumentNode): Promise<() => void>;
  /** `fetch` with the credentials of the session; refreshes nothing. To any other address than `url` it sends no credentials. */
  readonly fetch: typeof fetch;
  /** Closes the channel to the other tabs and forgets the listeners. */
  dispose(): void;
}

/** Makes a client. In a browser one for the whole application. */
export function createGatehouseClient(options: GatehouseClientOptions): GatehouseClient {
  const { url, timeoutMs = 10_000, namespace = "gatehouse" } = options;
  const storage = tokenStorage(options.tokens);
  const byCookie = storage === undefined;
  const generations = generation(namespace, byCookie);
  const initial = initialState(options.initialViewer);
  let epoch = 0;
  const store = stateStore(initial, byCookie ? namespace : undefined, (message) => {
    if (message.type !== "refreshed") epoch += 1;
    if (message.type === "signedOut") store.set(signedOut(message.reason));
    if (message.type === "signedIn") void client.loadViewer();
  });

  const isOwn = ownUrl(url);
  const authorized: typeof fetch = async (input, init = {}) => {
    const send = options.fetch ?? globalThis.fetch;
    if (!isOwn(input)) return send(input, init);
    const headers = await withCredentials(input, init).catch((thrown: unknown) => {
      // Nothing was sent yet, so it is no fault of the connection.
      throw new GatehouseFailure(runtimeFault(thrown));
    });
    return send(input, { ...init, headers, ...(byCookie && { credentials: "include" as const }) });
  };
  const withCredentials = async (input: RequestInfo | URL, init: RequestInit): Promise<Headers> => {
    const ofRequest = typeof input === "object" && "headers" in input ? input.headers : undefined;
    const headers = new Headers(init.headers ?? ofRequest);
    if (byCookie) headers.set("x-gatehouse-tokens", "cookie");
    const accessToken = (await storage?.get())?.accessToken;
    if (accessToken !== undefined) headers.set("authorization", `Bearer ${accessToken}`);
    return headers;
  };
  const send = (body: string, signal?: AbortSignal): Promise<Arrived | GatehouseError> =>
    post(body, { url, fetch: authorized, timeoutMs, signal });

  const end = (reason: SignedOutReason | undefined): void => {
    epoch += 1;
    storage?.set(undefined);
    store.set(signedOut(reason));
    store.tell({ type: "signedOut", ...(reason && { reason }) });
  };
  const viewerId = (): string | undefined => {
    const state = store.get();
    return state.status === "signedIn" ? state.viewer.id : undefined;
  };
  const learn = (data: unknown, asked = epoch): void => {
    const seen = observe(data, viewerId());
    if (seen.signedOut !== undefined) return end(seen.signedOut);
    if (asked !== epoch && !seen.signedIn) return;
    if (seen.tokens !== undefined) storage?.set(seen.tokens);
    if (seen.tokens?.deviceToken) storage?.setDevice(seen.tokens.deviceToken);
    if (seen.signedIn) begin();
    else if (seen.renewed) generations.advance();
    if (seen.viewer === null) {
      if (store.get().status !== "signedOut") store.set(signedOut(undefined));
      return;
    }
    const user = seen.viewer ?? seen.user;
    const state = store.get();
    const known = state.status === "signedIn" ? state.viewer : undefined;
    const isViewer = seen.viewer !== undefined || user?.id === known?.id;
    const viewer = user && isViewer ? completed(user, known) : undefined;
    if (viewer !== undefined) store.set({ status: "signedIn", viewer });
    // Somebody else is signed in than is shown, and a document does not say enough of them.
    else if (seen.signedIn || (isViewer && known && user && user.id !== known.id)) void client.loadViewer();
    if (seen.signedIn) store.tell({ type: "signedIn" });
  };
  const begin = (): void => {
    epoch += 1;
    generations.advance();
  };
  const refused = (code: RefreshSessionErrorCode | undefined): void => {
    // Without a token that was ever ours nobody was signed in, and why that is has been said before.
    const { status } = store.get();
    if (code === "TOKEN_INVALID" && status === "signedOut") return;
    end(status === "signedIn" || code !== "TOKEN_INVALID" ? "sessionEnded" : undefined);
  };
  // Of two answers that set cookies, the later one to arrive wins. So there is one such request at a time.
  const exclusively = lock(sessionLockName(namespace), 2 * timeoutMs);
  const hold: GatehouseClient["hold"] = (document) =>
    byCookie && changesSession(document)
      ? new Promise((resolve) => void exclusively(() => new Promise<void>((release) => resolve(release))))
      : Promise.resolve(() => undefined);
  const refresh = singleFlight({
    lock: exclusively,
    generation: generations,
    epoch: () => epoch,
    refreshToken: async () => (storage === undefined ? undefined : ((await storage.get())?.refreshToken ?? null)),
    send: (body) => post(body, { url, fetch: byCookie ? authorized : (options.fetch ?? globalThis.fetch), timeoutMs }),
    onRefreshed: (payload) => {
      if (payload.tokens !== null) storage?.set(payload.tokens);
      store.tell({ type: "refreshed" });
    },
    onRefused: refused,
    onOvertaken: async () => {
      if (storage !== undefined) return (await storage.get()) !== undefined;
      if (store.get().status === "signedOut") return false;
      // Whose cookies the browser has now, only the service can say.
      void client.loadViewer();
      return true;
    },
  });
  /** Sends one request and learns from its answer before anybody else changes the cookies. */
  const exchange = async (
    document: DocumentNode,
    body: string,
    signal: AbortSignal | undefined,
  ): Promise<Arrived | GatehouseError> => {
    let release: (() => void) | undefined;
    if (byCookie && changesSession(document)) {
      const holding = hold(document);
      const held = await unlessAborted(holding, signal);
      if (typeof held !== "function") {
        void holding.then((free) => free());
        return held;
      }
      release = held;
    }
    try {
      const asked = epoch;
      const result = await send(body, signal);
      const outcome = outcomeOf(result);
      if (outcome.ok) learn(outcome.data, asked);
      return result;
    } finally {
      release?.();
    }
  };

  const stepUps = stepUpGate(options.onStepUp);
  const stepUp = async (request: StepUpRequest, since = stepUps.ended()): Promise<boolean> => {
    const before = viewerId();
    const passed = await stepUps.pass(request, since);
    // What one user began is not repeated as another.
    return passed && (before === undefined || viewerId() === before);
  };
  const parts: ExecuteParts = { exchange, generation: generations.current, refresh, stepUps: stepUps.ended, stepUp };
  const execute: GatehouseClient["execute"] = (document, variables, executeOptions = {}) =>
    executeWith(parts, document, variables, executeOptions).catch((thrown: unknown) => ({
      ok: false,
      error: runtimeFault(thrown),
    }));

  const methods = operations(execute);
  /** Adds the token by which the account recognizes the device, if there is one. A sign-in does not depend on it. */
  const onThisDevice = async <Input extends object>(input: Input): Promise<Input> => {
    const deviceToken = await storage?.getDevice().catch(() => undefined);
    return deviceToken === undefined ? input : { deviceToken, ...input };
  };
  const client: GatehouseClient = {
    ...methods,
    login: async (input) => methods.login(await onThisDevice(input)),
    completeLogin: async (input) => methods.completeLogin(await onThisDevice(input)),
    loginWithPasskey: async (input) => methods.loginWithPasskey(await onThisDevice(input)),
    execute,
    refresh,
    stepUp,
    get stepUps() {
      return stepUps.ended();
    },
    loadViewer: async () => {
      const outcome = await execute(ViewerDocument, {});
      return outcome.ok ? { ok: true, data: outcome.data.me } : outcome;
    },
    get state() {
      return store.get();
    },
    initialState: initial,
    subscribe: (listener) => store.subscribe(listener),
    announce: (change) => {
      if (change === "signedOut") return end("loggedOut");
      begin();
      store.tell({ type: "signedIn" });
      void client.loadViewer();
    },
    get generation() {
      return generations.current();
    },
    get epoch() {
      return epoch;
    },
    observe: learn,
    hold,
    fetch: authorized,
    dispose: () => store.dispose(),
  };
  return client;
}

function tokenStorage(tokens: GatehouseClientOptions["tokens"] = "cookie"): KeptTokens | undefined {
  if (tokens === "cookie") return undefined;
  return keptTokens(tokens === "memory" ? memoryStorage() : tokens);
}

function initialState(viewer: Viewer | null | undefined): LoginState {
  if (viewer === undefined) return { status: "unknown" };
  return viewer === null ? { status: "signedOut" } : { status: "signedIn", viewer };
}

function signedOut(reason: SignedOutReason | undefined): LoginState {
  return { status: "signedOut", ...(reason && { reason }) };
}
