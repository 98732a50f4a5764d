"use server";

import { RemoveFactorDocument } from "@gatehouse/client";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { failed, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { removeFactorSentences } from "@/messages/second-factors";

export async function removeFactor(state: FormState, form: FormData): Promise<FormState> {
  await gatehouse.requireViewer("/account/security");
  const input = { id: typed(form, "id"), revokeOtherSessions: form.has("revokeOtherSessions") };
  const outcome = await gatehouse.mutate(RemoveFactorDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { userErrors } = outcome.data.removeFactor;
  // Another request has removed it already.
  const problems = userErrors.filter(({ code }) => code !== "FACTOR_NOT_FOUND").map((error) => ({ ...error, field: null }));
  if (problems.length > 0) return refused(state, form, problems, ({ code }) => removeFactorSentences[code]);
  revalidatePath("/account", "layout");
  redirect("/account/security?removed=1");
}
