import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import { withCode, type GatehouseError } from "./errors.js";
import type { Outcome } from "./outcome.js";
import type { RefreshResult } from "./refresh.js";
import { mayReplay, operationKind } from "./replay.js";
import { stepUpRequest, type StepUpRequest } from "./step-up.js";
import { hasArrived, outcomeOf, persistently, requestBody, unlessAborted, type Arrived } from "./transport.js";

/** How one operation is executed. */
export interface ExecuteOptions {
  /** Gives it up, the refresh that it may be waiting for included: that goes on for all others. */
  readonly signal?: AbortSignal;
  /** Whether `onStepUp` may be called for it; true unless set. Set it to false for what no user has asked for. */
  readonly stepUp?: boolean;
}

/** What an execution needs of its client. */
export interface ExecuteParts {
  /** Sends one request and learns from its answer. */
  readonly exchange: (
    document: DocumentNode,
    body: string,
    signal: AbortSignal | undefined,
  ) => Promise<Arrived | GatehouseError>;
  readonly generation: () => string;
  readonly refresh: (since: string) => Promise<RefreshResult>;
  readonly stepUps: () => number;
  readonly stepUp: (request: StepUpRequest, since: number) => Promise<boolean>;
}

/** Executes an operation, and repeats it once after a refresh and once after a step-up. */
export async function execute<TData, TVariables>(
  parts: ExecuteParts,
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  { signal, stepUp = true }: ExecuteOptions,
): Promise<Outcome<TData>> {
  const kind = operationKind(document);
  const body = requestBody(document, variables);
  const once = (): Promise<Arrived | GatehouseError> => parts.exchange(document, body, signal);
  const withFreshToken = async (): Promise<Arrived | GatehouseError> => {
    const since = parts.generation();
    const result = await (kind === "query" ? persistently(once, signal) : once());
    if (!hasArrived(result) || !mayReplay(kind, result.answer)) return result;
    const refreshed = await unlessAborted(parts.refresh(since), signal);
    if (refreshed === "signedOut") return result;
    return refreshed === "refreshed" ? once() : refreshed;
  };

  const since = parts.stepUps();
  const result = await withFreshToken();
  if (!stepUp || !hasArrived(result) || !mayReplay(kind, result.answer, "STEP_UP_REQUIRED")) return outcomeOf(result);
  const request = stepUpRequest(withCode(result.answer.errors, "STEP_UP_REQUIRED")?.extensions);
  const passed = await unlessAborted(parts.stepUp(request, since), signal);
  if (typeof passed !== "boolean") return { ok: false, error: passed };
  return outcomeOf(passed ? await withFreshToken() : result);
}
