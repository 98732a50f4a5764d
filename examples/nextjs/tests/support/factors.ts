import type { CDPSession, Page } from "playwright-core";
import { PASSWORD, type Stage } from "./stage.js";
import { totp } from "./totp.js";

/** What the owner of an account with a second factor has. */
export interface Owner {
  readonly email: string;
  readonly secret: string;
  readonly codes: readonly string[];
}

/** An account with an authenticator app. The code of the current time step is used up. */
export async function ownerOfApp(stage: Stage): Promise<Owner> {
  const email = await stage.account();
  const login = "mutation ($input: LoginInput!) { login(input: $input) { tokens { accessToken } } }";
  const { tokens } = (await stage.ask<{ login: { tokens: { accessToken: string } } }>(login, { identifier: email, password: PASSWORD })).login;
  const enroll = "mutation ($input: EnrollTotpInput!) { enrollTotp(input: $input) { enrollment { secret } } }";
  const { enrollment } = (await stage.ask<{ enrollTotp: { enrollment: { secret: string } } }>(enroll, {}, tokens.accessToken)).enrollTotp;
  const confirm = "mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) { recoveryCodes userErrors { code } } }";
  // The step before: those of now and after it are left for the test.
  const input = { code: totp(enrollment.secret, -1) };
  const { recoveryCodes } = (await stage.ask<{ confirmTotp: { recoveryCodes: string[] } }>(confirm, input, tokens.accessToken)).confirmTotp;
  return { email, secret: enrollment.secret, codes: recoveryCodes };
}

/** An authenticator that the browser takes for the device's own. */
export interface Authenticator {
  /** Whether somebody is there to answer. */
  present(isPresent: boolean): Promise<void>;
  /** Whether PIN or biometrics are right. If not, the browser reports that the request was canceled. */
  verify(isVerified: boolean): Promise<void>;
  credentials(): Promise<number>;
}

/** Gives the page an authenticator. It answers at once, unless `verify(false)`. */
export async function authenticator(page: Page): Promise<Authenticator> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    present: async (enabled) => {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
    verify: async (isUserVerified) => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    credentials: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}
