import { createGatehouseServer } from "@gatehouse/client/next";

export const gatehouse = createGatehouseServer({
  url: process.env.GATEHOUSE_URL ?? "http://127.0.0.1:8080/graphql",
  appUrl: process.env.APP_URL ?? "http://localhost:3000",
  frontEndSecret: process.env.GATEHOUSE_FRONT_END_SECRET,
  // In production the header in which your platform says where a request comes from, such as x-real-ip.
  clientAddress: process.env.CLIENT_ADDRESS_HEADER ? { header: process.env.CLIENT_ADDRESS_HEADER } : undefined,
});
