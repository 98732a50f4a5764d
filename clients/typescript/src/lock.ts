/**
 * Runs `task` while no other tab runs one under the same name (Web Locks), and tells it whether it had to wait for one. Where
 * there are no locks, or none is to be had within `patienceMs`, it runs all the same: the service answers one refresh token
 * with one successor for a while.
 */
export async function exclusively<T>(
  name: string,
  patienceMs: number,
  task: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return task(false);
  let running: Promise<T> | undefined;
  try {
    await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : (running = task(false))));
    if (running !== undefined) return await running;
    return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => (running = task(true)));
  } catch (error) {
    if (running !== undefined) return running;
    if (error instanceof DOMException) return task(true);
    throw error;
  }
}
