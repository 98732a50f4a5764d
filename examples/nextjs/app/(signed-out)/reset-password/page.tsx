import { AuthSettingsDocument } from "@gatehouse/client";
import { parameter, type Parameters } from "@/forms/parameters";
import { gatehouse } from "@/gatehouse/server";
import { ResetPasswordForm } from "./form";

export const metadata = { title: "Choose a new password" };

export default async function ResetPasswordPage({ searchParams }: { searchParams: Parameters }) {
  const settings = await gatehouse.query(AuthSettingsDocument, {});
  const policy = settings.ok ? settings.data.authSettings.passwordPolicy : undefined;
  return (
    <div className="card">
      <h1>Choose a new password</h1>
      <ResetPasswordForm token={await parameter(searchParams, "token")} policy={policy} />
    </div>
  );
}
