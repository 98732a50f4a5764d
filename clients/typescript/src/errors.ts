/** What is no user's mistake: refusals of the service, and everything that can happen on the way to it. */
import { GatehouseFailure } from "./failure.js";
import { DEFAULT_RETRY_AFTER, type GatehouseError } from "./gatehouse-error.js";
import { stepUpRequest } from "./step-up.js";
export type { GatehouseError } from "./gatehouse-error.js";
import type { Ending } from "./signals.js";

/** One error of a GraphQL answer (September 2025 specification, section 7.1.6). */
export interface GraphQLErrorLike {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A GraphQL answer as it stands in a body. */
export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLErrorLike[];
}

/** The codes of errors after which an operation can be repeated: with a new access token, or after a step-up. */
export type RepeatableCode = "UNAUTHENTICATED" | "STEP_UP_REQUIRED";

/** The first of the errors that has `code`. */
export function withCode(
  errors: readonly GraphQLErrorLike[] | undefined,
  code: RepeatableCode,
): GraphQLErrorLike | undefined {
  // Other clients do not look at what they hand on.
  return errors?.find((error) => error?.extensions?.["code"] === code);
}

/** The error that decides what becomes of an operation: the one that can be resolved, else the first. */
export function decisive(errors: readonly GraphQLErrorLike[]): GraphQLErrorLike | undefined {
  return withCode(errors, "UNAUTHENTICATED") ?? withCode(errors, "STEP_UP_REQUIRED") ?? errors[0];
}

/** What an error of an answer with `status` means. `headers` may hold `Retry-After` in seconds. */
export function classifyGraphQLError(error: GraphQLErrorLike, status: number, headers?: Headers): GatehouseError {
  const { message } = error;
  const extensions = error.extensions ?? {};
  const code = typeof extensions["code"] === "string" ? extensions["code"] : undefined;
  switch (code) {
    case "UNAUTHENTICATED":
      return { kind: "unauthenticated", message };
    case "STEP_UP_REQUIRED":
      return { kind: "stepUpRequired", message, ...stepUpRequest(extensions) };
    case "COOKIES_IGNORED":
      return { kind: "forbidden", message };
    case "RATE_LIMITED":
      return { kind: "rateLimited", message, retryAfter: retryAfter(extensions, headers) };
    case "OVERLOADED":
      return { kind: "overloaded", message, retryAfter: retryAfter(extensions, headers) };
    case "UNAVAILABLE":
      return { kind: "unavailable", message, retryAfter: retryAfter(extensions, headers) };
    case "INTERNAL": {
      const requestId = extensions["requestId"];
      return { kind: "internal", message, ...(typeof requestId === "string" && { requestId }) };
    }
    case "UPSTREAM_UNREACHABLE":
      return { kind: "unreachable", message };
    case "UPSTREAM_TIMEOUT":
      return { kind: "timeout", message };
    default:
      if (status === 403) return { kind: "forbidden", message };
      if (code === undefined && status >= 500) return { kind: "unexpected", message, status };
      return { kind: "badRequest", message, code: code ?? "BAD_REQUEST" };
  }
}

/** What an answer without GraphQL errors, and without data, means. */
export function classifyStatus(status: number, headers?: Headers): GatehouseError {
  const message = `The response has HTTP status ${status} and is not GraphQL.`;
  switch (status) {
    case 429:
      return { kind: "rateLimited", message, retryAfter: retryAfter({}, headers) };
    case 503:
      // A proxy's. It may have lost the connection after the service had carried the request out.
      return { kind: "unavailable", message, retryAfter: retryAfter({}, headers) };
    case 502:
      return { kind: "unreachable", message };
    case 408:
    case 504:
      return { kind: "timeout", message };
    case 403:
      return { kind: "forbidden", message };
    case 404:
    case 405:
      return { kind: "unexpected", message: `${message} Check that the URL ends with /graphql.`, status };
    default:
      return { kind: "unexpected", message, status };
  }
}

/** Why there is no answer to a request that a signal ended. */
export function classifyEnding(ending: Ending): GatehouseError {
  return ending === "timeout"
    ? { kind: "timeout", message: "Gatehouse did not respond in time." }
    : { kind: "aborted", message: "The request was aborted." };
}

/**
 * What engines say of a fault in a program or of something that a platform lacks. `fetch` reports a lost connection as a
 * `TypeError`, too, so the class alone does not tell. None of these sentences quotes a value.
 */
const FAULT =
  /is not (a function|a constructor|defined|an object|iterable|implemented)|not implemented|undefined is not|Cannot (read|set) propert|Can't find variable|doesn't exist|Illegal invocation/i;
const FAULTS = ["ReferenceError", "RangeError", "SyntaxError", "EvalError"];

/** Describes an exception of this program, which says nothing about the service. */
export function runtimeFault(thrown: unknown): GatehouseError {
  if (thrown instanceof GatehouseFailure) return thrown.error;
  const { name, message } = named(thrown);
  const detail = FAULT.test(message) ? `${name}: ${message}` : name;
  return { kind: "unexpected", message: `The request failed in this program${detail && ` (${detail})`}.`, status: 0 };
}

/** What was thrown instead of an answer: by `fetch`, by a signal that ended it, or by this program. */
export function classifyFailure(thrown: unknown, url?: string): GatehouseError {
  if (thrown instanceof GatehouseFailure) return thrown.error;
  const { name, message } = named(thrown);
  if (name === "TimeoutError") return classifyEnding("timeout");
  if (name === "AbortError") return classifyEnding("aborted");
  if (FAULTS.includes(name) || (name === "TypeError" && FAULT.test(message))) return runtimeFault(thrown);
  // The code alone: what a platform says beside it may quote a header.
  const code = thrown instanceof Error ? (thrown.cause as { readonly code?: unknown } | undefined)?.code : undefined;
  // A name and password in an address are nobody else's.
  const place = url === undefined ? "" : ` at ${url.replace(/\/\/[^/]*@/, "//")}`;
  return { kind: "unreachable", message: `Gatehouse is unreachable${place}${typeof code === "string" ? ` (${code})` : ""}.` };
}

// Not every platform has `DOMException`, and where there is one it need not be an `Error`.
function named(thrown: unknown): { readonly name: string; readonly message: string } {
  if (typeof thrown !== "object" || thrown === null) return { name: "", message: "" };
  const { name, message } = thrown as { readonly name?: unknown; readonly message?: unknown };
  return { name: typeof name === "string" ? name : "", message: typeof message === "string" ? message : "" };
}

/** A GraphQL answer out of a body, or nothing where it is none. */
export function readAnswer(text: string): GraphQLAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Something else may answer in the service's place, with JSON of its own.
function isAnswer(value: unknown): value is GraphQLAnswer {
  if (!isObject(value)) return false;
  const { data, errors } = value;
  if (errors === undefined) return isObject(data) || data === null;
  return Array.isArray(errors) && errors.length > 0 && errors.every(isGraphQLError);
}

function isGraphQLError(value: unknown): value is GraphQLErrorLike {
  if (!isObject(value) || typeof value["message"] !== "string") return false;
  const extensions = value["extensions"] ?? {};
  return isObject(extensions);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A sentence for a user, in English. What to do about it is said where there is something to do. */
export function describeError(error: GatehouseError): string {
  switch (error.kind) {
    case "unauthenticated":
      return "You are no longer signed in. Sign in again.";
    case "stepUpRequired":
      return "Confirm that it is you, then try again.";
    case "rateLimited":
      return `Too many attempts. Try again in ${duration(error.retryAfter)}.`;
    case "overloaded":
      return `The service is busy. Try again in ${duration(error.retryAfter)}.`;
    case "unavailable":
      return `The service is unavailable. Try again in ${duration(error.retryAfter)}.`;
    case "unreachable":
      return "The service is unreachable. Check your connection, then try again.";
    case "timeout":
      return "The service did not respond in time. Try again in a moment.";
    case "aborted":
      return "The request was canceled.";
    case "internal":
      return error.requestId === undefined
        ? "Something went wrong on our side. Try again in a moment."
        : `Something went wrong on our side. If it happens again, contact us with this number: ${error.requestId}`;
    case "forbidden":
    case "badRequest":
    case "unexpected":
      return "The request could not be completed. Try again later.";
  }
}

/**
 * Whether the same may be sent again without asking the user: never after an answer that cannot change, and a
 * mutation only where it is known not to have been carried out.
 */
export function isSafeToRetry(error: GatehouseError, operation: "query" | "mutation"): boolean {
  switch (error.kind) {
    case "rateLimited":
    case "overloaded":
      return true;
    case "unavailable":
    case "unreachable":
    case "timeout":
    case "internal":
      return operation === "query";
    case "unauthenticated":
    case "stepUpRequired":
    case "forbidden":
    case "badRequest":
    case "aborted":
    case "unexpected":
      return false;
  }
}

function retryAfter(extensions: Readonly<Record<string, unknown>>, headers?: Headers): number {
  const told = extensions["retryAfter"];
  if (typeof told === "number" && told >= 0) return told;
  const header = headers?.get("retry-after")?.trim() ?? "";
  return /^\d+$/.test(header) ? Number(header) : DEFAULT_RETRY_AFTER;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} ${seconds <= 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
