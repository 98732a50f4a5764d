import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatehouseClient, SessionsDocument, type Viewer } from "../src/index.js";
import { browserLike } from "./support/browser.js";
import { startGatehouse, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered, type Person } from "./support/people.js";
import { slowFor } from "./support/slow.js";

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());

function viewerOf({ client }: Person): Viewer {
  if (client.state.status !== "signedIn") throw new Error(`is ${client.state.status}`);
  return client.state.viewer;
}

describe("an answer that comes late", () => {
  test("does not sign in again who has signed out meanwhile", async () => {
    const person = await registered(gatehouse);
    const slow = slowFor("Viewer", person.browser.fetch);
    const client = createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch, initialViewer: viewerOf(person) });
    const asked = client.loadViewer();
    await slow.held;
    await client.logout();
    slow.letGo();
    expect(await asked).toMatchObject({ ok: true, data: { email: person.email } });
    expect(client.state).toEqual({ status: "signedOut", reason: "loggedOut" });
  });

  test("does not sign out who has signed in meanwhile", async () => {
    const { email } = await registered(gatehouse);
    const slow = slowFor("Viewer", browserLike(gatehouse.appUrl).fetch);
    const client = createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch });
    const asked = client.loadViewer();
    await slow.held;
    await client.login({ identifier: email, password: PASSWORD });
    slow.letGo();
    expect(await asked).toEqual({ ok: true, data: null });
    expect(client.state).toMatchObject({ status: "signedIn", viewer: { email } });
  });
});

describe("a refresh that is overtaken", () => {
  test("by a sign-in, leaves the new session's tokens alone", async () => {
    const { email } = await registered(gatehouse);
    const slow = slowFor("RefreshSession");
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: slow.fetch });
    await client.register({ email: "before@example.org", password: PASSWORD });
    const refreshing = client.refresh();
    await slow.held;
    await client.login({ identifier: email, password: PASSWORD });
    slow.letGo();
    expect(await refreshing).toBe("refreshed");
    expect(client.state).toMatchObject({ status: "signedIn", viewer: { email } });
    expect(await client.loadViewer()).toMatchObject({ ok: true, data: { email } });
  });

  test("by a change of the password that ends the old session, signs nobody out", async () => {
    // The old token is sent only after the new session has begun, so that it is refused.
    const slow = slowFor("RefreshSession", fetch, "request");
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: slow.fetch });
    await client.register({ email: "changing@example.org", password: PASSWORD });
    const refreshing = client.refresh();
    await slow.held;
    await client.changePassword({ currentPassword: PASSWORD, newPassword: "four blue saucers" });
    slow.letGo();
    expect(await refreshing).toBe("refreshed");
    expect(client.state.status).toBe("signedIn");
    expect(await client.execute(SessionsDocument, {})).toMatchObject({ ok: true });
  });

  test("by a sign-out, brings no tokens back", async () => {
    const slow = slowFor("RefreshSession");
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: slow.fetch });
    await client.register({ email: "leaving@example.org", password: PASSWORD });
    const refreshing = client.refresh();
    await slow.held;
    await client.logout();
    slow.letGo();
    expect(await refreshing).toBe("signedOut");
    expect(client.state).toEqual({ status: "signedOut", reason: "loggedOut" });
    expect(await client.loadViewer()).toEqual({ ok: true, data: null });
  });
});

test("whoever gives up while the session is refreshed is not kept waiting, and the refresh goes on", async () => {
  const person = await registered(gatehouse);
  person.browser.cookies.set("gatehouse_access", "tampered");
  const slow = slowFor("RefreshSession", person.browser.fetch);
  const client = createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch });
  const controller = new AbortController();
  const given = client.execute(SessionsDocument, {}, { signal: controller.signal });
  const patient = client.execute(SessionsDocument, {});
  await slow.held;
  controller.abort();
  expect(await given).toMatchObject({ ok: false, error: { kind: "aborted" } });
  slow.letGo();
  expect((await patient).ok).toBe(true);
  expect(person.browser.sent.filter((it) => it === "RefreshSession")).toHaveLength(1);
});
