/**
 * Runs `task` while no other tab runs one under the same name (Web Locks). Where there are no locks, or none is to be
 * had within `patienceMs`, it runs all the same: the service answers one refresh token with one successor for a while.
 */
export async function exclusively<T>(name: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return task();
  let running: Promise<T> | undefined;
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => (running = task()));
  } catch (error) {
    if (running !== undefined) return running;
    if (error instanceof DOMException) return task();
    throw error;
  }
}
