"use client";

import { createContext, createElement, use, useSyncExternalStore, type ReactElement, type ReactNode } from "react";
import type { GatehouseClient } from "../client.js";
import type { LoginState } from "../state.js";

const ClientContext = createContext<GatehouseClient | undefined>(undefined);

/** Gives `client` to everything below. */
export function GatehouseProvider(props: { readonly client: GatehouseClient; readonly children: ReactNode }): ReactElement {
  return createElement(ClientContext, { value: props.client }, props.children);
}

/** The client of the provider above. Throws where there is none. */
export function useGatehouse(): GatehouseClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error("useGatehouse needs a GatehouseProvider above it");
  return client;
}

/** Whether somebody is signed in; renders again when that changes, in this tab or another. */
export function useLoginState(): LoginState {
  const client = useGatehouse();
  return useSyncExternalStore(
    client.subscribe,
    () => client.state,
    // A part of the page that wakes up later has to begin with what the server has rendered, too.
    () => client.initialState,
  );
}
