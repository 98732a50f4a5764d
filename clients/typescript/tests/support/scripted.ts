/** A `fetch` that returns scripted responses instead of those of a service. */
export interface Scripted {
  readonly fetch: typeof fetch;
  /** The operations that were sent, in order. */
  readonly sent: { readonly name: string; readonly variables: Record<string, unknown> }[];
}

/** The response to one operation: the body of a GraphQL response. */
export type Respond = (variables: Record<string, unknown>, nth: number) => unknown;

/** Makes one. `script` has a function for each operation, which gets the variables and how often it was sent before. */
export function scripted(script: Readonly<Record<string, Respond>>): Scripted {
  const sent: Scripted["sent"] = [];
  return {
    sent,
    fetch: async (_, init) => {
      const { query, variables } = JSON.parse(String(init?.body)) as { query: string; variables?: Record<string, unknown> };
      const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? "";
      const nth = sent.filter((it) => it.name === name).length;
      sent.push({ name, variables: variables ?? {} });
      const respond = script[name];
      if (respond === undefined) throw new Error(`${name} is not in the script`);
      return Response.json(await respond(variables ?? {}, nth));
    },
  };
}

/** A GraphQL response with one error. */
export function rejected(code: string, extensions: Record<string, unknown> = {}): unknown {
  return { data: null, errors: [{ message: code, path: ["it"], extensions: { code, ...extensions } }] };
}

/** A user as the documents select one. */
export function user(id: string): Record<string, unknown> {
  const fields = ["pendingEmail", "username", "name", "avatarUrl", "locale", "lastLoginAt"];
  const at = "2026-11-29T10:00:00.000Z";
  const empty = Object.fromEntries(fields.map((field) => [field, null]));
  return { ...empty, __typename: "User", id, email: `${id}@example.org`, emailVerified: true, createdAt: at, updatedAt: at, passwordChangedAt: at };
}

/** A new session with its tokens. */
export function session(name: string): Record<string, unknown> {
  const at = "2026-11-29T10:00:00.000Z";
  return {
    session: { __typename: "Session", id: name, current: true },
    tokens: {
      accessToken: `access-${name}`,
      accessTokenExpiresAt: at,
      refreshToken: `refresh-${name}`,
      refreshTokenExpiresAt: at,
      deviceToken: `device-${name}`,
    },
  };
}
