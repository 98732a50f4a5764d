import { CombinedError, makeOperation, type Exchange, type Operation, type OperationResult } from "@urql/core";
import { empty, fromPromise, fromValue, makeSubject, map, merge, mergeMap, pipe, share, tap, type Source } from "wonka";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  decisive,
  type GatehouseError,
  type GraphQLErrorLike,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";
import { changesSession } from "../session-change.js";

export { graphcacheKeys } from "./keys.js";

/**
 * An exchange that refreshes the session once when an operation is refused for want of a valid access token, and sends
 * it again. Put it before `fetchExchange`, and give urql's client `fetch: client.fetch`. Queries go by POST.
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
        if (one !== undefined && one.stage !== "replayed" && mayReplay(operationKind(operation.query), answerOf(result))) {
          // Asked again without being torn down: one recovery answers both.
          return one.stage === "refreshing" ? empty : recover(result, one);
        }
        if (result.error === undefined) client.observe(result.data, one?.epoch);
        one?.release?.();
        begun.delete(id);
        return fromValue(result);
      };
      const recover = (result: OperationResult, one: Begun): Source<OperationResult> => {
        const id = idOf(result.operation);
        one.stage = "refreshing";
        // The refresh waits for its turn, too.
        one.release?.();
        return pipe(
          fromPromise(client.refresh(one.generation)),
          mergeMap((refreshed) => {
            // Torn down meanwhile, perhaps begun anew: nobody waits for this one.
            if (begun.get(id) !== one) return empty;
            if (refreshed === "refreshed") {
              again.next(result.operation);
              return empty;
            }
            begun.delete(id);
            return fromValue(refreshed === "signedOut" ? result : failed(result, refreshed));
          }),
        );
      };
      const note =
        (stage: Begun["stage"]) =>
        (operation: Operation): void => {
          const { generation, epoch } = client;
          if (operation.kind !== "teardown") return void begun.set(idOf(operation), { generation, epoch, stage });
          begun.get(idOf(operation))?.release?.();
          begun.delete(idOf(operation));
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
        pipe(operations$, map(byPost), tap(note("asked"))),
        pipe(again.source, tap(note("replayed"))),
      ]);
      return pipe(begun$, mergeMap(inTurn), forward, mergeMap(judge), share);
    };
}

/** An operation that is under way. */
interface Begun {
  readonly generation: string;
  readonly epoch: number;
  stage: "asked" | "refreshing" | "replayed";
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
