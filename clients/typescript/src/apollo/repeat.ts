import { Observable, type ApolloLink } from "@apollo/client";
import type { ErrorLink } from "@apollo/client/link/error";

/** What becomes of an operation that was rejected: it is repeated, its response passes through, or it fails otherwise. */
export type Decision = "repeat" | "pass" | Error;

/** Waits for the decision, unless nobody waits for the operation any more. */
export function repeatAfter(
  { operation, forward, result, error }: ErrorLink.ErrorHandlerOptions,
  decide: () => Promise<Decision>,
): Observable<ApolloLink.Result> {
  return new Observable((observer) => {
    let inner: { unsubscribe(): void } | undefined;
    let isClosed = false;
    void decide().then((decision) => {
      if (isClosed) return;
      if (decision === "repeat") inner = forward(operation).subscribe(observer);
      else if (decision !== "pass") observer.error(decision);
      else if (result === undefined) observer.error(error);
      else {
        // As it came, with what data there is: the operation's own error policy says what becomes of it.
        observer.next(result as ApolloLink.Result);
        observer.complete();
      }
    });
    return () => {
      isClosed = true;
      inner?.unsubscribe();
    };
  });
}
