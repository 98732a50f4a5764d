import Link from "next/link";
import { OneButtonForm } from "@/components/one-button-form";
import { parameter, type Parameters } from "@/forms/parameters";
import { cancelDeletion } from "./actions";

export const metadata = { title: "Keep your account" };

export default async function CancelDeletionPage({ searchParams }: { searchParams: Parameters }) {
  return (
    <div className="card">
      <h1>Keep your account</h1>
      <p>Your account is about to be deleted. This calls it off; afterwards you can sign in again.</p>
      <OneButtonForm
        action={cancelDeletion}
        token={await parameter(searchParams, "token")}
        button="Keep my account"
        afterwards={<Link href="/login">Sign in</Link>}
      />
    </div>
  );
}
