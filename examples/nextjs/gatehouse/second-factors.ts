import type { AuthenticationMethod, SecondFactors } from "@gatehouse/client";

/** Whether an account has a second factor. A recent proof of it then replaces the password in forms. */
export function hasSecondFactor(factors: SecondFactors | undefined): boolean {
  return factors !== undefined && (factors.totp !== null || factors.passkeys.length > 0);
}

/** What the user can prove again, preferred first. */
export function methodsOf(factors: SecondFactors | undefined): AuthenticationMethod[] {
  if (factors === undefined || !hasSecondFactor(factors)) return ["PASSWORD"];
  const has: [AuthenticationMethod, boolean][] = [
    ["PASSKEY", factors.passkeys.length > 0],
    ["TOTP", factors.totp !== null],
    ["RECOVERY_CODE", factors.recoveryCodesLeft > 0],
  ];
  return has.filter(([, isThere]) => isThere).map(([method]) => method);
}
