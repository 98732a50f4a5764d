import { createGatehouseServer } from "@gatehouse/client/next";

export const gatehouse = createGatehouseServer({
  url: process.env["GATEHOUSE_URL"] ?? "http://127.0.0.1:1/graphql",
  appUrl: process.env["APP_URL"] ?? "http://localhost:1",
  // No token of the tests lasts as long as this.
  refreshAheadSeconds: Number(process.env["REFRESH_AHEAD"] ?? 60),
  timeoutMs: 1_000,
});
