import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from "@apollo/client";
import { cacheExchange, Client, createRequest, fetchExchange } from "@urql/core";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import { gatehouseErrorOf as apolloError, gatehouseLink } from "../src/apollo/index.js";
import { gatehouseErrorOf as urqlError, gatehouseExchange } from "../src/urql/index.js";
import {
  createGatehouseClient,
  SecurityEventsDocument,
  SessionsDocument,
  UpdateProfileDocument,
  ViewerDocument,
  type GatehouseClient,
} from "../src/index.js";
import { browserLike, sessionCookies } from "./support/browser.js";
import { startGatehouse, until, type Gatehouse } from "./support/gatehouse.js";
import { PASSWORD, registered, type Person } from "./support/people.js";
import { slowFor } from "./support/slow.js";

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await startGatehouse({ ACCESS_TOKEN_TTL: "2s", TOKEN_LEEWAY: "0s" });
});
afterAll(() => gatehouse.stop());

/** Somebody whose access token has run out. */
async function expired(): Promise<Person> {
  const person = await registered(gatehouse);
  await expiredAgain(person);
  person.browser.sent.length = 0;
  return person;
}

async function expiredAgain(person: Person): Promise<void> {
  const token = person.browser.cookies.get("gatehouse_access") ?? "";
  await until(async () => {
    const response = await fetch(gatehouse.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ me { id } }" }),
    });
    return (await response.text()).includes("UNAUTHENTICATED");
  });
}

const apolloOf = (client: GatehouseClient): ApolloClient =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: gatehouse.url, fetch: client.fetch })]),
  });
const urqlOf = (client: GatehouseClient): Client =>
  new Client({
    url: gatehouse.url,
    exchanges: [cacheExchange, gatehouseExchange(client), fetchExchange],
    fetch: client.fetch,
  });
const endSession = async ({ client, email }: Person): Promise<void> => {
  const other = createGatehouseClient({ url: gatehouse.url, fetch: browserLike(gatehouse.appUrl).fetch });
  await other.login({ identifier: email, password: PASSWORD });
  await other.revokeOtherSessions();
  expect(client.state.status).toBe("signedIn");
};
const refreshes = ({ browser }: Person): number => browser.sent.filter((it) => it === "RefreshSession").length;

describe("Apollo", () => {
  test("an operation that another link sends twice is recovered from expiry both times", async () => {
    const person = await expired();
    const twice = new ApolloLink((operation, forward) => {
      const first = forward(operation);
      return new Observable((observer) => {
        first.subscribe({
          error: (error: unknown) => observer.error(error),
          complete: () => void expiredAgain(person).then(() => forward(operation).subscribe(observer)),
        });
      });
    });
    const http = new HttpLink({ uri: gatehouse.url, fetch: person.client.fetch });
    const link = ApolloLink.from([twice, gatehouseLink(person.client), http]);
    const apollo = new ApolloClient({ cache: new InMemoryCache(), link });
    expect((await apollo.query({ query: SessionsDocument })).data?.me?.sessions.nodes).toHaveLength(1);
    expect(refreshes(person)).toBe(2);
  });

  test("queries and a mutation at the moment of expiry are sent again after one refresh", async () => {
    const person = await expired();
    const apollo = apolloOf(person.client);
    const [sessions, events, profile] = await Promise.all([
      apollo.query({ query: SessionsDocument }),
      apollo.query({ query: SecurityEventsDocument }),
      apollo.mutate({ mutation: UpdateProfileDocument, variables: { input: { name: "Cleo" } } }),
    ]);
    expect(sessions.data?.me?.sessions.nodes).toHaveLength(1);
    expect(events.data?.me?.securityEvents.nodes.length).toBeGreaterThan(0);
    expect(profile.data?.updateProfile.user?.name).toBe("Cleo");
    expect(refreshes(person)).toBe(1);
    expect(person.client.state).toMatchObject({ viewer: { name: "Cleo" } });
  });

  test("data that comes along with the error is kept for those who want it", async () => {
    const person = await registered(gatehouse);
    await endSession(person);
    const query = parse("{ authSettings { registrationOpen } me { id } }");
    const { data, error } = await apolloOf(person.client).query({ query, errorPolicy: "all" });
    expect(data).toMatchObject({ authSettings: { registrationOpen: true }, me: null });
    expect(apolloError(error)).toMatchObject({ kind: "unauthenticated" });
    expect(person.client.state).toEqual({ status: "signedOut", reason: "sessionEnded" });
  });

  test("an origin that may not use cookies is told apart from a wrong document", async () => {
    const client = createGatehouseClient({ url: gatehouse.url, fetch: browserLike("https://evil.example").fetch });
    const error = await apolloOf(client).query({ query: ViewerDocument }).then(() => undefined, (it: unknown) => it);
    expect(apolloError(error)).toMatchObject({ kind: "forbidden" });
  });

  test("an answer that comes late does not sign in again who has signed out", async () => {
    const { browser } = await registered(gatehouse);
    const slow = slowFor("Viewer", browser.fetch);
    const own = createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch });
    const asked = apolloOf(own).query({ query: ViewerDocument });
    await slow.held;
    await own.logout();
    slow.letGo();
    await asked;
    expect(own.state).toEqual({ status: "signedOut", reason: "loggedOut" });
  });

  test("a session that is gone signs out, and the error passes through", async () => {
    const person = await registered(gatehouse);
    await endSession(person);
    const error = await apolloOf(person.client).query({ query: SessionsDocument }).then(() => undefined, (it: unknown) => it);
    expect(apolloError(error)).toMatchObject({ kind: "unauthenticated" });
    expect(person.client.state).toEqual({ status: "signedOut", reason: "sessionEnded" });
  });

  test("a service that is away is told apart from being signed out", async () => {
    const { client } = await registered(gatehouse);
    const link = new HttpLink({ uri: "http://127.0.0.1:1/graphql", fetch: client.fetch });
    const apollo = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from([gatehouseLink(client), link]) });
    const error = await apollo.query({ query: SessionsDocument }).then(() => undefined, (it: unknown) => it);
    expect(apolloError(error)).toMatchObject({ kind: "unreachable" });
    expect(client.state.status).toBe("signedIn");
  });
});

describe("urql", () => {
  test("asks by POST whatever it prefers, because a GET comes without the cookies' Origin", async () => {
    const { client, browser, email } = await registered(gatehouse);
    const methods: unknown[] = [];
    const send: typeof fetch = (input, init) => {
      methods.push(init?.method);
      // As browsers do, unlike the stand-in here.
      return init?.method === "GET" ? fetch(input, init) : client.fetch(input, init);
    };
    const urql = new Client({ url: gatehouse.url, exchanges: [gatehouseExchange(client), fetchExchange], fetch: send });
    expect((await urql.query(ViewerDocument, {}).toPromise()).data?.me?.email).toBe(email);
    expect(methods).toEqual(["POST"]);
    expect(sessionCookies(browser)).toHaveLength(2);
  });

  test("queries and a mutation at the moment of expiry are sent again after one refresh", async () => {
    const person = await expired();
    const urql = urqlOf(person.client);
    const [sessions, events, profile] = await Promise.all([
      urql.query(SessionsDocument, {}).toPromise(),
      urql.query(SecurityEventsDocument, {}).toPromise(),
      urql.mutation(UpdateProfileDocument, { input: { name: "Dora" } }).toPromise(),
    ]);
    expect([sessions.error, events.error, profile.error]).toEqual([undefined, undefined, undefined]);
    expect(sessions.data?.me?.sessions.nodes).toHaveLength(1);
    expect(profile.data?.updateProfile.user?.name).toBe("Dora");
    expect(refreshes(person)).toBe(1);
    expect(person.client.state).toMatchObject({ viewer: { name: "Dora" } });
  });

  test("mutations that are alike are each carried out at the moment of expiry", async () => {
    const person = await expired();
    const urql = urqlOf(person.client);
    const rename = () => urql.mutation(UpdateProfileDocument, { input: { name: "Twin" } }).toPromise();
    const both = await Promise.all([rename(), rename()]);
    expect(both.map(({ data, error }) => [data?.updateProfile.user?.name, error])).toEqual(Array(2).fill(["Twin", undefined]));
    expect(refreshes(person)).toBe(1);
  });

  test("a query that is asked again while the session is refreshed is answered once that is done", async () => {
    const { browser } = await registered(gatehouse);
    browser.cookies.set("gatehouse_access", "tampered");
    const slow = slowFor("RefreshSession", browser.fetch, "request");
    const urql = urqlOf(createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch }));
    const seen: unknown[] = [];
    const stop = pipe(urql.query(SessionsDocument, {}), subscribe(({ data, error }) => seen.push(error ?? data?.me?.sessions.nodes.length)));
    await slow.held;
    for (const requestPolicy of ["cache-first", "network-only"] as const) {
      urql.reexecuteOperation(urql.createRequestOperation("query", createRequest(SessionsDocument, {}), { requestPolicy }));
    }
    await until(() => browser.sent.filter((it) => it === "Sessions").length === 2);
    slow.letGo();
    await until(() => seen.length > 0);
    stop.unsubscribe();
    expect(seen).toEqual([1]);
  });

  test("an answer that comes late does not sign in again who has signed out", async () => {
    const { browser } = await registered(gatehouse);
    const slow = slowFor("Viewer", browser.fetch);
    const own = createGatehouseClient({ url: gatehouse.url, fetch: slow.fetch });
    const asked = urqlOf(own).query(ViewerDocument, {}).toPromise();
    await slow.held;
    await own.logout();
    slow.letGo();
    await asked;
    expect(own.state).toEqual({ status: "signedOut", reason: "loggedOut" });
  });

  test("a second expiry is recovered from like the first", async () => {
    const person = await expired();
    const urql = urqlOf(person.client);
    const ask = () => urql.query(SessionsDocument, {}, { requestPolicy: "network-only" }).toPromise();
    expect((await ask()).error).toBeUndefined();
    await until(async () => {
      expect((await ask()).error).toBeUndefined();
      return refreshes(person) === 2;
    });
  });

  test("a session that is gone signs out, and the error passes through", async () => {
    const person = await registered(gatehouse);
    await endSession(person);
    const { error } = await urqlOf(person.client).query(SessionsDocument, {}).toPromise();
    expect(error && urqlError(error)).toMatchObject({ kind: "unauthenticated" });
    expect(person.client.state).toEqual({ status: "signedOut", reason: "sessionEnded" });
  });

  test("a service that is away is told apart from being signed out", async () => {
    const { client } = await registered(gatehouse);
    const urql = new Client({
      url: "http://127.0.0.1:1/graphql",
      preferGetMethod: false,
      exchanges: [gatehouseExchange(client), fetchExchange],
      fetch: client.fetch,
    });
    const { error } = await urql.query(SessionsDocument, {}).toPromise();
    expect(error && urqlError(error)).toMatchObject({ kind: "unreachable" });
    expect(client.state.status).toBe("signedIn");
  });
});
