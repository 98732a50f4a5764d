/** What every user error has; `code` is an enum of its mutation's own. */
export interface UserErrorLike {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

/** User errors where a form shows them. */
export interface UserErrorsByField<TError> {
  /** By the first part of their field path. */
  readonly fields: Readonly<Record<string, readonly TError[]>>;
  /** Those that are about no one field. */
  readonly form: readonly TError[];
}

/** Sorts user errors by the field that they are about. */
export function userErrorsByField<TError extends UserErrorLike>(
  userErrors: readonly TError[],
): UserErrorsByField<TError> {
  const fields = new Map<string, TError[]>();
  const form: TError[] = [];
  for (const error of userErrors) {
    const name = error.field?.[0];
    if (name === undefined) form.push(error);
    else fields.set(name, [...(fields.get(name) ?? []), error]);
  }
  return { fields: Object.fromEntries(fields), form };
}
