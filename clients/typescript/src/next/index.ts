/** Gatehouse in the App Router of Next.js: on the server alone. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { cookies, headers } from "next/headers.js";
import type { NextRequest, NextResponse } from "next/server.js";
import { cache } from "react";
import type { GatehouseError } from "../errors.js";
import { expanded, GatehouseFailure } from "../failure.js";
import { ViewerDocument } from "../generated/documents.js";
import type { Outcome } from "../outcome.js";
import { mayReplay, operationKind } from "../replay.js";
import { safeReturnPath } from "../return-path.js";
import { changesSession } from "../session-change.js";
import type { Viewer } from "../state.js";
import { hasArrived, outcomeOf, persistently, requestBody, type Arrived } from "../transport.js";
import { secondsLeft } from "./access-token.js";
import { cookieValue, parsedCookies } from "./cookies.js";
import { routeHandler, type RouteHandler } from "./handler.js";
import { settingsOf, type GatehouseServerOptions } from "./options.js";
import { FROM_ELSEWHERE, isFromElsewhere } from "./origin.js";
import { ENDED_HEADER, FAILED_HEADER, PATH_HEADER, proxied, type ProxyOptions } from "./proxy.js";
import { refreshed, sharedRefresh } from "./shared-refresh.js";
import { passedOn, postWithCookies, postWithToken, type TokenCookies } from "./upstream.js";

export { failureOf, GatehouseFailure } from "../failure.js";
export type { RouteHandler } from "./handler.js";
export type { ClientAddressOptions } from "./client-address.js";
export type { GatehouseServerOptions } from "./options.js";
export type { ProxyOptions } from "./proxy.js";

/** Gatehouse as the server of an application sees it. */
export interface GatehouseServer {
  /** Who is signed in, asked once for each request; null is nobody. For server components. */
  viewer(): Promise<Outcome<Viewer | null>>;
  /**
   * Who is signed in; anybody else is sent to the sign-in page, and back to `returnTo` (the page that was asked for,
   * unless set) afterwards. Throws a `GatehouseFailure` where the service is away, for `error.tsx`.
   */
  requireViewer(returnTo?: string): Promise<Viewer>;
  /** Executes a query for whoever is signed in. For server components, which cannot set cookies. */
  query<TData, TVariables>(
    document: TypedDocumentNode<TData, TVariables>,
    variables: TVariables,
  ): Promise<Outcome<TData>>;
  /**
   * Executes an operation for whoever is signed in, and keeps the cookies that the answer sets. For server actions and
   * route handlers. Requests that pages of other origins send are refused as `forbidden`.
   */
  mutate<TData, TVariables>(
    document: TypedDocumentNode<TData, TVariables>,
    variables: TVariables,
  ): Promise<Outcome<TData>>;
  /** For `proxy.ts`: replaces an access token that is about to end, ahead of the server components. */
  proxy(request: NextRequest, options?: ProxyOptions): Promise<NextResponse>;
  /** For `app/api/graphql/route.ts`: `export const { GET, POST } = gatehouse.handler`. */
  readonly handler: RouteHandler;
}

/** Makes it; one for an application. Throws where an address is none. */
export function createGatehouseServer(options: GatehouseServerOptions): GatehouseServer {
  const settings = settingsOf(options);

  const kept = async (): Promise<TokenCookies> => {
    const jar = await cookies();
    return {
      access: cookieValue(jar, settings.accessCookie),
      refresh: cookieValue(jar, settings.refreshCookie),
      device: cookieValue(jar, settings.deviceCookie),
    };
  };
  const keep = async (lines: readonly string[]): Promise<void> => {
    const jar = await cookies();
    for (const cookie of parsedCookies(lines)) jar.set(cookie);
  };
  const query: GatehouseServer["query"] = async <TData, TVariables>(
    document: TypedDocumentNode<TData, TVariables>,
    variables: TVariables,
  ): Promise<Outcome<TData>> => {
    const { access } = await kept();
    const request = await headers();
    const body = requestBody(document, variables);
    const send = () => postWithToken(body, settings, access, passedOn(request, settings));
    const answer = await (operationKind(document) === "query" ? persistently(send) : send());
    const outcome = reported(outcomeOf<TData>(answer));
    if (outcome.ok || outcome.error.kind !== "unauthenticated") return outcome;
    return { ok: false, error: refreshFailure(request) ?? outcome.error };
  };
  const send = async (body: string): Promise<Arrived | GatehouseError> => {
    const answer = await postWithCookies(body, settings, await kept(), passedOn(await headers(), settings));
    if (hasArrived(answer)) await keep(answer.headers.getSetCookie());
    return answer;
  };
  const carryOut: GatehouseServer["mutate"] = async (document, variables) => {
    if (isFromElsewhere(await headers(), settings)) return { ok: false, error: FROM_ELSEWHERE };
    const body = requestBody(document, variables);
    const before = await kept();
    // Two answers with cookies reach the browser in the order in which they are given, as far as it depends on this process.
    if (before.refresh !== undefined && changesSession(document)) await refreshed(settings, before.refresh);
    const answer = await send(body);
    if (!hasArrived(answer) || !mayReplay(operationKind(document), answer.answer)) return outcomeOf(answer);
    const { access, refresh } = await kept();
    if (refresh === undefined) return outcomeOf(answer);
    const outcome = await sharedRefresh(settings, { access, refresh }, passedOn(await headers(), settings));
    if (outcome.result === "failed") return { ok: false, error: outcome.error };
    await keep(outcome.setCookies);
    return outcomeOf(outcome.result === "refreshed" ? await send(body) : answer);
  };
  const mutate: GatehouseServer["mutate"] = async (document, variables) => reported(await carryOut(document, variables));
  const viewer = cache(async (): Promise<Outcome<Viewer | null>> => {
    const failure = refreshFailure(await headers());
    // Nobody would be an answer that is not true, and a service that is away need not be waited for twice.
    if (failure !== undefined && secondsLeft((await kept()).access, Date.now()) <= 0) return { ok: false, error: failure };
    const outcome = await query(ViewerDocument, {});
    if (outcome.ok) return { ok: true, data: outcome.data.me };
    return outcome.error.kind === "unauthenticated" ? { ok: true, data: null } : outcome;
  });

  return {
    viewer,
    query,
    mutate,
    requireViewer: async (returnTo) => {
      const outcome = await viewer();
      if (!outcome.ok) throw new GatehouseFailure(outcome.error);
      if (outcome.data !== null) return outcome.data;
      const request = await headers();
      // With credentials that do not count any more somebody was signed in.
      const hasEnded = request.has(ENDED_HEADER) || (await kept()).access !== undefined;
      const next = safeReturnPath(returnTo ?? request.get(PATH_HEADER));
      const parameters = new URLSearchParams({ next, ...(hasEnded && { reason: "session-ended" }) });
      // Only under this name is it the server's; loaded late, because Node itself does not find it so.
      const { redirect } = await import("next/navigation");
      return redirect(`${settings.loginPath}?${parameters.toString()}`);
    },
    proxy: (request, proxyOptions = {}) => proxied(request, settings, proxyOptions),
    handler: routeHandler(settings),
  };
}

/** Writes down what no user can do anything about: a setting or a document that is wrong. */
function reported<TData>(outcome: Outcome<TData>): Outcome<TData> {
  const kind = outcome.ok ? undefined : outcome.error.kind;
  if (outcome.ok || (kind !== "forbidden" && kind !== "badRequest" && kind !== "unexpected")) return outcome;
  console.error(`Gatehouse (${kind}): ${outcome.error.message}`);
  return outcome;
}

/** Why the proxy could not refresh the session of this request. */
function refreshFailure(request: Headers): GatehouseError | undefined {
  return expanded(request.get(FAILED_HEADER) ?? "");
}
