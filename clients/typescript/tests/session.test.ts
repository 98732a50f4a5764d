import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatehouseClient, SessionsDocument, type Viewer } from "../src/index.js";
import { lock } from "../src/lock.js";
import { singleFlight } from "../src/refresh.js";
import { browserLike, sessionCookies } from "./support/browser.js";
import { startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered, type Person } from "./support/people.js";

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await startGatehouse();
});
afterAll(() => gatehouse.stop());

const emailOf = (person: Person): string | undefined =>
  person.client.state.status === "signedIn" ? person.client.state.viewer.email : undefined;

async function endElsewhere({ email }: Person): Promise<void> {
  const other = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch });
  await other.login({ identifier: email, password: PASSWORD });
  await other.revokeOtherSessions();
}

describe("why nobody is signed in any more", () => {
  test("is still known after answers that come late", async () => {
    const person = await registered(gatehouse);
    await endElsewhere(person);
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    let asked = 0;
    const slow: typeof fetch = async (input, init) => {
      asked += 1;
      const isSecond = asked === 2;
      const response = await person.browser.fetch(input, init);
      if (isSecond) await held;
      return response;
    };
    const client = createGatehouseClient({ url: gatehouse.url, fetch: slow, initialViewer: viewerOf(person) });
    const seen: string[] = [];
    client.subscribe((state) => seen.push(JSON.stringify(state)));
    const first = client.execute(SessionsDocument, {});
    const second = client.execute(SessionsDocument, {});
    expect((await first).ok).toBe(false);
    letGo();
    expect(await second).toMatchObject({ ok: false, error: { kind: "unauthenticated" } });
    expect(seen).toEqual([JSON.stringify({ status: "signedOut", reason: "sessionEnded" })]);
  });

  test("is still known when something is tried afterwards", async () => {
    const { client } = await registered(gatehouse);
    await client.logout();
    expect(await client.updateProfile({ name: "Eve" })).toMatchObject({ error: { kind: "unauthenticated" } });
    expect(client.state).toEqual({ status: "signedOut", reason: "loggedOut" });
  });
});

describe("the viewer", () => {
  test("is not spoilt by a document that asks for less, nor by names of types", async () => {
    const person = await registered(gatehouse);
    const before = viewerOf(person);
    const less = parse("{ me { __typename id email emailVerified } }");
    expect((await person.client.execute(less, {})).ok).toBe(true);
    expect(viewerOf(person)).toEqual(before);
  });

  test("changes with what a document of an application's own says", async () => {
    const person = await registered(gatehouse);
    const own = parse('mutation { updateProfile(input: { name: "Dora" }) { user { id name } userErrors { code } } }');
    await person.client.execute(own, {});
    expect(person.client.state).toMatchObject({ status: "signedIn", viewer: { name: "Dora", email: person.email } });
  });

  test("is loaded where a sign-in does not say who it is", async () => {
    const { email } = await registered(gatehouse);
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch });
    const own = parse(`mutation { login(input: { identifier: "${email}", password: "${PASSWORD}" }) { session { id } } }`);
    await client.execute(own, {});
    await until(() => client.state.status === "signedIn" && client.state.viewer.email === email);
  });

  test("is loaded where a sign-in says no more than the user's id", async () => {
    const { email } = await registered(gatehouse);
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch, initialViewer: null });
    const own = parse(`mutation { login(input: { identifier: "${email}", password: "${PASSWORD}" }) { user { id } } }`);
    await client.execute(own, {});
    await until(() => client.state.status === "signedIn" && client.state.viewer.email === email);
  });

  test("stays where a deletion is refused, whatever the document asks for", async () => {
    const { client, email } = await registered(gatehouse);
    const input = `{ currentPassword: "not it at all", confirmation: "${email}" }`;
    for (const asked of ["deletion { receipt }", "userErrors { code }", "__typename"]) {
      expect((await client.execute(parse(`mutation { deleteAccount(input: ${input}) { ${asked} } }`), {})).ok).toBe(true);
      expect(client.state.status).toBe("signedIn");
    }
  });

  test("is loaded anew where somebody else turns out to be signed in", async () => {
    const [one, other] = [await registered(gatehouse), await registered(gatehouse)];
    for (const [name, value] of other.browser.cookies) one.browser.cookies.set(name, value);
    expect((await one.client.execute(SessionsDocument, {})).ok).toBe(true);
    await until(() => emailOf(one) === other.email);
  });

  test("is verified by the own link, and not by somebody else's", async () => {
    const [one, other] = [await registered(gatehouse), await registered(gatehouse)];
    expect((await one.client.verifyEmail({ token: await linkOf(other.email) })).ok).toBe(true);
    expect(one.client.state).toMatchObject({ viewer: { email: one.email, emailVerified: false } });
    expect((await one.client.verifyEmail({ token: await linkOf(one.email) })).ok).toBe(true);
    expect(one.client.state).toMatchObject({ viewer: { email: one.email, emailVerified: true } });
  });
});

describe("a refresh", () => {
  test("that is refused for being one too many signs nobody out", async () => {
    const strict = await startGatehouse({ LIMIT_REFRESH: "1/1h" });
    try {
      const { client, browser } = await registered(strict);
      expect(await client.refresh()).toBe("refreshed");
      expect(await client.refresh()).toMatchObject({ kind: "rateLimited", retryAfter: expect.any(Number) });
      expect(client.state.status).toBe("signedIn");
      expect(sessionCookies(browser)).toHaveLength(2);
    } finally {
      await strict.stop();
    }
  });

  test("is not asked for by a program that has no token", async () => {
    const browser = browserLike(gatehouse.appUrl);
    const client = createGatehouseClient({ url: gatehouse.url, tokens: "memory", fetch: browser.fetch });
    expect(await client.updateProfile({ name: "Eve" })).toMatchObject({ error: { kind: "unauthenticated" } });
    expect(browser.sent).toEqual(["UpdateProfile"]);
    expect(client.state).toEqual({ status: "signedOut" });
  });

  test("is done again for whoever saw the last one already", async () => {
    let current = "before";
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    let sent = 0;
    const refresh = singleFlight({
      lock: lock("test", 1_000),
      epoch: () => 0,
      onOvertaken: () => true,
      generation: { current: () => current, advance: () => undefined },
      refreshToken: () => undefined,
      send: async () => {
        sent += 1;
        await held;
        return { kind: "unreachable", message: "" };
      },
      onRefreshed: () => undefined,
      onRefused: () => undefined,
    });
    const all = [refresh("before"), refresh("before")];
    await until(() => sent === 1);
    current = "after";
    all.push(refresh("after"), refresh("after"));
    letGo();
    await Promise.all(all);
    expect(sent).toBe(2);
  });
});

function viewerOf({ client }: Person): Viewer {
  if (client.state.status !== "signedIn") throw new Error(`is ${client.state.status}`);
  return client.state.viewer;
}

/** The token of the newest link that was mailed to `email`. */
async function linkOf(email: string): Promise<string> {
  let token = "";
  await until(async () => {
    const mails = (await (await fetch(new URL("/dev/mail/messages", gatehouse.url))).json()) as {
      to: unknown;
      links: string[];
    }[];
    const links = mails.filter((it) => JSON.stringify(it.to).includes(email)).flatMap((it) => it.links);
    token = links.map((it) => new URL(it)).find((it) => it.pathname === "/verify-email")?.searchParams.get("token") ?? "";
    return token !== "";
  });
  return token;
}
