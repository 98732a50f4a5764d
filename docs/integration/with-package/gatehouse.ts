import { createGatehouseServer } from "@gatehouse/client/next";

export const gatehouse = createGatehouseServer({
  url: process.env.GATEHOUSE_URL ?? "http://127.0.0.1:8080/graphql",
  appUrl: process.env.APP_URL ?? "http://localhost:3000",
});
