import Link from "next/link";
import { Alert } from "@/components/alert";
import { OneButtonForm } from "@/components/one-button-form";
import { parameter, type Parameters } from "@/forms/parameters";
import { linkFault } from "@/gatehouse/link";
import { secureAccountSentences } from "@/messages/signed-out";
import { secureAccount } from "./actions";

export const metadata = { title: "Was this not you?" };

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
      <h1>Was this not you?</h1>
      <p>If you did not do what the mail is about, somebody else may be in your account. This button:</p>
      <ul>
        <li>signs out every device,</li>
        <li>turns your password off, and mails you a link to choose a new one,</li>
        <li>takes back a change of your address, or the deletion of your account.</li>
      </ul>
      <OneButtonForm
        action={secureAccount}
        token={token}
        instead={instead}
        button="It was not me"
        kind="danger"
        afterwards={<Link href="/forgot-password">No mail? Ask for a link</Link>}
      />
    </div>
  );
}
