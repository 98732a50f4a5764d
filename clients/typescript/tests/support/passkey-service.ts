import { createGatehouseClient, memoryStorage, type OnStepUp, type Viewer } from "../../src/index.js";
import { createPasskeys } from "../../src/passkeys/index.js";
import { rejected, scripted, session, user, type Respond } from "./scripted.js";

const NOTHING = { user: null, session: null, tokens: null };

/** The challenge in the options that a call of the browser got. */
export const nth = (number: number): string => `challenge-${number}`;

/** A page with passkeys, and the service behind it. Each request for options gets the next challenge. */
export function passkeyPage(script: Record<string, Respond> = {}, viewer?: string, onStepUp?: OnStepUp) {
  const service = scripted({
    StartPasskey: (_, before) => ({
      data: {
        startPasskey: {
          options: { challenge: nth(before + 1), rpId: "example.org" },
          expiresAt: "2026-11-29T10:05:00.000Z",
          userErrors: [],
        },
      },
    }),
    LoginWithPasskey: () => ({ data: { loginWithPasskey: { user: user("ann"), ...session("one"), userErrors: [] } } }),
    CompleteLogin: () => ({ data: { completeLogin: { user: user("ann"), ...session("one"), userErrors: [] } } }),
    Reauthenticate: () => ({ data: { reauthenticate: { ...session("two"), validUntil: null, userErrors: [] } } }),
    AddPasskey: () => ({
      data: { addPasskey: { user: user("ann"), ...session("two"), passkey: null, recoveryCodes: ["a"], userErrors: [] } },
    }),
    ...script,
  });
  const client = createGatehouseClient({
    url: "http://gatehouse.example/graphql",
    tokens: memoryStorage(),
    fetch: service.fetch,
    ...(viewer !== undefined && { initialViewer: user(viewer) as Viewer }),
    ...(onStepUp && { onStepUp }),
  });
  return {
    client,
    passkeys: createPasskeys(client),
    service,
    count: (name: string): number => service.sent.filter((it) => it.name === name).length,
    variables: (name: string): unknown[] => service.sent.filter((it) => it.name === name).map(({ variables }) => variables["input"]),
  };
}

/** The response to `loginWithPasskey` with one user error. */
export const rejectedSignIn = (code: string): unknown => ({
  data: { loginWithPasskey: { ...NOTHING, userErrors: [{ code, field: ["passkey"], message: "m" }] } },
});

/** The response to `startPasskey` with one user error. */
export const rejectedStart = (code: string): unknown => ({
  data: { startPasskey: { options: null, expiresAt: null, userErrors: [{ code, field: null, message: "m" }] } },
});

export { rejected };
