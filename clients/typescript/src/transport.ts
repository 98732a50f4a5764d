import { print, type DocumentNode } from "graphql";
import {
  classifyEnding,
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  decisive,
  readAnswer,
  type GatehouseError,
  type GraphQLAnswer,
} from "./errors.js";
import type { Outcome } from "./outcome.js";
import { limit, pause, type Limit } from "./signals.js";

/** An answer that arrived, with what HTTP says about it. */
export interface Arrived {
  readonly status: number;
  readonly headers: Headers;
  readonly answer: GraphQLAnswer;
}

/** How one request is sent. */
export interface Sending {
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Milliseconds until an answer has to have arrived. */
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: RequestCredentials;
  readonly signal?: AbortSignal | undefined;
}

/** The body of a request (GraphQL over HTTP, section 5.1). */
export function requestBody(document: DocumentNode, variables: unknown): string {
  return JSON.stringify({ query: printed(document), variables });
}

const texts = new WeakMap<DocumentNode, string>();

function printed(document: DocumentNode): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}

/** Sends `body` and reads the answer, whatever its status. */
export async function post(body: string, sending: Sending): Promise<Arrived | GatehouseError> {
  const { url, timeoutMs, headers, credentials, signal } = sending;
  let limited: Limit | undefined;
  try {
    limited = limit(timeoutMs, signal);
    const response = await sending.fetch(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
        ...headers,
      },
      body,
      cache: "no-store",
      signal: limited.signal,
      ...(credentials && { credentials }),
    });
    const answer = readAnswer(await response.text());
    return answer === undefined
      ? classifyStatus(response.status, response.headers)
      : { status: response.status, headers: response.headers, answer };
  } catch (thrown) {
    // What ended a request is not always what `fetch` throws.
    const ending = limited?.ending();
    return ending === undefined ? classifyFailure(thrown, url) : classifyEnding(ending);
  } finally {
    limited?.release();
  }
}

/** How often a query is sent in all while the service says that it is unavailable. */
const MOST_SENDINGS = 3;
/** How long a query waits by itself, in seconds; if `Retry-After` asks for more, the caller decides. */
const LONGEST_WAIT = 5;

/**
 * Sends a query again while the service is unavailable, after the time that it names. Never for a mutation: whether that was
 * carried out is not known.
 */
export async function persistently(
  send: () => Promise<Arrived | GatehouseError>,
  signal?: AbortSignal,
): Promise<Arrived | GatehouseError> {
  let left = LONGEST_WAIT;
  for (let sending = 1; ; sending += 1) {
    const result = await send();
    const outcome = outcomeOf(result);
    if (outcome.ok || outcome.error.kind !== "unavailable" || sending === MOST_SENDINGS) return result;
    const { retryAfter } = outcome.error;
    if (retryAfter > left) return result;
    left -= retryAfter;
    // Up to a quarter longer, so that clients that failed together do not return together.
    await pause(retryAfter * 1_000 * (1 + Math.random() / 4), signal);
    if (signal?.aborted) return classifyEnding("aborted");
  }
}

/** What `promise` comes to, or that `signal` gave it up; what it is about goes on. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | GatehouseError> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(classifyEnding("aborted"));
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

/** Whether `result` is an answer. */
export function hasArrived(result: Arrived | GatehouseError): result is Arrived {
  return "answer" in result;
}

/** The data of an answer without errors, else its first error, that nobody is signed in before all others. */
export function outcomeOf<TData>(result: Arrived | GatehouseError): Outcome<TData> {
  if (!hasArrived(result)) return { ok: false, error: result };
  const { status, headers, answer } = result;
  const errors = answer.errors ?? [];
  const first = decisive(errors);
  if (first !== undefined) return { ok: false, error: classifyGraphQLError(first, status, headers) };
  if (answer.data === undefined || answer.data === null) {
    return { ok: false, error: classifyStatus(status, headers) };
  }
  return { ok: true, data: answer.data as TData };
}
