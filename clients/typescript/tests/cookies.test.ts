import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { gatehouseLink } from "../src/apollo/index.js";
import { createGatehouseClient, LoginDocument, LogoutDocument, withSessionLock, type GatehouseClient } from "../src/index.js";
import { gatehouseExchange } from "../src/urql/index.js";
import { browserLike, sessionCookies, type BrowserLike } from "./support/browser.js";
import { startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered } from "./support/people.js";
import { slowFor, type Slow } from "./support/slow.js";
import { pageStorage, webLocks } from "./support/tabs.js";

let gatehouse: Gatehouse;
const open: GatehouseClient[] = [];

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());
beforeEach(() => {
  vi.stubGlobal("window", {});
  vi.stubGlobal("localStorage", pageStorage());
  vi.stubGlobal("navigator", { locks: webLocks() });
});
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
  vi.unstubAllGlobals();
});

/** A browser in which somebody is signed in, and whose refreshes are slow. */
interface Stage {
  readonly browser: BrowserLike;
  readonly slow: Slow;
  /** Somebody else, who has an account. */
  readonly other: string;
  tab(): GatehouseClient;
}

async function stage(what: "request" | "answer", send: typeof fetch = fetch): Promise<Stage> {
  const [person, other] = [await registered(gatehouse), await registered(gatehouse)];
  // Those two have cookies of their own, and would speak to the tabs below as if they were in the same browser.
  for (const { client } of [person, other]) client.dispose();
  const slow = slowFor("RefreshSession", send, what);
  const browser = browserLike(gatehouse.appUrl, new Map(person.browser.cookies), slow.fetch);
  const viewer = person.client.state.status === "signedIn" ? person.client.state.viewer : null;
  const tab = (): GatehouseClient => {
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch, initialViewer: viewer });
    open.push(client);
    return client;
  };
  return { browser, slow, other: other.email, tab };
}

/** Whose cookies the browser holds, as a page sees it that is loaded now. */
async function holder(browser: BrowserLike): Promise<string | undefined> {
  const fresh = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl, browser.cookies).fetch, namespace: "new" });
  open.push(fresh);
  const outcome = await fresh.loadViewer();
  return outcome.ok ? outcome.data?.email : outcome.error.kind;
}

const credentials = (identifier: string) => ({ input: { identifier, password: PASSWORD } });

/** The ways in which an application signs somebody in. */
const SIGN_INS: Record<string, (client: GatehouseClient, identifier: string) => Promise<unknown>> = {
  "the client's own method": (client, identifier) => client.login(credentials(identifier).input),
  Apollo: (client, identifier) => {
    const link = ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: gatehouse.url, fetch: client.fetch })]);
    const apollo = new ApolloClient({ cache: new InMemoryCache(), link, devtools: { enabled: false } });
    return apollo.mutate({ mutation: LoginDocument, variables: credentials(identifier) });
  },
  urql: (client, identifier) => {
    const exchanges = [cacheExchange, gatehouseExchange(client), fetchExchange];
    const urql = new Client({ url: gatehouse.url, preferGetMethod: false, fetch: client.fetch, exchanges });
    return urql.mutation(LoginDocument, credentials(identifier)).toPromise();
  },
};

describe("a refresh in one tab and a sign-in in another, at the same moment", () => {
  test.each(Object.keys(SIGN_INS))("leave the cookies of the sign-in, by %s", async (way) => {
    const { browser, slow, other, tab } = await stage("answer");
    const [one, two] = [tab(), tab()];
    const refreshing = two.refresh();
    await slow.held;
    const signingIn = SIGN_INS[way]?.(one, other);
    await new Promise((done) => setTimeout(done, 50));
    expect(browser.sent).toEqual(["RefreshSession"]);
    slow.letGo();
    await Promise.all([refreshing, signingIn]);
    expect(await holder(browser)).toBe(other);
    await until(() => [one, two].every(({ state }) => state.status === "signedIn" && state.viewer.email === other));
  });

  test("leave them also where the sign-in was first", async () => {
    const { browser, slow, other, tab } = await stage("answer");
    slow.letGo();
    const slowSignIn = slowFor("Login", browser.fetch);
    const one = createGatehouseClient({ url: gatehouse.url, fetch: slowSignIn.fetch });
    open.push(one);
    const two = tab();
    const signingIn = one.login(credentials(other).input);
    await slowSignIn.held;
    const refreshing = two.refresh();
    slowSignIn.letGo();
    expect((await signingIn).ok).toBe(true);
    expect(await refreshing).toBe("refreshed");
    expect(browser.sent).not.toContain("RefreshSession");
    expect(await holder(browser)).toBe(other);
  });

  test("leave them in a page without Web Locks", async () => {
    vi.stubGlobal("navigator", {});
    const { browser, slow, other, tab } = await stage("answer");
    const one = tab();
    const refreshing = one.refresh();
    await slow.held;
    const signingIn = one.login(credentials(other).input);
    await new Promise((done) => setTimeout(done, 50));
    expect(browser.sent).toEqual(["RefreshSession"]);
    slow.letGo();
    await Promise.all([refreshing, signingIn]);
    expect(await holder(browser)).toBe(other);
  });
});

test("a sign-out waits for a refresh, whose cookies do not come back", async () => {
  const { browser, slow, tab } = await stage("answer");
  const [one, two] = [tab(), tab()];
  const refreshing = two.refresh();
  await slow.held;
  const leaving = one.execute(LogoutDocument, {});
  slow.letGo();
  await Promise.all([refreshing, leaving]);
  expect(sessionCookies(browser)).toHaveLength(0);
  expect(await holder(browser)).toBeUndefined();
});

test("a change of the password waits for a refresh", async () => {
  const { browser, slow, tab } = await stage("answer");
  const [one, two] = [tab(), tab()];
  const refreshing = two.refresh();
  await slow.held;
  const changing = one.changePassword({ currentPassword: PASSWORD, newPassword: "four blue saucers" });
  slow.letGo();
  expect([await refreshing, (await changing).ok]).toEqual(["refreshed", true]);
  expect(await holder(browser)).toMatch(/@example\.org$/);
});

test("a server action that is called under the lock waits for a refresh", async () => {
  const { browser, slow, other, tab } = await stage("answer");
  const refreshing = tab().refresh();
  await slow.held;
  const action = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch, namespace: "action" });
  open.push(action);
  const signingIn = withSessionLock(() => action.login(credentials(other).input));
  await new Promise((done) => setTimeout(done, 50));
  expect(browser.sent).toEqual(["RefreshSession"]);
  slow.letGo();
  expect([await refreshing, (await signingIn).ok]).toEqual(["refreshed", true]);
  expect(await holder(browser)).toBe(other);
});

describe("a sign-in by a server action, which takes no lock", () => {
  test("keeps its cookies where the refresh of the session before is rejected afterwards", async () => {
    const { browser, slow, other, tab } = await stage("request");
    const two = tab();
    const refreshing = two.refresh();
    await slow.held;
    const action = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch, namespace: "action" });
    open.push(action);
    expect((await action.login(credentials(other).input)).ok).toBe(true);
    two.announce("signedIn");
    slow.letGo();
    expect(await refreshing).toBe("refreshed");
    expect(await holder(browser)).toBe(other);
    await until(() => two.state.status === "signedIn" && two.state.viewer.email === other);
  });

  test("is known to be lost where an earlier refresh overwrites its cookies", async () => {
    const { browser, slow, other, tab } = await stage("answer");
    const two = tab();
    const refreshing = two.refresh();
    await slow.held;
    const action = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch, namespace: "action" });
    open.push(action);
    expect((await action.login(credentials(other).input)).ok).toBe(true);
    two.announce("signedIn");
    await until(() => two.state.status === "signedIn" && two.state.viewer.email === other);
    slow.letGo();
    await refreshing;
    // The session before has ended: nobody is signed in, and nobody else's pages are shown.
    await until(() => two.state.status === "signedOut");
    expect(await holder(browser)).not.toMatch(/@/);
  });
});

test("whoever gives up a sign-in that waits for its turn sends nothing", async () => {
  const { browser, slow, other, tab } = await stage("answer");
  const [one, two] = [tab(), tab()];
  const refreshing = two.refresh();
  await slow.held;
  const controller = new AbortController();
  const signingIn = one.execute(LoginDocument, credentials(other), { signal: controller.signal });
  controller.abort();
  expect(await signingIn).toMatchObject({ ok: false, error: { kind: "aborted" } });
  slow.letGo();
  await refreshing;
  expect(browser.sent).toEqual(["RefreshSession"]);
  // The turn was given on.
  expect((await one.login(credentials(other).input)).ok).toBe(true);
});
