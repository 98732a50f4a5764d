"use server";

import { UpdateProfileDocument, type UpdateProfileInput } from "@gatehouse/client";
import { revalidatePath } from "next/cache";
import { done, failed, kept, missing, refused, typed, type FormState } from "@/forms/state";
import { gatehouse } from "@/gatehouse/server";
import { profileSentences } from "@/messages/account";

/** Those that can be empty. A field that the form does not have stays as it is. */
const OPTIONAL = ["name", "username", "locale"] as const;

export async function updateProfile(state: FormState, form: FormData): Promise<FormState> {
  const empty = missing(state, form, { email: "Enter your email address." });
  if (empty !== undefined) return empty;
  const changed = OPTIONAL.filter((name) => form.has(name) && isChanged(form, name));
  let input: UpdateProfileInput = Object.fromEntries(changed.map((name) => [name, typed(form, name).trim() || null]));
  const email = typed(form, "email").trim();
  if (isChanged(form, "email")) {
    input = { ...input, email, currentPassword: typed(form, "currentPassword") || null };
  }
  if (Object.keys(input).length === 0) return done(state, "No changes to save.", kept(form));
  const outcome = await gatehouse.mutate(UpdateProfileDocument, { input });
  if (!outcome.ok) return failed(state, form, outcome.error);
  const { user, userErrors } = outcome.data.updateProfile;
  if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => profileSentences[code]);
  revalidatePath("/account", "layout");
  const isWaiting = input.email !== undefined && user?.pendingEmail !== null;
  const sentence = isWaiting
    ? `Saved. We sent a link to ${email}; until it is followed your address stays ${user?.email}.`
    : "Saved.";
  return done(state, sentence, kept(form));
}

/** Whether a field holds something else than it did when the page was loaded. */
function isChanged(form: FormData, name: string): boolean {
  return typed(form, name).trim() !== typed(form, `loaded-${name}`).trim();
}
