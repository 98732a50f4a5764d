"use server";

import { ChangePasswordDocument } from "@gatehouse/client";
import { done, failed, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { changePasswordSentences } from "@/messages/account";

export async function changePassword(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, {
    currentPassword: "Enter your current password.",
    newPassword: "Choose a new password.",
  });
  if (empty !== undefined) return empty;
  await gatehouse.requireViewer("/account/password");
  const input = {
    currentPassword: typed(form, "currentPassword"),
    newPassword: typed(form, "newPassword"),
    revokeOtherSessions: form.has("revokeOtherSessions"),
  };
  const outcome = await gatehouse.mutate(ChangePasswordDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.changePassword;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => changePasswordSentences[code]);
  return { ...done(state, "Your password was changed."), isRenewed: true };
}
