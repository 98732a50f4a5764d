import { createGatehouseServer } from "@gatehouse/client/next";

/** The application's own public address. */
export const appUrl = process.env["APP_URL"] ?? "http://localhost:3000";

/** Gatehouse, for server components, server actions, the proxy and the route handler. */
export const gatehouse = createGatehouseServer({
  url: process.env["GATEHOUSE_URL"] ?? "http://127.0.0.1:8080/graphql",
  appUrl,
});
