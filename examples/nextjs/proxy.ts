import type { NextRequest, NextResponse } from "next/server";
import { METHOD_HEADER } from "@/forms/answer";
import { appUrl, gatehouse } from "@/gatehouse/server";

const isDevelopment = process.env.NODE_ENV === "development";

/** Keeps the session fresh ahead of the page, and gives each answer a policy of its own. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  // Next.js takes the nonce for its own scripts from the policy of the request.
  const requestHeaders = { "content-security-policy": policy, "x-nonce": nonce, [METHOD_HEADER]: request.method };
  const response = await gatehouse.proxy(request, { requestHeaders });
  response.headers.set("content-security-policy", policy);
  if (appUrl.startsWith("https:")) {
    response.headers.set("strict-transport-security", "max-age=63072000");
  }
  return response;
}

export const config = { matcher: ["/((?!_next/static|_next/image|api/graphql$|icon\\.svg$).*)"] };

function contentSecurityPolicy(nonce: string): string {
  // The development server compiles in the page and talks to it.
  const scripts = isDevelopment ? "'unsafe-eval'" : "";
  const connect = isDevelopment ? "ws:" : "";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' ${scripts}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // React Aria hides things from sight, not from screen readers, by style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${connect}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
    .map((directive) => directive.trim())
    .join("; ");
}
