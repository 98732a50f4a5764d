"use server";

import { ReauthenticateDocument, safeReturnPath } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { atCode, missingProof, proofOf } from "@/forms/proof";
import { done, failed, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { reauthenticateSentence } from "@/messages/second-factors";

/** Proves a credential again. Continues on the page `next`, if the form has one. */
export async function confirmIdentity(state: FormState, form: FormData): Promise<FormState> {
  const proof = proofOf(form);
  if (proof === undefined) return missingProof(state, form);
  const outcome = await gatehouse.mutate(ReauthenticateDocument, { input: proof });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.reauthenticate;
  if (userErrors.length > 0) {
    return refused(state, form, atCode(userErrors, proof), reauthenticateSentence);
  }
  if (form.has("next")) redirect(safeReturnPath(typed(form, "next"), "/account"));
  return { ...done(state, "Confirmed."), isRenewed: true };
}
