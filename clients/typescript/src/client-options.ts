import type { Viewer } from "./state.js";
import type { OnStepUp } from "./step-up.js";
import type { TokenStorage } from "./tokens.js";

/** How a client reaches the service. */
export interface GatehouseClientOptions {
  /** Address of the GraphQL endpoint: in a browser best a path of the page's own origin, such as `/api/graphql`. */
  readonly url: string;
  /**
   * How tokens travel. `"cookie"` (the default) is for browsers: no script sees them. `"memory"`, or a storage of your
   * own, is for programs.
   */
  readonly tokens?: "cookie" | "memory" | TokenStorage;
  /** Sends requests; the platform's `fetch` unless set. */
  readonly fetch?: typeof fetch;
  /** Milliseconds that a request may take; 10,000 unless set. */
  readonly timeoutMs?: number;
  /** Names the lock, the channel and the storage that the tabs of one application share; `gatehouse` unless set. */
  readonly namespace?: string;
  /** Who is signed in, where the server has rendered it into the page; null for nobody. */
  readonly initialViewer?: Viewer | null;
  /**
   * Called when an operation is rejected with `STEP_UP_REQUIRED`: once for all operations that wait, also those of
   * Apollo's link and urql's exchange. If it returns true, each is repeated once. Otherwise, or without it, the error passes.
   */
  readonly onStepUp?: OnStepUp;
}
