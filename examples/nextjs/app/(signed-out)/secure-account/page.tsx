import Link from "next/link";
import { Alert } from "@/components/alert";
import { OneButtonForm } from "@/components/one-button-form";
import { parameter, type Parameters } from "@/forms/parameters";
import { linkFault } from "@/gatehouse/link";
import { secureAccountSentences } from "@/messages/signed-out";
import { secureAccount } from "./actions";

export const metadata = { title: "Secure your account" };

export default async function SecureAccountPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const fault = await linkFault("SECURE_ACCOUNT", token);
  const instead = fault && (
    <Alert kind="problem">
      {secureAccountSentences[fault]} <Link href="/forgot-password">Choose a new password</Link>
    </Alert>
  );
  return (
    <div className="card">
      <h1>Secure your account</h1>
      <p>If you did not do what the email reports, someone else may have access to your account. This button:</p>
      <ul>
        <li>signs out every device,</li>
        <li>disables your password and emails you a link to choose a new one,</li>
        <li>reverts the email change or cancels the account deletion that the email reports,</li>
        <li>cancels a scheduled removal of your second factors.</li>
      </ul>
      <OneButtonForm
        action={secureAccount}
        token={token}
        instead={instead}
        button="This was not me"
        kind="danger"
        afterwards={<Link href="/forgot-password">No email? Request a link</Link>}
      />
    </div>
  );
}
