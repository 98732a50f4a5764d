"use server";

import { RequestEmailVerificationDocument, VerifyEmailDocument } from "@gatehouse/client";
import { done, failed, kept, missing, refused, typed, type FormState } from "@/forms/state";
import { isConfirmed } from "@/gatehouse/link";
import { gatehouse } from "@/gatehouse/server";
import { requestVerificationSentences, verifyEmailSentences } from "@/messages/signed-out";

export async function verifyEmail(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(VerifyEmailDocument, { input: { token: typed(form, "token") } });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const userErrors = outcome.data.verifyEmail.userErrors.map((error) => ({ ...error, field: null }));
  if (userErrors.some(({ code }) => code === "TOKEN_INVALID") && (await isConfirmed())) {
    return done(state, "Your email address is already confirmed.");
  }
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => verifyEmailSentences[code]);
  return done(state, "Your email address is confirmed.");
}

export async function requestVerification(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, { email: "Enter your email address." });
  if (empty !== undefined) return empty;
  const input = { email: typed(form, "email") };
  const outcome = await gatehouse.mutate(RequestEmailVerificationDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.requestEmailVerification;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => requestVerificationSentences[code]);
  return done(state, "If this address is not confirmed yet, we have sent it an email with a link.", kept(form));
}
