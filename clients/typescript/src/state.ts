import type { ViewerFieldsFragment } from "./generated/documents.js";

/** The signed-in user. */
export type Viewer = ViewerFieldsFragment;

/** Why nobody is signed in any more. */
export type SignedOutReason = "loggedOut" | "sessionEnded" | "accountDeleted";

/** Whether somebody is signed in, as far as it is known here. The service decides with every request. */
export type LoginState =
  | { readonly status: "unknown" }
  | { readonly status: "signedOut"; readonly reason?: SignedOutReason }
  | { readonly status: "signedIn"; readonly viewer: Viewer };

type Message =
  | { readonly type: "refreshed" | "signedIn" }
  | { readonly type: "signedOut"; readonly reason?: SignedOutReason };

/** The state of one page, which tells the other tabs of its changes and learns of theirs. */
export interface StateStore {
  get(): LoginState;
  set(state: LoginState): void;
  subscribe(listener: (state: LoginState) => void): () => void;
  tell(message: Message): void;
  dispose(): void;
}

/** `onElsewhere` is called with what another tab tells. Without a channel name the page is by itself. */
export function stateStore(
  initial: LoginState,
  channelName: string | undefined,
  onElsewhere: (message: Message) => void,
): StateStore {
  let state = initial;
  const listeners = new Set<(state: LoginState) => void>();
  let channel = channelName === undefined ? undefined : openChannel(channelName);
  if (channel !== undefined) channel.onmessage = (event: MessageEvent<Message>) => onElsewhere(event.data);
  return {
    get: () => state,
    set: (next) => {
      if (isSame(state, next)) return;
      state = next;
      for (const listener of [...listeners]) listener(next);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (message) => channel?.postMessage(message),
    dispose: () => {
      listeners.clear();
      channel?.close();
      // What is still under way may tell something yet.
      channel = undefined;
    },
  };
}

function isSame(one: LoginState, other: LoginState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function openChannel(name: string): BroadcastChannel | undefined {
  // Only pages have tabs beside them; in a server an open channel would keep the process alive.
  if (typeof window === "undefined" || typeof BroadcastChannel === "undefined") return undefined;
  return new BroadcastChannel(name);
}
