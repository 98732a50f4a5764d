import { describe, expect, test } from "vitest";
import { InsufficientAuthenticationError, requireAuthentication, type AuthenticationRequirement, type Principal } from "../../src/jwt/index.js";

const NOW = new Date("2026-11-29T10:00:00Z");
const now = (): Date => NOW;

function principal(level: string | undefined, ageSeconds?: number): Principal {
  const authenticatedAt = ageSeconds === undefined ? undefined : new Date(NOW.getTime() - ageSeconds * 1_000);
  return { userId: "ann", sessionId: "one", tokenId: "id", authenticatedAt, methods: ["pwd"], level, expiresAt: NOW };
}

function errorOf(of: Principal, requirement: AuthenticationRequirement): InsufficientAuthenticationError | undefined {
  try {
    requireAuthentication(of, { ...requirement, now });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof InsufficientAuthenticationError) return thrown;
    throw thrown;
  }
}

describe("a required authentication", () => {
  test.each([
    [principal("aal2", 300), { acr: "aal2", maxAge: 300 }],
    [principal("aal2", 0), { acr: "aal1" }],
    [principal("aal1", 9_999), { acr: "aal1" }],
    [principal(undefined, 10), { maxAge: 10 }],
    [principal("aal1", -4), { maxAge: 0 }],
    [principal(undefined), {}],
  ] as const)("that suffices throws nothing: %o %o", (of, requirement) => {
    expect(errorOf(of, requirement)).toBeUndefined();
  });

  test.each([
    [principal("aal1", 0), { acr: "aal2" }],
    [principal(undefined, 0), { acr: "aal1" }],
    [principal("gold", 0), { acr: "aal1" }],
    [principal("aal2", 301), { acr: "aal2", maxAge: 300 }],
    [principal("aal2"), { maxAge: 300 }],
    [principal("aal2", Number.NaN), { maxAge: 300 }],
  ] as const)("that does not suffice throws: %o %o", (of, requirement) => {
    expect(errorOf(of, requirement)).toMatchObject({ status: 401, name: "InsufficientAuthenticationError" });
  });

  test("is described by the header of RFC 9470", () => {
    expect(errorOf(principal("aal1", 0), { acr: "aal2", maxAge: 300 })).toMatchObject({
      acr: "aal2",
      maxAge: 300,
      wwwAuthenticate:
        'Bearer error="insufficient_user_authentication", error_description="A stronger authentication is required.", acr_values="aal2", max_age="300"',
    });
    expect(errorOf(principal("aal2", 9), { maxAge: 5 })?.wwwAuthenticate).toBe(
      'Bearer error="insufficient_user_authentication", error_description="A more recent authentication is required.", max_age="5"',
    );
  });

  test.each([{ acr: "aal3" as never }, { maxAge: Number.NaN }, { maxAge: -1 }, { maxAge: 1.5 }])(
    "that makes no sense is rejected instead of met: %o",
    (requirement) => {
      expect(() => requireAuthentication(principal("aal2", 0), requirement)).toThrow(RangeError);
    },
  );
});
