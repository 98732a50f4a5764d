"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { ask, forwarded, GatehouseError } from "@/auth/gatehouse";
import { LoginDocument, LogoutDocument, type LoginMutation } from "@/auth/generated";
import { returnPath } from "@/auth/return-path";
import { ACCESS, clearedCookies, tokenCookies } from "@/auth/tokens";

export type LoginState = { problem?: string; identifier?: string };

type Problem = LoginMutation["login"]["userErrors"][number];

function sentence(problem: Problem): string {
  switch (problem.code) {
    case "INVALID_CREDENTIALS":
      return "The email address, username or password is incorrect.";
    case "ACCOUNT_LOCKED":
      return problem.retryAt
        ? "Too many wrong passwords were entered. Wait a few minutes, then try again."
        : "Too many wrong passwords were entered. Choose a new one by “Forgot password?”.";
    case "EMAIL_NOT_VERIFIED":
      return "Follow the link in the mail that we sent to you first.";
    case "DELETION_PENDING":
      return "This account is about to be deleted. The mail about it says how to keep it.";
    case "SECOND_FACTOR_REQUIRED":
      return "Your account has a second factor. This application cannot ask for it yet.";
  }
}

function trouble(error: unknown): string {
  if (!(error instanceof GatehouseError)) throw error;
  const wait = error.retryAfter ? ` Try again in ${error.retryAfter} seconds.` : " Try again in a moment.";
  if (error.code === "RATE_LIMITED") return `Too many attempts.${wait}`;
  if (error.code === "OVERLOADED") return `Too many people are signing in.${wait}`;
  return "Signing in does not work right now. Try again in a moment.";
}

export async function login(_: LoginState, form: FormData): Promise<LoginState> {
  const identifier = String(form.get("identifier") ?? "");
  const password = String(form.get("password") ?? "");
  let answer: LoginMutation["login"];
  try {
    const kept = forwarded(await headers());
    answer = (await ask(LoginDocument, { input: { identifier, password } }, kept)).login;
  } catch (error) {
    return { problem: trouble(error), identifier };
  }
  const [problem] = answer.userErrors;
  if (problem || !answer.tokens) return { problem: problem && sentence(problem), identifier };
  const jar = await cookies();
  for (const cookie of tokenCookies(answer.tokens)) jar.set(cookie);
  redirect(returnPath(String(form.get("next") ?? "")));
}

export async function logout(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(ACCESS)?.value;
  const kept = forwarded(await headers());
  if (token) await ask(LogoutDocument, {}, { ...kept, authorization: `Bearer ${token}` });
  for (const cookie of clearedCookies()) jar.set(cookie);
  redirect("/login");
}
