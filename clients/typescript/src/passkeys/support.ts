/** Returns whether the browser can use passkeys. False on a server: read it after the first render. */
export function isSupported(): boolean {
  const { PublicKeyCredential, navigator } = globalThis;
  // Pages without TLS have none of these.
  return typeof PublicKeyCredential === "function" && typeof navigator?.credentials?.get === "function";
}

/** Returns whether the browser offers passkeys in the autofill of a field with `autocomplete="username webauthn"`. */
export async function isAutofillSupported(): Promise<boolean> {
  if (!isSupported()) return false;
  try {
    return (await globalThis.PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
  } catch {
    return false;
  }
}
