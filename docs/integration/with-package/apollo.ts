"use client";

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { createGatehouseClient } from "@gatehouse/client";
import { gatehouseLink } from "@gatehouse/client/apollo";

const client = createGatehouseClient({ url: "/api/graphql" });

export const apollo = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.from([gatehouseLink(client), new HttpLink({ uri: "/api/graphql", fetch: client.fetch })]),
});
