import { parsedUrl } from "../own-url.js";
import { checkedAddressOptions, type ClientAddressOptions } from "./client-address.js";

/** How a Next.js application reaches the service. */
export interface GatehouseServerOptions {
  /** The service's GraphQL address as the application's server sees it, such as `http://gatehouse:8080/graphql`. */
  readonly url: string;
  /** The application's own public address: `GATEHOUSE_APP_URL` of the service. It is the `Origin` of what the server sends. */
  readonly appUrl: string;
  /** Whether the cookies have the prefix `__Host-`, as in production; by default where `appUrl` is https. */
  readonly secureCookies?: boolean;
  /** Seconds before the end of an access token at which it is replaced; 60 unless set. */
  readonly refreshAheadSeconds?: number;
  /** Milliseconds that a request to the service may take; 10,000 unless set. */
  readonly timeoutMs?: number;
  /**
   * `GATEHOUSE_FRONT_END_SECRET` of the service, or one of several. With it and `clientAddress` the service limits each visitor,
   * not the whole application.
   */
  readonly frontEndSecret?: string | undefined;
  /** Where your platform says from which address a request comes. Never a header that clients can set themselves. */
  readonly clientAddress?: ClientAddressOptions | undefined;
  /** The page where people sign in; `/login` unless set. */
  readonly loginPath?: string;
}

/** The options with what was left out. */
export interface Settings
  extends Required<Omit<GatehouseServerOptions, "secureCookies" | "appUrl" | "frontEndSecret" | "clientAddress">> {
  readonly frontEndSecret: string | undefined;
  readonly clientAddress: ClientAddressOptions | undefined;
  readonly origin: string;
  readonly accessCookie: string;
  readonly refreshCookie: string;
  /** Tells the service that somebody has signed in on this device before; it outlives sign-outs. */
  readonly deviceCookie: string;
}

/** Throws where an address is none of the web's. */
export function settingsOf(options: GatehouseServerOptions): Settings {
  const { origin, protocol } = webAddress("appUrl", options.appUrl);
  const { secureCookies = protocol === "https:" } = options;
  const prefix = secureCookies ? "__Host-" : "";
  return {
    url: webAddress("url", options.url).href,
    origin,
    accessCookie: `${prefix}gatehouse_access`,
    refreshCookie: `${prefix}gatehouse_refresh`,
    deviceCookie: `${prefix}gatehouse_device`,
    refreshAheadSeconds: options.refreshAheadSeconds ?? 60,
    timeoutMs: options.timeoutMs ?? 10_000,
    loginPath: options.loginPath ?? "/login",
    frontEndSecret: options.frontEndSecret?.trim() || undefined,
    clientAddress: checkedAddressOptions(options.clientAddress),
  };
}

// `localhost:3000` is a valid URL, of the scheme `localhost`.
function webAddress(name: "url" | "appUrl", value: string): URL {
  const address = parsedUrl(value);
  if (address !== undefined && /^https?:$/.test(address.protocol)) return address;
  throw new Error(`createGatehouseServer: ${name} has to start with http:// or https://, and is "${value}"`);
}
