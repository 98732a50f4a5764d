import { DEFAULT_RETRY_AFTER, type GatehouseError } from "./gatehouse-error.js";
import { stepUpRequest } from "./step-up.js";

const PREFIX = "gatehouse:";

/** A `GatehouseError` where something has to be thrown: by links and exchanges, and by server components. */
export class GatehouseFailure extends Error {
  override readonly name = "GatehouseFailure";
  /** The only thing of an error that Next.js hands to `error.tsx` in production. */
  readonly digest: string;
  constructor(readonly error: GatehouseError) {
    super(error.message);
    this.digest = PREFIX + abbreviated(error);
  }
}

/**
 * The error inside of what was thrown, also of what `error.tsx` gets of it in production; nothing where it is no
 * `GatehouseFailure`.
 */
export function failureOf(thrown: unknown): GatehouseError | undefined {
  if (thrown instanceof GatehouseFailure) return thrown.error;
  if (typeof thrown !== "object" || thrown === null || !("digest" in thrown)) return undefined;
  const { digest } = thrown;
  return typeof digest === "string" && digest.startsWith(PREFIX) ? expanded(digest.slice(PREFIX.length)) : undefined;
}

/** As short as it fits into a header: the kind, and what it takes. Messages are not for everybody's eyes. */
export function abbreviated(error: GatehouseError): string {
  if (error.kind === "stepUpRequired") return [error.kind, error.maxAge, ...error.methods].join(";");
  return "retryAfter" in error ? `${error.kind};${Math.ceil(error.retryAfter)}` : error.kind;
}

/** What `abbreviated` made of an error; nothing where it is something else. */
export function expanded(text: string): GatehouseError | undefined {
  const [kind, seconds = "", ...methods] = text.split(";");
  const message = `Gatehouse: ${kind}`;
  switch (kind) {
    case "rateLimited":
    case "overloaded":
    case "unavailable":
      return { kind, message, retryAfter: /^\d{1,9}$/.test(seconds) ? Number(seconds) : DEFAULT_RETRY_AFTER };
    case "stepUpRequired":
      return { kind, message, ...stepUpRequest({ maxAge: Number(seconds), methods }) };
    case "unauthenticated":
    case "forbidden":
    case "internal":
    case "unreachable":
    case "timeout":
    case "aborted":
      return { kind, message };
    case "badRequest":
      return { kind, message, code: "BAD_REQUEST" };
    case "unexpected":
      return { kind, message, status: 0 };
    default:
      return undefined;
  }
}
