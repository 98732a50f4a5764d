/** A `fetch` with what a browser adds to it: the cookies of one origin, and `Origin`. */
export interface BrowserLike {
  readonly fetch: typeof fetch;
  /** The cookies that are kept, by name. */
  readonly cookies: Map<string, string>;
  /** The operations that were sent, by name. */
  readonly sent: string[];
}

/** Makes one whose page is at `origin`. Cookies of an answer are kept when `network` hands it over. */
export function browserLike(origin: string, cookies = new Map<string, string>(), network: typeof fetch = fetch): BrowserLike {
  const sent: string[] = [];
  const send: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("origin", origin);
    if (init.credentials === "include" && cookies.size > 0) {
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    }
    const operation = /(?:query|mutation) (\w+)/.exec(String(init.body))?.[1];
    if (operation !== undefined) sent.push(operation);
    const response = await network(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      const expires = /expires=([^;]+)/i.exec(line)?.[1];
      const hasEnded = /max-age=0/i.test(line) || (expires !== undefined && Date.parse(expires) < Date.now());
      if (hasEnded) cookies.delete(name);
      else cookies.set(name, value.join("="));
    }
    return response;
  };
  return { fetch: send, cookies, sent };
}

/** The names of the cookies that a browser holds of a session; by another one the service knows the device. */
export function sessionCookies({ cookies }: BrowserLike): string[] {
  return [...cookies.keys()].filter((name) => /_(access|refresh)$/.test(name)).sort();
}
