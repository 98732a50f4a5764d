"use client";

import { createGatehouseClient } from "@gatehouse/client";
import { GatehouseProvider } from "@gatehouse/client/react";
import { useState, type ReactNode } from "react";

/** The client of the pages on which somebody signs in. Passkeys need it; the forms do not. */
export function VisitorClient({ children }: { children: ReactNode }) {
  const [client] = useState(() => createGatehouseClient({ url: "/api/graphql", initialViewer: null }));
  return <GatehouseProvider client={client}>{children}</GatehouseProvider>;
}
