import { print } from "graphql";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

const url = process.env.GATEHOUSE_URL ?? "http://127.0.0.1:8080/graphql";

export class GatehouseError extends Error {
  constructor(
    readonly code: string,
    readonly retryAfter?: number,
  ) {
    super(code);
  }
}

export function forwarded(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["user-agent", "x-forwarded-for"]) {
    const value = headers.get(name);
    if (value) kept[name] = value;
  }
  return kept;
}

export async function send(body: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      cache: "no-store",
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    throw new GatehouseError("UNREACHABLE");
  }
}

export async function ask<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  headers: Record<string, string>,
): Promise<TData> {
  const response = await send(JSON.stringify({ query: print(document), variables }), headers);
  const { data, errors } = await response.json().catch(() => ({}));
  if (errors?.length) {
    const { code, retryAfter } = errors[0].extensions ?? {};
    throw new GatehouseError(code ?? "UNEXPECTED", retryAfter);
  }
  if (!data) throw new GatehouseError("UNEXPECTED");
  return data;
}
