import { encode } from "./json.js";

/** The methods of WebAuthn Level 3 (section 5.1.10) that not every browser has. */
interface Signals {
  signalUnknownCredential?(options: { rpId: string; credentialId: string }): Promise<void>;
  signalAllAcceptedCredentials?(options: {
    rpId: string;
    userId: string;
    allAcceptedCredentialIds: readonly string[];
  }): Promise<void>;
}

/** A user with every passkey, such as `me` of `SecondFactorsDocument` and `user` of `removeFactor`. */
export interface UserWithPasskeys {
  readonly id: string;
  readonly secondFactors: { readonly passkeys: readonly { readonly credentialId: string }[] };
}

/** Whether the browser has a signal. */
export function hasSignal(name: keyof Signals): boolean {
  return typeof (globalThis.PublicKeyCredential as Signals | undefined)?.[name] === "function";
}

/** Lets password managers hide a passkey that no account has. */
export async function signalUnknownCredential(rpId: string, credentialId: string): Promise<void> {
  await quietly((it) => it.signalUnknownCredential?.({ rpId, credentialId }));
}

/** Lets password managers hide every passkey of the user that is not listed. */
export async function signalAllAcceptedCredentials(rpId: string, user: UserWithPasskeys): Promise<void> {
  const userId = userHandle(user.id);
  if (userId === undefined) return;
  const allAcceptedCredentialIds = user.secondFactors.passkeys.map(({ credentialId }) => credentialId);
  await quietly((it) => it.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds }));
}

/** The user handle of a passkey: the 16 bytes of `User.id`, a UUID. */
function userHandle(id: string): string | undefined {
  const digits = id.replaceAll("-", "");
  if (!/^[\da-f]{32}$/i.test(digits)) return undefined;
  return encode(Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16)));
}

/** A signal is a hint: its failure changes nothing for the user. */
async function quietly(signal: (signals: Signals) => Promise<void> | undefined): Promise<void> {
  const signals = globalThis.PublicKeyCredential as Signals | undefined;
  if (signals === undefined) return;
  try {
    await signal(signals);
  } catch {
    // The browser rejects the RP ID, or has no password manager that listens.
  }
}
