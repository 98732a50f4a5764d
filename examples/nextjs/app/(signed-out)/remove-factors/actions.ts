"use server";

import { ConfirmFactorRemovalDocument } from "@gatehouse/client";
import { done, failed, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { confirmFactorRemovalSentences } from "@/messages/second-factors";

const NEW_LINK = { href: "/login", text: "Sign in to request a new link" };

export async function confirmFactorRemoval(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(ConfirmFactorRemovalDocument, { input: { token: typed(form, "token") } });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { scheduledFor, userErrors } = outcome.data.confirmFactorRemoval;
  const ofLink = userErrors.map((error) => ({ ...error, field: null }));
  if (scheduledFor === null) return refused(state, form, ofLink, ({ code }) => confirmFactorRemovalSentences[code], () => NEW_LINK);
  return done(state, "The removal of your second factors is scheduled.", { scheduledFor });
}
