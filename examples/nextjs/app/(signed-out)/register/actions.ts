"use server";

import { RegisterDocument, safeReturnPath } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { done, failed, kept, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { challenged, continueSignIn } from "@/gatehouse/sign-in-steps";
import { registerSentences } from "@/messages/signed-out";

export async function register(state: FormState, form: FormData): Promise<FormState> {
  const next = safeReturnPath(typed(form, "next"), "/account");
  if (state.step !== undefined) return continueSignIn(state, state.step, form, next);
  const empty = missing(state, form, { email: "Enter your email address.", password: "Choose a password." });
  if (empty !== undefined) return empty;
  const optional = (name: string) => typed(form, name).trim() || null;
  const input = {
    email: typed(form, "email"),
    password: typed(form, "password"),
    name: optional("name"),
    username: optional("username"),
  };
  const outcome = await gatehouse.mutate(RegisterDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { challenge, userErrors, verificationRequired } = outcome.data.register;
  if (challenge !== null) return challenged({ ...state, values: kept(form) }, challenge);
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => registerSentences[code]);
  if (verificationRequired) {
    const sentence = `We sent a mail to ${input.email}. Follow the link in it, then sign in.`;
    return done(state, sentence, {}, { href: "/verify-email", text: "No email? Send it again" });
  }
  redirect(next);
}
