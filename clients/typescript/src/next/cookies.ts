import { NextResponse } from "next/server.js";

/**
 * The headers of every response that sets or clears cookies. `Cache-Control` wins over that of the page, and the second over
 * what an application may say to its CDN alone (RFC 9213).
 */
export const NOT_STORED = { "cache-control": "private, no-store", "cdn-cache-control": "no-store" } as const;

/** A cookie as Next.js takes it. */
export type ParsedCookie = ReturnType<NextResponse["cookies"]["getAll"]>[number];

/** What `Set-Cookie` lines say; a cookie that goes has the value `""`. */
export function parsedCookies(lines: readonly string[]): ParsedCookie[] {
  const headers = new Headers();
  for (const line of lines) headers.append("set-cookie", line);
  const cookies = new NextResponse(null, { headers }).cookies.getAll();
  // The parser drops what is empty or 0, and Next.js parses again what it sends with a redirect: there the date remains.
  return cookies.map((cookie) => (cookie.value ? cookie : { ...cookie, value: "", maxAge: 0, expires: new Date(0) }));
}

/** The value of a cookie that says something. */
export function cookieValue(jar: Jar, name: string): string | undefined {
  return jar.get(name)?.value || undefined;
}

interface Jar {
  get(name: string): { readonly value: string } | undefined;
}
