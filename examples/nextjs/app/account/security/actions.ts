"use server";

import {
  CancelFactorRemovalDocument,
  ConfirmTotpDocument,
  EnrollTotpDocument,
  RegenerateRecoveryCodesDocument,
} from "@gatehouse/client";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { done, failed, missing, notDone, refused, sameStep, stepped, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import {
  cancelFactorRemovalSentences,
  confirmTotpSentences,
  enrollTotpSentences,
  regenerateSentences,
} from "@/messages/second-factors";

/** Sets an authenticator app up: first a new secret, then the first code for it. */
export async function setUpAuthenticator(state: FormState, form: FormData): Promise<FormState> {
  await gatehouse.requireViewer("/account/security");
  return state.step?.kind === "confirm" ? confirmAuthenticator(state, form) : enrollAuthenticator(state, form);
}

async function enrollAuthenticator(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(EnrollTotpDocument, { input: {} });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { enrollment, userErrors } = outcome.data.enrollTotp;
  if (enrollment !== null) return stepped(state, { kind: "confirm", enrollment });
  return refused(state, form, userErrors, ({ code }) => enrollTotpSentences[code]);
}

async function confirmAuthenticator(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, { code: "Enter the code from your authenticator app." });
  if (empty !== undefined) return sameStep(state, empty);
  const outcome = await gatehouse.mutate(ConfirmTotpDocument, { input: { code: typed(form, "code") } });
  if (!outcome.ok) return sameStep(state, failed(state, form, outcome.error));
  const { recoveryCodes, userErrors } = outcome.data.confirmTotp;
  if (userErrors.some(({ code }) => code === "ENROLLMENT_EXPIRED")) return notDone(state, form, confirmTotpSentences.ENROLLMENT_EXPIRED);
  if (userErrors.length > 0) {
    return sameStep(state, refused(state, form, userErrors, ({ code }) => confirmTotpSentences[code]));
  }
  revalidatePath("/account", "layout");
  const sentence = "Your authenticator app is set up.";
  const answer = recoveryCodes === null ? done(state, sentence) : stepped(state, { kind: "codes", codes: recoveryCodes }, sentence);
  return { ...answer, isRenewed: true };
}

export async function regenerateCodes(state: FormState, form: FormData): Promise<FormState> {
  await gatehouse.requireViewer("/account/security");
  const outcome = await gatehouse.mutate(RegenerateRecoveryCodesDocument, {});
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { recoveryCodes, userErrors } = outcome.data.regenerateRecoveryCodes;
  if (recoveryCodes === null) return refused(state, form, userErrors, ({ code }) => regenerateSentences[code]);
  revalidatePath("/account", "layout");
  return stepped(state, { kind: "codes", codes: recoveryCodes }, "You have new recovery codes. The earlier ones no longer work.");
}

/** Cancels the scheduled removal of the factors. */
export async function keepFactors(state: FormState, form: FormData): Promise<FormState> {
  await gatehouse.requireViewer("/account/security");
  const outcome = await gatehouse.mutate(CancelFactorRemovalDocument, {});
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.cancelFactorRemoval;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => cancelFactorRemovalSentences[code]);
  revalidatePath("/account", "layout");
  redirect("/account/security?kept=1");
}
