import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { Alert } from "@/components/alert";
import { OneButtonForm } from "@/components/one-button-form";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { parameter, type Parameters } from "@/forms/parameters";
import { isConfirmed, linkFault } from "@/gatehouse/link";
import { verifyEmailSentences } from "@/messages/signed-out";
import { requestVerification, verifyEmail } from "./actions";

export const metadata = { title: "Confirm your email" };

export default async function VerifyEmailPage({ searchParams }: { searchParams: Parameters }) {
  const token = await parameter(searchParams, "token");
  const fault = await linkFault("VERIFY_EMAIL", token);
  const wasUsed = fault === "TOKEN_INVALID" && (await isConfirmed());
  const instead = wasUsed ? (
    <Alert kind="done">
      Your email address is already confirmed. <Link href="/account">Go to your account</Link>
    </Alert>
  ) : (
    fault && <Alert kind="problem">{verifyEmailSentences[fault]} Have another one sent below.</Alert>
  );
  return (
    <>
      <div className="card">
        <h1>Confirm your email</h1>
        {token === "" ? (
          <p>Follow the link in the email that we sent you. If you cannot find it, request a new one.</p>
        ) : (
          <>
            <p>Confirm that this email address is yours.</p>
            <OneButtonForm
              action={verifyEmail}
              token={token}
              instead={instead}
              button="Confirm email"
              afterwards={<Link href="/account">Go to your account</Link>}
            />
          </>
        )}
      </div>
      <details className="card" open={token === "" || (fault !== undefined && !wasUsed)}>
        <summary>Link does not work?</summary>
        <ActionForm action={requestVerification} label="Request another link">
          <TextField name="email" label="Email" type="email" autoComplete="email" isRequired />
          <SubmitButton>Send another link</SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}
