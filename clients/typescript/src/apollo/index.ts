import { ApolloLink, CombinedGraphQLErrors, Observable, ServerError, ServerParseError } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  isUnauthenticated,
  readAnswer,
  type GatehouseError,
  type GraphQLErrorLike,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";

const SINCE = "gatehouseSince";
const REPLAYED = "gatehouseReplayed";

/**
 * A link that refreshes the session once when an operation is refused for want of a valid access token, and sends it
 * again. Put it before the link that sends, which uses `client.fetch`:
 * `ApolloLink.from([gatehouseLink(client), new HttpLink({ uri, fetch: client.fetch })])`.
 *
 * Where the session is gone, `client.state` is signed out and the error passes through.
 */
export function gatehouseLink(client: GatehouseClient): ApolloLink {
  return ApolloLink.from([remember(client), recover(client)]);
}

/** Notes the session's generation before the request, and learns from its answer. */
function remember(client: GatehouseClient): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.setContext({ [SINCE]: client.generation, [REPLAYED]: false });
    return new Observable((observer) => {
      const subscription = forward(operation).subscribe({
        next: (result) => {
          if ("data" in result && !("errors" in result && result.errors?.length)) client.observe(result.data);
          observer.next(result);
        },
        error: (error: unknown) => observer.error(error),
        complete: () => observer.complete(),
      });
      return () => subscription.unsubscribe();
    });
  });
}

function recover(client: GatehouseClient): ApolloLink {
  return new ErrorLink(({ error, result, operation, forward }) => {
    const context = operation.getContext();
    if (!CombinedGraphQLErrors.is(error) || context[REPLAYED] === true) return;
    const answer = { data: result?.data, errors: error.errors as readonly GraphQLErrorLike[] };
    if (!mayReplay(operationKind(operation.query), answer)) return;
    operation.setContext({ [REPLAYED]: true });
    return new Observable((observer) => {
      let inner: { unsubscribe(): void } | undefined;
      let isClosed = false;
      const refreshing = client.refresh(context[SINCE] as string | undefined);
      void refreshing.then((refreshed) => {
        if (isClosed) return;
        if (refreshed === "refreshed") inner = forward(operation).subscribe(observer);
        else observer.error(refreshed === "signedOut" ? error : new GatehouseFailure(refreshed));
      });
      return () => {
        isClosed = true;
        inner?.unsubscribe();
      };
    });
  });
}

/** What an error of Apollo's means, as a union that a `switch` can exhaust. */
export function gatehouseErrorOf(error: unknown): GatehouseError {
  if (error instanceof GatehouseFailure) return error.error;
  if (CombinedGraphQLErrors.is(error)) {
    const errors = error.errors as readonly GraphQLErrorLike[];
    const first = errors.find((it) => isUnauthenticated([it])) ?? errors[0];
    return first === undefined ? classifyStatus(200) : classifyGraphQLError(first, 200);
  }
  if (ServerError.is(error)) {
    const { headers } = error.response;
    const [first] = readAnswer(error.bodyText)?.errors ?? [];
    return first ? classifyGraphQLError(first, error.statusCode, headers) : classifyStatus(error.statusCode, headers);
  }
  if (ServerParseError.is(error)) return classifyStatus(error.statusCode, error.response.headers);
  return classifyFailure(error);
}
