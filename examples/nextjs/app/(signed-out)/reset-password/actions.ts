"use server";

import { ResetPasswordDocument, type ResetPasswordErrorCode } from "@gatehouse/client";
import { done, failed, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { resetPasswordSentences } from "@/messages/signed-out";

const NEW_LINK = { href: "/forgot-password", text: "Request a new link" };

export async function resetPassword(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, { newPassword: "Choose a password." });
  if (empty !== undefined) return empty;
  const input = { token: typed(form, "token"), newPassword: typed(form, "newPassword") };
  const outcome = await gatehouse.mutate(ResetPasswordDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  // The link is no field of this form.
  const userErrors = outcome.data.resetPassword.userErrors.map((error) => (isOfLink(error.code) ? { ...error, field: null } : error));
  if (userErrors.length > 0) {
    return refused(state, form, userErrors, ({ code }) => resetPasswordSentences[code], ({ code }) => (isOfLink(code) ? NEW_LINK : undefined));
  }
  return done(state, "Your new password was saved. Every device was signed out.");
}

function isOfLink(code: ResetPasswordErrorCode): boolean {
  return code === "TOKEN_INVALID" || code === "TOKEN_EXPIRED";
}
