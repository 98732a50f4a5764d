"use server";

import { DeleteAccountDocument } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { failed, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { deleteAccountSentences } from "@/messages/account";

export async function deleteAccount(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, {
    confirmation: "Type the email address of your account.",
    ...(form.has("currentPassword") && { currentPassword: "Enter your current password." }),
  });
  if (empty !== undefined) return empty;
  await gatehouse.requireViewer("/account/delete");
  const input = { confirmation: typed(form, "confirmation"), currentPassword: typed(form, "currentPassword") || null };
  const outcome = await gatehouse.mutate(DeleteAccountDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { deletion, userErrors } = outcome.data.deleteAccount;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => deleteAccountSentences[code]);
  redirect(`/deletion?${new URLSearchParams({ receipt: deletion?.receipt ?? "" })}`);
}
