"use client";

import { ApolloProvider, useQuery } from "@apollo/client/react";
import { useState } from "react";
import { createApollo } from "@/auth/browser";
import { SessionsDocument } from "@/auth/generated";

function List() {
  const { data, error } = useQuery(SessionsDocument);
  if (error) return <p role="alert">The sessions cannot be shown right now.</p>;
  if (data && !data.me) return <a href="/login">You were signed out. Sign in</a>;
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
  const [apollo] = useState(createApollo);
  return (
    <ApolloProvider client={apollo}>
      <List />
    </ApolloProvider>
  );
}
