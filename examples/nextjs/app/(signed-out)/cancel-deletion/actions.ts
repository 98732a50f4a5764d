"use server";

import { CancelAccountDeletionDocument } from "@gatehouse/client";
import { done, failed, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { cancelDeletionSentences } from "@/messages/signed-out";

export async function cancelDeletion(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(CancelAccountDeletionDocument, { input: { token: typed(form, "token") } });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const userErrors = outcome.data.cancelAccountDeletion.userErrors.map((error) => ({ ...error, field: null }));
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => cancelDeletionSentences[code]);
  return done(state, "Your account is kept.");
}
