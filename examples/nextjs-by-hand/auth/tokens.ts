import type { TokensFragment } from "./generated";

const secure = process.env.APP_URL?.startsWith("https:") ?? false;
const prefix = secure ? "__Host-" : "";
export const ACCESS = `${prefix}access`;
export const REFRESH = `${prefix}refresh`;

export function tokenCookies(tokens: TokensFragment) {
  const options = {
    httpOnly: true,
    sameSite: "lax" as const,
    secure,
    path: "/",
    expires: new Date(tokens.refreshTokenExpiresAt),
  };
  return [
    { name: ACCESS, value: tokens.accessToken, ...options },
    { name: REFRESH, value: tokens.refreshToken, ...options },
  ];
}

export function clearedCookies() {
  const options = { httpOnly: true, sameSite: "lax" as const, secure, path: "/", maxAge: 0 };
  return [ACCESS, REFRESH].map((name) => ({ name, value: "", ...options }));
}

export function secondsLeft(accessToken: string | undefined): number {
  try {
    const payload = accessToken?.split(".")[1] ?? "";
    const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString());
    return typeof exp === "number" ? exp - Date.now() / 1000 : 0;
  } catch {
    return 0;
  }
}
