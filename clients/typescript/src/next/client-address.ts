/** Where the address of a visitor stands in the requests that a platform or load balancer hands to the application. */
export interface ClientAddressOptions {
  /**
   * The header that the platform sets itself and in which it overwrites whatever a client sends: `x-vercel-forwarded-for`,
   * `cf-connecting-ip`, `fly-client-ip`, `x-real-ip`. Of a list such as `x-forwarded-for`, say by `hops` which one.
   */
  readonly header: string;
  /** How many proxies of your own extend the list: the address is the one that the outermost of them has added. */
  readonly hops?: number;
}

const LISTS = ["x-forwarded-for", "forwarded"];

/** Throws where the address would be whatever a client writes. */
export function checkedAddressOptions(options: ClientAddressOptions | undefined): ClientAddressOptions | undefined {
  if (options === undefined) return undefined;
  const { header, hops } = options;
  const name = header.toLowerCase();
  const problem =
    name === "forwarded"
      ? "clientAddress.header cannot be Forwarded, which is no list of addresses"
      : LISTS.includes(name) && hops === undefined
        ? "clientAddress.hops is missing: how many proxies of your own extend X-Forwarded-For"
        : hops !== undefined && !(Number.isInteger(hops) && hops > 0)
          ? "clientAddress.hops has to be a whole number above 0"
          : !/^[\w-]+$/.test(header)
            ? "clientAddress.header has to be the name of a header"
            : undefined;
  if (problem !== undefined) throw new Error(`createGatehouseServer: ${problem}`);
  return options;
}

/** The visitor's address; nothing where the header is missing, has another number of addresses, or holds something else. */
export function clientAddress(headers: Headers, { header, hops }: ClientAddressOptions): string | undefined {
  const parts = headers.get(header)?.split(",") ?? [];
  if (hops === undefined && parts.length !== 1) return undefined;
  const address = parts.at(-(hops ?? 1))?.trim().replace(/^\[(.*)\]$/, "$1") ?? "";
  return /^[\da-f.:]{2,45}$/i.test(address) ? address : undefined;
}
