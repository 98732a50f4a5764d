import { createGatehouseServer } from "@gatehouse/client/next";

/** The application's own public address. */
export const appUrl = process.env["APP_URL"] ?? "http://localhost:3000";

const header = process.env["CLIENT_ADDRESS_HEADER"] ?? "";
const hops = Number(process.env["CLIENT_ADDRESS_HOPS"] ?? 0);

/** Gatehouse, for server components, server actions, the proxy and the route handler. */
export const gatehouse = createGatehouseServer({
  url: process.env["GATEHOUSE_URL"] ?? "http://127.0.0.1:8080/graphql",
  appUrl,
  frontEndSecret: process.env["GATEHOUSE_FRONT_END_SECRET"],
  // The header in which the platform says where a request comes from; of X-Forwarded-For, by how many proxies of one's own.
  clientAddress: header === "" ? undefined : { header, ...(hops > 0 && { hops }) },
});
