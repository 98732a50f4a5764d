import { ApolloLink, CombinedGraphQLErrors, Observable, ServerError, ServerParseError } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import type { GatehouseClient } from "../client.js";
import {
  classifyFailure,
  classifyGraphQLError,
  classifyStatus,
  decisive,
  readAnswer,
  withCode,
  type GatehouseError,
  type GraphQLErrorLike,
  type RepeatableCode,
} from "../errors.js";
import { GatehouseFailure } from "../failure.js";
import { mayReplay, operationKind } from "../replay.js";
import { changesSession } from "../session-change.js";
import { stepUpRequest } from "../step-up.js";
import { repeatAfter } from "./repeat.js";

const SINCE = "gatehouseSince";
const REPLAYED = "gatehouseReplayed";
const STEP_UPS = "gatehouseStepUps";
const STEPPED_UP = "gatehouseSteppedUp";

/** What HTTP said of an answer with errors: Apollo's own error for those does not tell. */
const answers = new WeakMap<object, Response>();

/**
 * A link that refreshes the session once when an operation is refused for want of a valid access token, and sends it
 * again. Put it before the link that sends, which uses `client.fetch`:
 * `ApolloLink.from([gatehouseLink(client), new HttpLink({ uri, fetch: client.fetch })])`.
 *
 * If an operation requires a step-up, `onStepUp` of the client is called, once for all that wait, and each is repeated once.
 *
 * Where the session is gone, `client.state` is signed out and the error passes through.
 */
export function gatehouseLink(client: GatehouseClient): ApolloLink {
  return ApolloLink.from([remember(client), stepUp(client), recover(client), inTurn(client)]);
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

/** Notes how the session is before the request, and learns from its answer. */
function remember(client: GatehouseClient): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.setContext({
      [SINCE]: client.generation,
      [REPLAYED]: false,
      [STEP_UPS]: client.stepUps,
      [STEPPED_UP]: false,
    });
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
  return new ErrorLink((options) => {
    const { operation } = options;
    const context = operation.getContext();
    if (context[REPLAYED] === true || !mayRepeat(options, "UNAUTHENTICATED")) return;
    operation.setContext({ [REPLAYED]: true });
    return repeatAfter(options, async () => {
      const refreshed = await client.refresh(context[SINCE] as string | undefined);
      if (refreshed === "refreshed") return "repeat";
      return refreshed === "signedOut" ? "pass" : new GatehouseFailure(refreshed);
    });
  });
}

/** Lets the user prove a credential again, once for all operations that wait, and repeats each once. */
function stepUp(client: GatehouseClient): ApolloLink {
  return new ErrorLink((options) => {
    const { error, operation } = options;
    const context = operation.getContext();
    if (context[STEPPED_UP] === true || !mayRepeat(options, "STEP_UP_REQUIRED")) return;
    const errors = CombinedGraphQLErrors.is(error) ? (error.errors as readonly GraphQLErrorLike[]) : [];
    const request = stepUpRequest(withCode(errors, "STEP_UP_REQUIRED")?.extensions);
    return repeatAfter(options, async () => {
      const passed = await client.stepUp(request, context[STEP_UPS] as number | undefined);
      // The repetition may meet an expired access token as the first attempt may.
      operation.setContext({ [STEPPED_UP]: true, [REPLAYED]: false, [SINCE]: client.generation });
      return passed ? "repeat" : "pass";
    });
  });
}

function mayRepeat({ error, result, operation }: ErrorLink.ErrorHandlerOptions, code: RepeatableCode): boolean {
  if (!CombinedGraphQLErrors.is(error)) return false;
  const answer = { data: result?.data, errors: error.errors as readonly GraphQLErrorLike[] };
  return mayReplay(operationKind(operation.query), answer, code);
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
