"use server";

import { describeError, LoginDocument, LogoutDocument, safeReturnPath, type LoginErrorCode } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { gatehouse } from "@/gatehouse";

export type LoginState = { problem?: string; identifier?: string };

const SENTENCES: Record<LoginErrorCode, string> = {
  INVALID_CREDENTIALS: "The email address, username or password is incorrect.",
  ACCOUNT_LOCKED: "Too many wrong passwords were entered. Wait a few minutes, or choose a new one.",
  EMAIL_NOT_VERIFIED: "Follow the link in the mail that we sent to you first.",
  DELETION_PENDING: "This account is about to be deleted. The mail about it says how to keep it.",
  SECOND_FACTOR_REQUIRED: "Your account has a second factor. This application cannot ask for it yet.",
};

export async function login(_: LoginState, form: FormData): Promise<LoginState> {
  const identifier = String(form.get("identifier") ?? "");
  const password = String(form.get("password") ?? "");
  const answer = await gatehouse.mutate(LoginDocument, { input: { identifier, password } });
  if (!answer.ok) return { problem: describeError(answer.error), identifier };
  const [problem] = answer.data.login.userErrors;
  if (problem) return { problem: SENTENCES[problem.code], identifier };
  redirect(safeReturnPath(String(form.get("next") ?? "")));
}

export async function logout(): Promise<void> {
  await gatehouse.mutate(LogoutDocument, {});
  redirect("/login");
}
