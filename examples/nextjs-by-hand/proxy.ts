import { NextResponse, type NextRequest } from "next/server";
import { forwarded } from "./auth/gatehouse";
import { refresh } from "./auth/refresh";
import { ACCESS, REFRESH, secondsLeft, tokenCookies } from "./auth/tokens";

const AHEAD_SECONDS = 60;

export async function proxy(request: NextRequest) {
  const token = request.cookies.get(REFRESH)?.value;
  let fresh: ReturnType<typeof tokenCookies> = [];
  if (token && secondsLeft(request.cookies.get(ACCESS)?.value) < AHEAD_SECONDS) {
    try {
      const tokens = await refresh(token, forwarded(request.headers));
      // Those of an ended session stay: a sign-in in another tab may have replaced them already.
      if (tokens !== "ended") fresh = tokenCookies(tokens);
    } catch {
      // Gatehouse is away: the page says so.
    }
  }
  for (const { name, value } of fresh) request.cookies.set(name, value);
  const headers = new Headers(request.headers);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  if (fresh.length > 0) headers.delete("if-none-match");
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of fresh) response.cookies.set(cookie);
  // Else a CDN that stores a prerendered page gives its next visitor these cookies.
  if (fresh.length > 0) response.headers.set("cache-control", "private, no-store");
  return response;
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|api/).*)"] };
