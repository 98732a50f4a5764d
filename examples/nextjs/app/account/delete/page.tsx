import { DeletionPreviewDocument } from "@gatehouse/client";
import { GatehouseFailure } from "@gatehouse/client/next";
import { ActionForm } from "@/components/action-form";
import { Moment } from "@/components/moment";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { needsNoPassword } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { deleteAccount } from "./actions";

export const metadata = { title: "Delete account" };

export default async function DeletePage() {
  const viewer = await gatehouse.requireViewer();
  const outcome = await gatehouse.query(DeletionPreviewDocument, {});
  if (!outcome.ok) throw new GatehouseFailure(outcome.error);
  const withPassword = !(await needsNoPassword());
  const preview = outcome.data.me?.deletionPreview;
  return (
    <div className="card">
      <h1>Delete account</h1>
      {preview && (
        <>
          <p>
            If you delete your account now, all data is removed by <Moment at={preview.wouldCompleteBy} />. Until then, you can
            keep the account with a link that we email to you.
          </p>
          <h2>Deleted data</h2>
          <ul>
            {preview.removed.map(({ name, description, count }) => (
              <li key={name}>
                <strong>{name}</strong> ({count}): {description}
              </li>
            ))}
          </ul>
          <h2>Retained data</h2>
          <ul>
            {preview.retained.map(({ name, reason, retainedFor }) => (
              <li key={name}>
                <strong>{name}</strong>: {reason} Kept: {retainedFor.toLowerCase()}.
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Confirm</h2>
      <ActionForm action={deleteAccount}>
        <TextField name="confirmation" label={`Type ${viewer.email} to confirm`} autoComplete="off" isRequired />
        {withPassword && <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />}
        <SubmitButton kind="danger">Delete my account</SubmitButton>
      </ActionForm>
    </div>
  );
}
