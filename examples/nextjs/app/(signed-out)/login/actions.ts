"use server";

import { LoginDocument, safeReturnPath, type LoginErrorCode } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { failed, kept, missing, refused, typed, type FormState, type NextStep } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { challenged, continueSignIn } from "@/gatehouse/sign-in-steps";
import { loginSentence } from "@/messages/signed-out";

/** Where it goes on for whoever cannot be let in. */
const STEPS: Partial<Record<LoginErrorCode, NextStep>> = {
  EMAIL_NOT_VERIFIED: { href: "/verify-email", text: "No email? Send it again" },
  ACCOUNT_LOCKED: { href: "/forgot-password", text: "Choose a new password" },
};

export async function login(state: FormState, form: FormData): Promise<FormState> {
  const next = safeReturnPath(typed(form, "next"), "/account");
  if (state.step !== undefined) return continueSignIn(state, state.step, form, next);
  const empty = missing(state, form, {
    identifier: "Enter your email address or username.",
    password: "Enter your password.",
  });
  if (empty !== undefined) return empty;
  const input = { identifier: typed(form, "identifier"), password: typed(form, "password") };
  const outcome = await gatehouse.mutate(LoginDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { challenge, userErrors } = outcome.data.login;
  if (challenge !== null) return challenged({ ...state, values: kept(form) }, challenge);
  if (userErrors.length > 0) return refused(state, form, userErrors, loginSentence, ({ code }) => STEPS[code]);
  redirect(next);
}
