"use server";

import { SecureAccountDocument } from "@gatehouse/client";
import { done, failed, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { secureAccountSentences } from "@/messages/signed-out";

const NEW_PASSWORD = { href: "/forgot-password", text: "Choose a new password" };

export async function secureAccount(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(SecureAccountDocument, { input: { token: typed(form, "token") } });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors, revokedSessionCount } = outcome.data.secureAccount;
  const ofLink = userErrors.map((error) => ({ ...error, field: null }));
  if (ofLink.length > 0) return refused(state, form, ofLink, ({ code }) => secureAccountSentences[code], () => NEW_PASSWORD);
  const devices = revokedSessionCount === 1 ? "1 device was" : `${revokedSessionCount} devices were`;
  const signedOut = revokedSessionCount === 0 ? "" : `${devices} signed out. `;
  return done(state, `${signedOut}Your password is disabled. We have emailed you a link to choose a new one.`);
}
