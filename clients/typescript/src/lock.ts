import { limit } from "./signals.js";

/** A lock that all tabs of an application share. */
export interface Lock {
  /** Runs `task` while nobody else holds the lock, and says whether somebody did before. */
  <T>(task: (hasWaited: boolean) => Promise<T>): Promise<T>;
}

/**
 * A Web Lock. Where there are none, a lock of this page alone. If it cannot be had within `patienceMs`, the task runs all the
 * same: the service answers one refresh token with one successor for a while.
 */
export function lock(name: string, patienceMs: number): Lock {
  const ofPage = pageLock(patienceMs);
  return (task) => {
    const locks = globalThis.navigator?.locks;
    return locks === undefined ? ofPage(task) : exclusively(locks, name, patienceMs, task);
  };
}

async function exclusively<T>(
  locks: LockManager,
  name: string,
  patienceMs: number,
  task: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  let running: Promise<T> | undefined;
  let release: (() => void) | undefined;
  try {
    await locks.request(name, { ifAvailable: true }, (held) => (held === null ? undefined : (running = task(false))));
    if (running !== undefined) return await running;
    const patience = limit(patienceMs);
    release = patience.release;
    return await locks.request(name, { signal: patience.signal }, () => {
      patience.release();
      return (running = task(true));
    });
  } catch {
    // Out of patience, or a document that may not lock. A task that has begun is not run again.
    return running ?? task(true);
  } finally {
    release?.();
  }
}

function pageLock(patienceMs: number): Lock {
  let last: Promise<unknown> | undefined;
  return (task) => {
    const before = last;
    const running = before === undefined ? task(false) : settled(before, patienceMs).then(() => task(true));
    const mine = running.catch(() => undefined).then(() => {
      if (last === mine) last = undefined;
    });
    last = mine;
    return running;
  };
}

/** Resolves when `promise` has settled, or after `patienceMs`. */
function settled(promise: Promise<unknown>, patienceMs: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, patienceMs);
    void promise.finally(() => {
      clearTimeout(timer);
      done();
    });
  });
}
