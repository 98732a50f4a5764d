import Link from "next/link";
import { Alert } from "@/components/alert";
import { OneButtonForm } from "@/components/one-button-form";
import { parameter, type Parameters } from "@/forms/parameters";
import { linkFault } from "@/gatehouse/link";
import { cancelDeletionSentences } from "@/messages/signed-out";
import { cancelDeletion } from "./actions";

export const metadata = { title: "Keep your account" };

export default async function CancelDeletionPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const fault = await linkFault("CANCEL_ACCOUNT_DELETION", token);
  const instead = fault && <Alert kind="problem">{cancelDeletionSentences[fault]}</Alert>;
  return (
    <div className="card">
      <h1>Keep your account</h1>
      <p>Your account is scheduled for deletion. Cancel the deletion to keep it. You can then sign in again.</p>
      <OneButtonForm
        action={cancelDeletion}
        token={token}
        instead={instead}
        button="Keep my account"
        afterwards={<Link href="/login">Sign in</Link>}
      />
    </div>
  );
}
