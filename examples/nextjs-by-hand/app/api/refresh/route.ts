import { cookies } from "next/headers";
import { forwarded } from "@/auth/gatehouse";
import { refresh } from "@/auth/refresh";
import { isFromElsewhere } from "@/auth/same-origin";
import { REFRESH, tokenCookies } from "@/auth/tokens";

const headers = { "cache-control": "private, no-store" };

export async function POST(request: Request) {
  if (isFromElsewhere(request)) return new Response(null, { status: 403 });
  const jar = await cookies();
  const token = jar.get(REFRESH)?.value;
  if (!token) return new Response(null, { status: 401 });
  try {
    const tokens = await refresh(token, forwarded(request.headers));
    // Those of an ended session stay: a sign-in in another tab may have replaced them already.
    if (tokens !== "ended") for (const cookie of tokenCookies(tokens)) jar.set(cookie);
    return new Response(null, { status: tokens === "ended" ? 401 : 204, headers });
  } catch {
    return new Response(null, { status: 503 });
  }
}
