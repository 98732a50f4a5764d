import { Kind, type DocumentNode, type OperationTypeNode } from "graphql";
import { withCode, type GraphQLAnswer, type RepeatableCode } from "./errors.js";

/** The kind of the one operation of `document`. */
export function operationKind(document: DocumentNode): OperationTypeNode | undefined {
  const operation = document.definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.operation : undefined;
}

/**
 * Whether an operation that was rejected with `code` may be repeated: after a refresh, or after a step-up. A mutation
 * only if none of its fields was executed.
 */
export function mayReplay(
  kind: string | undefined,
  answer: GraphQLAnswer,
  code: RepeatableCode = "UNAUTHENTICATED",
): boolean {
  if (withCode(answer.errors, code) === undefined) return false;
  if (kind === "query") return true;
  return kind === "mutation" && nothingWasDone(answer.data);
}

function nothingWasDone(data: unknown): boolean {
  if (data === null || data === undefined) return true;
  return typeof data === "object" && Object.values(data).every((field) => field === null);
}
