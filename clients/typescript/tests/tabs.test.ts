import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createGatehouseClient, type GatehouseClient } from "../src/index.js";
import { browserLike, type BrowserLike } from "./support/browser.js";
import { startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD } from "./support/people.js";
import { pageStorage, webLocks } from "./support/tabs.js";

let gatehouse: Gatehouse;
const open: GatehouseClient[] = [];

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());
// What Node lacks of a page's platform; the channel between tabs is its own.
beforeEach(() => {
  vi.stubGlobal("window", {});
  vi.stubGlobal("localStorage", pageStorage());
  vi.stubGlobal("navigator", { locks: webLocks() });
});
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
  vi.unstubAllGlobals();
});

/** The cookies that all tabs of a test share. */
let browser: BrowserLike;
beforeEach(() => {
  browser = browserLike(gatehouse.appUrl);
});

function tab(options: { namespace?: string; timeoutMs?: number } = {}): GatehouseClient {
  const client = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch, namespace: "tabs", ...options });
  open.push(client);
  return client;
}

let people = 0;
async function signIn(client: GatehouseClient): Promise<string> {
  people += 1;
  const email = `tab-${people}@example.org`;
  expect((await client.register({ email, password: PASSWORD })).ok).toBe(true);
  return email;
}

test("a sign-in and a sign-out in one tab are known in the other", async () => {
  const [one, other] = [tab(), tab()];
  const email = await signIn(one);
  await until(() => other.state.status === "signedIn" && other.state.viewer.email === email);
  await one.logout();
  await until(() => other.state.status === "signedOut" && other.state.reason === "loggedOut");
});

test("a sign-in by a server action is announced", async () => {
  const [one, other] = [tab(), tab()];
  await signIn(tab({ namespace: "elsewhere" }));
  one.announce("signedIn");
  await until(() => one.state.status === "signedIn" && other.state.status === "signedIn");
  one.announce("signedOut");
  await until(() => other.state.status === "signedOut");
});

test("two tabs refresh once between them", async () => {
  const [one, other] = [tab(), tab()];
  await signIn(one);
  const since = other.generation;
  expect(since).toBe(one.generation);
  browser.sent.length = 0;
  expect(await Promise.all([one.refresh(since), other.refresh(since), other.refresh(since)])).toEqual(Array(3).fill("refreshed"));
  expect(browser.sent.filter((it) => it === "RefreshSession")).toHaveLength(1);
  expect(one.generation).not.toBe(since);
});

test("they do so, too, where what one has stored is known to the other a moment later only, as between processes", async () => {
  vi.stubGlobal("localStorage", pageStorage(30));
  const [one, other] = [tab(), tab()];
  await signIn(one);
  await until(() => localStorage.getItem("tabs:generation") !== null);
  const since = other.generation;
  browser.sent.length = 0;
  expect(await Promise.all([one.refresh(since), other.refresh(since)])).toEqual(["refreshed", "refreshed"]);
  expect(browser.sent.filter((it) => it === "RefreshSession")).toHaveLength(1);
});

test("a tab refreshes all the same where the lock is not to be had", async () => {
  const one = tab({ timeoutMs: 2_000 });
  await signIn(one);
  void navigator.locks.request("tabs:refresh", () => new Promise(() => undefined));
  expect(await one.refresh()).toBe("refreshed");
});

test("a browser that refuses storage is no reason to fail", async () => {
  const refuse = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse });
  const one = tab();
  await signIn(one);
  expect(await one.refresh()).toBe("refreshed");
});

test("a storage that is full does not make refreshes look as if they had not been", async () => {
  const full = (): never => {
    throw new DOMException("full", "QuotaExceededError");
  };
  vi.stubGlobal("localStorage", { getItem: () => "old", setItem: full });
  const one = tab();
  await signIn(one);
  const since = one.generation;
  expect(await one.refresh(since)).toBe("refreshed");
  browser.sent.length = 0;
  expect(await one.refresh(since)).toBe("refreshed");
  expect(browser.sent).toEqual([]);
});

test("a page without TLS, which lacks part of the platform, signs in and refreshes all the same", async () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  vi.stubGlobal("navigator", {});
  const one = tab();
  await signIn(one);
  expect(await one.refresh()).toBe("refreshed");
});

test("what is under way when a client is disposed of ends without an exception", async () => {
  const one = tab();
  await signIn(one);
  const leaving = one.logout();
  one.dispose();
  expect((await leaving).ok).toBe(true);
  one.announce("signedOut");
});
