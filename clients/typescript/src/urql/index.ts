import { CombinedError, makeOperation, type Exchange, type Operation, type OperationResult } from "@urql/core";
import { empty, fromPromise, fromValue, makeSubject, map, merge, mergeMap, pipe, share, tap, type Source } from "wonka";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  decisive,
  withCode,
  type GatehouseError,
  type GraphQLErrorLike,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";
import { changesSession } from "../session-change.js";
import { stepUpRequest } from "../step-up.js";

export { graphcacheKeys } from "./keys.js";

/**
 * An exchange that refreshes the session once when an operation is refused for want of a valid access token, and sends
 * it again. Put it before `fetchExchange`, and give urql's client `fetch: client.fetch`. Queries go by POST.
 *
 * If an operation requires a step-up, `onStepUp` of the client is called, once for all that wait, and each is repeated once.
 *
 * Where the session is gone, `client.state` is signed out and the error passes through.
 */
export function gatehouseExchange(client: GatehouseClient): Exchange {
  return ({ forward }) =>
    (operations$) => {
      const again = makeSubject<Operation>();
      const begun = new Map<string, Begun>();

      const judge = (result: OperationResult): Source<OperationResult> => {
        const { operation } = result;
        const id = idOf(operation);
        const one = begun.get(id);
        if (one !== undefined) {
          const kind = operationKind(operation.query);
          // Asked again without being torn down: one recovery answers both.
          if (!one.refreshed && mayReplay(kind, answerOf(result))) return one.waits ? empty : recover(result, one);
          if (!one.steppedUp && mayReplay(kind, answerOf(result), "STEP_UP_REQUIRED")) {
            return one.waits ? empty : stepUp(result, one);
          }
        }
        if (result.error === undefined) client.observe(result.data, one?.epoch);
        one?.release?.();
        begun.delete(id);
        return fromValue(result);
      };
      const recover = (result: OperationResult, one: Begun): Source<OperationResult> =>
        repeatAfter(result, one, async () => {
          const refreshed = await client.refresh(one.generation);
          one.refreshed = true;
          if (refreshed === "refreshed") return undefined;
          return refreshed === "signedOut" ? result : failed(result, refreshed);
        });
      const stepUp = (result: OperationResult, one: Begun): Source<OperationResult> =>
        repeatAfter(result, one, async () => {
          const request = stepUpRequest(withCode(answerOf(result).errors, "STEP_UP_REQUIRED")?.extensions);
          const passed = await client.stepUp(request, one.stepUps);
          one.steppedUp = true;
          // The repetition may meet an expired access token as the first attempt may.
          one.refreshed = false;
          return passed ? undefined : result;
        });
      /** Sends the operation again, unless `decide` has a result for it. */
      const repeatAfter = (
        { operation }: OperationResult,
        one: Begun,
        decide: () => Promise<OperationResult | undefined>,
      ): Source<OperationResult> => {
        const id = idOf(operation);
        one.waits = true;
        // Others may change the session's cookies meanwhile; the refresh waits for its turn, too.
        one.release?.();
        return pipe(
          fromPromise(decide()),
          mergeMap((decided) => {
            // Torn down meanwhile, perhaps begun anew: nobody waits for this one.
            if (begun.get(id) !== one) return empty;
            if (decided === undefined) {
              again.next(operation);
              return empty;
            }
            begun.delete(id);
            return fromValue(decided);
          }),
        );
      };
      const note =
        (isRepeated: boolean) =>
        (operation: Operation): void => {
          const id = idOf(operation);
          const before = begun.get(id);
          if (operation.kind === "teardown") {
            before?.release?.();
            return void begun.delete(id);
          }
          const { generation, epoch, stepUps } = client;
          const { refreshed, steppedUp } = (isRepeated && before) || { refreshed: false, steppedUp: false };
          begun.set(id, { generation, epoch, stepUps, refreshed, steppedUp, waits: false });
        };
      /** Holds back what may change the session's cookies until no other tab does. */
      const inTurn = (operation: Operation): Source<Operation> => {
        if (operation.kind !== "mutation" || !changesSession(operation.query)) return fromValue(operation);
        const one = begun.get(idOf(operation));
        return pipe(
          fromPromise(client.hold(operation.query)),
          mergeMap((release) => {
            if (one !== undefined && begun.get(idOf(operation)) === one) {
              one.release = release;
              return fromValue(operation);
            }
            // Torn down meanwhile.
            release();
            return empty;
          }),
        );
      };

      const begun$ = merge([
        pipe(operations$, map(byPost), tap(note(false))),
        pipe(again.source, tap(note(true))),
      ]);
      return pipe(begun$, mergeMap(inTurn), forward, mergeMap(judge), share);
    };
}

/** An operation that is under way. */
interface Begun {
  readonly generation: string;
  readonly epoch: number;
  readonly stepUps: number;
  /** Whether it was repeated after a refresh. */
  refreshed: boolean;
  /** Whether it was repeated after a step-up. */
  steppedUp: boolean;
  /** Whether it waits for a refresh or a step-up. */
  waits: boolean;
  /** Lets others change the session's cookies again. */
  release?: () => void;
}

/** Two mutations that are alike have one key; urql counts them besides. */
function idOf({ key, context }: Operation): string {
  return `${key}/${context._instance ?? ""}`;
}

// Browsers send no `Origin` with a GET of a page's own, and not all of them `Sec-Fetch-Site`: no cookie would count then.
function byPost(operation: Operation): Operation {
  if (operation.kind !== "query" || !operation.context.preferGetMethod) return operation;
  return makeOperation("query", operation, { ...operation.context, preferGetMethod: false });
}

/** What an error of urql's means, as a union that a `switch` can exhaust. */
export function gatehouseErrorOf(error: CombinedError): GatehouseError {
  const response = error.response as Response | undefined;
  const errors = error.graphQLErrors as readonly GraphQLErrorLike[];
  const first = decisive(errors);
  if (first !== undefined) return classifyGraphQLError(first, response?.status ?? 200, response?.headers);
  if (error.networkError instanceof GatehouseFailure) return error.networkError.error;
  if (response !== undefined && !response.ok) return classifyStatus(response.status, response.headers);
  return classifyFailure(error.networkError);
}

function answerOf({ data, error }: OperationResult): { data: unknown; errors?: readonly GraphQLErrorLike[] } {
  return { data, ...(error && { errors: error.graphQLErrors as readonly GraphQLErrorLike[] }) };
}

function failed(result: OperationResult, error: GatehouseError): OperationResult {
  return { ...result, error: new CombinedError({ networkError: new GatehouseFailure(error) }) };
}
