import { CombinedError, makeOperation, type Exchange, type Operation, type OperationResult } from "@urql/core";
import { filter, fromPromise, fromValue, makeSubject, map, merge, mergeMap, pipe, share, tap, type Source } from "wonka";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  isUnauthenticated,
  type GatehouseError,
  type GraphQLErrorLike,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";

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
      const since = new Map<number, string>();
      const replayed = new Set<number>();

      const forget = (key: number): void => {
        since.delete(key);
        replayed.delete(key);
      };
      const judge = (result: OperationResult): Source<OperationResult> => {
        const { operation } = result;
        const isFirst = !replayed.has(operation.key);
        if (isFirst && mayReplay(operationKind(operation.query), answerOf(result))) return recover(result);
        if (result.error === undefined) client.observe(result.data);
        forget(operation.key);
        return fromValue(result);
      };
      const recover = (result: OperationResult): Source<OperationResult> => {
        const { key } = result.operation;
        replayed.add(key);
        return pipe(
          fromPromise(client.refresh(since.get(key))),
          mergeMap((refreshed) => {
            // Torn down meanwhile: nobody waits for it.
            if (!since.has(key)) return fromValue(undefined);
            if (refreshed === "refreshed") {
              again.next(result.operation);
              return fromValue(undefined);
            }
            forget(key);
            return fromValue(refreshed === "signedOut" ? result : failed(result, refreshed));
          }),
          filter((it) => it !== undefined),
        );
      };

      const begun$ = pipe(
        merge([pipe(operations$, map(byPost)), again.source]),
        tap((operation) => {
          if (operation.kind === "teardown") forget(operation.key);
          else since.set(operation.key, client.generation);
        }),
      );
      return pipe(forward(begun$), mergeMap(judge), share);
    };
}

// Browsers send no `Origin` with a GET of a page's own, and without it no cookie counts: the answer would be nobody's.
function byPost(operation: Operation): Operation {
  if (operation.kind !== "query" || !operation.context.preferGetMethod) return operation;
  return makeOperation("query", operation, { ...operation.context, preferGetMethod: false });
}

/** What an error of urql's means, as a union that a `switch` can exhaust. */
export function gatehouseErrorOf(error: CombinedError): GatehouseError {
  const response = error.response as Response | undefined;
  const errors = error.graphQLErrors as readonly GraphQLErrorLike[];
  const first = errors.find((it) => isUnauthenticated([it])) ?? errors[0];
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
