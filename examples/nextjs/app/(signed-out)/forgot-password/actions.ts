"use server";

import { RequestPasswordResetDocument } from "@gatehouse/client";
import { done, failed, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { forgotPasswordSentences } from "@/messages/signed-out";

export async function requestPasswordReset(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, { email: "Enter your email address." });
  if (empty !== undefined) return empty;
  const outcome = await gatehouse.mutate(RequestPasswordResetDocument, { input: { email: typed(form, "email") } });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.requestPasswordReset;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => forgotPasswordSentences[code]);
  return done(state, "If there is an account with this address, we have sent it an email with a link.");
}
