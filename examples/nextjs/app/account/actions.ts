"use server";

import { LogoutDocument } from "@gatehouse/client";
import { redirect } from "next/navigation";
import { failed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";

export async function signOut(state: FormState, form: FormData): Promise<FormState> {
  const outcome = await gatehouse.mutate(LogoutDocument, {});
  if (!outcome.ok) return failed(state, form, outcome.error);
  redirect("/login");
}
