import { createGatehouseClient, type GatehouseClient } from "../../src/index.js";
import { browserLike, type BrowserLike } from "./browser.js";
import type { Gatehouse } from "./gatehouse.js";

export const PASSWORD = "three green kettles";

/** Somebody at a browser. */
export interface Person {
  readonly client: GatehouseClient;
  readonly browser: BrowserLike;
  readonly email: string;
}

let people = 0;

/** Somebody who has just registered, with tokens as cookies. */
export async function registered(gatehouse: Gatehouse): Promise<Person> {
  people += 1;
  const email = `person-${people}@example.org`;
  const browser = browserLike(gatehouse.appUrl);
  const client = createGatehouseClient({ url: gatehouse.url, fetch: browser.fetch });
  const outcome = await client.register({ email, password: PASSWORD, name: "Ann" });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return { client, browser, email };
}
