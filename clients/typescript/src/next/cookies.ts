import { NextResponse } from "next/server.js";

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
