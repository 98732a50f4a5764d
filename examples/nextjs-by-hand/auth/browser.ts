"use client";

import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, Observable } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";

const GENERATION = "auth-generation";

async function refresh(generation: string | null): Promise<boolean> {
  const ask = async () => {
    // Another tab was quicker.
    if (localStorage.getItem(GENERATION) !== generation) return true;
    const response = await fetch("/api/refresh", { method: "POST", headers: { "content-type": "application/json" } });
    if (response.ok) localStorage.setItem(GENERATION, crypto.randomUUID());
    return response.ok;
  };
  return navigator.locks ? navigator.locks.request("auth-refresh", ask) : ask();
}

let refreshing: Promise<boolean> | undefined;

const generations = new ApolloLink((operation, forward) => {
  operation.setContext({ generation: localStorage.getItem(GENERATION) });
  return forward(operation);
});

const refreshOnce = new ErrorLink(({ error, operation, forward }) => {
  if (!CombinedGraphQLErrors.is(error) || operation.getContext().retried) return;
  if (!error.errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) return;
  operation.setContext({ retried: true });
  refreshing ??= refresh(operation.getContext().generation).finally(() => (refreshing = undefined));
  return new Observable((observer) => {
    refreshing?.then((refreshed) => {
      if (refreshed) forward(operation).subscribe(observer);
      else window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`);
    }, observer.error.bind(observer));
  });
});

/** One for each user: its cache holds what that user may see. */
export function createApollo() {
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([generations, refreshOnce, new HttpLink({ uri: "/api/graphql" })]),
  });
}
