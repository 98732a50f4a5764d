import {
  CompleteLoginDocument,
  ConfirmTotpDocument,
  EnrollTotpDocument,
  RequestFactorRemovalDocument,
  type LoginChallenge,
} from "@gatehouse/client";
import { redirect } from "next/navigation";
import { atCode, codeProofOf, LOST_FACTORS, missingProof } from "@/forms/proof";
import { failed, missing, notDone, refused, sameStep, stepped, typed, type FormState } from "@/forms/state";
import type { Step } from "@/forms/step";
import {
  completeLoginSentence,
  confirmTotpSentences,
  enrollTotpSentences,
  requestFactorRemovalSentences,
} from "@/messages/second-factors";
import { gatehouse } from "./server";

/** After these a sign-in cannot go on, and begins anew with the password. */
const ENDED: ReadonlySet<string> = new Set(["CHALLENGE_INVALID", "EMAIL_NOT_VERIFIED", "DELETION_PENDING"]);

/** The step that a challenge requires. */
export function challenged(state: FormState, challenge: LoginChallenge): FormState {
  return stepped(state, { kind: challenge.methods.length > 0 ? "prove" : "enroll", challenge });
}

/** Continues a sign-in after its first step, for the forms of sign-in and registration. Leads to `next` at its end. */
export async function continueSignIn(state: FormState, step: Step, form: FormData, next: string): Promise<FormState> {
  switch (step.kind) {
    case "prove":
      return prove(state, step, form, next);
    case "enroll":
      return enroll(state, step, form);
    case "confirm":
      return confirm(state, step, form, next);
    case "codes":
      return redirect(next);
  }
}

async function prove(state: FormState, step: Extract<Step, { kind: "prove" }>, form: FormData, next: string): Promise<FormState> {
  if (form.has(LOST_FACTORS)) return requestRemoval(state, step, form);
  const { challenge } = step;
  const proof = codeProofOf(form);
  if (proof === undefined) return sameStep(state, missingProof(state, form));
  const outcome = await gatehouse.mutate(CompleteLoginDocument, { input: { challenge: challenge.token, ...proof } });
  if (!outcome.ok) return sameStep(state, failed(state, form, outcome.error));
  const { userErrors } = outcome.data.completeLogin;
  if (userErrors.length === 0) redirect(next);
  return endedOr(state, userErrors, refused(state, form, atCode(userErrors, proof), completeLoginSentence));
}

/** Has a link emailed to a user who has lost every factor. The step stays: a code that turns up still completes it. */
async function requestRemoval(state: FormState, step: Extract<Step, { kind: "prove" }>, form: FormData): Promise<FormState> {
  const input = { challenge: step.challenge.token };
  const outcome = await gatehouse.mutate(RequestFactorRemovalDocument, { input });
  if (!outcome.ok) return sameStep(state, failed(state, form, outcome.error));
  const { userErrors } = outcome.data.requestFactorRemoval;
  if (userErrors.length === 0) {
    return stepped(state, step, "Check your email. Follow the link in it to have your second factors removed.");
  }
  return endedOr(state, userErrors, refused(state, form, userErrors, ({ code }) => requestFactorRemovalSentences[code]));
}

async function enroll(state: FormState, { challenge }: Extract<Step, { kind: "enroll" }>, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(EnrollTotpDocument, { input: { challenge: challenge.token } });
  if (!outcome.ok) return sameStep(state, failed(state, form, outcome.error));
  const { enrollment, userErrors } = outcome.data.enrollTotp;
  if (enrollment !== null) return stepped(state, { kind: "confirm", challenge, enrollment });
  return endedOr(state, userErrors, refused(state, form, userErrors, ({ code }) => enrollTotpSentences[code]));
}

async function confirm(state: FormState, { challenge }: Extract<Step, { kind: "confirm" }>, form: FormData, next: string): Promise<FormState> {
  const empty = missing(state, form, { code: "Enter the code from your authenticator app." });
  if (empty !== undefined) return sameStep(state, empty);
  const input = { challenge: challenge?.token ?? "", code: typed(form, "code") };
  const outcome = await gatehouse.mutate(ConfirmTotpDocument, { input });
  if (!outcome.ok) return sameStep(state, failed(state, form, outcome.error));
  const { recoveryCodes, userErrors } = outcome.data.confirmTotp;
  if (challenge && userErrors.some(({ code }) => code === "ENROLLMENT_EXPIRED")) {
    return { ...notDone(state, form, confirmTotpSentences.ENROLLMENT_EXPIRED), step: { kind: "enroll", challenge } };
  }
  if (userErrors.length > 0) {
    return endedOr(state, userErrors, refused(state, form, userErrors, ({ code }) => confirmTotpSentences[code]));
  }
  if (recoveryCodes === null) redirect(next);
  return stepped(state, { kind: "codes", codes: recoveryCodes }, "You are signed in. Your account has a second factor now.");
}

/** Says what is wrong: in the same step, or in the first one if the sign-in has ended. */
function endedOr(state: FormState, userErrors: readonly { readonly code: string }[], answer: FormState): FormState {
  const hasEnded = userErrors.some(({ code }) => ENDED.has(code));
  return hasEnded ? { ...answer, values: state.values } : sameStep(state, answer);
}
