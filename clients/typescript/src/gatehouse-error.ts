import type { AuthenticationMethod } from "./generated/documents.js";

/** The seconds to wait if nothing states how long. */
export const DEFAULT_RETRY_AFTER = 5;

interface Described {
  /** In English, for logs; `describeError` has words for users. */
  readonly message: string;
}

/** Why an operation has no data. A `switch` over `kind` can exhaust it. */
export type GatehouseError =
  /** No user is signed in, or the session has ended. */
  | (Described & { readonly kind: "unauthenticated" })
  /**
   * The user must prove a credential again: one of `methods`, preferred first. It may be `maxAge` seconds old. `onStepUp`
   * of the client asks for it.
   */
  | (Described & {
      readonly kind: "stepUpRequired";
      readonly maxAge: number;
      readonly methods: readonly AuthenticationMethod[];
    })
  /** The same was tried too often; worth trying again after `retryAfter` seconds. */
  | (Described & { readonly kind: "rateLimited"; readonly retryAfter: number })
  /** The service has no capacity now; worth trying again after `retryAfter` seconds. */
  | (Described & { readonly kind: "overloaded"; readonly retryAfter: number })
  /**
   * The service, or what it depends on, is away for the moment. Try again after `retryAfter` seconds; whether a mutation was
   * carried out is not known.
   */
  | (Described & { readonly kind: "unavailable"; readonly retryAfter: number })
  /** The request comes from an origin that may not use cookies. */
  | (Described & { readonly kind: "forbidden" })
  /** The document or its variables cannot be right; `code` is the service's. */
  | (Described & { readonly kind: "badRequest"; readonly code: string })
  /** A fault of the service; `requestId` finds it in its log. */
  | (Described & { readonly kind: "internal"; readonly requestId?: string })
  /** No connection to the service: whether a mutation was carried out is not known. */
  | (Described & { readonly kind: "unreachable" })
  /** No answer in time: whether a mutation was carried out is not known. */
  | (Described & { readonly kind: "timeout" })
  /** The caller gave it up. */
  | (Described & { readonly kind: "aborted" })
  /** An answer that is none of this service's; `status` is that of HTTP, or 0 if this program failed before there was an answer. */
  | (Described & { readonly kind: "unexpected"; readonly status: number });
