// Keeps the access token of a sign-in made in the page, so that what is run next is run as that user.
// Served as it is where GraphiQL was not built: plain JavaScript without imports.

const KEY = "gatehouse:access-token";

/**
 * @typedef {object} TokenState
 * @property {string | null} token The access token that requests carry.
 * @property {Date | null} expiresAt When it ends by itself.
 * @property {"none" | "kept" | "forgotten" | "ended"} why How that came: `ended` is a token that was refused.
 */

/**
 * @typedef {object} TokenKeeper
 * @property {typeof globalThis.fetch} fetch Sends the token along, and takes a new one from the answer.
 * @property {() => void} forget Drops the token; its session goes on.
 * @property {() => TokenState} state The same object until something changes.
 * @property {(listener: () => void) => () => void} subscribe Calls `listener` at each change; gives the way to stop it.
 */

/**
 * @param {Storage} storage Where the token outlives a reload: `sessionStorage`, which ends with the tab.
 * @returns {TokenKeeper}
 */
export function createTokenKeeper(storage) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let state = described(storage.getItem(KEY), "none");

  /** @type {(token: string | null, why: TokenState["why"]) => void} */
  const change = (token, why) => {
    if (token === null) storage.removeItem(KEY);
    else storage.setItem(KEY, token);
    state = described(token, why);
    for (const listener of listeners) listener();
  };

  /** @type {typeof globalThis.fetch} */
  const send = async (resource, init) => {
    const headers = new Headers(init?.headers);
    const sent = headers.has("authorization") ? null : state.token;
    if (sent !== null) headers.set("authorization", `Bearer ${sent}`);
    const response = await fetch(resource, { ...init, headers });
    const answer = await response.clone().json().catch(() => null);
    const token = tokenIn(answer);
    if (token !== null) change(token, "kept");
    else if (endsSession(answer)) change(null, "none");
    else if (sent !== null && sent === state.token && isRefused(answer)) change(null, "ended");
    return response;
  };

  return {
    fetch: send,
    forget: () => change(null, "forgotten"),
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** @type {(token: string | null, why: TokenState["why"]) => TokenState} */
function described(token, why) {
  if (token === null) return { token, expiresAt: null, why };
  return { token, expiresAt: expiryOf(token), why: "kept" };
}

/** @type {(token: string) => Date | null} */
function expiryOf(token) {
  try {
    const claims = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { exp } = JSON.parse(atob(claims));
    return typeof exp === "number" ? new Date(exp * 1000) : null;
  } catch {
    return null;
  }
}

/** What each field of the answer holds, whatever alias it was given. @type {(answer: any) => any[]} */
function payloads(answer) {
  return Object.values(answer?.data ?? {}).filter((it) => it !== null && typeof it === "object");
}

/** @type {(answer: any) => string | null} */
function tokenIn(answer) {
  const tokens = payloads(answer).map((it) => it.tokens?.accessToken);
  return tokens.findLast((it) => typeof it === "string") ?? null;
}

/** @type {(answer: any) => boolean} */
function endsSession(answer) {
  return payloads(answer).some((it) => it.loggedOut === true);
}

/** @type {(answer: any) => boolean} */
function isRefused(answer) {
  const errors = Array.isArray(answer?.errors) ? answer.errors : [];
  return errors.some((/** @type {any} */ it) => it?.extensions?.code === "UNAUTHENTICATED");
}
