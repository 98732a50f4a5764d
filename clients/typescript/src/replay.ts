import { Kind, type DocumentNode, type OperationTypeNode } from "graphql";
import { isUnauthenticated, type GraphQLAnswer } from "./errors.js";

/** The kind of the one operation of `document`. */
export function operationKind(document: DocumentNode): OperationTypeNode | undefined {
  const operation = document.definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.operation : undefined;
}

/**
 * Whether what was refused for want of a valid access token may be sent again with a fresh one. A mutation only if
 * none of its fields was carried out.
 */
export function mayReplay(kind: string | undefined, answer: GraphQLAnswer): boolean {
  if (!isUnauthenticated(answer.errors)) return false;
  if (kind === "query") return true;
  return kind === "mutation" && nothingWasDone(answer.data);
}

function nothingWasDone(data: unknown): boolean {
  if (data === null || data === undefined) return true;
  return typeof data === "object" && Object.values(data).every((field) => field === null);
}
