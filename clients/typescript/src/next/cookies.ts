import { NextResponse } from "next/server.js";

/** A cookie as Next.js takes it. */
export type ParsedCookie = ReturnType<NextResponse["cookies"]["getAll"]>[number];

/** What `Set-Cookie` lines say; a cookie that goes has the value `""`. */
export function parsedCookies(lines: readonly string[]): ParsedCookie[] {
  const headers = new Headers();
  for (const line of lines) headers.append("set-cookie", line);
  const cookies = new NextResponse(null, { headers }).cookies.getAll();
  // The parser drops what is empty or 0, with which a cookie that goes would stay.
  return cookies.map((cookie) => (cookie.value ? cookie : { ...cookie, value: "", maxAge: 0 }));
}
