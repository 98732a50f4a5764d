import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { buildSchema, isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { gatehouseLink } from "../src/apollo/index.js";
import { LoginDocument, SecurityEventsDocument, SessionsDocument, UpdateProfileDocument } from "../src/index.js";
import { gatehouseExchange, graphcacheKeys } from "../src/urql/index.js";
import { startGatehouse, type Gatehouse } from "./support/gatehouse.js";
import { PACKAGE } from "./support/package.js";
import { PASSWORD, registered, type Person } from "./support/people.js";

let gatehouse: Gatehouse;
let person: Person;

/** Somebody with more events than one page holds. */
beforeAll(async () => {
  gatehouse = await startGatehouse();
  person = await registered(gatehouse);
  for (const name of ["Bea", "Cleo", "Dora"]) expect((await person.client.updateProfile({ name })).ok).toBe(true);
});
afterAll(() => gatehouse.stop());

test("Apollo's relayStylePagination adds pages of a list", async () => {
  const { client } = person;
  const apollo = new ApolloClient({
    cache: new InMemoryCache({ typePolicies: { User: { fields: { securityEvents: relayStylePagination() } } } }),
    link: ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: gatehouse.url, fetch: client.fetch })]),
  });
  const shown = apollo.watchQuery({ query: SecurityEventsDocument, variables: { first: 2 } });
  const subscription = shown.subscribe(() => undefined);
  const page = await vi.waitFor(() => {
    const events = shown.getCurrentResult().data?.me?.securityEvents;
    if (events === undefined) throw new Error("nothing yet");
    return events;
  });
  expect([page?.edges?.length, page?.nodes?.length, page?.pageInfo?.hasNextPage]).toEqual([2, 2, true]);
  await shown.fetchMore({ variables: { after: page?.pageInfo?.endCursor ?? null } });
  await vi.waitFor(() => {
    const edges = shown.getCurrentResult().data?.me?.securityEvents?.edges;
    expect([edges?.length, new Set(edges?.map((edge) => edge?.node?.id)).size]).toEqual([4, 4]);
  });
  subscription.unsubscribe();
});

test("graphcache's relayPagination adds pages of a list, and misses no key", async () => {
  const { client } = person;
  const warnings = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  try {
    const urql = new Client({
      url: gatehouse.url,
      fetch: client.fetch,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({ keys: graphcacheKeys, resolvers: { User: { securityEvents: relayPagination() } } }),
        gatehouseExchange(client),
        fetchExchange,
      ],
    });
    const first = await urql.query(SecurityEventsDocument, { first: 2 }).toPromise();
    const after = first.data?.me?.securityEvents.pageInfo.endCursor ?? null;
    const both = await urql.query(SecurityEventsDocument, { first: 2, after }).toPromise();
    expect(both.error).toBeUndefined();
    expect(new Set(both.data?.me?.securityEvents.edges.map(({ node }) => node.id)).size).toBe(4);
    expect((await urql.query(SessionsDocument, {}).toPromise()).data?.me?.sessions.edges).toHaveLength(1);
    expect((await urql.mutation(UpdateProfileDocument, { input: { name: "Eve" } }).toPromise()).error).toBeUndefined();
    const input = { identifier: person.email, password: `${PASSWORD} not` };
    expect((await urql.mutation(LoginDocument, { input }).toPromise()).data?.login.userErrors).toHaveLength(1);
    expect(warnings.mock.calls).toEqual([]);
  } finally {
    warnings.mockRestore();
  }
});

test("every type of the schema without an id is among the keys", () => {
  const types = Object.values(buildSchema(readFileSync(join(PACKAGE, "../../schema.graphql"), "utf8"), { assumeValidSDL: true }).getTypeMap());
  // What graphcache stores inside of its parent by its name alone.
  const known = /^__|^(Query|Mutation)$|PageInfo|(Connection|Edge)$/;
  const keyless = types.filter((it) => isObjectType(it) && !("id" in it.getFields()) && !known.test(it.name)).map(({ name }) => name);
  expect(Object.keys(graphcacheKeys).sort()).toEqual(keyless.sort());
});
