"use client";

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { createGatehouseClient } from "@gatehouse/client";
import { gatehouseLink } from "@gatehouse/client/apollo";

/** One for each user: its cache holds what that user may see. */
export function createApollo() {
  const client = createGatehouseClient({ url: "/api/graphql" });
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: "/api/graphql", fetch: client.fetch })]),
  });
}
