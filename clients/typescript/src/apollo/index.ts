import { ApolloLink, CombinedGraphQLErrors, Observable, ServerError, ServerParseError } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  decisive,
  readAnswer,
  type GatehouseError,
  type GraphQLErrorLike,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";
import { changesSession } from "../session-change.js";

const SINCE = "gatehouseSince";
const REPLAYED = "gatehouseReplayed";

/** What HTTP said of an answer with errors: Apollo's own error for those does not tell. */
const answers = new WeakMap<object, Response>();

/**
 * A link that refreshes the session once when an operation is refused for want of a valid access token, and sends it
 * again. Put it before the link that sends, which uses `client.fetch`:
 * `ApolloLink.from([gatehouseLink(client), new HttpLink({ uri, fetch: client.fetch })])`.
 *
 * Where the session is gone, `client.state` is signed out and the error passes through.
 */
export function gatehouseLink(client: GatehouseClient): ApolloLink {
  return ApolloLink.from([remember(client), recover(client), inTurn(client)]);
}

/** Sends what may change the session's cookies only while no other tab does. */
function inTurn(client: GatehouseClient): ApolloLink {
  return new ApolloLink((operation, forward) => {
    if (!changesSession(operation.query)) return forward(operation);
    return new Observable((observer) => {
      let inner: { unsubscribe(): void } | undefined;
      let isClosed = false;
      let release = (): void => undefined;
      void client.hold(operation.query).then((free) => {
        if (isClosed) return free();
        release = free;
        inner = forward(operation).subscribe(observer);
      });
      // Runs when the answer is complete, too: it has been observed by then.
      return () => {
        isClosed = true;
        inner?.unsubscribe();
        release();
      };
    });
  });
}

/** Notes the session's generation before the request, and learns from its answer. */
function remember(client: GatehouseClient): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.setContext({ [SINCE]: client.generation, [REPLAYED]: false });
    return new Observable((observer) => {
      const asked = client.epoch;
      const subscription = forward(operation).subscribe({
        next: (result) => {
          const errors = ("errors" in result && result.errors) || [];
          if ("data" in result && errors.length === 0) client.observe(result.data, asked);
          const { response } = operation.getContext();
          if (response instanceof Response) for (const error of errors) if (error) answers.set(error, response);
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
        else if (refreshed !== "signedOut") observer.error(new GatehouseFailure(refreshed));
        else if (result === undefined) observer.error(error);
        else {
          // As it came, with what data there is: the operation's own error policy says what becomes of it.
          observer.next(result);
          observer.complete();
        }
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
    const first = decisive(errors);
    if (first === undefined) return classifyStatus(200);
    const response = answers.get(first);
    return classifyGraphQLError(first, response?.status ?? 200, response?.headers);
  }
  if (ServerError.is(error)) {
    const { headers } = error.response;
    const [first] = readAnswer(error.bodyText)?.errors ?? [];
    return first ? classifyGraphQLError(first, error.statusCode, headers) : classifyStatus(error.statusCode, headers);
  }
  if (ServerParseError.is(error)) return classifyStatus(error.statusCode, error.response.headers);
  return classifyFailure(error);
}
