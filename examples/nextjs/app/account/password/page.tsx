import { AuthSettingsDocument } from "@gatehouse/client";
import { ActionForm } from "@/components/action-form";
import { NewPassword } from "@/components/new-password";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { gatehouse } from "@/gatehouse/server";
import { changePassword } from "./actions";

export const metadata = { title: "Change password" };

export default async function PasswordPage() {
  const viewer = await gatehouse.requireViewer();
  const settings = await gatehouse.query(AuthSettingsDocument, {});
  const policy = settings.ok ? settings.data.authSettings.passwordPolicy : undefined;
  const personal = [viewer.email, viewer.name ?? "", viewer.username ?? ""];
  return (
    <div className="card">
      <h1>Change password</h1>
      <ActionForm action={changePassword}>
        {/* So that password managers know whose it is. */}
        <input type="text" name="username" autoComplete="username" defaultValue={viewer.email} hidden readOnly />
        <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
        <NewPassword name="newPassword" label="New password" policy={policy} personal={personal} />
        <label className="check">
          <input type="checkbox" name="revokeOtherSessions" defaultChecked />
          Sign out everywhere else
        </label>
        <SubmitButton>Change password</SubmitButton>
      </ActionForm>
    </div>
  );
}
