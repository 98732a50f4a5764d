"use client";

import { ExportDataDocument } from "@gatehouse/client";
import { gatehouseErrorOf } from "@gatehouse/client/urql";
import { useMutation } from "urql";
import { ActionForm } from "@/components/action-form";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { done, failed, missing, refused, typed, type FormState } from "@/forms/state";
import { exportDataSentences } from "@/messages/account";

/** Goes from the browser through urql: the file is made there, and kept nowhere on the way. */
export function ExportForm({ withPassword }: { withPassword: boolean }) {
  const [, exportData] = useMutation(ExportDataDocument);
  const download = async (state: FormState, form: FormData): Promise<FormState> => {
    const empty = withPassword ? missing(state, form, { currentPassword: "Enter your current password." }) : undefined;
    if (empty !== undefined) return empty;
    const input = { currentPassword: typed(form, "currentPassword") || null };
    const { data, error } = await exportData({ input });
    if (error) return failed(state, form, gatehouseErrorOf(error));
    const userErrors = data?.exportData.userErrors ?? [];
    if (userErrors.length > 0) return refused(state, form, userErrors, ({ code }) => exportDataSentences[code]);
    save(data?.exportData.export);
    return done(state, "Your data was downloaded.");
  };
  return (
    <ActionForm action={download} isLocal>
      {withPassword && <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />}
      <SubmitButton>Download my data</SubmitButton>
    </ActionForm>
  );
}

function save(data: unknown): void {
  const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = "my-data.json";
  link.click();
  // Some browsers begin to read it only later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
