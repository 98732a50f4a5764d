"use client";

import { ApolloProvider, useQuery } from "@apollo/client/react";
import { apollo } from "@/auth/browser";
import { SessionsDocument } from "@/auth/generated";

function List() {
  const { data, error } = useQuery(SessionsDocument);
  if (error) return <p role="alert">The sessions cannot be shown right now.</p>;
  return (
    <ul>
      {data?.me?.sessions.nodes.map(({ id, deviceName, current }) => (
        <li key={id}>
          {deviceName} {current && "(this device)"}
        </li>
      ))}
    </ul>
  );
}

export function Sessions() {
  return (
    <ApolloProvider client={apollo}>
      <List />
    </ApolloProvider>
  );
}
