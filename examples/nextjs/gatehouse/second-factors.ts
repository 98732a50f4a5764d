import { SecondFactorsDocument, type AuthenticationMethod, type SecondFactors } from "@gatehouse/client";
import { gatehouse } from "./server";

/** Whether an account has a second factor. A recent proof of it then replaces the password in forms. */
export function hasSecondFactor(factors: SecondFactors | undefined): boolean {
  return factors !== undefined && (factors.totp !== null || factors.passkeys.length > 0);
}

/** Whether the forms of the signed-in user need no password, for server components. Gatehouse decides once they are sent. */
export async function needsNoPassword(): Promise<boolean> {
  const outcome = await gatehouse.query(SecondFactorsDocument, {});
  return outcome.ok && hasSecondFactor(outcome.data.me?.secondFactors);
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
