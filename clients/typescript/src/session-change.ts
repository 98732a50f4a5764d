import { Kind, type DocumentNode, type SelectionSetNode } from "graphql";

/** The mutations whose answers set or clear the cookies of a session. */
const FIELDS: ReadonlySet<string> = new Set([
  "register",
  "login",
  "completeLogin",
  "loginWithPasskey",
  "logout",
  "refreshSession",
  "reauthenticate",
  "changePassword",
  "confirmTotp",
  "addPasskey",
  "revokeSession",
  "deleteAccount",
]);

/** Whether the answer to `document` may set or clear the session's cookies. */
export function changesSession(document: DocumentNode): boolean {
  const fragments = new Map(
    document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [])),
  );
  const changes = ({ selections }: SelectionSetNode): boolean =>
    selections.some((it) => {
      if (it.kind === Kind.FIELD) return FIELDS.has(it.name.value);
      if (it.kind === Kind.INLINE_FRAGMENT) return changes(it.selectionSet);
      const fragment = fragments.get(it.name.value);
      // Each is looked at once: a circle has no end.
      fragments.delete(it.name.value);
      return fragment !== undefined && changes(fragment.selectionSet);
    });
  return document.definitions.some(
    (it) => it.kind === Kind.OPERATION_DEFINITION && it.operation === "mutation" && changes(it.selectionSet),
  );
}
