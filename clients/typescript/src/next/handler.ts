import { classifyEnding, classifyFailure } from "../errors.js";
import { limit, type Limit } from "../signals.js";
import { NOT_STORED } from "./cookies.js";
import type { Settings } from "./options.js";
import { passedOn } from "./upstream.js";

/** Passes a browser's request on to the service. */
export interface RouteHandler {
  readonly GET: (request: Request) => Promise<Response>;
  readonly POST: (request: Request) => Promise<Response>;
}

/** As much as the service takes unless it is set otherwise. */
const MOST_BYTES = 65_536;
const REQUEST_HEADERS = ["accept", "content-type", "origin", "sec-fetch-site", "x-gatehouse-tokens"];
const ANSWER_HEADERS = ["content-type", "retry-after", "vary", "x-request-id"];

/** The service decides by the browser's own `Origin` and `Sec-Fetch-Site` whether cookies count, so they are passed on as they are. */
export function routeHandler(settings: Settings): RouteHandler {
  return {
    GET: (request) => forward(request, settings, undefined),
    POST: async (request) => {
      const body = await limitedBody(request).catch(() => null);
      if (body === null) return problem(400, "BAD_REQUEST", "The request broke off.");
      if (body === undefined) return problem(413, "BAD_REQUEST", `A request may have ${MOST_BYTES} bytes.`);
      return forward(request, settings, body);
    },
  };
}

async function forward(request: Request, settings: Settings, body: Uint8Array | undefined): Promise<Response> {
  const target = new URL(settings.url);
  if (body === undefined) target.search = new URL(request.url).search;
  let limited: Limit | undefined;
  try {
    limited = limit(settings.timeoutMs, request.signal);
    const answer = await fetch(target, {
      method: request.method,
      headers: forwardedHeaders(request, settings),
      ...(body !== undefined && { body: body as BodyInit }),
      cache: "no-store",
      redirect: "manual",
      signal: limited.signal,
    });
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answerHeaders(answer) });
  } catch (thrown) {
    const ending = limited?.ending();
    const error = ending === undefined ? classifyFailure(thrown) : classifyEnding(ending);
    if (error.kind === "timeout") return problem(504, "UPSTREAM_TIMEOUT", "Gatehouse did not respond in time.");
    // A fault of the application. What was thrown may quote a header.
    if (error.kind === "unexpected") {
      console.error(`gatehouse: ${error.message}`);
      return problem(500, "INTERNAL", "The request could not be passed on.");
    }
    return problem(502, "UPSTREAM_UNREACHABLE", "Gatehouse is unreachable.");
  } finally {
    limited?.release();
  }
}

function forwardedHeaders(request: Request, settings: Settings): Headers {
  const headers = new Headers(passedOn(request.headers, settings));
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // Browsers add what protects the site itself, such as HTTP Basic in front of a staging environment. It is no access token.
  const authorization = request.headers.get("authorization");
  if (authorization !== null && /^bearer\s+\S/i.test(authorization)) headers.set("authorization", authorization);
  // No other cookie of the application is the service's business.
  const names = [settings.accessCookie, settings.refreshCookie, settings.deviceCookie];
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const cookie = pairs.filter((pair) => names.some((name) => pair.startsWith(`${name}=`))).join("; ");
  if (cookie !== "") headers.set("cookie", cookie);
  return headers;
}

function answerHeaders(answer: Response): Headers {
  const headers = new Headers({ "x-content-type-options": "nosniff", ...NOT_STORED });
  for (const name of ANSWER_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  for (const line of answer.headers.getSetCookie()) headers.append("set-cookie", line);
  return headers;
}

async function limitedBody(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    length += read.value.byteLength;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(read.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

function problem(status: number, code: string, message: string): Response {
  const body = { errors: [{ message, extensions: { code } }] };
  return Response.json(body, { status, headers: NOT_STORED });
}
