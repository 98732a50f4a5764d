import { lock } from "./lock.js";

/** Which lock it is. */
export interface SessionLockOptions {
  /** The `namespace` of the client in the other tabs; `gatehouse` unless set. */
  readonly namespace?: string;
  /** Milliseconds to wait for the other tabs; 20,000 unless set. */
  readonly patienceMs?: number;
}

/**
 * Runs `task` while no tab of the application refreshes, signs in or signs out. For what changes the session's cookies without
 * the client, such as the call of a server action: of two answers that set cookies, the later one to arrive wins. Do not use the
 * client in it, which waits for the same lock.
 */
export function withSessionLock<T>(task: () => Promise<T>, options: SessionLockOptions = {}): Promise<T> {
  const { namespace = "gatehouse", patienceMs = 20_000 } = options;
  return lock(sessionLockName(namespace), patienceMs)(() => task());
}

/** The name of the Web Lock that all tabs of an application share. */
export function sessionLockName(namespace: string): string {
  return `${namespace}:refresh`;
}
