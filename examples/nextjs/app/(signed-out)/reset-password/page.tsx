import { AuthSettingsDocument } from "@gatehouse/client";
import Link from "next/link";
import { Alert } from "@/components/alert";
import { parameter, type Parameters } from "@/forms/parameters";
import { linkFault } from "@/gatehouse/link";
import { gatehouse } from "@/gatehouse/server";
import { resetPasswordSentences } from "@/messages/signed-out";
import { ResetPasswordForm } from "./form";

export const metadata = { title: "Choose a new password" };

export default async function ResetPasswordPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const [settings, fault] = await Promise.all([gatehouse.query(AuthSettingsDocument, {}), linkFault("RESET_PASSWORD", token)]);
  const policy = settings.ok ? settings.data.authSettings.passwordPolicy : undefined;
  const instead = fault && (
    <Alert kind="problem">
      {resetPasswordSentences[fault]} <Link href="/forgot-password">Request a new link</Link>
    </Alert>
  );
  return (
    <div className="card">
      <h1>Choose a new password</h1>
      {token === "" ? (
        <Alert kind="problem">
          This link is incomplete. Copy the whole link from the email, or <Link href="/forgot-password">request a new link</Link>.
        </Alert>
      ) : (
        <ResetPasswordForm token={token} policy={policy} instead={instead} />
      )}
    </div>
  );
}
