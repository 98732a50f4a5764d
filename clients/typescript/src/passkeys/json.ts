/** The JSON of WebAuthn Level 3 (section 5.1), also for browsers and password managers that lack its methods. */

/** Encodes bytes in base64url without padding. */
export function encode(bytes: ArrayBuffer | Uint8Array): string {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Decodes base64url, with or without padding. Throws if it is something else. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, ""));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Returns the options for `navigator.credentials.create()`. */
export function creationOptions(json: unknown): PublicKeyCredentialCreationOptions {
  const options = json as PublicKeyCredentialCreationOptionsJSON;
  const { PublicKeyCredential } = globalThis;
  if (typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function") {
    return PublicKeyCredential.parseCreationOptionsFromJSON(options);
  }
  const { extensions: _, ...plain } = options;
  return {
    ...plain,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  } as PublicKeyCredentialCreationOptions;
}

/** Returns the options for `navigator.credentials.get()`. */
export function requestOptions(json: unknown): PublicKeyCredentialRequestOptions {
  const options = json as PublicKeyCredentialRequestOptionsJSON;
  const { PublicKeyCredential } = globalThis;
  if (typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function") {
    return PublicKeyCredential.parseRequestOptionsFromJSON(options);
  }
  const { extensions: _, ...plain } = options;
  return {
    ...plain,
    challenge: decode(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  } as PublicKeyCredentialRequestOptions;
}

function descriptors(listed: readonly PublicKeyCredentialDescriptorJSON[] = []): PublicKeyCredentialDescriptor[] {
  return listed.map((it) => ({ ...it, id: decode(it.id) }) as PublicKeyCredentialDescriptor);
}

/** Returns what the service takes as `passkey`. */
export function credentialJson(credential: PublicKeyCredential): unknown {
  try {
    if (typeof credential.toJSON === "function") return credential.toJSON();
  } catch {
    // Password managers that replace the browser's API return objects of their own, on which its method does not work.
  }
  const { id, rawId, type, authenticatorAttachment } = credential;
  const attachment = authenticatorAttachment ?? undefined;
  return {
    id,
    rawId: encode(rawId),
    type,
    ...(attachment !== undefined && { authenticatorAttachment: attachment }),
    clientExtensionResults: {},
    response: responseJson(credential.response),
  };
}

function responseJson(response: AuthenticatorResponse): unknown {
  const clientDataJSON = encode(response.clientDataJSON);
  if ("attestationObject" in response) {
    const { attestationObject, getTransports } = response as AuthenticatorAttestationResponse;
    const transports = typeof getTransports === "function" ? getTransports.call(response) : [];
    return { clientDataJSON, attestationObject: encode(attestationObject), transports };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: encode(authenticatorData),
    signature: encode(signature),
    // Some authenticators return an empty one instead of none.
    ...(userHandle && userHandle.byteLength > 0 && { userHandle: encode(userHandle) }),
  };
}
